"""The brush for areas: it paints on the photo, and shows what was painted as a tint.

Hides how strokes look on the screen. It tells a stroke when it is done and changes nothing itself.
Invariant: places are told relative to the photo as the canvas shows it.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF

from colordesk.edit.brush import Stroke
from colordesk.ui.canvas.canvas import Canvas
from colordesk.ui.theme import Theme

_TINT = 0.42  # opacity of what is painted
_STEP = 0.2  # of the radius, between two places of a stroke that are worth telling
_GROWTH = 1.15  # of the brush at each press of a key
_KEY_STEP = 4.0
_SHADOW = QColor(0, 0, 0, 150)
_WHITE = QColor(255, 255, 255, 230)
_ARROWS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}


class BrushTool(QObject):
    """Paints areas.

    Args:
        canvas: where the photo is.
        theme: for the tint.
    """

    painted = Signal(object)
    """A `Stroke` is done, with places and radius relative to the shape on the canvas."""
    scaled = Signal(float)
    """The brush is to be larger or smaller by this factor."""
    ended = Signal()
    """The tool is to be laid down."""

    def __init__(self, canvas: Canvas, theme: Theme) -> None:
        super().__init__()
        self._canvas, self._theme = canvas, theme
        self._strokes: tuple[Stroke, ...] = ()
        self._radius, self._erase = 0.05, False
        self._path: list[tuple[float, float]] = []
        self._at: QPointF | None = None

    def set_brush(self, radius: float, erase: bool) -> None:
        """Choose the radius, in short sides of the photo, and whether paint is taken away."""
        self._radius, self._erase = radius, erase
        self._canvas.update()

    def set_strokes(self, strokes: Sequence[Stroke]) -> None:
        """Show what is painted already."""
        self._strokes = tuple(strokes)
        self._canvas.update()

    def press(self, event: QMouseEvent) -> bool:
        """Begin a stroke."""
        pane = self._canvas.view.pane_at(event.position())
        if not self._canvas.view.visible_rect(pane).contains(event.position()):
            return False
        self._at = event.position()
        self._path = [self._relative(event.position())]
        self._canvas.update()
        return True

    def drag(self, event: QMouseEvent) -> None:
        """Go on with it."""
        self._at = event.position()
        x, y = self._relative(event.position())
        photo = self._canvas.view.photo_rect()
        short = min(photo.width(), photo.height())
        last_x, last_y = self._path[-1]
        way = ((x - last_x) * photo.width() / short, (y - last_y) * photo.height() / short)
        if way[0] ** 2 + way[1] ** 2 >= (_STEP * self._radius) ** 2:
            self._path.append((x, y))
        self._canvas.update()

    def release(self, event: QMouseEvent) -> None:
        """End it."""
        self._finish()

    def hover(self, point: QPointF) -> None:
        """Show the brush under the mouse."""
        self._at = point
        self._canvas.update()

    def key(self, event: QKeyEvent) -> bool:
        """Walk, paint and change the brush by keys."""
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if key in _ARROWS:
            far = 5.0 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0
            start = self._at or self._canvas.view.visible_rect().center()
            self._at = start + _ARROWS[key] * (_KEY_STEP * far)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._at = self._at or self._canvas.view.visible_rect().center()
            self._path = [self._relative(self._at)]
            self._finish()
        elif key in (Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight):
            self.scaled.emit(_GROWTH if key == Qt.Key.Key_BracketRight else 1 / _GROWTH)
        elif key == Qt.Key.Key_Escape:
            self.ended.emit()
        else:
            return False
        self._canvas.update()
        return True

    def cursor(self, point: QPointF) -> Qt.CursorShape | None:
        """Return a cross; the brush itself is drawn."""
        return Qt.CursorShape.CrossCursor

    def paint(self, painter: QPainter) -> None:
        """Draw what is painted, and the brush."""
        strokes = list(self._strokes)
        if self._path:
            strokes.append(Stroke(tuple(self._path), self._radius, self._erase))
        view = self._canvas.view
        for pane, room in enumerate(view.panes):
            painter.save()
            painter.setClipRect(view.visible_rect(pane))
            if strokes:
                painter.setOpacity(_TINT)
                painter.drawImage(QPointF(0, 0), self._tint(strokes, pane))
                painter.setOpacity(1.0)
            if self._at is not None and (pane == view.pane_at(self._at)):
                painter.setClipRect(room)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                for colour, width in ((_SHADOW, 3.5), (_WHITE, 1.5)):
                    painter.setPen(QPen(colour, width))
                    reach = self._on_screen(self._radius)
                    painter.drawEllipse(self._at, reach, reach)
            painter.restore()

    def _tint(self, strokes: Sequence[Stroke], pane: int) -> QImage:
        """Return the strokes as one picture, so that where two meet it is not darker."""
        ratio = self._canvas.devicePixelRatioF()
        size = QSize(round(self._canvas.width() * ratio), round(self._canvas.height() * ratio))
        image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(ratio)
        image.fill(0)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        photo = self._canvas.view.photo_rect(pane)
        modes = QPainter.CompositionMode
        for stroke in strokes:
            mode = modes.CompositionMode_Clear if stroke.erase else modes.CompositionMode_SourceOver
            painter.setCompositionMode(mode)
            pen = QPen(self._theme.colour("error"), 2 * self._on_screen(stroke.radius))
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            places = [
                QPointF(photo.left() + x * photo.width(), photo.top() + y * photo.height())
                for x, y in stroke.path
            ]
            if len(places) == 1:
                painter.drawPoint(places[0])
            else:
                painter.drawPolyline(QPolygonF(places))
        painter.end()
        return image

    def _finish(self) -> None:
        path, self._path = self._path, []
        if path:
            self.painted.emit(Stroke(tuple(path), self._radius, self._erase))
        self._canvas.update()

    def _on_screen(self, radius: float) -> float:
        photo = self._canvas.view.photo_rect()
        return radius * min(photo.width(), photo.height())

    def _relative(self, point: QPointF) -> tuple[float, float]:
        """Return the place of the photo under a widget point; it may lie outside."""
        photo = self._canvas.view.photo_rect(self._canvas.view.pane_at(point))
        x = (point.x() - photo.left()) / photo.width()
        y = (point.y() - photo.top()) / photo.height()
        return round(x, 5), round(y, 5)
