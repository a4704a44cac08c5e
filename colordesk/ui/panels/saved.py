"""Saved colours: which there are, and what can be done with the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from colordesk.ui.icons import Icons
from colordesk.ui.widgets.chip import CHIP_SIDE, chip
from colordesk.ui.widgets.section import Section

if TYPE_CHECKING:
    from colordesk.steer.saved import SavedColour

_MOST_LINES = 6


class SavedPanel(QWidget):
    """A list of colours with names.

    Args:
        icons: for its buttons.
    """

    use_wanted = Signal(object)
    """A `SavedColour` that the chosen point is to have."""
    find_wanted = Signal(object)
    """A `SavedColour` whose thing is to be looked for."""
    remove_wanted = Signal(object)
    chosen = Signal()
    """Another colour is chosen in the list, or none."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._colours: tuple[SavedColour, ...] = ()
        self.hint = QLabel(
            self.tr("Save the colour of a point under a name to find its thing in other photos.")
        )
        self.hint.setProperty("role", "muted")
        self.hint.setWordWrap(True)
        self.list = QListWidget()
        self.list.setProperty("role", "plain")
        self.list.setAccessibleName(self.tr("Saved colours"))
        self.list.setIconSize(QSize(CHIP_SIDE, CHIP_SIDE))
        self.list.currentRowChanged.connect(lambda row: self._choose())
        self.list.itemActivated.connect(lambda item: self.use_wanted.emit(self.current))
        self.search = QPushButton(self.tr("Find in open photos"))
        self.search.setToolTip(self.tr("Look for the same thing in the photos of the filmstrip"))
        icons.bind(self.search, "filmstrip")
        self.search.clicked.connect(lambda: self.find_wanted.emit(self.current))
        self.use = QPushButton(self.tr("Use"))
        self.use.setToolTip(self.tr("Give this colour to the chosen point"))
        self.use.clicked.connect(lambda: self.use_wanted.emit(self.current))
        self.remove = QPushButton(self.tr("Remove"))
        self.remove.setToolTip(self.tr("Keep this colour no longer; points that have it stay"))
        self.remove.clicked.connect(lambda: self.remove_wanted.emit(self.current))
        self.buttons = QWidget()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.use)
        row.addWidget(self.remove)
        below = QVBoxLayout(self.buttons)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(8)
        below.addWidget(self.search)
        below.addLayout(row)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.hint, self.list, self.buttons):
            column.addWidget(part)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(Section(self.tr("Saved colours"), body, icons))
        self.set_colours((), ())

    def set_colours(self, colours: Sequence[SavedColour], looks: Sequence[QColor]) -> None:
        """Show colours; the one that is chosen stays so, or else the first one is.

        Args:
            colours: in the order of the list.
            looks: what each is like on the screen.
        """
        before = self.current
        self._colours = tuple(colours)
        self.list.blockSignals(True)
        self.list.clear()
        for colour, look in zip(colours, looks, strict=True):
            item = QListWidgetItem(chip(look, self.devicePixelRatioF()), colour.name)
            item.setToolTip(colour.name)
            self.list.addItem(item)
        names = [colour.name for colour in colours]
        at = names.index(before.name) if before and before.name in names else 0
        self.list.setCurrentRow(at if names else -1)
        self.list.blockSignals(False)
        lines = min(len(names), _MOST_LINES)
        self.list.setFixedHeight(max(1, self.list.sizeHintForRow(0)) * lines + 10)
        self.list.setVisible(bool(names))
        self.buttons.setVisible(bool(names))
        self.hint.setVisible(not names)
        self._choose()

    def choose(self, name: str) -> None:
        """Choose the colour of a name."""
        names = [colour.name for colour in self._colours]
        self.list.setCurrentRow(names.index(name))

    @property
    def current(self) -> SavedColour | None:
        """The chosen colour."""
        row = self.list.currentRow()
        return self._colours[row] if 0 <= row < len(self._colours) else None

    def _choose(self) -> None:
        for button in (self.search, self.use, self.remove):
            button.setEnabled(self.current is not None)
        self.chosen.emit()
