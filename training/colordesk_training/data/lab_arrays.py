"""The Kaggle set of papers 000 and 002 (shravankumar9892/image-colorization): arrays of 8-bit Lab.

25,000 pictures of 224 x 224, L in one file and ab in three, in OpenCV's 8-bit Lab. They are read as
memory maps, never unpickled, and become sRGB as in the authors' notebooks, by OpenCV.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from colordesk_training.data.picture import DataError, Picture

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LIGHTNESS = "l/gray_scale.npy"
_FIRST = {"ab1": 0, "ab2": 10_000, "ab3": 20_000}  # which L belongs to the first ab of each file
_TRAINING = ("ab1", "ab2")  # ab3 is the test set of paper 002, table 1


class LabArrays:
    """The training pictures (the whole folder: ab1 and ab2), or one of the ab files.

    Args:
        path: the folder with `l` and `ab`, or one of `ab1.npy`, `ab2.npy`, `ab3.npy` in it.

    Raises:
        DataError: a file is missing, damaged or of another shape.
        OSError: a file cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        root = _root(path)
        assert root is not None
        if path.is_file():
            files = [path]
        else:
            wanted = [root / f"{folder}/{part}.npy" for part in _TRAINING for folder in _folders()]
            files = [file for file in wanted if file.is_file()]
        if not files:
            raise DataError(path, "it holds neither ab/ab1.npy nor ab/ab2.npy")
        lightness = _array(root / _LIGHTNESS, 3)
        self._parts = []
        for file in files:
            if file.stem not in _FIRST:
                raise DataError(file, f"its name must be one of {', '.join(_FIRST)}")
            ab, first = _array(file, 4), _FIRST[file.stem]
            of_these = lightness[first : first + len(ab)]
            if of_these.shape != ab.shape[:3] or ab.shape[3] != 2:
                raise DataError(file, f"its pictures do not fit those in {_LIGHTNESS}")
            self._parts.append((file.stem, of_these, ab))
        self._ends = np.cumsum([len(ab) for _, _, ab in self._parts])

    def pictures(self) -> list[Picture]:
        """Return its pictures in the order of the set, grouped by file."""
        pictures: list[Picture] = []
        for part, _, ab in self._parts:
            for i in range(len(ab)):
                pictures.append(Picture(self._path, f"{part}/{i:05}", len(pictures)))
        return pictures

    def read(self, picture: Picture, _at_least: int) -> NDArray[np.uint8]:
        """Return the pixels, uint8 224 x 224 x 3 RGB."""
        number = int(np.searchsorted(self._ends, picture.place, "right"))
        _, lightness, ab = self._parts[number]
        i = picture.place - self._ends[number]
        return np.asarray(
            cv2.cvtColor(np.dstack([lightness[i], ab[i]]), cv2.COLOR_LAB2RGB), np.uint8
        )


def is_lab_arrays(path: Path) -> bool:
    """Return whether this is the set's folder or one of its ab files."""
    return (path.is_dir() or path.suffix == ".npy") and _root(path) is not None


def _root(path: Path) -> Path | None:
    around = [path] if path.is_dir() else list(path.resolve().parents[:3])
    return next((folder for folder in around if (folder / _LIGHTNESS).is_file()), None)


def _folders() -> tuple[str, str]:
    return "ab/ab", "ab"  # Kaggle packs a folder into the folder; people often take one away


def _array(file: Path, dimensions: int) -> NDArray[np.uint8]:
    try:
        array = np.load(file, mmap_mode="r", allow_pickle=False)
    except (ValueError, EOFError) as error:
        raise DataError(file, "it is damaged or not a numpy array") from error
    if not isinstance(array, np.ndarray) or array.ndim != dimensions or array.dtype != np.uint8:
        raise DataError(file, "it does not hold 8-bit pictures as this set does")
    return array
