"""A table to read from: no cell can be changed, and what is chosen can be copied."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

_LABEL_SHARE = 0.37


class Table(QTableWidget):
    """Rows and columns of text.

    Args:
        name: for those who do not see it.
        row_height: in widget units.
        label_width: of the names of the rows, which get more room where the table has it; 0 leaves
            them as wide as they are.
    """

    def __init__(self, name: str, row_height: int, label_width: int = 0) -> None:
        super().__init__()
        self._label_width = label_width
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(row_height)
        self.verticalHeader().setHighlightSections(False)
        if label_width:
            self.verticalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
            self.verticalHeader().setMaximumWidth(label_width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room between names and values."""
        super().resizeEvent(event)
        if self._label_width:
            share = round(_LABEL_SHARE * self.width())
            self.verticalHeader().setMaximumWidth(max(self._label_width, share))

    def event(self, event: QEvent) -> bool:
        """Take Ctrl+C before the window does."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Copy)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy all of it, for a spreadsheet; leave letters and digits to the window."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.as_text())
        elif event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def as_text(self) -> str:
        """Return all of it, with tabs between the columns."""
        columns, rows = range(self.columnCount()), range(self.rowCount())
        lines = [["", *(_text(self.horizontalHeaderItem(column)) for column in columns)]]
        lines += [
            [
                _text(self.verticalHeaderItem(row)),
                *(_text(self.item(row, column)) for column in columns),
            ]
            for row in rows
        ]
        return "\n".join("\t".join(line) for line in lines)


def _text(item: QTableWidgetItem | None) -> str:
    return item.text() if item is not None else ""
