"""CIFAR-10 (Krizhevsky 2009), either version: records of a label and three colour planes.

The binary one is mapped. torchvision keeps the Python one, whose files are pickles. Invariant:
those are never unpickled, which could run a stranger's code; labels and pixels are picked from the
list of their instructions.
"""

from __future__ import annotations

import pickletools
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
_UNPACKED = ("cifar-10-batches-bin", "cifar-10-batches-py")
_MAX_BYTES = 64 * 2**20  # of a batch of the Python version, of which all but some are 30 MB


class Cifar:
    """The five training batches (a folder), or one batch (a file, such as test_batch).

    Args:
        path: the folder, or a file in it.

    Raises:
        DataError: it is damaged.
        OSError: it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        files = [path] if path.is_file() else sorted(path.glob("data_batch_*"))
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
    """Return where CIFAR-10 lies in this folder or file; None if this is something else."""
    if path.is_file():
        pickled = path.name == "test_batch" or path.name.startswith("data_batch_")
        return path if pickled or path.suffix == ".bin" else None
    for folder in (path, *(path / name for name in _UNPACKED)):
        if any((folder / name).is_file() for name in ("data_batch_1.bin", "data_batch_1")):
            return folder
    return None


def _records(file: Path) -> NDArray[np.uint8]:
    """Return the records of a batch, n x 3073."""
    damaged = DataError(file, "it is damaged or not a batch of CIFAR-10")
    size = file.stat().st_size
    if file.suffix != ".bin":
        if size > _MAX_BYTES:
            raise damaged
        records = _picked(file.read_bytes())
    elif size % _RECORD == 0 and size:
        records = np.memmap(file, np.uint8, "r").reshape(-1, _RECORD)
    else:
        raise damaged
    if not len(records) or records[:, 0].max() >= len(CLASSES):
        raise damaged
    return records


def _picked(data: bytes) -> NDArray[np.uint8]:
    """Return the records of a pickled batch, none if it is not one.

    It says "labels" and a list of numbers, "data" and all pixels as one string; whatever else it
    says is passed over.
    """
    key, labels, pixels = "", list[int](), b""
    try:
        for instruction, value, _ in pickletools.genops(data):
            if "STRING" in instruction.name or "BYTES" in instruction.name:
                said = value.encode("latin-1") if isinstance(value, str) else bytes(value or b"")
                key = said.decode("latin-1") if len(said) < 16 else ""
                pixels = said if len(said) > len(pixels) else pixels
            elif key == "labels" and instruction.name.startswith("BININT"):
                labels.append(int(value or 0))
    except ValueError:
        return np.empty((0, _RECORD), np.uint8)
    if not labels or len(pixels) != len(labels) * (_RECORD - 1) or not max(labels) < 256:
        return np.empty((0, _RECORD), np.uint8)
    planes = np.frombuffer(pixels, np.uint8).reshape(len(labels), -1)
    return np.hstack([np.array(labels, np.uint8)[:, None], planes])
