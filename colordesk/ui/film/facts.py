"""What the film at hand is: its clip under the playhead, and what its file told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from colordesk.ui.film.clock import time_text
from colordesk.ui.film.reel import Reel
from colordesk.ui.i18n import figure
from colordesk.ui.icons import Icons
from colordesk.ui.widgets.facts import Facts

if TYPE_CHECKING:
    from colordesk.video.clip import Clip


translate = QCoreApplication.translate


class FactsPanel(Facts):
    """Name, size, rate, codec, length and sound of a film.

    Args:
        icons: for the section.
    """

    def __init__(self, icons: Icons) -> None:
        super().__init__(translate("FactsPanel", "Film"), icons)

    def show_film(self, reel: Reel) -> None:
        """Describe the clip under the playhead."""
        clip = reel.clip
        if clip is None:
            return
        count = reel.stretches[reel.number].count
        self.tell(clip.path.name, str(clip.path), "\n".join(self._told(clip, count)))

    def _told(self, clip: Clip, count: int) -> list[str]:
        size = self.tr("{width} × {height}").format(width=clip.width, height=clip.height)
        frames = self.tr("{rate} frames/s").format(rate=figure(clip.rate_text))
        if clip.varying:
            frames += " " + self.tr("(varying)")
        length = self.tr("{time} ({count} frames)").format(
            time=time_text(count / clip.rate), count=count
        )
        stored = self.tr("{codec}, {bits} bit, {chroma}").format(
            codec=clip.codec, bits=clip.encoding.bits, chroma=clip.chroma
        )
        sound = [other.split(" ", 1)[-1] for other in clip.others if other.startswith("audio")]
        facts = [
            f"{size} · {frames}",
            length,
            stored,
            self.tr("Sound: {codecs}").format(codecs=", ".join(sound))
            if sound
            else self.tr("No sound"),
        ]
        if clip.torn:
            pieces = self.tr("Recording of {count} pieces, shown as one")
            facts.append(pieces.format(count=len(clip.torn.pieces)))
        if clip.interlaced:
            facts.append(self.tr("Interlaced: its frames are made whole"))
        return facts
