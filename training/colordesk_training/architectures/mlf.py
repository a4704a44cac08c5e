"""mlf: the multi-level feature network (paper 004, section 2.3, after Iizuka et al. 2016).

Shared layers look at the picture twice: at its own size, for local features, and squeezed to
224 x 224, from which a vector describes the whole scene. The vector is put beside the local
features of every place, and layers with nearest-neighbour enlargement lead to U' and V' (target
`uv`). Gray enters both ways as 2 Y - 1.

For its first stage, which classifies pictures, it is built with `labels`, which add a head and
change nothing else (recipe `mlf-labels`). Weights of that stage load into a network without the
head, so `--init` begins the second stage with them.

Where figure 4 and the authors' code differ, the code is built (ARCHITECTURES.md, A27 to A29): two
local convolutions to 512 and 256 (the figure lists four, and 64 + 256 would not make the 512 that
are fused); enlargement after 128, 64 and 16 channels; tanh last; the same scaling of both inputs.
There is no norm anywhere. First weights are drawn as He et al. 2015 found for such networks; by
torch's default the picture would be lost in rounding before it reaches the output.
"""

from __future__ import annotations

from typing import cast

import torch
from torch import Tensor, nn

from colordesk.inference.manifest import Size
from colordesk_training.colorspace import gray_from_lightness
from colordesk_training.registry import register

_SCALED = 224
_STEPS = 32  # how much smaller the global features are, before they become a vector


class MultiLevelFeatures(nn.Module):
    """See the module.

    Args:
        width: channels of the first layer, a multiple of 8; the paper has 64.
        labels: classes of the pre-training stage; 0 leaves its head out.
    """

    def __init__(self, width: int = 64, labels: int = 0) -> None:
        super().__init__()
        if width % 8:
            raise ValueError(f"width must be a multiple of 8, not {width}")
        w1, w2, w4, w8 = width, 2 * width, 4 * width, 8 * width
        self.shared = nn.Sequential(
            *_layer(1, w1, 2),
            *_layer(w1, w2),
            *_layer(w2, w2, 2),
            *_layer(w2, w4),
            *_layer(w4, w4, 2),
            *_layer(w4, w8),
        )
        side = _SCALED // _STEPS
        self.scene = nn.Sequential(
            *_layer(w8, w8, 2),
            *_layer(w8, w8),
            *_layer(w8, w8, 2),
            *_layer(w8, w8),
            nn.Flatten(),
            nn.Linear(side * side * w8, 2 * w8),
            nn.ReLU(),
            nn.Linear(2 * w8, w8),
            nn.ReLU(),
        )
        self.summary = nn.Sequential(nn.Linear(w8, w4), nn.ReLU())
        self.local = nn.Sequential(*_layer(w8, w8), *_layer(w8, w4))
        self.colour = nn.Sequential(
            *_layer(w8, w4),
            *_layer(w4, w2),
            nn.Upsample(scale_factor=2),
            *_layer(w2, w1),
            *_layer(w1, w1),
            nn.Upsample(scale_factor=2),
            *_layer(w1, w1 // 2),
            *_layer(w1 // 2, w1 // 4),
            nn.Upsample(scale_factor=2),
            *_layer(w1 // 4, w1 // 8),
            nn.Conv2d(w1 // 8, 2, 3, padding=1),
            nn.Tanh(),
        )
        self.classifier = (
            nn.Sequential(
                nn.Linear(w8, w8),
                nn.ReLU(),
                nn.Dropout(0.5),
                nn.Linear(w8, labels),
                nn.LogSoftmax(1),
            )
            if labels
            else None
        )
        self.register_load_state_dict_pre_hook(_without_unused_head)  # type: ignore[no-untyped-call]
        for layer in self.modules():
            if isinstance(layer, nn.Conv2d | nn.Linear):
                nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
                nn.init.zeros_(_bias(layer))

    def forward(self, lightness: Tensor) -> Tensor:
        """Return U' and V', N x 2 x H x W, for L* in [0, 100], N x 1 x H x W."""
        y = _encoded(lightness)
        local = self.local(self.shared(y))
        summary = self.summary(self._scene(y))[:, :, None, None]
        everywhere = summary.expand(-1, -1, local.shape[2], local.shape[3])
        prediction: Tensor = self.colour(torch.cat([local, everywhere], 1))
        # Sides that are no multiple of 8 were rounded up on the way down.
        return prediction[:, :, : lightness.shape[2], : lightness.shape[3]]

    def classify(self, lightness: Tensor) -> Tensor:
        """Return log-probabilities of the labels, N x labels, for L* in [0, 100], N x 1 x H x W.

        Raises:
            ValueError: the network was built without labels.
        """
        if self.classifier is None:
            raise ValueError("this network was built without labels")
        shares: Tensor = self.classifier(self._scene(_encoded(lightness)))
        return shares

    def _scene(self, y: Tensor) -> Tensor:
        rows, columns = (_squeeze(side, y) for side in y.shape[-2:])
        scene: Tensor = self.scene(self.shared(rows @ y @ columns.t()))
        return scene


def _without_unused_head(
    network: nn.Module, weights: dict[str, Tensor], prefix: str, *_: object
) -> None:
    """Leave out the classifier's weights where there is no classifier."""
    if cast("MultiLevelFeatures", network).classifier is None:
        for name in [name for name in weights if name.startswith(f"{prefix}classifier.")]:
            del weights[name]


def _layer(inside: int, outside: int, stride: int = 1) -> tuple[nn.Conv2d, nn.ReLU]:
    return nn.Conv2d(inside, outside, 3, stride, 1), nn.ReLU()


def _bias(layer: nn.Conv2d | nn.Linear) -> Tensor:
    assert layer.bias is not None
    return layer.bias


def _squeeze(side: int, like: Tensor) -> Tensor:
    """Return the matrix, 224 x side, that brings one side of a picture to 224.

    It is bilinear with antialiasing. onnxruntime's own such Resize rounds coordinates so coarsely
    that the scene, and with it every colour, would differ from torch's by over 1e-3; here all
    distances are whole numbers, in units of 1 / 448 pixel.
    """
    target = torch.arange(_SCALED, dtype=like.dtype, device=like.device)[:, None]
    source = torch.arange(side, dtype=like.dtype, device=like.device)
    distance = ((2 * target + 1) * side - _SCALED - 2 * _SCALED * source).abs()
    reach = 2 * cast("int", torch.sym_max(side, _SCALED))  # a symbol while exporting
    weight = (1 - distance / reach).clamp(min=0)
    return weight / weight.sum(1, keepdim=True)


def _encoded(lightness: Tensor) -> Tensor:
    return 2 * gray_from_lightness(lightness) - 1


@register(
    "mlf",
    title="Multi-level features",
    summary="Local features joined by one vector that describes the whole scene",
    paper="Iizuka et al. 2016, in Zhu, Zhao and Guo (paper 004)",
    size=Size(multiple=8, min=32, max=2048, preferred=256),
)
def mlf(width: int = 64, labels: int = 0) -> MultiLevelFeatures:
    """Build the network, with a head for classifying pictures if there are labels."""
    return MultiLevelFeatures(width, labels)
