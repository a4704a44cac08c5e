"""Colour points stay on the thing that they were set on, and are dropped when it is gone."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from colordesk.video.flow import Motion, MotionFinder
from colordesk.video.points import carry_point
from tests.moving import HEIGHT, WIDTH, pan, texture, window

STEP = (1.5, -1.0)


def motions(count: int) -> list[Motion]:
    finder = MotionFinder()
    return [finder.between(a, b) for a, b in pairwise(pan(61, count, STEP))]


@pytest.mark.parametrize("at", [0, 7, 15])
def test_a_point_follows_the_picture_both_ways(at: int) -> None:
    found = carry_point(0.5, 0.5, at, motions(16))
    assert [point.frame for point in found] == list(range(16))
    for point in found:
        moved = point.frame - at
        assert point.x == pytest.approx(0.5 - STEP[0] * moved / WIDTH, abs=0.015)
        assert point.y == pytest.approx(0.5 - STEP[1] * moved / HEIGHT, abs=0.015)
    assert found[at].confidence == 1
    assert found[at].x == found[at].y == 0.5
    assert min(point.confidence for point in found) > 0.5


def test_confidence_only_falls_with_distance() -> None:
    found = carry_point(0.4, 0.6, 6, motions(13))
    sure = [point.confidence for point in found]
    assert sure[:7] == sorted(sure[:7])
    assert sure[6:] == sorted(sure[6:], reverse=True)


def test_a_point_that_leaves_the_picture_is_dropped() -> None:
    found = carry_point(0.03, 0.5, 0, motions(16))
    assert found[-1].frame < 12
    assert all(0 <= point.x <= 1 and 0 <= point.y <= 1 for point in found)


def test_a_point_on_a_thing_that_is_covered_is_dropped() -> None:
    back, cover = texture(62, HEIGHT, WIDTH) * 0.5, 80 + texture(63, HEIGHT, WIDTH) * 0.2
    frames = []
    for n in range(10):
        frame = back.copy()
        frame[:, : 12 * n] = cover[:, : 12 * n]
        frames.append(frame)
    finder = MotionFinder()
    found = carry_point(0.4, 0.5, 0, [finder.between(a, b) for a, b in pairwise(frames)])
    assert found[-1].frame < 6


def test_a_shot_of_one_frame_has_one_place() -> None:
    (only,) = carry_point(0.2, 0.3, 0, [])
    assert (only.frame, only.x, only.y, only.confidence) == (0, 0.2, 0.3, 1.0)


@pytest.mark.parametrize("at", [-1, 3])
def test_a_frame_outside_the_shot_is_refused(at: int) -> None:
    with pytest.raises(ValueError, match=str(at)):
        carry_point(0.5, 0.5, at, motions(3))


def test_every_corner_can_be_asked_for() -> None:
    still = window(texture(64), 10, 10)
    motion = MotionFinder().between(still, still)
    for x in (0.0, 1.0):
        for y in (0.0, 1.0):
            found = carry_point(x, y, 0, [motion])
            assert len(found) >= 1
            assert np.hypot(found[-1].x - x, found[-1].y - y) < 0.03
