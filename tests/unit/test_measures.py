from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from skimage import data
from skimage.metrics import peak_signal_noise_ratio

from colordesk.metrics import measures

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Sharma, Wu, Dalal 2005, table 1: pairs of Lab colours and their CIEDE2000, every 5th pair or so
# and the ones that catch hue-averaging mistakes.
_SHARMA = [
    ((50.0000, 2.6772, -79.7751), (50.0000, 0.0000, -82.7485), 2.0425),
    ((50.0000, -1.3802, -84.2814), (50.0000, 0.0000, -82.7485), 1.0000),
    ((50.0000, 2.4900, -0.0010), (50.0000, -2.4900, 0.0009), 7.1792),
    ((50.0000, 2.4900, -0.0010), (50.0000, -2.4900, 0.0011), 7.2195),
    ((50.0000, 2.5000, 0.0000), (50.0000, 0.0000, -2.5000), 4.3065),
    ((50.0000, 2.5000, 0.0000), (73.0000, 25.0000, -18.0000), 27.1492),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]


def photo() -> NDArray[np.float32]:
    return np.asarray(data.astronaut()[::4, ::4] / 255, np.float32)


def test_equal_pictures_get_the_perfect_value() -> None:
    assert measures.psnr(photo(), photo()) == float("inf")
    assert measures.ciede2000(photo(), photo()) == 0


def test_psnr_agrees_with_scikit_image() -> None:
    noise = np.random.default_rng(0).normal(0, 0.1, photo().shape)
    noisy = np.clip(photo() + noise, 0, 1, dtype=np.float32)
    expected = peak_signal_noise_ratio(photo(), noisy, data_range=1)
    assert measures.psnr(noisy, photo()) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize(("first", "second", "expected"), _SHARMA)
def test_ciede2000_gives_the_published_values(
    first: tuple[float, ...],
    second: tuple[float, ...],
    expected: float,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The pairs lie outside sRGB, so they go in as Lab.
    monkeypatch.setattr("skimage.color.rgb2lab", lambda lab: lab)
    found = measures.ciede2000(np.array([[first]]), np.array([[second]]))
    assert found == pytest.approx(expected, abs=1e-4)


def test_colourfulness_of_gray_is_zero_and_of_colour_is_not() -> None:
    gray = np.repeat(photo().mean(2, keepdims=True), 3, axis=2)
    assert measures.colourfulness(gray) == pytest.approx(0, abs=1e-3)
    dull = gray + (photo() - gray) / 2
    assert 0 < measures.colourfulness(dull) < measures.colourfulness(photo())


def test_colourfulness_of_two_halves_is_what_the_definition_says() -> None:
    picture = np.zeros((2, 2, 3), np.float32)
    picture[0], picture[1] = (1, 0, 0), (0, 0, 1)
    # rg: 255 and 0; yb: 127.5 and -255
    spread, offset = np.hypot(127.5, 191.25), np.hypot(127.5, -63.75)
    assert measures.colourfulness(picture) == pytest.approx(spread + 0.3 * offset)
