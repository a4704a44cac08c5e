"""One pixel of the photo in all pictures: its values, and how far each is from the truth.

Invariant: values are of what is seen; where a picture has fewer pixels than the photo they are
of the mean around the pixel.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from colordesk.ui.canvas.frame import Frame, Shown
from colordesk.ui.compare.entry import Entry, Role
from colordesk.ui.compare.table import Table
from colordesk.ui.i18n import figure
from colordesk.ui.theme import Theme

Probe = tuple[int, int]
_ROW_HEIGHT = 23


@dataclass(frozen=True)
class Pixel:
    """The values of one pixel in one picture."""

    rgb: tuple[int, int, int]
    lab: tuple[float, float, float]
    delta_e: float | None
    """CIEDE2000 against the truth; None where that is not known."""

    def line(self) -> str:
        """Return the values in one short line."""
        text = "L {}  a {}  b {}".format(*(_plain(value, 0) for value in self.lab))
        return text if self.delta_e is None else f"{text}  ΔE {figure(f'{self.delta_e:.1f}')}"


def _plain(value: float, digits: int) -> str:
    """Return a number without a minus before zero."""
    text = f"{value:.{digits}f}"
    return text.removeprefix("-") if float(text) == 0 else text


def read_pixels(
    probe: Probe, entries: Sequence[Entry], pictures: Mapping[str, Shown]
) -> dict[str, Pixel]:
    """Return what is at a pixel of the photo in every picture that is there, by key."""
    import numpy as np

    from colordesk.metrics.lab import ciede2000, lab_of

    found = {e.key: _colour(pictures[e.key], probe) for e in entries if e.key in pictures}
    if not found:
        return {}
    labs = lab_of(np.array([list(found.values())], np.uint8))
    place = {key: index for index, key in enumerate(found)}
    true = next((e.key for e in entries if e.role is Role.TRUTH and e.key in found), None)
    apart: list[float] | None = None
    if true is not None:
        truth = tuple(np.full_like(plane, plane[0, place[true]]) for plane in labs)
        apart = ciede2000(labs, (truth[0], truth[1], truth[2]))[0].tolist()
    return {
        key: Pixel(
            rgb,
            (float(labs[0][0, i]), float(labs[1][0, i]), float(labs[2][0, i])),
            apart[i] if apart is not None and key != true else None,
        )
        for (key, rgb), i in zip(found.items(), place.values(), strict=True)
    }


def _colour(shown: Shown, probe: Probe) -> tuple[int, int, int]:
    part = shown.part
    colour = _at(part, probe) if part is not None else None
    colour = colour or _at(shown.whole, probe) or QColor()
    return colour.red(), colour.green(), colour.blue()


def _at(frame: Frame, probe: Probe) -> QColor | None:
    left, top, right, bottom = frame.part
    if not (left <= probe[0] < right and top <= probe[1] < bottom):
        return None
    width, height = frame.size
    x = int((probe[0] - left + 0.5) * width / (right - left))
    y = int((probe[1] - top + 0.5) * height / (bottom - top))
    return frame.levels[0].pixelColor(min(x, width - 1), min(y, height - 1))


class Inspector(QWidget):
    """The values of one pixel as a table, one row a picture.

    Args:
        theme: for the colours.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.heading = QLabel()
        self.heading.setProperty("role", "heading")
        self.table = Table(self.tr("Values of one pixel"), _ROW_HEIGHT)
        self.table.setMinimumHeight(5 * _ROW_HEIGHT)
        self.table.setColumnCount(5)
        self.table.setHorizontalHeaderLabels(
            ["", self.tr("R G B"), self.tr("L*  a*  b*"), self.tr("ΔE"), ""]
        )
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        header = self.table.horizontalHeader()
        header.setMinimumSectionSize(18)
        header.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 10)
        column.setSpacing(6)
        column.addWidget(self.heading)
        column.addWidget(self.table, 1)
        self.set_pixels(None, (), {})

    def set_pixels(
        self, probe: Probe | None, entries: Sequence[Entry], pixels: Mapping[str, Pixel]
    ) -> None:
        """Show the values at a pixel, or how to choose one."""
        if probe is None:
            self.heading.setText(self.tr("Pixel: point at a picture, or Alt and arrows"))
        else:
            self.heading.setText(self.tr("Pixel {x}, {y}").format(x=probe[0], y=probe[1]))
        self.table.setRowCount(len(entries))
        for row, entry in enumerate(entries):
            head = QTableWidgetItem(str(entry.number) if entry.number else entry.title[:8])
            head.setToolTip(entry.title)
            if entry.number:
                head.setForeground(QBrush(self._theme.series(entry.number)))
            self.table.setVerticalHeaderItem(row, head)
            pixel = pixels.get(entry.key)
            texts = ["", "", "", "", ""]
            if pixel is not None:
                texts[1] = "{:3d} {:3d} {:3d}".format(*pixel.rgb)
                texts[2] = figure("  ".join(_plain(value, 1) for value in pixel.lab))
                texts[3] = "" if pixel.delta_e is None else figure(f"{pixel.delta_e:.1f}")
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                item.setToolTip(entry.title)
                if column == 0 and pixel is not None:
                    item.setBackground(QBrush(QColor(*pixel.rgb)))
                self.table.setItem(row, column, item)
