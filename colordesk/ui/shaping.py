"""The shape of the photo in the window: tools, panel and document in step.

While a tool is in use the canvas shows the photo without the step that the tool is about.
Invariant: the shape changes only through the document, one step of the undo stack at a time.
"""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import QObject, Signal

from colordesk.edit.geometry import WHOLE, Geometry
from colordesk.ui.canvas.canvas import Canvas
from colordesk.ui.document import Document
from colordesk.ui.gesture import NO_MERGE
from colordesk.ui.panels.shape import ORIGINAL, ShapePanel
from colordesk.ui.theme import Theme
from colordesk.ui.tools.corners import START, CornersTool
from colordesk.ui.tools.crop import CropTool
from colordesk.ui.tools.tool import Tool


class Shaping(QObject):
    """The wiring of the shape.

    Args:
        document: has the shape.
        canvas: where the tools are used.
        panel: buttons and slider.
        theme: for the tools.
    """

    shape_changed = Signal()
    """`shown` is another one."""
    tool_changed = Signal(str)
    """Which tool is in use now: crop, corners or none (empty)."""

    def __init__(self, document: Document, canvas: Canvas, panel: ShapePanel, theme: Theme) -> None:
        super().__init__()
        self._document, self._canvas, self._panel = document, canvas, panel
        self.crop, self.corners = CropTool(canvas), CornersTool(canvas, theme)
        self.tool = ""
        """Name of the tool in use."""
        self._last = Geometry()
        for tool in (self.crop, self.corners):
            tool.accepted.connect(self.accept)
            tool.ended.connect(self.leave)
        panel.turn_wanted.connect(self.turn)
        panel.flip_wanted.connect(self.flip)
        panel.straightened.connect(self._straighten)
        panel.crop_wanted.connect(self.use_crop)
        panel.corners_wanted.connect(self.use_corners)
        panel.ratio_chosen.connect(lambda ratio: self.crop.set_ratio(self._ratio()))
        panel.reset_wanted.connect(lambda: self._change(Geometry(), self.tr("reset of the shape")))
        document.edit_changed.connect(self._edited)
        document.photo_changed.connect(self._photo_changed)
        self._edited()

    @property
    def shown(self) -> Geometry:
        """The shape in which the canvas shows the photo now."""
        geometry = self._document.edit.geometry
        if self.tool == "crop":
            return dataclasses.replace(geometry, crop=WHOLE)
        return Geometry() if self.tool == "corners" else geometry

    def turn(self, quarters: int) -> None:
        """Turn the photo by so many quarters clockwise."""
        self.accept()
        turned = self._document.edit.geometry.turned(quarters)
        self._change(turned, self.tr("turn of the photo"))

    def flip(self) -> None:
        """Swap left and right."""
        self.accept()
        self._change(self._document.edit.geometry.flipped(), self.tr("mirroring"))

    def use_crop(self, on: bool) -> None:
        """Take up the tool that cuts, or take what it shows."""
        if on and self._document.photo is not None:
            self.accept()
            self.crop.set_edges(self._document.edit.geometry.crop)
            self._take_up("crop")
            self.crop.set_ratio(self._ratio())
        else:
            self.accept()

    def use_corners(self, on: bool) -> None:
        """Take up the tool that rectifies, or take what it shows."""
        if on and self._document.photo is not None:
            self.accept()
            self.corners.set_corners(self._document.edit.geometry.corners or START)
            self._take_up("corners")
        else:
            self.accept()

    def accept(self) -> None:
        """Take what the tool in use shows, and lay it down."""
        geometry, tool = self._document.edit.geometry, self.tool
        self.leave()
        if tool == "crop":
            edges = self.crop.edges
            cut = dataclasses.replace(geometry, crop=edges)
            self._change(cut, self.tr("crop"))
        elif tool == "corners":
            # what was cut before was cut from another picture
            upright = dataclasses.replace(geometry, corners=self.corners.corners, crop=WHOLE)
            self._change(upright, self.tr("rectified print"))

    def leave(self) -> None:
        """Lay the tool down; the photo stays as it was."""
        if self.tool:
            self._take_up("")

    def _take_up(self, name: str) -> None:
        tools: dict[str, Tool] = {"crop": self.crop, "corners": self.corners}
        before, self.tool = self.tool, name
        if before:
            self._canvas.lay_down(tools[before])
        self.tool_changed.emit(name)  # first: other tools are laid down
        if name:
            self._canvas.set_tool(tools[name])
            self._canvas.setFocus()
        self._panel.set_tool(name)
        self._tell()

    def _straighten(self, angle: float, gesture: int) -> None:
        if self.tool == "corners":
            self.accept()
        geometry = dataclasses.replace(self._document.edit.geometry, angle=angle)
        self._change(geometry, self.tr("straightening"), gesture)

    def _ratio(self) -> float | None:
        ratio = self._panel.ratio
        photo = self._document.photo
        if ratio != ORIGINAL or photo is None:
            return ratio
        width, height = self.shown.size(photo.width, photo.height)
        return width / height

    def _change(self, geometry: Geometry, text: str, gesture: int = NO_MERGE) -> None:
        edit = dataclasses.replace(self._document.edit, geometry=geometry)
        self._document.change(edit, text, gesture)

    def _photo_changed(self) -> None:
        self.leave()
        self._last = self.shown  # the photo comes in that shape already
        self._edited()

    def _edited(self) -> None:
        self._panel.set_geometry_shown(self._document.edit.geometry)
        self._panel.setEnabled(self._document.photo is not None)
        self._tell()

    def _tell(self) -> None:
        if self.shown != self._last:
            self._last = self.shown
            self.shape_changed.emit()
