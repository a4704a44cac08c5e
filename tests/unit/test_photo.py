from __future__ import annotations

import errno
import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from colordesk.icc import SRGB, SRGB_GRAY
from colordesk.photo import SAVABLE, Photo, PhotoError, open_photo, read_thumbnail, save_photo
from colordesk.photo import writing as writing_module
from colordesk.task import Cancelled, Task
from tests.pictures import alpha, picture
from tests.profiles import adobe_rgb, curv, gray

EXACT = (".png", ".tif")


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def saved(photo: Photo, target: Path, **options: Any) -> Photo:
    save_photo(photo, target, **options)
    assert names(target.parent) == [target.name]
    return open_photo(target)


@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("transparent", [False, True])
@pytest.mark.parametrize("suffix", EXACT)
def test_png_and_tiff_keep_every_bit(
    suffix: str, transparent: bool, channels: int, bits: int, tmp_path: Path
) -> None:
    pixels = picture(channels=channels, bits=bits)
    photo = Photo(pixels=pixels, alpha=alpha(bits=bits) if transparent else None)
    again = saved(photo, tmp_path / f"a{suffix}")
    assert again.bits == bits
    np.testing.assert_array_equal(again.pixels, pixels)
    assert (again.alpha is None) == (photo.alpha is None)
    if again.alpha is not None:
        np.testing.assert_array_equal(again.alpha, alpha(bits=bits))
    assert again.id == photo.id
    assert (again.icc, again.exif, again.xmp, again.iptc, again.dpi) == (None,) * 5
    assert again.path == tmp_path / f"a{suffix}"


def test_a_tiff_of_more_than_4_gigabytes_is_a_bigtiff(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing_module, "_CLASSIC_TIFF", picture().nbytes - 1)
    photo = Photo(pixels=picture(), icc=adobe_rgb(), dpi=(300, 300), xmp=b"<x/>")
    again = saved(photo, tmp_path / "a.tif")
    assert again.id == photo.id
    assert (again.xmp, again.dpi) == (b"<x/>", (300, 300))
    assert (tmp_path / "a.tif").read_bytes()[:4] in (b"II+\0", b"MM\0+")
    with Image.open(tmp_path / "a.tif") as image:
        np.testing.assert_array_equal(np.asarray(image), picture())


@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("suffix", [".jpg", ".webp"])
def test_jpeg_and_webp_come_near_in_8_bits(
    suffix: str, channels: int, bits: int, tmp_path: Path
) -> None:
    photo = Photo(pixels=picture(channels=channels, bits=bits))
    again = saved(photo, tmp_path / f"a{suffix}")
    assert again.bits == 8
    assert again.is_gray == (channels == 1 and suffix == ".jpg")
    error = np.abs(again.pixels.astype(float) - photo.pixels / (257 if bits == 16 else 1))
    assert error.mean() < 2.5
    assert (again.icc, again.exif, again.xmp, again.iptc, again.dpi) == (None,) * 5


def test_16_bits_are_rounded_not_cut(tmp_path: Path) -> None:
    levels = np.arange(1, 255)[:, None, None] * 257
    flat = np.ones((8, 8, 1))
    low = np.concatenate([flat * (level - 128) for level in levels[:, 0, 0]]).astype(np.uint16)
    high = np.concatenate([flat * (level + 128) for level in levels[:, 0, 0]]).astype(np.uint16)
    expected = np.concatenate([flat * n for n in range(1, 255)])
    for name, pixels in (("low.jpg", low), ("high.jpg", high)):
        save_photo(Photo(pixels=pixels), tmp_path / name, quality=100)
        assert np.abs(open_photo(tmp_path / name).pixels - expected).max() <= 0.5


def test_webp_keeps_alpha(tmp_path: Path) -> None:
    photo = Photo(pixels=picture(), alpha=alpha())
    again = saved(photo, tmp_path / "a.webp")
    np.testing.assert_array_equal(again.alpha, alpha())
    wide = saved(Photo(pixels=picture(bits=16), alpha=alpha(bits=16)), tmp_path / "a.webp")
    np.testing.assert_array_equal(wide.alpha, alpha())


def test_jpeg_refuses_what_is_transparent_and_only_that(tmp_path: Path) -> None:
    with pytest.raises(PhotoError, match="transparency"):
        save_photo(Photo(pixels=picture(), alpha=alpha()), tmp_path / "a.jpg")
    assert not names(tmp_path)
    opaque = np.full(picture().shape[:2], 255, np.uint8)
    assert saved(Photo(pixels=picture(), alpha=opaque), tmp_path / "a.jpg").alpha is None


