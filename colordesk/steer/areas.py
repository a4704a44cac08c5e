"""Areas painted by a person, in which less of the colour is shown, or none.

Hides how strokes of a brush become a soft mask at some size.
Invariant: outside of every area nothing changes; masks are between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import cv2
import numpy as np

from colordesk.edit.brush import Area
from colordesk.scale import Plane

if TYPE_CHECKING:
    from colordesk.photo import Pixels

_CUT = 0.12
_FRACTION = 4  # bits behind the point in OpenCV's drawing coordinates


def mask(area: Area, size: tuple[int, int]) -> Plane:
    """Return how much each pixel belongs to an area, h x w for (width, height), 0..1."""
    width, height = size
    short = min(size)
    painted = np.zeros((height, width), np.float32)
    for stroke in area.strokes:
        drawn = np.zeros((height, width), np.uint8)
        # places count from the corner of the first pixel, OpenCV from its middle
        path = np.array(stroke.path) * size - 0.5
        fixed = np.rint(np.clip(path, -1e5, 1e5) * (1 << _FRACTION)).astype(np.int32)
        radius = stroke.radius * short
        thickness = max(1, round(2 * radius))
        cv2.polylines(drawn, [fixed], False, 255, thickness, cv2.LINE_AA, _FRACTION)
        for end in (fixed[0], fixed[-1]):  # round ends, and a click without any movement
            reach = max(1, round(radius * (1 << _FRACTION)))
            cv2.circle(drawn, end.tolist(), reach, 255, -1, cv2.LINE_AA, _FRACTION)
        soft = drawn.astype(np.float32) / np.float32(255)
        blur = area.softness * radius / 2
        if blur > 0.3:
            soft = np.asarray(cv2.GaussianBlur(soft, (0, 0), blur), np.float32)
            # a rim that ends: well inside it is all, well outside it is nothing
            soft = np.clip(soft * (1 + 2 * _CUT) - _CUT, 0, 1)
        painted = painted * (1 - soft) if stroke.erase else np.maximum(painted, soft)
    return painted


def gain(areas: Iterable[Area], size: tuple[int, int]) -> Plane | None:
    """Return by what chroma is multiplied, h x w for (width, height); None for one everywhere."""
    found: Plane | None = None
    for area in areas:
        factor = area.strength / 100 * area.saturation / 100
        if factor != 1 and not area.original:
            here = 1 + mask(area, size) * np.float32(factor - 1)
            found = here if found is None else found * here
    return found


def kept(areas: Iterable[Area], size: tuple[int, int]) -> Plane | None:
    """Return how much of the original is kept, h x w in 0..1; None for nothing anywhere."""
    found: Plane | None = None
    for area in areas:
        if area.original:
            here = mask(area, size)
            found = here if found is None else np.maximum(found, here)
    return found


def restore(out: Pixels, source: Pixels, keep: Plane) -> None:
    """Bring the original back into rows of a coloured picture.

    Args:
        out: h x w x 3, changed.
        source: h x w x 3 of the same colour space.
        keep: h x w, from the coloured picture (0) to the original (1).
    """
    if keep.max(initial=0) > 0:
        share = keep[..., None]
        np.rint(out + share * (source.astype(np.float32) - out), out=out, casting="unsafe")
