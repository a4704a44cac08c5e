"""Colour goes from key frames to those between them, with what moves and not over its edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from colordesk.video.flow import Motion, MotionFinder
from colordesk.video.propagate import Propagator, is_key
from tests.moving import HEIGHT, WIDTH, pan, texture, window

if TYPE_CHECKING:
    from numpy.typing import NDArray

Planes = list["NDArray[np.float32]"]
STEP = (2.0, 1.0)


def panned(count: int) -> tuple[Planes, Planes]:
    """Return frames of a pan and their chroma."""
    frames = pan(41, count, STEP)
    colours = np.stack([texture(42) - 50, texture(43) - 50])
    start = np.array([WIDTH, HEIGHT]) - np.array(STEP) * count / 2
    places = [start + n * np.array(STEP) for n in range(count)]
    return frames, [np.stack([window(plane, *place) for plane in colours]) for place in places]


def carried(frames: Planes, chroma: Planes, every: int) -> Planes:
    finder, propagator = MotionFinder(), Propagator(every)
    out: Planes = []
    for n, (frame, ab) in enumerate(zip(frames, chroma, strict=True)):
        motion: Motion | None = finder.between(frames[n - 1], frame) if n else None
        key = is_key(n, every, n == len(frames) - 1)
        out += propagator.put(frame, motion, ab if key else None)
    return out + propagator.finish()


def test_keys_are_every_so_many_frames_and_both_ends() -> None:
    assert [n for n in range(10) if is_key(n, 4, n == 9)] == [0, 4, 8, 9]
    assert all(is_key(n, 1, last=False) for n in range(5))


@pytest.mark.parametrize("every", [1, 4, 5])
def test_key_frames_keep_the_very_chroma(every: int) -> None:
    frames, chroma = panned(10)
    out = carried(frames, chroma, every)
    assert len(out) == 10
    for n in range(10):
        assert (out[n] is chroma[n]) == is_key(n, every, n == 9)


def test_colour_moves_with_the_picture() -> None:
    frames, chroma = panned(13)
    out = carried(frames, chroma, 6)
    inner = (slice(None), slice(12, -12), slice(12, -12))
    held = [chroma[n // 6 * 6] for n in range(13)]

    def error(planes: Planes) -> float:
        pairs = zip(planes, chroma, strict=True)
        return float(np.mean([np.abs(a - b)[inner].mean() for a, b in pairs]))

    assert error(out) < 0.2 * error(held)


def test_what_no_key_frame_shows_gets_the_colour_of_what_is_like_it() -> None:
    sky, ground = 80.0, 30.0
    frame = np.full((HEIGHT, WIDTH), sky, np.float32)
    frame[50:] = ground
    frame += texture(44, HEIGHT, WIDTH) * 0.05
    chroma = np.where(frame > 60, -20, 30).astype(np.float32)
    ab = np.stack([chroma, chroma])
    covered = frame.copy()
    covered[30:66, 40:60] = 5 + texture(45, 36, 20) * 0.3
    hidden = ab.copy()
    hidden[:, 30:66, 40:60] = 0
    out = carried([covered, frame, covered], [hidden, ab, hidden], 2)[1]
    assert out[0, 34:46, 44:56].mean() < -4
    assert out[0, 56:62, 44:56].mean() > 4


def test_between_two_keys_that_differ_colour_changes_steadily() -> None:
    frame = texture(46, HEIGHT, WIDTH)
    first, last = (
        np.zeros((2, HEIGHT, WIDTH), np.float32),
        np.full((2, HEIGHT, WIDTH), 8, np.float32),
    )
    unused = np.full_like(first, 99)
    out = carried([frame] * 5, [first, unused, unused, unused, last], 4)
    means = [float(ab.mean()) for ab in out]
    np.testing.assert_allclose(means, [0, 2, 4, 6, 8], atol=0.2)


def test_a_shot_that_ends_early_is_carried_from_one_side() -> None:
    frames, chroma = panned(3)
    finder, propagator = MotionFinder(), Propagator(8)
    assert propagator.put(frames[0], None, chroma[0])[0] is chroma[0]
    for n in (1, 2):
        assert propagator.put(frames[n], finder.between(frames[n - 1], frames[n]), None) == []
    out = propagator.finish()
    assert len(out) == 2
    assert np.abs(out[1] - chroma[2])[:, 15:-15, 15:-15].mean() < 3


def test_a_shot_must_begin_with_a_key() -> None:
    with pytest.raises(ValueError, match="key frame"):
        Propagator(4).put(np.zeros((20, 20), np.float32), None, None)
    with pytest.raises(ValueError, match="0"):
        Propagator(0)
