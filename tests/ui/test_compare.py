"""Several results of one photo beside each other: linked, made in the background, one is chosen."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from colordesk.edit import Edit, Look, write_edit
from colordesk.photo import Photo
from colordesk.settings import Settings
from colordesk.task import Cancelled, Task
from colordesk.ui.canvas.frame import Frame
from colordesk.ui.compare.contenders import Contenders
from colordesk.ui.compare.entry import MOST_RESULTS
from colordesk.ui.compare.tile import Tile
from colordesk.ui.engine import Engine, Models, Wish
from colordesk.ui.studio import Studio
from tests.models import make_model
from tests.ui.conftest import Wait, drag, is_idle, wheel
from tests.ui.test_editing import mean
from tests.ui.test_window import nameless

BLUE, RED = "model:blue", "model:red"


def tiles(studio: Studio) -> dict[str, Tile]:
    return studio.comparing.view.grid.tiles


def all_shown(studio: Studio) -> bool:
    shown = tiles(studio)
    return bool(shown) and all(tile.pane.shown is not None for tile in shown.values())


@pytest.fixture
def comparing(at_photo: Studio, wait: Wait) -> Studio:
    """The window comparing the two tiny models."""
    contenders = at_photo.comparing.contenders
    for offer in contenders.offers():
        contenders.choose(offer.key, offer.key in (BLUE, RED))
    at_photo.actions["compare"].trigger()
    wait(lambda: all_shown(at_photo) and is_idle(at_photo))
    return at_photo


def press(studio: Studio, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or studio.window, key)


def test_every_result_has_its_own_colours_and_all_panes_one_view(comparing: Studio) -> None:
    assert list(tiles(comparing)) == ["original", BLUE, RED]
    original, blue, red = (mean(tile.pane.shown) for tile in tiles(comparing).values())
    assert original.max() - original.min() < 1
    assert blue[2] > blue[0] + 20
    assert red[0] > red[2] + 20
    assert comparing.comparing.view.isVisible()
    assert not comparing.canvas.isVisible()
    for width, height in ((760, 520), (1280, 800), (1403, 777)):
        comparing.window.resize(width, height)
        QApplication.processEvents()
        sizes = {tile.pane.size().toTuple() for tile in tiles(comparing).values()}
        assert len(sizes) == 1
        pane = comparing.comparing.view.link.view.panes[0]
        assert {(pane.width(), pane.height())} == sizes


def test_zoom_and_pan_are_linked(comparing: Studio, wait: Wait) -> None:
    link, (first, *_, last) = comparing.comparing.view.link, tiles(comparing).values()
    middle = first.pane.width() / 2, first.pane.height() / 2
    wheel(first.pane, *middle, 12)
    assert not link.view.fitted
    zoom, seen = link.view.zoom, link.view.seen()
    drag(last.pane, middle, (middle[0] - 40, middle[1] - 30))
    assert link.view.zoom == zoom
    assert link.view.seen() != seen
    comparing.actions["actual"].trigger()
    assert link.view.zoom == 1.0
    assert "100" in comparing.status.findChildren(type(comparing.status.device))[1].text()
    wait(
        lambda: all(
            tile.pane.shown is not None and tile.pane.shown.whole.is_full
            for tile in tiles(comparing).values()
        )
    )
    QTest.keyClick(first.pane, Qt.Key.Key_Right)
    comparing.actions["fit"].trigger()
    assert link.view.fitted


def test_a_key_makes_a_result_the_edit_and_undo_takes_it_back(comparing: Studio) -> None:
    document = comparing.document
    assert tiles(comparing)[BLUE].is_winner
    press(comparing, Qt.Key.Key_2)
    assert document.edit == Edit(model="red")
    assert tiles(comparing)[RED].is_winner
    assert not tiles(comparing)[BLUE].is_winner
    assert "Tiny model red" in comparing.actions["undo"].text()
    comparing.actions["undo"].trigger()
    assert document.edit == Edit()
    assert tiles(comparing)[BLUE].is_winner
    press(comparing, Qt.Key.Key_7)  # nothing is there
    assert document.edit == Edit()
    comparing.actions["redo"].trigger()
    press(comparing, Qt.Key.Key_Escape)
    assert comparing.canvas.isVisible()
    assert document.edit == Edit(model="red")


def test_button_and_enter_choose(comparing: Studio) -> None:
    red = tiles(comparing)[RED]
    assert red.pick is not None
    red.pick.click()
    assert comparing.document.edit == Edit(model="red")
    assert red.pick.isChecked()
    red.pick.click()  # it is no switch
    assert red.pick.isChecked()
    tiles(comparing)["original"].pane.setFocus()
    press(comparing, Qt.Key.Key_Right)
    assert tiles(comparing)[BLUE].pane.hasFocus()
    press(comparing, Qt.Key.Key_Return)
    assert comparing.document.edit == Edit()


def test_edits_are_compared_too(comparing: Studio, wait: Wait) -> None:
    document, chooser = comparing.document, comparing.comparing.view.chooser
    document.change(Edit(look=Look(strength=30)), "test")
    chooser.keep_button.click()
    document.change(Edit(), "test")
    wait(lambda: all_shown(comparing) and is_idle(comparing))
    kept = [tile for key, tile in tiles(comparing).items() if key.startswith("edit:")]
    assert len(kept) == 1
    assert kept[0].entry.edit == Edit(look=Look(strength=30))
    blue = tiles(comparing)[BLUE]
    assert blue.entry.edit == Edit()
    pale, full = mean(kept[0].pane.shown), mean(blue.pane.shown)
    assert pale[2] - pale[0] < 0.5 * (full[2] - full[0])
    comparing.comparing.pick(kept[0].entry.key)
    assert document.edit.look.strength == 30
    assert blue.entry.edit == Edit()  # choosing one does not change the others


def test_an_edit_comes_from_a_file(
    comparing: Studio, wait: Wait, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "soft.json"
    write_edit(Edit(look=Look(saturation=40)), file)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args, **kw: (str(file), ""))
    comparing.comparing.view.chooser.file_button.click()
    wait(lambda: len(tiles(comparing)) == 4 and all_shown(comparing))
    assert [tile.entry.title for tile in tiles(comparing).values()][-1] == "soft"
    file.write_text("no json", encoding="utf-8")
    comparing.comparing.view.chooser.file_button.click()
    wait(comparing.banner.isVisible)
    assert len(tiles(comparing)) == 4


def test_one_bad_model_does_not_stop_the_others(
    make_studio: Callable[[], Studio], settings: Settings, photo: Path, wait: Wait
) -> None:
    bad = make_model(Path(settings.model_folders[0]) / "a.onnx", id="a-bad", ab=(float("nan"), 0.0))
    assert bad.exists()
    studio = make_studio()
    studio.start([photo])
    wait(lambda: studio.canvas.after is not None and is_idle(studio))
    contenders = studio.comparing.contenders
    for offer in contenders.offers():
        contenders.choose(offer.key, offer.key in ("model:a-bad", BLUE))
    studio.comparing.set_active(True)
    wait(lambda: is_idle(studio))
    assert tiles(studio)[BLUE].pane.shown is not None
    assert tiles(studio)["model:a-bad"].pane.shown is None
    assert "cannot be used" in tiles(studio)["model:a-bad"].pane.note()


def test_leaving_cancels_what_is_not_needed(
    comparing: Studio, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, left, cancelled = threading.Event(), threading.Event(), threading.Event()
    after = Engine.after

    def slow(engine: Engine, photo: Photo, wish: Wish, task: Task) -> Frame:
        if not begun.is_set():
            begun.set()
            left.wait(20)
            try:
                task.check()
            except Cancelled:
                cancelled.set()
                raise
        return after(engine, photo, wish, task)

    comparing.comparing.set_active(False)
    monkeypatch.setattr(Engine, "after", slow)
    comparing.comparing.set_active(True)
    assert begun.wait(20)
    comparing.comparing.set_active(False)
    left.set()
    wait(lambda: is_idle(comparing))
    assert cancelled.is_set()


def test_the_next_photo_is_compared(
    make_studio: Callable[[], Studio], folder: Path, wait: Wait
) -> None:
    studio = make_studio()
    studio.start([folder])
    wait(lambda: studio.canvas.after is not None and is_idle(studio))
    studio.actions["compare"].trigger()
    wait(lambda: all_shown(studio) and is_idle(studio))
    first = studio.comparing.view.link.size
    studio.actions["next"].trigger()
    wait(lambda: studio.comparing.view.link.size != first and all_shown(studio))
    studio.actions["close"].trigger()
    assert not studio.comparing.is_active
    assert studio.welcome.isVisible()
    assert not studio.actions["compare"].isEnabled()


def test_one_model_is_told_how_to_get_more(comparing: Studio) -> None:
    contenders, view = comparing.comparing.contenders, comparing.comparing.view
    models = tuple(contenders._models.values())
    comparing.comparing.set_models(Models(models[:1], models[0].manifest.id, ()))
    assert view.chooser.folder_button.isVisible()
    assert "one model" in view.chooser.hint.text()
    assert "Add models" in view.words()
    comparing.comparing.set_models(Models((), None, ()))
    assert view.empty.isVisible()
    assert "No model" in view.chooser.hint.text()


def test_not_more_results_than_keys() -> None:
    contenders = Contenders()
    for number in range(MOST_RESULTS + 3):
        contenders.keep(Edit(look=Look(strength=number)), "Edit")
    results = contenders.results()
    assert len(results) == MOST_RESULTS
    assert [entry.number for entry in results] == list(range(1, MOST_RESULTS + 1))
    assert len({entry.title for entry in results}) == MOST_RESULTS
    assert contenders.is_full
    contenders.remove(results[0].key)
    assert not contenders.is_full


def test_controls_have_names_and_are_reached_by_tab(comparing: Studio) -> None:
    view = comparing.comparing.view
    comparing.messages.note("info", "What", "Todo", ("Answer", lambda: None))
    assert nameless(comparing.window) == []
    for tile in tiles(comparing).values():
        assert tile.pane.accessibleName()
    comparing.window.activateWindow()
    tiles(comparing)["original"].pane.setFocus()
    seen = set()
    for _ in range(60):
        seen.add(QApplication.focusWidget())
        press(comparing, Qt.Key.Key_Tab)
    picks = {tile.pick for tile in tiles(comparing).values() if tile.pick is not None}
    panes = {tile.pane for tile in tiles(comparing).values()}
    assert picks | panes | set(view.chooser.boxes.values()) | {view.done} <= seen


def test_the_panels_and_the_keys_of_the_photo_come_back(comparing: Studio) -> None:
    assert comparing.window.panels.isHidden()
    comparing.comparing.view.done.click()
    assert not comparing.window.panels.isHidden()
    assert comparing.actions["panels"].isChecked()
    assert not comparing.actions["compare"].isChecked()
    comparing.comparing.set_active(True)
    press(comparing, Qt.Key.Key_C)
    assert not comparing.comparing.is_active
    press(comparing, Qt.Key.Key_1)
    assert comparing.document.edit == Edit()
    assert comparing.actions["single"].isChecked()


def test_a_probe_walks_by_keys(comparing: Studio) -> None:
    link, pane = comparing.comparing.view.link, tiles(comparing)[BLUE].pane
    QTest.keyClick(pane, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert link.probe == (257, 256)
    both = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(pane, Qt.Key.Key_Up, both)
    assert link.probe == (257, 246)
    QApplication.sendEvent(pane, QEvent(QEvent.Type.Leave))
    assert link.probe is None


def test_results_have_the_shape_of_the_photo(comparing: Studio, wait: Wait) -> None:
    link = comparing.comparing.view.link
    turned = dataclasses.replace(Edit().geometry, crop=(0.0, 0.0, 0.5, 1.0))
    comparing.document.change(Edit(geometry=turned), "test")
    assert link.size == (256, 512)
    wait(lambda: all_shown(comparing) and is_idle(comparing))
    for tile in tiles(comparing).values():
        assert tile.pane.shown is not None
        assert tile.pane.shown.whole.part == (0, 0, 256, 512)
    press(comparing, Qt.Key.Key_2)
    assert comparing.document.edit == Edit(model="red", geometry=turned)
