"""Who ColorDesk is, and all of its keyboard shortcuts."""

from __future__ import annotations

import platform
from collections.abc import Sequence

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from colordesk import __version__
from colordesk.ui.icons import logo


class About(QDialog):
    """Name, version, licence.

    Args:
        parent: the window.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About ColorDesk"))
        picture = QLabel()
        picture.setPixmap(logo(88, self.devicePixelRatioF()))
        picture.setAccessibleName(self.tr("ColorDesk"))
        name = QLabel(self.tr("ColorDesk {version}").format(version=__version__))
        font = name.font()
        font.setPointSizeF(font.pointSizeF() * 1.5)
        font.setBold(True)
        name.setFont(font)
        text = QLabel(self.tr("Brings colour back to old photographs."))
        more = QLabel(
            self.tr(
                "Free software under the Apache License 2.0.\n"
                "Colours are a good guess of a model, not a record of what was."
            )
        )
        versions = QLabel(f"Python {platform.python_version()} · Qt {qVersion()}")
        more.setProperty("role", "muted")
        versions.setProperty("role", "muted")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        buttons.setCenterButtons(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(36, 28, 36, 18)
        column.setSpacing(8)
        for label in (picture, name, text, more, versions):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addSpacing(10)
        column.addWidget(buttons)
        self.setFixedSize(self.sizeHint())


class Shortcuts(QDialog):
    """All shortcuts.

    Args:
        rows: heading, or text and keys.
        parent: the window.
    """

    def __init__(self, rows: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard and mouse"))
        body = QWidget()
        body.setObjectName("panelsBody")
        grid = QGridLayout(body)
        grid.setContentsMargins(22, 16, 22, 16)
        grid.setHorizontalSpacing(36)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(0, 1)
        for line, (text, keys) in enumerate(rows):
            label = QLabel(text)
            if keys:
                shortcut = QLabel(keys)
                shortcut.setProperty("role", "muted")
                grid.addWidget(shortcut, line, 1)
            else:
                label.setProperty("role", "heading")
                label.setContentsMargins(0, 10 if line else 0, 0, 0)
            grid.addWidget(label, line, 0)
        scroll = QScrollArea()
        scroll.setWidget(body)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumWidth(body.sizeHint().width() + 14)
        scroll.setAccessibleName(self.tr("Keyboard and mouse"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        column.addWidget(scroll)
        foot = QVBoxLayout()
        foot.setContentsMargins(22, 0, 22, 0)
        foot.addWidget(buttons)
        column.addLayout(foot)
        self.resize(460, min(body.sizeHint().height() + 80, 640))
