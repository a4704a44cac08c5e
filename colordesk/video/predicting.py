"""The model's answer for a frame: from the store if it was asked before, else from the network.

Hides when the network is opened at all, non-square pixels and frames that are stored lying on their
side: the model sees them upright and in shape.
Invariant: the answer is the very same whether it was kept or is new.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from colordesk.inference.colorizer import Colorizer, working_size
from colordesk.inference.device import Device, Opener, open_here
from colordesk.video.store import LIMIT, ChromaStore, halved, quantised

if TYPE_CHECKING:
    from colordesk.inference.device import Device
    from colordesk.inference.library import Model
    from colordesk.scale import Plane, Planes
    from colordesk.settings import Settings
    from colordesk.task import Task
    from colordesk.video.clip import Clip
    from colordesk.video.reading import Frame
    from colordesk.video.treatment import Treatment

_VERSION = 5  # of everything before the model: another one makes what is kept worthless


class Colourist:
    """A model as film uses it: opened at its first use, for any number of clips.

    Args:
        model: the file.
        settings: device, threads and memory limit.
        open_model: opens it, in this process or in another.
    """

    def __init__(self, model: Model, settings: Settings, open_model: Opener = open_here) -> None:
        self.model = model
        self._open_model = open_model
        self._settings = settings
        self._colorizer: Colorizer | None = None
        self.asked = 0
        """How often the network ran."""

    @property
    def device(self) -> Device | None:
        """What computed last; None as long as the model was not asked."""
        return self._colorizer.device if self._colorizer else None

    @property
    def notices(self) -> tuple[str, ...]:
        """What a person should be told."""
        return self._colorizer.notices if self._colorizer else ()

    @property
    def key(self) -> str:
        """What changes when another model is meant."""
        status = self.model.path.stat()
        return f"{self.model.manifest.id} {status.st_size} {status.st_mtime_ns}"

    def prepare(self) -> Device:
        """Open the model ahead of its use; return what will compute.

        Raises:
            ModelError: its file cannot be used.
            DeviceError: the device cannot be had.
        """
        return self._opened().device

    def colorize(self, lightness: Plane, task: Task) -> Planes:
        """Return ab, 2 x h x w, of lightness, h x w.

        Raises:
            ModelError, DeviceError, OutOfMemory, Cancelled: as `Colorizer`.
        """
        self.asked += 1
        return self._opened().colorize(lightness, task)

    def _opened(self) -> Colorizer:
        if self._colorizer is None:
            self._colorizer = Colorizer(
                self.model,
                self._settings.device,
                gpu_memory_mb=self._settings.gpu_memory_mb,
                threads=self._settings.threads,
                open_model=self._open_model,
            )
        return self._colorizer


class ClipPredictor:
    """The model's answers for one clip; used by one thread at a time.

    Args:
        clip: the clip.
        colourist: the model.
        treatment: how it is coloured.
        task: cancelling it stops the network.
    """

    def __init__(self, clip: Clip, colourist: Colourist, treatment: Treatment, task: Task) -> None:
        self._clip = clip
        self._colourist = colourist
        self._task = task
        self.working = working_of(clip, colourist.model, treatment.edit.size)
        """(width, height) of what the model sees."""
        whole = clip.interlaced and treatment.deinterlace
        key = f"{_VERSION} {clip.identity} {colourist.key} {self.working} {whole}"
        self._store = ChromaStore(key)

    def kept(self, frame: Frame) -> Planes | None:
        """Return ab, 2 x h x w, of a frame if the model was asked for it before."""
        return self._store.get(frame.time)

    def asked(self, frame: Frame, lightness: Plane) -> Planes:
        """Ask the model for ab, 2 x h x w, of a frame, given the copy meant for it.

        It has the size of the copy, or half of it where that shows the same.

        Raises:
            ModelError, DeviceError, OutOfMemory, Cancelled: as `Colorizer`.
        """
        ab = quantised(halved(predicted(self._clip, self._colourist, lightness, self._task)))
        self._store.put(frame.time, ab)
        return ab

    @property
    def notices(self) -> tuple[str, ...]:
        """What a person should be told."""
        if not self._store.full:
            return ()
        return (
            f"The colours of {self._clip.path.name} fill all the room that kept colours may take "
            f"({LIMIT / 1e9:.0f} GB); what did not fit is not kept for the next time.",
        )

    def close(self) -> None:
        """Let go of the store."""
        self._store.close()


def predicted(clip: Clip, colourist: Colourist, lightness: Plane, task: Task) -> Planes:
    """Return ab, 2 x h x w, of a frame that is stored as the clip's are.

    Raises:
        ModelError, DeviceError, OutOfMemory, Cancelled: as `Colorizer`.
    """
    turns = round(clip.rotation / 90) % 4
    upright = np.ascontiguousarray(np.rot90(lightness, turns))
    ab = colourist.colorize(upright, task)
    return quantised(np.ascontiguousarray(np.rot90(ab, -turns, axes=(1, 2))))


def working_of(clip: Clip, model: Model, size: int | None) -> tuple[int, int]:
    """Return (width, height) of what the model sees of a clip, with its pixels made square."""
    width = round(clip.width * clip.sample_aspect) if clip.sample_aspect else clip.width
    return working_size(model.manifest.size, max(width, 1), clip.height, size)
