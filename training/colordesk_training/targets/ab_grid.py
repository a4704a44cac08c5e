"""The ab plane in square bins of width 10, of which those count that the data fill (paper 000)."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from colordesk.errors import ColorDeskError
from colordesk_training.targets.target import Target, annealed_mean, enlarged, shrunk

_WIDTH = 10  # of a bin, in CIELAB units (paper 000, section 3.2)
_REACH = 110  # bin edges are the multiples of the width within +-this (ARCHITECTURES.md, A5)
_SIDE = 2 * _REACH // _WIDTH


class WrongBins(ColorDeskError):
    """The network has another number of outputs than the data have colours.

    Args:
        outputs: channels of the network's prediction.
        bins: Q, the number of bins that the training data fill.
    """

    def __init__(self, outputs: int, bins: int) -> None:
        super().__init__(outputs, bins)
        self.outputs = outputs
        self.bins = bins


def grid_centres() -> Tensor:
    """Return the centres of all 22 x 22 bins, 484 x 2, lexicographic in (a, b)."""
    axis = torch.arange(_SIDE) * _WIDTH - _REACH + _WIDTH / 2
    return torch.cartesian_prod(axis, axis)


class AbGrid(Target):
    """One class per non-empty bin of the data's ab histogram, decoded by annealed mean.

    Bins are counted over the whole 22 x 22 grid; the prior decides which Q of them become classes.

    Args:
        temperature: T of the annealed mean (equations 6 and 7).
        rebalance: lambda of the class weights (equation 3); 1 turns rebalancing off.
        prior: how much of the training pictures falls into each of the 484 bins (counts or
            shares); without it every bin is a class, all alike.
    """

    def __init__(
        self, temperature: float = 0.38, rebalance: float = 0.5, prior: Tensor | None = None
    ) -> None:
        super().__init__()
        self.temperature = temperature
        centres = grid_centres()
        share = torch.ones(len(centres)) if prior is None else prior.float()
        if share.shape != (len(centres),) or not (share >= 0).all() or not share.any():
            raise ValueError(f"a prior must hold {len(centres)} shares that are not all zero")
        filled = share > 0
        share = share[filled] / share.sum()
        self.bins = len(share)
        """Q, the number of classes, which the network must have as outputs."""
        # A colour whose own bin is empty belongs to the nearest bin that is not.
        self.register_buffer(
            "nearest", torch.cdist(centres, centres[filled]).argmin(1), persistent=False
        )
        self.register_buffer("points", centres[filled], persistent=False)
        class_weight = 1 / ((1 - rebalance) * share + rebalance / self.bins)
        class_weight /= (share * class_weight).sum()
        self.register_buffer("class_weight", class_weight, persistent=False)
        self.nearest: Tensor
        self.points: Tensor
        self.class_weight: Tensor

    def encode(self, ab: Tensor) -> Tensor:
        """Return the class of each pixel, N x H x W, of ab N x 2 x H x W."""
        return self.nearest[_cells(ab)]

    def terms(self, prediction: Tensor, lightness: Tensor, ab: Tensor) -> dict[str, Tensor]:
        """Return the rebalanced cross-entropy against one-hot classes.

        ``eq4`` is paper 000's equation 4, the sum over a picture, averaged over the batch;
        ``cross_entropy`` is the same averaged over pixels, so that it does not grow with the size.
        """
        self._check(prediction)
        index = self.encode(shrunk(ab, prediction))
        distance = F.cross_entropy(prediction.float(), index, reduction="none")
        mean = (distance * self.class_weight[index]).mean()
        height, width = prediction.shape[-2:]
        return {"cross_entropy": mean, "eq4": mean * height * width}

    def decode(self, prediction: Tensor, lightness: Tensor) -> Tensor:
        """Annealed mean of the bins' centres, enlarged bilinearly."""
        self._check(prediction)
        return enlarged(annealed_mean(prediction, self.points, self.temperature), lightness)

    def classes(self) -> int:
        """Return 484: what `count` counts. How many of them are classes is in `bins`."""
        return _SIDE**2

    def count(self, ab: Tensor) -> Tensor:
        """Return how many pixels fall into each bin of the whole grid, 484 numbers."""
        return torch.bincount(_cells(ab).flatten(), minlength=_SIDE**2).float()

    def _check(self, prediction: Tensor) -> None:
        if prediction.shape[1] != self.bins:
            raise WrongBins(prediction.shape[1], self.bins)


def _cells(ab: Tensor) -> Tensor:
    """Return the bin of the whole grid that each pixel falls into, N x H x W."""
    cell = ((ab + _REACH) / _WIDTH).floor().long().clamp(0, _SIDE - 1)
    return cell[:, 0] * _SIDE + cell[:, 1]
