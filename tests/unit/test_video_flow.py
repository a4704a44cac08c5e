"""Motion between frames: right where it can be known, and not trusted elsewhere."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from colordesk.video.flow import MotionFinder, flow_size, grid, moved, resized
from tests.moving import HEIGHT, WIDTH, pan, texture, window

SCALE = flow_size(HEIGHT, WIDTH)[0] / HEIGHT


def test_a_pan_is_found_both_ways() -> None:
    first, second = pan(1, 2, (3.0, -2.0))
    motion = MotionFinder().between(first, second)
    here = grid(*flow_size(HEIGHT, WIDTH))
    inner = (slice(10, -10), slice(10, -10))
    for way, sign in ((motion.ahead, -1), (motion.back, 1)):
        shift = (way.place - here)[inner]
        expected = np.array([sign * 3.0, sign * -2.0]) * SCALE
        assert np.abs(np.median(shift, axis=(0, 1)) - expected).max() < 0.3
        assert np.median(way.trust[inner]) > 0.6


def test_moving_back_gives_the_other_frame() -> None:
    first, second = pan(2, 2, (4.0, 1.0))
    motion = MotionFinder().between(first, second)
    again = moved(second, resized(motion.ahead.place, HEIGHT, WIDTH))
    inner = (slice(10, -10), slice(10, -10))
    assert np.abs(again - first)[inner].mean() < 0.3 * np.abs(second - first)[inner].mean()


def test_brightness_that_flickers_is_no_motion_and_takes_no_trust() -> None:
    first, second = pan(3, 2, (2.0, 0.0))
    steady = MotionFinder().between(first, second)
    flickering = MotionFinder().between(first, np.clip(second + 7, 0, 100))
    assert np.median(np.abs(steady.ahead.place - flickering.ahead.place)) < 0.3
    assert flickering.ahead.trust.mean() > 0.8 * steady.ahead.trust.mean()


def test_what_comes_into_sight_is_not_trusted() -> None:
    picture = texture(4)
    back, thing = window(picture, 40, 40), window(texture(5), 10, 10)
    first, second = back.copy(), back.copy()
    first[30:60, 30:60] = thing[30:60, 30:60]
    second[30:60, 44:74] = thing[30:60, 30:60]
    trust = MotionFinder().between(first, second).back.trust
    rows, bare, rest = slice(30, 50), slice(28, 36), slice(80, 105)
    assert trust[rows, bare].mean() < 0.5 * trust[rows, rest].mean()


def test_another_scene_is_not_trusted() -> None:
    motion = MotionFinder().between(window(texture(6), 20, 20), window(texture(7), 20, 20))
    assert motion.ahead.trust.mean() < 0.3
    assert motion.back.trust.mean() < 0.3


@pytest.mark.parametrize("shape", [(1, 1), (9, 300), (300, 9), (80, 80), (33, 47)])
def test_any_size_has_motion(shape: tuple[int, int]) -> None:
    frame = np.random.default_rng(0).uniform(0, 100, shape).astype(np.float32)
    motion = MotionFinder().between(frame, frame)
    assert motion.ahead.trust.shape == flow_size(*shape)
    assert np.isfinite(motion.ahead.place).all()
    assert motion.ahead.trust.min() >= 0
    assert motion.ahead.trust.max() <= 1


def test_frames_in_a_row_give_what_single_pairs_give() -> None:
    frames = pan(8, 4, (1.5, 1.0))
    finder = MotionFinder()
    row = [finder.between(a, b) for a, b in pairwise(frames)]
    alone = [MotionFinder().between(a, b) for a, b in pairwise(frames)]
    for a, b in zip(row, alone, strict=True):
        np.testing.assert_array_equal(a.ahead.place, b.ahead.place)
        np.testing.assert_array_equal(a.back.trust, b.back.trust)
