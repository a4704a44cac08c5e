"""Clips come into the film at hand, and change their places in it.

Invariant: a clip that does not go with the others never comes in; a sentence says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from colordesk.ui.film.clips_panel import ClipsPanel
from colordesk.ui.film.film_engine import FilmEngine
from colordesk.ui.film.kinds import FILM_SUFFIXES
from colordesk.ui.film.projects import Added
from colordesk.ui.film.reel import Reel
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.memory import Memory
from colordesk.ui.messages import Messages


class Cutting(QObject):
    """Panel and reel in step.

    Args:
        bridge: runs the opening.
        engine: opens.
        messages: for errors.
        memory: the folder that was opened last.
        reel: the film at hand.
        panel: the list of clips.
    """

    added = Signal()
    """Clips came in."""

    def __init__(
        self,
        bridge: JobBridge,
        engine: FilmEngine,
        messages: Messages,
        memory: Memory,
        reel: Reel,
        panel: ClipsPanel,
    ) -> None:
        super().__init__()
        self._bridge, self._engine = bridge, engine
        self._messages, self._memory, self._reel = messages, memory, reel
        self.window: QWidget | None = None
        """Parent of the dialogs."""
        panel.chosen.connect(self._go)
        panel.add_wanted.connect(self.ask)
        panel.given.connect(self.add)
        panel.moved.connect(reel.move)
        panel.remove_wanted.connect(reel.remove)
        panel.split_wanted.connect(lambda: reel.split(reel.frame))

    def ask(self) -> None:
        """Let a person choose films to add."""
        patterns = " ".join(f"*{s} *{s.upper()}" for s in (*sorted(FILM_SUFFIXES), ".gif"))
        names, _ = QFileDialog.getOpenFileNames(
            self.window,
            self.tr("Add clips"),
            self._memory.folder("open"),
            self.tr("Films ({patterns})").format(patterns=patterns)
            + ";;"
            + self.tr("All files (*)"),
            options=QFileDialog.Option.HideNameFilterDetails,
        )
        self.add([Path(name) for name in names])

    def add(self, paths: Sequence[Path]) -> None:
        """Put films behind those that are there."""
        stretches = self._reel.stretches
        if not paths or not stretches:
            return

        def done(found: Added) -> None:
            if self._reel.stretches and self._reel.stretches[0].clip == stretches[0].clip:
                if found.clips:
                    self._reel.add(found.clips)
                    self.added.emit()
                if found.problem is not None:
                    self._messages.error(found.problem, self.tr("It was not added to the film."))

        self._bridge.start(
            lambda task: self._engine.add(stretches, paths, task),
            "files",
            self.tr("Opening {name}").format(name=paths[0].name),
            done,
            self._messages.error,
        )

    def _go(self, number: int) -> None:
        """Go to the in point of a clip."""
        if 0 <= number < len(self._reel.stretches):
            self._reel.go(self._reel.frame_in(number, self._reel.stretches[number].first))
