"""A strip of rows of a result and of its truth, with all that several measures need of it.

Invariant: whatever is derived from the pixels is made once per strip, however many measures ask.
"""

from __future__ import annotations

import functools
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from colordesk.metrics import palette
from colordesk.metrics.lab import Lab, Plane, lab_of, length

Picture = NDArray[Any]
"""sRGB, H x W x 3, as 8 or 16 bit or as floats in [0, 1]."""


def floats(rgb: Picture) -> NDArray[np.float32]:
    """Return pixels as float32 in [0, 1]."""
    top = {np.dtype(np.uint8): 255, np.dtype(np.uint16): 65535}.get(rgb.dtype, 1)
    return np.multiply(rgb, np.float32(1 / top), dtype=np.float32)


class Rows:
    """The rows start..stop of one picture.

    Args:
        picture: the whole of it.
        start: first row.
        stop: the row after the last.
    """

    def __init__(self, picture: Picture, start: int, stop: int) -> None:
        self.stored = picture[start:stop]

    @functools.cached_property
    def planes(self) -> tuple[Plane, ...]:
        """Red, green and blue as sRGB in [0, 1], each rows x W."""
        return tuple(floats(plane) for plane in cv2.split(self.stored))

    @functools.cached_property
    def opponents(self) -> tuple[Plane, Plane]:
        """Red against green and yellow against blue, R - G and (R + G) / 2 - B of 0..255."""
        red, green, blue = self.planes
        yellow = cv2.addWeighted(red, 127.5, green, 127.5, 0)
        return cv2.addWeighted(red, 255, green, -255, 0), cv2.addWeighted(yellow, 1, blue, -255, 0)

    @functools.cached_property
    def lab(self) -> Lab:
        """CIELAB planes, each rows x W."""
        return lab_of(self.stored)

    @functools.cached_property
    def chroma(self) -> Plane:
        """C*ab, rows x W."""
        return length(self.lab[1], self.lab[2])

    @functools.cached_property
    def bins(self) -> NDArray[np.intp]:
        """The bin of each pixel's colour, rows x W."""
        return palette.bins(self.lab)


class Strip:
    """The rows start..stop of a result and of its truth.

    Args:
        result: the whole picture that is judged.
        truth: the whole true picture, of the same size; without one, the result itself.
        start: first row.
        stop: the row after the last.
    """

    def __init__(self, result: Picture, truth: Picture | None, start: int, stop: int) -> None:
        self.start, self.stop = start, stop
        self.whole = result, result if truth is None else truth
        self.result, self.truth = (Rows(picture, start, stop) for picture in self.whole)

    @property
    def chroma(self) -> tuple[Plane, Plane]:
        """C*ab of the result and of the truth, each rows x W."""
        return self.result.chroma, self.truth.chroma

    @functools.cached_property
    def squares(self) -> tuple[Plane, Plane]:
        """Squared differences of L*, and squared distances in a*b*, each rows x W."""
        lightness, a, b = (r - t for r, t in zip(self.result.lab, self.truth.lab, strict=True))
        lightness *= lightness
        a *= a
        b *= b
        a += b
        return lightness, a

    @functools.cached_property
    def ab_distance(self) -> Plane:
        """Distance in a*b*, rows x W."""
        return np.asarray(np.sqrt(self.squares[1]))
