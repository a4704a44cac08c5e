"""Hue, lightness and saturation as OpenCV stores them in 8 bits, divided by 255 (paper 002)."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from colordesk_training.colorspace import ab_from_rgb, rgb_from_lab
from colordesk_training.targets.target import Target, enlarged, shrunk

_HUE_LEVELS = 180  # OpenCV's 8-bit hue counts half degrees, 0..179


class Hls(Target):
    """The network predicts H, L, S / 255, so that hue fills only 0..0.702 of [0, 1].

    Of the answer only ab is used; its lightness is judged in training and thrown away in the app.
    """

    def terms(self, prediction: Tensor, lightness: Tensor, ab: Tensor) -> dict[str, Tensor]:
        """Return ``mse``, the mean squared error over H, L and S, which paper 002 minimises.

        It takes hue for a line: the reds at its two ends are as far apart as can be.
        """
        found = prediction.float()
        truth = self.perfect(shrunk(lightness, found), shrunk(ab, found))
        return {"mse": F.mse_loss(found, truth)}

    def perfect(self, lightness: Tensor, ab: Tensor) -> Tensor:
        """Return H, L, S / 255, N x 3 x H x W, rounded to 8 bits as the authors' truth is."""
        return _hls(rgb_from_lab(lightness, ab))

    def decode(self, prediction: Tensor, lightness: Tensor) -> Tensor:
        """Return the ab of the clipped HLS, enlarged bilinearly.

        As the authors do, hue above 179 / 255 is clipped; unlike there, nothing is rounded.
        """
        return enlarged(ab_from_rgb(_rgb(prediction.clamp(0, 1))), lightness)


def _hls(rgb: Tensor) -> Tensor:
    """Return H, L, S / 255, N x 3 x H x W, of sRGB in [0, 1]; both are rounded to 8 bits."""
    rgb = (rgb * 255).round() / 255
    high, low = rgb.amax(1), rgb.amin(1)
    chroma, total = high - low, high + low
    some = chroma.clamp(min=1 / 255)  # gray divides by this; chroma is 0 or at least this
    red, green, blue = rgb.unbind(1)
    sixth = torch.where(
        high == red,
        (green - blue) / some,
        torch.where(high == green, 2 + (blue - red) / some, 4 + (red - green) / some),
    )
    hue = torch.remainder((sixth * _HUE_LEVELS / 6).round(), _HUE_LEVELS)
    room = torch.where(total < 1, total, 2 - total).clamp(min=1 / 255)
    return torch.stack([hue, (total * 255 / 2).round(), (chroma / room * 255).round()], 1) / 255


def _rgb(hls: Tensor) -> Tensor:
    """Return sRGB, N x 3 x H x W, of H, L, S / 255 in [0, 1]."""
    hue, light, saturation = hls.unbind(1)
    degrees = (hue * 255).clamp(max=_HUE_LEVELS - 1) * 2
    reach = saturation * torch.minimum(light, 1 - light)
    channels = []
    for offset in (0, 8, 4):  # where the hue circle of 12 begins for red, green and blue
        place = torch.remainder(degrees / 30 + offset, 12)
        share = torch.minimum(place - 3, 9 - place).clamp(-1, 1)
        channels.append(light - reach * share)
    return torch.stack(channels, 1)
