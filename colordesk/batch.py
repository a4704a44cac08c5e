"""The work on many photos: threads, memory, and what became of each.

Invariants: no source is ever written to, and one bad file never stops the rest (a full disk does:
nothing after it could be written).
"""

from __future__ import annotations

import errno
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from colordesk.edit import Edit
from colordesk.errors import ColorDeskError
from colordesk.photo import open_photo, save_photo
from colordesk.plan import FileError, Item
from colordesk.render import Renderer
from colordesk.task import Cancelled, Task

# Memory is bounded whatever the number of threads: rendering takes about 10 to 20 bytes a pixel,
# and photos that wait for their turn are held decoded.
_PIXELS_IN_WORK = 100_000_000
_OPENING = 2


class NotTried(ColorDeskError):  # noqa: N818 - nothing is wrong with this photo
    """An earlier error ended the batch before this photo's turn came.

    Args:
        cause: that error.
    """

    def __init__(self, cause: BaseException) -> None:
        super().__init__(cause)
        self.cause = cause


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
        """`done`, `failed`, `cancelled` or `not tried`."""
        match self.error:
            case None:
                return "done"
            case Cancelled():
                return "cancelled"
            case NotTried():
                return "not tried"
            case _:
                return "failed"


def run(
    items: Sequence[Item],
    renderer: Renderer,
    edit_for: Callable[[Path], Edit],
    *,
    quality: int = 95,
    jobs: int = 2,
    overwrite: bool = False,
    on_result: Callable[[Result], None] = lambda result: None,
    task: Task,
) -> list[Result]:
    """Colorize every item; `jobs` threads overlap decoding and encoding with the network.

    Args:
        items: from `plan`.
        renderer: makes the pictures.
        edit_for: source -> its edit; what it raises is that item's error.
        quality: of JPEG and WebP, 1..100.
        jobs: photos in work at the same time; huge ones wait for each other.
        overwrite: replace results that exist already.
        on_result: called on the calling thread, in the order of the items.
        task: cancelling it ends the batch early; the results then say which items were not done.

    Returns:
        one result per item, in their order.
    """
    batch = _Batch(items, renderer, edit_for, quality, overwrite, task)
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


class _Batch:
    """What the threads of one `run` share."""

    def __init__(
        self,
        items: Sequence[Item],
        renderer: Renderer,
        edit_for: Callable[[Path], Edit],
        quality: int,
        overwrite: bool,
        task: Task,
    ) -> None:
        self._items = items
        self._renderer = renderer
        self._edit_for = edit_for
        self._quality = quality
        self._overwrite = overwrite
        self._task = task
        self._entrance = _Gate(_OPENING)
        self._workshop = _Gate(_PIXELS_IN_WORK)
        self._end: BaseException | None = None
        self._sources = {file for item in items if (file := _file_id(item.source))}

    def work(self, index: int) -> Result:
        """Do one item; every error becomes part of the result."""
        start = time.perf_counter()
        item = self._items[index]
        count = len(self._items)
        try:
            if self._end is not None:
                raise NotTried(self._end)
            done = self._do(item, self._task.part(index / count, (index + 1) / count))
        except Exception as error:  # noqa: BLE001 - not even a bug may stop the other photos
            if _disk_is_full(error):
                self._end = error
            done = Result(item, error)
        return replace(done, seconds=time.perf_counter() - start)

    def _do(self, item: Item, task: Task) -> Result:
        if item.error is not None:
            raise item.error
        task.check()
        if item.deep_target is None:  # else the target is known only once the photo is
            self._check_target(item.target)
        edit = self._edit_for(item.source)
        with ExitStack() as room:
            with self._entrance.passing(1, task):
                photo = open_photo(item.source, task.part(0, 0.2))
                room.enter_context(self._workshop.passing(photo.width * photo.height, task))
            if item.deep_target is not None:
                if photo.alpha is not None or photo.bits == 16:
                    item = replace(item, target=item.deep_target)
                self._check_target(item.target)
            colored = self._renderer.render(photo, edit, task.part(0.2, 0.8))
            device = self._renderer.device
            save_photo(colored, item.target, quality=self._quality, task=task.part(0.8, 1))
        return Result(
            item,
            size=(photo.width, photo.height),
            model=edit.model or "",
            device=device.label if device else "",
        )

    def _check_target(self, target: Path) -> None:
        """Refuse a target that must not be written, and make its folder.

        Raises:
            FileError: it is a source, a folder, or there already.
            OSError: its folder cannot be made or written.
        """
        if target.is_dir():
            raise FileError(target, "it is a folder")
        if (file := _file_id(target)) and file in self._sources:
            raise FileError(target, "it is one of the photos to be colorized")
        if os.path.lexists(target) and not self._overwrite:
            raise FileError(target, "it exists already")
        target.parent.mkdir(parents=True, exist_ok=True)
        if not os.access(target.parent, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target.parent))


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


def _disk_is_full(error: BaseException) -> bool:
    """Whether nothing more can be written, so that the rest need not be tried."""
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
