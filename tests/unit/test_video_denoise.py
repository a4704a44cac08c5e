"""The model's copy of film: grain and dirt go, what is there stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from colordesk.video.denoise import FilmDenoiser
from colordesk.video.flow import MotionFinder
from tests.moving import HEIGHT, pan

if TYPE_CHECKING:
    from numpy.typing import NDArray

Frames = list["NDArray[np.float32]"]
INNER = (slice(8, -8), slice(8, -8))


def denoised(frames: Frames, wanted: bool = True) -> Frames:
    finder, denoiser = MotionFinder(), FilmDenoiser()
    out: Frames = []
    for n, frame in enumerate(frames):
        motion = finder.between(frames[n - 1], frame) if n else None
        out += denoiser.put(frame, motion, wanted)
        assert len(out) == n
    return out + denoiser.finish()


def error(result: Frames, truth: Frames) -> float:
    pairs = zip(result, truth, strict=True)
    return float(np.mean([np.square(a - b)[INNER].mean() for a, b in pairs]))


@pytest.mark.parametrize("noise", [3, 6])
def test_grain_goes(noise: int) -> None:
    truth = pan(51, 8, (1.0, 0.5))
    rng = np.random.default_rng(0)
    grainy = [frame + rng.normal(0, noise, frame.shape).astype(np.float32) for frame in truth]
    assert error(denoised(grainy), truth) < 0.6 * error(grainy, truth)


def test_dirt_and_scratches_of_one_frame_go() -> None:
    truth = pan(52, 5, (1.0, 0.0))
    dirty = [frame.copy() for frame in truth]
    dirty[2][30:34, 30:35] = 100
    dirty[2][10:80, 77] = 0
    clean = denoised(dirty)
    assert error(clean[2:3], truth[2:3]) < 0.15 * error(dirty[2:3], truth[2:3])


def test_clean_film_is_left_alone() -> None:
    frames = pan(53, 6, (1.0, 1.0))
    for a, b in zip(denoised(frames), frames, strict=True):
        np.testing.assert_allclose(a[INNER], b[INNER], atol=1.5)


def test_flicker_is_not_averaged_into_a_frame() -> None:
    frames = [frame * (0.8 if n % 2 else 1.0) for n, frame in enumerate(pan(54, 6, (1.0, 0.0)))]
    rng = np.random.default_rng(1)
    grainy = [frame + rng.normal(0, 3, frame.shape).astype(np.float32) for frame in frames]
    for a, b in zip(denoised(grainy), frames, strict=True):
        assert abs(float(a.mean() - b.mean())) < 0.5


def test_a_thing_that_is_there_for_one_frame_and_moves_is_not_lost() -> None:
    frames = [frame.copy() for frame in pan(55, 5, (0.0, 0.0))]
    for n, frame in enumerate(frames):
        left = 10 + 20 * n
        frame[20:70, left : left + 16] = np.linspace(0, 100, 50, dtype=np.float32)[:, None]
    clean = denoised(frames)
    part = (slice(22, 68), slice(52, 64))
    assert (
        np.abs(clean[2] - frames[2])[part].mean()
        < 0.35 * np.abs(frames[0] - frames[2])[part].mean()
    )


def test_frames_that_the_model_does_not_see_cost_nothing() -> None:
    rng = np.random.default_rng(2)
    frames = [
        frame + rng.normal(0, 5, frame.shape).astype(np.float32) for frame in pan(56, 4, (1, 0))
    ]
    assert all(a is b for a, b in zip(denoised(frames, wanted=False), frames, strict=True))


@pytest.mark.parametrize("count", [0, 1, 2])
def test_short_shots_come_out_whole(count: int) -> None:
    frames = pan(57, 3, (1.0, 0.0))[:count]
    out = denoised(frames)
    assert [frame.shape[0] for frame in out] == [HEIGHT] * count
