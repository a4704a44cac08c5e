"""Motion between neighbouring frames: where each pixel comes from, and how far to trust that.

Hides optical flow, its size and its checks. Flow is found once at a small size, in both
directions, and shared by denoising, stabilising and propagating.
Invariant: trust is 1 only where the way there and back ends at its beginning and where the frames
look alike on it; brightness that changes slowly over the picture, as film flickers, does not count.

Source of the flow: Kroeger, Timofte, Dai and Van Gool 2016, "Fast Optical Flow using Dense Inverse
Search" (OpenCV's DIS); of the check there and back: Sundaram, Brox and Keutzer 2010, "Dense Point
Trajectories by GPU-Accelerated Large Displacement Optical Flow", eq. 5.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_Planes = TypeVar("_Planes", bound="NDArray[Any]")

_SIDE = 64  # short side at which flow is found, or more if ...
_LONG_SIDE = 96  # ... the long one would be less: OpenCV's DIS changes to a slow way below 91
_LEAST_SIDE = 12  # below it OpenCV's DIS fails or answers nan
_STEADY_SIDE, _STEADY_LONG_SIDE = 32, 91  # from both on it keeps the scales it was given
_SLACK = 0.5  # squared pixels that the way there and back may always miss by ...
_SHARE = 0.01  # ... and as a share of the squared lengths of both
_LOCAL = (41, 41)  # brightness is compared without its mean over such a window
_MEDIAN = 2.2  # variance of normal noise from the median of its square
_LEAST_NOISE = 2.5  # standard deviation of L* between frames that nothing is made of


@dataclass(frozen=True, eq=False)
class Way:
    """For each pixel of one frame, where the same thing is on a neighbouring one."""

    place: NDArray[np.float32]
    """h x w x 2: x and y on the other frame, in pixels of the flow's own size."""
    trust: NDArray[np.float32]
    """h x w in [0, 1]: 0 where it is hidden there, or the flow is wrong."""


@dataclass(frozen=True, eq=False)
class Motion:
    """What moved between two neighbouring frames of one shot."""

    ahead: Way
    """From the earlier frame to the later one: takes what the later one shows."""
    back: Way
    """From the later frame to the earlier one."""


class MotionFinder:
    """Finds motion between frames; remembers the last one, so one for each thread."""

    def __init__(self) -> None:
        self._last: tuple[NDArray[np.float32], _Seen] | None = None
        self._finder = _finder()

    def between(self, first: NDArray[np.float32], second: NDArray[np.float32]) -> Motion:
        """Return the motion from one frame to the next, both L* in [0, 100], h x w.

        A frame that was the second one of the last call is not prepared again.
        """
        known = self._last is not None and self._last[0] is first
        a = self._last[1] if self._last is not None and known else _seen(first)
        b = _seen(second)
        self._last = (second, b)
        ahead, back = (
            _flow(self._finder_for(here.grays.shape), here.grays, there.grays)
            for here, there in ((a, b), (b, a))
        )
        return Motion(_way(ahead, back, a.detail, b.detail), _way(back, ahead, b.detail, a.detail))

    def _finder_for(self, shape: tuple[int, ...]) -> cv2.DISOpticalFlow:
        if min(shape) >= _STEADY_SIDE and max(shape) >= _STEADY_LONG_SIDE:
            return self._finder
        # it changes its scales for good on smaller pictures: used again it would answer otherwise,
        # or crash
        return _finder()


def places(
    finder: cv2.DenseOpticalFlow, first: NDArray[np.uint8], second: NDArray[np.uint8]
) -> NDArray[np.float32]:
    """Return where each pixel of the first picture is on the second, h x w x 2.

    Pictures too small for the flow stay where they are.
    """
    found = _flow(finder, first, second)
    place: NDArray[np.float32] = np.add(found, grid(*first.shape), out=found)
    return place


def moved(
    planes: _Planes, place: NDArray[np.float32], border: int = cv2.BORDER_REPLICATE
) -> _Planes:
    """Return planes, h x w or h x w x n, with each pixel taken from its place, bilinearly."""
    none: Any = None
    taken: Any = cv2.remap(planes, place, none, cv2.INTER_LINEAR, borderMode=border)
    result: _Planes = taken
    return result


