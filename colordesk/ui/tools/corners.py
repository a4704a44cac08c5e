"""The tool that rectifies: four corners laid on those of a photographed print.

It tells what a person wants and changes nothing itself.
Invariant: the corners stay inside the photo and go round the print clockwise.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPen, QPolygonF

from colordesk.edit.geometry import Geometry, Place
from colordesk.edit.validation import EditError
from colordesk.ui.canvas.canvas import Canvas
from colordesk.ui.theme import Theme

Corners = tuple[Place, Place, Place, Place]

START: Corners = ((0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9))
_GRAB = 22.0
_RADIUS = 8.0
_SHADE = QColor(0, 0, 0, 130)
_LINE = QColor(255, 255, 255, 235)
_ARROWS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}


class CornersTool(QObject):
    """Lets a person lay four corners on a print.

    Args:
        canvas: where the photo is.
        theme: for the chosen corner.
    """

    accepted = Signal()
    """The print between the corners is to be kept."""
    ended = Signal()
    """The photo is to stay as it was."""

    def __init__(self, canvas: Canvas, theme: Theme) -> None:
        super().__init__()
        self._canvas, self._theme = canvas, theme
        self._corners: Corners = START
        self._current = 0
        self._held = False

    @property
    def corners(self) -> Corners:
        """Where the print's corners are."""
        return self._corners

    def set_corners(self, corners: Corners) -> None:
        """Show corners."""
        self._corners, self._held = corners, False
        self._canvas.update()

    def press(self, event: QMouseEvent) -> bool:
        """Take the nearest corner."""
        hit = self._hit(event.position())
        self._held = hit is not None
        if hit is not None:
            self._current = hit
            self._canvas.update()
        return self._held

    def drag(self, event: QMouseEvent) -> None:
        """Move the corner that is held."""
        self._put(event.position())

    def release(self, event: QMouseEvent) -> None:
        """Let go."""
        self._held = False

    def hover(self, point: QPointF) -> None:
        """Nothing follows the mouse."""

    def key(self, event: QKeyEvent) -> bool:
        """Walk among the corners, move one, take with Enter, leave with Esc."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accepted.emit()
        elif key == Qt.Key.Key_Escape:
            self.ended.emit()
        elif key in (Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight):
            self._current = (self._current + (1 if key == Qt.Key.Key_BracketRight else -1)) % 4
            self._canvas.update()
        elif key in _ARROWS:
            far = 10.0 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0
            self._put(self._on_screen(self._corners[self._current], 0) + _ARROWS[key] * far)
        else:
            return False
        return True

    def cursor(self, point: QPointF) -> Qt.CursorShape | None:
        """Return a cross on a corner."""
        taken = self._held or self._hit(point) is not None
        return Qt.CursorShape.CrossCursor if taken else None

    def paint(self, painter: QPainter) -> None:
        """Darken what goes, and draw the corners."""
        for pane, room in enumerate(self._canvas.view.panes):
            painter.save()
            painter.setClipRect(room)
            places = [self._on_screen(corner, pane) for corner in self._corners]
            print_ = QPolygonF([*places, places[0]])
            outside = QPainterPath()
            outside.addRect(self._canvas.view.photo_rect(pane))
            outside.addPolygon(print_)
            painter.fillPath(outside, _SHADE)
            painter.setPen(QPen(_LINE, 1.5))
            painter.drawPolyline(print_)
            for number, place in enumerate(places):
                current = number == self._current
                painter.setPen(QPen(self._theme.colour("accent") if current else _LINE, 2.5))
                painter.setBrush(_SHADE)
                painter.drawEllipse(place, _RADIUS, _RADIUS)
            painter.restore()

    def _put(self, point: QPointF) -> None:
        """Move the current corner under a point, unless the print would fold over."""
        photo = self._canvas.view.photo_rect(self._canvas.view.pane_at(point))
        if photo.isEmpty():
            return
        x = min(max((point.x() - photo.left()) / photo.width(), 0.0), 1.0)
        y = min(max((point.y() - photo.top()) / photo.height(), 0.0), 1.0)
        corners = list(self._corners)
        corners[self._current] = (x, y)
        upper_left, upper_right, lower_right, lower_left = corners
        try:
            Geometry(corners=(upper_left, upper_right, lower_right, lower_left))
        except EditError:
            return
        self._corners = (upper_left, upper_right, lower_right, lower_left)
        self._canvas.update()

    def _hit(self, point: QPointF) -> int | None:
        pane = self._canvas.view.pane_at(point)
        away = [
            (self._on_screen(corner, pane) - point).manhattanLength() for corner in self._corners
        ]
        nearest = min(range(4), key=away.__getitem__)
        return nearest if away[nearest] <= _GRAB else None

    def _on_screen(self, place: Place, pane: int) -> QPointF:
        photo = self._canvas.view.photo_rect(pane)
        return QPointF(
            photo.left() + place[0] * photo.width(), photo.top() + place[1] * photo.height()
        )
