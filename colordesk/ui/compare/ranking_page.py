"""The page that ranks models over all open photos: a table, box plots, and the worst photos.

Invariant: it shows what it was given; `Ranking` gets it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from colordesk.ui.compare.chart import dress, make_chart
from colordesk.ui.compare.figures import SHORT
from colordesk.ui.compare.measure_words import explained, shown, title
from colordesk.ui.compare.table import Table
from colordesk.ui.i18n import figure
from colordesk.ui.theme import Theme
from colordesk.ui.widgets.choice import Choice

if TYPE_CHECKING:
    from colordesk.compare.run import Outcome
    from colordesk.compare.summary import Summary

_LABEL_WIDTH = 112
_WORST = 200  # more rows than anyone looks through


class RankingPage(QWidget):
    """Ranking over many photos.

    Args:
        theme: for the colours.
    """

    start_wanted = Signal()
    cancel_wanted = Signal()
    photo_wanted = Signal(object)
    """The path of a photo to look at."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._outcome: Outcome | None = None
        self._summary: Summary | None = None
        self._titles: dict[str, str] = {}
        self._worst: list[Path] = []
        self._chart: Any = None
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setProperty("role", "muted")
        self.start_button = QPushButton(self.tr("Rank the models"))
        self.start_button.setToolTip(self.tr("Judge all open photos by their own colours"))
        self.start_button.clicked.connect(self.start_wanted)
        self.cancel_button = QPushButton(self.tr("Stop"))
        self.cancel_button.setToolTip(self.tr("What was measured is kept and not measured again"))
        self.cancel_button.clicked.connect(self.cancel_wanted)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the ranking"))
        self.measure_box = Choice(self.tr("Measure"))
        self.measure_box.currentIndexChanged.connect(self._show)
        self.table = Table(self.tr("Ranking of the models"), 24, _LABEL_WIDTH)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setMinimumHeight(24 * 5 + 44)
        self.model_box = Choice(self.tr("Model whose worst photos are listed"))
        self.model_box.currentIndexChanged.connect(self._show_worst)
        self.photos = Table(self.tr("Photos, the worst first"), 22)
        self.photos.verticalHeader().hide()
        self.photos.setMinimumHeight(22 * 6 + 34)
        self.photos.horizontalHeader().setStretchLastSection(True)
        self.photos.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.photos.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.photos.activated.connect(
            lambda index: self.photo_wanted.emit(self._worst[index.row()])
        )
        self._room = QVBoxLayout()
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for widget in (self.start_button, self.cancel_button):
            buttons.addWidget(widget)
        buttons.addWidget(self.bar, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(8)
        column.addLayout(buttons)
        column.addWidget(self.words)
        column.addWidget(self.measure_box)
        column.addWidget(self.table, 3)
        column.addLayout(self._room, 4)
        column.addWidget(self.model_box)
        column.addWidget(self.photos, 3)
        column.addStretch(0)  # so that words that are alone stand at the top
        self._results = (self.measure_box, self.table, self.model_box, self.photos)
        for control in self._results:
            control.hide()
        self.set_running(False)
        theme.changed.connect(self._show)

    @property
    def judged(self) -> int:
        """How many photos the ranking that is shown is of."""
        return len(self._summary.photos) if self._summary else 0

    def say(self, text: str, details: str = "") -> None:
        """Show what is ranked, or why it cannot be; the details are seen on hovering."""
        self.words.setText(text)
        self.words.setToolTip(details)

    def clear(self) -> None:
        """Show no ranking."""
        self._outcome = self._summary = None
        for control in self._results:
            control.hide()
        if self._chart is not None:
            self._chart.hide()

    def set_running(self, on: bool) -> None:
        """Show that it goes on, with a way to stop it."""
        self.start_button.setVisible(not on)
        self.cancel_button.setVisible(on)
        self.bar.setVisible(on)

    def set_progress(self, done: int, count: int) -> None:
        """Show how many photos are done."""
        self.bar.setRange(0, max(count, 1))
        self.bar.setValue(done)

    def set_result(self, outcome: Outcome, summary: Summary, titles: Mapping[str, str]) -> None:
        """Show a ranking.

        Args:
            outcome: all scores.
            summary: what they say together.
            titles: of the contestants.
        """
        self._outcome, self._summary, self._titles = outcome, summary, dict(titles)
        for control in self._results:
            control.show()
        if self._chart is not None:
            self._chart.show()
        for box, items in (
            (self.measure_box, [(title(d), d.id) for d in summary.definitions if d.id in SHORT]),
            (self.model_box, [(self._worst_of(name), name) for name in summary.contestants]),
        ):
            chosen = box.currentData()
            box.blockSignals(True)
            box.clear()
            for text, data in items:
                box.addItem(text, data)
            box.setCurrentIndex(max(box.findData(chosen), 0))
            box.blockSignals(False)
        self._show()

    def _worst_of(self, name: str) -> str:
        return self.tr("Worst photos of {model}").format(model=self._titles.get(name, name))

    def _show(self) -> None:
        summary, outcome = self._summary, self._outcome
        id = self.measure_box.currentData()
        if summary is None or outcome is None or id is None:
            return
        definition = next(d for d in summary.definitions if d.id == id)
        self.measure_box.setToolTip(explained(definition))
        best = summary.best(id)
        heads = [
            self.tr("Mean"),
            self.tr("95 %"),
            self.tr("> gray"),
            self.tr("Time"),
            self.tr("Median"),
        ]
        self.table.clear()
        self.table.setColumnCount(len(heads))
        self.table.setRowCount(len(summary.contestants))
        self.table.setMaximumHeight(24 * max(len(summary.contestants), 5) + 50)
        self.table.setHorizontalHeaderLabels(heads)
        for row, name in enumerate(_from_best(summary, id)):
            number = summary.contestants.index(name) + 1
            label = QTableWidgetItem(f"{number} {self._titles.get(name, name)}")
            label.setForeground(QBrush(self._theme.series(number)))
            self.table.setVerticalHeaderItem(row, label)
            found = summary.statistics[name, id]
            low, high = shown(definition, found.low), shown(definition, found.high)
            wins = "" if math.isnan(found.beats_gray) else f"{100 * found.beats_gray:.0f} %"
            seconds = summary.seconds.get(name)
            texts = (
                ("★ " if name == best else "") + shown(definition, found.mean),
                f"{low}–{high}",
                wins,
                "" if seconds is None else figure(f"{seconds:.1f} s"),
                shown(definition, found.median),
            )
            tip = self.tr("> gray: share of the photos that come out better than gray")
            tip += "\n" + self.tr("Time: of one photo, median")
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(f"{label.text()}\n{explained(definition)}\n{tip}")
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                if name == best:
                    item.setForeground(QBrush(self._theme.colour("accent")))
                self.table.setItem(row, column, item)
        self._draw(outcome, summary.photos, id, title(definition))
        self._show_worst()

    def _draw(self, outcome: Outcome, photos: Sequence[Path], id: str, title: str) -> None:
        import pyqtgraph

        if self._chart is None:
            self._chart = make_chart(self.tr("Box plots of the models"))
            self._room.addWidget(self._chart)
        chart = self._chart
        dress(chart, self._theme, "", title)
        chart.setMouseEnabled(x=False, y=True)
        ticks = []
        for number, name in enumerate(outcome.contestants, 1):
            values = [outcome.scores[photo, name].values.get(id, math.nan) for photo in photos]
            values = [value for value in values if math.isfinite(value)]
            ticks.append((number, str(number)))
            if not values:
                continue
            box = Box(values)
            colour = self._theme.series(number)
            pen = pyqtgraph.mkPen(colour, width=1.8)
            faint = self._theme.series(number)
            faint.setAlpha(70)
            chart.addItem(
                pyqtgraph.BarGraphItem(
                    x=[number], width=0.5, y0=[box.low], y1=[box.high], pen=pen, brush=faint
                )
            )
            chart.plot([number - 0.25, number + 0.25], [box.median] * 2, pen=pen)
            for start, stop in ((box.least, box.low), (box.high, box.most)):
                chart.plot([number, number], [start, stop], pen=pen)
            if box.outliers:
                chart.plot(
                    [number] * len(box.outliers),
                    list(box.outliers),
                    pen=None,
                    symbol="o",
                    symbolSize=4,
                    symbolPen=None,
                    symbolBrush=colour,
                )
        chart.getAxis("bottom").setTicks([ticks])
        chart.autoRange()

    def _show_worst(self) -> None:
        summary, outcome = self._summary, self._outcome
        id, name = self.measure_box.currentData(), self.model_box.currentData()
        if summary is None or outcome is None or id is None or name is None:
            return
        from colordesk.compare.summary import distances

        definition = next(d for d in summary.definitions if d.id == id)
        apart = distances(outcome, summary.photos, name, definition).tolist()
        ranked = sorted(
            zip(apart, summary.photos, strict=True),
            key=lambda pair: -math.inf if math.isnan(pair[0]) else pair[0],
            reverse=True,
        )
        self._worst = [photo for _, photo in ranked[:_WORST]]
        self.photos.setColumnCount(2)
        self.photos.setHorizontalHeaderLabels([self.tr("Photo"), title(definition)])
        self.photos.setRowCount(len(self._worst))
        for row, photo in enumerate(self._worst):
            value = outcome.scores[photo, name].values.get(id, math.nan)
            for column, text in enumerate((photo.name, shown(definition, value))):
                item = QTableWidgetItem(text)
                item.setToolTip(self.tr("{path}: Enter opens it").format(path=photo))
                self.photos.setItem(row, column, item)


def _from_best(summary: Summary, id: str) -> list[str]:
    """Return the contestants by how near to the best value of a measure they are."""
    off = {name: summary.statistics[name, id].off for name in summary.contestants}
    return sorted(off, key=lambda name: math.inf if math.isnan(off[name]) else off[name])


class Box:
    """A box plot of some values (Tukey 1977): quartiles, whiskers to 1.5 times their distance.

    Args:
        values: at least one, finite.
    """

    def __init__(self, values: Sequence[float]) -> None:
        import numpy as np

        quartiles = np.percentile(np.asarray(values), (25, 50, 75)).tolist()
        self.low, self.median, self.high = quartiles
        reach = 1.5 * (self.high - self.low)
        inside = [v for v in values if self.low - reach <= v <= self.high + reach]
        self.least, self.most = min(inside), max(inside)
        self.outliers = tuple(v for v in values if v < self.least or v > self.most)
