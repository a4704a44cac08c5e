"""Where training photographs come from, seen as one list of pictures and one way to read them.

A source is an image folder, a zip archive, CIFAR-10, the Kaggle L/ab arrays or a prepared cache;
what it is shows in what it holds. Invariant: a picture's name, not its place in an archive, decides
whether it is used for training or validation, so the split holds across shards, machines and sizes
of the same picture.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from colordesk_training.data.cache import Cache, is_cache
from colordesk_training.data.cifar import Cifar, find_cifar
from colordesk_training.data.files import Archive, Folder
from colordesk_training.data.lab_arrays import LabArrays, is_lab_arrays
from colordesk_training.data.picture import DataError, Picture

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["DataError", "Picture", "PictureReader", "categories", "list_pictures", "split"]


class Source(Protocol):
    """A source, opened in this process."""

    def pictures(self) -> list[Picture]:
        """Return its pictures, always in the same order."""

    def read(self, picture: Picture, at_least: int, /) -> NDArray[np.uint8] | None:
        """Return the pixels, perhaps reduced, or None; see `PictureReader.read`."""


class PictureReader:
    """Reads the pixels of pictures; keeps sources open, one set per process."""

    def __init__(self) -> None:
        self._open: dict[Path, Source] = {}

    def __getstate__(self) -> dict[str, object]:
        """An archive's file position must not be shared between worker processes."""
        return {"_open": {}}

    def read(self, picture: Picture, at_least: int = 0) -> NDArray[np.uint8] | None:
        """Return the picture, uint8 H x W x 3 RGB, or None if it is broken or not a picture.

        Args:
            picture: of `list_pictures`.
            at_least: the short side may be reduced to no less than this; 0 gives the full size.
        """
        if picture.source not in self._open:
            try:
                self._open[picture.source] = _open(picture.source)
            except (OSError, DataError):
                return None
        return self._open[picture.source].read(picture, at_least)


def list_pictures(sources: Sequence[Path]) -> tuple[Picture, ...]:
    """List the pictures of sources, one source after the other.

    Raises:
        DataError: a source is missing, damaged or of no known kind, or no picture is in any.
        OSError: a source cannot be read.
    """
    found: list[Picture] = []
    for source in sources:
        found.extend(_open(source).pictures())
    if not found:
        where = sources[0] if sources else Path()
        raise DataError(where, "it holds no pictures (jpg, png, webp, bmp or tif)")
    return tuple(found)


def categories(pictures: Sequence[Picture]) -> tuple[str, ...]:
    """Return the classes of pictures that lie in a folder for each class, sorted.

    Raises:
        DataError: there are fewer than two.
    """
    found = tuple(sorted({picture.category for picture in pictures}))
    if len(found) < 2:
        where = pictures[0].source if pictures else Path()
        raise DataError(where, "it has no folder for each class, so there are no labels to learn")
    return found


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


def _open(path: Path) -> Source:
    if not path.exists():
        raise DataError(path, "it does not exist")
    if (cifar := find_cifar(path)) is not None:
        return Cifar(cifar)
    if is_lab_arrays(path):
        return LabArrays(path)
    if path.is_dir():
        return Cache(path) if is_cache(path) else Folder(path)
    try:
        return Archive(path)
    except zipfile.BadZipFile as error:
        kind = "damaged" if path.suffix == ".zip" else "neither a folder nor a zip archive"
        raise DataError(path, f"it is {kind}") from error
