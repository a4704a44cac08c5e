"""The slice of sRGB at one lightness, and the colours offered for a place."""

from __future__ import annotations

import numpy as np
import pytest
from skimage.color import lab2rgb, rgb2lab

from colordesk import gamut
from colordesk.steer.suggest import suggestions


@pytest.mark.parametrize("rgb", [(0, 0, 0), (255, 255, 255), (200, 30, 90), (3, 2, 1)])
def test_lab_is_that_of_others(rgb: tuple[int, int, int]) -> None:
    expected = rgb2lab(np.array([[rgb]], np.uint8))[0, 0]
    np.testing.assert_allclose(gamut.lab(*rgb), expected, atol=0.02)


@pytest.mark.parametrize("lightness", [5.0, 40.0, 60.0, 90.0])
def test_what_is_inside_comes_back(lightness: float) -> None:
    side = 41
    picture = gamut.picture(lightness, side)
    reach = gamut.extent(lightness)
    steps = (np.arange(side) + 0.5) / side * 2 * reach - reach
    seen = picture[..., 3] > 0
    assert 0.05 < seen.mean() < 0.9
    for row, column in np.argwhere(seen)[::17]:
        a, b = steps[column], -steps[row]
        expected = lab2rgb(np.array([[[lightness, a, b]]]))[0, 0] * 255
        np.testing.assert_allclose(picture[row, column, :3], expected, atol=1.2)
        assert gamut.colour(lightness, a, b) == tuple(picture[row, column, :3])


def test_a_colour_outside_keeps_its_hue() -> None:
    a, b = gamut.fitted(50, 100, 50)
    assert a / b == pytest.approx(2)
    assert gamut.inside(50, np.array([a, b]))
    assert not gamut.inside(50, np.array([a, b]) * 1.01)
    assert gamut.fitted(50, 5, 5) == (5, 5)


def test_suggestions_are_of_things_as_light_as_the_place() -> None:
    lightness = np.full((60, 90), 30, np.float32)
    ab = np.zeros((2, 60, 90), np.float32)
    lightness[:, 45:] = 80
    ab[:, :, :20], ab[:, :, 20:45], ab[0, :, 45:] = 30, -30, 60
    found = suggestions(lightness, ab, 30, 5, 5)
    assert found[0] == pytest.approx((30, 30))
    assert found[1] == pytest.approx((-30, -30))
    assert len(found) == 2  # 60, 0 is of the light half
    assert suggestions(lightness, ab, 30, 5, 5) == found
    assert suggestions(lightness[:1, :1], ab[:, :1, :1], 0, 0, 5) == [(30, 30)]
