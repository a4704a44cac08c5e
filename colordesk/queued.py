"""Photos that wait in the queue, as values and as the two readable files of their batch.

`batch.json` says what is to be done, a line of `results.jsonl` what became of one photo.
Invariant: what is read again is what was written; a torn line costs only what it told.
"""

from __future__ import annotations

import contextlib
import enum
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

from colordesk.batch import Existing, Order
from colordesk.edit import Edit, EditError, edit_from_json
from colordesk.errors import FileError
from colordesk.explain import explain
from colordesk.paths import atomic_write
from colordesk.plan import Item
from colordesk.report import Row

_SCHEMA = 1
_BATCH, _RESULTS = "batch.json", "results.jsonl"
_MAX_FILE_BYTES = 2**28


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


def queued(item: Item, order: Order) -> Entry:
    """Return a photo that is new in the queue; what cannot be done has failed already."""
    if item.error is None:
        return Entry(item, order)
    return Entry(replace(item, error=None), order, State.FAILED, str(explain(item.error)))


def is_batch(folder: Path) -> bool:
    """Whether a folder holds a batch."""
    return (folder / _BATCH).is_file()


def write_batch(batch: Batch, folder: Path, queued_at: str) -> None:
    """Write what is to be done.

    Raises:
        OSError: it cannot be written, or the disk is full.
    """
    data = {
        "schema": _SCHEMA,
        "title": batch.title,
        "queued": queued_at,
        "photos": [_photo_data(entry) for entry in batch.entries],
    }
    with atomic_write(folder / _BATCH) as temporary:
        temporary.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def add_results(batch: Batch, indices: Iterable[int], folder: Path) -> None:
    """Add lines of what became of photos; a crash of the program loses none of them.

    Raises:
        OSError: they cannot be written.
    """
    lines = [
        json.dumps({"photo": index, **_result_data(batch.entries[index])}) + "\n"
        for index in indices
    ]
    if lines:
        with (folder / _RESULTS).open("a", encoding="utf-8") as file:
            file.writelines(lines)


def read_batch(folder: Path) -> Batch:
    """Return a batch as it was when the program ended.

    Raises:
        FileError: the file is damaged.
        OSError: it cannot be read.
    """
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
