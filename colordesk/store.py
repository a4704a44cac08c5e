"""Bytes that cost time to make, kept by key in one file on disk.

Hides an SQLite file of bounded size in which what was not asked for for longest goes first. It can
be deleted at any time; a damaged one is.
Invariant: trouble with the file costs time, never what it holds: then nothing is found in it.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

_KEPT_WHEN_FULL = 0.9
_DAY = 86_400
_TABLE = """
CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, day INTEGER, size INTEGER, value BLOB)
"""


class Store:
    """Keeps values; safe to use from several threads.

    Args:
        file: it and its folder are made when needed.
        limit: bytes that all values may take together.
    """

    def __init__(self, file: Path, limit: int) -> None:
        self._file, self._limit = file, limit
        self._lock = threading.Lock()
        self._open_file: sqlite3.Connection | None = None
        self._size = 0

    def get(self, key: bytes) -> bytes | None:
        """Return what is kept under a key."""
        try:
            with self._lock, self._opened() as file:
                query = "SELECT value, day FROM kept WHERE key = ?"
                row = file.execute(query, (key,)).fetchone()
                if row is not None and row[1] < _today():  # at most one write a day for each
                    file.execute("UPDATE kept SET day = ? WHERE key = ?", (_today(), key))
                    file.commit()
        except (sqlite3.Error, OSError):
            return None
        return row[0] if row is not None and isinstance(row[0], bytes) else None

    def put(self, key: bytes, value: bytes) -> None:
        """Keep a value that is not there yet."""
        row = (key, _today(), len(value), value)
        with contextlib.suppress(sqlite3.Error, OSError), self._lock, self._opened() as file:
            file.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", row)
            self._size += len(value)
            if self._size > self._limit:
                self._make_room(file)
            file.commit()

    @property
    def size(self) -> int:
        """Bytes that the values take.

        Raises:
            OSError: the file cannot be made.
            sqlite3.Error: it cannot be read.
        """
        with self._lock, self._opened():
            return self._size

    def clear(self) -> None:
        """Forget everything, and give the room on disk back.

        Raises:
            OSError, sqlite3.Error: as `size`.
        """
        with self._lock, self._opened() as file:
            file.execute("DELETE FROM kept")
            file.commit()
            file.execute("VACUUM")
            self._size = 0

    def close(self) -> None:
        """Close the file; it is opened again if needed."""
        with self._lock:
            self._close()

    def _make_room(self, file: sqlite3.Connection) -> None:
        rows = file.execute("SELECT key, size FROM kept ORDER BY day").fetchall()
        self._size = sum(size for _, size in rows)
        for key, size in rows:
            if self._size <= _KEPT_WHEN_FULL * self._limit:
                break
            file.execute("DELETE FROM kept WHERE key = ?", (key,))
            self._size -= size

    @contextlib.contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """Give the open file; a damaged one is deleted, and the next call begins a new one."""
        try:
            if self._open_file is None:
                self._open_file = self._open()
            yield self._open_file
        except sqlite3.OperationalError:  # it is locked, the disk is full: the file is sound
            raise
        except sqlite3.DatabaseError:
            self._close()
            self._file.unlink(missing_ok=True)
            raise

    def _open(self) -> sqlite3.Connection:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        file = sqlite3.connect(self._file, check_same_thread=False)
        try:
            # losing the newest values when the power fails is no loss, waiting for disks is
            file.execute("PRAGMA synchronous = OFF")
            file.execute(_TABLE)
            total = file.execute("SELECT total(size) FROM kept").fetchone()[0]
            self._size = int(total)
        except sqlite3.Error:
            file.close()
            raise
        return file

    def _close(self) -> None:
        if self._open_file is not None:
            self._open_file.close()
            self._open_file = None


def _today() -> int:
    return int(time.time()) // _DAY
