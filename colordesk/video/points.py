"""A place on one frame, followed through its shot, so that a colour set there stays on the thing.

Hides the steps along optical flow, back and forth, and when a place is lost.
Invariant: a place is either followed with the confidence that says how far, or left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from colordesk.video.flow import Motion, Way

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LOST = 0.1  # confidence below which a place is not followed on ...
_GONE = 0.3  # ... and trust in a single step: something else is there
_AROUND = 1  # px of the flow around a place whose motion it shares
_SURE = 0.5  # trust from which a step is not to be doubted


@dataclass(frozen=True)
class Carried:
    """Where a place is on another frame."""

    frame: int
    """Of the shot, from 0."""
    x: float
    """From the left (0) to the right edge (1)."""
    y: float
    """From the upper (0) to the lower edge (1)."""
    confidence: float
    """1 where it was set, less with every step that is to be doubted."""


def carry_point(x: float, y: float, at: int, motions: Sequence[Motion]) -> list[Carried]:
    """Return where a place is on the frames of its shot, in their order; lost ones are left out.

    Args:
        x: from the left (0) to the right edge (1).
        y: from the upper (0) to the lower edge (1).
        at: the frame of the shot on which it was set.
        motions: all motions of the shot; the n-th leads from frame n to n + 1.

    Raises:
        ValueError: the shot has no such frame.
    """
    if not 0 <= at <= len(motions):
        raise ValueError(at)
    earlier = _followed(x, y, at, -1, (motion.back for motion in reversed(motions[:at])))
    later = _followed(x, y, at, 1, (motion.ahead for motion in motions[at:]))
    return [*reversed(earlier), Carried(at, x, y, 1.0), *later]


def _followed(x: float, y: float, frame: int, step: int, ways: Iterable[Way]) -> list[Carried]:
    """Return the places on the frames to one side, from near to far."""
    found: list[Carried] = []
    confidence = 1.0
    for way in ways:
        x, y, trust = _step(x, y, way)
        frame += step
        confidence *= trust
        if trust < _GONE or confidence < _LOST or not (0 <= x <= 1 and 0 <= y <= 1):
            break
        found.append(Carried(frame, x, y, confidence))
    return found


def _step(x: float, y: float, way: Way) -> tuple[float, float, float]:
    """Return x and y on the other frame and the trust in them.

    The motion is the trusted mean of a small window, since a single pixel's is often astray.
    """
    height, width = way.trust.shape
    column, row = x * width - 0.5, y * height - 0.5
    window = (2 * _AROUND + 1, 2 * _AROUND + 1)
    trust = _patch(way.trust, window, column, row)
    xs, ys = (_patch(way.place[..., axis].copy(), window, column, row) for axis in range(2))
    weight = trust + np.float32(1e-6)
    offset = np.arange(-_AROUND, _AROUND + 1, dtype=np.float32)
    moved_x = float(np.average(xs - offset[None, :], weights=weight))
    moved_y = float(np.average(ys - offset[:, None], weights=weight))
    return (moved_x + 0.5) / width, (moved_y + 0.5) / height, min(float(trust.mean()) / _SURE, 1.0)


def _patch(
    plane: NDArray[np.float32], size: tuple[int, int], column: float, row: float
) -> NDArray[np.float32]:
    return np.asarray(cv2.getRectSubPix(plane, size, (column, row)), np.float32)
