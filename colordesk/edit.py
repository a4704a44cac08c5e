"""An `Edit` is everything a person chose for one photo, as an immutable value.

It travels as JSON with a schema version: beside the photo (`<name>.colordesk.json`), as a preset
(a file that names only some of the fields) and through `--edit`. Undo is a stack of Edits.
Invariant: an Edit that exists is valid; ranges are checked when it is made.
"""

from __future__ import annotations

import dataclasses
import json
import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from colordesk.errors import ColorDeskError
from colordesk.paths import atomic_write

SCHEMA = 1
_MAX_FILE_BYTES = 16 * 2**20


class EditError(ColorDeskError):
    """An edit names something unknown or leaves its range.

    Args:
        problem: one plain clause, e.g. ``"look.strength must be between 0 and 100, not 130"``.
        path: the file it came from, if any.
    """

    def __init__(self, problem: str, path: Path | None = None) -> None:
        super().__init__(problem, path)
        self.problem = problem
        self.path = path


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
        _check_range("look.strength", self.strength, 0, 100)
        _check_range("look.saturation", self.saturation, 0, 200)
        _check_range("look.temperature", self.temperature, -100, 100)
        _check_range("look.tint", self.tint, -100, 100)


@dataclass(frozen=True)
class Edit:
    """Everything a person chose for one photo."""

    model: str | None = None
    """Id of the model in the library; None means the default model."""
    size: int | None = None
    """Short side in pixels of the copy that the model sees; None means the model's own choice."""
    look: Look = field(default_factory=Look)

    def __post_init__(self) -> None:
        if self.size is not None:
            _check_range("size", self.size, 32, 4096)

    def to_json(self) -> str:
        """Return the edit as indented JSON with its schema version."""
        return json.dumps({"schema": SCHEMA, **dataclasses.asdict(self)}, indent=2) + "\n"


def edit_from_json(text: str, base: Edit | None = None) -> Edit:
    """Parse an edit or preset; fields that it does not name are taken from `base`.

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
    base = base or Edit()
    look = data.pop("look", {})
    if not isinstance(look, dict):
        raise EditError("look must be a JSON object")
    known = {"model", "size"}
    _check_known("", data, known)
    _check_known("look.", look, {f.name for f in dataclasses.fields(Look)})
    for name, value in look.items():
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise EditError(f"look.{name} must be a number, not {value!r}")
    model, size = data.get("model", base.model), data.get("size", base.size)
    if not (model is None or isinstance(model, str)):
        raise EditError(f"model must be a text, not {model!r}")
    if not (size is None or (isinstance(size, int) and not isinstance(size, bool))):
        raise EditError(f"size must be a whole number, not {size!r}")
    return Edit(model=model, size=size, look=dataclasses.replace(base.look, **look))


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
        return edit_from_json(path.read_text(encoding="utf-8"), base)
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


def _check_range(name: str, value: Any, low: float, high: float) -> None:
    if not math.isfinite(value) or not low <= value <= high:
        raise EditError(f"{name} must be between {low} and {high}, not {value}")


def _check_known(prefix: str, data: dict[str, Any], known: set[str]) -> None:
    for name in data:
        if name not in known:
            raise EditError(
                f"it has an unknown field {prefix}{name!s}; known: {', '.join(sorted(known))}"
            )
