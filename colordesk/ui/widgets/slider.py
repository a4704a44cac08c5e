"""A named value with a slider and a number, made for dragging and for typing.

Invariant: only what a person does is told; `set_value` is silent. All changes of one drag carry
the same gesture number.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QSlider,
    QWidget,
)

from colordesk.ui.gesture import new_gesture

_RADIUS = 7.0
_TRACK = 4.0


class Track(QSlider):
    """The slider itself: click to jump, double click for the default.

    Args:
        default: what a double click asks for.
        origin: where the filled part begins.
        colours: of a gradient along the track; none for a plain track that is filled.
    """

    grabbed = Signal()
    """A drag, or a visit with the keyboard, begins."""
    default_wanted = Signal()

    def __init__(self, default: int, origin: int, colours: tuple[str, ...]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._default, self._origin = default, origin
        self._colours = colours
        self._held_at = 0.0
        self.setFixedHeight(22)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the panel scroll, unless the slider has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin a gesture of the keyboard."""
        self.grabbed.emit()
        super().focusInEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the handle, or bring it here."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self.grabbed.emit()
        away = event.position().x() - self._x(self.value())
        self._held_at = away if abs(away) <= _RADIUS + 2 else 0.0
        self.setSliderDown(True)
        self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the handle."""
        if self.isSliderDown():
            self._follow(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the handle go."""
        self.setSliderDown(False)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Go back to the default; it belongs to the gesture of the first click."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.default_wanted.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw track and handle in the colours of the palette."""
        palette, roles = self.palette(), QPalette.ColorRole
        on = self.isEnabled()
        accent = palette.color(roles.Accent)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle = self.height() / 2
        track = QRectF(_RADIUS, middle - _TRACK / 2, self.width() - 2 * _RADIUS, _TRACK)
        if self._colours and on:
            gradient = QLinearGradient(track.topLeft(), track.topRight())
            for index, colour in enumerate(self._colours):
                gradient.setColorAt(index / (len(self._colours) - 1), QColor(colour))
            painter.setBrush(gradient)
            painter.drawRoundedRect(track, _TRACK / 2, _TRACK / 2)
        else:
            painter.setBrush(palette.color(roles.Midlight if on else roles.Mid))
            painter.drawRoundedRect(track, _TRACK / 2, _TRACK / 2)
            if on:
                ends = sorted((self._x(self._origin), self._x(self.value())))
                filled = QRectF(ends[0], track.top(), ends[1] - ends[0], _TRACK)
                painter.setBrush(accent)
                painter.drawRoundedRect(filled, _TRACK / 2, _TRACK / 2)
        if self.minimum() < self._default < self.maximum():
            painter.setBrush(palette.color(roles.PlaceholderText))
            x = self._x(self._default)
            painter.drawRoundedRect(QRectF(x - 0.75, middle - 6, 1.5, 12), 0.75, 0.75)
        handle = palette.color(roles.Light if on else roles.Midlight)
        painter.setBrush(accent if self.isSliderDown() else handle)
        edge = palette.color(roles.Shadow)
        painter.setPen(QPen(accent, 2.0) if self.hasFocus() else QPen(edge, 1.2))
        painter.drawEllipse(QPointF(self._x(self.value()), middle), _RADIUS, _RADIUS)
        painter.end()

    def _x(self, value: int) -> float:
        share = (value - self.minimum()) / (self.maximum() - self.minimum())
        return _RADIUS + share * (self.width() - 2 * _RADIUS)

    def _follow(self, event: QMouseEvent) -> None:
        room = max(self.width() - 2 * _RADIUS, 1.0)
        share = (event.position().x() - self._held_at - _RADIUS) / room
        share = min(max(share, 0.0), 1.0)
        self.setValue(self.minimum() + round(share * (self.maximum() - self.minimum())))
        self.update()


class _Number(QDoubleSpinBox):
    """The number beside the slider; whole numbers are shown without a point."""

    def textFromValue(self, value: float) -> str:
        """Return the shortest text."""
        return self.locale().toString(value, "g", 6)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the panel scroll, unless the field has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ValueSlider(QWidget):
    """One value in words, as a number and as a slider.

    Args:
        name: what the value is called.
        low: smallest value.
        high: largest value.
        default: what a double click gives.
        tip: one sentence on what it does.
        origin: where the filled part of the track begins; None means at the smallest value.
        colours: of a gradient along the track, instead of a filled part.
    """

    edited = Signal(float, int)
    """The value and the number of the gesture."""

    def __init__(
        self,
        name: str,
        low: int,
        high: int,
        default: int,
        tip: str,
        *,
        origin: int | None = None,
        colours: tuple[str, ...] = (),
    ) -> None:
        super().__init__()
        self._default = float(default)
        self._gesture = new_gesture()
        self._label = QLabel(name)
        self._label.setToolTip(tip)
        self._label.installEventFilter(self)
        self.track = Track(default, low if origin is None else origin, colours)
        self.track.setRange(low, high)
        self.track.setPageStep(10)
        self.track.setAccessibleName(name)
        self.track.setToolTip(self.tr("{tip} Double-click to reset.").format(tip=tip))
        self.number = _Number()
        self.number.setProperty("plain", True)
        self.number.setRange(low, high)
        self.number.setDecimals(1)
        self.number.setKeyboardTracking(False)
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.number.setFixedWidth(self.fontMetrics().horizontalAdvance("−100.0") + 18)
        self.number.setAccessibleName(self.tr("{name}, number").format(name=name))
        self.number.setToolTip(tip)
        self.number.installEventFilter(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.addWidget(self._label, 0, 0)
        grid.addWidget(self.number, 0, 1)
        grid.addWidget(self.track, 1, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        self.set_value(default)
        self.track.grabbed.connect(self._begin)
        self.track.default_wanted.connect(self.reset)
        self.track.valueChanged.connect(lambda value: self._changed(float(value)))
        self.number.valueChanged.connect(self._changed)
        self.number.editingFinished.connect(self._begin)

    def value(self) -> float:
        """Return the value."""
        return self.number.value()

    def set_value(self, value: float) -> None:
        """Show a value without telling anybody."""
        for control in (self.number, self.track):
            control.blockSignals(True)
        self.number.setValue(value)
        self.track.setValue(round(value))
        for control in (self.number, self.track):
            control.blockSignals(False)
        self.track.update()

    def reset(self) -> None:
        """Go back to the default, as a person does."""
        self._changed(self._default)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin a gesture when the number is visited; reset when the name is double-clicked."""
        if event.type() == QEvent.Type.FocusIn:
            self._begin()
        elif event.type() == QEvent.Type.MouseButtonDblClick and watched is self._label:
            if self.isEnabled():
                self._begin()
                self.reset()
            return True
        return False

    def _begin(self) -> None:
        self._gesture = new_gesture()

    def _changed(self, value: float) -> None:
        self.set_value(value)
        self.edited.emit(value, self._gesture)
