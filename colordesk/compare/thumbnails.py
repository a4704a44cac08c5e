"""Small copies of all pictures of a comparison, as files, so that none needs to stay in memory.

Invariant: a file belongs to one picture of one contestant, whatever their names hold.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import cv2

from colordesk.paths import atomic_write

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SIDE = 320
"""Longest side of a small copy, in pixels."""
_QUALITY = 85


class Thumbnails:
    """The folder of small copies.

    Args:
        folder: made where it is missing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def has(self, name: str) -> bool:
        """Whether there is one of this name."""
        return (self._folder / name).is_file()

    def save(self, key: str, rgb: NDArray[np.uint8]) -> str:
        """Keep a small copy of a picture and return its name.

        Args:
            key: what tells the picture from any other.
            rgb: sRGB, H x W x 3.

        Raises:
            OSError: it cannot be written.
        """
        name = f"{hashlib.sha256(os.fsencode(key)).hexdigest()[:20]}.jpg"
        scale = min(1.0, SIDE / max(rgb.shape[:2]))
        size = max(1, round(rgb.shape[1] * scale)), max(1, round(rgb.shape[0] * scale))
        small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA) if scale < 1 else rgb
        data = cv2.imencode(".jpg", small[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1]
        self._folder.mkdir(parents=True, exist_ok=True)
        with atomic_write(self._folder / name) as temporary:
            temporary.write_bytes(data.tobytes())
        return name

    def read(self, name: str) -> bytes:
        """Return a small copy as JPEG.

        Raises:
            OSError: there is none.
        """
        return (self._folder / name).read_bytes()
