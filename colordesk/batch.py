"""The work on many photos: threads, memory, and what became of each.

Invariants: no source is ever written to, and one bad file never stops the rest (a full disk does:
nothing after it could be written).
"""

from __future__ import annotations

import errno
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from colordesk.edit import Edit
from colordesk.errors import ColorDeskError, FileError
from colordesk.guard import is_coloured
from colordesk.photo import open_photo, save_photo
from colordesk.plan import Item
from colordesk.render import Renderer
from colordesk.task import Cancelled, Task

# Memory is bounded whatever the number of threads: rendering takes about 10 to 20 bytes a pixel,
# and photos that wait for their turn are held decoded.
_PIXELS_IN_WORK = 100_000_000
_OPENING = 2

Existing = Literal["refuse", "skip", "replace"]
"""What becomes of a photo whose result is there already."""


class NotTried(ColorDeskError):
    """An earlier error ended the batch before this photo's turn came.

    Args:
        cause: that error.
    """

    def __init__(self, cause: BaseException) -> None:
        super().__init__(cause)
        self.cause = cause


class Skipped(ColorDeskError):
    """A photo was passed over on purpose.

    Args:
        path: the photo, or the result that is there already.
        problem: one plain clause.
        coloured: whether it is for its colours.
    """

    def __init__(self, path: Path, problem: str, coloured: bool = False) -> None:
        super().__init__(path, problem, coloured)
        self.path = path
        self.problem = problem
        self.coloured = coloured


@dataclass(frozen=True)
class Order:
    """How a photo is to be coloured and written."""

    edit: Edit
    quality: int = 95
    """Of JPEG and WebP, 1..100."""
    existing: Existing = "refuse"
    recolor: bool = False
    """Whether it is coloured even if it has colours of its own."""


@dataclass(frozen=True)
class Result:
    """What became of one item."""

    item: Item
    error: BaseException | None = None
    """None: the target was written."""
    seconds: float = 0.0
    size: tuple[int, int] | None = None
    """Width and height in pixels, once known."""
    model: str = ""
    device: str = ""

    @property
    def status(self) -> str:
        """`done`, `skipped`, `failed`, `cancelled` or `not tried`."""
        match self.error:
            case None:
                return "done"
            case Cancelled():
                return "cancelled"
            case NotTried():
                return "not tried"
            case Skipped():
                return "skipped"
            case _:
                return "failed"


def run(
    items: Sequence[Item],
    renderer: Renderer,
    order_for: Callable[[Path], Order],
    *,
    jobs: int = 2,
    on_result: Callable[[Result], None] = lambda result: None,
    task: Task,
) -> list[Result]:
    """Colorize every item; `jobs` threads overlap decoding and encoding with the network.

    Args:
        items: from `plan`.
        renderer: makes the pictures.
        order_for: source -> its order; what it raises is that item's error.
        jobs: photos in work at the same time; huge ones wait for each other.
        on_result: called on the calling thread, in the order of the items.
        task: cancelling it ends the batch early; the results then say which items were not done.

    Returns:
        one result per item, in their order.
    """
    batch = _Batch(items, renderer, order_for, task)
    results = []
    pool = ThreadPoolExecutor(jobs, thread_name_prefix="batch")
    try:
        for future in [pool.submit(batch.work, index) for index in range(len(items))]:
            results.append(future.result())
            on_result(results[-1])
    except BaseException:
        task.cancel()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
    return results


