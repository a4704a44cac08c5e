"""stylization: Johnson's style-transfer network as a colorizer (paper 004, sections 2.4 and 3.6).

Y - 0.5 in, U' and V' (target `uv`) out. Two strided convolutions lead to 1/4, a number of "shave
blocks" follow, two transposed convolutions lead back. A shave block is residual, with convolutions
that do not pad, so its input is cut by 2 on each side to be added; all that is shaved off is
reflected onto the picture at the start.

Where figure 7 and the authors' code differ, the code is built (ARCHITECTURES.md, A24 to A26):
stride 2 in the encoder (with the printed 3, a picture of 256 would come back as 72), and adding
instead of "Concat", which has no room in the 128 channels printed.
"""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor, nn

from colordesk.inference.manifest import Size
from colordesk_training.colorspace import gray_from_lightness
from colordesk_training.registry import register

_SHAVED = 2  # by one block from each side, at 1/4 resolution


class ShaveBlock(nn.Module):
    """A residual block without padding."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(channels, channels, 3),
            nn.BatchNorm2d(channels),
            nn.ReLU(),
            nn.Conv2d(channels, channels, 3),
            nn.BatchNorm2d(channels),
        )

    def forward(self, x: Tensor) -> Tensor:
        """N x C x H x W -> N x C x (H - 4) x (W - 4)."""
        result: Tensor = self.layers(x) + x[:, :, _SHAVED:-_SHAVED, _SHAVED:-_SHAVED]
        return result


class Stylization(nn.Module):
    """See the module.

    Args:
        blocks: number of shave blocks; the paper tries 3 to 6 and stays with 5.
        width: channels of the first layer; the paper has 32.
    """

    def __init__(self, blocks: int = 5, width: int = 32) -> None:
        super().__init__()
        w1, w2, w4 = width, 2 * width, 4 * width
        self.border = 4 * _SHAVED * blocks
        self.layers = nn.Sequential(
            *_normed(nn.Conv2d(1, w1, 9, padding=4)),
            *_normed(nn.Conv2d(w1, w2, 3, 2, 1)),
            *_normed(nn.Conv2d(w2, w4, 3, 2, 1)),
            *(ShaveBlock(w4) for _ in range(blocks)),
            *_normed(nn.ConvTranspose2d(w4, w2, 3, 2, 1, output_padding=1)),
            *_normed(nn.ConvTranspose2d(w2, w1, 3, 2, 1, output_padding=1)),
            nn.Conv2d(w1, 2, 9, padding=4),
            nn.Tanh(),
        )

    def forward(self, lightness: Tensor) -> Tensor:
        """Return U' and V', N x 2 x H x W, for L* in [0, 100], N x 1 x H x W.

        A reflected border of 8 pixels per block is put around, so the sides must be longer.
        """
        y = gray_from_lightness(lightness) - 0.5
        prediction: Tensor = self.layers(F.pad(y, (self.border,) * 4, mode="reflect"))
        # Sides that are no multiple of 4 were rounded up on the way down.
        return prediction[:, :, : lightness.shape[2], : lightness.shape[3]]


def _normed(convolution: nn.Conv2d | nn.ConvTranspose2d) -> tuple[nn.Module, ...]:
    return convolution, nn.BatchNorm2d(convolution.out_channels), nn.ReLU()


@register(
    "stylization",
    title="Stylization net",
    summary="Johnson's style-transfer network with shave blocks",
    paper="Zhu, Zhao and Guo, Machine Learning for Image Colorization (paper 004)",
    size=Size(multiple=4, min=64, max=2048, preferred=256),
)
def stylization(blocks: int = 5, width: int = 32) -> Stylization:
    """Build the network with 3 to 6 shave blocks, or another number."""
    return Stylization(blocks, width)
