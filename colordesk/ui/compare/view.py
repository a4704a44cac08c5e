"""The page of the window that compares: a bar, the pictures, and what is known of them beside.

Invariant: it holds widgets and decides nothing; `Comparing` does.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
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

from colordesk.ui.compare.blind_page import BlindPage
from colordesk.ui.compare.chooser import Chooser
from colordesk.ui.compare.contenders import Contenders
from colordesk.ui.compare.entry import MOST_RESULTS
from colordesk.ui.compare.figures import Figures
from colordesk.ui.compare.grid import Grid
from colordesk.ui.compare.inspector import Inspector
from colordesk.ui.compare.kinds import Kind
from colordesk.ui.compare.legend import Legend
from colordesk.ui.compare.link import Link
from colordesk.ui.compare.plots import Plots
from colordesk.ui.compare.ranking_page import RankingPage
from colordesk.ui.compare.region import RegionEditor
from colordesk.ui.compare.segments import Segments
from colordesk.ui.icons import Icons
from colordesk.ui.theme import Theme
from colordesk.ui.widgets.choice import Choice
from colordesk.ui.widgets.column import Column
from colordesk.ui.widgets.elided import ElidedLabel

_SIDE_WIDTH, _SIDE_SHARE, _SIDE_MOST = 380, 0.28, 520
_COLOURS = "colours"


class CompareView(QWidget):
    """Everything that is seen while results are compared.

    Args:
        theme: for the colours.
        icons: for the buttons.
        contenders: what can be compared.
        truth_box: lets a person say where true colours come from.
    """

    number_picked = Signal(int)
    """The key of a result, 1..9, was pressed."""
    kind_chosen = Signal(object)
    """The `Kind` of difference to show, or None for the colours."""
    blind_wanted = Signal()
    blind_shown = Signal(bool)
    """Nothing that shows the photos in their colours may be seen beside the page, or may again."""
    done_wanted = Signal()

    def __init__(
        self, theme: Theme, icons: Icons, contenders: Contenders, truth_box: Choice
    ) -> None:
        super().__init__()
        self.setObjectName("compare")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(240, 180)  # it must not widen the window while it is not seen
        self._problem = self._advice = ""
        self._doubtful = self._shared = False
        self.link = Link()
        self.grid = Grid(theme, icons, self.link)
        self.legend = Legend(theme)
        self.legend.hide()
        self.chooser = Chooser(contenders, icons)
        self.figures = Figures(theme)
        self.region = RegionEditor(self.link)
        self.inspector = Inspector(theme)
        self.plots = Plots(theme)
        self.ranking = RankingPage(theme)
        self.blind = BlindPage(theme)
        self.blind.hide()
        self.truth_box = truth_box
        self.empty = _Empty()
        self.empty.choose_button.clicked.connect(lambda: self.show_page("results"))
        self.middle = QStackedWidget()
        self.middle.addWidget(self.grid)
        self.middle.addWidget(self.empty)
        self.pages = Segments(
            self.tr("What is shown beside the pictures"),
            [
                ("results", self.tr("Results"), self.tr("Choose what is compared")),
                ("measures", self.tr("Measures"), self.tr("Measures, region and pixel values")),
                ("plots", self.tr("Plots"), self.tr("How the colours are spread")),
                ("ranking", self.tr("Ranking"), self.tr("Models over all open photos")),
            ],
        )
        self._stack = QStackedWidget()
        for page in (self.chooser, self._build_measures(), self.plots, _scrolled(self.ranking)):
            self._stack.addWidget(page)
        self.side = self._build_side()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.addWidget(self._build_middle())
        self._splitter.addWidget(self.side)
        self._splitter.setStretchFactor(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._bar = self._build_bar(icons)
        column.addWidget(self._bar)
        column.addWidget(self._splitter, 1)
        column.addWidget(self.blind, 1)
        self._keys: list[QShortcut] = []
        for number in range(1, MOST_RESULTS + 1):
            self._add_key(str(number), functools.partial(self.number_picked.emit, number))
        self._add_key("R", self.region_button.click)
        self._add_key("B", self.blind_button.click)
        self.set_has_truth(False)
        contenders.changed.connect(self._order)

    def showEvent(self, event: QShowEvent) -> None:
        """Give the column beside the pictures its share of a wide window, the first time."""
        super().showEvent(event)
        if not self._shared:
            self._shared = True
            side = min(max(_SIDE_WIDTH, round(_SIDE_SHARE * self.width())), _SIDE_MOST)
            self._splitter.setSizes([self.width() - side, side])

    def show_page(self, key: str) -> None:
        """Show one of the pages beside the pictures."""
        self.side_button.setChecked(True)
        self.pages.set_current(key)
        self._turn(key)

    def say(self, advice: str, problem: str = "") -> None:
        """Show a few words in the bar; a problem goes before advice."""
        self._advice, self._problem = advice, problem
        self._say()

    def set_doubt(self, doubtful: bool) -> None:
        """Say that the truth has hardly any colour."""
        if doubtful != self._doubtful:
            self._doubtful = doubtful
            self._say()

    def words(self) -> str:
        """Return the words in the bar."""
        return self._words.text()

    def show_results(self, on: bool) -> None:
        """Show the pictures, or what to do when there is nothing to compare."""
        self.middle.setCurrentWidget(self.grid if on else self.empty)

    def show_blind(self, on: bool) -> None:
        """Show the blind test instead of everything that has names."""
        if on == self.blind.isHidden():
            self.blind_shown.emit(on)
        for key in self._keys:
            key.setEnabled(not on)
        self._bar.setVisible(not on)
        self._splitter.setVisible(not on)
        self.blind.setVisible(on)

    def set_has_truth(self, on: bool) -> None:
        """Offer maps of the errors, which need true colours."""
        self.kinds.setEnabled(on)
        if not on:
            self._choose_kind(_COLOURS)

    def _choose_kind(self, key: str) -> None:
        self.kinds.set_current(key)
        kind = None if key == _COLOURS else Kind(key)
        self.legend.setVisible(kind is not None)
        if kind is not None:
            self.legend.set_kind(kind)
        self.kind_chosen.emit(kind)

    def _say(self) -> None:
        doubt = self.tr("These true colours are hardly any: judging by them rewards gray.")
        text = self._problem or (doubt if self._doubtful else self._advice)
        self._words.setText(text)
        role = "muted" if text == self._advice else "warning"
        if self._words.property("role") != role:
            self._words.setProperty("role", role)
            self._words.style().unpolish(self._words)
            self._words.style().polish(self._words)

    def _order(self) -> None:
        """Let the keyboard come to the list of results, which is made anew, after its title."""
        *_, title = self.pages.buttons.values()
        for before, after in itertools.pairwise((title, *self.chooser.controls)):
            self.setTabOrder(before, after)

    def _turn(self, key: str) -> None:
        self._stack.setCurrentIndex(list(self.pages.buttons).index(key))

    def _add_key(self, key: str, slot: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(key), self)  # of the window while the page is seen
        shortcut.activated.connect(slot)
        self._keys.append(shortcut)

    def _build_middle(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.middle, 1)
        column.addWidget(self.legend)
        return body

    def _build_measures(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.figures, 3)
        column.addWidget(self.region)
        column.addWidget(self.inspector, 2)
        return _scrolled(page)

    def _build_side(self) -> QWidget:
        side = QWidget()
        side.setObjectName("compareSide")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
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
        row = QHBoxLayout(bar)
        row.setContentsMargins(10, 6, 10, 6)
        row.setSpacing(8)
        self._words = ElidedLabel(elide=Qt.TextElideMode.ElideRight)
        self._words.setProperty("role", "muted")
        self.kinds = Segments(
            self.tr("What the pictures show"),
            [
                (_COLOURS, self.tr("Colours"), self.tr("The results as they are")),
                (Kind.DELTA_E.value, self.tr("ΔE"), self.tr("Map of the difference of colour")),
                (Kind.AB.value, self.tr("ab"), self.tr("Map of the errors of a* and b*")),
                (Kind.LIGHTNESS.value, self.tr("L"), self.tr("Map of the error of lightness")),
            ],
        )
        self.kinds.chosen.connect(self._choose_kind)
        self.region_button = _tool(
            self.tr("Choose a region to measure: drag in a picture (R, or hold Shift)"),
            self.tr("Choose a region"),
        )
        icons.bind(self.region_button, "region", checked="accent")
        self.region_button.toggled.connect(self._choose_region)
        self.side_button = _tool(
            self.tr("Show the column beside the pictures"), self.tr("Column beside the pictures")
        )
        self.side_button.setChecked(True)
        icons.bind(self.side_button, "sliders", checked="accent")
        self.side_button.toggled.connect(self.side.setVisible)
        self.blind_button = _tool(
            self.tr("Blind test: which is the real photo? (B)"), self.tr("Blind test")
        )
        self.blind_button.setCheckable(False)
        icons.bind(self.blind_button, "blind")
        self.blind_button.clicked.connect(self.blind_wanted)
        self.done = QPushButton(self.tr("Done"))
        self.done.setToolTip(self.tr("Go back to the photo (Esc)"))
        self.done.clicked.connect(self.done_wanted)
        row.addWidget(self.truth_box)
        row.addWidget(self.kinds)
        row.addWidget(self._words, 1)
        for button in (self.region_button, self.blind_button, self.side_button, self.done):
            row.addWidget(button)
        return bar

    def _choose_region(self, on: bool) -> None:
        self.link.choosing = on
        if on:
            self.show_page("measures")


def _scrolled(page: QWidget) -> Column:
    page.setObjectName("panelsBody")
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return Column(page, _SIDE_WIDTH)


def _tool(tip: str, name: str) -> QToolButton:
    button = QToolButton()
    button.setCheckable(True)
    button.setIconSize(QSize(18, 18))
    button.setToolTip(tip)
    button.setAccessibleName(name)
    return button


class _Empty(QWidget):
    """What is shown when nothing is chosen to be compared."""

    def __init__(self) -> None:
        super().__init__()
        title = QLabel(self.tr("Nothing to compare yet"))
        title.setProperty("role", "heading")
        text = QLabel(
            self.tr("Tick models or edits in the list at the right, and their results appear here.")
        )
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
