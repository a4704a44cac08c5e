"""Film in the window: it opens, is looked at frame by frame, and what is chosen stays beside it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from colordesk.edit import Edit, Look, sidecar_path
from colordesk.task import Task
from colordesk.ui.canvas.canvas import Mode
from colordesk.ui.canvas.frame import Shown
from colordesk.ui.film.film_engine import FilmEngine
from colordesk.ui.studio import Studio
from colordesk.video.clip import Clip
from tests.films import coloured_squares, make_colour_film, make_film
from tests.ui.conftest import Wait, drag, is_idle

COUNT = 30


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A gray film of 30 frames with sound; its picture changes at frame 20."""
    path = tmp_path / "films" / "a street ü.mp4"
    return make_film(path, count=COUNT, size=(96, 64), codec="libx264", audio="aac", cut_at=20)


@pytest.fixture
def at_film(studio: Studio, film: Path, wait: Wait) -> Studio:
    """The window with a film in colour."""
    studio.opening.open([film])
    wait(lambda: in_colour(studio) and is_idle(studio))
    return studio


def colourfulness(shown: Shown | None) -> float:
    return float(np.ptp(pixels(shown), axis=2).mean())


def pixels(shown: Shown | None) -> np.ndarray:
    assert shown is not None
    return shown.whole.rgb.astype(int)


def in_colour(studio: Studio) -> bool:
    canvas = studio.filming.view.canvas
    return canvas.after is not None and colourfulness(canvas.after) > 10


def press(studio: Studio, key: Qt.Key) -> None:
    QTest.keyClick(studio.filming.view.canvas, key)


def test_a_film_is_shown_before_and_after(at_film: Studio, film: Path) -> None:
    view = at_film.filming.view
    assert view.isVisible()
    assert not at_film.window.panels.isVisible()
    assert colourfulness(view.canvas.before) < 1
    assert "a street ü.mp4" in at_film.window.windowTitle()
    for words in ("96 × 64", "25 frames/s", "30 frames", "h264", "Sound: aac"):
        assert words in view.facts.text()
    assert at_film.document.photo is None
    at_film.actions["side"].trigger()
    assert view.canvas.mode is Mode.SIDE
    at_film.canvas.set_mode(Mode.SPLIT)
    assert at_film.status._zoom.isVisible(), "the page of photos has no say now"


def test_keys_go_to_the_film_again_when_a_message_was_answered(at_film: Studio, wait: Wait) -> None:
    canvas = at_film.filming.view.canvas
    at_film.window.activateWindow()
    at_film.messages.note("info", "It was stopped.", "", ("Go on", lambda: None))
    button = at_film.banner.answer(0)
    button.setFocus()
    wait(lambda: QApplication.focusWidget() is button)
    button.click()
    wait(lambda: QApplication.focusWidget() is canvas)
    QTest.keyClick(at_film.window.windowHandle(), Qt.Key.Key_Right)
    assert at_film.filming.reel.frame == 1


def test_in_a_small_window_nothing_of_the_bar_is_cut_off(at_film: Studio, wait: Wait) -> None:
    bar, wide = at_film.filming.view.transport, at_film.window.size()
    assert bar._frame.isVisible()
    at_film.window.resize(at_film.window.minimumSize())
    wait(lambda: not bar._frame.isVisible())
    assert bar._row.sizeHint().width() <= bar.width()
    assert bar.play_button.isVisible()
    at_film.window.resize(wide)
    wait(bar._frame.isVisible)


def test_a_film_in_colour_is_noticed(studio: Studio, tmp_path: Path, wait: Wait) -> None:
    rgb = coloured_squares()
    path = make_colour_film(tmp_path / "in colour.mkv", [np.zeros_like(rgb), *[rgb] * 9])
    studio.opening.open([path])
    wait(lambda: studio.banner.isVisible() and is_idle(studio))
    assert "colours of its own" in studio.banner.what.text()
    studio.opening.open([make_film(tmp_path / "gray.mkv")])
    wait(lambda: studio.filming.name == "gray.mkv" and in_colour(studio) and is_idle(studio))
    assert not studio.banner.isVisible()


