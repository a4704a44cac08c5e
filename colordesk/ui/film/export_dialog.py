"""How a film is to be written: for what use, how steadily, under which name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from colordesk.ui.film.clock import time_text
from colordesk.ui.film.facts import TimePanel
from colordesk.ui.film.film_engine import Order, target_of
from colordesk.ui.film.reel import Reel
from colordesk.ui.icons import Icons
from colordesk.ui.widgets.choice import Choice
from colordesk.video.treatment import Treatment


class ExportDialog(QDialog):
    """Asks for preset, smoothing, frames, name and folder.

    Args:
        reel: the film at hand.
        suffixes: each preset with the suffix of its file.
        preset: to begin with.
        icons: for the sliders.
        parent: the window.
    """

    def __init__(
        self,
        reel: Reel,
        suffixes: dict[str, str],
        preset: str,
        icons: Icons,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        assert reel.clip is not None
        self._clip, self._suffixes = reel.clip, suffixes
        self._choices = reel.choices
        self.setWindowTitle(self.tr("Export the film in colour"))
        self.setMinimumWidth(520)
        self.preset = Choice(self.tr("For"))
        titles = {
            "share": self.tr("Sharing: MP4, H.264, plays everywhere"),
            "archive": self.tr("Archive: Matroska, FFV1, nothing lost"),
            "edit": self.tr("Editing: QuickTime, ProRes 422 HQ"),
        }
        for key in suffixes:
            self.preset.addItem(titles.get(key, key), key)
        self.preset.setCurrentIndex(max(self.preset.findData(preset), 0))
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name"))
        self.folder = QLineEdit(str(self._clip.path.absolute().parent))
        self.folder.setAccessibleName(self.tr("Folder"))
        browse = QPushButton(self.tr("Browse…"))
        browse.setAccessibleName(self.tr("Choose a folder"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        self.over_time = TimePanel(icons)
        self.over_time.set_treatment(self._choices.treatment)
        self.over_time.edited.connect(self._retreat)
        part = QLabel(self._part(reel))
        part.setProperty("role", "muted")
        part.setWordWrap(True)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setMinimumHeight(self.fontMetrics().height() * 2 + 4)
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setText(self.tr("Export"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        where = QHBoxLayout()
        where.setSpacing(8)
        where.addWidget(self.folder, 1)
        where.addWidget(browse)
        form = QFormLayout()
        form.setVerticalSpacing(12)
        form.setHorizontalSpacing(16)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("For"), self.preset)
        form.addRow(self.tr("Name"), self.name)
        form.addRow(self.tr("Folder"), where)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 18)
        column.setSpacing(14)
        column.addLayout(form)
        column.addWidget(self.over_time)
        column.addWidget(part)
        column.addWidget(self.note)
        column.addWidget(self.buttons)
        self.preset.currentIndexChanged.connect(self._rename)
        self.name.textChanged.connect(self._check)
        self.folder.textChanged.connect(self._check)
        self._rename()

    def order(self) -> Order:
        """Return what was decided."""
        return Order(self._choices, self._path(), str(self.preset.currentData()))

    def _part(self, reel: Reel) -> str:
        if reel.choices.first == 0 and reel.choices.last is None:
            return self.tr("The whole film, {count} frames.").format(count=reel.count)
        return self.tr("From {start} to {end}, {count} frames.").format(
            start=time_text(reel.choices.first / reel.rate),
            end=time_text((reel.last + 1) / reel.rate),
            count=reel.last - reel.choices.first + 1,
        )

    def _retreat(self, treatment: Treatment) -> None:
        self._choices = replace(self._choices, treatment=treatment)
        self.over_time.set_treatment(treatment)

    def _rename(self) -> None:
        """Give the name that nothing has yet, or keep the one that was typed."""
        suffix = self._suffixes[str(self.preset.currentData())]
        typed = self.name.text().strip()
        if self.name.isModified() and typed:
            self.name.setText(Path(typed).with_suffix(suffix).name)
            self.name.setModified(True)
        else:
            self.name.setText(target_of(self._clip, suffix).name)
        self._check()

    def _path(self) -> Path:
        suffix = self._suffixes[str(self.preset.currentData())]
        name = self.name.text().strip()
        if not name.lower().endswith(suffix):
            name += suffix
        return Path(self.folder.text().strip()).expanduser() / name

    def _check(self) -> None:
        problem = ""
        name, folder = self.name.text().strip(), Path(self.folder.text().strip()).expanduser()
        fits = bool(name) and Path(name).name == name
        try:
            path = self._path()
            if not fits:
                problem = self.tr("Type a name without slashes.")
            elif not folder.is_absolute() or not folder.is_dir():
                problem = self.tr("There is no such folder.")
            elif path.exists() and path.samefile(self._clip.path):
                problem = self.tr("That is the film itself, and it is never written over.")
            elif path.is_dir():
                problem = self.tr("That is a folder.")
        except (OSError, ValueError):
            problem = self.tr("Such a name is not possible here.")
        replaces = not problem and self._path().exists()
        words = self.tr("A file of that name is there; it will be replaced.") if replaces else ""
        self.note.setProperty("role", "error" if problem else "warning")
        self.note.style().unpolish(self.note)
        self.note.style().polish(self.note)
        self.note.setText(problem or words)
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(not problem)

    def _browse(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, self.tr("Folder for the film"), self.folder.text()
        )
        if name:
            self.folder.setText(name)
