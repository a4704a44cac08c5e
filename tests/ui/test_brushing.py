"""Painted areas in the real window."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from colordesk.edit import Area
from colordesk.ui.studio import Studio
from tests.ui.conftest import Wait, drag, is_idle
from tests.ui.test_points import ab_at, at


@pytest.fixture
def brushing(at_photo: Studio) -> Studio:
    at_photo.actions["single"].trigger()
    at_photo.actions["areas"].trigger()
    return at_photo


def areas(studio: Studio) -> tuple[Area, ...]:
    return studio.document.edit.areas


def chroma(studio: Studio, x: float, y: float) -> float:
    return float(np.hypot(*ab_at(studio, x, y)))


def test_what_is_brushed_over_loses_its_colour(brushing: Studio, wait: Wait) -> None:
    before = chroma(brushing, 0.35, 0.3)
    drag(brushing.canvas, at(brushing, 0.2, 0.3), at(brushing, 0.5, 0.3))
    (area,) = areas(brushing)
    assert len(area.strokes[0].path) > 2
    assert brushing.document.undo_stack.undoText() == "new area"
    wait(lambda: is_idle(brushing))
    assert chroma(brushing, 0.35, 0.3) < 0.2 * before
    assert chroma(brushing, 0.35, 0.8) > 10
    panel = brushing.areas_panel
    panel.slider("strength").number.setValue(100)
    panel.slider("saturation").number.setValue(20)
    wait(lambda: is_idle(brushing))
    assert 0.3 * before < chroma(brushing, 0.35, 0.3) < 0.7 * before
    panel.original.click()
    assert areas(brushing)[0].original
    assert not panel.slider("strength").isEnabled()
    wait(lambda: is_idle(brushing))
    assert chroma(brushing, 0.35, 0.3) < 2
    panel.section.reset_wanted.emit()
    assert areas(brushing) == ()
    for _ in range(brushing.document.undo_stack.count()):
        brushing.actions["undo"].trigger()
    assert brushing.document.edit.areas == ()
    assert not brushing.document.dirty


def test_strokes_join_and_are_rubbed_out(brushing: Studio) -> None:
    panel, canvas = brushing.areas_panel, brushing.canvas
    drag(canvas, at(brushing, 0.2, 0.3), at(brushing, 0.5, 0.3))
    panel.erase.click()
    drag(canvas, at(brushing, 0.3, 0.3), at(brushing, 0.4, 0.3))
    panel.erase.click()
    assert [stroke.erase for stroke in areas(brushing)[0].strokes] == [False, True]
    panel.new.click()
    drag(canvas, at(brushing, 0.2, 0.8), at(brushing, 0.5, 0.8))
    assert len(areas(brushing)) == 2
    panel.list.setCurrentRow(0)
    panel.remove.click()
    assert areas(brushing)[0].strokes[0].path[0][1] == pytest.approx(0.8, abs=0.01)


def test_the_brush_by_keys(brushing: Studio) -> None:
    canvas = brushing.canvas
    width = brushing.areas_panel.width_of_brush.value()
    QTest.keyClick(canvas, Qt.Key.Key_BracketRight)
    assert brushing.areas_panel.width_of_brush.value() > width
    QTest.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    ((stroke,),) = (area.strokes for area in areas(brushing))
    assert stroke.path[0][0] > 0.5
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not brushing.actions["areas"].isChecked()


def test_one_tool_at_a_time(brushing: Studio) -> None:
    brushing.actions["points"].trigger()
    assert not brushing.actions["areas"].isChecked()
    assert not brushing.brushing.active
    brushing.actions["areas"].trigger()
    assert not brushing.actions["points"].isChecked()
    brushing.actions["crop"].trigger()
    assert not brushing.actions["areas"].isChecked()
    assert areas(brushing) == ()


def test_the_tint_shows_what_is_painted(brushing: Studio) -> None:
    drag(brushing.canvas, at(brushing, 0.2, 0.3), at(brushing, 0.5, 0.3))
    x, y = (round(value) for value in at(brushing, 0.3, 0.3))
    tinted = brushing.canvas.grab().toImage().pixelColor(x, y)
    brushing.actions["areas"].trigger()
    plain = brushing.canvas.grab().toImage().pixelColor(x, y)
    assert tinted.red() - tinted.blue() > plain.red() - plain.blue() + 20
