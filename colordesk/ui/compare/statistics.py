"""How the colours of a picture are spread, for the plots.

Invariant: every share is of all pixels of the picture, so that pictures of any size compare.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from colordesk.metrics.lab import lab_of, length

if TYPE_CHECKING:
    from numpy.typing import NDArray

LIMIT = 110
"""Largest a* or b* that is plotted; sRGB goes little further."""
BIN = 2
"""Width of a bin of a*, b* and chroma in CIELAB units."""
_SIDE = 2 * LIMIT // BIN
_MOST_CHROMA = 136
_LEVELS = 20


@dataclass(frozen=True, eq=False)
class Spread:
    """How the colours of one picture are spread."""

    ab: NDArray[np.float32]
    """Share of the pixels in each bin, a* along the first axis, b* along the second."""
    chroma: NDArray[np.float32]
    """Share of the pixels whose chroma is at least 0, `BIN`, 2 `BIN`, ..."""
    by_lightness: NDArray[np.float32]
    """Mean chroma at each of 20 steps of L*; nan where hardly any pixel is."""


def spread(rgb: NDArray[np.uint8]) -> Spread:
    """Return how the colours of a picture are spread.

    Args:
        rgb: uint8 h x w x 3, sRGB.
    """
    lightness, a, b = lab_of(rgb)
    pixels = lightness.size
    ranges = [-LIMIT, LIMIT, -LIMIT, LIMIT]
    counted = cv2.calcHist([a, b], [0, 1], None, [_SIDE, _SIDE], ranges)
    chroma = length(a, b)
    bins = cv2.calcHist([chroma], [0], None, [_MOST_CHROMA // BIN], [0, _MOST_CHROMA]).ravel()
    at_least = np.cumsum(bins[::-1])[::-1]
    level = np.minimum(lightness * (_LEVELS / 100), _LEVELS - 1).astype(np.intp).ravel()
    count = np.bincount(level, minlength=_LEVELS)
    total = np.bincount(level, chroma.ravel(), minlength=_LEVELS)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(count >= pixels / 2000, total / count, np.nan)
    return Spread(
        np.asarray(counted / pixels, np.float32),
        np.asarray(at_least / pixels, np.float32),
        mean.astype(np.float32),
    )
