"""Before and after in one picture, to be shown to others: side by side, or with a moving divider.

Invariant: both halves are the very same place of the photo at the very same size.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from colordesk.paths import atomic_write
from colordesk.task import Task

if TYPE_CHECKING:
    from numpy.typing import NDArray

FRAMES_PER_SECOND = 20
_FRAMES = 60
"""Of one sweep there and back."""
_GAP = 0.012
"""Between two pictures that lie side by side, as a share of the shorter side."""
_DIVIDER = 0.004
_WHITE = 255
_GIF_COLOURS = 255


def side_by_side(before: NDArray[np.uint8], after: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return both in one picture with a white gap: wide photos above each other, others beside.

    Args:
        before: sRGB, h x w x 3.
        after: of the same shape.
    """
    height, width = before.shape[:2]
    gap = max(2, round(_GAP * min(height, width)))
    wide = width > height
    shape = (gap, width, 3) if wide else (height, gap, 3)
    between = np.full(shape, _WHITE, np.uint8)
    return np.concatenate([before, between, after], axis=0 if wide else 1)


def wipe(before: NDArray[np.uint8], after: NDArray[np.uint8]) -> Iterator[NDArray[np.uint8]]:
    """Yield the pictures of a divider that sweeps over the photo and back, again and again.

    Args:
        before: sRGB, h x w x 3.
        after: of the same shape.
    """
    width = before.shape[1]
    thick = max(1, round(_DIVIDER * width))
    for number in range(_FRAMES):
        # slow at the ends, so that each side can be looked at
        at = round(width * (1 + math.cos(2 * math.pi * number / _FRAMES)) / 2)
        frame = before.copy()
        frame[:, :at] = after[:, :at]
        if 0 < at < width:
            frame[:, max(at - thick, 0) : at + thick] = _WHITE
        yield frame


def write_picture(picture: NDArray[np.uint8], target: Path) -> None:
    """Write a picture as PNG or JPEG, whichever the name says.

    Raises:
        OSError: the folder cannot be written, or the disk is full.
    """
    with atomic_write(target) as temporary:
        Image.fromarray(picture).save(temporary, quality=95)


def write_gif(
    before: NDArray[np.uint8], after: NDArray[np.uint8], target: Path, task: Task
) -> None:
    """Write the wipe as an animated GIF that runs for ever.

    All frames share one palette made from both pictures, so that nothing but the divider moves.

    Raises:
        OSError: the folder cannot be written, or the disk is full.
        Cancelled: the owner of the task asked for it.
    """
    both = Image.fromarray(np.concatenate([before, after]))
    palette = both.quantize(_GIF_COLOURS, Image.Quantize.MEDIANCUT)
    frames = []
    for number, frame in enumerate(wipe(before, after)):
        task.progress(0.9 * number / _FRAMES)
        frames.append(Image.fromarray(frame).quantize(palette=palette))
    with atomic_write(target) as temporary:
        frames[0].save(
            temporary,
            save_all=True,
            append_images=frames[1:],
            duration=1000 // FRAMES_PER_SECOND,
            loop=0,
        )
