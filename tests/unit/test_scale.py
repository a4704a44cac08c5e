"""Shrinking, enlarging and guided chroma, in strips and as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from skimage import data
from skimage.color import rgb2lab

from colordesk import scale

if TYPE_CHECKING:
    from numpy.typing import NDArray

RNG = np.random.default_rng


def enlarged(planes: scale.Planes, width: int, height: int, rows: int) -> NDArray[np.float32]:
    enlarger = scale.Enlarger(planes, width, height)
    out = np.empty((height, len(planes), width), np.float32)
    for start in range(0, height, rows):
        stop = min(start + rows, height)
        enlarger.rows(start, stop, out[start:stop])
    return out.transpose(1, 0, 2)


@pytest.mark.parametrize(
    ("small", "large"),
    [
        ((7, 9), (100, 131)),
        ((1, 1), (5, 5)),
        ((1, 6), (40, 50)),
        ((6, 1), (50, 3)),
        ((8, 8), (8, 8)),
        ((2, 2), (1, 1)),
        ((20, 30), (7, 11)),
        ((16, 24), (256, 384)),
    ],
)
def test_enlarging_in_strips_is_bilinear_without_seams(
    small: tuple[int, int], large: tuple[int, int]
) -> None:
    planes = RNG(0).normal(0, 20, (4, *small)).astype(np.float32)
    height, width = large
    whole = enlarged(planes, width, height, height)
    for rows in (1, 3, 64):
        np.testing.assert_array_equal(enlarged(planes, width, height, rows), whole)
    expected = [cv2.resize(p, (width, height), interpolation=cv2.INTER_LINEAR) for p in planes]
    np.testing.assert_allclose(whole, np.stack(expected), atol=1e-3)


@pytest.mark.parametrize("size", [(341, 256), (100, 400), (50, 1), (1, 1), (512, 512), (600, 100)])
def test_shrinking_in_strips_is_the_area_filter(size: tuple[int, int]) -> None:
    plane = data.camera().astype(np.float32)
    shrinker = scale.Shrinker(512, 512, size)
    for start in (448, 0, 100, 64):  # any order, any height
        stop = {448: 512, 0: 64, 100: 448, 64: 100}[start]
        shrinker.put(start, plane[start:stop])
    result = shrinker.result()
    assert result.shape == size[::-1]
    if max(size) <= 512:
        expected = cv2.resize(plane, size, interpolation=cv2.INTER_AREA)
        np.testing.assert_allclose(result, expected, atol=1e-2)
        assert result.mean() == pytest.approx(plane.mean(), abs=0.05)


def case(name: str, network: int, small: int) -> tuple[scale.Plane, ...]:
    """Full L and ab, L at the small size, and ab as a network would blur it."""
    photo = getattr(data, name)()
    lab = rgb2lab(photo).astype(np.float32)
    height, width = photo.shape[:2]
    lightness, ab = np.ascontiguousarray(lab[..., 0]), np.moveaxis(lab[..., 1:], 2, 0)
    size = (width // small, height // small)
    coarse = [
        scale.resize(np.ascontiguousarray(p), (width // network, height // network)) for p in ab
    ]
    blurred = np.stack([scale.resize(p, size) for p in coarse])
    return lightness, ab, scale.resize(lightness, size), blurred


def error(ab: NDArray[np.float32], truth: NDArray[np.float32]) -> float:
    return float(np.sqrt(np.square(ab - truth).sum(axis=0).mean()))


@pytest.mark.parametrize("network", [2, 4, 8])
@pytest.mark.parametrize("name", ["astronaut", "chelsea", "coffee"])
def test_guided_chroma_is_nearer_to_the_truth_than_bilinear(name: str, network: int) -> None:
    lightness, truth, small, ab = case(name, network, 2)
    height, width = lightness.shape
    guided = scale.guided_chroma(small, ab)
    slope, offset = np.split(
        enlarged(np.concatenate([guided.slope, guided.offset]), width, height, 64), 2
    )
    bilinear = enlarged(ab, width, height, 64)
    assert error(slope * lightness + offset, truth) < 0.97 * error(bilinear, truth)


def test_guided_chroma_leaves_even_chroma_even() -> None:
    lightness = RNG(1).uniform(0, 100, (40, 60)).astype(np.float32)
    ab = np.broadcast_to(np.array([[[12]], [[-30]]], np.float32), (2, 40, 60))
    guided = scale.guided_chroma(lightness, ab)
    assert np.abs(guided.slope).max() < 1e-3
    np.testing.assert_allclose(guided.offset, ab, atol=0.05)


def test_guided_chroma_answers_with_the_very_chroma_at_its_own_size() -> None:
    _, _, small, ab = case("coffee", 2, 2)
    guided = scale.guided_chroma(small, ab)
    answer = guided.slope * small + guided.offset
    assert error(answer, ab) < 0.01  # a sharp network is not sharpened, and not blurred


@pytest.mark.parametrize("shape", [(1, 1), (1, 40), (40, 1), (2, 3), (5, 5)])
def test_guided_chroma_of_tiny_pictures_is_finite(shape: tuple[int, int]) -> None:
    lightness = RNG(2).uniform(0, 100, shape).astype(np.float32)
    guided = scale.guided_chroma(lightness, RNG(3).normal(0, 30, (2, *shape)).astype(np.float32))
    assert np.isfinite(guided.slope).all()
    assert np.isfinite(guided.offset).all()
