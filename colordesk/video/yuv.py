"""Between CIELAB and the U and V of a stream: its matrix, its range, its bit depth.

Hides the transfer curve and that luma is not luminance. A player shows what it decodes as sRGB,
as a photo grabbed from it would be, so sRGB's curve is the one used here whatever the camera's was.
Invariant: luma is given and never changes. A colour is the one with the wanted a* and b* *and* the
given luma, and what lies outside the gamut loses chroma at that luma.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from colordesk import color, icc, scale
from colordesk.video.layout import Codes

if TYPE_CHECKING:
    from numpy.typing import NDArray

Plane = scale.Plane
Planes = scale.Planes

_COEFFICIENTS = {  # Kr, Kb: ITU-R BT.601, BT.709, BT.2020 (non-constant luminance), SMPTE 240M, FCC
    "bt601": (0.299, 0.114),
    "bt709": (0.2126, 0.0722),
    "bt2020": (0.2627, 0.0593),
    "smpte240m": (0.212, 0.087),
    "fcc": (0.30, 0.11),
}
MATRICES = tuple(_COEFFICIENTS)
_BT2020_TO_XYZ = np.array(  # ITU-R BT.2020 primaries, D65
    [
        [0.6369580, 0.1446169, 0.1688810],
        [0.2627002, 0.6779981, 0.0593017],
        [0.0000000, 0.0280727, 1.0609851],
    ]
)
_LEVELS = 256  # of luma in the table
_SOLVED = 5  # every so many of them is solved for, between them U and V are as good as straight
_STEP = 4.0  # of a* and b* in the table
_NODES = 65
_ROUNDS, _FIRST_ROUNDS = 2, 6  # of Newton's method at a level, and at the first one


@dataclass(frozen=True)
class Encoding:
    """What the numbers of a stream's planes mean."""

    matrix: str
    """One of `MATRICES`."""
    full_range: bool
    bits: int
    wide: bool = False
    """Whether the primaries are those of BT.2020; else those of BT.709, which sRGB has too."""

    @property
    def black(self) -> int:
        """The luma code of black."""
        return 0 if self.full_range else 16 << (self.bits - 8)

    @property
    def luma_span(self) -> int:
        """Luma codes from black to white."""
        return (1 << self.bits) - 1 if self.full_range else 219 << (self.bits - 8)

    @property
    def chroma_span(self) -> int:
        """Codes of U or V from -1/2 to 1/2."""
        return (1 << self.bits) - 1 if self.full_range else 224 << (self.bits - 8)

    @property
    def neutral(self) -> int:
        """The code of no chroma."""
        return 1 << (self.bits - 1)

    @property
    def coefficients(self) -> tuple[float, float]:
        """Kr and Kb."""
        return _COEFFICIENTS[self.matrix]

    def luma(self, codes: Codes) -> Plane:
        """Return Y' with 0 for black and 1 for white; some codes lie outside."""
        scale_, shift = 1 / self.luma_span, -self.black / self.luma_span
        return np.asarray(cv2.addWeighted(codes, scale_, codes, 0, shift, dtype=cv2.CV_32F))


def lightness(luma: Plane) -> Plane:
    """Return the L* of neutral pixels, in [0, 100], of their Y'."""
    steps = cv2.addWeighted(luma, 65535.0, luma, 0.0, 0.0, dtype=cv2.CV_16U)
    return np.asarray(cv2.LUT(steps, _lightness_table()), np.float32)


