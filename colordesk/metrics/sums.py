"""What the measures need of the pixels: sums over a strip, which add up over a picture.

Each function takes a `Strip` and returns one or a few sums in double precision.
Invariant: the sums over the strips of a picture add up to those over the whole picture.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from colordesk.metrics import lab, palette
from colordesk.metrics.lab import Plane
from colordesk.metrics.strip import Rows, Strip, floats

Sums = NDArray[np.float64]
Summing = Callable[[Strip], Sums]

WRONG_FROM = 10.0
"""Distance in a*b* from which a pixel counts as wrongly coloured: the width of a colour bin."""
GRAY_BELOW = 5.0
"""C*ab below which a pixel counts as gray: what Zhang et al. 2016 take for no colour."""
AUC_TO = 150.0
"""Largest threshold of the cumulative curve of Zhang et al. 2016, in CIELAB units."""

# U and V of R, G, B: the analogue YUV of paper 004
_TO_UV = ((-0.14713, -0.28886, 0.436), (0.615, -0.51499, -0.10001))


def squared_rgb(strip: Strip) -> Sums:
    """Squared error over R, G and B in [0, 1]."""
    pairs = zip(strip.result.planes, strip.truth.planes, strict=True)
    return _sums(sum(cv2.norm(r, t, cv2.NORM_L2SQR) for r, t in pairs))


def squared_ab(strip: Strip) -> Sums:
    """Squared error over a* and b*."""
    return _total(strip.squares[1])


def squared_uv(strip: Strip) -> Sums:
    """Squared error over U and V."""
    pairs = zip(strip.result.planes, strip.truth.planes, strict=True)
    red, green, blue = (r - t for r, t in pairs)
    total = 0.0
    for of_red, of_green, of_blue in _TO_UV:
        plane = cv2.addWeighted(red, of_red, green, of_green, 0)
        total += cv2.norm(cv2.scaleAdd(blue, of_blue, plane, plane), cv2.NORM_L2SQR)
    return _sums(total)


def delta_e_76(strip: Strip) -> Sums:
    """CIE76 differences."""
    lightness, ab = strip.squares
    return _total(np.sqrt(lightness + ab))


def delta_e_94(strip: Strip) -> Sums:
    """CIE94 differences."""
    return _total(lab.cie94(strip.result.lab, strip.truth.lab, strip.chroma))


def delta_e_2000(strip: Strip) -> Sums:
    """CIEDE2000 differences."""
    return _total(lab.ciede2000(strip.result.lab, strip.truth.lab, strip.chroma))


def delta_e_scaled(strip: Strip) -> Sums:
    """Distances in CIELAB after L* is divided by 100 and a* and b* by 127."""
    lightness, ab = strip.squares
    return _total(np.sqrt(cv2.addWeighted(lightness, 100**-2, ab, 127**-2, 0)))


def delta_e_of_hls(strip: Strip) -> Sums:
    """CIE76 differences of 8-bit hue, lightness and saturation taken for red, green and blue."""
    result, truth = (lab.lab_of(_hls(rows)) for rows in (strip.result, strip.truth))
    return _total(lab.cie76(result, truth))


def wrong_pixels(strip: Strip) -> Sums:
    """Pixels whose a*b* is off by `WRONG_FROM` or more."""
    return _sums(float(np.count_nonzero(strip.ab_distance >= WRONG_FROM)))


def capped_ab(strip: Strip) -> Sums:
    """Distances in a*b*, none counted above `AUC_TO`."""
    return _total(_capped(strip))


def rare_capped_ab(strip: Strip) -> Sums:
    """The same and 1, each weighed by how rare the true colour is in photographs."""
    weights = palette.rarity(strip.truth.bins)
    capped = _capped(strip)
    return _sums(cv2.sumElems(cv2.multiply(capped, weights))[0], cv2.sumElems(weights)[0])


def opponents(strip: Strip) -> Sums:
    """Of R - G and (R + G) / 2 - B in 0..255: both sums, then both sums of squares."""
    return _moments(strip.result.opponents)


def true_opponents(strip: Strip) -> Sums:
    """The same of the truth."""
    return _moments(strip.truth.opponents)


def absolute_opponents(strip: Strip) -> Sums:
    """The same as `opponents` of absolute values."""
    return _moments(tuple(np.abs(plane) for plane in strip.result.opponents))


def chroma_error(strip: Strip) -> Sums:
    """C*ab of the result less that of the truth."""
    return _total(cv2.subtract(strip.result.chroma, strip.truth.chroma))


def ab(strip: Strip) -> Sums:
    """a* and b* of the result."""
    _, a, b = strip.result.lab
    return _sums(cv2.sumElems(a)[0], cv2.sumElems(b)[0])


def ab_error(strip: Strip) -> Sums:
    """a* and b* of the result less those of the truth."""
    pairs = zip(strip.result.lab[1:], strip.truth.lab[1:], strict=True)
    return _sums(*(cv2.sumElems(cv2.subtract(r, t))[0] for r, t in pairs))


def gray_pixels(strip: Strip) -> Sums:
    """Pixels of the result with less chroma than `GRAY_BELOW`."""
    return _sums(float(np.count_nonzero(strip.result.chroma < GRAY_BELOW)))


def colours(strip: Strip) -> Sums:
    """Pixels of the result by colour bin."""
    return palette.histogram(strip.result.bins)


def true_colours(strip: Strip) -> Sums:
    """Pixels of the truth by colour bin."""
    return palette.histogram(strip.truth.bins)


def _capped(strip: Strip) -> Plane:
    return np.asarray(cv2.threshold(strip.ab_distance, AUC_TO, 0, cv2.THRESH_TRUNC)[1])


def _hls(rows: Rows) -> NDArray[np.uint8]:
    stored: Any = rows.stored
    if stored.dtype != np.uint8:
        stored = np.rint(np.clip(floats(stored), 0, 1) * 255).astype(np.uint8)
    return np.asarray(cv2.cvtColor(stored, cv2.COLOR_RGB2HLS), np.uint8)


def _moments(pair: Sequence[Plane]) -> Sums:
    squares = (cv2.norm(plane, cv2.NORM_L2SQR) for plane in pair)
    return _sums(*(cv2.sumElems(plane)[0] for plane in pair), *squares)


def _total(plane: NDArray[Any]) -> Sums:
    return _sums(cv2.sumElems(plane)[0])


def _sums(*values: float) -> Sums:
    return np.array(values, np.float64)
