"""An `Edit` is everything a person chose for one photo, as an immutable value.

It travels as JSON with a schema version: beside the photo (`<name>.colordesk.json`), as a preset
(a file that names only some of the fields) and through `--edit`. Undo is a stack of Edits.
Invariant: an Edit that exists is valid; ranges are checked when it is made.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from colordesk.edit import brush, steering, validation
from colordesk.edit.brush import Area as Area
from colordesk.edit.geometry import Geometry, geometry_from_data
from colordesk.edit.steering import ColorPoint as ColorPoint
from colordesk.edit.steering import Reference as Reference
from colordesk.edit.validation import EditError as EditError
from colordesk.edit.validation import check_known, check_range
from colordesk.paths import atomic_write

SCHEMA = 1
_MAX_FILE_BYTES = 16 * 2**20
_LONGEST_TEXT = 4096


@dataclass(frozen=True)
class Look:
    """How the predicted chroma is shown; all of it is cheap to change."""

    strength: float = 100.0
    """Blend from the gray photo (0) to the full result (100)."""
    saturation: float = 100.0
    """Chroma as a percentage of the model's, 0..200."""
    temperature: float = 0.0
    """Cooler (-100) to warmer (100)."""
    tint: float = 0.0
    """Greener (-100) to pinker (100)."""

    def __post_init__(self) -> None:
        check_range("look.strength", self.strength, 0, 100)
        check_range("look.saturation", self.saturation, 0, 200)
        check_range("look.temperature", self.temperature, -100, 100)
        check_range("look.tint", self.tint, -100, 100)


@dataclass(frozen=True)
class Edit:
    """Everything a person chose for one photo."""

    model: str | None = None
    """Id of the model in the library; None means the default model."""
    size: int | None = None
    """Short side in pixels of the copy that the model sees; None means the model's own choice."""
    geometry: Geometry = field(default_factory=Geometry)
    """The shape that the photo is brought into first; all places of an edit are places of the
    photo before that."""
    look: Look = field(default_factory=Look)
    points: tuple[ColorPoint, ...] = ()
    """Places whose colour is known; where two touch, the later one decides."""
    strokes: Path | None = None
    """A transparent picture of the photo's shape whose paint is the colour there."""
    reference: Reference | None = None
    """A photograph whose colours are wanted."""
    areas: tuple[Area, ...] = ()
    """Where less of the colour is shown."""

    def __post_init__(self) -> None:
        if self.size is not None:
            check_range("size", self.size, 32, 4096)
        if len(self.points) > steering.MOST_POINTS:
            raise EditError(f"{len(self.points)} points are too many; {steering.MOST_POINTS} fit")
        if len(self.areas) > brush.MOST_AREAS:
            raise EditError(f"{len(self.areas)} areas are too many; {brush.MOST_AREAS} fit")

    def to_json(self) -> str:
        """Return the edit as indented JSON with its schema version; what is not there is not named.

        So a program that knows no points yet still reads the edits that have none.
        """
        data: dict[str, Any] = {
            "schema": SCHEMA,
            "model": self.model,
            "size": self.size,
            "look": dataclasses.asdict(self.look),
        }
        if self.geometry != Geometry():
            data["geometry"] = self.geometry.to_data()
        if self.points:
            data["points"] = [point.to_data() for point in self.points]
        if self.strokes is not None:
            data["strokes"] = str(self.strokes)
        if self.reference is not None:
            data["reference"] = self.reference.to_data()
        if self.areas:
            data["areas"] = [area.to_data() for area in self.areas]
        return json.dumps(data, indent=2) + "\n"


def edit_from_json(text: str, base: Edit | None = None, folder: Path | None = None) -> Edit:
    """Parse an edit or preset; fields that it does not name are taken from `base`.

    Args:
        text: JSON.
        base: for what is not named; None means the defaults.
        folder: where the files that it names lie, unless it says so.

    Raises:
        EditError: not JSON, an unknown schema or field, a wrong type or range.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise EditError(f"it is not valid JSON ({error})") from error
    if not isinstance(data, dict):
        raise EditError("it must be a JSON object")
    schema = data.pop("schema", SCHEMA)
    if schema != SCHEMA:
        raise EditError(f"its schema is {schema!r}, this program reads schema {SCHEMA}")
    check_known("", data, {field.name for field in dataclasses.fields(Edit)})
    return dataclasses.replace(
        base or Edit(), **{name: _field(name, value, base, folder) for name, value in data.items()}
    )


def _field(name: str, value: Any, base: Edit | None, folder: Path | None) -> Any:
    """Return the value of a field of an edit from JSON."""
    match name:
        case "look":
            known = [field.name for field in dataclasses.fields(Look)]
            look = base.look if base else Look()
            return dataclasses.replace(look, **validation.numbers(name, value, known))
        case "geometry":
            return geometry_from_data(value)
        case "points":
            return steering.points_from_data(value)
        case "areas":
            return brush.areas_from_data(value)
        case "reference":
            return steering.reference_from_data(value, folder)
        case "size":
            if not (value is None or (isinstance(value, int) and not isinstance(value, bool))):
                raise EditError(f"size must be a whole number, not {value!r}")
            return value
        case "model":
            return None if value is None else validation.a_text(name, value, _LONGEST_TEXT)
        case _:
            return None if value is None else _path(name, value, folder)


def _path(name: str, value: object, folder: Path | None) -> Path:
    path = Path(validation.a_text(name, value, _LONGEST_TEXT))
    return (folder or Path()) / path


def sidecar_path(photo: Path) -> Path:
    """Return where the edit of a photo is kept."""
    return photo.with_name(photo.name + ".colordesk.json")


def read_edit(path: Path, base: Edit | None = None) -> Edit:
    """Read an edit or preset file.

    Raises:
        EditError: the file is no edit.
        OSError: the file cannot be read.
    """
    if path.stat().st_size > _MAX_FILE_BYTES:
        raise EditError("it is far too large for an edit", path)
    try:
        return edit_from_json(path.read_text(encoding="utf-8"), base, path.parent)
    except UnicodeDecodeError as error:
        raise EditError("it is not a text file", path) from error
    except EditError as error:
        raise EditError(error.problem, path) from error


def write_edit(edit: Edit, path: Path) -> None:
    """Write an edit file atomically.

    Raises:
        OSError: the folder cannot be written, or the disk is full.
    """
    with atomic_write(path) as temporary:
        temporary.write_text(edit.to_json(), encoding="utf-8")
