"""The batches as a list of rows: a heading for each batch, then its photos.

Invariant: what a row shows is also said in words, for those who hear it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from colordesk.ui.error_words import retold, said
from colordesk.ui.icons import Icons
from colordesk.ui.theme import Theme
from colordesk.ui.widgets.steady_list import Index

if TYPE_CHECKING:
    from colordesk.queued import Batch, Entry

_HEIGHT = 44
_SIGN = 18
_SIGNS = {
    "waiting": ("recent", "muted"),
    "running": ("photo", "accent"),
    "done": ("success", "success"),
    "skipped": ("minus", "muted"),
    "failed": ("error", "error"),
    "cancelled": ("close", "muted"),
}


@dataclass(frozen=True, eq=False)
class Line:
    """One row."""

    batch: Batch
    index: int | None
    """Of the photo; None for the heading of its batch."""

    @property
    def entry(self) -> Entry | None:
        """The photo, if it is one."""
        return None if self.index is None else self.batch.entries[self.index]


class QueueList(QAbstractListModel):
    """The rows of the queue.

    Args:
        progress: batch, index -> how far a photo in work is, from 0 to 1.
    """

    def __init__(self, progress: Callable[[Batch, int], float]) -> None:
        super().__init__()
        self._progress = progress
        self.lines: list[Line] = []
        self._batches: list[Batch] = []
        self._words = {
            "waiting": self.tr("waiting"),
            "running": self.tr("in work"),
            "done": self.tr("done"),
            "skipped": self.tr("passed over"),
            "failed": self.tr("failed"),
            "cancelled": self.tr("cancelled"),
        }

    def show(self, batches: Sequence[Batch]) -> None:
        """Show batches; rows that are there already are only drawn again."""
        if list(batches) != self._batches:
            self.beginResetModel()
            self._batches = list(batches)
            self.lines = [
                Line(batch, index)
                for batch in batches
                for index in (None, *range(len(batch.entries)))
            ]
            self.endResetModel()
        elif self.lines:
            self.dataChanged.emit(self.index(0), self.index(len(self.lines) - 1))

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name, all words, or the line itself."""
        line = self.lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.entry.item.source.name if line.entry else line.batch.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self.data(index)}: {self.words(line)}"
            case Qt.ItemDataRole.ToolTipRole:
                entry = line.entry
                if entry is None:
                    return None
                return f"{entry.item.source}\n{retold(entry.reason) or entry.item.target}"
            case Qt.ItemDataRole.UserRole:
                return line
        return None

    def words(self, line: Line) -> str:
        """Return what became of a photo or of a whole batch."""
        entry = line.entry
        if entry is not None:
            if entry.state.value == "running":
                percent = round(100 * self.progress(line))
                return self.tr("{state}, {percent} %").format(
                    state=self._words["running"], percent=percent
                )
            word = self._words[entry.state.value]
            return f"{word}: {_short(entry)}" if entry.reason else word
        counts = [
            (sum(e.state.value == state for e in line.batch.entries), word)
            for state, word in self._words.items()
        ]
        return ", ".join(f"{count} {word}" for count, word in counts if count)

    def progress(self, line: Line) -> float:
        """Return how far a photo in work, or a batch, is."""
        if line.index is not None:
            return self._progress(line.batch, line.index)
        return sum(e.state.over for e in line.batch.entries) / max(1, len(line.batch.entries))


def _short(entry: Entry) -> str:
    """Return why a photo is not done, without its path, which the row says already."""
    reason = entry.reason
    for path in (entry.item.source, entry.item.target):
        reason = reason.removeprefix(f"{path}: ").removeprefix(f"{path} is left as it is: ")
    return said(reason.removesuffix(".")) if reason != entry.reason else retold(reason)


class QueueCell(QStyledItemDelegate):
    """Draws a row of the queue.

    Args:
        theme: for the colours.
        icons: for the states.
        parent: the view.
        model: says the words.
    """

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget, model: QueueList) -> None:
        super().__init__(parent)
        self._theme, self._icons, self._model = theme, icons, model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of every row."""
        return QSize(160, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        line: Line = index.data(Qt.ItemDataRole.UserRole)
        cell = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(self._theme.colour("selection"))
            painter.drawRoundedRect(cell.adjusted(4, 1, -4, -1), 5, 5)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(self._theme.colour("raised"))
            painter.drawRoundedRect(cell.adjusted(4, 1, -4, -1), 5, 5)
        entry, left = line.entry, cell.left() + 14
        if entry is not None:
            sign, token = _SIGNS[entry.state.value]
            spot = QRectF(left, cell.center().y() - _SIGN / 2, _SIGN, _SIGN)
            self._icons.icon(sign, token).paint(painter, spot.toRect())
            left += _SIGN + 10
        room = QRectF(left, cell.top() + 5, cell.right() - 14 - left, cell.height() - 10)
        half = room.height() / 2
        font = QFont(option.font)
        font.setBold(entry is None)
        painter.setFont(font)
        painter.setPen(self._theme.colour("text"))
        above = QRectF(room.left(), room.top(), room.width(), half)
        self._write(painter, above, index.data(), Qt.TextElideMode.ElideMiddle)  # numbers end names
        painter.setFont(option.font)
        failed = entry is not None and entry.state.value == "failed"
        painter.setPen(self._theme.colour("error" if failed else "muted"))
        below = QRectF(room.left(), room.top() + half, room.width(), half)
        self._write(painter, below, self._model.words(line))
        if entry is not None and entry.state.value == "running":
            bar = QRectF(room.left(), cell.bottom() - 3, room.width(), 2)
            painter.fillRect(bar, self._theme.colour("groove"))
            bar.setWidth(bar.width() * self._model.progress(line))
            painter.fillRect(bar, self._theme.colour("accent"))
        painter.restore()

    def _write(
        self,
        painter: QPainter,
        room: QRectF,
        text: str,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        text = painter.fontMetrics().elidedText(text, elide, int(room.width()))
        place = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, place, text)
