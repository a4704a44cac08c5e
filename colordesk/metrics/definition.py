"""What a measure is: its meaning in words, which way is better, and how its value comes about.

Invariant: values are compared and shown only by what their definition says, never by their name.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from colordesk.metrics import places, structure
from colordesk.metrics.lab import Lab
from colordesk.metrics.strip import Picture
from colordesk.metrics.sums import Summing, Sums
from colordesk.task import Task

Better = Literal["lower", "higher", "truth", "zero"]
"""Which values are better: lower ones, higher ones, those near the truth's own, those near 0."""


@dataclass(frozen=True)
class Definition:
    """What a measure means."""

    id: str
    title: str
    unit: str
    """Empty for plain numbers."""
    better: Better
    text: str
    """One or two sentences for a person who sees the number."""
    source: str
    """Paper, or `ours`."""
    needs_truth: bool = True
    digits: int = 2
    """Worth showing after the point."""
    best: float = 0.0
    """The best value there is, unless that is the truth's own."""

    @property
    def perfect(self) -> float | None:
        """The best value there is; None where it is the truth's own."""
        return None if self.better == "truth" else self.best

    def shown(self, value: float) -> str:
        """Return the value as a person reads it, without its unit."""
        if math.isnan(value):
            return "–"
        if math.isinf(value):
            return "∞" if value > 0 else "-∞"
        text = f"{value:.{self.digits}f}"
        return text.removeprefix("-") if float(text) == 0 else text

    def distance(self, value: float, of_truth: float | None = None) -> float:
        """Return how far a value is from the best, to rank by: less is better, nan if unknown.

        Args:
            value: of a result.
            of_truth: of the truth, which a measure needs whose `better` is `truth`.
        """
        match self.better:
            case "lower":
                return value
            case "higher":
                return -value
            case "zero":
                return abs(value)
            case "truth":
                return math.nan if of_truth is None else abs(value - of_truth)


@dataclass(frozen=True)
class Measure(Definition):
    """A measure of one picture."""

    value: Callable[[Totals], float] = lambda totals: math.nan
    needs: tuple[Summing, ...] = ()
    """What `value` needs summed over the pixels."""


class Totals:
    """What is known of a whole picture and its truth.

    Args:
        result: the picture that is judged.
        truth: the true one; the result itself where there is none.
        summed: by summing function.
        task: of what is found out only when it is asked for.
    """

    def __init__(
        self, result: Picture, truth: Picture, summed: Mapping[Summing, Sums], task: Task
    ) -> None:
        self.result, self.truth = result, truth
        self._task = task
        self.pixels = int(result.shape[0]) * int(result.shape[1])
        self._summed = summed

    def __getitem__(self, summing: Summing) -> Sums:
        return self._summed[summing]

    def mean(self, summing: Summing, parts: int = 1) -> float:
        """Return the mean over the pixels of so many parts each."""
        return float(self._summed[summing][0]) / (self.pixels * parts)

    @functools.cached_property
    def windows(self) -> structure.Windows:
        """What the small windows of both pictures have in common."""
        return structure.windows(self.result, self.truth, self._task)

    @functools.cached_property
    def small(self) -> Lab:
        """CIELAB of a small copy of the result."""
        return places.small_lab(self.result)
