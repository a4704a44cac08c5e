"""The pictures of an experiment: squares of one size, prepared once from any source.

Experiments at scale small or smoke run on any photographs. Making the squares first makes the
pictures of all rows the same and spares each row decoding large files again and again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from colordesk.task import Task
from colordesk_training.data.cache import prepare
from colordesk_training.data.sources import Picture, PictureReader, list_pictures

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MIN_CHROMA = 2.0  # below, a picture teaches nothing but gray


def squares(sources: Sequence[Path], count: int, side: int, home: Path, task: Task) -> Path:
    """Return a cache of at most `count` square pictures, drawn evenly from the sources.

    Args:
        sources: what `list_pictures` takes.
        count: before near-gray and broken ones are left out; 0 takes all.
        side: of each square, in pixels.
        home: where such caches are kept; one that fits is used again.
        task: progress and cancel.

    Raises:
        DataError: a source cannot be used, or none of its pictures can.
        OSError: the cache cannot be written.
    """
    places = [str(source.resolve()) for source in sources]
    digest = hashlib.blake2b(repr((places, count)).encode(), digest_size=4).hexdigest()
    cache = home / f"{side}px-{digest}"
    if cache.is_dir():
        return cache
    pictures = list_pictures(sources)
    # Not every n-th: that would follow the order of groups, sizes and numbers.
    drawn = np.random.default_rng(0).permutation(len(pictures))[: count or None]
    reader = PictureReader()

    def read(picture: Picture, at_least: int) -> NDArray[np.uint8] | None:
        rgb = reader.read(picture, at_least)
        return None if rgb is None else square(rgb, side)

    home.mkdir(parents=True, exist_ok=True)
    prepare([pictures[i] for i in sorted(drawn.tolist())], read, cache, side, _MIN_CHROMA, task)
    return cache


def square(rgb: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    """Cut the middle square of a picture, uint8 H x W x 3, and bring it to a side in pixels."""
    height, width = rgb.shape[:2]
    short = min(height, width)
    top, left = (height - short) // 2, (width - short) // 2
    cut = rgb[top : top + short, left : left + short]
    if short == side:
        return np.ascontiguousarray(cut)
    kind = cv2.INTER_AREA if short > side else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(cut, (side, side), interpolation=kind), np.uint8)
