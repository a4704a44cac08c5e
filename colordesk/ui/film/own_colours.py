"""Notices that a film is in colour already, since its own colours do not outlast those of a model.

Invariant: it is said of films that were never worked on only, and none waits for it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from colordesk.task import Task
from colordesk.ui.film.reel import Reel
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.messages import Messages

if TYPE_CHECKING:
    from colordesk.ui.film.cut import Stretch

_PLACES = (Fraction(1, 10), Fraction(1, 2), Fraction(4, 5))
"""Where it is looked: films begin and end in black."""


class OwnColours(QObject):
    """Looks at a film and tells.

    Args:
        bridge: runs the looking.
        messages: tell.
        reel: the film at hand.
    """

    def __init__(self, bridge: JobBridge, messages: Messages, reel: Reel) -> None:
        super().__init__()
        self._bridge, self._messages, self._reel = bridge, messages, reel

    def look(self) -> None:
        """Look at the first clip of the film at hand."""
        one = self._reel.stretches[0]

        def told(coloured: bool) -> None:
            if coloured and self._reel.clip is one.clip:
                self._messages.note(
                    "info",
                    self.tr("This film has colours of its own."),
                    self.tr(
                        "What is exported has those of the model instead; the film itself stays "
                        "as it is."
                    ),
                )

        self._bridge.start(
            lambda task: has_own_colours(one, task),
            "thumbnails",
            "",
            told,
            lambda error: None,  # whoever looks at such a frame is told
        )


def has_own_colours(one: Stretch, task: Task) -> bool:
    """Tell a film in colour from a gray, toned or faded one, by some of its frames.

    Raises:
        VideoError, OSError, Cancelled: the film cannot be read, or not any more.
    """
    from colordesk.guard import has_colour
    from colordesk.video.reading import frame_at
    from colordesk.video.stills import as_rgb

    if one.clip.chroma == "gray":
        return False
    for place in _PLACES:
        task.check()
        frame = frame_at(one.clip, one.moment(int(one.count * place)))
        if frame is not None and has_colour(as_rgb(frame.picture, one.clip)):
            return True
    return False
