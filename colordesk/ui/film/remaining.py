"""How long a job still takes, told from how fast it went in the last while.

Invariant: what was done before it was watched, as by an export that is gone on with, counts for
nothing.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from colordesk.task import Task

_SETTLES = 3.0  # seconds before anything is said
_WINDOW = 60.0  # seconds that are looked back


class Remaining:
    """Watches the progress of one job.

    Args:
        clock: returns seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: deque[tuple[float, float]] = deque()
        self._began: float | None = None

    def see(self, fraction: float) -> float | None:
        """Note the fraction that is done; return the seconds that are left, once that is known."""
        now = self._clock()
        if self._began is None:
            self._began = now
        self._seen.append((now, fraction))
        while len(self._seen) > 2 and now - self._seen[0][0] > _WINDOW:
            self._seen.popleft()
        (first, start), done = self._seen[0], fraction
        if now - self._began < _SETTLES or done <= start or now <= first:
            return None
        return (1 - done) * (now - first) / (done - start)

    def watch(self, task: Task, words: Callable[[str, float | None], str]) -> Task:
        """Return a task that reports to another one, with the time that is left in its status.

        Args:
            task: hears of progress; cancelling it stops the work.
            words: makes one status of what is told and of the seconds that are left, if known.
        """

        def tell(fraction: float, status: str) -> None:
            left = self.see(fraction)
            task.progress(fraction, words(status, left) if status else "")

        return _Watched(task, tell)


class _Watched(Task):
    """A task whose cancel is that of another one."""

    def __init__(self, task: Task, listener: Callable[[float, str], None]) -> None:
        super().__init__(listener)
        self._cancel = task._cancel
