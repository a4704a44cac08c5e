"""The colour guard: which photos have colours of their own already.

Invariant: sepia, toning and an even tint are no colours; a colour photograph has many at one
lightness, a toned print has one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from colordesk import color, icc

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colordesk.photo import Photo

_COLOURED = 5.0  # in CIELAB units; toned and stained prints measured 2 to 4.5, colour photographs 9
_SAMPLE_SIDE = 256
_LEVELS = 32


def is_coloured(photo: Photo) -> bool:
    """Whether a photo has colours of its own."""
    if photo.is_gray:
        return False
    small = color.convert(_shrunk(photo.pixels), photo.profile, icc.SRGB)
    return has_colour(small)


def has_colour(rgb: NDArray[np.uint8]) -> bool:
    """Tell a colour photograph from a gray, toned or faded one.

    In a toned print the colour depends on the lightness alone. So the mean chroma at each
    lightness is taken away, and what is left must be small.

    Args:
        rgb: uint8 h x w x 3, sRGB.
    """
    small = _shrunk(rgb).astype(np.float32) / 255
    lab = cv2.cvtColor(small, cv2.COLOR_RGB2LAB).reshape(-1, 3)
    level = np.minimum(lab[:, 0] / 100 * _LEVELS, _LEVELS - 1).astype(int)
    count = np.maximum(np.bincount(level, minlength=_LEVELS), 1)
    rest = 0.0
    for channel in (1, 2):
        mean = np.bincount(level, lab[:, channel], minlength=_LEVELS) / count
        rest += float(np.mean((lab[:, channel] - mean[level]) ** 2))
    return bool(rest > _COLOURED**2)


def _shrunk(pixels: Any) -> Any:
    height, width = pixels.shape[:2]
    ratio = min(1.0, _SAMPLE_SIDE / max(height, width))
    size = (max(1, round(width * ratio)), max(1, round(height * ratio)))
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
