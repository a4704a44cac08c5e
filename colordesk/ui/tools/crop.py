"""The tool that cuts: a frame over the photo, moved and sized by hand or by keys.

Hides keeping the wanted ratio and staying inside the photo. It tells what a person wants and
changes nothing itself.
Invariant: the frame lies inside the photo and is never smaller than a grip.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPen

from colordesk.edit.geometry import WHOLE
from colordesk.ui.canvas.canvas import Canvas

Edges = tuple[float, float, float, float]
"""Left, top, right and bottom, each from 0 to 1."""

_GRAB = 14.0  # widget units around an edge or corner in which it is taken
_SMALLEST = 0.03
_SHADE = QColor(0, 0, 0, 150)
_LINE = QColor(255, 255, 255, 235)
_THIRD = QColor(255, 255, 255, 90)
_CORNER = 16.0
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_CURSORS = {
    (-1, -1): Qt.CursorShape.SizeFDiagCursor,
    (1, 1): Qt.CursorShape.SizeFDiagCursor,
    (1, -1): Qt.CursorShape.SizeBDiagCursor,
    (-1, 1): Qt.CursorShape.SizeBDiagCursor,
    (-1, 0): Qt.CursorShape.SizeHorCursor,
    (1, 0): Qt.CursorShape.SizeHorCursor,
    (0, -1): Qt.CursorShape.SizeVerCursor,
    (0, 1): Qt.CursorShape.SizeVerCursor,
    (0, 0): Qt.CursorShape.SizeAllCursor,
}


class CropTool(QObject):
    """Lets a person choose what to keep of the photo.

    Args:
        canvas: where the photo is.
    """

    accepted = Signal()
    """What the frame shows is to be kept."""
    ended = Signal()
    """The photo is to stay as it was."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__()
        self._canvas = canvas
        self._edges: Edges = WHOLE
        self._ratio: float | None = None
        self._grip: tuple[int, int] | None = None
        self._last = QPointF()

    @property
    def edges(self) -> Edges:
        """What is to be kept."""
        return self._edges

    def set_edges(self, edges: Edges) -> None:
        """Show a frame."""
        self._edges = edges
        self._canvas.update()

    def set_ratio(self, ratio: float | None) -> None:
        """Keep a ratio of width to height from now on; None lets both go free."""
        self._ratio = ratio
        if ratio is not None:
            self._edges = _fitted(self._edges, self._shape(ratio))
        self._canvas.update()

    def press(self, event: QMouseEvent) -> bool:
        """Take an edge, a corner or the whole frame."""
        self._grip, self._last = self._grip_at(event.position()), event.position()
        return self._grip is not None

    def drag(self, event: QMouseEvent) -> None:
        """Move what was taken."""
        photo = self._canvas.view.photo_rect(self._pane(event.position()))
        step = event.position() - self._last
        if self._grip is not None and photo.width() > 0:
            self._move(self._grip, step.x() / photo.width(), step.y() / photo.height())
        self._last = event.position()

    def release(self, event: QMouseEvent) -> None:
        """Let go."""
        self._grip = None

    def hover(self, point: QPointF) -> None:
        """Nothing follows the mouse."""

    def key(self, event: QKeyEvent) -> bool:
        """Move by arrows, size by arrows with Shift, take with Enter, leave with Esc."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accepted.emit()
        elif key == Qt.Key.Key_Escape:
            self.ended.emit()
        elif key in _ARROWS:
            across, down = _ARROWS[key]
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            grip = (abs(across), abs(down)) if shift else (0, 0)
            self._move(grip, across * 0.01, down * 0.01)
        else:
            return False
        return True

    def cursor(self, point: QPointF) -> Qt.CursorShape | None:
        """Return arrows that show what would be moved."""
        grip = self._grip if self._grip is not None else self._grip_at(point)
        return None if grip is None else _CURSORS[grip]

    def paint(self, painter: QPainter) -> None:
        """Darken what goes, and draw the frame with its thirds."""
        for pane in range(len(self._canvas.view.panes)):
            photo, frame = self._canvas.view.photo_rect(pane), self._frame(pane)
            painter.save()
            painter.setClipRect(self._canvas.view.panes[pane])
            outside = QPainterPath()
            outside.addRect(photo)
            outside.addRect(frame)
            painter.fillPath(outside, _SHADE)
            painter.setPen(QPen(_THIRD, 1.0))
            for third in (1 / 3, 2 / 3):
                x, y = frame.left() + third * frame.width(), frame.top() + third * frame.height()
                painter.drawLine(QPointF(x, frame.top()), QPointF(x, frame.bottom()))
                painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y))
            painter.setPen(QPen(_LINE, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(frame)
            _paint_corners(painter, frame)
            painter.restore()

    def _move(self, grip: tuple[int, int], across: float, down: float) -> None:
        """Move the frame, or one of its edges or corners, by shares of the photo."""
        left, top, right, bottom = self._edges
        if grip == (0, 0):
            across = min(max(across, -left), 1 - right)
            down = min(max(down, -top), 1 - bottom)
            self._edges = (left + across, top + down, right + across, bottom + down)
        else:
            if grip[0] < 0:
                left = min(max(left + across, 0), right - _SMALLEST)
            elif grip[0] > 0:
                right = max(min(right + across, 1), left + _SMALLEST)
            if grip[1] < 0:
                top = min(max(top + down, 0), bottom - _SMALLEST)
            elif grip[1] > 0:
                bottom = max(min(bottom + down, 1), top + _SMALLEST)
            self._edges = (left, top, right, bottom)
            if self._ratio is not None:
                self._edges = _held(self._edges, self._shape(self._ratio), grip)
        self._canvas.update()

    def _shape(self, ratio: float) -> float:
        """Return the ratio in shares of the photo's sides."""
        photo = self._canvas.view.photo_rect(0)
        return ratio * photo.height() / photo.width() if photo.width() > 0 else ratio

    def _pane(self, point: QPointF) -> int:
        return self._canvas.view.pane_at(point)

    def _frame(self, pane: int) -> QRectF:
        photo = self._canvas.view.photo_rect(pane)
        left, top, right, bottom = self._edges
        return QRectF(
            photo.left() + left * photo.width(),
            photo.top() + top * photo.height(),
            (right - left) * photo.width(),
            (bottom - top) * photo.height(),
        )

    def _grip_at(self, point: QPointF) -> tuple[int, int] | None:
        """Return which edges would be taken at a point, (0, 0) for all of it, None for nothing."""
        frame = self._frame(self._pane(point))
        if not frame.adjusted(-_GRAB, -_GRAB, _GRAB, _GRAB).contains(point):
            return None
        near = min(_GRAB, frame.width() / 4), min(_GRAB, frame.height() / 4)
        across = _side(point.x(), frame.left(), frame.right(), near[0])
        down = _side(point.y(), frame.top(), frame.bottom(), near[1])
        return across, down


