"""Every row once, by all threads, until the end, an error or a cancel."""

from __future__ import annotations

import threading
import time

import numpy as np
import pytest

from colordesk import strips
from colordesk.strips import Strip, Strips
from colordesk.task import Cancelled, Task


@pytest.mark.parametrize("threads", [1, 2, 5])
@pytest.mark.parametrize(
    ("height", "width"), [(1, 1), (63, 10), (64, 10), (65, 10), (1000, 7), (5, 10**7), (300, 5000)]
)
def test_every_row_is_done_once(threads: int, height: int, width: int) -> None:
    done = np.zeros(height, int)

    def worker(rows: int) -> Strip:
        assert rows == 1 or rows * width <= strips.PIXELS

        def strip(start: int, stop: int) -> None:
            assert 0 < stop - start <= rows <= strips.ROWS
            done[start:stop] += 1

        return strip

    seen: list[float] = []
    Strips(threads).run(height, width, worker, Task(lambda fraction, _: seen.append(fraction)))
    assert (done == 1).all()
    assert seen == sorted(seen)
    assert seen[-1] == 1


@pytest.mark.parametrize("thread", ["any", "caller", "pool"])
def test_an_error_stops_all_and_comes_out(thread: str) -> None:
    done, inside = [], []
    failing = threading.Event()

    def worker(rows: int) -> Strip:
        here = "caller" if threading.current_thread() is threading.main_thread() else "pool"

        def strip(start: int, stop: int) -> None:
            done.append(start)
            if start >= 640 and thread in ("any", here):
                failing.set()
                raise OSError("this strip fails")
            if start >= 640:
                inside.append(start)
                assert failing.wait(30)  # until the other thread came so far
                time.sleep(0.001)
                inside.remove(start)

        return strip

    pool = Strips(2)
    with pytest.raises(OSError, match="this strip fails"):
        pool.run(640_000, 10, worker, Task())
    assert len(done) < 5000  # of 10000
    assert not inside  # all of them have ended


def test_an_error_while_memory_is_taken_comes_out() -> None:
    def worker(rows: int) -> Strip:
        raise MemoryError

    with pytest.raises(MemoryError):
        Strips(3).run(1000, 10, worker, Task())


def test_cancel_stops_all_threads() -> None:
    task = Task()
    done = []

    def worker(rows: int) -> Strip:
        def strip(start: int, stop: int) -> None:
            done.append(start)
            time.sleep(0.001)
            if len(done) >= 10:
                task.cancel()

        return strip

    with pytest.raises(Cancelled):
        Strips(2).run(64_000, 10, worker, task)
    assert len(done) < 500  # of 1000


def test_several_pictures_at_once_do_not_wait_for_ever() -> None:
    pool = Strips(2)
    results = []

    def work() -> None:
        total = []
        pool.run(640, 10, lambda rows: lambda start, stop: total.append(stop - start), Task())
        results.append(sum(total))

    threads = [threading.Thread(target=work) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert results == [640] * 12
