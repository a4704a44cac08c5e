"""The colour of film: frame after frame in, small chroma out, a little later.

Hides shots, optical flow, key frames, smoothing over time, and how far ahead all of them look.
Invariant: the chroma of a frame depends on frames of its own shot only, and a film that is begun
again at the first frame of a shot gives the very same chroma from there on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import cv2
import numpy as np

from colordesk.video.denoise import FilmDenoiser
from colordesk.video.flow import Motion, MotionFinder, flow_size
from colordesk.video.layout import Codes
from colordesk.video.propagate import Propagator, is_key
from colordesk.video.reading import Frame
from colordesk.video.segments import Restart
from colordesk.video.shots import ShotFinder
from colordesk.video.stabilise import Stabiliser

if TYPE_CHECKING:
    from colordesk.scale import Plane, Planes

LOOK_AHEAD = ShotFinder.LOOK_AHEAD


@dataclass(frozen=True, eq=False)
class Seen:
    """A decoded frame with what the model and the painter look at."""

    index: int
    """Its number in the film that is made."""
    restart: Restart
    """How to begin again here, if a shot begins here."""
    frame: Frame
    guide: Codes
    """Luma at the size of the chroma planes."""
    luma: Plane
    """Y' at the working size."""
    lightness: Plane
    """L* at the working size."""


@dataclass(frozen=True, eq=False)
class Coloured:
    """A frame with its chroma."""

    seen: Seen
    ab: Planes
    """2 x h x w at the working size, or at half of it where that shows the same."""
    shot: Seen
    """The first frame of its shot."""


class Predictor(Protocol):
    """Who knows the model's colours: `ClipPredictor`, or a test that has no model."""

    def kept(self, frame: Frame) -> Planes | None:
        """Return ab of a frame if it is known already; then nothing is done to ask for it."""

    def asked(self, frame: Frame, lightness: Plane) -> Planes:
        """Return ab of a frame, given the copy of its lightness that is meant for the model."""


Hint = Callable[[Frame, "Plane", "Planes"], "Planes"]
"""Returns ab of a frame with a person's colours in it, given its lightness and ab."""


def colour(
    frames: Iterator[Seen],
    predictor: Predictor,
    every: int,
    smooth: int,
    warm_up: int = 0,
    hint: Hint | None = None,
) -> Iterator[Coloured]:
    """Yield the frames of a clip with their chroma.

    Args:
        frames: in order; the first one after the warm-up begins a shot.
        predictor: the model, and what is kept of its answers.
        every: the model sees every so many frames, and flow carries the colour between them.
        smooth: 0 (each frame for itself) to 100.
        warm_up: so many frames come first only for the shot finder to have seen them.
        hint: lays a person's colours over the model's.
    """
    finder, motions = ShotFinder(), MotionFinder()
    waiting: deque[_Step] = deque()
    shot: _Shot | None = None
    held: _Step | None = None
    before: Seen | None = None
    left = warm_up

    def follow(flags: list[bool]) -> Iterator[Coloured]:
        nonlocal shot, held, left
        for begins in flags:
            step = waiting.popleft()
            if left:
                left -= 1
                continue
            if held is not None and shot is not None:
                yield from shot.put(held, last=begins)
            if begins or shot is None:
                step = replace(step, motion=None)
                shot = _Shot(step.seen, predictor, every, smooth, hint)
            held = step

    for seen in frames:
        motion = motions.between(before.lightness, seen.lightness) if before else None
        before = seen
        waiting.append(_Step(seen, motion))
        yield from follow(finder.put(seen.lightness, motion))
    yield from follow(finder.finish())
    if held is not None and shot is not None:
        yield from shot.put(held, last=True)


@dataclass(frozen=True, eq=False)
class _Step:
    """A frame on its way."""

    seen: Seen
    motion: Motion | None
    """From the frame before it; None for the first one of a shot."""
    key: bool = False
    """Whether its colour is the model's own."""
    kept: Planes | None = None
    """What the model said of it in an earlier run."""


class _Shot:
    """The stages of one shot; each may answer some frames later."""

    def __init__(
        self, first: Seen, predictor: Predictor, every: int, smooth: int, hint: Hint | None
    ) -> None:
        self._first = first
        self._predictor = predictor
        self._every = every
        self._hint = hint
        self._denoiser = FilmDenoiser()
        self._propagator = Propagator(every)
        self._stabiliser = Stabiliser(smooth, flow_size(*first.lightness.shape))
        # of chroma; a person's colours may have finer detail than the model's
        self._size = None if hint is None else first.lightness.shape
        self._count = 0
        self._to_denoise: deque[_Step] = deque()
        self._to_propagate: deque[_Step] = deque()
        self._to_stabilise: deque[_Step] = deque()

    def put(self, step: _Step, last: bool) -> Iterator[Coloured]:
        """Take the next frame; yield those that have become ready, all of them with the last."""
        key = is_key(self._count, self._every, last)
        kept = self._predictor.kept(step.seen.frame) if key else None
        self._to_denoise.append(replace(step, key=key, kept=kept))
        self._count += 1
        wanted = key and kept is None
        yield from self._denoised(self._denoiser.put(step.seen.lightness, step.motion, wanted))
        if last:
            yield from self._denoised(self._denoiser.finish())
            yield from self._propagated(self._propagator.finish())
            yield from self._stabilised(self._stabiliser.finish())

    def _denoised(self, clean: list[Plane]) -> Iterator[Coloured]:
        for lightness in clean:
            step = self._to_denoise.popleft()
            self._to_propagate.append(step)
            ab = step.kept
            if step.key and ab is None:
                ab = self._predictor.asked(step.seen.frame, lightness)
            if ab is not None:
                self._size = self._size or ab.shape[1:]
                ab = _sized(ab, self._size)
            yield from self._propagated(self._propagator.put(step.seen.lightness, step.motion, ab))

    def _propagated(self, chroma: list[Planes]) -> Iterator[Coloured]:
        for ab in chroma:
            step = self._to_propagate.popleft()
            self._to_stabilise.append(step)
            if self._hint is not None:
                ab = self._hint(step.seen.frame, step.seen.lightness, ab)
            yield from self._stabilised(self._stabiliser.put(ab, step.motion))

    def _stabilised(self, chroma: list[Planes]) -> Iterator[Coloured]:
        for ab in chroma:
            yield Coloured(self._to_stabilise.popleft().seen, ab, self._first)


def _sized(ab: Planes, size: tuple[int, ...]) -> Planes:
    """Return chroma at another height and width, twice or half its own."""
    if ab.shape[1:] == size:
        return ab
    how = cv2.INTER_AREA if size < ab.shape[1:] else cv2.INTER_LINEAR
    return np.stack([cv2.resize(plane, size[::-1], interpolation=how) for plane in ab])
