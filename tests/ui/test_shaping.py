"""The photo is turned, cut and rectified in the window, undoably, and saved as it is seen."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from colordesk.edit import ColorPoint, Edit, sidecar_path, write_edit
from colordesk.edit.geometry import Geometry
from colordesk.ui.studio import Studio
from tests.ui.conftest import Wait, drag, is_idle
from tests.ui.test_canvas import pixels


def seen(studio: Studio, wait: Wait) -> tuple[np.ndarray, np.ndarray]:
    """Return the pixels before and after once nothing moves any more."""
    wait(lambda: is_idle(studio) and studio.canvas.after is not None)
    assert studio.canvas.before is not None
    assert studio.canvas.after is not None
    return (
        pixels(studio.canvas.before.whole.levels[0]),
        pixels(studio.canvas.after.whole.levels[0]),
    )


def test_a_turn_turns_what_is_seen(at_photo: Studio, wait: Wait) -> None:
    before, _ = seen(at_photo, wait)
    at_photo.actions["turn_right"].trigger()
    turned, after = seen(at_photo, wait)
    assert np.array_equal(turned, np.rot90(before, -1))
    assert after.shape == turned.shape
    assert at_photo.document.undo_stack.undoText() == "turn of the photo"
    at_photo.actions["undo"].trigger()
    assert np.array_equal(seen(at_photo, wait)[0], before)


def test_a_crop_is_drawn_taken_and_taken_back(at_photo: Studio, wait: Wait) -> None:
    at_photo.actions["crop"].trigger()
    assert at_photo.shape_panel.crop_button.isChecked()
    frame = at_photo.canvas.view.photo_rect(0)
    drag(
        at_photo.canvas,
        (frame.left() + 1, frame.top() + 1),
        (frame.center().x(), frame.top() + frame.height() / 4),
    )
    assert at_photo.document.edit.geometry == Geometry()  # only a frame so far
    QTest.keyClick(at_photo.canvas, Qt.Key.Key_Return)
    assert not at_photo.actions["crop"].isChecked()
    assert at_photo.document.edit.geometry.crop == pytest.approx((0.5, 0.25, 1, 1), abs=0.02)
    before, after = seen(at_photo, wait)
    assert before.shape[1] / before.shape[0] == pytest.approx(2 / 3, rel=0.05)
    assert after.shape == before.shape
    width, height = at_photo.document.edit.geometry.size(512, 512)
    facts = [label.text() for label in at_photo.photo_panel.findChildren(QLabel)]
    assert any(text.startswith(f"{width} × {height} ·") for text in facts), facts
    # the tool shows all of the photo again, with the frame as it was
    at_photo.actions["crop"].trigger()
    assert seen(at_photo, wait)[0].shape[:2] == (512, 512)
    assert at_photo.shaping.crop.edges == at_photo.document.edit.geometry.crop
    QTest.keyClick(at_photo.canvas, Qt.Key.Key_Escape)
    assert seen(at_photo, wait)[0].shape == before.shape
    at_photo.actions["undo"].trigger()
    assert seen(at_photo, wait)[0].shape[:2] == (512, 512)


def test_a_ratio_holds_whatever_edge_is_moved(at_photo: Studio) -> None:
    at_photo.actions["crop"].trigger()
    box = at_photo.shape_panel.ratio_box
    box.setCurrentIndex(box.findText("3 : 2"))
    box.activated.emit(box.currentIndex())
    frame = at_photo.canvas.view.photo_rect(0)
    tool = at_photo.shaping.crop
    middle, third = frame.center(), frame.height() / 3
    for start, end in (
        ((frame.left() + 1, middle.y()), (frame.left() + 60, middle.y())),
        ((middle.x(), middle.y() + third - 1), (middle.x(), middle.y() + 20)),
    ):
        drag(at_photo.canvas, start, end)
        left, top, right, bottom = tool.edges
        assert (right - left) / (bottom - top) == pytest.approx(1.5, rel=0.01)
        assert min(tool.edges) >= 0
        assert max(tool.edges) <= 1


def test_the_crop_works_by_keys(at_photo: Studio) -> None:
    at_photo.actions["crop"].trigger()
    shift = Qt.KeyboardModifier.ShiftModifier
    for _ in range(10):
        QTest.keyClick(at_photo.canvas, Qt.Key.Key_Left, shift)
        QTest.keyClick(at_photo.canvas, Qt.Key.Key_Up, shift)
    QTest.keyClick(at_photo.canvas, Qt.Key.Key_Right)
    QTest.keyClick(at_photo.canvas, Qt.Key.Key_Return)
    assert at_photo.document.edit.geometry.crop == pytest.approx((0.01, 0, 0.91, 0.9))


def test_a_print_is_rectified(at_photo: Studio, wait: Wait) -> None:
    at_photo.actions["rectify"].trigger()
    frame = at_photo.canvas.view.photo_rect(0)
    corner = (frame.left() + 0.1 * frame.width(), frame.top() + 0.1 * frame.height())
    drag(at_photo.canvas, corner, (frame.center().x() - 20, corner[1]))
    QTest.keyClick(at_photo.canvas, Qt.Key.Key_Return)
    corners = at_photo.document.edit.geometry.corners
    assert corners is not None
    assert 0.3 < corners[0][0] < 0.5
    assert corners[1:] == ((0.9, 0.1), (0.9, 0.9), (0.1, 0.9))
    before, after = seen(at_photo, wait)
    assert before.shape == after.shape
    assert before.shape[0] < 512


def test_straightening_is_one_step_and_keeps_the_shape(at_photo: Studio, wait: Wait) -> None:
    track = at_photo.shape_panel.angle.track
    y = track.height() / 2
    drag(track, (track.width() / 2, y), (track.width() * 0.6, y), steps=8)
    assert at_photo.document.undo_stack.count() == 1
    assert at_photo.document.edit.geometry.angle > 3
    before, after = seen(at_photo, wait)
    assert before.shape == after.shape
    assert before.shape[0] == before.shape[1] < 500


def test_points_stay_on_their_things(at_photo: Studio, wait: Wait) -> None:
    point = ColorPoint(0.25, 0.5, a=60.0, b=40.0, radius=0.1)
    at_photo.document.change(Edit(points=(point,)), "a point")
    at_photo.actions["turn_right"].trigger()
    _, after = seen(at_photo, wait)
    height, width = after.shape[:2]
    there = after[round(0.25 * height), round(0.5 * width)].astype(int)
    elsewhere = after[round(0.75 * height), round(0.5 * width)].astype(int)
    assert there[0] - there[2] > 60
    assert elsewhere[0] < elsewhere[2]
    mark = at_photo.steering.tool._marks[0]
    assert (mark.x, mark.y) == pytest.approx((0.5, 0.25))


def test_a_photo_opens_and_saves_in_its_shape(studio: Studio, photo: Path, wait: Wait) -> None:
    write_edit(Edit(geometry=Geometry(turns=1, crop=(0, 0, 1, 0.5))), sidecar_path(photo))
    studio.opening.open([photo])
    before, after = seen(studio, wait)
    assert before.shape[:2] == after.shape[:2] == (256, 512)
    studio.actions["save"].trigger()
    wait(lambda: is_idle(studio))
    saved = np.asarray(Image.open(photo.with_name("portrait ü-color.png")))
    assert saved.shape == (256, 512, 3)
    assert np.abs(saved.astype(int) - after).mean() < 3


def test_one_tool_at_a_time(at_photo: Studio) -> None:
    at_photo.actions["points"].trigger()
    at_photo.actions["crop"].trigger()
    assert not at_photo.actions["points"].isChecked()
    assert at_photo.actions["crop"].isChecked()
    at_photo.actions["rectify"].trigger()
    assert not at_photo.actions["crop"].isChecked()
    at_photo.actions["points"].trigger()
    assert not at_photo.actions["rectify"].isChecked()
    assert at_photo.actions["points"].isChecked()
