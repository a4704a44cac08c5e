"""Colours that a person saved under names, with what tells the thing that has each of them.

Hides their file: JSON that a person can read and mend, of bounded size, written as a whole.
Invariant: a value that exists is valid, and a name stands for one colour.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from colordesk.edit import ColorPoint, EditError
from colordesk.edit.steering import LEAST_RADIUS, MOST_RADIUS, REACH
from colordesk.edit.validation import (
    a_list,
    a_number,
    a_text,
    an_object,
    check_known,
    check_range,
)
from colordesk.errors import FileError
from colordesk.paths import atomic_write

SCHEMA = 1
MOST_COLOURS = 200
LONGEST_NAME = 200
_MOST_FEATURES = 512
_LONGEST_ID = 4096
_MAX_FILE_BYTES = 8 * 2**20
_NUMBERS = {
    "a": (-128.0, 128.0),
    "b": (-128.0, 128.0),
    "lightness": (0.0, 100.0),
    "radius": (LEAST_RADIUS, MOST_RADIUS),
}


class SavedColoursError(FileError):
    """The file of saved colours cannot be used, or can take no more."""


@dataclass(frozen=True)
class SavedColour:
    """A colour, and how the thing is known that has it."""

    name: str
    """What a person calls it, e.g. "navy wool coat"."""
    a: float
    """CIELAB a*, -128..128."""
    b: float
    """CIELAB b*, -128..128."""
    model: str
    """Id of the model that knows the thing."""
    features: tuple[float, ...]
    """By which that model knows it, see `likeness.signature`."""
    lightness: float = 50.0
    """L* of the thing where it was saved; it only tells how the colour looks."""
    radius: float = REACH
    """How far the colour spreads, as of a point."""
    gray: bool = False
    """Keep the thing gray."""

    def __post_init__(self) -> None:
        if not self.name.strip() or len(self.name) > LONGEST_NAME:
            raise EditError(f"a name must have 1 to {LONGEST_NAME} letters")
        for field, (low, high) in _NUMBERS.items():
            check_range(f"a saved colour's {field}", getattr(self, field), low, high)
        if not 1 <= len(self.features) <= _MOST_FEATURES:
            raise EditError(f"{len(self.features)} features, 1 to {_MOST_FEATURES} are possible")
        if not all(math.isfinite(value) and abs(value) <= 1.001 for value in self.features):
            raise EditError("features must be between -1 and 1")

    def point(self, x: float, y: float) -> ColorPoint:
        """Return a point of this colour at a place."""
        return ColorPoint(x, y, self.a, self.b, self.radius, self.gray, self.name)

    def to_data(self) -> dict[str, Any]:
        """Return the colour as a JSON object."""
        return {
            "name": self.name,
            "a": self.a,
            "b": self.b,
            "lightness": round(self.lightness, 2),
            "radius": self.radius,
            "gray": self.gray,
            "model": self.model,
            "features": [round(value, 4) for value in self.features],
        }


def with_colour(
    colours: Iterable[SavedColour], colour: SavedColour, path: Path
) -> tuple[SavedColour, ...]:
    """Return all colours and one more, in order of their names; it replaces one of its name.

    Raises:
        SavedColoursError: there are too many.
    """
    kept = {other.name: other for other in colours} | {colour.name: colour}
    if len(kept) > MOST_COLOURS:
        raise SavedColoursError(path, f"it holds {MOST_COLOURS} colours, and no more fit")
    return tuple(kept[name] for name in sorted(kept, key=str.casefold))


def read_saved(path: Path) -> tuple[SavedColour, ...]:
    """Read saved colours; a missing file has none.

    Raises:
        SavedColoursError: the file is damaged.
        OSError: the file cannot be read.
    """
    if not path.exists():
        return ()
    if path.stat().st_size > _MAX_FILE_BYTES:
        raise SavedColoursError(path, "it is far too large for saved colours")
    try:
        data = an_object("it", json.loads(path.read_text(encoding="utf-8")))
        if data.get("schema") != SCHEMA:
            raise EditError(f"its schema is {data.get('schema')!r}, this program reads {SCHEMA}")
        entries = a_list("colours", data.get("colours"), MOST_COLOURS)
        found = [_colour(f"colours[{index}]", entry) for index, entry in enumerate(entries)]
    except EditError as error:
        raise SavedColoursError(path, error.problem) from error
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError is a ValueError
        raise SavedColoursError(path, f"it is not valid JSON ({error})") from error
    return tuple({colour.name: colour for colour in found}.values())


def write_saved(colours: Iterable[SavedColour], path: Path) -> None:
    """Write saved colours atomically, making the folder if needed; one line for each feature list.

    Raises:
        OSError: the folder cannot be made or written, or the disk is full.
    """
    entries = [
        ",\n".join(
            f"      {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}"
            for name, value in colour.to_data().items()
        )
        for colour in colours
    ]
    body = ",\n".join(f"    {{\n{entry}\n    }}" for entry in entries)
    inside = f"\n{body}\n  " if body else ""
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_write(path) as temporary:
        text = f'{{\n  "schema": {SCHEMA},\n  "colours": [{inside}]\n}}\n'
        temporary.write_text(text, encoding="utf-8")


def _colour(where: str, data: object) -> SavedColour:
    given = an_object(where, data)
    known = {"name", "model", "features", "gray", *_NUMBERS}
    check_known(f"{where}.", given, known)
    gray = given.get("gray", False)
    if not isinstance(gray, bool):
        raise EditError(f"{where}.gray must be true or false, not {gray!r}")
    numbers = {name: a_number(f"{where}.{name}", given[name]) for name in _NUMBERS if name in given}
    if "a" not in numbers or "b" not in numbers:
        raise EditError(f"{where} must say a and b")
    features = a_list(f"{where}.features", given.get("features"), _MOST_FEATURES)
    return SavedColour(
        name=a_text(f"{where}.name", given.get("name"), LONGEST_NAME),
        model=a_text(f"{where}.model", given.get("model"), _LONGEST_ID),
        features=tuple(a_number(f"{where}.features", value) for value in features),
        gray=gray,
        **numbers,
    )
