"""The queue in the window: photos are done, one bad one stops none, and closing loses nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import cv2
import pytest
import skimage.data
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from colordesk import batch as batch_module
from colordesk.batch import Workshop
from colordesk.edit import Edit, Look, write_edit
from colordesk.photo import open_photo
from colordesk.queued import State
from colordesk.settings import Settings
from colordesk.ui.batch.batch_engine import BatchWish
from colordesk.ui.collection.photo_list import Badge
from colordesk.ui.dialogs.batch import BatchDialog
from colordesk.ui.studio import Studio
from tests.ui.conftest import Wait, is_idle


def wish(folder: Path, *names: str, **options: object) -> BatchWish:
    inputs = tuple(folder / name for name in names) if names else (folder,)
    return BatchWish("Album", inputs, folder.with_name("out"), **options)  # type: ignore[arg-type]


def states(studio: Studio) -> list[State]:
    return [e.state for batch in studio.batching.queueing.batches for e in batch.entries]


def words(studio: Studio, row: int) -> str:
    rows = studio.batching.panel.rows
    return str(rows.data(rows.index(row), Qt.ItemDataRole.AccessibleTextRole))


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Photos are begun but not done before this is set."""
    opened = threading.Event()
    real = Workshop.colorize

    def colorize(self: Workshop, item: object, order: object, task: object) -> object:
        while not opened.wait(0.01):
            task.check()  # type: ignore[attr-defined]
        return real(self, item, order, task)  # type: ignore[arg-type]

    monkeypatch.setattr(batch_module.Workshop, "colorize", colorize)
    return opened


def test_a_folder_is_done_and_a_broken_file_stops_nothing(
    studio: Studio, folder: Path, wait: Wait
) -> None:
    write_edit(Edit(model="red", look=Look(strength=50)), folder / "scan 1.png.colordesk.json")
    studio.batching.queueing.add(wish(folder))
    wait(lambda: studio.banner.isVisible() and is_idle(studio))
    assert studio.window.queue.isVisible()
    assert studio.banner.kind == "warning"
    assert "4 coloured, 1 failed" in studio.banner.what.text()
    assert sorted(path.name for path in folder.with_name("out").iterdir()) == [
        "portrait ü.png",
        "scan 1.png",
        "scan 10.png",
        "scan 2.png",
    ]
    pixel = open_photo(folder.with_name("out") / "scan 1.png").pixels[60, 80]
    assert pixel[0] > pixel[2]  # red, as its own edit says; the others are blue
    pixel = open_photo(folder.with_name("out") / "scan 2.png").pixels[60, 80]
    assert pixel[2] > pixel[0]
    torn = next(n for n in range(6) if words(studio, n).startswith("torn.jpg"))
    assert "failed" in words(studio, torn)
    assert studio.batching.panel.retry.isEnabled()
    assert not studio.batching.panel.cancel.isEnabled()
    assert not list(folder.glob("*-color*"))


def test_chosen_photos_are_queued_as_they_are_edited_now(
    studio: Studio, folder: Path, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "torn.jpg").unlink()
    studio.opening.open([folder])
    wait(lambda: studio.canvas.after is not None and is_idle(studio))
    studio.look_panel.slider("strength").number.setValue(0)
    asked: list[BatchDialog] = []

    def accept(dialog: BatchDialog) -> BatchDialog.DialogCode:
        asked.append(dialog)
        dialog.where.setCurrentIndex(dialog.where.findData("beside"))
        dialog.template.setText("{name} coloured")
        return BatchDialog.DialogCode.Accepted

    monkeypatch.setattr(BatchDialog, "exec", accept)
    studio.actions["queue_photos"].trigger()
    wait(lambda: State.DONE in states(studio) and is_idle(studio))
    assert len(asked) == 1
    assert states(studio) == [State.DONE] * 4
    result = open_photo(folder / "portrait ü coloured.png")
    assert result.is_gray  # strength 0, although that edit is kept nowhere yet
    assert Badge.SAVED in studio.filmstrip.photos.badges(folder / "scan 2.png")


def test_pausing_begins_no_more_and_cancelling_does_not_do_the_rest(
    studio: Studio, folder: Path, wait: Wait, gate: threading.Event
) -> None:
    panel, queueing = studio.batching.panel, studio.batching.queueing
    names = ("portrait ü.png", "scan 1.png", "scan 2.png", "scan 10.png")
    queueing.add(wish(folder, *names))
    wait(lambda: states(studio).count(State.RUNNING) == 2)
    assert "in work" in words(studio, 1)
    panel.pause.click()
    gate.set()
    wait(lambda: not queueing.busy)
    assert states(studio) == [State.DONE] * 2 + [State.WAITING] * 2
    assert "paused" in panel.summary.text()
    panel.view.setCurrentIndex(panel.rows.index(3))
    cancel = next(a for a in panel.menu().actions() if a.text() == "Cancel")
    cancel.trigger()
    assert states(studio) == [State.DONE] * 2 + [State.CANCELLED, State.WAITING]
    panel.pause.click()
    wait(lambda: is_idle(studio))
    assert states(studio) == [State.DONE] * 2 + [State.CANCELLED, State.DONE]
    assert len(list(folder.with_name("out").iterdir())) == 3


