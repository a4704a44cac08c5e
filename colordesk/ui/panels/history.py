"""Everything that was done to the photo at hand, by name; any moment of it can be gone back to."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent, QUndoStack
from PySide6.QtWidgets import (
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QUndoView,
    QVBoxLayout,
    QWidget,
)

from colordesk.ui.icons import Icons
from colordesk.ui.widgets.section import Section
from colordesk.ui.widgets.steady_list import Index

_FEWEST, _MOST = 2, 8
"""Lines that are seen at once."""


class _Step(QStyledItemDelegate):
    """Begins the name of a step with a capital, which it has not behind “Undo:”."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Take the text of a step."""
        super().initStyleOption(option, index)
        option.text = option.text[:1].upper() + option.text[1:]


class HistoryPanel(QWidget):
    """The undo stack as a list.

    Args:
        stack: of the document.
        icons: for the section.
    """

    def __init__(self, stack: QUndoStack, icons: Icons) -> None:
        super().__init__()
        self._stack = stack
        self.view = QUndoView(stack)
        self.view.setProperty("role", "plain")
        self.view.setItemDelegate(_Step(self.view))
        self.view.setEmptyLabel(self.tr("As opened"))
        self.view.setAccessibleName(self.tr("History of the photo"))
        self.view.setToolTip(self.tr("Go back to any step; nothing after it is lost."))
        self.view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        section = Section(self.tr("History"), self.view, icons)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(section)
        stack.indexChanged.connect(self._fit)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Fit to the style that the list has by now."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Take the room of so many steps as there are, up to a limit."""
        lines = min(max(self._stack.count() + 1, _FEWEST), _MOST)
        around = self.view.height() - self.view.viewport().height()
        self.view.setFixedHeight(self.view.sizeHintForRow(0) * lines + around)
