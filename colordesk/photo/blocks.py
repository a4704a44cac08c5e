"""Metadata blocks of JPEG, PNG and WebP files: read where libvips does not tell, and written.

libvips writes pictures here without any metadata, and the blocks are put in by this file: so a
profile and EXIF stay byte for byte what they were, and no density is made up where none was known.
Invariant: what a format has no room for is left out, the rest of the file is sound.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from colordesk.photo.exif import PREFIX

_JPEG_ROOM = 65533
_XMP_MARK = b"http://ns.adobe.com/xap/1.0/\0"
_ICC_MARK = b"ICC_PROFILE\0"
_PHOTOSHOP_MARK = b"Photoshop 3.0\0"
_PNG_MARK = b"\x89PNG\r\n\x1a\n"
_PNG_XMP_MARK = b"XML:com.adobe.xmp" + bytes(5)
_IIM = 0x0404
_MAX_CHUNKS = 1000
_METRES = 0.0254  # in an inch


@dataclass(frozen=True)
class Metadata:
    """What a file tells beside its pixels."""

    exif: bytes | None = None
    """Without the mark that stands before it in JPEG."""
    xmp: bytes | None = None
    """The packet."""
    iptc: bytes | None = None
    """The IIM records."""
    icc: bytes | None = None
    dpi: tuple[float, float] | None = None
    """Dots per inch, across and down."""


def read_density(file: BinaryIO) -> tuple[float, float] | None:
    """Return the dots per inch that the JFIF block of a JPEG or the pHYs chunk of a PNG tells."""
    file.seek(0)
    head = file.read(20)
    if head.startswith(b"\xff\xd8\xff\xe0") and head[6:11] == b"JFIF\0" and len(head) >= 18:
        unit, x, y = struct.unpack(">BHH", head[13:18])
        scale = {1: 1.0, 2: 2.54}.get(unit)
    elif head.startswith(_PNG_MARK):
        data = next((data for name, data in _png_chunks(file) if name == b"pHYs"), b"")
        x, y, unit = struct.unpack(">IIB", data) if len(data) == 9 else (0, 0, 0)
        scale = _METRES if unit == 1 else None
    else:
        return None
    return (x * scale, y * scale) if scale and x and y else None


def _png_chunks(file: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    """Give the small chunks that stand before the pixels."""
    file.seek(len(_PNG_MARK))
    for _ in range(_MAX_CHUNKS):
        head = file.read(8)
        if len(head) < 8 or head[4:] == b"IDAT":
            return
        (length,) = struct.unpack(">I", head[:4])
        data = file.read(length) if length < 64 else b""
        yield head[4:], data
        file.seek(length - len(data) + 4, 1)


def iptc_records(data: bytes) -> bytes | None:
    """Return the IIM records from what libvips gives: bare, or a JPEG's block of Photoshop's."""
    if data.startswith(b"\x1c"):
        return data
    at = len(_PHOTOSHOP_MARK) if data.startswith(_PHOTOSHOP_MARK) else 0
    while data[at : at + 4] == b"8BIM" and len(data) >= at + 12:
        (name,) = struct.unpack_from(">H", data, at + 4)
        start = at + 6 + (data[at + 6] + 2) // 2 * 2  # a name, padded to even
        if len(data) < start + 4:
            return None
        (length,) = struct.unpack_from(">I", data, start)
        if name == _IIM:
            return data[start + 4 : start + 4 + length]
        at = start + 4 + length + length % 2
    return None


def clean_xmp(xmp: bytes) -> bytes:
    """Return the packet of a picture that was turned upright."""
    return re.sub(rb"(tiff:Orientation\s*(?:=\s*[\"']|>)\s*)[2-8](?=\s*[\"'<])", rb"\g<1>1", xmp)


def jpeg_with(head: bytes, meta: Metadata) -> bytes:
    """Return the beginning of a bare JPEG file with the blocks put in."""
    unit, x, y = (1, *(round(d) for d in meta.dpi)) if meta.dpi else (0, 1, 1)
    if max(x, y) > 0xFFFF or min(x, y) < 1:
        unit, x, y = 0, 1, 1
    blocks = [(0xE0, b"JFIF\0" + struct.pack(">HBHHBB", 0x0102, unit, x, y, 0, 0))]
    if meta.exif is not None:
        blocks.append((0xE1, PREFIX + meta.exif))
    if meta.xmp is not None:
        blocks.append((0xE1, _XMP_MARK + meta.xmp))
    if meta.icc is not None:
        room = _JPEG_ROOM - len(_ICC_MARK) - 2
        parts = [meta.icc[i : i + room] for i in range(0, len(meta.icc), room)]
        if len(parts) < 256:
            blocks += [
                (0xE2, _ICC_MARK + bytes((i, len(parts))) + part) for i, part in enumerate(parts, 1)
            ]
    if meta.iptc is not None:
        resource = b"8BIM" + struct.pack(">HHI", _IIM, 0, len(meta.iptc)) + meta.iptc
        blocks.append((0xED, _PHOTOSHOP_MARK + resource + bytes(len(resource) % 2)))
    written = (
        struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data
        for marker, data in blocks
        if len(data) <= _JPEG_ROOM
    )
    return head[:2] + b"".join(written) + head[2:]


def png_with(head: bytes, meta: Metadata) -> bytes:
    """Return the beginning of a bare PNG file, 64 bytes or more of it, with the chunks put in."""
    start = len(_PNG_MARK) + 25
    rest = head[start:]
    if rest[4:8] == b"pHYs":  # libvips makes up a density
        rest = rest[21:]
    chunks = b""
    if meta.icc is not None:
        chunks += _png_chunk(b"iCCP", b"ICC profile\0\0" + zlib.compress(meta.icc))
    if meta.dpi is not None:
        x, y = (min(round(d / _METRES), 0x7FFFFFFF) for d in meta.dpi)
        chunks += _png_chunk(b"pHYs", struct.pack(">IIB", x, y, 1))
    if meta.exif is not None:
        chunks += _png_chunk(b"eXIf", meta.exif)
    if meta.xmp is not None:
        chunks += _png_chunk(b"iTXt", _PNG_XMP_MARK + meta.xmp)
    return head[:start] + chunks + rest


def _png_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def webp_with(file: bytes, size: tuple[int, int], meta: Metadata) -> bytes:
    """Return a bare WebP file of a picture of width x height with the chunks put in."""
    if meta.icc is None and meta.exif is None and meta.xmp is None:
        return file
    chunks, flags = list(_webp_chunks(file)), 0
    if chunks[0][0] == b"VP8X":
        flags = chunks.pop(0)[1][0]
    for name, data, flag, at in (
        (b"ICCP", meta.icc, 0x20, 0),
        (b"EXIF", meta.exif, 0x08, len(chunks) + 1),
        (b"XMP ", meta.xmp, 0x04, len(chunks) + 2),
    ):
        if data is not None:
            chunks.insert(at, (name, data))
            flags |= flag
    canvas = b"".join(struct.pack("<I", side - 1)[:3] for side in size)
    chunks.insert(0, (b"VP8X", bytes((flags, 0, 0, 0)) + canvas))
    body = b"".join(
        name + struct.pack("<I", len(data)) + data + bytes(len(data) % 2) for name, data in chunks
    )
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


def _webp_chunks(file: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at + 8 <= len(file):
        (length,) = struct.unpack_from("<I", file, at + 4)
        yield file[at : at + 4], file[at + 8 : at + 8 + length]
        at += 8 + length + length % 2
