"""The shape of the pixels in the head of a Matroska file.

Hides a gap of PyAV: the aspect of a stream that is written cannot be set, and FFmpeg then writes
none. Said to be of two pictures side by side, a stream gets elements for its display size though,
which are filled in once the file is there, and the two pictures are taken back.
Invariant: nothing but the values of elements that were there is changed, and their check sum.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

ROOM = {"stereo_mode": "left_right"}
"""Metadata of the stream of pictures that make FFmpeg write the elements."""
_SEGMENT, _TRACKS, _TRACK, _VIDEO, _CRC = 0x18538067, 0x1654AE6B, 0xAE, 0xE0, 0xBF
_STEREO, _WIDTH, _HEIGHT = 0x53B8, 0x54B0, 0x54BA
_HEAD = 1 << 22  # bytes within which the tracks are described


def set_aspect(path: Path, width: int, height: int, aspect: Fraction) -> None:
    """Write into a file that was made with `ROOM` how wide its pixels are.

    Args:
        path: of the file.
        width: of its frames.
        height: of its frames.
        aspect: width of a pixel divided by its height.

    Raises:
        ValueError: the file was not made so.
        OSError: it cannot be written.
    """
    with path.open("r+b") as file:
        head = bytearray(file.read(_HEAD))
        tracks = _found(head, (0, len(head)), _SEGMENT, _TRACKS)
        video = _found(head, tracks, _TRACK, _VIDEO)
        places = [_found(head, video, name) for name in (_STEREO, _WIDTH, _HEIGHT)]
        shown = Fraction(round(width * aspect)), Fraction(height)
        room = (1 << 8 * min(end - start for start, end in places[1:])) - 1
        if max(shown) > room:  # the ratio is what counts
            ratio = shown[0] / shown[1]
            ratio = ratio.limit_denominator(int(room / max(ratio, Fraction(1))))
            shown = Fraction(ratio.numerator), Fraction(ratio.denominator)
        for value, (start, end) in zip((0, *map(int, shown)), places, strict=True):
            head[start:end] = value.to_bytes(end - start, "big")
        for name, start, end in _elements(head, *tracks):
            if name == _CRC:  # of all that follows in the same element
                head[start:end] = zlib.crc32(head[end : tracks[1]]).to_bytes(4, "little")
        file.seek(0)
        file.write(head)


def _found(data: bytes | bytearray, within: tuple[int, int], *names: int) -> tuple[int, int]:
    """Return where the content of the first element of a name begins and ends, level by level."""
    for wanted in names:
        within = next(((a, b) for name, a, b in _elements(data, *within) if name == wanted), (0, 0))
        if within == (0, 0):
            raise ValueError(f"there is no element {wanted:X}")
    return within


def _elements(data: bytes | bytearray, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield the name of each element and where its content begins and ends."""
    while start < end:
        length = 9 - data[start].bit_length()
        name = int.from_bytes(data[start : start + length], "big")
        start += length
        length = 9 - data[start].bit_length()
        size = int.from_bytes(data[start : start + length], "big") & ((1 << 7 * length) - 1)
        start += length
        yield name, start, min(start + size, end)
        start += size
