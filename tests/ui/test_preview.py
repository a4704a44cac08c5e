"""The latest wish wins, a long drag is seen moving, and a failure is said once."""

from __future__ import annotations

import dataclasses
import functools
import threading
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from colordesk.edit import Edit, Look
from colordesk.jobs import Jobs
from colordesk.photo import Photo
from colordesk.task import Task
from colordesk.ui.frame import Frame, make_frame
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.preview import QUICK_PIXELS, Preview
from tests.ui.conftest import Wait


class Painter:
    """Makes frames, each only when it is let."""

    def __init__(self) -> None:
        self.calls: list[tuple[Photo, Edit, int]] = []
        self.go = threading.Semaphore(0)
        self.error: Exception | None = None

    def __call__(self, photo: Photo, edit: Edit, pixels: int, task: Task) -> Frame:
        self.calls.append((photo, edit, pixels))
        while not self.go.acquire(timeout=0.005):
            task.check()
        if self.error is not None:
            raise self.error
        return make_frame(np.zeros((2, 3, 3), np.uint8), (photo.width, photo.height))


@pytest.fixture
def painter() -> Painter:
    return Painter()


@pytest.fixture
def preview(qapp: QApplication, painter: Painter) -> Iterator[Preview]:
    bridge = JobBridge(Jobs())
    preview = Preview(bridge, painter, "inference", "Painting")
    yield preview
    bridge.close()


def photo(width: int = 3000, height: int = 2000) -> Photo:
    return Photo(np.zeros((height, width, 1), np.uint8))


def look(strength: float) -> Edit:
    return Edit(look=Look(strength=strength))


def has(found: list[Any], count: int) -> bool:
    return len(found) == count


def collect(preview: Preview) -> list[Frame]:
    frames: list[Frame] = []
    preview.ready.connect(frames.append)
    return frames


def test_only_the_first_and_the_last_of_many_wishes_are_made(
    preview: Preview, painter: Painter, wait: Wait
) -> None:
    frames, picture = collect(preview), photo()
    for strength in range(50):
        preview.wish(picture, look(strength), 1000)
    wait(lambda: len(painter.calls) == 1)
    painter.go.release()
    wait(lambda: len(painter.calls) == 2)
    painter.go.release()
    wait(lambda: len(frames) == 2)
    assert [edit.look.strength for _, edit, _ in painter.calls] == [0, 49]


def test_a_run_under_way_is_let_finish_so_that_a_drag_is_seen(
    preview: Preview, painter: Painter, wait: Wait
) -> None:
    frames, picture = collect(preview), photo()
    for strength in range(5):
        preview.wish(picture, look(strength), 1000)
        wait(functools.partial(has, painter.calls, strength + 1))
        preview.wish(picture, look(strength + 1), 1000)
        painter.go.release()
        wait(functools.partial(has, frames, strength + 1))


def test_another_photo_stops_the_run(preview: Preview, painter: Painter, wait: Wait) -> None:
    frames = collect(preview)
    preview.wish(photo(), Edit(), 1000)
    wait(lambda: len(painter.calls) == 1)
    second = photo()
    preview.wish(second, Edit(), 1000)
    wait(lambda: len(painter.calls) == 2)
    painter.go.release()
    wait(lambda: len(frames) == 1)
    assert painter.calls[1][0] is second


@pytest.mark.parametrize("changed", [{"model": "other"}, {"size": 512}])
def test_another_model_or_size_stops_the_run(
    preview: Preview, painter: Painter, wait: Wait, changed: dict[str, object]
) -> None:
    picture = photo()
    preview.wish(picture, Edit(), 1000)
    wait(lambda: len(painter.calls) == 1)
    preview.wish(picture, dataclasses.replace(Edit(), **changed), 1000)  # type: ignore[arg-type]
    wait(lambda: len(painter.calls) == 2)
    painter.go.release()


def test_many_pixels_come_after_a_pause(preview: Preview, painter: Painter, wait: Wait) -> None:
    frames, picture = collect(preview), photo()
    preview.wish(picture, Edit(), 6_000_000)
    painter.go.release()
    painter.go.release()
    wait(lambda: len(frames) == 2)
    assert [pixels for _, _, pixels in painter.calls] == [QUICK_PIXELS, 6_000_000]


def test_never_more_pixels_than_the_photo_has(
    preview: Preview, painter: Painter, wait: Wait
) -> None:
    preview.wish(photo(30, 20), Edit(), 10**9)
    wait(lambda: len(painter.calls) == 1)
    painter.go.release()
    assert painter.calls[0][2] == 600


def test_fewer_pixels_of_the_same_need_no_run(
    preview: Preview, painter: Painter, wait: Wait
) -> None:
    frames, picture = collect(preview), photo()
    preview.wish(picture, Edit(), 100_000)
    painter.go.release()
    wait(lambda: len(frames) == 1)
    preview.wish(picture, Edit(), 50_000)
    preview.wish(picture, Edit(), 100_000)
    QApplication.processEvents()
    assert len(painter.calls) == 1


def test_what_is_shown_already_is_not_made_again(preview: Preview, painter: Painter) -> None:
    picture = photo()
    preview.accept(picture, Edit(), 5000)
    preview.wish(picture, Edit(), 5000)
    QApplication.processEvents()
    assert painter.calls == []


def test_a_failure_is_said_once_and_tried_again_after_a_change(
    preview: Preview, painter: Painter, wait: Wait
) -> None:
    errors: list[Exception] = []
    preview.failed.connect(errors.append)
    picture, painter.error = photo(), OSError("no model")
    preview.wish(picture, Edit(), 1000)
    painter.go.release()
    wait(lambda: len(errors) == 1)
    for pixels in (1000, 2000, 3000):
        preview.wish(picture, Edit(), pixels)
    QApplication.processEvents()
    assert len(painter.calls) == 1
    painter.error = None
    preview.wish(picture, look(50), 1000)
    wait(lambda: len(painter.calls) == 2)
    painter.go.release()


def test_busy_is_told(preview: Preview, painter: Painter, wait: Wait) -> None:
    told: list[bool] = []
    preview.busy_changed.connect(told.append)
    preview.wish(photo(), Edit(), 1000)
    painter.go.release()
    wait(lambda: told == [True, False])


def test_stop_stops(preview: Preview, painter: Painter, wait: Wait) -> None:
    frames = collect(preview)
    preview.wish(photo(), Edit(), 1000)
    wait(lambda: len(painter.calls) == 1)
    preview.stop()
    wait(lambda: not preview.is_running)
    painter.go.release()
    QApplication.processEvents()
    assert frames == []
