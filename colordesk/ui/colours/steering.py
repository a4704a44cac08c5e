"""Colour points in the window: tool, panel and document in step.

Invariant: a point changes only through the document, and what is shown is what it has.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFileDialog, QWidget

from colordesk.edit import ColorPoint
from colordesk.edit.steering import MOST_POINTS
from colordesk.ui.canvas.canvas import Canvas
from colordesk.ui.canvas.frame import Frame, Shown
from colordesk.ui.colours.used_colours import UsedColours
from colordesk.ui.dialogs.pick_colour import PickColour
from colordesk.ui.document import Document
from colordesk.ui.engine import Engine
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.memory import Memory
from colordesk.ui.messages import Messages
from colordesk.ui.panels.points import PointsPanel
from colordesk.ui.theme import Theme
from colordesk.ui.tools.points import Mark, PointTool

if TYPE_CHECKING:
    from colordesk.jobs import Job
    from colordesk.steer.saved import SavedColour

_MIDDLE = 50.0
_PICK_PIXELS = 1_000_000
_NO_MERGE = -1


class Steering(QObject):
    """The wiring of colour points.

    Args:
        bridge: asks for suggestions.
        engine: makes them.
        document: has the points.
        canvas: where they are set.
        panel: where they are changed.
        messages: for errors.
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
        engine: Engine,
        document: Document,
        canvas: Canvas,
        panel: PointsPanel,
        messages: Messages,
        memory: Memory,
        theme: Theme,
    ) -> None:
        super().__init__()
        self._bridge, self._engine, self._document = bridge, engine, document
        self._canvas, self._panel = canvas, panel
        self._messages, self._memory = messages, memory
        self._colours = UsedColours(memory)
        self.window: QWidget | None = None
        """Above which dialogs appear."""
        self.tool = PointTool(canvas, theme)
        self.active = False
        self.current = -1
        """Number of the chosen point, or -1."""
        self._asked: tuple[object, ...] | None = None
        self._asking: Job[Any] | None = None
        self._used: tuple[int, float, float] | None = None
        self._seen: tuple[object, ...] | None = None
        tool = self.tool
        tool.added.connect(self._add)
        tool.chosen.connect(self.choose)
        tool.moved.connect(self._move)
        tool.removed.connect(self._remove)
        tool.picked.connect(self._picked)
        tool.ended.connect(lambda: self.use(False))
        panel.tool_wanted.connect(self.use)
        panel.chosen.connect(self.choose)
        panel.coloured.connect(self._colour)
        panel.reached.connect(self._reach)
        panel.grayed.connect(self._gray)
        panel.renamed.connect(self._rename)
        panel.remove_wanted.connect(lambda: self._remove(self.current))
        panel.clear_wanted.connect(self._clear)
        panel.pick_wanted.connect(self._pick)
        panel.pick_elsewhere_wanted.connect(self._pick_elsewhere)
        document.edit_changed.connect(self._show)
        document.photo_changed.connect(self._photo_changed)
        self._show()

    def use(self, on: bool) -> None:
        """Take up the tool, or lay it down."""
        self.active = on = on and self._document.photo is not None
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
        """Show or hide the points on the photo."""
        self.tool.set_shown(on)

    def choose(self, number: int) -> None:
        """Choose a point, or none (-1)."""
        if number != self.current:
            self._remember_colour()
            self.current = number
            self._pick(False)
            if number >= 0 and not self.active:
                self.use(True)
        self._show()
        self._suggest()
        if number >= 0:
            self.point_chosen.emit()

    @property
    def chosen(self) -> tuple[ColorPoint, float] | None:
        """The chosen point and L* of the photo there, or None."""
        point = self._point()
        return None if point is None else (point, self._lightness_at(point))

    def give(self, colour: SavedColour) -> bool:
        """Give the chosen point a saved colour and its name; return whether there is one."""
        values = {"a": colour.a, "b": colour.b, "gray": colour.gray, "name": colour.name}
        self._replace(self.current, self.tr("colour of a point"), _NO_MERGE, **values)
        return self.current >= 0

    def name(self, name: str) -> None:
        """Name the chosen point."""
        self._rename(name)

    # what a person does

    def _add(self, x: float, y: float) -> None:
        points = self._document.edit.points
        if len(points) >= MOST_POINTS:
            return
        self._remember_colour()
        a, b = self._ab_at(self._canvas.after or self._canvas.before, x, y)
        self.current = len(points)
        point = ColorPoint(*self._in_photo(x, y), a, b)
        self._change((*points, point), self.tr("new colour point"))
        self._suggest()
        self.point_chosen.emit()

    def _move(self, number: int, x: float, y: float, gesture: int) -> None:
        x, y = self._in_photo(x, y)
        self._replace(number, self.tr("move of a colour point"), gesture, x=x, y=y)

    def _colour(self, a: float, b: float, gesture: int) -> None:
        if self._used is not None and (gesture == _NO_MERGE or gesture != self._used[0]):
            self._remember_colour()
        self._used = gesture, a, b
        self._replace(self.current, self.tr("colour of a point"), gesture, a=a, b=b, gray=False)

    def _reach(self, radius: float, gesture: int) -> None:
        self._replace(self.current, self.tr("reach of a colour point"), gesture, radius=radius)

    def _gray(self, on: bool) -> None:
        self._replace(self.current, self.tr("keep gray"), _NO_MERGE, gray=on)

    def _rename(self, name: str) -> None:
        self._replace(self.current, self.tr("name of a colour point"), _NO_MERGE, name=name)

    def _remove(self, number: int) -> None:
        points = list(self._document.edit.points)
        if 0 <= number < len(points):
            del points[number]
            self.current = -1
            self._change(tuple(points), self.tr("removal of a colour point"))

    def _clear(self) -> None:
        self.current = -1
        self._change((), self.tr("removal of all colour points"))

    def _replace(self, number: int, text: str, gesture: int, **values: Any) -> None:
        points = list(self._document.edit.points)
        if 0 <= number < len(points):
            points[number] = dataclasses.replace(points[number], **values)
            self._change(tuple(points), text, gesture)

    def _change(self, points: tuple[ColorPoint, ...], text: str, gesture: int = _NO_MERGE) -> None:
        edit = dataclasses.replace(self._document.edit, points=points)
        self._document.change(edit, text, gesture)

    # colours from elsewhere

    def _pick(self, on: bool) -> None:
        self.tool.set_picking(on)
        self._panel.set_picking(on)
        if on:
            self._canvas.setFocus()

    def _picked(self, x: float, y: float) -> None:
        self._pick(False)
        self._colour(*self._ab_at(self._canvas.after or self._canvas.before, x, y), _NO_MERGE)

    def _pick_elsewhere(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self.window, self.tr("Take a colour from a photo"), self._memory.folder("open")
        )
        if name:
            self.open_to_pick(Path(name))

    def open_to_pick(self, path: Path) -> None:
        """Show another photo, to take a colour from it."""

        def opened(found: Any) -> None:
            self._take_from(found.before, path.name)

        self._bridge.start(
            lambda task: self._engine.open(path, _PICK_PIXELS, task),
            "files",
            self.tr("Opening {name}").format(name=path.name),
            opened,
            self._messages.error,
        )

    def _take_from(self, frame: Frame, name: str) -> None:
        from colordesk import gamut

        if self.window is None or self.current < 0:
            return
        dialog = PickColour(frame, name, self.window)
        if dialog.exec():
            _, a, b = gamut.lab(*dialog.rgb)
            self._colour(a, b, _NO_MERGE)
        dialog.deleteLater()

    def _suggest(self) -> None:
        """Ask for suggestions at the chosen point, unless they are there already."""
        point, photo = self._point(), self._document.photo
        if point is None or photo is None:
            return
        edit = self._document.edit
        asked = (photo.id, edit.model, edit.size, point.x, point.y)
        if asked == self._asked:
            return
        self._asked = asked
        self._panel.set_suggestions(())
        lightness = self._lightness_at(point)

        def found(colours: list[tuple[float, float]]) -> None:
            if self._asked == asked:
                self._panel.set_suggestions([(_shown(lightness, ab), ab) for ab in colours])

        if self._asking is not None:
            self._asking.cancel()
        self._asking = self._bridge.start(
            lambda task: self._engine.suggestions(photo, edit, (point.x, point.y), task),
            "inference",
            "",
            found,
            lambda error: None,  # the preview has the same error, and says it
        )

    def _remember_colour(self) -> None:
        """Keep the colour at which the last gesture ended."""
        if self._used is not None:
            (_, a, b), self._used = self._used, None
            self._colours.add(a, b)

    # what is shown

    def _photo_changed(self) -> None:
        self._remember_colour()
        self.current, self._asked = -1, None
        if self._document.photo is None and self.active:
            self.use(False)
        self._show()

    def _show(self) -> None:
        points = self._document.edit.points
        if self.current >= len(points):
            self.current = -1
        state = (self._document.photo, self._document.edit.geometry, points, self.current)
        if state == self._seen:  # another part of the edit changed
            return
        self._seen = state
        levels = [self._lightness_at(point) for point in points]
        colours = [_shown(level, point.ab) for level, point in zip(levels, points, strict=True)]
        marks = [
            Mark(*self._on_canvas(point), colour, point.gray)
            for point, colour in zip(points, colours, strict=True)
        ]
        self.tool.set_marks(marks, self.current)
        lightness = levels[self.current] if self.current >= 0 else _MIDDLE
        self._panel.set_points(points, colours, self.current, lightness)
        self._panel.setEnabled(self._document.photo is not None)
        if self.current >= 0:
            self._panel.set_recent([(_shown(lightness, ab), ab) for ab in self._colours.all()])

    def _point(self) -> ColorPoint | None:
        return self._document.edit.points[self.current] if self.current >= 0 else None

    def _lightness_at(self, point: ColorPoint) -> float:
        from colordesk import gamut

        if self._canvas.before is None:
            return _MIDDLE
        x, y = (min(max(at, 0.0), 1.0) for at in self._on_canvas(point))
        return gamut.lab(*self._canvas.before.whole.colour_at(x, y))[0]

    def _on_canvas(self, point: ColorPoint) -> tuple[float, float]:
        """Return where a point is in the photo's shape; outside 0..1 if it was cut off."""
        photo = self._document.photo
        if photo is None:
            return point.x, point.y
        geometry = self._document.edit.geometry
        return geometry.forward([(point.x, point.y)], photo.width, photo.height)[0]

    def _in_photo(self, x: float, y: float) -> tuple[float, float]:
        """Return the place of the photo that is seen at a place of its shape."""
        photo = self._document.photo
        if photo is None:
            return x, y
        return self._document.edit.geometry.backward([(x, y)], photo.width, photo.height)[0]

    def _ab_at(self, shown: Shown | None, x: float, y: float) -> tuple[float, float]:
        from colordesk import gamut

        if shown is None:
            return 0.0, 0.0
        _, a, b = gamut.lab(*shown.whole.colour_at(x, y))
        return round(a, 2), round(b, 2)


def _shown(lightness: float, ab: tuple[float, float]) -> QColor:
    from colordesk import gamut

    return QColor(*gamut.colour(lightness, *ab))
