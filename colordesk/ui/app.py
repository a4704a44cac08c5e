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

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal
from PySide6.QtWidgets import QApplication

from colordesk import __version__
from colordesk.errors import ColorDeskError
from colordesk.paths import settings_file
from colordesk.settings import Settings, read_settings, write_settings
from colordesk.ui.engine import Engine
from colordesk.ui.i18n import Translators
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
    program = Program(app)
    program.closed.connect(app.quit)
    wake = _Interrupts(program)
    sys.excepthook = _Unexpected(program)
    program.studio.window.show()
    # once the window has been drawn: loading competes with Qt for the interpreter
    QTimer.singleShot(50, lambda: program.studio.start(paths))
    code = app.exec()
    sys.excepthook = sys.__excepthook__
    wake.close()
    return code


class Program(QObject):
    """The window, which is made anew when a person prefers other settings.

    So a choice of language or device holds everywhere at once, and no part of the window has to
    know how to change it.

    Args:
        app: speaks the person's language.
    """

    closed = Signal()
    """The window is gone and no work is left."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._file = settings_file()
        self._problem: Exception | None = None
        try:
            settings = read_settings(self._file)
        except (ColorDeskError, OSError) as error:
            settings, self._problem = Settings(), error
        self._translators = Translators(app)
        self.studio = self._made(settings)
        if self._problem is not None:
            self.studio.messages.warning(self._problem)

    def _made(self, settings: Settings) -> Studio:
        self._translators.choose(settings.language)
        memory = Memory(self._file.with_name("window.ini"))
        theme = Theme(settings.theme)
        with theme.taken_off():
            studio = Studio(settings, Engine(settings), theme, memory, self._keep)
        studio.closed.connect(self.closed)
        studio.preferring.renew_wanted.connect(self._renew)
        return studio

    def _keep(self, changed: Settings) -> None:
        if self._problem is None:  # a file that a person may want to mend is left as it is
            write_settings(changed, self._file)

    def _renew(self, settings: Settings) -> None:
        """Put another window with other settings in the place of this one."""
        old = self.studio
        state = old.state()
        old.closed.disconnect(self.closed)
        old.window.may_close = lambda: True
        old.window.close()  # it remembers its place, where the new one then appears
        self.studio = self._made(settings)
        self.studio.window.show()
        self.studio.resume(state)
        old.window.deleteLater()
        old.deleteLater()


class _Unexpected:
    """Tells a person of an error that nobody expected, instead of a traceback or silence."""

    def __init__(self, program: Program) -> None:
        self._program = program

    def __call__(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._program.studio.window.close()
            return
        if os.environ.get("COLORDESK_DEBUG"):
            sys.__excepthook__(kind, error, trace)
        self._program.studio.messages.error(error)


class _Interrupts:
    """Lets Ctrl+C in the terminal close the window, although Qt's loop is not Python's."""

    def __init__(self, program: Program) -> None:
        self._ends: Sequence[socket.socket] = socket.socketpair()
        for end in self._ends:
            end.setblocking(False)
        signal.set_wakeup_fd(self._ends[1].fileno())
        signal.signal(signal.SIGINT, lambda number, frame: program.studio.window.close())
        self._notifier = QSocketNotifier(self._ends[0].fileno(), QSocketNotifier.Type.Read, program)
        # reading the byte lets Python run its handler
        self._notifier.activated.connect(lambda: self._ends[0].recv(64))

    def close(self) -> None:
        """Leave signals as they were."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for end in self._ends:
            end.close()
