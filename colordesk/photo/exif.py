"""EXIF tags: cleaned for a picture that was turned and coloured, and moved into and out of TIFF.

EXIF is laid out as a small TIFF file (CIPA DC-008, TIFF 6.0). libvips writes it through a library
that drops what it does not know and invents what is missing, and not at all into TIFF; so it is
done here, on bytes. Tags come from strangers: no offset or count in them is trusted.
Invariant: what is not changed on purpose stays byte for byte as it was, maker notes too.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, BinaryIO, TypeAlias

PREFIX = b"Exif\0\0"
"""What stands before EXIF in a JPEG segment, and for some writers elsewhere."""

_BYTE, _SHORT, _LONG, _FRACTION, _UNDEFINED, _LONG8 = 1, 3, 4, 5, 7, 16
_SIZES = {_BYTE: 1, 2: 1, _SHORT: 2, _LONG: 4, _FRACTION: 8, 6: 1, _UNDEFINED: 1, 8: 2, 9: 4}
_SIZES |= {10: 8, 11: 4, 12: 8, 13: 4, _LONG8: 8, 17: 8, 18: 8}
_CODES = {_BYTE: "B", _SHORT: "H", _LONG: "I", 13: "I", _LONG8: "Q"}
_MAX_TAGS = 1000
_MAX_VALUE = 1 << 20
_MAX_STRIPS = 1 << 26

_WIDTH, _HEIGHT, _ORIENTATION = 0x100, 0x101, 0x112
_X_RESOLUTION, _Y_RESOLUTION, _RESOLUTION_UNIT = 0x11A, 0x11B, 0x128
_STRIP_OFFSETS, _STRIP_COUNTS, _JPEG_OFFSET, _JPEG_COUNT = 0x111, 0x117, 0x201, 0x202
_EXIF, _GPS, _INTEROPERABILITY = 0x8769, 0x8825, 0xA005
_EXIF_WIDTH, _EXIF_HEIGHT = 0xA002, 0xA003
_XMP, _IPTC, _ICC = 0x2BC, 0x83BB, 0x8773
# Tags of the first directory that tell of the photograph and not of how its pixels are laid out:
# names and dates, camera and scanner, copyright, rating, what Windows calls title and comment.
_DESCRIPTIVE = frozenset(
    (0x10D, 0x10E, 0x10F, 0x110, 0x131, 0x132, 0x13B, 0x13C, 0x4746, 0x4749, 0x8298)
) | frozenset((0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F, 0xC4A5))


class _BadTags(Exception):
    """The tags are damaged."""


@dataclass(frozen=True)
class _Tag:
    kind: int
    count: int
    value: bytes
    at: int = -1
    """Where the value lies."""


_Tree: TypeAlias = "dict[int, _Tag | _Tree]"


@dataclass(frozen=True)
class _Form:
    """How numbers and directories are written in one file."""

    order: str
    big: bool = False

    def pack(self, code: str, *values: Any) -> bytes:
        return struct.pack(self.order + code, *values)

    def read(self, file: BinaryIO, code: str) -> int:
        size = struct.calcsize(self.order + code)
        data = file.read(size)
        if len(data) < size:
            raise _BadTags
        return int(struct.unpack(self.order + code, data)[0])

    @property
    def count(self) -> str:
        """The code of the number of tags in a directory."""
        return "Q" if self.big else "H"

    @property
    def offset(self) -> str:
        """The code of an offset, and of the number of a tag's values."""
        return "Q" if self.big else "I"

    @property
    def room(self) -> int:
        """Bytes of an offset; a value that fits in them stands in its place."""
        return 8 if self.big else 4


@dataclass(frozen=True)
class _Directory:
    tags: dict[int, _Tag]
    next: int
    """Where the next directory lies, 0 for none."""
    next_at: int
    """Where that is written."""


def clean_exif(exif: bytes, width: int, height: int) -> bytes | None:
    """Return the EXIF of a picture after it was turned upright and changed.

    The orientation becomes 1, sizes are corrected, and the thumbnail, which would still show the
    picture of before, goes. Nothing else moves, since maker notes point at themselves.

    Args:
        exif: with or without `PREFIX`.
        width: of the upright picture.
        height: of the upright picture.

    Returns:
        EXIF without `PREFIX`; None where it is damaged.
    """
    data = bytearray(exif.removeprefix(PREFIX))
    try:
        file = io.BytesIO(data)
        form, first = _read_header(file)
        main = _read_directory(file, first, form)
        inner = _read_below(file, main.tags, _EXIF, form)
        thumbnail = _read_directory(file, main.next, form).tags if main.next else {}
    except _BadTags:
        return None
    for tags, name, value in (
        (main.tags, _ORIENTATION, 1),
        (main.tags, _WIDTH, width),
        (main.tags, _HEIGHT, height),
        (inner, _EXIF_WIDTH, width),
        (inner, _EXIF_HEIGHT, height),
    ):
        tag = tags.get(name)
        if tag and tag.kind in _CODES and tag.count == 1 and value >> 8 * _SIZES[tag.kind] == 0:
            data[tag.at : tag.at + len(tag.value)] = form.pack(_CODES[tag.kind], value)
    data[main.next_at : main.next_at + form.room] = bytes(form.room)
    for offset, count in ((_JPEG_OFFSET, _JPEG_COUNT), (_STRIP_OFFSETS, _STRIP_COUNTS)):
        start = _number(thumbnail.get(offset), form)
        stop = start + _number(thumbnail.get(count), form)
        if main.next_at < start < stop <= len(data):
            data[start:stop] = b"" if stop == len(data) else bytes(stop - start)
    return bytes(data)


