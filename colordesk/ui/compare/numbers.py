"""Keeps all numbers in step with the pictures: tables, the lines below the pictures, the plots.

Invariant: every number that is shown belongs to the entries last set.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from colordesk.ui.compare.comparison import Comparison
from colordesk.ui.compare.entry import Entry, Role
from colordesk.ui.compare.figures import best_results
from colordesk.ui.compare.inspector import Pixel, read_pixels
from colordesk.ui.compare.judging import Judgement, Judging
from colordesk.ui.compare.measure_words import explained, shown
from colordesk.ui.compare.view import CompareView

if TYPE_CHECKING:
    from colordesk.photo import Photo

_HEADLINES = (("ciede2000", "ΔE"), ("psnr", "PSNR"), ("colourfulness", "Col"))
_PAUSE_MS = 30  # several judgements and steps of the mouse at once are shown once


class Numbers(QObject):
    """The wiring between what is measured and where it is shown.

    Args:
        judging: measures.
        comparison: has the pictures for the pixel under the cursor.
        view: shows.
    """

    def __init__(self, judging: Judging, comparison: Comparison, view: CompareView) -> None:
        super().__init__()
        self._judging, self._comparison, self._view = judging, comparison, view
        self._entries: tuple[Entry, ...] = ()
        self._pair: tuple[Photo, Photo | None] | None = None
        self.judgements: dict[str, Judgement] = {}
        """Key -> what is known of that picture."""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._show)
        judging.judged.connect(self._judged)
        judging.failed.connect(self._failed)
        comparison.shown.connect(lambda key, shown: self._pause.start())
        view.link.probed.connect(self._pause.start)
        view.link.region_changed.connect(self._ask)

    def set_entries(self, photo: Photo, truth: Photo | None, entries: Sequence[Entry]) -> None:
        """Show the numbers of other pictures."""
        same = self._pair == (photo, truth)
        old = {entry.key: entry.edit for entry in self._entries} if same else {}
        self._pair, self._entries = (photo, truth), tuple(entries)
        self.judgements = {
            entry.key: self.judgements[entry.key]
            for entry in entries
            if entry.key in self.judgements and old.get(entry.key) == entry.edit
        }
        self._ask()

    def stop(self) -> None:
        """Show nothing."""
        self._judging.stop()
        self._pause.stop()
        self._pair, self._entries, self.judgements = None, (), {}

    def truth_is_dull(self) -> bool:
        """Whether the truth has so little colour that judging by it rewards gray."""
        truth = next((e.key for e in self._entries if e.role is Role.TRUTH), "")
        judgement = self.judgements.get(truth)
        return judgement is not None and judgement.values["gray_share"] > 97

    def _ask(self) -> None:
        if self._pair is not None:
            self._judging.ask(*self._pair, self._entries, self._view.link.region)
            self._pause.start()

    def _judged(self, key: str, judgement: Judgement) -> None:
        if any(entry.key == key for entry in self._entries):
            self.judgements[key] = judgement
            self._pause.start()

    def _failed(self, key: str, error: Exception) -> None:
        self.judgements.pop(key, None)  # its picture says why
        self._pause.start()

    def _show(self) -> None:
        view, entries = self._view, self._entries
        if not entries:
            return
        pixels: dict[str, Pixel] = {}
        if view.link.probe is not None:
            pixels = read_pixels(view.link.probe, entries, self._comparison.pictures)
        for entry in entries:
            tile = view.grid.tiles.get(entry.key)
            if tile is None:
                continue
            if (pixel := pixels.get(entry.key)) is not None:
                tile.set_footer(pixel.line(), self.tr("Values of one pixel"))
            else:
                tile.set_footer(*self._headline(entry))
        view.inspector.set_pixels(view.link.probe, entries, pixels)
        view.figures.set_judgements(entries, self.judgements)
        view.plots.set_judgements(entries, self.judgements)
        view.set_doubt(self.truth_is_dull())

    def _headline(self, entry: Entry) -> tuple[str, str]:
        """Return the line below a picture and what it means."""
        judgement = self.judgements.get(entry.key)
        if judgement is None:
            return "", ""
        from colordesk.metrics.table import MEASURES

        parts, tips = [], []
        for id, short in _HEADLINES:
            value = judgement.values.get(id)
            if value is None:
                continue
            definition = MEASURES[id]
            best = entry.key in best_results(definition, self._entries, self.judgements)
            parts.append(f"{short} {shown(definition, value)}{' ★' * best}")
            tips.append(explained(definition))
        return "   ".join(parts), "\n\n".join(tips)
