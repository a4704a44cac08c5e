"""The batch queue: what waits, what is in work, what became of it, and how to steer it.

Invariant: every row can be reached and steered with the keyboard alone.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from colordesk.ui.batch.queue_list import Line, QueueCell, QueueList
from colordesk.ui.i18n import figure
from colordesk.ui.icons import Icons
from colordesk.ui.theme import Theme
from colordesk.ui.widgets.elided import ElidedLabel
from colordesk.ui.widgets.steady_list import SteadyList

if TYPE_CHECKING:
    from colordesk.queued import Batch

_WIDTH = 320


class QueuePanel(QWidget):
    """The panel of the batch queue.

    Args:
        theme: for the colours.
        icons: for the buttons and states.
        progress: batch, index -> how far a photo in work is, from 0 to 1.
    """

    pause_wanted = Signal(bool)
    """Pause, or go on."""
    cancel_wanted = Signal(object, object)
    """A batch, and the indices of its photos or None for all."""
    retry_wanted = Signal(object, object)
    """A batch, and the indices of its photos or None for all that failed."""
    report_wanted = Signal(object)
    """A batch."""
    clear_wanted = Signal()
    open_wanted = Signal(object)
    """The path of a result."""
    folder_wanted = Signal(object)
    """The path of a result that is to be shown in its folder."""

    def __init__(self, theme: Theme, icons: Icons, progress: Callable[[Batch, int], float]) -> None:
        super().__init__()
        self._icons = icons
        self.rows = QueueList(progress)
        self.setMinimumWidth(_WIDTH)
        heading = QLabel(self.tr("Queue"))
        heading.setProperty("role", "heading")
        self.pause = self._tool("pause", self.tr("Pause the queue"))
        self.pause.setCheckable(True)
        self.pause.clicked.connect(self.pause_wanted)
        self.summary = ElidedLabel(elide=Qt.TextElideMode.ElideRight)
        self.summary.setProperty("role", "muted")
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("Progress of the queue"))
        self.bar.setTextVisible(False)
        self.view = SteadyList()
        self.view.setAccessibleName(self.tr("Queued photos"))
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.setItemDelegate(QueueCell(theme, icons, self.view, self.rows))
        self.view.setModel(self.rows)
        self.view.activated.connect(self._activated)
        self.view.customContextMenuRequested.connect(self._show_menu)
        self.view.selectionModel().currentChanged.connect(self._enable)
        self.empty = QLabel(
            self.tr("Choose photos in the filmstrip, then queue them with Photos ▸ Queue Photos.")
        )
        self.empty.setProperty("role", "muted")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.retry = QPushButton(self.tr("Try again"))
        self.retry.setToolTip(self.tr("Try all photos of this batch that failed once more"))
        self.retry.clicked.connect(lambda: self._for_batch(self.retry_wanted))
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setToolTip(self.tr("Do not do the rest of this batch"))
        self.cancel.clicked.connect(lambda: self._for_batch(self.cancel_wanted))
        self.report = QPushButton(self.tr("Report…"))
        self.report.setToolTip(self.tr("Save what became of the photos of this batch"))
        self.report.clicked.connect(self._want_report)
        self.clear = self._tool("clear", self.tr("Forget the batches that are done"))
        self.clear.clicked.connect(self.clear_wanted)
        self._lay_out(heading)
        theme.changed.connect(self.view.viewport().update)
        self.show_queue([], None, paused=False)

    def show_queue(self, batches: list[Batch], seconds: float | None, *, paused: bool) -> None:
        """Show how it stands.

        Args:
            batches: all of them.
            seconds: about how long it still takes, if that is known.
            paused: whether no photo is begun.
        """
        self.rows.show(batches)
        entries = [entry for batch in batches for entry in batch.entries]
        over = sum(entry.state.over for entry in entries)
        self.bar.setRange(0, max(1, len(entries)))
        self.bar.setValue(over)
        self.summary.setText(self._summary(over, len(entries), seconds, paused))
        self.empty.setVisible(not batches)
        self.view.setVisible(bool(batches))
        self.bar.setVisible(bool(batches))
        self.pause.setChecked(paused)
        self._icons.bind(self.pause, "play" if paused else "pause")
        words = self.tr("Go on") if paused else self.tr("Pause the queue")
        self.pause.setToolTip(words)
        self.pause.setAccessibleName(words)
        self.pause.setEnabled(over < len(entries))
        self.clear.setEnabled(any(batch.over for batch in batches))
        if batches and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.rows.index(0))
        self._enable()

    def lines(self) -> list[Line]:
        """Return the chosen rows."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedIndexes())
        return [self.rows.lines[row] for row in rows]

    def menu(self) -> QMenu:
        """Return the menu for the chosen rows."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        lines = self.lines()
        photos = [line for line in lines if line.entry is not None]
        done = [line for line in photos if line.entry and line.entry.state.value == "done"]
        one = done[0] if len(photos) == 1 and done else None
        self._add(menu, self.tr("Open Result"), one, lambda: self._emit(self.open_wanted, one))
        self._add(menu, self.tr("Show in Folder"), one, lambda: self._emit(self.folder_wanted, one))
        menu.addSeparator()
        again = [
            line
            for line in photos
            if line.entry and line.entry.state.value in ("failed", "cancelled")
        ]
        rest = [line for line in photos if line.entry and not line.entry.state.over]
        self._add(
            menu, self.tr("Try Again"), again, lambda: self._for_lines(self.retry_wanted, again)
        )
        self._add(menu, self.tr("Cancel"), rest, lambda: self._for_lines(self.cancel_wanted, rest))
        return menu

    def _summary(self, over: int, count: int, seconds: float | None, paused: bool) -> str:
        if not count:
            return self.tr("Nothing is queued.")
        text = self.tr("{over} of {count} photos").format(over=over, count=count)
        if paused and over < count:
            return self.tr("{text} · paused").format(text=text)
        if seconds is None or over == count:
            return text
        if seconds < 60:
            left = self.tr("less than a minute left")
        elif seconds < 5400:
            left = self.tr("about {minutes} min left").format(minutes=round(seconds / 60))
        else:
            left = self.tr("about {hours} h left").format(hours=figure(f"{seconds / 3600:.1f}"))
        return f"{text} · {left}"

    def _lay_out(self, heading: QLabel) -> None:
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(heading, 1)
        top.addWidget(self.pause)
        top.addWidget(self.clear)
        column = QVBoxLayout()
        column.setContentsMargins(14, 8, 10, 6)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self.summary)
        column.addWidget(self.bar)
        column.addWidget(self.empty, 1)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(14, 8, 14, 12)
        buttons.setSpacing(8)
        for button in (self.retry, self.cancel, self.report):
            buttons.addWidget(button, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 1, 0)
        outer.setSpacing(0)
        outer.addLayout(column)
        outer.addWidget(self.view, 1)
        outer.addLayout(buttons)

    def _tool(self, icon: str, words: str) -> QToolButton:
        button = QToolButton()
        button.setIconSize(QSize(18, 18))
        button.setToolTip(words)
        button.setAccessibleName(words)
        self._icons.bind(button, icon)
        return button

    def _add(self, menu: QMenu, text: str, allowed: object, slot: Callable[[], None]) -> None:
        action = menu.addAction(text)
        action.setEnabled(bool(allowed))
        action.triggered.connect(lambda _checked=False: slot())

    def _batch(self) -> Batch | None:
        """Return the batch of the current row."""
        row = self.view.currentIndex().row()
        return self.rows.lines[row].batch if 0 <= row < len(self.rows.lines) else None

    def _enable(self) -> None:
        batch = self._batch()
        states = {entry.state for entry in batch.entries} if batch else set()
        self.retry.setEnabled(any(state.value == "failed" for state in states))
        self.cancel.setEnabled(any(not state.over for state in states))
        self.report.setEnabled(any(state.over for state in states))

    def _for_batch(self, signal: SignalInstance) -> None:
        batch = self._batch()
        if batch is not None:
            signal.emit(batch, None)

    def _want_report(self) -> None:
        batch = self._batch()
        if batch is not None:
            self.report_wanted.emit(batch)

    def _for_lines(self, signal: SignalInstance, lines: list[Line]) -> None:
        for batch in {id(line.batch): line.batch for line in lines}.values():
            indices = [line.index for line in lines if line.batch is batch]
            signal.emit(batch, indices)

    def _emit(self, signal: SignalInstance, line: Line | None) -> None:
        if line is not None and line.entry is not None:
            path: Path = line.entry.item.target
            signal.emit(path)

    def _activated(self, index: QModelIndex) -> None:
        line = self.rows.lines[index.row()]
        if line.entry is not None and line.entry.state.value == "done":
            self._emit(self.open_wanted, line)

    def _show_menu(self, at: QPoint) -> None:
        self.menu().popup(self.view.viewport().mapToGlobal(at))
