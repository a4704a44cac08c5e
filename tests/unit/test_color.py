"""Colour in and out of stored pixels, against scikit-image and against brute force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from skimage import data
from skimage.color import rgb2lab

from colordesk import color, icc
from tests import profiles

if TYPE_CHECKING:
    from numpy.typing import NDArray

ADOBE_RGB = icc.parse_profile(profiles.adobe_rgb())
LINEAR = icc.parse_profile(profiles.rgb(profiles.curv()))
GAMMA_18 = icc.parse_profile(profiles.rgb(profiles.para(0, 1.8)))
MIXED = icc.parse_profile(
    profiles.rgb(profiles.curv(563), profiles.para(0, 1.8), profiles.curv(512))
)
GRAY_22 = icc.parse_profile(profiles.gray(profiles.curv(563)))

PROFILES = {
    "srgb": icc.SRGB,
    "adobe": ADOBE_RGB,
    "linear": LINEAR,
    "gamma 1.8": GAMMA_18,
    "mixed curves": MIXED,
}


def dtype(bits: int) -> type[Any]:
    return np.uint8 if bits == 8 else np.uint16


def all_values(bits: int) -> NDArray[Any]:
    return np.arange(1 << bits).astype(dtype(bits)).reshape(-1, 64)


def random_ab(shape: tuple[int, ...], reach: float = 128) -> NDArray[np.float32]:
    return np.random.default_rng(0).uniform(-reach, reach, (2, *shape)).astype(np.float32)


def scratch_for(plane: color.Plane, bits: int) -> color.Scratch:
    return color.Scratch(plane.shape[0], plane.shape[1], bits)


def decoded(pixels: NDArray[Any], profile: icc.Profile) -> tuple[color.Plane, color.Plane]:
    bits = 8 * pixels.itemsize
    y, fy = np.empty((2, *pixels.shape[:2]), np.float32)
    color.decoder(profile, bits)(pixels, y, fy, scratch_for(y, bits))
    return y, fy


@pytest.mark.parametrize("bits", [8, 16])
def test_lightness_is_that_of_scikit_image(bits: int) -> None:
    photo = data.astronaut()
    pixels = photo if bits == 8 else photo.astype(np.uint16) * 257
    expected = rgb2lab(photo)[..., 0]
    # its matrix is rounded to six digits
    np.testing.assert_allclose(color.lightness(pixels, icc.SRGB), expected, atol=0.005)


def test_gray_lightness_goes_through_the_gray_profile() -> None:
    pixels = all_values(8)[..., None]
    linear = (pixels[..., 0] / 255.0) ** (563 / 256)
    expected = 116 * color.f(linear) - 16
    np.testing.assert_allclose(color.lightness(pixels, GRAY_22), expected, atol=1e-3)


def test_pixels_come_back_from_lab() -> None:
    photo = data.astronaut()
    lab = rgb2lab(photo).astype(np.float32)
    ab = np.moveaxis(lab[..., 1:], 2, 0)
    back = color.from_lab(lab[..., 0], ab, icc.SRGB, 8)
    np.testing.assert_array_equal(back, photo)
    fine = color.from_lab(lab[..., 0], ab, icc.SRGB, 16)
    assert np.abs(fine / 257 - photo).max() < 0.05


@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("name", [n for n in PROFILES if n != "mixed curves"])
def test_every_neutral_comes_back_bit_identical(bits: int, name: str) -> None:
    profile = PROFILES[name]
    pixels = np.repeat(all_values(bits)[..., None], 3, axis=2)
    y, fy = decoded(pixels, profile)
    scratch = scratch_for(y, bits)
    encode = color.encoder(profile, bits)
    out = np.zeros_like(pixels)
    encode.neutral(y, out, scratch)
    np.testing.assert_array_equal(out, pixels)
    if name == "srgb":  # zero chroma by the full way: curves without a slope at black are coarser
        out[:] = 0
        encode.colour(y, fy.copy(), fy.copy(), out, scratch)
        np.testing.assert_array_equal(out, pixels)


@pytest.mark.parametrize("bits", [8, 16])
def test_gray_values_come_back_as_the_same_srgb_values(bits: int) -> None:
    gray = all_values(bits)[..., None]
    y, fy = decoded(gray, icc.SRGB_GRAY)
    out = np.empty((*y.shape, 3), gray.dtype)
    color.encoder(icc.SRGB, bits).colour(y, fy.copy(), fy.copy(), out, scratch_for(y, bits))
    np.testing.assert_array_equal(out, np.repeat(gray, 3, axis=2))


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
@pytest.mark.parametrize("bits", [8, 16])
def test_saturated_chroma_leaves_lightness_alone(profile: icc.Profile, bits: int) -> None:
    pixels = data.astronaut()[::2, ::2]
    before = color.lightness(pixels, icc.SRGB)
    out = color.from_lab(before, random_ab(before.shape), profile, bits)
    assert out.dtype == dtype(bits)
    error = np.abs(color.lightness(out, profile) - before)
    # 8 bits of linear light are too coarse for shadows, whatever is done in them
    limits = (0.5, 1.5) if (bits, profile) != (8, LINEAR) else (1.5, 6)
    assert error.mean() <= limits[0]
    assert np.quantile(error, 0.99) <= limits[1]


def test_neutral_keeps_the_lightness_of_a_tinted_photo() -> None:
    photo = data.coffee()[::3, ::3]
    y, _ = decoded(photo, icc.SRGB)
    out = np.empty_like(photo)
    color.encoder(icc.SRGB, 8).neutral(y, out, scratch_for(y, 8))
    assert (out[..., 0] == out[..., 1]).all()
    assert (out[..., 1] == out[..., 2]).all()
    difference = color.lightness(out, icc.SRGB) - color.lightness(photo, icc.SRGB)
    assert np.abs(difference).max() < 0.4  # half a stored value, at its widest near black


@pytest.mark.parametrize("profile", [icc.SRGB, ADOBE_RGB], ids=["srgb", "adobe"])
def test_gamut_mapping_takes_the_largest_step_that_fits(profile: icc.Profile) -> None:
    shape = (40, 50)
    lightness = np.random.default_rng(1).uniform(0, 100, shape).astype(np.float32)
    lightness[0, :10] = np.linspace(0, 1, 10)
    lightness[1, :10] = np.linspace(99, 100, 10)
    ab = random_ab(shape)
    out = color.from_lab(lightness, ab, profile, 16)

    fy = (lightness.astype(np.float64) + 16) / 116
    white = np.array(icc.D65)
    xyz = np.stack([fy + ab[0] / 500, fy, fy - ab[1] / 200], axis=-1)
    xyz = color.f_inverse(xyz) * white
    wanted = xyz @ np.linalg.inv(profile.matrix).T
    gray = color.f_inverse(fy)[..., None]
    low, high = np.zeros((*shape, 1)), np.ones((*shape, 1))
    for _ in range(40):  # bisection: knows nothing of a closed form
        middle = (low + high) / 2
        mapped = gray + middle * (wanted - gray)
        fits = ((mapped >= -1e-9) & (mapped <= 1 + 1e-9)).all(axis=-1, keepdims=True)
        low, high = np.where(fits, middle, low), np.where(fits, high, middle)
    mapped = gray + low * (wanted - gray)
    made = np.take_along_axis(
        profile.decode_table(1 << 16), out.reshape(-1, 3).astype(np.intp), axis=0
    )
    # within one of the 65536 steps of light, at their widest
    assert np.abs(made.reshape(mapped.shape) - mapped).max() < 2.5 / 65535


@pytest.mark.parametrize("lightness", [0.0, 100.0])
@pytest.mark.parametrize("bits", [8, 16])
def test_black_and_white_have_no_chroma(lightness: float, bits: int) -> None:
    plane = np.full((3, 5), lightness, np.float32)
    out = color.from_lab(plane, random_ab(plane.shape), icc.SRGB, bits)
    assert (out == (0 if lightness == 0 else (1 << bits) - 1)).all()


@pytest.mark.parametrize("shape", [(1, 1), (1, 4), (4, 1), (3, 3), (4, 4), (2, 3), (1, 300)])
@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("channels", [1, 3])
def test_small_and_thin_pictures(shape: tuple[int, int], bits: int, channels: int) -> None:
    rng = np.random.default_rng(2)
    pixels = rng.integers(0, 1 << bits, (*shape, channels), dtype(bits))
    profile = icc.SRGB if channels == 3 else icc.SRGB_GRAY
    lightness = color.lightness(pixels, profile)
    assert lightness.shape == shape
    rgb = np.broadcast_to(pixels, (*shape, 3)) / ((1 << bits) - 1)
    np.testing.assert_allclose(lightness, rgb2lab(rgb)[..., 0], atol=0.01)
    out = color.from_lab(lightness, random_ab(shape, 5), icc.SRGB, bits)
    assert out.shape == (*shape, 3)
    assert np.abs(color.lightness(out, icc.SRGB) - lightness).max() < 1


def test_a_strip_of_a_larger_scratch_gives_the_same_pixels() -> None:
    photo = data.chelsea()
    y, fy = decoded(photo, icc.SRGB)
    ab = random_ab(y.shape, 60)
    fx, fz = fy + ab[0] / np.float32(500), fy - ab[1] / np.float32(200)
    whole, parts = np.empty_like(photo), np.empty_like(photo)
    encode = color.encoder(icc.SRGB, 8)
    encode.colour(y, fx.copy(), fz.copy(), whole, scratch_for(y, 8))
    scratch = color.Scratch(70, y.shape[1], 8)
    for start in range(0, len(y), 37):
        rows = slice(start, start + 37)
        encode.colour(y[rows], fx[rows], fz[rows], parts[rows], scratch)
    np.testing.assert_array_equal(parts, whole)


@pytest.mark.parametrize("bits", [8, 16])
def test_convert_between_profiles(bits: int) -> None:
    photo = data.coffee()[::4, ::4]
    lab = rgb2lab(photo).astype(np.float32)
    ab = np.moveaxis(lab[..., 1:], 2, 0)
    in_adobe = color.from_lab(lab[..., 0], ab, ADOBE_RGB, bits)
    # sRGB colours survive the way through the wider space, but for its rounding
    shown = color.convert(in_adobe, ADOBE_RGB, icc.SRGB)
    assert np.abs(shown.astype(int) - photo).mean() < (0.5 if bits == 8 else 0.02)
    assert not np.array_equal(in_adobe if bits == 8 else in_adobe // 257, photo)


def test_convert_keeps_the_lightness_of_what_does_not_fit() -> None:
    green = np.full((2, 2, 3), (0, 255, 0), np.uint8)
    shown = color.convert(green, ADOBE_RGB, icc.SRGB)
    before, after = color.lightness(green, ADOBE_RGB), color.lightness(shown, icc.SRGB)
    assert np.abs(after - before).max() < 0.3
    assert shown[0, 0, 1] > shown[0, 0, 2] + 60  # still green
