"""Work on a large picture in strips of rows, by all cores, with small memory.

Hides threads. numpy and OpenCV let go of Python's lock while they work, so threads are enough.
Invariant: when `Strips.run` returns or raises, no thread touches the picture any more.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import cv2

from colordesk.task import Task

ROWS = 64
PIXELS = 1 << 16  # few enough for a core's cache, enough that threads seldom wait for Python's lock

Strip = Callable[[int, int], None]
"""Works on the rows start..stop."""


def cpu_threads() -> int:
    """Return how many CPU cores this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


class Strips:
    """Threads for strips; safe to use for several pictures at once.

    Args:
        threads: how many strips of one picture are worked on at a time.
    """

    def __init__(self, threads: int) -> None:
        self._threads = threads
        # twice, so that a preview finds workers while a large picture is being rendered
        self._pool = ThreadPoolExecutor(2 * threads, thread_name_prefix="strips")
        # strips are the parallelism: threads of OpenCV's own would only get in their way
        cv2.setNumThreads(1)

    def run(self, height: int, width: int, worker: Callable[[int], Strip], task: Task) -> None:
        """Call strips until every row of a picture was worked on.

        Args:
            height: of the picture.
            width: of the picture.
            worker: called once in each thread with the most rows of a strip; gives the function
                that does one strip, with working memory of its own.
            task: told of progress, and asked between strips whether to go on.

        Raises:
            Cancelled: the owner of the task asked for it.
        """
        rows = max(1, min(ROWS, PIXELS // width, -(-height // self._threads)))
        count = min(self._threads, -(-height // rows))
        ends: list[int | None] = [None] * count
        starts = deque([*range(0, height, rows), *ends])

        def drain(report: bool) -> None:
            try:
                strip = worker(rows)
                while (start := starts.popleft()) is not None:
                    stop = min(start + rows, height)
                    strip(start, stop)
                    task.check()
                    if report:
                        task.progress(stop / height)
            except BaseException:
                starts.extendleft(ends)  # the others stop at their next strip
                raise

        others = [self._pool.submit(drain, False) for _ in range(count - 1)]
        try:
            drain(True)
        finally:
            for other in others:
                if not other.cancel():
                    other.exception()  # it works on shared memory: wait for it
        for other in others:
            if not other.cancelled():
                other.result()
        task.progress(1.0)
        task.check()  # whoever heard that may have had enough
