"""What a file tells beside its pixels, looked at with an independent reader."""

from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pillow_heif
import pytest
from PIL import Image, IptcImagePlugin

from colordesk.photo import SAVABLE, Photo, open_photo, save_photo
from colordesk.photo.blocks import clean_xmp, iptc_records
from colordesk.photo.exif import clean_exif, finish_tiff, read_resolution, read_tiff
from tests.pictures import picture

RGB = picture()
MAKER_NOTE = b"Maker\0" + bytes(range(60))
XMP = (
    b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<rdf:RDF><rdf:Description tiff:Orientation="6" dc:title="\xc3\xa4"/></rdf:RDF></x:xmpmeta>'
)
IIM = b"\x1c\x01\x5a\x00\x03\x1b%G" + b"\x1c\x02\x78\x00\x0bA caption.." + b"\x1c\x02\x50\x00\x02Me"
SUFFIXES = tuple(SAVABLE.values())

# tags of EXIF
MAKE, ORIENTATION, ARTIST, TITLE = 0x10F, 0x112, 0x13B, 0x9C9B
TAKEN, NOTE, WIDTH, HEIGHT, COMMENT, EXPOSURE = 0x9003, 0x927C, 0xA002, 0xA003, 0x9286, 0x829A
INNER, PLACE = 0x8769, 0x8825


def exif_bytes(orientation: int = 6) -> bytes:
    exif = Image.Exif()
    exif[MAKE], exif[ORIENTATION], exif[ARTIST] = "Leitz", orientation, "Joerg"
    exif[TITLE] = "Oma".encode("utf-16-le")
    exif[0x11A] = exif[0x11B] = 240.0
    exif[0x128] = 2
    inner = exif.get_ifd(INNER)
    inner[TAKEN], inner[NOTE] = "1931:05:06 07:08:09", MAKER_NOTE
    inner[COMMENT] = b"UNICODE\0" + "Öl".encode("utf-16-le")
    inner[WIDTH], inner[HEIGHT], inner[EXPOSURE] = 56, 40, 0.008
    place = exif.get_ifd(PLACE)
    place[1], place[2] = "N", (48.0, 12.0, 30.5)
    return exif.tobytes()


def seen_by_pillow(path: Path) -> dict[str, Any]:
    with Image.open(path) as image:
        exif = image.getexif()
        # Pillow finds EXIF and IPTC of TIFF among its tags, which hold more than that
        return {
            "main": {n: exif[n] for n in (MAKE, ORIENTATION, ARTIST, TITLE) if n in exif},
            "inner": dict(exif.get_ifd(INNER)),
            "place": dict(exif.get_ifd(PLACE)),
            "xmp": image.info.get("xmp") or image.info.get("XML:com.adobe.xmp", "").encode(),
            "iptc": IptcImagePlugin.getiptcinfo(image)
            if image.format in ("JPEG", "TIFF")
            else None,
            "dpi": image.info.get("dpi"),
        }


def full_jpeg(path: Path) -> None:
    data = io.BytesIO()
    Image.fromarray(RGB).save(data, "JPEG", exif=exif_bytes(), xmp=XMP, dpi=(240, 240))
    block = b"Photoshop 3.0\0" + b"8BIM\x04\x21\x04abcd\0" + struct.pack(">I", 3) + b"xyz\0"
    block += b"8BIM\x04\x04\0\0" + struct.pack(">I", len(IIM)) + IIM + bytes(len(IIM) % 2)
    app13 = b"\xff\xed" + struct.pack(">H", len(block) + 2) + block
    whole = data.getvalue()
    path.write_bytes(whole[:2] + app13 + whole[2:])


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_everything_survives(suffix: str, tmp_path: Path) -> None:
    full_jpeg(tmp_path / "in.jpg")
    before = seen_by_pillow(tmp_path / "in.jpg")
    photo = open_photo(tmp_path / "in.jpg")
    assert (photo.width, photo.height) == (40, 56)  # turned
    target = tmp_path / f"out{suffix}"
    save_photo(photo, target)
    after = seen_by_pillow(target)
    assert after["main"] == before["main"] | {ORIENTATION: 1}
    assert after["inner"] == before["inner"] | {WIDTH: 40, HEIGHT: 56}
    assert after["inner"][NOTE] == MAKER_NOTE
    assert after["place"] == before["place"]
    assert after["xmp"] == XMP.replace(b'Orientation="6"', b'Orientation="1"')
    if suffix in (".jpg", ".tif"):
        assert after["iptc"] == before["iptc"] != {}
    if suffix != ".webp":
        assert after["dpi"] == pytest.approx((240, 240), abs=0.01)
    again = open_photo(target)
    assert again.dpi == pytest.approx((240, 240), abs=0.01)
    assert again.xmp == photo.xmp
    if suffix != ".tif":
        assert again.exif == photo.exif
    if suffix in (".jpg", ".tif"):
        assert again.iptc == photo.iptc == IIM
    # and nothing is worn off by doing it again
    save_photo(again, tmp_path / f"third{suffix}")
    assert seen_by_pillow(tmp_path / f"third{suffix}") == after


