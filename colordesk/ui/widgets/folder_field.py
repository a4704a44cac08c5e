"""A folder to write into: typed, or chosen with the system's dialog.

Invariant: what was typed is only changed by a folder that was chosen.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget


class FolderField(QWidget):
    """See the module.

    Args:
        folder: at first.
        question: title of the system's dialog.
    """

    changed = Signal()
    """Another folder was typed or chosen."""

    def __init__(self, folder: Path, question: str) -> None:
        super().__init__()
        self._question = question
        self.line = QLineEdit(str(folder))
        self.line.setAccessibleName(self.tr("Folder"))
        browse = QPushButton(self.tr("Browse…"))
        browse.setAccessibleName(self.tr("Choose a folder"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        self.line.textChanged.connect(self.changed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(browse)
        self.setFocusProxy(self.line)

    @property
    def text(self) -> str:
        """What stands there; nothing if nothing was typed."""
        return self.line.text().strip()

    @property
    def path(self) -> Path:
        """The folder, which need not exist."""
        return Path(self.text).expanduser()

    def _browse(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self._question, self.line.text())
        if folder:
            self.line.setText(folder)
