"""Saved colours in the real window: kept under names, found in other photos, set if confirmed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog

from colordesk.paths import saved_colours_file
from colordesk.steer.saved import read_saved
from colordesk.ui.dialogs.matches import Matches
from colordesk.ui.studio import Studio
from tests.models import make_model
from tests.ui.conftest import Wait, is_idle
from tests.ui.test_points import ab_at, click

COATS = {"a.png": (0.3, 0.5), "b.png": (0.7, 0.4), "c.png": None, "d.png": (0.5, 0.6)}
"""Where the coat is in each photo."""


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Photos in which a light coat is here and there, or not at all."""
    folder = tmp_path / "album"
    folder.mkdir()
    for name, place in COATS.items():
        pixels = np.full((120, 160), 60, np.uint8)
        if place is not None:
            x, y = int(place[0] * 160), int(place[1] * 120)
            pixels[y - 16 : y + 16, x - 16 : x + 16] = 196
        (folder / name).write_bytes(cv2.imencode(".png", pixels)[1].tobytes())
    return folder


@pytest.fixture
def at_coat(
    tmp_path: Path,
    settings: object,
    make_studio: Callable[[], Studio],
    album: Path,
    wait: Wait,
    monkeypatch: pytest.MonkeyPatch,
) -> Studio:
    """The window with the album, a point on the coat, and its colour saved."""
    make_model(tmp_path / "models" / "blue.onnx", id="blue", ab=(0.0, -40.0), features=True)
    studio = make_studio()
    studio.opening.open([album])
    wait(lambda: studio.canvas.after is not None and is_idle(studio))
    assert not studio.saved_panel.hint.isHidden()
    assert not studio.actions["find_colour"].isEnabled()
    studio.actions["points"].trigger()
    click(studio, *(COATS["a.png"] or (0, 0)))
    studio.steering.tool.chosen.emit(0)
    studio.points_panel.picker.edited.emit(20.0, 12.0, -1)
    asked: list[str] = []

    def answer(*given: object, text: str) -> tuple[str, bool]:
        asked.append(text)
        return " navy wool coat ", True

    monkeypatch.setattr(QInputDialog, "getText", answer)
    studio.actions["save_colour"].trigger()
    wait(lambda: is_idle(studio))
    assert asked == [""]
    return studio


def search(studio: Studio, wait: Wait) -> Matches:
    """Look for the chosen colour; return what is shown then."""
    studio.actions["find_colour"].trigger()
    wait(lambda: is_idle(studio))
    assert studio.finding.dialog is not None
    return studio.finding.dialog


def test_a_colour_is_found_and_set_where_it_was_confirmed(
    at_coat: Studio, album: Path, wait: Wait
) -> None:
    (saved,) = read_saved(saved_colours_file())
    assert (saved.name, saved.a, saved.b, saved.model) == ("navy wool coat", 20, 12, "blue")
    assert at_coat.saved_panel.list.currentItem().text() == "navy wool coat"
    (album / "torn.png").write_bytes(b"no picture")
    at_coat.opening.open([album])
    wait(lambda: is_idle(at_coat))

    dialog = search(at_coat, wait)
    texts = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    # in a.png it was saved, and c.png does not show it
    assert sorted(text.split("\n")[0] for text in texts) == ["b.png", "d.png"]
    assert dialog.note.text() == "Cannot be read: torn.png."
    assert not dialog.take.isEnabled()  # nothing is painted unasked

    row = next(row for row, text in enumerate(texts) if text.startswith("b.png"))
    dialog.list.setCurrentRow(row)
    dialog.show_photo.click()
    wait(lambda: is_idle(at_coat))
    photo = at_coat.document.photo
    assert photo is not None
    assert photo.path == album / "b.png"
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    other = next(row for row, text in enumerate(texts) if text.startswith("d.png"))
    dialog.list.setCurrentRow(other)
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    dialog.take.click()
    wait(lambda: is_idle(at_coat))
    assert at_coat.finding.dialog is None
    (point,) = at_coat.document.edit.points
    assert (point.name, point.ab) == ("navy wool coat", (20, 12))
    assert (point.x, point.y) == pytest.approx(COATS["b.png"], abs=0.1)
    assert ab_at(at_coat, point.x, point.y) == pytest.approx((20, 12), abs=4)
    assert len(at_coat.document.unkept()[album / "d.png"].points) == 1
    assert at_coat.document.undo_stack.undoText() == "“navy wool coat” where it was found"

    at_coat.actions["find_colour"].trigger()  # what is there already is not found again
    wait(lambda: is_idle(at_coat))
    assert at_coat.banner.what.text().startswith("Nothing like “navy wool coat” was found.")
    at_coat.actions["undo"].trigger()
    assert at_coat.document.edit.points == ()
    assert album / "d.png" not in at_coat.document.unkept()


def test_a_saved_colour_is_used_and_forgotten(at_coat: Studio, wait: Wait) -> None:
    panel = at_coat.saved_panel
    click(at_coat, 0.8, 0.2)
    panel.use.click()
    point = at_coat.document.edit.points[-1]
    assert (point.name, point.ab) == ("navy wool coat", (20, 12))
    at_coat.steering.choose(-1)
    panel.use.click()
    assert at_coat.banner.what.text() == "No colour point is chosen."
    panel.remove.click()
    wait(lambda: is_idle(at_coat))
    assert read_saved(saved_colours_file()) == ()
    assert not panel.hint.isHidden()
    at_coat.banner.answer(0).click()
    wait(lambda: is_idle(at_coat))
    assert [colour.name for colour in read_saved(saved_colours_file())] == ["navy wool coat"]


def test_a_model_that_tells_nothing_apart_says_so(at_coat: Studio, wait: Wait) -> None:
    at_coat.model_panel.model_chosen.emit("red")
    at_coat.remembering.save("another coat")
    wait(lambda: is_idle(at_coat))
    assert "Tiny model red cannot tell the things in a photo apart" in at_coat.banner.what.text()
    assert len(read_saved(saved_colours_file())) == 1
