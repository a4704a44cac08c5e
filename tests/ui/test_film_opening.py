"""GIFs, numbered frames and projects in the window, presets, and what is kept of models."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QFileDialog, QInputDialog
from pytestqt.qtbot import QtBot

from colordesk.edit import sidecar_path
from colordesk.jobs import Jobs
from colordesk.settings import Settings
from colordesk.ui.film.export_dialog import ExportDialog
from colordesk.ui.film.film_engine import FilmEngine
from colordesk.ui.film.kept import KeptAnswers
from colordesk.ui.film.kinds import is_film, look_like_frames
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.studio import Studio
from colordesk.video.presets import film_presets_dir
from colordesk.video.store import ChromaStore
from tests.films import make_film
from tests.ui.conftest import Wait, is_idle


def test_an_animated_gif_is_film_and_a_still_one_is_a_photo(
    studio: Studio, tmp_path: Path, wait: Wait
) -> None:
    frames = [Image.new("L", (32, 24), 20 * n) for n in range(5)]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:], duration=80)
    frames[0].save(tmp_path / "still.gif")
    (tmp_path / "broken.gif").write_bytes(b"GIF89a and no more")
    assert [is_film(tmp_path / name) for name in ("still.gif", "broken.gif")] == [False, False]
    studio.opening.open([tmp_path / "a.gif"])
    wait(lambda: studio.filming.view.canvas.after is not None and is_idle(studio))
    assert studio.filming.reel.count == 5
    assert "gif" in studio.filming.view.facts.text()


def test_numbered_frames_are_offered_as_a_film_at_a_rate(
    studio: Studio, tmp_path: Path, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "scan"
    folder.mkdir()
    for number in range(24):
        ramp = np.full((16, 24), 5 * number + 40, np.uint8)
        cv2.imwrite(str(folder / f"frame{number + 98}.png"), ramp)
    monkeypatch.setattr(QInputDialog, "getDouble", lambda *asked: (16.0, True))
    studio.opening.open([folder])
    wait(lambda: studio.banner.isVisible() and is_idle(studio))
    assert "numbered" in studio.banner.what.text()
    studio.banner.answer(0).click()
    wait(lambda: studio.filming.is_open and is_idle(studio))
    reel = studio.filming.reel
    assert (reel.count, reel.rate) == (24, Fraction(16))
    reel.set_last(7)
    wait(lambda: studio.filming.keeping._kept == reel.choices and is_idle(studio))
    kept = json.loads(sidecar_path(folder).read_text("utf-8"))["clips"][0]
    assert kept["fps"] == 16
    studio.actions["close"].trigger()
    studio.opening.open([folder])  # a film from now on, and nothing is asked
    wait(lambda: studio.filming.is_open and is_idle(studio))
    assert (reel.rate, reel.last) == (Fraction(16), 7)
    studio.filming.open(folder, rate=Fraction(24))
    wait(lambda: reel.rate == 24 and is_idle(studio))
    assert reel.last == 7, "the same frames at another rate"
    assert not look_like_frames([Path(f"IMG_{n}.jpg") for n in (1, 2, 4)] * 9)
    assert not look_like_frames([Path(f"portrait of {n}.jpg") for n in "abcdefghijklmnopqrstuvwx"])


def test_a_project_is_saved_opened_and_refused(
    studio: Studio, tmp_path: Path, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    film, file = make_film(tmp_path / "films" / "a.mkv"), tmp_path / "my film.json"
    studio.opening.open([film])
    wait(lambda: studio.filming.is_open and is_idle(studio))
    reel = studio.filming.reel
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *asked: (str(file.with_suffix("")), "")
    )
    studio.actions["save_project"].trigger()
    reel.set_first(3)
    wait(lambda: studio.filming.keeping._kept == reel.choices and is_idle(studio))
    assert "my film.json" in studio.window.windowTitle()
    assert json.loads(file.read_text("utf-8"))["clips"][0]["path"] == "films/a.mkv"
    assert not sidecar_path(film).exists()
    studio.actions["close"].trigger()
    studio.opening.open([file])
    wait(lambda: studio.filming.is_open and is_idle(studio))
    assert reel.first == 3
    of_mp3 = '{"schema": 1, "settings": {"codec": "mp3"}}'
    for text in ("{", of_mp3, of_mp3.replace("mp3", "h264").replace("}}", '}, "smooth": "a"}')):
        (tmp_path / "bad.json").write_text(text, "utf-8")
        studio.opening.open([tmp_path / "bad.json"])
        wait(lambda: studio.banner.isVisible() and is_idle(studio))
        assert studio.banner.kind == "error"
        assert "An error inside" not in studio.banner.what.text()
        studio.banner.dismiss()
    assert studio.filming.name == "my film.json"


def test_settings_are_kept_as_a_preset_and_used_again(
    studio: Studio, tmp_path: Path, wait: Wait
) -> None:
    studio.opening.open([make_film(tmp_path / "a.mkv")])
    wait(lambda: studio.filming.is_open and is_idle(studio))

    def ask(preset: str) -> ExportDialog:
        reel, folder = studio.filming.reel, film_presets_dir()
        return ExportDialog(reel, folder, preset, studio.icons, studio.window)

    first = ask("share")
    first.settings.codec.setCurrentIndex(first.settings.codec.findData("h265"))
    first.settings.codec.activated.emit(0)
    assert first.preset.key == ""
    first.settings.quality.setValue(27)
    first.over_time.smooth.number.setValue(70)
    first.over_time.clean.number.setValue(35)
    first.preset.save("For: the archive")
    assert first.preset.box.currentText() == "For- the archive"
    second = ask(first.preset.key)
    order = second.order()
    assert (order.settings.codec, order.settings.quality) == ("h265", 27)
    treatment = order.choices.treatment
    assert (treatment.smooth, treatment.clean, treatment.every) == (70, 35, 1)
    assert order.output.suffix == ".mp4"
    second.preset.choose("archive")
    assert second.order().output.suffix == ".mkv"
    (path,) = film_presets_dir().glob("*.json")
    of_mp3 = '{"schema": 1, "settings": {"codec": "mp3"}}'
    for text in ("{", of_mp3, of_mp3.replace("mp3", "h264").replace("}}", '}, "smooth": "a"}')):
        path.write_text(text, "utf-8")
        third = ask(first.preset.key)
        assert "For- the archive" in third.note.text()
        third.deleteLater()
    second.preset.box.setCurrentIndex(second.preset.box.findData(first.preset.key))
    second.preset.delete_button.setEnabled(True)
    second.preset.delete_button.click()
    assert not path.exists()
    assert ask("own:gone").order().settings.codec == "h264"
    for dialog in studio.window.findChildren(ExportDialog):
        dialog.deleteLater()


def test_kept_answers_are_told_and_cleared(own_home: Path, qtbot: QtBot, wait: Wait) -> None:
    store = ChromaStore("a film")
    store.put(1, np.ones((2, 64, 64), np.float32))
    store.close()
    bridge = JobBridge(Jobs())
    kept = KeptAnswers(bridge, FilmEngine(lambda: pytest.fail("no model is needed"), Settings()))
    qtbot.addWidget(kept)
    try:
        wait(lambda: kept.taken.text() == "1 MB of at most 4096 MB")
        kept.clear.click()
        wait(lambda: kept.taken.text() == "0 MB of at most 4096 MB")
        assert not kept.clear.isEnabled()
    finally:
        bridge.close()
