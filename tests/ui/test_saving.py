"""Saving writes the picture and its edit, never the source, and says what became of it."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QDialog

from colordesk.edit import Edit, sidecar_path
from colordesk.photo import SAVABLE, Photo, open_photo
from colordesk.task import Task
from colordesk.ui.dialogs.save_as import SaveAs, Target
from colordesk.ui.dialogs.unkept import Answer, Question
from colordesk.ui.engine import Engine
from colordesk.ui.studio import Studio
from tests.ui.conftest import Wait, is_idle


def answer(monkeypatch: pytest.MonkeyPatch, wanted: Answer) -> list[Question]:
    """Answer every question like this; return the questions."""
    asked: list[Question] = []

    def ask(question: Question) -> Answer:
        asked.append(question)
        return wanted

    monkeypatch.setattr(Question, "ask", ask)
    return asked


def decide(monkeypatch: pytest.MonkeyPatch, target: Path | None, quality: int = 90) -> None:
    """Decide like this whenever the window asks where to save."""
    code = QDialog.DialogCode.Accepted if target else QDialog.DialogCode.Rejected
    monkeypatch.setattr(SaveAs, "exec", lambda dialog: code)
    if target:
        monkeypatch.setattr(SaveAs, "target", lambda dialog: Target(target, quality))


def save(studio: Studio, wait: Wait, action: str = "save") -> None:
    studio.messages.settle()
    studio.actions[action].trigger()
    wait(lambda: studio.banner.isVisible() and is_idle(studio))


def test_save_writes_the_result_and_the_edit_beside_the_source(
    at_photo: Studio, photo: Path, wait: Wait
) -> None:
    source = photo.read_bytes()
    at_photo.look_panel.slider("strength").number.setValue(70)
    assert at_photo.window.isWindowModified()
    save(at_photo, wait)
    assert at_photo.banner.kind == "success"
    target = photo.with_name("portrait ü-color.png")
    result = open_photo(target)
    assert (result.width, result.height, result.is_gray) == (512, 512, False)
    means = result.pixels.reshape(-1, 3).mean(axis=0)
    assert means[2] > means[0] + 10
    assert json.loads(sidecar_path(photo).read_text("utf-8"))["look"]["strength"] == 70
    assert photo.read_bytes() == source
    assert not at_photo.document.dirty


def test_saving_again_replaces_our_own_file_and_no_other(
    at_photo: Studio, photo: Path, wait: Wait
) -> None:
    foreign = photo.with_name("portrait ü-color.png")
    foreign.write_bytes(b"somebody else's")
    save(at_photo, wait)
    ours = photo.with_name("portrait ü-2-color.png")
    first = ours.read_bytes()
    at_photo.look_panel.slider("strength").number.setValue(20)
    save(at_photo, wait)
    assert ours.read_bytes() != first
    assert foreign.read_bytes() == b"somebody else's"
    names = {path.name for path in photo.parent.iterdir()}
    assert names == {photo.name, foreign.name, ours.name, sidecar_path(photo).name}


def test_what_is_saved_is_what_is_seen(at_photo: Studio, photo: Path, wait: Wait) -> None:
    at_photo.look_panel.slider("temperature").number.setValue(-60)
    at_photo.actions["actual"].trigger()
    wait(lambda: is_idle(at_photo) and at_photo.canvas.after is not None)
    wait(lambda: at_photo.canvas.after.whole.is_full)  # type: ignore[union-attr]
    save(at_photo, wait)
    from tests.ui.test_canvas import pixels

    assert at_photo.canvas.after is not None
    seen = pixels(at_photo.canvas.after.whole.levels[0])
    saved = open_photo(photo.with_name("portrait ü-color.png")).pixels
    assert np.abs(seen.astype(int) - saved).max() <= 1


def test_save_as(
    at_photo: Studio, tmp_path: Path, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.jpg"
    decide(monkeypatch, target, 60)
    save(at_photo, wait, "save_as")
    picture = cv2.imread(str(target))
    assert picture is not None
    assert picture.shape == (512, 512, 3)
    with Image.open(target) as file:
        assert file.format == "JPEG"
        assert max(file.quantization[0]) > 30  # type: ignore[attr-defined] # coarse: quality 60


def test_save_as_cancelled_writes_nothing(
    at_photo: Studio, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(monkeypatch, None)
    at_photo.actions["save_as"].trigger()
    assert is_idle(at_photo)
    assert len(list(photo.parent.iterdir())) == 1


def test_the_source_is_refused_even_through_a_link(
    at_photo: Studio, photo: Path, tmp_path: Path, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = tmp_path / "link.png"
    link.symlink_to(photo)
    source = photo.read_bytes()
    decide(monkeypatch, link)
    save(at_photo, wait, "save_as")
    assert at_photo.banner.kind == "error"
    assert "never written over" in at_photo.banner.what.text()
    assert photo.read_bytes() == source


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_may_not_be_written_is_said(
    at_photo: Studio, photo: Path, wait: Wait
) -> None:
    photo.parent.chmod(0o500)
    try:
        save(at_photo, wait)
    finally:
        photo.parent.chmod(0o700)
    assert at_photo.banner.kind == "error"


def test_a_folder_that_vanished_is_said(
    at_photo: Studio, tmp_path: Path, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(monkeypatch, tmp_path / "gone" / "a.png")
    save(at_photo, wait, "save_as")
    assert at_photo.banner.kind == "error"
    assert "a.png" in at_photo.banner.what.text()


def test_a_pasted_picture_asks_for_a_name(
    studio: Studio,
    gray_pixels: np.ndarray,
    tmp_path: Path,
    wait: Wait,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    picture = QImage(gray_pixels.data, 512, 512, 512, QImage.Format.Format_Grayscale8)
    QGuiApplication.clipboard().setImage(picture.copy())
    studio.actions["paste"].trigger()
    wait(lambda: studio.canvas.after is not None)
    target = tmp_path / "kept.png"
    decide(monkeypatch, target)
    save(studio, wait)
    assert target.exists()
    assert not studio.document.dirty
    assert list(tmp_path.glob("*.json")) == []


def slow_writing(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Let no picture be written before the event is set."""
    go = threading.Event()
    real = Engine.save

    def save(
        engine: Engine, photo: Photo, target: Path, quality: int, edit: Edit, task: Task
    ) -> None:
        while not go.wait(0.01):
            task.check()
        real(engine, photo, target, quality, edit, task)

    monkeypatch.setattr(Engine, "save", save)
    return go


