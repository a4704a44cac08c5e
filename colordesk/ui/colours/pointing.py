"""Tool, panel and a list of colour points in step, for photos and for film.

Hides nothing of where the points are kept: that is said by `Points`.
Invariant: what is shown is what the list has, and it changes only through the list.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from colordesk.edit import ColorPoint, Edit
from colordesk.edit.steering import MOST_POINTS
from colordesk.task import Task
from colordesk.ui.canvas.canvas import Canvas
from colordesk.ui.canvas.frame import Shown
from colordesk.ui.colours.used_colours import UsedColours
from colordesk.ui.gesture import NO_MERGE
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.memory import Memory
from colordesk.ui.panels.points import PointsPanel
from colordesk.ui.theme import Theme
from colordesk.ui.tools.points import Mark, PointTool

if TYPE_CHECKING:
    from colordesk.jobs import Job
    from colordesk.photo import Photo
    from colordesk.steer.saved import SavedColour

_MIDDLE = 50.0
Suggesting = Callable[[Task], list[tuple[float, float]]]
Scene = Callable[[Task], "Photo"]
"""Reads the picture that a point was set in; meant for a worker."""


class Points(Protocol):
    """Colour points that are kept somewhere, and where they are in what is seen."""

    @property
    def can_take(self) -> bool:
        """Whether points can be set now."""

    def all(self) -> tuple[ColorPoint, ...]:
        """Return the points."""

    def place(self, number: int) -> tuple[float, float] | None:
        """Return where a point is in what is seen, beyond 0..1 where it was cut off, or None."""

    def lost(self, number: int) -> bool:
        """Whether the thing of a point was looked for in what is seen, and not found."""

    def add(self, x: float, y: float, ab: tuple[float, float], text: str) -> None:
        """Add a point at a place of what is seen."""

    def move(self, number: int, x: float, y: float, text: str, gesture: int) -> None:
        """Move a point to a place of what is seen."""

    def change(self, number: int, text: str, gesture: int, **values: Any) -> None:
        """Change what a point says; nothing happens if there is none of that number."""

    def remove(self, number: int | None, text: str) -> None:
        """Remove a point, or all of them."""

    def suggesting(self, number: int) -> tuple[Hashable, Suggesting] | None:
        """Return what finds colours for a point, and what changes when it finds others."""

    def scene(self, number: int) -> tuple[Scene, Edit] | None:
        """Return where a point was set, and the edit of that; None if nothing is at hand."""


class Pointing(QObject):
    """The wiring of colour points.

    Args:
        bridge: asks for suggestions.
        points: where they are kept.
        canvas: where they are set.
        panel: where they are changed.
        memory: keeps the colours used before.
        theme: for the tool.
    """

    tool_changed = Signal(bool)
    """Whether the point tool is in use."""
    point_chosen = Signal()
    """A point was chosen; its part of the panel should be seen."""

    def __init__(
        self,
        bridge: JobBridge,
        points: Points,
        canvas: Canvas,
        panel: PointsPanel,
        memory: Memory,
        theme: Theme,
    ) -> None:
        super().__init__()
        self._bridge, self._points = bridge, points
        self._canvas, self._panel = canvas, panel
        self._colours = UsedColours(memory)
        self.tool = PointTool(canvas, theme)
        self.active = False
        self.current = -1
        """Number of the chosen point, or -1."""
        self._marked: list[int] = []
        """Numbers of the points that have a mark."""
        self._asked: Hashable = None
        self._asking: Job[Any] | None = None
        self._used: tuple[int, float, float] | None = None
        tool = self.tool
        tool.added.connect(self._add)
        tool.chosen.connect(lambda mark: self.choose(self._marked[mark] if mark >= 0 else -1))
        tool.moved.connect(self._move)
        tool.removed.connect(lambda mark: self._remove(self._marked[mark]))
        tool.picked.connect(self._picked)
        tool.ended.connect(lambda: self.use(False))
        panel.tool_wanted.connect(self.use)
        panel.chosen.connect(self.choose)
        panel.coloured.connect(self._colour)
        panel.reached.connect(self._reach)
        panel.grayed.connect(self._gray)
        panel.renamed.connect(self.name)
        panel.remove_wanted.connect(lambda: self._remove(self.current))
        panel.clear_wanted.connect(self._clear)
        panel.pick_wanted.connect(self._pick)

    def use(self, on: bool) -> None:
        """Take up the tool, or lay it down."""
        self.active = on = on and self._points.can_take
        if on:
            self.tool_changed.emit(True)  # first: other tools are laid down
            self._canvas.set_tool(self.tool)
        else:
            self._canvas.lay_down(self.tool)
            self.tool_changed.emit(False)
        self._panel.set_tool(on)
        self._pick(False)
        if on:
            self._canvas.setFocus()
        else:
            self.choose(-1)

    def show_marks(self, on: bool) -> None:
        """Show or hide the points in the picture."""
        self.tool.set_shown(on)

    def choose(self, number: int) -> None:
        """Choose a point, or none (-1)."""
        if number != self.current:
            self._remember_colour()
            self.current = number
            self._pick(False)
            if number >= 0 and not self.active:
                self.use(True)
        self.show()
        self._suggest()
        if number >= 0:
            self.point_chosen.emit()

    @property
    def chosen(self) -> tuple[ColorPoint, float] | None:
        """The chosen point and L* of the picture there, or None."""
        if self.current < 0:
            return None
        return self._points.all()[self.current], self._lightness(self.current)

    @property
    def scene(self) -> tuple[Scene, Edit] | None:
        """Where the chosen point was set, and the edit of that; None without one."""
        return self._points.scene(self.current) if self.current >= 0 else None

    def give(self, colour: SavedColour) -> bool:
        """Give the chosen point a saved colour and its name; return whether there is one."""
        values = {"a": colour.a, "b": colour.b, "gray": colour.gray, "name": colour.name}
        self._points.change(self.current, self.tr("colour of a point"), NO_MERGE, **values)
        return self.current >= 0

    def name(self, name: str) -> None:
        """Name the chosen point."""
        self._points.change(self.current, self.tr("name of a colour point"), NO_MERGE, name=name)

    def show(self) -> None:
        """Show the points as they are."""
        points = self._points.all()
        if self.current >= len(points):
            self.current = -1
        places = [self._points.place(number) for number in range(len(points))]
        levels = [self._lightness(number) for number in range(len(points))]
        colours = [_shown(level, point.ab) for level, point in zip(levels, points, strict=True)]
        self._marked = [number for number, place in enumerate(places) if place is not None]
        marks = [
            Mark(*place, colour, point.gray)
            for place, colour, point in zip(places, colours, points, strict=True)
            if place is not None
        ]
        chosen = self._marked.index(self.current) if self.current in self._marked else -1
        self.tool.set_marks(marks, chosen)
        lightness = levels[self.current] if self.current >= 0 else _MIDDLE
        lost = [number for number in range(len(points)) if self._points.lost(number)]
        focus = QApplication.focusWidget()
        self._panel.set_points(points, colours, self.current, lightness, lost)
        if focus is not None and self._panel.isAncestorOf(focus) and not focus.isVisible():
            self._canvas.setFocus()  # the part for the chosen point is gone, and keys with it
        self._panel.setEnabled(self._points.can_take)
        if self.current >= 0:
            self._panel.set_recent([(_shown(lightness, ab), ab) for ab in self._colours.all()])

    def forget(self) -> None:
        """Choose nothing any more, since the points are others now."""
        self._remember_colour()
        self.current, self._asked = -1, None

    # what a person does

    def _add(self, x: float, y: float) -> None:
        count = len(self._points.all())
        if count >= MOST_POINTS:
            return
        self._remember_colour()
        self.current = count
        ab = _ab_at(self._canvas.after or self._canvas.before, x, y)
        self._points.add(x, y, ab, self.tr("new colour point"))
        self._suggest()
        self.point_chosen.emit()

    def _move(self, mark: int, x: float, y: float, gesture: int) -> None:
        text = self.tr("move of a colour point")
        self._points.move(self._marked[mark], x, y, text, gesture)

    def _colour(self, a: float, b: float, gesture: int) -> None:
        if self._used is not None and (gesture == NO_MERGE or gesture != self._used[0]):
            self._remember_colour()
        self._used = gesture, a, b
        text = self.tr("colour of a point")
        self._points.change(self.current, text, gesture, a=a, b=b, gray=False)

    def _reach(self, radius: float, gesture: int) -> None:
        text = self.tr("reach of a colour point")
        self._points.change(self.current, text, gesture, radius=radius)

    def _gray(self, on: bool) -> None:
        self._points.change(self.current, self.tr("keep gray"), NO_MERGE, gray=on)

    def _remove(self, number: int) -> None:
        if 0 <= number < len(self._points.all()):
            self.current = -1
            self._points.remove(number, self.tr("removal of a colour point"))

    def _clear(self) -> None:
        self.current = -1
        self._points.remove(None, self.tr("removal of all colour points"))

    def _pick(self, on: bool) -> None:
        self.tool.set_picking(on)
        self._panel.set_picking(on)
        if on:
            self._canvas.setFocus()

    def _picked(self, x: float, y: float) -> None:
        self._pick(False)
        self._colour(*_ab_at(self._canvas.after or self._canvas.before, x, y), NO_MERGE)

    # colours on offer

    def _suggest(self) -> None:
        """Ask for suggestions at the chosen point, unless they are there already."""
        wanted = self._points.suggesting(self.current) if self.current >= 0 else None
        if wanted is None or wanted[0] == self._asked:
            return
        self._asked, work = asked, _ = wanted
        self._panel.set_suggestions(())
        lightness = self._lightness(self.current)

        def found(colours: list[tuple[float, float]]) -> None:
            if self._asked == asked:
                self._panel.set_suggestions([(_shown(lightness, ab), ab) for ab in colours])

        if self._asking is not None:
            self._asking.cancel()
        self._asking = self._bridge.start(
            work,
            "inference",
            "",
            found,
            lambda error: None,  # the picture has the same error, and says it
        )

    def _remember_colour(self) -> None:
        """Keep the colour at which the last gesture ended."""
        if self._used is not None:
            (_, a, b), self._used = self._used, None
            self._colours.add(a, b)

    def _lightness(self, number: int) -> float:
        """Return L* of the picture at a point."""
        from colordesk import gamut

        before, place = self._canvas.before, self._points.place(number)
        if before is None or place is None:
            return _MIDDLE
        x, y = (min(max(at, 0.0), 1.0) for at in place)
        return gamut.lab(*before.whole.colour_at(x, y))[0]


def _ab_at(shown: Shown | None, x: float, y: float) -> tuple[float, float]:
    from colordesk import gamut

    if shown is None:
        return 0.0, 0.0
    _, a, b = gamut.lab(*shown.whole.colour_at(x, y))
    return round(a, 2), round(b, 2)


def _shown(lightness: float, ab: tuple[float, float]) -> QColor:
    from colordesk import gamut

    return QColor(*gamut.colour(lightness, *ab))
