"""The photos of the strip as a model: names, thumbnails that come when they are seen, and badges.

Hides loading: one thumbnail is made at a time, the one looked at last first, so that thousands of
files cost nothing.
Invariant: no file is read that was not scrolled into view.
"""

from __future__ import annotations

import enum
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QImage, QPixmap

from colordesk.task import Task
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.widgets.steady_list import Index

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from colordesk.folder import Entry
    from colordesk.thumbnails import Thumbnail

THUMBNAIL_SIDE = 224
BADGES = Qt.ItemDataRole.UserRole
"""Role of the badges of a photo, a tuple of `Badge`."""
AT_HAND = Qt.ItemDataRole.UserRole + 1
"""Role that says whether this is the photo that is shown."""
_KEPT = 400
_WAITING = 64  # more than any screen shows at once; older wishes were scrolled away


class Badge(enum.Enum):
    """What a person should know of a photo before opening it; the value is its icon."""

    UNKEPT = "pencil"
    """Its edit is not kept beside it yet."""
    EDITED = "sliders"
    """An edit is kept beside it."""
    SAVED = "success"
    """A coloured result lies beside it."""
    COLOURED = "palette"
    """It has colours of its own."""
    BROKEN = "broken"
    """It cannot be read."""


class PhotoList(QStringListModel):
    """The photos of the strip; how many they are is counted by Qt itself, which asks very often.

    Args:
        bridge: runs the reading.
        read: path, side, task -> thumbnail.
    """

    def __init__(self, bridge: JobBridge, read: Callable[[Path, int, Task], Thumbnail]) -> None:
        super().__init__()
        self._bridge, self._read = bridge, read
        self.paths: list[Path] = []
        self.at_hand: Path | None = None
        self._rows: dict[Path, int] = {}
        self._marks: dict[Badge, set[Path]] = {badge: set() for badge in Badge}
        self._pictures: OrderedDict[Path, QPixmap | None] = OrderedDict()
        self._waiting: OrderedDict[Path, None] = OrderedDict()
        self._reading: Path | None = None
        self._words = {
            Badge.UNKEPT: self.tr("edited, not kept yet"),
            Badge.EDITED: self.tr("edited"),
            Badge.SAVED: self.tr("saved in colour"),
            Badge.COLOURED: self.tr("has colours of its own"),
            Badge.BROKEN: self.tr("cannot be read"),
        }

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show other photos."""
        self.paths = [entry.path for entry in entries]
        self._rows = {path: row for row, path in enumerate(self.paths)}
        self._waiting.clear()
        self._marks[Badge.EDITED] = {entry.path for entry in entries if entry.edited}
        self._marks[Badge.SAVED] = {entry.path for entry in entries if entry.saved}
        for badge in (Badge.COLOURED, Badge.BROKEN):
            self._marks[badge] &= set(self._pictures)
        self.setStringList([path.name for path in self.paths])

    def set_unkept(self, paths: Iterable[Path]) -> None:
        """Mark the photos whose edits are not kept yet, and no others."""
        wanted = set(paths)
        changed, self._marks[Badge.UNKEPT] = self._marks[Badge.UNKEPT] ^ wanted, wanted
        for path in changed:
            self._tell(path)

    def mark(self, badge: Badge, path: Path, on: bool = True) -> None:
        """Give a photo a badge, or take it away."""
        marked = self._marks[badge]
        if on != (path in marked):
            (marked.add if on else marked.discard)(path)
            self._tell(path)

    def set_at_hand(self, path: Path | None) -> None:
        """Mark the photo that is shown."""
        before, self.at_hand = self.at_hand, path
        for changed in (before, path):
            if changed is not None and before != path:
                self._tell(changed)

    def badges(self, path: Path) -> tuple[Badge, ...]:
        """Return the badges of a photo; what is not kept stands for what is."""
        found = [badge for badge in Badge if path in self._marks[badge]]
        if Badge.UNKEPT in found and Badge.EDITED in found:
            found.remove(Badge.EDITED)
        return tuple(found)

    def picture(self, path: Path) -> QPixmap | None:
        """Return the thumbnail of a photo, if it is there; it is not asked for."""
        return self._pictures.get(path)

    def row(self, path: Path | None) -> int:
        """Return the row of a photo, or -1."""
        return self._rows.get(path, -1) if path else -1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return name, words, badges or the picture (asking for it if it is not there)."""
        path = self.paths[index.row()]
        match role:
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join([path.name, *(self._words[b] for b in self.badges(path))])
            case Qt.ItemDataRole.ToolTipRole:
                words = ", ".join(self._words[badge] for badge in self.badges(path))
                return f"{path}\n{words}" if words else str(path)
            case Qt.ItemDataRole.DecorationRole:
                return self._picture(path)
            case Qt.ItemDataRole.UserRole:
                return self.badges(path)
            case _ if role == AT_HAND:
                return path == self.at_hand
        return super().data(index, role)

    def _picture(self, path: Path) -> QPixmap | None:
        if path in self._pictures:
            self._pictures.move_to_end(path)
            return self._pictures[path]
        if path == self._reading:  # it was drawn once more meanwhile
            return None
        self._waiting[path] = None
        self._waiting.move_to_end(path)
        while len(self._waiting) > _WAITING:
            self._waiting.popitem(last=False)
        self._load()
        return None

    def _load(self) -> None:
        if self._reading is not None or not self._waiting:
            return
        path, _ = self._waiting.popitem()
        self._reading = path
        self._bridge.start(
            lambda task: self._read(path, THUMBNAIL_SIDE, task),
            "thumbnails",
            "",
            lambda made: self._keep(path, _pixmap(made.rgb), Badge.COLOURED, made.coloured),
            lambda error: self._keep(path, None, Badge.BROKEN, True),
            self._read_one,
        )

    def _read_one(self) -> None:
        self._reading = None
        self._load()

    def _keep(self, path: Path, picture: QPixmap | None, badge: Badge, on: bool) -> None:
        self._pictures[path] = picture
        while len(self._pictures) > _KEPT:
            self._pictures.popitem(last=False)
        self._marks[Badge.BROKEN].discard(path)
        self._marks[badge].discard(path)
        if on:
            self._marks[badge].add(path)
        self._tell(path)

    def _tell(self, path: Path) -> None:
        if (row := self.row(path)) >= 0:
            index = self.index(row)
            self.dataChanged.emit(index, index)


def _pixmap(rgb: NDArray[np.uint8]) -> QPixmap:
    height, width = rgb.shape[:2]
    image = QImage(rgb.data, width, height, rgb.strides[0], QImage.Format.Format_RGB888)
    return QPixmap.fromImage(image)  # copies, so `rgb` may go
