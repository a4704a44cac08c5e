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
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SIDE = 64  # short side at which flow is found, or more if ...
_LONG_SIDE = 96  # ... the long one would be less: OpenCV's DIS changes to a slow way below 91
_LEAST_SIDE = 12  # below it OpenCV's DIS fails or answers nan
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

    def between(self, first: NDArray[np.float32], second: NDArray[np.float32]) -> Motion:
        """Return the motion from one frame to the next, both L* in [0, 100], h x w.

        A frame that was the second one of the last call is not prepared again.
        """
        known = self._last is not None and self._last[0] is first
        a = self._last[1] if self._last is not None and known else _seen(first)
        b = _seen(second)
        self._last = (second, b)
        # a finder that is used again changes its scales on small pictures: its answers would
        # depend on what it saw before
        ahead, back = places(_flow(), a.grays, b.grays), places(_flow(), b.grays, a.grays)
        return Motion(
            Way(ahead, _trust(ahead, back, a.detail, b.detail)),
            Way(back, _trust(back, ahead, b.detail, a.detail)),
        )


def places(
    flow: cv2.DenseOpticalFlow, first: NDArray[np.uint8], second: NDArray[np.uint8]
) -> NDArray[np.float32]:
    """Return where each pixel of the first picture is on the second, h x w x 2.

    Pictures too small for the flow stay where they are.
    """
    if min(first.shape) < _LEAST_SIDE:
        return grid(*first.shape)
    none: Any = None
    found: Any = flow.calc(first, second, none)
    place: NDArray[np.float32] = np.add(found, grid(*first.shape), out=found)
    return place


def moved(
    planes: NDArray[np.float32],
    place: NDArray[np.float32],
    border: int = cv2.BORDER_REPLICATE,
) -> NDArray[np.float32]:
    """Return planes, h x w or h x w x n, with each pixel taken from its place, bilinearly."""
    none: Any = None
    taken: Any = cv2.remap(planes, place, none, cv2.INTER_LINEAR, borderMode=border)
    result: NDArray[np.float32] = taken
    return result


def resized(place: NDArray[np.float32], height: int, width: int) -> NDArray[np.float32]:
    """Return places for the pixels of frames of another size, h x w x 2."""
    if place.shape[:2] == (height, width):
        return place
    factors = np.array([width / place.shape[1], height / place.shape[0]], np.float32)
    scaled = (place + np.float32(0.5)) * factors - np.float32(0.5)
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


def _flow() -> cv2.DISOpticalFlow:
    flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST)
    # half the work of the preset, and films come out as still (measured)
    flow.setGradientDescentIterations(8)
    flow.setVariationalRefinementIterations(2)
    return flow


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


def _trust(
    place: NDArray[np.float32],
    back: NDArray[np.float32],
    own: NDArray[np.float32],
    other: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Return how far the places of a frame's pixels on another are to be trusted, h x w.

    Args:
        place: on the other frame.
        back: the places of the other frame's pixels on this one.
        own: detail of this frame.
        other: detail of the other one.
    """
    height, width = own.shape
    here_x, here_y = cv2.split(grid(height, width))
    x, y = cv2.split(place)
    both: Any = cv2.merge([back, other])
    back_x, back_y, there = cv2.split(moved(both, place))
    missed = np.square(back_x - here_x) + np.square(back_y - here_y)
    length = np.square(x - here_x) + np.square(y - here_y)
    unlike = np.square(own - there)
    noise = max(_MEDIAN * float(np.median(unlike[::4, ::4])), _LEAST_NOISE**2)
    doubt = missed / (2 * _SHARE * length + _SLACK) + unlike / (4 * noise)
    trust: NDArray[np.float32] = np.exp(-doubt)
    trust *= cv2.inRange(place, (0, 0), (width - 1, height - 1)) != 0
    return trust
