"""What the model answered for the frames of a clip, kept on the disk.

Hides packing and the limit: a change of look, smoothing, codec or range never runs the model again.
Each program that works on a clip appends to a file of its own, so that none disturbs another, and
a record that was cut off by a crash is passed over.
Invariant: what is kept stays within the limit, but for the clip that is being worked on.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import struct
import zlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

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
    """Return chroma as the store gives it back, so that it is the same whether kept or new."""
    steps: Planes = np.rint(ab * np.float32(PRECISION)) * np.float32(1 / PRECISION)
    return steps


class ChromaStore:
    """The chroma of one clip, model and size; used by one thread at a time.

    Args:
        key: everything that the model's answer depends on, but the time of the frame.
        limit: bytes; clips that were not used for longest are forgotten when it is passed.
    """

    def __init__(self, key: str, limit: int = LIMIT) -> None:
        self._folder = store_folder() / hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
        self._limit = limit
        self._places: dict[int, tuple[Path, int, int, tuple[int, int]]] = {}
        self._own: BinaryIO | None = None
        self._path = self._folder / f"{secrets.token_hex(6)}.chroma"
        for path in sorted(self._folder.glob("*.chroma")):
            with suppress(OSError):
                self._scan(path)
        with suppress(OSError):
            os.utime(self._folder)  # it was used

    def __contains__(self, time: int) -> bool:
        return time in self._places

    def get(self, time: int) -> Planes | None:
        """Return a* and b*, 2 x h x w, of the frame of that time; None if it is not kept."""
        if time not in self._places:
            return None
        path, offset, size, shape = self._places[time]
        try:
            with path.open("rb") as file:
                file.seek(offset)
                return _unpacked(file.read(size), shape)
        except (OSError, ValueError, zlib.error):
            return None

    def put(self, time: int, ab: Planes) -> None:
        """Keep the chroma of a frame; a full disk or a missing right only means that it is not."""
        data, (height, width) = _packed(ab), ab.shape[1:]
        try:
            if self._own is None:
                self._folder.mkdir(parents=True, exist_ok=True)
                self._own = self._path.open("ab")
            start = self._own.tell() + _RECORD.size
            head = _RECORD.pack(_MARK, time, height, width, len(data), zlib.crc32(data))
            self._own.write(head + data)
            self._own.flush()
        except OSError:
            return
        self._places[time] = self._path, start, len(data), (height, width)

    def close(self) -> None:
        """Close the file and forget what is beyond the limit."""
        if self._own is not None:
            with suppress(OSError):
                self._own.close()
            self._own = None
        clips = sorted(_clips())
        total = sum(size for _, size, _ in clips)
        for _, size, folder in clips:
            if total <= self._limit:
                break
            if folder != self._folder:
                shutil.rmtree(folder, ignore_errors=True)
                total -= size

    def _scan(self, path: Path) -> None:
        with path.open("rb") as file:
            while len(head := file.read(_RECORD.size)) == _RECORD.size:
                mark, time, height, width, size, check = _RECORD.unpack(head)
                if mark != _MARK or size > _LARGEST:
                    return
                data = file.read(size)
                if len(data) != size or zlib.crc32(data) != check:
                    return
                self._places[time] = path, file.tell() - size, size, (height, width)


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
