"""Objectives: from a batch to the loss of each player, and from a picture to its ab.

Most networks learn alone. In a game there is a critic, too; each player has a loss and an
optimizer of its own and takes its turn on every batch, the critic first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from colordesk.errors import ColorDeskError
from colordesk_training.colorspace import lightness_of_luma
from colordesk_training.recipe import Recipe, RecipeError
from colordesk_training.registry import architecture
from colordesk_training.targets import make_target
from colordesk_training.targets.ab_grid import AbGrid
from colordesk_training.targets.target import Target

if TYPE_CHECKING:
    import numpy as np

    from colordesk_training.recipe import CriticSpec

Batch = Mapping[str, Tensor]


class UnknownLoss(ColorDeskError):
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
    """A network with the target that gives its output a meaning; it learns alone.

    Args:
        network: `forward(lightness, *optional inputs)` -> prediction.
        target: encodes and decodes colour.
        inputs: names of the network's optional inputs, in order.
        weights: weight of each loss term.
        gray: which gray the network learns from (`DataSpec.gray`).
    """

    def __init__(
        self,
        network: nn.Module,
        target: Target,
        inputs: tuple[str, ...],
        weights: Mapping[str, float],
        gray: str = "lightness",
    ) -> None:
        super().__init__()
        self.network = network
        self.target = target
        self.inputs = inputs
        self.weights = dict(weights)
        self.gray = gray

    @property
    def players(self) -> dict[str, nn.Module]:
        """What learns, in the order of turns."""
        return {"network": self.network}

    def forward(self, batch: Batch, player: str) -> dict[str, Tensor]:
        """Return ``loss`` of the player and the terms that it is made of, as scalars."""
        return self._regression(self.painted(batch), batch)

    def predict(self, lightness: Tensor, *optional: Tensor) -> Tensor:
        """Return ab, N x 2 x H x W, for lightness N x 1 x H x W and the optional inputs."""
        return self.target.decode(self.network(lightness, *optional), lightness)

    def seen(self, batch: Batch) -> Tensor:
        """Return the gray that the network learns from, as L*, N x 1 x H x W."""
        if self.gray == "lightness":
            return batch["lightness"]
        swapped = self.gray == "swapped-luma"
        return lightness_of_luma(batch["true_lightness"], batch["ab"], swapped=swapped)

    def painted(self, batch: Batch) -> Tensor:
        """Return the network's raw prediction for a batch."""
        painted: Tensor = self.network(self.seen(batch), *(batch[name] for name in self.inputs))
        return painted

    def _regression(self, prediction: Tensor, batch: Batch) -> dict[str, Tensor]:
        terms = self.target.terms(prediction, batch["true_lightness"], batch["ab"])
        for name in self.weights:
            if name not in terms:
                raise UnknownLoss(name, tuple(terms))
        used = [weight * terms[name] for name, weight in self.weights.items()]
        return {"loss": torch.stack(used).sum(), **terms}


class WrongLabels(ColorDeskError):
    """The training pictures lie in more folders than the network has labels.

    Args:
        labels: outputs of the network.
        classes: least number of classes that the data have.
    """

    def __init__(self, labels: int, classes: int) -> None:
        super().__init__(labels, classes)
        self.labels = labels
        self.classes = classes


class Classification(Colorization):
    """A first stage that teaches a colorizer what pictures show (paper 004, section 2.3).

    The network has `classify(lightness)` -> log-probabilities, N x labels; its colour layers wait.
    """

    def forward(self, batch: Batch, player: str) -> dict[str, Tensor]:
        """Return ``loss``, the mean of -log p of the true labels, and ``right`` in percent."""
        shares: Tensor = self.network.classify(self.seen(batch))  # type: ignore[operator] # checked
        label = batch["label"]
        if label.max() >= shares.shape[1]:
            raise WrongLabels(shares.shape[1], int(label.max()) + 1)
        right = (shares.argmax(1) == label).float().mean()
        return {"loss": F.nll_loss(shares.float(), label), "right": 100 * right}


