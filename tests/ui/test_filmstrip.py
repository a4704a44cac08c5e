"""A folder of thousands costs nothing; only what is seen is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
import skimage.data
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QMenu
from pytestqt.qtbot import QtBot

from colordesk.edit import sidecar_path
from colordesk.folder import Entry
from colordesk.jobs import Jobs
from colordesk.paths import presets_dir
from colordesk.task import Task
from colordesk.thumbnails import Thumbnail
from colordesk.ui.collection.photo_list import BADGES, THUMBNAIL_SIDE, Badge, PhotoList
from colordesk.ui.icons import Icons
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.panels.filmstrip import Filmstrip
from colordesk.ui.studio import Studio
from colordesk.ui.theme import Theme
from tests.ui.conftest import Wait, is_idle


def test_only_what_is_seen_is_read(qtbot: QtBot, wait: Wait) -> None:
    read: list[Path] = []

    def thumbnail(path: Path, side: int, task: Task) -> Thumbnail:
        assert side == THUMBNAIL_SIDE
        read.append(path)
        return Thumbnail(np.zeros((30, 40, 3), np.uint8), coloured=False)

    bridge, theme = JobBridge(Jobs()), Theme("dark")
    photos = PhotoList(bridge, thumbnail)
    strip = Filmstrip(theme, Icons(theme), photos)
    qtbot.addWidget(strip)
    strip.resize(900, 130)
    paths = [Path(f"/nowhere/{n}.jpg") for n in range(5000)]
    strip.set_entries([Entry(path) for path in paths])
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

    def thumbnail(path: Path, side: int, task: Task) -> Thumbnail:
        read.append(path)
        raise OSError("broken")

    bridge, theme = JobBridge(Jobs()), Theme("light")
    photos = PhotoList(bridge, thumbnail)
    strip = Filmstrip(theme, Icons(theme), photos)
    qtbot.addWidget(strip)
    strip.set_entries([Entry(Path("/nowhere/torn.jpg"))])
    strip.show()
    wait(lambda: len(read) == 1 and not bridge.waiting)
    strip.grab()
    assert photos.data(photos.index(0), BADGES) == (Badge.BROKEN,)
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
    assert studio.filmstrip.photos.badges(first) == (Badge.UNKEPT,)
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


def select(studio: Studio, *rows: int) -> None:
    """Choose photos as clicks with Ctrl do."""
    photos, model = studio.filmstrip.photos, studio.filmstrip.view.selectionModel()
    for number, row in enumerate(rows):
        flags = QItemSelectionModel.SelectionFlag
        model.select(photos.index(row), flags.Select if number else flags.ClearAndSelect)


@pytest.fixture
def at_folder(studio: Studio, folder: Path, wait: Wait) -> Studio:
    """The window with a folder: portrait, scan 1, scan 2, scan 10, torn."""
    (folder / "torn.jpg").unlink()
    studio.opening.open([folder])
    wait(lambda: studio.canvas.after is not None and is_idle(studio))
    return studio


def test_choosing_several_photos_opens_none(at_folder: Studio, wait: Wait) -> None:
    shown = at_folder.document.photo
    select(at_folder, 0, 2, 3)
    wait(lambda: is_idle(at_folder))
    assert at_folder.document.photo is shown
    assert [path.name for path in at_folder.filmstrip.selected()] == [
        "portrait ü.png",
        "scan 2.png",
        "scan 10.png",
    ]
    at_folder.actions["select_all"].trigger()
    assert len(at_folder.filmstrip.selected()) == 4
    assert at_folder.document.photo is shown


def test_an_edit_is_pasted_to_all_chosen_photos_and_taken_back(
    at_folder: Studio, wait: Wait
) -> None:
    studio, photos = at_folder, at_folder.filmstrip.photos
    studio.look_panel.slider("tint").number.setValue(20)
    edit = studio.document.edit
    studio.actions["copy_edit"].trigger()
    select(studio, 1, 2)
    studio.actions["paste_edit"].trigger()
    wait(lambda: len(studio.document.unkept()) == 3)
    assert studio.document.unkept() == dict.fromkeys(photos.paths[:3], edit)
    assert photos.badges(photos.paths[2]) == (Badge.UNKEPT,)
    assert "not kept" in photos.data(photos.index(2), Qt.ItemDataRole.AccessibleTextRole)
    studio.actions["undo"].trigger()
    assert set(studio.document.unkept()) == {photos.paths[0]}
    studio.actions["redo"].trigger()
    studio.filmstrip.chosen.emit(photos.paths[1])
    wait(lambda: studio.document.photo is not None and is_idle(studio))
    assert studio.document.edit == edit


def test_kept_edits_and_results_are_there_when_the_folder_is_opened_again(
    at_folder: Studio, make_studio: Callable[[], Studio], folder: Path, wait: Wait
) -> None:
    studio = at_folder
    studio.actions["save"].trigger()
    wait(lambda: (folder / "portrait ü-color.png").exists() and is_idle(studio))
    first = folder / "portrait ü.png"
    assert studio.filmstrip.photos.badges(first) == (Badge.EDITED, Badge.SAVED)
    studio.look_panel.slider("tint").number.setValue(20)
    edit = studio.document.edit
    studio.actions["copy_edit"].trigger()
    studio.actions["select_all"].trigger()
    studio.actions["paste_edit"].trigger()
    wait(lambda: len(studio.document.unkept()) == 4)
    studio.actions["keep_edits"].trigger()
    wait(lambda: not studio.document.unkept() and is_idle(studio))
    studio.window.close()
    again = make_studio()
    again.opening.open([folder])
    wait(lambda: again.document.photo is not None and is_idle(again))
    photos = again.filmstrip.photos
    assert [path.name for path in photos.paths] == [
        "portrait ü.png",
        "scan 1.png",
        "scan 2.png",
        "scan 10.png",
    ]
    assert photos.badges(first) == (Badge.EDITED, Badge.SAVED)
    assert all(Badge.EDITED in photos.badges(path) for path in photos.paths)
    assert again.document.edit == edit


def test_a_preset_is_kept_under_a_name_and_applied_to_all_chosen_photos(
    at_folder: Studio, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = at_folder
    studio.look_panel.slider("saturation").number.setValue(150)
    edit = studio.document.edit
    monkeypatch.setattr(QInputDialog, "getText", lambda *given: ("Old Kodak", True))
    studio.actions["save_preset"].trigger()
    assert (presets_dir() / "Old Kodak.json").exists()
    menu = QMenu(studio.window)
    studio.collection.sharing.fill(menu, studio.collection.sharing.apply)
    select(studio, 2, 3)
    menu.actions()[0].trigger()
    wait(lambda: len(studio.document.unkept()) == 3)
    assert set(studio.document.unkept().values()) == {edit}
    studio.collection.sharing.delete("Old Kodak")
    studio.collection.sharing.fill(menu, studio.collection.sharing.apply)
    assert not menu.actions()[0].isEnabled()


def test_a_damaged_edit_among_the_chosen_is_said_and_nothing_changed(
    at_folder: Studio, wait: Wait
) -> None:
    studio, paths = at_folder, at_folder.filmstrip.photos.paths
    sidecar_path(paths[2]).write_text("{", encoding="utf-8")
    studio.look_panel.slider("tint").number.setValue(20)
    studio.actions["copy_edit"].trigger()
    select(studio, 1, 2)
    studio.actions["paste_edit"].trigger()
    wait(lambda: studio.banner.isVisible() and is_idle(studio))
    assert "scan 2.png.colordesk.json" in studio.banner.what.text()
    assert set(studio.document.unkept()) == {paths[0]}


def test_a_colour_photo_gets_a_badge_and_one_question_a_folder(
    studio: Studio, folder: Path, wait: Wait
) -> None:
    for name in ("beach.png", "cat.png"):
        rgb = skimage.data.chelsea() if name == "cat.png" else skimage.data.coffee()
        data = cv2.imencode(".png", cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR))[1]
        (folder / name).write_bytes(data.tobytes())
    studio.opening.open([folder])
    wait(lambda: studio.banner.isVisible() and is_idle(studio))
    photos = studio.filmstrip.photos
    assert Badge.COLOURED in photos.badges(folder / "beach.png")
    assert Badge.COLOURED not in photos.badges(folder / "scan 1.png")
    studio.banner.answer(1).click()
    studio.actions["next"].trigger()
    wait(lambda: at(studio, folder / "cat.png"))
    assert not studio.banner.isVisible()
    assert not studio.actions["save"].isEnabled()
    studio.actions["recolour"].trigger()
    wait(lambda: studio.canvas.after is not None and is_idle(studio))
    assert studio.actions["save"].isEnabled()
    assert not studio.actions["recolour"].isEnabled()


def at(studio: Studio, path: Path) -> bool:
    photo = studio.document.photo
    return photo is not None and photo.path == path and is_idle(studio)
