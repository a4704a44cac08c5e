"""Files that are no photos, or not whole, or meant to do harm: one clear clause for each."""

from __future__ import annotations

import io
import os
import struct
import sys
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pillow_heif
import pytest
import pyvips
from PIL import Image

from colordesk.photo import Photo, PhotoError, open_photo, read_thumbnail, save_photo, vips
from tests.pictures import picture

PIXELS = picture(80, 112)
NAMES = [
    "a.jpg",
    "progressive.jpg",
    "a.png",
    "a.tif",
    "plain.tif",
    "a.webp",
    "a.gif",
    "a.bmp",
    "a.jp2",
    "a.heic",
    "a.avif",
]


def encoded(name: str) -> bytes:
    suffix = Path(name).suffix
    image = Image.fromarray(PIXELS)
    data = io.BytesIO()
    if suffix == ".avif":
        return bytes(pyvips.Image.new_from_array(PIXELS).heifsave_buffer(compression="av1"))
    if suffix == ".heic":
        pillow_heif.from_pillow(image).save(data)
        return data.getvalue()
    kind = {".jpg": "JPEG", ".tif": "TIFF", ".jp2": "JPEG2000"}.get(suffix, suffix[1:].upper())
    options: dict[str, Any] = {"progressive": True} if "progressive" in name else {}
    if name == "a.tif":
        options["compression"] = "tiff_adobe_deflate"
    image.save(data, kind, **options)
    return data.getvalue()


def problem(path: Path) -> str:
    """What is said of a file, by both ways of reading it."""
    with pytest.raises(PhotoError) as caught:
        open_photo(path)
    assert caught.value.path == path
    with pytest.raises(PhotoError) as again:
        read_thumbnail(path, 32)
    assert again.value.problem == caught.value.problem
    return caught.value.problem


def test_nothing_there(tmp_path: Path) -> None:
    assert problem(tmp_path / "none.jpg") == "there is no such file"
    assert problem(tmp_path / "none" / "a.jpg") == "there is no such file"


def test_a_folder(tmp_path: Path) -> None:
    assert problem(tmp_path) == "it is a folder, not a picture"


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").touch()
    assert problem(tmp_path / "a.jpg") == "it is empty (zero bytes)"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a pipe")
def test_a_pipe_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.jpg")
    assert problem(tmp_path / "a.jpg") == "it is not a file"


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="an administrator may read everything"
)
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    save_photo(Photo(pixels=PIXELS), tmp_path / "a.jpg")
    (tmp_path / "a.jpg").chmod(0)
    assert problem(tmp_path / "a.jpg") == "you have no permission to read it"


