"""Notices that a film is in colour already, since its own colours do not outlast those of a model.

Invariant: it is said of films that were never worked on only, and none waits for it.
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from colordesk.task import Task
from colordesk.ui.film.reel import Reel
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.messages import Messages


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

        def looked(task: Task) -> bool:
            from colordesk.video.film import Part
            from colordesk.video.own_colours import has_own_colours

            return has_own_colours(Part(one.clip, end=one.count / one.clip.rate), task)

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
            looked,
            "thumbnails",
            "",
            told,
            lambda error: None,  # whoever looks at such a frame is told
        )
