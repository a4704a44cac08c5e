"""The picture on the screen: before, after or both, zoomed and moved by hand.

Hides painting and gestures. It knows frames and a view, no photo, model or job.
Invariant: it only draws; whatever is slow was done before a frame came here.
"""

from __future__ import annotations

import enum

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputDevice,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QSizePolicy, QWidget

from colordesk.ui.canvas import overlay
from colordesk.ui.canvas.frame import Frame, Shown
from colordesk.ui.canvas.view import View
from colordesk.ui.theme import Theme
from colordesk.ui.tools.hand import Hand
from colordesk.ui.tools.tool import Tool

_GAP = 2.0  # between the panes
_WHEEL_NOTCH = 120.0
_NOTCH_FACTOR = 1.2
_KEY_STEP = 60.0


class Mode(enum.Enum):
    """What is shown at once."""

    SINGLE = "single"
    SPLIT = "split"
    SIDE = "side"


class Canvas(QWidget):
    """Shows a photo before and after.

    Args:
        theme: for the colours around the photo.
    """

    view_changed = Signal()
    """Zoom, size or mode changed: other pixels may be wanted."""
    divider_moved = Signal(float)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.view = View()
        self.mode = Mode.SPLIT
        self.divider = 0.5
        """Position of the divider, as a fraction of the part of the photo that is seen."""
        self.before: Shown | None = None
        self.after: Shown | None = None
        self._peek = False
        self._note = ""
        self._drop = False
        self._hand = Hand(self)
        self._tool: Tool | None = None
        self._held: Tool | Hand | None = None
        self._space = False
        self._focus_shown = False
        self.setAccessibleName(self.tr("Photo"))
        self.setAccessibleDescription(
            self.tr("Arrow keys move the photo or the divider, plus and minus zoom.")
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 180)
        theme.changed.connect(self.update)

    def show_photo(self, before: Frame) -> None:
        """Show another photo, of which the frame has the whole; its colours may follow."""
        self.before, self.after, self._note = Shown(before, None), None, ""
        self._hand.release()
        self._held = None
        self.view.set_photo(*before.part[2:])
        self._arrange()

    def clear(self) -> None:
        """Show nothing."""
        self.before = self.after = None
        self.update()

    def set_before(self, shown: Shown) -> None:
        """Show the photo as it is with other pixels."""
        self.before = shown
        self.update()

    def set_after(self, shown: Shown) -> None:
        """Show the photo in colour."""
        first, self.after = self.after is None, shown
        if first:
            self._arrange()
        self.update()

    def clear_after(self) -> None:
        """Show the photo as it is, because there is nothing else to show."""
        self.after = None
        self._arrange()

    def set_mode(self, mode: Mode) -> None:
        """Show one picture, both with a divider, or both side by side."""
        self.mode = mode
        self._arrange()

    def set_peek(self, on: bool) -> None:
        """Show the photo as it is as long as a key is held."""
        if on != self._peek:
            self._peek = on
            self._arrange()

    def set_tool(self, tool: Tool | None) -> None:
        """Give the left button and the keys to a tool, or back to the hand."""
        self._tool = tool
        self._held = None
        self._set_cursor(QPointF(self.mapFromGlobal(self.cursor().pos())))
        self.update()

    def lay_down(self, tool: Tool) -> None:
        """Give everything back to the hand, if this tool has it."""
        if self._tool is tool:
            self.set_tool(None)

    def set_note(self, text: str) -> None:
        """Show a few words above the photo, such as what is being waited for."""
        self._note = text
        self.update()

    def set_drop(self, on: bool) -> None:
        """Show that files can be let go here."""
        self._drop = on
        self.update()

    @property
    def peeks(self) -> bool:
        """Whether the photo as it is is shown for a moment."""
        return self._peek

    @property
    def shown_mode(self) -> Mode:
        """What really is shown: one picture if there is nothing to compare."""
        alone = self.after is None or (self._peek and self.mode is not Mode.SIDE)
        return Mode.SINGLE if alone else self.mode

    @property
    def has_divider(self) -> bool:
        """Whether before and after meet at a divider."""
        return self.shown_mode is Mode.SPLIT

    @property
    def shows_before(self) -> bool:
        """Whether the photo as it is can be seen."""
        return self._peek or self.after is None or self.mode is not Mode.SINGLE

    def fit(self) -> None:
        """See the whole photo."""
        self.view.fit()
        self._viewed()

    def zoom_to(self, zoom: float, anchor: QPointF | None = None) -> None:
        """Zoom, with the point under `anchor` (or the middle) staying where it is."""
        self.view.zoom_to(zoom, anchor, self.view.pane_at(anchor) if anchor else 0)
        self._viewed()

    def pan(self, delta: QPointF) -> None:
        """Move the photo by so many widget units."""
        self.view.pan(delta)
        self._viewed()

    def zoom_step(self, direction: int) -> None:
        """Zoom to the next round number in (1) or out (-1)."""
        self.zoom_to(self.view.next_zoom(direction))

    def divider_x(self) -> float:
        """Return where the divider is, in widget coordinates."""
        seen = self.view.visible_rect()
        return round((seen.left() + self.divider * seen.width()) * self.view.ratio) / (
            self.view.ratio
        )

    def set_divider(self, fraction: float) -> None:
        """Move the divider."""
        old = self.divider_x()
        self.divider = min(max(fraction, 0.0), 1.0)
        new = self.divider_x()
        left, right = min(old, new) - overlay.KNOB - 90, max(old, new) + overlay.KNOB + 90
        self.update(QRect(int(left), 0, int(right - left) + 1, self.height()))
        self.divider_moved.emit(self.divider)

    def sizeHint(self) -> QSize:
        """Return what the window should give at first."""
        return QSize(900, 600)

    # what is drawn

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the part that was asked for."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), self._theme.colour("canvas"))
        if self.before is not None:
            self._paint_photo(painter, QRectF(event.rect()))
            if self._tool is not None and not self._peek:
                self._tool.paint(painter)
        if self._note:
            self._paint_note(painter)
        if self._drop:
            accent = self._theme.colour("accent")
            overlay.drop_target(painter, QRectF(self.rect()), self.tr("Drop to open"), accent)
        if self._focus_shown:
            overlay.focus(painter, QRectF(self.rect()), self._theme.colour("accent"))
        painter.end()

    def _paint_photo(self, painter: QPainter, dirty: QRectF) -> None:
        mode = self.shown_mode
        if mode is Mode.SIDE:
            for side, shown in enumerate((self.before, self.after)):
                self._paint_shown(painter, shown, side, self.view.panes[side] & dirty)
            gap = QRectF(self.view.panes[0].right(), 0, _GAP, self.height())
            painter.fillRect(gap, self._theme.colour("border"))
            self._label(painter, self.tr("Before"), 0)
            self._label(painter, self.tr("After"), 1)
        elif mode is Mode.SPLIT:
            x, pane = self.divider_x(), self.view.panes[0]
            left = QRectF(pane.topLeft(), QPointF(x, pane.bottom()))
            right = QRectF(QPointF(x, pane.top()), pane.bottomRight())
            self._paint_shown(painter, self.before, 0, left & dirty)
            self._paint_shown(painter, self.after, 0, right & dirty)
            seen = self.view.visible_rect()
            painter.save()
            painter.setClipRect(left)
            self._label(painter, self.tr("Before"), 0)
            painter.setClipRect(right)
            self._label(painter, self.tr("After"), 0, right=True)
            painter.restore()
            held = self._theme.colour("accent") if self._hand.holds_divider else None
            overlay.divider(painter, x, seen, held)
        else:
            shown = self.before if self._peek or self.after is None else self.after
            self._paint_shown(painter, shown, 0, self.view.panes[0] & dirty)
            if self._peek:
                self._label(painter, self.tr("Before"), 0)

    def _paint_shown(self, painter: QPainter, shown: Shown | None, pane: int, clip: QRectF) -> None:
        if shown is not None and not clip.isEmpty():
            view = self.view
            shown.draw(painter, view.photo_rect(pane), view.zoom, view.ratio, clip)

    def _label(self, painter: QPainter, text: str, pane: int, *, right: bool = False) -> None:
        seen = self.view.visible_rect(pane)
        size = overlay.chip_size(painter, text)
        x = seen.right() - 10 - size.width() if right else seen.left() + 10
        overlay.chip(painter, text, QRectF(QPointF(x, seen.top() + 10), size))

    def _paint_note(self, painter: QPainter) -> None:
        size = overlay.chip_size(painter, self._note)
        corner = QPointF((self.width() - size.width()) / 2, self.height() - 44.0)
        overlay.chip(painter, self._note, QRectF(corner, size))

    # gestures

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the cursor; a touchpad moves, and zooms with Ctrl."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        touchpad = event.pointingDevice().type() == QInputDevice.DeviceType.TouchPad
        if touchpad and not event.pixelDelta().isNull() and not control:
            self.pan(QPointF(event.pixelDelta()))
        elif angle := event.angleDelta().y() or event.angleDelta().x():
            self.zoom_to(self.view.zoom * _NOTCH_FACTOR ** (angle / _WHEEL_NOTCH), event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Take pinches of a touchpad or a touch screen."""
        if (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
        ):
            self.zoom_to(self.view.zoom * (1 + event.value()), event.position())
            return True
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                middle = self.mapFromGlobal(pinch.centerPoint())
                self.zoom_to(self.view.zoom * pinch.scaleFactor(), middle)
                return True
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._arrange()
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture of the tool or the hand."""
        if self.before is None:
            return
        left = event.button() == Qt.MouseButton.LeftButton
        if left and not self._hand_takes(event.position()) and self._tool is not None:
            self._held = self._tool if self._tool.press(event) else None
        elif left or event.button() == Qt.MouseButton.MiddleButton:
            self._held = self._hand
            self._hand.press(event, photo_only=self._space or not left)
        self._set_cursor(event.position())
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with it."""
        if self._held is not None:
            self._held.drag(event)
        else:
            if self._tool is not None:
                self._tool.hover(event.position())
            self._set_cursor(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if self._held is not None and self._held is self._tool:
            self._tool.release(event)
        self._hand.release()
        self._held = None
        self._set_cursor(event.position())
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Change between the whole photo and its own pixels, unless a tool is in use."""
        if self.before is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if self._tool is not None and not self._hand_takes(event.position()):
            self.mousePressEvent(event)
        else:
            self._hand.double_click(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by keys."""
        steps = {
            Qt.Key.Key_Left: QPointF(1, 0),
            Qt.Key.Key_Right: QPointF(-1, 0),
            Qt.Key.Key_Up: QPointF(0, 1),
            Qt.Key.Key_Down: QPointF(0, -1),
        }
        key = Qt.Key(event.key())
        if self._tool is not None and self.before is not None and self._tool.key(event):
            return
        if key == Qt.Key.Key_Space:
            self._space = True
            self._set_cursor(QPointF(self.mapFromGlobal(self.cursor().pos())))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            self.zoom_step(1 if key == Qt.Key.Key_Plus else -1)
        elif key in steps and self.view.fitted and self.shown_mode is Mode.SPLIT:
            self.set_divider(self.divider - steps[key].x() * 0.02)
        elif key in steps:
            self.pan(steps[key] * _KEY_STEP)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Let the space bar go."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self._set_cursor(QPointF(self.mapFromGlobal(self.cursor().pos())))
        else:
            super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus to those who came by keyboard."""
        reasons = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self._focus_shown = event.reason() in reasons
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Forget the space bar, whose end would not be told here."""
        self._space = self._focus_shown = False
        super().focusOutEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is seen in place."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        whole = QRectF(self.rect())
        panes = [whole]
        if self.shown_mode is Mode.SIDE:
            half = (whole.width() - _GAP) / 2
            panes = [
                QRectF(0, 0, half, whole.height()),
                QRectF(half + _GAP, 0, half, whole.height()),
            ]
        self.view.set_panes(panes, self.devicePixelRatioF())
        self._viewed()

    def _viewed(self) -> None:
        self.update()
        self.view_changed.emit()

    def _hand_takes(self, point: QPointF) -> bool:
        """Whether a gesture at a point is the hand's, whatever tool is in use."""
        if self._tool is None or self._space:
            return True
        return self._hand.on_divider(point, knob_only=True)

    def _set_cursor(self, point: QPointF) -> None:
        shape: Qt.CursorShape | None = None
        if self._hand.holds_divider or (
            not self._space and self._hand.on_divider(point, knob_only=self._tool is not None)
        ):
            shape = Qt.CursorShape.SplitHCursor
        elif self._tool is not None and not self._space and self._held is not self._hand:
            shape = self._tool.cursor(point)
        else:
            shape = self._hand.cursor()
            if shape is None and self._space:
                shape = Qt.CursorShape.OpenHandCursor
        if shape is None:
            self.unsetCursor()
        else:
            self.setCursor(shape)
