"""One kind of picture of a film, made for the latest wish only.

A run that is under way is let finish unless it is long, so that a drag over the timeline is seen
moving; of all wishes that came meanwhile, only the last is made.
Invariant: at most one run is under way, and none of a film that was left is told of.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from colordesk.jobs import Job, Lane
from colordesk.task import Task
from colordesk.ui.job_bridge import JobBridge

Make = Callable[[Task], Any]


class Latest(QObject):
    """Makes pictures.

    Args:
        bridge: runs the work.
        lane: where it runs.
        title: what people read while it takes long.
        patient: whether a run that is not wished for any more may end by itself.
    """

    ready = Signal(object, object)
    """The wish, and what was made."""
    failed = Signal(object)
    """The error."""

    def __init__(self, bridge: JobBridge, lane: Lane, title: str, *, patient: bool) -> None:
        super().__init__()
        self._bridge, self._lane, self._title, self._patient = bridge, lane, title, patient
        self._running: tuple[object, Job[Any]] | None = None
        self._next: tuple[object, Make] | None = None

    def wish(self, what: object, make: Make) -> None:
        """Ask for a picture; it replaces the wish before.

        Args:
            what: compared with the wish before; the same is not made twice at once.
            make: makes it, in a worker.
        """
        if self._running is not None:
            running, job = self._running
            self._next = None if running == what else (what, make)
            if self._next is not None and not self._patient:
                job.cancel()
            return
        self._start(what, make)

    def stop(self) -> None:
        """Wish for nothing any more."""
        self._next = None
        if self._running is not None:
            self._running[1].cancel()
            self._running = None

    def _start(self, what: object, make: Make) -> None:
        def mine() -> bool:
            return self._running is not None and self._running[1] is job

        def done(made: object) -> None:
            if mine():
                self.ready.emit(what, made)

        def failed(error: Exception) -> None:
            if mine():
                self.failed.emit(error)

        def ended() -> None:
            if mine():
                self._running, wish = None, self._next
                self._next = None
                if wish is not None:
                    self._start(*wish)

        job = self._bridge.start(make, self._lane, self._title, done, failed, ended)
        self._running = what, job
