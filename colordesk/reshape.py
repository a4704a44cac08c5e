"""A photo in its new shape: turned, mirrored, straightened, rectified, cut.

Invariant: quarter turns, mirroring and cutting leave every pixel the value it has.
"""

from __future__ import annotations

import dataclasses
import hashlib
import threading
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from colordesk.edit import Edit
from colordesk.edit.brush import FARTHEST, LEAST_BRUSH, MOST_BRUSH
from colordesk.edit.geometry import Geometry, Place
from colordesk.edit.steering import LEAST_RADIUS, MOST_RADIUS
from colordesk.photo import Photo

if TYPE_CHECKING:
    from numpy.typing import NDArray

_HALF_PIXEL = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])


class Shaper:
    """Brings photos into shape and keeps the last one; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: tuple[tuple[str, Geometry], Photo] | None = None

    def reshaped(self, photo: Photo, geometry: Geometry) -> Photo:
        """Return the photo in the shape that a person gave it; see `reshaped`."""
        if geometry == Geometry():
            return photo
        key = (photo.id, geometry)
        with self._lock:
            if self._last is None or self._last[0] != key:
                self._last = None  # first: two of them may not fit into memory
                self._last = key, reshaped(photo, geometry)
            return self._last[1]


def located(edit: Edit, width: int, height: int) -> Edit:
    """Return an edit whose points and areas lie where they are in the new shape.

    Points that were cut off are left out.

    Args:
        edit: with places relative to the photo.
        width: of the photo in pixels.
        height: of the photo in pixels.
    """
    geometry = edit.geometry
    if geometry == Geometry() or not (edit.points or edit.areas):
        return edit
    larger = min(width, height) / min(geometry.size(width, height))
    there = geometry.forward([(point.x, point.y) for point in edit.points], width, height)
    points = tuple(
        dataclasses.replace(
            point,
            x=place[0],
            y=place[1],
            radius=min(max(point.radius * larger, LEAST_RADIUS), MOST_RADIUS),
        )
        for point, place in zip(edit.points, there, strict=True)
        if is_inside(place)
    )
    areas = tuple(
        dataclasses.replace(
            area,
            strokes=tuple(
                dataclasses.replace(
                    stroke,
                    path=tuple(map(_near, geometry.forward(stroke.path, width, height))),
                    radius=min(max(stroke.radius * larger, LEAST_BRUSH), MOST_BRUSH),
                )
                for stroke in area.strokes
            ),
        )
        for area in edit.areas
    )
    return dataclasses.replace(edit, points=points, areas=areas)


def _near(place: Place) -> Place:
    """Return a place that is not at the end of the world, as behind a photo that is tilted."""
    x, y = np.clip(np.nan_to_num(np.array(place)), -FARTHEST, FARTHEST).tolist()
    return x, y


def is_inside(place: Place) -> bool:
    """Whether a place was not cut off."""
    return 0 <= place[0] <= 1 and 0 <= place[1] <= 1


def reshaped(photo: Photo, geometry: Geometry) -> Photo:
    """Return the photo in the shape that a person gave it, with the same metadata."""
    if geometry == Geometry():
        return photo
    dpi = photo.dpi[::-1] if photo.dpi and geometry.turns % 2 else photo.dpi
    shaped = dataclasses.replace(
        photo,
        pixels=reshaped_pixels(photo.pixels, geometry),
        alpha=None if photo.alpha is None else reshaped_pixels(photo.alpha, geometry),
        dpi=dpi,
    )
    # known without reading all pixels again
    name = hashlib.sha256(repr((photo.id, geometry)).encode()).hexdigest()[:32]
    shaped.__dict__["id"] = name
    return shaped


def reshaped_pixels(pixels: NDArray[Any], geometry: Geometry) -> NDArray[Any]:
    """Return pixels in another shape; pixels are mixed by cubic interpolation if they must be.

    Args:
        pixels: uint8, uint16 or float32, H x W or H x W x C with at most four channels.
        geometry: the shape.
    """
    height, width = pixels.shape[:2]
    matrix, (w, h) = geometry.plan(width, height)
    if not geometry.resamples:
        turned = np.rot90(pixels, -geometry.turns)
        if geometry.mirrored:
            turned = turned[:, ::-1]
        left, top, _, _ = geometry.crop
        left, top = round(left * turned.shape[1]), round(top * turned.shape[0])
        return np.ascontiguousarray(turned[top : top + h, left : left + w])
    # OpenCV counts from the middle of the first pixel, `plan` from its corner
    centred = np.linalg.inv(_HALF_PIXEL) @ np.array(matrix) @ _HALF_PIXEL
    warped = cv2.warpPerspective(
        pixels,
        centred,
        (w, h),
        flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(warped).reshape(h, w, *pixels.shape[2:])
