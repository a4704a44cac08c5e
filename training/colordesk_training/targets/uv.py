"""Chroma of analogue YUV, U' = U / 0.436 and V' = V / 0.615, both in [-1, 1] (paper 004)."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from colordesk_training.colorspace import (
    ab_from_rgb,
    gray_from_lightness,
    rgb_from_lab,
    rgb_from_yuv,
    uv_from_rgb,
)
from colordesk_training.targets.target import Target, enlarged, shrunk

_REACH = (0.436, 0.615)  # largest |U| and |V| of any RGB (ARCHITECTURES.md, 0.1)
_BINOMIAL = ((1, 2, 1), (1, 4, 6, 4, 1))  # Gaussians of 3 and 5 taps


class Uv(Target):
    """The network predicts U' and V'.

    Y of the true colour differs a little from the gray of its L*, which is all that a photo without
    colour tells. The app keeps L*, and decoding takes that gray for Y: true U and V come back with
    an error of 0.04 to 0.4 CIELAB units in the mean (measured on three photographs).
    """

    def terms(self, prediction: Tensor, lightness: Tensor, ab: Tensor) -> dict[str, Tensor]:
        """Return five distances.

        ``mse`` and ``l1`` are means over U' and V'; `mse` is the training loss of section 2.
        ``uv_mse`` is the mean over raw U and V, which the paper's tables print.
        ``sum_squares`` is what the residual encoder's code minimises: half the squared distance,
        summed over pixels and batch and divided by nothing.
        ``dahl_blur`` is Dahl's loss: the mean of three `mse`, of U'V' as they are and blurred by
        Gaussians of 3 x 3 and 5 x 5.
        """
        found = prediction.float()
        truth = self.perfect(shrunk(lightness, found), shrunk(ab, found))
        difference = found - truth
        squares = difference.square()
        blurred = [_blurred(difference, taps).square().mean() for taps in _BINOMIAL]
        return {
            "mse": squares.mean(),
            "l1": difference.abs().mean(),
            "uv_mse": (difference * _reach(difference)).square().mean(),
            "sum_squares": squares.sum() / 2,
            "dahl_blur": torch.stack([squares.mean(), *blurred]).mean(),
        }

    def perfect(self, lightness: Tensor, ab: Tensor) -> Tensor:
        """Return U' and V', N x 2 x H x W, of L* and ab."""
        uv = uv_from_rgb(rgb_from_lab(lightness, ab))
        return uv / _reach(uv)

    def decode(self, prediction: Tensor, lightness: Tensor) -> Tensor:
        """Enlarge bilinearly, and return the ab of what they make together with the gray of L."""
        uv = enlarged(prediction * _reach(prediction), lightness)
        return ab_from_rgb(rgb_from_yuv(gray_from_lightness(lightness), uv))


def _reach(like: Tensor) -> Tensor:
    return like.new_tensor(_REACH).view(1, 2, 1, 1)


def _blurred(planes: Tensor, taps: tuple[int, ...]) -> Tensor:
    """Blur N x 2 x H x W by a separable kernel, the border mirrored."""
    kernel = planes.new_tensor(taps)
    square = (torch.outer(kernel, kernel) / kernel.sum() ** 2).expand(2, 1, -1, -1)
    reach = len(taps) // 2
    return F.conv2d(F.pad(planes, (reach,) * 4, mode="reflect"), square, groups=2)
