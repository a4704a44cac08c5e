"""Whether two frames show the same scene, told from tiny copies of them.

Hides the copies: local brightness and contrast are taken out, so that flicker and fades do not
count, and one is laid over the other along optical flow, so that motion and shake do not count.
Invariant: likeness is at most 1, and 1 for equal frames and for two frames with nothing on them.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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
_LITTLE = 0.5  # energy of a block that tells as little of it as the rest of the frame does
_SEEN = 0.2  # share from which a scene is seen
_DARK = 0.3  # variance of L* that counts for nothing in a contrast
_TINY = 1e-6
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


@dataclass(frozen=True, eq=False)
class Mix:
    """A frame against the sum of an earlier and a later one, laid over it along flow."""

    first: NDArray[np.float32]
    """Detail of the earlier one."""
    frame: NDArray[np.float32]
    """Its own."""
    last: NDArray[np.float32]
    """That of the later one."""

    @functools.cached_property
    def _products(self) -> tuple[float, ...]:
        """Mean products: both with themselves, with each other, with the frame; the frame's own."""
        a, own, b = (plane.ravel() for plane in (self.first, self.frame, self.last))
        pairs = (a, a), (b, b), (a, b), (a, own), (b, own), (own, own)
        return tuple(float(one @ other) / own.size for one, other in pairs)

    @functools.cached_property
    def _parts(self) -> tuple[float, float]:
        """How much of both the frame has."""
        before, after = _shares(*self._products[:5])
        return float(before), float(after)

    @property
    def stronger(self) -> float:
        """How much the frame has of the one of which it has more."""
        return max(self._parts)

    @property
    def explained(self) -> float:
        """Share of the frame's detail that the sum has."""
        *_, a_own, b_own, own = self._products
        return (self._parts[0] * a_own + self._parts[1] * b_own) / (own + _TINY)

    @property
    def alike(self) -> float:
        """Correlation of the two, 0..1: that of one scene which moves is high."""
        aa, bb, ab, *_ = self._products
        return max(ab, 0.0) / math.sqrt(aa * bb + _TINY)

    @property
    def contrast(self) -> float:
        """Natural logarithm of the frame's contrast to theirs; where scenes mix it is low."""
        aa, bb, *_, own = self._products
        return math.log((own + _DARK) / math.sqrt((aa + _DARK) * (bb + _DARK)))

    @property
    def both(self) -> float:
        """Share of the places with detail of either scene at which both are seen."""
        a, own, b = self.first, self.frame, self.last
        pairs = (a, a), (b, b), (a, b), (a, own), (b, own)
        aa, bb, ab, a_own, b_own = (_blocks(*pair) for pair in pairs)
        # in a block that shows little, the shares of the whole frame are as likely as any
        few, (before, after) = np.float32(_LITTLE), self._parts
        shares = _shares(aa + few, bb + few, ab, a_own + few * before, b_own + few * after)
        seen = np.minimum(*shares) > _SEEN
        weight = np.sqrt(aa * bb)
        return float(weight[seen].sum() / (weight.sum() + _TINY))


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
        # a fifth of the time, and enough for what is laid over a mixture of scenes
        self._rough = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_ULTRAFAST)
        self._rough.setFinestScale(1)

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
        still = unmoved(first, second)
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
        """Lay an earlier and a later frame over one."""
        a, b = (
            moved(other.detail, places(self._rough, frame.grays, other.grays), cv2.BORDER_CONSTANT)
            for other in (first, last)
        )
        return Mix(a, frame.detail, b)

    def _place(self, first: Tiny, second: Tiny) -> NDArray[np.float32]:
        return places(self._flow, first.grays, second.grays)


def unmoved(first: Tiny, second: Tiny) -> float:
    """Return how much two frames show the same at the same places."""
    return _alike(first, second.even, second.energy)


def _shares(aa: Any, bb: Any, ab: Any, a_own: Any, b_own: Any) -> tuple[Any, Any]:
    """Return the shares of two pictures whose sum is nearest to a third, given their products."""
    determinant = np.maximum(aa * bb - ab * ab, _TINY * aa * bb + _TINY)
    return (a_own * bb - b_own * ab) / determinant, (b_own * aa - a_own * ab) / determinant


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
