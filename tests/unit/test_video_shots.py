"""Cuts, fades and dissolves are found; flashes, shake, flicker, grain and damage are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from colordesk.video.flow import MotionFinder
from colordesk.video.shots import Shot, ShotFinder, find_shots
from tests.moving import HEIGHT, WIDTH, pan, texture, window

if TYPE_CHECKING:
    from numpy.typing import NDArray

Frames = list["NDArray[np.float32]"]


def starts(frames: Frames) -> list[int]:
    return [shot.start for shot in find_shots(frames)]


def scenes() -> tuple[Frames, Frames]:
    return pan(31, 30, (1.5, 0.5)), pan(32, 30, (-1.0, 1.0))


def test_a_cut_is_found_at_its_frame() -> None:
    first, second = scenes()
    assert find_shots(first + second) == [Shot(0, 30), Shot(30, 60)]


def test_a_cut_between_near_shots_of_one_scene_is_found() -> None:
    picture = texture(13)
    wide = [window(picture, 60 + n, 60) for n in range(20)]
    close = [
        np.asarray(cv2.resize(frame[20:60, 30:85], (WIDTH, HEIGHT)), np.float32) for frame in wide
    ]
    assert starts(wide + close) == [0, 20]


@pytest.mark.parametrize("black", [0, 1, 5, 40])
def test_a_fade_through_black_begins_one_shot(black: int) -> None:
    first, second = scenes()
    down = [frame * (1 - n / 10) for n, frame in enumerate(first[-10:])]
    up = [frame * (n / 10) for n, frame in enumerate(second[:10])]
    dark = [np.zeros_like(first[0])] * black
    found = starts(first[:-10] + down + dark + up + second[10:])
    assert found[0] == 0
    assert len(found) == 2
    assert 27 <= found[1] <= 40 + black


@pytest.mark.parametrize("length", [6, 10, 16])
def test_a_dissolve_begins_one_shot_in_its_middle(length: int) -> None:
    rng = np.random.default_rng(length)
    first, second = pan(31, 40, (1.5, 0.5)), pan(32, 40, (-1.0, 1.0))
    mixed = [
        a * (1 - n / (length + 1)) + b * (n / (length + 1))
        for n, (a, b) in enumerate(zip(first[-length:], second[:length], strict=True), 1)
    ]
    frames = first[:-length] + mixed + second[length:]
    flickers = [frame * rng.uniform(0.9, 1.1) for frame in frames]
    grainy = [f + rng.normal(0, 2, f.shape).astype(np.float32) for f in flickers]
    found = starts(grainy)
    assert len(found) == 2
    assert abs(found[1] - (40 - length / 2)) <= 3


def test_a_camera_that_moves_and_a_thing_that_passes_by_are_no_dissolve() -> None:
    rng = np.random.default_rng(3)
    frames, thing = pan(43, 50, (2.0, 1.0)), texture(44)
    for n, frame in enumerate(frames):
        left = 6 * n - 60
        begin, end = max(left, 0), max(min(left + 60, WIDTH), 0)
        if begin < end:
            frame[20:80, begin:end] = thing[:60, begin - left : end - left]
        frame += rng.normal(0, 2, frame.shape).astype(np.float32)
    assert starts(frames) == [0]


def flash(frames: Frames) -> None:
    for n in (12, 13):
        frames[n] = frames[n] * 0.2 + 75


def black_frame(frames: Frames) -> None:
    frames[20] = frames[20] * 0


def torn_frame(frames: Frames) -> None:
    frames[20] = np.roll(frames[20], 31, axis=0)


def shake(frames: Frames) -> None:
    rng = np.random.default_rng(0)
    for n, frame in enumerate(frames):
        move = np.array([[1, 0, rng.normal(0, 3)], [0, 1, rng.normal(0, 3)]], np.float32)
        shaken = cv2.warpAffine(frame, move, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REFLECT)
        frames[n] = np.asarray(shaken, np.float32)


def flicker(frames: Frames) -> None:
    rng = np.random.default_rng(1)
    for n, frame in enumerate(frames):
        frames[n] = frame * rng.uniform(0.75, 1.1)


def grain_and_dirt(frames: Frames) -> None:
    rng = np.random.default_rng(2)
    for n, frame in enumerate(frames):
        noisy = frame + rng.normal(0, 6, frame.shape).astype(np.float32)
        for _ in range(6):
            centre = (int(rng.integers(WIDTH)), int(rng.integers(HEIGHT)))
            cv2.circle(noisy, centre, int(rng.integers(1, 7)), float(rng.choice([0, 100])), -1)
        noisy[:, rng.integers(WIDTH)] = 100
        frames[n] = noisy


@pytest.mark.parametrize("spoil", [flash, black_frame, torn_frame, shake, flicker, grain_and_dirt])
def test_what_happens_to_film_is_no_cut(spoil: object) -> None:
    first, second = scenes()
    assert callable(spoil)
    spoil(first)
    assert starts([np.clip(frame, 0, 100) for frame in first + second]) == [0, 30]


def test_brightness_that_rises_and_a_fast_pan_are_no_cut() -> None:
    frames = pan(14, 40, (9.0, 3.0))
    assert starts([frame * (0.3 + 0.017 * n) for n, frame in enumerate(frames)]) == [0]


def test_a_film_read_from_the_middle_has_the_same_shots() -> None:
    frames = scenes()[0] + scenes()[1] + pan(15, 30, (0.5, 0.5))
    for begin in (18, 20, 30):
        later = starts(frames[begin:])[1:]
        expected = [start - begin for start in (30, 60) if start > begin]
        assert later == expected


def test_motion_that_is_known_gives_the_same_answer() -> None:
    frames = scenes()[0][-15:] + scenes()[1][:15]
    finder, motions = ShotFinder(), MotionFinder()
    answers: list[bool] = []
    for n, frame in enumerate(frames):
        motion = motions.between(frames[n - 1], frame) if n else None
        answers += finder.put(frame, motion)
    answers += finder.finish()
    assert [n for n, begins in enumerate(answers) if begins] == [0, 15]


def test_answers_come_in_order_and_so_late_as_promised() -> None:
    finder = ShotFinder()
    frames = pan(16, 20, (1.0, 0.0))
    known = [len(finder.put(frame)) for frame in frames]
    late = ShotFinder.LOOK_AHEAD
    assert known == [0] * late + [1] * (20 - late)
    assert len(finder.finish()) == late
    assert finder.finish() == []


@pytest.mark.parametrize("shape", [(1, 1), (5, 400), (64, 48)])
def test_any_size_can_be_looked_at(shape: tuple[int, int]) -> None:
    frames = [np.full(shape, 50.0, np.float32)] * 3
    assert find_shots(frames) == [Shot(0, 3)]


def test_no_frames_are_no_shots() -> None:
    assert find_shots([]) == []
