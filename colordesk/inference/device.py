"""What is said of a device and of a model that is open, without loading any runtime.

Invariant: importing this loads no onnxruntime, so that the window never has it in its process.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from colordesk.errors import ColorDeskError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from colordesk.inference.library import Model


class DeviceError(ColorDeskError):
    """The device that was asked for cannot compute.

    Args:
        wanted: as asked for, e.g. ``"cuda:1"``.
        problem: one plain clause.
    """

    def __init__(self, wanted: str, problem: str) -> None:
        super().__init__(wanted, problem)
        self.wanted = wanted
        self.problem = problem


class OutOfMemory(ColorDeskError):
    """The device has too little memory for a picture of that size.

    Args:
        device: the label of the device.
        width: of what the model was to see, in pixels.
        height: of what the model was to see, in pixels.
    """

    def __init__(self, device: str, width: int, height: int) -> None:
        super().__init__(device, width, height)
        self.device = device
        self.width = width
        self.height = height


class WorkerDied(ColorDeskError):
    """The process that runs the models ended in the middle of its work.

    Args:
        exit_code: of the process; minus the signal where it died of one.
    """

    def __init__(self, exit_code: int) -> None:
        super().__init__(exit_code)
        self.exit_code = exit_code

    @property
    def killed(self) -> bool:
        """Whether it was ended from outside, as a system does when memory runs out."""
        return self.exit_code == -9


@dataclass(frozen=True)
class Device:
    """What really computes."""

    kind: Literal["cpu", "cuda"]
    index: int
    """Number of the GPU; 0 for the CPU."""
    label: str
    """What people read, e.g. "CPU (2 threads)"."""


class OpenModel(Protocol):
    """A model that is open on a device, in this process or in another: see `session.Session`."""

    @property
    def model(self) -> Model:
        """The file."""

    @property
    def device(self) -> Device:
        """What really computes."""

    @property
    def fallback(self) -> str | None:
        """Why auto did not get CUDA although there is a GPU; one plain clause."""

    def run(
        self, lightness: NDArray[np.float32], hints: NDArray[np.float32] | None = None
    ) -> NDArray[np.float32]:
        """Return ab, 2 x H x W, of lightness, H x W, and perhaps hints, 3 x H x W."""

    def features(self, lightness: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return what the network knows of each place, F x h x w, of lightness, H x W."""


class Opener(Protocol):
    """Opens models."""

    def __call__(
        self, model: Model, device: str, *, gpu_memory_mb: int | None, threads: int | None
    ) -> OpenModel:
        """Open a model on a device."""


def open_here(
    model: Model, device: str, *, gpu_memory_mb: int | None, threads: int | None
) -> OpenModel:
    """Open a model in this very process.

    Raises:
        ModelError, DeviceError: as `session.Session`.
    """
    from colordesk.inference.session import Session

    return Session(model, device, gpu_memory_mb=gpu_memory_mb, threads=threads)
