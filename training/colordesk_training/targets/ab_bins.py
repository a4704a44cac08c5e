"""The ab plane quantised to points, decoded by annealed mean (Zhang et al. 2016)."""

from __future__ import annotations

from typing import Literal

import torch
import torch.nn.functional as F
from torch import Tensor

from colordesk_training.losses import chroma_weighted_huber, soft_cross_entropy
from colordesk_training.targets.target import Target, annealed_mean, enlarged, shrunk

_SURE = 0.5  # probability from which on a place keeps its colour as it is
_ALIKE = 8.0  # units of L* within which places count as alike
_LANES = 16  # planes that onnxruntime pools at once, five times as fast as planes one by one
_NOWHERE = 1e4  # L* that is near to none, of the planes that fill up the last lanes
# For each a (-90..100 in steps of 10) the first and last b of the 313 points that
# Zhang et al. 2016 (section 2.1) keep of the ab plane.
_HULL_B = {
    -90: (50, 90), -80: (20, 90), -70: (0, 90), -60: (-20, 90), -50: (-30, 100),
    -40: (-40, 100), -30: (-50, 100), -20: (-50, 100), -10: (-60, 100), 0: (-70, 100),
    10: (-80, 90), 20: (-80, 90), 30: (-90, 90), 40: (-100, 90), 50: (-100, 80),
    60: (-110, 80), 70: (-110, 80), 80: (-110, 70), 90: (-110, 70), 100: (-90, 0),
}  # fmt: skip


def hull_points() -> Tensor:
    """Return the 313 ab points of Zhang et al. 2016, 313 x 2, lexicographic in (a, b)."""
    points = [(a, b) for a, (low, high) in _HULL_B.items() for b in range(low, high + 1, 10)]
    return torch.tensor(points, dtype=torch.float32)


def grid_points() -> Tensor:
    """Return all points from -110 to 110 in steps of 10, 529 x 2, lexicographic in (a, b)."""
    axis = torch.arange(-110, 111, 10, dtype=torch.float32)
    return torch.cartesian_prod(axis, axis)


