"""A network on pictures that it was not trained on: how it colours them, and what it loses.

Invariant: nothing of the network is changed, and the same pictures give the same loss.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from colordesk_training.data.dataset import TrainingCrops, collate
from colordesk_training.data.sources import Picture
from colordesk_training.evaluate import Predict
from colordesk_training.objective import Colorization
from colordesk_training.recipe import Recipe

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def predictor(
    objective: Colorization, network: nn.Module, device: torch.device | None = None
) -> Predict:
    """Return the colorizer that `evaluate.score` wants, using `network` for its weights."""

    def predict(lightness: NDArray[np.float32], hints: NDArray[np.float32]) -> NDArray[np.float32]:
        optional = {"hints": torch.from_numpy(hints)[None].to(device)}
        planes = torch.from_numpy(lightness)[None, None].to(device)
        network.eval()
        with torch.inference_mode():
            prediction = network(planes, *(optional[name] for name in objective.inputs))
            ab: NDArray[np.float32] = objective.target.decode(prediction, planes)[0].cpu().numpy()
        return ab

    return predict


def loss(
    objective: Colorization,
    network: nn.Module,
    pictures: Sequence[Picture],
    recipe: Recipe,
    classes: Sequence[str],
) -> float:
    """Return the network's mean loss on crops of pictures, always the same ones, not varied.

    Args:
        objective: what the network is trained for.
        network: whose weights are asked, e.g. the moving average of those that learn.
        pictures: the held-out ones.
        recipe: says how large the crops are.
        classes: names of the labels, where the objective has any.

    Returns:
        nan where no picture can be used.
    """
    spec = dataclasses.replace(
        recipe.data, augment="none", film=0.0, hints=0.0, min_scale=1.0, max_scale=1.0
    )
    crops = TrainingCrops(pictures, spec, recipe.run.seed, classes)
    device = next(network.parameters()).device
    learning, total, count = objective.network, 0.0, 0
    objective.network = network
    objective.eval()
    try:
        with torch.no_grad():
            for batch in _batches(crops, len(pictures), spec.batch_size):
                there = {name: value.to(device) for name, value in batch.items()}
                total += float(objective(there, "network")["loss"]) * len(batch["ab"])
                count += len(batch["ab"])
    finally:
        objective.network = learning
        objective.train()
    return total / count if count else math.nan


def _batches(crops: TrainingCrops, count: int, size: int) -> Iterator[dict[str, Tensor]]:
    for begin in range(0, count, size):
        batch = collate([crops[0, i, 0] for i in range(begin, min(begin + size, count))])
        batch.pop("skipped", None)
        if batch:
            yield batch
