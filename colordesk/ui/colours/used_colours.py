"""The colours that a person used last for points.

Invariant: what is kept is a usable colour, whatever the file of notes holds.
"""

from __future__ import annotations

from colordesk.ui.memory import Memory

_KEY = "recent_colours"
_MOST = 7
_ALIKE = 6.0  # of a* and b* together


class UsedColours:
    """The last colours, the newest first.

    Args:
        memory: keeps them from one day to the next.
    """

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def add(self, a: float, b: float) -> None:
        """Keep a colour; one that is much like it gives way."""
        kept = [ab for ab in self.all() if abs(ab[0] - a) + abs(ab[1] - b) > _ALIKE]
        texts = [f"{x:.1f} {y:.1f}" for x, y in [(a, b), *kept][:_MOST]]
        self._memory.keep(_KEY, ";".join(texts))

    def all(self) -> list[tuple[float, float]]:
        """Return a* and b* of each."""
        found = []
        for text in self._memory.text(_KEY).split(";")[:_MOST]:
            try:
                a, b = (float(number) for number in text.split())
            except ValueError:  # a person may have been at the file
                continue
            if abs(a) <= 128 and abs(b) <= 128:
                found.append((a, b))
        return found
