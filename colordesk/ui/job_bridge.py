"""From worker threads to Qt's thread: what becomes of a job arrives as a call on Qt's thread.

Invariant: `done` or `failed` is called at most once, never from a worker, and never after `close`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from colordesk.jobs import Job, Jobs, JobState, Lane
from colordesk.task import Task

T = TypeVar("T")


@dataclass(frozen=True)
class _Handlers:
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]
    ended: Callable[[], None] | None


class JobBridge(QObject):
    """Starts jobs for the window.

    Args:
        jobs: the lanes; closed together with the bridge.
    """

    changed = Signal(object)
    """A `Job` with a title that began, moved on or ended."""
    _arrived = Signal(object)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._handlers: dict[Job[Any], _Handlers] = {}
        self._closed = False
        self._arrived.connect(self.receive, Qt.ConnectionType.QueuedConnection)

    def start(
        self,
        work: Callable[[Task], T],
        lane: Lane,
        title: str,
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        ended: Callable[[], None] | None = None,
    ) -> Job[T]:
        """Queue work for a lane.

        Args:
            work: runs in the lane's thread.
            lane: which one.
            title: what people read; empty for work that is not worth showing.
            done: gets the value.
            failed: gets the error.
            ended: called after either, and after a cancel as well.
        """
        if self._closed:
            raise RuntimeError("the window is closed, no job can be started")
        job = self._jobs.submit(work, lane, title, self._arrived.emit)
        self._handlers[job] = _Handlers(done, failed, ended)
        return job

    def close(self) -> None:
        """Cancel everything, wait for the threads, and call nobody any more."""
        self._closed = True
        self._handlers.clear()
        self._jobs.close()

    @property
    def active(self) -> list[Job[Any]]:
        """Titled jobs that are not over, in the order of their start."""
        return [job for job in self._handlers if job.title]

    @property
    def waiting(self) -> bool:
        """Whether any job is not over, or not told yet."""
        return bool(self._handlers)

    def receive(self, job: Job[Any]) -> None:
        """Tell what became of a job; called by Qt for each of its changes."""
        handlers = self._handlers.get(job)
        if handlers is None:  # over and told before, or the window is closed
            return
        state = job.state  # once: the worker may be about to change it
        if state.over:
            del self._handlers[job]
        if job.title:
            self.changed.emit(job)
        try:
            if state is JobState.DONE:
                handlers.done(job.value)
            elif state is JobState.FAILED and job.error is not None:
                handlers.failed(job.error)
        finally:
            if state.over and handlers.ended is not None:
                handlers.ended()
