"""What every command that colours is asked, be it for photos or for film."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Request:
    """What was asked for on the command line; None means not said."""

    inputs: Sequence[Path]
    output: Path | None = None
    model: str | None = None
    size: int | None = None
    look: Mapping[str, float] = field(default_factory=dict)
    """The fields of `edit.Look` that were said."""
    edit: Path | None = None
    device: str | None = None
    overwrite: bool = False


def said(**values: float | None) -> dict[str, float]:
    """Return the values that were said."""
    return {name: value for name, value in values.items() if value is not None}
