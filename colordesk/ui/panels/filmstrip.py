"""The photos of a folder in a row: one is gone to, several are chosen.

Invariant: choosing several photos never opens one; going to one chooses only that.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView, QVBoxLayout, QWidget

from colordesk.ui.collection.photo_cell import CELL, PhotoCell
from colordesk.ui.collection.photo_list import PhotoList
from colordesk.ui.icons import Icons
from colordesk.ui.theme import Theme
from colordesk.ui.widgets.steady_list import SteadyList

if TYPE_CHECKING:
    from colordesk.folder import Entry


class Filmstrip(QWidget):
    """The row of photos.

    Args:
        theme: for the colours.
        icons: for badges, and for photos that are not there yet.
        photos: the list that it shows.
    """

    chosen = Signal(object)
    """The path of the photo that a person went to."""
    selection_changed = Signal()
    menu_wanted = Signal(QPoint)
    """A context menu was asked for, at this place of the screen."""

    def __init__(self, theme: Theme, icons: Icons, photos: PhotoList) -> None:
        super().__init__()
        self.photos = photos
        self.view = SteadyList()
        self.view.setAccessibleName(self.tr("Photos of this folder"))
        self.view.setFlow(QListView.Flow.LeftToRight)
        self.view.setWrapping(False)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setDragEnabled(True)
        self.view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setFixedHeight(CELL.height() + 12)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._cell = PhotoCell(theme, icons, self.view)
        self.view.setItemDelegate(self._cell)
        self.view.setModel(photos)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 4, 8, 2)
        box.addWidget(self.view)
        self.view.selectionModel().selectionChanged.connect(self._selected)
        self.view.customContextMenuRequested.connect(
            lambda at: self.menu_wanted.emit(self.view.viewport().mapToGlobal(at))
        )
        theme.changed.connect(self.view.viewport().update)
        self._silent = False

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show other photos."""
        self._silent = True
        self.photos.set_entries(entries)
        self._silent = False
        self.selection_changed.emit()

    def set_current(self, path: Path | None) -> None:
        """Mark the photo at hand without going to it; one of several chosen stays among them."""
        self._silent = True
        self.photos.set_at_hand(path)
        index = self.photos.index(self.photos.row(path))
        model = self.view.selectionModel()
        if index.isValid() and model.isSelected(index):
            model.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        else:
            self.view.setCurrentIndex(index)
        if index.isValid():
            self.view.scrollTo(index)
        self._silent = False
        self.selection_changed.emit()

    def selected(self) -> list[Path]:
        """Return the chosen photos, in their order."""
        chosen = self.view.selectionModel().selection()
        ranges = sorted(
            (chosen.at(n).top(), chosen.at(n).bottom() + 1) for n in range(chosen.count())
        )
        return [path for first, end in ranges for path in self.photos.paths[first:end]]

    def select_all(self) -> None:
        """Choose all photos."""
        self.view.selectAll()

    def neighbour(self, step: int) -> Path | None:
        """Return the photo before (-1) or after (1) the one at hand."""
        row = self.photos.row(self.photos.at_hand)
        if row < 0:
            row = self.view.currentIndex().row()
        row += step
        return self.photos.paths[row] if 0 <= row < len(self.photos.paths) else None

    def _selected(self) -> None:
        if self._silent:
            return
        ranges = self.view.selectionModel().selection()
        if ranges.count() == 1 and ranges.at(0).height() == 1:
            path = self.photos.paths[ranges.at(0).top()]
            if path != self.photos.at_hand:
                self.chosen.emit(path)
        self.selection_changed.emit()
