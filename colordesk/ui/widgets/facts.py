"""A name and what else is known of a file, under a heading.

Invariant: a name that is too long for the panel is told whole under the pointer.
"""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from colordesk.ui.icons import Icons
from colordesk.ui.widgets.elided import ElidedLabel
from colordesk.ui.widgets.section import Section


class Facts(QWidget):
    """See the module.

    Args:
        title: the heading.
        icons: for the section.
    """

    def __init__(self, title: str, icons: Icons) -> None:
        super().__init__()
        self._name = ElidedLabel()
        self._facts = QLabel()
        self._facts.setProperty("role", "muted")
        self._facts.setWordWrap(True)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._name)
        column.addWidget(self._facts)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(Section(title, body, icons))

    def tell(self, name: str, place: str, facts: str) -> None:
        """Show something else; without facts their line takes no room."""
        self._name.setText(name)
        self._name.setToolTip(place)
        self._facts.setText(facts)
        self._facts.setVisible(bool(facts))

    def text(self) -> str:
        """Return the facts that are told."""
        return self._facts.text()
