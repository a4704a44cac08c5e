"""The photos of a folder in a row, with thumbnails that come when they are seen.

Hides loading: one thumbnail is read at a time, the one looked at last first, so that thousands of
files cost nothing and a photo that is opened never waits for more than one of them.
Invariant: no file is read that was not scrolled into view.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QImage, QKeyEvent, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from colordesk.task import Task
from colordesk.ui.icons import Icons
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.theme import Theme

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

THUMBNAIL_SIDE = 224
_KEPT = 400
_WAITING = 64  # more than any screen shows at once; older wishes were scrolled away
_CELL = QSize(124, 108)
_PICTURE = QSize(112, 78)
_BROKEN = "broken"

Index = QModelIndex | QPersistentModelIndex


class PhotoList(QAbstractListModel):
    """The photos of the strip.

    Args:
        bridge: runs the reading.
        read: path, side, task -> uint8 h x w x 3, sRGB.
    """

    def __init__(
        self, bridge: JobBridge, read: Callable[[Path, int, Task], NDArray[np.uint8]]
    ) -> None:
        super().__init__()
        self._bridge, self._read = bridge, read
        self.paths: list[Path] = []
        self._rows: dict[Path, int] = {}
        self._edited: set[Path] = set()
        self._pictures: OrderedDict[Path, QPixmap | str] = OrderedDict()
        self._waiting: OrderedDict[Path, None] = OrderedDict()
        self._reading = False

    def set_paths(self, paths: Sequence[Path]) -> None:
        """Show other photos."""
        self.beginResetModel()
        self.paths = list(paths)
        self._rows = {path: row for row, path in enumerate(self.paths)}
        self._waiting.clear()
        self.endResetModel()

    def set_edited(self, paths: set[Path]) -> None:
        """Mark the photos whose edits are not kept yet."""
        changed, self._edited = self._edited ^ paths, paths
        for path in changed:
            self._tell(path)

    def row(self, path: Path | None) -> int:
        """Return the row of a photo, or -1."""
        return self._rows.get(path, -1) if path else -1

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        """Return how many photos there are."""
        return 0 if parent is not None and parent.isValid() else len(self.paths)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return name, picture (asking for it if it is not there) or tooltip."""
        path = self.paths[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return path.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(path)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._picture(path)
        if role == Qt.ItemDataRole.UserRole:
            return path in self._edited
        return None

    def _picture(self, path: Path) -> QPixmap | str | None:
        if path in self._pictures:
            self._pictures.move_to_end(path)
            return self._pictures[path]
        self._waiting[path] = None
        self._waiting.move_to_end(path)
        while len(self._waiting) > _WAITING:
            self._waiting.popitem(last=False)
        self._load()
        return None

    def _load(self) -> None:
        if self._reading or not self._waiting:
            return
        path, _ = self._waiting.popitem()
        self._reading = True
        self._bridge.start(
            lambda task: self._read(path, THUMBNAIL_SIDE, task),
            "files",
            "",
            lambda rgb: self._keep(path, _pixmap(rgb)),
            lambda error: self._keep(path, _BROKEN),
            self._read_one,
        )

    def _read_one(self) -> None:
        self._reading = False
        self._load()

    def _keep(self, path: Path, picture: QPixmap | str) -> None:
        self._pictures[path] = picture
        while len(self._pictures) > _KEPT:
            self._pictures.popitem(last=False)
        self._tell(path)

    def _tell(self, path: Path) -> None:
        if (row := self.row(path)) >= 0:
            index = self.index(row)
            self.dataChanged.emit(index, index)


class _Cell(QStyledItemDelegate):
    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._icons = theme, icons

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        return _CELL

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell = QRectF(option.rect)
        state = option.state
        metrics: QFontMetrics = option.fontMetrics
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
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
            painter.setBrush(self._theme.colour("raised" if chosen else "panel"))
            painter.drawRoundedRect(cell.adjusted(1, 1, -1, -1), 6, 6)
        picture = index.data(Qt.ItemDataRole.DecorationRole)
        box = self._paint_picture(painter, room, picture)
        if chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.colour("accent"), 2.5 if focused else 1.5))
            painter.drawRoundedRect(box.adjusted(-1.5, -1.5, 1.5, 1.5), 4, 4)
        words = QRectF(
            cell.left() + 6, room.bottom(), cell.width() - 12, cell.bottom() - room.bottom()
        )
        painter.setPen(self._theme.colour("text" if chosen else "muted"))
        name = str(index.data(Qt.ItemDataRole.DisplayRole))
        edited = bool(index.data(Qt.ItemDataRole.UserRole))
        if edited:
            words.adjust(10, 0, 0, 0)
        name = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, int(words.width()))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, name)
        if edited:
            left = words.center().x() - metrics.horizontalAdvance(name) / 2
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("accent"))
            painter.drawEllipse(QRectF(left - 10, words.center().y() - 2.5, 5, 5))
        painter.restore()

    def _paint_picture(self, painter: QPainter, room: QRectF, picture: object) -> QRectF:
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
        name = "broken" if picture == _BROKEN else "photo"
        side = QRectF(0, 0, 24, 24)
        side.moveCenter(box.center())
        self._icons.icon(name, "disabled").paint(painter, side.toRect())
        return box


class Filmstrip(QWidget):
    """The row of photos.

    Args:
        theme: for the colours.
        icons: for photos that are not there yet.
        photos: the list that it shows.
    """

    chosen = Signal(object)
    """The path of the photo that a person went to."""

    def __init__(self, theme: Theme, icons: Icons, photos: PhotoList) -> None:
        super().__init__()
        self.photos = photos
        self.view = QListView()
        self.view.setAccessibleName(self.tr("Photos of this folder"))
        self.view.setFlow(QListView.Flow.LeftToRight)
        self.view.setWrapping(False)
        self.view.setUniformItemSizes(True)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setMouseTracking(True)
        self.view.setFrameShape(QListView.Shape.NoFrame)
        self.view.setFixedHeight(_CELL.height() + 12)
        self.view.setStyleSheet("QListView { background: transparent; }")
        self._cell = _Cell(theme, icons, self.view)
        self.view.setItemDelegate(self._cell)
        self.view.setModel(photos)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 4, 8, 2)
        box.addWidget(self.view)
        self.view.selectionModel().currentChanged.connect(self._went)
        theme.changed.connect(self.view.viewport().update)
        self.view.installEventFilter(self)
        self._silent = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Leave letters to the window; the list would search for names that begin with them."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.text().isprintable()
            and event.text()
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def set_paths(self, paths: Sequence[Path]) -> None:
        """Show other photos."""
        self._silent = True
        self.photos.set_paths(paths)
        self._silent = False

    def set_current(self, path: Path | None) -> None:
        """Mark the photo at hand without going to it."""
        self._silent = True
        index = self.photos.index(self.photos.row(path))
        self.view.setCurrentIndex(index)
        if index.isValid():
            self.view.scrollTo(index)
        self._silent = False

    def neighbour(self, step: int) -> Path | None:
        """Return the photo before (-1) or after (1) the current one."""
        row = self.view.currentIndex().row() + step
        return self.photos.paths[row] if 0 <= row < len(self.photos.paths) else None

    def _went(self, index: QModelIndex) -> None:
        if not self._silent and index.isValid():
            self.chosen.emit(self.photos.paths[index.row()])


def _pixmap(rgb: NDArray[np.uint8]) -> QPixmap:
    height, width = rgb.shape[:2]
    image = QImage(rgb.data, width, height, rgb.strides[0], QImage.Format.Format_RGB888)
    return QPixmap.fromImage(image)  # copies, so `rgb` may go
