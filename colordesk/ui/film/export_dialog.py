"""How a film is to be written: for what use, how steadily, under which name."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from colordesk.folder import MARK
from colordesk.paths import fitting
from colordesk.ui.error_words import told
from colordesk.ui.film.clock import time_text
from colordesk.ui.film.cut import Choices
from colordesk.ui.film.export_settings import ExportSettingsForm
from colordesk.ui.film.film_engine import Order
from colordesk.ui.film.over_time import TimePanel
from colordesk.ui.film.preset_choice import PresetChoice
from colordesk.ui.film.projects import film_of
from colordesk.ui.film.reel import Reel
from colordesk.ui.i18n import figure
from colordesk.ui.icons import Icons
from colordesk.ui.widgets.column import Column
from colordesk.ui.widgets.folder_field import FolderField
from colordesk.ui.widgets.form import Form
from colordesk.ui.widgets.section import SECTION_INSET, Section
from colordesk.video.presets import FilmPreset, suffix_of
from colordesk.video.treatment import Treatment

_TITLE_BAR = 40  # pixels of the screen that the frame of a window takes at most


class ExportDialog(QDialog):
    """Asks for preset, codec, smoothing, frames, name and folder.

    Args:
        reel: the film at hand.
        presets: the folder of a person's own presets.
        preset: key of the one to begin with; none leaves the film's own smoothing as it is.
        icons: for the sliders.
        parent: the window.
        writing: files that are being written now.
    """

    def __init__(
        self,
        reel: Reel,
        presets: Path,
        preset: str,
        icons: Icons,
        parent: QWidget | None = None,
        writing: Collection[Path] = (),
    ) -> None:
        super().__init__(parent)
        assert reel.path is not None
        self._writing = writing
        self._path_of_film = reel.path.absolute()
        self._sources = [one.clip.path for one in reel.stretches]
        self._choices = reel.choices
        self.setWindowTitle(self.tr("Export the film in colour"))
        self.setMinimumWidth(520)
        self.settings = ExportSettingsForm()
        self.preset = PresetChoice(presets, self._preset, icons)
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name"))
        beside = self._path_of_film.parent
        self.folder = FolderField(beside, self.tr("Folder for the film"))
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
        form = Form()
        form.add(self.tr("For"), self.preset)
        form.add(self.tr("Name"), self.name)
        form.add(self.tr("Folder"), self.folder)
        aside = SECTION_INSET, 0, SECTION_INSET, 0  # all is in line with what is in the sections
        form.setContentsMargins(*aside)
        for widget in (part, self.note, self.buttons):
            widget.setContentsMargins(*aside)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 20, 10, 18)
        column.setSpacing(14)
        column.addLayout(form)
        self._details = QWidget()
        inside = QVBoxLayout(self._details)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(14)
        inside.addWidget(Section(self.tr("File"), self.settings, icons))
        inside.addWidget(self.over_time)
        inside.addStretch(1)
        self._scroll = Column(self._details)
        column.addWidget(self._scroll, 1)
        column.addWidget(part)
        column.addWidget(self.note)
        column.addWidget(self.buttons)
        self.preset.chosen.connect(self._take)
        self.preset.failed.connect(self._complain)
        self.settings.edited.connect(self._resettle)
        self.name.textChanged.connect(self._check)
        self.folder.changed.connect(self._check)
        treatment = self._choices.treatment
        self.preset.choose(preset)
        if not preset.startswith("own:"):
            self._choices = replace(self._choices, treatment=treatment)
            self.over_time.set_treatment(treatment)
        self.resize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Return the room that all of it needs; on a small screen the details scroll."""
        hint = super().sizeHint()
        more = self._details.sizeHint().height() - self._scroll.sizeHint().height()
        room = self.screen().availableSize().height() - _TITLE_BAR
        return QSize(hint.width(), min(hint.height() + more, room))

    def order(self) -> Order:
        """Return what was decided."""
        return Order(self._choices, self._path(), self.settings.settings())

    def _part(self, reel: Reel) -> str:
        choices, count = reel.choices, reel.choices.exported
        if choices.is_whole:
            return self.tr("The whole film, {count} frames.").format(count=count)
        if len(choices.stretches) > 1:
            told = self.tr("{clips} clips, {count} frames.").format(
                clips=len(choices.stretches), count=count
            )
            return f"{told} {self._rates(choices)}".rstrip()
        one = choices.stretches[0]
        return self.tr("From {start} to {end}, {count} frames.").format(
            start=time_text(one.first / one.clip.rate),
            end=time_text((one.last + 1) / one.clip.rate),
            count=count,
        )

    def _rates(self, choices: Choices) -> str:
        """Return what becomes of clips of several frame rates."""
        unequal = film_of(choices).unequal
        if unequal is None:
            return ""
        one, other = unequal
        return self.tr(
            "{one} has {rate} frames/s and {other} has {other_rate}: the frames of each keep "
            "their own times."
        ).format(
            one=one.path.name,
            rate=figure(one.rate_text),
            other=other.path.name,
            other_rate=figure(other.rate_text),
        )

    def _preset(self) -> FilmPreset:
        treatment = self._choices.treatment
        return FilmPreset(
            self.settings.settings(), treatment.every, treatment.smooth, treatment.clean
        )

    def _take(self, preset: FilmPreset) -> None:
        self._choices = replace(self._choices, treatment=preset.onto(self._choices.treatment))
        self.settings.set_settings(preset.settings)
        self.over_time.set_treatment(self._choices.treatment)
        self._rename()

    def _resettle(self) -> None:
        self.preset.show_settings()
        self._rename()

    def _complain(self, error: Exception) -> None:
        self._say(told(error).what, "error")

    def _retreat(self, treatment: Treatment) -> None:
        self._choices = replace(self._choices, treatment=treatment)
        self.over_time.set_treatment(treatment)
        if self.preset.key.startswith("own:"):
            self.preset.show_settings()

    def _rename(self) -> None:
        """Give the name that nothing has yet, or keep the one that was typed."""
        suffix = suffix_of(self.settings.settings())
        typed = self.name.text().strip()
        if self.name.isModified() and typed:
            self.name.setText(Path(typed).with_suffix(suffix).name)
            self.name.setModified(True)
        else:
            self.name.setText(_target_of(self._path_of_film, suffix, self._writing).name)
        self._check()

    def _path(self) -> Path:
        suffix = suffix_of(self.settings.settings())
        name = self.name.text().strip()
        if not name.lower().endswith(suffix):
            name += suffix
        return self.folder.path / name

    def _check(self) -> None:
        problem = ""
        name, folder = self.name.text().strip(), self.folder.path
        fits = bool(name) and Path(name).name == name
        try:
            path = self._path()
            if not fits:
                problem = self.tr("Type a name without slashes.")
            elif not folder.is_absolute() or not folder.is_dir():
                problem = self.tr("There is no such folder.")
            elif path.exists() and any(map(path.samefile, self._sources)):
                problem = self.tr("That is the film itself, and it is never written over.")
            elif path.is_dir():
                problem = self.tr("That is a folder.")
            elif path in self._writing:
                problem = self.tr("It is being written just now.")
        except (OSError, ValueError):
            problem = self.tr("Such a name is not possible here.")
        replaces = not problem and self._path().exists()
        words = self.tr("A file of that name is there; it will be replaced.") if replaces else ""
        self._say(problem or words, "error" if problem else "warning")
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(not problem)

    def _say(self, text: str, role: str) -> None:
        self.note.setProperty("role", role)
        self.note.style().unpolish(self.note)
        self.note.style().polish(self.note)
        self.note.setText(text)


def _target_of(film: Path, suffix: str, writing: Collection[Path]) -> Path:
    """Return a name beside a film that no file has or gets."""
    number = 2
    target = film.with_name(fitting(film.stem, MARK + suffix))
    while os.path.lexists(target) or target in writing:
        target = film.with_name(fitting(film.stem, f"{MARK}-{number}{suffix}"))
        number += 1
    return target
