"""Colour differences against published values and against scikit-image."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from skimage import color, data

from colordesk.metrics.lab import Lab, Plane, cie76, cie94, ciede2000, lab_of

# Sharma, Wu, Dalal 2005, table 1: all 34 pairs of Lab colours and their CIEDE2000.
_SHARMA = np.array(
    [
        (50.0000, 2.6772, -79.7751, 50.0000, 0.0000, -82.7485, 2.0425),
        (50.0000, 3.1571, -77.2803, 50.0000, 0.0000, -82.7485, 2.8615),
        (50.0000, 2.8361, -74.0200, 50.0000, 0.0000, -82.7485, 3.4412),
        (50.0000, -1.3802, -84.2814, 50.0000, 0.0000, -82.7485, 1.0000),
        (50.0000, -1.1848, -84.8006, 50.0000, 0.0000, -82.7485, 1.0000),
        (50.0000, -0.9009, -85.5211, 50.0000, 0.0000, -82.7485, 1.0000),
        (50.0000, 0.0000, 0.0000, 50.0000, -1.0000, 2.0000, 2.3669),
        (50.0000, -1.0000, 2.0000, 50.0000, 0.0000, 0.0000, 2.3669),
        (50.0000, 2.4900, -0.0010, 50.0000, -2.4900, 0.0009, 7.1792),
        (50.0000, 2.4900, -0.0010, 50.0000, -2.4900, 0.0010, 7.1792),
        (50.0000, 2.4900, -0.0010, 50.0000, -2.4900, 0.0011, 7.2195),
        (50.0000, 2.4900, -0.0010, 50.0000, -2.4900, 0.0012, 7.2195),
        (50.0000, -0.0010, 2.4900, 50.0000, 0.0009, -2.4900, 4.8045),
        (50.0000, -0.0010, 2.4900, 50.0000, 0.0010, -2.4900, 4.8045),
        (50.0000, -0.0010, 2.4900, 50.0000, 0.0011, -2.4900, 4.7461),
        (50.0000, 2.5000, 0.0000, 50.0000, 0.0000, -2.5000, 4.3065),
        (50.0000, 2.5000, 0.0000, 73.0000, 25.0000, -18.0000, 27.1492),
        (50.0000, 2.5000, 0.0000, 61.0000, -5.0000, 29.0000, 22.8977),
        (50.0000, 2.5000, 0.0000, 56.0000, -27.0000, -3.0000, 31.9030),
        (50.0000, 2.5000, 0.0000, 58.0000, 24.0000, 15.0000, 19.4535),
        (50.0000, 2.5000, 0.0000, 50.0000, 3.1736, 0.5854, 1.0000),
        (50.0000, 2.5000, 0.0000, 50.0000, 3.2972, 0.0000, 1.0000),
        (50.0000, 2.5000, 0.0000, 50.0000, 1.8634, 0.5757, 1.0000),
        (50.0000, 2.5000, 0.0000, 50.0000, 3.2592, 0.3350, 1.0000),
        (60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644),
        (63.0109, -31.0961, -5.8663, 62.8187, -29.7946, -4.0864, 1.2630),
        (61.2901, 3.7196, -5.3901, 61.4292, 2.2480, -4.9620, 1.8731),
        (35.0831, -44.1164, 3.7933, 35.0232, -40.0716, 1.5901, 1.8645),
        (22.7233, 20.0904, -46.6940, 23.0331, 14.9730, -42.5619, 2.0373),
        (36.4612, 47.8580, 18.3852, 36.2715, 50.5065, 21.2231, 1.4146),
        (90.8027, -2.0831, 1.4410, 91.1528, -1.6435, 0.0447, 1.4441),
        (90.9257, -0.5406, -0.9208, 88.6381, -0.8985, -0.7239, 1.5381),
        (6.7747, -0.2908, -2.4247, 5.8714, -0.0985, -2.2286, 0.6377),
        (2.0776, 0.0795, -1.1350, 0.9033, -0.0636, -0.5514, 0.9082),
    ]
)


def planes(lab: Any) -> Lab:
    return tuple(np.ascontiguousarray(lab[..., channel]) for channel in range(3))  # type: ignore[return-value]


def pair() -> tuple[Any, Any]:
    """A photograph, and noise: every kind of difference."""
    photo = data.astronaut()[::2, ::2]
    return photo, np.random.default_rng(0).integers(0, 256, photo.shape).astype(np.uint8)


@pytest.mark.parametrize("swapped", [False, True])
def test_ciede2000_gives_all_published_values(swapped: bool) -> None:
    first, second = _SHARMA[None, :, :3], _SHARMA[None, :, 3:6]
    if swapped:
        first, second = second, first
    found = ciede2000(planes(first), planes(second))[0]
    np.testing.assert_allclose(found, _SHARMA[:, 6], atol=1e-4)


def test_ciede2000_in_single_precision_is_close_to_the_published_values() -> None:
    single = _SHARMA.astype(np.float32)
    found = ciede2000(planes(single[None, :, :3]), planes(single[None, :, 3:6]))[0]
    np.testing.assert_allclose(found, _SHARMA[:, 6], atol=3e-4)


def test_lab_is_that_of_scikit_image_at_every_depth() -> None:
    photo, noise = pair()
    for picture in (photo, noise, np.zeros_like(photo), np.full_like(photo, 255)):
        expected = color.rgb2lab(picture)
        floats = (picture / 255).astype(np.float32)
        for same in (picture, picture.astype(np.uint16) * 257, floats):
            found = np.dstack(lab_of(same))
            assert found.dtype == np.float32
            np.testing.assert_allclose(found, expected, atol=1e-3)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (cie76, color.deltaE_cie76),
        (cie94, lambda result, truth: color.deltaE_ciede94(truth, result)),
        (ciede2000, color.deltaE_ciede2000),
    ],
)
def test_differences_agree_with_scikit_image(
    ours: Callable[[Lab, Lab], Plane], theirs: Callable[[Any, Any], Any]
) -> None:
    result, truth = pair()
    found = ours(lab_of(result), lab_of(truth))
    expected = theirs(color.rgb2lab(result), color.rgb2lab(truth))
    assert found.mean() == pytest.approx(expected.mean(), abs=1e-4)
    assert float(np.quantile(np.abs(found - expected), 0.999)) < 1e-3


@pytest.mark.parametrize("difference", [cie76, cie94, ciede2000])
def test_equal_pixels_have_no_difference_at_all(difference: Callable[[Lab, Lab], Plane]) -> None:
    for picture in pair():
        assert not difference(lab_of(picture), lab_of(picture.copy())).any()


def test_gray_has_no_colour_and_no_hue_that_matters() -> None:
    levels = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2)
    lightness, a, b = lab_of(levels)
    assert np.abs(a).max() < 0.01
    assert np.abs(b).max() < 0.01
    assert (np.diff(lightness[0]) > 0).all()
    black, white = lab_of(levels[:, :1]), lab_of(levels[:, -1:])
    for difference in (cie76, cie94, ciede2000):
        assert float(difference(black, white)[0, 0]) == pytest.approx(100, abs=0.01)
