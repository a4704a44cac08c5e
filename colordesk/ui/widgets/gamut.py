"""A picker for chroma: the slice of all colours that a screen can show at one lightness.

Invariant: what is picked can be shown; only what a person does is told.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from colordesk.ui.gesture import new_gesture

_HEIGHT = 190
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class GamutPicker(QWidget):
    """Lets a person choose a* (to the right: redder) and b* (upwards: yellower)."""

    edited = Signal(float, float, int)
    """a*, b* and the number of the gesture."""

    def __init__(self) -> None:
        super().__init__()
        self._lightness, self._ab = 50.0, (0.0, 0.0)
        self._image: QImage | None = None
        self._gesture = 0
        self.setAccessibleName(self.tr("Colour at this lightness"))
        self.setAccessibleDescription(
            self.tr("Arrow keys change the colour, with Shift in large steps.")
        )
        self.setToolTip(
            self.tr("All colours that a screen can show at the lightness of this place")
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HEIGHT)

    def sizeHint(self) -> QSize:
        """Return a square."""
        return QSize(_HEIGHT, _HEIGHT)

    def set_colour(self, lightness: float, ab: tuple[float, float]) -> None:
        """Show a colour at a lightness in [0, 100]."""
        if abs(lightness - self._lightness) > 0.05:
            self._image = None
        self._lightness, self._ab = round(lightness, 1), ab
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the slice, its axes and the colour."""
        from colordesk import gamut

        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, roles = self.palette(), QPalette.ColorRole
        room = self._room()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(roles.Dark))
        painter.drawRoundedRect(room, 5, 5)
        painter.setPen(QPen(palette.color(roles.Mid), 1.0))
        middle = room.center()
        painter.drawLine(QPointF(room.left(), middle.y()), QPointF(room.right(), middle.y()))
        painter.drawLine(QPointF(middle.x(), room.top()), QPointF(middle.x(), room.bottom()))
        if self._image is None:
            side = max(16, round(room.width() * self.devicePixelRatioF()))
            pixels = gamut.picture(self._lightness, side)
            self._image = QImage(
                pixels.data, side, side, 4 * side, QImage.Format.Format_RGBA8888
            ).copy()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(room, self._image)
        at = self._on_screen(*gamut.fitted(self._lightness, *self._ab))
        colour = QColor(*gamut.colour(self._lightness, *self._ab))
        painter.setBrush(colour)
        painter.setPen(QPen(QColor(0, 0, 0, 160), 4.0))
        painter.drawEllipse(at, 6, 6)
        painter.setPen(QPen(QColor(255, 255, 255), 2.0))
        painter.drawEllipse(at, 6, 6)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(roles.Accent), 2.0))
            painter.drawRoundedRect(room.adjusted(1, 1, -1, -1), 5, 5)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to choose."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._gesture = new_gesture()
            self._follow(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on choosing."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._follow(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by arrow keys."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        far = 8.0 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0
        self._choose(self._ab[0] + step[0] * far, self._ab[1] + step[1] * far)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin a gesture of the keyboard."""
        self._gesture = new_gesture()
        super().focusInEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the slice for another size."""
        self._image = None
        super().resizeEvent(event)

    def _room(self) -> QRectF:
        side = min(self.width(), self.height()) - 2.0
        return QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)

    def _on_screen(self, a: float, b: float) -> QPointF:
        from colordesk import gamut

        room = self._room()
        scale = room.width() / (2 * gamut.extent(self._lightness))
        return room.center() + QPointF(a * scale, -b * scale)

    def _follow(self, point: QPointF) -> None:
        from colordesk import gamut

        room = self._room()
        away = (point - room.center()) * (2 * gamut.extent(self._lightness) / room.width())
        self._choose(away.x(), -away.y())

    def _choose(self, a: float, b: float) -> None:
        from colordesk import gamut

        self._ab = gamut.fitted(self._lightness, a, b)
        self.update()
        self.edited.emit(*self._ab, self._gesture)
