"""Between CIELAB and the U and V of a stream: its matrix, its range, its bit depth.

Hides the transfer curve and that luma is not luminance. A player shows what it decodes as sRGB,
as a photo grabbed from it would be, so sRGB's curve is the one used here whatever the camera's was.
Invariant: luma is given and never changes. A colour is the one with the wanted a* and b* *and* the
given luma, and what lies outside the gamut loses chroma at that luma.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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
_ROUNDS, _FIRST_ROUNDS = 3, 8  # of the secant method at a level, and at the first one
_NUDGE = np.float32(1e-4)  # of the function f of L*, from which a slope is told
_LEAST_SLOPE = np.float32(1e-2)  # of luma by that function


@dataclass(frozen=True)
class Encoding:
    """What the numbers of a stream's planes mean."""

    matrix: str
    """One of `MATRICES`."""
    full_range: bool
    bits: int
    wide: bool = False
    """Whether the primaries are those of BT.2020; else those of BT.709, which sRGB has too."""

    def __str__(self) -> str:
        """Say what a person may know of it."""
        return f"{self.matrix} {self.bits} bit"

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

    def luma(self, codes: Codes | Plane) -> Plane:
        """Return Y' with 0 for black and 1 for white of codes, or of means of some."""
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
        planes = np.empty((2, *luma.shape), np.float32)
        cv2.split(uv, list(planes))
        return planes


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

    For given luma, a* and b* the L* is found by the secant method, beginning at what it was for the
    level before: luma grows steadily with L*.
    """
    kr, kb = _COEFFICIENTS[matrix]
    to_xyz = _BT2020_TO_XYZ if wide else icc.SRGB.matrix
    from_xyz = np.asarray(np.linalg.inv(to_xyz) * to_xyz.sum(axis=1), np.float32)
    weights = np.array([kr, 1 - kr - kb, kb], np.float32)
    axis = (np.arange(_NODES, dtype=np.float32) - _NODES // 2) * np.float32(_STEP)
    b, a = (nodes.ravel() for nodes in np.meshgrid(axis, axis, indexing="ij"))
    away = np.stack([a / 500, np.zeros_like(a), -b / 200])

    def coloured(fy: Plane) -> tuple[Planes, Plane]:
        f: Any = fy + away
        light: Any = from_xyz @ color.f_inverse(f)
        rgb = _nonlinear(light)
        return rgb, weights @ rgb

    levels = np.arange(0, _LEVELS, _SOLVED, dtype=np.float32) / np.float32(_LEVELS - 1)
    fy: Plane = np.full_like(a, color.f(np.zeros(1)).item())
    _, had = coloured(fy)
    slope = np.maximum(coloured(fy + _NUDGE)[1] - had, _LEAST_SLOPE * _NUDGE) / _NUDGE
    solved = np.empty((len(levels), _NODES * _NODES, 2), np.float32)
    for level, luma in enumerate(levels):
        for _ in range(_ROUNDS if level else _FIRST_ROUNDS):
            step = np.clip((luma - had) / slope, -0.1, 0.1)
            fy += step
            rgb, has = coloured(fy)
            # where next to nothing is left, rounding is most of it
            np.divide(has - had, step, out=slope, where=np.abs(step) > _NUDGE)
            np.maximum(slope, _LEAST_SLOPE, out=slope)
            had = has
        solved[level, :, 0] = (rgb[2] - luma) / (2 - 2 * kb)
        solved[level, :, 1] = (rgb[0] - luma) / (2 - 2 * kr)
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


def _nonlinear(light: Planes) -> Planes:
    size = np.abs(light)
    encoded: Any = 1.055 * np.maximum(size, 1e-12) ** (1 / 2.4) - 0.055
    np.copyto(encoded, size * 12.92, where=size <= 0.0031308)
    return np.asarray(np.copysign(encoded, light, out=encoded), np.float32)
