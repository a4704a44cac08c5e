"""What is around a place of a frame, and where on another frame it looks the same.

Hides parts of pixels, brightness and contrast, which do not count, and the correlation itself.

The measure is normalised correlation (Lewis 1995, "Fast Normalized Cross-Correlation").
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SIDE = 160  # px, short side at which frames are remembered
_GRAYS = 2.55  # of them for one L*


def remembered(lightness: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return what is kept of a frame of L* in [0, 100], h x w, for places to be followed on it."""
    scale = min(_SIDE / min(lightness.shape), 1.0)
    height, width = (max(round(side * scale), 1) for side in lightness.shape)
    small = lightness
    if scale < 1:
        small = np.asarray(cv2.resize(lightness, (width, height), interpolation=cv2.INTER_AREA))
    return np.asarray(cv2.convertScaleAbs(small, alpha=_GRAYS), np.uint8)


def patch_at(
    frame: NDArray[np.uint8], place: NDArray[np.float64], half: int
) -> NDArray[np.float32]:
    """Return L* of so many pixels to each side of a place."""
    grays = values_around(frame, (2 * half + 1, 2 * half + 1), *place)
    return grays / np.float32(_GRAYS)


def likeness(
    frame: NDArray[np.uint8], patch: NDArray[np.float32], centre: NDArray[np.float64], reach: int
) -> NDArray[np.float32]:
    """Return the correlation of a patch with those up to so many pixels around a centre."""
    around = patch_at(frame, centre, reach + patch.shape[0] // 2)
    return np.asarray(cv2.matchTemplate(around, patch, cv2.TM_CCOEFF_NORMED), np.float32)


def peak(
    likely: NDArray[np.float32], centre: NDArray[np.float64], cost: NDArray[np.float32]
) -> tuple[NDArray[np.float64], float]:
    """Return the most likely place, to parts of a pixel, and the correlation there.

    Args:
        likely: from `likeness`.
        centre: of it.
        cost: what each place is less likely by.
    """
    reach = likely.shape[0] // 2
    worth = likely - cost
    row, column = np.unravel_index(int(worth.argmax()), worth.shape)
    across = _top(worth[row, max(column - 1, 0) : column + 2])
    down = _top(worth[max(row - 1, 0) : row + 2, column])
    place = centre + np.array([column - reach + across, row - reach + down])
    return place, float(likely[row, column])


@functools.lru_cache(maxsize=8)
def squares(reach: int) -> NDArray[np.float32]:
    """Return the squared distances, in pixels, from the middle."""
    along = np.arange(-reach, reach + 1, dtype=np.float32) ** 2
    distances = along[None, :] + along[:, None]
    distances.flags.writeable = False
    return distances


def values_around(
    plane: NDArray[Any], size: tuple[int, int], column: float, row: float
) -> NDArray[np.float32]:
    """Return the values of a window, (width, height), around a place, between pixels bilinearly."""
    none: Any = None
    return np.asarray(cv2.getRectSubPix(plane, size, (column, row), none, cv2.CV_32F), np.float32)


def _top(three: NDArray[np.float32]) -> float:
    """Return where the parabola through three values has its top, from the middle one."""
    if len(three) < 3:
        return 0.0
    before, here, after = map(float, three)
    bend = before - 2 * here + after
    return min(max((before - after) / (2 * bend), -0.5), 0.5) if bend < 0 else 0.0
