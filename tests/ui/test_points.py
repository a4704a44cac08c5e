"""Colour points in the real window: set, changed, walked among, and taken back."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from colordesk import gamut
from colordesk.edit import ColorPoint, read_edit, sidecar_path
from colordesk.ui.canvas.frame import make_frame
from colordesk.ui.dialogs.pick_colour import PickColour
from colordesk.ui.studio import Studio
from colordesk.ui.widgets.gamut import GamutPicker
from tests.ui.conftest import Wait, drag, is_idle, mouse


@pytest.fixture
def steered(at_photo: Studio) -> Studio:
    """The window with a photo and the tool in hand."""
    at_photo.actions["single"].trigger()
    at_photo.actions["points"].trigger()
    return at_photo


def click(studio: Studio, x: float, y: float) -> None:
    """Click at a place of the photo, from 0 to 1."""
    where = at(studio, x, y)
    mouse(studio.canvas, QEvent.Type.MouseButtonPress, *where)
    mouse(studio.canvas, QEvent.Type.MouseButtonRelease, *where)


def at(studio: Studio, x: float, y: float) -> tuple[float, float]:
    room = studio.canvas.view.photo_rect()
    return room.left() + x * room.width(), room.top() + y * room.height()


def ab_at(studio: Studio, x: float, y: float) -> tuple[float, float]:
    assert studio.canvas.after is not None
    return gamut.lab(*studio.canvas.after.whole.colour_at(x, y))[1:]


def points(studio: Studio) -> tuple[ColorPoint, ...]:
    return studio.document.edit.points


def test_a_click_sets_a_point_that_changes_nothing_yet(steered: Studio, wait: Wait) -> None:
    before = ab_at(steered, 0.3, 0.6)
    click(steered, 0.3, 0.6)
    (point,) = points(steered)
    assert (point.x, point.y) == pytest.approx((0.3, 0.6), abs=0.005)
    assert (point.a, point.b) == pytest.approx(before, abs=2)
    assert steered.actions["undo"].text() == "&Undo new colour point"
    assert steered.points_panel.editor.isVisible()
    wait(lambda: is_idle(steered))
    assert ab_at(steered, 0.3, 0.6) == pytest.approx(before, abs=3)
    steered.window.activateWindow()
    steered.points_panel.picker.setFocus()
    wait(steered.points_panel.picker.hasFocus)
    steered.actions["undo"].trigger()
    wait(steered.canvas.hasFocus)


def test_a_chosen_colour_is_seen_and_undone(steered: Studio, wait: Wait) -> None:
    click(steered, 0.5, 0.5)
    wait(lambda: is_idle(steered))
    first = ab_at(steered, 0.5, 0.5)
    picker = steered.points_panel.picker
    drag(picker, (picker.width() / 2, picker.height() / 2), (picker.width() / 2 + 20, 60))
    assert steered.document.undo_stack.count() == 2  # one drag, one entry
    (point,) = points(steered)
    assert point.a > 5
    assert point.b > 5
    wait(lambda: is_idle(steered))
    assert ab_at(steered, 0.5, 0.5) == pytest.approx(point.ab, abs=3)
    steered.actions["undo"].trigger()
    wait(lambda: is_idle(steered))
    assert ab_at(steered, 0.5, 0.5) == pytest.approx(first, abs=3)
    steered.actions["undo"].trigger()
    assert points(steered) == ()
    assert steered.points_panel.editor.isHidden()


def test_points_are_moved_by_hand(steered: Studio) -> None:
    click(steered, 0.3, 0.3)
    drag(steered.canvas, at(steered, 0.3, 0.3), at(steered, 0.6, 0.4))
    (point,) = points(steered)
    assert (point.x, point.y) == pytest.approx((0.6, 0.4), abs=0.01)
    assert steered.document.undo_stack.undoText() == "move of a colour point"
    assert steered.document.undo_stack.count() == 2
    drag(steered.canvas, at(steered, 0.6, 0.4), (-50, 9000))
    assert (points(steered)[0].x, points(steered)[0].y) == (0, 1)


def test_everything_by_keys(steered: Studio) -> None:
    canvas = steered.canvas
    QTest.keyClick(canvas, Qt.Key.Key_Return)  # the cross appears
    assert points(steered) == ()
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    (point,) = points(steered)
    assert point.x > 0.5
    QTest.keyClick(canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert points(steered)[0].y > point.y
    click(steered, 0.1, 0.1)
    QTest.keyClick(canvas, Qt.Key.Key_BracketLeft)
    assert steered.steering.current == 0
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert len(points(steered)) == 1
    assert points(steered)[0].x == pytest.approx(0.1, abs=0.01)
    picker = steered.points_panel.picker
    QTest.keyClick(canvas, Qt.Key.Key_BracketRight)
    before = points(steered)[0].a
    QTest.keyClick(picker, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert points(steered)[0].a == pytest.approx(before + 8, abs=0.1)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert steered.steering.current == -1
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not steered.actions["points"].isChecked()
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert len(points(steered)) == 1


def test_the_panel_changes_the_chosen_point(steered: Studio, wait: Wait) -> None:
    panel = steered.points_panel
    click(steered, 0.2, 0.2)
    click(steered, 0.8, 0.8)
    panel.list.setCurrentRow(0)
    panel.gray.click()
    panel.reach.number.setValue(30)
    panel.name.setText("white hair")
    panel.name.editingFinished.emit()
    first, second = points(steered)
    assert (first.gray, first.radius, first.name) == (True, 0.3, "white hair")
    assert (second.gray, second.name) == (False, "")
    assert panel.list.item(0).text() == "white hair"
    wait(lambda: is_idle(steered))
    assert np.hypot(*ab_at(steered, 0.2, 0.2)) < 4
    panel.remove.click()
    assert points(steered) == (second,)
    panel.section.reset_wanted.emit()
    assert points(steered) == ()


def test_colours_are_offered_and_remembered(steered: Studio, wait: Wait) -> None:
    panel = steered.points_panel
    click(steered, 0.4, 0.4)
    wait(lambda: not panel.suggested.isHidden())
    offered = panel.suggested._buttons[0]
    assert offered.ab == pytest.approx((0, -40), abs=1)  # what the model says
    assert "#" in offered.accessibleName()
    steered.steering._colour(12.0, 34.0, -1)
    click(steered, 0.7, 0.7)
    panel.recent._buttons[0].click()
    assert points(steered)[1].ab == (12, 34)


def test_a_colour_is_taken_from_the_photo(steered: Studio, wait: Wait) -> None:
    click(steered, 0.2, 0.2)
    steered.steering._colour(40.0, 20.0, -1)
    wait(lambda: is_idle(steered))
    click(steered, 0.8, 0.8)
    steered.points_panel.pick.click()
    click(steered, 0.2, 0.2)
    assert len(points(steered)) == 2
    assert points(steered)[1].ab == pytest.approx(ab_at(steered, 0.2, 0.2), abs=1)
    assert not steered.points_panel.pick.isChecked()


def test_a_colour_is_taken_from_another_photo(
    steered: Studio, tmp_path: Path, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "red.png"
    path.write_bytes(
        cv2.imencode(".png", np.full((40, 60, 3), (40, 60, 180), np.uint8))[1].tobytes()
    )
    monkeypatch.setattr(PickColour, "exec", lambda dialog: 1)
    click(steered, 0.5, 0.5)
    steered.steering.open_to_pick(path)
    wait(lambda: points(steered)[0].a > 30)
    assert points(steered)[0].ab == pytest.approx(gamut.lab(180, 60, 40)[1:], abs=1)


def test_the_dialog_knows_the_place(qtbot: QtBot) -> None:
    rgb = np.zeros((40, 80, 3), np.uint8)
    rgb[:, 40:] = (200, 100, 50)
    dialog = PickColour(make_frame(rgb, (0, 0, 80, 40)), "photo.jpg", None)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    dialog.show()
    picture = dialog.picture
    mouse(picture, QEvent.Type.MouseButtonPress, picture.width() * 0.75, picture.height() / 2)
    assert dialog.rgb == pytest.approx((200, 100, 50), abs=1)
    for _ in range(30):
        QTest.keyClick(picture, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert dialog.rgb == pytest.approx((0, 0, 0), abs=1)


def test_points_are_kept_beside_the_photo(steered: Studio, photo: Path, wait: Wait) -> None:
    click(steered, 0.5, 0.5)
    steered.actions["save"].trigger()
    wait(lambda: is_idle(steered) and sidecar_path(photo).exists())
    assert read_edit(sidecar_path(photo)).points == points(steered)


def test_hidden_points_still_colour(steered: Studio, wait: Wait) -> None:
    click(steered, 0.5, 0.5)
    steered.steering._colour(60.0, 40.0, -1)
    wait(lambda: is_idle(steered))
    steered.points_panel.setFocus()
    shown = steered.canvas.grab().toImage()
    steered.actions["hide_points"].trigger()
    hidden = steered.canvas.grab().toImage()
    x, y = (round(value) for value in at(steered, 0.5, 0.5))
    rim = x + 9, y
    assert shown.pixelColor(*rim) != hidden.pixelColor(*rim)
    assert ab_at(steered, 0.5, 0.5)[0] > 15


def test_the_hand_comes_back(steered: Studio) -> None:
    steered.actions["points"].trigger()
    click(steered, 0.5, 0.5)
    assert points(steered) == ()
    steered.actions["close"].trigger()
    assert not steered.actions["points"].isEnabled()


def test_a_picker_offers_only_what_a_screen_can_show(qtbot: QtBot) -> None:
    picker = GamutPicker()
    qtbot.addWidget(picker)
    picker.resize(200, 190)
    picker.show()
    told: list[tuple[float, float]] = []
    picker.edited.connect(lambda a, b, gesture: told.append((a, b)))
    for lightness in (3.0, 50.0, 97.0):
        picker.set_colour(lightness, (0.0, 0.0))
        for corner in ((6, 1), (199, 1), (6, 188), (199, 188)):
            mouse(picker, QEvent.Type.MouseButtonPress, *corner)
            assert gamut.inside(lightness, np.array(told[-1]))
            assert np.hypot(*told[-1]) > 1
        picker.grab()
