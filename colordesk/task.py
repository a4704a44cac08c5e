"""Progress, cancel and status of one piece of slow work.

A `Task` is passed as the last argument of anything slow. It knows nothing of threads or of Qt:
the work reports to it and asks it whether to go on, the owner listens and cancels.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

Listener = Callable[[float, str], None]


class Cancelled(Exception):
    """The owner of the task asked the work to stop."""


class Task:
    """One run of slow work, seen from inside.

    Args:
        listener: called with (fraction done in [0, 1], status text) from the working thread.
    """

    def __init__(self, listener: Listener | None = None) -> None:
        self._listener = listener
        self._cancel = threading.Event()
        self._start, self._span = 0.0, 1.0

    @property
    def cancelled(self) -> bool:
        """Whether the owner asked the work to stop."""
        return self._cancel.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next check; safe from any thread."""
        self._cancel.set()

    def check(self) -> None:
        """Raise `Cancelled` if the owner asked the work to stop."""
        if self.cancelled:
            raise Cancelled

    def progress(self, fraction: float, status: str = "") -> None:
        """Report the fraction done, then `check`."""
        self.check()
        if self._listener is not None:
            clipped = min(max(fraction, 0.0), 1.0)
            self._listener(self._start + self._span * clipped, status)

    def part(self, start: float, stop: float) -> Task:
        """Return a view whose 0..1 is this task's `start`..`stop`; cancel is shared."""
        view = Task(self._listener)
        view._cancel = self._cancel
        view._start = self._start + self._span * start
        view._span = self._span * (stop - start)
        return view
