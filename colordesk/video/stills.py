"""Single frames of a clip in colour, for looking at: what the export would show, without its waits.

Hides decoding around a moment, the model and painting. A still has no neighbours, so what smoothing
over time does is not seen in it; all else is the very path that the export takes.
Invariant: before and after are one decoded frame.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import av
import numpy as np

from colordesk.cache import Cache
from colordesk.render import Gains
from colordesk.scale import resize
from colordesk.steer.hints import at
from colordesk.steer.reference import read_reference
from colordesk.steer.suggest import suggestions
from colordesk.video.hinting import Hinting, Places, stored
from colordesk.video.layout import Chroma, chroma_size, planar_name, plane
from colordesk.video.paint import Painter, guide_of, small_luma
from colordesk.video.predicting import Colourist, predicted, working_of
from colordesk.video.reading import frame_at
from colordesk.video.yuv import lightness

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from colordesk.edit import Edit
    from colordesk.scale import Plane, Planes
    from colordesk.steer.reference import Palette
    from colordesk.task import Task
    from colordesk.video.clip import Clip
    from colordesk.video.layout import Codes
    from colordesk.video.reading import Frame


_CACHE_BYTES = 1 << 25
NOWHERE: Places = {}
"""No points on any frame."""


@dataclass(frozen=True, eq=False)
class Still:
    """A moment of a clip, before and after."""

    time: int
    """Of the frame, in units of the clip's time base."""
    before: NDArray[np.uint8]
    """sRGB, H x W x 3, as stored: neither turned nor stretched."""
    after: NDArray[np.uint8]
    """The same in colour."""


class Stills:
    """Stills of one clip; what the model answered for the last few is remembered.

    Args:
        clip: the clip.
        colourist: the model.
    """

    def __init__(self, clip: Clip, colourist: Colourist) -> None:
        self._clip = clip
        self._colourist = colourist
        self._chroma = Cache(_CACHE_BYTES)
        self._palette: tuple[Path, Palette] | None = None

    def at(
        self, seconds: Fraction, edit: Edit, task: Task, places: Places = NOWHERE
    ) -> Still | None:
        """Return the frame that is shown so many seconds after the first one, in colour.

        Args:
            seconds: after the clip's first frame.
            edit: size, look and reference; the model is the one given before.
            task: cancelling it stops the network.
            places: where colour points are on the frames.

        Returns:
            None if the clip ends before.

        Raises:
            VideoError, OSError: the clip cannot be read.
            ModelError, DeviceError, OutOfMemory, Cancelled: as `Colourist`.
        """
        frame = frame_at(self._clip, seconds)
        return None if frame is None else self.of(frame, edit, task, places)

    def of(self, frame: Frame, edit: Edit, task: Task, places: Places = NOWHERE) -> Still:
        """Return a frame that was read already, in colour.

        Args:
            frame: of the clip.
            edit: size, look and reference; the model is the one given before.
            task: cancelling it stops the network.
            places: where colour points are on the frames.

        Raises:
            PaletteError, PhotoError, OSError: the reference cannot be used.
            ModelError, DeviceError, OutOfMemory, Cancelled: as `Colourist`.
        """
        clip = self._clip
        picture = _in_gray(clip, frame)
        before = as_rgb(picture, clip)
        u, v = plane(picture, 1), plane(picture, 2)
        size = u.shape[1], u.shape[0]
        guide = guide_of(frame.luma, size)
        luma, ab = self._answer(frame, guide, edit, task)
        hints = Hinting(places, self._palette_of(edit, task), _share(edit), task)
        ab = hints(frame, lightness(luma), ab)
        painter = Painter(clip.encoding, clip.layout.bits, size)
        painter.paint(guide, luma, ab, Gains(edit.look), u, v, None)
        return Still(frame.time, before, as_rgb(picture, clip))

    def suggestions(
        self, frame: Frame, edit: Edit, place: tuple[float, float], count: int, task: Task
    ) -> list[tuple[float, float]]:
        """Return at most so many a* and b* that the model would give things like that at a place.

        Args:
            frame: of the clip.
            edit: the size that the model sees.
            place: of the upright picture.
            count: how many.
            task: cancelling it stops the network.

        Raises:
            ModelError, DeviceError, OutOfMemory, Cancelled: as `Colourist`.
        """
        clip = self._clip
        chroma = chroma_size(clip.width, clip.height, clip.chroma)
        luma, ab = self._answer(frame, guide_of(frame.luma, chroma), edit, task)
        size = ab.shape[2], ab.shape[1]
        row, column = at(stored(*place, clip), size)
        return suggestions(resize(lightness(luma), size), ab, row, column, count)

    def _answer(self, frame: Frame, guide: Codes, edit: Edit, task: Task) -> tuple[Plane, Planes]:
        """Return Y' of a frame at the size that the model sees, and what it says of it."""
        clip = self._clip
        working = working_of(clip, self._colourist.model, edit.size)
        luma = small_luma(guide, clip.encoding, working)
        ab = self._chroma.get((frame.time, working))
        if ab is None:
            ab = predicted(clip, self._colourist, lightness(luma), task)
            self._chroma.put((frame.time, working), ab, ab.nbytes)
        return luma, ab

    def _palette_of(self, edit: Edit, task: Task) -> Palette | None:
        """Return the reference's colours, read once as long as it is the same."""
        path = edit.reference.path if edit.reference and edit.reference.strength else None
        if path is None:
            return None
        if self._palette is None or self._palette[0] != path:
            self._palette = path, read_reference(path, task.part(0.0, 0.0))
        return self._palette[1]


def _share(edit: Edit) -> float:
    return edit.reference.strength / 100 if edit.reference else 0.0


def gray(clip: Clip, frame: Frame) -> NDArray[np.uint8]:
    """Return a frame without colour, which no model is needed for: sRGB, H x W x 3, as stored."""
    return as_rgb(_in_gray(clip, frame), clip)


def _in_gray(clip: Clip, frame: Frame) -> av.VideoFrame:
    chroma: Chroma = "4:2:0" if clip.chroma == "gray" else clip.chroma
    picture = av.VideoFrame(clip.width, clip.height, planar_name(chroma, clip.layout.bits))
    plane(picture, 0)[:] = frame.luma
    for number in (1, 2):
        plane(picture, number)[:] = clip.encoding.neutral
    return picture


def as_rgb(picture: av.VideoFrame, clip: Clip) -> NDArray[np.uint8]:
    """Return a picture in a clip's colours as a screen shows it: sRGB, H x W x 3, as stored."""
    shown = picture.reformat(
        format="rgb24",
        src_colorspace=clip.tags.matrix,
        src_color_range=2 if clip.encoding.full_range else 1,
    )
    return np.asarray(shown.to_ndarray(), np.uint8)
