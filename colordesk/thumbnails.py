"""Small pictures of files, made once and kept in one file on disk.

Invariant: a thumbnail always shows the file as it is now; trouble with the file on disk costs time,
never a thumbnail.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from colordesk.guard import has_colour
from colordesk.photo import read_thumbnail
from colordesk.store import Store

if TYPE_CHECKING:
    from numpy.typing import NDArray

LIMIT = 2**28
"""Bytes that all kept thumbnails may take together: some 25,000 of them."""
_QUALITY = 88


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
        self._store = Store(file, limit)

    def get(self, path: Path, side: int) -> Thumbnail:
        """Return the thumbnail of a file, its longest side at most `side`.

        Raises:
            PhotoError: as `photo.open_photo`.
            OSError: the file cannot be read.
        """
        key = _key(path, side)
        kept = self._store.get(key)
        found = None if kept is None else _read(kept)
        if found is not None:
            return found
        rgb = read_thumbnail(path, side)
        made = Thumbnail(rgb, has_colour(rgb))
        self._store.put(key, _written(made))
        return made

    @property
    def size(self) -> int:
        """Bytes that the kept thumbnails take."""
        return self._store.size

    def clear(self) -> None:
        """Forget all thumbnails, and give the room on disk back."""
        self._store.clear()

    def close(self) -> None:
        """Close the file; it is opened again if needed."""
        self._store.close()


def _written(made: Thumbnail) -> bytes:
    """Return a JPEG behind one byte that says whether the photo has colours."""
    bgr = cv2.cvtColor(made.rgb, cv2.COLOR_RGB2BGR)
    jpeg = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1]
    return bytes([made.coloured]) + jpeg.tobytes()


def _read(kept: bytes) -> Thumbnail | None:
    if len(kept) < 2:
        return None
    bgr = cv2.imdecode(np.frombuffer(kept, np.uint8, offset=1), cv2.IMREAD_COLOR)
    if bgr is None:
        return None
    return Thumbnail(np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB), np.uint8), bool(kept[0]))


def _key(path: Path, side: int) -> bytes:
    """Return what changes when the file does."""
    status = path.stat()
    name = os.fsencode(path.absolute())
    facts = f"\0{status.st_mtime_ns}\0{status.st_size}\0{side}".encode()
    return hashlib.sha256(name + facts).digest()
