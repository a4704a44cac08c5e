"""How the command line speaks: results on stdout, everything else on stderr.

Invariant: a person reads sentences; the traceback appears only when COLORDESK_DEBUG is set.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

from colordesk.explain import explain
from colordesk.paths import settings_file
from colordesk.settings import Settings, SettingsError, read_settings
from colordesk.task import Task

DONE, FAILED, WRONG_USAGE, CANCELLED = 0, 1, 2, 130
"""Exit codes."""
_SIGNALS = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]


def say(text: str) -> None:
    """Write one line for the person."""
    sys.stderr.write(text + "\n")


def complain(error: BaseException, about: Path | None = None) -> None:
    """Say what went wrong, with which file it was about, and what to do."""
    text = str(explain(error))
    say(text if about is None or str(about) in text else f"{about}: {text}")
    if os.environ.get("COLORDESK_DEBUG"):
        traceback.print_exception(error)


def settings_or_defaults() -> Settings:
    """Return the person's settings; damaged ones are named and the defaults hold."""
    try:
        return read_settings(settings_file())
    except (SettingsError, OSError) as error:
        complain(error)
        return Settings()


@contextlib.contextmanager
def stopped_by_signals(task: Task) -> Iterator[None]:
    """Let Ctrl-C and a polite kill cancel the task: no file is left half-written."""

    def stop(number: int, frame: object) -> None:
        if not task.cancelled:
            say("Stopping; what is being written is taken back.")
        task.cancel()

    before = {number: signal.signal(number, stop) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
