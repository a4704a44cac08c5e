"""Undo and redo say what they would take back or do again, in the menu and under the pointer.

Invariant: a step without a name leaves the plain word.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QUndoStack

from colordesk.ui.actions import Actions


class UndoNames(QObject):
    """See the module.

    Args:
        actions: with ``undo`` and ``redo``.
        stacks: whose steps they take; only one at a time has the page.
    """

    def __init__(self, actions: Actions, *stacks: QUndoStack) -> None:
        super().__init__()
        self._actions = actions
        for stack in stacks:
            stack.undoTextChanged.connect(self._name_undo)
            stack.redoTextChanged.connect(self._name_redo)

    def _name_undo(self, text: str) -> None:
        words = self.tr("&Undo {text}").format(text=text) if text else self.tr("&Undo")
        self._name("undo", words)

    def _name_redo(self, text: str) -> None:
        words = self.tr("&Redo {text}").format(text=text) if text else self.tr("&Redo")
        self._name("redo", words)

    def _name(self, action_id: str, words: str) -> None:
        action = self._actions[action_id]
        action.setText(words)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{action.text().replace('&', '')} ({keys})")
