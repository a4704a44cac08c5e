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
from itertools import pairwise
from typing import Any

from colordesk.edit import validation
from colordesk.edit.validation import EditError, check_known, check_range

MOST_DEGREES = 45.0
WHOLE = (0.0, 0.0, 1.0, 1.0)
_SMALLEST = 0.005
"""What is left by a crop, at least, as a share of a side."""
_SMALLEST_AREA = 0.0025
"""Of the four corners of a print, as a share of the photo."""

Place = tuple[float, float]
"""Across and down, each from 0 to 1."""
Row = tuple[float, float, float]
Matrix = tuple[Row, Row, Row]
"""A homography of the plane, row by row."""


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

    def plan(self, width: int, height: int) -> tuple[Matrix, tuple[int, int]]:
        """Return where each place of the new picture lies in the photo, and its size.

        Args:
            width: of the photo in pixels.
            height: of the photo in pixels.

        Returns:
            A 3 x 3 homography from places in the new picture to places in the photo, both in
            pixels from the upper left corner of the upper left pixel; and width and height.
        """
        matrix, w, h = _moved_by(0, 0), float(width), float(height)
        if self.corners is not None:
            matrix, w, h = _rectified([(x * w, y * h) for x, y in self.corners])
        for _ in range(self.turns):
            matrix = _product(matrix, ((0, 1, 0), (-1, 0, h), (0, 0, 1)))
            w, h = h, w
        if self.mirrored:
            matrix = _product(matrix, ((-1, 0, w), (0, 1, 0), (0, 0, 1)))
        if self.angle:
            step, w, h = _straightened(math.radians(self.angle), w, h)
            matrix = _product(matrix, step)
        left, top, right, bottom = (
            round(edge * side) for edge, side in zip(self.crop, (w, h, w, h), strict=True)
        )
        across, down = max(right - left, 1), max(bottom - top, 1)
        return _product(matrix, _moved_by(left, top)), (across, down)

    def forward(self, places: Sequence[Place], width: int, height: int) -> list[Place]:
        """Return where places of the photo lie in the new picture; outside 0..1 if cut off.

        Args:
            places: relative to the photo.
            width: of the photo in pixels.
            height: of the photo in pixels.
        """
        matrix, (w, h) = self.plan(width, height)
        return _moved(places, _inverse(matrix), (width, height), (w, h))

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


def _rectified(corners: Sequence[Place]) -> tuple[Matrix, float, float]:
    """Return the homography from an upright print to its corners, with its width and height.

    Heckbert 1989, "Fundamentals of Texture Mapping and Image Warping", section 2.2.3.
    """
    ring = [*corners, corners[0]]
    top, right, bottom, left = (math.dist(one, other) for one, other in pairwise(ring))
    w, h = max(top, bottom), max(right, left)
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corners
    sum_x, sum_y = x0 - x1 + x2 - x3, y0 - y1 + y2 - y3
    x1_2, y1_2, x3_2, y3_2 = x1 - x2, y1 - y2, x3 - x2, y3 - y2
    area = x1_2 * y3_2 - x3_2 * y1_2
    g = (sum_x * y3_2 - x3_2 * sum_y) / area
    k = (x1_2 * sum_y - sum_x * y1_2) / area
    from_square = (
        (x1 - x0 + g * x1, x3 - x0 + k * x3, x0),
        (y1 - y0 + g * y1, y3 - y0 + k * y3, y0),
        (g, k, 1.0),
    )
    return _product(from_square, ((1 / w, 0, 0), (0, 1 / h, 0), (0, 0, 1))), w, h


def _straightened(angle: float, w: float, h: float) -> tuple[Matrix, float, float]:
    """Return the matrix from the largest upright part of the same shape to the tilted picture."""
    cos, sin = math.cos(angle), math.sin(angle)
    shrink = cos + abs(sin) * max(w / h, h / w)
    w2, h2 = w / shrink, h / shrink
    back = _product(((cos, sin, 0), (-sin, cos, 0), (0, 0, 1)), _moved_by(-w2 / 2, -h2 / 2))
    return _product(_moved_by(w / 2, h / 2), back), w2, h2


def _moved_by(across: float, down: float) -> Matrix:
    return ((1, 0, across), (0, 1, down), (0, 0, 1))


def _product(one: Matrix, other: Matrix) -> Matrix:
    columns = tuple(zip(*other, strict=True))
    first, second, third = (
        tuple(sum(a * b for a, b in zip(row, column, strict=True)) for column in columns)
        for row in one
    )
    return (_row(first), _row(second), _row(third))


def _inverse(matrix: Matrix) -> Matrix:
    (a, b, c), (d, e, f), (g, h, i) = matrix
    whole = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
    return (
        ((e * i - f * h) / whole, (c * h - b * i) / whole, (b * f - c * e) / whole),
        ((f * g - d * i) / whole, (a * i - c * g) / whole, (c * d - a * f) / whole),
        ((d * h - e * g) / whole, (b * g - a * h) / whole, (a * e - b * d) / whole),
    )


def _row(values: tuple[float, ...]) -> Row:
    a, b, c = values
    return a, b, c


def _moved(
    places: Sequence[Place], matrix: Matrix, size: tuple[int, int], new_size: tuple[int, int]
) -> list[Place]:
    moved = []
    for place in places:
        x, y = place[0] * size[0], place[1] * size[1]
        across, down, depth = (row[0] * x + row[1] * y + row[2] for row in matrix)
        moved.append((across / depth / new_size[0], down / depth / new_size[1]))
    return moved


def _is_convex(corners: Sequence[Place]) -> bool:
    """Whether the corners go round a convex area clockwise that is not next to nothing."""
    turns = []
    doubled = 0.0
    for number, (x, y) in enumerate(corners):
        (x0, y0), (x2, y2) = corners[number - 1], corners[(number + 1) % len(corners)]
        turns.append((x - x0) * (y2 - y) - (y - y0) * (x2 - x))
        doubled += x * y2 - x2 * y
    return min(turns) > 0 and doubled / 2 > _SMALLEST_AREA
