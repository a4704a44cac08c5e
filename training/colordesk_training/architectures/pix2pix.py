"""unet256: the generator of pix2pix, with its 70 x 70 PatchGAN critic (paper 002, section 5.1).

Paper 002 uses pix2pix as it is, so this follows Isola et al. 2017 ("Image-to-Image Translation with
Conditional Adversarial Networks", section 6.1) in its colorization mode: L / 50 - 1 in, ab / 110
out (target `ab` with scale 110), trained with the adversarial loss plus 100 times L1.

Eight halvings need sides that are multiples of 256. Other pictures are enlarged to the next such
size inside the graph (ARCHITECTURES.md, A17, resizes the paper's 224 to 256 and back); the answer
stays there, and the target brings it back. The generator's only noise is dropout, as in pix2pix;
an exported model is without it, so that the same photo always gets the same colours.
"""

from __future__ import annotations

from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from colordesk.inference.manifest import Size
from colordesk_training.registry import register

_MULTIPLE = 256
_WIDTHS = (1, 2, 4, 8, 8, 8, 8, 8)  # of the eight levels, times the base width


class UNet256(nn.Module):
    """See the module.

    Args:
        width: channels of the outermost level; the inner ones have 2, 4 and 8 times as many.
        dropout: probability on the three levels above the innermost one.
    """

    def __init__(self, width: int = 64, dropout: float = 0.5) -> None:
        super().__init__()
        channels = [width * factor for factor in _WIDTHS]
        last = len(channels) - 1
        self.downs = nn.ModuleList()
        for level, (inside, outside) in enumerate(pairwise([1, *channels])):
            # The outermost level has nothing to norm, the innermost may be a single pixel. Neither
            # has a bias instead: the reference decides that once for the whole encoder.
            normed = 0 < level < last
            self.downs.append(
                nn.Sequential(
                    *([nn.LeakyReLU(0.2)] if level else []),
                    nn.Conv2d(inside, outside, 4, 2, 1, bias=False),
                    *([nn.BatchNorm2d(outside)] if normed else []),
                )
            )
        self.ups = nn.ModuleList()
        for level in range(last, -1, -1):
            inside = channels[level] * (1 if level == last else 2)
            outside = channels[level - 1] if level else 2
            self.ups.append(
                nn.Sequential(
                    nn.ReLU(),
                    nn.ConvTranspose2d(inside, outside, 4, 2, 1, bias=not level),
                    nn.BatchNorm2d(outside) if level else nn.Tanh(),
                    *([nn.Dropout(dropout)] if 4 <= level < last else []),
                )
            )
        self.apply(_start)

    def forward(self, lightness: Tensor) -> Tensor:
        """Return ab / 110 for L* in [0, 100], N x 1 x H x W.

        Returns:
            N x 2 x H' x W', the sides rounded up to multiples of 256.
        """
        height, width = (
            (side + _MULTIPLE - 1) // _MULTIPLE * _MULTIPLE for side in lightness.shape[-2:]
        )
        x: Tensor = F.interpolate(lightness / 50 - 1, (height, width), mode="bilinear")
        skips: list[Tensor] = []
        for down in self.downs:
            x = down(x)
            skips.append(x)
        x = self.ups[0](skips.pop())
        for up in self.ups[1:]:
            x = up(torch.cat([skips.pop(), x], 1))
        return x


class PatchGan(nn.Module):
    """Judges each 70 x 70 patch: does this colour look true on this lightness?

    Args:
        colours: channels of the colour encoding that it sees.
        width: channels of the first layer.
    """

    def __init__(self, colours: int = 2, width: int = 64) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(1 + colours, width, 4, 2, 1),
            nn.LeakyReLU(0.2),
            *_judging(width, 2 * width, 2),
            *_judging(2 * width, 4 * width, 2),
            *_judging(4 * width, 8 * width, 1),
            nn.Conv2d(8 * width, 1, 4, 1, 1),
        )
        self.apply(_start)

    def forward(self, colour: Tensor, lightness: Tensor) -> Tensor:
        """Return one logit per patch, above 0 for true, N x 1 x h' x w' (30 x 30 for 256 x 256).

        Args:
            colour: N x C x h x w in the encoding that the generator predicts, h and w from 32 up.
            lightness: L* in [0, 100], N x 1 x H x W; brought to the size of `colour`.
        """
        if lightness.shape[-2:] != colour.shape[-2:]:
            lightness = F.interpolate(lightness, colour.shape[-2:], mode="bilinear", antialias=True)
        logits: Tensor = self.layers(torch.cat([lightness / 50 - 1, colour], 1))
        return logits


def _judging(inside: int, outside: int, stride: int) -> tuple[nn.Module, ...]:
    convolution = nn.Conv2d(inside, outside, 4, stride, 1, bias=False)
    return convolution, nn.BatchNorm2d(outside), nn.LeakyReLU(0.2)


def _start(layer: nn.Module) -> None:
    """Draw first weights as pix2pix does: N(0, 0.02), norms N(1, 0.02), biases 0."""
    if isinstance(layer, nn.Conv2d | nn.ConvTranspose2d):
        nn.init.normal_(layer.weight, 0, 0.02)
        if layer.bias is not None:
            nn.init.zeros_(layer.bias)
    elif isinstance(layer, nn.BatchNorm2d):
        nn.init.normal_(layer.weight, 1, 0.02)


@register(
    "unet256",
    title="pix2pix",
    summary="U-Net of eight levels, trained against a 70 x 70 PatchGAN",
    paper="Isola et al. 2017, as used by paper 002",
    size=Size(multiple=_MULTIPLE, min=_MULTIPLE, max=2048, preferred=_MULTIPLE),
    build_critic=PatchGan,
)
def unet256(width: int = 64, dropout: float = 0.5) -> UNet256:
    """Build the generator; `PatchGan` is trained beside it."""
    return UNet256(width, dropout)
