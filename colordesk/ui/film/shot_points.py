"""Colour points of a film: set on one frame, seen on all frames of the shot where they are found.

Invariant: a point changes only through the reel, and is always told from the frame that is looked
at: a point that is moved on another frame is followed from there.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from colordesk.edit import ColorPoint, Edit
from colordesk.ui.canvas.canvas import Canvas
from colordesk.ui.colours.pointing import Pointing, Scene, Suggesting
from colordesk.ui.film.film_engine import FilmEngine
from colordesk.ui.film.reel import Reel
from colordesk.ui.gesture import NO_MERGE
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.memory import Memory
from colordesk.ui.panels.points import PointsPanel
from colordesk.ui.theme import Theme
from colordesk.video.shot_edits import TimedPoint


class FilmPoints:
    """The points of the shot under the playhead; see `Points`.

    Args:
        engine: makes suggestions.
        reel: has the points.
    """

    def __init__(self, engine: FilmEngine, reel: Reel) -> None:
        self._engine, self._reel = engine, reel
        self.found: tuple[int, Mapping[int, tuple[float, float]]] = (-1, {})
        """A frame, and where the points are on it that were followed there."""

    @property
    def can_take(self) -> bool:
        """Whether it is known where the shot begins and ends."""
        clip = self._reel.clip
        return clip is not None and self._reel.knows_shots(clip)

    def all(self) -> tuple[ColorPoint, ...]:
        """Return the points."""
        return tuple(timed.point for timed in self._timed())

    def place(self, number: int) -> tuple[float, float] | None:
        """Return where a point is on the frame that is seen, if that is known."""
        timed, reel = self._timed()[number], self._reel
        one = reel.stretches[reel.number]
        if abs(timed.at - reel.moment(reel.frame)) < 1 / (2 * one.clip.rate):
            return timed.point.x, timed.point.y
        frame, places = self.found
        return places.get(number) if frame == reel.frame else None

    def lost(self, number: int) -> bool:
        """Whether a point was followed to the frame that is seen and lost on the way."""
        return self.found[0] == self._reel.frame and self.place(number) is None

    def add(self, x: float, y: float, ab: tuple[float, float], text: str) -> None:
        """Add a point, set on the frame that is seen."""
        self._change((*self._timed(), TimedPoint(self._now, ColorPoint(x, y, *ab))), text)

    def move(self, number: int, x: float, y: float, text: str, gesture: int) -> None:
        """Move a point; it is followed from the frame that is seen."""
        points = list(self._timed())
        points[number] = TimedPoint(self._now, replace(points[number].point, x=x, y=y))
        self._change(tuple(points), text, gesture)

    def change(self, number: int, text: str, gesture: int, **values: Any) -> None:
        """Change what a point says."""
        points = list(self._timed())
        if 0 <= number < len(points):
            timed = points[number]
            points[number] = replace(timed, point=replace(timed.point, **values))
            self._change(tuple(points), text, gesture)

    def remove(self, number: int | None, text: str) -> None:
        """Remove a point, or all of them."""
        kept = [timed for n, timed in enumerate(self._timed()) if number not in (None, n)]
        self.found = -1, {}  # their numbers are others now
        self._change(tuple(kept), text)

    def suggesting(self, number: int) -> tuple[Hashable, Suggesting] | None:
        """Return what finds colours for a point where it was set, and what changes with them."""
        reel, timed = self._reel, self._timed()[number]
        if reel.clip is None:
            return None
        choices, stretch, place = reel.choices, reel.number, (timed.point.x, timed.point.y)
        asked = (reel.clip.identity, reel.edit.model, reel.edit.size, timed.at, place)
        return asked, lambda task: self._engine.suggestions(choices, stretch, timed.at, place, task)

    def scene(self, number: int) -> tuple[Scene, Edit] | None:
        """Return the frame on which a point was set, and what of the film's edit is for it."""
        clip, at, edit = self._reel.clip, self._timed()[number].at, self._reel.edit
        if clip is None:
            return None
        return lambda task: self._engine.photo(clip, at, task), Edit(model=edit.model)

    @property
    def _now(self) -> Fraction:
        return self._reel.moment(self._reel.frame)

    def _timed(self) -> tuple[TimedPoint, ...]:
        shot = self._reel.shot
        return shot.points if shot is not None else ()

    def _change(self, points: tuple[TimedPoint, ...], text: str, gesture: int = NO_MERGE) -> None:
        self._reel.change_shot(replace(self._reel.new_shot(), points=points), text, gesture)


class ShotPoints(Pointing):
    """Tool, panel and reel in step.

    Args:
        bridge: asks for suggestions.
        engine: makes them.
        reel: has the points.
        canvas: where they are set.
        panel: where they are changed.
        memory: keeps the colours used before.
        theme: for the tool.
    """

    def __init__(
        self,
        bridge: JobBridge,
        engine: FilmEngine,
        reel: Reel,
        canvas: Canvas,
        panel: PointsPanel,
        memory: Memory,
        theme: Theme,
    ) -> None:
        self._kept = FilmPoints(engine, reel)
        super().__init__(bridge, self._kept, canvas, panel, memory, theme)
        self._reel = reel
        self._shot = (0, 0)
        reel.changed.connect(self._changed)
        reel.moved.connect(self._moved)
        reel.chosen_changed.connect(self.show)
        reel.shots_changed.connect(self._shots_changed)

    def set_places(self, frame: int, places: Mapping[int, tuple[float, float]]) -> None:
        """Learn where the points of the shot were found on a frame."""
        self._kept.found = frame, places
        self.show()

    def _changed(self) -> None:
        self.forget()
        self._kept.found, self._shot = (-1, {}), self._reel.shot_of(self._reel.frame)
        if self.active:
            self.use(False)
        self.show()

    def _shots_changed(self) -> None:
        self._shot = self._reel.shot_of(self._reel.frame)
        self.show()

    def _moved(self, frame: int) -> None:
        shot = self._reel.shot_of(frame)
        if shot != self._shot:
            self._shot, self.current = shot, -1
        self.show()