def resized(place: NDArray[np.float32], height: int, width: int) -> NDArray[np.float32]:
    """Return places for the pixels of frames of another size, h x w x 2."""
    if place.shape[:2] == (height, width):
        return place
    across, down = width / place.shape[1], height / place.shape[0]
    way = np.array([[across, 0, across / 2 - 0.5], [0, down, down / 2 - 0.5]])
    scaled = cv2.transform(place, way)
    other: Any = cv2.resize(scaled, (width, height), interpolation=cv2.INTER_LINEAR)
    result: NDArray[np.float32] = other
    return result


def flow_size(height: int, width: int) -> tuple[int, int]:
    """Return the height and width at which the flow of frames of a size is found."""
    scale = min(max(_SIDE / min(height, width), _LONG_SIDE / max(height, width)), 1.0)
    return max(round(height * scale), 1), max(round(width * scale), 1)


@functools.lru_cache(maxsize=4)
def grid(height: int, width: int) -> NDArray[np.float32]:
    """Return the places of the pixels themselves, h x w x 2."""
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    places = np.dstack((x, y))
    places.flags.writeable = False
    return places


def _finder() -> cv2.DISOpticalFlow:
    finder = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST)
    # a third of the work of the preset, and films come out as still (measured)
    finder.setGradientDescentIterations(8)
    finder.setVariationalRefinementIterations(0)
    return finder


def _flow(
    finder: cv2.DenseOpticalFlow, first: NDArray[np.uint8], second: NDArray[np.uint8]
) -> NDArray[np.float32]:
    """Return how far each pixel of the first picture moves, h x w x 2."""
    if min(first.shape) < _LEAST_SIDE:
        return np.zeros((*first.shape, 2), np.float32)
    none: Any = None
    found: Any = finder.calc(first, second, none)
    return np.asarray(found, np.float32)


@dataclass(frozen=True, eq=False)
class _Seen:
    """A frame as flow sees it."""

    grays: NDArray[np.uint8]
    detail: NDArray[np.float32]


def _seen(lightness: NDArray[np.float32]) -> _Seen:
    height, width = flow_size(*lightness.shape)
    # nearly as good as the area filter, which takes twice the time
    small: Any = cv2.blur(lightness, (3, 3))
    small = cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)
    grays: Any = cv2.convertScaleAbs(small, alpha=2.55)
    return _Seen(grays, small - cv2.blur(small, _LOCAL))


def _way(
    flow: NDArray[np.float32],
    other_flow: NDArray[np.float32],
    own: NDArray[np.float32],
    other: NDArray[np.float32],
) -> Way:
    """Return the way from a frame to another, and how far it is to be trusted.

    Args:
        flow: from the frame to the other one.
        other_flow: from the other one to the frame.
        own: detail of the frame.
        other: detail of the other one.
    """
    height, width = own.shape
    place = flow + grid(height, width)
    both: Any = cv2.merge([other_flow, other])
    # all is done in place: as much time goes into new memory as into such small planes
    missed_x, missed_y, unlike = cv2.split(moved(both, place))
    x, y = cv2.split(flow)
    missed = _squared_length(np.add(missed_x, x, out=missed_x), np.add(missed_y, y, out=missed_y))
    allowed = _squared_length(x, y)
    allowed *= np.float32(2 * _SHARE)
    allowed += np.float32(_SLACK)
    unlike -= own
    unlike *= unlike
    noise = max(_MEDIAN * _median(unlike[::4, ::4]), _LEAST_NOISE**2)
    unlike *= np.float32(0.25 / noise)
    doubt = np.divide(missed, allowed, out=missed)
    doubt += unlike
    trust: NDArray[np.float32] = np.exp(np.negative(doubt, out=doubt), out=doubt)
    trust *= cv2.inRange(place, (0, 0), (width - 1, height - 1)) != 0
    return Way(place, trust)


def _squared_length(x: Any, y: Any) -> NDArray[np.float32]:
    """Return x^2 + y^2, in place of x; y is spoiled."""
    x *= x
    y *= y
    x += y
    return np.asarray(x, np.float32)


def _median(values: NDArray[np.float32]) -> float:
    """Return the median; numpy's own takes longer to begin than all of this does."""
    upper = values.size // 2
    lower = (values.size - 1) // 2
    ordered = np.partition(values, (lower, upper), axis=None)
    return (float(ordered[lower]) + float(ordered[upper])) / 2
