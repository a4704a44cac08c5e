"""How a film is coloured over time: steadiness, frames that the model sees, and grain."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from colordesk.ui.icons import Icons
from colordesk.ui.widgets.section import Section
from colordesk.ui.widgets.slider import ValueSlider
from colordesk.video.treatment import Treatment

_MOST_EVERY = 12  # more is for those who know why, on the command line


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
            self.tr("How steady the colours stay from frame to frame; seen in the preview."),
        )
        self.every = ValueSlider(
            self.tr("Model sees every … frames"),
            1,
            _MOST_EVERY,
            usual.every,
            self.tr("Motion carries the colours between; more is faster. Seen in the preview."),
        )
        self.clean = ValueSlider(
            self.tr("Remove grain"),
            0,
            100,
            usual.clean,
            self.tr(
                "0 keeps the film's own grain and sharpness bit for bit; 100 takes the grain away. "
                "Seen in the preview."
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
