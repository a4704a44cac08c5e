"""What a screen can show at one lightness: the slice of the sRGB gamut through CIELAB.

Invariant: a colour called inside comes back from the screen with its own a* and b*.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import numpy as np

from colordesk import color, icc

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LARGEST = 110.0  # a* or b* of any sRGB colour, rounded up
_LEAST_EXTENT = 12.0
_PROBES = 111
_STEPS = 20  # halvings of a chroma when its limit is looked for
_ROUNDING = 1e-4


def linear(lightness: float, ab: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return linear sRGB, ... x 3, of a* and b*, ... x 2, at a lightness in [0, 100]."""
    fy = (lightness + 16) / 116
    xyz = color.f_inverse(
        np.stack([fy + ab[..., 0] / 500, np.full(ab.shape[:-1], fy), fy - ab[..., 1] / 200], -1)
    )
    white = icc.SRGB.matrix.sum(axis=1)
    rgb: NDArray[np.float64] = (xyz * white) @ np.linalg.inv(icc.SRGB.matrix).T
    return rgb


def inside(lightness: float, ab: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Return which a* and b*, ... x 2, a screen can show at a lightness."""
    rgb = linear(lightness, ab)
    return np.asarray(((rgb >= -_ROUNDING) & (rgb <= 1 + _ROUNDING)).all(axis=-1))


def fitted(lightness: float, a: float, b: float) -> tuple[float, float]:
    """Return the colour of the same hue with as much of its chroma as a screen can show."""
    ab = np.array([a, b], np.float64)
    low, high = 0.0, 1.0
    if inside(lightness, ab):
        return a, b
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if inside(lightness, ab * middle) else (low, middle)
    return float(a * low), float(b * low)


@functools.lru_cache(maxsize=128)
def extent(lightness: float) -> float:
    """Return the largest a* or b* that a screen can show at a lightness, rounded up."""
    ab = _square(_LARGEST, _PROBES)
    largest = float(np.abs(ab[inside(lightness, ab)]).max(initial=0.0))
    return max(largest + 2 * _LARGEST / _PROBES, _LEAST_EXTENT)


def picture(lightness: float, side: int) -> NDArray[np.uint8]:
    """Return the slice as RGBA, side x side x 4: a* grows to the right, b* upwards.

    It reaches as far as `extent` says to each side; what a screen cannot show is transparent.
    """
    rgb = linear(lightness, _square(extent(lightness), side))
    shown = np.empty((side, side, 4), np.uint8)
    shown[..., :3] = np.rint(255 * _encoded(rgb))
    shown[..., 3] = 255 * ((rgb >= -_ROUNDING) & (rgb <= 1 + _ROUNDING)).all(axis=-1)
    return shown


@functools.lru_cache(maxsize=4096)
def colour(lightness: float, a: float, b: float) -> tuple[int, int, int]:
    """Return 8-bit sRGB of a colour, with as much of its chroma as a screen can show."""
    rgb = linear(lightness, np.array(fitted(lightness, a, b), np.float64))
    red, green, blue = np.rint(255 * _encoded(rgb)).astype(int).tolist()
    return red, green, blue


def lab(red: float, green: float, blue: float) -> tuple[float, float, float]:
    """Return L*, a* and b* of 8-bit sRGB, which may lie between whole numbers."""
    stored = np.array([red, green, blue], np.float64) / 255
    light = np.where(stored <= 0.04045, stored / 12.92, ((stored + 0.055) / 1.055) ** 2.4)
    xyz = light @ icc.SRGB.matrix.T / icc.SRGB.matrix.sum(axis=1)
    fx, fy, fz = color.f(xyz).tolist()
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _square(reach: float, side: int) -> NDArray[np.float64]:
    """Return a* and b*, side x side x 2, from -reach to reach."""
    steps = (np.arange(side) + 0.5) / side * 2 * reach - reach
    return np.stack(np.meshgrid(steps, -steps), axis=-1)


def _encoded(light: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return sRGB's stored values in [0, 1] of linear light."""
    inside_range = np.clip(light, 0, 1)
    return np.where(
        inside_range <= 0.0031308,
        12.92 * inside_range,
        1.055 * inside_range ** (1 / 2.4) - 0.055,
    )
