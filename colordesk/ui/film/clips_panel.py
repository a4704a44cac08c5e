"""The clips of a film in their order: added, ordered, split and removed.

Invariant: it only shows and asks; its list is what it was told last.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from colordesk.ui.given import read_mime
from colordesk.ui.icons import Icons
from colordesk.ui.widgets.section import Section

_MOST_LINES = 6


class ClipsPanel(QWidget):
    """A list of clips with what can be done to them.

    Args:
        icons: for its buttons.
    """

    chosen = Signal(int)
    add_wanted = Signal()
    given = Signal(object)
    """Paths of files that were dropped on the list."""
    moved = Signal(int, int)
    """Number of a clip, and the number that it is to have."""
    remove_wanted = Signal(int)
    split_wanted = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self.list = _List()
        self.list.setProperty("role", "plain")
        self.list.setAccessibleName(self.tr("Clips"))
        self.list.setToolTip(
            self.tr(
                "They are shown one after another. Drag them, or Alt with up and down, for another "
                "order."
            )
        )
        self.list.currentRowChanged.connect(self.chosen)
        self.list.step_wanted.connect(self._step)
        self.list.remove_wanted.connect(lambda: self.remove_wanted.emit(self.list.currentRow()))
        self.list.given.connect(self.given)
        # later, when the list has put its own rows in order
        self.list.model().rowsMoved.connect(
            lambda parent, first, last, target, row: self.moved.emit(
                first, row if row < first else row - 1
            ),
            Qt.ConnectionType.QueuedConnection,
        )
        self.add_button = QPushButton(self.tr("Add clips…"))
        self.add_button.setToolTip(self.tr("Show other films of the same size after these"))
        icons.bind(self.add_button, "plus")
        self.add_button.clicked.connect(self.add_wanted)
        self.split_button = self._tool("split-clip", self.tr("Split at the playhead (S)"))
        self.split_button.clicked.connect(self.split_wanted)
        self.remove_button = self._tool("clear", self.tr("Take the clip out of the film (Del)"))
        self.remove_button.clicked.connect(lambda: self.remove_wanted.emit(self.list.currentRow()))
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.add_button, 1)
        row.addWidget(self.split_button)
        row.addWidget(self.remove_button)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.list)
        column.addLayout(row)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(Section(self.tr("Clips"), body, icons))

    def set_clips(self, lines: Sequence[tuple[str, str]], current: int) -> None:
        """Show clips, each as its name and what of it is exported."""
        listed = self.list
        listed.blockSignals(True)
        while listed.count() > len(lines):
            listed.takeItem(listed.count() - 1)
        while listed.count() < len(lines):
            item = QListWidgetItem()
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled)  # rows go between rows
            listed.addItem(item)
        for number, (name, part) in enumerate(lines):
            item = listed.item(number)
            item.setText(f"{part}  {name}")
            item.setToolTip(f"{name}\n{part}")
        listed.setCurrentRow(current)
        listed.blockSignals(False)
        shown = min(max(len(lines), 1), _MOST_LINES)
        listed.setFixedHeight(max(1, listed.sizeHintForRow(0)) * shown + 10)
        self.remove_button.setEnabled(len(lines) > 1)

    def set_current(self, number: int) -> None:
        """Show which clip the playhead is in."""
        self.list.blockSignals(True)
        self.list.setCurrentRow(number)
        self.list.blockSignals(False)

    def _step(self, step: int) -> None:
        row = self.list.currentRow()
        if 0 <= row + step < self.list.count():
            self.moved.emit(row, row + step)

    def _tool(self, icon: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setIconSize(QSize(18, 18))
        button.setToolTip(tip)
        button.setAccessibleName(tip.split(" (")[0])
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._icons.bind(button, icon)
        return button


class _List(QListWidget):
    """Rows that can be dragged among each other, and files dropped among them."""

    step_wanted = Signal(int)
    remove_wanted = Signal()
    given = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move and remove by keys."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and event.key() in steps:
            self.step_wanted.emit(steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_wanted.emit()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            super().keyPressEvent(event)
        else:
            event.ignore()  # the page has keys for the film

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take rows and files."""
        self._welcome(event, super().dragEnterEvent)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take rows and files."""
        self._welcome(event, super().dragMoveEvent)

    def dropEvent(self, event: QDropEvent) -> None:
        """Put rows in order; hand files on."""
        paths = read_mime(event.mimeData()).paths if event.source() is not self else ()
        if paths:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.given.emit(list(paths))
        elif event.source() is self:
            super().dropEvent(event)

    def _welcome(self, event: QDragMoveEvent, usual: object) -> None:
        if event.source() is not self and event.mimeData().hasUrls():
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        elif callable(usual):
            usual(event)
