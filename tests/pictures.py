"""Small generated pictures, smooth enough for lossy formats, and different in every corner."""

from __future__ import annotations

from typing import Any

import numpy as np


def picture(height: int = 40, width: int = 56, channels: int = 3, bits: int = 8) -> Any:
    """H x W x C; channels differ, rows and columns differ, black and white are in it."""
    y, x = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
    planes = [(x + y) / 2, x * (1 - y) + 0.1 * y, 1 - (x + y) / 2, 0.2 + 0.8 * x]
    values = np.stack(planes[:channels], axis=2)
    top = (1 << bits) - 1
    return np.rint(values * top).astype(np.uint8 if bits == 8 else np.uint16)


def alpha(height: int = 40, width: int = 56, bits: int = 8) -> Any:
    """H x W, from transparent at the top to opaque at the bottom."""
    return np.ascontiguousarray(picture(width, height, 1, bits)[:, :, 0].T)
