"""densenet121: paper 001, "Image Colorization with DenseNet" (Akbulut and Atay).

The first 52 layers of an ImageNet DenseNet-121 and a decoder of convolutions and upsampling that
regresses ab. Counted as Keras counts, and in no other way, 52 layers end with a whole part: the
transition after the first dense block, 128 channels at 1/8 (with `cut="pool2_conv"` one layer
earlier, before its pooling, at 1/4). The paper does not print its decoder; built is that of the
work which it follows, Melas-Kyriazi's and Han's, with the same 128 channels at 1/8 to begin with,
less the parts that are never used there (ARCHITECTURES.md, section 3; A7, A8).

L / 100 is repeated for the three input channels and brought to ImageNet's mean and deviation.
Upsampling is nearest inside and bilinear where it makes the result.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

import torch
from torch import Tensor, nn

from colordesk.inference.manifest import Size
from colordesk_training.registry import register

_MEAN = (0.485, 0.456, 0.406)  # of ImageNet
_STD = (0.229, 0.224, 0.225)


class DenseNetColorizer(nn.Module):
    """See the module.

    Args:
        cut: where the trunk ends: pool2_pool at 1/8, pool2_conv at 1/4.
        frozen: whether the trunk keeps its weights; its batch norms keep their statistics anyway.
    """

    def __init__(self, cut: Literal["pool2_pool", "pool2_conv"], *, frozen: bool) -> None:
        super().__init__()
        if cut not in ("pool2_pool", "pool2_conv"):
            raise ValueError(f"cut must be pool2_pool or pool2_conv, not {cut!r}")
        import torchvision  # takes seconds, and only these networks want it

        # conv0, norm0, relu0, pool0, denseblock1, transition1
        self.trunk: nn.Sequential = torchvision.models.densenet121().features[:6]
        self.trunk.requires_grad_(not frozen)
        pooled = cut == "pool2_pool"
        # Odd sides are rounded up, as everywhere else on the way down, so that nothing is lost.
        self.trunk.get_submodule("transition1").pool = (
            nn.AvgPool2d(2, ceil_mode=True, count_include_pad=False) if pooled else nn.Identity()
        )
        self.decoder = nn.Sequential(
            nn.Conv2d(128, 128, 3, padding=1),
            nn.BatchNorm2d(128),
            nn.ReLU(),
            nn.Upsample(scale_factor=2) if pooled else nn.Identity(),
            nn.Conv2d(128, 64, 3, padding=1),
            nn.BatchNorm2d(64),
            nn.ReLU(),
            nn.Conv2d(64, 64, 3, padding=1),
            nn.ReLU(),
            nn.Upsample(scale_factor=2),
            nn.Conv2d(64, 32, 3, padding=1),
            nn.Sigmoid(),
            nn.Conv2d(32, 2, 3, padding=1),
            nn.Upsample(scale_factor=2, mode="bilinear"),
        )
        self.register_buffer("mean", torch.tensor(_MEAN).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("std", torch.tensor(_STD).view(1, 3, 1, 1), persistent=False)
        self.mean: Tensor
        self.std: Tensor

    def train(self, mode: bool = True) -> DenseNetColorizer:
        """Switch the decoder to training; the trunk's norms stay as they are in use."""
        super().train(mode)
        self.trunk.eval()
        return self

    def forward(self, lightness: Tensor) -> Tensor:
        """Return the prediction, N x 2 x H x W, for L* in [0, 100], N x 1 x H x W."""
        height, width = lightness.shape[-2:]
        x = (lightness / 100).expand(-1, 3, -1, -1)
        prediction: Tensor = self.decoder(self.trunk((x - self.mean) / self.std))
        return prediction[:, :, :height, :width]


def load_trunk(network: nn.Module, weights: Mapping[str, Tensor]) -> None:
    """Load an ImageNet DenseNet-121.

    Args:
        network: the network to change.
        weights: tensors named as torchvision names them, now (``norm1``) or in its published file
            (``norm.1``).

    Raises:
        KeyError: a weight is missing.
        RuntimeError: a weight has another shape.
    """
    trunk = network.get_submodule("trunk")
    found = {re.sub(r"\.(norm|conv)\.([12])\.", r".\1\2.", name): weights[name] for name in weights}
    wanted = [name for name in trunk.state_dict() if not name.endswith("num_batches_tracked")]
    trunk.load_state_dict({name: found[f"features.{name}"] for name in wanted}, strict=False)


@register(
    "densenet121",
    title="DenseNet-121 regression",
    summary="DenseNet-121's first dense block, convolutional decoder, two numbers per pixel",
    paper="Akbulut and Atay, Image Colorization with DenseNet (paper 001)",
    size=Size(multiple=8, min=32, max=2048, preferred=224),
    load_backbone=load_trunk,
    backbone="densenet121",
)
def densenet121(
    cut: Literal["pool2_pool", "pool2_conv"] = "pool2_pool", *, frozen: bool = False
) -> DenseNetColorizer:
    """Build the network with random weights; see `load_trunk` for the ImageNet ones."""
    return DenseNetColorizer(cut, frozen=frozen)
