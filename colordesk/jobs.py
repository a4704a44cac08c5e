"""Work that runs beside the one who asked for it: titled jobs in a few lanes.

Hides threads. The lane "inference" is for what computes, "files" for what reads and writes, and
"thumbnails" and "batch" are for what nobody waits for, so that a photo that is opened or saved
never stands behind them. A job waits only for those before it in its own lane.
Invariant: a job ends exactly once, as done, failed or cancelled, whatever its work does; after
`Jobs.close` no thread of ours is left.
"""

from __future__ import annotations

import enum
import logging
import queue
import threading
import weakref
from collections.abc import Callable
from typing import Any, Generic, Literal, TypeVar

from colordesk.task import Cancelled, Task

Lane = Literal["inference", "files", "thumbnails", "batch"]
LANES: dict[Lane, int] = {"inference": 1, "files": 1, "thumbnails": 1, "batch": 2}
"""How many threads work in each: one photo of a batch is read or written while another computes."""
T = TypeVar("T")
_STEP = 0.005  # smaller progress is not worth a call across threads
_log = logging.getLogger(__name__)


class JobState(enum.Enum):
    """Where a job is in its life."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def over(self) -> bool:
        """Whether nothing will happen to the job any more."""
        return self in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


class Job(Generic[T]):
    """One titled run of work; made by `Jobs.submit`.

    Args:
        work: gets the task, returns the value.
        title: what people read, e.g. "Saving a.jpg"; empty for work that is not worth showing.
        on_change: called after each change of state or progress, from whichever thread made it.
    """

    def __init__(
        self, work: Callable[[Task], T], title: str, on_change: Callable[[Job[T]], None] | None
    ) -> None:
        self.title = title
        self.state = JobState.QUEUED
        self.error: Exception | None = None
        """Why it failed."""
        self.progress = 0.0
        """Fraction done in [0, 1]."""
        self.status = ""
        """What it does just now, in a few words."""
        me = weakref.ref(self)  # no circle: photos go with their jobs, not at some collection later
        self.task = Task(lambda fraction, status: _report(me(), fraction, status))
        self._work: Callable[[Task], T] | None = work
        self._value: T | None = None
        self._on_change = on_change
        self._transition = threading.Lock()
        self._over = threading.Event()

    @property
    def value(self) -> T:
        """What the work returned; only of a job that is done."""
        if self.state is not JobState.DONE:
            raise RuntimeError(f"the job {self.title!r} is {self.state.value}, it has no value")
        return self._value  # type: ignore[return-value] # T may itself allow None

    def cancel(self) -> None:
        """Ask the work to stop; one that has not begun is over at once."""
        self.task.cancel()
        self._end(JobState.CANCELLED, only_from=JobState.QUEUED)

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the job is over; return whether it is."""
        return self._over.wait(timeout)

    def run(self) -> None:
        """Do the work in this thread, unless it was cancelled before."""
        with self._transition:
            work = self._work
            if work is None or self.state is not JobState.QUEUED:
                return
            self.state = JobState.RUNNING
        self._tell()
        try:
            self._value = work(self.task)
        except Cancelled:
            self._end(JobState.CANCELLED)
        except Exception as error:  # noqa: BLE001 - the border of a thread: errors become data
            _log.debug("%s failed", self.title or "a job", exc_info=True)
            self.error = error
            self._end(JobState.FAILED)
        else:
            self._end(JobState.DONE)

    def _end(self, state: JobState, only_from: JobState | None = None) -> None:
        with self._transition:
            if self.state.over or only_from not in (None, self.state):
                return
            self.state = state
            self._work = None  # what it holds (a photo, say) may go
        self._over.set()
        self._tell()

    def report(self, fraction: float, status: str) -> None:
        """Take over how far the work is, and tell it if it is worth that."""
        new_status = bool(status) and status != self.status
        if new_status or fraction - self.progress >= _STEP:
            self.progress, self.status = fraction, status or self.status
            self._tell()

    def _tell(self) -> None:
        if self._on_change is not None:
            self._on_change(self)


class Jobs:
    """All lanes. Threads start with the first job of their lane."""

    def __init__(self) -> None:
        self._queues: dict[Lane, queue.SimpleQueue[Job[Any] | None]] = {}
        self._threads: list[threading.Thread] = []
        self._open: set[Job[Any]] = set()
        self._lock = threading.Lock()
        self._closed = False

    def submit(
        self,
        work: Callable[[Task], T],
        lane: Lane,
        title: str = "",
        on_change: Callable[[Job[T]], None] | None = None,
    ) -> Job[T]:
        """Queue work and return its job at once.

        Args:
            work: gets the task, returns the value; it should `check` or report often.
            lane: where it waits for its turn.
            title: what people read; empty for work that is not worth showing.
            on_change: called after each change of state or progress, mostly from the lane's
                thread. It must not raise.

        Raises:
            RuntimeError: the lanes are closed.
        """
        job = Job(work, title, on_change)
        with self._lock:
            if self._closed:
                raise RuntimeError("no job can be submitted any more")
            self._open = {other for other in self._open if not other.state.over} | {job}
            if lane not in self._queues:
                self._queues[lane] = queue.SimpleQueue()
                for _ in range(LANES[lane]):
                    thread = threading.Thread(
                        target=_work_off,
                        args=(self._queues[lane],),
                        name=f"lane-{lane}",
                        daemon=True,
                    )
                    self._threads.append(thread)
                    thread.start()
            self._queues[lane].put(job)
        return job

    def close(self) -> None:
        """Cancel everything and wait until the threads have ended."""
        with self._lock:
            self._closed = True
            jobs, self._open = self._open, set()
        for job in jobs:
            job.cancel()
        for lane, waiting in self._queues.items():
            for _ in range(LANES[lane]):
                waiting.put(None)
        for thread in self._threads:
            thread.join()


def _work_off(lane: queue.SimpleQueue[Job[Any] | None]) -> None:
    """Run the jobs of a lane one after the other until None comes."""
    while (job := lane.get()) is not None:
        job.run()
        del job  # while waiting for the next one, nothing of the last is held


def _report(job: Job[Any] | None, fraction: float, status: str) -> None:
    if job is not None:
        job.report(fraction, status)
