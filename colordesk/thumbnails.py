"""Small pictures of files, made once and kept in one file on disk.

Hides the cache: an SQLite file of bounded size in which what was not looked at for longest goes
first. It can be deleted at any time; a damaged one is.
Invariant: a thumbnail always shows the file as it is now; trouble with the cache costs time,
never a thumbnail.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from colordesk.guard import has_colour
from colordesk.photo import read_thumbnail

if TYPE_CHECKING:
    from numpy.typing import NDArray

LIMIT = 2**28
"""Bytes that all kept thumbnails may take together: some 25,000 of them."""
_KEPT_WHEN_FULL = 0.9
_DAY = 86_400
_QUALITY = 88
_TABLE = """
CREATE TABLE IF NOT EXISTS thumbnails (
    key BLOB PRIMARY KEY, day INTEGER, size INTEGER, coloured INTEGER, jpeg BLOB
)
"""


@dataclass(frozen=True, eq=False)
class Thumbnail:
    """A small picture of a photo."""

    rgb: NDArray[np.uint8]
    """h x w x 3, sRGB, upright."""
    coloured: bool
    """Whether the photo has colours of its own."""


class Thumbnails:
    """Makes and keeps thumbnails; safe to use from several threads.

    Args:
        file: the cache; it and its folder are made when needed.
        limit: bytes that the thumbnails in it may take.
    """

    def __init__(self, file: Path, limit: int = LIMIT) -> None:
        self._file, self._limit = file, limit
        self._lock = threading.Lock()
        self._store: sqlite3.Connection | None = None
        self._size = 0

    def get(self, path: Path, side: int) -> Thumbnail:
        """Return the thumbnail of a file, its longest side at most `side`.

        Raises:
            PhotoError: as `photo.open_photo`.
            OSError: the file cannot be read.
        """
        key = _key(path, side)
        kept = self._kept(key)
        if kept is not None:
            return kept
        rgb = read_thumbnail(path, side)
        made = Thumbnail(rgb, has_colour(rgb))
        self._keep(key, made)
        return made

    @property
    def size(self) -> int:
        """Bytes that the kept thumbnails take."""
        with self._lock, self._opened():
            return self._size

    def clear(self) -> None:
        """Forget all thumbnails, and give the room on disk back."""
        with self._lock, self._opened() as store:
            store.execute("DELETE FROM thumbnails")
            store.commit()
            store.execute("VACUUM")
            self._size = 0

    def close(self) -> None:
        """Close the file; it is opened again if needed."""
        with self._lock:
            self._close()

    def _kept(self, key: bytes) -> Thumbnail | None:
        try:
            with self._lock, self._opened() as store:
                query = "SELECT coloured, jpeg, day FROM thumbnails WHERE key = ?"
                row = store.execute(query, (key,)).fetchone()
                if row is not None and row[2] < _today():  # at most one write a day for each
                    store.execute("UPDATE thumbnails SET day = ? WHERE key = ?", (_today(), key))
                    store.commit()
        except (sqlite3.Error, OSError):
            return None
        bgr = None if row is None else cv2.imdecode(np.frombuffer(row[1], np.uint8), 1)
        if bgr is None:
            return None
        rgb = np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB), np.uint8)
        return Thumbnail(rgb, bool(row[0]))

    def _keep(self, key: bytes, made: Thumbnail) -> None:
        bgr = cv2.cvtColor(made.rgb, cv2.COLOR_RGB2BGR)
        jpeg = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1].tobytes()
        row = (key, _today(), len(jpeg), made.coloured, jpeg)
        with contextlib.suppress(sqlite3.Error, OSError), self._lock, self._opened() as store:
            store.execute("INSERT OR REPLACE INTO thumbnails VALUES (?, ?, ?, ?, ?)", row)
            self._size += len(jpeg)
            if self._size > self._limit:
                self._make_room(store)
            store.commit()

    def _make_room(self, store: sqlite3.Connection) -> None:
        rows = store.execute("SELECT key, size FROM thumbnails ORDER BY day").fetchall()
        self._size = sum(size for _, size in rows)
        for key, size in rows:
            if self._size <= _KEPT_WHEN_FULL * self._limit:
                break
            store.execute("DELETE FROM thumbnails WHERE key = ?", (key,))
            self._size -= size

    @contextlib.contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """Give the open file; a damaged one is deleted, and the next call begins a new one."""
        try:
            if self._store is None:
                self._store = self._open()
            yield self._store
        except sqlite3.OperationalError:  # it is locked, the disk is full: the file is sound
            raise
        except sqlite3.DatabaseError:
            self._close()
            self._file.unlink(missing_ok=True)
            raise

    def _open(self) -> sqlite3.Connection:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        store = sqlite3.connect(self._file, check_same_thread=False)
        try:
            # losing the newest thumbnails when the power fails is no loss, waiting for disks is
            store.execute("PRAGMA synchronous = OFF")
            store.execute(_TABLE)
            total = store.execute("SELECT total(size) FROM thumbnails").fetchone()[0]
            self._size = int(total)
        except sqlite3.Error:
            store.close()
            raise
        return store

    def _close(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None


def _key(path: Path, side: int) -> bytes:
    """Return what changes when the file does."""
    status = path.stat()
    name = os.fsencode(path.absolute())
    facts = f"\0{status.st_mtime_ns}\0{status.st_size}\0{side}".encode()
    return hashlib.sha256(name + facts).digest()


def _today() -> int:
    return int(time.time()) // _DAY
