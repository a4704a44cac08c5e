"""Where to save the coloured photo, in which format, at which quality."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from colordesk.ui.widgets.choice import Choice
from colordesk.ui.widgets.folder_field import FolderField
from colordesk.ui.widgets.form import Form
from colordesk.ui.widgets.slider import ValueSlider

if TYPE_CHECKING:
    from colordesk.photo import Photo

_LOSSY = ("jpg", "webp")


@dataclass(frozen=True)
class Target:
    """What a person decided."""

    path: Path
    quality: int


class SaveAs(QDialog):
    """Asks for name, folder, format and quality.

    Args:
        photo: the photo as it is.
        suggestion: file that would be taken without asking; its folder must exist.
        formats: name of each format and its suffix, e.g. {"jpg": ".jpg"}.
        quality: of JPEG and WebP, to begin with.
        parent: the window.
    """

    def __init__(
        self,
        photo: Photo,
        suggestion: Path,
        formats: dict[str, str],
        quality: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._photo, self._formats = photo, formats
        self.setWindowTitle(self.tr("Save the coloured photo"))
        self.setMinimumWidth(480)
        self.name = QLineEdit(suggestion.stem)
        self.name.setAccessibleName(self.tr("Name"))
        self.folder = FolderField(suggestion.parent, self.tr("Save in this folder"))
        self.format = Choice(self.tr("Format"))
        titles = {"jpg": "JPEG", "png": "PNG", "tif": "TIFF", "webp": "WebP"}
        for key in formats:
            self.format.addItem(titles.get(key, key.upper()), key)
        wanted = next(
            (key for key, suffix in formats.items() if suffix == suggestion.suffix.lower()),
            {".jpeg": "jpg", ".tiff": "tif"}.get(suggestion.suffix.lower(), "png"),
        )
        self.format.setCurrentIndex(max(self.format.findData(wanted), 0))
        self.quality = ValueSlider(
            self.tr("Quality"), 1, 100, quality, self.tr("Higher keeps more and takes more room.")
        )
        self._notes = QLabel()
        self._notes.setWordWrap(True)
        self._notes.setMinimumHeight(self.fontMetrics().height() * 2 + 4)
        self._notes.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        form = Form()
        form.add(self.tr("Name"), self.name)
        form.add(self.tr("Folder"), self.folder)
        form.add(self.tr("Format"), self.format)
        form.add("", self.quality)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 18)
        column.setSpacing(14)
        column.addLayout(form)
        column.addWidget(self._notes)
        column.addWidget(self._buttons)
        self.name.textChanged.connect(self._check)
        self.folder.changed.connect(self._check)
        self.format.currentIndexChanged.connect(self._check)
        self.name.selectAll()
        self.name.setFocus()
        self._check()

    def target(self) -> Target:
        """Return what was decided."""
        key = str(self.format.currentData())
        name = self.name.text().strip()
        suffix = self._formats[key]
        if Path(name).suffix.lower() == suffix:  # the suffix was typed as well
            name = name[: -len(suffix)]
        return Target(
            self.folder.path / (name + suffix),
            round(self.quality.value()),
        )

    @property
    def may_save(self) -> bool:
        """Whether nothing speaks against it."""
        return self._buttons.button(QDialogButtonBox.StandardButton.Save).isEnabled()

    def note(self) -> str:
        """Return what is wrong or worth knowing."""
        return self._notes.text()

    def _check(self) -> None:
        """Say what is wrong or worth knowing, before and not after."""
        key = str(self.format.currentData())
        self.quality.setEnabled(key in _LOSSY)
        refusal, note = self._refusal(), ""
        if not refusal:
            path = self.target().path
            if os.path.lexists(path):
                note = self.tr("{name} exists already and will be replaced.").format(name=path.name)
            elif key in _LOSSY and self._photo.bits == 16:
                note = self.tr(
                    "This format holds 8 bits; the photo has 16. PNG and TIFF keep all of it."
                )
        self._notes.setText(refusal or note)
        self._notes.setProperty("role", "error" if refusal else "warning" if note else "muted")
        self._notes.style().unpolish(self._notes)
        self._notes.style().polish(self._notes)
        save = self._buttons.button(QDialogButtonBox.StandardButton.Save)
        save.setEnabled(not refusal)

    def _refusal(self) -> str:
        name = self.name.text().strip()
        if not name or name in (".", "..") or Path(name).name != name:
            return self.tr("Give the file a name, without slashes.")
        target = self.target().path
        if not target.parent.is_dir():
            return self.tr("There is no such folder.")
        if target.is_dir():
            return self.tr("A folder has that name.")
        if self._photo.path is not None and _same(self._photo.path, target):
            return self.tr("That is the photo itself. ColorDesk never writes over it.")
        if self.format.currentData() == "jpg" and self._photo.alpha is not None:
            return self.tr("JPEG cannot hold its transparency; PNG, TIFF and WebP can.")
        return ""


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # the target is not there yet
        return False
