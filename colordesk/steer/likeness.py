"""The same thing found again in another photo, by what a model knows of its places.

Hides cells and directions: a thing is the direction of the features at its place, and how alike
two places are is the cosine between theirs.
Invariant: a match is a place, never a colour; nothing here paints.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from colordesk.errors import ColorDeskError
from colordesk.scale import Plane, Planes
from colordesk.steer.hints import at

# Measured with colordesk-base on 40 photographs that it was not trained on, against crops of them
# with other light and grain: 99 % of the things are more alike than this, and so is something in
# 27 % of the photos that do not show the thing. A person looks at each.
_LEAST = 0.65
_APART = 0.2  # of the short side, between two places in one photo
_MOST = 2  # places in one photo


class NoFeatures(ColorDeskError):  # noqa: N818 - the name of the condition
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
    left = np.asarray(cv2.blur(alike, (3, 3)), np.float32)  # the middle of a thing, not its rim
    found: list[Match] = []
    while len(found) < _MOST:
        row, column = (int(at) for at in np.unravel_index(int(left.argmax()), left.shape))
        near = np.s_[max(row - 1, 0) : row + 2, max(column - 1, 0) : column + 2]
        likeness = float(alike[near].max())
        if likeness < _LEAST or not np.isfinite(left[row, column]):
            break
        found.append(Match((column + 0.5) / columns, (row + 0.5) / rows, min(likeness, 1.0)))
        left[
            max(row - reach, 0) : row + reach + 1, max(column - reach, 0) : column + reach + 1
        ] = -np.inf
    return sorted(found, key=lambda match: -match.likeness)
