"""The page of the window that compares: a bar, the pictures, and what is known of them beside.

Invariant: it holds widgets and decides nothing; `Comparing` does.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from colordesk.ui.compare.chooser import Chooser
from colordesk.ui.compare.contenders import Contenders
from colordesk.ui.compare.entry import MOST_RESULTS
from colordesk.ui.compare.grid import Grid
from colordesk.ui.compare.link import Link
from colordesk.ui.compare.segments import Segments
from colordesk.ui.icons import Icons
from colordesk.ui.theme import Theme
from colordesk.ui.widgets.elided import ElidedLabel

_SIDE_WIDTH = 330


class CompareView(QWidget):
    """Everything that is seen while results are compared.

    Args:
        theme: for the colours.
        icons: for the buttons.
        contenders: what can be compared.
    """

    number_picked = Signal(int)
    """The key of a result, 1..9, was pressed."""
    done_wanted = Signal()

    def __init__(self, theme: Theme, icons: Icons, contenders: Contenders) -> None:
        super().__init__()
        self.setObjectName("compare")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.link = Link()
        self.grid = Grid(theme, icons, self.link)
        self.chooser = Chooser(contenders, icons)
        self.empty = _Empty()
        self.empty.choose_button.clicked.connect(lambda: self.show_page("results"))
        self.middle = QStackedWidget()
        self.middle.addWidget(self.grid)
        self.middle.addWidget(self.empty)
        self.pages = Segments(
            self.tr("What is shown beside the pictures"),
            [("results", self.tr("Results"), self.tr("Choose what is compared"))],
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.chooser)
        self.side = self._build_side()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.addWidget(self.middle)
        self._splitter.addWidget(self.side)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setSizes([900, _SIDE_WIDTH])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_bar(icons))
        column.addWidget(self._splitter, 1)
        for number in range(1, MOST_RESULTS + 1):
            shortcut = QShortcut(QKeySequence(str(number)), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda number=number: self.number_picked.emit(number))

    def show_page(self, key: str) -> None:
        """Show one of the pages beside the pictures."""
        self.side.show()
        self.side_button.setChecked(True)
        self.pages.set_current(key)
        self._turn(key)

    def say(self, text: str) -> None:
        """Show a few words in the bar."""
        self._words.setText(text)

    def words(self) -> str:
        """Return the words in the bar."""
        return self._words.text()

    def show_results(self, on: bool) -> None:
        """Show the pictures, or what to do when there is nothing to compare."""
        self.middle.setCurrentWidget(self.grid if on else self.empty)

    def _turn(self, key: str) -> None:
        self._stack.setCurrentIndex(list(self.pages.buttons).index(key))

    def _build_side(self) -> QWidget:
        side = QWidget()
        side.setObjectName("compareSide")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.setMinimumWidth(_SIDE_WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(1, 10, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setContentsMargins(14, 0, 14, 0)
        row.addWidget(self.pages)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self._stack, 1)
        self.pages.chosen.connect(self._turn)
        return side

    def _build_bar(self, icons: Icons) -> QWidget:
        bar = QWidget()
        bar.setObjectName("compareBar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._row = row = QHBoxLayout(bar)
        row.setContentsMargins(12, 6, 10, 6)
        row.setSpacing(8)
        title = QLabel(self.tr("Compare"))
        title.setProperty("role", "heading")
        self._words = ElidedLabel(elide=Qt.TextElideMode.ElideRight)
        self._words.setProperty("role", "muted")
        self.side_button = QToolButton()
        self.side_button.setCheckable(True)
        self.side_button.setChecked(True)
        self.side_button.setIconSize(QSize(18, 18))
        self.side_button.setToolTip(self.tr("Show the column beside the pictures"))
        self.side_button.setAccessibleName(self.tr("Column beside the pictures"))
        icons.bind(self.side_button, "sliders", checked="accent")
        self.side_button.toggled.connect(self.side.setVisible)
        self.done = QPushButton(self.tr("Done"))
        self.done.setToolTip(self.tr("Go back to the photo (Esc)"))
        self.done.clicked.connect(self.done_wanted)
        row.addWidget(title)
        row.addWidget(self._words, 1)
        row.addWidget(self.side_button)
        row.addWidget(self.done)
        return bar


class _Empty(QWidget):
    """What is shown when nothing is chosen to be compared."""

    def __init__(self) -> None:
        super().__init__()
        title = QLabel(self.tr("Nothing to compare yet"))
        title.setProperty("role", "heading")
        text = QLabel(
            self.tr("Tick models or edits in the list at the right, and their results appear here.")
        )
        text.setProperty("role", "muted")
        self.choose_button = QPushButton(self.tr("Choose results"))
        for label in (title, text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(40, 40, 40, 40)
        column.setSpacing(10)
        column.addStretch(2)
        column.addWidget(title)
        column.addWidget(text)
        column.addSpacing(8)
        column.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
