"""Where a result differs from the truth, as a picture.

Invariant: the same difference has the same colour in every picture, whatever else is in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from colordesk.metrics.lab import ciede2000, lab_of
from colordesk.ui.compare.kinds import LARGEST, Kind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colordesk.task import Task

_ROWS = 256  # worked on at a time, so that large pictures need little memory


def difference(
    kind: Kind, result: NDArray[np.uint8], truth: NDArray[np.uint8], task: Task
) -> NDArray[np.uint8]:
    """Return a picture of the differences, uint8 h x w x 3.

    Args:
        kind: CIEDE2000 on a scale of heat; the error of a*b* with its direction as hue and its
            length as brightness; or the error of L*, blue where the result is too dark.
        result: uint8 h x w x 3, sRGB.
        truth: the same.
        task: progress and cancel.
    """
    out = np.empty(result.shape, np.uint8)
    height = len(result)
    for start in range(0, height, _ROWS):
        part = slice(start, min(start + _ROWS, height))
        mine, true = lab_of(result[part]), lab_of(truth[part])
        if kind is Kind.DELTA_E:
            out[part] = heat(np.asarray(ciede2000(mine, true)) / LARGEST[kind])
        elif kind is Kind.AB:
            out[part] = vectors(mine[1] - true[1], mine[2] - true[2])
        else:
            out[part] = two_ways((mine[0] - true[0]) / LARGEST[kind])
        task.progress(part.stop / height)
    return out


def heat(share: NDArray[Any]) -> NDArray[np.uint8]:
    """Return black over violet, red and orange to yellow, for 0 to 1; h x w -> h x w x 3."""
    steps = np.clip(share * 255, 0, 255).astype(np.uint8)
    coloured = cv2.applyColorMap(steps, cv2.COLORMAP_INFERNO)
    return np.asarray(coloured[:, :, ::-1], np.uint8)


def vectors(a: NDArray[Any], b: NDArray[Any]) -> NDArray[np.uint8]:
    """Return the direction of a*b* vectors as hue, as CIELAB has it, and the length as light."""
    length = np.minimum(np.hypot(a, b) / LARGEST[Kind.AB], 1)
    scale = 60 * length / np.maximum(np.hypot(a, b), 1e-6)
    lab = np.stack([12 + 58 * length, a * scale, b * scale], axis=2).astype(np.float32)
    rgb = cv2.cvtColor(lab, cv2.COLOR_LAB2RGB)
    return np.asarray(np.clip(rgb * 255 + 0.5, 0, 255), np.uint8)


def two_ways(share: NDArray[Any]) -> NDArray[np.uint8]:
    """Return blue for -1 over dark gray for 0 to orange for 1; h x w -> h x w x 3."""
    ends = np.array([[80, 150, 255], [40, 40, 40], [255, 160, 60]], np.float32)
    amount = np.clip(share, -1, 1)[:, :, None]
    far = np.where(amount < 0, ends[0], ends[2])
    return np.asarray(ends[1] + (far - ends[1]) * np.abs(amount) + 0.5, np.uint8)
