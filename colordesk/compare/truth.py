"""The true colours of a photograph, and the gray photo that a colorizer gets to see of it.

Invariant: the gray photo holds nothing of the colours but their lightness, as its file would.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from colordesk import color, icc
from colordesk.edit import Edit, Look
from colordesk.errors import FileError
from colordesk.metrics.lab import length
from colordesk.metrics.places import small_lab
from colordesk.metrics.sums import GRAY_BELOW
from colordesk.metrics.table import SizesDiffer
from colordesk.photo import Photo, open_photo
from colordesk.render import Renderer
from colordesk.task import Task

if TYPE_CHECKING:
    from numpy.typing import NDArray

_COLOURED_SHARE = 0.001
_NEUTRAL = Edit(look=Look(strength=0))


class NoTruth(FileError):
    """A photo or a result cannot be judged."""


@dataclass(frozen=True, eq=False)
class Truth:
    """One photograph with its true colours."""

    path: Path
    rgb: NDArray[np.uint8]
    """sRGB, H x W x 3."""
    gray: Photo
    """Its lightness alone, one channel of 8 bits."""

    @property
    def pixels(self) -> int:
        """How many there are."""
        return self.gray.width * self.gray.height


def read_truth(path: Path, renderer: Renderer, task: Task, truth: Path | None = None) -> Truth:
    """Open a photograph and make the gray photo of it.

    Args:
        path: the photograph.
        renderer: makes the gray photo.
        task: progress and cancel.
        truth: another file with its true colours; None where they are its own.

    Raises:
        NoTruth: its truth is gray, so its true colours are not known.
        SizesDiffer: its truth has another size.
        PhotoError: it cannot be opened.
        Cancelled: the owner of the task asked for it.
    """
    photo = open_photo(path, task.part(0.0, 0.3))
    true = photo if truth is None else open_photo(truth, task.part(0.3, 0.5))
    rgb = srgb_of(true)
    if true.is_gray or not has_colour(rgb):
        raise NoTruth(truth or path, "it is gray, so its true colours are not known")
    seen = rgb if true is photo else srgb_of(photo)
    if seen.shape[:2] != rgb.shape[:2]:
        raise SizesDiffer((photo.width, photo.height), (true.width, true.height))
    neutral = renderer.render(Photo(seen, path=path), _NEUTRAL, task.part(0.5, 1.0))
    return Truth(path, rgb, Photo(neutral.pixels[:, :, :1], path=path))


def srgb_of(photo: Photo) -> NDArray[np.uint8]:
    """Return the pixels of a photo as 8-bit sRGB, H x W x 3."""
    if photo.is_gray:
        lightness = color.lightness(photo.pixels, photo.profile)
        return np.asarray(
            color.from_lab(lightness, np.zeros((2, *lightness.shape), np.float32), icc.SRGB, 8)
        )
    if photo.bits == 8 and photo.profile == icc.SRGB:
        return np.asarray(photo.pixels, np.uint8)
    return color.convert(photo.pixels, photo.profile, icc.SRGB)


def has_colour(rgb: NDArray[np.uint8]) -> bool:
    """Tell a photograph with some colour from a gray one, stored in three channels perhaps."""
    _, a, b = small_lab(rgb)
    return bool(np.mean(length(a, b) >= GRAY_BELOW) >= _COLOURED_SHARE)
