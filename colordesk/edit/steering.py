"""What a person says about colour at places of a photo, as values.

Hides their JSON. Places are relative to the upright photo (0..1 across and down), so that they
hold at every size of the same picture.
Invariant: a value that exists is valid; ranges are checked when it is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from colordesk.edit import validation
from colordesk.edit.validation import EditError, check_range

MOST_POINTS = 1000
LEAST_RADIUS, MOST_RADIUS = 0.01, 4.0
REACH = 0.5
"""Of a point, unless a person says otherwise."""
_LONGEST_NAME = 200
_LONGEST_PATH = 4096


@dataclass(frozen=True)
class ColorPoint:
    """The colour at one place, and how far it spreads."""

    x: float
    """From the left (0) to the right edge (1) of the upright photo."""
    y: float
    """From the upper (0) to the lower edge (1)."""
    a: float = 0.0
    """CIELAB a*, -128..128."""
    b: float = 0.0
    """CIELAB b*, -128..128."""
    radius: float = REACH
    """How far the colour spreads, 0.01..4, in short sides of the photo along an even surface; edges
    of lightness in between count as way."""
    gray: bool = False
    """Keep this place gray, whatever a and b are."""
    name: str = ""
    """What a person calls it, e.g. "navy wool coat"."""

    def __post_init__(self) -> None:
        for field, low, high in (
            ("x", 0.0, 1.0),
            ("y", 0.0, 1.0),
            ("a", -128.0, 128.0),
            ("b", -128.0, 128.0),
            ("radius", LEAST_RADIUS, MOST_RADIUS),
        ):
            check_range(f"a point's {field}", getattr(self, field), low, high)

    @property
    def ab(self) -> tuple[float, float]:
        """The chroma that is wanted here."""
        return (0.0, 0.0) if self.gray else (self.a, self.b)

    def to_data(self) -> dict[str, Any]:
        """Return the point as a JSON object; what has its usual value is left out."""
        data: dict[str, Any] = {"x": self.x, "y": self.y, "a": self.a, "b": self.b}
        if self.radius != REACH:
            data["radius"] = self.radius
        if self.gray:
            data["gray"] = True
        if self.name:
            data["name"] = self.name
        return data


@dataclass(frozen=True)
class Reference:
    """A photograph whose colours are wanted."""

    path: Path
    strength: float = 80.0
    """From none (0) to all of its colours (100)."""

    def __post_init__(self) -> None:
        check_range("reference.strength", self.strength, 0, 100)

    def to_data(self) -> dict[str, Any]:
        """Return the reference as a JSON object."""
        return {"path": str(self.path), "strength": self.strength}


def reference_from_data(data: object, folder: Path | None) -> Reference | None:
    """Return the reference of a JSON object, or None.

    Args:
        data: the object.
        folder: where the photograph lies, unless its path says so.

    Raises:
        EditError: a wrong field, type or range.
    """
    if data is None:
        return None
    given = dict(validation.an_object("reference", data))
    path = Path(validation.a_text("reference.path", given.pop("path", None), _LONGEST_PATH))
    values = validation.numbers("reference", given, ("strength",))
    return Reference((folder or Path()) / path, **values)


def points_from_data(data: object) -> tuple[ColorPoint, ...]:
    """Return the points of a JSON list.

    Raises:
        EditError: it is none, has an unknown field, a wrong type or range.
    """
    entries = validation.a_list("points", data, MOST_POINTS)
    return tuple(_point(f"points[{index}]", entry) for index, entry in enumerate(entries))


def _point(where: str, data: object) -> ColorPoint:
    given = dict(validation.an_object(where, data))
    name = validation.a_text(f"{where}.name", given.pop("name", ""), _LONGEST_NAME)
    gray = given.pop("gray", False)
    if not isinstance(gray, bool):
        raise EditError(f"{where}.gray must be true or false, not {gray!r}")
    values = validation.numbers(where, given, ("x", "y", "a", "b", "radius"))
    if "x" not in values or "y" not in values:
        raise EditError(f"{where} must say x and y")
    return ColorPoint(**values, gray=gray, name=name)
