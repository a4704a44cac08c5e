"""Areas of a photo as a person paints them: strokes of a brush, and what holds inside.

Hides their JSON. Places are relative to the upright photo, as those of colour points.
Invariant: a value that exists is valid; ranges are checked when it is made.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from colordesk.edit import validation
from colordesk.edit.validation import EditError, check_range

MOST_AREAS = 50
LEAST_BRUSH, MOST_BRUSH = 0.001, 4.0
_MOST_STROKES = 500
_MOST_PLACES = 5000
FARTHEST = 100.0
"""Places may lie outside of the photo, but not at the end of the world."""

Place = tuple[float, float]


@dataclass(frozen=True)
class Stroke:
    """One movement of the brush."""

    path: tuple[Place, ...]
    """x and y along it; 0..1 lies inside the photo."""
    radius: float
    """Of the brush, in short sides of the photo."""
    erase: bool = False
    """Whether it takes away from the area."""

    def __post_init__(self) -> None:
        check_range("a stroke's radius", self.radius, LEAST_BRUSH, MOST_BRUSH)
        if not 1 <= len(self.path) <= _MOST_PLACES:
            raise EditError(f"a stroke must have 1 to {_MOST_PLACES} places, not {len(self.path)}")
        if not all(
            math.isfinite(value) and abs(value) <= FARTHEST for xy in self.path for value in xy
        ):
            raise EditError("a stroke leaves the photo by far")


@dataclass(frozen=True)
class Area:
    """A part of the photo with a strength of its own."""

    strokes: tuple[Stroke, ...] = ()
    softness: float = 0.5
    """Of the rim, 0 (sharp) to 1 (as wide as the brush)."""
    strength: float = 0.0
    """Of the colour inside, 0..100."""
    saturation: float = 100.0
    """Of the colour inside, 0..200."""
    original: bool = False
    """Keep the photo's own pixels, whatever strength and saturation are."""

    def __post_init__(self) -> None:
        check_range("an area's softness", self.softness, 0, 1)
        check_range("an area's strength", self.strength, 0, 100)
        check_range("an area's saturation", self.saturation, 0, 200)
        if len(self.strokes) > _MOST_STROKES:
            raise EditError(
                f"an area has {len(self.strokes)} strokes, {_MOST_STROKES} are possible"
            )

    def to_data(self) -> dict[str, Any]:
        """Return the area as a JSON object."""
        return {
            "softness": self.softness,
            "strength": self.strength,
            "saturation": self.saturation,
            "original": self.original,
            "strokes": [
                {"radius": s.radius, "erase": s.erase, "path": [list(place) for place in s.path]}
                for s in self.strokes
            ],
        }


def areas_from_data(data: object) -> tuple[Area, ...]:
    """Return the areas of a JSON list.

    Raises:
        EditError: it is none, has an unknown field, a wrong type or range.
    """
    entries = validation.a_list("areas", data, MOST_AREAS)
    return tuple(_area(f"areas[{index}]", entry) for index, entry in enumerate(entries))


def _area(where: str, data: object) -> Area:
    given = dict(validation.an_object(where, data))
    strokes = validation.a_list(f"{where}.strokes", given.pop("strokes", []), _MOST_STROKES)
    original = _flag(f"{where}.original", given.pop("original", False))
    values = validation.numbers(where, given, ("softness", "strength", "saturation"))
    made = tuple(_stroke(f"{where}.strokes[{i}]", entry) for i, entry in enumerate(strokes))
    return Area(made, original=original, **values)


def _stroke(where: str, data: object) -> Stroke:
    given = dict(validation.an_object(where, data))
    places = validation.a_list(f"{where}.path", given.pop("path", None), _MOST_PLACES)
    erase = _flag(f"{where}.erase", given.pop("erase", False))
    values = validation.numbers(where, given, ("radius",))
    if "radius" not in values:
        raise EditError(f"{where} must say its radius")
    path = []
    for place in places:
        x, y = _pair(f"{where}.path", place)
        path.append((validation.a_number(f"{where}.path", x), validation.a_number(where, y)))
    return Stroke(tuple(path), values["radius"], erase)


def _pair(where: str, value: object) -> list[Any]:
    pair = validation.a_list(where, value, 2)
    if len(pair) != 2:
        raise EditError(f"{where} must be pairs of x and y")
    return pair


def _flag(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise EditError(f"{name} must be true or false, not {value!r}")
    return value
