"""L-ab to U and V: exact in every matrix, range and depth, never out of gamut."""

from __future__ import annotations

import numpy as np
import pytest

from colordesk import color, icc
from colordesk.edit import Look
from colordesk.render import Gains
from colordesk.video import yuv
from colordesk.video.encoding import copy_luma
from colordesk.video.layout import Chroma, Codes, chroma_size, layout_of
from colordesk.video.paint import Painter, guide_of, small_luma
from colordesk.video.yuv import Converter, Encoding


def lab_of(rgb: np.ndarray) -> np.ndarray:
    """CIELAB of nonlinear sRGB, by the book and in double precision."""
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((np.maximum(rgb, 0) + 0.055) / 1.055) ** 2.4)
    f = color.f(linear @ icc.SRGB.matrix.T / icc.SRGB.matrix.sum(axis=1))
    return np.stack(
        [116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])]
    )


@pytest.mark.parametrize("matrix", ["bt601", "bt709", "smpte240m"])
def test_the_colour_has_the_wanted_ab_and_the_given_luma(matrix: str) -> None:
    rng = np.random.default_rng(5)
    luma = rng.uniform(0.25, 0.75, (40, 50)).astype(np.float32)
    a, b = rng.uniform(-25, 25, (2, 40, 50)).astype(np.float32)
    uv = Converter(Encoding(matrix, False, 8))(luma, a, b).astype(float)
    rgb = yuv.to_rgb(luma.astype(float), uv, matrix)
    _, found_a, found_b = lab_of(rgb)
    inside = (rgb.min(-1) >= 0) & (rgb.max(-1) <= 1)
    assert inside.mean() > 0.8
    assert np.abs(found_a - a)[inside].max() < 0.5
    assert np.abs(found_b - b)[inside].max() < 0.5


def test_lightness_of_a_neutral_pixel() -> None:
    luma = np.linspace(-0.1, 1.1, 101, dtype=np.float32)[None]
    expected = lab_of(np.repeat(np.clip(luma, 0, 1)[..., None], 3, -1).astype(float))[0]
    assert np.abs(yuv.lightness(luma) - expected).max() < 0.02


@pytest.mark.parametrize("bits", [8, 10, 12, 16])
@pytest.mark.parametrize("full", [False, True])
def test_no_pixel_leaves_the_gamut_at_any_range_and_depth(bits: int, full: bool) -> None:
    encoding = Encoding("bt709", full, bits)
    top = encoding.black + encoding.luma_span
    ramp = np.linspace(encoding.black, top, 64 * 48).reshape(48, 64)
    guide: Codes = ramp.astype(np.uint8) if bits == 8 else ramp.astype(np.uint16)
    u, v = np.empty_like(guide), np.empty_like(guide)
    ab = np.stack([np.full((24, 32), 90.0), np.full((24, 32), -100.0)]).astype(np.float32)
    painter = Painter(encoding, bits, (64, 48))
    painter.paint(guide, small_luma(guide, encoding, (32, 24)), ab, Gains(Look()), u, v, None)
    luma = encoding.luma(guide).astype(float)
    uv = (np.stack([u, v]).astype(float) - encoding.neutral) / encoding.chroma_span
    rgb = yuv.to_rgb(luma, uv, "bt709")
    # half a code of rounding, times the matrix' largest factor; colour is found to 13 bits
    step = 1.3 / encoding.chroma_span + 2.0 / (1 << 13)
    assert rgb.min() > -step
    assert rgb.max() < 1 + step
    assert np.abs(uv).max() > 0.2  # it is coloured all the same
    assert np.abs(uv[:, luma <= 0]).max(initial=0) <= step  # black and white are neutral


def test_hue_and_depth_do_not_depend_on_range() -> None:
    ab = np.stack([np.full((8, 8), 15.0), np.full((8, 8), 20.0)]).astype(np.float32)
    found = []
    for full, bits in ((False, 8), (True, 8), (False, 10), (True, 12)):
        encoding = Encoding("bt601", full, bits)
        code = encoding.black + encoding.luma_span // 2
        guide = np.full((16, 16), code, np.uint8 if bits == 8 else np.uint16)
        u, v = np.empty_like(guide), np.empty_like(guide)
        painter = Painter(encoding, bits, (16, 16))
        painter.paint(guide, small_luma(guide, encoding, (8, 8)), ab, Gains(Look()), u, v, None)
        planes = np.stack([u, v]).astype(float) - encoding.neutral
        found.append(planes.mean((1, 2)) / encoding.chroma_span)
    assert np.ptp(found, axis=0).max() < 1 / 200


