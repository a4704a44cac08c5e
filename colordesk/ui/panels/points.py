"""Colour points: which there are, and everything about the chosen one."""

from __future__ import annotations

from collections.abc import Container, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from colordesk.edit import ColorPoint
from colordesk.edit.steering import REACH
from colordesk.ui.icons import Icons
from colordesk.ui.widgets.chip import CHIP_SIDE, chip
from colordesk.ui.widgets.gamut import GamutPicker
from colordesk.ui.widgets.section import Section
from colordesk.ui.widgets.slider import ValueSlider
from colordesk.ui.widgets.swatches import Swatches

_MOST_LINES = 5
_LEAST_REACH, _MOST_REACH = 5, 400  # percent of the short side


class PointsPanel(QWidget):
    """A list of points with the chosen one's colour, reach and name.

    Args:
        icons: for its buttons.
    """

    tool_wanted = Signal(bool)
    chosen = Signal(int)
    """Number of the point; -1 for none."""
    coloured = Signal(float, float, int)
    """a*, b* and the number of the gesture."""
    reached = Signal(float, int)
    """Reach in short sides and the number of the gesture."""
    grayed = Signal(bool)
    renamed = Signal(str)
    save_wanted = Signal()
    """The chosen point's colour is to be kept under a name."""
    remove_wanted = Signal()
    clear_wanted = Signal()
    pick_wanted = Signal(bool)
    """The colour of a place in the photo is wanted, or no longer."""
    pick_elsewhere_wanted = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self.tool_button = QPushButton(self.tr("Set points in the photo"))
        self.tool_button.setCheckable(True)
        self.tool_button.setToolTip(
            self.tr("Click into the photo to say which colour is there (P)")
        )
        icons.bind(self.tool_button, "point", checked="accent")
        self.tool_button.clicked.connect(self.tool_wanted)
        self.list = QListWidget()
        self.list.setProperty("role", "plain")
        self.list.setAccessibleName(self.tr("Colour points"))
        self.list.setIconSize(QSize(CHIP_SIDE, CHIP_SIDE))
        self.list.currentRowChanged.connect(self.chosen)
        self.editor = self._make_editor()
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.tool_button)
        column.addWidget(self.list)
        column.addWidget(self.editor)
        self.section = Section(
            self.tr("Colour points"), body, icons, self.tr("Remove all colour points")
        )
        self.section.reset_wanted.connect(self.clear_wanted)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.section)
        self.set_points((), (), -1, 50.0)

    def _make_editor(self) -> QWidget:
        self.picker = GamutPicker()
        self.picker.edited.connect(self.coloured)
        self.suggested = Swatches(self.tr("The model suggests"))
        self.recent = Swatches(self.tr("Used before"))
        for row in (self.suggested, self.recent):
            row.chosen.connect(lambda a, b: self.coloured.emit(a, b, -1))
        self.pick = QToolButton()
        self.pick.setText(self.tr("From here"))
        self.pick.setCheckable(True)
        self.pick.setToolTip(self.tr("Take the colour of another place of this photo"))
        self._icons.bind(self.pick, "dropper", checked="accent")
        self.pick.clicked.connect(self.pick_wanted)
        self.elsewhere = QToolButton()
        self.elsewhere.setText(self.tr("From a photo…"))
        self.elsewhere.setToolTip(self.tr("Take a colour from another photo"))
        self._icons.bind(self.elsewhere, "photo")
        self.elsewhere.clicked.connect(self.pick_elsewhere_wanted)
        for button in (self.pick, self.elsewhere):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.reach = ValueSlider(
            self.tr("Reach"),
            _LEAST_REACH,
            _MOST_REACH,
            round(REACH * 100),
            self.tr("How far the colour spreads along an even surface."),
        )
        self.reach.edited.connect(lambda value, gesture: self.reached.emit(value / 100, gesture))
        self.gray = QCheckBox(self.tr("Keep gray"))
        self.gray.setToolTip(self.tr("No colour here, such as in white hair or a stone wall"))
        self.gray.clicked.connect(self.grayed)
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("Navy wool coat"))
        self.name.setAccessibleName(self.tr("Name of the point"))
        self.name.setMaxLength(200)
        self.name.editingFinished.connect(lambda: self.renamed.emit(self.name.text().strip()))
        self.save = QPushButton(self.tr("Save this colour…"))
        self.save.setToolTip(
            self.tr("Keep it under a name, and find the same thing in other photos")
        )
        self.save.clicked.connect(self.save_wanted)
        self.remove = QPushButton(self.tr("Remove this point"))
        self.remove.clicked.connect(self.remove_wanted)
        editor = QWidget()
        column = QVBoxLayout(editor)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        droppers = QHBoxLayout()
        droppers.setSpacing(4)
        droppers.addWidget(self.pick)
        droppers.addWidget(self.elsewhere)
        droppers.addStretch(1)
        named = QGridLayout()
        label = QLabel(self.tr("Name"))
        label.setBuddy(self.name)
        named.addWidget(label, 0, 0)
        named.addWidget(self.name, 0, 1)
        column.addWidget(self.picker)
        column.addWidget(self.suggested)
        column.addWidget(self.recent)
        column.addLayout(droppers)
        column.addWidget(self.reach)
        column.addWidget(self.gray)
        column.addLayout(named)
        column.addWidget(self.save)
        column.addWidget(self.remove)
        return editor

    def set_points(
        self,
        points: Sequence[ColorPoint],
        colours: Sequence[QColor],
        current: int,
        lightness: float,
        lost: Container[int] = (),
    ) -> None:
        """Show points with the colours that they have on the screen.

        Args:
            points: of the photo.
            colours: one for each.
            current: number of the chosen one, or -1.
            lightness: L* of the photo where that is.
            lost: numbers of those whose thing is not found in what is seen.
        """
        self.list.blockSignals(True)
        while self.list.count() > len(points):
            self.list.takeItem(self.list.count() - 1)
        while self.list.count() < len(points):
            self.list.addItem(QListWidgetItem())
        for number, (point, colour) in enumerate(zip(points, colours, strict=True)):
            item = self.list.item(number)
            name = point.name or self._usual_name(number, point)
            gone = self.tr("{name} · not found on this frame").format(name=name)
            item.setText(gone if number in lost else name)
            item.setIcon(chip(colour, self.devicePixelRatioF()))
        self.list.setCurrentRow(current)
        self.list.blockSignals(False)
        lines = min(len(points), _MOST_LINES)
        self.list.setFixedHeight(max(1, self.list.sizeHintForRow(0)) * lines + 10)
        self.list.setVisible(bool(points))
        self.editor.setVisible(current >= 0)
        self.section.set_reset_enabled(bool(points))
        if current >= 0:
            point = points[current]
            self.picker.set_colour(lightness, point.ab)
            self.reach.set_value(point.radius * 100)
            self.gray.setChecked(point.gray)
            if not self.name.hasFocus():
                self.name.setText(point.name)

    def set_suggestions(self, colours: Sequence[tuple[QColor, tuple[float, float]]]) -> None:
        """Offer what the model would give things like that."""
        self.suggested.set_colours(colours)

    def set_recent(self, colours: Sequence[tuple[QColor, tuple[float, float]]]) -> None:
        """Offer colours that were used before."""
        self.recent.set_colours(colours)

    def set_tool(self, on: bool) -> None:
        """Show whether the tool is in use."""
        self.tool_button.setChecked(on)

    def set_picking(self, on: bool) -> None:
        """Show whether a click in the photo tells a colour."""
        self.pick.setChecked(on)

    def _usual_name(self, number: int, point: ColorPoint) -> str:
        if point.gray:
            return self.tr("Point {number}, gray").format(number=number + 1)
        return self.tr("Point {number}").format(number=number + 1)
