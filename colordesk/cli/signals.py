"""Ctrl-C and a polite kill, as a cancelled task."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator

from colordesk.cli.console import say
from colordesk.task import Task

_SIGNALS = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]


@contextlib.contextmanager
def stopped_by_signals(task: Task, text: str) -> Iterator[None]:
    """Let Ctrl-C and a polite kill cancel the task, and say the text the first time."""

    def stop(number: int, frame: object) -> None:
        if not task.cancelled:
            say(text)
        task.cancel()

    before = {number: signal.signal(number, stop) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
