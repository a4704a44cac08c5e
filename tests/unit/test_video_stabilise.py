"""Chroma that flickers is made still along the motion; what moves keeps its colour."""

from __future__ import annotations

import tracemalloc
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from colordesk.video.flow import Motion, MotionFinder
from colordesk.video.stabilise import Stabiliser
from tests.moving import HEIGHT, WIDTH, pan, texture, window

if TYPE_CHECKING:
    from numpy.typing import NDArray

Planes = list["NDArray[np.float32]"]


def motions_of(frames: Planes) -> list[Motion | None]:
    finder = MotionFinder()
    return [None, *(finder.between(a, b) for a, b in pairwise(frames))]


def stabilised(chroma: Planes, motions: list[Motion | None], smooth: int) -> Planes:
    stabiliser = Stabiliser(smooth)
    out: Planes = []
    for ab, motion in zip(chroma, motions, strict=True):
        out += stabiliser.put(ab, motion)
    return out + stabiliser.finish()


def flickering(count: int, seed: int = 0) -> tuple[Planes, Planes, Planes]:
    """Return frames of a pan, their true chroma, and the same with flicker."""
    frames = pan(31, count, (1.5, -1.0))
    colours = np.stack([texture(32) - 50, texture(33) - 50])
    start = np.array([WIDTH, HEIGHT]) - np.array([1.5, -1.0]) * count / 2
    places = [start + n * np.array([1.5, -1.0]) for n in range(count)]
    truth = [np.stack([window(plane, *place) for plane in colours]) for place in places]
    rng = np.random.default_rng(seed)
    jumps = rng.normal(0, 6, (count, 2, 1, 1)).astype(np.float32)
    return frames, truth, [ab + jump for ab, jump in zip(truth, jumps, strict=True)]


def error(result: Planes, truth: Planes) -> float:
    return float(np.mean([np.abs(a - b).mean() for a, b in zip(result, truth, strict=True)]))


def test_smooth_0_gives_back_the_very_arrays() -> None:
    frames, _, chroma = flickering(5)
    out = stabilised(chroma, motions_of(frames), 0)
    assert all(a is b for a, b in zip(out, chroma, strict=True))


def test_flicker_goes_and_the_colours_stay() -> None:
    frames, truth, chroma = flickering(40)
    motions = motions_of(frames)
    before = error(chroma, truth)
    errors = [error(stabilised(chroma, motions, smooth), truth) for smooth in (20, 50, 100)]
    assert errors[0] < before
    assert errors[1] < 0.5 * before
    assert errors[2] < errors[1] < errors[0]


def test_still_chroma_stays_what_it_is() -> None:
    frames = [texture(34, HEIGHT, WIDTH)] * 30
    ab = np.stack([texture(35, HEIGHT, WIDTH), texture(36, HEIGHT, WIDTH)]) - 50
    for out in stabilised([ab] * 30, motions_of(frames), 80):
        np.testing.assert_allclose(out, ab, atol=1e-3)


def test_nothing_bleeds_between_things_that_cover_each_other() -> None:
    back, thing = texture(37, HEIGHT, WIDTH), texture(38, HEIGHT, WIDTH)
    frames, truth = [], []
    for n in range(24):
        frame, ab = back.copy(), np.full((2, HEIGHT, WIDTH), -30, np.float32)
        left = 5 + 3 * n
        frame[20:70, left : left + 40] = thing[20:70, :40]
        ab[:, 20:70, left : left + 40] = 40
        frames.append(frame)
        truth.append(ab)
    out = stabilised(truth, motions_of(frames), 60)
    wrong = [np.abs(a - b).max(axis=0) > 10 for a, b in zip(out, truth, strict=True)]
    assert np.mean(wrong) < 0.06
    without_trust = [
        None
        if m is None
        else Motion(*(type(w)(w.place, w.trust * 0 + 1) for w in (m.ahead, m.back)))
        for m in motions_of(frames)
    ]
    bled = stabilised(truth, without_trust, 60)
    assert np.mean([np.abs(a - b).max(axis=0) > 10 for a, b in zip(bled, truth, strict=True)]) > (
        1.3 * np.mean(wrong)
    )


def test_a_frame_that_nothing_leads_to_is_left_alone() -> None:
    chroma = flickering(3)[2]
    motions: list[Motion | None] = [None, None, None]
    for a, b in zip(stabilised(chroma, motions, 100), chroma, strict=True):
        np.testing.assert_allclose(a, b, atol=1e-4)


@pytest.mark.parametrize("count", [1, 2, 23, 24, 25, 37])
def test_every_frame_comes_out_once_and_not_too_late(count: int) -> None:
    frames, _, chroma = flickering(count)
    stabiliser = Stabiliser(50)
    out = 0
    for n, (ab, motion) in enumerate(zip(chroma, motions_of(frames), strict=True), 1):
        out += len(stabiliser.put(ab, motion))
        assert n - out < Stabiliser.BLOCK + Stabiliser.AHEAD
    assert out + len(stabiliser.finish()) == count


def test_memory_does_not_grow_with_the_shot() -> None:
    frames, _, chroma = flickering(2)
    motion = motions_of(frames)[1]
    stabiliser = Stabiliser(50)
    tracemalloc.start()
    for n in range(120):
        stabiliser.put(chroma[n % 2], motion if n else None)
        if n == 40:
            tracemalloc.reset_peak()
            early = tracemalloc.get_traced_memory()[1]
    late = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert late < early * 1.5 + 2e6


@pytest.mark.parametrize("smooth", [-1, 101])
def test_a_strength_out_of_range_is_refused(smooth: int) -> None:
    with pytest.raises(ValueError, match=str(smooth)):
        Stabiliser(smooth)
