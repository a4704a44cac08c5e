"""The dialog shows the settings as they are and gives back what was decided, and nothing else."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from colordesk.edit import Edit, Look
from colordesk.paths import settings_file
from colordesk.settings import Settings, read_settings
from colordesk.ui.app import Program
from colordesk.ui.dialogs.preferences import Preferences
from colordesk.ui.studio import Studio
from tests.ui.conftest import Wait, is_idle
from tests.ui.test_canvas import pixels

LANGUAGES = (("en", "English"), ("de", "Deutsch"))
MODELS = (("blue", "Blue"), ("red", "Red"))
DEVICES = (("auto", "Automatic"), ("cpu", "CPU"))

CHANGED = Settings(
    device="cpu",
    gpu_memory_mb=4096,
    threads=3,
    model="red",
    model_folders=("/a", "/b ü"),
    format="png",
    quality=70,
    theme="light",
    language="de",
)


def dialog(qtbot: QtBot, settings: Settings) -> Preferences:
    made = Preferences(settings, LANGUAGES, MODELS, DEVICES, QWidget())
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("settings", [Settings(), CHANGED])
def test_nothing_touched_changes_nothing(qtbot: QtBot, settings: Settings) -> None:
    assert dialog(qtbot, settings).settings() == settings


def test_a_device_and_a_model_that_are_not_here_stay_chosen(qtbot: QtBot) -> None:
    settings = Settings(device="cuda:1", model="on another disk", language="fr")
    assert dialog(qtbot, settings).settings() == settings


def test_everything_can_be_changed(qtbot: QtBot) -> None:
    made = dialog(qtbot, Settings())
    for choice, value in (
        (made.device, "cpu"),
        (made.model, "red"),
        (made.format, "png"),
        (made.theme, "light"),
        (made.language, "de"),
    ):
        choice.setCurrentIndex(choice.findData(value))
    made.gpu_memory.setValue(4096)
    made.threads.setValue(3)
    made.quality.number.setValue(70.0)
    made.add_folder(Path("/a"))
    made.add_folder(Path("/b ü"))
    made.add_folder(Path("/a"))
    assert made.settings() == CHANGED


def test_a_folder_can_be_taken_off_the_list(qtbot: QtBot) -> None:
    made = dialog(qtbot, CHANGED)
    assert not made.remove_button.isEnabled()
    made.folders.setCurrentRow(0)
    made.remove_button.click()
    assert made.settings().model_folders == ("/b ü",)


def test_other_preferences_hold_at_once_and_nothing_is_lost(
    make_program: Callable[[], Program], folder: Path, wait: Wait
) -> None:
    program = make_program()
    before = program.studio
    before.opening.open([folder])
    wait(lambda: before.canvas.after is not None and is_idle(before))
    first = before.filmstrip.photos.paths[0]
    before.look_panel.slider("strength").number.setValue(40.0)
    before.preferring.prefer(
        dataclasses.replace(read_settings(settings_file()), model="red", theme="light")
    )
    wait(lambda: program.studio is not before)
    after = program.studio
    wait(lambda: after.canvas.after is not None and is_idle(after))
    assert read_settings(settings_file()).model == "red"
    assert after.theme.choice == "light"
    assert after.filmstrip.photos.paths == before.filmstrip.photos.paths
    assert after.document.photo is not None
    assert after.document.photo.path == first
    assert after.document.edit == Edit(look=Look(strength=40.0))
    assert after.window.isWindowModified()
    assert after.canvas.after is not None
    red, _, blue = pixels(after.canvas.after.whole.levels[0]).reshape(-1, 3).mean(axis=0)
    assert red > blue + 5


def test_the_same_preferences_change_nothing(make_program: Callable[[], Program]) -> None:
    program = make_program()
    studio = program.studio
    studio.preferring.prefer(read_settings(settings_file()))
    assert program.studio is studio
    assert studio.window.isVisible()


def test_the_dialog_is_reached_from_the_menu(
    studio: Studio, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait(lambda: is_idle(studio))
    asked: list[Preferences] = []

    def run(dialog: Preferences) -> int:
        asked.append(dialog)
        titles = [dialog.model.itemText(row) for row in range(dialog.model.count())]
        assert "Tiny model blue" in titles
        return 0

    monkeypatch.setattr(Preferences, "exec", run)
    studio.actions["preferences"].trigger()
    assert len(asked) == 1