def test_a_neutral_look_is_neutral() -> None:
    encoding = Encoding("bt601", False, 10)
    guide = np.full((4, 4), 500, np.uint16)
    u, v = np.zeros_like(guide), np.zeros_like(guide)
    ab = np.full((2, 4, 4), 30, np.float32)
    painter = Painter(encoding, 10, (4, 4))
    luma = small_luma(guide, encoding, (4, 4))
    painter.paint(guide, luma, ab, Gains(Look(strength=0)), u, v, None)
    assert np.all(u == 512)
    assert np.all(v == 512)


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize(("bits", "wider"), [(8, 10), (8, 12), (10, 12), (8, 16)])
def test_luma_at_a_finer_depth_comes_back_exactly(bits: int, wider: int, full: bool) -> None:
    top = (1 << bits) - 1
    every = np.arange(top + 1)[None]
    source: Codes = every.astype(np.uint8) if bits == 8 else every.astype(np.uint16)
    there = np.empty_like(source, dtype=np.uint16)
    copy_luma(source, there, Encoding("bt709", full, bits), wider)
    back = np.empty_like(source)
    copy_luma(there, back, Encoding("bt709", full, wider), bits)
    assert np.array_equal(back, source)
    if full:
        assert there.max() == (1 << wider) - 1
    else:
        assert there[0, 16] == 16 << (wider - bits)


@pytest.mark.parametrize(
    ("size", "chroma", "small", "corner"),
    [
        ((7, 5), "4:2:0", (4, 3), 82),  # the mean of 97 and three 77
        ((7, 5), "4:2:2", (4, 5), 87),
        ((7, 5), "4:4:4", (7, 5), 97),
        ((1, 1), "4:2:0", (1, 1), 97),
        ((2, 1), "4:2:0", (1, 1), 87),
    ],
)
def test_the_guide_of_odd_sizes_is_the_mean_of_what_it_covers(
    size: tuple[int, int], chroma: Chroma, small: tuple[int, int], corner: int
) -> None:
    luma = np.full(size[::-1], 77, np.uint8)
    luma[0, 0] = 97
    guide = guide_of(luma, chroma_size(*size, chroma))
    assert guide.shape == small[::-1]
    assert guide[0, 0] == corner
    assert np.all(guide.ravel()[1:] == 77)


@pytest.mark.parametrize("height", [12, 14, 9])
def test_the_guide_of_interlaced_frames_keeps_their_pictures_apart(height: int) -> None:
    luma = np.full((height, 8), 50, np.uint8)
    luma[1::2] = 200
    size = chroma_size(8, height, "4:2:0")
    guide = guide_of(luma, size, interlaced=True)
    assert guide.shape == size[::-1]
    assert np.all(guide[0::2] == 50)
    assert np.all(guide[1::2] == 200)
    assert np.array_equal(guide_of(luma, (4, height), interlaced=True), luma[:, ::2])


@pytest.mark.parametrize(
    ("name", "format", "bits", "chroma"),
    [
        ("yuvj420p", "yuvj420p", 8, "4:2:0"),
        ("gray16be", "gray16le", 16, "gray"),
        ("p010le", "yuv420p10le", 10, "4:2:0"),
        ("yuyv422", "yuv422p", 8, "4:2:2"),
        ("yuva444p12le", "yuva444p12le", 12, "4:4:4"),
        ("pal8", "yuv444p", 8, "4:4:4"),
        ("bgra", "yuv444p", 8, "4:4:4"),
        ("gbrp10le", "yuv444p10le", 10, "4:4:4"),
        ("v30xle", "yuv444p10le", 10, "4:4:4"),
        ("rgba64be", "yuv444p16le", 16, "4:4:4"),
        ("ayuv", "yuv444p", 8, "4:4:4"),
    ],
)
def test_pixel_formats(name: str, format: str, bits: int, chroma: str) -> None:
    layout = layout_of(name)
    assert layout is not None
    assert (layout.format, layout.bits, layout.chroma) == (format, bits, chroma)
    assert layout.alpha == (name in ("yuva444p12le", "bgra", "rgba64be", "ayuv"))


@pytest.mark.parametrize("name", ["bayer_rggb8", "grayf32le", "xyz12le", "nonsense"])
def test_pixel_formats_that_cannot_be_coloured(name: str) -> None:
    assert layout_of(name) is None


@pytest.mark.parametrize("full", [False, True])
def test_detail_that_only_the_frame_has_stays_in_the_gamut_too(full: bool) -> None:
    encoding = Encoding("bt709", full, 8)
    rng = np.random.default_rng(1)
    guide: Codes = rng.integers(0, 256, (60, 90)).astype(np.uint8)  # beyond black and white as well
    u, v = np.empty_like(guide), np.empty_like(guide)
    ab = np.stack([np.full((20, 30), 40.0), np.full((20, 30), 35.0)]).astype(np.float32)
    painter = Painter(encoding, 8, (90, 60))
    painter.paint(guide, small_luma(guide, encoding, (30, 20)), ab, Gains(Look()), u, v, None)
    luma = encoding.luma(guide).clip(0, 1).astype(float)
    uv = (np.stack([u, v]).astype(float) - encoding.neutral) / encoding.chroma_span
    rgb = yuv.to_rgb(luma, uv, "bt709")
    step = 1.3 / encoding.chroma_span + 0.5 / encoding.luma_span
    assert rgb.min() > -step
    assert rgb.max() < 1 + step
    middle = (luma > 0.45) & (luma < 0.55)
    hue = np.arctan2(*lab_of(rgb[middle])[:0:-1])
    assert np.median(hue) == pytest.approx(np.arctan2(35, 40), abs=0.1)
