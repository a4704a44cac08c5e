"""One result with its number, its name, what is known of it, and the button that chooses it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from colordesk.ui.compare.entry import Entry, Role
from colordesk.ui.compare.link import Link
from colordesk.ui.compare.pane import Pane
from colordesk.ui.icons import Icons
from colordesk.ui.theme import Theme
from colordesk.ui.widgets.elided import ElidedLabel

HEADER = 34
"""Height of the line above the picture."""
FOOTER = 26
"""Height of the line below it."""
_BORDER = 2
_ROOMY = 250  # wide enough for a name and the words of the button


class Badge(QWidget):
    """The number of a result in the colour that it has in every plot.

    Args:
        theme: for the colours.
        number: 1..9.
    """

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._theme, self._number = theme, number
        self.setFixedSize(20, 20)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a disc with the number in it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.series(self._number))
        painter.drawEllipse(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(self._theme.colour("on_series"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._number))
        painter.end()


class Tile(QWidget):
    """One picture of the comparison and what belongs to it.

    Args:
        theme: for the colours.
        icons: for the button.
        link: what all panes share.
        entry: what is shown.
    """

    picked = Signal()

    def __init__(self, theme: Theme, icons: Icons, link: Link, entry: Entry) -> None:
        super().__init__()
        self._theme, self.entry = theme, entry
        self._winner = False
        name = f"{entry.number}: {entry.title}" if entry.number else entry.title
        self.pane = Pane(theme, link, name)
        self.title = ElidedLabel(entry.title, Qt.TextElideMode.ElideRight)
        self.title.setProperty("role", "" if entry.role is Role.RESULT else "muted")
        self.title.setToolTip(entry.title)
        self.state = QLabel()
        self.state.setProperty("role", "muted")
        self.footer = ElidedLabel(elide=Qt.TextElideMode.ElideRight)
        self.footer.setProperty("role", "muted")
        self.footer.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.footer.setFixedHeight(FOOTER)
        self.pick: QToolButton | None = None
        head = QWidget()
        head.setFixedHeight(HEADER)
        row = QHBoxLayout(head)
        row.setContentsMargins(8, 0, 4, 0)
        row.setSpacing(6)
        self.title.setMinimumWidth(1)  # it gives way before the button does
        self.state.hide()
        if entry.number:
            row.addWidget(Badge(theme, entry.number))
        row.addWidget(self.title, 1)
        row.addWidget(self.state)
        if entry.role is Role.RESULT:
            self.pick = self._make_pick(icons)
            row.addWidget(self.pick)
            self.set_winner(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(_BORDER, _BORDER, _BORDER, _BORDER)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.pane, 1)
        column.addWidget(self.footer)
        self.pane.picked.connect(self._pick)
        theme.changed.connect(self.update)

    @property
    def is_winner(self) -> bool:
        """Whether it is marked as the one that was chosen."""
        return self._winner

    def set_winner(self, on: bool) -> None:
        """Mark it as the one that was chosen."""
        self._winner = on
        if self.pick is not None:
            self.pick.setChecked(on)
            self.pick.setText(self.tr("Chosen") if on else self.tr("Choose"))
        self.update()

    def set_busy(self, busy: bool) -> None:
        """Say that the picture is being made."""
        self._set_state(self.tr("colouring…") if busy else "")
        if busy and self.pane.shown is None:
            self.pane.set_note("")

    def set_error(self, text: str) -> None:
        """Say why there is no picture."""
        self._set_state("")
        self.pane.show_picture(None)
        self.pane.set_note(text)

    def set_footer(self, text: str, tip: str) -> None:
        """Show a line below the picture, and what it means when it is pointed at."""
        self.footer.setText(text)
        self.footer.setToolTip(tip)

    def _set_state(self, text: str) -> None:
        self.state.setText(text)
        self.state.setVisible(bool(text))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the name where there is little."""
        super().resizeEvent(event)
        if self.pick is not None:
            self.pick.setToolButtonStyle(
                Qt.ToolButtonStyle.ToolButtonTextBesideIcon
                if self.width() >= _ROOMY
                else Qt.ToolButtonStyle.ToolButtonIconOnly
            )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card, with a frame in the accent colour around the chosen one."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setBrush(self._theme.colour("panel"))
        painter.setPen(
            QPen(self._theme.colour("accent"), 2.0)
            if self._winner
            else QPen(self._theme.colour("border"), 1.0)
        )
        painter.drawRoundedRect(frame, 4, 4)
        painter.end()

    def _make_pick(self, icons: Icons) -> QToolButton:
        entry, button = self.entry, QToolButton()
        button.setCheckable(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIconSize(QSize(14, 14))
        button.setProperty("quiet", True)
        button.setToolTip(
            self.tr("Take this result for the photo ({number})").format(number=entry.number)
        )
        button.setAccessibleName(self.tr("Choose {title}").format(title=entry.title))
        icons.bind(button, "check", "muted", checked="accent")
        button.clicked.connect(self._pick)
        return button

    def _pick(self) -> None:
        if self.pick is not None:
            self.pick.setChecked(self._winner)  # the document says who has won
            self.picked.emit()
