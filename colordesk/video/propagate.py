"""Colour between key frames: the model sees few frames, and flow carries their chroma on.

Hides how places are followed over several frames, how the key frames on both sides share a pixel,
and what a pixel gets that neither of them shows.
Invariant: a key frame keeps the very chroma it was given; other frames lie between two of them.

Places are followed first and chroma is taken from the key frame once, so that it is not blurred by
being moved again and again. Where a network's chroma has no finer detail than the flow, all is done
at the size of the flow. What is not to be trusted is filled from what is, by a local linear
model on lightness with weights (the guided filter of He, Sun and Tang 2013, eq. 5-8, in the form of
normalised convolution, Knutsson and Westin 1993).
"""

from __future__ import annotations

import math
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
_DETAIL = 0.5  # CIELAB units, root mean square, that chroma may lose at the size of the flow
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
        self._key: _Key | None = None
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
        key = _Key(ab)
        if self._waiting and self._key is not None and motion is not None:
            between = _between(self._key, self._waiting, motion, key)
        self._key = key
        self._waiting = []
        return [*between, ab]

    def finish(self) -> list[NDArray[np.float32]]:
        """Return the chroma of frames after the last key frame; none in a whole shot."""
        if not self._waiting or self._key is None:
            return []
        ways = _followed([step.motion.back for step in self._waiting])
        (chroma,) = _seen([self._key], ways[0].trust.shape)
        waiting, self._waiting = self._waiting, []
        return [
            _blend(step.lightness, [(chroma, way, 1.0)], self._key.shape)
            for step, way in zip(waiting, ways, strict=True)
        ]


@dataclass(frozen=True, eq=False)
class _Step:
    """A frame between key frames."""

    lightness: NDArray[np.float32]
    motion: Motion
    """From the frame before."""


class _Key:
    """The chroma of a key frame, 2 x h x w, as the frames on both sides of it take it."""

    def __init__(self, ab: NDArray[np.float32]) -> None:
        self.shape = ab.shape[1:]
        """h x w."""
        self.whole: Any = cv2.merge(list(ab))
        """h x w x 2."""
        self._small: Any = None
        self._alike = False

    def small(self, size: tuple[int, ...]) -> Any:
        """Return it at the size of the flow, h x w x 2; None if that loses detail."""
        if self._small is None:
            self._small = _resized(self.whole, size)
            lost = cv2.norm(_resized(self._small, self.shape), self.whole, cv2.NORM_L2)
            self._alike = lost <= _DETAIL * math.sqrt(self.whole.size)
        return self._small if self._alike else None


def _between(
    first: _Key, steps: Sequence[_Step], motion: Motion, last: _Key
) -> list[NDArray[np.float32]]:
    """Return the chroma of frames between two key frames.

    Args:
        first: the key frame before them.
        steps: the frames.
        motion: from the last of them to the key frame after them.
        last: that key frame.
    """
    earlier = _followed([step.motion.back for step in steps])
    motions = [*(step.motion for step in steps[1:]), motion]
    later = _followed([motion.ahead for motion in reversed(motions)])[::-1]
    a, b = _seen([first, last], motion.ahead.trust.shape)
    share = 1 / (len(steps) + 1)
    return [
        _blend(step.lightness, [(a, before, 1 - share * n), (b, after, share * n)], first.shape)
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


def _seen(keys: Sequence[_Key], size: tuple[int, ...]) -> list[Any]:
    """Return chroma as h x w x 2, at the size of the flow if that loses next to nothing."""
    small = [key.small(size) for key in keys]
    return [key.whole for key in keys] if any(one is None for one in small) else small


def _blend(
    lightness: NDArray[np.float32],
    sources: Sequence[tuple[Any, Way, float]],
    shape: tuple[int, ...],
) -> NDArray[np.float32]:
    """Return chroma taken from key frames, 2 x h x w.

    Args:
        lightness: of the frame that it is for.
        sources: chroma of a key frame as `_seen` returns it, the way to it, and its share, which
            is greater if it is nearer.
        shape: h x w.
    """
    weights = [np.float32(share) * (way.trust + np.float32(_GUESS)) for _, way, share in sources]
    weight = sum(weights[1:], weights[0])
    size = sources[0][0].shape[:2]
    total: Any = None
    for (chroma, way, _), own in zip(sources, weights, strict=True):
        part = _resized(own / weight, size)
        taken = moved(chroma, resized(way.place, *size))
        shared = cv2.multiply(taken, cv2.merge([part, part]), taken)
        total = shared if total is None else cv2.add(total, shared, total)
    sure: Any = np.minimum(weight * np.float32(1 / _SURE), np.float32(1))
    if float(sure.min()) < 1:
        total += _resized(_mended(lightness, _resized(total, sure.shape), sure), size)
    return np.stack(cv2.split(_resized(total, shape)))


def _mended(
    lightness: NDArray[np.float32], chroma: Any, sure: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return what is to be added to chroma so that what is not sure is like what is.

    Each pixel takes after its sure neighbours of like L*.

    Args:
        lightness: of the frame.
        chroma: at the size of the flow, h x w x 2.
        sure: h x w in [0, 1].
    """
    small: Any = _resized(lightness, sure.shape)
    weight: Any = sure + np.float32(_GUESS)
    shade = weight * small
    planes = cv2.split(chroma)
    weighted = [weight * plane for plane in planes]
    products = [own * small for own in (shade, *weighted)]
    norm, mean, square, *means = (
        cv2.blur(plane, _WINDOW) for plane in (weight, shade, products[0], *weighted)
    )
    np.divide(1, norm, out=norm)
    mean *= norm
    variance = square * norm - mean * mean + np.float32(_NOISE)
    away, unsure = (small - mean) / variance, 1 - sure
    changes = []
    for plane, plane_mean, product in zip(planes, means, products[1:], strict=True):
        plane_mean *= norm
        covariance = cv2.blur(product, _WINDOW) * norm - mean * plane_mean
        fill = covariance * away + plane_mean
        changes.append((fill - plane) * unsure)
    change: Any = cv2.merge(changes)
    return np.asarray(change, np.float32)


def _resized(planes: Any, size: tuple[int, ...]) -> Any:
    """Return planes, h x w or h x w x n, at another height and width."""
    if planes.shape[:2] == size:
        return planes
    return cv2.resize(planes, (size[1], size[0]), interpolation=cv2.INTER_LINEAR)
