"""Colour strokes painted over a photo in another program: a transparent picture of its shape.

Hides sizes and half-transparent paint: strokes are brought to whatever size they are needed at,
and thin ones survive that.
Invariant: paint that is not there (alpha 0) never matters, whatever colour its pixels have.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from colordesk import color, icc
from colordesk.edit.geometry import Geometry
from colordesk.errors import FileError
from colordesk.photo import Photo, Pixels, open_photo
from colordesk.reshape import reshaped_pixels
from colordesk.scale import Plane, Planes, resize
from colordesk.task import Task

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SHORT_SIDE = 512  # more is never asked for
_THINNEST = 0.05  # of a pixel that must be paint; a line of one pixel in 20 still counts
_SHAPE_TOLERANCE = 0.01


class StrokesError(FileError):
    """A picture is no set of strokes for a photo."""


@dataclass(frozen=True, eq=False)
class Strokes:
    """Paint and where it is."""

    ab: Planes
    """2 x h x w, in CIELAB units; meaningless where there is no paint."""
    cover: Plane
    """h x w, how much of a pixel is paint, 0..1."""

    def at(self, size: tuple[int, int]) -> tuple[Planes, NDArray[np.bool_]]:
        """Return ab (2 x h x w) at another (width, height), and where there is paint."""
        cover = resize(self.cover, size)
        ab = np.stack([resize(plane * self.cover, size) for plane in self.ab])
        ab /= np.maximum(cover, np.float32(1e-6))
        return ab, cover >= _THINNEST

    def reshaped(self, geometry: Geometry) -> Strokes:
        """Return the strokes over the photo in another shape."""
        if geometry == Geometry():
            return self
        paint = reshaped_pixels(np.dstack([*(self.ab * self.cover), self.cover]), geometry)
        cover = np.clip(paint[:, :, 2], 0, 1)
        return Strokes(paint[:, :, :2].transpose(2, 0, 1) / np.maximum(cover, 1e-6), cover)


def read_strokes(path: Path, width: int, height: int, task: Task) -> Strokes:
    """Read strokes for a photo of some size; theirs may differ from it by scale.

    Raises:
        StrokesError: nothing in it is transparent, all is, or its shape is not the photo's.
        PhotoError: it is no picture.
        OSError: it cannot be read.
        Cancelled: the owner of the task asked for it.
    """
    painted = open_photo(path, task)
    if painted.alpha is None:
        raise StrokesError(path, "nothing in it is transparent, so all of it would be a stroke")
    if abs(painted.width * height / (painted.height * width) - 1) > max(
        _SHAPE_TOLERANCE, 1 / min(painted.width, painted.height)
    ):
        raise StrokesError(
            path,
            f"its shape, {painted.width} x {painted.height}, is not that of the photo, "
            f"{width} x {height}",
        )
    scale = min(1.0, _SHORT_SIDE / min(painted.width, painted.height))
    size = (max(1, round(painted.width * scale)), max(1, round(painted.height * scale)))
    cover, paint = _shrunk(painted, painted.alpha, size)
    if cover.max() < _THINNEST:
        raise StrokesError(path, "there is no stroke in it")
    if painted.is_gray:
        return Strokes(np.zeros((2, *cover.shape), np.float32), cover)
    return Strokes(color.ab_of(color.convert(paint, painted.profile, icc.SRGB)), cover)


def _shrunk(
    painted: Photo, alpha: Pixels, size: tuple[int, int]
) -> tuple[Plane, NDArray[np.uint8]]:
    """Return how much of each pixel is paint, and the paint's own colour, h x w x C."""
    top = float(np.iinfo(painted.pixels.dtype).max)
    cover = resize(np.asarray(alpha, np.float32) / np.float32(top), size)
    planes = []
    for channel in cv2.split(painted.pixels):  # paint counts by its alpha
        product = cv2.multiply(channel, alpha, scale=255 / top**2, dtype=cv2.CV_32F)
        planes.append(resize(np.asarray(product), size) / np.maximum(cover, 1e-6))
    return cover, np.rint(np.clip(np.dstack(planes), 0, 255)).astype(np.uint8)
