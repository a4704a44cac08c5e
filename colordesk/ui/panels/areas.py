"""Painted areas: which there are, the brush, and what holds inside the chosen one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from colordesk.edit import Area
from colordesk.ui.icons import Icons
from colordesk.ui.widgets.section import Section
from colordesk.ui.widgets.slider import ValueSlider

_MOST_LINES = 4
_LEAST_BRUSH, _MOST_BRUSH, _BRUSH = 1, 50, 6  # percent of the short side


class AreasPanel(QWidget):
    """A list of areas with the chosen one's sliders.

    Args:
        icons: for its buttons.
    """

    tool_wanted = Signal(bool)
    chosen = Signal(int)
    new_wanted = Signal()
    remove_wanted = Signal()
    clear_wanted = Signal()
    brushed = Signal()
    """The brush is another one."""
    edited = Signal(str, float, int)
    """A field of `Area`, its value and the number of the gesture."""
    original_wanted = Signal(bool)

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.tool_button = QPushButton(self.tr("Brush over an area"))
        self.tool_button.setCheckable(True)
        self.tool_button.setToolTip(self.tr("Paint where there is to be less colour, or none (B)"))
        icons.bind(self.tool_button, "brush", checked="accent")
        self.tool_button.clicked.connect(self.tool_wanted)
        self.width_of_brush = ValueSlider(
            self.tr("Brush"), _LEAST_BRUSH, _MOST_BRUSH, _BRUSH, self.tr("Width of the brush.")
        )
        self.erase = QCheckBox(self.tr("Rub out"))
        self.erase.setToolTip(self.tr("Take away from the area instead of adding to it"))
        self.width_of_brush.edited.connect(lambda value, gesture: self.brushed.emit())
        self.erase.clicked.connect(self.brushed)
        self.list = QListWidget()
        self.list.setProperty("role", "plain")
        self.list.setAccessibleName(self.tr("Areas"))
        self.list.currentRowChanged.connect(self.chosen)
        self.brush = self._column(self.width_of_brush, self.erase)
        self.editor = self._make_editor()
        body = self._column(self.tool_button, self.brush, self.list, self.editor)
        self.section = Section(self.tr("Areas"), body, icons, self.tr("Remove all areas"))
        self.section.reset_wanted.connect(self.clear_wanted)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.section)
        self.set_areas((), -1)
        self.set_tool(False)

    def _make_editor(self) -> QWidget:
        self._sliders = {
            "strength": ValueSlider(
                self.tr("Strength inside"),
                0,
                100,
                0,
                self.tr("From the gray photo to full colour."),
            ),
            "saturation": ValueSlider(
                self.tr("Saturation inside"),
                0,
                200,
                100,
                self.tr("How vivid the colours are."),
                origin=100,
            ),
            "softness": ValueSlider(
                self.tr("Soft rim"), 0, 100, 50, self.tr("How gently the area ends.")
            ),
        }
        for name, slider in self._sliders.items():
            slider.edited.connect(
                lambda value, gesture, name=name: self.edited.emit(name, value, gesture)
            )
        self.original = QCheckBox(self.tr("Keep the original"))
        self.original.setToolTip(self.tr("The photo's own pixels, with any colour that they have"))
        self.original.clicked.connect(self.original_wanted)
        self.new = QPushButton(self.tr("Another area"))
        self.new.clicked.connect(self.new_wanted)
        self.remove = QPushButton(self.tr("Remove this area"))
        self.remove.clicked.connect(self.remove_wanted)
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.new)
        row.addWidget(self.remove)
        return self._column(self.original, *self._sliders.values(), buttons)

    def slider(self, name: str) -> ValueSlider:
        """Return the slider of a field of `Area`."""
        return self._sliders[name]

    def set_areas(self, areas: Sequence[Area], current: int) -> None:
        """Show areas, of which one may be chosen (-1 for none)."""
        self.list.blockSignals(True)
        while self.list.count() > len(areas):
            self.list.takeItem(self.list.count() - 1)
        while self.list.count() < len(areas):
            self.list.addItem(self.tr("Area {number}").format(number=self.list.count() + 1))
        self.list.setCurrentRow(current)
        self.list.blockSignals(False)
        lines = min(len(areas), _MOST_LINES)
        self.list.setFixedHeight(max(1, self.list.sizeHintForRow(0)) * lines + 10)
        self.list.setVisible(len(areas) > 1)
        self.editor.setVisible(current >= 0)
        self.section.set_reset_enabled(bool(areas))
        if current >= 0:
            area = areas[current]
            self.original.setChecked(area.original)
            self._sliders["strength"].set_value(area.strength)
            self._sliders["saturation"].set_value(area.saturation)
            self._sliders["softness"].set_value(area.softness * 100)
            for name in ("strength", "saturation"):
                self._sliders[name].setEnabled(not area.original)

    def set_tool(self, on: bool) -> None:
        """Show whether the brush is in use."""
        self.tool_button.setChecked(on)
        self.brush.setVisible(on)

    @staticmethod
    def _column(*parts: QWidget) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in parts:
            column.addWidget(part)
        return body
