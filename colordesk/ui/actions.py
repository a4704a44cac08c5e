"""Everything a person can ask for, as one table: text, keys, icon, what happens, and when.

Invariant: menus, header and the list of shortcuts all come from this table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from colordesk.ui.icons import Icons


def always() -> bool:
    """Allow an action at any time."""
    return True


@dataclass(frozen=True)
class Row:
    """One action."""

    id: str
    menu: str
    """Id of its menu; rows of one menu stand in the order of the table."""
    text: str
    """As in the menu, with & before the letter for the keyboard."""
    keys: tuple[str, ...]
    """Shortcuts in Qt's portable notation; the first is shown."""
    slot: Callable[[], object] | Callable[[bool], object]
    """Called with the check mark if `group` or `toggle` is set."""
    icon: str = ""
    enabled: Callable[[], bool] = always
    tip: str = ""
    """A sentence, if the text does not say it all."""
    group: str = ""
    """Rows of one group are alternatives."""
    toggle: bool = False
    """Whether it is on or off."""
    submenu: str = ""
    """Title of the menu inside the menu that it is in, if any."""
    rule: bool = False
    """Whether a line stands above it in the menu."""


class Actions(QObject):
    """The table, made into actions of Qt.

    Args:
        rows: the table.
        icons: for those that have one.
    """

    def __init__(self, rows: Sequence[Row], icons: Icons) -> None:
        super().__init__()
        self.rows = tuple(rows)
        self._actions: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        for row in self.rows:
            self._actions[row.id] = self._make(row, icons)
        self.refresh()

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def of_menu(self, menu: str) -> list[tuple[Row, QAction]]:
        """Return the actions of a menu, in order."""
        return [(row, self._actions[row.id]) for row in self.rows if row.menu == menu]

    def all(self) -> list[QAction]:
        """Return all actions."""
        return list(self._actions.values())

    def refresh(self) -> None:
        """Ask each action again whether it is allowed now."""
        for row in self.rows:
            self._actions[row.id].setEnabled(row.enabled())

    def _make(self, row: Row, icons: Icons) -> QAction:
        action = QAction(row.text, self)
        action.setObjectName(row.id)
        sequences = [QKeySequence(key) for key in row.keys]
        action.setShortcuts(sequences)
        words = row.tip or row.text.replace("&", "").rstrip("…")
        keys = sequences[0].toString(QKeySequence.SequenceFormat.NativeText) if sequences else ""
        action.setToolTip(f"{words} ({keys})" if keys else words)
        checkable = bool(row.group) or row.toggle
        action.setCheckable(checkable)
        if row.icon:
            icons.bind(action, row.icon, checked="on_accent" if row.group else "")
        action.setIconVisibleInMenu(not checkable)
        if row.group:
            if row.group not in self._groups:
                self._groups[row.group] = QActionGroup(self)
            self._groups[row.group].addAction(action)
        # a lambda, so that "checked" is not handed to slots that do not want it
        slot = row.slot
        if row.toggle:
            action.triggered.connect(slot)
        else:
            action.triggered.connect(lambda _checked=False: slot())  # type: ignore[call-arg]
        return action
