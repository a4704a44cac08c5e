"""How still the colour of a film is: measures of its frames in their order, within one shot.

Hides the optical flow that says what should have stayed the same. It is found here from lightness,
slower and finer than the one that films are stabilised with, so that no flow judges itself.
Invariant: memory does not grow with the film; fewer frames than a measure needs give nan.
"""

from __future__ import annotations

import math
from collections import deque
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from colordesk.metrics.definition import Definition
from colordesk.metrics.palette import divergence

if TYPE_CHECKING:
    from numpy.typing import NDArray

WARPED_ERROR = Definition(
    id="warped-ab",
    title="Warped colour error",
    unit="ΔE",
    better="lower",
    text="How much the colour of a thing changes from one frame to the next while it moves.",
    source="ours, after Lai et al. 2018, Learning Blind Video Temporal Consistency, section 4.2",
    needs_truth=False,
    digits=3,
)
CONSISTENCY = Definition(
    id="cdc",
    title="Colour distribution consistency (CDC)",
    unit="nat",
    better="lower",
    text="How much the shares of the colours change over one, two and four frames.",
    source=(
        "Liu et al. 2021, Temporally Consistent Video Colorization with Deep Feature Propagation "
        "and Self-regularization Learning (arXiv 2110.04562), with t = 1, 2, 4"
    ),
    needs_truth=False,
    digits=5,
)
FLICKER = Definition(
    id="flicker-ab",
    title="Colour flicker",
    unit="ΔE",
    better="lower",
    text="How far the colour at a place jumps out of line with the frames before and after.",
    source="ours",
    needs_truth=False,
    digits=3,
)

_STEPS = (1, 2, 4)  # frames between which colour distributions are compared
_SLACK, _SHARE = 0.5, 0.01  # squared pixels that the flow there and back may miss by
_UNLIKE = 8.0  # L* by which what a flow joins may differ


class WarpedError:
    """Mean distance in a*b* between each frame and the one before it, moved along optical flow.

    Only pixels count that both frames show: where the flow back leads to the beginning (Sundaram,
    Brox and Keutzer 2010, eq. 5) and L* differs by less than 8. Each pair of frames counts alike.
    In CIELAB units; lower is better, 0 for a still picture and for one without colour.
    """

    def __init__(self) -> None:
        self._last: tuple[NDArray[np.float32], NDArray[np.float32]] | None = None
        self._sum, self._pairs = 0.0, 0

    def put(self, lightness: NDArray[np.float32], ab: NDArray[np.float32]) -> None:
        """Take the next frame: L* in [0, 100], h x w, and ab, 2 x h x w."""
        if self._last is not None:
            place, seen = self._followed(lightness, self._last[0])
            if seen.any():
                change = _taken(np.dstack(list(self._last[1])), place) - np.dstack(list(ab))
                self._sum += float(np.sqrt(np.square(change).sum(axis=2))[seen].mean())
                self._pairs += 1
        self._last = (lightness, ab)

    def result(self) -> float:
        """Return the error of the frames so far."""
        return self._sum / self._pairs if self._pairs else math.nan

    def _followed(
        self, lightness: NDArray[np.float32], before: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
        """Return where a frame's pixels were on the one before it, and which of them it shows."""
        height, width = lightness.shape
        here: Any = np.dstack(
            np.meshgrid(*(np.arange(n, dtype=np.float32) for n in (width, height)))
        )
        now, then = (cv2.convertScaleAbs(frame, alpha=2.55) for frame in (lightness, before))
        none: Any = None
        # one that is used again may answer otherwise: it changes its scales on small pictures
        to, fro = (
            cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM).calc(a, b, none)
            for a, b in ((now, then), (then, now))
        )
        place: Any = here + to
        back = _taken(fro, place)
        missed = np.square(to + back).sum(axis=2)
        lengths = np.square(to).sum(axis=2) + np.square(back).sum(axis=2)
        inside = (place >= 0).all(axis=2) & (place <= (width - 1, height - 1)).all(axis=2)
        seen = inside & (missed < _SLACK + _SHARE * lengths)
        return place, seen & (np.abs(_taken(before, place) - lightness) < _UNLIKE)


class Consistency:
    """Colour distribution consistency, CDC.

    The Jensen-Shannon divergence of the histograms of 256 values of R, G and B, averaged over the
    channels and over all pairs of frames t apart, and that averaged over t = 1, 2 and 4. In nat;
    lower is better, 0 if nothing changes; log 2 if frames share no value.
    Source: Liu et al. 2021, arXiv 2110.04562.
    """

    def __init__(self) -> None:
        self._past: deque[list[NDArray[np.float64]]] = deque(maxlen=max(_STEPS))
        self._sums = dict.fromkeys(_STEPS, 0.0)
        self._pairs = dict.fromkeys(_STEPS, 0)

    def put(self, rgb: NDArray[np.uint8]) -> None:
        """Take the next frame, H x W x 3."""
        shares = [
            np.bincount(rgb[..., c].ravel(), minlength=256).astype(np.float64) for c in range(3)
        ]
        for step in _STEPS:
            if step <= len(self._past):
                earlier = self._past[-step]
                bits = [divergence(a, b) for a, b in zip(earlier, shares, strict=True)]
                self._sums[step] += math.log(2) * sum(bits) / 3
                self._pairs[step] += 1
        self._past.append(shares)

    def result(self) -> float:
        """Return the consistency of the frames so far; nan for less than five."""
        if not all(self._pairs.values()):
            return math.nan
        return sum(self._sums[step] / self._pairs[step] for step in _STEPS) / len(_STEPS)


class Flicker:
    """Mean distance in a*b* between each pixel and the mean of it a frame before and after.

    Without any flow: a steady change counts nothing, a jump and back counts in full. In CIELAB
    units; lower is better, 0 for a still picture. Motion counts too, so it is only to be compared
    between results of the same film.
    """

    def __init__(self) -> None:
        self._past: deque[NDArray[np.float32]] = deque(maxlen=2)
        self._sum, self._count = 0.0, 0

    def put(self, ab: NDArray[np.float32]) -> None:
        """Take the next frame, 2 x h x w."""
        if len(self._past) == 2:
            before, between = self._past
            jump = between - (before + ab) / 2
            self._sum += float(np.sqrt(np.square(jump).sum(axis=0)).mean())
            self._count += 1
        self._past.append(ab)

    def result(self) -> float:
        """Return the flicker of the frames so far; nan for less than three."""
        return self._sum / self._count if self._count else math.nan


def _taken(planes: Any, place: NDArray[np.float32]) -> Any:
    none: Any = None
    return cv2.remap(planes, place, none, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
