"""A task carries progress up and cancel down."""

from __future__ import annotations

import pytest

from colordesk.task import Cancelled, Task


def test_parts_report_on_the_scale_of_the_whole() -> None:
    heard: list[tuple[float, str]] = []
    task = Task(lambda fraction, status: heard.append((fraction, status)))
    second = task.part(0.5, 1)
    second.progress(0.5, "second")
    second.part(0.5, 1).progress(1, "end")
    task.progress(7)
    assert heard == [(0.75, "second"), (1.0, "end"), (1.0, "")]


def test_cancelling_reaches_every_part_and_back() -> None:
    task = Task()
    part = task.part(0, 0.5)
    part.check()
    part.cancel()
    assert task.cancelled
    with pytest.raises(Cancelled):
        task.part(0.2, 0.3).progress(0.1)
