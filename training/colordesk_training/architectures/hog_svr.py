"""hog-svr: histograms of oriented gradients and two linear models (paper 004, section 2.1).

Each pixel of a grid at 1/4 of the picture's size is described by the HOG (Dalal and Triggs 2005) of
the 16 x 16 block around it, 2 x 2 cells with 9 unsigned orientations each, and by its gray value:
37 numbers. U' and V' (target `uv`) are linear in them. The paper's text says every pixel of the
picture; its code works on the 1/4 grid and enlarges (ARCHITECTURES.md, A32).

The whole thing is one graph. `hog_features` is the part without parameters, for a fitter such as
scikit-learn's LinearSVR to see the very same features. What it finds goes into `linear`, a 1 x 1
convolution: ``linear.weight[0, :, 0, 0]`` are the coefficients for U' and ``linear.bias[0]`` the
intercept, row 1 is V'; a standardisation of the features must be folded into them. The linear part
can be trained as any network, too.

Votes are shared between the two nearest orientations and blocks are normed by L2-Hys (Dalal and
Triggs 2005, sections 6.3 and 6.4). The sharing also makes features a continuous function of the
picture, without which two runtimes could not agree on them.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from colordesk.inference.manifest import Size
from colordesk_training.colorspace import gray_from_lightness
from colordesk_training.registry import register

FEATURES = 37
_GRID = 4  # pixels of the picture per point of the grid
_CELL = 8
_ORIENTATIONS = 9
_CLIP = 0.2  # of L2-Hys
# Blocks whose mean gradient is far below this (a quarter of an 8-bit level) count as flat: the
# norm would otherwise blow rounding errors up to full features.
_FLAT = 1e-3


class HogSvr(nn.Module):
    """See the module."""

    def __init__(self) -> None:
        super().__init__()
        self.linear = nn.Conv2d(FEATURES, 2, 1)

    def forward(self, lightness: Tensor) -> Tensor:
        """Return U' and V', N x 2 x ceil(H/4) x ceil(W/4), for L* in [0, 100], N x 1 x H x W."""
        prediction: Tensor = self.linear(hog_features(lightness))
        return prediction


def hog_features(lightness: Tensor) -> Tensor:
    """Return the features of every point of the grid.

    Args:
        lightness: N x 1 x H x W, L* in [0, 100].

    Returns:
        N x 37 x ceil(H/4) x ceil(W/4): 9 orientations from 0 to 180 degrees of the cell above left,
        above right, below left and below right of the point, each in [0, 1]; and gray in [0, 1].
        Outside the picture is black.
    """
    height, width = ((side + _GRID - 1) // _GRID for side in lightness.shape[-2:])
    gray = F.interpolate(
        gray_from_lightness(lightness), (height, width), mode="bilinear", antialias=True
    )
    padded = F.pad(gray, (_CELL + 1,) * 4)
    across = padded[:, :, 1:-1, 2:] - padded[:, :, 1:-1, :-2]
    down = padded[:, :, 2:, 1:-1] - padded[:, :, :-2, 1:-1]
    votes = _share(torch.atan2(down, across)) * torch.sqrt(across.square() + down.square())
    cells = F.avg_pool2d(votes, _CELL, 1)  # the cell that begins at each place
    blocks = torch.cat(
        [
            cells[:, :, top : top + height, left : left + width]
            for top in (0, _CELL)
            for left in (0, _CELL)
        ],
        1,
    )
    return torch.cat([_unit(_unit(blocks).clamp(max=_CLIP)), gray], 1)


def _share(angle: Tensor) -> Tensor:
    """Return how much of a vote each orientation gets, N x 9 x H x W, for angles N x 1 x H x W."""
    place = angle * (_ORIENTATIONS / math.pi) - 0.5  # orientation k has its middle at k
    half = _ORIENTATIONS / 2
    shares = [
        1 - (torch.remainder(place - k + half, _ORIENTATIONS) - half).abs()
        for k in range(_ORIENTATIONS)
    ]
    return torch.cat(shares, 1).clamp(min=0)


def _unit(block: Tensor) -> Tensor:
    return block / torch.sqrt(block.square().sum(1, keepdim=True) + _FLAT**2)


@register(
    "hog-svr",
    title="HOG and linear SVR",
    summary="Two linear models on histograms of oriented gradients",
    paper="Zhu, Zhao and Guo, Machine Learning for Image Colorization (paper 004)",
    size=Size(multiple=_GRID, min=16, preferred=256),
)
def hog_svr() -> HogSvr:
    """Build the features and two linear models with random weights."""
    return HogSvr()
