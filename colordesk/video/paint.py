"""U and V of a whole frame from the small chroma of a model.

Hides the way from the working size to the chroma plane: L-ab becomes U-V at the working size, U-V
becomes a local linear function of luma (`scale.guided_chroma`), whose coefficients are enlarged.
Invariant: no pixel leaves the gamut; chroma is lowered there at constant luma and hue.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from colordesk import scale
from colordesk.render import Gains
from colordesk.video.layout import Codes
from colordesk.video.yuv import Converter, Encoding, Plane, Planes, lightness

if TYPE_CHECKING:
    from numpy.typing import NDArray

_PIXELS = 1 << 15  # of a strip, so that its planes stay within a core's own cache


def guide_of(luma: Codes, size: tuple[int, int]) -> Codes:
    """Return luma at the (width, height) of the chroma planes, each the mean of what it covers.

    An odd last row or column stands for two of its kind.
    """
    height, width = luma.shape
    if (width, height) == size:
        return luma
    across, down = -(-width // size[0]), -(-height // size[1])
    below, right = size[1] * down - height, size[0] * across - width
    if below or right:
        wider: Any = cv2.copyMakeBorder(luma, 0, below, 0, right, cv2.BORDER_REPLICATE)
        luma = wider
    small: Any = cv2.resize(luma, size, interpolation=cv2.INTER_AREA)
    return small  # type: ignore[no-any-return]


class Painter:
    """Fills the chroma planes of the frames of one clip; used by one thread at a time.

    Args:
        encoding: of the guide.
        bits: depth of the chroma planes.
        size: (width, height) of the chroma planes.
        working: (width, height) of the model's chroma.
    """

    def __init__(
        self, encoding: Encoding, bits: int, size: tuple[int, int], working: tuple[int, int]
    ) -> None:
        self._encoding = encoding
        self._target = replace(encoding, bits=bits)
        self._working = working
        self._convert = Converter(encoding)
        width, height = size
        self._rows = max(1, min(height, _PIXELS // width))
        self._floats = np.empty((8, self._rows, width), np.float32)
        self._tables = _tables(encoding)

    def small_luma(self, guide: Codes) -> Plane:
        """Return Y' of a frame at the working size."""
        height, width = guide.shape
        if width >= 3 * self._working[0]:  # the half by whole pixels first, which is quick
            half: Any = cv2.resize(guide, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
            guide = half
        return scale.resize(self._encoding.luma(guide), self._working)

    def paint(
        self,
        guide: Codes,
        luma: Plane,
        ab: Planes,
        look: Gains,
        u: Codes,
        v: Codes,
        factor: int | None,
    ) -> int:
        """Fill the planes U and V.

        Args:
            guide: luma at their size.
            luma: Y' at the working size, from `small_luma`.
            ab: a* and b*, 2 x h x w at the working size.
            look: of the film.
            u: filled.
            v: filled.
            factor: what this returned for an earlier frame of the shot; None for its first.

        Returns:
            how blurred the chroma of this shot is, see `scale.guided_chroma`.
        """
        if look.neutral:
            u[:], v[:] = self._target.neutral, self._target.neutral
            return factor or 1
        fy = lightness(luma) * np.float32(1 / 116) + np.float32(16 / 116)
        a = cv2.addWeighted(fy, 500 * (look.light_x - 1), ab[0], look.gain, 0.0)
        b = cv2.addWeighted(fy, 200 * (1 - look.light_z), ab[1], look.gain, 0.0)
        uv = self._convert(luma, np.asarray(a), np.asarray(b))
        fitted = scale.guided_chroma(luma * np.float32(100), uv, factor)
        # from here on B' - Y' and R' - Y' stand for U and V, counted in luma codes
        span = np.float32(self._encoding.luma_span)
        kr, kb = self._encoding.coefficients
        weights = np.array([[[2 * (1 - kb)]], [[2 * (1 - kr)]]], np.float32)
        slope, offset = fitted.slope * (weights * 100), fitted.offset * (weights * span)
        height, width = guide.shape
        large = [cv2.resize(plane, (width, height)) for plane in (*slope, *offset)]
        for start in range(0, height, self._rows):
            rows = slice(start, min(start + self._rows, height))
            self._strip(guide[rows], [np.asarray(plane[rows]) for plane in large], u[rows], v[rows])
        return fitted.factor

    def _strip(self, guide: Codes, coefficients: list[Plane], u: Codes, v: Codes) -> None:
        """Fill a strip: B' - Y' = p Y' + q and so on, within the gamut."""
        encoding, target = self._encoding, self._target
        kr, kb = encoding.coefficients
        kg = 1 - kr - kb
        y, above, below, blue, red, green, high, low = self._floats[:, : len(guide)]
        for table, plane in zip(self._tables, (y, above, below), strict=True):
            cv2.LUT(guide, table, plane)
        cv2.add(cv2.multiply(coefficients[0], y, blue), coefficients[2], blue)
        cv2.add(cv2.multiply(coefficients[1], y, red), coefficients[3], red)
        cv2.addWeighted(red, -kr / kg, blue, -kb / kg, 0.0, green)
        # by how much the furthest channel misses the room that luma leaves above and below it
        cv2.max(cv2.max(red, green, high), blue, high)
        cv2.min(cv2.min(red, green, low), blue, low)
        cv2.max(cv2.multiply(high, above, high), cv2.multiply(low, below, low), high)
        if cv2.minMaxLoc(high)[1] > 1:
            np.maximum(high, np.float32(1), out=high)
            cv2.divide(blue, high, blue)
            cv2.divide(red, high, red)
        unit = target.chroma_span / encoding.luma_span
        top = np.float32((1 << target.bits) - 1)
        depth = cv2.CV_8U if u.itemsize == 1 else cv2.CV_16U
        for chroma, weight, out in ((blue, 2 * (1 - kb), u), (red, 2 * (1 - kr), v)):
            if target.full_range and target.bits > 8:  # U = 1/2 would round beyond the depth
                cv2.addWeighted(chroma, unit / weight, chroma, 0.0, target.neutral, chroma)
                np.minimum(chroma, top, out=chroma)
                cv2.addWeighted(chroma, 1.0, chroma, 0.0, 0.0, out, depth)
            else:
                cv2.addWeighted(chroma, unit / weight, chroma, 0.0, target.neutral, out, depth)


def _tables(encoding: Encoding) -> list[NDArray[np.float32]]:
    """Return by luma code: the code above black, and the inverse of the room above and below it.

    What is blacker than black or whiter than white has the room of black or white.
    """
    codes = np.arange(256 if encoding.bits == 8 else 65536) - encoding.black
    span = encoding.luma_span
    luma = np.clip(codes, 0, span)
    above, below = 1 / np.maximum(span - luma, 1e-3), -1 / np.maximum(luma, 1e-3)
    return [np.asarray(table, np.float32).reshape(1, -1) for table in (codes, above, below)]
