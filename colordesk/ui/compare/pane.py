"""One picture of the comparison on the screen; it moves and zooms together with all others.

Invariant: it only draws; where it looks is the link's, and the same for all panes.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QInputDevice,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QSizePolicy, QWidget

from colordesk.ui.canvas import overlay
from colordesk.ui.canvas.frame import Shown
from colordesk.ui.compare.link import Link
from colordesk.ui.theme import Theme

_WHEEL_NOTCH = 120.0
_NOTCH_FACTOR = 1.2
_KEY_STEP = 60.0
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_SHADOW = QColor(0, 0, 0, 150)
_MARK = QColor(255, 255, 255)


class Pane(QWidget):
    """Shows one picture.

    Args:
        theme: for the colours around it.
        link: what it shares with the others.
        title: what is seen, for those who do not see it.
    """

    picked = Signal()
    """Enter was pressed: this one."""
    step_wanted = Signal(int, int)
    """An arrow key leads to the picture at the right (1, 0), below (0, 1), and so on."""

    def __init__(self, theme: Theme, link: Link, title: str) -> None:
        super().__init__()
        self._theme, self._link = theme, link
        self._shown: Shown | None = None
        self._note = ""
        self._drag = ""
        self._last = QPointF()
        self._corner = (0.0, 0.0)
        self._focus_shown = False
        self.setAccessibleName(title)
        self.setAccessibleDescription(
            self.tr("Arrow keys move, plus and minus zoom, Alt and arrows probe a pixel.")
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        link.moved.connect(self.update)
        link.probed.connect(self.update)
        link.region_changed.connect(self.update)
        theme.changed.connect(self.update)

    @property
    def shown(self) -> Shown | None:
        """The picture."""
        return self._shown

    def show_picture(self, shown: Shown | None) -> None:
        """Show a picture, or none."""
        self._shown = shown
        self.update()

    def set_note(self, text: str) -> None:
        """Show words in place of a picture, or over it."""
        self._note = text
        self.update()

    def note(self) -> str:
        """Return the words that are shown."""
        return self._note

    def minimumSizeHint(self) -> QSize:
        """Return a size in which something can still be seen."""
        return QSize(80, 60)

    # what is drawn

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the part that was asked for."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), self._theme.colour("canvas"))
        if self._shown is not None:
            view = self._link.view
            place = view.photo_rect()
            self._shown.draw(painter, place, view.zoom, view.ratio, QRectF(event.rect()))
            self._paint_region(painter)
            self._paint_probe(painter)
        if self._note:
            self._paint_note(painter)
        if self._focus_shown:
            overlay.focus(painter, QRectF(self.rect()), self._theme.colour("accent"))
        painter.end()

    def _paint_region(self, painter: QPainter) -> None:
        region, view = self._link.region, self._link.view
        if region is None:
            return
        first = view.to_widget(QPointF(region[0], region[1]))
        last = view.to_widget(QPointF(region[2], region[3]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (QPen(_SHADOW, 3.0), QPen(self._theme.colour("accent"), 1.5)):
            painter.setPen(pen)
            painter.drawRect(QRectF(first, last))

    def _paint_probe(self, painter: QPainter) -> None:
        probe, view = self._link.probe, self._link.view
        if probe is None:
            return
        side = max(view.zoom / view.ratio, 1.0)
        middle = view.to_widget(QPointF(probe[0] + 0.5, probe[1] + 0.5))
        inner = side / 2 + 2
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (QPen(_SHADOW, 3.0), QPen(_MARK, 1.2)):
            painter.setPen(pen)
            for dx, dy in _ARROWS.values():
                away = QPointF(dx, dy)
                painter.drawLine(middle + away * inner, middle + away * (inner + 7))
            if side >= 4:
                painter.drawRect(QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side))

    def _paint_note(self, painter: QPainter) -> None:
        room = QRectF(self.rect()).adjusted(14, 10, -14, -10)
        if self._shown is not None:
            painter.fillRect(self.rect(), QColor(0, 0, 0, 120))
            painter.setPen(QColor(255, 255, 255, 235))
        else:
            painter.setPen(self._theme.colour("text"))
        option = QTextOption(Qt.AlignmentFlag.AlignCenter)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        painter.drawText(room, self._note, option)

    # gestures

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the cursor; a touchpad moves, and zooms with Ctrl."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        touchpad = event.pointingDevice().type() == QInputDevice.DeviceType.TouchPad
        if touchpad and not event.pixelDelta().isNull() and not control:
            self._link.pan(QPointF(event.pixelDelta()))
        elif angle := event.angleDelta().y() or event.angleDelta().x():
            zoom = self._link.view.zoom * _NOTCH_FACTOR ** (angle / _WHEEL_NOTCH)
            self._link.zoom_to(zoom, event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Take pinches of a touchpad or a touch screen."""
        zoom = self._link.view.zoom
        if (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
        ):
            self._link.zoom_to(zoom * (1 + event.value()), event.position())
            return True
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                middle = QPointF(self.mapFromGlobal(pinch.centerPoint()))
                self._link.zoom_to(zoom * pinch.scaleFactor(), middle)
                return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the photo, or begin a region."""
        if event.button() == Qt.MouseButton.LeftButton and self._chooses(event):
            self._drag = "region"
            corner = self._link.view.to_photo(event.position())
            self._corner = corner.x(), corner.y()
            self._link.set_region(None)
        elif event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._drag = "photo"
        self._last = event.position()
        self._set_cursor(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what was taken; look at the pixel under the cursor."""
        point = self._link.view.to_photo(event.position())
        if self._drag == "region":
            x, y = self._corner
            self._link.set_region(
                (
                    round(min(x, point.x())),
                    round(min(y, point.y())),
                    round(max(x, point.x())),
                    round(max(y, point.y())),
                )
            )
        elif self._drag == "photo":
            self._link.pan(event.position() - self._last)
            self._last = event.position()
        else:
            self._link.set_probe(point)
        self._set_cursor(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._drag = ""
        self._set_cursor(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Change between the whole photo and its own pixels."""
        if event.button() == Qt.MouseButton.LeftButton and not self._chooses(event):
            if self._link.view.fitted:
                self._link.zoom_to(1.0, event.position())
            else:
                self._link.fit()

    def leaveEvent(self, event: QEvent) -> None:
        """Look at no pixel any more."""
        if not self.hasFocus() or not self._focus_shown:
            self._link.set_probe(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, zoom, probe or choose by keys."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            self._link.zoom_step(1 if key == Qt.Key.Key_Plus else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.picked.emit()
        elif key in _ARROWS:
            self._arrow(*_ARROWS[key], event.modifiers())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus to those who came by keyboard."""
        reasons = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self._focus_shown = event.reason() in reasons
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the focus."""
        self._focus_shown = False
        super().focusOutEvent(event)

    def _arrow(self, dx: int, dy: int, modifiers: Qt.KeyboardModifier) -> None:
        if modifiers & Qt.KeyboardModifier.AltModifier:
            fast = 10 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1
            self._link.step_probe(dx * fast, dy * fast)
        elif self._link.view.fitted:
            self.step_wanted.emit(dx, dy)
        else:
            self._link.pan(QPointF(-dx, -dy) * _KEY_STEP)

    def _chooses(self, event: QMouseEvent) -> bool:
        return self._link.choosing or bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)

    def _set_cursor(self, event: QMouseEvent) -> None:
        if self._drag == "region" or self._chooses(event):
            self.setCursor(Qt.CursorShape.CrossCursor)
        elif self._drag == "photo" and not self._link.view.fitted:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif not self._link.view.fitted:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.unsetCursor()
