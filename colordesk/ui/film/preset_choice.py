"""Which preset a film is exported with: one that is built in, or one of a person's own.

Invariant: what is shown is the preset that the settings are those of, or "own settings".
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QToolButton, QWidget

from colordesk.edit import EditError
from colordesk.presets import delete_preset, preset_names
from colordesk.ui.icons import Icons
from colordesk.ui.widgets.choice import Choice

if TYPE_CHECKING:
    from colordesk.video.presets import FilmPreset

_OWN = "own:"


class PresetChoice(QWidget):
    """A choice of presets, which can be kept and deleted.

    Args:
        folder: where a person's own presets lie.
        current: returns the settings as they are now.
        icons: for its buttons.
    """

    chosen = Signal(object)
    """The `FilmPreset`."""
    failed = Signal(object)
    """The error of reading or writing one."""

    def __init__(self, folder: Path, current: Callable[[], FilmPreset], icons: Icons) -> None:
        super().__init__()
        self._folder, self._current = folder, current
        self.box = Choice(self.tr("For"))
        self.save_button, self.delete_button = QToolButton(), QToolButton()
        for button, icon, tip in (
            (self.save_button, "plus", self.tr("Keep these settings as a preset")),
            (self.delete_button, "clear", self.tr("Delete this preset")),
        ):
            button.setIconSize(QSize(18, 18))
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            icons.bind(button, icon)
        self.save_button.clicked.connect(self._ask_name)
        self.delete_button.clicked.connect(self._delete)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.box, 1)
        row.addWidget(self.save_button)
        row.addWidget(self.delete_button)
        self.box.activated.connect(lambda index: self.choose(str(self.box.itemData(index))))
        self._fill()

    @property
    def key(self) -> str:
        """What is chosen, for the next time; empty for settings that are no preset."""
        return str(self.box.currentData() or "")

    def choose(self, key: str) -> None:
        """Take a preset; the first one if there is none of that key."""
        from colordesk.video.presets import BUILT_IN, read_film_preset

        if key.startswith(_OWN) and self.box.findData(key) >= 0:
            try:
                preset = read_film_preset(self._folder, key.removeprefix(_OWN))
            except (EditError, OSError) as error:
                self.failed.emit(error)
                self.show_settings()
                return
        else:
            key = key if key in BUILT_IN else next(iter(BUILT_IN))
            preset = BUILT_IN[key]
        self._select(key)
        self.chosen.emit(preset)

    def show_settings(self) -> None:
        """Say that the settings are those of no preset."""
        if self.box.findData("") < 0:
            self.box.addItem(self.tr("Settings of your own"), "")
        self._select("")

    def save(self, name: str) -> None:
        """Keep the settings under a name; a preset of that name is replaced."""
        from colordesk.video.presets import save_film_preset

        try:
            name = save_film_preset(self._folder, name, self._current())
        except (EditError, OSError) as error:
            self.failed.emit(error)
            return
        self._fill()
        self._select(_OWN + name)

    def _ask_name(self) -> None:
        name, given = QInputDialog.getText(
            self,
            self.tr("Keep as a preset"),
            self.tr("Name of the preset; one of the same name is replaced:"),
        )
        if given:
            self.save(name)

    def _delete(self) -> None:
        try:
            delete_preset(self._folder, self.key.removeprefix(_OWN))
        except OSError as error:
            self.failed.emit(error)
            return
        self._fill()
        self.show_settings()

    def _select(self, key: str) -> None:
        self.box.setCurrentIndex(self.box.findData(key))
        if key and (own := self.box.findData("")) >= 0:
            self.box.removeItem(own)
        self.delete_button.setEnabled(key.startswith(_OWN))

    def _fill(self) -> None:
        from colordesk.video.presets import BUILT_IN

        titles = {
            "share": self.tr("Sharing: MP4, H.264, plays everywhere"),
            "archive": self.tr("Archive: Matroska, FFV1, nothing lost"),
            "edit": self.tr("Editing: QuickTime, ProRes 422 HQ"),
        }
        self.box.clear()
        for key in BUILT_IN:
            self.box.addItem(titles.get(key, key), key)
        try:
            for name in preset_names(self._folder):
                self.box.addItem(name, _OWN + name)
        except OSError as error:
            self.failed.emit(error)