def read_resolution(exif: bytes) -> tuple[float, float] | None:
    """Return the dots per inch that EXIF names, across and down."""
    file = io.BytesIO(exif.removeprefix(PREFIX))
    try:
        form, first = _read_header(file)
        return _resolution(_read_directory(file, first, form).tags, form)
    except _BadTags:
        return None


def resolution_exif(dpi: tuple[float, float]) -> bytes:
    """Return an EXIF that says nothing but the dots per inch."""
    form = _Form("<")
    return form.pack("2sHI", b"II", 42, 8) + _lay_out(_resolution_tags(dpi, form), 8, form)


def read_tiff(file: BinaryIO) -> tuple[bytes | None, tuple[float, float] | None]:
    """Read what a TIFF file tells beside its pixels.

    Returns:
        EXIF without `PREFIX`, or None; dots per inch across and down, or None.
    """
    try:
        form, first = _read_header(file)
        dpi = _resolution(_read_directory(file, first, form).tags, form)
        small = _Form(form.order)
        tree = _descriptive(file, first, form, small)
    except _BadTags:
        return None, None
    if not tree:
        return None, dpi
    tree |= _resolution_tags(dpi, small)
    mark = b"II" if form.order == "<" else b"MM"
    return small.pack("2sHI", mark, 42, 8) + _lay_out(tree, 8, small), dpi


def read_layout(file: BinaryIO) -> tuple[int, int, int]:
    """Return a TIFF file's photometric interpretation, compression and bits; 0 where unknown."""
    try:
        form, first = _read_header(file)
        tags = _read_directory(file, first, form).tags
    except _BadTags:
        return 0, 0, 0
    photometric, compression, bits = (_number(tags.get(n), form) for n in (0x106, 0x103, 0x102))
    return photometric, compression, bits


def finish_tiff(
    file: BinaryIO,
    *,
    exif: bytes | None,
    xmp: bytes | None,
    iptc: bytes | None,
    icc: bytes | None,
    dpi: tuple[float, float] | None,
) -> None:
    """Add metadata to a TIFF file that was just written, by a new first directory at its end.

    Args:
        file: open for reading and writing.
        exif: without `PREFIX`.
        xmp: the packet.
        iptc: the IIM records.
        icc: the profile.
        dpi: dots per inch across and down.
    """
    file.seek(0)
    form, first = _read_header(file)
    tree: _Tree = dict(_read_directory(file, first, form, max_value=_MAX_STRIPS).tags)
    if exif is not None:
        try:
            source = io.BytesIO(exif)
            old, start = _read_header(source)
            tree |= _descriptive(source, start, old, form)
        except _BadTags:
            pass  # clean_exif lets none through; a caller's own cannot be kept
    tree |= _resolution_tags(dpi, form)
    for name, kind, data in (
        (_XMP, _BYTE, xmp),
        (_IPTC, _UNDEFINED, iptc),
        (_ICC, _UNDEFINED, icc),
    ):
        if data is not None:
            tree[name] = _Tag(kind, len(data), data)
    at = file.seek(0, io.SEEK_END)
    at += file.write(bytes(at % 2))
    file.write(_lay_out(tree, at, form))
    file.seek(8 if form.big else 4)
    file.write(form.pack(form.offset, at))


def _read_header(file: BinaryIO) -> tuple[_Form, int]:
    """Return how the file is written and where its first directory lies."""
    file.seek(0)
    mark = file.read(4)
    if mark in (b"II*\0", b"MM\0*"):
        form = _Form("<" if mark[:1] == b"I" else ">")
    elif mark in (b"II+\0", b"MM\0+"):
        form = _Form("<" if mark[:1] == b"I" else ">", big=True)
        file.seek(8)
    else:
        raise _BadTags
    return form, form.read(file, form.offset)


