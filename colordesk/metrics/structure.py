"""Structural similarity: whether the pattern of a picture survived, at one and at several scales.

Hides windows, borders, tiles and the pyramid.
Invariant: SSIM is scikit-image's with Gaussian weights (sigma 1.5, 11 x 11 pixels, population
covariance) to 1e-4, over the pixels whose whole window lies in the picture.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from colordesk.metrics.strip import Picture, floats
from colordesk.strips import PIXELS, Strips, cpu_threads
from colordesk.task import Task

Windows = NDArray[np.float64]
"""Sums over the windows of a picture, of R, G and B in turn: SSIM, then contrast and structure
alone; at the end how many windows there are."""

_REACH = 5  # pixels of a window on each side of its middle
_SIGMA = 1.5
_C1, _C2 = 0.01**2, 0.03**2  # for values in [0, 1]
_WEIGHTS = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)  # of the scales, finest first
_TILE = (118, 502)  # windows down and across whose planes fit into a core's cache


def windows(result: Picture, truth: Picture, task: Task) -> Windows:
    """Return the sums over the windows of two pictures of one size, by all cores.

    Raises:
        Cancelled: the owner of the task asked for it.
    """
    height, width = (max(side - 2 * _REACH, 0) for side in result.shape[:2])
    tiles = [(y, x) for y in range(0, height, _TILE[0]) for x in range(0, width, _TILE[1])]
    found = np.zeros((max(len(tiles), 1), 7))

    def worker(count: int) -> Callable[[int, int], None]:
        def work(start: int, stop: int) -> None:
            for number in range(start, stop):
                top, left = tiles[number]
                rows = slice(top, top + _TILE[0] + 2 * _REACH)
                columns = slice(left, left + _TILE[1] + 2 * _REACH)
                found[number] = _windows(result[rows, columns], truth[rows, columns])

        return work

    if tiles:
        Strips(cpu_threads()).run(len(tiles), PIXELS, worker, task)  # one tile is a strip
    return np.asarray(found.sum(axis=0))


def ssim(sums: Windows) -> float:
    """Return the mean over windows and channels; nan for a picture without a whole window."""
    count = sums[-1]
    return float(sums[:3].sum() / (3 * count)) if count else float("nan")


def ms_ssim(finest: Windows, result: Picture, truth: Picture) -> float:
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
            sums = windows(*pair, Task())
        last = scale == len(_WEIGHTS) - 1
        means = (sums[:3] if last else sums[3:6]) / sums[-1]
        similarity *= np.maximum(means, 0) ** weight
    return float(similarity.mean())


def _windows(result: Picture, truth: Picture) -> Windows:
    """Return `windows` of one tile, whose outermost `_REACH` pixels have no window."""
    full, structure = [], []
    inside: Any = slice(_REACH, -_REACH)
    for stored in zip(cv2.split(result), cv2.split(truth), strict=True):
        x, y = (floats(plane) for plane in stored)
        x -= 0.5  # small numbers have small errors
        y -= 0.5
        product = x * y
        mean_x, mean_y = _blurred(x), _blurred(y)
        x *= x
        y *= y
        x += y
        shared = _blurred(product)[inside, inside]
        spread = _blurred(x)[inside, inside]
        mean_x, mean_y = mean_x[inside, inside], mean_y[inside, inside]
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


def _blurred(plane: NDArray[np.float32]) -> NDArray[np.float32]:
    side = 2 * _REACH + 1
    return np.asarray(cv2.GaussianBlur(plane, (side, side), _SIGMA), np.float32)


def _halved(picture: Picture) -> NDArray[np.float32]:
    """Return the mean of every 2 x 2 pixels; an odd last row or column is left out."""
    height, width = picture.shape[0] // 2, picture.shape[1] // 2
    half = np.empty((height, width, 3), np.float32)

    def worker(rows: int) -> Callable[[int, int], None]:
        def work(start: int, stop: int) -> None:
            rows = floats(picture[2 * start : 2 * stop, : 2 * width])
            # half way between pixels bilinear is their mean, and OpenCV's is the faster of the two
            cv2.resize(rows, (width, stop - start), half[start:stop], 0, 0, cv2.INTER_LINEAR)

        return work

    Strips(cpu_threads()).run(height, width, worker, Task())
    return half
