"""A reference photo in the real window."""

from __future__ import annotations

from pathlib import Path

import cv2
import pytest
import skimage.data
from PySide6.QtWidgets import QFileDialog

from colordesk.edit.steering import Reference
from colordesk.ui.studio import Studio
from tests.ui.conftest import Wait
from tests.ui.test_editing import settled


@pytest.fixture
def reference(tmp_path: Path) -> Path:
    path = tmp_path / "coffee.png"
    path.write_bytes(cv2.imencode(".png", skimage.data.coffee()[..., ::-1])[1].tobytes())
    return path


def kept(studio: Studio) -> Reference | None:
    return studio.document.edit.reference


def test_a_reference_is_chosen_weakened_and_removed(
    at_photo: Studio, reference: Path, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = at_photo.reference_panel
    plain = settled(at_photo, wait)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(reference), ""))
    panel.choose.click()
    assert kept(at_photo) == Reference(reference)
    assert at_photo.document.undo_stack.undoText() == "choice of a reference photo"
    assert panel.name.text() == "coffee.png"
    brown = settled(at_photo, wait)
    assert brown[0] - brown[2] > plain[0] - plain[2] + 20
    panel.strength.number.setValue(20)
    weak = settled(at_photo, wait)
    assert brown[0] - brown[2] > weak[0] - weak[2] > plain[0] - plain[2]
    panel.section.reset_wanted.emit()
    assert kept(at_photo) is None
    assert panel.name.isHidden()
    assert settled(at_photo, wait) == pytest.approx(plain, abs=1)


def test_a_reference_that_is_gone_is_said(at_photo: Studio, tmp_path: Path, wait: Wait) -> None:
    at_photo.referring.choose(tmp_path / "gone.jpg")
    wait(lambda: at_photo.banner.isVisible())
    assert "gone.jpg" in at_photo.banner.what.text()
