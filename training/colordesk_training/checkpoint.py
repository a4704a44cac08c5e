"""Checkpoints: everything needed to resume a run, or to export it.

Invariant: a checkpoint holds tensors, numbers and text only and is read with `weights_only=True`,
so a file from a stranger can break a run but never run code.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from colordesk.errors import FileError
from colordesk.paths import atomic_write


class CheckpointError(FileError):
    """A checkpoint or weights file cannot be used."""


@dataclass(frozen=True)
class Checkpoint:
    """One moment of a run."""

    recipe: str
    """The recipe as TOML text, overrides applied."""
    overrides: list[str]
    step: int
    network: dict[str, Tensor]
    averaged: dict[str, Tensor]
    """Exponential moving average of the weights: what is evaluated and exported."""
    critic: dict[str, Tensor] = field(default_factory=dict)
    """Weights of the critic, if there is one."""
    optimizers: dict[str, Any] = field(default_factory=dict)
    """State of each player's optimizer."""
    prior: Tensor | None = None
    """Frequency of the target's classes in the training pictures, if it has classes."""
    best: float = float("inf")
    """Lowest validation score so far."""
    stale: int = 0
    """Evaluations since then."""
    seconds: float = 0.0
    """Training time so far."""
    images: int = 0
    """Crops seen so far."""


def save_checkpoint(checkpoint: Checkpoint, path: Path) -> None:
    """Write a checkpoint atomically.

    Raises:
        OSError: the folder cannot be written, or the disk is full.
    """
    with atomic_write(path) as temporary:
        torch.save(asdict(checkpoint), temporary)


def load_checkpoint(path: Path) -> Checkpoint:
    """Read a checkpoint onto the CPU.

    Raises:
        CheckpointError: the file is missing or no checkpoint of this program.
    """
    data = load_tensors(path)
    try:
        return Checkpoint(**data)
    except TypeError as error:
        raise CheckpointError(path, "it is not a checkpoint of colordesk-train") from error


def load_tensors(path: Path) -> dict[str, Any]:
    """Read a mapping of tensors from a `.pt`/`.pth` file or an `.npz`, never unpickling.

    Raises:
        CheckpointError: the file is missing, unreadable, or holds something else.
    """
    try:
        if path.suffix == ".npz":
            with np.load(path, allow_pickle=False) as arrays:
                return {name: torch.from_numpy(arrays[name]) for name in arrays.files}
        data = torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError as error:
        raise CheckpointError(path, "it does not exist") from error
    except Exception as error:  # readers trip over junk in many ways, struct.error among them
        raise CheckpointError(path, "it is damaged or not a file of weights") from error
    if not isinstance(data, dict):
        raise CheckpointError(path, "it does not hold named weights")
    return data
