"""A colour photograph whose colours are wanted, and how much of them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from colordesk.edit.steering import Reference
from colordesk.ui.icons import Icons
from colordesk.ui.widgets.elided import ElidedLabel
from colordesk.ui.widgets.section import Section
from colordesk.ui.widgets.slider import ValueSlider

_STRENGTH = 80


class ReferencePanel(QWidget):
    """Chooses a reference photo.

    Args:
        icons: for its buttons.
    """

    choose_wanted = Signal()
    strengthened = Signal(float, int)
    """Strength in percent and the number of the gesture."""
    remove_wanted = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.choose = QPushButton(self.tr("Choose a colour photo…"))
        self.choose.setToolTip(self.tr("Colour this photo in the manner of another one"))
        icons.bind(self.choose, "palette")
        self.choose.clicked.connect(self.choose_wanted)
        self.name = ElidedLabel("", Qt.TextElideMode.ElideMiddle)
        self.strength = ValueSlider(
            self.tr("Likeness"),
            0,
            100,
            _STRENGTH,
            self.tr("How much of the other photo's colours this one takes."),
        )
        self.strength.edited.connect(self.strengthened)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.choose, self.name, self.strength):
            column.addWidget(part)
        self.section = Section(
            self.tr("Reference photo"), body, icons, self.tr("Do without the reference photo")
        )
        self.section.reset_wanted.connect(self.remove_wanted)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.section)
        self.set_reference(None)

    def set_reference(self, reference: Reference | None) -> None:
        """Show which photo is the reference."""
        for part in (self.name, self.strength):
            part.setVisible(reference is not None)
        self.section.set_reset_enabled(reference is not None)
        if reference is not None:
            self.name.setText(reference.path.name)
            self.name.setToolTip(str(reference.path))
            self.strength.set_value(reference.strength)