def test_where_a_film_was_cut_off_nothing_else_is_shown(
    studio: Studio, tmp_path: Path, wait: Wait
) -> None:
    film = make_film(tmp_path / "cut off.mkv", count=120)
    film.write_bytes(film.read_bytes()[: film.stat().st_size // 5])
    studio.opening.open([film])
    wait(lambda: in_colour(studio) and is_idle(studio))
    canvas = studio.filming.view.canvas
    assert studio.filming.reel.count == 120, "its head tells of frames that are not there"
    press(studio, Qt.Key.Key_End)
    wait(lambda: canvas.before is None and is_idle(studio))
    assert canvas._note == "The film ends before this frame."
    press(studio, Qt.Key.Key_Home)
    wait(lambda: in_colour(studio) and is_idle(studio))
    assert not canvas._note


def test_a_film_is_looked_at_frame_by_frame(at_film: Studio, wait: Wait) -> None:
    reel, canvas = at_film.filming.reel, at_film.filming.view.canvas
    first = pixels(canvas.before)
    press(at_film, Qt.Key.Key_Right)
    assert reel.frame == 1
    press(at_film, Qt.Key.Key_End)
    assert reel.frame == COUNT - 1
    wait(lambda: is_idle(at_film))
    assert np.abs(pixels(canvas.before) - first).mean() > 5
    assert in_colour(at_film)
    press(at_film, Qt.Key.Key_Right)
    assert reel.frame == COUNT - 1
    press(at_film, Qt.Key.Key_Left)
    press(at_film, Qt.Key.Key_Home)
    assert reel.frame == 0
    wait(lambda: is_idle(at_film))
    assert np.array_equal(pixels(canvas.before), first)
    timeline = at_film.filming.view.timeline
    for frame in (3, 9, 27, 5, 22):  # of a drag the last one is shown
        timeline.setValue(frame)
    wait(lambda: is_idle(at_film))
    rgb = pixels(canvas.before)
    timeline.setValue(2)
    wait(lambda: is_idle(at_film))
    timeline.setValue(22)
    wait(lambda: is_idle(at_film))
    assert np.array_equal(pixels(canvas.before), rgb)
    assert in_colour(at_film)
    view = at_film.filming.view
    reel.go(10)
    press(at_film, Qt.Key.Key_I)
    reel.go(19)
    press(at_film, Qt.Key.Key_O)
    assert (reel.first, reel.last) == (10, 19)
    assert "out point" in at_film.actions["undo"].text()
    at_film.actions["undo"].trigger()
    assert (reel.first, reel.last) == (10, COUNT - 1)
    reel.go(4)
    press(at_film, Qt.Key.Key_O)
    assert (reel.first, reel.last) == (0, 4), "an in point after the out point goes"
    view.transport.whole_button.click()
    assert (reel.first, reel.last) == (0, COUNT - 1)
    end, low = timeline.x_of(COUNT), 48.0
    drag(timeline, (end - 1, low), (timeline.x_of(12.5), low))
    drag(timeline, (timeline.x_of(0) + 1, low), (timeline.x_of(5.5), low))
    assert (reel.first, reel.last) == (5, 12)
    drag(timeline, (timeline.x_of(13), low), (timeline.x_of(2), low))
    assert (reel.first, reel.last) == (5, 5), "the out point stays behind the in point"
    at_film.actions["undo"].trigger()
    assert (reel.first, reel.last) == (5, 12), "a drag is one step"


def test_the_look_is_seen_and_kept_beside_the_film(at_film: Studio, film: Path, wait: Wait) -> None:
    filming = at_film.filming
    filming.reel.go(6)
    press(at_film, Qt.Key.Key_I)
    filming.view.look_panel.slider("strength").number.setValue(0)
    wait(lambda: sidecar_path(film).exists() and is_idle(at_film))
    assert colourfulness(filming.view.canvas.after) < 1
    filming.view.model_panel.model_chosen.emit("red")
    filming.view.look_panel.edited.emit(Look(), "reset", -1)
    wait(lambda: is_idle(at_film) and in_colour(at_film))
    red, _, blue = pixels(filming.view.canvas.after).reshape(-1, 3).mean(axis=0)
    assert red > blue + 20
    at_film.actions["close"].trigger()
    wait(lambda: is_idle(at_film))
    assert not filming.is_open
    assert at_film.welcome.isVisible()
    assert json.loads(sidecar_path(film).read_text("utf-8"))["edit"]["model"] == "red"
    at_film.opening.open([film])
    wait(lambda: filming.is_open and is_idle(at_film))
    assert filming.reel.edit.model == "red"
    assert filming.reel.first == filming.reel.frame == 6


def test_photo_and_film_take_each_others_place(
    at_photo: Studio, film: Path, photo: Path, wait: Wait
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(film))])
    at_photo.window.dropped.emit(mime)
    wait(lambda: at_photo.filming.is_open and is_idle(at_photo))
    assert at_photo.document.photo is None
    assert at_photo.filming.view.isVisible()
    at_photo.opening.open([photo])
    wait(lambda: at_photo.canvas.after is not None and is_idle(at_photo))
    assert not at_photo.filming.is_open
    assert at_photo.canvas.isVisible()
    assert at_photo.window.panels.isVisible()
    assert any(entry.text().endswith(film.name) for entry in at_photo.recent.menu.actions())


