"""A row of colours to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QVBoxLayout, QWidget

_SIDE = 26


class Swatches(QWidget):
    """Colours under a title; hidden as long as there is none.

    Args:
        title: what they are.
    """

    chosen = Signal(float, float)
    """a* and b*."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._buttons: list[_Swatch] = []
        label = QLabel(title)
        label.setProperty("role", "muted")
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label)
        column.addLayout(self._row)
        self.hide()

    def set_colours(self, colours: Sequence[tuple[QColor, tuple[float, float]]]) -> None:
        """Offer colours: how they look, and their a* and b*."""
        while len(self._buttons) < len(colours):
            button = _Swatch()
            button.clicked.connect(lambda _=False, button=button: self.chosen.emit(*button.ab))
            self._row.insertWidget(len(self._buttons), button)
            self._buttons.append(button)
        for index, button in enumerate(self._buttons):
            button.setVisible(index < len(colours))
            if index < len(colours):
                button.show_colour(*colours[index], f"{self._title} {index + 1}")
        self.setVisible(bool(colours))


class _Swatch(QAbstractButton):
    """One colour."""

    def __init__(self) -> None:
        super().__init__()
        self._colour = QColor()
        self.ab = (0.0, 0.0)
        self.setFixedSize(_SIDE, _SIDE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_colour(self, colour: QColor, ab: tuple[float, float], name: str) -> None:
        self._colour, self.ab = colour, ab
        self.setAccessibleName(f"{name}, {colour.name()}")
        self.setToolTip(colour.name())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_SIDE, _SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, roles = self.palette(), QPalette.ColorRole
        marked = self.hasFocus() or self.underMouse()
        painter.setBrush(self._colour)
        edge = palette.color(roles.Accent if self.hasFocus() else roles.PlaceholderText)
        painter.setPen(QPen(edge, 2.0 if marked else 1.0))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 5, 5)
        painter.end()
