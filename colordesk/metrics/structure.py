"""Structural similarity: whether the pattern of a picture survived, at one and at several scales.

Hides windows, borders and the pyramid.
Invariant: SSIM is scikit-image's with Gaussian weights (sigma 1.5, 11 x 11 pixels, population
covariance) to 1e-4, over the pixels whose whole window lies in the picture.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from colordesk.metrics.strip import Picture, Strip, floats
from colordesk.metrics.sums import Sums
from colordesk.strips import Strips, cpu_threads
from colordesk.task import Task

if TYPE_CHECKING:
    from numpy.typing import NDArray

_REACH = 5  # pixels of a window on each side of its middle
_SIGMA = 1.5
_C1, _C2 = 0.01**2, 0.03**2  # for values in [0, 1]
_WEIGHTS = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)  # of the scales, finest first
_BAND = 256  # rows that are halved at a time


def windows(strip: Strip) -> Sums:
    """Return the sums over the windows of a strip.

    For R, G and B in turn: SSIM, then contrast and structure alone; at the end how many windows
    there were.
    """
    low, high = max(strip.start - _REACH, 0), strip.stop + _REACH
    result, truth = (floats(picture[low:high]) for picture in strip.whole)
    return _windows(result, truth)


def ssim(sums: Sums) -> float:
    """Return the mean over windows and channels; nan for a picture without a whole window."""
    count = sums[-1]
    return float(sums[:3].sum() / (3 * count)) if count else float("nan")


def ms_ssim(finest: Sums, result: Picture, truth: Picture) -> float:
    """Return SSIM over five scales; nan for a picture with a side under 176 pixels.

    Source: Wang, Simoncelli, Bovik 2003, "Multiscale structural similarity for image quality
    assessment", equation 7, per channel; a scale is the mean of 2 x 2 pixels of the one before.

    Args:
        finest: what `windows` gives for the whole picture.
        result: the picture that is judged.
        truth: of the same size.
    """
    if min(result.shape[:2]) < (2 * _REACH + 1) << (len(_WEIGHTS) - 1):
        return float("nan")
    similarity = np.ones(3)
    sums, pair = finest, (result, truth)
    for scale, weight in enumerate(_WEIGHTS):
        if scale:
            pair = _halved(pair[0]), _halved(pair[1])
            sums = _all_windows(*pair)
        last = scale == len(_WEIGHTS) - 1
        means = (sums[:3] if last else sums[3:6]) / sums[-1]
        similarity *= np.maximum(means, 0) ** weight
    return float(similarity.mean())


def _windows(result: NDArray[np.float32], truth: NDArray[np.float32]) -> Sums:
    """Return `windows` of two float pictures, whose outermost `_REACH` pixels have no window."""
    if min(result.shape[:2]) <= 2 * _REACH:
        return np.zeros(7)
    full, structure = [], []
    for x, y in zip(cv2.split(result), cv2.split(truth), strict=True):
        x, y = x - np.float32(0.5), y - np.float32(0.5)  # small numbers have small errors
        mean_x, mean_y = _blurred(x), _blurred(y)
        shared = _blurred(x * y)
        spread = _blurred(x * x + y * y)
        product = mean_x * mean_y
        squares = mean_x * mean_x
        squares += mean_y * mean_y
        shared -= product
        spread -= squares
        shared *= 2
        shared += _C2
        spread += _C2
        shared /= spread
        structure.append(cv2.sumElems(shared)[0])
        # back to values from 0 to 1: x y + (x + y) / 2 + 1 / 4, and so for the squares
        mean_x += mean_y
        mean_x += 0.5 + _C1
        product *= 2
        product += mean_x
        squares += mean_x
        shared *= product
        shared /= squares
        full.append(cv2.sumElems(shared)[0])
    return np.array([*full, *structure, shared.size], np.float64)


def _all_windows(result: Picture, truth: Picture) -> Sums:
    """Return `windows` of whole pictures, by all cores."""
    found: dict[int, Sums] = {}

    def worker(rows: int) -> Callable[[int, int], None]:
        def strip(start: int, stop: int) -> None:
            found[start] = windows(Strip(result, truth, start, stop))

        return strip

    Strips(cpu_threads()).run(result.shape[0], result.shape[1], worker, Task())
    return np.asarray(np.sum([found[start] for start in sorted(found)], axis=0))


def _blurred(plane: NDArray[np.float32]) -> NDArray[np.float32]:
    side = 2 * _REACH + 1
    blurred: Any = cv2.GaussianBlur(plane, (side, side), _SIGMA)
    return np.asarray(blurred[_REACH:-_REACH, _REACH:-_REACH], np.float32)


def _halved(picture: Picture) -> NDArray[np.float32]:
    """Return the mean of every 2 x 2 pixels; an odd last row or column is left out."""
    height, width = picture.shape[0] // 2, picture.shape[1] // 2
    half = np.empty((height, width, 3), np.float32)
    for row in range(0, height, _BAND):
        rows = picture[2 * row : 2 * min(row + _BAND, height), : 2 * width]
        stop = row + len(rows) // 2
        cv2.resize(floats(rows), (width, len(rows) // 2), half[row:stop], 0, 0, cv2.INTER_AREA)
    return half
