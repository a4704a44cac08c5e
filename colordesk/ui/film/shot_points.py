"""Colour points of a film: set on one frame, seen on all frames of the shot where they are found.

Invariant: a point changes only through the reel, and is always told from the frame that is looked
at: a point that is moved on another frame is followed from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor

from colordesk.edit import ColorPoint
from colordesk.edit.steering import MOST_POINTS
from colordesk.ui.canvas.canvas import Canvas
from colordesk.ui.colours.used_colours import UsedColours
from colordesk.ui.film.reel import Reel
from colordesk.ui.memory import Memory
from colordesk.ui.panels.points import PointsPanel
from colordesk.ui.theme import Theme
from colordesk.ui.tools.points import Mark, PointTool
from colordesk.video.shot_edits import TimedPoint

_MIDDLE = 50.0
_NO_MERGE = -1


class ShotPoints(QObject):
    """Tool, panel and reel in step.

    Args:
        reel: has the points.
        canvas: where they are set.
        panel: where they are changed.
        memory: keeps the colours used before.
        theme: for the tool.
    """

    point_chosen = Signal()
    """A point was chosen; its part of the panel should be seen."""

    def __init__(
        self, reel: Reel, canvas: Canvas, panel: PointsPanel, memory: Memory, theme: Theme
    ) -> None:
        super().__init__()
        self._reel, self._canvas, self._panel = reel, canvas, panel
        self._colours = UsedColours(memory)
        self.tool = PointTool(canvas, theme)
        self.active = False
        self.current = -1
        """Number of the chosen point in its shot, or -1."""
        self._seen: list[int] = []
        """Numbers of the points that are found on the frame."""
        self._places: tuple[int, Mapping[int, tuple[float, float]]] = (-1, {})
        """A frame, and where points are on it."""
        self._shot = (0, 0)
        self._used: tuple[int, float, float] | None = None
        tool = self.tool
        tool.added.connect(self._add)
        tool.chosen.connect(lambda mark: self.choose(self._seen[mark] if mark >= 0 else -1))
        tool.moved.connect(self._move)
        tool.removed.connect(lambda mark: self._remove(self._seen[mark]))
        tool.picked.connect(self._picked)
        tool.ended.connect(lambda: self.use(False))
        panel.tool_wanted.connect(self.use)
        panel.chosen.connect(self.choose)
        panel.coloured.connect(self._colour)
        panel.reached.connect(
            lambda radius, gesture: self._replace(
                self.tr("reach of a colour point"), gesture, radius=radius
            )
        )
        panel.grayed.connect(lambda on: self._replace(self.tr("keep gray"), _NO_MERGE, gray=on))
        panel.renamed.connect(
            lambda name: self._replace(self.tr("name of a colour point"), _NO_MERGE, name=name)
        )
        panel.remove_wanted.connect(lambda: self._remove(self.current))
        panel.clear_wanted.connect(self._clear)
        panel.pick_wanted.connect(self._pick)
        reel.changed.connect(self._changed)
        reel.moved.connect(self._moved)
        reel.chosen_changed.connect(self.show)
        reel.shots_changed.connect(self.show)

    def use(self, on: bool) -> None:
        """Take up the tool, or lay it down."""
        clip = self._reel.clip
        self.active = on = on and clip is not None and self._reel.knows_shots(clip)
        if on:
            self._canvas.set_tool(self.tool)
            self._canvas.setFocus()
        else:
            self._canvas.lay_down(self.tool)
        self._panel.set_tool(on)
        self._pick(False)
        if not on:
            self.choose(-1)

    def choose(self, number: int) -> None:
        """Choose a point of the shot, or none (-1)."""
        if number != self.current:
            self._remember_colour()
            self.current = number
            self._pick(False)
            if number >= 0 and not self.active:
                self.use(True)
        self.show()
        if number >= 0:
            self.point_chosen.emit()

    def set_places(self, frame: int, places: Mapping[int, tuple[float, float]]) -> None:
        """Learn where the points of the shot were found on a frame."""
        self._places = frame, places
        self.show()

    def show(self) -> None:
        """Show the points of the shot that is seen."""
        points = self._points()
        if self.current >= len(points):
            self.current = -1
        found = {number: at for number in range(len(points)) if (at := self._at(number))}
        self._seen = list(found)
        levels = {number: self._lightness_at(*at) for number, at in found.items()}
        colours = [
            _shown(levels.get(number, _MIDDLE), timed.point.ab)
            for number, timed in enumerate(points)
        ]
        marks = [Mark(*at, colours[n], points[n].point.gray) for n, at in found.items()]
        chosen = self._seen.index(self.current) if self.current in found else -1
        self.tool.set_marks(marks, chosen)
        lightness = levels.get(self.current, _MIDDLE)
        self._panel.set_points([timed.point for timed in points], colours, self.current, lightness)
        clip = self._reel.clip
        self._panel.setEnabled(clip is not None and self._reel.knows_shots(clip))
        if self.current >= 0:
            self._panel.set_recent([(_shown(lightness, ab), ab) for ab in self._colours.all()])

    # what a person does

    def _add(self, x: float, y: float) -> None:
        points = self._points()
        if len(points) >= MOST_POINTS:
            return
        self._remember_colour()
        shown = self._canvas.after or self._canvas.before
        a, b = _ab(shown.whole.colour_at(x, y)) if shown else (0.0, 0.0)
        timed = TimedPoint(self._reel.moment(self._reel.frame), ColorPoint(x, y, a, b))
        self.current = len(points)
        self._change((*points, timed), self.tr("new colour point"))
        self.point_chosen.emit()

    def _move(self, mark: int, x: float, y: float, gesture: int) -> None:
        points, number = list(self._points()), self._seen[mark]
        here = self._reel.moment(self._reel.frame)
        points[number] = TimedPoint(here, replace(points[number].point, x=x, y=y))
        self._change(tuple(points), self.tr("move of a colour point"), gesture)

    def _colour(self, a: float, b: float, gesture: int) -> None:
        if self._used is not None and (gesture == _NO_MERGE or gesture != self._used[0]):
            self._remember_colour()
        self._used = gesture, a, b
        self._replace(self.tr("colour of a point"), gesture, a=a, b=b, gray=False)

    def _remove(self, number: int) -> None:
        points = list(self._points())
        if 0 <= number < len(points):
            del points[number]
            self.current = -1
            self._places = -1, {}  # their numbers are others now
            self._change(tuple(points), self.tr("removal of a colour point"))

    def _clear(self) -> None:
        self.current = -1
        self._change((), self.tr("removal of all colour points"))

    def _replace(self, text: str, gesture: int, **values: Any) -> None:
        points = list(self._points())
        if 0 <= self.current < len(points):
            timed = points[self.current]
            points[self.current] = replace(timed, point=replace(timed.point, **values))
            self._change(tuple(points), text, gesture)

    def _change(self, points: tuple[TimedPoint, ...], text: str, gesture: int = _NO_MERGE) -> None:
        shot = replace(self._reel.new_shot(), points=points)
        self._reel.change_shot(shot, text, gesture)

    def _pick(self, on: bool) -> None:
        self.tool.set_picking(on)
        self._panel.set_picking(on)
        if on:
            self._canvas.setFocus()

    def _picked(self, x: float, y: float) -> None:
        self._pick(False)
        shown = self._canvas.after or self._canvas.before
        if shown is not None:
            self._colour(*_ab(shown.whole.colour_at(x, y)), _NO_MERGE)

    def _remember_colour(self) -> None:
        if self._used is not None:
            (_, a, b), self._used = self._used, None
            self._colours.add(a, b)

    # what is shown

    def _changed(self) -> None:
        self._remember_colour()
        self.current = -1
        self._places, self._shot = (-1, {}), self._reel.shot_of(self._reel.frame)
        if self.active:
            self.use(False)
        self.show()

    def _moved(self, frame: int) -> None:
        shot = self._reel.shot_of(frame)
        if shot != self._shot:
            self._shot, self.current = shot, -1
        self.show()

    def _points(self) -> tuple[TimedPoint, ...]:
        shot = self._reel.shot
        return shot.points if shot is not None else ()

    def _at(self, number: int) -> tuple[float, float] | None:
        """Return where a point is on the frame that is seen, if that is known."""
        timed, reel = self._points()[number], self._reel
        one = reel.stretches[reel.number]
        if abs(timed.at - reel.moment(reel.frame)) < 1 / (2 * one.clip.rate):
            return timed.point.x, timed.point.y
        frame, places = self._places
        return places.get(number) if frame == reel.frame else None

    def _lightness_at(self, x: float, y: float) -> float:
        from colordesk import gamut

        before = self._canvas.before
        if before is None:
            return _MIDDLE
        x, y = (min(max(at, 0.0), 1.0) for at in (x, y))
        return gamut.lab(*before.whole.colour_at(x, y))[0]


def _ab(rgb: tuple[float, float, float]) -> tuple[float, float]:
    from colordesk import gamut

    _, a, b = gamut.lab(*rgb)
    return round(a, 2), round(b, 2)


def _shown(lightness: float, ab: tuple[float, float]) -> QColor:
    from colordesk import gamut

    return QColor(*gamut.colour(lightness, *ab))
