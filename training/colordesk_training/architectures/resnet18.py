"""resnet18-mse and resnet18-bins: paper 000, "Image Colorization using CNNs" (Toso and Zane).

A frozen ImageNet ResNet-18 up to layer2 (128 channels at 1/8: the only part of it with the output
that section 4.1 states) and a small trained head, once for regression of ab and once for a
distribution over the data's ab bins (table 1; all kernels 3, stride 1).

What table 1 leaves open or cannot mean literally, and what is built (ARCHITECTURES.md, A1-A5):
the last convolution of the MSE head is printed 32 -> 32 but has to give two channels, of both
signs, so it is 32 -> 2 without batch norm and ReLU, and the logits of the other head are linear for
the same reason; L is repeated for the three input channels; upsampling is nearest inside (torch's
default, which the authors used) and bilinear where it makes the result, except CIFAR's last x2.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Literal

import torch
from torch import Tensor, nn

from colordesk.inference.manifest import Size
from colordesk_training.registry import register

_PAPER = "Toso and Zane, Image Colorization using CNNs (paper 000)"
_MEAN = (0.485, 0.456, 0.406)  # of ImageNet
_STD = (0.229, 0.224, 0.225)


class ResNet18Colorizer(nn.Module):
    """The trunk with one of the heads.

    Args:
        head: from the trunk's 128 channels at 1/8 to the prediction, at a larger size.
        enlarge: factor from the head's size to the picture's.
        mode: how that last enlargement interpolates.
        frozen: whether the trunk keeps its weights and its batch norms' statistics.
        normalize: whether L / 100 is brought to ImageNet's mean and deviation.
    """

    def __init__(
        self,
        head: nn.Sequential,
        enlarge: int,
        mode: Literal["nearest", "bilinear"],
        *,
        frozen: bool,
        normalize: bool,
    ) -> None:
        import torchvision  # takes seconds, and only these networks want it

        super().__init__()
        parts = list(torchvision.models.resnet18().named_children())[:6]
        self.trunk = nn.Sequential(OrderedDict(parts)).requires_grad_(not frozen)
        self.head = head
        self.enlarge = nn.Upsample(scale_factor=enlarge, mode=mode)
        self.frozen = frozen
        mean, std = (_MEAN, _STD) if normalize else ((0.0,) * 3, (1.0,) * 3)
        self.register_buffer("mean", torch.tensor(mean).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("std", torch.tensor(std).view(1, 3, 1, 1), persistent=False)
        self.mean: Tensor
        self.std: Tensor

    def train(self, mode: bool = True) -> ResNet18Colorizer:
        """Switch the head to training; a frozen trunk stays as it is in use."""
        super().train(mode)
        self.trunk.train(mode and not self.frozen)
        return self

    def forward(self, lightness: Tensor) -> Tensor:
        """Return the prediction, N x C x H x W, for L* in [0, 100], N x 1 x H x W."""
        height, width = lightness.shape[-2:]
        x = (lightness / 100).expand(-1, 3, -1, -1)
        prediction: Tensor = self.enlarge(self.head(self.trunk((x - self.mean) / self.std)))
        # Sides that are no multiple of 8 were rounded up on the way down.
        return prediction[:, :, :height, :width]


def _layer(inside: int, outside: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inside, outside, 3, padding=1), nn.BatchNorm2d(outside), nn.ReLU()
    )


def load_trunk(network: nn.Module, weights: Mapping[str, Tensor]) -> None:
    """Load an ImageNet ResNet-18, as torchvision saves it or with its batch norms folded.

    A folded one has a `bias` beside each convolution's weight and no norm; it is undone into norms
    that add just this bias, so that the answer is the same while the norms are in evaluation mode.

    Args:
        network: the network to change.
        weights: tensors named as torchvision names them.

    Raises:
        KeyError: a weight is missing.
        RuntimeError: a weight has another shape.
    """
    trunk = network.get_submodule("trunk")
    found = _unfolded(weights) if "conv1.bias" in weights else weights
    wanted = [name for name in trunk.state_dict() if not name.endswith("num_batches_tracked")]
    trunk.load_state_dict({name: found[name] for name in wanted}, strict=False)


def _unfolded(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    found = {}
    for name, value in weights.items():
        module, _, kind = name.rpartition(".")
        if kind == "weight":
            found[name] = value
            continue
        norm = module[:-1] + "1" if "downsample" in module else module.replace("conv", "bn")
        ones = torch.ones_like(value)
        found |= {
            f"{norm}.weight": ones,
            f"{norm}.bias": value,
            f"{norm}.running_mean": torch.zeros_like(value),
            f"{norm}.running_var": ones - nn.BatchNorm2d(1).eps,
        }
    return found


@register(
    "resnet18-mse",
    title="ResNet-18 regression",
    summary="Frozen ResNet-18 up to 1/8, small head, two numbers per pixel",
    paper=_PAPER,
    size=Size(multiple=8, min=32, max=2048, preferred=224),
    load_backbone=load_trunk,
    backbone="resnet18",
)
def resnet18_mse(*, frozen: bool = True, normalize: bool = True) -> ResNet18Colorizer:
    """Build table 1's left column: 2 x H x W, for the target `ab`."""
    head = nn.Sequential(
        _layer(128, 128),
        _layer(128, 128),
        nn.Upsample(scale_factor=2),
        _layer(128, 64),
        nn.Upsample(scale_factor=2),
        _layer(64, 32),
        _layer(32, 32),
        nn.Conv2d(32, 2, 3, padding=1),
    )
    return ResNet18Colorizer(head, 2, "bilinear", frozen=frozen, normalize=normalize)


@register(
    "resnet18-bins",
    title="ResNet-18 classification",
    summary="Frozen ResNet-18 up to 1/8, small head, a distribution over the data's ab bins",
    paper=_PAPER,
    # All logits exist at full size: half a gigabyte at the largest, and two or three times at once.
    size=Size(multiple=8, min=32, max=704, preferred=224),
    load_backbone=load_trunk,
    backbone="resnet18",
)
def resnet18_bins(
    layout: Literal["cifar", "mirflickr"] = "cifar",
    bins: int = 246,
    *,
    frozen: bool = True,
    normalize: bool = True,
) -> ResNet18Colorizer:
    """Build table 1's right column: logits, bins x H x W, for the target `ab-grid`.

    Args:
        layout: where the upsampling stands: spread over the head (cifar), or for speed mostly at
            the end (mirflickr).
        bins: Q, as the target counts it: 246 for the paper's CIFAR-10, 259 for its MIRFLICKR.
        frozen: see `ResNet18Colorizer`.
        normalize: see `ResNet18Colorizer`.
    """
    if layout not in ("cifar", "mirflickr"):
        raise ValueError(f"layout must be cifar or mirflickr, not {layout!r}")
    spread = layout == "cifar"
    head = nn.Sequential(
        _layer(128, 128),
        nn.Upsample(scale_factor=2),
        _layer(128, 128),
        _layer(128, 64),
        nn.Upsample(scale_factor=2) if spread else nn.Identity(),
        _layer(64, 64),
        nn.Conv2d(64, bins, 3, padding=1),
    )
    enlarge: tuple[int, Literal["nearest", "bilinear"]] = (
        (2, "nearest") if spread else (4, "bilinear")
    )
    return ResNet18Colorizer(head, *enlarge, frozen=frozen, normalize=normalize)