def test_what_is_no_film_changes_nothing_and_a_damaged_project_is_left_alone(
    studio: Studio, film: Path, tmp_path: Path, wait: Wait
) -> None:
    sidecar_path(film).write_text("{", "utf-8")
    studio.opening.open([film])
    wait(lambda: studio.filming.is_open and is_idle(studio))
    assert studio.banner.kind == "warning"
    studio.filming.reel.go(3)
    studio.filming.reel.set_first(3)
    studio.filming.stop()  # keeps at once what is to be kept
    assert sidecar_path(film).read_text("utf-8") == "{"
    broken = tmp_path / "broken.mkv"
    for content in (b"", b"no film at all" * 99):
        studio.banner.dismiss()
        broken.write_bytes(content)
        studio.opening.open([broken])
        wait(lambda: studio.banner.isVisible())
        assert "broken.mkv" in studio.banner.what.text()
        assert studio.filming.name == "a street ü.mp4"


def test_another_window_goes_on_with_the_film(
    at_film: Studio, film: Path, wait: Wait, make_studio: Callable[[], Studio]
) -> None:
    wait(lambda: is_idle(at_film))
    reel = at_film.filming.reel
    reel.set_first(3)
    reel.change_edit(Edit(look=Look(saturation=50)), "paler")
    reel.split(8)
    reel.undo_stack.undo()
    reel.go(5)
    reached, shots = reel.choices, reel.shot_starts
    state = at_film.state()
    assert (state.current, state.film.path) == (None, film)
    at_film.filming.stop()
    other = make_studio()
    other.resume(state)
    wait(lambda: other.filming.is_open and is_idle(other))
    assert other.filming.name == film.name
    again = other.filming.reel
    assert (again.choices, again.frame, again.shot_starts) == (reached, 5, shots)
    other.actions["redo"].trigger()
    assert len(again.stretches) == 2
    for _ in range(3):
        other.actions["undo"].trigger()
    assert again.choices == state.film.steps[0].before
    assert not again.undo_stack.canUndo()


def test_the_search_for_shots_can_be_seen_stopped_and_begun_again(
    studio: Studio, film: Path, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    going, told = threading.Event(), []
    real = FilmEngine.shots

    def slow(engine: FilmEngine, clip: Clip, task: Task) -> list[int]:
        if going.is_set():
            return real(engine, clip, task)
        while True:
            task.progress(0.5)
            task.check()
            going.wait(0.01)

    monkeypatch.setattr(FilmEngine, "shots", slow)
    studio.bridge.changed.connect(lambda job: told.append((job.title, job.progress)))
    studio.filming.open(film)
    wait(lambda: (f"Looking for the shots of {film.name}", 0.5) in told)
    jobs = studio.status.jobs
    wait(lambda: not jobs.isHidden() and "shots" in jobs.title.text())
    jobs.cancel_button.click()
    wait(lambda: studio.banner.isVisible())
    assert "are not known" in studio.banner.what.text()
    reel = studio.filming.reel
    assert reel.clip is not None
    assert not reel.knows_shots(reel.clip)
    going.set()
    (again,) = [b for b in studio.banner.findChildren(QPushButton) if b.text()]
    assert again.text() == "Look for them again"
    again.click()
    wait(lambda: reel.clip is not None and reel.knows_shots(reel.clip))


def test_a_window_that_is_closed_keeps_what_was_just_chosen(
    at_film: Studio, film: Path, wait: Wait
) -> None:
    at_film.filming.player.play()
    at_film.filming.reel.set_last(9)
    assert not sidecar_path(film).exists()
    at_film.window.close()
    assert json.loads(sidecar_path(film).read_text("utf-8"))["clips"][0]["end"] < 0.42
