"""siggraph17: user-guided colorization (Zhang et al. 2017; paper 002, section 6).

(L - 50) / 100, hinted ab / 110 and the hints' mask in (all zero without hints); ab / 110 at full
size out, for target `ab` with scale 110. A U-Net around eccv16's body. Modules are named as in the
authors' PyTorch release, so its `siggraph17` state dict loads with `load_state_dict`, with or
without the batch norms' `num_batches_tracked`.

A second head, `model_class`, gives a distribution over all 23 x 23 points of the ab grid at 1/4
resolution (target `ab-bins` with `grid = "full"`). The authors train in stages: first the body by
classification alone, while the layers behind it learn on detached features; then everything by
regression, while the class head learns on detached features. What learns on detached features
changes nothing for the rest, so here each stage is a recipe of its own that trains just its head:
``answer = "classes"``, and from that checkpoint ``answer = "ab"``.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

import torch
from torch import Tensor, nn

from colordesk.inference.manifest import Size
from colordesk_training.registry import register

_GRID_POINTS = 23 * 23
_AB_SCALE = 110.0
_BEHIND_THE_CLASSES = (
    "model9up",
    "model2short9",
    "model9",
    "model10up",
    "model1short10",
    "model10",
    "model_out",
)


class Siggraph17(nn.Module):
    """See the module.

    Args:
        width: channels of the first block; the release has 64.
        answer: ``ab`` (ab / 110) or ``classes`` (logits). What only the other answer needs is
            frozen.
    """

    def __init__(self, width: int = 64, answer: Literal["ab", "classes"] = "ab") -> None:
        super().__init__()
        if answer not in ("ab", "classes"):
            raise ValueError(f"answer must be ab or classes, not {answer!r}")
        w1, w2, w4, w8 = width, 2 * width, 4 * width, 8 * width
        self.model1 = _block([4, w1, w1])
        self.model2 = _block([w1, w2, w2])
        self.model3 = _block([w2, w4, w4, w4])
        self.model4 = _block([w4, w8, w8, w8])
        self.model5 = _block([w8, w8, w8, w8], dilation=2)
        self.model6 = _block([w8, w8, w8, w8], dilation=2)
        self.model7 = _block([w8, w8, w8, w8])
        self.model8up = nn.Sequential(nn.ConvTranspose2d(w8, w4, 4, 2, 1))
        self.model3short8 = nn.Sequential(nn.Conv2d(w4, w4, 3, padding=1))
        self.model8 = nn.Sequential(nn.ReLU(), *_block([w4, w4, w4]))
        self.model9up = nn.Sequential(nn.ConvTranspose2d(w4, w2, 4, 2, 1))
        self.model2short9 = nn.Sequential(nn.Conv2d(w2, w2, 3, padding=1))
        self.model9 = nn.Sequential(nn.ReLU(), *_block([w2, w2]))
        self.model10up = nn.Sequential(nn.ConvTranspose2d(w2, w2, 4, 2, 1))
        self.model1short10 = nn.Sequential(nn.Conv2d(w1, w2, 3, padding=1))
        self.model10 = nn.Sequential(nn.ReLU(), nn.Conv2d(w2, w2, 3, padding=1), nn.LeakyReLU(0.2))
        self.model_class = nn.Sequential(nn.Conv2d(w4, _GRID_POINTS, 1))
        self.model_out = nn.Sequential(nn.Conv2d(w2, 2, 1), nn.Tanh())
        self.answer = answer
        idle = ("model_class",) if answer == "ab" else _BEHIND_THE_CLASSES
        for name in idle:
            self.get_submodule(name).requires_grad_(requires_grad=False)

    def forward(self, lightness: Tensor, hints: Tensor) -> Tensor:
        """Return ab / 110, N x 2 x H x W, or logits, N x 529 x ceil(H/4) x ceil(W/4).

        Args:
            lightness: N x 1 x H x W, L* in [0, 100].
            hints: N x 3 x H x W: a, b in CIELAB units where mask is 1; all zero for none.
        """
        mask = hints[:, 2:]
        x = torch.cat([(lightness - 50) / 100, hints[:, :2] * mask / _AB_SCALE, mask], 1)
        full = self.model1(x)
        half = self.model2(full[:, :, ::2, ::2])
        quarter = self.model3(half[:, :, ::2, ::2])
        x = self.model4(quarter[:, :, ::2, ::2])
        x = self.model7(self.model6(self.model5(x)))
        x = self.model8(_raised(self.model8up(x), self.model3short8(quarter)))
        if self.answer == "classes":
            logits: Tensor = self.model_class(x)
            return logits
        x = self.model9(_raised(self.model9up(x), self.model2short9(half)))
        x = self.model10(_raised(self.model10up(x), self.model1short10(full)))
        ab: Tensor = self.model_out(x)
        return ab


def _block(channels: list[int], dilation: int = 1) -> nn.Sequential:
    """Return convolutions with ReLU and a batch norm at the end."""
    layers: list[nn.Module] = []
    for inside, outside in pairwise(channels):
        layers.append(nn.Conv2d(inside, outside, 3, 1, dilation, dilation))
        layers.append(nn.ReLU())
    return nn.Sequential(*layers, nn.BatchNorm2d(channels[-1]))


def _raised(x: Tensor, skip: Tensor) -> Tensor:
    """Add what came up to what stayed; a side that was odd has grown by one on the way."""
    height, width = skip.shape[-2:]
    return x[:, :, :height, :width] + skip


@register(
    "siggraph17",
    title="Interactive Deep Colorization",
    summary="eccv16's body as a U-Net that takes colour points; two numbers per pixel",
    paper="Zhang et al. 2017, as used by paper 002",
    inputs=("hints",),
    size=Size(multiple=8, min=32, max=2048, preferred=256),
)
def siggraph17(width: int = 64, answer: Literal["ab", "classes"] = "ab") -> Siggraph17:
    """Build the network of the SIGGRAPH 2017 paper."""
    return Siggraph17(width, answer)
