"""What a person prefers: asked, kept, and put to use at once.

Invariant: nothing that is being worked on is lost to a preference.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from colordesk.settings import Settings
from colordesk.ui.dialogs.preferences import Preferences
from colordesk.ui.film.film_engine import FilmEngine
from colordesk.ui.film.kept import KeptAnswers
from colordesk.ui.i18n import languages
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.messages import Messages
from colordesk.ui.theme import Theme


class Preferring(QObject):
    """Asks for preferences and applies them.

    Args:
        settings: as they are.
        keep: writes settings that changed; called in a worker.
        bridge: runs that.
        messages: for errors.
        theme: changes at once.
        films: knows what models said of films.
        may_renew: asks whether the window may be made anew.
    """

    renew_wanted = Signal(object)
    """Another window is to take this one's place, with these `Settings`."""

    def __init__(
        self,
        settings: Settings,
        keep: Callable[[Settings], None],
        bridge: JobBridge,
        messages: Messages,
        theme: Theme,
        films: FilmEngine,
        may_renew: Callable[[], bool],
    ) -> None:
        super().__init__()
        self._settings, self._keep = settings, keep
        self._bridge, self._messages, self._theme = bridge, messages, theme
        self._films, self._may_renew = films, may_renew
        self.window: QWidget | None = None
        """Parent of the dialog."""

    def ask(self, models: Sequence[tuple[str, str]]) -> None:
        """Show the dialog.

        Args:
            models: id and title of each model that there is.
        """
        kept = KeptAnswers(self._bridge, self._films)
        dialog = Preferences(
            self._settings, languages(), models, self._devices(), kept, self.window
        )
        accepted = dialog.exec() == Preferences.DialogCode.Accepted
        settings = dialog.settings()
        kept.leave()
        dialog.deleteLater()
        if accepted:
            self.prefer(settings)

    def prefer(self, settings: Settings) -> None:
        """Keep other settings, and put them to use in a window made anew."""
        if settings != self._settings and self._may_renew():
            self._write(settings, lambda: self.renew_wanted.emit(settings))

    def choose_theme(self, choice: str) -> None:
        """Change the colours of the window, which needs no other window."""
        self._theme.choose(choice)
        self._settings = dataclasses.replace(self._settings, theme=choice)
        self._write(self._settings, lambda: None)

    def _write(self, settings: Settings, then: Callable[[], None]) -> None:
        self._bridge.start(
            lambda task: self._keep(settings),
            "files",
            "",
            lambda nothing: then(),
            self._messages.error,
        )

    def _devices(self) -> list[tuple[str, str]]:
        return [
            ("auto", self.tr("Automatic: the graphics card if it can be used")),
            ("cpu", self.tr("Processor only")),
            ("cuda", self.tr("NVIDIA graphics card only")),
        ]
