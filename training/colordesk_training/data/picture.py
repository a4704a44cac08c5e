"""One training picture: where it lies, and how its compressed bytes become pixels.

Invariant: whatever a file claims to be, decoding it takes bounded memory and never raises.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image

from colordesk.errors import FileError

if TYPE_CHECKING:
    from numpy.typing import NDArray

SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff"}
MAX_FILE_BYTES = 64 * 2**20
_MAX_PIXELS = 80_000_000
_NOT_A_PICTURE = (OSError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning)
_REDUCED = {
    2: cv2.IMREAD_REDUCED_COLOR_2,
    4: cv2.IMREAD_REDUCED_COLOR_4,
    8: cv2.IMREAD_REDUCED_COLOR_8,
}


class DataError(FileError):
    """Training data cannot be used."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of a source."""

    source: Path
    """The folder or file that holds it."""
    name: str
    """Path inside the source, with forward slashes; decides about training or validation."""
    place: int = 0
    """Its number in a source that counts (arrays); names may repeat there."""

    @property
    def group(self) -> str:
        """First folder of the name; empty for a picture at the top."""
        return self.name.partition("/")[0] if "/" in self.name else ""

    @property
    def category(self) -> str:
        """All folders of the name: what is in it, in a source with a folder for each class."""
        return self.name.rpartition("/")[0]


def decode(data: bytes, at_least: int = 0) -> NDArray[np.uint8] | None:
    """Return pixels, uint8 H x W x 3 RGB, or None if the data are no picture.

    Args:
        data: a compressed file.
        at_least: a JPEG may come at 1/2, 1/4 or 1/8 if its short side keeps this many pixels, which
            saves most of the work of decoding; 0 gives the full size.
    """
    try:
        with Image.open(io.BytesIO(data)) as header:  # the header only: OpenCV does not show it
            width, height = header.size
            scalable = header.format == "JPEG"
    except _NOT_A_PICTURE:
        return None
    if width * height > _MAX_PIXELS:
        return None
    fitting = [f for f in _REDUCED if scalable and at_least and min(width, height) // f >= at_least]
    kind = _REDUCED[max(fitting)] if fitting else cv2.IMREAD_COLOR
    try:
        bgr = cv2.imdecode(np.frombuffer(data, np.uint8), kind)
    except cv2.error:
        return None
    if bgr is None:  # what OpenCV answers to a broken file, though its types say otherwise
        return None
    return np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB), np.uint8)
