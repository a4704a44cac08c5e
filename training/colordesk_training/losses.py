"""Loss terms, each a function from prediction and truth to a scalar."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor


def soft_cross_entropy(
    logits: Tensor, index: Tensor, weight: Tensor, class_weight: Tensor
) -> Tensor:
    """Cross-entropy against a sparse soft target (Zhang et al. 2016, equation 2).

    Args:
        logits: N x Q x H x W.
        index: N x K x H x W, the classes that the truth is spread over.
        weight: N x K x H x W, their shares, summing to 1.
        class_weight: Q, rebalancing weight of each class; a pixel counts by its nearest class.
    """
    chosen = torch.log_softmax(logits, 1).gather(1, index)
    per_pixel = -(chosen * weight).sum(1)
    loss: Tensor = (per_pixel * class_weight[index[:, 0]]).mean()
    return loss


def chroma_weighted_huber(
    prediction: Tensor, truth: Tensor, delta: float = 10.0, emphasis: float = 1.0
) -> Tensor:
    """Huber distance in ab, in units of delta, that weighs colourful pixels more.

    Plain regression is dominated by the many near-gray pixels and turns dull. The weight grows
    linearly with true chroma: 1 at gray, 1 + `emphasis` at chroma 40.

    Args:
        prediction: N x 2 x H x W, CIELAB units.
        truth: N x 2 x H x W.
        delta: where the distance turns from quadratic to linear, CIELAB units.
        emphasis: see above.
    """
    weight = 1 + emphasis * torch.linalg.vector_norm(truth, dim=1, keepdim=True) / 40
    distance = F.huber_loss(prediction / delta, truth / delta, reduction="none")
    loss: Tensor = (distance * weight).mean()
    return loss
