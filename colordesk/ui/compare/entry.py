"""What is compared: pictures of one photo, as it is, without colour, or coloured by some edit."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from colordesk.edit import Edit

MOST_RESULTS = 9
"""As many as there are keys for them."""


class Role(enum.Enum):
    """What a picture is in the comparison."""

    ORIGINAL = "original"
    TRUTH = "truth"
    GRAY = "gray"
    RESULT = "result"


@dataclass(frozen=True)
class Entry:
    """One picture of the comparison."""

    key: str
    """Its name among all others; the same as long as it means the same choice of a person."""
    title: str
    role: Role
    edit: Edit
    number: int = 0
    """1..9 for a result, the key that chooses it; 0 for the others."""

    @property
    def as_it_is(self) -> bool:
        """Whether it shows a photo that nothing was done to."""
        return self.role in (Role.ORIGINAL, Role.TRUTH)
