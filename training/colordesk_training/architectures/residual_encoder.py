"""residual-encoder: Dahl's decoder over a frozen VGG-16 (paper 004, section 2.2).

Gray repeated for three channels in, U' and V' (target `uv`) out. Features of an ImageNet VGG-16 are
tapped at four resolutions, batch-normed, and added on the way back up to full size; 503,901
parameters learn. Layers are those of the authors' code (ARCHITECTURES.md, section 16; the paper's
figure shows blocks only), the last activation is tanh as in the paper (A31). torchvision's VGG-16
with its ImageNet normalisation replaces the authors' Caffe weights.

The code keeps batch norms on the statistics of the batch even in use; an answer would then depend
on which pictures come together, so here they average as usual. Training is at 224 x 224; there is
no layer that needs this size, so any other is taken as it is instead of being squashed.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from colordesk.inference.manifest import Size
from colordesk_training.colorspace import gray_from_lightness
from colordesk_training.registry import register

_MEAN = (0.485, 0.456, 0.406)  # of ImageNet
_STD = (0.229, 0.224, 0.225)
_VGG16 = ((64, 64), (128, 128), (256, 256, 256), (512, 512, 512))  # up to conv4_3


class ResidualEncoder(nn.Module):
    """See the module."""

    def __init__(self) -> None:
        super().__init__()
        self.vgg = _vgg().requires_grad_(requires_grad=False)
        self.norm4 = nn.BatchNorm2d(512)
        self.step4 = _convolution(512, 256, 1)
        self.norm3 = nn.BatchNorm2d(256)
        self.step3 = _step(256, 128)
        self.norm2 = nn.BatchNorm2d(128)
        self.step2 = _step(128, 64)
        self.norm1 = nn.BatchNorm2d(64)
        self.step1 = _step(64, 3)
        self.norm0 = nn.BatchNorm2d(3)
        self.step0 = _step(3, 3)
        self.out = nn.Sequential(_convolution(3, 2, 3), nn.BatchNorm2d(2), nn.Tanh())
        self.register_buffer("mean", torch.tensor(_MEAN).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("std", torch.tensor(_STD).view(1, 3, 1, 1), persistent=False)
        self.mean: Tensor
        self.std: Tensor

    def forward(self, lightness: Tensor) -> Tensor:
        """Return U' and V', N x 2 x H x W, for L* in [0, 100], N x 1 x H x W, sides from 8 up."""
        gray = gray_from_lightness(lightness).expand(-1, 3, -1, -1)
        taps: list[Tensor] = []
        x = (gray - self.mean) / self.std
        for layer in self.vgg:
            if isinstance(layer, nn.MaxPool2d):
                taps.append(x)
            x = layer(x)
        x = F.relu(self.step4(self.norm4(x)))
        x = self.step3(_enlarged(x, taps[2]) + self.norm3(taps[2]))
        x = self.step2(_enlarged(x, taps[1]) + self.norm2(taps[1]))
        x = self.step1(_enlarged(x, taps[0]) + self.norm1(taps[0]))
        x = self.step0(x + self.norm0(gray))
        prediction: Tensor = self.out(x)
        return prediction


def _vgg() -> nn.Sequential:
    """Return VGG-16 up to conv4_3 (Simonyan and Zisserman 2015, table 1, column D)."""
    layers: list[nn.Module] = []
    inside = 3
    for stage in _VGG16:
        if layers:
            layers.append(nn.MaxPool2d(2))
        for outside in stage:
            layers += [nn.Conv2d(inside, outside, 3, padding=1), nn.ReLU()]
            inside = outside
    return nn.Sequential(*layers)


def _convolution(inside: int, outside: int, kernel: int) -> nn.Conv2d:
    convolution = nn.Conv2d(inside, outside, kernel, padding=kernel // 2, bias=False)
    nn.init.trunc_normal_(convolution.weight, std=0.01, a=-0.02, b=0.02)
    return convolution


def _step(inside: int, outside: int) -> nn.Sequential:
    return nn.Sequential(_convolution(inside, outside, 3), nn.BatchNorm2d(outside), nn.ReLU())


def _enlarged(x: Tensor, like: Tensor) -> Tensor:
    return F.interpolate(x, like.shape[-2:], mode="bilinear")


def load_vgg(network: nn.Module, weights: Mapping[str, Tensor]) -> None:
    """Load an ImageNet VGG-16 up to conv4_3.

    Args:
        network: the network to change.
        weights: tensors named as torchvision names them, `features.0.weight` and so on.

    Raises:
        KeyError: a weight is missing.
        RuntimeError: a weight has another shape.
    """
    vgg = network.get_submodule("vgg")
    vgg.load_state_dict({name: weights[f"features.{name}"] for name in vgg.state_dict()})


@register(
    "residual-encoder",
    title="Residual encoder",
    summary="Frozen VGG-16, its features added on the way back up",
    paper="Dahl 2016, in Zhu, Zhao and Guo (paper 004)",
    size=Size(multiple=8, min=32, max=2048, preferred=224),
    load_backbone=load_vgg,
    backbone="vgg16",
)
def residual_encoder() -> ResidualEncoder:
    """Build the network with random weights; see `load_vgg` for the ImageNet ones."""
    return ResidualEncoder()
