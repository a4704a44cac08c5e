"""gray: the baseline that leaves the photo as it is (paper 004, table 1, "Gray Output").

It has nothing to train. It exists so that tables of other networks, and the app, can show beside
them what doing nothing scores: 0.005163 raw UV error on COCO 2014 in the paper.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from colordesk.inference.manifest import Size
from colordesk_training.registry import register


class Gray(nn.Module):
    """Answers U' = V' = 0 everywhere."""

    def forward(self, lightness: Tensor) -> Tensor:
        """Return zeros, N x 2 x H x W, for the targets `uv` and `ab`."""
        return torch.zeros_like(lightness).expand(-1, 2, -1, -1)


@register(
    "gray",
    title="Gray",
    summary="No colour at all: the baseline for comparisons",
    paper="Zhu, Zhao and Guo, Machine Learning for Image Colorization (paper 004)",
    size=Size(min=1, preferred=256),
)
def gray() -> Gray:
    """Build the baseline."""
    return Gray()
