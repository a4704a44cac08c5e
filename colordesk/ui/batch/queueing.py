"""The batch queue at work: takes photo after photo, can be paused, and tells how it goes.

Invariant: at most as many photos are in work as the lane has threads; while it is paused no photo
is begun.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from colordesk.edit import Edit
from colordesk.jobs import LANES, Job
from colordesk.task import Task
from colordesk.ui.batch.batch_engine import BatchEngine, BatchWish, Loaded
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.messages import Messages

if TYPE_CHECKING:
    from colordesk.batch import Result
    from colordesk.queue import Queue, Ticket
    from colordesk.queued import Batch

_LOOK_MS = 250


@dataclass(eq=False)
class _Slot:
    """A photo in work."""

    ticket: Ticket
    job: Job[Any] | None = None


class Queueing(QObject):
    """Runs the queue.

    Args:
        bridge: runs the work.
        engine: plans, keeps and does batches.
        messages: for errors and results.
        drafts: returns the edits that are not kept beside their photos.
    """

    changed = Signal()
    """There are other batches, or a photo is in another state."""
    progressed = Signal()
    """Photos in work have come further."""
    queued = Signal()
    """A person has queued photos."""
    written = Signal(object)
    """The path of a photo whose result was written."""
    finished = Signal(object)
    """A `Batch` of which nothing waits any more."""

    def __init__(
        self,
        bridge: JobBridge,
        engine: BatchEngine,
        messages: Messages,
        drafts: Callable[[], dict[Path, Edit]],
    ) -> None:
        super().__init__()
        self._bridge, self._engine = bridge, engine
        self._messages, self._drafts = messages, drafts
        self._queue: Queue | None = None
        self._slots: list[_Slot] = []
        self.paused = False
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self.progressed)

    def start(self) -> None:
        """Look for what is waiting from the last time; it goes on only when a person says so."""
        self._bridge.start(self._engine.load, "batch", "", self._loaded, self._messages.error)

    def stop(self) -> None:
        """Begin and tell nothing any more; the window is about to go."""
        self.paused = True
        self._look.stop()

    @property
    def batches(self) -> list[Batch]:
        """All batches, in the order of their work."""
        return self._queue.batches if self._queue else []

    @property
    def waiting(self) -> int:
        """How many photos are not over."""
        return sum(not entry.state.over for batch in self.batches for entry in batch.entries)

    @property
    def busy(self) -> bool:
        """Whether photos are in work."""
        return bool(self._slots)

    def progress(self, batch: Batch, index: int) -> float:
        """Return how far the work on a photo is, from 0 to 1."""
        for slot in self._slots:
            if slot.ticket.batch is batch and slot.ticket.index == index and slot.job:
                return slot.job.progress
        return 0.0

    def remaining_seconds(self) -> float | None:
        """Return about how long the queue still takes; None if nobody knows."""
        if self._queue is None or self.paused or not self.waiting:
            return None
        return self._queue.remaining_seconds(LANES["batch"])

    def add(self, wish: BatchWish) -> None:
        """Queue photos and begin."""
        queue, drafts = self._queue or self._engine.new_queue(), self._drafts()
        self._queue = queue

        def added(batch: Batch | None) -> None:
            if batch is None:
                self._messages.note("warning", self.tr("There is no photo to queue."))
                return
            self.queued.emit()
            self.resume()

        self._bridge.start(
            lambda task: self._engine.add(queue, wish, drafts, task),
            "files",
            self.tr("Queueing photos"),
            added,
            self._messages.error,
        )

    def pause(self) -> None:
        """Begin no more photos; those in work are finished."""
        self.paused = True
        self.changed.emit()

    def resume(self) -> None:
        """Go on."""
        self.paused = False
        self._fill()

    def cancel(self, batch: Batch, indices: Iterable[int] | None = None) -> None:
        """Do not do photos that are not over; all of a batch, or some."""
        chosen = None if indices is None else list(indices)
        self._note(lambda queue: queue.cancel(batch, chosen))
        for slot in self._slots:
            wanted = chosen is None or slot.ticket.index in chosen
            if slot.ticket.batch is batch and wanted and slot.job is not None:
                slot.job.cancel()
        self._tell_if_over(batch)
        self._fill()

    def retry(self, batch: Batch, indices: Iterable[int] | None = None) -> None:
        """Try photos that failed once more; all of a batch, or some."""
        self._note(lambda queue: queue.retry(batch, indices))
        self._fill()

    def clear(self) -> None:
        """Forget the batches of which nothing waits any more."""
        for batch in self.batches:
            if batch.over and self._queue is not None:
                self._queue.remove(batch)
        self.changed.emit()

    def report(self, batch: Batch, path: Path) -> None:
        """Write what became of the photos of a batch."""
        self._bridge.start(
            lambda task: self._engine.report(batch, path, task),
            "files",
            self.tr("Writing the report"),
            lambda nothing: self._messages.saved(path),
            self._messages.error,
        )

    def _loaded(self, loaded: Loaded) -> None:
        if loaded.problems:
            self._messages.warning(loaded.problems[0])
        if loaded.queue is None or self._queue is not None:
            return
        self._queue = loaded.queue
        if self.waiting:
            self.paused = True
            self._messages.note(
                "info",
                self.tr("{count} photos of a batch are still waiting.").format(count=self.waiting),
                self.tr("ColorDesk was closed before they were done."),
                (self.tr("Go on"), self.resume),
                (self.tr("Later"), lambda: None),
            )
            self.queued.emit()
        self.changed.emit()

    def _fill(self) -> None:
        """Begin as many photos as may be in work."""
        queue = self._queue
        while queue is not None and not self.paused and len(self._slots) < LANES["batch"]:
            try:
                ticket = queue.take()
            except OSError as error:
                self._stop(error)
                break
            if ticket is None:
                break
            self._begin(queue, _Slot(ticket))
        if self._slots and not self._look.isActive():
            self._look.start()
        elif not self._slots:
            self._look.stop()
        self.changed.emit()

    def _begin(self, queue: Queue, slot: _Slot) -> None:
        self._slots.append(slot)

        def work(task: Task) -> Result:
            return self._engine.work(queue, slot.ticket, task)

        def ended() -> None:
            self._slots.remove(slot)
            self._tell_if_over(slot.ticket.batch)
            self._fill()

        slot.job = self._bridge.start(
            work, "batch", "", lambda result: self._done(slot.ticket, result), self._stop, ended
        )

    def _done(self, ticket: Ticket, result: Result) -> None:
        from colordesk.batch import disk_is_full

        if result.status == "done":
            self.written.emit(ticket.item.source)
        elif result.error is not None and disk_is_full(result.error):
            self._stop(result.error)

    def _stop(self, error: BaseException) -> None:
        """Pause after what would befall every photo."""
        self.paused = True
        self._messages.error(error, self.tr("The queue is paused; nothing of it is lost."))

    def _note(self, change: Callable[[Queue], None]) -> None:
        try:
            if self._queue is not None:
                change(self._queue)
        except OSError as error:
            self._messages.error(error)

    def _tell_if_over(self, batch: Batch) -> None:
        in_work = any(slot.ticket.batch is batch for slot in self._slots)
        if batch.over and not in_work and batch in self.batches:
            self.finished.emit(batch)
