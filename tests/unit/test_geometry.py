"""Shapes: places and pixels go the same way, back again, and stay whole where they can."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from colordesk.edit.geometry import Geometry, geometry_from_data
from colordesk.edit.validation import EditError
from colordesk.photo import Photo
from colordesk.reshape import reshaped, reshaped_pixels

PRINT = ((0.2, 0.1), (0.9, 0.25), (0.8, 0.9), (0.1, 0.7))
SHAPES = [
    Geometry(),
    Geometry(turns=1),
    Geometry(turns=2, mirrored=True),
    Geometry(turns=3, crop=(0.25, 0.1, 0.75, 0.9)),
    Geometry(angle=7.5),
    Geometry(angle=-20, turns=1, mirrored=True, crop=(0.1, 0.2, 0.8, 0.9)),
    Geometry(corners=PRINT),
    Geometry(corners=PRINT, turns=1, angle=3, crop=(0, 0, 0.5, 1)),
]


def spot(x: float, y: float, width: int = 160, height: int = 120) -> np.ndarray:
    """A picture that is black but for a soft spot."""
    across, down = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
    distance = (across - x * width) ** 2 + (down - y * height) ** 2
    return np.asarray(np.exp(-distance / 18), np.float32)


@pytest.mark.parametrize("geometry", SHAPES)
def test_places_and_pixels_go_the_same_way(geometry: Geometry) -> None:
    place = geometry.backward([(0.4, 0.6)], 160, 120)[0]
    moved = reshaped_pixels(spot(*place), geometry)
    width, height = geometry.size(160, 120)
    assert moved.shape == (height, width)
    weights = moved / moved.sum()
    across, down = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
    assert (weights * across).sum() == pytest.approx(0.4 * width, abs=0.6)
    assert (weights * down).sum() == pytest.approx(0.6 * height, abs=0.6)


@pytest.mark.parametrize("geometry", SHAPES)
def test_forward_undoes_backward(geometry: Geometry) -> None:
    places = [(0.1, 0.2), (0.5, 0.5), (0.9, 0.7)]
    there = geometry.backward(places, 640, 400)
    back = geometry.forward(there, 640, 400)
    assert np.array(back, float) == pytest.approx(np.array(places), abs=1e-5)


@pytest.mark.parametrize("geometry", SHAPES)
def test_the_finished_picture_can_be_turned_and_flipped(geometry: Geometry) -> None:
    noise = np.random.default_rng(2).random((120, 160), np.float32)
    picture = np.asarray(cv2.GaussianBlur(noise, (0, 0), 4), np.float32)
    picture = picture / picture.max()
    finished = reshaped_pixels(picture, geometry)
    for quarters in (1, 2, 3):
        turned = reshaped_pixels(picture, geometry.turned(quarters))
        assert_alike(turned, np.rot90(finished, -quarters))
    assert_alike(reshaped_pixels(picture, geometry.flipped()), finished[:, ::-1])


def assert_alike(one: np.ndarray, other: np.ndarray) -> None:
    """Fail unless two pictures differ by no more than the rounding of their edges."""
    assert np.abs(np.subtract(one.shape, other.shape)).max() <= 1
    other = cv2.resize(np.ascontiguousarray(other), one.shape[::-1])
    assert np.abs(one - other).max() < 0.08


def test_what_is_cut_off_lies_outside() -> None:
    (place,) = Geometry(crop=(0.5, 0, 1, 1)).forward([(0.2, 0.5)], 100, 80)
    assert place == pytest.approx((-0.6, 0.5))


def test_a_quarter_turn_is_clockwise() -> None:
    picture = np.array([[1, 2, 3], [4, 5, 6]], np.uint8)
    assert reshaped_pixels(picture, Geometry(turns=1)).tolist() == [[4, 1], [5, 2], [6, 3]]


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_turning_and_cutting_keep_every_pixel(dtype: Any) -> None:
    random = np.random.default_rng(1)
    pixels = random.integers(0, np.iinfo(dtype).max, (41, 63, 3)).astype(dtype)
    photo = Photo(pixels, alpha=pixels[:, :, 0], dpi=(300.0, 200.0))
    turned = reshaped(photo, Geometry(turns=1, mirrored=True))
    assert turned.dpi == (200.0, 300.0)
    back = reshaped(turned, Geometry(turns=1, mirrored=True))
    assert np.array_equal(back.pixels, pixels)
    assert back.alpha is not None
    assert np.array_equal(back.alpha, pixels[:, :, 0])
    cut = reshaped(photo, Geometry(crop=(0.1, 0.2, 0.6, 0.7)))
    assert np.array_equal(cut.pixels, pixels[8:29, 6:38])


def test_no_shape_is_the_photo_itself() -> None:
    photo = Photo(np.zeros((4, 5, 1), np.uint8))
    assert reshaped(photo, Geometry()) is photo


@pytest.mark.parametrize("angle", [-45.0, -3.0, 12.0, 45.0])
@pytest.mark.parametrize(("width", "height"), [(200, 200), (300, 90), (80, 260)])
def test_straightening_leaves_no_empty_corner(angle: float, width: int, height: int) -> None:
    geometry = Geometry(angle=angle)
    new_width, new_height = geometry.size(width, height)
    edges = np.array([[x, y, 1] for x in (0, new_width) for y in (0, new_height)], float)
    corners = np.array(geometry.plan(width, height)[0]) @ edges.T
    assert corners[0].min() >= -1
    assert corners[0].max() <= width + 1
    assert corners[1].min() >= -1
    assert corners[1].max() <= height + 1
    assert new_width / new_height == pytest.approx(width / height, rel=0.05)


def test_straightening_turns_clockwise() -> None:
    picture = np.zeros((101, 101), np.float32)
    picture[50, 50:] = 1  # a hand that shows three o'clock
    moved = reshaped_pixels(picture, Geometry(angle=30))
    height, width = moved.shape
    assert moved[height // 2 + 9, width // 2 + 16] > 0.3
    assert moved[height // 2 - 9, width // 2 + 16] < 0.05


def test_a_photographed_print_becomes_upright() -> None:
    print_ = np.zeros((60, 90), np.uint8)
    print_[:30, :45] = 250
    corners = np.array(PRINT) * (200, 160)
    edges = np.array([(0, 0), (90, 0), (90, 60), (0, 60)], np.float32)
    onto = cv2.getPerspectiveTransform(edges, corners.astype(np.float32))
    scene = cv2.warpPerspective(print_, onto, (200, 160), borderValue=120.0)
    upright = reshaped_pixels(scene, Geometry(corners=PRINT))
    height, width = upright.shape
    small = cv2.resize(upright, (90, 60), interpolation=cv2.INTER_AREA)
    assert width / height == pytest.approx(90 / 60, rel=0.4)
    assert small[5:25, 5:40].min() > 220
    assert small[35:55, 5:85].max() < 30


@pytest.mark.parametrize("geometry", SHAPES)
def test_json_gives_the_same_back(geometry: Geometry) -> None:
    assert geometry_from_data(geometry.to_data()) == geometry


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ([], "JSON object"),
        ({"zoom": 2}, "unknown field geometry.zoom"),
        ({"turns": 4}, "0, 1, 2 or 3"),
        ({"turns": 1.5}, "whole number"),
        ({"turns": True}, "whole number"),
        ({"mirrored": 1}, "true or false"),
        ({"angle": 50}, "between -45"),
        ({"angle": "steep"}, "must be a number"),
        ({"crop": [0, 0, 1]}, "4 numbers"),
        ({"crop": [0.5, 0, 0.5, 1]}, "leaves nothing"),
        ({"crop": [0, 0, 2, 1]}, "between 0 and 1"),
        ({"corners": [[0, 0], [1, 0], [1, 1]]}, "four corners"),
        ({"corners": [[0, 0], [0, 1], [1, 1], [1, 0]]}, "clockwise"),
        ({"corners": [[0, 0], [1, 1], [1, 0], [0, 1]]}, "clockwise"),
        ({"corners": [[0, 0], [0.01, 0], [0.01, 0.01], [0, 0.01]]}, "clockwise"),
    ],
)
def test_what_is_wrong_is_said(data: object, problem: str) -> None:
    with pytest.raises(EditError, match=problem):
        geometry_from_data(data)
