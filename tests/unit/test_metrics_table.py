"""Every measure: perfect where it should be, right where it can be checked, sane at its limits."""

from __future__ import annotations

import functools
import math
from typing import Any

import cv2
import numpy as np
import pytest
from skimage import color, data
from skimage.filters import gaussian
from skimage.metrics import (
    mean_squared_error,
    peak_signal_noise_ratio,
    structural_similarity,
)

from colordesk.metrics import palette
from colordesk.metrics.table import MEASURES, PAPER_PIXELS, SizesDiffer, measure
from colordesk.task import Cancelled, Task

WITH_TRUTH = [id for id, m in MEASURES.items() if m.needs_truth]
ALONE = [id for id, m in MEASURES.items() if not m.needs_truth]


@functools.cache
def photo() -> Any:
    """A photograph whose sides are odd."""
    return np.ascontiguousarray(data.astronaut()[:385, :401])


@functools.cache
def worse(kind: str = "dull") -> Any:
    """The photograph with other colours."""
    lab = color.rgb2lab(photo())
    if kind == "dull":
        lab[..., 1:] *= 0.5
    elif kind == "gray":
        lab[..., 1:] = 0
    elif kind == "warm":
        lab[..., 2] += 15
    elif kind == "bled":
        lab[..., 1:] = cv2.GaussianBlur(lab[..., 1:], (0, 0), 6)
    elif kind == "blotched":
        noise = np.random.default_rng(1).normal(0, 1, lab.shape[:2])
        lab[..., 1] += 150 * cv2.GaussianBlur(noise, (0, 0), 8)
    out = np.rint(np.clip(color.lab2rgb(lab), 0, 1) * 255).astype(np.uint8)
    return np.repeat(out[:, :, 1:2], 3, axis=2) if kind == "gray" else out


def one(result: Any, truth: Any, id: str) -> float:
    return measure(result, truth, [id], Task())[id]


def moved(picture: Any, offset: int, kind: type = np.uint8) -> Any:
    """The picture elsewhere in memory, and not at the bounds that vector units like."""
    values = picture if kind is np.uint8 else picture / 255
    room = np.empty(picture.size + 64, kind)
    there = room[offset : offset + picture.size].reshape(picture.shape)
    there[:] = values
    return there


@pytest.mark.parametrize("kind", [np.uint8, np.float32])
def test_equal_pictures_get_the_perfect_value_wherever_they_lie(kind: type) -> None:
    truth = moved(photo(), 0, kind)
    alone = measure(truth, None, ALONE, Task())
    for offset in (0, 1, 7, 29):
        found = measure(moved(photo(), offset, kind), truth, list(MEASURES), Task())
        for id, value in found.items():
            if id in WITH_TRUTH:
                assert value == MEASURES[id].perfect, id
            else:  # the truth's own is the best there is
                assert value == pytest.approx(alone[id], rel=1e-6, abs=1e-6), id


@pytest.mark.parametrize("kind", ["dull", "gray", "warm", "bled", "blotched"])
def test_every_measure_sees_what_is_wrong(kind: str) -> None:
    truth = measure(photo(), None, ALONE, Task())
    found = measure(worse(kind), photo(), list(MEASURES), Task())
    assert list(found) == list(MEASURES)
    for id, value in found.items():
        assert math.isfinite(value)
        best = MEASURES[id].distance(MEASURES[id].perfect or truth.get(id, 0), truth.get(id))
        assert MEASURES[id].distance(value, truth.get(id)) > best, id


def test_agreement_with_scikit_image() -> None:
    truth, result = photo(), worse()
    exact = truth / 255, result / 255
    expected = {
        "mse": mean_squared_error(*exact),
        "psnr": peak_signal_noise_ratio(*exact, data_range=1),
        "ssim": structural_similarity(
            *exact,
            data_range=1,
            channel_axis=2,
            gaussian_weights=True,
            sigma=1.5,
            use_sample_covariance=False,
        ),
        "cie76": color.deltaE_cie76(*map(color.rgb2lab, exact)).mean(),
        "cie94": color.deltaE_ciede94(*map(color.rgb2lab, exact)).mean(),
        "ciede2000": color.deltaE_ciede2000(*map(color.rgb2lab, exact)).mean(),
    }
    found = measure(result, truth, list(expected), Task())
    assert found == {id: pytest.approx(value, abs=1e-4) for id, value in expected.items()}


