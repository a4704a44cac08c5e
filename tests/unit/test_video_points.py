"""Colour points stay on the thing that they were set on, and are dropped when it is gone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from colordesk.video.flow import MotionFinder
from colordesk.video.patches import remembered
from colordesk.video.points import Carried, carry_point
from tests.moving import HEIGHT, WIDTH, pan, texture, window

STEP = (1.5, -1.0)
Frames = Sequence[NDArray[np.float32]]


def carried(x: float, y: float, at: int, frames: Frames) -> list[Carried]:
    """Where a place of one frame is on the frames of a shot."""
    finder = MotionFinder()
    motions = [finder.between(a, b) for a, b in pairwise(frames)]
    return carry_point(x, y, at, motions, [remembered(frame) for frame in frames])


def ball(places: Sequence[tuple[float, float]], seed: int, grain: float = 0) -> Frames:
    """Frames of a patterned ball, 20 px across, at these places before a pattern that stands still.

    Args:
        places: x and y of its centre, in pixels.
        seed: of the patterns.
        grain: standard deviation of L* that is other on each frame.
    """
    rng = np.random.default_rng(seed)
    back, skin = window(texture(seed), 60, 60), texture(seed + 1, 82, 82)[::2, ::2].copy()
    frames = []
    for x, y in places:
        move = np.array([[1, 0, x - 20], [0, 1, y - 20]], np.float32)
        disc = cv2.circle(np.zeros((41, 41), np.float32), (20, 20), 10, 1.0, -1)
        share, laid = (cv2.warpAffine(one, move, (WIDTH, HEIGHT)) for one in (disc, skin))
        frame = back * (1 - share) + laid * share + rng.normal(0, grain, back.shape)
        frames.append(np.clip(frame, 0, 100).astype(np.float32))
    return frames


@pytest.mark.parametrize("at", [0, 7, 15])
def test_a_point_follows_the_picture_both_ways(at: int) -> None:
    found = carried(0.5, 0.5, at, pan(61, 16, STEP))
    assert [point.frame for point in found] == list(range(16))
    for point in found:
        moved = point.frame - at
        assert point.x == pytest.approx(0.5 - STEP[0] * moved / WIDTH, abs=0.015)
        assert point.y == pytest.approx(0.5 - STEP[1] * moved / HEIGHT, abs=0.015)
    assert found[at].confidence == 1
    assert found[at].x == found[at].y == 0.5
    assert min(point.confidence for point in found) > 0.5


def test_confidence_only_falls_with_distance() -> None:
    found = carried(0.4, 0.6, 6, pan(61, 13, STEP))
    sure = [point.confidence for point in found]
    assert sure[:7] == sorted(sure[:7])
    assert sure[6:] == sorted(sure[6:], reverse=True)


@pytest.mark.parametrize("speed", [2.0, 5.0, 9.0])
@pytest.mark.parametrize("grain", [0.0, 1.5])
def test_a_point_stays_on_a_small_thing_that_is_fast(speed: float, grain: float) -> None:
    count = round(70 / speed)
    places = [(25 + speed * n, 40 + 0.3 * speed * n) for n in range(count)]
    frames = ball(places, 65, grain)
    at = count // 2
    x, y = places[at]
    found = carried((x + 0.5) / WIDTH, (y + 0.5) / HEIGHT, at, frames)
    assert [point.frame for point in found] == list(range(count))
    for point, (x, y) in zip(found, places, strict=True):
        assert np.hypot(point.x * WIDTH - 0.5 - x, point.y * HEIGHT - 0.5 - y) < 1


def test_a_point_does_not_slip_off_in_a_long_shot() -> None:
    places = [(60 + 30 * np.sin(n / 9), 45 + 20 * np.sin(n / 7)) for n in range(120)]
    x, y = places[0]
    found = carried((x + 0.5) / WIDTH, (y + 0.5) / HEIGHT, 0, ball(places, 66, 2))
    assert found[-1].frame == 119
    x, y = places[-1]
    assert np.hypot(found[-1].x * WIDTH - 0.5 - x, found[-1].y * HEIGHT - 0.5 - y) < 1


def test_a_point_on_a_smooth_thing_goes_where_the_picture_goes() -> None:
    sky = 50 + 0.2 * texture(67, HEIGHT, WIDTH)
    sky[30:60, 40:80] = 60
    frames = [np.roll(sky, n, axis=1) for n in range(10)]
    found = carried(0.5, 0.5, 0, frames)
    assert found[-1].frame == 9
    assert found[-1].x == pytest.approx(0.5 + 9 / WIDTH, abs=0.03)


def test_a_point_on_a_thing_that_is_gone_at_once_is_dropped() -> None:
    frames = ball([(60, 45)] * 5, 68)
    empty = ball([(-50, -50)], 68)[0]
    found = carried(0.5, 0.5, 0, [*frames, empty, empty])
    assert found[-1].frame == 4


def test_a_point_that_leaves_the_picture_is_dropped() -> None:
    found = carried(0.03, 0.5, 0, pan(61, 16, STEP))
    assert found[-1].frame < 12
    assert all(0 <= point.x <= 1 and 0 <= point.y <= 1 for point in found)


def test_a_point_on_a_thing_that_is_covered_is_dropped() -> None:
    back, cover = texture(62, HEIGHT, WIDTH) * 0.5, 80 + texture(63, HEIGHT, WIDTH) * 0.2
    frames = []
    for n in range(10):
        frame = back.copy()
        frame[:, : 12 * n] = cover[:, : 12 * n]
        frames.append(frame)
    found = carried(0.4, 0.5, 0, frames)
    assert found[-1].frame < 6


def test_a_shot_of_one_frame_has_one_place() -> None:
    (only,) = carried(0.2, 0.3, 0, pan(61, 1, STEP))
    assert (only.frame, only.x, only.y, only.confidence) == (0, 0.2, 0.3, 1.0)


@pytest.mark.parametrize("at", [-1, 4])
def test_a_frame_outside_the_shot_is_refused(at: int) -> None:
    with pytest.raises(ValueError, match=str(at)):
        carried(0.5, 0.5, at, pan(61, 4, STEP))


def test_every_corner_can_be_asked_for() -> None:
    still = window(texture(64), 10, 10)
    for x in (0.0, 1.0):
        for y in (0.0, 1.0):
            found = carried(x, y, 0, [still, still])
            assert len(found) >= 1
            assert np.hypot(found[-1].x - x, found[-1].y - y) < 0.03
