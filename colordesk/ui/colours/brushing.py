"""Painted areas in the window: brush, panel and document in step.

Invariant: an area changes only through the document.
"""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import QObject, Signal

from colordesk.edit import Area
from colordesk.edit.brush import LEAST_BRUSH, MOST_AREAS, MOST_BRUSH, Stroke
from colordesk.ui.canvas.canvas import Canvas
from colordesk.ui.document import Document
from colordesk.ui.gesture import NO_MERGE
from colordesk.ui.panels.areas import AreasPanel
from colordesk.ui.theme import Theme
from colordesk.ui.tools.brush import BrushTool


class Brushing(QObject):
    """The wiring of areas.

    Args:
        document: has them.
        canvas: where they are painted.
        panel: where they are changed.
        theme: for the brush.
    """

    tool_changed = Signal(bool)
    """Whether the brush is in use."""

    def __init__(self, document: Document, canvas: Canvas, panel: AreasPanel, theme: Theme) -> None:
        super().__init__()
        self._document, self._canvas, self._panel = document, canvas, panel
        self.tool = BrushTool(canvas, theme)
        self.active = False
        self.current = -1
        """Number of the chosen area, or -1."""
        self.tool.painted.connect(self._painted)
        self.tool.scaled.connect(self._scale)
        self.tool.ended.connect(lambda: self.use(False))
        panel.tool_wanted.connect(self.use)
        panel.chosen.connect(self._choose)
        panel.new_wanted.connect(lambda: self._choose(-1))
        panel.remove_wanted.connect(self._remove)
        panel.clear_wanted.connect(self._clear)
        panel.brushed.connect(self._brushed)
        panel.edited.connect(self._edit)
        panel.original_wanted.connect(self._keep_original)
        document.edit_changed.connect(self._show)
        document.photo_changed.connect(self._photo_changed)
        self._brushed()
        self._show()

    def use(self, on: bool) -> None:
        """Take up the brush, or lay it down."""
        self.active = on = on and self._document.photo is not None
        if on:
            self.tool_changed.emit(True)  # first: other tools are laid down
            self._canvas.set_tool(self.tool)
            self._canvas.setFocus()
            if self.current < 0:
                self.current = len(self._document.edit.areas) - 1
        else:
            self._canvas.lay_down(self.tool)
            self.tool_changed.emit(False)
        self._panel.set_tool(on)
        self._show()

    # what a person does

    def _painted(self, stroke: Stroke) -> None:
        """Add a stroke to the chosen area, or begin one."""
        stroke = self._in_photo(stroke)
        areas = list(self._document.edit.areas)
        if self.current < 0:
            if stroke.erase or len(areas) >= MOST_AREAS:
                return
            self.current = len(areas)
            self._change([*areas, Area((stroke,))], self.tr("new area"))
            return
        area = areas[self.current]
        areas[self.current] = dataclasses.replace(area, strokes=(*area.strokes, stroke))
        self._change(areas, self.tr("rubbing out") if stroke.erase else self.tr("brush stroke"))

    def _edit(self, field: str, value: float, gesture: int) -> None:
        texts = {
            "strength": self.tr("strength of an area"),
            "saturation": self.tr("saturation of an area"),
            "softness": self.tr("rim of an area"),
        }
        share = value / 100 if field == "softness" else value
        self._replace(texts[field], gesture, **{field: share})

    def _keep_original(self, on: bool) -> None:
        areas = list(self._document.edit.areas)
        if self.current >= 0:
            areas[self.current] = dataclasses.replace(areas[self.current], original=on)
            self._change(areas, self.tr("keeping the original"))

    def _remove(self) -> None:
        areas = list(self._document.edit.areas)
        if self.current >= 0:
            del areas[self.current]
            self.current = len(areas) - 1
            self._change(areas, self.tr("removal of an area"))

    def _clear(self) -> None:
        self.current = -1
        self._change([], self.tr("removal of all areas"))

    def _choose(self, number: int) -> None:
        self.current = number
        self._show()

    def _brushed(self) -> None:
        self.tool.set_brush(self._panel.width_of_brush.value() / 100, self._panel.erase.isChecked())

    def _scale(self, factor: float) -> None:
        self._panel.width_of_brush.number.setValue(self._panel.width_of_brush.value() * factor)

    def _replace(self, text: str, gesture: int, **values: float) -> None:
        areas = list(self._document.edit.areas)
        if self.current >= 0:
            areas[self.current] = _with(areas[self.current], values)
            self._change(areas, text, gesture)

    def _change(self, areas: list[Area], text: str, gesture: int = NO_MERGE) -> None:
        edit = dataclasses.replace(self._document.edit, areas=tuple(areas))
        self._document.change(edit, text, gesture)

    # what is shown

    def _photo_changed(self) -> None:
        self.current = -1
        if self._document.photo is None and self.active:
            self.use(False)
        self._show()

    def _show(self) -> None:
        areas = self._document.edit.areas
        self.current = min(self.current, len(areas) - 1)
        self._panel.set_areas(areas, self.current)
        self._panel.setEnabled(self._document.photo is not None)
        strokes = areas[self.current].strokes if self.current >= 0 else ()
        self.tool.set_strokes([self._on_canvas(stroke) for stroke in strokes])

    def _in_photo(self, stroke: Stroke) -> Stroke:
        """Return a stroke of the canvas in places of the photo."""
        photo, geometry = self._document.photo, self._document.edit.geometry
        if photo is None:
            return stroke
        path = geometry.backward(stroke.path, photo.width, photo.height)
        return _scaled(stroke, tuple(path), self._shrinking())

    def _on_canvas(self, stroke: Stroke) -> Stroke:
        """Return a stroke of the photo in places of its shape."""
        photo, geometry = self._document.photo, self._document.edit.geometry
        if photo is None:
            return stroke
        path = geometry.forward(stroke.path, photo.width, photo.height)
        return _scaled(stroke, tuple(path), 1 / self._shrinking())

    def _shrinking(self) -> float:
        """Return the short side of the shape in short sides of the photo."""
        photo = self._document.photo
        if photo is None:
            return 1.0
        size = self._document.edit.geometry.size(photo.width, photo.height)
        return min(size) / min(photo.width, photo.height)


def _with(area: Area, values: dict[str, float]) -> Area:
    return dataclasses.replace(area, **values)  # type: ignore[arg-type] # none of them is a flag


def _scaled(stroke: Stroke, path: tuple[tuple[float, float], ...], factor: float) -> Stroke:
    radius = min(max(stroke.radius * factor, LEAST_BRUSH), MOST_BRUSH)
    return dataclasses.replace(stroke, path=path, radius=radius)
