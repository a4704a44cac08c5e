"""colordesk-base: the network behind the bundled model.

A chroma network that starts from what an ImageNet classifier knows of the world. The trunk is
ResNet-18 (He et al. 2016, "Deep Residual Learning", table 1) from conv1 to layer3 with its batch
norms folded into the convolutions, as in Larsson et al. 2016 and Iizuka et al. 2016, who showed
that semantic features decide the colour. An own fourth stage and two transformer blocks
(Dosovitskiy et al. 2021, pre-norm, without position embedding so that any size works) at 1/32 see
the whole picture, so that one region gets one colour. A feature-pyramid decoder (Lin et al. 2017)
climbs back and stops at 1/4 resolution: the eye and JPEG itself resolve chroma no finer, and the
app brings ab to full size against the full-size L.

The output is a distribution over quantised ab (Zhang, Isola, Efros 2016, section 2.1) at 1/4
resolution; the target decodes it. Colour points (a, b, mask) enter as in Zhang et al. 2017,
section 3.1, but pooled to the resolutions where they act: 1/4 (after layer1 and in the decoder)
and 1/32 (before attention, so that one point can steer a whole region).

What the trunk knows of a place (layer2 beside layer3) is given as well, for finding the same thing
in other photos. Of all layers these tell things best: of points in crops of 55 to 80 % with other
light and grain, 93 % were found again within 8 % of the short side (layer3 alone 85 %, layer2 70 %,
decoder at most 29 %, patches of lightness 55 %), and for 98 % the right one of ten photos was the
most alike (lightness 47 %).
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from colordesk.inference.manifest import Size
from colordesk_training.registry import register

_GRAY_MEAN = 0.449  # ImageNet means and deviations averaged over RGB: the trunk sees gray
_GRAY_STD = 0.226
_AB_SCALE = 110.0


class Residual(nn.Module):
    """ResNet's basic block; `norm=False` is the folded form with biases instead of batch norm."""

    def __init__(self, inside: int, outside: int, stride: int = 1, *, norm: bool = False) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(inside, outside, 3, stride, 1, bias=not norm)
        self.conv2 = nn.Conv2d(outside, outside, 3, 1, 1, bias=not norm)
        self.bn1 = nn.BatchNorm2d(outside) if norm else nn.Identity()
        self.bn2 = nn.BatchNorm2d(outside) if norm else nn.Identity()
        self.downsample = (
            nn.Sequential(nn.Conv2d(inside, outside, 1, stride))
            if stride != 1 or inside != outside
            else nn.Identity()
        )

    def forward(self, x: Tensor) -> Tensor:
        """N x inside x H x W -> N x outside x ceil(H/stride) x ceil(W/stride)."""
        y = F.relu(self.bn1(self.conv1(x)))
        return F.relu(self.bn2(self.conv2(y)) + self.downsample(x))


