"""Work of several stages at once: each stage runs ahead of the next in a thread of its own.

Hides threads and queues. A stage is a generator over what the stage before it yields; it hands
over several items at once: it works at a stretch, and what it needs stays in a core's caches.
Invariant: never more than `depth` items are made ahead, and when the last stage is closed, or
fails, every thread has ended and every generator was closed in the thread that ran it.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator
from typing import Any, TypeVar

T = TypeVar("T")
_WAIT_SECONDS = 0.1


def ahead(source: Generator[T, None, None], depth: int) -> Generator[T, None, None]:
    """Yield what `source` yields, which runs in another thread, at most `depth` items ahead.

    It begins at once, asked for anything or not. What `source` raises is raised here.

    Args:
        source: the stage; all of it runs in its thread.
        depth: items, two at least; half of them are handed over at once.
    """
    begun = _received(source, depth)
    next(begun)
    return begun


def _received(source: Generator[T, None, None], depth: int) -> Generator[Any, None, None]:
    """Begin, and yield nothing first; then yield what comes."""
    handful = max(1, depth // 2)
    made: queue.Queue[list[T] | BaseException | None] = queue.Queue(1)
    closed = threading.Event()

    def put(items: list[T] | BaseException | None) -> None:
        while not closed.is_set():
            try:
                made.put(items, timeout=_WAIT_SECONDS)
                return
            except queue.Full:
                continue

    def work() -> None:
        items: list[T] = []
        end: BaseException | None = None
        try:
            for item in source:
                items.append(item)
                if len(items) == handful:
                    put(items)
                    items = []
                if closed.is_set():
                    break
        except BaseException as error:  # noqa: BLE001 - it is raised again, in the other thread
            end = error
        finally:
            put(items)
            put(end)
            source.close()

    thread = threading.Thread(target=work, name=getattr(source, "__name__", "stage"), daemon=True)
    thread.start()
    try:
        yield None
        while (items := made.get()) is not None:
            if isinstance(items, BaseException):
                raise items
            yield from items
    finally:
        closed.set()
        thread.join()
