"""How often each colour occurs in a set of pictures (paper 000, figure 1 and equation 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from colordesk.task import Task
from colordesk_training.data.dataset import to_lab
from colordesk_training.data.sources import Picture, PictureReader
from colordesk_training.experiments.pictures import square
from colordesk_training.targets.ab_grid import AbGrid

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

REACH = 110
"""Edges of the histogram, in CIELAB units."""


@dataclass(frozen=True)
class Colours:
    """What was counted."""

    pictures: int
    shares: NDArray[np.float64]
    """22 x 22 over (a, b)."""

    def numbers(self) -> dict[str, float]:
        """Return Q, the extremes of equation 3's weights, and the share of the four middle bins."""
        target = AbGrid(prior=torch.from_numpy(self.shares.ravel()))
        half = len(self.shares) // 2
        middle = slice(half - 1, half + 1)
        return {
            "Q": float(target.bins),
            "smallest_weight": float(target.class_weight.min()),
            "largest_weight": float(target.class_weight.max()),
            "middle_share": float(self.shares[middle, middle].sum()),
        }


def colours(pictures: Sequence[Picture], side: int, task: Task) -> Colours:
    """Count the colours of pictures.

    Args:
        pictures: broken ones are left out.
        side: they are cut to squares of this side; 0 takes them whole.
        task: progress and cancel.
    """
    reader, target, seen = PictureReader(), AbGrid(), 0
    counts = torch.zeros(target.classes(), dtype=torch.float64)
    for number, picture in enumerate(pictures):
        task.progress(number / len(pictures), f"picture {number + 1}")
        rgb = reader.read(picture)
        if rgb is None:
            continue
        lab = to_lab(square(rgb, side) if side else rgb)
        counts += target.count(torch.from_numpy(lab.ab)[None]).double()
        seen += 1
    shares = (counts / counts.sum().clamp(min=1)).reshape(2 * REACH // 10, -1).numpy()
    return Colours(seen, shares)
