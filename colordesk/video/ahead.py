"""Work of several stages at once: each stage runs ahead of the next in a thread of its own.

Hides threads and queues. A stage is a generator over what the stage before it yields.
Invariant: a queue never holds more than its depth, and when the last stage is closed, or fails,
every thread has ended and every generator was closed in the thread that ran it.
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
    """
    begun = _received(source, depth)
    next(begun)
    return begun


def _received(source: Generator[T, None, None], depth: int) -> Generator[Any, None, None]:
    """Begin, and yield nothing first; then yield what comes."""
    items: queue.Queue[tuple[T] | BaseException | None] = queue.Queue(depth)
    closed = threading.Event()

    def put(item: tuple[T] | BaseException | None) -> None:
        while not closed.is_set():
            try:
                items.put(item, timeout=_WAIT_SECONDS)
                return
            except queue.Full:
                continue

    def work() -> None:
        try:
            for item in source:
                put((item,))
                if closed.is_set():
                    break
            put(None)
        except BaseException as error:  # noqa: BLE001 - it is raised again, in the other thread
            put(error)
        finally:
            source.close()

    thread = threading.Thread(target=work, name=getattr(source, "__name__", "stage"), daemon=True)
    thread.start()
    try:
        yield None
        while (item := items.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item[0]
    finally:
        closed.set()
        thread.join()
