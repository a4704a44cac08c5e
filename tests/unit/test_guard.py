"""Sepia and tints are no colours; colours are, in whatever profile and depth."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
import skimage.data

from colordesk.guard import has_colour, is_coloured
from colordesk.photo import Photo
from colordesk.task import Task
from colordesk.video.film import Part
from colordesk.video.own_colours import has_own_colours
from colordesk.video.probing import open_clip
from tests.films import coloured_squares, make_colour_film

GRAY: np.ndarray = cv2.cvtColor(skimage.data.astronaut(), cv2.COLOR_RGB2GRAY)


def tinted(strength: float, hue: tuple[float, float]) -> np.ndarray:
    lab = np.empty((*GRAY.shape, 3), np.float32)
    lab[..., 0] = GRAY / 255 * 100
    for channel in (0, 1):  # strongest in the middle tones, as in a toned print
        lab[..., channel + 1] = strength * hue[channel] * np.sin(np.pi * GRAY / 255)
    rgb: np.ndarray = cv2.cvtColor(lab, cv2.COLOR_LAB2RGB)
    return np.round(rgb * 255).astype(np.uint8)


@pytest.mark.parametrize("name", ["astronaut", "coffee", "chelsea", "rocket"])
def test_colour_photographs_are_coloured(name: str) -> None:
    rgb = getattr(skimage.data, name)()
    assert has_colour(rgb)
    assert is_coloured(Photo(rgb))
    assert is_coloured(Photo(rgb.astype(np.uint16) * 257))


@pytest.mark.parametrize("hue", [(0.3, 1.0), (-0.2, -1.0), (1.0, 0.2)])
def test_sepia_and_tints_are_not(hue: tuple[float, float]) -> None:
    assert not has_colour(tinted(30, hue))
    assert not is_coloured(Photo(tinted(30, hue)))


def test_gray_is_not_however_it_is_stored() -> None:
    assert not is_coloured(Photo(GRAY[:, :, None]))
    assert not is_coloured(Photo(np.repeat(GRAY[:, :, None], 3, axis=2)))
    assert not is_coloured(Photo(np.full((1, 1, 3), 200, np.uint8)))


def test_one_colourful_scene_makes_a_film_one_in_colour_and_toned_ones_do_not(
    tmp_path: Path,
) -> None:
    toned = [tinted(30, (0.3, 1.0))[:32, :48]] * 9
    film = make_colour_film(tmp_path / "a.mkv", [*toned, coloured_squares()])
    assert has_own_colours(Part(open_clip(film)), Task())
    film = make_colour_film(tmp_path / "b.mkv", [*toned, toned[0][::-1]])
    assert not has_own_colours(Part(open_clip(film)), Task())