class Workshop:
    """Opens, colours and writes photos; safe to use from several threads at once.

    Args:
        renderer: makes the pictures.
        sources: what must not be written to, beyond the photo itself.
    """

    def __init__(self, renderer: Renderer, sources: Iterable[Path]) -> None:
        self._renderer = renderer
        self._entrance = _Gate(_OPENING)
        self._room = _Gate(_PIXELS_IN_WORK)
        self._sources = {file for source in sources if (file := _file_id(source))}

    def colorize(self, item: Item, order: Order, task: Task) -> Result:
        """Colour a photo and write it.

        Raises:
            Skipped: its result is there already, or it has colours of its own.
            FileError: its target must not be written.
            OSError, ColorDeskError: it cannot be read, coloured or written.
            Cancelled: the owner of the task asked for it.
        """
        if item.error is not None:
            raise item.error
        task.check()
        if item.deep_target is None:  # else the target is known only once the photo is
            self._check_target(item, order)
        with ExitStack() as held:
            with self._entrance.passing(1, task):
                photo = open_photo(item.source, task.part(0, 0.2))
                held.enter_context(self._room.passing(photo.width * photo.height, task))
            if item.deep_target is not None:
                if photo.alpha is not None or photo.bits == 16:
                    item = replace(item, target=item.deep_target)
                self._check_target(item, order)
            if not order.recolor and is_coloured(photo):
                raise Skipped(item.source, "it has colours of its own", coloured=True)
            colored = self._renderer.render(photo, order.edit, task.part(0.2, 0.8))
            device = self._renderer.device
            save_photo(colored, item.target, quality=order.quality, task=task.part(0.8, 1))
        return Result(
            item,
            size=(photo.width, photo.height),
            model=order.edit.model or "",
            device=device.label if device else "",
        )

    def _check_target(self, item: Item, order: Order) -> None:
        """Refuse a target that must not be written, and make its folder.

        Raises:
            FileError: it is a source, a folder, or there already.
            Skipped: it is there already, and that is fine.
            OSError: its folder cannot be made or written.
        """
        target = item.target
        if target.is_dir():
            raise FileError(target, "it is a folder")
        file = _file_id(target)
        if file and (file in self._sources or file == _file_id(item.source)):
            raise FileError(target, "it is one of the photos to be colorized")
        if order.existing != "replace" and os.path.lexists(target):
            if order.existing == "skip":
                raise Skipped(target, "it exists already")
            raise FileError(target, "it exists already")
        target.parent.mkdir(parents=True, exist_ok=True)
        if not os.access(target.parent, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target.parent))


class _Batch:
    """What the threads of one `run` share."""

    def __init__(
        self,
        items: Sequence[Item],
        renderer: Renderer,
        order_for: Callable[[Path], Order],
        task: Task,
    ) -> None:
        self._items = items
        self._order_for = order_for
        self._task = task
        self._workshop = Workshop(renderer, (item.source for item in items))
        self._end: BaseException | None = None

    def work(self, index: int) -> Result:
        """Do one item; every error becomes part of the result."""
        item, count = self._items[index], len(self._items)
        task = self._task.part(index / count, (index + 1) / count)
        if self._end is not None:
            return Result(item, NotTried(self._end))

        def do() -> Result:
            if item.error is not None:
                raise item.error
            return self._workshop.colorize(item, self._order_for(item.source), task)

        result = attempt(item, do)
        if result.error is not None and disk_is_full(result.error):
            self._end = result.error
        return result


def attempt(item: Item, work: Callable[[], Result]) -> Result:
    """Do one item and measure the time; every error becomes part of the result."""
    start = time.perf_counter()
    try:
        done = work()
    except Exception as error:  # noqa: BLE001 - not even a bug may stop the other photos
        done = Result(item, error)
    return replace(done, seconds=time.perf_counter() - start)


class _Gate:
    """Lets threads pass while what they bring stays under a limit; what is larger goes alone."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._inside = 0
        self._changed = threading.Condition()

    @contextmanager
    def passing(self, amount: int, task: Task) -> Iterator[None]:
        """Wait for room and hold it for the length of the block.

        Raises:
            Cancelled: while waiting.
        """
        with self._changed:
            while self._inside and self._inside + amount > self._limit:
                task.check()
                self._changed.wait(0.2)
            self._inside += amount
        try:
            yield
        finally:
            with self._changed:
                self._inside -= amount
                self._changed.notify_all()


def _file_id(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from every other, whatever names and links lead to it."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def disk_is_full(error: BaseException) -> bool:
    """Whether nothing more can be written, so that the rest need not be tried."""
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