@pytest.mark.parametrize("source", SUFFIXES)
@pytest.mark.parametrize("target", SUFFIXES)
def test_exif_goes_from_any_format_to_any(source: str, target: str, tmp_path: Path) -> None:
    save_photo(
        Photo(pixels=RGB, exif=exif_bytes(1).removeprefix(b"Exif\0\0")), tmp_path / f"a{source}"
    )
    save_photo(open_photo(tmp_path / f"a{source}"), tmp_path / f"b{target}")
    found = seen_by_pillow(tmp_path / f"b{target}")
    assert (found["main"][MAKE], found["inner"][TAKEN]) == ("Leitz", "1931:05:06 07:08:09")
    assert found["inner"][NOTE] == MAKER_NOTE
    assert found["inner"][EXPOSURE] == pytest.approx(0.008)
    assert found["place"] == {1: "N", 2: (48.0, 12.0, 30.5)}


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".webp"])
def test_what_other_programs_wrote_is_read(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    Image.fromarray(RGB).save(path, exif=exif_bytes(1), dpi=(300, 150), xmp=XMP)
    photo = open_photo(path)
    save_photo(photo, tmp_path / "b.tif")
    found = seen_by_pillow(tmp_path / "b.tif")
    assert (found["main"][ARTIST], found["inner"][NOTE]) == ("Joerg", MAKER_NOTE)
    expected = (240, 240) if suffix == ".webp" else (300, 150)  # it has no place of its own
    assert photo.dpi == pytest.approx(expected, abs=0.02)
    assert found["dpi"] == pytest.approx(expected, abs=0.02)
    if suffix not in (".png", ".tif"):  # where Pillow writes no XMP
        assert found["xmp"] == clean_xmp(XMP)


@pytest.mark.parametrize("big_endian", [False, True])
def test_byte_order_is_changed_where_formats_meet(big_endian: bool, tmp_path: Path) -> None:
    order = ">" if big_endian else "<"
    inner = struct.pack(order + "HHHIII", 2, 0x829A, 5, 1, 100, 0)[:-4]
    inner = struct.pack(order + "HHHII", 1, 0x829A, 5, 1, 200) + bytes(4)
    main = struct.pack(order + "H", 2) + struct.pack(order + "HHI4s", MAKE, 2, 4, b"abc\0")
    main += struct.pack(order + "HHII", INNER, 4, 1, 60) + bytes(4)
    head = (b"MM\0*" if big_endian else b"II*\0") + struct.pack(order + "I", 8)
    exif = (head + main).ljust(60, b"\0") + inner
    exif = exif.ljust(200, b"\0") + struct.pack(order + "II", 1, 125)
    save_photo(Photo(pixels=RGB, exif=exif), tmp_path / "a.tif")
    found = seen_by_pillow(tmp_path / "a.tif")
    assert found["main"][MAKE] == "abc"
    assert found["inner"][EXPOSURE] == 1 / 125
    save_photo(open_photo(tmp_path / "a.tif"), tmp_path / "b.jpg")
    assert seen_by_pillow(tmp_path / "b.jpg")["inner"][EXPOSURE] == 1 / 125


def test_tags_of_tiff_and_bigtiff(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[MAKE] = "Leitz"
    for big in (True, False):
        Image.fromarray(RGB).save(tmp_path / "a.tif", exif=exif, dpi=(300, 300), big_tiff=big)
        photo = open_photo(tmp_path / "a.tif")
        save_photo(photo, tmp_path / "b.jpg")
        assert seen_by_pillow(tmp_path / "b.jpg")["main"] == {MAKE: "Leitz"}
        assert photo.dpi == pytest.approx((300, 300))


def test_a_bigtiff_is_finished_as_well(tmp_path: Path) -> None:
    Image.fromarray(RGB).save(tmp_path / "a.tif", big_tiff=True)
    with (tmp_path / "a.tif").open("r+b") as file:
        exif = exif_bytes(1).removeprefix(b"Exif\0\0")
        finish_tiff(file, exif=exif, xmp=clean_xmp(XMP), iptc=IIM, icc=None, dpi=(90, 90))
    with Image.open(tmp_path / "a.tif") as image:
        np.testing.assert_array_equal(np.asarray(image), RGB)
    found = seen_by_pillow(tmp_path / "a.tif")
    assert found["xmp"] == clean_xmp(XMP)
    assert found["dpi"] == (90, 90)
    with (tmp_path / "a.tif").open("rb") as file:
        again, dpi = read_tiff(file)
    assert dpi == pytest.approx((90, 90))
    assert again is not None
    assert MAKER_NOTE in again


def test_nothing_is_made_up(tmp_path: Path) -> None:
    for suffix in SUFFIXES:
        save_photo(Photo(pixels=RGB), tmp_path / f"a{suffix}")
        with Image.open(tmp_path / f"a{suffix}") as image:
            assert not {"exif", "icc_profile", "xmp", "dpi"} & set(image.info), suffix
            if suffix != ".tif":
                assert not image.getexif()
        assert open_photo(tmp_path / f"a{suffix}").dpi is None


@pytest.mark.parametrize(
    "dpi", [(72, 72), (300, 300), (1200, 600), (299.9994, 299.9994), (2.5, 2.5)]
)
def test_density(dpi: tuple[float, float], tmp_path: Path) -> None:
    for suffix in SUFFIXES:
        save_photo(Photo(pixels=RGB, dpi=dpi), tmp_path / f"a{suffix}")
        found = open_photo(tmp_path / f"a{suffix}").dpi
        step = {".jpg": 0.5, ".png": 0.0254 / 2, ".tif": 1e-3, ".webp": 1e-3}[suffix]
        assert found == pytest.approx(dpi, abs=step + 1e-9), suffix


def test_density_in_centimetres(tmp_path: Path) -> None:
    data = io.BytesIO()
    Image.fromarray(RGB).save(data, "JPEG", dpi=(300, 300))
    whole = bytearray(data.getvalue())
    whole[13:18] = struct.pack(">BHH", 2, 100, 200)
    (tmp_path / "a.jpg").write_bytes(whole)
    assert open_photo(tmp_path / "a.jpg").dpi == pytest.approx((254, 508))
    info = {282: 100.0, 283: 200.0, 296: 3}
    Image.fromarray(RGB).save(tmp_path / "a.tif", tiffinfo=info)
    assert open_photo(tmp_path / "a.tif").dpi == pytest.approx((254, 508))


def test_the_thumbnail_goes_and_the_maker_note_stays_where_it_was() -> None:
    jpeg = io.BytesIO()
    Image.fromarray(RGB).save(jpeg, "JPEG")
    small = jpeg.getvalue()
    for last in (True, False):
        main = struct.pack("<HHHIII", 1, ORIENTATION, 3, 1, 6, 26)
        at = 26 + 2 + 24 + 4
        second = struct.pack("<H", 2) + struct.pack("<HHII", 0x201, 4, 1, at)
        second += struct.pack("<HHII", 0x202, 4, 1, len(small)) + bytes(4)
        exif = b"II*\0\x08\0\0\0" + main + second + small + (b"" if last else MAKER_NOTE)
        cleaned = clean_exif(b"Exif\0\0" + exif, 40, 56)
        assert cleaned is not None
        assert small not in cleaned
        assert len(cleaned) == (at if last else len(exif))
        assert last or cleaned.endswith(MAKER_NOTE)
        assert cleaned[18:26] == struct.pack("<II", 1, 0)


def test_damaged_exif_is_dropped_and_the_photo_opens(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for bad in (
        b"Exif\0\0nonsense",
        b"Exif\0\0II*\0\xff\xff\xff\x7f",
        b"Exif\0\0II*\0\x08\0\0\0\xff\xff",
    ):
        Image.fromarray(RGB).save(tmp_path / "a.jpg", exif=bad)
        assert open_photo(tmp_path / "a.jpg").exif is None
    assert capfd.readouterr() == ("", "")


def test_no_flipped_byte_of_tags_does_harm(tmp_path: Path) -> None:
    rng = np.random.default_rng(7)
    sound = exif_bytes().removeprefix(b"Exif\0\0")
    blank = io.BytesIO()
    Image.fromarray(RGB).save(blank, "TIFF")
    for _ in range(3000):
        data = bytearray(sound)
        for at in rng.integers(0, len(data), 4):
            data[at] = rng.integers(0, 256)
        exif = clean_exif(bytes(data[: rng.integers(0, len(data) + 1)]), 40, 56)
        if exif is None:
            continue
        read_resolution(exif)
        read_tiff(io.BytesIO(exif))
        file = io.BytesIO(blank.getvalue())
        finish_tiff(file, exif=exif, xmp=None, iptc=None, icc=None, dpi=None)
        with Image.open(file) as image:
            np.testing.assert_array_equal(np.asarray(image), RGB)


def test_directories_that_point_at_themselves_end() -> None:
    main = struct.pack("<HHHIIHHIII", 2, INNER, 4, 1, 8, PLACE, 4, 1, 8, 8)
    exif = b"II*\0\x08\0\0\0" + main
    assert clean_exif(exif, 1, 1) is not None
    again, _ = read_tiff(io.BytesIO(exif))
    assert again is not None
    assert len(again) < 500


def test_orientation_in_xmp() -> None:
    for wrong in (b'tiff:Orientation="8"', b"<tiff:Orientation>3</tiff:Orientation>"):
        right = wrong.replace(b"8", b"1").replace(b"3", b"1")
        assert clean_xmp(b"<a " + wrong + b">") == b"<a " + right + b">"
    assert clean_xmp(b'other:Orientation="8"') == b'other:Orientation="8"'


def test_iptc_in_blocks_of_photoshop() -> None:
    assert iptc_records(IIM) == IIM
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(IIM)) + IIM
    assert iptc_records(b"Photoshop 3.0\0" + block) == IIM
    assert iptc_records(block) == IIM
    for n in range(len(block)):
        found = iptc_records(b"Photoshop 3.0\0" + block[:n])
        assert found is None or IIM.startswith(found)


def test_what_a_format_has_no_room_for_is_left_out(tmp_path: Path) -> None:
    long = b"<x>" + b"y" * 70_000 + b"</x>"
    photo = Photo(pixels=RGB, xmp=long, iptc=long, exif=exif_bytes(1)[6:])
    save_photo(photo, tmp_path / "a.jpg")
    again = open_photo(tmp_path / "a.jpg")
    assert (again.xmp, again.iptc) == (None, None)
    assert again.exif == photo.exif
    for suffix in (".png", ".tif", ".webp"):
        save_photo(photo, tmp_path / f"a{suffix}")
        assert open_photo(tmp_path / f"a{suffix}").xmp == long


def test_metadata_of_heic(tmp_path: Path) -> None:
    heif = pillow_heif.from_pillow(Image.fromarray(RGB))
    heif.save(tmp_path / "a.heic", exif=exif_bytes(1), xmp=XMP)
    photo = open_photo(tmp_path / "a.heic")
    save_photo(photo, tmp_path / "b.jpg")
    found = seen_by_pillow(tmp_path / "b.jpg")
    assert found["main"][MAKE] == "Leitz"
    assert found["xmp"] == clean_xmp(XMP)
    assert photo.dpi == (240, 240)
