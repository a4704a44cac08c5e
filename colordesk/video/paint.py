"""U and V of a whole frame from the small chroma of a model.

Hides the way from the working size to the chroma plane: L-ab becomes U-V at the working size, U-V
becomes a local linear function of luma (as in `scale.guided_chroma`), whose coefficients are
enlarged.
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
_UNSEEN = 0.5  # luma codes
_LEAST_ROOM = 1e-3  # luma codes, so that black and white can be divided by


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
        self._large = np.empty((4, height, width), np.float32)
        self._rows = max(1, min(height, _PIXELS // width))
        self._floats = np.empty((4, self._rows, width), np.float32)

    def small_luma(self, guide: Codes) -> Plane:
        """Return Y' of a frame at the working size."""
        height, width = guide.shape
        if width >= 2 * self._working[0]:  # the half by whole pixels first, which is quick
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
    ) -> int | None:
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
            how blurred the chroma of this shot is, see `scale.guided_chroma`; the same as given for
            a frame without colour, which tells nothing of it.
        """
        if look.neutral:
            u[:], v[:] = self._target.neutral, self._target.neutral
            return factor
        fy = lightness(luma) * np.float32(1 / 116) + np.float32(16 / 116)
        a = cv2.addWeighted(fy, 500 * (look.light_x - 1), ab[0], look.gain, 0.0)
        b = cv2.addWeighted(fy, 200 * (1 - look.light_z), ab[1], look.gain, 0.0)
        span = float(self._encoding.luma_span)
        kr, kb = self._encoding.coefficients
        # from here on B' - Y' and R' - Y' stand for U and V, all counted in luma codes
        differences = self._convert(luma, np.asarray(a), np.asarray(b))
        for plane, weight in zip(differences, (2 * (1 - kb), 2 * (1 - kr)), strict=True):
            np.multiply(plane, np.float32(weight * span), out=plane)
        codes = np.clip(luma, 0, 1) * np.float32(span) + np.float32(self._encoding.black)
        scratch = np.empty((3, *codes.shape), np.float32)
        self._tame(codes, differences[0], differences[1], scratch)
        factor, coefficients = _fitted(codes, span, differences, factor)
        height, width = guide.shape
        for small, large in zip(coefficients, self._large, strict=True):
            cv2.resize(small, (width, height), large)
        for start in range(0, height, self._rows):
            rows = slice(start, min(start + self._rows, height))
            self._strip(guide[rows], self._large[:, rows], u[rows], v[rows])
        return factor

    def _strip(self, guide: Codes, coefficients: Planes, u: Codes, v: Codes) -> None:
        """Fill a strip: B' - Y' = p Y' + q and so on, within the gamut.

        Args:
            guide: luma.
            coefficients: p of both, q of both; spoiled.
            u: filled.
            v: filled.
        """
        encoding, target = self._encoding, self._target
        kr, kb = encoding.coefficients
        y, *scratch = self._floats[:, : len(guide)]
        # what is blacker than black or whiter than white is coloured as black or white
        np.copyto(y, np.clip(guide, encoding.black, encoding.black + encoding.luma_span))
        of_blue, of_red, blue, red = coefficients
        cv2.accumulateProduct(of_blue, y, blue)
        cv2.accumulateProduct(of_red, y, red)
        self._tame(y, blue, red, scratch)
        unit = target.chroma_span / encoding.luma_span
        for chroma, weight, out in ((blue, 2 * (1 - kb), u), (red, 2 * (1 - kr), v)):
            if target.bits == 8:  # within the gamut no code is negative
                cv2.convertScaleAbs(chroma, out, unit / weight, target.neutral)
                continue
            cv2.addWeighted(chroma, unit / weight, chroma, 0.0, target.neutral, chroma)
            if target.full_range:  # U = 1/2 would round beyond the depth
                np.minimum(chroma, np.float32((1 << target.bits) - 1), out=chroma)
            cv2.addWeighted(chroma, 1.0, chroma, 0.0, 0.0, out, cv2.CV_16U)

    def _tame(self, y: Plane, blue: Plane, red: Plane, scratch: Any) -> None:
        """Lower B' - Y' and R' - Y' where a channel leaves the room that luma leaves to it.

        All are counted in luma codes, y from black to white; less than half a code is not seen.
        """
        kr, kb = self._encoding.coefficients
        kg = 1 - kr - kb
        black, white = self._encoding.black, self._encoding.black + self._encoding.luma_span
        room, high, low = scratch
        cv2.addWeighted(red, -kr / kg, blue, -kb / kg, 0.0, room)
        cv2.max(cv2.max(red, room, high), blue, high)
        cv2.min(cv2.min(red, room, low), blue, low)
        above = cv2.minMaxLoc(cv2.add(high, y, room))[1] > white + _UNSEEN
        if not above and cv2.minMaxLoc(cv2.add(low, y, room))[0] >= black - _UNSEEN:
            return
        # by how much the furthest channel misses the room that luma leaves above and below it
        cv2.addWeighted(y, -1.0, y, 0.0, white + _LEAST_ROOM, room)
        cv2.divide(high, room, high)
        cv2.addWeighted(y, -1.0, y, 0.0, black - _LEAST_ROOM, room)
        cv2.divide(low, room, low)
        none: Any = 1.0  # OpenCV takes numbers here, its type stubs do not know
        cv2.max(cv2.max(high, low, high), none, high)
        cv2.divide(blue, high, blue)
        cv2.divide(red, high, red)


def _fitted(
    luma: Plane, span: float, chroma: Planes, factor: int | None
) -> tuple[int, list[Plane]]:
    """Return by how much the guide is blurred, and p and q of both: chroma = p luma + q.

    The slopes are found at half the size, which is enough for them; what they leave is kept whole.

    Args:
        luma: in codes.
        span: codes from black to white.
        chroma: two planes in codes.
        factor: of the blur, if it is known.
    """
    height, width = luma.shape
    hundredth = np.float32(100 / span)
    if factor is None:
        factor = scale.guided_chroma(luma * hundredth, chroma).factor
    small, *few = (_shrunk(plane, 2) for plane in (luma, *chroma))
    fit = scale.guided_chroma(small * hundredth, np.stack(few), max(1, factor // 2))
    blurred = luma if factor == 1 else _grown(_shrunk(luma, factor), width, height)
    slopes = [_grown(plane * hundredth, width, height) for plane in fit.slope]
    offsets = [own - slope * blurred for own, slope in zip(chroma, slopes, strict=True)]
    return factor, [*slopes, *offsets]


def _shrunk(plane: Plane, factor: int) -> Plane:
    height, width = plane.shape
    size = -(-width // factor), -(-height // factor)
    return np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), np.float32)


def _grown(plane: Plane, width: int, height: int) -> Plane:
    return np.asarray(cv2.resize(plane, (width, height)), np.float32)
