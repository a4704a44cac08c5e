"""Checks what a paper claims against the numbers found.

A claim is an order of rows. Two rows that were judged on the same pictures are compared picture by
picture; a mean difference within two standard errors decides nothing, and is said to decide
nothing. (That covers the choice of pictures, not the luck of one training.)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise, product
from typing import TYPE_CHECKING, Literal

import numpy as np

from colordesk_training.experiments.catalogue import Claim

if TYPE_CHECKING:
    from numpy.typing import NDArray

HOLDS, FAILS, OPEN = "holds", "does not hold", "undecided"
_ERRORS = 2  # standard errors

Values = Callable[[str, str], "NDArray[np.float64]"]
"""(row, column) -> its number for each picture, or one number."""


@dataclass(frozen=True)
class Outcome:
    """What became of a claim."""

    claim: Claim
    verdict: str
    """holds, does not hold or undecided."""
    against: tuple[str, ...]
    """Pairs that are the other way round, or too close to tell."""


def check(claim: Claim, values: Values, first: Literal["lowest", "highest"]) -> Outcome:
    """Compare neighbouring groups of a claim's order, each row with each.

    Args:
        claim: the order, best first.
        values: the numbers.
        first: which values of the claim's column come first.
    """
    groups = [group.split("=") for group in claim.order]
    wrong: list[str] = []
    unclear: list[str] = []
    for better, worse in (pair for two in pairwise(groups) for pair in product(*two)):
        margin, error = _margin(values(better, claim.column), values(worse, claim.column))
        if first == "lowest":
            margin = -margin
        text = f"{better} against {worse}"
        if not np.isfinite(margin):
            unclear.append(f"{text}: no number")
        elif margin < 0 and -margin > _ERRORS * error:
            wrong.append(f"{text}: the other way round")
        elif margin <= _ERRORS * error:
            unclear.append(f"{text}: too close to tell")
    if wrong:
        return Outcome(claim, FAILS, (*wrong, *unclear))
    return Outcome(claim, OPEN if unclear else HOLDS, tuple(unclear))


def _margin(a: NDArray[np.float64], b: NDArray[np.float64]) -> tuple[float, float]:
    """Return by how much a is above b in the mean, and the standard error of that."""
    if len(a) == len(b) and len(a) > 1:
        each = a - b
        return float(each.mean()), float(each.std(ddof=1) / np.sqrt(len(each)))
    spread = sum(x.var(ddof=1) / len(x) for x in (a, b) if len(x) > 1)
    return float(a.mean() - b.mean()), float(np.sqrt(spread))
