"""Errors and news as words in the banner."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QObject

from colordesk.ui.banner import Answer, Banner
from colordesk.ui.error_words import told

_log = logging.getLogger(__name__)


class Messages(QObject):
    """What the program has to say.

    Args:
        banner: where it says it.
    """

    def __init__(self, banner: Banner) -> None:
        super().__init__()
        self._banner = banner

    def error(
        self, error: BaseException, todo: str = "", *answers: Answer, stays: bool = False
    ) -> None:
        """Tell of an error, and of what to do if the error itself does not say."""
        self._explain("error", error, todo, answers, stays=stays)

    def warning(self, error: BaseException) -> None:
        """Tell of an error in spite of which the work goes on."""
        self._explain("warning", error, "")

    def note(
        self, kind: str, what: str, todo: str = "", *answers: Answer, stays: bool = False
    ) -> None:
        """Tell of anything else, perhaps with buttons; it may stay until it was seen."""
        self._banner.tell(kind, what, todo, answers, stays=stays)

    def saved(self, path: Path, *answers: Answer) -> None:
        """Tell that a file was written."""
        what = self.tr("Saved as {name}").format(name=path.name)
        self._banner.tell("success", what, str(path.parent), answers)

    def settle(self) -> None:
        """Take the message away, because it is about something that is over."""
        self._banner.dismiss()

    def _explain(
        self,
        kind: str,
        error: BaseException,
        todo: str,
        answers: tuple[Answer, ...] = (),
        *,
        stays: bool = False,
    ) -> None:
        _log.debug("told a person about", exc_info=error)
        words = told(error)
        self._banner.tell(kind, words.what, words.todo or todo, answers, stays=stays)
