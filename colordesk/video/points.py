"""A place on one frame, followed through its shot, so that a colour set there stays on the thing.

Hides how: optical flow leads to about where the thing is on the next frame, and the patch of the
picture around it tells where it is exactly. What is looked for is its last patch, and the one at
which it was set, which keeps it from slipping off little by little.
Invariant: a place is either followed with the confidence that says how far, or left out.

That the first patch mends the way of the last one is from Matthews, Ishikawa and Baker 2004, "The
Template Update Problem".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from colordesk.video.flow import Motion, Way
from colordesk.video.patches import likeness, patch_at, peak, squares, values_around

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LOST = 0.1  # confidence below which a place is not followed on ...
_GONE = 0.3  # ... and trust in a single step: something else is there, if it does not look alike
_AROUND = 1  # px of the flow around a place whose motion it shares
_SURE = 0.5  # trust from which a step is not to be doubted

_PATCHES = (0.04, 0.08, 0.16)  # half the side of a patch, as shares of the frame's short side
_NEAR = 0.03  # how far from where it is expected a thing is looked for, ...
_FAR = 0.17  # ... and how far if it is not there; shares, too
_FLAT = 2.5  # standard deviation of L* below which a patch tells nothing
_ALIKE = 0.6  # correlation from which it is the same thing, ...
_SAME = 0.75  # ... from which its first patch says where it is, ...
_FOUND = 0.85  # ... and from which it need not be looked for elsewhere
_ALONE = 0.1  # by which nothing else that is far away may look nearly as alike
_BETTER = 0.05  # by which another place must look more alike than the one before
_STRAY = 1.0  # mean squared difference of L* that one pixel away from the expected place is worth
_STRAY_FAR = 0.15  # correlation that the farthest place is worth
_AGED = 0.97  # share of the confidence that is left of each step by the last patch alone
_UNLIKE, _LIKE = 0.4, 0.8  # correlations at which confidence is 0 and 1


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


def carry_point(
    x: float, y: float, at: int, motions: Sequence[Motion], frames: Sequence[NDArray[np.uint8]]
) -> list[Carried]:
    """Return where a place is on the frames of its shot, in their order; lost ones are left out.

    Args:
        x: from the left (0) to the right edge (1).
        y: from the upper (0) to the lower edge (1).
        at: the frame of the shot on which it was set.
        motions: all motions of the shot; the n-th leads from frame n to n + 1.
        frames: all frames of the shot as they are `patches.remembered`.

    Raises:
        ValueError: the shot has no such frame.
    """
    if not 0 <= at <= len(motions):
        raise ValueError(at)
    back = [motion.back for motion in reversed(motions[:at])]
    ahead = [motion.ahead for motion in motions[at:]]
    earlier = _Follower(x, y, frames[at]).along(back, frames[:at][::-1])
    later = _Follower(x, y, frames[at]).along(ahead, frames[at + 1 :])
    return [
        *(Carried(at - n, *place) for n, place in reversed(list(enumerate(earlier, 1)))),
        Carried(at, x, y, 1.0),
        *(Carried(at + n, *place) for n, place in enumerate(later, 1)),
    ]


class _Follower:
    """Follows one place in one direction; places within are pixels of the remembered frames."""

    def __init__(self, x: float, y: float, frame: NDArray[np.uint8]) -> None:
        self._height, self._width = frame.shape
        self._place = np.array([x * self._width - 0.5, y * self._height - 0.5])
        self._moves = np.zeros(2)
        self._confidence = 1.0
        short = min(frame.shape)
        self._near, self._far = max(round(_NEAR * short), 2), round(_FAR * short)
        for size in _PATCHES:  # it grows until there is something on it
            self._half = max(round(size * short), 2)
            self._first = self._last = patch_at(frame, self._place, self._half)
            if self._first.std() >= _FLAT:
                break

    def along(
        self, ways: Sequence[Way], frames: Sequence[NDArray[np.uint8]]
    ) -> list[tuple[float, float, float]]:
        """Return x, y and confidence on frame after frame, until it is lost."""
        found = []
        for way, frame in zip(ways, frames, strict=True):
            place = self._next(way, frame)
            if place is None:
                break
            self._moves, self._place = place - self._place, place
            self._last = patch_at(frame, place, self._half)
            x, y = self._relative(place)
            if self._confidence < _LOST or not (0 <= x <= 1 and 0 <= y <= 1):
                break
            found.append((x, y, self._confidence))
        return found

    def _relative(self, place: NDArray[np.float64]) -> tuple[float, float]:
        return (place[0] + 0.5) / self._width, (place[1] + 0.5) / self._height

    def _next(self, way: Way, frame: NDArray[np.uint8]) -> NDArray[np.float64] | None:
        """Return the place on the next frame; None where the thing is not to be seen."""
        x, y, trust = _flowed(*self._relative(self._place), way)
        led = np.array([x * self._width - 0.5, y * self._height - 0.5])
        spread = float(self._last.std())
        if spread < _FLAT:
            self._confidence *= trust
            return None if trust < _GONE else led
        stray = _STRAY / spread**2
        place, alike = self._found(frame, led, stray)
        mended, first = peak(likeness(frame, self._first, place, 2), place, stray * squares(2))
        if max(alike, first) < _ALIKE or (trust < _GONE and first < _ALIKE):
            return None
        by_last = self._confidence * _AGED * _sureness(alike)
        self._confidence = min(self._confidence, max(_sureness(first), by_last))
        return mended if first >= _SAME else place

    def _found(
        self, frame: NDArray[np.uint8], led: NDArray[np.float64], stray: float
    ) -> tuple[NDArray[np.float64], float]:
        """Return where the thing is likely to be, and the correlation there.

        Args:
            frame: the next one.
            led: where flow leads to.
            stray: correlation that a squared pixel away from the expected place is worth.
        """
        straight = self._place + self._moves
        best, alike = led, -1.0
        for centre in (led, straight):
            likely = self._either(frame, centre, self._near)
            place, here = peak(likely, centre, stray * squares(self._near))
            if here > alike + _BETTER:
                best, alike = place, here
            if alike >= _FOUND:
                return best, alike
        likely = self._either(frame, straight, self._far)
        cost = _STRAY_FAR / self._far * np.sqrt(squares(self._far))
        place, here = peak(likely, straight, cost)
        if here < max(_FOUND, alike + _BETTER):
            return best, alike
        column, row = np.rint(place - straight).astype(int) + self._far
        rows = slice(max(row - self._half, 0), row + self._half + 1)
        likely[rows, max(column - self._half, 0) : column + self._half + 1] = -1
        return (place, here) if likely.max() <= here - _ALONE else (best, alike)

    def _either(self, frame: NDArray[np.uint8], centre: NDArray[np.float64], reach: int) -> Any:
        """Return how much what is around a place looks like the thing, last or first."""
        last, first = (likeness(frame, patch, centre, reach) for patch in (self._last, self._first))
        return np.maximum(last, first)


def _flowed(x: float, y: float, way: Way) -> tuple[float, float, float]:
    """Return x and y on the other frame by the flow, and the trust in them.

    The motion is the trusted mean of a small window, since a single pixel's is often astray.
    """
    height, width = way.trust.shape
    column, row = x * width - 0.5, y * height - 0.5
    window = (2 * _AROUND + 1, 2 * _AROUND + 1)
    trust = values_around(way.trust, window, column, row)
    xs, ys = (values_around(way.place[..., axis].copy(), window, column, row) for axis in range(2))
    weight = trust + np.float32(1e-6)
    offset = np.arange(-_AROUND, _AROUND + 1, dtype=np.float32)
    moved_x = float(np.average(xs - offset[None, :], weights=weight))
    moved_y = float(np.average(ys - offset[:, None], weights=weight))
    return (moved_x + 0.5) / width, (moved_y + 0.5) / height, min(float(trust.mean()) / _SURE, 1.0)


def _sureness(correlation: float) -> float:
    return min(max((correlation - _UNLIKE) / (_LIKE - _UNLIKE), 0.0), 1.0)
