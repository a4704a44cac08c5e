"""The ways in which a difference between a result and the truth can be shown."""

from __future__ import annotations

import enum


class Kind(enum.Enum):
    """Which difference is shown."""

    DELTA_E = "delta-e"
    AB = "ab"
    LIGHTNESS = "lightness"


LARGEST = {Kind.DELTA_E: 30.0, Kind.AB: 60.0, Kind.LIGHTNESS: 5.0}
"""The difference at the end of the scale; larger ones look the same."""
