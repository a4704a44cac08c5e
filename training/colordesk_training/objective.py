"""The objective: from a batch to the loss that is minimised, and from a picture to its ab."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from colordesk.errors import ColorDeskError
from colordesk_training.registry import Architecture, architecture
from colordesk_training.targets import make_target
from colordesk_training.targets.target import Target

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np

    from colordesk_training.recipe import Recipe


class UnknownLoss(ColorDeskError):  # noqa: N818 - reads as what it is
    """The target offers no loss term of this name.

    Args:
        wanted: the name.
        known: what it offers.
    """

    def __init__(self, wanted: str, known: tuple[str, ...]) -> None:
        super().__init__(wanted, known)
        self.wanted = wanted
        self.known = known


class Colorization(nn.Module):
    """A network with the target that gives its output a meaning.

    Args:
        network: `forward(lightness, *optional inputs)` -> prediction.
        target: encodes and decodes colour.
        inputs: names of the network's optional inputs, in order.
        weights: weight of each loss term.
    """

    def __init__(
        self,
        network: nn.Module,
        target: Target,
        inputs: tuple[str, ...],
        weights: Mapping[str, float],
    ) -> None:
        super().__init__()
        self.network = network
        self.target = target
        self.inputs = inputs
        self.weights = dict(weights)

    def forward(self, batch: dict[str, Tensor]) -> dict[str, Tensor]:
        """Return ``loss`` and every term that it is made of, as scalars."""
        prediction = self.network(batch["lightness"], *(batch[name] for name in self.inputs))
        terms = self.target.terms(prediction, batch["lightness"], batch["ab"])
        for name in self.weights:
            if name not in terms:
                raise UnknownLoss(name, tuple(terms))
        used = [weight * terms[name] for name, weight in self.weights.items()]
        return {"loss": torch.stack(used).sum(), **terms}

    def predict(self, lightness: Tensor, *optional: Tensor) -> Tensor:
        """Return ab, N x 2 x H x W, for lightness N x 1 x H x W and the optional inputs."""
        return self.target.decode(self.network(lightness, *optional), lightness)


def make_objective(recipe: Recipe, prior: np.ndarray | None = None) -> Colorization:
    """Build the network and target of a recipe, with random weights.

    Raises:
        ColorDeskError: the recipe names something that does not exist.
    """
    found: Architecture = architecture(recipe.architecture)
    network = found.build(**recipe.options)
    target = make_target(recipe.target.name, recipe.target.options, prior)
    return Colorization(network, target, found.inputs, recipe.loss.terms)