def test_the_window_can_wait_for_a_save(
    at_photo: Studio, photo: Path, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = slow_writing(monkeypatch)
    at_photo.actions["save"].trigger()
    asked = answer(monkeypatch, Answer.KEEP)
    assert not at_photo.window.close()
    assert len(asked) == 1
    go.set()
    wait(lambda: not at_photo.window.isVisible())
    assert photo.with_name("portrait ü-color.png").exists()


def test_a_save_can_be_stopped_by_closing(
    at_photo: Studio, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow_writing(monkeypatch)
    at_photo.actions["save"].trigger()
    answer(monkeypatch, Answer.DISCARD)
    assert at_photo.window.close()
    assert [path.name for path in photo.parent.iterdir()] == [photo.name]


def test_a_save_can_be_cancelled(
    at_photo: Studio, photo: Path, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow_writing(monkeypatch)
    at_photo.actions["save"].trigger()
    line = at_photo.status.jobs
    wait(lambda: line.isVisible() and line.title.text().startswith("Saving"))
    line.cancel_button.click()
    wait(lambda: is_idle(at_photo))
    assert not at_photo.saving.busy
    assert not at_photo.banner.isVisible()
    assert [path.name for path in photo.parent.iterdir()] == [photo.name]


class TestDialog:
    @pytest.fixture
    def dialog(self, at_photo: Studio, photo: Path) -> SaveAs:
        assert at_photo.document.photo is not None
        suggestion = photo.with_name("portrait ü-color.png")
        return SaveAs(at_photo.document.photo, suggestion, SAVABLE, 95, at_photo.window)

    def test_it_suggests(self, dialog: SaveAs, photo: Path) -> None:
        assert dialog.target() == Target(photo.with_name("portrait ü-color.png"), 95)
        assert dialog.may_save
        assert not dialog.quality.isEnabled()

    def test_the_format_decides_the_suffix(self, dialog: SaveAs, photo: Path) -> None:
        dialog.format.setCurrentIndex(dialog.format.findData("jpg"))
        assert dialog.target().path == photo.with_name("portrait ü-color.jpg")
        assert dialog.quality.isEnabled()
        dialog.name.setText("typed.jpg")
        assert dialog.target().path == photo.with_name("typed.jpg")
        dialog.name.setText("v1.2")
        assert dialog.target().path == photo.with_name("v1.2.jpg")

    @pytest.mark.parametrize("name", ["", "  ", ".", "..", "a/b", "portrait ü"])
    def test_what_cannot_be_a_name_is_refused(self, dialog: SaveAs, name: str) -> None:
        dialog.name.setText(name)
        assert not dialog.may_save
        assert dialog.note()

    def test_a_missing_folder_is_refused(self, dialog: SaveAs, tmp_path: Path) -> None:
        dialog.folder.line.setText(str(tmp_path / "gone"))
        assert not dialog.may_save

    def test_a_file_in_the_way_is_said(self, dialog: SaveAs, photo: Path) -> None:
        photo.with_name("other.png").write_bytes(b"x")
        dialog.name.setText("other")
        assert dialog.may_save
        assert "will be replaced" in dialog.note()
