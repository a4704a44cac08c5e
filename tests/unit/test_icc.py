from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import pyvips
from PIL import ImageCms

from colordesk.icc import (
    D65,
    SRGB,
    SRGB_GRAY,
    Profile,
    UnsupportedProfile,
    parse_profile,
    srgb_icc,
)
from tests.profiles import ADOBE_RGB, adobe_rgb, curv, gray, para, profile, rgb, xyz

if TYPE_CHECKING:
    from numpy.typing import NDArray

SRGB_PARA = para(3, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
STEPS = np.linspace(0.0, 1.0, 257)


def lcms_srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def decoded(data: bytes) -> NDArray[np.float64]:
    return parse_profile(data).decode_table(len(STEPS))[:, 0].astype(np.float64)


def convert(rgb16: NDArray[np.uint16], source: Profile, target: Profile) -> NDArray[np.float64]:
    linear = np.take_along_axis(source.decode_table(65536), rgb16.astype(np.intp), axis=0)
    across = np.linalg.inv(target.matrix) @ source.matrix
    return target.encode(linear.astype(np.float64) @ across.T) * 65535


def convert_by_lcms(
    rgb16: NDArray[np.uint16], source: bytes, target: bytes, folder: Path
) -> NDArray[np.float64]:
    for name, data in (("source.icc", source), ("target.icc", target)):
        (folder / name).write_bytes(data)
    image = pyvips.Image.new_from_array(rgb16[None], interpretation="rgb16")
    moved = image.icc_transform(
        folder / "target.icc", input_profile=folder / "source.icc", intent="relative", depth=16
    )
    return np.asarray(moved.numpy()[0], np.float64)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (adobe_rgb(), srgb_icc()),
        (srgb_icc(), adobe_rgb()),
        (lcms_srgb(), adobe_rgb()),
        (rgb(para(0, 1.8), version=4), srgb_icc()),
        (rgb(*(para(0, g) for g in (1.8, 2.0, 2.4)), version=4), adobe_rgb()),
    ],
    ids=["adobe-srgb", "srgb-adobe", "lcms-srgb-adobe", "v4-gamma-1.8", "three-curves"],
)
def test_colours_agree_with_lcms(source: bytes, target: bytes, tmp_path: Path) -> None:
    # moderate colours, inside of both gamuts and above the steepest shadows
    rgb16 = np.random.default_rng(3).integers(26_000, 40_000, (500, 3)).astype(np.uint16)
    ours = convert(rgb16, parse_profile(source), parse_profile(target))
    theirs = convert_by_lcms(rgb16, source, target, tmp_path)
    # lcms computes in less than 16 bits; the worst is where a dark channel is a small difference
    assert np.abs(ours - theirs).max() < 257
    assert np.median(np.abs(ours - theirs)) < 10


@pytest.mark.parametrize("curve", [curv(563), curv(), SRGB_PARA, para(0, 2.2)])
def test_gray_agrees_with_lcms(curve: bytes, tmp_path: Path) -> None:
    (tmp_path / "gray.icc").write_bytes(gray(curve))
    (tmp_path / "srgb.icc").write_bytes(srgb_icc())
    values = np.linspace(6000, 65535, 200).astype(np.uint16)
    image = pyvips.Image.new_from_array(values[None], interpretation="grey16")
    moved = image.icc_transform(
        tmp_path / "srgb.icc", input_profile=tmp_path / "gray.icc", intent="relative", depth=16
    )
    linear = parse_profile(gray(curve)).decode_table(65536)[values, 0].astype(np.float64)
    ours = SRGB.encode(np.repeat(linear[:, None], 3, axis=1)) * 65535
    assert np.abs(ours - moved.numpy()[0]).max() < 257 / 2


def test_our_srgb_is_everybodys_srgb() -> None:
    described = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(srgb_icc())))
    assert described.strip() == "sRGB"
    for data in (srgb_icc(), lcms_srgb()):
        parsed = parse_profile(data)
        assert np.abs(parsed.matrix - SRGB.matrix).max() < 2e-5
        assert np.abs(parsed.decode_table(65536) - SRGB.decode_table(65536)).max() < 1e-5
    published = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    assert np.abs(SRGB.matrix - published).max() < 2e-4


