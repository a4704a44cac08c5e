"""cnn4-rgb and cnn4-hsl: the hand-made four layers of paper 002 (sections 5.2 and 7).

Two convolutions and two transposed ones, all 3 x 3 without padding, so that the picture loses a
border and gets it back. The input is 8-bit L repeated for three channels and scaled to [-1, 1],
which is L* / 50 - 1. cnn4-rgb predicts RGB in [-1, 1] (target `rgb`), cnn4-hsl OpenCV's HLS / 255
(target `hls`).

The authors end in a ReLU (their notebook; the paper is silent), which cannot reach the dark half of
[-1, 1] and is the likely reason for the "darker, brownish" pictures of section 5.2. It is kept as
the default; `final_act = "tanh"` is the mended variant. Two gaps of section 7.2 are filled
(ARCHITECTURES.md, A12 and A13): with stride 2 (model2) a picture of 224 comes back as 223, so the
last layer pads its output by one; "a greater number of filters" (model3) is taken as 32.
"""

from __future__ import annotations

from typing import Literal

from torch import Tensor, nn

from colordesk.inference.manifest import Size
from colordesk_training.registry import register

_PAPER = "Dyussenova, Zakharov and Pavlenko 2023, B&W Colorising Models (paper 002)"
_VARIANTS = {"model1": (12, 1), "model2": (12, 2), "model3": (32, 1)}  # filters, stride


class Cnn4(nn.Module):
    """See the module.

    Args:
        width: filters of the first three layers.
        stride: of all four layers.
        final: activation of the three output channels.
    """

    def __init__(self, width: int, stride: int, final: nn.Module) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(3, width, 3, stride),
            nn.ReLU(),
            nn.Conv2d(width, width, 3, stride),
            nn.ReLU(),
            nn.ConvTranspose2d(width, width, 3, stride),
            nn.ReLU(),
            nn.ConvTranspose2d(width, 3, 3, stride, output_padding=stride - 1),
            final,
        )
        for layer in self.layers:
            if isinstance(layer, nn.Conv2d | nn.ConvTranspose2d):
                nn.init.xavier_uniform_(layer.weight)  # Glorot, the default of Keras
                nn.init.uniform_(_bias(layer), -0.05, 0.05)

    def forward(self, lightness: Tensor) -> Tensor:
        """Return three channels for L* in [0, 100], N x 1 x H x W.

        They have the size of the picture; with stride 2 only if its sides are multiples of 4.
        """
        prediction: Tensor = self.layers((lightness / 50 - 1).expand(-1, 3, -1, -1))
        return prediction


def _bias(layer: nn.Conv2d | nn.ConvTranspose2d) -> Tensor:
    assert layer.bias is not None
    return layer.bias


@register(
    "cnn4-rgb",
    title="Four-layer CNN, RGB",
    summary="Two convolutions, two transposed; predicts RGB",
    paper=_PAPER,
    size=Size(preferred=224),
)
def cnn4_rgb(final_act: Literal["relu", "tanh"] = "relu") -> Cnn4:
    """Build section 5.2's network."""
    finals = {"relu": nn.ReLU, "tanh": nn.Tanh}
    if final_act not in finals:
        raise ValueError(f"final_act must be relu or tanh, not {final_act!r}")
    return Cnn4(12, 1, finals[final_act]())


@register(
    "cnn4-hsl",
    title="Four-layer CNN, HSL",
    summary="Two convolutions, two transposed; predicts hue, lightness and saturation",
    paper=_PAPER,
    size=Size(multiple=4, preferred=224),
)
def cnn4_hsl(
    variant: Literal["model1", "model2", "model3"] = "model1", width: int | None = None
) -> Cnn4:
    """Build one of section 7.2's networks.

    Args:
        variant: model1 is cnn4-rgb's body; model2 has stride 2; model3 more filters.
        width: another number of filters than the variant's 12, 12 or 32.
    """
    if variant not in _VARIANTS:
        raise ValueError(f"variant must be one of {', '.join(_VARIANTS)}, not {variant!r}")
    filters, stride = _VARIANTS[variant]
    return Cnn4(width or filters, stride, nn.ReLU())
