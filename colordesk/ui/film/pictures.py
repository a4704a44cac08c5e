"""Frames of a film as the canvas shows them: as players do, with square pixels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from colordesk.ui.canvas.frame import Frame, make_frame

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from colordesk.video.clip import Clip


@dataclass(frozen=True, eq=False)
class Picture:
    """A frame of a film, ready for the canvas."""

    seconds: Fraction
    """After the first frame of its clip."""
    before: Frame
    after: Frame | None
    """None if its colours were not asked for."""
    number: int = 0
    """Of the stretch that it is in, while the film is played."""
    places: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    """Where the colour points of its shot are on it, by their numbers; lost ones are not there."""


def shown_size(clip: Clip) -> tuple[int, int]:
    """Return width and height of a film as players show it: upright, with square pixels."""
    width = round(clip.width * (clip.sample_aspect or 1))
    turned = round(clip.rotation / 90) % 2
    return (clip.height, width) if turned else (width, clip.height)


def shown(clip: Clip, rgb: NDArray[np.uint8]) -> Frame:
    """Return a frame for the canvas.

    Args:
        clip: where it comes from.
        rgb: sRGB, H x W x 3, as stored.
    """
    import cv2
    import numpy as np

    width, height = shown_size(clip)
    turned = np.rot90(rgb, round(clip.rotation / 90) % 4)
    upright = np.ascontiguousarray(turned[:, ::-1] if clip.mirrored else turned)
    if upright.shape[1::-1] != (width, height):
        stretched = cv2.resize(upright, (width, height), interpolation=cv2.INTER_LINEAR)
        upright = stretched.astype(np.uint8, copy=False)
    return make_frame(upright, (0, 0, width, height))