@pytest.mark.parametrize(
    "colorants",
    [
        ADOBE_RGB,
        tuple(tuple(1.02 * x for x in c) for c in ADOBE_RGB),
        # not adapted: relative to D65, as some old scanners write
        ((0.4124, 0.2126, 0.0193), (0.3576, 0.7152, 0.1192), (0.1805, 0.0722, 0.9505)),
    ],
    ids=["sound", "too-bright", "unadapted"],
)
def test_white_is_exactly_d65(colorants: tuple[tuple[float, float, float], ...]) -> None:
    matrix = parse_profile(rgb(curv(563), colorants=colorants)).matrix
    np.testing.assert_allclose(matrix.sum(axis=1), D65, rtol=0, atol=1e-15)


def test_a_gray_profile_maps_onto_d65() -> None:
    for found in (SRGB_GRAY, parse_profile(gray(curv(563)))):
        assert found.space == "gray"
        assert found.decode_table(256).shape == (256, 1)
        np.testing.assert_array_equal(found.matrix.sum(axis=1), D65)


def test_curves_mean_what_the_specification_says() -> None:
    x = STEPS
    np.testing.assert_allclose(decoded(rgb(curv())), x, atol=1e-6)
    np.testing.assert_allclose(decoded(rgb(curv(512))), x**2, atol=1e-6)
    table = np.interp(x, [0, 0.5, 1], [0, 10000 / 65535, 1])
    np.testing.assert_allclose(decoded(rgb(curv(0, 10000, 65535))), table, atol=1e-6)
    np.testing.assert_allclose(decoded(rgb(para(0, 3.0))), x**3, atol=1e-5)
    expected = np.where(x >= 0.1, np.maximum((x - 0.1) / 0.9, 0) ** 2, 0)
    one = para(1, 2.0, 1 / 0.9, -0.1 / 0.9)
    np.testing.assert_allclose(decoded(rgb(one)), expected, atol=1e-4)
    two = para(2, 2.0, 0.8, -0.08, 0.1)
    expected = np.where(x >= 0.1, np.maximum(0.8 * x - 0.08, 0) ** 2 + 0.1, 0.1)
    np.testing.assert_allclose(decoded(rgb(two)), expected, atol=1e-4)
    srgb = np.where(x <= 0.04045, x / 12.92, ((x + 0.055) / 1.055) ** 2.4)
    np.testing.assert_allclose(decoded(rgb(SRGB_PARA)), srgb, atol=1e-4)
    four = para(4, 2.0, 0.89, 0.1, 0.5, 0.1, 0.0143, 0.0)
    expected = np.where(x >= 0.1, (0.89 * x + 0.1) ** 2 + 0.0143, 0.5 * x)
    np.testing.assert_allclose(decoded(rgb(four)), expected, atol=1e-4)


def test_a_gray_curve_in_lab_is_lightness() -> None:
    linear = decoded(gray(curv(), pcs="Lab "))
    lightness = 100 * STEPS
    expected = np.where(lightness > 8, ((lightness + 16) / 116) ** 3, lightness * 27 / 24389)
    np.testing.assert_allclose(linear, expected, atol=1e-6)


@pytest.mark.parametrize(
    "curve",
    [
        curv(),
        curv(563),
        SRGB_PARA,
        para(1, 2.2, 1.0, 0.0),
        para(4, 2.0, 0.89, 0.1, 0.5, 0.1, 0.0143, 0.0),
        curv(*(round(65535 * (i / 63) ** 2.2) for i in range(64))),
    ],
    ids=["identity", "gamma", "srgb", "type-1", "type-4", "table"],
)
@pytest.mark.parametrize("bits", [8, 16])
def test_every_stored_value_comes_back(curve: bytes, bits: int) -> None:
    found = parse_profile(rgb(curve))
    size = 1 << bits
    back = found.encode(found.decode_table(size).astype(np.float64)) * (size - 1)
    np.testing.assert_array_equal(np.rint(back), np.repeat(np.arange(size)[:, None], 3, axis=1))