def test_spellings_of_suffixes(tmp_path: Path) -> None:
    photo = Photo(pixels=picture())
    kinds = {".jpeg": "JPEG", ".JPG": "JPEG", ".tiff": "TIFF", ".TIF": "TIFF", ".Png": "PNG"}
    for suffix, kind in (kinds | dict.fromkeys(SAVABLE.values())).items():
        save_photo(photo, tmp_path / f"a{suffix}")
        with Image.open(tmp_path / f"a{suffix}") as image:
            assert kind in (None, image.format)
    with pytest.raises(PhotoError, match="jpg, png, tif, webp"):
        save_photo(photo, tmp_path / "a.gif")
    with pytest.raises(PhotoError):
        save_photo(photo, tmp_path / "png")


@pytest.mark.parametrize(
    ("suffix", "side"), [(".jpg", 65_536), (".webp", 16_384)], ids=["jpg", "webp"]
)
def test_a_side_that_a_format_cannot_hold_is_refused(
    suffix: str, side: int, tmp_path: Path
) -> None:
    photo = Photo(pixels=np.zeros((1, side, 1), np.uint8))
    with pytest.raises(PhotoError, match=f"{side - 1} pixels"):
        save_photo(photo, tmp_path / f"a{suffix}")
    assert not names(tmp_path)
    assert saved(photo, tmp_path / "a.png").width == side


def test_quality_is_heard(tmp_path: Path) -> None:
    noise = np.random.default_rng(5).integers(0, 256, (64, 64, 3)).astype(np.uint8)
    for suffix in (".jpg", ".webp"):
        for quality in (30, 95):
            save_photo(Photo(pixels=noise), tmp_path / f"{quality}{suffix}", quality=quality)
        small, large = ((tmp_path / f"{q}{suffix}").stat().st_size for q in (30, 95))
        assert small < large / 2


def test_jpeg_of_high_quality_keeps_colour_at_full_size(tmp_path: Path) -> None:
    stripes = np.zeros((32, 32, 3), np.uint8)
    stripes[:, ::2] = (200, 40, 40)
    stripes[:, 1::2] = (40, 40, 200)
    again = saved(Photo(pixels=stripes), tmp_path / "a.jpg", quality=95)
    assert np.abs(again.pixels.astype(int) - stripes).mean() < 6


@pytest.mark.parametrize(
    "name", ["a[page=1].jpg", "two words.png", "Großmutter 祖母 😀.tif", "-q[0].webp", "a'\"%s.jpg"]
)
def test_any_name_works(name: str, tmp_path: Path) -> None:
    assert saved(Photo(pixels=picture()), tmp_path / name).width == 56
    assert read_thumbnail(tmp_path / name, 16).shape == (11, 16, 3)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems know no such names")
