"""Times of a film in words."""

from __future__ import annotations

from fractions import Fraction

from colordesk.ui.i18n import figure


def time_text(seconds: Fraction) -> str:
    """Return a time as players show it, to the hundredth, e.g. 1:02:03.04 or 2:03.04.

    The sign before the hundredths is that of the person's language.
    """
    hundredths = int(seconds * 100)
    minutes, rest = divmod(hundredths, 6000)
    hours, minutes = divmod(minutes, 60)
    text = figure(f"{rest // 100:02d}.{rest % 100:02d}")
    return f"{hours}:{minutes:02d}:{text}" if hours else f"{minutes}:{text}"


def mark_text(seconds: Fraction) -> str:
    """Return a time as it stands at a mark of the timeline."""
    return time_text(seconds).removesuffix(figure(".00"))