def test_errors_of_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.jpg"
    save_photo(Photo(pixels=PIXELS), path)
    for error, expected in (
        (PermissionError(13, "Permission denied"), "you have no permission to read it"),
        (OSError(5, "Input/output error"), "it cannot be read (Input/output error)"),
    ):

        def fail(*_: Any, error: OSError = error) -> None:
            raise error

        with monkeypatch.context() as patch:
            patch.setattr(Path, "open", fail)
            assert problem(path) == expected


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 and so on",
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
        b"Dear Sir or Madam",
        b"\0" * 1000,
        b"RIFF\0\0\0\0WAVEfmt ",
        b"\0\0\0\x18ftypmp42\0\0\0\0isommp42",
        b"SIMPLE  =                    T",
        b"#?RADIANCE\n",
        b"\x76\x2f\x31\x01" + bytes(100),
        b"P6 1 1 255 abc",
        b"x",
    ],
    ids=["pdf", "svg", "text", "zeros", "wave", "film", "fits", "hdr", "exr", "ppm", "byte"],
)
def test_no_picture(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(data)
    assert problem(tmp_path / "a.jpg") == "it is not a picture, or of a kind that cannot be read"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("part", [0.03, 0.5, 0.9])
def test_cut_off(name: str, part: float, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    whole = encoded(name)
    (tmp_path / name).write_bytes(whole)
    assert open_photo(tmp_path / name).width == 112
    (tmp_path / name).write_bytes(whole[: max(40, int(len(whole) * part))])
    assert problem(tmp_path / name) == (
        "it is damaged or cut off, so that a part of the picture is missing"
    )
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", NAMES)
def test_no_flipped_byte_does_worse_than_refuse(
    name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    rng, problems = np.random.default_rng(13), set()
    whole = encoded(name)
    for _ in range(60):
        data = bytearray(whole)
        for at in rng.integers(0, len(data), 3):
            data[at] = rng.integers(0, 256)
        for at in rng.integers(0, 200, 1):  # headers decide more
            data[at] = rng.integers(0, 256)
        (tmp_path / name).write_bytes(data)
        for read in (open_photo, lambda path: read_thumbnail(path, 20)):
            try:
                read(tmp_path / name)
            except PhotoError as error:
                problems.add(error.problem.split()[0])
    assert problems <= {"it", "its"}
    assert capfd.readouterr() == ("", "")


def png_of(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n"
    for name, body in ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")):
        crc = struct.pack(">I", zlib.crc32(name + body))
        data += struct.pack(">I", len(body)) + name + body + crc
    return data


def bomb(name: str) -> bytes:
    """A small file that claims to be a huge picture."""
    whole = bytearray(encoded(name))
    if name == "a.png":
        return png_of(60_000, 60_000)
    if name == "a.jpg":
        at = whole.index(b"\xff\xc0") + 5
        whole[at : at + 4] = struct.pack(">HH", 65_000, 65_000)
    elif name == "plain.tif":
        for tag, old in ((256, 112), (257, 80)):
            at = whole.index(struct.pack("<HHII", tag, 4, 1, old))
            whole[at : at + 12] = struct.pack("<HHII", tag, 4, 1, 60_000)
    elif name == "a.bmp":
        whole[18:26] = struct.pack("<ii", 60_000, 60_000)
    elif name == "a.jp2":
        at = whole.index(b"ihdr") + 4
        whole[at : at + 8] = struct.pack(">II", 60_000, 60_000)
        at = whole.index(b"\xff\x51") + 6
        whole[at : at + 8] = struct.pack(">II", 60_000, 60_000)
    elif name == "a.gif":
        at = whole.index(b"\x2c\0\0\0\0" + struct.pack("<HH", 112, 80)) + 5
        whole[at : at + 4] = struct.pack("<HH", 60_000, 60_000)
    return bytes(whole)


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "plain.tif", "a.bmp", "a.jp2", "a.gif"])
def test_a_decompression_bomb(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(bomb(name))
    said = problem(tmp_path / name)
    assert said.startswith("it claims to have 6"), said
    assert "512 megapixels" in said


def test_a_side_that_is_too_long(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png_of(vips.MAX_SIDE + 1, 2))
    assert "100000 a side" in problem(tmp_path / "a.png")


@pytest.mark.parametrize("name", NAMES)
def test_every_kind_is_measured_before_it_is_decoded(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / name).write_bytes(encoded(name))
    monkeypatch.setattr(vips, "MAX_PIXELS", 112 * 80 - 1)
    assert problem(tmp_path / name).startswith("it claims to have 112 x 80 pixels")
    monkeypatch.setattr(vips, "MAX_PIXELS", 112 * 80)
    assert open_photo(tmp_path / name).height == 80


def test_numbers_that_are_no_light(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    for values, said in (
        (PIXELS.astype(np.float32), "floating-point numbers from 0 to 255"),
        (np.full((9, 9), np.nan, np.float32), "it is damaged"),
        (PIXELS.astype(np.int16), "signed numbers"),
        (PIXELS.astype(np.int32), "signed numbers"),
    ):
        pyvips.Image.new_from_array(values).write_to_file(str(path))
        assert said in problem(path)


def test_loaders_that_nobody_needs_are_shut(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("1,2\n3,4\n")
    with pytest.raises(pyvips.Error):
        pyvips.Image.new_from_file(str(tmp_path / "a.csv"))
