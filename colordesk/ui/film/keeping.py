"""What is chosen for a film lies in a file a moment later.

Invariant: a file that could not be read is never written over, and a failure is said once.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from colordesk.task import Task
from colordesk.ui.film.cut import Choices
from colordesk.ui.film.film_engine import FilmEngine
from colordesk.ui.film.projects import Found
from colordesk.ui.film.reel import Reel
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.messages import Messages

_KEEP_MS = 700


class Keeping(QObject):
    """Writes the project of the film at hand.

    Args:
        bridge: runs the writing.
        engine: writes.
        messages: for errors.
        reel: the film at hand.
    """

    def __init__(
        self, bridge: JobBridge, engine: FilmEngine, messages: Messages, reel: Reel
    ) -> None:
        super().__init__()
        self._bridge, self._engine, self._messages, self._reel = bridge, engine, messages, reel
        self.file: Path | None = None
        """Where the project lies; None if it is not kept."""
        self._kept = Choices()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_KEEP_MS)
        self._timer.timeout.connect(self._keep)
        reel.chosen_changed.connect(self._changed)

    def begin(self, found: Found) -> None:
        """Keep a film that was opened, beginning with its next change."""
        self._timer.stop()
        self.file = None if found.problem is not None else found.file
        self._kept = found.choices

    def keep_in(self, file: Path) -> None:
        """Keep the film in a file from now on."""
        self._timer.stop()
        self.file = file
        self._keep()

    def finish(self) -> None:
        """Keep at once what was just chosen."""
        if not self._timer.isActive() or self.file is None:
            return
        self._timer.stop()
        try:
            self._engine.keep(self._reel.choices, self.file, Task())
        except OSError as error:
            self._messages.error(error)

    def _changed(self) -> None:
        if self.file is not None and self._reel.choices != self._kept:
            self._timer.start()

    def _keep(self) -> None:
        choices, file = self._reel.choices, self.file
        if file is None or not choices.stretches:
            return

        def kept(nothing: object) -> None:
            self._kept = choices

        def failed(error: Exception) -> None:
            self.file = None
            self._messages.error(error)

        self._bridge.start(
            lambda task: self._engine.keep(choices, file, task), "files", "", kept, failed
        )
