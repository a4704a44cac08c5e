"""The model's copy of a frame without grain and dirt, made from its neighbours in time.

Hides how neighbours are laid over a frame and what of them is believed. Networks paint blotches
where they read grain as texture. The frame that is exported keeps its grain unless `grain` is asked
to take it.
Invariant: a neighbour has a say only where it differs by no more than noise of the measured
strength explains; only where both agree that a pixel is dirt do they replace it.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from colordesk.inference.colorizer import estimate_noise
from colordesk.video.flow import Motion, moved, resized

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FAINTEST = 0.75  # noise in L* below which there is nothing to take away
_BELIEVED = 3.0  # standard deviations of noise by which frames of the same thing may differ
_WINDOW = (15, 15)  # brightness may differ between frames by its mean over this, as film flickers
_AGREED = 4.0  # L* by which neighbours may differ that show the same
_DIRT = 12.0  # L* by which a pixel that is dirt differs from both of them


class FilmDenoiser:
    """Denoises the frames of one shot for the model, one frame late; one thread."""

    def __init__(self) -> None:
        self._seen: deque[_Frame] = deque(maxlen=3)
        self._begun = False

    def put(
        self, lightness: NDArray[np.float32], motion: Motion | None, wanted: bool = True
    ) -> list[NDArray[np.float32]]:
        """Take the next frame; return the one before it, if any, as the model should see it.

        Args:
            lightness: L* in [0, 100], h x w.
            motion: from the frame before it; None for the first one.
            wanted: if not, the frame itself is returned when its turn comes, at no cost.
        """
        self._seen.append(_Frame(lightness, motion, wanted))
        if not self._begun:
            self._begun = True
            return []
        before = self._seen[-3] if len(self._seen) == 3 else None
        return [_clean(before, self._seen[-2], self._seen[-1])]

    def finish(self) -> list[NDArray[np.float32]]:
        """Return the last frame."""
        if not self._seen:
            return []
        before = self._seen[-2] if len(self._seen) > 1 else None
        last = self._seen[-1]
        self._seen.clear()
        self._begun = False
        return [_clean(before, last, None)]


@dataclass(frozen=True, eq=False)
class _Frame:
    lightness: NDArray[np.float32]
    motion: Motion | None
    """From the frame before."""
    wanted: bool


def _clean(before: _Frame | None, frame: _Frame, after: _Frame | None) -> NDArray[np.float32]:
    """Return a frame without what is not on its neighbours."""
    own = frame.lightness
    if not frame.wanted:
        return own
    around: list[NDArray[np.float32]] = []
    if before is not None and frame.motion is not None:
        around.append(laid(before.lightness, frame.motion.back.place, own))
    if after is not None and after.motion is not None:
        around.append(laid(after.lightness, after.motion.ahead.place, own))
    return cleaned(own, around, estimate_noise(own))


def cleaned(
    own: NDArray[np.float32], around: list[NDArray[np.float32]], noise: float
) -> NDArray[np.float32]:
    """Return a frame without what its neighbours do not have.

    Args:
        own: the frame, from 0 to 100.
        around: one or two neighbours, `laid` over it.
        noise: standard deviation of its grain.
    """
    clean = _without_dirt(own, *around) if len(around) == 2 else own
    return _averaged(clean, around, noise) if noise >= _FAINTEST and around else clean


def laid(
    other: NDArray[np.float32], place: NDArray[np.float32], own: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return another frame laid over one, with its brightness.

    Args:
        other: the other frame.
        place: where the pixels of the one are on it.
        own: the one, or some rows of it if `place` is of its size.
    """
    there = moved(other, resized(place, *own.shape))
    level: NDArray[np.float32] = there + cv2.blur(own - there, _WINDOW)
    return level


def _without_dirt(
    own: NDArray[np.float32], before: NDArray[np.float32], after: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return a frame with the specks and scratches taken out that its neighbours do not have."""
    mean = (before + after) * np.float32(0.5)
    dirt = (np.abs(before - after) < _AGREED) & (np.abs(own - mean) > _DIRT)
    if not dirt.any():
        return own
    soft = cv2.blur(cv2.dilate(dirt.astype(np.float32), np.ones((3, 3), np.uint8)), (3, 3))
    cleaned: NDArray[np.float32] = own + (mean - own) * soft
    return cleaned


def _averaged(
    own: NDArray[np.float32], around: list[NDArray[np.float32]], noise: float
) -> NDArray[np.float32]:
    """Return the mean of a frame and of what noise alone makes differ from it."""
    believed = np.float32(2 * (_BELIEVED * noise) ** 2)
    total, weight = own.copy(), np.ones_like(own)
    for other in around:
        unlike = cv2.blur(np.square(own - other), (3, 3))
        share = np.exp(-np.maximum(unlike - np.float32(2 * noise * noise), 0) / believed)
        total += share * other
        weight += share
    mean: NDArray[np.float32] = total / weight
    return mean
