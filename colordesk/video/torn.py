"""Recordings that are torn: their clock jumps in their midst, as from title to title of a DVD.

Hides where such places are, and how FFmpeg reads the pieces between them as one.
Invariant: a recording whose clock runs on is left to be read as it is.
"""

from __future__ import annotations

import io
import itertools
import statistics
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from colordesk.video.packets import packets_of

_FORMATS = ("mpeg", "mpegts")  # program and transport streams; all others have one clock
_SAMPLES = 64  # places of a file at which the clock is read
_BACK, _AHEAD = 1.0, 60.0  # seconds: a jump of less is a fault in writing, or a pause
_MOST_PIECES = 500
_NEAR = 1 << 16  # bytes before the first new frame in which its pack or programme begins
_PACK = b"\0\0\1\xba"
_TS_SIZES = (188, 192, 204)  # bytes of a packet, with and without a time or a checksum
_SYNC = 0x47
_READABLE = ("video", "audio", "subtitle")


@dataclass(frozen=True)
class Piece:
    """What lies between two places at which a recording is torn."""

    start: int
    """Its first byte in the file."""
    stop: int
    """The byte after its last one."""
    seconds: Fraction


@dataclass(frozen=True)
class Torn:
    """A recording and its pieces."""

    file: Path
    pieces: tuple[Piece, ...]
    streams: tuple[int, ...]
    """What the container calls its pictures, its sounds and its subtitles."""

    def opened(self) -> av.container.InputContainer:
        """Open it with one clock that begins at 0.

        Raises:
            av.FFmpegError: it cannot be read.
        """
        lines = ["ffconcat version 1.0"]
        for number in self.streams:
            lines += ["stream", f"exact_stream_id {number:#x}"]
        for piece in self.pieces:
            address = _address(self.file, piece.start, piece.stop).replace("'", r"'\''")
            lines += [f"file '{address}'", f"duration {float(piece.seconds):.6f}"]
        options = {"safe": "0", "protocol_whitelist": "file,subfile"}
        script = io.BytesIO("\n".join(lines).encode("utf-8", "surrogateescape"))
        return av.open(script, "r", format="concat", options=options, metadata_errors="replace")


def torn(file: Path, form: str) -> Torn | None:
    """Return the pieces of a recording; None if its clock runs on.

    Args:
        file: of the recording.
        form: FFmpeg's name of its container.

    Raises:
        OSError: it cannot be read any more.
    """
    if form not in _FORMATS or "\n" in str(file):
        return None
    try:
        with av.open(str(file), metadata_errors="replace") as other:
            if not other.streams.video:
                return None
            cuts = list(_cuts(other, other.streams.video[0], file))
    except av.FFmpegError:
        return None  # it cannot be searched
    edges = [0, *cuts, file.stat().st_size]
    pieces: list[Piece] = []
    streams: tuple[int, ...] = ()
    for start, stop in itertools.pairwise(edges):
        with suppress(av.FFmpegError), av.open(_address(file, start, stop)) as piece:
            if piece.duration and piece.streams.video:
                pieces.append(Piece(start, stop, Fraction(piece.duration, av.time_base)))
                found = [one.id for one in piece.streams if one.type in _READABLE]
                streams = streams or tuple(found)
    return Torn(file, tuple(pieces), streams) if 1 < len(pieces) <= _MOST_PIECES else None


def _address(file: Path, start: int, stop: int) -> str:
    """Return what FFmpeg calls a part of a file."""
    return f"subfile,,start,{start},end,{stop},,:{file}"


def _cuts(container: Any, stream: Any, file: Path) -> Iterator[int]:
    """Yield the bytes at which a recording is torn."""
    moments = list(_moments(container, stream, file.stat().st_size))
    lengths = [after - before for (_, before), (_, after) in itertools.pairwise(moments)]
    if not lengths:
        return
    longest = _AHEAD + 4 * max(statistics.median(lengths), 0.0)
    for ((begin, _), (end, _)), seconds in zip(itertools.pairwise(moments), lengths, strict=True):
        if not 0 <= seconds <= longest:
            for last, first in _jumps(container, stream, begin, end):
                yield _begun(file, container.format.name, last, first)


def _moments(container: Any, stream: Any, size: int) -> Iterator[tuple[int, float]]:
    """Yield places of a file and what the clock of its pictures says there, in seconds."""
    before = -1
    for n in range(_SAMPLES + 1):
        _go_to(container, size * n // _SAMPLES if n < _SAMPLES else max(size - _NEAR, 0))
        for packet in _timed(packets_of(container, stream)):
            if packet.pos > before:
                before = packet.pos
                yield packet.pos, float(packet.dts * packet.time_base)
                break


def _jumps(container: Any, stream: Any, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the clock jumps: the byte of the last old frame, and the first new byte."""
    _go_to(container, begin)
    place, before = -1, 0.0
    others: list[tuple[int, float]] = []  # sound since that frame may be of the new clock
    for packet in _timed(packets_of(container)):
        time = float(packet.dts * packet.time_base)
        if packet.stream.index != stream.index:
            others.append((packet.pos, time))
            continue
        if place >= 0 and not -_BACK < time - before < _AHEAD:
            new = (at for at, when in others if abs(when - time) < abs(when - before))
            yield place, min([packet.pos, *(at for at in new if at > place)])
        if packet.pos > end:
            return
        place, before = packet.pos, time
        others.clear()


def _begun(file: Path, form: str, last: int, first: int) -> int:
    """Return the byte at which what the first new frame lies in begins.

    Args:
        file: of the recording.
        form: of its container.
        last: byte of the last old frame.
        first: the first byte that is known to be new.
    """
    start = max(last + 1, first - _NEAR)
    with file.open("rb") as stream:
        stream.seek(start)
        data = stream.read(first - start + _TS_SIZES[-1] * len(_TS_SIZES))
    here = first - start
    if form == "mpeg":
        pack = data.rfind(_PACK, 0, here + len(_PACK))
        return first if pack < 0 else start + pack
    for size in _TS_SIZES:
        if all(data[at : at + 1] == bytes([_SYNC]) for at in range(here, len(data), size)):
            for at in range(here, -1, -size):
                if data[at] == _SYNC and not data[at + 1] & 0x1F and not data[at + 2]:
                    return start + at  # the table of programmes, without which nothing is found
    return first


def _go_to(container: Any, place: int) -> None:
    container.seek(place, backward=True, any_frame=True, unsupported_byte_offset=True)


def _timed(packets: Iterator[Any]) -> Iterator[Any]:
    """Yield those that say their place and their time, as far as they can be read."""
    with suppress(av.FFmpegError):
        for packet in packets:
            if packet.pos is not None and packet.pos >= 0 and packet.dts is not None:
                yield packet
