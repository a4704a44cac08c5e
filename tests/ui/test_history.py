"""The history names every step, and any of them can be gone back to."""

from __future__ import annotations

from colordesk.edit import Look
from colordesk.ui.studio import Studio
from tests.ui.conftest import Wait, is_idle


def test_steps_are_named_and_can_be_gone_back_to(at_photo: Studio, wait: Wait) -> None:
    view = at_photo.history_panel.view
    low = view.height()
    at_photo.look_panel.slider("strength").number.setValue(40.0)
    at_photo.look_panel.slider("tint").number.setValue(20.0)
    model = view.model()
    texts = [model.data(model.index(row, 0)) for row in range(model.rowCount())]
    assert texts == ["As opened", "change of strength", "change of tint"]
    assert view.height() > low
    view.setCurrentIndex(model.index(1, 0))
    assert at_photo.document.edit.look == Look(strength=40.0)
    view.setCurrentIndex(model.index(0, 0))
    assert at_photo.document.edit.look == Look()
    assert at_photo.document.undo_stack.count() == 2
    wait(lambda: is_idle(at_photo))
