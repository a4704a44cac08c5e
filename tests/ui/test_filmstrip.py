"""A folder of thousands costs nothing; only what is seen is read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from colordesk.jobs import Jobs
from colordesk.task import Task
from colordesk.ui.icons import Icons
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.panels.filmstrip import THUMBNAIL_SIDE, Filmstrip, PhotoList
from colordesk.ui.studio import Studio
from colordesk.ui.theme import Theme
from tests.ui.conftest import Wait, is_idle


def test_only_what_is_seen_is_read(qtbot: QtBot, wait: Wait) -> None:
    read: list[Path] = []

    def thumbnail(path: Path, side: int, task: Task) -> np.ndarray:
        assert side == THUMBNAIL_SIDE
        read.append(path)
        return np.zeros((30, 40, 3), np.uint8)

    bridge, theme = JobBridge(Jobs()), Theme("dark")
    photos = PhotoList(bridge, thumbnail)
    strip = Filmstrip(theme, Icons(theme), photos)
    qtbot.addWidget(strip)
    strip.resize(900, 130)
    paths = [Path(f"/nowhere/{n}.jpg") for n in range(5000)]
    strip.set_paths(paths)
    strip.show()
    wait(lambda: len(read) >= 5 and not bridge.waiting)
    assert len(read) < 20
    assert set(read) <= set(paths[:20])
    seen = len(read)
    strip.set_current(paths[4000])
    wait(lambda: paths[4000] in read and not bridge.waiting)
    assert len(read) < seen + 25
    bridge.close()


def test_a_broken_file_has_a_sign_and_is_not_read_again(qtbot: QtBot, wait: Wait) -> None:
    read: list[Path] = []

    def thumbnail(path: Path, side: int, task: Task) -> np.ndarray:
        read.append(path)
        raise OSError("broken")

    bridge, theme = JobBridge(Jobs()), Theme("light")
    photos = PhotoList(bridge, thumbnail)
    strip = Filmstrip(theme, Icons(theme), photos)
    qtbot.addWidget(strip)
    strip.set_paths([Path("/nowhere/torn.jpg")])
    strip.show()
    wait(lambda: len(read) == 1 and not bridge.waiting)
    strip.grab()
    assert photos.data(photos.index(0), Qt.ItemDataRole.DecorationRole) == "broken"
    assert len(read) == 1
    bridge.close()


def test_going_from_photo_to_photo(studio: Studio, folder: Path, wait: Wait) -> None:
    def at(name: str) -> bool:
        photo = studio.document.photo
        return photo is not None and photo.path == folder / name and is_idle(studio)

    studio.opening.open([folder])
    wait(lambda: at("portrait ü.png"))
    assert not studio.actions["previous"].isEnabled()
    studio.actions["next"].trigger()
    wait(lambda: at("scan 1.png"))
    studio.filmstrip.view.setFocus()
    QTest.keyClick(studio.filmstrip.view, Qt.Key.Key_Right)
    wait(lambda: at("scan 2.png"))
    studio.actions["previous"].trigger()
    wait(lambda: at("scan 1.png"))
    assert studio.status.message() == "2 of 5"


def test_a_broken_file_leaves_the_mark_on_the_photo_that_is_shown(
    studio: Studio, folder: Path, wait: Wait
) -> None:
    studio.opening.open([folder])
    wait(lambda: studio.document.photo is not None and is_idle(studio))
    index = studio.filmstrip.photos.index(4)
    studio.filmstrip.view.setCurrentIndex(index)
    wait(lambda: studio.banner.isVisible() and is_idle(studio))
    assert "torn.jpg" in studio.banner.what.text()
    assert studio.filmstrip.view.currentIndex().row() == 0


def test_edits_of_a_photo_that_was_left_go_on(studio: Studio, folder: Path, wait: Wait) -> None:
    studio.opening.open([folder])
    wait(lambda: studio.canvas.after is not None and is_idle(studio))
    studio.look_panel.slider("tint").number.setValue(20)
    first = folder / "portrait ü.png"
    assert studio.filmstrip.photos.data(studio.filmstrip.photos.index(0), Qt.ItemDataRole.UserRole)
    studio.actions["next"].trigger()
    wait(lambda: studio.document.photo is not None and studio.document.photo.path != first)
    assert studio.document.edit.look.tint == 0
    assert set(studio.document.unkept()) == {first}
    studio.actions["previous"].trigger()
    wait(lambda: studio.document.photo is not None and studio.document.photo.path == first)
    assert studio.document.edit.look.tint == 20
    assert studio.document.dirty


@pytest.mark.parametrize("key", [Qt.Key.Key_O, Qt.Key.Key_Backslash])
def test_letters_go_through_the_strip_to_the_window(
    studio: Studio, folder: Path, wait: Wait, key: Qt.Key
) -> None:
    studio.opening.open([folder])
    wait(lambda: studio.canvas.after is not None and is_idle(studio))
    QTest.keyPress(studio.filmstrip.view, key)
    assert studio.canvas.peeks
    QTest.keyRelease(studio.filmstrip.view, key)
    assert not studio.canvas.peeks
