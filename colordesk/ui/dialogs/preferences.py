"""What a person prefers for every photo, in one dialog.

Invariant: it changes nothing itself; `settings` tells what was decided, and the window applies it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QListWidget,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from colordesk.settings import Settings
from colordesk.ui.widgets.choice import Choice
from colordesk.ui.widgets.slider import ValueSlider

_FORMATS = {"jpg": "JPEG", "png": "PNG", "tif": "TIFF", "webp": "WebP"}
_MOST_THREADS = 256
_MOST_GPU_MB = 1 << 20


class Preferences(QDialog):
    """Asks for language, theme, device, memory, threads, default model, folders and format.

    Args:
        settings: as they are.
        languages: code and own name of each language that there is.
        models: id and title of each model that there is.
        devices: names that `Settings.device` may have on this machine, with their titles.
        kept: tells what models said of films, and how to be rid of it.
        parent: the window.
    """

    def __init__(
        self,
        settings: Settings,
        languages: Sequence[tuple[str, str]],
        models: Sequence[tuple[str, str]],
        devices: Sequence[tuple[str, str]],
        kept: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._before = settings
        self.setWindowTitle(self.tr("Preferences"))
        self.setMinimumWidth(480)
        self.language = Choice(self.tr("Language"))
        _fill(self.language, [("system", self.tr("As the system")), *languages], settings.language)
        self.theme = Choice(self.tr("Theme"))
        themes = [
            ("system", self.tr("As the system")),
            ("dark", self.tr("Dark")),
            ("light", self.tr("Light")),
        ]
        _fill(self.theme, themes, settings.theme)
        self.device = Choice(self.tr("Device"))
        _fill(self.device, devices, settings.device)
        self.gpu_memory = _number(
            self.tr("GPU memory limit"),
            settings.gpu_memory_mb,
            _MOST_GPU_MB,
            self.tr("No limit"),
            self.tr(" MB"),
        )
        self.gpu_memory.setSingleStep(256)
        self.threads = _number(
            self.tr("Processor threads"), settings.threads, _MOST_THREADS, self.tr("All"), ""
        )
        self.model = Choice(self.tr("Default model"))
        _fill(
            self.model,
            [(None, self.tr("The one that comes with ColorDesk")), *models],
            settings.model,
        )
        self.folders = QListWidget()
        self.folders.setAccessibleName(self.tr("Folders with models"))
        self.folders.addItems(settings.model_folders)
        self.folders.setFixedHeight(self.fontMetrics().height() * 4)
        self.format = Choice(self.tr("Format"))
        formats = [(None, self.tr("As the photo")), *_FORMATS.items()]
        _fill(self.format, formats, settings.format)
        self.quality = ValueSlider(
            self.tr("Quality"),
            1,
            100,
            settings.quality,
            self.tr("Of JPEG and WebP. Higher keeps more and takes more room."),
        )
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 16, 22, 18)
        column.setSpacing(8)
        self._add(
            column,
            self.tr("Window"),
            [(self.tr("&Language"), self.language), (self.tr("&Theme"), self.theme)],
        )
        self._add(
            column,
            self.tr("Computing"),
            [
                (self.tr("&Device"), self.device),
                (self.tr("GPU &memory limit"), self.gpu_memory),
                (self.tr("&Processor threads"), self.threads),
            ],
        )
        self._add(
            column,
            self.tr("Models"),
            [
                (self.tr("D&efault model"), self.model),
                (self.tr("F&olders with models"), self._folder_row()),
            ],
        )
        self._add(
            column,
            self.tr("Saving"),
            [(self.tr("&Format"), self.format), ("", self.quality)],
        )
        self._add(column, self.tr("Film"), [(self.tr("&Kept model answers"), kept)])
        column.addSpacing(8)
        column.addWidget(buttons)

    def settings(self) -> Settings:
        """Return the settings as they were decided."""
        return dataclasses.replace(
            self._before,
            language=self.language.currentData(),
            theme=self.theme.currentData(),
            device=self.device.currentData(),
            gpu_memory_mb=self.gpu_memory.value() or None,
            threads=self.threads.value() or None,
            model=self.model.currentData(),
            model_folders=tuple(
                self.folders.item(row).text() for row in range(self.folders.count())
            ),
            format=self.format.currentData(),
            quality=round(self.quality.value()),
        )

    def add_folder(self, folder: Path) -> None:
        """Add a folder with models, once."""
        if not self.folders.findItems(str(folder), Qt.MatchFlag.MatchExactly):
            self.folders.addItem(str(folder))

    def _folder_row(self) -> QLayout:
        add = QPushButton(self.tr("Add…"))
        add.setAccessibleName(self.tr("Add a folder with models"))
        add.setAutoDefault(False)
        add.clicked.connect(self._ask_folder)
        self.remove_button = QPushButton(self.tr("Remove"))
        self.remove_button.setAccessibleName(self.tr("Remove the chosen folder from the list"))
        self.remove_button.setAutoDefault(False)
        self.remove_button.setEnabled(False)
        self.remove_button.clicked.connect(lambda: self.folders.takeItem(self.folders.currentRow()))
        self.folders.currentRowChanged.connect(lambda row: self.remove_button.setEnabled(row >= 0))
        side = QVBoxLayout()
        side.setSpacing(6)
        side.addWidget(add)
        side.addWidget(self.remove_button)
        side.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.folders, 1)
        row.addLayout(side)
        return row

    def _ask_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder with models"))
        if folder:
            self.add_folder(Path(folder))

    def _add(
        self, column: QVBoxLayout, title: str, rows: Sequence[tuple[str, QWidget | QLayout]]
    ) -> None:
        heading = QLabel(title)
        heading.setProperty("role", "heading")
        column.addSpacing(6)
        column.addWidget(heading)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.setHorizontalSpacing(16)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for text, field in rows:
            label = QLabel(text)
            label.setMinimumWidth(150)
            label.setMinimumHeight(self.language.sizeHint().height())
            if isinstance(field, QWidget):
                label.setBuddy(field)
                form.addRow(label, field)
            else:
                label.setBuddy(self.folders)
                label.setAlignment(Qt.AlignmentFlag.AlignTop)
                form.addRow(label, field)
        column.addLayout(form)


def _fill(choice: Choice, items: Sequence[tuple[str | None, str]], chosen: str | None) -> None:
    """Offer things to choose from; what is chosen is always among them, known here or not."""
    for key, title in items:
        choice.addItem(title, key)
    index = choice.findData(chosen)
    if index < 0:
        choice.addItem(str(chosen), chosen)
        index = choice.count() - 1
    choice.setCurrentIndex(index)


def _number(name: str, value: int | None, most: int, none: str, unit: str) -> QSpinBox:
    """Return a field for a number, of which the lowest means none."""
    box = QSpinBox()
    box.setAccessibleName(name)
    box.setRange(0, most)
    box.setSpecialValueText(none)
    box.setSuffix(unit)
    box.setValue(value or 0)
    box.lineEdit().setTextMargins(6, 0, 6, 0)  # a style sheet leaves no room beside the text
    return box
