"""How still the colour of film is, in cases whose answer is known."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from colordesk.metrics.film import (
    CONSISTENCY,
    FLICKER,
    WARPED_ERROR,
    Consistency,
    Flicker,
    WarpedError,
)
from tests.moving import HEIGHT, WIDTH, pan, texture, window

if TYPE_CHECKING:
    from numpy.typing import NDArray


def flat(a: float, b: float) -> NDArray[np.float32]:
    return np.stack([np.full((HEIGHT, WIDTH), value, np.float32) for value in (a, b)])


def warped(frames: list[NDArray[np.float32]], chroma: list[NDArray[np.float32]]) -> float:
    measure = WarpedError()
    for lightness, ab in zip(frames, chroma, strict=True):
        measure.put(lightness, ab)
    return measure.result()


def test_what_moves_with_its_colour_has_no_warped_error() -> None:
    step = np.array([2.0, 1.0])
    frames = pan(71, 5, (2.0, 1.0))
    colours = np.stack([texture(72) - 50, texture(73) - 50])
    start = np.array([WIDTH, HEIGHT]) - step * 5 / 2
    chroma = [np.stack([window(p, *(start + n * step)) for p in colours]) for n in range(5)]
    still = [chroma[0]] * 5
    assert warped(frames, chroma) < 0.5
    assert warped(frames, still) > 3 * warped(frames, chroma)


def test_warped_error_is_the_distance_that_colour_jumps() -> None:
    frames = pan(74, 3, (1.0, 0.0))
    assert warped(frames, [flat(0, 0), flat(3, 4), flat(0, 0)]) == pytest.approx(5, abs=1e-3)
    assert warped(frames, [flat(0, 0)] * 3) == 0


def test_warped_error_leaves_out_what_only_one_frame_shows() -> None:
    lightness = [window(texture(75), 20, 20), window(texture(76), 20, 20)]
    covered = lightness[0].copy()
    covered[:, :60] = lightness[1][:, :60]
    left = flat(0, 0)
    left[:, :, :60] = 50
    everything = float(np.hypot(50, 50)) / 2
    assert warped([lightness[0], covered], [flat(0, 0), left]) < 0.35 * everything


def test_consistency_of_equal_frames_is_0_and_of_disjoint_ones_log_2() -> None:
    dark, bright = (np.full((8, 8, 3), value, np.uint8) for value in (10, 200))
    same, other = Consistency(), Consistency()
    for n in range(6):
        same.put(dark)
        other.put(bright if n % 2 else dark)
    assert same.result() == 0
    # one frame apart they share nothing, two and four apart they are equal
    assert other.result() == pytest.approx(math.log(2) / 3)


def test_consistency_is_the_mean_over_distances_of_means_over_pairs() -> None:
    rng = np.random.default_rng(0)
    frames = [rng.integers(0, 80 + 20 * n, (16, 16, 3), dtype=np.uint8) for n in range(7)]
    shares = [
        np.stack([np.bincount(f[..., c].ravel(), minlength=256) / 256 for c in range(3)])
        for f in frames
    ]

    def js(p: NDArray[np.float64], q: NDArray[np.float64]) -> float:
        middle = (p + q) / 2
        parts = [
            np.where(x > 0, x * np.log(np.where(x > 0, x, 1) / np.where(middle > 0, middle, 1)), 0)
            for x in (p, q)
        ]
        return float(sum(part.sum(axis=1) for part in parts).mean()) / 2

    expected = np.mean(
        [np.mean([js(shares[n], shares[n + t]) for n in range(7 - t)]) for t in (1, 2, 4)]
    )
    measure = Consistency()
    for frame in frames:
        measure.put(frame)
    assert measure.result() == pytest.approx(float(expected))


def test_flicker_counts_jumps_and_no_steady_change() -> None:
    steady, jumping = Flicker(), Flicker()
    for n in range(6):
        steady.put(flat(2.0 * n, -n))
        jumping.put(flat(3.0 * (n % 2), 4.0 * (n % 2)))
    assert steady.result() == pytest.approx(0, abs=1e-5)
    assert jumping.result() == pytest.approx(5)


def test_too_few_frames_give_nan() -> None:
    warped_error, consistency, flicker = WarpedError(), Consistency(), Flicker()
    assert math.isnan(warped_error.result())
    for _ in range(2):
        flicker.put(flat(0, 0))
    assert math.isnan(flicker.result())
    for _ in range(4):
        consistency.put(np.zeros((4, 4, 3), np.uint8))
    assert math.isnan(consistency.result())
    consistency.put(np.zeros((4, 4, 3), np.uint8))
    assert consistency.result() == 0


def test_definitions_say_what_they_mean() -> None:
    for definition in (WARPED_ERROR, CONSISTENCY, FLICKER):
        assert definition.better == "lower"
        assert definition.perfect == 0
        assert not definition.needs_truth
        assert definition.text
        assert definition.unit
