"""Colour from a few places to all that belongs to them, led by the edges of lightness.

Hides the way through the picture: how far a pixel is from a seed is the length of the shortest path
between them, on which a change of lightness counts as way (Yatziv and Sapiro 2006, "Fast image and
video colorization using chrominance blending", IEEE TIP 15(5), section II). Distances are found by
raster scans with a 3 x 3 kernel (Criminisi, Sharp and Blake 2008, "GeoS", section 2.3), all seeds
at once and row by row, so that numpy does the work.
Invariant: at a seed its own colour stands; beyond its reach nothing changes.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from colordesk.scale import Plane, Planes

Distance = NDArray[np.float16]

_SCANS = 3  # down and up; what a path gains by more turns is not seen
_EDGE = 2.5  # short sides of way for a step from black to white
_BLUR = 0.7  # px, so that grain is no way
_FAR = 1e4
_POWER = 2.0  # of the distance, in the weights of seeds that meet (Yatziv and Sapiro, eq. 9)
_NEAR = 1e-4


@dataclass(frozen=True, eq=False)
class Source:
    """A colour that spreads."""

    distance: Distance
    """h x w, how far each pixel is from its seed, in short sides of the picture."""
    reach: float
    """Where it ends."""
    ab: tuple[float, float]
    """What to add at the seed, in CIELAB units."""


class Terrain:
    """The picture as a place to walk in.

    Args:
        lightness: L* in [0, 100], h x w.
    """

    def __init__(self, lightness: Plane) -> None:
        smooth = cv2.GaussianBlur(lightness, (0, 0), _BLUR)
        step = 1 / min(lightness.shape)
        rise = np.float32(_EDGE / 100)
        self._shape = lightness.shape
        self._across = step + rise * np.abs(np.diff(smooth, axis=1))
        self._along = np.pad(np.cumsum(self._across, axis=1), ((0, 0), (1, 0)))
        self._down = step + rise * np.abs(np.diff(smooth, axis=0))
        slant = np.float32(step * np.sqrt(2))
        self._right = slant + rise * np.abs(smooth[1:, 1:] - smooth[:-1, :-1])
        self._left = slant + rise * np.abs(smooth[1:, :-1] - smooth[:-1, 1:])

    def distances(self, seeds: NDArray[np.bool_]) -> Distance:
        """Return how far every pixel is from each of n seeds, n x h x w, in short sides.

        Args:
            seeds: n x h x w, where each of them is; none is empty.
        """
        # rows first: a row of all seeds is then one piece of memory
        way = np.where(seeds.transpose(1, 0, 2), np.float32(0), np.float32(_FAR))
        height = self._shape[0]
        for _ in range(_SCANS):
            for row in range(height):
                if row:
                    self._step(way[row - 1], way[row], row - 1, self._right, self._left)
                self._along_row(way[row], row)
            for row in range(height - 2, -1, -1):
                self._step(way[row + 1], way[row], row, self._left, self._right)
                self._along_row(way[row], row)
        return way.transpose(1, 0, 2).astype(np.float16)

    def _step(self, source: Plane, row: Plane, edge: int, fall: Planes, rise: Planes) -> None:
        """Shorten the ways to a row by those through the next one."""
        np.minimum(row, source + self._down[edge], out=row)
        np.minimum(row[:, 1:], source[:, :-1] + fall[edge], out=row[:, 1:])
        np.minimum(row[:, :-1], source[:, 1:] + rise[edge], out=row[:, :-1])

    def _along_row(self, row: Plane, number: int) -> None:
        """Shorten the ways to a row by those inside it, both ways at once."""
        along = self._along[number]
        forth = np.minimum.accumulate(row - along, axis=1)
        back = np.minimum.accumulate((row + along)[:, ::-1], axis=1)[:, ::-1]
        np.minimum(forth + along, back - along, out=row)


def blended(sources: Iterable[Source], shape: tuple[int, ...]) -> Planes:
    """Return what to add to ab, 2 x h x w.

    Where sources meet, the nearer one counts more; towards the end of its reach each fades.
    """
    change = np.zeros((2, *shape), np.float32)
    weights = np.full(shape, 1e-9, np.float32)
    touched = np.zeros(shape, np.float32)
    for source in sources:
        by_distance = _tables(source.reach)
        fade, weight = (cv2.LUT(source.distance.view(np.uint16), table) for table in by_distance)
        cv2.add(weights, weight, weights)
        cv2.max(touched, fade, touched)
        for plane, value in zip(change, source.ab, strict=True):
            cv2.scaleAdd(weight, value, plane, plane)
    return change * (touched / weights)


@functools.lru_cache(maxsize=16)
def _tables(reach: float) -> tuple[Plane, Plane]:
    """Return fade and weight for the bits of every float16 that is a distance."""
    with np.errstate(invalid="ignore", over="ignore"):
        distance = np.arange(1 << 16, dtype=np.uint16).view(np.float16).astype(np.float32)
        share = np.clip(np.nan_to_num(distance, nan=reach) / np.float32(reach), 0, 1)
    fade = 1 - share * share * (3 - 2 * share)
    return fade, fade / (share**_POWER + np.float32(_NEAR))
