"""The columns of the papers' tables: one number per picture, by name.

Columns that papers print in units of their own have those units here, so that the two numbers in a
table can be compared. A measure that does not fit what was judged is NaN, never a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from colordesk.metrics import measures

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class View:
    """One picture as a network painted it, beside the truth; all at one size."""

    lightness: NDArray[np.float32]
    """H x W, of the truth."""
    true_ab: NDArray[np.float32]
    """2 x H x W."""
    ab: NDArray[np.float32]
    """2 x H x W, painted."""
    true_rgb: NDArray[np.float32]
    """H x W x 3 in [0, 1]."""
    rgb: NDArray[np.float32]
    """H x W x 3 in [0, 1], painted."""
    terms: Mapping[str, float]
    """Loss terms of the network's own encoding, if it has one here."""


@dataclass(frozen=True)
class Measure:
    """A column."""

    title: str
    of: Callable[[View], float]
    lower_is_better: bool = True
    digits: int = 2
    no_truth: bool = False
    """Whether it says something of a picture alone, so that the truth has a value of its own."""


def _term(name: str) -> Callable[[View], float]:
    return lambda view: view.terms.get(name, float("nan"))


def _distance(view: View) -> NDArray[np.float32]:
    """Return each pixel's distance in ab, H x W."""
    return np.asarray(np.hypot(*(view.ab - view.true_ab)), np.float32)


def _ground(view: View) -> float:
    """Return mean a of the lower third: the smaller, the greener."""
    return float(view.ab[0, 2 * view.ab.shape[1] // 3 :].mean())


MEASURES: Mapping[str, Measure] = {
    "ciede2000": Measure("CIEDE2000", lambda v: measures.ciede2000(v.rgb, v.true_rgb)),
    "psnr": Measure("PSNR, dB", lambda v: measures.psnr(v.rgb, v.true_rgb), lower_is_better=False),
    "colourfulness": Measure(
        "colourfulness",
        lambda v: measures.colourfulness(v.rgb),
        lower_is_better=False,
        digits=1,
        no_truth=True,
    ),
    "chroma": Measure(
        "mean chroma",
        lambda v: float(np.hypot(*v.ab).mean()),
        lower_is_better=False,
        digits=1,
        no_truth=True,
    ),
    "rgb_mse": Measure("RGB MSE", lambda v: float(np.square(v.rgb - v.true_rgb).mean()), digits=4),
    "ground_a": Measure("mean a of the ground", _ground, no_truth=True),
    "eq1": Measure(
        "loss of equation 1", lambda v: float(np.square(_distance(v)).sum() / 2), digits=0
    ),
    "l2": Measure("L2 distance", lambda v: float(np.sqrt(np.square(_distance(v)).sum()))),
    "pixels": Measure("pixels over 10", lambda v: float((_distance(v) > 10).sum()), digits=0),
    "uv_mse": Measure("UV loss", _term("uv_mse"), digits=6),
    "uv_loss": Measure("U'V' loss", _term("mse"), digits=5),
    "loss": Measure("loss", _term("mse"), digits=4),
    "percent": Measure("loss, %", _term("mse_percent"), digits=3),
}
TERMS = {"uv_mse": "uv_mse", "uv_loss": "mse", "loss": "mse", "percent": "mse_percent"}
"""Columns that are loss terms, by the name that the training log has."""
