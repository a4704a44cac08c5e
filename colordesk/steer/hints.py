"""Colour points and strokes, in the two forms in which they are used at some size.

Hides what a network was shown in training (Zhang et al. 2017, section 3.1: small squares of the
true colour) and how strokes of many colours become few seeds.
Invariant: where points and strokes meet, a later point decides over an earlier one, and any point
over a stroke.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from colordesk.edit.steering import REACH, ColorPoint
from colordesk.scale import Plane, Planes
from colordesk.steer.strokes import Strokes

if TYPE_CHECKING:
    from numpy.typing import NDArray

_PATCH = 7  # px, side of the square that a network sees for a point
_SPOT = 1.5  # px, radius in which a point's colour is kept exactly
_SHADE = 8.0  # CIELAB units within which paint counts as one colour
_MOST_SEEDS = 48  # colours of strokes that spread, the most common ones


@dataclass(frozen=True, eq=False)
class Seed:
    """A colour and where it begins to spread."""

    key: Hashable
    """The same for the same place."""
    place: tuple[NDArray[np.intp], NDArray[np.intp]]
    """Rows and columns of its pixels."""
    ab: tuple[float, float]
    """The colour that is wanted."""
    reach: float
    """How far it spreads, in short sides."""


@dataclass(frozen=True, eq=False)
class Hints:
    """All colours that a person set for one photo."""

    points: tuple[ColorPoint, ...]
    strokes: Strokes | None
    key: Hashable
    """The same for the same colours at the same places."""

    def __bool__(self) -> bool:
        return bool(self.points) or self.strokes is not None

    def network_input(self, size: tuple[int, int]) -> Planes:
        """Return a, b and mask, 3 x h x w for (width, height), as networks know them."""
        planes = np.zeros((3, size[1], size[0]), np.float32)
        if self.strokes is not None:
            ab, painted = self.strokes.at(size)
            planes[:2] = ab * painted
            planes[2] = painted
        for point in self.points:
            row, column = at((point.x, point.y), size)
            top, left = row - _PATCH // 2, column - _PATCH // 2
            patch = np.s_[:, max(top, 0) : top + _PATCH, max(left, 0) : left + _PATCH]
            planes[patch] = np.array([*point.ab, 1], np.float32)[:, None, None]
        return planes

    def exact(self, size: tuple[int, int]) -> tuple[Planes, Plane]:
        """Return colours that must be met (2 x h x w), and where: 1 exactly, 0 not at all."""
        wanted = np.zeros((2, size[1], size[0]), np.float32)
        where = np.zeros((size[1], size[0]), np.float32)
        if self.strokes is not None:
            ab, painted = self.strokes.at(size)
            wanted[:] = ab * painted
            where[:] = painted
        for point in self.points:
            row, column = at((point.x, point.y), size)
            reach = int(_SPOT) + 2
            near = np.s_[
                max(row - reach, 0) : min(row + reach + 1, size[1]),
                max(column - reach, 0) : min(column + reach + 1, size[0]),
            ]
            down, across = np.ogrid[near]
            weight = np.clip(_SPOT + 1 - np.hypot(down - row, across - column), 0, 1)
            for plane, value in zip(wanted, point.ab, strict=True):
                plane[near] += weight * (value - plane[near])
            where[near] = np.maximum(where[near], weight)
        return wanted, where

    def seeds(self, size: tuple[int, int]) -> list[Seed]:
        """Return where colour begins to spread in a picture of (width, height)."""
        found = [] if self.strokes is None else _shades(self.strokes, size)
        for point in self.points:
            row, column = at((point.x, point.y), size)
            where = np.array([row], np.intp), np.array([column], np.intp)
            found.append(Seed((row, column), where, point.ab, point.radius))
        return found


def at(place: tuple[float, float], size: tuple[int, int]) -> tuple[int, int]:
    """Return row and column of a place (x and y from 0 to 1) in a picture of (width, height)."""
    (x, y), (width, height) = place, size
    return min(int(y * height), height - 1), min(int(x * width), width - 1)


def _shades(strokes: Strokes, size: tuple[int, int]) -> list[Seed]:
    """Return one seed for each colour of the paint, the most common first."""
    ab, painted = strokes.at(size)
    colours = ab[:, painted].T
    rows, columns = np.nonzero(painted)
    _, which, counts = np.unique(
        np.rint(colours / _SHADE), axis=0, return_inverse=True, return_counts=True
    )
    found = []
    for shade in np.argsort(-counts, kind="stable")[:_MOST_SEEDS]:
        chosen = which.ravel() == shade
        a, b = colours[chosen].mean(axis=0).tolist()
        place = rows[chosen], columns[chosen]
        key = place[0].tobytes() + place[1].tobytes()
        found.append(Seed(key, place, (a, b), REACH))
    return found
