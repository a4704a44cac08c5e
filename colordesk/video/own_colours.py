"""Tells whether a film is in colour already, since its own colours do not outlast those of a model.

Invariant: a few frames are looked at, however long the film is.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from colordesk.guard import has_colour
from colordesk.video.reading import frame_at
from colordesk.video.stills import as_rgb

if TYPE_CHECKING:
    from colordesk.task import Task
    from colordesk.video.film import Part

_PLACES = tuple(Fraction(tenth, 10) for tenth in (1, 3, 5, 7, 9))
"""Where it is looked: films begin and end in black, and not every scene of a film is colourful."""


def has_own_colours(part: Part, task: Task) -> bool:
    """Tell a film in colour from a gray, toned or faded one, by its most colourful frame of a few.

    Args:
        part: of the film.
        task: cancelling it stops the looking.

    Raises:
        VideoError, OSError, Cancelled: the film cannot be read, or not any more.
    """
    if part.clip.chroma == "gray":
        return False
    for seconds in dict.fromkeys(part.start + part.length * place for place in _PLACES):
        task.check()
        frame = frame_at(part.clip, seconds)
        if frame is None:  # it was cut off before
            return False
        if has_colour(as_rgb(frame.picture, part.clip)):
            return True
    return False
