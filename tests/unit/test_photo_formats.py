"""Everything that may come in: kinds of files, of pixels, of profiles."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pillow_heif
import pytest
import pyvips
from PIL import Image, ImageOps

from colordesk.icc import srgb_icc
from colordesk.photo import OPENABLE, Photo, is_openable, open_photo, read_thumbnail, save_photo
from tests.pictures import alpha, picture
from tests.profiles import adobe_rgb, curv, gray, profile, rgb

if TYPE_CHECKING:
    from numpy.typing import NDArray

RGB = picture()
GRAY = picture(channels=1)[:, :, 0]


def opened(image: Image.Image, path: Path, **options: Any) -> Photo:
    image.save(path, **options)
    return open_photo(path)


def by_vips(pixels: NDArray[Any], path: Path, space: str, icc: bytes | None = None) -> Photo:
    image = pyvips.Image.new_from_array(pixels).copy(interpretation=space)
    if icc is not None:
        image.set_type(pyvips.GValue.blob_type, "icc-profile-data", icc)
    image.write_to_file(str(path))
    return open_photo(path)


@pytest.mark.parametrize("name", ["a.png", "a.tif", "g4.tif", "a.bmp"])
def test_one_bit(name: str, tmp_path: Path) -> None:
    image = Image.fromarray(GRAY).convert("1")
    photo = opened(image, tmp_path / name, **({"compression": "group4"} if "4" in name else {}))
    np.testing.assert_array_equal(photo.pixels[:, :, 0], np.asarray(image.convert("L")))
    assert photo.bits == 8


@pytest.mark.parametrize("name", ["a.png", "a.tif", "a.gif", "a.bmp"])
def test_palette(name: str, tmp_path: Path) -> None:
    image = Image.fromarray(RGB).quantize(40)
    photo = opened(image, tmp_path / name)
    np.testing.assert_array_equal(photo.pixels, np.asarray(image.convert("RGB")))
    assert photo.alpha is None


@pytest.mark.parametrize("name", ["a.png", "a.gif"])
def test_palette_with_transparency(name: str, tmp_path: Path) -> None:
    image = Image.fromarray(RGB).quantize(40)
    photo = opened(image, tmp_path / name, transparency=3)
    seen = np.asarray(image)
    np.testing.assert_array_equal(photo.alpha == 0, seen == 3)
    solid = np.asarray(image.convert("RGB"))[seen != 3]
    np.testing.assert_array_equal(photo.pixels[seen != 3], solid)


@pytest.mark.parametrize("suffix", [".png", ".tif", ".jpg", ".jp2"])
def test_gray_stays_gray(suffix: str, tmp_path: Path) -> None:
    photo = opened(Image.fromarray(GRAY), tmp_path / f"a{suffix}")
    assert photo.is_gray
    assert np.abs(photo.pixels[:, :, 0].astype(int) - GRAY).mean() < 2


def test_rgb_of_equal_values_stays_rgb(tmp_path: Path) -> None:
    photo = opened(Image.fromarray(GRAY).convert("RGB"), tmp_path / "a.png")
    assert photo.pixels.shape == (40, 56, 3)


@pytest.mark.parametrize("suffix", [".png", ".tif", ".jp2"])
def test_gray_with_alpha(suffix: str, tmp_path: Path) -> None:
    image = Image.merge("LA", [Image.fromarray(GRAY), Image.fromarray(alpha())])
    photo = opened(image, tmp_path / f"a{suffix}")
    assert photo.is_gray
    np.testing.assert_array_equal(photo.pixels[:, :, 0], GRAY)
    np.testing.assert_array_equal(photo.alpha, alpha())


@pytest.mark.parametrize("suffix", [".png", ".tif", ".jp2"])
def test_rgb_with_alpha(suffix: str, tmp_path: Path) -> None:
    photo = opened(Image.fromarray(np.dstack([RGB, alpha()])), tmp_path / f"a{suffix}")
    np.testing.assert_array_equal(photo.pixels, RGB)
    np.testing.assert_array_equal(photo.alpha, alpha())


@pytest.mark.parametrize("suffix", [".png", ".tif", ".jp2"])
def test_gray_of_16_bits(suffix: str, tmp_path: Path) -> None:
    values = picture(channels=1, bits=16)[:, :, 0]
    photo = opened(Image.fromarray(values), tmp_path / f"a{suffix}")
    np.testing.assert_array_equal(photo.pixels[:, :, 0], values)


def test_white_is_zero_in_some_tiff(tmp_path: Path) -> None:
    Image.fromarray(255 - GRAY).save(tmp_path / "a.tif")
    data = (tmp_path / "a.tif").read_bytes()
    black_is_zero = struct.pack("<HHII", 262, 3, 1, 1)
    assert data.count(black_is_zero) == 1
    white_is_zero = struct.pack("<HHII", 262, 3, 1, 0)
    (tmp_path / "a.tif").write_bytes(data.replace(black_is_zero, white_is_zero))
    np.testing.assert_array_equal(open_photo(tmp_path / "a.tif").pixels[:, :, 0], GRAY)


def test_bmp(tmp_path: Path) -> None:
    photo = opened(Image.fromarray(RGB), tmp_path / "a.bmp", dpi=(300, 300))
    np.testing.assert_array_equal(photo.pixels, RGB)
    assert photo.dpi == pytest.approx((300, 300), abs=0.02)


def test_first_of_many_pages(tmp_path: Path) -> None:
    pages = [Image.fromarray(RGB), Image.fromarray(GRAY[:20])]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:])
    np.testing.assert_array_equal(open_photo(tmp_path / "a.tif").pixels, RGB)
    frames = [page.quantize(200) for page in pages[:1]] + [pages[1].resize((56, 40))]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:])
    assert np.abs(open_photo(tmp_path / "a.gif").pixels.astype(int) - RGB).mean() < 4


@pytest.mark.parametrize("name", ["a.tif", "lzw.tif"])
def test_ycc_tiff(name: str, tmp_path: Path) -> None:
    image = Image.fromarray(RGB).convert("YCbCr")
    photo = opened(image, tmp_path / name, **({"compression": "tiff_lzw"} if "l" in name else {}))
    assert np.abs(photo.pixels.astype(int) - RGB).max() <= 4
    photo = opened(image, tmp_path / "jpeg.tif", compression="jpeg", quality=98)
    assert np.abs(photo.pixels.astype(int) - RGB).mean() < 2


def test_lab_tiff(tmp_path: Path) -> None:
    wide = pyvips.Image.new_from_array(RGB.astype(np.uint16) * 257).copy(interpretation="rgb16")
    for space, bits in (("labq", 8), ("labs", 16), ("lab", 16)):
        wide.colourspace(space).write_to_file(str(tmp_path / "a.tif"))
        photo = open_photo(tmp_path / "a.tif")
        assert photo.bits == bits
        assert photo.icc == srgb_icc()
        error = np.abs(photo.pixels / (257 if bits == 16 else 1) - RGB.astype(float))
        assert error.mean() < (2 if bits == 8 else 0.1), space


def test_floating_point_tiff(tmp_path: Path) -> None:
    photo = by_vips(RGB.astype(np.float32) / 255, tmp_path / "a.tif", "scrgb")
    np.testing.assert_array_equal(photo.pixels, RGB.astype(np.uint16) * 257)
    photo = by_vips(GRAY.astype(np.float32)[:, :, None] / 255, tmp_path / "a.tif", "b-w")
    np.testing.assert_array_equal(photo.pixels[:, :, 0], GRAY.astype(np.uint16) * 257)


def test_tiff_of_32_bit_integers(tmp_path: Path) -> None:
    photo = by_vips(RGB.astype(np.uint32) * 0x01010101, tmp_path / "a.tif", "rgb")
    np.testing.assert_array_equal(photo.pixels, RGB.astype(np.uint16) * 257)


@pytest.mark.parametrize(("bits", "limit"), [(8, 4), (10, 3)])
def test_heic(bits: int, limit: int, tmp_path: Path) -> None:
    if bits == 8:
        heif = pillow_heif.from_pillow(Image.fromarray(RGB))
    else:
        data = picture(bits=16).tobytes()
        heif = pillow_heif.from_bytes(mode="RGB;16", size=(56, 40), data=data)
    heif.save(tmp_path / "a.heic", quality=98, chroma=444)
    photo = open_photo(tmp_path / "a.heic")
    assert photo.bits == (8 if bits == 8 else 16)
    scale = 1 if bits == 8 else 257
    assert np.abs(photo.pixels / scale - RGB.astype(float)).mean() < limit


def test_white_of_10_bits_is_white(tmp_path: Path) -> None:
    white = np.full((64, 64, 3), 65535, np.uint16)
    heif = pillow_heif.from_bytes(mode="RGB;16", size=(64, 64), data=white.tobytes())
    heif.save(tmp_path / "a.heic", quality=100)
    image = pyvips.Image.new_from_array(white).copy(interpretation="rgb16")
    image.write_to_file(str(tmp_path / "a.avif"), bitdepth=10, Q=100)
    for name in ("a.heic", "a.avif"):
        assert open_photo(tmp_path / name).pixels.min() >= 65535 - 64 * 3, name


def test_avif(tmp_path: Path) -> None:
    pyvips.Image.new_from_array(RGB).write_to_file(str(tmp_path / "a.avif"), Q=95)
    photo = open_photo(tmp_path / "a.avif")
    assert photo.bits == 8
    assert np.abs(photo.pixels.astype(int) - RGB).mean() < 4


def test_the_content_counts_and_not_the_name(tmp_path: Path) -> None:
    Image.fromarray(RGB).save(tmp_path / "a.jpg", format="PNG")
    np.testing.assert_array_equal(open_photo(tmp_path / "a.jpg").pixels, RGB)


def test_names_worth_trying() -> None:
    assert is_openable(Path("A.JPG"))
    assert not is_openable(Path("jpg"))
    assert not is_openable(Path("a.txt"))
    assert all(suffix == suffix.lower() and suffix[0] == "." for suffix in OPENABLE)


# CMYK


@pytest.mark.parametrize("suffix", [".jpg", ".tif"])
@pytest.mark.parametrize("embedded", [True, False])
def test_cmyk_becomes_srgb(suffix: str, embedded: bool, tmp_path: Path) -> None:
    # muted, as far as ink reaches
    pixels = (100 + picture(80, 112) * 0.3).astype(np.uint8)
    cmyk = pyvips.Image.new_from_array(pixels).icc_transform(
        "cmyk", input_profile="srgb", intent="relative", black_point_compensation=True
    )
    options: dict[str, Any] = {"Q": 98} if suffix == ".jpg" else {}
    if not embedded:
        options["keep"] = "none"
    cmyk.write_to_file(str(tmp_path / f"a{suffix}"), **options)
    photo = open_photo(tmp_path / f"a{suffix}")
    assert photo.icc == srgb_icc()
    assert np.abs(photo.pixels.astype(int) - pixels).mean() < 3


def test_inverted_cmyk_of_adobe(tmp_path: Path) -> None:
    # Pillow inverts on writing as Photoshop does; black ink alone must come out dark
    ink = np.zeros((32, 32, 4), np.uint8)
    ink[:16, :, 3] = 255
    photo = opened(Image.frombytes("CMYK", (32, 32), ink.tobytes()), tmp_path / "a.jpg")
    assert photo.pixels[:12].max() < 60
    assert photo.pixels[20:].min() > 250


def test_damaged_cmyk_profile(tmp_path: Path) -> None:
    ink = Image.new("CMYK", (32, 32))
    unlinkable = profile({"A2B0": b"mft2" + bytes(60)}, space="CMYK", pcs="Lab ", kind="prtr")
    for icc in (b"nothing that anybody could read" * 8, unlinkable, adobe_rgb()):
        photo = opened(ink, tmp_path / "a.tif", icc_profile=icc)
        assert photo.pixels.min() > 250
        assert photo.icc == srgb_icc()


# profiles


def swapping_lut() -> bytes:
    """A sound profile with a look-up table, in which red and blue are swapped."""
    grid = 17
    axis = np.linspace(0, 1, grid)
    b, g, r = np.meshgrid(axis, axis, axis, indexing="ij")
    stored = np.stack([r, g, b], axis=-1)
    linear = np.where(stored > 0.04045, ((stored + 0.055) / 1.055) ** 2.4, stored / 12.92)
    d50 = np.array([[0.4360, 0.3851, 0.1431], [0.2225, 0.7169, 0.0606], [0.0139, 0.0971, 0.7139]])
    f = np.cbrt(np.maximum(linear @ d50.T / [0.9642, 1, 0.8249], 1e-4))
    lab = np.stack(
        [116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], -1
    )
    coded = np.clip(lab * [652.8, 256, 256] + [0, 32768, 32768], 0, 65535).astype(">u2")
    head = b"mft2" + bytes(4) + bytes((3, 3, grid, 0))
    head += struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536) + struct.pack(">2H", 2, 2)
    ramps = struct.pack(">2H", 0, 65535) * 3
    return profile({"A2B0": head + ramps + coded.tobytes() + ramps}, pcs="Lab ", kind="scnr")


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".webp"])
def test_a_matrix_profile_stays_to_the_byte(suffix: str, tmp_path: Path) -> None:
    # of any length: some encoders refuse those that are no multiple of four
    odd = bytearray(rgb(curv(0, 20000, 65535))[:-2])
    odd[:4] = len(odd).to_bytes(4, "big")
    for icc in (adobe_rgb(), bytes(odd)):
        source, target = tmp_path / "in.png", tmp_path / f"out{suffix}"
        save_photo(Photo(pixels=RGB, icc=icc), source)
        photo = open_photo(source)
        np.testing.assert_array_equal(photo.pixels, RGB)
        save_photo(photo, target)
        assert open_photo(target).icc == icc
        with Image.open(target) as image:
            assert image.info["icc_profile"] == icc


def test_a_long_profile_is_cut_into_pieces_in_jpeg(tmp_path: Path) -> None:
    table = curv(*np.linspace(0, 65535, 60_000).astype(int))
    icc = rgb(table)
    save_photo(Photo(pixels=RGB, icc=icc), tmp_path / "a.jpg")
    assert len(icc) > 4 * 65536
    assert open_photo(tmp_path / "a.jpg").icc == icc


def test_a_gray_profile_stays_with_gray(tmp_path: Path) -> None:
    icc = gray(curv(563))
    for suffix in (".jpg", ".png", ".tif"):
        photo = opened(Image.fromarray(GRAY), tmp_path / f"a{suffix}", icc_profile=icc)
        assert photo.icc == icc
        assert photo.profile.space == "gray"
        save_photo(photo, tmp_path / f"b{suffix}")
        assert open_photo(tmp_path / f"b{suffix}").icc == icc


def test_a_gray_profile_becomes_srgb_in_webp(tmp_path: Path) -> None:
    flat = np.full((32, 32, 1), 100, np.uint8)
    save_photo(Photo(pixels=flat, alpha=flat[:, :, 0], icc=gray(curv(256))), tmp_path / "a.webp")
    photo = open_photo(tmp_path / "a.webp")
    assert photo.icc == srgb_icc()
    light = 255 * (1.055 * (100 / 255) ** (1 / 2.4) - 0.055)
    assert np.abs(photo.pixels - light).max() < 2
    np.testing.assert_array_equal(photo.alpha, flat[:, :, 0])


@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("transparent", [False, True])
def test_a_profile_with_tables_is_converted(transparent: bool, bits: int, tmp_path: Path) -> None:
    pixels = (picture(bits=bits) * 0.5 + (1 << bits) * 0.25).astype(picture(bits=bits).dtype)
    opacity = alpha(bits=bits) if transparent else None
    save_photo(Photo(pixels=pixels, alpha=opacity, icc=swapping_lut()), tmp_path / "a.tif")
    photo = open_photo(tmp_path / "a.tif")
    assert photo.bits == bits
    assert photo.icc == srgb_icc()
    error = np.abs(photo.pixels[:, :, ::-1].astype(float) - pixels) / (1 << (bits - 8))
    assert error.max() < 3
    if transparent:
        np.testing.assert_array_equal(photo.alpha, opacity)


BAD_PROFILES = {
    "garbage": b"this is not a profile at all" * 10,
    "cut": adobe_rgb()[:200],
    "gray-for-rgb": gray(curv(563)),
    "empty-lut": rgb(curv(563), extra={"A2B0": b"mft2" + bytes(60)}),
    "cmyk-for-rgb": profile({"A2B0": b"mft2" + bytes(60)}, space="CMYK", pcs="Lab "),
}


@pytest.mark.parametrize("icc", BAD_PROFILES.values(), ids=BAD_PROFILES.keys())
@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif"])
def test_a_useless_profile_is_dropped(
    suffix: str, icc: bytes, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    Image.fromarray(RGB).save(tmp_path / f"plain{suffix}")
    photo = opened(Image.fromarray(RGB), tmp_path / f"a{suffix}", icc_profile=icc)
    assert photo.icc is None
    np.testing.assert_array_equal(photo.pixels, open_photo(tmp_path / f"plain{suffix}").pixels)
    assert read_thumbnail(tmp_path / f"a{suffix}", 20).shape == (14, 20, 3)
    assert capfd.readouterr() == ("", "")


def test_an_rgb_profile_on_gray_is_dropped(tmp_path: Path) -> None:
    for icc in (adobe_rgb(), swapping_lut()):
        photo = opened(Image.fromarray(GRAY), tmp_path / "a.tif", icc_profile=icc)
        assert photo.icc is None
        np.testing.assert_array_equal(photo.pixels[:, :, 0], GRAY)


# orientation and thumbnails


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", [".png", ".tif", ".jpg", ".webp"])
def test_upright(suffix: str, orientation: int, tmp_path: Path) -> None:
    image = Image.fromarray(RGB)
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / f"a{suffix}"
    image.save(path, exif=exif, lossless=True)
    with Image.open(path) as stored:
        expected = np.asarray(ImageOps.exif_transpose(stored))
    photo = open_photo(path)
    np.testing.assert_array_equal(photo.pixels, expected)
    again = tmp_path / f"b{suffix}"
    save_photo(photo, again)
    assert open_photo(again).pixels.shape == expected.shape
    with Image.open(again) as image:
        assert image.getexif().get(0x0112, 1) == 1
    thumbnail = read_thumbnail(path, 28)
    assert thumbnail.shape == ((28, 20, 3) if orientation > 4 else (20, 28, 3))
    small = np.asarray(
        Image.fromarray(expected).resize(thumbnail.shape[1::-1], Image.Resampling.BOX)
    )
    assert np.abs(thumbnail.astype(int) - small).mean() < 4


def test_upright_with_alpha(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    photo = opened(Image.fromarray(np.dstack([RGB, alpha()])), tmp_path / "a.png", exif=exif)
    np.testing.assert_array_equal(photo.pixels, np.rot90(RGB, -1))
    np.testing.assert_array_equal(photo.alpha, np.rot90(alpha(), -1))


@pytest.mark.parametrize(
    "name", ["rgb.jpg", "gray.jpg", "gray16.png", "alpha.png", "cmyk.tif", "adobe.jpg", "a.webp"]
)
def test_thumbnails_are_small_srgb(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if name == "cmyk.tif":
        Image.fromarray(picture(300, 420)).convert("CMYK").save(path)
    elif name == "alpha.png":
        Image.fromarray(np.dstack([picture(300, 420), alpha(300, 420)])).save(path)
    else:
        channels = 1 if "gray" in name else 3
        pixels = picture(300, 420, channels, 16 if "16" in name else 8)
        save_photo(Photo(pixels=pixels, icc=adobe_rgb() if "adobe" in name else None), path)
    thumbnail = read_thumbnail(path, 70)
    assert thumbnail.shape == (50, 70, 3)
    assert thumbnail.dtype == np.uint8
    photo = open_photo(path)
    if name in ("rgb.jpg", "gray.jpg", "gray16.png", "a.webp"):
        values = (photo.pixels / (257 if photo.bits == 16 else 1)).astype(np.uint8)
        whole = Image.fromarray(values.repeat(3 // values.shape[2], axis=2))
        small = np.asarray(whole.resize((70, 50), Image.Resampling.BOX))
        assert np.abs(thumbnail.astype(int) - small).mean() < 3
    if name == "alpha.png":
        assert thumbnail[0, 0].min() > 240  # transparent, on white


def test_thumbnails_never_grow(tmp_path: Path) -> None:
    save_photo(Photo(pixels=RGB), tmp_path / "a.jpg")
    assert read_thumbnail(tmp_path / "a.jpg", 500).shape == RGB.shape
    save_photo(Photo(pixels=np.zeros((1, 900, 1), np.uint8)), tmp_path / "a.png")
    assert read_thumbnail(tmp_path / "a.png", 90).shape == (1, 90, 3)


def test_a_thumbnail_shows_the_colours_of_the_profile(tmp_path: Path) -> None:
    flat = np.full((64, 64, 3), (100, 200, 100), np.uint8)
    save_photo(Photo(pixels=flat, icc=adobe_rgb()), tmp_path / "a.png")
    thumbnail = read_thumbnail(tmp_path / "a.png", 16)
    assert thumbnail[8, 8, 0] < 40  # this green lies at the edge of sRGB
    assert thumbnail[8, 8, 1] in range(197, 205)
