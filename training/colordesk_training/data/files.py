"""Picture files: in folders, also as COCO, Places365 and ImageNet lay them out, and in zips."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from colordesk_training.data.picture import MAX_FILE_BYTES, SUFFIXES, Picture, decode

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# (training part, held-out part) of the well-known sets; both must be there to be recognised.
_LAYOUTS = (
    ("train2017", "val2017"),  # COCO
    ("train2014", "val2014"),
    ("data_large_standard", "val_large"),  # Places365
    ("data_256_standard", "val_256"),
    ("data_large", "val_large"),
    ("data_256", "val_256"),
    ("ILSVRC/Data/CLS-LOC/train", "ILSVRC/Data/CLS-LOC/val"),  # ImageNet
    ("train", "val"),
)


class Folder:
    """An image folder with everything below it.

    In COCO, Places365 or ImageNet as unpacked, only the training part counts: name the other part
    to use it.

    Args:
        path: the folder.
    """

    def __init__(self, path: Path) -> None:
        parts = (path / train for train, held_out in _LAYOUTS if (path / held_out).is_dir())
        self._path = next((part for part in parts if part.is_dir()), path)

    def pictures(self) -> list[Picture]:
        """Return its pictures, sorted by name."""
        names = []
        for folder, below, files in os.walk(self._path):
            below[:] = [name for name in below if not name.startswith(".")]
            prefix = Path(folder).relative_to(self._path).as_posix()
            names += [
                name if prefix == "." else f"{prefix}/{name}" for name in files if _is_picture(name)
            ]
        return [Picture(self._path, name) for name in sorted(names)]

    def read(self, picture: Picture, at_least: int) -> NDArray[np.uint8] | None:
        """Return the pixels; see `decode`."""
        path = self._path / picture.name
        try:
            if path.stat().st_size > MAX_FILE_BYTES:
                return None
            return decode(path.read_bytes(), at_least)
        except OSError:
            return None


class Archive:
    """A zip archive of pictures.

    Args:
        path: the archive.

    Raises:
        OSError: it cannot be read.
        zipfile.BadZipFile: it is damaged.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._archive = zipfile.ZipFile(path)

    def pictures(self) -> list[Picture]:
        """Return its pictures, sorted by name."""
        names = [name for name in self._archive.namelist() if _is_picture(name.rpartition("/")[2])]
        return [Picture(self._path, name) for name in sorted(names)]

    def read(self, picture: Picture, at_least: int) -> NDArray[np.uint8] | None:
        """Return the pixels; see `decode`."""
        try:
            if self._archive.getinfo(picture.name).file_size > MAX_FILE_BYTES:
                return None
            return decode(self._archive.read(picture.name), at_least)
        except (OSError, KeyError, RuntimeError, NotImplementedError, zipfile.BadZipFile):
            return None  # damaged, encrypted, or packed by a method that Python lacks


def _is_picture(name: str) -> bool:
    return not name.startswith(".") and Path(name).suffix.lower() in SUFFIXES
