"""A list of thousands of rows that never change their size."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

Index = QModelIndex | QPersistentModelIndex


class SteadyList(QListView):
    """Draws again what changed; the plain list would lay all its rows out again each time.

    Letters are left to the window; the plain list would search for names that begin with them.
    """

    dragged = Signal()
    """The chosen rows are pulled away; only where `setDragEnabled`."""

    def __init__(self) -> None:
        super().__init__()
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setStyleSheet("QListView { background: transparent; }")
        self.installEventFilter(self)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Leave it to others what is dragged."""
        self.dragged.emit()

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Draw what changed."""
        QAbstractItemView.dataChanged(self, first, last, list(roles))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave letters to the window."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.text().isprintable()
            and event.text()
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)
