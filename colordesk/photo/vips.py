"""libvips, set up once for pictures from strangers, and how its errors and progress reach us.

Invariant: whoever imports pyvips through here gets only the loaders that are wanted.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyvips

from colordesk.photo.value import PhotoError
from colordesk.task import Cancelled, Task

if TYPE_CHECKING:
    from numpy.typing import NDArray

# What libvips says about slightly odd files is for its developers, not for people.
logging.getLogger("pyvips").setLevel(logging.CRITICAL)

# Results are kept by us where that pays; libvips' own cache would hold whole photos.
pyvips.cache_set_max(0)

# Loaders are many and some have never been tried on hostile files: only these are let in.
pyvips.block_untrusted_set(True)
pyvips.operation_block_set("VipsForeignLoad", True)
for _name in ("Jpeg", "Png", "Tiff", "Webp", "Nsgif", "Heif"):
    pyvips.operation_block_set(f"VipsForeignLoad{_name}", False)

MAX_PIXELS = 512_000_000
"""More are refused: a file of a few kilobytes can claim any size."""
MAX_SIDE = 100_000
"""Longer sides are refused."""

DAMAGED = "it is damaged or cut off, so that a part of the picture is missing"
"""Decoders say many things, which all come down to this."""


def as_image(values: NDArray[Any]) -> Any:
    """Return H x W [x C] values as an image that shares their memory."""
    height, width, *bands = values.shape
    form = {1: "uchar", 2: "ushort", 4: "float"}[values.itemsize]
    shared = np.ascontiguousarray(values).data
    return pyvips.Image.new_from_memory(shared, width, height, *(bands or [1]), form)


def check_size(path: Path, width: int, height: int) -> None:
    """Refuse a picture that no memory is made for.

    Raises:
        PhotoError: it has more than `MAX_PIXELS`, or is longer than `MAX_SIDE`.
    """
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise PhotoError(
            path,
            f"it claims to have {width} x {height} pixels, "
            f"more than {MAX_PIXELS // 1_000_000} megapixels or {MAX_SIDE} a side are not opened",
        )


def full_range(image: Any, bits: int) -> Any:
    """Stretch values of 9 to 15 bits, which come shifted to the left, so that white is 65535."""
    codes = np.arange(1 << 16) >> (16 - bits)
    table = np.rint(codes * (65535 / ((1 << bits) - 1))).astype(np.uint16)
    return image.maplut(as_image(table[None]))


@contextlib.contextmanager
def watched(image: Any, task: Task) -> Iterator[None]:
    """Report progress of the work on an image that is done inside, and let it be cancelled.

    Raises:
        Cancelled: the owner of the task asked to stop.
    """
    stopped: list[Cancelled] = []

    def look(running: Any, progress: Any) -> None:
        try:
            task.progress(progress.percent / 100)
        except Cancelled as cancelled:  # it may not pass through the C code that calls here
            stopped.append(cancelled)
            running.set_kill(True)

    image.set_progress(True)
    image.signal_connect("eval", look)
    try:
        yield
    except pyvips.Error:
        if stopped:
            raise stopped[0] from None
        raise
    task.progress(1.0)
    task.check()  # whoever was told of it may have asked for that just now


@contextlib.contextmanager
def blamed_on(path: Path) -> Iterator[None]:
    """Turn what goes wrong while a file is read into a `PhotoError`."""
    try:
        yield
    except pyvips.Error as error:
        if "out of memory" in str(error):
            raise MemoryError from error
        raise PhotoError(path, DAMAGED) from error
    except FileNotFoundError as error:
        raise PhotoError(path, "there is no such file") from error
    except PermissionError as error:
        raise PhotoError(path, "you have no permission to read it") from error
    except OSError as error:
        raise PhotoError(path, f"it cannot be read ({error.strerror or error})") from error
