"""What was done to a film since it was opened, as values that another window can go on with.

Invariant: it holds no part of a window.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from colordesk.ui.film.cut import Choices


@dataclass(frozen=True)
class FilmStep:
    """One entry of the undo stack."""

    text: str
    """What was done."""
    before: Choices
    after: Choices


@dataclass(frozen=True)
class FilmHistory:
    """All of it."""

    path: Path | None
    """Of the film; None without one."""
    choices: Choices
    """What was reached."""
    steps: tuple[FilmStep, ...]
    done: int
    """How many of them hold; the others were undone."""
    frame: int
    """Where the playhead was."""
    shots: Mapping[str, tuple[int, ...]]
    """By the identity of a clip: the frames at which its shots begin."""

    @property
    def clips(self) -> set[str]:
        """The identities of the clips."""
        return {one.clip.identity for one in self.choices.stretches}