def test_all_depths_give_the_same() -> None:
    ids = list(MEASURES)
    expected = measure(worse(), photo(), ids, Task())
    for kind in (np.uint16, np.float32, np.float64):
        result, truth = (
            picture.astype(kind) * 257 if kind is np.uint16 else (picture / 255).astype(kind)
            for picture in (worse(), photo())
        )
        found = measure(result, truth, ids, Task())
        # a pixel that lies on a bound may fall to either side of it
        assert found == {id: pytest.approx(v, rel=2e-3, abs=1e-4) for id, v in expected.items()}


def test_one_measure_alone_is_the_same_as_among_all_and_twice_the_same() -> None:
    together = measure(worse(), photo(), list(MEASURES), Task())
    # the vector units of some processors round the last digit by where in memory a picture lies
    same = pytest.approx(together, rel=1e-9)
    assert measure(worse(), photo(), list(MEASURES), Task()) == same
    assert {id: one(worse(), photo(), id) for id in MEASURES} == same


def test_ms_ssim_is_the_product_over_five_scales() -> None:
    def blurred(plane: Any) -> Any:
        return gaussian(plane, 1.5, truncate=3.5)[5:-5, 5:-5]

    channels = []
    for channel in range(3):
        x, y = (picture[..., channel] / 255 for picture in (worse("bled"), photo()))
        product = 1.0
        for scale, weight in enumerate((0.0448, 0.2856, 0.3001, 0.2363, 0.1333)):
            if scale:
                height, width = (side // 2 * 2 for side in x.shape)
                x, y = (
                    p[:height, :width].reshape(height // 2, 2, width // 2, 2).mean((1, 3))
                    for p in (x, y)
                )
            mx, my = blurred(x), blurred(y)
            vx, vy = blurred(x * x) - mx * mx, blurred(y * y) - my * my
            value = (2 * (blurred(x * y) - mx * my) + 9e-4) / (vx + vy + 9e-4)
            if scale == 4:
                value *= (2 * mx * my + 1e-4) / (mx * mx + my * my + 1e-4)
            product *= value.mean() ** weight
        channels.append(product)
    assert one(worse("bled"), photo(), "ms_ssim") == pytest.approx(np.mean(channels), abs=1e-4)


@pytest.mark.parametrize("side", [1, 10, 11, 175, 176])
def test_small_pictures_have_what_is_defined_for_them(side: int) -> None:
    found = measure(worse()[:side, :side], photo()[:side, :side], list(MEASURES), Task())
    undefined = {id for id, value in found.items() if math.isnan(value)}
    assert undefined == {
        *(["ssim"] if side < 11 else []),
        *(["ms_ssim"] if side < 176 else []),
    }


@pytest.mark.parametrize("shape", [(1, 700), (700, 1), (300, 12)])
def test_odd_shapes_work(shape: tuple[int, int]) -> None:
    wide = np.resize(photo(), (*shape, 3))
    found = measure(wide, wide, WITH_TRUTH, Task())
    assert all(v == MEASURES[id].perfect or math.isnan(v) for id, v in found.items())


def test_black_against_white_is_the_limit_of_every_measure() -> None:
    black, white = np.zeros((200, 200, 3), np.uint8), np.full((200, 200, 3), 255, np.uint8)
    found = measure(black, white, list(MEASURES), Task())
    # lightness is as wrong as it gets
    whole = {"ciede2000": 100, "cie76": 100, "cie94": 100, "mse": 1, "psnr": 0, "cie76_002": 1}
    # neither has colour, so what looks at colour alone sees no difference
    alike = {"auc": 100, "auc_balanced": 100, "gray_share": 100}
    none = dict.fromkeys(
        (
            "saturation_bias",
            "colourfulness",
            "colourfulness_ddcolor",
            "delta_colourfulness",
            "histogram_truth",
            "patchiness",
            "bleeding",
            "cast",
            "cast_error",
            "wrong_001",
            "uv_004",
        ),
        0,
    )
    for id, value in {**whole, **alike, **none}.items():
        assert found.pop(id) == pytest.approx(value, abs=0.01), id
    assert found.pop("ssim") == pytest.approx(1e-4 / (1 + 1e-4), rel=1e-3)  # C1 is all that is left
    # contrast and structure of even pictures are 1, so only the coarsest scale sees it
    assert found.pop("ms_ssim") == pytest.approx((1e-4 / (1 + 1e-4)) ** 0.1333, rel=1e-3)
    # the white of CIELAB is not quite that of sRGB: a distance of 0.005 for each pixel
    assert found.pop("psnr_ab") > 90
    assert found.pop("l2_001") == pytest.approx(0, abs=2)
    assert found.pop("eq1_000") == pytest.approx(0, abs=2)
    # hue 0, lightness 1, saturation 0 taken for red, green and blue are green against black
    green = color.rgb2lab(np.array([[[0.0, 1.0, 0.0]]]))[0, 0]
    assert found.pop("cie76_002_hls") == pytest.approx(np.linalg.norm(green), abs=0.01)
    assert 0 < found.pop("histogram_natural") < 1
    assert not found


def test_a_truth_of_another_size_is_refused_and_one_that_is_missing_left_out() -> None:
    with pytest.raises(SizesDiffer) as caught:
        measure(photo()[:-1], photo(), ["psnr"], Task())
    assert (caught.value.result, caught.value.truth) == ((401, 384), (401, 385))
    assert list(measure(photo(), None, list(MEASURES), Task())) == ALONE
    with pytest.raises(KeyError):
        measure(photo(), None, ["beauty"], Task())


def test_measuring_can_be_cancelled() -> None:
    task = Task(lambda fraction, status: task.cancel())
    with pytest.raises(Cancelled):
        measure(photo(), photo(), list(MEASURES), task)


def test_colourfulness_of_two_halves_is_what_the_definition_says() -> None:
    picture = np.zeros((2, 2, 3), np.float32)
    picture[0], picture[1] = (1, 0, 0), (0, 0, 1)
    # rg: 255 and 0; yb: 127.5 and -255
    signed = np.hypot(127.5, 191.25) + 0.3 * np.hypot(127.5, -63.75)
    assert one(picture, None, "colourfulness") == pytest.approx(signed)
    unsigned = np.hypot(127.5, 63.75) + 0.3 * np.hypot(127.5, 191.25)
    assert one(picture, None, "colourfulness_ddcolor") == pytest.approx(unsigned)
    gray = np.zeros_like(picture)
    assert one(gray, picture, "delta_colourfulness") == pytest.approx(signed)


def test_auc_is_the_area_under_the_curve_of_zhang() -> None:
    (_, *result), (_, *truth) = (
        np.moveaxis(color.rgb2lab(picture), 2, 0) for picture in (worse("warm"), photo())
    )
    distance = np.hypot(*np.subtract(result, truth)).ravel()
    thresholds = np.linspace(0, 150, 1501)
    shares = np.searchsorted(np.sort(distance), thresholds, side="right") / distance.size
    area = 100 * np.trapezoid(shares, thresholds) / 150
    assert one(worse("warm"), photo(), "auc") == pytest.approx(area, abs=0.01)


def test_balanced_auc_counts_rare_colours_more() -> None:
    rare = np.zeros((10, 100, 3), np.uint8)
    rare[:] = (128, 128, 128)
    rare[:, :1] = (255, 0, 255)
    gray = np.full_like(rare, 128)
    plain, balanced = (one(gray, rare, id) for id in ("auc", "auc_balanced"))
    assert plain > 98
    assert balanced < 40


def test_the_papers_measures_are_what_their_code_computes() -> None:
    truth, result = photo(), worse()
    true_lab, lab = color.rgb2lab(truth), color.rgb2lab(result)
    pixels = truth.shape[0] * truth.shape[1]
    as_224 = PAPER_PIXELS / pixels
    squares = ((lab - true_lab)[..., 1:] ** 2).sum()
    found = measure(result, truth, [id for id in MEASURES if id[-4:-2] == "_0"], Task())
    assert found["eq1_000"] == pytest.approx(squares / 2 * as_224, rel=1e-5)
    assert found["l2_001"] == pytest.approx(math.sqrt(squares * as_224), rel=1e-5)
    wrong = np.count_nonzero(np.hypot(*np.moveaxis((lab - true_lab)[..., 1:], 2, 0)) >= 10)
    assert found["wrong_001"] == pytest.approx(wrong * as_224, rel=1e-3)

    scaled = [x / (100, 127, 127) - (0, 128 / 127, 128 / 127) for x in (lab, true_lab)]
    expected = np.linalg.norm(scaled[0] - scaled[1], axis=2).mean()
    assert found["cie76_002"] == pytest.approx(expected, abs=1e-5)
    hls = [color.rgb2lab(cv2.cvtColor(x, cv2.COLOR_RGB2HLS) / 255) for x in (result, truth)]
    expected = color.deltaE_cie76(*hls).mean()
    assert one(result, truth, "cie76_002_hls") == pytest.approx(expected, abs=1e-4)

    yuv = [color.rgb2yuv(x) for x in (result, truth)]
    expected = ((yuv[0] - yuv[1])[..., 1:] ** 2).sum() / (2 * pixels)
    assert found["uv_004"] == pytest.approx(expected, rel=1e-3)


def test_bleeding_rises_with_the_blur_of_the_colour_and_not_with_its_strength() -> None:
    truth, bled, dull = (one(p, None, "bleeding") for p in (photo(), worse("bled"), worse()))
    assert bled > truth + 10
    assert abs(dull - truth) < 4
    assert one(worse("gray"), None, "bleeding") == 0


def test_patchiness_sees_blotches_where_the_lightness_is_even() -> None:
    flat = np.full((256, 256, 3), 128, np.uint8)
    assert one(flat, None, "patchiness") == pytest.approx(0, abs=1e-3)
    blotch = flat.copy()
    cv2.circle(blotch, (128, 128), 12, (148, 120, 128), -1)
    assert one(blotch, None, "patchiness") > 0.5
    assert one(worse("blotched"), None, "patchiness") > one(photo(), None, "patchiness")


def test_cast_and_gray_share_of_known_colours() -> None:
    halves = np.full((4, 4, 3), 128, np.uint8)
    halves[:2] = (200, 80, 80)
    _, a, b = np.moveaxis(color.rgb2lab(halves[:1]), 2, 0)
    assert one(halves, None, "gray_share") == 50
    assert one(halves, None, "cast") == pytest.approx(np.hypot(a, b).mean() / 2, abs=0.01)
    assert one(halves, np.full_like(halves, 128), "cast_error") == pytest.approx(
        np.hypot(a, b).mean() / 2, abs=0.01
    )


def test_divergence_is_0_for_the_same_and_1_for_nothing_in_common() -> None:
    first, second = np.zeros(4), np.zeros(4)
    first[0], second[1] = 3, 8
    assert palette.divergence(first, first * 7) == 0
    assert palette.divergence(first, second) == pytest.approx(1)
    assert palette.divergence(first, first + second * 3 / 8) == pytest.approx(0.3112781, abs=1e-6)


def test_every_colour_has_a_bin_and_a_share() -> None:
    levels = np.arange(0, 256, 15).astype(np.uint8)
    cube = np.stack(np.meshgrid(levels, levels, levels), axis=-1).reshape(1, -1, 3)
    assert palette.natural().sum() == pytest.approx(1)
    found = measure(cube, cube, ["auc_balanced", "histogram_truth", "histogram_natural"], Task())
    assert found["histogram_natural"] > 0.3
    middle = palette.SIDE**2 // 2
    assert palette.natural().argmax() == middle  # gray is the most common of all


def test_values_are_shown_as_people_read_them() -> None:
    shown = MEASURES["psnr"].shown
    assert [shown(v) for v in (math.inf, math.nan, 12.345, -0.001)] == ["∞", "–", "12.35", "0.00"]


def test_distance_ranks_by_the_direction() -> None:
    def better(id: str, *values: float) -> float:
        return min(values, key=lambda value: MEASURES[id].distance(value, 40.0))

    assert better("ciede2000", 3, 9) == 3
    assert better("psnr", 3, 9) == 9
    assert better("saturation_bias", -2, 9) == -2
    assert better("colourfulness", 10, 45, 90) == 45
    assert math.isnan(MEASURES["colourfulness"].distance(10))
