"""What a person is asked when a film is opened or kept: files, folders and frame rates."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from colordesk.ui.film.kinds import FILM_SUFFIXES, PROJECT_SUFFIX
from colordesk.ui.memory import Memory

_RATE_KEY = "film-rate"
_USUAL_RATE = 24.0
_SLOWEST, _FASTEST = 0.1, 1000.0
_FINEST_RATE = 1001  # 24000/1001 and its like


class FilmAsking(QObject):
    """The dialogs.

    Args:
        memory: recent folders, and the frame rate of last time.
    """

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self._memory = memory
        self.window: QWidget | None = None
        """Parent of the dialogs."""

    def film(self) -> Path | None:
        """Let a person choose a film or a project."""
        suffixes = (*sorted(FILM_SUFFIXES), ".gif", PROJECT_SUFFIX)
        patterns = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in suffixes)
        name, _ = QFileDialog.getOpenFileName(
            self.window,
            self.tr("Open a film"),
            self._memory.folder("open"),
            self.tr("Films and film projects ({patterns})").format(patterns=patterns)
            + ";;"
            + self.tr("All files (*)"),
            options=QFileDialog.Option.HideNameFilterDetails,
        )
        return Path(name) if name else None

    def frames(self) -> Path | None:
        """Let a person choose a folder of numbered frames."""
        name = QFileDialog.getExistingDirectory(
            self.window, self.tr("Open a folder of numbered frames"), self._memory.folder("open")
        )
        return Path(name) if name else None

    def rate(self, folder: Path) -> Fraction | None:
        """Ask how many frames of a folder are shown a second."""
        try:
            usual = float(self._memory.text(_RATE_KEY))
        except ValueError:
            usual = _USUAL_RATE
        rate, given = QInputDialog.getDouble(
            self.window,
            self.tr("Frame rate"),
            self.tr(
                "How many frames of {name} are shown a second?\n"
                "Silent films: 16 to 18. Cinema: 24. Television: 25 or 29.97."
            ).format(name=folder.name),
            usual if _SLOWEST <= usual <= _FASTEST else _USUAL_RATE,
            _SLOWEST,
            _FASTEST,
            3,
        )
        if not given:
            return None
        self._memory.keep(_RATE_KEY, repr(rate))
        return Fraction(rate).limit_denominator(_FINEST_RATE)

    def project(self, usual: Path) -> Path | None:
        """Ask where a project is to be kept."""
        name, _ = QFileDialog.getSaveFileName(
            self.window,
            self.tr("Save the film project"),
            str(usual),
            self.tr("Film projects ({patterns})").format(patterns=f"*{PROJECT_SUFFIX}"),
        )
        if not name:
            return None
        return Path(name if name.lower().endswith(PROJECT_SUFFIX) else name + PROJECT_SUFFIX)