def test_black_and_white_come_back_from_curves_with_flat_ends() -> None:
    flat = curv(0, 0, 0, 20000, 20000, 40000, 65535, 65535)
    for curve in (flat, para(1, 2.0, 1.25, -0.25), para(2, 2.0, 0.8, -0.08, 0.1)):
        found = parse_profile(rgb(curve))
        ends = found.decode_table(2).astype(np.float64)
        np.testing.assert_allclose(found.encode(ends), [[0, 0, 0], [1, 1, 1]], atol=1e-7)
    steps = np.linspace(0.0, 1.0, 1000)[:, None].repeat(3, axis=1)
    stored = parse_profile(rgb(flat)).encode(steps)
    assert np.all(np.diff(stored, axis=0) >= 0)


def test_linear_light_outside_of_the_range_is_clipped() -> None:
    wild = np.array([[-0.5, 0.0, 1.5]])
    for data in (adobe_rgb(), rgb(SRGB_PARA), srgb_icc()):
        np.testing.assert_array_equal(parse_profile(data).encode(wild), [[0, 0, 1]])


LUT = {"A2B0": b"mft2" + bytes(60)}
UNSUPPORTED = {
    "empty": b"",
    "text": b"This is no profile at all. " * 20,
    "lut": rgb(curv(563), extra=LUT),
    "cmyk": profile(LUT, space="CMYK", pcs="Lab ", kind="prtr"),
    "cmyk-without-lut": profile({}, space="CMYK", pcs="Lab "),
    "link": profile({}, kind="link"),
    "no-curve": profile({f"{c}XYZ": xyz(*v) for c, v in zip("rgb", ADOBE_RGB, strict=True)}),
    "no-colorant": profile({f"{c}TRC": curv(563) for c in "rgb"}),
    "rgb-in-lab": profile({}, pcs="Lab "),
    "short-curve": rgb(curv(563)[:-2]),
    "short-table": rgb(b"curv" + struct.pack(">II", 0, 1000) + bytes(10)),
    "endless-table": rgb(b"curv" + struct.pack(">II", 0, 0xFFFFFFFF) + bytes(10)),
    "headless-curve": rgb(b"curv"),
    "other-curve": rgb(b"data" + bytes(40)),
    "short-para": rgb(para(3, 2.4)),
    "unknown-para": rgb(para(5, 2.4, 1, 1, 1, 1, 1, 1)),
    "gamma-0": rgb(curv(0)),
    "gamma-negative": rgb(para(0, -1.0)),
    "gamma-huge": rgb(para(0, 30000.0)),
    "scale-0": rgb(para(1, 2.0, 0.0, 0.0)),
    "falls": rgb(curv(65535, 0)),
    "falls-para": rgb(para(4, 1.0, 1.0, 0.0, 5.0, 0.5, -0.4, 0.0)),
    "flat": rgb(curv(0, 0, 0, 0)),
    "flat-para": rgb(para(3, 2.4, 1.0, 0.0, 0.0, 50.0)),
    "no-gamut": rgb(curv(563), colorants=((0.32, 0.33, 0.27),) * 3),
    "black-colorants": rgb(curv(563), colorants=((0.0, 0.0, 0.0),) * 3),
    "negative-white": rgb(curv(563), colorants=((-0.6, -0.3, 0), (0.2, 0.1, 0), (0, 0, 0.7))),
    "short-colorant": rgb(curv(563), extra={"rXYZ": b"XYZ "}),
    "huge": adobe_rgb() + bytes(2**24),
}


@pytest.mark.parametrize("data", UNSUPPORTED.values(), ids=UNSUPPORTED.keys())
def test_what_cannot_be_used_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(UnsupportedProfile) as caught:
        parse_profile(data)
    assert caught.value.problem.startswith(("it ", "its ", "a "))


def test_no_cut_and_no_flipped_byte_does_worse_than_refuse() -> None:
    rng = np.random.default_rng(11)
    for sound in (adobe_rgb(), rgb(SRGB_PARA, version=4), gray(curv(0, 9000, 65535), "Lab ")):
        broken = [sound[:n] for n in range(len(sound))]
        for _ in range(1500):
            data = bytearray(sound)
            for at in rng.integers(0, len(data), 3):
                data[at] = rng.integers(0, 256)
            broken.append(bytes(data))
        for case in broken:
            try:
                found = parse_profile(case)
            except UnsupportedProfile:
                continue
            table = found.decode_table(64).astype(np.float64)
            assert np.all(np.isfinite(table))
            assert np.all(np.isfinite(found.encode(table)))
            np.testing.assert_allclose(found.matrix.sum(axis=1), D65, atol=1e-12)
