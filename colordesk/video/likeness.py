"""Whether two frames show the same scene, told from tiny copies of them.

Hides the copies: local brightness and contrast are taken out, so that flicker and fades do not
count, and one is laid over the other along optical flow, so that motion and shake do not count.
Invariant: likeness is at most 1, and 1 for equal frames and for two frames with nothing on them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import cv2
import numpy as np

from colordesk.video.flow import Motion, moved, places, resized

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SIDE = 48  # short side of the copies
_WINDOW = (15, 15)  # of the local mean and variance
_FAINT = 4.0  # variance of L* (2^2) below which local contrast is no picture
_BLOCK = 12  # side of the blocks whose likeness is averaged
_EMPTY = 0.1  # energy of a block that counts as nothing there, alike with anything
_STILL = 0.95  # likeness without motion at which none need be looked for
_BLANK = 2.0  # standard deviation of L* of a frame without a picture


@dataclass(frozen=True, eq=False)
class Tiny:
    """A frame as it is remembered for being compared."""

    detail: NDArray[np.float32]
    """L* without its local mean, h x w."""
    even: NDArray[np.float32]
    """The same without the local contrast."""
    energy: NDArray[np.float32]
    """Its mean square in each block."""
    grays: NDArray[np.uint8]
    """The same for optical flow."""
    blank: bool
    """Nothing is seen on it."""


class Mix(NamedTuple):
    """A frame as a sum of two others."""

    before: float
    """Share of the earlier one."""
    after: float
    """Share of the later one."""
    explained: float
    """Share of the frame's detail that the sum has."""


def tiny(lightness: NDArray[np.float32]) -> Tiny:
    """Return what is kept of a frame of L* in [0, 100], h x w."""
    height, width = lightness.shape
    scale = min(_SIDE / min(height, width), 1.0)
    size = (max(round(width * scale), 1), max(round(height * scale), 1))
    small: Any = lightness
    while small.shape[0] >= 2 * size[1] and small.shape[1] >= 2 * size[0]:
        half = small.shape[1] // 2, small.shape[0] // 2  # by whole pixels, which is quick
        small = cv2.resize(small, half, interpolation=cv2.INTER_AREA)
    small = cv2.resize(small, size, interpolation=cv2.INTER_AREA)
    small = cv2.blur(small, (3, 3))  # what is left of grain
    detail = small - cv2.blur(small, _WINDOW)
    even = detail / np.sqrt(cv2.blur(detail * detail, _WINDOW) + np.float32(_FAINT))
    grays: Any = cv2.convertScaleAbs(even, alpha=40, beta=128)
    _, deviation = cv2.meanStdDev(small)
    return Tiny(detail, even, _blocks(even, even), grays, float(deviation.item()) < _BLANK)


class Comparer:
    """Compares frames; keeps working memory, so one for each thread."""

    def __init__(self) -> None:
        self._flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_ULTRAFAST)
        self._flow.setFinestScale(0)

    def likeness(
        self, first: Tiny, second: Tiny, motion: Motion | None = None, enough: float = _STILL
    ) -> float:
        """Return how much two frames show the same, up to 1; unlike scenes have about 0.5.

        Args:
            first: a frame.
            second: a later one of the same size.
            motion: from the first to the second, if it is known.
            enough: likeness without motion at which none is looked for.
        """
        still = _alike(first, second.even, second.energy)
        if still > enough:
            return still
        place = (
            self._place(first, second)
            if motion is None
            else resized(motion.ahead.place, *first.even.shape)
        )
        laid = moved(second.even, place, cv2.BORDER_CONSTANT)
        return max(still, _alike(first, laid, _blocks(laid, laid)))

    def mix(self, first: Tiny, frame: Tiny, last: Tiny) -> Mix:
        """Return the sum of an earlier and a later frame, moved along flow, most like a frame."""
        a, b = (
            moved(other.detail, self._place(frame, other), cv2.BORDER_CONSTANT).ravel()
            for other in (first, last)
        )
        own = frame.detail.ravel()
        aa, bb, ab, whole = float(a @ a), float(b @ b), float(a @ b), float(own @ own) + 1e-6
        a_own, b_own = float(a @ own), float(b @ own)
        determinant = aa * bb - ab * ab
        if determinant <= 1e-6 * aa * bb:
            return Mix(0.0, 0.0, 0.0)
        before = (a_own * bb - b_own * ab) / determinant
        after = (b_own * aa - a_own * ab) / determinant
        return Mix(before, after, (before * a_own + after * b_own) / whole)

    def _place(self, first: Tiny, second: Tiny) -> NDArray[np.float32]:
        return places(self._flow, first.grays, second.grays)


def _alike(first: Tiny, second: NDArray[np.float32], energy: NDArray[np.float32]) -> float:
    """Return the likeness of local details, weighted by how much there is of them.

    Args:
        first: a frame.
        second: the details of the other one.
        energy: their mean square in each block.
    """
    both = _blocks(first.even, second)
    weight = first.energy + np.float32(_EMPTY)
    alike = (2 * both + np.float32(_EMPTY)) / (weight + energy)
    return float((weight * alike).sum() / weight.sum())


def _blocks(first: NDArray[np.float32], second: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the mean of the products of two frames' pixels in each block."""
    blocks = max(first.shape[1] // _BLOCK, 1), max(first.shape[0] // _BLOCK, 1)
    product = cv2.multiply(first, second)
    return np.asarray(cv2.resize(product, blocks, interpolation=cv2.INTER_AREA), np.float32)
