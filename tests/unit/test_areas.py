"""Painted areas with less colour, or with the photo's own."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from skimage import data
from skimage.color import rgb2lab

from colordesk.edit import Area, ColorPoint, Edit, EditError, Look, edit_from_json
from colordesk.edit.brush import Stroke
from colordesk.edit.geometry import Geometry
from colordesk.inference.library import Library
from colordesk.inference.manifest import Size
from colordesk.photo import Photo
from colordesk.render import Renderer
from colordesk.settings import Settings
from colordesk.steer import areas
from colordesk.task import Task
from tests.models import make_model

SIZE = Size(multiple=8, min=32, max=512, preferred=64)
LEFT = Stroke(((0.2, 0.2), (0.2, 0.8)), 0.1)


@pytest.fixture
def renderer(tmp_path: Path) -> Renderer:
    make_model(tmp_path / "m.onnx", multiple=8, size=SIZE, ab=(20, -30))
    return Renderer(Library([tmp_path]), Settings(device="cpu", threads=2))


def gray() -> Photo:
    return Photo(np.full((200, 300, 1), 119, np.uint8))


def ab(pixels: np.ndarray) -> np.ndarray:
    found: np.ndarray = rgb2lab(pixels)[..., 1:]
    return found


def test_a_mask_is_a_soft_brush() -> None:
    hard = areas.mask(Area((LEFT,), softness=0), (300, 200))
    soft = areas.mask(Area((LEFT,), softness=1), (300, 200))
    assert hard.shape == (200, 300)
    assert hard[100, 60] == soft[100, 60] == 1
    assert hard[100, 60 + 25] == 0 < soft[100, 60 + 25] < 0.5
    assert np.count_nonzero((hard > 0.01) & (hard < 0.99)) < 0.2 * np.count_nonzero(
        (soft > 0.01) & (soft < 0.99)
    )
    rubbed = Area((LEFT, Stroke(((0.2, 0.5),), 0.05, erase=True)), softness=0)
    there = areas.mask(rubbed, (300, 200))
    assert there[100, 60] == 0
    assert there[60, 60] == 1


def test_a_mask_is_the_same_at_every_size() -> None:
    area = Area((LEFT, Stroke(((0.7, 0.5),), 0.2)))
    large, small = areas.mask(area, (600, 400)), areas.mask(area, (150, 100))
    shrunk = large.reshape(100, 4, 150, 4).mean(axis=(1, 3))
    assert np.abs(shrunk - small).mean() < 0.02


def test_inside_there_is_less_colour(renderer: Renderer) -> None:
    for area, factor in ((Area((LEFT,)), 0), (Area((LEFT,), strength=100, saturation=50), 0.5)):
        out = ab(renderer.render(gray(), Edit(areas=(area,)), Task()).pixels)
        assert out[100, 60] == pytest.approx((20 * factor, -30 * factor), abs=1.5)
        assert out[100, 200] == pytest.approx((20, -30), abs=1)


@pytest.mark.parametrize("look", [Look(temperature=50), Look(strength=0)], ids=["warm", "gray"])
def test_the_original_is_kept_to_the_last_value(renderer: Renderer, look: Look) -> None:
    pixels = data.astronaut()[:200, :300]
    for photo in (Photo(pixels), Photo(pixels.astype(np.uint16) * 257)):
        edit = Edit(areas=(Area((LEFT,), original=True),), look=look)
        out = renderer.render(photo, edit, Task()).pixels
        np.testing.assert_array_equal(out[90:110, 55:65], photo.pixels[90:110, 55:65])
        assert np.abs(out.astype(float) - photo.pixels)[90:110, 200:220].mean() > 5
        shown = renderer.preview(photo, edit, 10**6, Task())
        np.testing.assert_array_equal(shown[90:110, 55:65], pixels[90:110, 55:65])
    kept = renderer.render(gray(), edit, Task()).pixels
    assert (kept[100, 60] == 119).all()


def test_an_area_limits_a_point(renderer: Renderer) -> None:
    edit = Edit(areas=(Area((LEFT,)),), points=(ColorPoint(0.2, 0.5, a=40, b=40),))
    out = ab(renderer.render(gray(), edit, Task()).pixels)
    assert np.hypot(*out[100, 60]) < 3


def test_an_area_goes_with_the_photo(renderer: Renderer) -> None:
    edit = Edit(areas=(Area((LEFT,)),), geometry=Geometry(mirrored=True))
    out = ab(renderer.render(gray(), edit, Task()).pixels)
    assert np.hypot(*out[100, 300 - 60]) < 3
    assert np.hypot(*out[100, 60]) > 20


def test_areas_survive_their_file() -> None:
    edit = Edit(areas=(Area((LEFT, Stroke(((0.5, 0.5),), 0.2, erase=True)), original=True), Area()))
    assert edit_from_json(edit.to_json()) == edit
    for wrong, problem in (
        ({}, "must be a JSON list"),
        ([{"strokes": [{"path": []}]}], "must say its radius"),
        ([{"strokes": [{"path": [], "radius": 1}]}], "1 to 5000 places"),
        ([{"strokes": [{"path": [[1]], "radius": 1}]}], "pairs of x and y"),
        ([{"strokes": [{"path": [[1, 1e9]], "radius": 1}]}], "by far"),
        ([{"softness": 2}], "softness must be"),
        ([{"original": 1}], "true or false"),
        ([{}] * 51, "51 entries"),
    ):
        with pytest.raises(EditError, match=problem):
            edit_from_json(json.dumps({"areas": wrong}))
