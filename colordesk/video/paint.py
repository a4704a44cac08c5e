"""U and V of a whole frame from the small chroma of a model.

Hides the way from the working size to the chroma plane: L-ab becomes U-V at the working size, U-V
becomes a local linear function of luma (`scale.guided_chroma`), whose coefficients are enlarged.
Invariant: no pixel leaves the gamut; chroma is lowered there at constant luma and hue.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import cv2
import numpy as np

from colordesk import scale
from colordesk.render import Gains
from colordesk.video.layout import Codes
from colordesk.video.yuv import Converter, Encoding, Plane, Planes, lightness

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
        self._large = np.empty((self._rows, 4, width), np.float32)

    def small_luma(self, guide: Codes) -> Plane:
        """Return Y' of a frame at the working size."""
        return scale.resize(self._encoding.luma(guide), self._working)

    def paint(
        self, guide: Codes, ab: Planes, look: Gains, u: Codes, v: Codes, factor: int | None
    ) -> int:
        """Fill the planes U and V.

        Args:
            guide: luma at their size.
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
        luma = self.small_luma(guide)
        fy = lightness(luma) * np.float32(1 / 116) + np.float32(16 / 116)
        a = cv2.addWeighted(fy, 500 * (look.light_x - 1), ab[0], look.gain, 0.0)
        b = cv2.addWeighted(fy, 200 * (1 - look.light_z), ab[1], look.gain, 0.0)
        uv = self._convert(luma, np.asarray(a), np.asarray(b))
        fitted = scale.guided_chroma(luma * np.float32(100), uv, factor)
        # from here on everything is counted in luma codes above black
        span = np.float32(self._encoding.luma_span)
        planes = np.concatenate([fitted.slope * np.float32(100), fitted.offset * span])
        height, width = guide.shape
        enlarger = scale.Enlarger(planes, width, height)
        for start in range(0, height, self._rows):
            stop = min(start + self._rows, height)
            coefficients = enlarger.rows(start, stop, self._large[: stop - start])
            self._strip(
                guide[start:stop], coefficients.transpose(1, 0, 2), u[start:stop], v[start:stop]
            )
        return fitted.factor

    def _strip(self, guide: Codes, coefficients: Planes, u: Codes, v: Codes) -> None:
        """Fill a strip: U = p Y + q within the gamut."""
        encoding = self._encoding
        span = float(encoding.luma_span)
        kr, kb = encoding.coefficients
        kg = 1 - kr - kb
        y, cu, cv, red, green, blue, room, other = self._floats[:, : len(guide)]
        cv2.addWeighted(guide, 1.0, guide, 0.0, -encoding.black, y, cv2.CV_32F)
        for chroma, slope, offset in (
            (cu, coefficients[0], coefficients[2]),
            (cv, coefficients[1], coefficients[3]),
        ):
            cv2.add(cv2.multiply(slope, y, chroma), offset, chroma)
        np.clip(y, 0.0, span, out=y)  # blacker than black and whiter than white have no room
        # how far R', G' and B' lie from Y'; the largest step towards them that stays inside
        np.multiply(cv, np.float32(2 * (1 - kr)), out=red)
        np.multiply(cu, np.float32(2 * (1 - kb)), out=blue)
        cv2.addWeighted(red, -kr / kg, blue, -kb / kg, 0.0, green)
        cv2.max(cv2.max(red, green, other), blue, other)
        cv2.min(cv2.min(red, green, green), blue, green)
        np.subtract(span + 1e-3, y, out=room)
        cv2.divide(room, cv2.max(other, room, other), other)
        np.subtract(np.float32(-1e-3), y, out=room)
        cv2.divide(room, cv2.min(green, room, green), green)
        cv2.min(other, green, green)
        target = self._target
        ratio, top = target.chroma_span / span, (1 << target.bits) - 1
        for chroma, out in ((cu, u), (cv, v)):
            cv2.multiply(chroma, green, chroma)
            cv2.addWeighted(chroma, ratio, chroma, 0.0, target.neutral, other)
            if target.full_range:  # the last half step of U = 1/2 would lie beyond the depth
                np.minimum(other, np.float32(top), out=other)
            depth = cv2.CV_8U if out.itemsize == 1 else cv2.CV_16U
            out[:] = cv2.addWeighted(other, 1.0, other, 0.0, 0.0, dtype=depth)
