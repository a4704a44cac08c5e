"""A dialog that shows another photo, to take a colour from it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QSizePolicy, QVBoxLayout, QWidget

from colordesk.ui.canvas.frame import Frame

_STEPS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}


class PickColour(QDialog):
    """Asks for a place in a photo.

    Args:
        frame: the whole photo.
        name: of the photo.
        parent: the window.
    """

    def __init__(self, frame: Frame, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Take a colour from {name}").format(name=name))
        self.resize(720, 560)
        self.picture = _Picture(frame)
        self.picture.setAccessibleName(self.tr("Photo to take a colour from"))
        hint = QLabel(self.tr("Click a place, or go there with the arrow keys and press Enter."))
        hint.setProperty("role", "muted")
        buttons = QDialogButtonBox()
        take = buttons.addButton(self.tr("Take"), QDialogButtonBox.ButtonRole.AcceptRole)
        take.setDefault(True)
        cancel = buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        cancel.setText(self.tr("Cancel"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addWidget(self.picture, 1)
        box.addWidget(hint)
        box.addWidget(buttons)

    @property
    def rgb(self) -> tuple[float, float, float]:
        """The colour at the chosen place."""
        return self.picture.rgb


class _Picture(QWidget):
    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._frame = frame
        self._place = QPointF(0.5, 0.5)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMinimumSize(240, 160)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def rgb(self) -> tuple[float, float, float]:
        return self._frame.colour_at(self._place.x(), self._place.y())

    def sizeHint(self) -> QSize:
        return QSize(680, 440)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        room = self._room()
        level = next(
            (image for image in reversed(self._frame.levels) if image.width() >= room.width()),
            self._frame.levels[0],
        )
        painter.drawImage(room, level)
        at = room.topLeft() + QPointF(
            self._place.x() * room.width(), self._place.y() * room.height()
        )
        painter.setPen(QPen(QColor(0, 0, 0, 160), 5))
        painter.drawEllipse(at, 9, 9)
        painter.setBrush(QColor(*(round(value) for value in self.rgb)))
        painter.setPen(QPen(QColor(255, 255, 255), 2))
        painter.drawEllipse(at, 9, 9)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), 2))
            painter.drawRect(room.adjusted(1, 1, -1, -1))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._take(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._take(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        far = 20.0 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 3.0
        room = self._room()
        self._move(
            self._place.x() + step.x() * far / room.width(),
            self._place.y() + step.y() * far / room.height(),
        )

    def _take(self, point: QPointF) -> None:
        room = self._room()
        self._move(
            (point.x() - room.left()) / room.width(), (point.y() - room.top()) / room.height()
        )

    def _move(self, x: float, y: float) -> None:
        self._place = QPointF(min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0))
        self.update()

    def _room(self) -> QRectF:
        width, height = self._frame.size
        scale = min(self.width() / width, self.height() / height)
        size = (width * scale, height * scale)
        return QRectF((self.width() - size[0]) / 2, (self.height() - size[1]) / 2, *size)
