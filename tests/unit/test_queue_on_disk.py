"""What waits survives a crash, and nothing but a photo's own unfinished result is written over."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from colordesk import leftovers
from colordesk.batch import Order, Result, Skipped
from colordesk.edit import Edit, Look
from colordesk.errors import FileError
from colordesk.photo import PhotoError
from colordesk.plan import Item
from colordesk.queue import Queue
from colordesk.queued import Batch, State
from colordesk.task import Cancelled

EDIT = Edit(model="m", look=Look(tint=5))


@pytest.fixture
def queue(tmp_path: Path) -> Queue:
    return Queue(tmp_path / "queue")


def orders(folder: Path, count: int = 3) -> list[tuple[Item, Order]]:
    return [
        (Item(folder / f"{n} ä.jpg", folder / f"{n}-color.jpg"), Order(EDIT, 80, "skip", n == 1))
        for n in range(count)
    ]


def add(queue: Queue, folder: Path, count: int = 3) -> Batch:
    return queue.add("Album", orders(folder, count))


def again(queue: Queue) -> Queue:
    """What a program finds that starts after a crash."""
    fresh = Queue(queue._folder)
    assert fresh.load() == []
    return fresh


def states(queue: Queue) -> list[str]:
    return [entry.state.value for batch in queue.batches for entry in batch.entries]


def run(queue: Queue, error: BaseException | None = None) -> None:
    ticket = queue.take()
    assert ticket is not None
    queue.finish(ticket, Result(ticket.item, error, 2.0, (40, 30), "m", "CPU"))


def test_what_was_queued_is_there_after_a_crash_as_readable_json(
    queue: Queue, tmp_path: Path
) -> None:
    batch = add(queue, tmp_path)
    fresh = again(queue)
    (found,) = fresh.batches
    assert (found.id, found.title, found.entries) == (batch.id, "Album", batch.entries)
    (file,) = (tmp_path / "queue").glob("*/batch.json")
    data = json.loads(file.read_text(encoding="utf-8"))
    assert data["photos"][1]["source"] == str(tmp_path / "1 ä.jpg")
    assert data["photos"][1]["edit"]["look"]["tint"] == 5


def test_results_are_there_after_a_crash(queue: Queue, tmp_path: Path) -> None:
    batch = add(queue, tmp_path, 4)
    run(queue)
    run(queue, PhotoError(tmp_path / "1.jpg", "it is torn"))
    run(queue, Skipped(tmp_path / "2.jpg", "it has colours of its own", coloured=True))
    fresh = again(queue)
    assert states(fresh) == ["done", "failed", "skipped", "waiting"]
    assert fresh.batches[0].entries == batch.entries
    rows = fresh.batches[0].rows()
    assert [row.status for row in rows] == ["done", "failed", "skipped", "not tried"]
    assert rows[0].target == str(tmp_path / "0-color.jpg")
    assert "it is torn" in rows[1].reason
    assert rows[1].target == ""


def test_a_photo_that_was_cut_off_waits_again_and_may_replace_its_own_result(
    queue: Queue, tmp_path: Path
) -> None:
    add(queue, tmp_path, 2)
    (tmp_path / "1-color.jpg").write_text("of somebody else")
    first, second = queue.take(), queue.take()
    assert first is not None
    assert second is not None
    (tmp_path / "0-color.jpg").write_text("written, but not noted")
    fresh = again(queue)
    assert states(fresh) == ["waiting", "waiting"]
    first, second = fresh.take(), fresh.take()
    assert first is not None
    assert second is not None
    assert first.order.existing == "replace"
    assert second.order.existing == "skip"


def test_an_interrupted_photo_waits_but_a_cancelled_one_does_not(
    queue: Queue, tmp_path: Path
) -> None:
    batch = add(queue, tmp_path)
    run(queue, Cancelled())
    assert states(queue) == ["waiting"] * 3
    ticket = queue.take()
    assert ticket is not None
    queue.cancel(batch, [0, 2])
    queue.finish(ticket, Result(ticket.item, Cancelled()))
    assert states(queue) == states(again(queue)) == ["cancelled", "waiting", "cancelled"]


def test_what_failed_can_be_tried_again(queue: Queue, tmp_path: Path) -> None:
    batch = add(queue, tmp_path)
    run(queue, FileError(tmp_path / "0-color.jpg", "it exists already"))
    run(queue)
    queue.cancel(batch)
    assert batch.over
    queue.retry(batch)
    assert states(again(queue)) == ["waiting", "done", "cancelled"]
    assert batch.entries[0].reason == ""
    queue.retry(batch, [1, 2])
    assert states(queue) == ["waiting", "done", "waiting"]


def test_what_cannot_be_read_has_failed_before_it_began(queue: Queue, tmp_path: Path) -> None:
    bad = Item(tmp_path / "a", tmp_path / "b", error=FileNotFoundError(2, "none", "a.jpg"))
    queue.add("Album", [(bad, Order(Edit()))])
    assert queue.take() is None
    assert states(again(queue)) == ["failed"]
    assert "a.jpg" in queue.batches[0].entries[0].reason


def test_batches_are_done_in_the_order_of_their_queueing(queue: Queue, tmp_path: Path) -> None:
    for name in "ab":
        queue.add(name, orders(tmp_path / name, 1))
    fresh = again(queue)
    titles = []
    while (ticket := fresh.take()) is not None:
        titles.append(ticket.batch.title)
    assert titles == ["a", "b"]


def test_a_removed_batch_is_gone_and_its_late_result_no_harm(queue: Queue, tmp_path: Path) -> None:
    batch = add(queue, tmp_path, 1)
    ticket = queue.take()
    assert ticket is not None
    queue.remove(batch)
    queue.finish(ticket, Result(ticket.item))
    assert queue.batches == again(queue).batches == []
    assert list((tmp_path / "queue").iterdir()) == []


def test_torn_lines_and_damaged_batches_stop_nothing(queue: Queue, tmp_path: Path) -> None:
    batch = add(queue, tmp_path)
    run(queue)
    with (tmp_path / "queue" / batch.id / "results.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"photo": 99, "state": "done"}\nnull\n{"photo": 1, "sta')
    for name, text in (("20000101-bad", "{"), ("20000102-new", '{"schema": 9}')):
        (tmp_path / "queue" / name).mkdir()
        (tmp_path / "queue" / name / "batch.json").write_text(text, encoding="utf-8")
    fresh = Queue(tmp_path / "queue")
    problems = fresh.load()
    assert [type(problem) for problem in problems] == [FileError] * 2
    assert states(fresh) == ["done", "waiting", "waiting"]
    assert (tmp_path / "queue" / "20000101-bad" / "batch.json").exists()


def test_only_the_last_finished_batches_are_kept(queue: Queue, tmp_path: Path) -> None:
    for _ in range(12):
        add(queue, tmp_path, 1)
        run(queue)
    add(queue, tmp_path, 1)
    assert states(again(queue)) == ["done"] * 10 + ["waiting"]


def test_the_time_that_is_left_is_told_by_what_was_done(queue: Queue, tmp_path: Path) -> None:
    add(queue, tmp_path, 5)
    assert queue.remaining_seconds(2) is None
    run(queue)
    assert queue.remaining_seconds(2) == pytest.approx(4.0)
    assert queue.remaining_seconds(1) == pytest.approx(8.0)


def test_what_cannot_be_noted_has_not_happened(queue: Queue, tmp_path: Path) -> None:
    batch = add(queue, tmp_path, 1)
    results = tmp_path / "queue" / batch.id / "results.jsonl"
    results.mkdir()
    with pytest.raises(OSError, match="results"):
        queue.take()
    results.rmdir()
    assert batch.entries[0].state is State.WAITING
    assert queue.take() is not None


def test_what_a_crash_left_half_written_goes_when_nobody_writes_it_any_more(
    queue: Queue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(queue, tmp_path)
    assert queue.take() is not None
    old, new = tmp_path / ".colordesk-1.jpg", tmp_path / ".colordesk-2.jpg"
    for file in (old, new):
        file.touch()
    os.utime(old, (1, 1))
    fresh = again(queue)
    assert not old.exists()
    assert new.exists()  # somebody may be at it
    monkeypatch.setattr(leftovers, "_STILL_SECONDS", -1.0)
    run(fresh)
    assert not new.exists()
    new.touch()
    again(fresh)  # nothing was cut off this time
    assert new.exists()
