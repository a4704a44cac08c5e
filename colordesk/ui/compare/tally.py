"""What a blind test says: how often each result was taken for the real photo.

Invariant: an interval never leaves 0 to 1, and with no trial it is all of it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

_Z = 1.959964  # of a normal distribution, 95 % in the middle


@dataclass
class Tally:
    """The answers so far."""

    shown: dict[str, int] = field(default_factory=dict)
    """Key of an entry -> trials."""
    taken: dict[str, int] = field(default_factory=dict)
    """Key of an entry -> trials in which it was chosen."""

    def add(self, key: str, chosen: bool) -> None:
        """Count a trial of an entry."""
        self.shown[key] = self.shown.get(key, 0) + 1
        self.taken[key] = self.taken.get(key, 0) + int(chosen)

    def share(self, key: str) -> float:
        """Return how often an entry was chosen, in [0, 1]; nan without a trial."""
        trials = self.shown.get(key, 0)
        return self.taken[key] / trials if trials else math.nan

    def interval(self, key: str) -> tuple[float, float]:
        """Return the 95 % interval of that share."""
        return wilson(self.taken.get(key, 0), self.shown.get(key, 0))


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """Return the 95 % score interval of a share, which holds for few trials as well.

    Source: Wilson 1927, "Probable inference, the law of succession, and statistical inference".
    """
    if not trials:
        return 0.0, 1.0
    share, z2 = successes / trials, _Z * _Z
    middle = (share + z2 / (2 * trials)) / (1 + z2 / trials)
    half = _Z * math.sqrt(share * (1 - share) / trials + z2 / (4 * trials * trials))
    half /= 1 + z2 / trials
    return max(middle - half, 0.0), min(middle + half, 1.0)
