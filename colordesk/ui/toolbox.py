"""The tools of the canvas: points, brush, crop and corners, of which one is in use at a time.

Invariant: the check marks of the actions say which one that is.
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from colordesk.ui.actions import Actions
from colordesk.ui.colours.brushing import Brushing
from colordesk.ui.colours.steering import Steering
from colordesk.ui.shaping import Shaping


class Toolbox(QObject):
    """Lays a tool down when another one is taken up.

    Args:
        actions: those that take tools up.
        steering: has the tool for colour points.
        brushing: has the brush for areas.
        shaping: has the tools for crop and corners.
    """

    def __init__(
        self, actions: Actions, steering: Steering, brushing: Brushing, shaping: Shaping
    ) -> None:
        super().__init__()
        self._actions = actions
        self._steering, self._brushing, self._shaping = steering, brushing, shaping
        steering.tool_changed.connect(self._points_changed)
        brushing.tool_changed.connect(self._brush_changed)
        shaping.tool_changed.connect(self._shape_changed)

    def _points_changed(self, on: bool) -> None:
        self._actions["points"].setChecked(on)
        if on:
            self._shaping.leave()
            self._lay_brush_down()

    def _brush_changed(self, on: bool) -> None:
        self._actions["areas"].setChecked(on)
        if on:
            self._shaping.leave()
            self._lay_points_down()

    def _shape_changed(self, name: str) -> None:
        self._actions["crop"].setChecked(name == "crop")
        self._actions["rectify"].setChecked(name == "corners")
        if name:
            self._lay_points_down()
            self._lay_brush_down()

    def _lay_points_down(self) -> None:
        if self._steering.active:
            self._steering.use(False)

    def _lay_brush_down(self) -> None:
        if self._brushing.active:
            self._brushing.use(False)
