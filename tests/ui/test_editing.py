"""What a person changes is one entry of the undo stack each, and is seen at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from colordesk.edit import Edit, Look
from colordesk.ui.canvas.canvas import Mode
from colordesk.ui.canvas.frame import Shown
from colordesk.ui.studio import Studio
from tests.ui.conftest import Wait, drag, is_idle, mouse
from tests.ui.test_canvas import pixels


def mean(shown: Shown | None) -> np.ndarray:
    assert shown is not None
    means: np.ndarray = pixels(shown.whole.levels[0]).reshape(-1, 3).mean(axis=0)
    return means


def settled(studio: Studio, wait: Wait) -> np.ndarray:
    wait(lambda: is_idle(studio))
    return mean(studio.canvas.after)


def test_the_model_colours_the_photo(at_photo: Studio) -> None:
    red, _, blue = mean(at_photo.canvas.after)
    assert blue > red + 20
    before = mean(at_photo.canvas.before)
    assert before.max() - before.min() < 1


def test_a_drag_is_one_entry_however_many_steps(at_photo: Studio, wait: Wait) -> None:
    full = settled(at_photo, wait)
    track = at_photo.look_panel.slider("strength").track
    y = track.height() / 2
    drag(track, (track.width() - 7, y), (track.width() / 2, y), steps=25)
    assert at_photo.document.undo_stack.count() == 1
    assert at_photo.document.edit.look.strength == pytest.approx(50, abs=2)
    drag(track, (track.width() / 2, y), (track.width() / 4, y), steps=25)
    assert at_photo.document.undo_stack.count() == 2
    quarter = settled(at_photo, wait)
    assert quarter[2] - quarter[0] < 0.4 * (full[2] - full[0])


def test_a_drag_that_comes_back_leaves_no_entry(at_photo: Studio) -> None:
    track = at_photo.look_panel.slider("tint").track
    y, x = track.height() / 2, track.width() / 2
    mouse(track, QEvent.Type.MouseButtonPress, x, y)
    for there in (x + 30, x + 60, x + 20, x):
        mouse(track, QEvent.Type.MouseMove, there, y)
    mouse(track, QEvent.Type.MouseButtonRelease, x, y)
    assert at_photo.document.edit == Edit()
    assert at_photo.document.undo_stack.count() == 0
    assert not at_photo.document.dirty


def test_undo_and_redo(at_photo: Studio, wait: Wait) -> None:
    first = settled(at_photo, wait)
    at_photo.look_panel.slider("temperature").number.setValue(80)
    warm = settled(at_photo, wait)
    assert warm[0] - warm[2] > first[0] - first[2] + 10
    assert at_photo.actions["undo"].text() == "&Undo change of temperature"
    assert at_photo.window.isWindowModified()
    at_photo.actions["undo"].trigger()
    assert at_photo.look_panel.slider("temperature").value() == 0
    assert np.allclose(settled(at_photo, wait), first, atol=1)
    assert not at_photo.window.isWindowModified()
    assert at_photo.actions["redo"].text() == "&Redo change of temperature"
    at_photo.actions["redo"].trigger()
    assert np.allclose(settled(at_photo, wait), warm, atol=1)
    assert not at_photo.actions["redo"].isEnabled()


def test_numbers_are_typed(at_photo: Studio) -> None:
    slider = at_photo.look_panel.slider("saturation")
    slider.number.setFocus()
    slider.number.selectAll()
    QTest.keyClicks(slider.number, "135")
    assert at_photo.document.edit.look.saturation == 100
    QTest.keyClick(slider.number, Qt.Key.Key_Return)
    assert at_photo.document.edit.look.saturation == 135
    assert slider.track.value() == 135
    slider.number.selectAll()
    QTest.keyClicks(slider.number, "20")
    QTest.keyClick(slider.number, Qt.Key.Key_Return)
    assert at_photo.document.undo_stack.count() == 2


def test_keys_on_a_slider_are_one_entry_a_visit(at_photo: Studio) -> None:
    slider = at_photo.look_panel.slider("saturation")
    slider.track.setFocus()
    for _ in range(5):
        QTest.keyClick(slider.track, Qt.Key.Key_Right)
    assert at_photo.document.edit.look.saturation == 105
    assert at_photo.document.undo_stack.count() == 1


def test_double_click_resets(at_photo: Studio) -> None:
    slider = at_photo.look_panel.slider("strength")
    slider.number.setValue(30)
    track, y = slider.track, slider.track.height() / 2
    mouse(track, QEvent.Type.MouseButtonPress, 10, y)
    mouse(track, QEvent.Type.MouseButtonRelease, 10, y)
    mouse(track, QEvent.Type.MouseButtonDblClick, 10, y)
    mouse(track, QEvent.Type.MouseButtonRelease, 10, y)
    assert at_photo.document.edit.look.strength == 100
    slider.number.setValue(30)
    label = slider.findChild(QLabel)
    assert isinstance(label, QLabel)
    QTest.mouseDClick(label, Qt.MouseButton.LeftButton)
    assert at_photo.document.edit.look.strength == 100


def test_reset_of_a_panel_is_one_entry(at_photo: Studio) -> None:
    for name in ("strength", "tint", "temperature"):
        at_photo.look_panel.slider(name).number.setValue(10)
    count = at_photo.document.undo_stack.count()
    at_photo.look_panel.section.reset_wanted.emit()
    assert at_photo.document.edit == Edit()
    assert at_photo.document.undo_stack.count() == count + 1
    at_photo.actions["undo"].trigger()
    assert at_photo.document.edit.look == Look(strength=10, tint=10, temperature=10)


def test_another_model(at_photo: Studio, wait: Wait) -> None:
    panel = at_photo.model_panel
    assert panel.model_box.currentData() == "blue"
    choose(panel.model_box, "red")
    red = settled(at_photo, wait)
    assert red[0] > red[2] + 20
    assert at_photo.document.edit.model == "red"
    choose(panel.model_box, "blue")
    assert at_photo.document.edit == Edit()  # the default needs no mention
    at_photo.actions["undo"].trigger()
    assert panel.model_box.currentData() == "red"
    at_photo.actions["reset"].trigger()
    assert at_photo.document.edit == Edit()


def test_another_working_size(at_photo: Studio, wait: Wait) -> None:
    choose(at_photo.model_panel.size_box, 256)
    assert at_photo.document.edit.size == 256
    settled(at_photo, wait)
    assert at_photo.canvas.after is not None
    choose(at_photo.model_panel.size_box, None)
    assert at_photo.document.edit == Edit()


def test_a_model_that_is_not_there_is_said(at_photo: Studio, wait: Wait) -> None:
    at_photo.document.change(Edit(model="gone"), "test")
    wait(lambda: at_photo.banner.isVisible() and is_idle(at_photo))
    assert "gone" in at_photo.banner.what.text()
    assert "missing" in at_photo.model_panel.model_box.currentText()
    assert at_photo.canvas.after is None
    at_photo.actions["undo"].trigger()
    wait(lambda: at_photo.canvas.after is not None)


def test_the_device_that_computes_is_shown(at_photo: Studio) -> None:
    assert at_photo.status.device.text().startswith("CPU")
    at_photo.status.device.click()
    popup = at_photo.status.popup
    assert popup.isVisible()
    assert "The settings ask for cpu" in popup.text()
    popup.close()


def test_compare_modes(at_photo: Studio) -> None:
    for mode in Mode:
        at_photo.actions[mode.value].trigger()
        assert at_photo.canvas.mode is mode
    at_photo.actions["single"].trigger()
    QTest.keyPress(at_photo.canvas, Qt.Key.Key_O)
    assert at_photo.canvas.peeks
    QTest.keyRelease(at_photo.canvas, Qt.Key.Key_O)
    assert not at_photo.canvas.peeks


def test_zoom_by_actions_asks_for_true_pixels(at_photo: Studio, wait: Wait) -> None:
    canvas = at_photo.canvas
    at_photo.actions["actual"].trigger()
    assert canvas.view.zoom == 1.0
    wait(lambda: canvas.after is not None and canvas.after.whole.is_full)
    wait(lambda: canvas.before is not None and canvas.before.whole.is_full)
    at_photo.actions["zoom_in"].trigger()
    assert canvas.view.zoom == 1.5
    at_photo.actions["zoom_out"].trigger()
    at_photo.actions["fit"].trigger()
    assert canvas.view.fitted
    at_photo.status.zoom_wanted.emit()
    assert canvas.view.zoom == 1.0


def test_sidecars_are_written_only_when_saved(at_photo: Studio, photo: Path) -> None:
    at_photo.look_panel.slider("tint").number.setValue(5)
    assert [path.name for path in photo.parent.iterdir()] == [photo.name]


def choose(box: object, data: object) -> None:
    """Choose an entry as a person does."""
    from PySide6.QtWidgets import QComboBox

    assert isinstance(box, QComboBox)
    index = box.findData(data)
    assert index >= 0
    box.setCurrentIndex(index)
    box.activated.emit(index)
