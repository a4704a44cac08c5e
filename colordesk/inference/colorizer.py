"""Lightness in, chroma out, at the small size that a model likes, whatever the picture.

Hides the working size, padding, grain and lack of memory: the model sees a denoised copy, padded
by reflection to what it accepts, and never squashed.
Invariant: the answer has the size of the question, is finite, and lies in [-128, 128].
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

import cv2
import numpy as np

from colordesk.inference.device import (
    Device,
    Opener,
    OpenModel,
    OutOfMemory,
    WorkerDied,
    open_here,
)
from colordesk.scale import resize

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colordesk.inference.library import Model
    from colordesk.inference.manifest import Size
    from colordesk.task import Task

    _Ask = Callable[
        [OpenModel, NDArray[np.float32], NDArray[np.float32] | None], NDArray[np.float32]
    ]

AB_LIMIT = 128.0
_STEP = 0.75  # of the side, after each time that memory ran out

# Grain is told from texture where the picture is smoothest: in the tenth part of all blocks with
# the least energy in diagonal detail. Clean photographs, shrunk, measure about 0.1 to 0.5 there.
_BLOCK = 8
_QUANTILE = 0.1
_BIAS = 0.93  # the smoothest blocks of even noise measure this fraction of it
_FAINTEST = 0.75  # in L*; less is left alone


class Colorizer:
    """A model with everything around it that makes it answer for any picture.

    Args:
        model: the file.
        device: auto, cpu, cuda or cuda:N.
        gpu_memory_mb: upper limit of GPU memory; None means no limit.
        threads: CPU threads; None means all cores.
        open_model: opens it, in this process or in another.

    Raises:
        ModelError: the file cannot be used.
        DeviceError: the device cannot be had.
        WorkerDied: opening it ended the process for models.
    """

    device: Device
    """Of the last answer."""
    notices: tuple[str, ...]
    """What a person should be told: that the GPU is not used, or that memory ran out."""

    def __init__(
        self,
        model: Model,
        device: str = "auto",
        *,
        gpu_memory_mb: int | None = None,
        threads: int | None = None,
        open_model: Opener = open_here,
    ) -> None:
        self._threads, self._open_model = threads, open_model
        self._session = open_model(model, device, gpu_memory_mb=gpu_memory_mb, threads=threads)
        self._on_cpu: OpenModel | None = None
        self._lock = threading.Lock()
        self.device = self._session.device
        self.notices = ()
        if self._session.fallback:
            self._notice(f"The GPU is not used: {self._session.fallback}.")

    def colorize(
        self,
        lightness: NDArray[np.float32],
        task: Task,
        hints: NDArray[np.float32] | None = None,
    ) -> NDArray[np.float32]:
        """Return ab, 2 x h x w, of lightness in [0, 100], h x w, as `working_size` chose it.

        When memory runs out the model looks at smaller and smaller copies, then the CPU tries.

        Args:
            lightness: L*.
            task: asked between two tries whether to go on.
            hints: a, b and mask, 3 x h x w, for a model that takes them.

        Raises:
            OutOfMemory: even the smallest copy is too large for the CPU.
            ModelError: the network fails, or its answer breaks the contract.
            WorkerDied: the process for models ended, and again at the second try.
            Cancelled: between two tries.
        """
        height, width = lightness.shape
        ab = self._answer(_predict, lightness, hints, task)
        if ab.shape[1:] == lightness.shape:
            return ab
        return np.stack([resize(plane, (width, height)) for plane in ab])

    def features(self, lightness: NDArray[np.float32], task: Task) -> NDArray[np.float32]:
        """Return what the network knows of each place, F x h x w, even cells over the picture.

        Args:
            lightness: as of `colorize`, for a model whose manifest declares `features`.
            task: asked between two tries whether to go on.

        Raises:
            OutOfMemory, ModelError, WorkerDied, Cancelled: as `colorize`.
        """
        return self._answer(_look, lightness, None, task)

    def _answer(
        self,
        ask: _Ask,
        lightness: NDArray[np.float32],
        hints: NDArray[np.float32] | None,
        task: Task,
    ) -> NDArray[np.float32]:
        """Ask on the device, or where even the smallest copy is too large for it on the CPU."""
        height, width = lightness.shape
        try:
            return self._smaller_and_smaller(self._session, ask, lightness, hints, task)
        except OutOfMemory:
            if self._session.device.kind == "cpu":
                raise
        with self._lock:
            if self._on_cpu is None:
                self._on_cpu = self._open_model(
                    self._session.model, "cpu", gpu_memory_mb=None, threads=self._threads
                )
        answer = self._smaller_and_smaller(self._on_cpu, ask, lightness, hints, task)
        self._notice(
            f"The memory of the {self._session.device.label} is too small for a picture of "
            f"{width} x {height}; the CPU did it."
        )
        return answer

    def _smaller_and_smaller(
        self,
        session: OpenModel,
        ask: _Ask,
        lightness: NDArray[np.float32],
        hints: NDArray[np.float32] | None,
        task: Task,
    ) -> NDArray[np.float32]:
        """Return an answer, of the picture or of the largest copy for which there is memory."""
        height, width = lightness.shape
        size = session.model.manifest.size
        seen, shown, died = lightness, hints, False
        while True:
            task.check()
            try:
                answer = ask(session, seen, shown)
                break
            except WorkerDied as error:
                if died:
                    raise
                died = True
                why = ", probably because memory ran out" if error.killed else ""
                self._notice(
                    f"The process that computes colours ended unexpectedly{why}. "
                    "It was started again, and the photo was tried once more."
                )
            except OutOfMemory:
                smaller = tuple(int(side * _STEP) for side in seen.shape)
                if size.fixed or min(smaller) < size.min:
                    raise
                seen = resize(lightness, (smaller[1], smaller[0]))
                if hints is not None:  # no mixture of a colour and none
                    shown = np.stack(
                        [
                            cv2.resize(plane, seen.shape[::-1], interpolation=cv2.INTER_NEAREST)
                            for plane in hints
                        ]
                    )
        task.check()
        self.device = session.device
        if seen is not lightness:
            self._notice(
                f"The memory of the {session.device.label} is too small for a picture of "
                f"{width} x {height}; the model saw it at {seen.shape[1]} x {seen.shape[0]}."
            )
        return answer

    def _notice(self, text: str) -> None:
        with self._lock:
            self.notices = tuple(dict.fromkeys((*self.notices, text)))


def working_size(size: Size, width: int, height: int, wanted: int | None = None) -> tuple[int, int]:
    """Return (width, height) of the copy that a model sees, with the aspect of the picture.

    The short side is what is wanted, but never more than the picture has and never less than the
    model needs; the long side stays within what the model takes. Where that leaves a side below
    the model's least, as with a strip one pixel high, padding makes up for it.

    Args:
        size: what the model accepts.
        width: of the picture.
        height: of the picture.
        wanted: short side; None means the model's preferred one.
    """
    target = size.preferred if wanted is None or size.fixed else wanted
    longest = size.max // size.multiple * size.multiple
    short, long = min(width, height), max(width, height)
    scale = max(min(target / short, 1.0), size.min / short)
    scale = min(scale, longest / long)
    return max(1, round(width * scale)), max(1, round(height * scale))


def estimate_noise(lightness: NDArray[np.float32]) -> float:
    """Return the standard deviation of grain, in units of the picture; 0 if it is too small to say.

    Takes the diagonal detail of a Haar wavelet, which holds little of a photograph (Donoho and
    Johnstone 1994, section 3), and of it the blocks where it is weakest.
    """
    height, width = (side // (2 * _BLOCK) * 2 * _BLOCK for side in lightness.shape)
    if not height or not width:
        return 0.0
    part = lightness[:height, :width]
    diagonal = part[::2, ::2] - part[::2, 1::2] - part[1::2, ::2] + part[1::2, 1::2]
    blocks = (width // 2 // _BLOCK, height // 2 // _BLOCK)
    energy = resize(np.square(diagonal), blocks) / 4
    level = resize(part, blocks)
    # pure black and white have no grain in any picture
    told = energy[(level > 8) & (level < 95)]
    return float(np.sqrt(np.quantile(told, _QUANTILE))) / _BIAS if told.size else 0.0


def denoise(lightness: NDArray[np.float32], noise: float) -> NDArray[np.float32]:
    """Return lightness without grain of that standard deviation, its edges kept.

    Each pixel moves towards the mean around it by the share of the variance there that is noise
    (the local Wiener filter of Lee 1980), with that share averaged as in the guided filter.
    """
    if noise < _FAINTEST:
        return lightness
    box = (5, 5)
    mean = cv2.blur(lightness, box)
    variance = np.maximum(cv2.blur(lightness * lightness, box) - mean * mean, 1e-6)
    kept = np.maximum(variance - noise * noise, 0) / variance
    smooth = cv2.blur(kept, box) * lightness + cv2.blur((1 - kept) * mean, box)
    clean: NDArray[np.float32] = np.clip(smooth, 0, 100, dtype=np.float32)
    return clean


def _predict(
    session: OpenModel, lightness: NDArray[np.float32], hints: NDArray[np.float32] | None
) -> NDArray[np.float32]:
    height, width = lightness.shape
    padded = _padded(lightness, session.model.manifest.size)
    if hints is not None:
        below, right = padded.shape[0] - height, padded.shape[1] - width
        hints = np.pad(hints, ((0, 0), (0, below), (0, right)))
    ab = session.run(padded, hints)[:, :height, :width]
    np.clip(ab, -AB_LIMIT, AB_LIMIT, out=ab)
    return ab


def _look(
    session: OpenModel, lightness: NDArray[np.float32], _: NDArray[np.float32] | None
) -> NDArray[np.float32]:
    padded = _padded(lightness, session.model.manifest.size)
    found = session.features(padded)
    # cells that lie in the padding are no places of the picture
    rows, columns = (
        max(1, round(cells * side / whole))
        for cells, side, whole in zip(found.shape[1:], lightness.shape, padded.shape, strict=True)
    )
    return found[:, :rows, :columns]


def _padded(lightness: NDArray[np.float32], size: Size) -> NDArray[np.float32]:
    """Return lightness without grain, its sides as the model wants them."""
    height, width = lightness.shape
    below, right = (
        -(-max(side, size.min) // size.multiple) * size.multiple - side for side in (height, width)
    )
    clean = denoise(lightness, estimate_noise(lightness))
    return np.asarray(
        cv2.copyMakeBorder(clean, 0, below, 0, right, cv2.BORDER_REFLECT_101), np.float32
    )