def test_a_name_that_is_no_text_works(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.png")
    assert saved(Photo(pixels=picture()), path).width == 56


def test_a_new_file_takes_the_place_of_an_old_one_only_when_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.png"
    save_photo(Photo(pixels=picture()), target)
    before = target.read_bytes()
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        save_photo(Photo(pixels=picture(400, 400)), target, task=task)
    assert target.read_bytes() == before
    assert names(tmp_path) == ["a.png"]


@pytest.mark.parametrize("suffix", SAVABLE.values())
def test_work_can_be_watched_and_stopped_midway(suffix: str, tmp_path: Path) -> None:
    noise = np.random.default_rng(5).integers(0, 256, (1500, 1500, 3)).astype(np.uint8)
    photo = Photo(pixels=noise)
    seen: list[float] = []
    save_photo(photo, tmp_path / f"a{suffix}", task=Task(lambda done, _: seen.append(done)))
    assert seen == sorted(seen)
    assert len(seen) > 2
    seen.clear()
    open_photo(tmp_path / f"a{suffix}", Task(lambda done, _: seen.append(done)))
    assert seen == sorted(seen)
    assert seen[-1] == 1

    def stop(done: float, _: str) -> None:
        if done > 0.2:
            stopping.cancel()

    stopping = Task(stop)
    with pytest.raises(Cancelled):
        save_photo(photo, tmp_path / f"b{suffix}", task=stopping)
    stopping = Task(stop)
    with pytest.raises(Cancelled):
        open_photo(tmp_path / f"a{suffix}", stopping)
    assert names(tmp_path) == [f"a{suffix}"]


def test_a_missing_folder_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        save_photo(Photo(pixels=picture()), tmp_path / "none" / "a.jpg")


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").mkdir()
    with pytest.raises(OSError, match=r"a\.jpg"):
        save_photo(Photo(pixels=picture()), tmp_path / "a.jpg")
    assert names(tmp_path) == ["a.jpg"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("suffix", SAVABLE.values())
def test_a_full_disk_is_called_so(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    @contextmanager
    def full(target: Path) -> Iterator[Path]:
        yield Path("/dev/full")

    monkeypatch.setattr(writing_module, "atomic_write", full)
    noise = np.random.default_rng(5).integers(0, 256, (300, 300, 3)).astype(np.uint8)
    with pytest.raises(OSError, match="space") as caught:
        save_photo(Photo(pixels=noise), tmp_path / f"a{suffix}")
    assert caught.value.errno == errno.ENOSPC
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
@pytest.mark.parametrize("suffix", SAVABLE.values())
def test_a_file_that_cannot_grow_leaves_nothing_behind(suffix: str, tmp_path: Path) -> None:
    code = """
        import resource, sys
        from pathlib import Path
        import numpy as np
        from colordesk.photo import Photo, save_photo

        noise = np.random.default_rng(5).integers(0, 256, (300, 300, 3)).astype(np.uint8)
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
        try:
            save_photo(Photo(pixels=noise), Path(sys.argv[1]))
        except OSError as error:
            print(type(error).__name__, error.errno)
    """
    command = [sys.executable, "-c", textwrap.dedent(code), str(tmp_path / f"a{suffix}")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == (f"OSError {errno.EFBIG}\n", "")
    assert not names(tmp_path)


def test_a_photo_is_a_value() -> None:
    pixels = picture()
    photo = Photo(pixels=pixels, alpha=alpha(), dpi=(300, 300), xmp=b"x", path=Path("a.png"))
    for values in (photo.pixels, photo.alpha):
        assert values is not None
        with pytest.raises(ValueError, match="read-only"):
            values[0] = 0
    pixels[:] = 0  # the caller's own array stays the caller's
    assert (photo.width, photo.height, photo.bits, photo.is_gray) == (56, 40, 8, False)
    other = photo.with_pixels(picture(bits=8)[::-1], adobe_rgb())
    assert np.shares_memory(other.alpha, photo.alpha)
    assert (other.dpi, other.xmp) == ((300, 300), b"x")
    assert other.path == Path("a.png")
    assert other.icc == adobe_rgb()
    assert other.pixels.flags.c_contiguous


def test_what_the_values_mean() -> None:
    assert Photo(pixels=picture()).profile is SRGB
    assert Photo(pixels=picture(channels=1)).profile is SRGB_GRAY
    photo = Photo(pixels=picture(), icc=adobe_rgb())
    assert photo.profile is photo.profile
    assert photo.profile.space == "rgb"
    assert Photo(pixels=picture(channels=1), icc=gray(curv(563))).profile.space == "gray"


def test_the_id_tells_photos_apart() -> None:
    photo = Photo(pixels=picture())
    dot = picture()
    dot[20, 20, 1] ^= 1
    others = [
        Photo(pixels=dot),
        Photo(pixels=picture(), icc=adobe_rgb()),
        Photo(pixels=picture(), alpha=alpha()),
        Photo(pixels=picture().reshape(56, 40, 3)),
        Photo(pixels=picture().reshape(-1).view(np.uint16).reshape(20, 56, 3)),
    ]
    assert len({photo.id, *(other.id for other in others)}) == 1 + len(others)
    assert Photo(pixels=picture(), dpi=(72, 72), path=Path("b")).id == photo.id


@pytest.mark.parametrize(
    ("pixels", "opacity"),
    [
        (np.zeros((4, 4)), None),
        (np.zeros((4, 4, 3)), None),
        (np.zeros((4, 4, 4), np.uint8), None),
        (np.zeros((4, 4), np.uint8), None),
        (np.zeros((4, 4, 3), np.uint8), np.zeros((4, 5), np.uint8)),
        (np.zeros((4, 4, 3), np.uint8), np.zeros((4, 4), np.uint16)),
    ],
)
def test_nothing_else_is_a_photo(pixels: Any, opacity: Any) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        Photo(pixels=pixels, alpha=opacity)
