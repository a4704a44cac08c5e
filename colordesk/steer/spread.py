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
from numpy.lib.stride_tricks import sliding_window_view
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
        height, width = lightness.shape
        step = 1 / min(lightness.shape)
        rise = np.float32(_EDGE / 100)
        along = np.zeros((height, width), np.float32)
        np.cumsum(step + rise * np.abs(np.diff(smooth, axis=1)), axis=1, out=along[:, 1:])
        # going back is going forth from right to left, with the sign of the way turned
        self._along = np.stack([along, -along[:, ::-1]], axis=1)[:, :, None]
        slant = np.float32(step * np.sqrt(2))
        falling = slant + rise * np.abs(smooth[1:, 1:] - smooth[:-1, :-1])
        rising = slant + rise * np.abs(smooth[1:, :-1] - smooth[:-1, 1:])
        # of the steps between two rows: from the left, straight and from the right
        down, up = np.full((2, height - 1, 3, 1, width), _FAR, np.float32)
        down[:, 1, 0] = up[:, 1, 0] = step + rise * np.abs(np.diff(smooth, axis=0))
        down[:, 0, 0, 1:] = up[:, 2, 0, :-1] = falling
        down[:, 2, 0, :-1] = up[:, 0, 0, 1:] = rising
        self._down, self._up = down, up

    def distances(self, seeds: NDArray[np.bool_]) -> Distance:
        """Return how far every pixel is from each of n seeds, n x h x w, in short sides.

        Args:
            seeds: n x h x w, where each of them is; none is empty.
        """
        # rows first: a row of all seeds is then one piece of memory; a pixel more at either end
        count, height, width = seeds.shape
        padded = np.full((height, count, width + 2), _FAR, np.float32)
        way = padded[:, :, 1:-1]
        way[seeds.transpose(1, 0, 2)] = 0
        beside = sliding_window_view(padded, width, axis=2).transpose(0, 2, 1, 3)
        steps = np.empty((3, count, width), np.float32)
        lines = np.empty((2, count, width), np.float32)
        for _ in range(_SCANS):
            for row in range(height):
                if row:
                    _step(beside[row - 1], self._down[row - 1], way[row], steps)
                _walk(way[row], self._along[row], lines)
            for row in range(height - 2, -1, -1):
                _step(beside[row + 1], self._up[row], way[row], steps)
                _walk(way[row], self._along[row], lines)
        return way.transpose(1, 0, 2).astype(np.float16)


def _step(beside: Planes, costs: Planes, row: Plane, steps: Planes) -> None:
    """Shorten the ways to a row by those through the next one.

    Args:
        beside: the ways to the next row, from the left, straight and from the right, 3 x n x w.
        costs: of these steps, 3 x 1 x w.
        row: n x w.
        steps: working memory, 3 x n x w.
    """
    np.add(beside, costs, out=steps)
    np.minimum(np.minimum.reduce(steps, axis=0, out=steps[0]), row, out=row)


def _walk(row: Plane, along: Planes, lines: Planes) -> None:
    """Shorten the ways to a row by those inside it, both ways at once.

    Args:
        row: n x w.
        along: how far each pixel is from the first, and the same negative and from right to left,
            2 x 1 x w.
        lines: working memory, 2 x n x w.
    """
    np.subtract(row, along[0], out=lines[0])
    np.subtract(row[:, ::-1], along[1], out=lines[1])
    np.minimum.accumulate(lines, axis=2, out=lines)
    np.add(lines, along, out=lines)
    np.minimum(lines[0], lines[1][:, ::-1], out=row)


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
