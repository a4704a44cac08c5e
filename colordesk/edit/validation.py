"""What every part of an `Edit` checks of itself, and how it says what is wrong.

Invariant: a value that passed is finite, of its type and within its range.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from colordesk.errors import ColorDeskError


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


def check_range(name: str, value: float, low: float, high: float) -> None:
    """Refuse what is not between two numbers.

    Raises:
        EditError: it is not.
    """
    if not math.isfinite(value) or not low <= value <= high:
        raise EditError(f"{name} must be between {low} and {high}, not {value}")


def check_known(prefix: str, data: Mapping[str, Any], known: Collection[str]) -> None:
    """Refuse a field that is not known.

    Raises:
        EditError: there is one.
    """
    for name in data:
        if name not in known:
            raise EditError(
                f"it has an unknown field {prefix}{name!s}; known: {', '.join(sorted(known))}"
            )


def numbers(prefix: str, data: object, known: Collection[str]) -> dict[str, float]:
    """Return a JSON object of nothing but numbers.

    Raises:
        EditError: it is none, has another field, or one of them is no number.
    """
    given = an_object(prefix, data)
    check_known(f"{prefix}.", given, known)
    return {name: a_number(f"{prefix}.{name}", value) for name, value in given.items()}


def an_object(name: str, data: object) -> dict[str, Any]:
    """Return a JSON object.

    Raises:
        EditError: it is none.
    """
    if not isinstance(data, dict):
        raise EditError(f"{name} must be a JSON object")
    return data


def a_list(name: str, data: object, longest: int) -> list[Any]:
    """Return a JSON list.

    Raises:
        EditError: it is none, or too long.
    """
    if not isinstance(data, list):
        raise EditError(f"{name} must be a JSON list")
    if len(data) > longest:
        raise EditError(f"{name} has {len(data)} entries, {longest} are possible")
    return data


def a_number(name: str, value: object) -> float:
    """Return a JSON number.

    Raises:
        EditError: it is none.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise EditError(f"{name} must be a number, not {value!r}")
    return value


def a_text(name: str, value: object, longest: int) -> str:
    """Return a JSON string.

    Raises:
        EditError: it is none, or too long.
    """
    if not isinstance(value, str):
        raise EditError(f"{name} must be a text, not {value!r}")
    if len(value) > longest:
        raise EditError(f"{name} has {len(value)} letters, {longest} are possible")
    return value
