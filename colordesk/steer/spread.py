"""Colour from a few places to all that belongs to them, led by the edges of lightness.

Hides the way through the picture: how far a pixel is from a seed is the length of the shortest path
between them, on which a change of lightness counts as way (Yatziv and Sapiro 2006, "Fast image and
video colorization using chrominance blending", IEEE TIP 15(5), section II). Distances are found by
raster scans with a 3 x 3 kernel (Criminisi, Sharp and Blake 2008, "GeoS", section 2.3), row by row,
so that numpy does the work, and no further than the reach of the seed, which is seldom far.
Invariant: at a seed its own colour stands; beyond its reach nothing changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from colordesk.scale import Box, Plane, Planes

Place = tuple[NDArray[np.intp], NDArray[np.intp]]
"""Rows and columns of the pixels of a seed, one at least."""

_SCANS = 3  # down and up; what a path gains by more turns is not seen
_EDGE = 2.5  # short sides of way for a step from black to white
_BLUR = 0.7  # px, so that grain is no way
_WORTH = 1e-4  # short sides by which a way must become shorter for the next row to be told
_FAR = 1e4
_POWER = 2.0  # of the distance, in the weights of seeds that meet (Yatziv and Sapiro, eq. 9)
_NEAR = 1e-4


@dataclass(frozen=True, eq=False)
class Ways:
    """How far pixels are from a seed, in short sides of the picture."""

    box: Box
    """Rows and columns outside of which all is out of reach."""
    distance: NDArray[np.float16]
    """Of the pixels in the box; what is out of reach is said to be any number from it on."""


@dataclass(frozen=True, eq=False)
class Source:
    """A colour that spreads."""

    ways: Ways
    """From its seed."""
    reach: float
    """Where it ends, in short sides; no more than the ways were asked for."""
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
        self._step = step = 1 / min(lightness.shape)
        rise = np.float32(_EDGE / 100)
        self._along = np.zeros((height, width), np.float32)
        np.cumsum(step + rise * np.abs(np.diff(smooth, axis=1)), axis=1, out=self._along[:, 1:])
        slant = np.float32(step * np.sqrt(2))
        falling = slant + rise * np.abs(smooth[1:, 1:] - smooth[:-1, :-1])
        rising = slant + rise * np.abs(smooth[1:, :-1] - smooth[:-1, 1:])
        # of the steps between two rows: from the left, straight and from the right
        down, up = np.full((2, height - 1, 3, width), _FAR, np.float32)
        down[:, 1] = up[:, 1] = step + rise * np.abs(np.diff(smooth, axis=0))
        down[:, 0, 1:] = up[:, 2, :-1] = falling
        down[:, 2, :-1] = up[:, 0, 1:] = rising
        self._down, self._up = down, up

    def ways(self, place: Place, reach: float) -> Ways:
        """Return how far pixels are from a seed, as far as its reach goes, in short sides."""
        rows, columns = place
        (height, width), far = self._along.shape, int(min(reach, _FAR) / self._step) + 1
        left, right = max(int(columns.min()) - far, 0), min(int(columns.max()) + far + 1, width)
        # a pixel more at either end: the neighbours in a row are then three views of it
        padded = np.full((height, right - left + 2), _FAR, np.float32)
        padded[rows, columns - left + 1] = 0
        walk = _Walk(padded, self._along[:, left:right], reach)
        down, up = self._down[..., left:right], self._up[..., left:right]
        top, bottom = int(rows.min()), int(rows.max())
        for _ in range(_SCANS):
            bottom = top + walk.sweep(range(top, height), bottom - top, down[top:])
            top = bottom - walk.sweep(range(bottom, -1, -1), bottom - top, up[:bottom][::-1])
        box = slice(top, bottom + 1), slice(left, right)
        return Ways(box, padded[top : bottom + 1, 1:-1].astype(np.float16))


class _Walk:
    """The ways from a seed while they become shorter.

    Args:
        padded: they, h x (w + 2).
        along: how far each pixel is from the first of its row, h x w.
        reach: where they end.
    """

    def __init__(self, padded: Plane, along: Plane, reach: float) -> None:
        width = along.shape[1]
        self._rows: Sequence[Plane] = list(padded[:, 1:-1])
        self._beside: Sequence[Planes] = list(sliding_window_view(padded, width, axis=1))
        # going back is going forth from right to left, with the sign of the way turned
        self._along: Sequence[Planes] = list(np.stack([along, -along[:, ::-1]], axis=1))
        self._reach = reach
        self._steps = np.empty((3, width), np.float32)
        self._lines = np.empty((2, width), np.float32)
        self._gain = np.empty(width, np.float32)
        self._sweeps = 0
        self._changed = [0] * len(padded)  # by row: the last sweep that made a way to it shorter

    def sweep(self, order: range, known: int, costs: Planes) -> int:
        """Shorten the ways row by row; stop where no way is left that is within the reach.

        Args:
            order: the rows.
            known: the last of them, counted from 0, that had such a way before.
            costs: of the steps from each row to the next one, n x 3 x w.

        Returns:
            the last of them, counted from 0, that has such a way now.
        """
        self._sweeps += 1
        steps, best = self._steps, self._steps[0]
        self._inside(order[0])
        for count, (before, here, cost) in enumerate(zip(order, order[1:], costs, strict=False), 1):
            if self._changed[before] < self._sweeps - 1:
                continue  # it has told this row all that it knows, when the last sweep came by
            row = self._rows[here]
            np.add(self._beside[before], cost, out=steps)
            np.minimum.reduce(steps, axis=0, out=best)
            if self._sweeps > 2:
                np.subtract(row, best, out=self._gain)
                if np.maximum.reduce(self._gain) < _WORTH:
                    continue
            np.minimum(best, row, out=row)
            if count > known:
                if np.minimum.reduce(row) >= self._reach:
                    break
                known = count
            self._inside(here)
        return known

    def _inside(self, number: int) -> None:
        """Shorten the ways to a row by those inside it, forth and back at once."""
        self._changed[number] = self._sweeps
        row, along, lines = self._rows[number], self._along[number], self._lines
        np.subtract(row, along[0], out=lines[0])
        np.subtract(row[::-1], along[1], out=lines[1])
        np.minimum.accumulate(lines, axis=1, out=lines)
        np.add(lines, along, out=lines)
        np.minimum(lines[0], lines[1, ::-1], out=row)


def blended(sources: Sequence[Source], shape: tuple[int, ...]) -> tuple[Planes, Box]:
    """Return what to add to ab, 2 x h x w, and the box outside of which it is 0.

    Where sources meet, the nearer one counts more; towards the end of its reach each fades.
    """
    change = np.zeros((2, *shape), np.float32)
    weights = np.full(shape, 1e-9, np.float32)
    touched = np.zeros(shape, np.float32)
    for source in sources:
        box = source.ways.box
        share = source.ways.distance.astype(np.float32)
        share /= np.float32(source.reach)
        np.minimum(share, 1, out=share)
        fade = 1 - share * share * (3 - 2 * share)
        weight = fade / (share**_POWER + np.float32(_NEAR))
        weights[box] += weight
        np.maximum(touched[box], fade, out=touched[box])
        for plane, value in zip(change, source.ab, strict=True):
            plane[box] += weight * np.float32(value)
    boxes = [source.ways.box for source in sources]
    rows, columns = (
        slice(
            min((box[axis].start for box in boxes), default=0),
            max((box[axis].stop for box in boxes), default=0),
        )
        for axis in range(2)
    )
    return change * (touched / weights), (rows, columns)
