"""What many scores say together: means with intervals, medians, and how often gray was beaten.

Invariant: all contestants are summed up over the same photos, those that every one has a score of.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from colordesk.compare.contestants import GRAY
from colordesk.compare.run import TRUTH, Outcome
from colordesk.metrics.definition import Definition

if TYPE_CHECKING:
    from numpy.typing import NDArray

_RESAMPLES = 2000
_SEED = 20160328  # the same photos give the same intervals


@dataclass(frozen=True)
class Statistic:
    """One measure of one contestant over the photos."""

    mean: float
    low: float
    """Lower end of the 95 % interval of the mean."""
    high: float
    median: float
    count: int
    """Photos for which the measure is defined."""
    off: float
    """Mean over the photos of how far each is from the best value; less is better."""
    beats_gray: float
    """Share of the photos that come out better than gray, in [0, 1]; nan where gray cannot tell."""


@dataclass(frozen=True)
class Summary:
    """All statistics of a comparison."""

    photos: Sequence[Path]
    """Those that are summed up."""
    contestants: Sequence[str]
    definitions: Sequence[Definition]
    statistics: Mapping[tuple[str, str], Statistic]
    """By contestant (or `TRUTH`) and measure."""
    alike: frozenset[tuple[str, str]] = frozenset()
    """Models and measures where the model cannot be told from the best one: the 95 % interval of
    their difference, photo by photo, holds 0."""
    seconds: Mapping[str, float] = field(default_factory=dict)
    """Median time of a picture by contestant, where it is known."""

    @property
    def ranked(self) -> list[str]:
        """The contestants but gray, from best to worst by the first measure."""

        def off(name: str) -> float:
            value = self.statistics[name, self.definitions[0].id].off
            return math.inf if math.isnan(value) else value

        return sorted((name for name in self.contestants if name != GRAY), key=off)

    def best(self, id: str) -> str | None:
        """Return the model that is nearest to the best value over the photos; None if none is."""
        ranked = sorted(
            (off, name)
            for name in self.contestants
            if name != GRAY and not math.isnan(off := self.statistics[name, id].off)
        )
        if len(ranked) < 2 or ranked[0][0] == ranked[1][0]:
            return None
        return ranked[0][1]


def summarize(outcome: Outcome, definitions: Mapping[str, Definition]) -> Summary:
    """Sum up a comparison.

    Args:
        outcome: what was found out.
        definitions: of all its measures, by id.
    """
    photos = outcome.judged
    shown = [definitions[id] for id in outcome.ids]
    picks = _picks(len(photos))
    statistics = {}
    for name in (TRUTH, *outcome.contestants):
        for definition in shown:
            values = _values(outcome, photos, name, definition.id)
            if name == TRUTH and np.isnan(values).all():
                continue
            own = distances(outcome, photos, name, definition)
            gray = distances(outcome, photos, GRAY, definition)
            told = ~(np.isnan(own) | np.isnan(gray))
            wins = name not in (TRUTH, GRAY) and told.any()
            statistics[name, definition.id] = Statistic(
                *_interval(values, picks),
                off=float(own[told].mean()) if told.any() else math.nan,
                beats_gray=float(np.mean(own[told] < gray[told])) if wins else math.nan,
            )
    for (name, id), value in outcome.together.items():
        off = definitions[id].distance(value)
        statistics[name, id] = Statistic(
            value, value, value, value, len(photos), off=off, beats_gray=math.nan
        )
    shown += [definitions[id] for id in dict.fromkeys(id for _, id in outcome.together)]
    summary = Summary(photos, outcome.contestants, shown, statistics)
    alike = frozenset(_alike(outcome, summary, picks))
    return replace(summary, alike=alike, seconds=_seconds(outcome, photos))


def distances(
    outcome: Outcome, photos: Sequence[Path], name: str, definition: Definition
) -> NDArray[np.float64]:
    """Return how far each photo of a contestant is from the best value; less is better."""
    of_truth = _values(outcome, photos, TRUTH, definition.id)
    values = _values(outcome, photos, name, definition.id)
    pairs = zip(values.tolist(), of_truth.tolist(), strict=True)
    return np.array([definition.distance(*pair) for pair in pairs], np.float64)


def _alike(
    outcome: Outcome, summary: Summary, picks: NDArray[np.intp]
) -> Iterator[tuple[str, str]]:
    """Yield which models cannot be told from the best one, by which measure."""
    for definition in summary.definitions:
        best = summary.best(definition.id)
        if best is None or definition.id not in outcome.ids:
            continue
        least = distances(outcome, summary.photos, best, definition)
        for name in summary.ranked:
            if name == best:
                continue
            difference = distances(outcome, summary.photos, name, definition) - least
            _, low, _, _, count = _interval(difference[np.isfinite(difference)], picks)
            if count < 2 or low <= 0:
                yield name, definition.id


def _seconds(outcome: Outcome, photos: Sequence[Path]) -> dict[str, float]:
    times = {
        name: [outcome.scores[photo, name].seconds for photo in photos]
        for name in outcome.contestants
    }
    return {name: float(np.median(of_one)) for name, of_one in times.items() if any(of_one)}


def _values(outcome: Outcome, photos: Sequence[Path], name: str, id: str) -> NDArray[np.float64]:
    scores = (outcome.scores[photo, name] for photo in photos)
    return np.array([score.values.get(id, math.nan) for score in scores], np.float64)


def _picks(count: int) -> NDArray[np.intp]:
    """Return photos drawn with replacement, as many as there are, many times."""
    random = np.random.default_rng(_SEED)
    return random.integers(0, count, (_RESAMPLES, count)) if count else np.zeros((1, 0), np.intp)


def _interval(
    values: NDArray[np.float64], picks: NDArray[np.intp]
) -> tuple[float, float, float, float, int]:
    """Return mean, 95 % percentile bootstrap interval (Efron 1979), median and count.

    Photos for which the measure is not defined do not count.
    """
    defined = values[~np.isnan(values)]
    if not len(defined):
        return math.nan, math.nan, math.nan, math.nan, 0
    mean = low = high = float(defined.mean())
    if math.isfinite(mean) and len(defined) > 1:
        chosen = picks if len(defined) == len(values) else _picks(len(defined))
        low, high = np.percentile(defined[chosen].mean(axis=1), (2.5, 97.5)).tolist()
    return mean, low, high, float(np.median(defined)), len(defined)
