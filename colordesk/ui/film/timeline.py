"""The timeline: time, clips, shots, what is exported, and the playhead to drag.

Invariant: it only shows and asks; frames are clamped to the film, and a drag asks for every frame
it passes at most once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleValueChangeEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QSlider

from colordesk.ui.film.clock import mark_text, time_text
from colordesk.ui.gesture import new_gesture
from colordesk.ui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

_SIDE = 12.0  # room for half a playhead at both ends
_BAND_TOP, _BAND = 24.0, 26.0
_HEIGHT = 62
_LEAST_MARK = 76.0  # widget units between two times
_STEPS = (0.04, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)
_GRIP = 6.0
_LEAST_NAME = 36.0  # widget units for the name of a clip


@dataclass(frozen=True)
class Lane:
    """A clip as it lies on the timeline; all frames are the timeline's."""

    name: str
    begin: int
    end: int
    """The first frame that is not in it."""
    first: int
    """Exported from here ..."""
    last: int
    """... to here."""


class Timeline(QSlider):
    """A slider over the frames of a film; assistive technology hears it as one.

    Args:
        theme: for its colours.
    """

    first_wanted = Signal(int, int)
    """The in point of a clip was dragged to a frame, and the number of the gesture."""
    last_wanted = Signal(int, int)
    """The out point of a clip was dragged to a frame, and the number of the gesture."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self._rate = Fraction(25)
        self._lanes: tuple[Lane, ...] = ()
        self._shots: tuple[int, ...] = ()
        self._shot = (0, 0)
        self._own: tuple[tuple[int, int], ...] = ()
        self._held: tuple[str, int] | None = None
        self._gesture = 0
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setTracking(True)
        self.setAccessibleName(self.tr("Timeline"))
        self.setToolTip(
            self.tr(
                "Drag to look; arrows step a frame, I and O set what is exported, space plays. "
                "The ends of the line below can be dragged."
            )
        )
        theme.changed.connect(self.update)
        self.valueChanged.connect(self._tell)

    def set_film(self, count: int, rate: Fraction) -> None:
        """Show a film of so many frames at so many a second."""
        self._rate = rate
        self.blockSignals(True)
        self.setRange(0, max(count - 1, 0))
        self.setSingleStep(1)
        self.setPageStep(max(1, round(rate)))
        self.blockSignals(False)
        self._tell()
        self.update()

    def set_frame(self, frame: int) -> None:
        """Show the playhead at a frame; nobody is told."""
        self.blockSignals(True)
        self.setValue(frame)
        self.blockSignals(False)
        self._tell()
        self.update()

    def set_lanes(self, lanes: Sequence[Lane]) -> None:
        """Show the clips, and what of them is exported."""
        self._lanes = tuple(lanes)
        self.update()

    def set_shots(self, starts: Sequence[int]) -> None:
        """Show shots as blocks, given the frames at which they begin."""
        self._shots = tuple(starts)
        self.update()

    def set_shot(self, shot: tuple[int, int]) -> None:
        """Show which shot is chosen, given its frames from and to before."""
        self._shot = shot
        self.update()

    def set_own(self, shots: Sequence[tuple[int, int]]) -> None:
        """Mark shots that have colours of their own, given their frames from and to before."""
        self._own = tuple(shots)
        self.update()

    @property
    def shots(self) -> tuple[int, ...]:
        """The frames at which the known shots begin."""
        return self._shots

    @property
    def own(self) -> tuple[tuple[int, int], ...]:
        """The shots that are marked."""
        return self._own

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """The clips."""
        return self._lanes

    def x_of(self, frame: float) -> float:
        """Return where a frame is, in widget coordinates."""
        return _SIDE + frame / max(self.maximum() + 1, 1) * (self.width() - 2 * _SIDE)

    def frame_at(self, x: float) -> int:
        """Return the frame at a place, within the film."""
        share = (x - _SIDE) / max(self.width() - 2 * _SIDE, 1.0)
        return min(max(int(share * (self.maximum() + 1)), 0), self.maximum())

    def sizeHint(self) -> QSize:
        """Return what it likes to have."""
        return QSize(600, _HEIGHT)

    # gestures

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a point, or bring the playhead here."""
        if event.button() == Qt.MouseButton.LeftButton and self.isEnabled():
            self._held = self._grip(event.position()) or ("playhead", 0)
            self._gesture = new_gesture()
            self.setSliderDown(self._held[0] == "playhead")
            self._follow(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag what is held."""
        if self._held:
            self._follow(event.position().x())
        elif self._grip(event.position()):
            self.setCursor(Qt.CursorShape.SizeHorCursor)
        else:
            self.unsetCursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._held = None
        self.setSliderDown(False)
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Step by frames."""
        steps = event.angleDelta().y() or event.angleDelta().x()
        if steps:
            self.setValue(self.value() + (-1 if steps > 0 else 1))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave every key to the page, which knows them wherever the focus is."""
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _grip(self, point: QPointF) -> tuple[str, int] | None:
        """Return which in or out point is under the cursor, and of which clip."""
        if point.y() < _BAND_TOP:
            return None
        low = point.y() > _BAND_TOP + _BAND - _GRIP  # at the line of what is exported
        for number, lane in enumerate(self._lanes):
            shortened = low or lane.last < lane.end - 1
            if shortened and abs(point.x() - self.x_of(lane.last + 1)) < _GRIP:
                return "last", number
            shortened = low or lane.first > lane.begin
            if shortened and abs(point.x() - self.x_of(lane.first)) < _GRIP:
                return "first", number
        return None

    def _follow(self, x: float) -> None:
        frame = self.frame_at(x)
        what, number = self._held or ("", 0)
        if what == "first":
            lane = self._lanes[number]
            self.first_wanted.emit(min(max(frame, lane.begin), lane.last), self._gesture)
        elif what == "last":
            lane = self._lanes[number]
            self.last_wanted.emit(max(min(frame, lane.end - 1), lane.first), self._gesture)
        else:
            self.setValue(frame)
            self.update()

    def _tell(self) -> None:
        now, end = self.value() / self._rate, (self.maximum() + 1) / self._rate
        self.setAccessibleDescription(
            self.tr("{time} of {length}, frame {frame} of {count}").format(
                time=time_text(now),
                length=time_text(end),
                frame=self.value() + 1,
                count=self.maximum() + 1,
            )
        )
        QAccessible.updateAccessibility(QAccessibleValueChangeEvent(self, self.value()))

    # what is drawn

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw times, shots, what is exported, and the playhead."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._theme.colour
        self._paint_times(painter, colour("muted"), colour("border"))
        band = QRectF(_SIDE, _BAND_TOP, self.width() - 2 * _SIDE, _BAND)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("groove"))
        painter.drawRoundedRect(band, 4, 4)
        self._paint_shots(painter, band, colour("handle"), colour("panel"))
        for lane in self._lanes:
            self._paint_span(painter, band, lane, colour("window"), colour("accent"))
        self._paint_own(painter, band, colour("accent"))
        if len(self._lanes) > 1:
            self._paint_names(painter, band, colour("text"), colour("panel"))
        if len(self._shots) > 1:
            self._paint_shot(painter, band, colour("text"))
        self._paint_playhead(painter, colour("text"))
        if self.hasFocus():
            painter.setPen(QPen(colour("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        painter.end()

    def _paint_times(self, painter: QPainter, text: QColor, line: QColor) -> None:
        count = self.maximum() + 1
        seconds = float(count / self._rate)
        room = max(self.width() - 2 * _SIDE, 1.0)
        wanted = _LEAST_MARK * seconds / room
        step = Fraction(next((s for s in _STEPS if s >= wanted), _STEPS[-1])).limit_denominator(100)
        font = painter.font()
        font.setPointSizeF(max(font.pointSizeF() * 0.85, 6.0))
        painter.setFont(font)
        for number in range(int(Fraction(count) / self._rate / step) + 1):
            x = self.x_of(float(number * step * self._rate))
            painter.setPen(line)
            painter.drawLine(QPointF(x, _BAND_TOP - 6), QPointF(x, _BAND_TOP - 2))
            words = mark_text(number * step)
            width = painter.fontMetrics().horizontalAdvance(words)
            if x + 4 + width <= self.width():
                painter.setPen(text)
                painter.drawText(QPointF(x if not number else x - width / 2, 14.0), words)

    def _paint_shots(self, painter: QPainter, band: QRectF, block: QColor, gap: QColor) -> None:
        if not self._shots:
            return
        ends = [*self._shots[1:], self.maximum() + 1]
        painter.setPen(Qt.PenStyle.NoPen)
        for number, (start, end) in enumerate(zip(self._shots, ends, strict=True)):
            left, right = self.x_of(start), self.x_of(end)
            painter.setBrush(block if number % 2 == 0 else block.darker(118))
            painter.setOpacity(0.4)
            painter.drawRect(QRectF(left, band.top(), right - left, band.height()))
            painter.setOpacity(1.0)
            if number:
                painter.fillRect(QRectF(left - 0.75, band.top(), 1.5, band.height()), gap)

    def _paint_span(
        self, painter: QPainter, band: QRectF, lane: Lane, veil: QColor, line: QColor
    ) -> None:
        left, right = self.x_of(lane.first), self.x_of(lane.last + 1)
        start, stop = self.x_of(lane.begin), self.x_of(lane.end)
        painter.setOpacity(0.72)
        painter.fillRect(QRectF(start, band.top(), left - start, _BAND), veil)
        painter.fillRect(QRectF(right, band.top(), stop - right, _BAND), veil)
        painter.setOpacity(1.0)
        painter.fillRect(QRectF(left, band.bottom() + 1, right - left, 2.5), line)
        if lane.first > lane.begin or lane.last < lane.end - 1:
            for x, way in ((left, 1), (right, -1)):
                painter.fillRect(QRectF(x - 1, band.top(), 2, _BAND + 3.5), line)
                painter.fillRect(QRectF(min(x, x + way * 6), band.top(), 6, 2), line)

    def _paint_shot(self, painter: QPainter, band: QRectF, ink: QColor) -> None:
        left, right = self.x_of(self._shot[0]), self.x_of(self._shot[1])
        painter.setPen(QPen(ink, 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(left + 1, band.top() + 0.6, right - left - 2, _BAND - 1.2))

    def _paint_own(self, painter: QPainter, band: QRectF, ink: QColor) -> None:
        """Draw a stripe in each shot that has colours of its own, and a dot for short ones."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        for first, end in self._own:
            left, right = self.x_of(first), self.x_of(end)
            middle = QPointF((left + right) / 2, band.center().y())
            painter.fillRect(QRectF(left + 1.5, band.top() + 3, right - left - 3, 3), ink)
            painter.drawEllipse(middle, 3.5, 3.5)

    def _paint_names(self, painter: QPainter, band: QRectF, ink: QColor, gap: QColor) -> None:
        for number, lane in enumerate(self._lanes):
            left, right = self.x_of(lane.begin), self.x_of(lane.end)
            if number:
                painter.fillRect(QRectF(left - 2, band.top() - 1, 4, band.height() + 5), gap)
            room = QRectF(left + 7, band.top(), right - left - 12, band.height())
            words = painter.fontMetrics().elidedText(
                lane.name, Qt.TextElideMode.ElideMiddle, round(room.width())
            )
            if room.width() > _LEAST_NAME:
                painter.setPen(ink)
                where = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
                painter.drawText(room, where, words)

    def _paint_playhead(self, painter: QPainter, ink: QColor) -> None:
        x = self.x_of(self.value() + 0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        top = _BAND_TOP - 7
        painter.drawPolygon(
            QPolygonF([QPointF(x - 6, top), QPointF(x + 6, top), QPointF(x, top + 8)])
        )
        painter.drawRect(QRectF(x - 0.75, top, 1.5, _BAND + 14))