def calmed(ab: Tensor, odds: Tensor, lightness: Tensor, window: int) -> Tensor:
    """Let places that are not sure of their colour take that of surer, alike ones around them.

    A place that wavers between red, gray and blue flips from one to the next, which is seen as
    blotches. The mean over the window counts each place by the square of how sure it is
    (normalised convolution, Knutsson and Westin 1993) and by how near its lightness is (the
    bilateral filter, piecewise linear as in Durand and Dorsey 2002, section 5), and replaces a
    place as far as that is not sure itself.

    Args:
        ab: decoded chroma, N x 2 x h x w.
        odds: logits that it was decoded from, N x Q x h x w.
        lightness: L* in [0, 100], N x 1 x H x W.
        window: side of the window, odd.

    Returns:
        N x 2 x h x w.
    """
    # sums over classes as a convolution: onnxruntime's ReduceLogSumExp took a fifth of the network
    ratio = (odds - odds.amax(1, keepdim=True)).clamp(min=-30).exp()  # to the likeliest class
    sure = 1 / F.conv2d(ratio, torch.ones_like(ratio[:1, :, :1, :1]))  # probability of that one
    own = (sure / _SURE).clamp(max=1.0)
    # sampled, not averaged over areas: the exporter knows no areas of uneven size
    small = F.interpolate(lightness, size=odds.shape[-2:], mode="bilinear", align_corners=False)
    levels = torch.arange(0, 101, _ALIKE, dtype=ab.dtype, device=ab.device)
    levels = F.pad(levels, (0, -len(levels) % _LANES), value=_NOWHERE)[None, :, None, None]
    near = torch.exp(-((small - levels) ** 2) / (2 * _ALIKE**2))
    weight = own * own * near
    planes = torch.cat([weight, weight * ab[:, :1], weight * ab[:, 1:]], 1)
    # down, then across: 2 x window additions instead of window x window
    columns = F.avg_pool2d(planes, (window, 1), 1, (window // 2, 0))
    pooled = F.avg_pool2d(columns, (1, window), 1, (0, window // 2))
    each = torch.eye(3, dtype=ab.dtype, device=ab.device).repeat_interleave(near.shape[1], 1)
    around = F.conv2d(pooled * torch.cat([near] * 3, 1), each[:, :, None, None])
    mean = around[:, 1:] / (around[:, :1] + 1e-6)
    return own * ab + (1 - own) * mean


class AbBins(Target):
    """A distribution over the ab points of Zhang et al. 2016, decoded by annealed mean.

    Args:
        temperature: T of the annealed mean (section 2.3); 1 is the mean, towards 0 the mode.
        neighbours: how many nearest points a colour is spread over (section 2.1).
        sigma: deviation of the spreading Gaussian, in CIELAB units.
        rebalance: lambda's counterpart, share of the uniform distribution in the prior that
            class weights are made from (section 2.2); 1 turns rebalancing off.
        grid: ``hull``, the 313 points that natural colours reach, or ``full``, the 529 of the whole
            square, as the class head of Zhang et al. 2017 has them (with one neighbour there: a
            colour is of the nearest point alone).
        unbias: how far decoding takes back what rebalancing taught, 0 not at all, 1 wholly: class
            weights multiply the odds that are learned, here they are divided out again.
        calm: side of the window, in cells of the prediction, from whose surer and alike places an
            unsure one takes colour; 1 leaves every place to itself.
        vividness: factor on the decoded chroma, against the dullness of any mean.
        prior: probability of each point in natural pictures; uniform if not given.
    """

    _GRID = 2  # spacing in CIELAB units of the look-up table from ab to its neighbours

    def __init__(
        self,
        temperature: float = 0.38,
        neighbours: int = 5,
        sigma: float = 5.0,
        rebalance: float = 1.0,
        grid: Literal["hull", "full"] = "hull",
        unbias: float = 0.0,
        calm: int = 1,
        vividness: float = 1.0,
        prior: Tensor | None = None,
    ) -> None:
        super().__init__()
        if grid not in ("hull", "full"):
            raise ValueError(f"grid must be hull or full, not {grid!r}")
        if calm < 1 or calm % 2 == 0:
            raise ValueError(f"calm must be odd, not {calm}")
        self.temperature = temperature
        self.unbias = unbias
        self.calm = calm
        self.vividness = vividness
        points = hull_points() if grid == "hull" else grid_points()
        axis = torch.arange(-128, 129, self._GRID, dtype=torch.float32)
        cells = torch.cartesian_prod(axis, axis)
        distance, index = torch.cdist(cells, points).topk(neighbours, largest=False)
        weight = torch.exp(-(distance**2) / (2 * sigma**2))
        # Far outside the hull all Gaussians underflow; the nearest point then takes all.
        weight[:, 0] += 1e-20
        self.register_buffer("points", points)
        self.register_buffer("cell_index", index, persistent=False)
        self.register_buffer("cell_weight", weight / weight.sum(1, keepdim=True), persistent=False)
        uniform = torch.full((len(points),), 1 / len(points))
        prior = uniform if prior is None else prior
        class_weight = 1 / ((1 - rebalance) * prior + rebalance * uniform)
        class_weight /= (prior * class_weight).sum()
        self.register_buffer("class_weight", class_weight, persistent=False)
        self.points: Tensor
        self.cell_index: Tensor
        self.cell_weight: Tensor
        self.class_weight: Tensor

    def encode(self, ab: Tensor) -> tuple[Tensor, Tensor]:
        """Return indices and weights of the nearest points, each N x neighbours x H x W."""
        cell = ((ab.clamp(-128, 128) + 128) / self._GRID).round().long()
        flat = cell[:, 0] * (256 // self._GRID + 1) + cell[:, 1]
        return (
            self.cell_index[flat].permute(0, 3, 1, 2),
            self.cell_weight[flat].permute(0, 3, 1, 2),
        )

    def mean(self, prediction: Tensor, temperature: float) -> Tensor:
        """Return the annealed mean of logits N x Q x h x w, as ab N x 2 x h x w."""
        return annealed_mean(prediction, self.points, temperature)

    def terms(self, prediction: Tensor, lightness: Tensor, ab: Tensor) -> dict[str, Tensor]:
        """Cross-entropy against soft bins, and Huber distance of the annealed mean."""
        logits = prediction.float()
        truth = shrunk(ab, logits)
        index, weight = self.encode(truth)
        return {
            "cross_entropy": soft_cross_entropy(logits, index, weight, self.class_weight),
            "huber": chroma_weighted_huber(self.mean(logits, self.temperature), truth),
        }

    def decode(self, prediction: Tensor, lightness: Tensor) -> Tensor:
        """Annealed mean of the unbiased odds, calmed, made vivid, enlarged bilinearly."""
        odds = prediction
        if self.unbias:
            # added, not subtracted: onnxruntime adds it to the bias of the last convolution
            odds = odds + -self.unbias * self.class_weight.log()[None, :, None, None]
        ab = self.mean(odds, self.temperature)
        if self.calm > 1:
            ab = calmed(ab, odds, lightness, self.calm)
        return enlarged(self.vividness * ab, lightness)

    def classes(self) -> int:
        """Return Q, 313 or 529."""
        return len(self.points)

    def count(self, ab: Tensor) -> Tensor:
        """Return how much of ab falls to each point, spread softly as in training."""
        index, weight = self.encode(ab)
        return torch.zeros(len(self.points)).index_add_(0, index.flatten(), weight.flatten())
