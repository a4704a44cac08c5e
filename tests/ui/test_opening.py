"""Photos come in by dialog, drop, paste, argument and strip; what cannot come in is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
import skimage.data
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog

from colordesk.edit import Edit, Look, sidecar_path, write_edit
from colordesk.ui.studio import Studio
from tests.ui.conftest import Wait, is_idle


def shown(studio: Studio, path: Path | None) -> bool:
    photo = studio.document.photo
    return photo is not None and photo.path == path and studio.canvas.after is not None


def urls(*values: str | Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(v)) if isinstance(v, Path) else QUrl(v) for v in values])
    return mime


def drop(studio: Studio, mime: QMimeData) -> bool:
    """Drag over the window and let go; return whether it was invited."""
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    actions = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(300, 300), actions, mime, buttons, none)
    enter.ignore()
    QApplication.sendEvent(studio.window, enter)
    if not enter.isAccepted():
        return False
    event = QDropEvent(QPointF(300, 300), Qt.DropAction.CopyAction, mime, buttons, none)
    QApplication.sendEvent(studio.window, event)
    return True


def test_the_empty_window_invites(studio: Studio) -> None:
    assert studio.welcome.isVisible()
    assert not studio.canvas.isVisible()
    assert not studio.actions["save"].isEnabled()


def test_open_by_dialog(
    studio: Studio, photo: Path, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *a, **k: ([str(photo)], ""))
    studio.actions["open"].trigger()
    wait(lambda: shown(studio, photo))
    assert studio.canvas.isVisible()
    assert photo.name in studio.window.windowTitle()
    assert not studio.window.filmstrip.isVisible()


def test_open_folder_by_dialog(
    studio: Studio, folder: Path, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *a, **k: str(folder))
    studio.actions["open_folder"].trigger()
    wait(lambda: studio.window.filmstrip.isVisible() and is_idle(studio))
    names = [path.name for path in studio.filmstrip.photos.paths]
    assert names == ["portrait ü.png", "scan 1.png", "scan 2.png", "scan 10.png", "torn.jpg"]


def test_a_cancelled_dialog_changes_nothing(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *a, **k: ([], ""))
    studio.actions["open"].trigger()
    assert studio.document.photo is None


def test_open_by_drop(studio: Studio, photo: Path, wait: Wait) -> None:
    assert drop(studio, urls(photo))
    wait(lambda: shown(studio, photo))


def test_open_several_by_drop(studio: Studio, folder: Path, wait: Wait) -> None:
    given = [folder / "scan 10.png", folder / "scan 1.png"]
    assert drop(studio, urls(*given))
    wait(lambda: shown(studio, given[0]))
    assert studio.filmstrip.photos.paths == given


def test_open_a_folder_by_drop(studio: Studio, folder: Path, wait: Wait) -> None:
    assert drop(studio, urls(folder))
    wait(lambda: shown(studio, folder / "portrait ü.png"))


def test_an_address_from_a_browser_is_refused_politely(studio: Studio) -> None:
    assert drop(studio, urls("https://example.org/cat.jpg"))
    assert studio.banner.isVisible()
    assert studio.banner.kind == "info"
    assert "network" in studio.banner.what.text()
    assert "Save the picture" in studio.banner.todo.text()


def test_text_is_not_invited(studio: Studio) -> None:
    mime = QMimeData()
    mime.setText("hello")
    assert not drop(studio, mime)


def test_the_invitation_ends_with_the_drag(studio: Studio) -> None:
    mime = urls("file:///x.png")  # the event does not keep it alive
    enter = QDragEnterEvent(
        QPoint(9, 9),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(studio.window, enter)
    assert studio.welcome.invites
    studio.window.dragLeaveEvent(enter)
    assert not studio.welcome.invites


def test_paste_a_picture(studio: Studio, gray_pixels: np.ndarray, wait: Wait) -> None:
    height, width = gray_pixels.shape
    picture = QImage(gray_pixels.data, width, height, width, QImage.Format.Format_Grayscale8)
    QGuiApplication.clipboard().setImage(picture.copy())
    studio.actions["paste"].trigger()
    wait(lambda: shown(studio, None))
    assert studio.document.photo is not None
    assert (studio.document.photo.pixels[:, :, 0] == gray_pixels).all()
    assert studio.window.isWindowModified()


def test_paste_a_file(studio: Studio, photo: Path, wait: Wait) -> None:
    QGuiApplication.clipboard().setMimeData(urls(photo))
    studio.actions["paste"].trigger()
    wait(lambda: shown(studio, photo))
    assert not studio.document.dirty  # it has a file, so nothing could be lost


def test_paste_a_path(studio: Studio, photo: Path, wait: Wait) -> None:
    QGuiApplication.clipboard().setText(f" {photo}\n")
    studio.actions["paste"].trigger()
    wait(lambda: shown(studio, photo))
    assert not studio.document.dirty


@pytest.mark.parametrize("text", ["nothing of use", "", "/no/such/file.png", "a\0b"])
def test_paste_nothing_of_use(studio: Studio, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    studio.actions["paste"].trigger()
    assert "no picture on the clipboard" in studio.banner.what.text()


def test_paste_an_address(studio: Studio) -> None:
    QGuiApplication.clipboard().setText("https://example.org/cat.jpg")
    studio.actions["paste"].trigger()
    assert "network" in studio.banner.what.text()


def test_open_by_argument(make_studio: Callable[[], Studio], photo: Path, wait: Wait) -> None:
    studio = make_studio()
    studio.start([photo])
    wait(lambda: shown(studio, photo))
    assert not studio.welcome.isVisible()


def test_the_sample(studio: Studio, wait: Wait) -> None:
    studio.welcome.sample_wanted.emit()
    wait(lambda: studio.canvas.after is not None)
    assert studio.document.photo is not None
    assert studio.document.photo.path is not None
    assert studio.document.photo.path.name == "astronaut.jpg"


def test_recent_photos_are_offered(at_photo: Studio, photo: Path, wait: Wait) -> None:
    at_photo.actions["close"].trigger()
    assert at_photo.welcome.isVisible()
    at_photo.welcome.recent_wanted.emit(photo)
    wait(lambda: shown(at_photo, photo))
    (entry,) = at_photo.recent.menu.actions()
    assert entry.text().endswith(photo.name)
    at_photo.actions["forget_recent"].trigger()
    assert not at_photo.recent.menu.isEnabled()


def test_a_broken_file_is_said_and_the_photo_stays(
    at_photo: Studio, folder: Path, wait: Wait
) -> None:
    kept = at_photo.document.photo
    at_photo.opening.open([folder / "torn.jpg"])
    wait(at_photo.banner.isVisible)
    assert at_photo.banner.kind == "error"
    assert "torn.jpg" in at_photo.banner.what.text()
    assert at_photo.banner.todo.text()
    assert at_photo.document.photo is kept
    at_photo.banner.close_button.click()
    assert not at_photo.banner.isVisible()


def test_a_missing_file_is_said(studio: Studio, tmp_path: Path, wait: Wait) -> None:
    studio.opening.open([tmp_path / "gone.jpg"])
    wait(studio.banner.isVisible)
    assert "gone.jpg" in studio.banner.what.text()


def test_a_folder_without_photos_is_said(studio: Studio, tmp_path: Path, wait: Wait) -> None:
    (tmp_path / "empty").mkdir()
    studio.opening.open([tmp_path / "empty"])
    wait(studio.banner.isVisible)
    assert "no photo in" in studio.banner.what.text()


def test_the_last_of_several_wishes_is_shown(studio: Studio, folder: Path, wait: Wait) -> None:
    for name in ("portrait ü.png", "scan 2.png", "scan 10.png", "scan 1.png"):
        studio.opening.show(folder / name)
    wait(lambda: shown(studio, folder / "scan 1.png") and is_idle(studio))
    assert shown(studio, folder / "scan 1.png")


def test_an_edit_beside_the_photo_comes_back(studio: Studio, photo: Path, wait: Wait) -> None:
    edit = Edit(model="red", look=Look(strength=40.5, tint=-7))
    write_edit(edit, sidecar_path(photo))
    studio.opening.open([photo])
    wait(lambda: shown(studio, photo))
    assert studio.document.edit == edit
    assert not studio.document.dirty
    assert studio.look_panel.slider("strength").value() == 40.5


def test_a_damaged_edit_is_said_and_the_photo_opens(
    studio: Studio, photo: Path, wait: Wait
) -> None:
    sidecar_path(photo).write_text("{", encoding="utf-8")
    studio.opening.open([photo])
    wait(lambda: shown(studio, photo))
    assert studio.banner.kind == "warning"
    assert studio.document.edit == Edit()


def test_a_colour_photo_is_not_recoloured_without_asking(
    studio: Studio, tmp_path: Path, wait: Wait
) -> None:
    path = tmp_path / "colour.png"
    coffee = cv2.cvtColor(skimage.data.chelsea()[:, :, ::-1].copy(), cv2.COLOR_RGB2HSV)
    coffee[:, ::2, 0] = 110  # cats are nearly of one colour
    path.write_bytes(cv2.imencode(".png", cv2.cvtColor(coffee, cv2.COLOR_HSV2BGR))[1].tobytes())
    studio.opening.open([path])
    wait(lambda: studio.banner.isVisible() and is_idle(studio))
    assert "colours of its own" in studio.banner.what.text()
    assert studio.canvas.after is None
    assert not studio.actions["save"].isEnabled()
    studio.banner.answer(0).click()
    wait(lambda: studio.canvas.after is not None)
    assert studio.actions["save"].isEnabled()
    assert not studio.banner.isVisible()


def test_a_toned_photo_is_coloured_at_once(
    studio: Studio, tmp_path: Path, gray_pixels: np.ndarray, wait: Wait
) -> None:
    path = tmp_path / "sepia.png"
    sepia = np.clip(gray_pixels[:, :, None] * np.array([0.7, 0.9, 1.05]), 0, 255).astype(np.uint8)
    path.write_bytes(cv2.imencode(".png", sepia)[1].tobytes())
    studio.opening.open([path])
    wait(lambda: shown(studio, path))
    assert studio.document.wanted
    assert not studio.banner.isVisible()  # nobody is asked
