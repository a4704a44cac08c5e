"""What a worker did arrives on Qt's thread, once."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from colordesk.jobs import Jobs
from colordesk.task import Task
from colordesk.ui.job_bridge import JobBridge
from tests.ui.conftest import Wait


@pytest.fixture
def bridge(qapp: QApplication) -> Iterator[JobBridge]:
    bridge = JobBridge(Jobs())
    yield bridge
    bridge.close()


def test_every_result_arrives_exactly_once_and_on_this_thread(
    bridge: JobBridge, wait: Wait
) -> None:
    told: list[tuple[str, int, bool]] = []
    here = threading.current_thread()

    def note(kind: str, value: int) -> None:
        told.append((kind, value, threading.current_thread() is here))

    def start(number: int) -> None:
        def work(task: Task) -> int:
            if number % 3 == 0:
                raise OSError(number)
            return number

        bridge.start(
            work,
            "files" if number % 2 else "inference",
            "Counting" if number % 5 else "",
            lambda value: note("done", value),
            lambda error: note("failed", number),
            lambda: note("ended", number),
        )

    for number in range(400):
        start(number)
        if number % 7 == 0:
            QApplication.processEvents()
    wait(lambda: not bridge.waiting)
    assert all(here for _, _, here in told)
    assert sorted(value for kind, value, _ in told if kind == "ended") == list(range(400))
    ends = sorted((value, kind) for kind, value, _ in told if kind != "ended")
    assert ends == [(n, "failed" if n % 3 == 0 else "done") for n in range(400)]


def test_after_a_cancel_only_the_end_is_told(bridge: JobBridge, wait: Wait) -> None:
    told: list[str] = []

    def work(task: Task) -> None:
        while True:
            task.check()

    job = bridge.start(
        work,
        "files",
        "Endless",
        lambda value: told.append("done"),
        lambda error: told.append("failed"),
        lambda: told.append("ended"),
    )
    job.cancel()
    wait(lambda: not bridge.waiting)
    assert told == ["ended"]


def test_nothing_is_told_after_the_bridge_was_closed(bridge: JobBridge) -> None:
    told: list[object] = []
    bridge.start(lambda task: 1, "files", "Quick", told.append, told.append)
    bridge.close()
    QApplication.processEvents()
    assert told == []
    with pytest.raises(RuntimeError):
        bridge.start(lambda task: 1, "files", "Late", told.append, told.append)


def test_a_mistake_in_a_handler_does_not_lose_the_end(bridge: JobBridge, wait: Wait) -> None:
    told: list[str] = []

    def done(value: int) -> None:
        raise ZeroDivisionError

    job = bridge.start(
        lambda task: 1, "files", "", done, lambda error: None, lambda: told.append("ended")
    )
    assert job.wait(20)
    with pytest.raises(ZeroDivisionError):
        bridge.receive(job)
    assert told == ["ended"]
