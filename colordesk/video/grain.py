"""The luma of a film with less grain and dirt than the source's, for whoever asks for it.

Hides finer optical flow than that of the chroma, and strips of rows. The clean copy is made of a
frame and its two neighbours as the model's is (`denoise`), but at full size.
Invariant: 0 gives the very luma of the source; a frame depends on its neighbours in its shot only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from colordesk.inference.colorizer import estimate_noise
from colordesk.video.colouring import Coloured
from colordesk.video.denoise import cleaning, differences
from colordesk.video.flow import moved, places, resized
from colordesk.video.layout import Codes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colordesk.video.yuv import Encoding

_SHORT_SIDE = 270  # at which motion is found: to a quarter of a pixel of 1080 lines (measured)
_NOISE_SIDE = 640  # of the part by which grain is measured
_BITS = 12  # of luma where neighbours are compared
_ROWS = 160  # of a strip
_HALO = 10  # rows around a strip that its pixels depend on


def with_less_grain(
    frames: Iterator[Coloured], encoding: Encoding, amount: int, first: int = 0
) -> Iterator[tuple[Coloured, Codes]]:
    """Yield frames with their luma, one frame late.

    Args:
        frames: in order.
        encoding: of their luma.
        amount: 0 (the luma as it was decoded) to 100 (the clean copy alone).
        first: number in the film of the first frame whose luma matters.
    """
    if not amount:
        yield from ((frame, frame.seen.frame.luma) for frame in frames)
        return
    before: _Neighbour | None = None
    now: Coloured | None = None
    for after in frames:
        if now is not None:
            there, back = (
                _motion(now, after, encoding) if after.seen.index >= first else (None,) * 2
            )
            around = [one for one in (before, _Neighbour.of(after, there)) if one is not None]
            yield now, _clean(now, around, encoding, amount)
            before = _Neighbour.of(now, back)
        now = after
    if now is not None:
        yield now, _clean(now, [before] if before is not None else [], encoding, amount)


@dataclass(frozen=True, eq=False)
class _Neighbour:
    """A frame before or after another one, in the same shot."""

    luma: Codes
    place: NDArray[np.float32]
    """Where the pixels of the other one are on it, at the size of the flow."""

    @classmethod
    def of(cls, frame: Coloured, place: NDArray[np.float32] | None) -> _Neighbour | None:
        return None if place is None else cls(frame.seen.frame.luma, place)


def _motion(
    first: Coloured, second: Coloured, encoding: Encoding
) -> tuple[NDArray[np.float32], NDArray[np.float32]] | tuple[None, None]:
    """Return where the pixels of either frame are on the other one; None across a cut."""
    if first.shot is not second.shot:
        return None, None
    a, b = (_grays(frame.seen.guide, encoding) for frame in (first, second))
    create, fast = cv2.DISOpticalFlow.create, cv2.DISOPTICAL_FLOW_PRESET_FAST
    # a finder that is used again may answer otherwise
    return places(create(fast), a, b), places(create(fast), b, a)


def _grays(guide: Codes, encoding: Encoding) -> NDArray[np.uint8]:
    small: Any = guide
    while min(small.shape) >= 2 * _SHORT_SIDE:
        half = small.shape[1] // 2, small.shape[0] // 2
        small = cv2.resize(small, half, interpolation=cv2.INTER_AREA)
    grays: NDArray[np.uint8] = cv2.convertScaleAbs(small, alpha=255 / (1 << encoding.bits))
    return grays


def _clean(frame: Coloured, around: list[_Neighbour], encoding: Encoding, amount: int) -> Codes:
    """Return the luma of a frame, mixed with what its neighbours say of it."""
    luma = frame.seen.frame.luma
    if not around:
        return luma
    height, width = luma.shape
    top, left = max(0, height - _NOISE_SIDE) // 2, max(0, width - _NOISE_SIDE) // 2
    part = luma[top : top + _NOISE_SIDE, left : left + _NOISE_SIDE]
    noise = estimate_noise(encoding.luma(part) * np.float32(100))
    ways = [resized(one.place, height, width) for one in around]
    unit = encoding.luma_span * 2.0 ** (_BITS - encoding.bits) / 100
    factor = amount / 100 * 2.0 ** (encoding.bits - _BITS)
    depth = cv2.CV_16S if encoding.bits <= _BITS else cv2.CV_32S
    out = np.empty_like(luma)
    for start in range(0, height, _ROWS):
        stop = min(start + _ROWS, height)
        upper, lower = max(0, start - _HALO), min(height, stop + _HALO)
        own = _steps(luma[upper:lower], encoding.bits)
        differ = [
            differences(own, _steps(moved(one.luma, way[upper:lower]), encoding.bits))
            for one, way in zip(around, ways, strict=True)
        ]
        change: Any = cleaning(differ, noise, unit)
        if change is None:
            out[start:stop] = luma[start:stop]
            continue
        change = change[start - upper : stop - upper]
        codes = luma[start:stop] + cv2.addWeighted(change, factor, change, 0.0, 0.0, dtype=depth)
        np.clip(codes, 0, (1 << encoding.bits) - 1, out=codes)
        np.copyto(out[start:stop], codes, casting="unsafe")
    return out


def _steps(codes: Any, bits: int) -> NDArray[np.int16]:
    """Return codes as they would be with `_BITS` bits."""
    if bits > _BITS:
        codes = codes >> (bits - _BITS)
    steps = np.asarray(codes, np.int16)
    return np.left_shift(steps, max(0, _BITS - bits), out=steps)
