"""Colour as sRGB, of which only the ab is kept (papers 002 and 003)."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor

from colordesk_training.colorspace import ab_from_rgb, rgb_from_lab
from colordesk_training.targets.target import Target, enlarged, shrunk


class Rgb(Target):
    """The network predicts sRGB. Its lightness is judged in training and thrown away in the app.

    Args:
        signed: whether black to white is [-1, 1], else [0, 1].
    """

    def __init__(self, *, signed: bool = True) -> None:
        super().__init__()
        self.signed = signed

    def terms(self, prediction: Tensor, lightness: Tensor, ab: Tensor) -> dict[str, Tensor]:
        """Return ``mse`` in the network's own encoding, and ``mse_percent``.

        ``mse_percent`` is what the tables of paper 003 print as a loss in percent: 100 times the
        mean squared error on [-1, 1], whichever encoding the network uses.
        """
        found = prediction.float()
        mse = F.mse_loss(found, shrunk(self.perfect(lightness, ab), found))
        return {"mse": mse, "mse_percent": mse * (100 if self.signed else 400)}

    def perfect(self, lightness: Tensor, ab: Tensor) -> Tensor:
        """Return sRGB in the network's own encoding, N x 3 x H x W."""
        rgb = rgb_from_lab(lightness, ab)
        return rgb * 2 - 1 if self.signed else rgb

    def decode(self, prediction: Tensor, lightness: Tensor) -> Tensor:
        """Return the ab of the clipped sRGB, enlarged bilinearly."""
        rgb = prediction / 2 + 0.5 if self.signed else prediction
        return enlarged(ab_from_rgb(rgb), lightness)