class Attention(nn.Module):
    """One pre-norm transformer block over all places of a feature map."""

    def __init__(self, channels: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm1 = nn.LayerNorm(channels)
        self.qkv = nn.Linear(channels, 3 * channels)
        self.out = nn.Linear(channels, channels)
        self.norm2 = nn.LayerNorm(channels)
        shrink = nn.Linear(2 * channels, channels)
        self.mlp = nn.Sequential(nn.Linear(channels, 2 * channels), nn.GELU(), shrink)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(shrink.weight)

    def forward(self, x: Tensor) -> Tensor:
        """N x C x H x W -> the same shape."""
        n, c, h, w = x.shape
        tokens = x.flatten(2).transpose(1, 2)
        qkv = self.qkv(self.norm1(tokens)).reshape(n, h * w, 3, self.heads, c // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4).unbind(0)
        mixed = F.scaled_dot_product_attention(q, k, v)
        tokens = tokens + self.out(mixed.transpose(1, 2).reshape(n, h * w, c))
        result: Tensor = tokens + self.mlp(self.norm2(tokens))
        return result.transpose(1, 2).reshape(n, c, h, w)


class ColorDeskBase(nn.Module):
    """See the module.

    Args:
        bins: number of ab classes that the target quantises to.
        width: channels of the decoder at 1/4 resolution.
        frozen: trunk stages that never train, of ``stem``, ``layer1``.
    """

    def __init__(
        self, bins: int = 313, width: int = 96, frozen: tuple[str, ...] = ("stem", "layer1")
    ) -> None:
        super().__init__()
        deep = 320
        self.stem = nn.Conv2d(1, 64, 7, 2, 3)
        self.layer1 = nn.Sequential(Residual(64, 64), Residual(64, 64))
        self.layer2 = nn.Sequential(Residual(64, 128, 2), Residual(128, 128))
        self.layer3 = nn.Sequential(Residual(128, 256, 2), Residual(256, 256))
        self.layer4 = nn.Sequential(
            Residual(256, deep, 2, norm=True), Residual(deep, deep, norm=True)
        )
        self.attention = nn.Sequential(Attention(deep, 5), Attention(deep, 5))
        self.hint4 = nn.Conv2d(3, 64, 3, padding=1)
        self.hint32 = nn.Conv2d(3, deep, 1)
        self.hint_out = nn.Conv2d(3, width, 3, padding=1)
        for injection in (self.hint4, self.hint32, self.hint_out):
            nn.init.zeros_(injection.weight)
        self.down16 = _reduce(deep, 256)
        self.side16 = nn.Conv2d(256, 256, 1)
        self.merge16 = _smooth(256)
        self.down8 = _reduce(256, 128)
        self.side8 = nn.Conv2d(128, 128, 1)
        self.merge8 = _smooth(128)
        self.down4 = _reduce(128, width)
        self.side4 = nn.Conv2d(64, width, 1)
        self.merge4 = _smooth(width)
        self.classify = nn.Conv2d(width, bins, 1)
        for stage in frozen:
            self.get_submodule(stage).requires_grad_(requires_grad=False)

    def forward(self, lightness: Tensor, hints: Tensor) -> Tensor:
        """Return logits, N x bins x ceil(H/4) x ceil(W/4).

        Args:
            lightness: N x 1 x H x W, L* in [0, 100].
            hints: N x 3 x H x W: a, b in CIELAB units where mask is 1; all zero for none.
        """
        at4, at32 = _pooled(hints, 4), _pooled(hints, 32)
        return self._decoded(*self._seen(lightness, at4), at4, at32)

    def with_features(self, lightness: Tensor, hints: Tensor) -> tuple[Tensor, Tensor]:
        """Return logits, and features of length 1, N x 384 x ceil(H/8) x ceil(W/8).

        The scalar product of two places says how alike they are to the trunk, 0 to 1.

        Args:
            lightness: as of `forward`.
            hints: as of `forward`.
        """
        at4, at32 = _pooled(hints, 4), _pooled(hints, 32)
        quarter, eighth, sixteenth = self._seen(lightness, at4)
        wide = F.interpolate(
            sixteenth, size=eighth.shape[-2:], mode="bilinear", align_corners=False
        )
        features = torch.cat([F.normalize(eighth), F.normalize(wide)], 1) / math.sqrt(2)
        return self._decoded(quarter, eighth, sixteenth, at4, at32), features

    def _seen(self, lightness: Tensor, at4: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return what the trunk makes of a picture at 1/4, 1/8 and 1/16."""
        x = (lightness / 100.0 - _GRAY_MEAN) / _GRAY_STD
        x = F.max_pool2d(F.relu(self.stem(x)), 3, 2, 1)
        quarter = self.layer1(x) + self.hint4(at4)
        eighth = self.layer2(quarter)
        return quarter, eighth, self.layer3(eighth)

    def _decoded(
        self, quarter: Tensor, eighth: Tensor, sixteenth: Tensor, at4: Tensor, at32: Tensor
    ) -> Tensor:
        """Return the logits."""
        deep = self.attention(self.layer4(sixteenth) + self.hint32(at32))
        x = self.merge16(_enlarged(self.down16(deep), sixteenth) + self.side16(sixteenth))
        x = self.merge8(_enlarged(self.down8(x), eighth) + self.side8(eighth))
        x = _enlarged(self.down4(x), quarter) + self.side4(quarter) + self.hint_out(at4)
        logits: Tensor = self.classify(self.merge4(x))
        return logits


def _reduce(inside: int, outside: int) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(inside, outside, 1, bias=False), nn.BatchNorm2d(outside))


def _smooth(channels: int) -> nn.Sequential:
    return nn.Sequential(
        nn.ReLU(),
        nn.Conv2d(channels, channels, 3, padding=1, bias=False),
        nn.BatchNorm2d(channels),
        nn.ReLU(),
    )


def _enlarged(x: Tensor, like: Tensor) -> Tensor:
    return F.interpolate(x, size=like.shape[-2:], mode="nearest")


def _pooled(hints: Tensor, factor: int) -> Tensor:
    """Return per cell the mean hinted ab (scaled to [-1, 1]) and whether there is any hint."""
    mask = hints[:, 2:]
    sums = F.avg_pool2d(
        torch.cat([hints[:, :2] * mask, mask], 1),
        factor,
        ceil_mode=True,
        count_include_pad=False,
    )
    share = sums[:, 2:]
    ab = sums[:, :2] / (share + 1e-6) / _AB_SCALE
    return torch.cat([ab, (share * factor**2).clamp(max=1.0)], 1)


def load_trunk(network: nn.Module, weights: Mapping[str, Tensor]) -> None:
    """Load an ImageNet ResNet-18 (conv1..layer3, RGB input) into the gray trunk.

    Its batch norms are folded into the convolutions if they are not yet.

    The three colour planes of conv1 see the same gray, so their kernels are added up; each is
    first brought from its own ImageNet normalisation to the gray one.

    Args:
        network: the network to change.
        weights: tensors named as torchvision names them, with batch norms or `bias` instead.

    Raises:
        KeyError: a weight is missing.
        RuntimeError: a weight has another shape.
    """
    if "conv1.bias" not in weights:
        weights = _folded(weights)
    mean = torch.tensor([0.485, 0.456, 0.406])
    std = torch.tensor([0.229, 0.224, 0.225])
    kernel = weights["conv1.weight"]
    scale = (_GRAY_STD / std).view(1, 3, 1, 1)
    shift = ((_GRAY_MEAN - mean) / std).view(1, 3, 1, 1)
    network.get_submodule("stem").load_state_dict(
        {
            "weight": (kernel * scale).sum(1, keepdim=True),
            "bias": weights["conv1.bias"] + (kernel * shift).sum((1, 2, 3)),
        }
    )
    for name in ("layer1", "layer2", "layer3"):
        stage = network.get_submodule(name)
        stage.load_state_dict({key: weights[f"{name}.{key}"] for key in stage.state_dict()})


def _folded(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return convolutions that do the work of the batch norms behind them, too."""
    found = {}
    for name, kernel in weights.items():
        if kernel.ndim != 4:
            continue
        module = name.removesuffix(".weight")
        norm = module[:-1] + "1" if "downsample" in module else module.replace("conv", "bn")
        scale = weights[f"{norm}.weight"] / torch.sqrt(
            weights[f"{norm}.running_var"] + nn.BatchNorm2d(1).eps
        )
        found[name] = kernel * scale[:, None, None, None]
        found[f"{module}.bias"] = weights[f"{norm}.bias"] - weights[f"{norm}.running_mean"] * scale
    return found


@register(
    "colordesk-base",
    title="ColorDesk Base",
    summary="ResNet-18 trunk, attention at 1/32, pyramid decoder, ab distribution at 1/4",
    paper="Zhang 2016 and 2017 on a ResNet-18 trunk (He 2016)",
    inputs=("hints",),
    outputs=("features",),
    size=Size(multiple=32, min=32, max=1536, preferred=256),
    load_backbone=load_trunk,
    backbone="resnet18",
)
def colordesk_base(
    bins: int = 313, width: int = 96, frozen: tuple[str, ...] = ("stem", "layer1")
) -> ColorDeskBase:
    """Build the network with random weights; see `load_trunk` for the ImageNet ones."""
    return ColorDeskBase(bins, width, tuple(frozen))
