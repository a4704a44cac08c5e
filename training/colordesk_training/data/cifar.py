"""CIFAR-10 in its binary version (Krizhevsky 2009): records of a label and three colour planes.

torchvision's copy is the Python version, whose files are pickles; those are never opened, since a
pickle from a stranger can run code.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from colordesk_training.data.picture import DataError, Picture

if TYPE_CHECKING:
    from numpy.typing import NDArray

CLASSES = (
    "airplane",
    "automobile",
    "bird",
    "cat",
    "deer",
    "dog",
    "frog",
    "horse",
    "ship",
    "truck",
)
_SIDE = 32
_RECORD = 1 + 3 * _SIDE * _SIDE
_UNPACKED = "cifar-10-batches-bin"


class Cifar:
    """The five training batches (a folder), or one batch (a file, such as test_batch.bin).

    Args:
        path: the folder, or a `.bin` file in it.

    Raises:
        DataError: it is damaged.
        OSError: it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        files = [path] if path.is_file() else sorted(path.glob("data_batch_*.bin"))
        self._batches = [(file.stem, _records(file)) for file in files]
        self._ends = np.cumsum([len(records) for _, records in self._batches])

    def pictures(self) -> list[Picture]:
        """Return its pictures in the order of the set, grouped by class."""
        pictures: list[Picture] = []
        for batch, records in self._batches:
            for i, label in enumerate(records[:, 0].tolist()):
                name = f"{CLASSES[label]}/{batch}-{i:05}"
                pictures.append(Picture(self._path, name, len(pictures)))
        return pictures

    def read(self, picture: Picture, _at_least: int) -> NDArray[np.uint8]:
        """Return the pixels, uint8 32 x 32 x 3."""
        batch = int(np.searchsorted(self._ends, picture.place, "right"))
        records = self._batches[batch][1]
        planes = records[picture.place - self._ends[batch], 1:].reshape(3, _SIDE, _SIDE)
        return np.ascontiguousarray(planes.transpose(1, 2, 0))


def find_cifar(path: Path) -> Path | None:
    """Return where CIFAR-10 lies in this folder or file; None if this is something else.

    Raises:
        DataError: it is the Python version.
    """
    if path.is_file():
        return path if path.suffix == ".bin" else None
    for folder in (path, path / _UNPACKED):
        if (folder / "data_batch_1.bin").is_file():
            return folder
    for folder in (path, path / "cifar-10-batches-py"):
        if (folder / "data_batch_1").is_file():
            raise DataError(
                folder,
                "this is the Python version of CIFAR-10, which is pickled and not safe to open; "
                "unpack https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz and give its "
                f"folder {_UNPACKED}",
            )
    return None


def _records(file: Path) -> NDArray[np.uint8]:
    size = file.stat().st_size
    if size == 0 or size % _RECORD:
        raise DataError(file, "it is damaged or not a batch of CIFAR-10's binary version")
    records = np.memmap(file, np.uint8, "r").reshape(-1, _RECORD)
    if records[:, 0].max() >= len(CLASSES):
        raise DataError(file, "it is damaged or not a batch of CIFAR-10's binary version")
    return records