def test_a_photo_in_work_can_be_cancelled_and_leaves_nothing(
    studio: Studio, folder: Path, wait: Wait, gate: threading.Event
) -> None:
    studio.batching.queueing.add(wish(folder, "scan 1.png"))
    wait(lambda: State.RUNNING in states(studio))
    studio.batching.panel.cancel.click()
    wait(lambda: is_idle(studio))
    assert states(studio) == [State.CANCELLED]
    assert not folder.with_name("out").exists()


def test_what_failed_is_tried_again(studio: Studio, folder: Path, wait: Wait) -> None:
    studio.batching.queueing.add(wish(folder, "torn.jpg"))
    wait(lambda: states(studio) == [State.FAILED] and is_idle(studio))
    (folder / "torn.jpg").write_bytes((folder / "scan 1.png").read_bytes())
    studio.batching.panel.retry.click()
    wait(lambda: states(studio) == [State.DONE] and is_idle(studio))
    assert [file.stem for file in folder.with_name("out").iterdir()] == ["torn"]


def test_closing_in_the_middle_loses_nothing(
    make_studio: Callable[[], Studio], folder: Path, wait: Wait, gate: threading.Event
) -> None:
    studio = make_studio()
    studio.batching.queueing.add(wish(folder, "scan 1.png", "scan 2.png", "scan 10.png"))
    wait(lambda: State.RUNNING in states(studio))
    studio.window.close()
    gate.set()
    again = make_studio()
    wait(lambda: again.banner.isVisible())
    assert "3 photos" in again.banner.what.text()
    assert states(again) == [State.WAITING] * 3
    assert again.window.queue.isVisible()
    again.banner.answer(0).click()
    wait(lambda: states(again) == [State.DONE] * 3 and is_idle(again))
    again.batching.panel.clear.click()
    assert again.batching.queueing.batches == []
    assert again.batching.panel.empty.isVisible()


def test_a_full_disk_pauses_the_queue(
    studio: Studio, folder: Path, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: object, **named: object) -> None:
        raise OSError(28, "No space left on device", "x.png")

    monkeypatch.setattr(batch_module, "save_photo", full)
    names = ("portrait ü.png", "scan 1.png", "scan 2.png", "scan 10.png")
    studio.batching.queueing.add(wish(folder, *names))
    wait(lambda: studio.batching.queueing.paused and is_idle(studio))
    assert State.WAITING in states(studio)
    assert "disk is full" in studio.banner.what.text()


def test_colour_photos_are_passed_over_unless_wanted(
    studio: Studio, folder: Path, wait: Wait
) -> None:
    rgb = cv2.cvtColor(skimage.data.coffee(), cv2.COLOR_RGB2BGR)
    (folder / "cup.png").write_bytes(cv2.imencode(".png", rgb)[1].tobytes())
    studio.batching.queueing.add(wish(folder, "cup.png"))
    wait(lambda: states(studio) == [State.SKIPPED] and is_idle(studio))
    assert "colours of its own" in words(studio, 1)
    studio.batching.queueing.add(wish(folder, "cup.png", recolor=True))
    wait(lambda: states(studio) == [State.SKIPPED, State.DONE] and is_idle(studio))


def test_the_report_is_saved_in_the_format_that_is_chosen(
    studio: Studio, folder: Path, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio.batching.queueing.add(wish(folder, "scan 1.png", "torn.jpg"))
    wait(lambda: State.FAILED in states(studio) and is_idle(studio))
    answer = str(folder / "report"), "Page with pictures (*.html)"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: answer)
    studio.batching.panel.report.click()
    wait(lambda: (folder / "report.html").exists() and is_idle(studio))
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "torn.jpg" in page
    assert page.count("data:image/jpeg") == 2


def test_the_dialog_refuses_what_makes_no_sense(studio: Studio, folder: Path) -> None:
    first = BatchWish("photos", (folder / "scan 1.png",))
    dialog = BatchDialog(first, folder / "out", 1, Settings(), False, studio.window)

    def allowed(template: str, out: str, where: str = "folder") -> bool:
        dialog.template.setText(template)
        dialog.folder.line.setText(out)
        dialog.where.setCurrentIndex(dialog.where.findData(where))
        return dialog.may_queue

    assert allowed("{name}", "out")
    assert dialog.note().startswith("For example: scan 1\n")
    assert not allowed("{what}", "out")
    assert "{name}" in dialog.note()
    assert not allowed("{name} {number}", "")
    assert allowed("{name} {number}", "", "beside")
    assert dialog.wish().output is None
    dialog.deleteLater()


def test_every_control_of_the_panel_has_a_name(studio: Studio) -> None:
    panel = studio.batching.panel
    for part in (panel.pause, panel.clear, panel.view, panel.bar):
        assert part.accessibleName()
    for button in (panel.retry, panel.cancel, panel.report):
        assert button.text()
        assert button.toolTip()
