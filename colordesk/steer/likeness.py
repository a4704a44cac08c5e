"""The same thing found again in another photo, by what a model knows of its places.

Hides cells and directions: a thing is the direction of the features at its place, and how alike
two places are is the cosine between theirs.
Invariant: a match is a place, never a colour; nothing here paints.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from colordesk.errors import ColorDeskError
from colordesk.scale import Plane, Planes
from colordesk.steer.hints import at

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Measured with colordesk-base on 40 photographs that it was not trained on, against crops of them
# with other light and grain: 99 % of the things are more alike than this, and so is something in
# 27 % of the photos that do not show the thing. A person looks at each.
_LEAST = 0.65
_APART = 0.2  # of the short side, between two places in one photo
_SHADES = 0.05  # of likeness, within one thing
_MOST = 2  # places in one photo


class NoFeatures(ColorDeskError):
    """A model cannot tell things apart, or does it otherwise than when a thing was saved.

    Args:
        model: its title.
        changed: whether it is another version of the model that knew the thing.
    """

    def __init__(self, model: str, changed: bool = False) -> None:
        super().__init__(model, changed)
        self.model = model
        self.changed = changed


@dataclass(frozen=True)
class Match:
    """A place that looks like the thing that was looked for."""

    x: float
    """From the left (0) to the right edge (1)."""
    y: float
    """From the upper (0) to the lower edge (1)."""
    likeness: float
    """1 for the very same thing."""


def signature(features: Planes, place: tuple[float, float]) -> Plane:
    """Return what tells the thing at a place (x, y), F values of length 1.

    Args:
        features: of a photo, F x h x w, even cells over it.
        place: x and y, from 0 to 1.
    """
    row, column = at(place, (features.shape[2], features.shape[1]))
    found = features[:, row, column]
    return np.asarray(found / max(float(np.linalg.norm(found)), 1e-6), np.float32)


def matches(features: Planes, thing: Plane) -> list[Match]:
    """Return the places of a photo that are much like a thing, the most alike first.

    Args:
        features: of the photo, F x h x w.
        thing: its `signature`, F values.
    """
    length = np.maximum(np.linalg.norm(features, axis=0), 1e-6)
    alike = np.tensordot(thing, features, 1) / length
    rows, columns = alike.shape
    reach = max(1, round(_APART * min(rows, columns)))
    left = alike.copy()
    found: list[Match] = []
    while len(found) < _MOST and (likeness := float(left.max())) >= _LEAST:
        peak = np.unravel_index(int(left.argmax()), left.shape)
        _, parts = cv2.connectedComponents((alike >= likeness - _SHADES).astype(np.uint8))
        thing_there = parts == parts[peak]
        row, column = _middle(thing_there)
        found.append(Match((column + 0.5) / columns, (row + 0.5) / rows, min(likeness, 1.0)))
        left[thing_there] = 0
        left[max(row - reach, 0) : row + reach + 1, max(column - reach, 0) : column + reach + 1] = 0
    return found


def _middle(region: NDArray[np.bool_]) -> tuple[int, int]:
    """Return row and column of the place in a region that is farthest from its rim."""
    inside = cv2.copyMakeBorder(region.astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    depth = cv2.distanceTransform(inside, cv2.DIST_L2, 3)[1:-1, 1:-1]
    row, column = divmod(int(depth.argmax()), depth.shape[1])
    return row, column
