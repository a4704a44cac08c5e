"""What is compared: models, the gray picture that does nothing, and pictures made elsewhere.

Hides where a picture comes from.
Invariant: a stamp changes whenever the pictures of a contestant may have changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from colordesk.compare.truth import NoTruth, Truth, srgb_of
from colordesk.edit import Edit
from colordesk.inference.library import Model
from colordesk.metrics.table import SizesDiffer
from colordesk.photo import open_photo
from colordesk.render import Renderer
from colordesk.task import Task

if TYPE_CHECKING:
    from numpy.typing import NDArray

GRAY = "gray"
"""The name of the contestant that does nothing."""


class Contestant(Protocol):
    """Someone who gives colours to photographs."""

    @property
    def name(self) -> str:
        """Short, and no other's."""

    @property
    def is_timed(self) -> bool:
        """Whether the time that its pictures take is its own."""

    def stamp(self, photo: Path) -> str:
        """Return what tells this contestant's picture of a photo from any other."""

    def picture(self, truth: Truth, task: Task) -> NDArray[np.uint8]:
        """Return sRGB, H x W x 3, of the size of the truth."""


class GrayPicture:
    """Leaves the photo gray: what every colorizer must be better than."""

    name = GRAY
    is_timed = False

    def stamp(self, photo: Path) -> str:
        """Return the same always."""
        return GRAY

    def picture(self, truth: Truth, task: Task) -> NDArray[np.uint8]:
        """Return the gray photo as three equal channels."""
        return np.repeat(np.asarray(truth.gray.pixels, np.uint8), 3, axis=2)


class ModelPicture:
    """Has a model colour the gray photo, as the program does it for anyone.

    Args:
        model: from the library of the renderer.
        renderer: makes the pictures.
        wanted: how the library finds the model.
        size: short side, in pixels, of what the model sees; None for the model's own.
    """

    is_timed = True

    def __init__(self, model: Model, renderer: Renderer, wanted: str, size: int | None) -> None:
        self.name = model.manifest.id
        self._stamp = f"{file_stamp(model.path)} {size}"
        self._renderer = renderer
        self._edit = Edit(model=wanted, size=size)

    def stamp(self, photo: Path) -> str:
        """Return what tells the model's file and working size."""
        return self._stamp

    def picture(self, truth: Truth, task: Task) -> NDArray[np.uint8]:
        """Return the coloured photo.

        Raises:
            ModelError: the model's file cannot be used.
            DeviceError: the device cannot be had.
            OutOfMemory: the model cannot work even at its smallest size.
            Cancelled: the owner of the task asked for it.
        """
        return np.asarray(self._renderer.render(truth.gray, self._edit, task).pixels, np.uint8)


class PictureFolder:
    """Has its pictures in files, made by any program.

    Args:
        name: of the folder.
        files: the picture of each photo; one that is missing has none.
    """

    is_timed = False

    def __init__(self, name: str, files: Mapping[Path, Path]) -> None:
        self.name = name
        self._files = files

    def stamp(self, photo: Path) -> str:
        """Return what tells the file of the picture."""
        return file_stamp(self._files[photo]) if photo in self._files else ""

    def picture(self, truth: Truth, task: Task) -> NDArray[np.uint8]:
        """Return the picture of a photo.

        Raises:
            NoTruth: there is none.
            SizesDiffer: it is not of the size of the truth.
            PhotoError: it cannot be opened.
            Cancelled: the owner of the task asked for it.
        """
        if truth.path not in self._files:
            raise NoTruth(truth.path, f"there is no picture of it in {self.name}")
        rgb = srgb_of(open_photo(self._files[truth.path], task))
        if rgb.shape != truth.rgb.shape:
            raise SizesDiffer(rgb.shape[1::-1], truth.rgb.shape[1::-1])
        return rgb


def file_stamp(path: Path) -> str:
    """Return what changes when a file is replaced.

    Raises:
        OSError: it cannot be looked at.
    """
    status = path.stat()
    return f"{path.absolute()} {status.st_size} {status.st_mtime_ns}"
