"""Batches that wait for their turn, kept on disk so that neither closing nor a crash loses them.

Each batch is a folder with two readable files: `batch.json` says what is to be done, one line of
`results.jsonl` is added whenever something happened to a photo.
Invariant: what is in memory is also on disk; a photo whose work was cut off waits again, and only
its own unfinished result is ever written over.
"""

from __future__ import annotations

import contextlib
import datetime
import enum
import json
import os
import secrets
import shutil
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

from colordesk.batch import Existing, Order, Result
from colordesk.edit import Edit, EditError, edit_from_json
from colordesk.errors import ColorDeskError, FileError
from colordesk.explain import explain
from colordesk.paths import atomic_write
from colordesk.plan import Item
from colordesk.report import Row
from colordesk.task import Cancelled

_SCHEMA = 1
_BATCH, _RESULTS = "batch.json", "results.jsonl"
_MAX_FILE_BYTES = 2**28
_FINISHED_KEPT = 10
_RECENT = 20  # photos whose time says how long the next ones take


class State(enum.Enum):
    """Where a photo is on its way through the queue."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    SKIPPED = "skipped"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def over(self) -> bool:
        """Whether nothing will happen to the photo by itself."""
        return self not in (State.WAITING, State.RUNNING)


@dataclass(frozen=True)
class Entry:
    """One photo of a batch."""

    item: Item
    order: Order
    state: State = State.WAITING
    reason: str = ""
    """Why it is not done; a sentence."""
    seconds: float = 0.0
    size: str = ""
    """As 4000x3000, in pixels."""
    model: str = ""
    device: str = ""
    free: bool = False
    """Whether nothing lay at its target when its work began: what lies there now is its own."""


@dataclass(eq=False)
class Batch:
    """Photos that were queued together."""

    id: str
    title: str
    entries: list[Entry]

    @property
    def over(self) -> bool:
        """Whether nothing of it waits or runs."""
        return all(entry.state.over for entry in self.entries)

    def count(self, *states: State) -> int:
        """Return how many photos are in one of these states."""
        return sum(entry.state in states for entry in self.entries)

    def rows(self) -> list[Row]:
        """Return what became of its photos, for a report."""
        return [
            Row(
                source=str(entry.item.source),
                target=str(entry.item.target) if entry.state is State.DONE else "",
                status=entry.state.value if entry.state.over else "not tried",
                reason=entry.reason,
                seconds=round(entry.seconds, 3),
                size=entry.size,
                model=entry.model,
                device=entry.device,
            )
            for entry in self.entries
        ]


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
                    if (folder / _BATCH).is_file():
                        self._batches.append(_read(folder))
                except (ColorDeskError, OSError) as error:
                    problems.append(error)
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
            [_entry(item, order) for item, order in orders],
        )
        folder = self._folder / batch.id
        folder.mkdir(parents=True)
        data = {
            "schema": _SCHEMA,
            "title": title,
            "queued": now.isoformat(timespec="seconds"),
            "photos": [_photo_data(entry) for entry in batch.entries],
        }
        with atomic_write(folder / _BATCH) as temporary:
            temporary.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
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
        """Add lines to the results; a crash of the program loses none of them."""
        lines = [
            json.dumps({"photo": index, **_result_data(batch.entries[index])}) + "\n"
            for index in indices
        ]
        if lines and batch in self._batches:
            path = self._folder / batch.id / _RESULTS
            with path.open("a", encoding="utf-8") as file:
                file.writelines(lines)


def _entry(item: Item, order: Order) -> Entry:
    if item.error is None:
        return Entry(item, order)
    return Entry(replace(item, error=None), order, State.FAILED, str(explain(item.error)))


def _photo_data(entry: Entry) -> dict[str, Any]:
    item, order = entry.item, entry.order
    data: dict[str, Any] = {"source": str(item.source), "target": str(item.target)}
    if item.deep_target is not None:
        data["deep_target"] = str(item.deep_target)
    data |= {"quality": order.quality, "existing": order.existing, "recolor": order.recolor}
    if order.edit != Edit():
        data["edit"] = json.loads(order.edit.to_json())
    return data


def _result_data(entry: Entry) -> dict[str, Any]:
    data = {
        "state": entry.state.value,
        "target": str(entry.item.target),
        "reason": entry.reason,
        "seconds": round(entry.seconds, 3),
        "size": entry.size,
        "model": entry.model,
        "device": entry.device,
        "free": entry.free,
    }
    return {name: value for name, value in data.items() if value}


def _read(folder: Path) -> Batch:
    path = folder / _BATCH
    if path.stat().st_size > _MAX_FILE_BYTES:
        raise FileError(path, "it is far too large for a batch")
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["schema"] != _SCHEMA:
            raise FileError(path, f"its schema is {data['schema']!r}, not {_SCHEMA}")
        entries = [_read_entry(photo) for photo in data["photos"]]
        batch = Batch(folder.name, str(data["title"]), entries)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, EditError) as error:
        raise FileError(path, f"it is no batch ({error})") from error
    with contextlib.suppress(FileNotFoundError), (folder / _RESULTS).open(encoding="utf-8") as file:
        for line in file:
            with contextlib.suppress(ValueError, KeyError, TypeError, IndexError):  # torn lines
                _apply(entries, json.loads(line))
    for index, entry in enumerate(entries):
        if entry.state is State.RUNNING:  # cut off
            entries[index] = replace(entry, state=State.WAITING)
    return batch


def _read_entry(data: dict[str, Any]) -> Entry:
    deep = data.get("deep_target")
    existing: Existing = data["existing"]
    if existing not in get_args(Existing):
        raise ValueError(f"existing cannot be {existing!r}")
    order = Order(
        edit_from_json(json.dumps(data.get("edit", {}))),
        quality=min(max(int(data["quality"]), 1), 100),
        existing=existing,
        recolor=bool(data["recolor"]),
    )
    return Entry(
        Item(Path(data["source"]), Path(data["target"]), Path(deep) if deep else None), order
    )


def _apply(entries: list[Entry], data: dict[str, Any]) -> None:
    index = int(data["photo"])
    if not 0 <= index < len(entries):
        raise IndexError(index)
    entry = entries[index]
    entries[index] = replace(
        entry,
        item=replace(entry.item, target=Path(data.get("target", entry.item.target))),
        state=State(data["state"]),
        reason=str(data.get("reason", "")),
        seconds=float(data.get("seconds", 0.0)),
        size=str(data.get("size", "")),
        model=str(data.get("model", "")),
        device=str(data.get("device", "")),
        free=bool(data.get("free", False)),
    )