def _read_directory(
    file: BinaryIO, at: int, form: _Form, max_value: int = _MAX_VALUE
) -> _Directory:
    """Read one directory; a tag that is damaged or too large is left out."""
    end = file.seek(0, io.SEEK_END)
    if not 0 < at < end:
        raise _BadTags
    file.seek(at)
    count = form.read(file, form.count)
    if count > _MAX_TAGS:
        raise _BadTags
    tags = {}
    entry = at + struct.calcsize(form.order + form.count)
    for _ in range(count):
        file.seek(entry)
        name, kind, number = (form.read(file, c) for c in ("H", "H", form.offset))
        size = _SIZES.get(kind, 0) * number
        value_at = file.tell()
        if size > form.room:
            value_at = form.read(file, form.offset)
        if 0 < size <= max_value and value_at + size <= end:
            file.seek(value_at)
            tags[name] = _Tag(kind, number, file.read(size), value_at)
        entry += 4 + 2 * form.room
    file.seek(entry)
    return _Directory(tags, form.read(file, form.offset), entry)


def _read_below(
    file: BinaryIO, tags: Mapping[int, _Tag], name: int, form: _Form
) -> dict[int, _Tag]:
    """Read the directory that a tag points at; there may be none."""
    at = _number(tags.get(name), form)
    return _read_directory(file, at, form).tags if at else {}


def _number(tag: _Tag | None, form: _Form) -> int:
    """Return the first number of a tag; 0 without one."""
    if tag is None or tag.kind not in _CODES:
        return 0
    return form.read(io.BytesIO(tag.value), _CODES[tag.kind])


def _descriptive(file: BinaryIO, first: int, old: _Form, new: _Form) -> _Tree:
    """Return what tells of the photograph, its numbers in another form."""
    main = _read_directory(file, first, old).tags
    tree: _Tree = {n: _rewritten(t, old, new) for n, t in main.items() if n in _DESCRIPTIVE}
    for name in (_EXIF, _GPS):
        below = _read_below(file, main, name, old)
        branch: _Tree = {n: _rewritten(t, old, new) for n, t in below.items()}
        if name == _EXIF and _INTEROPERABILITY in below:
            twigs = _read_below(file, below, _INTEROPERABILITY, old)
            branch[_INTEROPERABILITY] = {n: _rewritten(t, old, new) for n, t in twigs.items()}
        if branch:
            tree[name] = branch
    return tree


def _rewritten(tag: _Tag, old: _Form, new: _Form) -> _Tag:
    if old.order == new.order:
        return tag
    # a fraction is two numbers, all else swaps as a whole
    unit = 4 if tag.kind in (_FRACTION, 10) else _SIZES[tag.kind]
    value = tag.value
    swapped = b"".join(value[i : i + unit][::-1] for i in range(0, len(value), unit))
    return _Tag(tag.kind, tag.count, swapped)


def _resolution(tags: Mapping[int, _Tag], form: _Form) -> tuple[float, float] | None:
    unit = _number(tags.get(_RESOLUTION_UNIT), form) or 2
    dpi = []
    for name in (_X_RESOLUTION, _Y_RESOLUTION):
        tag = tags.get(name)
        if tag is None or tag.kind != _FRACTION or unit not in (2, 3):
            return None
        stream = io.BytesIO(tag.value)
        top, bottom = form.read(stream, "I"), form.read(stream, "I")
        if top == 0 or bottom == 0:
            return None
        dpi.append(top / bottom * (2.54 if unit == 3 else 1.0))
    return dpi[0], dpi[1]


def _resolution_tags(dpi: tuple[float, float] | None, form: _Form) -> _Tree:
    """Return the tags that TIFF demands; without dots per inch they say nothing but 1 to 1."""
    x, y = (Fraction(d).limit_denominator(10_000) for d in dpi or (1, 1))
    return {
        _X_RESOLUTION: _Tag(_FRACTION, 1, form.pack("II", x.numerator, x.denominator)),
        _Y_RESOLUTION: _Tag(_FRACTION, 1, form.pack("II", y.numerator, y.denominator)),
        _RESOLUTION_UNIT: _Tag(_SHORT, 1, form.pack("H", 2 if dpi else 1)),
    }


def _lay_out(tree: _Tree, at: int, form: _Form) -> bytes:
    """Return a directory that will lie at `at`, its values, and the directories below it."""
    body = form.pack(form.count, len(tree))
    tail_at = at + len(body) + len(tree) * (4 + 2 * form.room) + form.room
    tail = b""
    for name, node in sorted(tree.items()):
        where = form.pack(form.offset, tail_at + len(tail))
        if isinstance(node, _Tag):
            kind, count, value = node.kind, node.count, node.value
        else:
            kind, count, value = _LONG8 if form.big else _LONG, 1, where
            tail += _lay_out(node, tail_at + len(tail), form)
        if len(value) > form.room:
            tail += value
            value = where
        body += form.pack("HH" + form.offset, name, kind, count) + value.ljust(form.room, b"\0")
        tail += bytes(len(tail) % 2)
    return body + bytes(form.room) + tail
