"""A row of buttons of which one is down, like the tabs of a notebook."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget


class Segments(QWidget):
    """A choice between a few alternatives, all of them seen.

    Args:
        name: what is chosen, for those who do not see it.
        choices: key, text and explanation of each.
    """

    chosen = Signal(str)
    """The key that a person chose."""

    def __init__(self, name: str, choices: Sequence[tuple[str, str, str]]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        for place, (key, text, tip) in enumerate(choices):
            button = QToolButton()
            button.setText(text)
            button.setToolTip(tip)
            button.setAccessibleName(text)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setProperty("segment", True)
            last = place == len(choices) - 1
            button.setProperty("end", "left" if place == 0 else "right" if last else "")
            button.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            self._group.addButton(button)
            self.buttons[key] = button
            row.addWidget(button)
        next(iter(self.buttons.values())).setChecked(True)

    @property
    def current(self) -> str:
        """The key of the one that is down."""
        return next(key for key, button in self.buttons.items() if button.isChecked())

    def set_current(self, key: str) -> None:
        """Press one without telling anybody."""
        self.buttons[key].setChecked(True)
