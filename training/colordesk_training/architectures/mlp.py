"""mlp and autoencoder: paper 003, "Image Colorization with Neural Networks" (Xia and Salhi).

Fully connected networks from 32 x 32 gray pixels to 32 x 32 sRGB, both in [-1, 1]. The two differ
in nothing but the widths of their hidden layers, an autoencoder narrows towards its middle, so one
file has both. A layer is linear, batch norm, activation; the paper's standard network has one
hidden layer, sigmoid inside, and on its output a norm but no activation (section 5.3.2, table 3).

Widths that the paper states: 1024 (of the input), 512 for the autoencoder, 512 and 256 in the
first attempt (figure 4, which shows no norm on the output: `norm="hidden"`); those of deeper
networks are ours, see the recipes and ARCHITECTURES.md, A19.

The authors' gray swaps the weights of red and blue by accident (A22). A network here is given
lightness; which gray of a colour picture that stands for in training is not its business, and for
a gray photograph all grays are the same (`colorspace.lightness_of_luma`).
"""

from __future__ import annotations

from collections.abc import Sequence

import torch.nn.functional as F
from torch import Tensor, nn

from colordesk.inference.manifest import Size
from colordesk_training.colorspace import gray_from_lightness
from colordesk_training.registry import register

_SIDE = 32
_PAPER = "Xia and Salhi, Image Colorization with Neural Networks (paper 003)"
_SIZE = Size(min=16, max=4096, preferred=256, fixed=True)
_ACTIVATIONS = {"none": nn.Identity, "relu": nn.ReLU, "sigmoid": nn.Sigmoid, "tanh": nn.Tanh}
_NORMS = ("all", "hidden", "none")


class FullyConnected(nn.Module):
    """See the module.

    Args:
        hidden: width of each hidden layer.
        activation: none, relu, sigmoid or tanh, after each hidden layer.
        last: the same after the output. relu and sigmoid cannot give the dark half of [-1, 1],
            which is what figure 5b shows.
        norm: which layers have a batch norm: all, hidden (all but the output) or none.
    """

    def __init__(self, hidden: Sequence[int], activation: str, last: str, norm: str) -> None:
        super().__init__()
        for name, value in (("activation", activation), ("last", last)):
            if value not in _ACTIVATIONS:
                known = ", ".join(_ACTIVATIONS)
                raise ValueError(f"{name} must be one of {known}, not {value!r}")
        if norm not in _NORMS:
            raise ValueError(f"norm must be one of {', '.join(_NORMS)}, not {norm!r}")
        layers: list[nn.Module] = []
        inside = _SIDE**2
        for outside in hidden:
            layers.append(nn.Linear(inside, outside))
            if norm != "none":
                layers.append(nn.BatchNorm1d(outside))
            layers.append(_ACTIVATIONS[activation]())
            inside = outside
        layers.append(nn.Linear(inside, 3 * _SIDE**2))
        if norm == "all":
            layers.append(nn.BatchNorm1d(3 * _SIDE**2))
        layers.append(_ACTIVATIONS[last]())
        self.layers = nn.Sequential(*layers)

    def forward(self, lightness: Tensor) -> Tensor:
        """Return sRGB, N x 3 x 32 x 32, for L* in [0, 100], N x 1 x H x W of any size."""
        gray = gray_from_lightness(lightness)
        small = F.interpolate(gray, size=(_SIDE, _SIDE), mode="bilinear", antialias=True)
        rgb: Tensor = self.layers(small.flatten(1) * 2 - 1)
        return rgb.reshape(-1, 3, _SIDE, _SIDE)


@register(
    "mlp",
    title="Multilayer perceptron",
    summary="Fully connected, 32 x 32 gray to 32 x 32 RGB; a curiosity, its colour is coarse",
    paper=_PAPER,
    size=_SIZE,
)
def mlp(
    hidden: Sequence[int] = (1024,),
    activation: str = "sigmoid",
    last: str = "none",
    norm: str = "all",
) -> FullyConnected:
    """Build figure 6's network, for the target `rgb`; see `FullyConnected` for the options."""
    return FullyConnected(hidden, activation, last, norm)


@register(
    "autoencoder",
    title="Fully connected autoencoder",
    summary="As the multilayer perceptron, with a narrow middle",
    paper=_PAPER,
    size=_SIZE,
)
def autoencoder(
    hidden: Sequence[int] = (512,),
    activation: str = "sigmoid",
    last: str = "none",
    norm: str = "all",
) -> FullyConnected:
    """Build section 5.2.2's network, for the target `rgb`; see `FullyConnected`."""
    return FullyConnected(hidden, activation, last, norm)
