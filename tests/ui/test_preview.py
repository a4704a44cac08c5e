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
from colordesk.ui.canvas.frame import Frame, Part, Shown, make_frame
from colordesk.ui.engine import Wish, whole_of
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.preview import QUICK_PIXELS, Preview
from tests.ui.conftest import Wait


class Painter:
    """Makes frames, each only when it is let."""

    def __init__(self) -> None:
        self.calls: list[tuple[Photo, Wish]] = []
        self.go = threading.Semaphore(0)
        self.error: Exception | None = None

    def __call__(self, photo: Photo, wish: Wish, task: Task) -> Frame:
        self.calls.append((photo, wish))
        while not self.go.acquire(timeout=0.005):
            task.check()
        if self.error is not None:
            raise self.error
        return make_frame(np.zeros((2, 3, 3), np.uint8), wish.part or whole_of(photo, Edit()))


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


def wish(
    preview: Preview, picture: Photo, edit: Edit, pixels: int, seen: Part | None = None
) -> None:
    preview.wish(picture, edit, pixels, seen or whole_of(picture, Edit()))


def collect(preview: Preview) -> list[Shown]:
    frames: list[Shown] = []
    preview.ready.connect(frames.append)
    return frames


def test_only_the_first_and_the_last_of_many_wishes_are_made(
    preview: Preview, painter: Painter, wait: Wait
) -> None:
    frames, picture = collect(preview), photo()
    for strength in range(50):
        wish(preview, picture, look(strength), 1000)
    wait(lambda: len(painter.calls) == 1)
    painter.go.release()
    wait(lambda: len(painter.calls) == 2)
    painter.go.release()
    wait(lambda: len(frames) == 2)
    assert [made.edit.look.strength for _, made in painter.calls] == [0, 49]


def test_a_run_under_way_is_let_finish_so_that_a_drag_is_seen(
    preview: Preview, painter: Painter, wait: Wait
) -> None:
    frames, picture = collect(preview), photo()
    for strength in range(5):
        wish(preview, picture, look(strength), 1000)
        wait(functools.partial(has, painter.calls, strength + 1))
        wish(preview, picture, look(strength + 1), 1000)
        painter.go.release()
        wait(functools.partial(has, frames, strength + 1))
    assert [made.edit.look.strength for _, made in painter.calls[:5]] == [0, 1, 2, 3, 4]


def test_another_photo_stops_the_run(preview: Preview, painter: Painter, wait: Wait) -> None:
    frames = collect(preview)
    wish(preview, photo(), Edit(), 1000)
    wait(lambda: len(painter.calls) == 1)
    second = photo()
    wish(preview, second, Edit(), 1000)
    wait(lambda: len(painter.calls) == 2)
    painter.go.release()
    wait(lambda: len(frames) == 1)
    assert painter.calls[1][0] is second


@pytest.mark.parametrize("changed", [{"model": "other"}, {"size": 512}])
def test_another_model_or_size_stops_the_run(
    preview: Preview, painter: Painter, wait: Wait, changed: dict[str, object]
) -> None:
    picture = photo()
    wish(preview, picture, Edit(), 1000)
    wait(lambda: len(painter.calls) == 1)
    wish(preview, picture, dataclasses.replace(Edit(), **changed), 1000)  # type: ignore[arg-type]
    wait(lambda: len(painter.calls) == 2)
    painter.go.release()
    assert painter.calls[1][1].edit == dataclasses.replace(Edit(), **changed)  # type: ignore[arg-type]


def test_many_pixels_come_after_a_pause(preview: Preview, painter: Painter, wait: Wait) -> None:
    frames, picture = collect(preview), photo()
    wish(preview, picture, Edit(), 6_000_000)
    painter.go.release()
    painter.go.release()
    wait(lambda: len(frames) == 2)
    assert [made.pixels for _, made in painter.calls] == [QUICK_PIXELS, 6_000_000]


SEEN = (1000, 500, 2000, 1300)
AROUND = (750, 300, 2250, 1500)


