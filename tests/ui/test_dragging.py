"""The result is dragged out as a file: made in the background, as a copy, gone with the window."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import skimage.data
from PIL import Image
from PySide6.QtCore import QEvent, QMimeData
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from colordesk.ui import dragging
from colordesk.ui.studio import Studio
from tests.ui.conftest import Wait, drag, is_idle, mouse
from tests.ui.test_exporting import blueness


@pytest.fixture
def carried(monkeypatch: pytest.MonkeyPatch) -> list[list[Path]]:
    """What was dragged, as there is nobody to drag it to."""
    found: list[list[Path]] = []

    def out(source: QWidget, mime: QMimeData, picture: QPixmap) -> None:
        assert max(picture.width(), picture.height()) == 96
        found.append([Path(url.toLocalFile()) for url in mime.urls()])

    monkeypatch.setattr(dragging, "drag_out", out)
    monkeypatch.setattr(dragging, "is_held", lambda: True)
    return found


def pull(grip: QWidget) -> None:
    x, y = grip.width() / 2, grip.height() / 2
    mouse(grip, QEvent.Type.MouseButtonPress, x, y)
    mouse(grip, QEvent.Type.MouseMove, x + 3, y)
    mouse(grip, QEvent.Type.MouseMove, x + 40, y + 40)
    mouse(grip, QEvent.Type.MouseButtonRelease, x + 40, y + 40)


def test_the_grip_carries_the_result_at_full_size(
    at_photo: Studio, photo: Path, carried: list[list[Path]], wait: Wait
) -> None:
    pull(at_photo.header.grip)
    assert carried == []  # the window does not wait for it
    wait(lambda: bool(carried) and is_idle(at_photo))
    ((file,),) = carried
    assert file.name == "portrait ü-color.png"
    assert file.parent.parent.name.startswith("colordesk-drag-")
    picture = np.asarray(Image.open(file))
    assert picture.shape == (512, 512, 3)
    assert blueness(picture) > 20
    assert list(photo.parent.iterdir()) == [photo]  # neither a result nor an edit beside it

    pull(at_photo.header.grip)  # the same once more needs no work
    assert carried == [[file], [file]]
    at_photo.look_panel.slider("strength").number.setValue(0.0)
    pull(at_photo.header.grip)
    wait(lambda: len(carried) == 3 and is_idle(at_photo))
    assert abs(blueness(np.asarray(Image.open(carried[2][0]).convert("RGB")))) < 1
    at_photo.window.may_close = lambda: True
    at_photo.window.close()
    assert not file.exists()


def test_a_drag_that_was_let_go_too_early_is_ready_for_the_next(
    at_photo: Studio,
    carried: list[list[Path]],
    wait: Wait,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dragging, "is_held", lambda: False)
    pull(at_photo.header.grip)
    wait(lambda: is_idle(at_photo))
    assert carried == []
    assert at_photo.banner.what.text() == "The file is ready."
    pull(at_photo.header.grip)
    assert len(carried) == 1


def test_photos_are_pulled_out_of_the_strip(
    studio: Studio, folder: Path, carried: list[list[Path]], wait: Wait
) -> None:
    (folder / "torn.jpg").unlink()
    Image.fromarray(skimage.data.astronaut()[::4, ::4]).save(folder / "a colour photo.png")
    studio.opening.open([folder])
    wait(lambda: studio.document.photo is not None and is_idle(studio))
    studio.actions["select_all"].trigger()
    view = studio.filmstrip.view
    place = view.visualRect(view.model().index(1, 0)).center()
    start = (float(place.x()), float(place.y()))
    drag(view.viewport(), start, (start[0], start[1] - 60))
    wait(lambda: bool(carried) and is_idle(studio))
    (files,) = carried
    assert [file.name for file in files] == [
        "a colour photo.png",  # it has colours of its own, and nobody asked for others
        "portrait ü-color.png",
        "scan 1-color.png",
        "scan 2-color.png",
        "scan 10-color.png",
    ]
    assert files[0] == folder / "a colour photo.png"
    assert all(file.is_file() for file in files)


def test_the_grip_copies_by_key(at_photo: Studio, wait: Wait) -> None:
    at_photo.header.grip.click()
    wait(lambda: is_idle(at_photo))
    assert at_photo.banner.what.text() == "The coloured photo is on the clipboard."
