"""ImageNet weights as torchvision publishes them.

Invariant: the network is asked only for a file that was asked for by name and is not on this
machine yet, and what comes is checked against its published hash and never unpickled.
"""

from __future__ import annotations

import pickle
import urllib.error
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from colordesk.errors import ColorDeskError

if TYPE_CHECKING:
    from torch import Tensor


class BackboneUnreachable(ColorDeskError):
    """torchvision's weights are not on this machine and could not be fetched.

    Args:
        url: where they are.
        problem: what went wrong.
    """

    def __init__(self, url: str, problem: str) -> None:
        super().__init__(url, problem)
        self.url = url
        self.problem = problem


def imagenet_weights(model: str) -> Mapping[str, Tensor]:
    """Return a torchvision model's first ImageNet weights, which the papers had.

    Args:
        model: name of the model, e.g. ``resnet18``.

    Raises:
        BackboneUnreachable: they are neither here nor to be had.
    """
    import torchvision  # takes seconds, and most runs do without

    weights: Any = torchvision.models.get_model_weights(model)["IMAGENET1K_V1"]
    try:
        found: dict[str, Tensor] = weights.get_state_dict(
            progress=False, check_hash=True, weights_only=True, map_location="cpu"
        )
    except (OSError, RuntimeError, pickle.UnpicklingError) as error:
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        raise BackboneUnreachable(weights.url, str(reason)) from error
    return found
