"""eccv16: "Colorful Image Colorization" (Zhang, Isola and Efros 2016; paper 002, section 6).

(L - 50) / 100 in, a distribution over 313 ab points at 1/4 resolution out. Seven VGG-like blocks,
two of them dilated, one step up, and a 1 x 1 classifier. Modules are named as in the authors'
PyTorch release, so its `colorization_release_v2` state dict loads with `load_state_dict`, with or
without the batch norms' `num_batches_tracked`.

How the release maps onto the targets here: its own forward continues with a softmax at temperature
1, the bias-free 1 x 1 convolution `model_out` (313 -> 2) and a factor of 110. That is the annealed
mean of target `ab-bins` at temperature 1 if `model_out.weight` times 110 is the transposed table of
points (`ab_bins.hull_points`), which an importer should check on the file. So there are two ways to
ask, by `answer`:

- ``logits`` (for training, and for released weights that pass the check): for `ab-bins`, with
  temperature 0.38 for networks trained here and 1 for the release. `model_out` is then an unused,
  frozen passenger, there so that the state dicts fit.
- ``ab``: ab / 110 through the softmax and `model_out`, exactly the released forward at sides that
  are multiples of 8, for target `ab` with scale 110.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

import torch
from torch import Tensor, nn

from colordesk.inference.manifest import Size
from colordesk_training.registry import register

_BINS = 313


class Eccv16(nn.Module):
    """See the module.

    Args:
        width: channels of the first block; the release has 64.
        answer: see the module.
    """

    def __init__(self, width: int = 64, answer: Literal["logits", "ab"] = "logits") -> None:
        super().__init__()
        if answer not in ("logits", "ab"):
            raise ValueError(f"answer must be logits or ab, not {answer!r}")
        w1, w2, w4, w8 = width, 2 * width, 4 * width, 8 * width
        self.model1 = _block([1, w1, w1], stride=2)
        self.model2 = _block([w1, w2, w2], stride=2)
        self.model3 = _block([w2, w4, w4, w4], stride=2)
        self.model4 = _block([w4, w8, w8, w8])
        self.model5 = _block([w8, w8, w8, w8], dilation=2)
        self.model6 = _block([w8, w8, w8, w8], dilation=2)
        self.model7 = _block([w8, w8, w8, w8])
        self.model8 = nn.Sequential(
            nn.ConvTranspose2d(w8, w4, 4, 2, 1),
            nn.ReLU(),
            nn.Conv2d(w4, w4, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(w4, w4, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(w4, _BINS, 1),
        )
        self.model_out = nn.Conv2d(_BINS, 2, 1, bias=False)
        self.model_out.requires_grad_(answer == "ab")
        self.answer = answer

    def forward(self, lightness: Tensor) -> Tensor:
        """Return the prediction for L* in [0, 100], N x 1 x H x W.

        Returns:
            Logits N x 313 x h x w, or ab / 110 N x 2 x h x w; h and w are H / 4 and W / 4, rounded
            up to an even number.
        """
        x = (lightness - 50) / 100
        for block in (self.model1, self.model2, self.model3, self.model4):
            x = block(x)
        for block in (self.model5, self.model6, self.model7, self.model8):
            x = block(x)
        if self.answer == "ab":
            x = self.model_out(torch.softmax(x, 1))
        return x


def _block(channels: list[int], stride: int = 1, dilation: int = 1) -> nn.Sequential:
    """Return convolutions with ReLU, the last one strided, and a batch norm at the end."""
    layers: list[nn.Module] = []
    last = len(channels) - 2
    for i, (inside, outside) in enumerate(pairwise(channels)):
        step = stride if i == last else 1
        layers.append(nn.Conv2d(inside, outside, 3, step, dilation, dilation))
        layers.append(nn.ReLU())
    return nn.Sequential(*layers, nn.BatchNorm2d(channels[-1]))


@register(
    "eccv16",
    title="Colorful Image Colorization",
    summary="VGG-like with dilation, a distribution over 313 ab points at 1/4",
    paper="Zhang, Isola and Efros 2016, as used by paper 002",
    size=Size(multiple=8, min=32, max=2048, preferred=256),
)
def eccv16(width: int = 64, answer: Literal["logits", "ab"] = "logits") -> Eccv16:
    """Build the network of the ECCV 2016 paper."""
    return Eccv16(width, answer)
