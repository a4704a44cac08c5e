"""What a person chose for single shots: a look of their own, and colours of things in them.

Hides their JSON. Times are seconds after the first frame of the clip, so that cutting, trimming and
ordering clips leaves them where they are.
Invariant: a value that exists is valid; where two shots touch, the later one in the list decides.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from colordesk.edit import ColorPoint, EditError, Look, validation
from colordesk.edit.steering import MOST_POINTS, points_from_data

MOST_SHOTS = 100_000
_FINEST = 1_000_000  # seconds are kept to this fraction of one


@dataclass(frozen=True)
class TimedPoint:
    """A colour point of a film: set at one moment, and carried by motion from there."""

    at: Fraction
    point: ColorPoint


@dataclass(frozen=True)
class ShotEdit:
    """What one shot has of its own.

    Raises:
        ValueError: it ends before it starts.
    """

    start: Fraction
    end: Fraction
    """The first moment that is not in it."""
    look: Look | None = None
    """None means the film's."""
    points: tuple[TimedPoint, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError("a shot must end after it starts")

    def holds(self, seconds: Fraction) -> bool:
        """Whether a moment of the clip is in it."""
        return self.start <= seconds < self.end

    def to_data(self) -> dict[str, Any]:
        """Return it as a JSON object; what it has not is not named."""
        data: dict[str, Any] = {"start": float(self.start), "end": float(self.end)}
        if self.look is not None:
            data["look"] = dataclasses.asdict(self.look)
        if self.points:
            data["points"] = [{"at": float(p.at)} | p.point.to_data() for p in self.points]
        return data


def shot_at(shots: Sequence[ShotEdit], seconds: Fraction) -> ShotEdit | None:
    """Return what the shot of a moment has of its own."""
    return next((shot for shot in reversed(shots) if shot.holds(seconds)), None)


def look_at(shots: Sequence[ShotEdit], seconds: Fraction, usual: Look) -> Look:
    """Return the look of a moment of a clip, which is the film's where its shot has none."""
    shot = shot_at(shots, seconds)
    return usual if shot is None or shot.look is None else shot.look


def shots_from_data(data: object, usual: Look) -> tuple[ShotEdit, ...]:
    """Return the shots of a JSON list.

    Args:
        data: the list.
        usual: the film's look, of which a shot may change a part only.

    Raises:
        EditError: it is none, has an unknown field, a wrong type or range.
    """
    entries = validation.a_list("shots", data, MOST_SHOTS)
    return tuple(_shot(f"shots[{n}]", entry, usual) for n, entry in enumerate(entries))


def seconds_from_data(name: str, value: object) -> Fraction:
    """Return the seconds of a JSON number.

    Raises:
        EditError: it is none, or lies before the beginning.
    """
    number = validation.a_number(name, value)
    validation.check_range(name, number, 0, float(1 << 40))
    return Fraction(number).limit_denominator(_FINEST)


def _shot(where: str, data: object, usual: Look) -> ShotEdit:
    given = validation.an_object(where, data)
    validation.check_known(f"{where}.", given, ("start", "end", "look", "points"))
    look = None
    if given.get("look") is not None:
        known = [field.name for field in dataclasses.fields(Look)]
        values = validation.numbers(f"{where}.look", given["look"], known)
        look = dataclasses.replace(usual, **values)
    try:
        return ShotEdit(
            seconds_from_data(f"{where}.start", given.get("start")),
            seconds_from_data(f"{where}.end", given.get("end")),
            look,
            _points(f"{where}.points", given.get("points", [])),
        )
    except ValueError as error:
        raise EditError(f"{where}: {error}") from error


def _points(where: str, data: object) -> tuple[TimedPoint, ...]:
    entries = [
        dict(validation.an_object(where, entry))
        for entry in validation.a_list(where, data, MOST_POINTS)
    ]
    times = [seconds_from_data(f"{where}.at", entry.pop("at", None)) for entry in entries]
    return tuple(map(TimedPoint, times, points_from_data(entries)))
