"""The dialog shows the settings as they are and gives back what was decided, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from colordesk.settings import Settings
from colordesk.ui.dialogs.preferences import Preferences

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
    made = Preferences(settings, LANGUAGES, MODELS, DEVICES)
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