class Adversarial(Colorization):
    """A game between the network and a critic that learns to tell its colours from true ones.

    Args:
        network: as of `Colorization`.
        target: must offer `perfect`, so that true colour can be shown to the critic.
        inputs: as of `Colorization`.
        weights: of the terms that pull the network to the truth (pix2pix: 100 x L1).
        gray: as of `Colorization`.
        critic: `forward(colour, lightness)` -> scores, high for true.
        spec: which game.
    """

    def __init__(
        self,
        network: nn.Module,
        target: Target,
        inputs: tuple[str, ...],
        weights: Mapping[str, float],
        gray: str,
        critic: nn.Module,
        spec: CriticSpec,
    ) -> None:
        super().__init__(network, target, inputs, weights, gray)
        self.critic = critic
        self.spec = spec

    @property
    def players(self) -> dict[str, nn.Module]:
        """The critic, then the network."""
        return {"critic": self.critic, "network": self.network}

    def forward(self, batch: Batch, player: str) -> dict[str, Tensor]:
        """Return ``loss`` of the player and the terms that it is made of, as scalars."""
        painted = self.painted(batch)
        if player == "critic":
            true = self.target.perfect(batch["true_lightness"], batch["ab"])
            return self._judgement(true, painted.detach(), batch["lightness"])
        terms = self._regression(painted, batch)
        if self.spec.weight == 0:
            return terms
        scores = self.critic(painted, batch["lightness"])
        if self.spec.game == "vanilla":
            fooling = F.binary_cross_entropy_with_logits(scores, torch.ones_like(scores))
        else:
            fooling = -scores.mean()
        return {**terms, "fooling": fooling, "loss": terms["loss"] + self.spec.weight * fooling}

    def _judgement(self, true: Tensor, painted: Tensor, lightness: Tensor) -> dict[str, Tensor]:
        """Return the critic's loss.

        ``vanilla`` is the halved binary cross-entropy of Isola et al. 2017, ``wasserstein`` the
        difference of mean scores with the gradient penalty of Gulrajani et al. 2017, and, where
        `r1` is set, the squared gradient itself on the same points (paper 002's code).
        """
        of_true, of_painted = self.critic(true, lightness), self.critic(painted, lightness)
        if self.spec.game == "vanilla":
            right = F.binary_cross_entropy_with_logits(of_true, torch.ones_like(of_true))
            wrong = F.binary_cross_entropy_with_logits(of_painted, torch.zeros_like(of_painted))
            return {"loss": (right + wrong) / 2}
        distance = of_painted.mean() - of_true.mean()
        share = torch.rand(len(true), 1, 1, 1, device=true.device)
        between = (share * true + (1 - share) * painted).requires_grad_()
        (slope,) = torch.autograd.grad(
            self.critic(between, lightness).sum(), between, create_graph=True
        )
        norm = slope.flatten(1).norm(dim=1)
        penalty = self.spec.gradient_penalty * ((norm - 1) ** 2).mean()
        r1 = self.spec.r1 * (norm**2).mean()
        return {"loss": distance + penalty + r1, "distance": distance}


def make_objective(recipe: Recipe, prior: np.ndarray | None = None) -> Colorization:
    """Build the networks and the target of a recipe, with random weights.

    Raises:
        ColorDeskError: the recipe names something that does not exist.
    """
    found = architecture(recipe.architecture)
    target = make_target(recipe.target.name, recipe.target.options, prior)
    options = dict(recipe.options)
    if isinstance(target, AbGrid):  # the data decide how many outputs there are
        options.setdefault("bins", target.bins)
    try:
        network = found.build(**options)
    except (TypeError, ValueError) as error:
        raise RecipeError(
            recipe.card.id, f"an option does not fit {found.name} ({error})"
        ) from error
    alone = network, target, found.inputs, recipe.loss.terms, recipe.data.gray
    if recipe.data.labels:
        if not options.get("labels") or not hasattr(network, "classify"):
            raise RecipeError(recipe.card.id, f"{found.name} has no head for labels")
        return Classification(*alone)
    if recipe.critic is None:
        return Colorization(*alone)
    if found.build_critic is None:
        raise RecipeError(recipe.card.id, f"{found.name} comes without a critic")
    return Adversarial(*alone, found.build_critic(**recipe.critic.options), recipe.critic)
