"""What the objective and the exporter need of a colour encoding."""

from __future__ import annotations

from abc import ABC, abstractmethod

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class Target(nn.Module, ABC):
    """A colour encoding: loss terms on the raw prediction, and the way back to ab.

    A target owns everything between the network's last layer and ab. `decode` is baked into the
    exported graph, so it is made of tensor operations that export.
    """

    @abstractmethod
    def terms(self, prediction: Tensor, lightness: Tensor, ab: Tensor) -> dict[str, Tensor]:
        """Return every loss term that makes sense, as scalars.

        Args:
            prediction: raw output of the network, N x C x h x w, of any size.
            lightness: L* of the truth, N x 1 x H x W.
            ab: colour of the truth, N x 2 x H x W in CIELAB units.
        """

    @abstractmethod
    def decode(self, prediction: Tensor, lightness: Tensor) -> Tensor:
        """Return ab in CIELAB units, N x 2 x H x W, for lightness N x 1 x H x W."""

    def perfect(self, lightness: Tensor, ab: Tensor) -> Tensor:
        """Return true colour as a perfect network would predict it; arguments as of `terms`."""
        raise TypeError(f"{type(self).__name__} does not say what a perfect prediction is")

    def classes(self) -> int:
        """Return how many colour classes there are; 0 for a target without classes."""
        return 0

    def count(self, ab: Tensor) -> Tensor:
        """Return how much of ab, N x 2 x H x W, falls into each class."""
        raise TypeError(f"{type(self).__name__} has no classes to count")


def shrunk(planes: Tensor, like: Tensor) -> Tensor:
    """Return planes at the height and width of another tensor, averaged over areas."""
    if planes.shape[-2:] == like.shape[-2:]:
        return planes
    return F.interpolate(planes, size=like.shape[-2:], mode="area")


def enlarged(planes: Tensor, like: Tensor) -> Tensor:
    """Return planes at the height and width of another tensor, bilinearly."""
    return F.interpolate(planes, size=like.shape[-2:], mode="bilinear", align_corners=False)


def annealed_mean(logits: Tensor, points: Tensor, temperature: float) -> Tensor:
    """Return the annealed mean (Zhang et al. 2016, equation 5) of a distribution over colours.

    Args:
        logits: N x Q x h x w.
        points: Q x 2, the ab of each class.
        temperature: 1 is the mean, towards 0 the mode.

    Returns:
        ab, N x 2 x h x w.
    """
    # The softmax is left unnormalised until its Q channels have become 3: onnxruntime's own
    # Softmax over channels costs a fifth of the whole of colordesk-base.
    # Classes that are e^-30 less likely than the best count for nothing, and without the clamp they
    # become denormal numbers, with which a confident network trains ten times slower.
    behind = (logits - logits.amax(1, keepdim=True)) / temperature
    share = torch.exp(behind.clamp(min=-30))
    kernel = torch.cat([points, torch.ones_like(points[:, :1])], 1).t()[:, :, None, None]
    sums = F.conv2d(share, kernel.to(share.dtype).contiguous())
    return sums[:, :2] / sums[:, 2:]
