"""The chosen part of the film as its export will be: made on demand, then played.

Invariant: what is played is made of what is chosen now.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from colordesk.jobs import Job
from colordesk.task import Task
from colordesk.ui.film.cut import Choices
from colordesk.ui.film.film_engine import FilmEngine
from colordesk.ui.film.reel import Reel
from colordesk.ui.film.remaining import Remaining
from colordesk.ui.film.rendering import LONGEST, length_of
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.messages import Messages


class Previewing(QObject):
    """Makes previews, one at a time.

    Args:
        bridge: runs the work.
        engine: does it.
        messages: for errors.
        reel: the film at hand.
        words: makes a status of what an export tells, and of the seconds that are left.
    """

    ready = Signal()
    """A preview of what is chosen is there, and is to be played from its beginning."""

    def __init__(
        self,
        bridge: JobBridge,
        engine: FilmEngine,
        messages: Messages,
        reel: Reel,
        words: Callable[[str, float | None], str],
    ) -> None:
        super().__init__()
        self._bridge, self._engine, self._messages = bridge, engine, messages
        self._reel, self._words = reel, words
        self._made: Choices | None = None
        self._job: Job[Any] | None = None

    def start(self) -> None:
        """Make a preview of what is to be exported, unless it is there, and have it played."""
        choices = self._reel.choices
        if not choices.stretches:
            return
        if choices == self._made:
            self.ready.emit()
            return
        if length_of(choices) > LONGEST:
            self._messages.note(
                "info",
                self.tr("That is too long for a preview."),
                self.tr("Set in and out points around at most {count} minutes.").format(
                    count=round(LONGEST / 60)
                ),
            )
            return
        self.stop()
        remaining = Remaining()

        def work(task: Task) -> None:
            self._engine.render(choices, remaining.watch(task, self._words))

        def done(nothing: None) -> None:
            if self._job is job:  # the film is still at hand
                self._made = choices
                if self._reel.choices == choices:
                    self.ready.emit()

        title = self.tr("Making a preview")
        job = self._job = self._bridge.start(work, "batch", title, done, self._messages.error)

    def stop(self) -> None:
        """Make none any more."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def forget(self) -> None:
        """Have none any more."""
        self.stop()
        self._made = None
