"""U and V of a whole frame from the small chroma of a model.

Hides the way from the working size to the chroma plane: L-ab becomes U-V at the working size, U-V
becomes a local linear function of luma (as in `scale.guided_chroma`), whose coefficients are
enlarged. All that is done at full size is done with integers of 16 bits, twice as fast as floats.
Invariant: no pixel leaves the gamut; chroma is lowered there at constant luma and hue.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from colordesk import scale
from colordesk.render import Gains
from colordesk.video.layout import Codes
from colordesk.video.yuv import Converter, Encoding, Plane, Planes, lightness

Steps = NDArray[np.int16]
"""B' - Y' or R' - Y' in steps: in codes of luma as they would be with 13 bits."""

_BITS = 13
_SLOPE_ONE = 1 << 12
_STEEPEST = 4.0  # slope; that of real chroma stays below 1
_WHOLE = (1 << 15) - 1  # share of chroma that is kept; what would be more saturates at it
_PIXELS = 1 << 16  # of a strip, so that its planes stay within a core's own cache


def guide_of(luma: Codes, size: tuple[int, int], *, interlaced: bool = False) -> Codes:
    """Return luma at the (width, height) of the chroma planes, each the mean of what it covers.

    An odd last row or column stands for two of its kind.

    Args:
        luma: of the frame.
        size: of its chroma planes.
        interlaced: lines of two pictures take turns, in luma and in chroma.
    """
    height, width = luma.shape
    if (width, height) == size:
        return luma
    if interlaced and 1 < size[1] < height:
        woven: Codes = np.empty(size[::-1], luma.dtype)
        for first in range(2):
            rows = woven[first::2]
            rows[:] = guide_of(luma[first::2][: 2 * len(rows)], (size[0], len(rows)))
        return woven
    across, down = -(-width // size[0]), -(-height // size[1])
    below, right = size[1] * down - height, size[0] * across - width
    if below or right:
        wider: Any = cv2.copyMakeBorder(luma, 0, below, 0, right, cv2.BORDER_REPLICATE)
        luma = wider
    small: Codes = np.empty(size[::-1], luma.dtype)
    cv2.resize(luma, size, small, interpolation=cv2.INTER_AREA)
    return small


def small_luma(guide: Codes, encoding: Encoding, working: tuple[int, int]) -> Plane:
    """Return Y' of a frame at the working size, (width, height), from its guide."""
    small: Any = guide
    while small.shape[1] >= 2 * working[0] and small.shape[0] >= 2 * working[1]:
        half = small.shape[1] // 2, small.shape[0] // 2  # by whole pixels, which is quick
        small = cv2.resize(small, half, interpolation=cv2.INTER_AREA)
    # the rest is shrunk bilinearly, after a blur that lets it see as far as the area filter
    # would, which takes twice the time
    across, down = (
        _blur(had / wanted) for had, wanted in zip(small.shape[::-1], working, strict=True)
    )
    small = cv2.sepFilter2D(small, cv2.CV_32F, across, down, borderType=cv2.BORDER_REPLICATE)
    return encoding.luma(np.asarray(cv2.resize(small, working), np.float32))


