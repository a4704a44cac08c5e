"""Numbers for gestures: all changes of one drag carry the same, so that undo takes them as one.

Invariant: no two gestures of the window have the same number.
"""

from __future__ import annotations

import itertools

NO_MERGE = -1
"""The number of a change that is no part of a gesture: undo takes it alone."""
_NUMBERS = itertools.count(1)


def new_gesture() -> int:
    """Return the number of a gesture that begins now."""
    return next(_NUMBERS)
