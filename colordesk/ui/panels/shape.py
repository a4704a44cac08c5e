"""The shape of the photo: turned, mirrored, straightened, cut, rectified."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from colordesk.edit.geometry import MOST_DEGREES, Geometry
from colordesk.ui.icons import Icons
from colordesk.ui.widgets.choice import Choice
from colordesk.ui.widgets.section import Section
from colordesk.ui.widgets.slider import ValueSlider

ORIGINAL = -1.0
"""As a ratio: that of the photo itself."""
_RATIOS = ((1, 1), (5, 4), (4, 3), (3, 2), (16, 9))


class ShapePanel(QWidget):
    """Buttons and a slider for a `Geometry`.

    Args:
        icons: for the buttons.
    """

    turn_wanted = Signal(int)
    """By so many quarters clockwise."""
    flip_wanted = Signal()
    straightened = Signal(float, int)
    """Degrees clockwise, and the gesture."""
    crop_wanted = Signal(bool)
    """Take up the tool that cuts, or take what it shows."""
    corners_wanted = Signal(bool)
    ratio_chosen = Signal(object)
    """Width to height; None for any, `ORIGINAL` for that of the photo."""
    reset_wanted = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        turns = QHBoxLayout()
        turns.setSpacing(6)
        for icon, tip, slot in (
            ("turn-left", self.tr("Turn left"), lambda: self.turn_wanted.emit(-1)),
            ("turn-right", self.tr("Turn right"), lambda: self.turn_wanted.emit(1)),
            ("flip", self.tr("Mirror left and right"), self.flip_wanted.emit),
        ):
            button = QToolButton()
            button.setIconSize(QSize(18, 18))
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.clicked.connect(lambda _=False, slot=slot: slot())
            icons.bind(button, icon)
            turns.addWidget(button)
        turns.addStretch(1)
        self.angle = ValueSlider(
            self.tr("Straighten"),
            -round(MOST_DEGREES),
            round(MOST_DEGREES),
            0,
            self.tr("Turns a crooked photo by degrees; corners that would be empty are cut."),
            origin=0,
        )
        self.angle.edited.connect(self.straightened)
        self.crop_button = _toggle(
            self.tr("Crop"), self.tr("Choose what to keep; Enter takes it, Esc leaves it")
        )
        self.crop_button.clicked.connect(self.crop_wanted)
        self.corners_button = _toggle(
            self.tr("Rectify print"),
            self.tr("Lay four corners on a photographed print; Enter takes it, Esc leaves it"),
        )
        self.corners_button.clicked.connect(self.corners_wanted)
        self.ratio_box = Choice(self.tr("Ratio"))
        self.ratio_box.addItem(self.tr("Any ratio"), None)
        self.ratio_box.addItem(self.tr("As the photo"), ORIGINAL)
        for across, down in _RATIOS:
            self.ratio_box.addItem(f"{across} : {down}", across / down)
            if across != down:
                self.ratio_box.addItem(f"{down} : {across}", down / across)
        self.ratio_box.activated.connect(
            lambda index: self.ratio_chosen.emit(self.ratio_box.itemData(index))
        )
        self._hint = QLabel()
        self._hint.setWordWrap(True)
        self._hint.setProperty("role", "muted")
        tools = QHBoxLayout()
        tools.setSpacing(6)
        tools.addWidget(self.crop_button)
        tools.addWidget(self.corners_button)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(turns)
        column.addWidget(self.angle)
        column.addLayout(tools)
        column.addWidget(self.ratio_box)
        column.addWidget(self._hint)
        self.section = Section(self.tr("Shape"), body, icons, self.tr("Reset the shape"))
        self.section.reset_wanted.connect(self.reset_wanted)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.section)
        self.set_geometry_shown(Geometry())
        self.set_tool("")

    def set_geometry_shown(self, geometry: Geometry) -> None:
        """Show a shape."""
        self.angle.set_value(geometry.angle)
        self.section.set_reset_enabled(geometry != Geometry())

    def set_tool(self, name: str) -> None:
        """Show which tool is in use: crop, corners or none."""
        self.crop_button.setChecked(name == "crop")
        self.corners_button.setChecked(name == "corners")
        self.ratio_box.setVisible(name == "crop")
        hints = {
            "crop": self.tr("Drag the frame, or use the arrows, with Shift to size it."),
            "corners": self.tr("Drag the corners, or choose one with [ and ] and use the arrows."),
        }
        self._hint.setText(hints.get(name, ""))
        self._hint.setVisible(bool(name))

    @property
    def ratio(self) -> float | None:
        """The ratio that is wanted: None for any, `ORIGINAL` for that of the photo."""
        found: float | None = self.ratio_box.currentData()
        return found


def _toggle(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setCheckable(True)
    button.setToolTip(tip)
    button.setAccessibleName(text)
    button.setAutoDefault(False)
    return button
