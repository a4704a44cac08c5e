"""The page of the blind test: two pictures without names, a question, and at the end the tally.

Invariant: nothing on it tells which picture is which before the result is asked for.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from colordesk.ui.canvas.frame import Frame, Shown
from colordesk.ui.compare.entry import Entry
from colordesk.ui.compare.link import Link
from colordesk.ui.compare.pane import Pane
from colordesk.ui.compare.table import Table
from colordesk.ui.compare.tally import Tally
from colordesk.ui.theme import Theme

_GLANCE_MS = 1000  # as in Zhang, Isola, Efros 2016, 3.1


class BlindPage(QWidget):
    """Asks which of two pictures is the real one.

    Args:
        theme: for the colours.
    """

    answered = Signal(int)
    """The left picture (0) or the right one (1) was chosen."""
    skipped = Signal()
    result_wanted = Signal()
    left = Signal()
    """The test is over."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("compareSide")  # secondary text is not for the canvas colour
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.link = Link()
        self._frames: tuple[Frame, Frame] | None = None
        names = (self.tr("Left picture"), self.tr("Right picture"))
        self.panes = tuple(Pane(theme, self.link, name) for name in names)
        self.question = QLabel()
        font = self.question.font()
        font.setPointSizeF(font.pointSizeF() * 1.4)
        font.setBold(True)
        self.question.setFont(font)
        self.progress = QLabel()
        self.progress.setProperty("role", "muted")
        for label in (self.question, self.progress):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        texts = (self.tr("Left  (←)"), self.tr("Right  (→)"))
        self.buttons = tuple(QPushButton(text) for text in texts)
        self.skip_button = QPushButton(self.tr("Skip  (Space)"))
        self.result_button = QPushButton(self.tr("Show the result  (Esc)"))
        self.glance_box = QCheckBox(self.tr("Show each pair for one second only"))
        self.glance_box.setToolTip(self.tr("As in the test of Zhang, Isola and Efros 2016"))
        self.heading = QLabel()
        self.heading.setFont(font)
        self.table = Table(self.tr("Result of the blind test"), 28)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.meaning = QLabel()
        self.meaning.setWordWrap(True)
        self.meaning.setProperty("role", "muted")
        self.again_button = QPushButton(self.tr("Go on testing"))
        self.leave_button = QPushButton(self.tr("Back to the comparison"))
        self.leave_button.setProperty("primary", True)
        self._glance = QTimer(self)
        self._glance.setSingleShot(True)
        self._glance.setInterval(_GLANCE_MS)
        self._glance.timeout.connect(self._hide_pictures)
        self.stack = QStackedWidget()
        self._trial = self._build_trial()
        self.stack.addWidget(self._trial)
        self.stack.addWidget(self._build_result())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        for side, button in enumerate(self.buttons):
            button.clicked.connect(lambda _=False, side=side: self._answer(side))
        self.skip_button.clicked.connect(self._skip)
        self.result_button.clicked.connect(self.result_wanted)
        self.again_button.clicked.connect(self.show_trial)
        self.leave_button.clicked.connect(self.left)
        keys = (
            ("Left", lambda: self._answer(0)),
            ("Right", lambda: self._answer(1)),
            ("Space", self._skip),
            ("Escape", self._escape),
        )
        for key, slot in keys:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    @property
    def shows_result(self) -> bool:
        """Whether the tally is seen."""
        return self.stack.currentIndex() == 1

    def ask(self, question: str) -> None:
        """Begin, with the question of all trials."""
        self.question.setText(question)
        self.set_frames(None, "")
        self.again_button.setVisible(True)
        self.show_trial()

    def show_trial(self) -> None:
        """Show the two pictures."""
        self.stack.setCurrentIndex(0)
        self.panes[0].setFocus()

    def set_frames(self, frames: tuple[Frame, Frame] | None, progress: str) -> None:
        """Show two pictures, or that they are on their way."""
        self._frames = frames
        self._glance.stop()
        self.progress.setText(progress)
        for control in (*self.buttons, self.skip_button):
            control.setEnabled(frames is not None)
        if frames is None:
            for pane in self.panes:
                pane.show_picture(None)
                pane.set_note(self.tr("The next pair is on its way…"))
            return
        self.link.set_photo(*frames[0].part[2:])
        self._arrange()
        for pane, frame in zip(self.panes, frames, strict=True):
            pane.set_note("")
            pane.show_picture(Shown(frame, None))
        if self.glance_box.isChecked():
            self._glance.start()

    def show_result(
        self, entries: Sequence[Entry], tally: Tally, meaning: str, *, is_over: bool
    ) -> None:
        """Show how often each result was chosen.

        Args:
            entries: the results.
            tally: the answers.
            meaning: what the numbers say.
            is_over: whether all pairs were seen.
        """
        heads = [self.tr("Chosen"), self.tr("Share"), self.tr("95 % interval")]
        self.heading.setText(self.tr("Result of the blind test"))
        self.meaning.setText(meaning)
        self.table.clear()
        self.table.setColumnCount(len(heads))
        self.table.setHorizontalHeaderLabels(heads)
        self.table.setRowCount(len(entries))
        for row, entry in enumerate(entries):
            self.table.setVerticalHeaderItem(row, QTableWidgetItem(entry.title))
            trials, share = tally.shown.get(entry.key, 0), tally.share(entry.key)
            low, high = tally.interval(entry.key)
            texts = (
                self.tr("{taken} of {trials}").format(
                    taken=tally.taken.get(entry.key, 0), trials=trials
                ),
                "–" if math.isnan(share) else f"{100 * share:.0f} %",
                f"{100 * low:.0f}–{100 * high:.0f} %" if trials else "–",
            )
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                self.table.setItem(row, column, item)
        self.table.setFixedHeight(28 * len(entries) + 48)
        self.again_button.setVisible(not is_over)
        self.stack.setCurrentIndex(1)
        self.leave_button.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pictures."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        if (layout := self._trial.layout()) is not None:
            layout.activate()
        self.link.arrange(QSizeF(self.panes[0].size()), self.devicePixelRatioF())

    def _answer(self, side: int) -> None:
        if not self.shows_result and self._frames is not None:
            self.answered.emit(side)

    def _skip(self) -> None:
        if not self.shows_result and self._frames is not None:
            self.skipped.emit()

    def _escape(self) -> None:
        if self.shows_result:
            self.left.emit()
        else:
            self.result_wanted.emit()

    def _hide_pictures(self) -> None:
        for pane in self.panes:
            pane.show_picture(None)
            pane.set_note("?")

    def _build_trial(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        column.addWidget(self.question)
        column.addWidget(self.progress)
        pictures = QHBoxLayout()
        pictures.setSpacing(12)
        choices = QHBoxLayout()
        choices.setSpacing(12)
        for pane, button in zip(self.panes, self.buttons, strict=True):
            pictures.addWidget(pane, 1)
            button.setMinimumHeight(38)
            choices.addWidget(button, 1)
        column.addLayout(pictures, 1)
        column.addLayout(choices)
        foot = QHBoxLayout()
        foot.addWidget(self.glance_box)
        foot.addStretch(1)
        foot.addWidget(self.skip_button)
        foot.addWidget(self.result_button)
        column.addLayout(foot)
        return page

    def _build_result(self) -> QWidget:
        page = QWidget()
        body = QWidget()
        body.setMaximumWidth(640)
        column = QVBoxLayout(body)
        column.setSpacing(14)
        column.addStretch(1)
        column.addWidget(self.heading)
        column.addWidget(self.table)
        column.addWidget(self.meaning)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.again_button)
        foot.addWidget(self.leave_button)
        column.addLayout(foot)
        column.addStretch(2)
        row = QHBoxLayout(page)
        row.setContentsMargins(40, 40, 40, 40)
        row.addWidget(body)
        return page
