"""Targets: how colour is encoded for a network and decoded again; one encoding a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import torch

from colordesk.errors import ColorDeskError
from colordesk_training.targets.ab import AbRegression
from colordesk_training.targets.ab_bins import AbBins
from colordesk_training.targets.ab_grid import AbGrid
from colordesk_training.targets.hls import Hls
from colordesk_training.targets.rgb import Rgb
from colordesk_training.targets.target import Target
from colordesk_training.targets.uv import Uv

if TYPE_CHECKING:
    import numpy as np

_TABLE: dict[str, Callable[..., Target]] = {
    "ab": AbRegression,
    "ab-bins": AbBins,
    "ab-grid": AbGrid,
    "hls": Hls,
    "rgb": Rgb,
    "uv": Uv,
}


class UnknownTarget(ColorDeskError):
    """No target has this name, or an option does not fit it.

    Args:
        wanted: the name that was asked for.
        problem: one plain clause.
    """

    def __init__(self, wanted: str, problem: str) -> None:
        super().__init__(wanted, problem)
        self.wanted = wanted
        self.problem = problem


def make_target(name: str, options: Mapping[str, Any], prior: np.ndarray | None = None) -> Target:
    """Build a target by name.

    Args:
        name: a key of the table above.
        options: keyword arguments of the target.
        prior: measured frequency of its classes in the training pictures, if it has classes.

    Raises:
        UnknownTarget: nothing has this name, or an option does not fit.
    """
    if name not in _TABLE:
        known = ", ".join(sorted(_TABLE))
        raise UnknownTarget(name, f"there is no such target; known: {known}")
    measured = {} if prior is None else {"prior": torch.from_numpy(prior)}
    try:
        return _TABLE[name](**options, **measured)
    except (TypeError, ValueError) as error:
        raise UnknownTarget(name, f"an option does not fit ({error})") from error
