"""cwgan: the residual U-Net and its Wasserstein critic (paper 002, sections 5.1 and 8).

L / 100 in, (ab + 128) / 255 out (target `ab` with scale 255 and offset 128), both in [0, 1] as the
authors store them. The paper names only "U-Net with residual blocks" and WGAN; layers are those of
the authors' code (ARCHITECTURES.md, section 7).

That code does two things that its authors hardly meant, both off by default here (A15):
`detach = true` cuts the gradient on the main path of every residual block, so that earlier layers
learn only through the 1 x 1 shortcuts; `norm_mean = 0` draws the scales of batch norms around 0
instead of 1. (The third, that the critic never reaches the generator, is up to the recipe.)
"""

from __future__ import annotations

from functools import partial

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from colordesk.inference.manifest import Size
from colordesk_training.registry import register

_STD = 0.02  # of all first weights


class ResidualBlock(nn.Module):
    """Two convolutions beside a 1 x 1 shortcut.

    Args:
        inside: channels that come in.
        outside: channels that go out.
        detach: whether gradients pass back through the shortcut alone.
    """

    def __init__(self, inside: int, outside: int, *, detach: bool) -> None:
        super().__init__()
        self.detach = detach
        self.main = nn.Sequential(
            nn.Conv2d(inside, outside, 3, padding=1, bias=False),
            nn.BatchNorm2d(outside),
            nn.ReLU(),
            nn.Conv2d(outside, outside, 3, padding=1, bias=False),
            nn.BatchNorm2d(outside),
            nn.ReLU(),
        )
        self.shortcut = nn.Conv2d(inside, outside, 1)

    def forward(self, x: Tensor) -> Tensor:
        """N x inside x H x W -> N x outside x H x W."""
        main = self.main(x.detach() if self.detach else x)
        return F.relu(main + self.shortcut(x))


class ResUNet(nn.Module):
    """See the module.

    Args:
        width: channels of the outermost level; the inner ones have 2, 4 and 8 times as many.
        dropout: probability that a channel of an encoder level is dropped.
        detach: see the module.
        norm_mean: see the module.
    """

    def __init__(
        self,
        width: int = 64,
        dropout: float = 0.2,
        *,
        detach: bool = False,
        norm_mean: float = 1.0,
    ) -> None:
        super().__init__()
        block = partial(ResidualBlock, detach=detach)
        self.encode1 = block(1, width)
        self.encode2 = block(width, 2 * width)
        self.encode3 = block(2 * width, 4 * width)
        self.bridge = block(4 * width, 8 * width)
        self.decode3 = block(12 * width, 4 * width)
        self.decode2 = block(6 * width, 2 * width)
        self.decode1 = block(3 * width, width)
        self.out = nn.Conv2d(width, 2, 1)
        self.dropout = nn.Dropout2d(dropout)
        self.apply(partial(_start, norm_mean=norm_mean))

    def forward(self, lightness: Tensor) -> Tensor:
        """Return (ab + 128) / 255, N x 2 x H x W, for L* in [0, 100], N x 1 x H x W."""
        full = self.dropout(self.encode1(lightness / 100))
        half = self.dropout(self.encode2(F.max_pool2d(full, 2)))
        quarter = self.dropout(self.encode3(F.max_pool2d(half, 2)))
        x = self.dropout(self.bridge(F.max_pool2d(quarter, 2)))
        x = self.decode3(_joined(x, quarter))
        x = self.decode2(_joined(x, half))
        x = self.decode1(_joined(x, full))
        prediction: Tensor = self.out(x)
        return prediction


class Critic(nn.Module):
    """Scores how true a whole picture's colour looks; the higher, the truer.

    Args:
        colours: channels of the colour encoding that it sees.
        width: channels of the first layer.
    """

    def __init__(self, colours: int = 2, width: int = 64) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(colours + 1, width, 4, 2, 1),
            nn.LeakyReLU(0.2),
            *_judging(width, 2 * width),
            *_judging(2 * width, 4 * width),
            *_judging(4 * width, 8 * width),
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
            nn.Linear(8 * width, 1),
        )
        self.apply(partial(_start, norm_mean=1.0))

    def forward(self, colour: Tensor, lightness: Tensor) -> Tensor:
        """Return one score per picture, N x 1.

        Args:
            colour: N x C x H x W in the encoding that the generator predicts, sides from 32 up.
            lightness: L* in [0, 100], N x 1 x H x W.
        """
        score: Tensor = self.layers(torch.cat([colour, lightness / 100], 1))
        return score


def _judging(inside: int, outside: int) -> tuple[nn.Module, ...]:
    convolution = nn.Conv2d(inside, outside, 4, 2, 1)
    return convolution, nn.InstanceNorm2d(outside), nn.LeakyReLU(0.2)


def _joined(x: Tensor, skip: Tensor) -> Tensor:
    """Enlarge x to the size of a skip, twice its own where sides are even, and join them."""
    larger = F.interpolate(x, skip.shape[-2:], mode="bilinear", align_corners=True)
    return torch.cat([larger, skip], 1)


def _start(layer: nn.Module, norm_mean: float) -> None:
    """Draw first weights around 0, those of norms around `norm_mean`."""
    if isinstance(layer, nn.Conv2d | nn.Linear):
        nn.init.normal_(layer.weight, 0, _STD)
        if layer.bias is not None:
            nn.init.zeros_(layer.bias)
    elif isinstance(layer, nn.BatchNorm2d):
        nn.init.normal_(layer.weight, norm_mean, _STD)


@register(
    "cwgan",
    title="CWGAN",
    summary="Residual U-Net, trained against a Wasserstein critic",
    paper="Dyussenova, Zakharov and Pavlenko 2023, B&W Colorising Models (paper 002)",
    size=Size(multiple=8, min=32, max=2048, preferred=224),
    build_critic=Critic,
)
def cwgan(
    width: int = 64, dropout: float = 0.2, *, detach: bool = False, norm_mean: float = 1.0
) -> ResUNet:
    """Build the generator; `Critic` is trained beside it."""
    return ResUNet(width, dropout, detach=detach, norm_mean=norm_mean)
