"""The columns of the papers' tables: one number per picture, by name.

Most are the app's own measures (`colordesk.metrics.table`), which has those of the papers in the
units that the papers print. Here stand those that need more than two pictures: the network's own
loss terms, and what is read off ab. One that does not fit what was judged is NaN, never a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from colordesk.metrics import table
from colordesk.task import Task

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class View:
    """One picture as a network painted it, beside the truth; all at one size."""

    ab: NDArray[np.float32]
    """2 x H x W, painted."""
    true_rgb: NDArray[np.float32]
    """H x W x 3 in [0, 1]."""
    rgb: NDArray[np.float32]
    """H x W x 3 in [0, 1], painted."""
    terms: Mapping[str, float]
    """Loss terms of the network's own encoding, if it has one here."""


@dataclass(frozen=True)
class Column:
    """What the head of a column says, and how to read it."""

    title: str
    digits: int = 2
    first: Literal["lowest", "highest"] = "lowest"
    """Which values come first in the order of a claim."""
    alone: bool = False
    """Whether it says something of a picture alone, so that the truth has a value of its own."""


@dataclass(frozen=True)
class _Own(Column):
    of: Callable[[View], float] = lambda _view: float("nan")


def _term(name: str) -> Callable[[View], float]:
    return lambda view: view.terms.get(name, float("nan"))


_OWN: Mapping[str, _Own] = {
    "chroma": _Own(
        "mean chroma", 1, "highest", alone=True, of=lambda v: float(np.hypot(*v.ab).mean())
    ),
    "ground_a": _Own(
        "mean a of the lower third",
        alone=True,
        of=lambda v: float(v.ab[0, 2 * v.ab.shape[1] // 3 :].mean()),
    ),
    "mean_a": _Own("mean a", alone=True, of=lambda v: float(v.ab[0].mean())),
    "mean_b": _Own("mean b", alone=True, of=lambda v: float(v.ab[1].mean())),
    "uv_mse": _Own("UV loss", 6, of=_term("uv_mse")),
    "uv_loss": _Own("U'V' loss", 5, of=_term("mse")),
    "loss": _Own("loss", 4, of=_term("mse")),
    "hls_loss": _Own("HLS MSE", 4, of=_term("hls.mse")),
    "percent": _Own("loss, %", of=_term("mse_percent")),
}
TERMS = {
    "uv_mse": "uv_mse",
    "uv_loss": "mse",
    "loss": "mse",
    "hls_loss": "mse",
    "percent": "mse_percent",
}
"""Columns that are loss terms, by the name that the training log has."""
_COUNTED = {
    "Q": Column("Q", 0),
    "smallest_weight": Column("smallest weight", 3),
    "largest_weight": Column("largest weight", 1),
    "middle_share": Column("share of the 4 middle bins", 3),
    "recognised": Column("recognised, %", 1, "highest"),
}


def _of_the_app() -> dict[str, Column]:
    found = {}
    for name, entry in table.MEASURES.items():
        lower = entry.better in ("lower", "zero")
        title = f"{entry.title}, {entry.unit}" if entry.unit else entry.title
        first: Literal["lowest", "highest"] = "lowest" if lower else "highest"
        found[name] = Column(title, entry.digits, first, alone=not entry.needs_truth)
    return found


COLUMNS: Mapping[str, Column] = {**_of_the_app(), **_OWN, **_COUNTED}
"""All columns by name."""


def numbers(view: View, columns: Sequence[str]) -> dict[str, float]:
    """Return a picture's number for each column."""
    of_app = [column for column in columns if column in table.MEASURES]
    found = table.measure(view.rgb, view.true_rgb, of_app, Task()) if of_app else {}
    return found | {column: _OWN[column].of(view) for column in columns if column in _OWN}


def base(column: str) -> str:
    """Return what follows `train:`, `valid:` or `test:` in a column's name."""
    return column.rpartition(":")[2]
