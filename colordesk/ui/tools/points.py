"""The tool for colour points: set them by a click, take hold of them, walk among them by keys.

Hides where points are on the screen. It tells what a person wants and changes nothing itself.
Invariant: places are told from 0 to 1, inside the photo.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen

from colordesk.ui.canvas.canvas import Canvas
from colordesk.ui.gesture import new_gesture
from colordesk.ui.theme import Theme

_RADIUS = 7.0
_GRAB = 12.0  # widget units around a point in which it is taken
_SLACK = 3.0  # a click that trembles is no drag
_SHADOW = QColor(0, 0, 0, 150)
_WHITE = QColor(255, 255, 255)
_ARROWS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}


@dataclass(frozen=True)
class Mark:
    """A point as it is drawn."""

    x: float
    y: float
    colour: QColor
    gray: bool


class PointTool(QObject):
    """Sets and moves colour points.

    Args:
        canvas: where the photo is.
        theme: for the chosen point.
    """

    added = Signal(float, float)
    """A point is wanted here."""
    chosen = Signal(int)
    """Number of the point; -1 for none."""
    moved = Signal(int, float, float, int)
    """Number of the point, its new place and the gesture."""
    removed = Signal(int)
    picked = Signal(float, float)
    """The colour here is wanted."""
    ended = Signal()
    """The tool is to be laid down."""

    def __init__(self, canvas: Canvas, theme: Theme) -> None:
        super().__init__()
        self._canvas, self._theme = canvas, theme
        self._marks: tuple[Mark, ...] = ()
        self._current = -1
        self._shown = True
        self._picking = False
        self._cross: QPointF | None = None
        self._start = QPointF()
        self._gesture = 0
        self._drags = False

    def set_marks(self, marks: Sequence[Mark], current: int) -> None:
        """Show points, one of which may be chosen (-1 for none)."""
        self._marks, self._current = tuple(marks), current
        self._canvas.update()

    def set_shown(self, on: bool) -> None:
        """Show or hide the points; hidden ones still colour the photo."""
        self._shown = on
        self._canvas.update()

    def set_picking(self, on: bool) -> None:
        """Let the next click tell a colour instead of setting a point."""
        self._picking = on
        self._canvas.update()

    def press(self, event: QMouseEvent) -> bool:
        """Take hold of a point, or set one."""
        place = self._place(event.position())
        if place is None:
            return False
        self._cross, self._drags = None, False
        if self._picking:
            self.picked.emit(*place)
            return False
        self._start, self._gesture = event.position(), new_gesture()
        hit = self._hit(event.position())
        if hit >= 0:
            self.chosen.emit(hit)
        else:
            self.added.emit(*place)
        return True

    def drag(self, event: QMouseEvent) -> None:
        """Move the point that is held."""
        far = (event.position() - self._start).manhattanLength() > _SLACK
        self._drags = self._drags or far
        if self._drags and self._current >= 0:
            x, y = self._relative(event.position())
            self.moved.emit(self._current, x, y, self._gesture)

    def release(self, event: QMouseEvent) -> None:
        """Let go."""

    def hover(self, point: QPointF) -> None:
        """Nothing follows the mouse."""

    def key(self, event: QKeyEvent) -> bool:
        """Walk, set, choose and remove by keys."""
        key = Qt.Key(event.key())
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if key in _ARROWS:
            self._walk(_ARROWS[key] * (10.0 if shift else 1.0), event.isAutoRepeat())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Insert):
            self._set_by_key()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._current >= 0:
            self.removed.emit(self._current)
        elif key in (Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight) and self._marks:
            step = 1 if key == Qt.Key.Key_BracketRight else -1
            first = -1 if step > 0 and self._current < 0 else max(self._current, 0)
            self.chosen.emit((first + step) % len(self._marks))
        elif key == Qt.Key.Key_Escape:
            self._step_back()
        else:
            return False
        return True

    def cursor(self, point: QPointF) -> Qt.CursorShape | None:
        """Return a hand on a point, a cross elsewhere on the photo."""
        if self._place(point) is None:
            return None
        on_point = not self._picking and self._hit(point) >= 0
        return Qt.CursorShape.PointingHandCursor if on_point else Qt.CursorShape.CrossCursor

    def paint(self, painter: QPainter) -> None:
        """Draw the points in every pane, and the cross of the keyboard."""
        for pane, room in enumerate(self._canvas.view.panes):
            painter.save()
            painter.setClipRect(room)
            if self._shown:
                for number, mark in enumerate(self._marks):
                    self._paint_mark(painter, mark, pane, number == self._current)
            if self._cross is not None:
                self._paint_cross(painter, self._on_screen(self._cross.x(), self._cross.y(), pane))
            painter.restore()

    def _paint_mark(self, painter: QPainter, mark: Mark, pane: int, current: bool) -> None:
        middle = self._on_screen(mark.x, mark.y, pane)
        radius = _RADIUS + (2.0 if current else 0.0)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(_SHADOW, 5.0 if current else 4.0))
        painter.drawEllipse(middle, radius, radius)
        painter.setBrush(mark.colour)
        painter.setPen(QPen(self._theme.colour("accent") if current else _WHITE, 2.2))
        painter.drawEllipse(middle, radius, radius)
        if mark.gray:
            reach = QPointF(radius, -radius) * 0.62
            painter.setPen(QPen(_WHITE, 2.0))
            painter.drawLine(middle - reach, middle + reach)

    def _paint_cross(self, painter: QPainter, middle: QPointF) -> None:
        for colour, width in ((_SHADOW, 4.0), (_WHITE, 1.6)):
            painter.setPen(QPen(colour, width))
            for arm in (QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)):
                painter.drawLine(middle + arm * 4, middle + arm * 14)

    def _walk(self, step: QPointF, repeated: bool) -> None:
        """Move the chosen point, or the cross, by so many widget units."""
        if not repeated:
            self._gesture = new_gesture()
        if self._current >= 0 and not self._picking:
            mark = self._marks[self._current]
            x, y = self._relative(self._on_screen(mark.x, mark.y, 0) + step)
            self.moved.emit(self._current, x, y, self._gesture)
            return
        at = self._cross or QPointF(*self._relative(self._canvas.view.visible_rect().center()))
        self._cross = QPointF(*self._relative(self._on_screen(at.x(), at.y(), 0) + step * 4))
        self._canvas.update()

    def _set_by_key(self) -> None:
        """Do at the cross what a click does; the first time only show it."""
        if self._cross is None:
            self.chosen.emit(-1)
            middle = self._canvas.view.visible_rect().center()
            self._cross = QPointF(*self._relative(middle))
            self._canvas.update()
            return
        place, self._cross = self._cross, None
        (self.picked if self._picking else self.added).emit(place.x(), place.y())

    def _step_back(self) -> None:
        """Leave one thing after the other: picking, the cross, the chosen point, the tool."""
        if self._cross is not None:
            self._cross = None
            self._canvas.update()
        elif self._picking:
            self.set_picking(False)
        elif self._current >= 0:
            self.chosen.emit(-1)
        else:
            self.ended.emit()

    def _hit(self, point: QPointF) -> int:
        """Return the nearest point under the mouse; the one above where two are as near."""
        if not self._shown:
            return -1
        pane = self._canvas.view.pane_at(point)
        nearest, found = _GRAB, -1
        for number, mark in enumerate(self._marks):
            away = point - self._on_screen(mark.x, mark.y, pane)
            distance = (away.x() ** 2 + away.y() ** 2) ** 0.5
            if distance <= nearest:
                nearest, found = distance, number
        return found

    def _on_screen(self, x: float, y: float, pane: int) -> QPointF:
        photo = self._canvas.view.photo_rect(pane)
        return QPointF(photo.left() + x * photo.width(), photo.top() + y * photo.height())

    def _relative(self, point: QPointF) -> tuple[float, float]:
        """Return the place of the photo under a widget point, or the nearest one."""
        photo: QRectF = self._canvas.view.photo_rect(self._canvas.view.pane_at(point))
        x = (point.x() - photo.left()) / photo.width()
        y = (point.y() - photo.top()) / photo.height()
        return min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)

    def _place(self, point: QPointF) -> tuple[float, float] | None:
        """Return the place of the photo under a widget point, if there is one."""
        photo = self._canvas.view.visible_rect(self._canvas.view.pane_at(point))
        return self._relative(point) if photo.contains(point) else None
