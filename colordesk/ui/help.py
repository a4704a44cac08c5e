"""What the help menu shows: who ColorDesk is, and every shortcut of the action table."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog

from colordesk.ui.actions import Actions
from colordesk.ui.dialogs.about import About, Shortcuts
from colordesk.ui.icons import Icons
from colordesk.ui.introduction import Introduction, IntroductionDialog
from colordesk.ui.main_window import MainWindow
from colordesk.ui.memory import Memory
from colordesk.ui.welcome import Welcome

_INTRODUCED = "introduced"


class Help(QObject):
    """Answers questions.

    Args:
        menus: id and title of each menu, in order.
        icons: for what it shows.
        welcome: shows the introduction on the first start.
        memory: knows whether there was one.
    """

    photo_wanted = Signal()
    folder_wanted = Signal()
    sample_wanted = Signal(object)
    """The path of a sample photograph."""

    def __init__(
        self, menus: list[tuple[str, str]], icons: Icons, welcome: Welcome, memory: Memory
    ) -> None:
        super().__init__()
        self._menus, self._icons = menus, icons
        self._welcome, self._memory = welcome, memory
        welcome.introduction.ended.connect(self._introduced)
        self._pass_on(welcome.introduction)
        welcome.introduce(not memory.text(_INTRODUCED) and not memory.recent())
        self.window: MainWindow | None = None
        """Above which the answers appear."""

    def about(self) -> None:
        """Show name, version and licence."""
        self._run(About(self.window))

    def shortcuts(self, actions: Actions) -> None:
        """Show what keys and mouse do."""
        rows: list[tuple[str, str]] = []
        for name, title in self._menus:
            rows.append((title.replace("&", ""), ""))
            for row, _ in actions.of_menu(name):
                keys = [
                    QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
                    for key in row.keys
                ]
                if keys:
                    text = row.tip or row.text.replace("&", "").rstrip("…")
                    rows.append((text, ", ".join(keys)))
        rows += [
            (self.tr("On the photo"), ""),
            (self.tr("See the original as long as it is held"), "O, \\"),
            (self.tr("Zoom at the cursor"), self.tr("Wheel")),
            (self.tr("Move"), self.tr("Drag, Space and drag, arrows")),
            (self.tr("Whole photo or its own pixels"), self.tr("Double click")),
            (self.tr("Move the divider"), self.tr("Drag, arrows")),
            (self.tr("On a film"), ""),
            (self.tr("Play or pause"), self.tr("Space")),
            (self.tr("A frame back or on"), self.tr("Left, right")),
            (self.tr("A shot back or on"), self.tr("Up, down")),
            (self.tr("The export begins or ends here"), "I, O"),
            (self.tr("Split the clip at the playhead"), "S"),
            (self.tr("Set colour points in the shot"), "P"),
            (self.tr("Mute"), "M"),
        ]
        self._run(Shortcuts(rows, self.window))

    def introduce(self) -> None:
        """Show the introduction again."""
        dialog = IntroductionDialog(self._icons, self.window)
        self._pass_on(dialog.body)
        self._run(dialog)

    def _pass_on(self, introduction: Introduction) -> None:
        # later, when a dialog of its own is closed
        queued = Qt.ConnectionType.QueuedConnection
        introduction.photo_wanted.connect(self.photo_wanted, queued)
        introduction.folder_wanted.connect(self.folder_wanted, queued)
        introduction.sample_wanted.connect(self.sample_wanted, queued)

    def _introduced(self) -> None:
        self._memory.keep(_INTRODUCED, "yes")
        self._welcome.introduce(False)

    def _run(self, dialog: QDialog) -> None:
        dialog.exec()
        dialog.deleteLater()
