"""What the film at hand is, and how it is coloured over time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from colordesk.ui.film.clock import time_text
from colordesk.ui.film.reel import Reel
from colordesk.ui.icons import Icons
from colordesk.ui.widgets.elided import ElidedLabel
from colordesk.ui.widgets.section import Section
from colordesk.ui.widgets.slider import ValueSlider
from colordesk.video.treatment import Treatment

if TYPE_CHECKING:
    from colordesk.video.clip import Clip

_MOST_EVERY = 12  # more is for those who know why, on the command line


class FactsPanel(QWidget):
    """Name, size, rate, codec, length and sound of a film.

    Args:
        icons: for the section.
    """

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._name = ElidedLabel()
        self._facts = QLabel()
        self._facts.setProperty("role", "muted")
        self._facts.setWordWrap(True)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._name)
        column.addWidget(self._facts)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(Section(self.tr("Film"), body, icons))

    def show_film(self, reel: Reel) -> None:
        """Describe the clip under the playhead."""
        clip = reel.clip
        if clip is None:
            return
        self._name.setText(clip.path.name)
        self._name.setToolTip(str(clip.path))
        count = reel.stretches[reel.number].count
        self._facts.setText("\n".join(self._told(clip, count)))

    def text(self) -> str:
        """Return what is told of the film."""
        return self._facts.text()

    def _told(self, clip: Clip, count: int) -> list[str]:
        rate = f"{float(clip.rate):.3f}".rstrip("0").rstrip(".")
        size = self.tr("{width} × {height}").format(width=clip.width, height=clip.height)
        frames = self.tr("{rate} frames/s").format(rate=rate)
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
        if clip.interlaced:
            facts.append(self.tr("Interlaced: its frames are made whole"))
        return facts


class TimePanel(QWidget):
    """How steady the colours are, how many frames the model sees, and how much grain stays.

    Args:
        icons: for the reset button.
    """

    edited = Signal(object, str, int)
    """The new `Treatment`, what was done, and the gesture."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        usual = Treatment()
        self._treatment = usual
        self.smooth = ValueSlider(
            self.tr("Smoothing"),
            0,
            100,
            usual.smooth,
            self.tr("How steady the colours stay from frame to frame; seen in the export."),
        )
        self.every = ValueSlider(
            self.tr("Model sees every … frames"),
            1,
            _MOST_EVERY,
            usual.every,
            self.tr("Motion carries the colours between; more is faster. Seen in the export."),
        )
        self.clean = ValueSlider(
            self.tr("Remove grain"),
            0,
            100,
            usual.clean,
            self.tr(
                "0 keeps the film's own grain and sharpness bit for bit; 100 takes the grain away. "
                "Seen in the export."
            ),
        )
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.smooth)
        column.addWidget(self.every)
        column.addWidget(self.clean)
        self._section = Section(
            self.tr("Over time"), body, icons, self.tr("Reset smoothing, frames and grain")
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._section)
        self.smooth.edited.connect(
            lambda value, gesture: self.edited.emit(
                replace(self._treatment, smooth=round(value)),
                self.tr("change of smoothing"),
                gesture,
            )
        )
        self.every.edited.connect(
            lambda value, gesture: self.edited.emit(
                replace(self._treatment, every=max(round(value), 1)),
                self.tr("change of the frames that the model sees"),
                gesture,
            )
        )
        self.clean.edited.connect(
            lambda value, gesture: self.edited.emit(
                replace(self._treatment, clean=round(value)),
                self.tr("change of grain"),
                gesture,
            )
        )
        self._section.reset_wanted.connect(
            lambda: self.edited.emit(
                _as(self._treatment, usual),
                self.tr("reset of smoothing, frames and grain"),
                -1,
            )
        )

    def set_treatment(self, treatment: Treatment) -> None:
        """Show how a film is coloured over time."""
        self._treatment = treatment
        self.smooth.set_value(treatment.smooth)
        self.every.set_value(treatment.every)
        self.clean.set_value(treatment.clean)
        self._section.set_reset_enabled(treatment != _as(treatment, Treatment()))


def _as(treatment: Treatment, other: Treatment) -> Treatment:
    """Return a treatment that is steady over time as another one."""
    return replace(treatment, smooth=other.smooth, every=other.every, clean=other.clean)
