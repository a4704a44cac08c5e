"""How a film is coloured; a value that says nothing of files.

Invariant: a Treatment that exists is valid; ranges are checked when it is made.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from colordesk.edit import Edit

MOST_EVERY = 48


@dataclass(frozen=True)
class Treatment:
    """How a film is coloured.

    Raises:
        ValueError: a number leaves its range.
    """

    edit: Edit = field(default_factory=Edit)
    """Model, working size, look, colour points and reference; the rest is for photos."""
    every: int = 1
    """The model sees every so many frames, and flow carries the colour between them."""
    smooth: int = 50
    """0 (each frame for itself) to 100."""
    clean: int = 0
    """How much of the luma's grain goes: 0 (luma bit for bit the source's) to 100."""
    deinterlace: bool = True
    """Make frames that are flagged as interlaced whole."""
    points_at: Fraction = Fraction(0)
    """Seconds of the film at which the edit's colour points were set; they hold in that shot."""

    def __post_init__(self) -> None:
        if not 1 <= self.every <= MOST_EVERY:
            raise ValueError(f"every must be between 1 and {MOST_EVERY}, not {self.every}")
        if not 0 <= self.smooth <= 100:
            raise ValueError(f"smooth must be between 0 and 100, not {self.smooth}")
        if not 0 <= self.clean <= 100:
            raise ValueError(f"clean must be between 0 and 100, not {self.clean}")
        if self.points_at < 0:
            raise ValueError("points_at must not lie before the film")
