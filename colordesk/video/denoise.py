"""The model's copy of a frame without grain and dirt, made from its neighbours in time.

Hides how neighbours are laid over a frame and what of them is believed. Networks paint blotches
where they read grain as texture. The frame that is exported keeps its grain unless `grain` is asked
to take it.
All is done with integers of 16 bits, in steps of brightness: twice as fast as with floats.
Invariant: a neighbour has a say only where it differs by no more than noise of the measured
strength explains; only where both agree that a pixel is dirt do they replace it.
"""

from __future__ import annotations

import functools
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from colordesk.inference.colorizer import estimate_noise
from colordesk.video.flow import Motion, Way, moved, resized

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Steps = NDArray[np.int16]

_UNIT = 40.0  # steps in one of L*, in the model's copy
_FAINTEST = 0.75  # noise in L* below which there is nothing to take away
_BELIEVED = 3.0  # standard deviations of noise by which frames of the same thing may differ
_WINDOW = (15, 15)  # brightness may differ between frames by its mean over this, as film flickers
_AGREED = 4.0  # L* by which neighbours may differ that show the same
_DIRT = 12.0  # L* by which a pixel that is dirt differs from both of them
_FARTHEST = 40.0  # standard deviations of noise that are told from more
_SHARE_ONE = 1 << 13  # a share of 1: three of them stay within 16 bits


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
    steps = _steps(own)
    around: list[Steps] = []
    if before is not None and frame.motion is not None:
        around.append(differences(steps, _laid(before, frame.motion.back, own.shape)))
    if after is not None and after.motion is not None:
        around.append(differences(steps, _laid(after, after.motion.ahead, own.shape)))
    change = cleaning(around, estimate_noise(own), _UNIT)
    return own if change is None else own + change * np.float32(1 / _UNIT)


def _laid(other: _Frame, way: Way, shape: tuple[int, ...]) -> Steps:
    height, width = shape
    return _steps(moved(other.lightness, resized(way.place, height, width)))


def _steps(lightness: NDArray[np.float32]) -> Steps:
    steps: Any = cv2.addWeighted(lightness, _UNIT, lightness, 0.0, 0.0, dtype=cv2.CV_16S)
    return np.asarray(steps, np.int16)


def differences(own: Steps, other: Steps) -> Steps:
    """Return by how much a neighbour that was laid over a frame differs, flicker left out.

    Args:
        own: the frame.
        other: the neighbour, each pixel where it is on the frame.
    """
    away: Any = cv2.subtract(own, other)
    return np.asarray(cv2.subtract(cv2.blur(away, _WINDOW), away), np.int16)


def cleaning(around: list[Steps], noise: float, unit: float) -> Steps | None:
    """Return what a frame lacks to be without what its neighbours do not have; None for nothing.

    Args:
        around: the `differences` of one or two neighbours.
        noise: standard deviation of its grain in L*.
        unit: steps in one of L*.
    """
    whole = _dirt(around[0], around[1], unit) if len(around) == 2 else None
    if whole is not None:
        around = [np.asarray(cv2.subtract(away, whole), np.int16) for away in around]
    if noise < _FAINTEST or not around:
        return whole
    mean = _mean(around, noise * unit)
    return mean if whole is None else np.asarray(cv2.add(mean, whole), np.int16)


def _dirt(before: Steps, after: Steps, unit: float) -> Steps | None:
    """Return what specks and scratches lack that the neighbours do not have; None without any."""
    twice: Any = cv2.add(before, after)
    agreed: Any = cv2.absdiff(before, after) < np.int16(_AGREED * unit)
    dirt: Any = (agreed & (np.abs(twice) > np.int16(2 * _DIRT * unit))).view(np.uint8)
    if not dirt.any():
        return None
    soft: Any = cv2.blur(cv2.dilate(dirt * 255, np.ones((3, 3), np.uint8)), (3, 3))
    return np.asarray(cv2.multiply(twice, soft.astype(np.int16), scale=0.5 / 255), np.int16)


def _mean(around: list[Steps], noise: float) -> Steps:
    """Return how far a frame is from the mean of it and of what noise alone makes differ from it.

    Args:
        around: the differences of the neighbours.
        noise: standard deviation of it in steps.
    """
    total: Any = None
    weight: Any = None
    for away in around:
        unlike: Any = cv2.convertScaleAbs(away, alpha=255 / (_FARTHEST * noise)).astype(np.uint16)
        unlike *= unlike
        share: Any = cv2.LUT(cv2.blur(unlike, (3, 3)), _shares())
        part = cv2.multiply(away, share, scale=1 / _SHARE_ONE)
        total = part if total is None else cv2.add(total, part, total)
        weight = share + np.int16(_SHARE_ONE) if weight is None else cv2.add(weight, share, weight)
    return np.asarray(cv2.divide(total, weight, total, _SHARE_ONE), np.int16)


@functools.cache
def _shares() -> NDArray[np.int16]:
    """Return the shares of neighbours by how unlike they are, squared, 255^2 for `_FARTHEST`."""
    variances = np.arange(1 << 16) * (_FARTHEST / 255) ** 2
    shares = np.exp(-np.maximum(variances - 2, 0) / (2 * _BELIEVED**2))
    return np.asarray(np.rint(shares * _SHARE_ONE), np.int16)
