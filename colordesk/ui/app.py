"""Where the window is put together and run.

Invariant: nothing slow happens before the window is on the screen.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from colordesk import __version__
from colordesk.errors import ColorDeskError
from colordesk.paths import settings_file
from colordesk.settings import Settings, read_settings, write_settings
from colordesk.ui.engine import Engine
from colordesk.ui.i18n import install_translators
from colordesk.ui.icons import app_icon
from colordesk.ui.memory import Memory
from colordesk.ui.studio import Studio
from colordesk.ui.theme import Theme


def run(paths: list[Path]) -> int:
    """Open the window on photos and folders; return the exit code when it was closed."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("colordesk")
    app.setApplicationDisplayName("ColorDesk")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("colordesk")
    app.setWindowIcon(app_icon())
    app.setStyle("Fusion")
    app.setQuitOnLastWindowClosed(False)
    install_translators(app)
    studio = build()
    studio.closed.connect(app.quit)
    wake = _Interrupts(studio)
    sys.excepthook = _Unexpected(studio)
    studio.window.show()
    # once the window has been drawn: loading competes with Qt for the interpreter
    QTimer.singleShot(50, lambda: studio.start(paths))
    code = app.exec()
    sys.excepthook = sys.__excepthook__
    wake.close()
    return code


def build() -> Studio:
    """Make the window with the settings of this person."""
    file, problem = settings_file(), None
    try:
        settings = read_settings(file)
    except (ColorDeskError, OSError) as error:
        settings, problem = Settings(), error

    def keep(changed: Settings) -> None:
        if problem is None:  # a file that a person may want to mend is left as it is
            write_settings(changed, file)

    studio = Studio(
        settings,
        Engine(settings),
        Theme(settings.theme),
        Memory(file.with_name("window.ini")),
        keep,
    )
    if problem is not None:
        studio.messages.warning(problem)
    return studio


class _Unexpected:
    """Tells a person of an error that nobody expected, instead of a traceback or silence."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    def __call__(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._studio.window.close()
            return
        if os.environ.get("COLORDESK_DEBUG"):
            sys.__excepthook__(kind, error, trace)
        self._studio.messages.error(error)


class _Interrupts:
    """Lets Ctrl+C in the terminal close the window, although Qt's loop is not Python's."""

    def __init__(self, studio: Studio) -> None:
        self._ends: Sequence[socket.socket] = socket.socketpair()
        for end in self._ends:
            end.setblocking(False)
        signal.set_wakeup_fd(self._ends[1].fileno())
        signal.signal(signal.SIGINT, lambda number, frame: studio.window.close())
        self._notifier = QSocketNotifier(self._ends[0].fileno(), QSocketNotifier.Type.Read, studio)
        # reading the byte lets Python run its handler
        self._notifier.activated.connect(lambda: self._ends[0].recv(64))

    def close(self) -> None:
        """Leave signals as they were."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for end in self._ends:
            end.close()