def _side(at: float, low: float, high: float, near: float) -> int:
    if at < low + near:
        return -1
    return 1 if at > high - near else 0


def _fitted(edges: Edges, shape: float) -> Edges:
    """Return the largest frame of a shape (width / height) around the middle of another."""
    left, top, right, bottom = edges
    width, height = right - left, bottom - top
    if width / height > shape:
        width = height * shape
    else:
        height = width / shape
    x, y = (left + right) / 2, (top + bottom) / 2
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _held(edges: Edges, shape: float, grip: tuple[int, int]) -> Edges:
    """Return the largest frame of a shape inside another, held at the side away from the grip."""
    left, top, right, bottom = edges
    width, height = right - left, bottom - top
    if grip[1] == 0:  # a side edge leads, as far as there is room below and above
        middle = (top + bottom) / 2
        height = min(width / shape, 2 * min(middle, 1 - middle))
        width = height * shape
        top, bottom = middle - height / 2, middle + height / 2
    elif grip[0] == 0:
        middle = (left + right) / 2
        width = min(height * shape, 2 * min(middle, 1 - middle))
        height = width / shape
        left, right = middle - width / 2, middle + width / 2
    elif width / height > shape:
        width = height * shape
    else:
        height = width / shape
    if grip[0] < 0:
        left = right - width
    elif grip[0] > 0:
        right = left + width
    if grip[1] < 0:
        top = bottom - height
    elif grip[1] > 0:
        bottom = top + height
    return left, top, right, bottom


def _paint_corners(painter: QPainter, frame: QRectF) -> None:
    painter.setPen(QPen(_LINE, 4.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    reach = min(_CORNER, frame.width() / 3, frame.height() / 3)
    for corner, across, down in (
        (frame.topLeft(), 1, 1),
        (frame.topRight(), -1, 1),
        (frame.bottomRight(), -1, -1),
        (frame.bottomLeft(), 1, -1),
    ):
        painter.drawLine(corner, corner + QPointF(across * reach, 0))
        painter.drawLine(corner, corner + QPointF(0, down * reach))
