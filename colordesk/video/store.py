"""What the model answered for the frames of a clip, kept on the disk.

Hides packing and the limit: a change of look, smoothing, codec or range never runs the model again.
Each program that works on a clip appends to a file of its own, so that none disturbs another, and
a record that was cut off by a crash is passed over.
Invariant: what is kept stays within the limit; when a clip alone would pass it, no more of it is
kept, and that is said.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import struct
import zlib
from array import array
from bisect import bisect_left
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import cv2
import numpy as np

from colordesk.paths import cache_dir

if TYPE_CHECKING:
    from colordesk.scale import Planes

PRECISION = 8
"""Steps of chroma in one unit of a* or b*."""
LIMIT = 4 << 30
"""Bytes that all clips may take together."""
_RECORD = struct.Struct("<4sqHHIL")  # mark, time, height, width, bytes, check sum
_MARK = b"CDfc"
_LARGEST = 1 << 26
_DETAIL = 0.25  # CIELAB units, root mean square, that chroma may lose at half the size
_LEAST_HALF = 64  # pixels of its short side


def store_folder() -> Path:
    """Return the folder in which the chroma of all clips is kept."""
    return cache_dir() / "film"


def stored_bytes() -> int:
    """Return how much is kept."""
    return sum(size for _, size, _ in _clips())


def clear_store() -> None:
    """Forget everything.

    Raises:
        OSError: it cannot be removed.
    """
    if store_folder().exists():
        shutil.rmtree(store_folder())


def quantised(ab: Planes) -> Planes:
    """Return chroma in the steps that the store keeps, so that it is the same if kept or new."""
    steps: Planes = np.rint(ab * np.float32(PRECISION)) * np.float32(1 / PRECISION)
    return steps


def halved(ab: Planes) -> Planes:
    """Return chroma at half its size if that shows the same, as with most networks, else as it is.

    It costs a quarter then, on the disk and in all that is done with it.
    """
    size = -(-ab.shape[2] // 2), -(-ab.shape[1] // 2)
    if min(size) < _LEAST_HALF:
        return ab
    half = np.stack([cv2.resize(plane, size, interpolation=cv2.INTER_AREA) for plane in ab])
    again = np.stack([cv2.resize(plane, ab.shape[:0:-1]) for plane in half])
    lost = float(np.sqrt(np.mean(np.square(ab - again))))
    return half if lost <= _DETAIL else ab


class ChromaStore:
    """The chroma of one clip, model and size; used by one thread at a time.

    Args:
        key: everything that the model's answer depends on, but the time of the frame.
        limit: bytes of all clips; those that were not used for longest are forgotten first.
    """

    full: bool
    """Whether something was not kept because this clip alone takes all the room."""

    def __init__(self, key: str, limit: int = LIMIT) -> None:
        self._folder = store_folder() / hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
        self._limit = limit
        self._room = 0  # bytes that can be written before it is looked how much is kept
        self.full = False
        self._own: BinaryIO | None = None
        self._files = sorted(self._folder.glob("*.chroma"))
        self._records = _Records()
        for number, path in enumerate(self._files):
            with suppress(OSError):
                self._scan(path, number)
        self._path = self._folder / f"{secrets.token_hex(6)}.chroma"
        self._files.append(self._path)
        with suppress(OSError):
            os.utime(self._folder)  # it was used

    def __contains__(self, time: int) -> bool:
        return self._records.find(time) is not None

    def get(self, time: int) -> Planes | None:
        """Return a* and b*, 2 x h x w, of the frame of that time; None if it is not kept."""
        found = self._records.find(time)
        if found is None:
            return None
        number, start = found
        try:
            with self._files[number].open("rb") as file:
                file.seek(start)
                _, _, height, width, size, _ = _RECORD.unpack(file.read(_RECORD.size))
                return _unpacked(file.read(size), (height, width))
        except (OSError, ValueError, struct.error, zlib.error):
            return None

    def put(self, time: int, ab: Planes) -> None:
        """Keep the chroma of a frame; a full disk or a missing right only means that it is not."""
        if self.full:
            return
        data, (height, width) = _packed(ab), ab.shape[1:]
        record = _RECORD.pack(_MARK, time, height, width, len(data), zlib.crc32(data)) + data
        if len(record) > self._room:
            self._room = self._make_room(len(record))
            self.full = len(record) > self._room
            if self.full:
                return
        try:
            if self._own is None:
                self._folder.mkdir(parents=True, exist_ok=True)
                self._own = self._path.open("ab")
            start = self._own.tell()
            self._own.write(record)
            self._own.flush()
        except OSError:
            return
        self._room -= len(record)
        self._records.put(time, len(self._files) - 1, start)

    def close(self) -> None:
        """Close the file and forget what is beyond the limit."""
        if self._own is not None:
            with suppress(OSError):
                self._own.close()
            self._own = None
        self._make_room(0)

    def _make_room(self, size: int) -> int:
        """Forget other clips until so many bytes fit; return how many do."""
        clips = sorted(_clips())
        room = self._limit - sum(size for _, size, _ in clips)
        for _, taken, folder in clips:
            if room >= size:
                break
            if folder != self._folder:
                shutil.rmtree(folder, ignore_errors=True)
                room += taken
        return room

    def _scan(self, path: Path, number: int) -> None:
        with path.open("rb") as file:
            while len(head := file.read(_RECORD.size)) == _RECORD.size:
                mark, time, _, _, size, check = _RECORD.unpack(head)
                if mark != _MARK or size > _LARGEST:
                    return
                data = file.read(size)
                if len(data) != size or zlib.crc32(data) != check:
                    return
                self._records.put(time, number, file.tell() - size - _RECORD.size)


class _Records:
    """Where the chroma of frames is, by their times; 20 bytes for each, as films are long."""

    def __init__(self) -> None:
        self._times, self._starts = array("q"), array("q")
        self._files = array("I")

    def find(self, time: int) -> tuple[int, int] | None:
        """Return the number of the file and where the record begins in it."""
        at = bisect_left(self._times, time)
        if at == len(self._times) or self._times[at] != time:
            return None
        return self._files[at], self._starts[at]

    def put(self, time: int, file: int, start: int) -> None:
        """Remember a record, in place of an older one."""
        at = bisect_left(self._times, time)
        if at < len(self._times) and self._times[at] == time:
            self._files[at], self._starts[at] = file, start
            return
        for column, value in (self._times, time), (self._files, file), (self._starts, start):
            column.insert(at, value)


def _clips() -> list[tuple[int, int, Path]]:
    """Return when each clip was used last, its bytes and its folder."""
    found = []
    with suppress(OSError):
        for folder in store_folder().iterdir():
            with suppress(OSError):
                size = sum(file.stat().st_size for file in folder.iterdir())
                found.append((folder.stat().st_mtime_ns, size, folder))
    return found


def _packed(ab: Planes) -> bytes:
    """Chroma is smooth: differences along a row are small, and their high bytes nearly all 0."""
    steps = np.rint(ab * np.float32(PRECISION)).astype(np.int16)
    steps[:, :, 1:] -= steps[:, :, :-1].copy()
    folded = ((steps << 1) ^ (steps >> 15)).astype(np.uint16)  # signs into the lowest bit
    high, low = (folded >> 8).astype(np.uint8), folded.astype(np.uint8)
    return zlib.compress(high.tobytes() + low.tobytes(), 1)


def _unpacked(data: bytes, shape: tuple[int, int]) -> Planes:
    count = 2 * shape[0] * shape[1]
    packer = zlib.decompressobj()
    plain = np.frombuffer(packer.decompress(data, 2 * count), np.uint8)
    folded = (plain[:count].astype(np.uint16) << 8) | plain[count:]
    steps = (folded >> 1).astype(np.int16) ^ -(folded & 1).astype(np.int16)
    steps = np.cumsum(steps.reshape(2, *shape), axis=2, dtype=np.int16)
    return steps * np.float32(1 / PRECISION)
