"""Colour between key frames: the model sees few frames, and flow carries their chroma on.

Hides how places are followed over several frames, how the key frames on both sides share a pixel,
and what a pixel gets that neither of them shows.
Invariant: a key frame keeps the very chroma it was given; other frames lie between two of them.

Places are followed first and chroma is taken from the key frame once, so that it is not blurred by
being moved again and again. What is not to be trusted is filled from what is, by a local linear
model on lightness with weights (the guided filter of He, Sun and Tang 2013, eq. 5-8, in the form of
normalised convolution, Knutsson and Westin 1993).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from colordesk.video.flow import Motion, Way, moved, resized

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_WINDOW = (31, 31)  # from which a pixel that no key frame shows takes its chroma
_NOISE = 9.0  # variance of L* (3^2) that counts as texture and makes no difference in colour
_SURE = 0.2  # trust from which a pixel needs nothing of its neighbours
_GUESS = 1e-3  # weight of what is not to be trusted, where there is nothing else


def is_key(offset: int, every: int, last: bool) -> bool:
    """Tell if the model sees a frame: each so many of a shot, and its first and last one.

    Args:
        offset: its number in the shot, from 0.
        every: distance of key frames; 1 means all.
        last: whether it is the last one of the shot.
    """
    return last or offset % every == 0


class Propagator:
    """Fills in the chroma between the key frames of one shot; one thread.

    Args:
        every: distance of key frames, 1 or more; with 1 nothing is done.
    """

    def __init__(self, every: int) -> None:
        if every < 1:
            raise ValueError(every)
        self._key: NDArray[np.float32] | None = None
        self._waiting: list[_Step] = []

    def put(
        self,
        lightness: NDArray[np.float32],
        motion: Motion | None,
        ab: NDArray[np.float32] | None,
    ) -> list[NDArray[np.float32]]:
        """Take the next frame; return the chroma, 2 x h x w each, that is known now, in order.

        Args:
            lightness: L* in [0, 100], h x w.
            motion: from the frame before it; None for the first one.
            ab: 2 x h x w in CIELAB units if it is a key frame.

        Raises:
            ValueError: the first frame is no key frame.
        """
        if ab is None:
            if motion is None or self._key is None:
                raise ValueError("the first frame of a shot must be a key frame")
            self._waiting.append(_Step(lightness, motion))
            return []
        between: list[NDArray[np.float32]] = []
        if self._waiting and self._key is not None and motion is not None:
            between = _between(self._key, self._waiting, motion, ab)
        self._key = ab
        self._waiting = []
        return [*between, ab]

    def finish(self) -> list[NDArray[np.float32]]:
        """Return the chroma of frames after the last key frame; none in a whole shot."""
        if not self._waiting or self._key is None:
            return []
        carried = _followed([step.motion.back for step in self._waiting])
        waiting, self._waiting = self._waiting, []
        return [
            _blend(step.lightness, [(self._key, way, 1.0)])
            for step, way in zip(waiting, carried, strict=True)
        ]


@dataclass(frozen=True, eq=False)
class _Step:
    """A frame between key frames."""

    lightness: NDArray[np.float32]
    motion: Motion
    """From the frame before."""


def _between(
    first: NDArray[np.float32],
    steps: Sequence[_Step],
    motion: Motion,
    last: NDArray[np.float32],
) -> list[NDArray[np.float32]]:
    """Return the chroma of frames between two key frames.

    Args:
        first: chroma of the key frame before them.
        steps: the frames.
        motion: from the last of them to the key frame after them.
        last: its chroma.
    """
    earlier = _followed([step.motion.back for step in steps])
    motions = [*(step.motion for step in steps[1:]), motion]
    later = _followed([motion.ahead for motion in reversed(motions)])[::-1]
    share = 1 / (len(steps) + 1)
    return [
        _blend(step.lightness, [(first, before, 1 - share * n), (last, after, share * n)])
        for n, (step, before, after) in enumerate(zip(steps, earlier, later, strict=True), 1)
    ]


def _followed(ways: Sequence[Way]) -> list[Way]:
    """Return the way to the frame at which the first of a chain of ways ends, from each of them."""
    followed = [ways[0]]
    for way in ways[1:]:
        on = followed[-1]
        place = moved(on.place, way.place)
        followed.append(Way(place, way.trust * moved(on.trust, way.place)))
    return followed


def _blend(
    lightness: NDArray[np.float32], sources: Sequence[tuple[NDArray[np.float32], Way, float]]
) -> NDArray[np.float32]:
    """Return chroma taken from key frames, 2 x h x w.

    Args:
        lightness: of the frame that it is for.
        sources: chroma of a key frame, the way to it, and its share, greater if it is nearer.
    """
    height, width = lightness.shape
    weights = [share * (way.trust + np.float32(_GUESS)) for _, way, share in sources]
    weight = sum(weights[1:], weights[0])
    total = np.zeros((height, width, 2), np.float32)
    for (ab, way, _), own in zip(sources, weights, strict=True):
        part: Any = cv2.resize(own / weight, (width, height), interpolation=cv2.INTER_LINEAR)
        taken = moved(cv2.merge(list(ab)), resized(way.place, height, width))
        total += taken * part[..., None]
    sure: Any = np.minimum(weight / np.float32(_SURE), 1)
    if float(sure.min()) < 1:
        total = _filled(lightness, total, sure)
    return np.ascontiguousarray(np.moveaxis(total, 2, 0))


def _filled(
    lightness: NDArray[np.float32], ab: NDArray[np.float32], sure: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return chroma, h x w x 2, with what is not sure taken from its sure neighbours of like L*."""
    height, width = lightness.shape
    size = (sure.shape[1], sure.shape[0])
    small: Any = cv2.resize(lightness, size, interpolation=cv2.INTER_AREA)
    chroma: Any = cv2.resize(ab, size, interpolation=cv2.INTER_AREA)
    weight = sure + np.float32(_GUESS)
    norm = cv2.blur(weight, _WINDOW)
    mean = cv2.blur(weight * small, _WINDOW) / norm
    variance = cv2.blur(weight * small * small, _WINDOW) / norm - mean * mean + np.float32(_NOISE)
    fill = np.empty_like(chroma)
    for c in range(2):
        plane = chroma[..., c]
        plane_mean = cv2.blur(weight * plane, _WINDOW) / norm
        covariance = cv2.blur(weight * plane * small, _WINDOW) / norm - mean * plane_mean
        slope = covariance / variance
        fill[..., c] = slope * (small - mean) + plane_mean
    change = (fill - chroma) * (1 - sure)[..., None]
    large: NDArray[np.float32] = ab + cv2.resize(
        change, (width, height), interpolation=cv2.INTER_LINEAR
    )
    return large
