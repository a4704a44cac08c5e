"""The measures of all pictures as a table: one row a measure, one column a picture.

Invariant: the best result of a row is marked only where one is really better than another.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import QCheckBox, QLabel, QTableWidgetItem, QVBoxLayout, QWidget

from colordesk.ui.compare.entry import Entry, Role
from colordesk.ui.compare.judging import Judgement
from colordesk.ui.compare.measure_words import explained, shown, title
from colordesk.ui.compare.table import Table
from colordesk.ui.theme import Theme

if TYPE_CHECKING:
    from colordesk.metrics.definition import Definition

SHORT = (
    "ciede2000",
    "psnr",
    "psnr_ab",
    "ssim",
    "auc_balanced",
    "colourfulness",
    "delta_colourfulness",
    "saturation_bias",
    "histogram_truth",
    "gray_share",
    "cast",
    "patchiness",
    "bleeding",
)
"""Measures that say most to most people."""
_LABEL_WIDTH, _ROW_HEIGHT = 128, 25
_ARROWS = {"lower": "↓", "higher": "↑", "truth": "≈", "zero": "→0"}


class Figures(QWidget):
    """The table.

    Args:
        theme: for the colours.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._entries: tuple[Entry, ...] = ()
        self._judgements: dict[str, Judgement] = {}
        self._rows: list[Definition] = []
        self.table = Table(self.tr("Measures"), _ROW_HEIGHT, _LABEL_WIDTH)
        self.table.setMinimumHeight(8 * _ROW_HEIGHT)
        self.table.horizontalHeader().setMinimumSectionSize(44)
        labels = self.table.verticalHeader()
        labels.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.all_box = QCheckBox(self.tr("All measures, those of the papers as well"))
        self.all_box.toggled.connect(self._show)
        self.note = QLabel()
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 8)
        column.setSpacing(8)
        column.addWidget(self.table, 1)
        column.addWidget(self.all_box)
        column.addWidget(self.note)
        theme.changed.connect(self._show)

    def set_judgements(self, entries: Sequence[Entry], judgements: Mapping[str, Judgement]) -> None:
        """Show what is known of these pictures.

        Args:
            entries: the pictures, in order.
            judgements: by key, of those that are measured.
        """
        results = [entry for entry in entries if entry.role is Role.RESULT]
        others = [entry for entry in entries if entry.role is not Role.RESULT]
        self._entries, self._judgements = (*results, *others), dict(judgements)
        self._show()

    def _show(self) -> None:
        if not self._entries:
            return
        from colordesk.metrics.table import MEASURES

        has_truth = any(entry.role is Role.TRUTH for entry in self._entries)
        ids = list(MEASURES) if self.all_box.isChecked() else list(SHORT)
        self._rows = [MEASURES[id] for id in ids if has_truth or not MEASURES[id].needs_truth]
        table = self.table
        table.clear()
        table.setRowCount(len(self._rows))
        table.setColumnCount(len(self._entries))
        for column, entry in enumerate(self._entries):
            table.setHorizontalHeaderItem(column, self._head(entry))
        for row, definition in enumerate(self._rows):
            table.setVerticalHeaderItem(row, self._label(definition))
            best = self.best(definition)
            for column, entry in enumerate(self._entries):
                table.setItem(row, column, self._cell(definition, entry, entry.key in best))
        self.note.setText(self._advice(has_truth))

    def best(self, definition: Definition) -> set[str]:
        """Return the keys of the best results by a measure; none if they are all alike."""
        return best_results(definition, self._entries, self._judgements)

    def _head(self, entry: Entry) -> QTableWidgetItem:
        item = QTableWidgetItem(str(entry.number) if entry.number else entry.title)
        item.setToolTip(entry.title)
        font = item.font()
        font.setBold(True)
        item.setFont(font)
        if entry.number:
            item.setForeground(QBrush(self._theme.series(entry.number)))
        return item

    def _label(self, definition: Definition) -> QTableWidgetItem:
        item = QTableWidgetItem(f"{_ARROWS[definition.better]} {title(definition)}")
        item.setToolTip(explained(definition))
        return item

    def _cell(self, definition: Definition, entry: Entry, best: bool) -> QTableWidgetItem:
        judgement = self._judgements.get(entry.key)
        value = judgement.values.get(definition.id) if judgement else None
        text = "…" if judgement is None else "" if value is None else shown(definition, value)
        item = QTableWidgetItem(f"★ {text}" if best else text)
        item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        spoken = self.tr("{title}, {measure}: {value}").format(
            title=entry.title, measure=title(definition), value=text or "–"
        )
        if best:
            spoken = self.tr("{text}, the best").format(text=spoken)
            font = item.font()
            font.setBold(True)
            item.setFont(font)
            item.setForeground(QBrush(self._theme.colour("accent")))
        elif entry.role is not Role.RESULT:
            item.setForeground(QBrush(self._theme.colour("muted")))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        item.setToolTip(f"{spoken}\n\n{explained(definition)}")
        return item

    def _advice(self, has_truth: bool) -> str:
        sizes = {judgement.size for judgement in self._judgements.values()}
        measured = ""
        if len(sizes) == 1:
            width, height = sizes.pop()
            measured = self.tr("Measured on {width} x {height} pixels.").format(
                width=width, height=height
            )
        if has_truth:
            legend = self.tr(
                "↓ lower is better, ↑ higher, ≈ nearer to the truth, →0 nearer to 0; "
                "★ the best result."
            )
        else:
            legend = self.tr(
                "Without true colours only the results themselves can be measured, and no one is "
                "called the best. Choose true colours above to judge them."
            )
        return f"{legend} {measured}".strip()


def best_results(
    definition: Definition, entries: Sequence[Entry], judgements: Mapping[str, Judgement]
) -> set[str]:
    """Return the keys of the best results by a measure.

    It is empty as long as not all are measured, if they are all alike to the digits that are
    shown, or if there is nothing to judge them by.
    """
    results = [entry for entry in entries if entry.role is Role.RESULT]
    truth = next((entry for entry in entries if entry.role is Role.TRUTH), None)
    if truth is None or len(results) < 2:
        return set()
    true = judgements.get(truth.key)
    of_truth = true.values.get(definition.id) if true else None
    digits: dict[str, str] = {}
    distances: dict[str, float] = {}
    for entry in results:
        judgement = judgements.get(entry.key)
        value = judgement.values.get(definition.id, math.nan) if judgement else math.nan
        distances[entry.key] = definition.distance(value, of_truth)
        digits[entry.key] = definition.shown(value)
    if any(math.isnan(distance) for distance in distances.values()):
        return set()
    winner = min(distances, key=lambda key: distances[key])
    best = {key for key in digits if digits[key] == digits[winner]}
    return best if len(best) < len(results) else set()
