"""Colour that holds still: chroma is averaged over time along the motion, inside one shot.

Hides the two-way recursive filter. Going forwards, and going backwards from a bounded way ahead,
each pixel carries a sum of the chroma on its path and a weight; both fade, and lose at once where
the motion is not to be trusted, so what was hidden begins anew and nothing bleeds from what hid it.
Invariant: memory does not grow with the length of a shot; smooth 0 gives back the very arrays.

The filter works at the size of the flow and what it changes is enlarged and added, so that detail
of the chroma is kept. The recursion is that of Paris 2008, "Edge-Preserving Smoothing and
Mean-Shift Segmentation of Video Streams" (an exponential filter in time), moved along optical flow.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import cv2
import numpy as np

from colordesk.video.flow import Motion, Way, flow_size, moved

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LONGEST = 16.0  # frames of memory in either direction at smooth 100


class Stabiliser:
    """Stabilises the chroma of one shot; one thread.

    Args:
        smooth: 0 (nothing is touched) to 100.
        size: (height, width) of the flow, if it is not what chroma of this size would have.
    """

    BLOCK: ClassVar[int] = 12
    """Frames that are given out at once."""
    AHEAD: ClassVar[int] = 12
    """Frames after a block that take part in it."""

    def __init__(self, smooth: int, size: tuple[int, int] | None = None) -> None:
        if not 0 <= smooth <= 100:
            raise ValueError(smooth)
        memory = _LONGEST * (smooth / 100) ** 2
        self._size = size
        self._kept = np.float32(memory / (1 + memory))
        self._forward: NDArray[np.float32] | None = None
        self._waiting: deque[_Frame] = deque()

    def put(self, ab: NDArray[np.float32], motion: Motion | None) -> list[NDArray[np.float32]]:
        """Take the next frame; return the frames that are ready, in order.

        Args:
            ab: 2 x h x w in CIELAB units.
            motion: from the frame before it; None for the first one.
        """
        if not self._kept:
            return [ab]
        self._size = self._size or flow_size(*ab.shape[1:])
        own = _sample(ab, self._size)
        past = None if motion is None else self._carried(self._forward, motion.back)
        self._forward = own if past is None else past + own
        self._waiting.append(_Frame(ab, own, self._forward, motion))
        return self._ready(self.BLOCK) if len(self._waiting) >= self.BLOCK + self.AHEAD else []

    def finish(self) -> list[NDArray[np.float32]]:
        """Return the frames that are left; the shot ends here."""
        return self._ready(len(self._waiting))

    def _ready(self, count: int) -> list[NDArray[np.float32]]:
        """Return the first so many waiting frames, stabilised."""
        ready: list[NDArray[np.float32]] = []
        future: NDArray[np.float32] | None = None
        later: Motion | None = None
        for index in range(len(self._waiting) - 1, -1, -1):
            frame = self._waiting[index]
            future = None if later is None else self._carried(future, later.ahead)
            if index < count:
                ready.append(frame.stabilised(future))
            future = frame.own if future is None else future + frame.own
            later = frame.motion
        for _ in range(count):
            self._waiting.popleft()
        return ready[::-1]

    def _carried(self, sums: NDArray[np.float32] | None, way: Way) -> NDArray[np.float32] | None:
        """Return the sums of a neighbouring frame, moved here and faded."""
        if sums is None:
            return None
        faded, share = moved(sums, way.place), self._kept * way.trust
        cv2.multiply(faded, cv2.merge([share, share, share]), faded)
        return faded


@dataclass(frozen=True, eq=False)
class _Frame:
    """A frame that waits for those after it."""

    ab: NDArray[np.float32]
    own: NDArray[np.float32]
    """a*, b* and 1, h x w x 3 at the size of the flow."""
    forward: NDArray[np.float32]
    """Sums of a* and b* and their weight, up to and with this frame."""
    motion: Motion | None
    """From the frame before."""

    def stabilised(self, future: NDArray[np.float32] | None) -> NDArray[np.float32]:
        sums = self.forward if future is None else self.forward + future
        height, width = self.ab.shape[1:]
        *totals, weight = cv2.split(sums)
        stable = np.empty(self.ab.shape, np.float32)  # in rows, however they lie in ab
        for total, own, plane, out in zip(
            totals, cv2.split(self.own), self.ab, stable, strict=False
        ):
            change: Any = np.divide(total, weight, out=total)
            change -= own
            cv2.resize(change, (width, height), out, interpolation=cv2.INTER_LINEAR)
            out += plane
        return stable


def _sample(ab: NDArray[np.float32], size: tuple[int, int]) -> NDArray[np.float32]:
    height, width = size
    # aliasing does no harm: it is in what is averaged and in what it is compared with
    small = [cv2.resize(plane, (width, height), interpolation=cv2.INTER_LINEAR) for plane in ab]
    return np.asarray(cv2.merge([*small, np.ones(size, np.float32)]), np.float32)
