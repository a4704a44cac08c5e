"""What the help menu shows: who ColorDesk is, and every shortcut of the action table."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence

from colordesk.ui.actions import Actions
from colordesk.ui.dialogs.about import About, Shortcuts
from colordesk.ui.main_window import MainWindow


class Help(QObject):
    """Answers questions.

    Args:
        menus: id and title of each menu, in order.
    """

    def __init__(self, menus: list[tuple[str, str]]) -> None:
        super().__init__()
        self._menus = menus
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

    def _run(self, dialog: About | Shortcuts) -> None:
        dialog.exec()
        dialog.deleteLater()
