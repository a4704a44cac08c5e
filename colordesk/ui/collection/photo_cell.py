"""How one photo of the strip is drawn: thumbnail, badges, name, and what is chosen.

Invariant: every badge that is drawn is also said in words by the model.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from colordesk.ui.collection.photo_list import AT_HAND, BADGES, Badge
from colordesk.ui.icons import Icons
from colordesk.ui.theme import Theme
from colordesk.ui.widgets.steady_list import Index

CELL = QSize(124, 108)
_PICTURE = QSize(112, 78)
_BADGE = 15.0
_TOKENS = {
    Badge.UNKEPT: "accent",
    Badge.EDITED: "text",
    Badge.SAVED: "success",
    Badge.COLOURED: "info",
    Badge.BROKEN: "error",
}


class PhotoCell(QStyledItemDelegate):
    """Draws a photo of the strip.

    Args:
        theme: for the colours.
        icons: for badges, and for photos that are not there yet.
        parent: the view.
    """

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._icons = theme, icons

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of every cell."""
        return CELL

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one photo."""
        cell = QRectF(option.rect)
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        at_hand = bool(index.data(AT_HAND))
        badges: tuple[Badge, ...] = index.data(BADGES) or ()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        room = QRectF(
            cell.center().x() - _PICTURE.width() / 2,
            cell.top() + 6,
            _PICTURE.width(),
            _PICTURE.height(),
        )
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("selection" if chosen else "panel"))
            painter.drawRoundedRect(cell.adjusted(1, 1, -1, -1), 6, 6)
        box = self._paint_picture(
            painter, room, index.data(Qt.ItemDataRole.DecorationRole), Badge.BROKEN in badges
        )
        if at_hand or focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            colour = self._theme.colour("accent" if at_hand else "muted")
            painter.setPen(QPen(colour, 2.5 if focused else 1.5))
            painter.drawRoundedRect(box.adjusted(-1.5, -1.5, 1.5, 1.5), 4, 4)
        self._paint_badges(painter, box, badges)
        words = QRectF(
            cell.left() + 6, room.bottom(), cell.width() - 12, cell.bottom() - room.bottom()
        )
        painter.setPen(self._theme.colour("text" if chosen or at_hand else "muted"))
        metrics: QFontMetrics = option.fontMetrics
        name = str(index.data(Qt.ItemDataRole.DisplayRole))
        name = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, int(words.width()))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, name)
        painter.restore()

    def _paint_picture(
        self, painter: QPainter, room: QRectF, picture: object, broken: bool
    ) -> QRectF:
        if isinstance(picture, QPixmap):
            size = QSize(picture.size()).scaled(_PICTURE, Qt.AspectRatioMode.KeepAspectRatio)
            box = QRectF(0, 0, size.width(), size.height())
            box.moveCenter(room.center())
            shape = QPainterPath()
            shape.addRoundedRect(box, 3, 3)
            painter.save()
            painter.setClipPath(shape)
            painter.drawPixmap(box, picture, QRectF(picture.rect()))
            painter.restore()
            return box
        box = room.adjusted(10, 4, -10, -4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("panel"))
        painter.drawRoundedRect(box, 3, 3)
        if not broken:  # else its badge says it
            side = QRectF(0, 0, 24, 24)
            side.moveCenter(box.center())
            self._icons.icon("photo", "disabled").paint(painter, side.toRect())
        return box

    def _paint_badges(self, painter: QPainter, box: QRectF, badges: tuple[Badge, ...]) -> None:
        """Draw the badges in the lower right corner of the thumbnail, on a plate of their own."""
        if not badges:
            return
        width = len(badges) * (_BADGE + 3) + 5
        plate = QRectF(box.right() - width - 2, box.bottom() - _BADGE - 6, width, _BADGE + 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("panel"))
        painter.drawRoundedRect(plate, 4, 4)
        left = plate.left() + 4
        for badge in badges:
            spot = QRectF(left, plate.top() + 2, _BADGE, _BADGE).toRect()
            self._icons.icon(badge.value, _TOKENS[badge]).paint(painter, spot)
            left += _BADGE + 3
