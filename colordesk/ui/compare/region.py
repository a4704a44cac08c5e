"""The part of the photo that is measured, as numbers; the pictures let it be drawn."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QWidget,
)

from colordesk.ui.compare.link import Link


class RegionEditor(QWidget):
    """Left, top, width and height of the region.

    Args:
        link: has the region.
    """

    def __init__(self, link: Link) -> None:
        super().__init__()
        self._link = link
        self.heading = QLabel()
        self.heading.setProperty("role", "heading")
        self.whole_button = QPushButton(self.tr("Whole photo"))
        self.whole_button.setToolTip(self.tr("Measure the whole photo again"))
        self.whole_button.clicked.connect(lambda: link.set_region(None))
        self.boxes: dict[str, QSpinBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 6, 14, 8)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        grid.addWidget(self.heading, 0, 0, 1, 2)
        grid.addWidget(self.whole_button, 0, 2, 1, 2, Qt.AlignmentFlag.AlignRight)
        names = {
            "left": (self.tr("X "), self.tr("Left edge of the region, in pixels")),
            "top": (self.tr("Y "), self.tr("Top edge of the region, in pixels")),
            "width": (self.tr("W "), self.tr("Width of the region, in pixels")),
            "height": (self.tr("H "), self.tr("Height of the region, in pixels")),
        }
        for column, (name, (letter, tip)) in enumerate(names.items()):
            box = QSpinBox()
            box.setKeyboardTracking(False)
            box.setPrefix(letter)
            box.setAccessibleName(tip)
            box.setToolTip(tip)
            box.setMinimumWidth(60)
            box.lineEdit().setTextMargins(6, 0, 0, 0)  # see `preferences`
            box.valueChanged.connect(self._typed)
            grid.addWidget(box, 1, column)
            self.boxes[name] = box
        link.region_changed.connect(self._show)
        link.moved.connect(self._show)
        self._show()

    def _show(self) -> None:
        width, height = self._link.size
        region = self._link.region or (0, 0, width, height)
        values = {
            "left": (region[0], 0, width - 1),
            "top": (region[1], 0, height - 1),
            "width": (region[2] - region[0], 1, width),
            "height": (region[3] - region[1], 1, height),
        }
        for name, (value, low, high) in values.items():
            box = self.boxes[name]
            box.blockSignals(True)
            box.setRange(low, high)
            box.setValue(value)
            box.blockSignals(False)
        whole = self._link.region is None
        self.heading.setText(self.tr("Measured: whole photo") if whole else self.tr("Region"))
        self.whole_button.setVisible(not whole)

    def _typed(self) -> None:
        left, top = self.boxes["left"].value(), self.boxes["top"].value()
        width, height = self.boxes["width"].value(), self.boxes["height"].value()
        if (left, top, width, height) == (0, 0, *self._link.size):
            self._link.set_region(None)
        else:
            self._link.set_region((left, top, left + width, top + height))