def test_where_little_is_seen_its_very_pixels_are_made(
    preview: Preview, painter: Painter, wait: Wait
) -> None:
    frames, picture = collect(preview), photo()
    for _ in range(9):
        painter.go.release()
    wish(preview, picture, Edit(), 6_000_000, SEEN)
    wait(lambda: len(painter.calls) == 2 and not preview.is_running)
    assert [made.part for _, made in painter.calls] == [AROUND, None]
    assert painter.calls[1][1].pixels == QUICK_PIXELS
    assert frames[-1].part is not None
    assert frames[-1].part.part == AROUND
    wish(preview, picture, Edit(), 6_000_000, (900, 400, 1900, 1200))  # lies inside
    assert not preview.is_running
    wish(preview, picture, Edit(), 6_000_000, (1500, 400, 2500, 1200))
    wait(lambda: len(painter.calls) == 3 and not preview.is_running)
    assert painter.calls[2][1].part == (1250, 200, 2750, 1400)


def test_a_part_of_an_older_edit_is_never_shown(
    preview: Preview, painter: Painter, wait: Wait
) -> None:
    frames, picture = collect(preview), photo()
    for _ in range(9):
        painter.go.release()
    wish(preview, picture, Edit(), 6_000_000, SEEN)
    wait(lambda: len(frames) == 1 and not preview.is_running)
    assert frames[-1].part is not None
    wish(preview, picture, look(50), 1_000_000)
    wait(lambda: len(frames) == 2)
    assert frames[-1].part is None


def test_never_more_pixels_than_the_photo_has(
    preview: Preview, painter: Painter, wait: Wait
) -> None:
    wish(preview, photo(30, 20), Edit(), 10**9)
    wait(lambda: len(painter.calls) == 1)
    painter.go.release()
    assert painter.calls[0][1].pixels == 600


def test_fewer_pixels_of_the_same_need_no_run(
    preview: Preview, painter: Painter, wait: Wait
) -> None:
    frames, picture = collect(preview), photo()
    wish(preview, picture, Edit(), 100_000)
    painter.go.release()
    wait(lambda: len(frames) == 1)
    wish(preview, picture, Edit(), 50_000)
    wish(preview, picture, Edit(), 100_000)
    QApplication.processEvents()
    assert len(painter.calls) == 1


def test_what_is_shown_already_is_not_made_again(preview: Preview, painter: Painter) -> None:
    picture = photo()
    frame = make_frame(np.zeros((50, 100, 3), np.uint8), whole_of(picture, Edit()))
    preview.accept(picture, Edit(), frame)
    wish(preview, picture, Edit(), 5000)
    QApplication.processEvents()
    assert painter.calls == []


def test_a_failure_is_said_once_and_tried_again_after_a_change(
    preview: Preview, painter: Painter, wait: Wait
) -> None:
    errors: list[Exception] = []
    preview.failed.connect(errors.append)
    picture, painter.error = photo(), OSError("no model")
    wish(preview, picture, Edit(), 1000)
    painter.go.release()
    wait(lambda: len(errors) == 1)
    for pixels in (1000, 2000, 3000):
        wish(preview, picture, Edit(), pixels)
    QApplication.processEvents()
    assert len(painter.calls) == 1
    painter.error = None
    wish(preview, picture, look(50), 1000)
    wait(lambda: len(painter.calls) == 2)
    painter.go.release()


def test_busy_is_told(preview: Preview, painter: Painter, wait: Wait) -> None:
    told: list[bool] = []
    preview.busy_changed.connect(told.append)
    wish(preview, photo(), Edit(), 1000)
    painter.go.release()
    wait(lambda: len(told) >= 2 and not preview.is_running)
    assert told == [True, False]


def test_stop_stops(preview: Preview, painter: Painter, wait: Wait) -> None:
    frames = collect(preview)
    wish(preview, photo(), Edit(), 1000)
    wait(lambda: len(painter.calls) == 1)
    preview.stop()
    wait(lambda: not preview.is_running)
    painter.go.release()
    QApplication.processEvents()
    assert frames == []


def test_a_large_part_waits_for_a_pause(preview: Preview, painter: Painter, wait: Wait) -> None:
    frames, picture = collect(preview), photo()
    for _ in range(9):
        painter.go.release()
    wish(preview, picture, Edit(), 6_000_000, (0, 0, 2900, 1500))
    wait(lambda: len(frames) == 2)
    assert [made.part is None for _, made in painter.calls] == [True, False]
    assert frames[1].part is not None
