"""The photos and films that were opened last, in the menu and on the empty page.

Invariant: both show the same, and what the notes hold.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu

from colordesk.ui.actions import Actions
from colordesk.ui.main_window import MainWindow
from colordesk.ui.memory import Memory
from colordesk.ui.opening import Opening
from colordesk.ui.welcome import Welcome

_WIDEST = 420  # pixels of a path in the menu


class Recent(QObject):
    """See the module.

    Args:
        memory: keeps what was opened.
        opening: opens it again.
        window: has the menu.
        actions: its commands.
        welcome: the empty page.
    """

    def __init__(
        self,
        memory: Memory,
        opening: Opening,
        window: MainWindow,
        actions: Actions,
        welcome: Welcome,
    ) -> None:
        super().__init__()
        self._memory, self._opening, self._welcome = memory, opening, welcome
        self._metrics = window.fontMetrics()
        self.menu = QMenu(self.tr("Open &Recent"), window)
        window.menus["file"].insertMenu(actions["sample"], self.menu)
        self.show()

    def show(self) -> None:
        """Show what the notes hold now."""
        paths = self._memory.recent()
        self.menu.clear()
        for path in paths:
            name = self._metrics.elidedText(str(path), Qt.TextElideMode.ElideMiddle, _WIDEST)
            action = self.menu.addAction(name.replace("&", "&&"))
            action.triggered.connect(lambda _=False, path=path: self._opening.open([path]))
        self.menu.setEnabled(bool(paths))
        self._welcome.set_recent(paths)

    def forget(self) -> None:
        """Forget all of it; no file is touched."""
        self._memory.forget_recent()
        self.show()
