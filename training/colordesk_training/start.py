"""What a run begins with: pictures, the frequency of colours in them, and weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn

from colordesk.errors import ColorDeskError
from colordesk_training.backbones import imagenet_weights
from colordesk_training.checkpoint import (
    Checkpoint,
    CheckpointError,
    load_checkpoint,
    load_tensors,
)
from colordesk_training.data.dataset import TrainingCrops
from colordesk_training.data.sources import DataError, Picture, list_pictures, split
from colordesk_training.evaluate import spread
from colordesk_training.objective import Colorization
from colordesk_training.recipe import Recipe
from colordesk_training.registry import architecture
from colordesk_training.targets import make_target

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from torch.optim.swa_utils import AveragedModel

_PRIOR_PICTURES = 2000


class BackboneNeeded(ColorDeskError):
    """A network wants ImageNet weights and was given none; a random start must be asked for."""


@dataclass(frozen=True)
class Start:
    """What a run begins with."""

    data: tuple[Path, ...]
    """Sources of pictures, see `data.sources`."""
    out: Path
    """Folder of the run."""
    validation: tuple[Path, ...] = ()
    """Sources whose pictures are held out, instead of a share of `data`."""
    backbone: Path | None = None
    """ImageNet weights."""
    torchvision_backbone: bool = False
    """Use torchvision's ImageNet weights; they are fetched if this machine has none yet."""
    random_backbone: bool = False
    """Train a network that wants ImageNet weights without them."""
    init: Path | None = None
    """Checkpoint whose averaged weights the network starts from."""
    resume: bool = True
    """Go on from `last.pt` if it is there."""
    limit_images: int | None = None
    """At most so many pictures, spread evenly over the sources."""
    device: str = "auto"
    """auto, cpu or cuda."""
    devices: int = 1
    """Processes on this machine, each with its own device."""
    nodes: int = 1
    """Machines."""
    tensorboard: bool = False
    """Also write TensorBoard's logs."""


def held_apart(recipe: Recipe, start: Start) -> tuple[Sequence[Picture], Sequence[Picture]]:
    """Return the pictures to train on, and those to validate with during training.

    Raises:
        DataError: a source cannot be used, or there are too few pictures.
        OSError: a source cannot be read.
    """
    pictures: Sequence[Picture] = list_pictures(start.data)
    if start.limit_images is not None:
        wanted = min(start.limit_images, len(pictures))
        pictures = [pictures[i * len(pictures) // wanted] for i in range(wanted)]
    if start.validation:
        training, held_out = pictures, list_pictures(start.validation)
    else:
        training, held_out = split(pictures, recipe.data.val_percent)
    if not training:
        raise DataError(start.data[0], "it holds too few pictures to train on")
    return training, spread(held_out, recipe.data.val_images)


def measure_prior(recipe: Recipe, pictures: Sequence[Picture]) -> NDArray[np.float32] | None:
    """Return how often each class of the target occurs in the pictures; None without classes."""
    target = make_target(recipe.target.name, recipe.target.options)
    if not target.classes():
        return None
    crops = TrainingCrops(pictures, recipe.data, recipe.run.seed)
    counts = torch.zeros(target.classes())
    for index in range(0, len(pictures), max(len(pictures) // _PRIOR_PICTURES, 1)):
        sample = crops[0, index, 0]
        if "ab" in sample:
            counts += target.count(sample["ab"][None, :, ::4, ::4])
    prior: NDArray[np.float32] = (counts / counts.sum().clamp(min=1)).numpy()
    return prior


def first_weights(objective: Colorization, recipe: Recipe, start: Start) -> None:
    """Fill a new network with the weights that the run was told to start from.

    Raises:
        BackboneNeeded: it wants ImageNet weights and was not told which.
        CheckpointError: a file is missing, damaged or belongs to another network.
        BackboneUnreachable: torchvision's weights are not on this machine and cannot be fetched.
    """
    if start.init is not None:
        load(objective.network, load_checkpoint(start.init).averaged, start.init)
        return
    found = architecture(recipe.architecture)
    if found.load_backbone is None or start.random_backbone:
        return
    if start.torchvision_backbone:
        found.load_backbone(objective.network, imagenet_weights(found.backbone))
        return
    if start.backbone is None:
        raise BackboneNeeded
    try:
        found.load_backbone(objective.network, load_tensors(start.backbone))
    except (KeyError, RuntimeError) as error:
        raise CheckpointError(
            start.backbone, f"its weights do not fit {recipe.architecture} ({error})"
        ) from error


def load(module: nn.Module, weights: Mapping[str, Tensor], path: Path) -> None:
    """Load a checkpoint's weights.

    Raises:
        CheckpointError: they belong to another network.
    """
    try:
        module.load_state_dict(weights)
    except RuntimeError as error:
        raise CheckpointError(path, "it belongs to another architecture") from error


def restore(
    objective: Colorization,
    averaged: AveragedModel,
    optimizers: Mapping[str, torch.optim.Optimizer],
    found: Checkpoint,
    path: Path,
) -> None:
    """Bring everything that learns to where a checkpoint left it.

    Raises:
        CheckpointError: it belongs to another architecture or recipe.
    """
    load(objective.network, found.network, path)
    load(averaged.module, found.averaged, path)
    averaged.n_averaged.fill_(found.step)
    if "critic" in objective.players:
        load(objective.players["critic"], found.critic, path)
    try:
        for name, optimizer in optimizers.items():
            optimizer.load_state_dict(found.optimizers[name])
    except (KeyError, ValueError) as error:
        raise CheckpointError(path, "it belongs to another recipe") from error


def moving_average(decay: float) -> Any:
    """Return an exponential moving average, for `AveragedModel`, whose memory grows at the start.

    So no trace of random weights stays in it.
    """

    def average(old: Tensor, new: Tensor, count: Tensor | int) -> Tensor:
        held = min(decay, (1 + float(count)) / (10 + float(count)))
        return old.lerp(new, 1 - held) if held and old.is_floating_point() else new

    return average
