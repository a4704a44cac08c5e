"""The ab plane as two plain numbers per pixel: regression (papers 000, 001 and others)."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor

from colordesk_training.losses import chroma_weighted_huber
from colordesk_training.targets.target import Target, enlarged, shrunk


class AbRegression(Target):
    """The network predicts (ab + offset) / scale.

    Args:
        scale: 110 (Zhang et al. 2017) and 128 give about [-1, 1]; 255 with an offset of 128 gives
            the [0, 1] of Melas, whose scale paper 001 shares.
        offset: see above; in CIELAB units.
    """

    def __init__(self, scale: float = 110.0, offset: float = 0.0) -> None:
        super().__init__()
        if not scale > 0:
            raise ValueError("scale must be above 0")
        self.scale = scale
        self.offset = offset

    def terms(self, prediction: Tensor, lightness: Tensor, ab: Tensor) -> dict[str, Tensor]:
        """Return four distances.

        ``mse`` and ``l1`` are means in the network's own encoding. ``huber`` is the chroma-weighted
        one, in CIELAB units. ``eq1`` is paper 000's equation 1: half the sum of squared errors
        over a picture in CIELAB units, here averaged over the batch.
        """
        found = prediction.float()
        truth = shrunk(ab, found)
        encoded = self.perfect(lightness, truth)
        mse = F.mse_loss(found, encoded)
        height, width = found.shape[-2:]
        return {
            "mse": mse,
            "l1": F.l1_loss(found, encoded),
            "huber": chroma_weighted_huber(self._ab(found), truth),
            "eq1": mse * self.scale**2 * height * width,  # half of the two channels' sum
        }

    def perfect(self, lightness: Tensor, ab: Tensor) -> Tensor:
        """Return (ab + offset) / scale."""
        return (ab + self.offset) / self.scale

    def decode(self, prediction: Tensor, lightness: Tensor) -> Tensor:
        """Undo the encoding and enlarge bilinearly."""
        return enlarged(self._ab(prediction), lightness)

    def _ab(self, prediction: Tensor) -> Tensor:
        return prediction * self.scale - self.offset
