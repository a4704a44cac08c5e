"""Samples as the papers print them: a row a picture, from left to right gray, truth, result."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import cv2
import numpy as np

from colordesk_training.data.sources import Picture, PictureReader
from colordesk_training.evaluate import Predict, triple

if TYPE_CHECKING:
    from numpy.typing import NDArray

TITLES = ("gray", "truth", "result")
_WIDTH = 240  # of a picture, pixels
_GAP = 6
_HEAD = 24


def grid(predict: Predict, pictures: Sequence[Picture], size: int) -> NDArray[np.uint8]:
    """Return pictures as a network paints them now, uint8 H x W x 3 RGB on white.

    Args:
        predict: the colorizer at its working size.
        pictures: colour photographs; broken ones are left out.
        size: working size, short side in pixels.
    """
    reader = PictureReader()
    found = [rgb for picture in pictures if (rgb := reader.read(picture)) is not None]
    rows = [_head(), *(_row(triple(predict, rgb, size)) for rgb in found)]
    return np.concatenate(rows)


def _head() -> NDArray[np.uint8]:
    strip = np.full((_HEAD, 3 * (_WIDTH + _GAP) + _GAP, 3), 255, np.uint8)
    for i, title in enumerate(TITLES):
        (width, _), _ = cv2.getTextSize(title, cv2.FONT_HERSHEY_SIMPLEX, 0.5, 1)
        left = _GAP + i * (_WIDTH + _GAP) + (_WIDTH - width) // 2
        place = (left, _HEAD - 7)
        cv2.putText(strip, title, place, cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 0, 0), 1, cv2.LINE_AA)
    return strip


def _row(pictures: Sequence[NDArray[np.float32]]) -> NDArray[np.uint8]:
    height, width = pictures[0].shape[:2]
    shown = (_WIDTH, max(round(height * _WIDTH / width), 1))
    kind = cv2.INTER_AREA if width > _WIDTH else cv2.INTER_CUBIC
    columns = np.arange(3) * (_WIDTH + _GAP) + _GAP
    strip = np.full((shown[1] + _GAP, 3 * (_WIDTH + _GAP) + _GAP, 3), 255, np.uint8)
    for picture, left in zip(pictures, columns.tolist(), strict=True):
        resized = np.asarray(cv2.resize(picture, shown, interpolation=kind), np.float32)
        strip[: shown[1], left : left + _WIDTH] = (np.clip(resized, 0, 1) * 255).round()
    return strip
