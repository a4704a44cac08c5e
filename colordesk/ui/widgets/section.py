"""One titled part of a panel, which can be folded away and may have a way back."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from colordesk.ui.icons import Icons

SECTION_INSET = 14
"""Pixels between the sides of a section and what it holds."""


class Section(QWidget):
    """A title above a body.

    Args:
        title: the name of the part.
        body: what it holds.
        icons: for its buttons.
        reset_tip: what the reset button does; none means that there is no such button.
    """

    reset_wanted = Signal()

    def __init__(self, title: str, body: QWidget, icons: Icons, reset_tip: str = "") -> None:
        super().__init__()
        self._icons = icons
        self._body = body
        self._title = QPushButton()
        self._title.setText(title)
        self._title.setProperty("role", "section")
        self._title.setCheckable(True)
        self._title.setChecked(True)
        self._title.setToolTip(self.tr("Fold or unfold"))
        self._title.setAccessibleName(self.tr("{title}, fold or unfold").format(title=title))
        self._title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._title.toggled.connect(body.setVisible)
        self.reset_button: QToolButton | None = None
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._title)
        row.addStretch(1)
        if reset_tip:
            self.reset_button = QToolButton()
            self.reset_button.setIconSize(QSize(16, 16))
            self.reset_button.setToolTip(reset_tip)
            self.reset_button.setAccessibleName(reset_tip)
            self.reset_button.clicked.connect(self.reset_wanted)
            icons.bind(self.reset_button, "reset", "muted")
            row.addWidget(self.reset_button)
        rule = QFrame()
        rule.setProperty("role", "rule")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        inside = QVBoxLayout()
        inside.setContentsMargins(SECTION_INSET, 10, SECTION_INSET, 14)
        inside.setSpacing(8)
        inside.addLayout(row)
        inside.addWidget(body)
        box.addLayout(inside)
        box.addWidget(rule)

    def set_reset_enabled(self, on: bool) -> None:
        """Say whether there is anything to reset."""
        if self.reset_button is not None:
            self.reset_button.setEnabled(on)
