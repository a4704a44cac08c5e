"""What all parts of the bench share: a row of the table, stopwatch, photographs of any size."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyvips
from skimage import data

MEGAPIXEL = (1155, 866)
MEGAPIXELS_12 = (4000, 3000)
MEGAPIXELS_24 = (6000, 4000)


@dataclass(frozen=True)
class Row:
    """One measurement."""

    what: str
    measured: str
    bare: str = ""
    ratio: str = ""
    target: str = ""
    passed: bool | None = None
    """None where there is nothing to pass, or it was left out."""


def milliseconds(work: Callable[[], object], repeats: int) -> float:
    """Best of several runs, after one to warm up: the least disturbed by other work."""
    work()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return 1000 * min(times)


def make_photo(path: Path, size: tuple[int, int], bits: int = 8, gray: bool = False) -> Path:
    """Write a photograph of any size without holding it: one that is bundled, side by side."""
    tile = pyvips.Image.new_from_array(np.ascontiguousarray(data.astronaut()))
    tile = tile.copy(interpretation="srgb")
    if gray:
        tile = tile.colourspace("b-w")
    if bits == 16:
        tile = tile.cast("ushort", shift=True).copy(interpretation="grey16" if gray else "rgb16")
    across, down = -(-size[0] // tile.width), -(-size[1] // tile.height)
    tile.replicate(across, down).crop(0, 0, *size).write_to_file(str(path))
    return path


def last_line(text: bytes) -> str:
    """The last line that a process wrote."""
    return (text.decode(errors="replace").strip().splitlines() or ["no message"])[-1]
