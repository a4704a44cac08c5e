"""Where one shot ends and the next begins: cuts, fades and dissolves.

Hides what tells a cut from fast motion, and what from flashes, shake, flicker and spoiled frames.
Invariant: a decision depends only on the frames within `ShotFinder.LOOK_AHEAD` of it, so that
memory is constant, and a film read from the middle gives the same shots as from its beginning.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from colordesk.video import dissolves
from colordesk.video.flow import Motion, MotionFinder
from colordesk.video.likeness import Comparer, Tiny, tiny

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SAME = 0.85  # likeness of two frames of one scene, some motion and damage allowed
_CUT = 0.78  # likeness of neighbours below which there may be a cut ...
_SHARP = 4.0  # ... if they differ so many times as much as the neighbours around them
_AROUND = 3
_FADE = 6  # frames after black, and half of that before it, where a fade may look like cuts
_FLASH = 5  # frames; what comes back so soon was a flash, a splice or a spoiled frame
_APART = 6  # frames around the middle of a dissolve that are none


@dataclass(frozen=True)
class Shot:
    """Frames that a camera took in one run."""

    start: int
    """Its first frame."""
    stop: int
    """The frame after its last one."""

    def __len__(self) -> int:
        return self.stop - self.start


class ShotFinder:
    """Finds the shots of a film while its frames pass by; one film, one thread.

    A shot shorter than `_FLASH` frames between two similar ones counts as a flash. Black frames
    belong to the shot before them. In a dissolve a shot begins where the new scene prevails.
    """

    LOOK_AHEAD: ClassVar[int] = dissolves.REACH + _APART
    """Frames that must be seen after one before it is decided."""

    def __init__(self) -> None:
        self._motion = MotionFinder()
        self._comparer = Comparer()
        self._last: NDArray[np.float32] | None = None
        self._seen: deque[_Seen] = deque(maxlen=2 * self.LOOK_AHEAD + 1)
        self._ahead = 0

    def put(self, lightness: NDArray[np.float32], motion: Motion | None = None) -> list[bool]:
        """Take the next frame and say of which frames it is now known.

        Args:
            lightness: L* in [0, 100], h x w.
            motion: from the frame before, if it is known; else it is found here.

        Returns:
            For each frame that is decided now, in order, if a shot begins with it.
        """
        seen = _Seen(tiny(lightness), first=self._last is None)
        if self._last is not None:
            motion = motion or self._motion.between(self._last, lightness)
            seen.likeness = self._comparer.likeness(self._seen[-1].tiny, seen.tiny, motion)
        self._last = lightness
        self._seen.append(seen)
        self._ahead += 1
        return [self._decide()] if self._ahead > self.LOOK_AHEAD else []

    def finish(self) -> list[bool]:
        """Say it of the frames that are left."""
        return [self._decide() for _ in range(self._ahead)]

    def _decide(self) -> bool:
        now = len(self._seen) - self._ahead
        self._ahead -= 1
        return self._seen[now].first or self._begins(now)

    def _begins(self, now: int) -> bool:
        """Tell if a shot begins with one of the frames kept; it is not the first of the film."""
        frame = self._seen[now]
        if frame.tiny.blank:
            return False
        if self._seen[now - 1].tiny.blank:
            return self._leaves_black(now)
        if frame.likeness < _CUT and self._sharp(now) and not self._in_dissolve(now):
            around = range(max(now - _FADE, 1), min(now + _FADE // 2 + 1, len(self._seen)))
            fades = any(self._leaves_black(other) for other in around)
            return not fades and not self._comes_back(now)
        return self._crosses(now)

    def _leaves_black(self, now: int) -> bool:
        """Tell if another scene comes out of black for good."""
        if not self._seen[now - 1].tiny.blank:
            return False
        later = self._between(now, now + _AROUND + 1)
        return not any(seen.tiny.blank for seen in later) and not self._comes_back(now)

    def _sharp(self, now: int) -> bool:
        """Tell if a frame differs from the one before far more than those around it do."""
        around = [
            1 - seen.likeness
            for seen in self._between(now - _AROUND, now + _AROUND + 1)
            if seen is not self._seen[now]
        ]
        usual = float(np.mean(around)) if around else 0.0
        return 1 - self._seen[now].likeness > _SHARP * usual

    def _comes_back(self, now: int) -> bool:
        """Tell if a frame before `now` is alike one after it, though its neighbours are not."""
        last = now - 1
        while last >= 0 and self._is_dark(last):
            last -= 1
        if last < max(now - self.LOOK_AHEAD, 0):
            return False
        later = range(now, min(now + _FLASH + 1, len(self._seen)))
        earlier = range(max(last - _FLASH, now - self.LOOK_AHEAD, 0), last)
        pairs = [(last, index) for index in later] + [(index, now) for index in earlier]
        return any(
            self._comparer.likeness(self._seen[a].tiny, self._seen[b].tiny) > _SAME
            for a, b in pairs
            if (a, b) != (now - 1, now)
        )

    def _is_dark(self, number: int) -> bool:
        """Tell if a frame is black, or alone among black ones: then it only has a scratch."""
        around = self._between(number - 1, number + 2)
        return all(seen.tiny.blank for seen in around if seen is not self._seen[number]) or (
            self._seen[number].tiny.blank
        )

    def _crosses(self, now: int) -> bool:
        """Tell if more speaks for a frame being the middle of a dissolve than for those around."""
        own = self._middle(now)
        return (
            own > 0
            and all(self._middle(other) < own for other in range(now - _APART, now))
            and all(self._middle(other) <= own for other in range(now + 1, now + _APART + 1))
        )

    def _in_dissolve(self, now: int) -> bool:
        """Tell if the middle of a dissolve may be near."""
        return any(self._middle(other) > 0 for other in range(now - _APART, now + _APART + 1))

    def _middle(self, now: int) -> float:
        """Return how much speaks for a frame being the middle of a dissolve."""
        if not dissolves.REACH <= now < len(self._seen) - dissolves.REACH:
            return -1.0
        seen = self._seen[now]
        if seen.middle is None:
            around = self._between(now - dissolves.REACH, now + dissolves.REACH + 1)
            frames, likenesses = zip(*((one.tiny, one.likeness) for one in around), strict=True)
            seen.middle = dissolves.middle(frames, likenesses, self._comparer)
        return seen.middle

    def _between(self, start: int, stop: int) -> list[_Seen]:
        return list(itertools.islice(self._seen, max(start, 0), max(stop, 0)))


def find_shots(frames: Iterable[NDArray[np.float32]]) -> list[Shot]:
    """Return the shots of a whole film, given as frames of L* in [0, 100], h x w."""
    finder = ShotFinder()
    begins = [answer for frame in frames for answer in finder.put(frame)] + finder.finish()
    starts = [index for index, begin in enumerate(begins) if begin]
    return [Shot(*pair) for pair in itertools.pairwise([*starts, len(begins)])]


@dataclass(eq=False)
class _Seen:
    """A frame as the finder remembers it."""

    tiny: Tiny
    first: bool
    """Of the film."""
    likeness: float = 1.0
    """With the frame before it."""
    middle: float | None = None
    """How much speaks for its being that of a dissolve, once asked for."""