class Painter:
    """Fills the chroma planes of the frames of one clip; used by one thread at a time.

    Args:
        encoding: of the guide.
        bits: depth of the chroma planes.
        size: (width, height) of the chroma planes.
    """

    def __init__(self, encoding: Encoding, bits: int, size: tuple[int, int]) -> None:
        self._encoding = encoding
        self._target = replace(encoding, bits=bits)
        self._convert = Converter(encoding)
        self._coarser = max(0, encoding.bits - _BITS)  # bits of luma that are not looked at
        self._steps = 1 << max(0, _BITS - encoding.bits)  # in what is looked at as a code
        self._span = encoding.luma_span >> self._coarser
        width, height = size
        self._large = np.empty((4, height, width), np.int16)
        self._rows = max(1, min(height, _PIXELS // width))
        self._codes = np.empty((self._rows, width), np.uint8 if encoding.bits == 8 else np.uint16)
        self._strips = np.empty((6, self._rows, width), np.int16)

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
            ab: a* and b*, 2 x h x w at the working size or at half of it.
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
        if luma.shape != ab.shape[1:]:
            luma = _shrunk(luma, 2)
        kr, kb = self._encoding.coefficients
        light = lightness(luma)
        # fy = (L* + 16) / 116 of what the look adds to it
        warm, cold = 500 * (look.light_x - 1) / 116, 200 * (1 - look.light_z) / 116
        a = cv2.addWeighted(light, warm, ab[0], look.gain, 16 * warm)
        b = cv2.addWeighted(light, cold, ab[1], look.gain, 16 * cold)
        span = self._span * self._steps
        steps = np.clip(luma, 0, 1) * np.float32(span)
        # from here on B' - Y' and R' - Y' stand for U and V
        blue, red = (
            _rounded(plane, weight * span)
            for plane, weight in zip(
                self._convert(luma, np.asarray(a), np.asarray(b)),
                (2 * (1 - kb), 2 * (1 - kr)),
                strict=True,
            )
        )
        self._tame(_rounded(steps), span, 1, blue, red, np.empty((3, *blue.shape), np.int16))
        factor, coefficients = _fitted(steps, span, [blue, red], factor)
        height, width = guide.shape
        for small, large in zip(coefficients, self._large, strict=True):
            cv2.resize(small, (width, height), large)
        for start in range(0, height, self._rows):
            rows = slice(start, min(start + self._rows, height))
            self._strip(guide[rows], self._large[:, rows], u[rows], v[rows])
        return factor

    def _strip(self, guide: Codes, coefficients: NDArray[np.int16], u: Codes, v: Codes) -> None:
        """Fill a strip: B' - Y' = p Y' + q and so on, within the gamut.

        Args:
            guide: luma.
            coefficients: p of both, q of both.
            u: filled.
            v: filled.
        """
        target = self._target
        kr, kb = self._encoding.coefficients
        y, blue, red, *scratch = self._strips[:, : len(guide)]
        codes, black = self._codes[: len(guide)], self._encoding.black
        # what is blacker than black or whiter than white is coloured as black or white
        np.clip(guide, black, black + self._encoding.luma_span, out=codes)
        np.subtract(codes, black, out=codes)
        if self._coarser:
            np.right_shift(codes, self._coarser, out=codes)
        np.copyto(y, codes, casting="unsafe")
        slopes, offsets = coefficients[:2], coefficients[2:]
        for slope, offset, chroma in zip(slopes, offsets, (blue, red), strict=True):
            cv2.add(cv2.multiply(slope, y, chroma, self._steps / _SLOPE_ONE), offset, chroma)
        self._tame(y, self._span, self._steps, blue, red, scratch)
        unit = target.chroma_span / (self._span * self._steps)
        for chroma, weight, out in ((blue, 2 * (1 - kb), u), (red, 2 * (1 - kr), v)):
            if target.bits == 8:  # within the gamut no code is negative
                cv2.convertScaleAbs(chroma, out, unit / weight, target.neutral)
                continue
            cv2.addWeighted(chroma, unit / weight, chroma, 0.0, target.neutral, out, cv2.CV_16U)
            if target.full_range:  # U = 1/2 would round beyond the depth
                np.minimum(out, (1 << target.bits) - 1, out=out)

    def _tame(
        self, y: NDArray[np.int16], span: int, unit: int, blue: Steps, red: Steps, scratch: Any
    ) -> None:
        """Lower B' - Y' and R' - Y' where a channel leaves the room that luma leaves to it.

        Args:
            y: luma from black to white.
            span: of it.
            unit: of it, in steps.
            blue: B' - Y', changed.
            red: R' - Y', changed.
            scratch: three planes, spoiled.
        """
        kr, kb = self._encoding.coefficients
        kg = 1 - kr - kb
        room, high, low = scratch
        cv2.addWeighted(red, -kr / kg, blue, -kb / kg, 0.0, room)
        cv2.max(cv2.max(red, room, high), blue, high)
        cv2.min(cv2.min(red, room, low), blue, low)
        # what share of the furthest channel fits into the room that luma leaves above and below it;
        # a divisor of 0 gives 0, where there is no chroma to be lost
        np.subtract(span, y, out=room)
        cv2.divide(room, high, high, _WHOLE * unit)
        cv2.divide(y, low, low, -_WHOLE * unit)
        cv2.min(high, low, high)
        cv2.multiply(blue, high, blue, 1 / _WHOLE)
        cv2.multiply(red, high, red, 1 / _WHOLE)


def _blur(ratio: float) -> Plane:
    """Return the kernel whose variance is that of a box of so many pixels, less a pixel's own."""
    side = max(ratio * ratio - 1, 0.0) / 24
    return np.array([side, 1 - 2 * side, side], np.float32)


def _fitted(
    luma: Plane, span: float, chroma: Sequence[Steps], factor: int | None
) -> tuple[int, list[Steps]]:
    """Return by how much the guide is blurred, and p and q of both: chroma = p luma + q.

    The slopes are found at half the size, which is enough for them; what they leave is kept whole.

    Args:
        luma: in steps above black.
        span: steps from black to white.
        chroma: two planes.
        factor: of the blur, if it is known.

    Returns:
        the factor, and p in units of 1 / `_SLOPE_ONE`, q in steps.
    """
    height, width = luma.shape
    hundredth = np.float32(100 / span)
    whole = [plane.astype(np.float32) for plane in chroma]
    if factor is None:
        factor = scale.guided_chroma(luma * hundredth, np.stack(whole)).factor
    small, *few = (_shrunk(plane, 2) for plane in (luma, *whole))
    fit = scale.guided_chroma(small * hundredth, np.stack(few), max(1, factor // 2))
    blurred = luma if factor == 1 else _grown(_shrunk(luma, factor), width, height)
    slopes = [
        np.clip(_grown(plane * hundredth, width, height), -_STEEPEST, _STEEPEST)
        for plane in fit.slope
    ]
    offsets = [own - slope * blurred for own, slope in zip(whole, slopes, strict=True)]
    return factor, [*(_rounded(slope, _SLOPE_ONE) for slope in slopes), *map(_rounded, offsets)]


def _rounded(plane: Plane, factor: float = 1.0) -> Steps:
    """Return so many times a plane, rounded, within 16 bits."""
    steps: Any = cv2.addWeighted(plane, factor, plane, 0.0, 0.0, dtype=cv2.CV_16S)
    return np.asarray(steps, np.int16)


def _shrunk(plane: Plane, factor: int) -> Plane:
    height, width = plane.shape
    size = -(-width // factor), -(-height // factor)
    return np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), np.float32)


def _grown(plane: Plane, width: int, height: int) -> Plane:
    return np.asarray(cv2.resize(plane, (width, height)), np.float32)
