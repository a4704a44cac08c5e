"""Plots of how colours are spread: a*b* histograms, the chromaticity plane, saturation curves.

Nothing is drawn, and nothing loaded for drawing, before somebody looks.
Invariant: a picture has the colour of its number in every plot; the truth is drawn dashed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from colordesk.ui.compare.chart import dress, make_chart
from colordesk.ui.compare.entry import Entry, Role
from colordesk.ui.compare.judging import Judgement
from colordesk.ui.theme import Theme
from colordesk.ui.widgets.choice import Choice

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LEAST_SHARE = 1e-6


class Plots(QWidget):
    """Three kinds of plots, one at a time.

    Args:
        theme: for the colours.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._entries: tuple[Entry, ...] = ()
        self._judgements: dict[str, Judgement] = {}
        self._plots: list[Any] = []
        self.kind_box = Choice(self.tr("Plot"))
        self.kind_box.addItem(self.tr("Saturation: share of pixels by chroma"), "chroma")
        self.kind_box.addItem(self.tr("Saturation: chroma by lightness"), "lightness")
        self.kind_box.addItem(self.tr("Histograms of a* and b*"), "histograms")
        self.kind_box.addItem(self.tr("Chromaticity: the a*b* plane"), "plane")
        self.kind_box.currentIndexChanged.connect(self._show)
        self.entry_box = Choice(self.tr("Picture"))
        self.entry_box.currentIndexChanged.connect(self._show)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setProperty("role", "muted")
        self._room = QVBoxLayout()
        self._room.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(8)
        column.addWidget(self.kind_box)
        column.addWidget(self.entry_box)
        column.addLayout(self._room, 1)
        column.addWidget(self.note)
        theme.changed.connect(self._show)

    def set_judgements(self, entries: Sequence[Entry], judgements: Mapping[str, Judgement]) -> None:
        """Plot other pictures.

        Args:
            entries: the pictures, in order.
            judgements: by key, of those that are measured.
        """
        same = dict(judgements) == self._judgements and tuple(entries) == self._entries
        if same:
            return
        chosen = self.entry_box.currentData()
        if [e.key for e in entries] != [e.key for e in self._entries]:
            self.entry_box.blockSignals(True)
            self.entry_box.clear()
            for entry in entries:
                self.entry_box.addItem(entry.title, entry.key)
            self.entry_box.setCurrentIndex(max(self.entry_box.findData(chosen), 0))
            self.entry_box.blockSignals(False)
        self._entries, self._judgements = tuple(entries), dict(judgements)
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what came while nobody looked."""
        super().showEvent(event)
        self._show()

    def _show(self) -> None:
        if not self.isVisible():
            return
        kind = self.kind_box.currentData()
        self.entry_box.setVisible(kind == "plane")
        wanted = 2 if kind == "histograms" else 1
        while len(self._plots) > wanted:
            plot = self._plots.pop()
            plot.hide()
            plot.deleteLater()
        while len(self._plots) < wanted:
            self._plots.append(make_chart(self.tr("Plot")))
            self._room.addWidget(self._plots[-1], 1)
        {
            "chroma": self._plot_chroma,
            "lightness": self._plot_lightness,
            "histograms": self._plot_histograms,
            "plane": self._plot_plane,
        }[kind]()
        for plot in self._plots:
            plot.autoRange()

    def _pen(self, entry: Entry) -> Any:
        import pyqtgraph

        if entry.number:
            return pyqtgraph.mkPen(self._theme.series(entry.number), width=1.8)
        dashed = Qt.PenStyle.DashLine if entry.role is Role.TRUTH else Qt.PenStyle.DotLine
        return pyqtgraph.mkPen(self._theme.colour("text"), width=1.8, style=dashed)

    def _plot_chroma(self) -> None:
        import numpy as np

        from colordesk.ui.compare.statistics import BIN

        plot = self._plots[0]
        dress(plot, self._theme, self.tr("C*ab"), self.tr("% of pixels with at least this chroma"))
        for entry, judgement in self._known():
            share = judgement.spread.chroma
            plot.plot(np.arange(len(share)) * BIN, 100 * share, pen=self._pen(entry))
        self.note.setText(
            self.tr(
                "A curve below the truth (dashed) is too dull, one above it too vivid. {numbers}"
            ).format(numbers=self._numbers())
        )

    def _plot_lightness(self) -> None:
        import numpy as np

        plot = self._plots[0]
        dress(plot, self._theme, self.tr("L*"), self.tr("mean C*ab"))
        for entry, judgement in self._known():
            mean = judgement.spread.by_lightness
            middle = (np.arange(len(mean)) + 0.5) * (100 / len(mean))
            plot.plot(middle, mean, pen=self._pen(entry), connect="finite")
        self.note.setText(
            self.tr("How much colour shadows, mid-tones and highlights have. {numbers}").format(
                numbers=self._numbers()
            )
        )

    def _plot_histograms(self) -> None:
        import numpy as np

        from colordesk.ui.compare.statistics import BIN, LIMIT

        middle = np.arange(-LIMIT, LIMIT, BIN) + BIN / 2
        names = ("a*", "b*")
        for axis, (plot, name) in enumerate(zip(self._plots, names, strict=True)):
            dress(plot, self._theme, name, self.tr("share of pixels, log"))
            plot.setLogMode(x=False, y=True)
            for entry, judgement in self._known():
                share = np.maximum(judgement.spread.ab.sum(axis=1 - axis), _LEAST_SHARE)
                plot.plot(middle, share, pen=self._pen(entry))
        self.note.setText(
            self.tr(
                "Steep sides mean that strong colours are missing, the usual failing of "
                "colorizers. {numbers}"
            ).format(numbers=self._numbers())
        )

    def _plot_plane(self) -> None:
        import pyqtgraph

        from colordesk.ui.compare.statistics import LIMIT

        plot = self._plots[0]
        dress(plot, self._theme, "a*", "b*")
        plot.setAspectLocked(True)
        judgement = self._judgements.get(self.entry_box.currentData())
        if judgement is None:
            return
        item = pyqtgraph.ImageItem(_painted(judgement.spread.ab), axisOrder="row-major")
        item.setRect(QRectF(-LIMIT, -LIMIT, 2 * LIMIT, 2 * LIMIT))
        plot.addItem(item)
        pen = pyqtgraph.mkPen(QColor(self._theme.colour("groove")))
        for angle in (0, 90):
            plot.addItem(pyqtgraph.InfiniteLine((0, 0), angle=angle, pen=pen))
        self.note.setText(
            self.tr("Where the picture's colours lie; the more pixels, the more opaque.")
        )

    def _known(self) -> list[tuple[Entry, Judgement]]:
        return [(e, self._judgements[e.key]) for e in self._entries if e.key in self._judgements]

    def _numbers(self) -> str:
        """Say which line is which, for those who do not tell colours apart."""
        return " ".join(f"{e.number} {e.title}." for e in self._entries if e.number)


def _painted(ab: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return the a*b* plane in its colours, opaque where many pixels are; rows are b*."""
    import cv2
    import numpy as np

    from colordesk.ui.compare.statistics import BIN, LIMIT

    middle = np.arange(-LIMIT, LIMIT, BIN) + BIN / 2
    a, b = np.meshgrid(middle, middle)
    lab = np.stack([np.full_like(a, 65), a, b], axis=2).astype(np.float32)
    rgb = np.clip(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB), 0, 1)
    share = ab.T
    some = np.log10(np.maximum(share, _LEAST_SHARE) / _LEAST_SHARE) / 4
    alpha = np.where(share > 0, np.clip(0.15 + some, 0, 1), 0)
    return np.asarray(np.dstack([rgb, alpha]) * 255 + 0.5, np.uint8)
