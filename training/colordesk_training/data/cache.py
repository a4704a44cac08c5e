"""A prepared cache: pictures decoded and shrunk once, so that training only maps memory.

A folder with `pixels.bin` (all pictures, uint8 H x W x 3 RGB, one behind the other), `index.npy`
(int64 rows: where, height, width), `names.json` and `cache.json`. Nothing in it is ever unpickled.
Invariant: a folder of the final name is complete; what was broken off is only ever `NAME.partial`.
"""

from __future__ import annotations

import json
import os
import shutil
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import cv2
import numpy as np

from colordesk.task import Task
from colordesk_training.data.picture import DataError, Picture

if TYPE_CHECKING:
    from numpy.typing import NDArray

Read = Callable[[Picture, int], "NDArray[np.uint8] | None"]
_SCHEMA = 1
_ABOUT = "cache.json"


@dataclass(frozen=True)
class Prepared:
    """What came of preparing a cache."""

    pictures: int
    """How many are in it."""
    gray: int
    """How many were left out since they have next to no colour."""
    broken: int
    """How many were left out since they cannot be read."""
    bytes: int
    """Size of the pixels."""


class Cache:
    """A prepared cache, mapped for reading.

    Args:
        path: its folder.

    Raises:
        DataError: it is damaged or of a newer version.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            about = json.loads((path / _ABOUT).read_text(encoding="utf-8"))
            names = json.loads((path / "names.json").read_text(encoding="utf-8"))
            index = np.load(path / "index.npy", allow_pickle=False)
            pixels = np.memmap(path / "pixels.bin", np.uint8, "r")
            if about["schema"] != _SCHEMA:
                raise DataError(path, "it was prepared by another version; prepare it again")
            _check(index, names, len(pixels))
        except (OSError, ValueError, TypeError, KeyError, EOFError) as error:
            raise DataError(path, "this cache is damaged; prepare it again") from error
        self._names, self._index, self._pixels = names, index, pixels

    def pictures(self) -> list[Picture]:
        """Return its pictures in the order in which they were prepared."""
        return [Picture(self._path, name, i) for i, name in enumerate(self._names)]

    def read(self, picture: Picture, _at_least: int) -> NDArray[np.uint8]:
        """Return the pixels, uint8 H x W x 3 RGB, read-only and straight from the map."""
        start, height, width = self._index[picture.place].tolist()
        return self._pixels[start : start + height * width * 3].reshape(height, width, 3)


def is_cache(path: Path) -> bool:
    """Return whether a folder is a prepared cache."""
    return (path / _ABOUT).is_file()


def prepare(
    pictures: Sequence[Picture],
    read: Read,
    out: Path,
    size: int,
    min_chroma: float,
    task: Task,
) -> Prepared:
    """Write a cache; a run that was broken off begins anew.

    Args:
        pictures: what goes into it, in this order.
        read: gives their pixels; called from several threads.
        out: the folder to make.
        size: short side in pixels; smaller pictures keep their size.
        min_chroma: pictures whose mean chroma is lower are left out.
        task: progress and cancel.

    Raises:
        DataError: the folder exists already, or no picture is usable.
        OSError: it cannot be written, or the disk is full.
    """
    if out.exists():
        raise DataError(out, "it exists already; give another name or delete it")
    partial = out.with_name(f"{out.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)  # of a run that was killed
    partial.mkdir(parents=True)
    try:
        prepared = _fill(partial, pictures, read, size, min_chroma, task)
        if prepared.pictures == 0:
            raise DataError(
                pictures[0].source,
                f"none of its pictures is left: {prepared.gray} gray, {prepared.broken} broken",
            )
        partial.replace(out)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return prepared


def _fill(
    folder: Path,
    pictures: Sequence[Picture],
    read: Read,
    size: int,
    min_chroma: float,
    task: Task,
) -> Prepared:
    rows: list[tuple[int, int, int]] = []
    names: list[str] = []
    left_out = {"gray": 0, "broken": 0}
    end = 0

    def shrink(picture: Picture) -> NDArray[np.uint8] | Literal["gray", "broken"]:
        rgb = read(picture, size)
        return "broken" if rgb is None else _shrunk(rgb, size, min_chroma)

    with (folder / "pixels.bin").open("wb") as file:
        for i, (picture, rgb) in enumerate(_in_order(shrink, pictures)):
            task.progress(i / len(pictures), f"{i} of {len(pictures)} pictures")
            if isinstance(rgb, str):
                left_out[rgb] += 1
                continue
            file.write(rgb.data)
            rows.append((end, *rgb.shape[:2]))
            names.append(picture.name)
            end += rgb.nbytes
        file.flush()
        os.fsync(file.fileno())
    np.save(folder / "index.npy", np.array(rows, np.int64).reshape(-1, 3), allow_pickle=False)
    (folder / "names.json").write_text(json.dumps(names), encoding="utf-8")
    sources = list(dict.fromkeys(str(picture.source) for picture in pictures))
    about = {"schema": _SCHEMA, "size": size, "pictures": len(rows), **left_out, "of": sources}
    (folder / _ABOUT).write_text(json.dumps(about, indent=1), encoding="utf-8")
    return Prepared(len(rows), left_out["gray"], left_out["broken"], end)


def _shrunk(
    rgb: NDArray[np.uint8], size: int, min_chroma: float
) -> NDArray[np.uint8] | Literal["gray"]:
    height, width = rgb.shape[:2]
    scale = size / min(height, width)
    if scale < 1:
        smaller = (max(round(width * scale), 1), max(round(height * scale), 1))
        rgb = np.asarray(cv2.resize(rgb, smaller, interpolation=cv2.INTER_AREA), np.uint8)
    ab = cv2.cvtColor(rgb.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)[..., 1:]
    if np.hypot(ab[..., 0], ab[..., 1]).mean() < min_chroma:
        return "gray"
    return np.ascontiguousarray(rgb)


def _in_order(
    work: Callable[[Picture], Any], pictures: Sequence[Picture]
) -> Iterator[tuple[Picture, Any]]:
    """Yield each picture with what the work made of it, some ahead in threads, few in memory."""
    threads = os.cpu_count() or 1
    waiting: deque[tuple[Picture, Future[Any]]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        try:
            for picture in pictures:
                waiting.append((picture, pool.submit(work, picture)))
                if len(waiting) > 2 * threads:
                    first, future = waiting.popleft()
                    yield first, future.result()
            for first, future in waiting:
                yield first, future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _check(index: NDArray[np.int64], names: object, size: int) -> None:
    """Raise ValueError unless every picture lies inside the pixels."""
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ValueError("names are not a list of texts")
    if index.dtype != np.int64 or index.shape != (len(names), 3) or index.min(initial=0) < 0:
        raise ValueError("the index does not fit the names")
    start, height, width = index.T
    if max(height.max(initial=0), width.max(initial=0)) > 2**20 or start.max(initial=0) > size:
        raise ValueError("a picture is too large")
    if (start + 3 * height * width).max(initial=0) > size:
        raise ValueError("a picture reaches beyond the pixels")
