"""What is drawn above the photo: words on a shade, the divider, the invitation to drop.

Invariant: it can be read on any photo, in both themes.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

KNOB = 13.0
"""Radius of the knob on the divider, in widget units."""
_SHADE = QColor(0, 0, 0, 165)
_ON_SHADE = QColor(255, 255, 255, 235)
_WHITE = QColor(255, 255, 255)


def chip_size(painter: QPainter, text: str) -> QSizeF:
    """Return the room that a chip needs."""
    metrics = painter.fontMetrics()
    return QSizeF(metrics.horizontalAdvance(text) + 20, metrics.height() + 8)


def chip(painter: QPainter, text: str, box: QRectF) -> None:
    """Draw a few words on a shade."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_SHADE)
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    painter.setPen(_ON_SHADE)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def focus(painter: QPainter, room: QRectF, colour: QColor) -> None:
    """Draw the frame of what has the keyboard."""
    painter.setPen(QPen(colour, 2.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(room.adjusted(1, 1, -1, -1))


def divider(painter: QPainter, x: float, seen: QRectF, held: QColor | None) -> None:
    """Draw the line between before and after, and its knob.

    Args:
        painter: with antialiasing.
        x: where the line is.
        seen: where the photo is seen.
        held: colour of the knob while it is held.
    """
    for colour, width in ((QColor(0, 0, 0, 90), 3.0), (_WHITE, 1.5)):
        painter.setPen(QPen(colour, width))
        painter.drawLine(QPointF(x, seen.top()), QPointF(x, seen.bottom()))
    knob = QPointF(x, seen.center().y())
    painter.setPen(QPen(QColor(0, 0, 0, 70), 1.0))
    painter.setBrush(held or _WHITE)
    painter.drawEllipse(knob, KNOB, KNOB)
    arrows = QPen(QColor(40, 40, 40), 1.8)
    arrows.setCapStyle(Qt.PenCapStyle.RoundCap)
    arrows.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(arrows)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for side in (-1, 1):
        tip = knob + QPointF(side * 7.5, 0)
        back = QPointF(-side * 4, -4), QPointF(-side * 4, 4)
        painter.drawPolyline(QPolygonF([tip + back[0], tip, tip + back[1]]))


def drop_target(painter: QPainter, room: QRectF, text: str, accent: QColor) -> None:
    """Draw the invitation to let files go here."""
    painter.fillRect(room, QColor(0, 0, 0, 120))
    painter.setPen(QPen(accent, 2.0, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(room.adjusted(14, 14, -14, -14), 12, 12)
    painter.save()
    font = QFont(painter.font())
    font.setPointSizeF(font.pointSizeF() * 1.5)
    painter.setFont(font)
    box = QRectF(painter.fontMetrics().boundingRect(text)).adjusted(-22, -12, 22, 12)
    box.moveCenter(room.center())
    chip(painter, text, box)
    painter.restore()