class Converter:
    """L-ab to U and V for one encoding, by a table in three dimensions.

    Args:
        encoding: what the planes mean. Range and depth do not matter here.
    """

    def __init__(self, encoding: Encoding) -> None:
        self._table = _table(encoding.matrix, encoding.wide)

    def __call__(self, luma: Plane, a: Plane, b: Plane) -> Planes:
        """Return U and V in [-1/2, 1/2], 2 x h x w, of pixels with this luma, a* and b*.

        What lies outside the gamut is not mended here.
        """
        level = cv2.addWeighted(luma, _LEVELS - 1.0, luma, 0.0, 0.0, dtype=cv2.CV_8U)
        middle = float(_NODES // 2)
        across = cv2.addWeighted(a, 1 / _STEP, a, 0.0, middle)
        down = np.clip(cv2.addWeighted(b, 1 / _STEP, b, 0.0, middle), 0.0, _NODES - 1.0)
        down = cv2.addWeighted(level, float(_NODES), down, 1.0, 0.0, dtype=cv2.CV_32F)
        uv = cv2.remap(self._table, across, down, cv2.INTER_LINEAR, None, cv2.BORDER_REPLICATE)
        return np.stack(cv2.split(uv))


def to_rgb(luma: NDArray[np.float64], uv: NDArray[np.float64], matrix: str) -> NDArray[np.float64]:
    """Return nonlinear R', G', B', ... x 3, of Y' and U, V in [-1/2, 1/2], 2 x ...."""
    kr, kb = _COEFFICIENTS[matrix]
    red = luma + 2 * (1 - kr) * uv[1]
    blue = luma + 2 * (1 - kb) * uv[0]
    green = (luma - kr * red - kb * blue) / (1 - kr - kb)
    return np.stack([red, green, blue], -1)


@functools.cache
def _lightness_table() -> NDArray[np.float32]:
    luma = np.linspace(0.0, 1.0, 65536)
    y = _linear(luma)
    return np.asarray(116 * color.f(y) - 16, np.float32).reshape(1, -1)


@functools.lru_cache(maxsize=4)
def _table(matrix: str, wide: bool) -> NDArray[np.float32]:
    """Return U and V by luma, b* and a*: (levels * nodes) x nodes x 2.

    For given luma, a* and b* the L* is found by Newton's method, beginning at what it was for the
    level before: luma grows steadily with L*.
    """
    kr, kb = _COEFFICIENTS[matrix]
    to_xyz = _BT2020_TO_XYZ if wide else icc.SRGB.matrix
    from_xyz = (np.linalg.inv(to_xyz) * to_xyz.sum(axis=1)).T
    weights = np.array([kr, 1 - kr - kb, kb])
    axis = (np.arange(_NODES) - _NODES // 2) * _STEP
    b, a = np.meshgrid(axis, axis, indexing="ij")
    away = np.stack([a / 500, np.zeros_like(a), -b / 200], -1)

    def colours(fy: NDArray[np.float64]) -> NDArray[np.float64]:
        return _nonlinear(color.f_inverse(fy[..., None] + away) @ from_xyz)

    levels = np.arange(0, _LEVELS, _SOLVED) / (_LEVELS - 1)
    neutral = color.f(_linear(levels))
    fy = np.full_like(a, neutral[0])
    solved = np.empty((len(levels), _NODES, _NODES, 2), np.float32)
    for level, luma in enumerate(levels):
        fy += neutral[level] - neutral[max(level - 1, 0)]
        for _ in range(_ROUNDS if level else _FIRST_ROUNDS):
            here, there = colours(fy) @ weights, colours(fy + 1e-4) @ weights
            fy -= np.clip((here - luma) * 1e-4 / np.maximum(there - here, 1e-9), -0.1, 0.1)
        rgb = colours(fy)
        solved[level, ..., 0] = (rgb[..., 2] - luma) / (2 - 2 * kb)
        solved[level, ..., 1] = (rgb[..., 0] - luma) / (2 - 2 * kr)
    flat = solved.reshape(len(levels), -1)
    position = np.arange(_LEVELS, dtype=np.float32) / np.float32(_SOLVED)
    upper = np.minimum(position.astype(np.intp), len(levels) - 2)
    weight = (position - upper.astype(np.float32))[:, None]
    full = (1 - weight) * flat[upper] + weight * flat[upper + 1]
    return np.asarray(full.reshape(-1, _NODES, 2), np.float32)


def _linear(encoded: NDArray[np.float64]) -> NDArray[np.float64]:
    """Undo the curve of sRGB (IEC 61966-2-1), continued evenly below black."""
    size = np.abs(encoded)
    light = np.where(size <= 0.04045, size / 12.92, ((size + 0.055) / 1.055) ** 2.4)
    return np.copysign(light, encoded)


def _nonlinear(light: NDArray[np.float64]) -> NDArray[np.float64]:
    size = np.abs(light)
    encoded = np.where(
        size <= 0.0031308, size * 12.92, 1.055 * np.maximum(size, 1e-12) ** (1 / 2.4) - 0.055
    )
    return np.copysign(encoded, light)
