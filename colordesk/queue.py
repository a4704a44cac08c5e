"""Batches that wait for their turn, kept on disk so that neither closing nor a crash loses them.

Each batch has a folder, to which something is added whenever something happened to a photo.
Invariant: what is in memory is also on disk; a photo whose work was cut off waits again, and only
its own unfinished result is ever written over.
"""

from __future__ import annotations

import datetime
import os
import secrets
import shutil
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from colordesk.batch import Order, Result
from colordesk.errors import ColorDeskError
from colordesk.explain import explain
from colordesk.leftovers import leftovers, swept
from colordesk.plan import Item
from colordesk.queued import (
    Batch,
    Entry,
    State,
    add_results,
    is_batch,
    queued,
    read_batch,
    write_batch,
)
from colordesk.task import Cancelled

_FINISHED_KEPT = 10
_RECENT = 20  # photos whose time says how long the next ones take


@dataclass(frozen=True, eq=False)
class Ticket:
    """The right to work on one photo."""

    batch: Batch
    index: int
    item: Item
    order: Order


class Queue:
    """All batches; safe to use from several threads.

    Args:
        folder: where they are kept; it is made when needed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.RLock()
        self._batches: list[Batch] = []
        self._left: list[Path] = []
        """Half-written files of photos that were cut off, which are removed some time."""

    @property
    def batches(self) -> list[Batch]:
        """All batches, in the order of their work."""
        return list(self._batches)

    def load(self) -> list[Exception]:
        """Read what is on disk; return what is wrong with it."""
        problems: list[Exception] = []
        with self._lock:
            self._batches = []
            folders = sorted(self._folder.iterdir()) if self._folder.is_dir() else []
            for folder in folders:
                try:
                    if is_batch(folder):
                        self._batches.append(read_batch(folder))
                except (ColorDeskError, OSError) as error:
                    problems.append(error)
            cut = {folder for batch in self._batches for folder in _cut_off(batch)}
            self._left = swept(leftovers(cut))
            finished = [batch for batch in self._batches if batch.over]
            for batch in finished[:-_FINISHED_KEPT]:
                self.remove(batch)
        return problems

    def add(self, title: str, orders: Sequence[tuple[Item, Order]]) -> Batch:
        """Queue photos, and keep them on disk before anything is done.

        Args:
            title: what people read, e.g. "Album 1950".
            orders: from `plan`, each with how it is to be done.

        Raises:
            OSError: the folder cannot be made or written, or the disk is full.
        """
        now = datetime.datetime.now(datetime.UTC)
        batch = Batch(
            f"{now:%Y%m%d-%H%M%S-%f}-{secrets.token_hex(2)}",
            title,
            [queued(item, order) for item, order in orders],
        )
        folder = self._folder / batch.id
        folder.mkdir(parents=True)
        write_batch(batch, folder, now.isoformat(timespec="seconds"))
        with self._lock:
            self._batches.append(batch)
            self._note(batch, [n for n, entry in enumerate(batch.entries) if entry.state.over])
        return batch

    def take(self) -> Ticket | None:
        """Return the next photo that waits, which runs from now on; None if none waits.

        Raises:
            OSError: it cannot be noted; the photo waits on.
        """
        with self._lock:
            for batch in self._batches:
                for index, entry in enumerate(batch.entries):
                    if entry.state is State.WAITING:
                        return self._begin(batch, index, entry)
        return None

    def finish(self, ticket: Ticket, result: Result) -> None:
        """Note what became of a photo; one that was only interrupted waits again.

        Raises:
            OSError: it cannot be noted.
        """
        with self._lock:
            self._left = swept(self._left)
            entry = ticket.batch.entries[ticket.index]
            if entry.state is not State.RUNNING:  # cancelled or removed meanwhile
                return
            if isinstance(result.error, Cancelled):
                state = State.WAITING
            else:
                status = "failed" if result.status == "not tried" else result.status
                state = State(status)
            done = replace(
                entry,
                item=replace(entry.item, target=result.item.target),
                state=state,
                reason=str(explain(result.error)) if result.error and state.over else "",
                seconds=result.seconds,
                size="{}x{}".format(*result.size) if result.size else "",
                model=result.model,
                device=result.device,
            )
            # what is not noted is done once more
            ticket.batch.entries[ticket.index] = replace(entry, state=State.WAITING)
            self._change(ticket.batch, {ticket.index: done})

    def cancel(self, batch: Batch, indices: Iterable[int] | None = None) -> None:
        """Do not do photos that are not over; all of a batch, or some.

        Raises:
            OSError: it cannot be noted.
        """
        self._turn(batch, indices, (State.WAITING, State.RUNNING), State.CANCELLED)

    def retry(self, batch: Batch, indices: Iterable[int] | None = None) -> None:
        """Let photos that failed or were cancelled wait again; all of a batch, or some.

        Raises:
            OSError: it cannot be noted.
        """
        states = (State.FAILED,) if indices is None else (State.FAILED, State.CANCELLED)
        self._turn(batch, indices, states, State.WAITING)

    def remove(self, batch: Batch) -> None:
        """Forget a batch; what it has written stays."""
        with self._lock:
            self._batches.remove(batch)
            shutil.rmtree(self._folder / batch.id, ignore_errors=True)

    def remaining_seconds(self, side_by_side: int) -> float | None:
        """Return about how long the queue still takes; None as long as nothing is known.

        Args:
            side_by_side: how many photos are in work at a time.
        """
        entries = [entry for batch in self._batches for entry in batch.entries]
        times = [entry.seconds for entry in entries if entry.state is State.DONE and entry.seconds]
        left = sum(not entry.state.over for entry in entries)
        if not times:
            return None
        recent = times[-_RECENT:]
        return left * sum(recent) / len(recent) / side_by_side

    def _begin(self, batch: Batch, index: int, entry: Entry) -> Ticket:
        targets = [entry.item.target, entry.item.deep_target]
        free = entry.free or not any(path and os.path.lexists(path) for path in targets)
        self._change(batch, {index: replace(entry, state=State.RUNNING, free=free)})
        order = replace(entry.order, existing="replace") if entry.free else entry.order
        return Ticket(batch, index, entry.item, order)

    def _turn(
        self,
        batch: Batch,
        indices: Iterable[int] | None,
        states: tuple[State, ...],
        state: State,
    ) -> None:
        with self._lock:
            wanted = range(len(batch.entries)) if indices is None else indices
            self._change(
                batch,
                {
                    index: replace(batch.entries[index], state=state, reason="")
                    for index in wanted
                    if batch.entries[index].state in states
                },
            )

    def _change(self, batch: Batch, changed: dict[int, Entry]) -> None:
        before = {index: batch.entries[index] for index in changed}
        for index, entry in changed.items():
            batch.entries[index] = entry
        try:
            self._note(batch, changed)
        except OSError:
            for index, entry in before.items():
                batch.entries[index] = entry
            raise

    def _note(self, batch: Batch, indices: Iterable[int]) -> None:
        if batch in self._batches:
            add_results(batch, indices, self._folder / batch.id)


def _cut_off(batch: Batch) -> set[Path]:
    """Let photos whose work was cut off wait again; return the folders of their results."""
    folders = set()
    for index, entry in enumerate(batch.entries):
        if entry.state is State.RUNNING:
            batch.entries[index] = replace(entry, state=State.WAITING)
            folders.add(entry.item.target.parent)
    return folders
