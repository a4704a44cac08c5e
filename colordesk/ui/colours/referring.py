"""The reference photo in the window: panel and document in step.

Invariant: the reference changes only through the document.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from colordesk.edit.steering import Reference
from colordesk.ui.document import Document
from colordesk.ui.gesture import NO_MERGE
from colordesk.ui.memory import Memory
from colordesk.ui.panels.reference import ReferencePanel


class Referring(QObject):
    """The wiring of the reference photo.

    Args:
        document: has it.
        panel: chooses it.
        memory: knows the folder that was last opened.
    """

    def __init__(self, document: Document, panel: ReferencePanel, memory: Memory) -> None:
        super().__init__()
        self._document, self._panel, self._memory = document, panel, memory
        self.window: QWidget | None = None
        """Above which the dialog appears."""
        panel.choose_wanted.connect(self._ask)
        panel.strengthened.connect(self._strengthen)
        panel.remove_wanted.connect(
            lambda: self._change(None, self.tr("removal of the reference photo"))
        )
        document.edit_changed.connect(self._show)
        document.photo_changed.connect(self._show)
        self._show()

    def choose(self, path: Path) -> None:
        """Take a photo as the reference, with the likeness of the one before."""
        before = self._document.edit.reference
        made = dataclasses.replace(before, path=path) if before else Reference(path)
        self._change(made, self.tr("choice of a reference photo"))

    def _ask(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self.window, self.tr("Choose a colour photo"), self._memory.folder("reference")
        )
        if name:
            self._memory.keep_folder("reference", Path(name).parent)
            self.choose(Path(name))

    def _strengthen(self, strength: float, gesture: int) -> None:
        before = self._document.edit.reference
        if before is not None:
            made = dataclasses.replace(before, strength=strength)
            self._change(made, self.tr("likeness to the reference photo"), gesture)

    def _change(self, reference: Reference | None, text: str, gesture: int = NO_MERGE) -> None:
        edit = dataclasses.replace(self._document.edit, reference=reference)
        self._document.change(edit, text, gesture)

    def _show(self) -> None:
        self._panel.set_reference(self._document.edit.reference)
        self._panel.setEnabled(self._document.photo is not None)
