"""How a photo is turned, straightened, rectified and cut, as a value.

Hides the order of the steps and their matrices. It works on places, not on pixels (`reshape` does),
and comes before everything else: a model knows faces only upright, and the table around a
photographed print is nothing to colour.
Invariant: a value that exists is valid, and the picture that it describes has no empty corners.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from colordesk import validation
from colordesk.validation import EditError, check_known, check_range

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_DEGREES = 45.0
WHOLE = (0.0, 0.0, 1.0, 1.0)
_SMALLEST = 0.005
"""What is left by a crop, at least, as a share of a side."""
_SMALLEST_AREA = 0.0025
"""Of the four corners of a print, as a share of the photo."""

Place = tuple[float, float]
"""Across and down, each from 0 to 1."""


@dataclass(frozen=True)
class Geometry:
    """Steps in the order in which they are done."""

    corners: tuple[Place, Place, Place, Place] | None = None
    """Where the corners of a photographed print lie in the photo: those that are to become upper
    left, upper right, lower right and lower left; None for a photo that needs no rectifying."""
    turns: int = 0
    """Quarter turns clockwise, 0..3."""
    mirrored: bool = False
    """Left and right are swapped."""
    angle: float = 0.0
    """Degrees clockwise, -45..45; the largest upright part of the same shape is kept."""
    crop: tuple[float, float, float, float] = WHOLE
    """Left, top, right and bottom of what is kept of all that, each from 0 to 1."""

    def __post_init__(self) -> None:
        if self.turns not in (0, 1, 2, 3):
            raise EditError(f"geometry.turns must be 0, 1, 2 or 3, not {self.turns}")
        check_range("geometry.angle", self.angle, -MOST_DEGREES, MOST_DEGREES)
        left, top, right, bottom = self.crop
        for edge in self.crop:
            check_range("an edge of geometry.crop", edge, 0, 1)
        if right - left < _SMALLEST or bottom - top < _SMALLEST:
            raise EditError("geometry.crop leaves nothing of the photo")
        if self.corners is not None:
            for x, y in self.corners:
                check_range("a corner in geometry.corners", x, 0, 1)
                check_range("a corner in geometry.corners", y, 0, 1)
            if not _is_convex(self.corners):
                raise EditError("geometry.corners must go round the print clockwise")

    @property
    def resamples(self) -> bool:
        """Whether pixels are mixed; if not, each one stays what it is."""
        return self.corners is not None or self.angle != 0

    def turned(self, quarters: int) -> Geometry:
        """Return this shape with the finished picture turned by so many quarters clockwise."""
        crop = self.crop
        for _ in range(quarters % 4):
            left, top, right, bottom = crop
            crop = (1 - bottom, left, 1 - top, right)
        turns = self.turns + (-quarters if self.mirrored else quarters)
        return replace(self, turns=turns % 4, crop=crop)

    def flipped(self) -> Geometry:
        """Return this shape with left and right of the finished picture swapped."""
        left, top, right, bottom = self.crop
        return replace(
            self,
            mirrored=not self.mirrored,
            angle=-self.angle,
            crop=(1 - right, top, 1 - left, bottom),
        )

    def size(self, width: int, height: int) -> tuple[int, int]:
        """Return width and height of the picture that becomes of one of this size."""
        return self.plan(width, height)[1]

    def plan(self, width: int, height: int) -> tuple[NDArray[np.float64], tuple[int, int]]:
        """Return where each place of the new picture lies in the photo, and its size.

        Args:
            width: of the photo in pixels.
            height: of the photo in pixels.

        Returns:
            A 3 x 3 homography from places in the new picture to places in the photo, both in
            pixels from the upper left corner of the upper left pixel; and width and height.
        """
        matrix, w, h = np.eye(3), float(width), float(height)
        if self.corners is not None:
            matrix, w, h = _rectified(np.array(self.corners) * (w, h))
        for _ in range(self.turns):
            matrix = matrix @ np.array([[0, 1, 0], [-1, 0, h], [0, 0, 1]])
            w, h = h, w
        if self.mirrored:
            matrix = matrix @ np.array([[-1, 0, w], [0, 1, 0], [0, 0, 1]])
        if self.angle:
            step, w, h = _straightened(math.radians(self.angle), w, h)
            matrix = matrix @ step
        left, top, right, bottom = (
            round(edge * side) for edge, side in zip(self.crop, (w, h, w, h), strict=True)
        )
        across, down = max(right - left, 1), max(bottom - top, 1)
        return matrix @ np.array([[1, 0, left], [0, 1, top], [0, 0, 1]]), (across, down)

    def forward(self, places: Sequence[Place], width: int, height: int) -> list[Place]:
        """Return where places of the photo lie in the new picture; outside 0..1 if cut off.

        Args:
            places: relative to the photo.
            width: of the photo in pixels.
            height: of the photo in pixels.
        """
        matrix, (w, h) = self.plan(width, height)
        return _moved(places, np.asarray(np.linalg.inv(matrix)), (width, height), (w, h))

    def backward(self, places: Sequence[Place], width: int, height: int) -> list[Place]:
        """Return where places of the new picture lie in the photo; the opposite of `forward`."""
        matrix, size = self.plan(width, height)
        return [
            (min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0))
            for x, y in _moved(places, matrix, size, (width, height))
        ]

    def to_data(self) -> dict[str, Any]:
        """Return the geometry as a JSON object; what has its usual value is left out."""
        data: dict[str, Any] = {}
        if self.corners is not None:
            data["corners"] = [list(corner) for corner in self.corners]
        if self.turns:
            data["turns"] = self.turns
        if self.mirrored:
            data["mirrored"] = True
        if self.angle:
            data["angle"] = self.angle
        if self.crop != WHOLE:
            data["crop"] = list(self.crop)
        return data


def geometry_from_data(data: object) -> Geometry:
    """Return the geometry of a JSON object.

    Raises:
        EditError: it is none, has an unknown field, a wrong type or range.
    """
    given = validation.an_object("geometry", data)
    check_known("geometry.", given, ("corners", "turns", "mirrored", "angle", "crop"))
    turns, mirrored = given.get("turns", 0), given.get("mirrored", False)
    if isinstance(turns, bool) or not isinstance(turns, int):
        raise EditError(f"geometry.turns must be a whole number, not {turns!r}")
    if not isinstance(mirrored, bool):
        raise EditError(f"geometry.mirrored must be true or false, not {mirrored!r}")
    corners = given.get("corners")
    if corners is not None:
        entries = validation.a_list("geometry.corners", corners, 4)
        if len(entries) != 4:
            raise EditError("geometry.corners must have four corners")
        corners = tuple(_numbers("geometry.corners", corner, 2) for corner in entries)
    return Geometry(
        corners=corners,
        turns=turns,
        mirrored=mirrored,
        angle=validation.a_number("geometry.angle", given.get("angle", 0.0)),
        crop=_numbers("geometry.crop", given.get("crop", list(WHOLE)), 4),
    )


def _numbers(name: str, data: object, count: int) -> Any:
    entries = validation.a_list(name, data, count)
    if len(entries) != count:
        raise EditError(f"{name} must have {count} numbers")
    return tuple(validation.a_number(name, entry) for entry in entries)


def _rectified(corners: NDArray[np.float64]) -> tuple[NDArray[np.float64], float, float]:
    """Return the homography from an upright print to its corners, with its width and height."""
    edges = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    w, h = max(edges[0], edges[2]), max(edges[1], edges[3])
    upright = np.array([(0, 0), (w, 0), (w, h), (0, h)], np.float32)
    matrix = cv2.getPerspectiveTransform(upright, corners.astype(np.float32))
    return np.asarray(matrix, np.float64), float(w), float(h)


def _straightened(angle: float, w: float, h: float) -> tuple[NDArray[np.float64], float, float]:
    """Return the matrix from the largest upright part of the same shape to the tilted picture."""
    cos, sin = math.cos(angle), math.sin(angle)
    shrink = cos + abs(sin) * max(w / h, h / w)
    w2, h2 = w / shrink, h / shrink
    back = np.array([[cos, sin, 0], [-sin, cos, 0], [0, 0, 1]])
    to_middle = np.array([[1, 0, -w2 / 2], [0, 1, -h2 / 2], [0, 0, 1]])
    from_middle = np.array([[1, 0, w / 2], [0, 1, h / 2], [0, 0, 1]])
    return from_middle @ back @ to_middle, w2, h2


def _moved(
    places: Sequence[Place],
    matrix: NDArray[np.float64],
    size: tuple[int, int],
    new_size: tuple[int, int],
) -> list[Place]:
    if not places:
        return []
    pixels = np.array(places, np.float64).reshape(-1, 1, 2) * size
    moved = cv2.perspectiveTransform(pixels, matrix)[:, 0] / new_size
    return [(float(x), float(y)) for x, y in moved]


def _is_convex(corners: Sequence[Place]) -> bool:
    """Whether the corners go round a convex area clockwise that is not next to nothing."""
    points = np.array(corners)
    ahead, behind = np.roll(points, -1, axis=0) - points, points - np.roll(points, 1, axis=0)
    cross = behind[:, 0] * ahead[:, 1] - behind[:, 1] * ahead[:, 0]
    return bool((cross > 0).all() and cv2.contourArea(points.astype(np.float32)) > _SMALLEST_AREA)
