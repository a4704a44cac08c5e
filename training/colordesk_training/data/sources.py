"""Where training photographs come from: image folders and zip archives, seen as one list.

Invariant: a picture's name, not its place in an archive, decides whether it is used for training
or validation, so the split holds across shards, machines and sizes of the same picture.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from colordesk.errors import ColorDeskError

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff"}
_MAX_FILE_BYTES = 64 * 2**20


class DataError(ColorDeskError):
    """Training data cannot be used.

    Args:
        path: the folder or archive.
        problem: one plain clause.
    """

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(path, problem)
        self.path = path
        self.problem = problem


@dataclass(frozen=True)
class Picture:
    """One picture of a source."""

    source: Path
    """The folder or the zip archive."""
    name: str
    """Path inside the source, with forward slashes."""

    @property
    def group(self) -> str:
        """First folder of the name; empty for a picture at the top."""
        return self.name.partition("/")[0] if "/" in self.name else ""


class PictureReader:
    """Reads the bytes and pixels of pictures; keeps archives open, one set per process."""

    def __init__(self) -> None:
        self._archives: dict[Path, zipfile.ZipFile] = {}

    def __getstate__(self) -> dict[str, object]:
        """An archive's file position must not be shared between worker processes."""
        return {"_archives": {}}

    def read(self, picture: Picture) -> NDArray[np.uint8] | None:
        """Return the picture, uint8 H x W x 3 RGB, or None if it is broken or not a picture."""
        data = self._bytes(picture)
        if not data:
            return None
        bgr = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
        if bgr is None:  # what OpenCV answers to a broken file, though its types say otherwise
            return None
        return np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB), np.uint8)

    def _bytes(self, picture: Picture) -> bytes | None:
        try:
            if picture.source.is_dir():
                return (picture.source / picture.name).read_bytes()
            if picture.source not in self._archives:
                self._archives[picture.source] = zipfile.ZipFile(picture.source)
            archive = self._archives[picture.source]
            if archive.getinfo(picture.name).file_size > _MAX_FILE_BYTES:
                return None
            return archive.read(picture.name)
        except (OSError, KeyError, zipfile.BadZipFile):
            return None


def list_pictures(sources: Sequence[Path]) -> tuple[Picture, ...]:
    """List the pictures of folders (recursively) and zip archives, each sorted by name.

    Raises:
        DataError: a source is missing, no folder or zip, or no picture is in any.
    """
    found: list[Picture] = []
    for source in sources:
        if source.is_dir():
            names = [p.relative_to(source).as_posix() for p in source.rglob("*") if p.is_file()]
        elif zipfile.is_zipfile(source):
            with zipfile.ZipFile(source) as archive:
                names = [info.filename for info in archive.infolist() if not info.is_dir()]
        elif source.exists():
            raise DataError(source, "it is neither a folder nor a zip archive")
        else:
            raise DataError(source, "it does not exist")
        names = [name for name in names if Path(name).suffix.lower() in _SUFFIXES]
        found.extend(Picture(source, name) for name in sorted(names))
    if not found:
        where = sources[0] if sources else Path()
        raise DataError(where, "it holds no pictures (jpg, png, webp, bmp or tif)")
    return tuple(found)


def split(
    pictures: Sequence[Picture], val_percent: int
) -> tuple[tuple[Picture, ...], tuple[Picture, ...]]:
    """Return (training, validation) pictures, chosen by hashing names."""
    training: list[Picture] = []
    validation: list[Picture] = []
    for picture in pictures:
        digest = hashlib.blake2b(picture.name.encode(), digest_size=4).digest()
        (validation if int.from_bytes(digest) % 100 < val_percent else training).append(picture)
    return tuple(training), tuple(validation)
