"""A short film of a divider that sweeps between before and after."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import av

from colordesk.before_after import FRAMES_PER_SECOND, wipe
from colordesk.paths import atomic_write
from colordesk.task import Task

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ROUNDS = 2
_CRF = "16"
_BT709, _LIMITED = 1, 1  # as the standards number them


def write_wipe(
    before: NDArray[np.uint8], after: NDArray[np.uint8], target: Path, task: Task
) -> None:
    """Write the wipe as an MP4 that any player and any web page can show.

    Args:
        before: sRGB, h x w x 3; an odd last row or column is left out, as H.264 in 4:2:0 asks.
        after: of the same shape.
        target: the `.mp4` file.
        task: progress and cancel.

    Raises:
        OSError: the folder cannot be written, or the disk is full.
        Cancelled: the owner of the task asked for it.
    """
    height, width = (side // 2 * 2 for side in before.shape[:2])
    before, after = before[:height, :width], after[:height, :width]
    with atomic_write(target) as temporary:
        options = {"movflags": "+faststart"}
        with av.open(str(temporary.absolute()), "w", format="mp4", options=options) as film:
            stream = film.add_stream("libx264", FRAMES_PER_SECOND, {"crf": _CRF})
            stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
            context = stream.codec_context
            context.colorspace = context.color_primaries = context.color_trc = _BT709
            context.color_range = _LIMITED
            frames = list(wipe(before, after))
            for number in range(_ROUNDS * len(frames)):
                task.progress(number / (_ROUNDS * len(frames)))
                picture = av.VideoFrame.from_ndarray(frames[number % len(frames)], "rgb24")
                film.mux(stream.encode(picture.reformat(format="yuv420p", dst_colorspace="ITU709")))
            film.mux(stream.encode(None))
