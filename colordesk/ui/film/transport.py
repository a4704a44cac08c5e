"""The bar above the timeline: play, step, time, sound, and the in and out points."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from colordesk.ui.film.clock import time_text
from colordesk.ui.film.reel import Reel
from colordesk.ui.icons import Icons

Slot = Callable[[], object] | SignalInstance
_SLACK = 24  # for numbers that grow


class Transport(QWidget):
    """Buttons and the time; in a small window what can be done without gives way.

    Args:
        icons: for its buttons.
        reel: the film at hand.
    """

    play_wanted = Signal()
    """Play, or pause."""
    mute_wanted = Signal(bool)
    colour_wanted = Signal(bool)
    """Whether the film is coloured while it is played."""

    def __init__(self, icons: Icons, reel: Reel) -> None:
        super().__init__()
        self._icons, self._reel = icons, reel
        self._time = QLabel()
        self._time.setAccessibleName(self.tr("Time"))
        self._length, self._frame = QLabel(), QLabel()
        self._frame.setProperty("role", "muted")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 6, 12, 0)
        self._row.setSpacing(4)
        self.play_button = self._add_button("play", "", self.play_wanted)
        self.set_playing(False)
        back, on = self.tr("A frame back (left)"), self.tr("A frame on (right)")
        steps = (
            self._add_button("chevron-left", back, lambda: reel.go(reel.frame - 1)),
            self._add_button("chevron-right", on, lambda: reel.go(reel.frame + 1)),
        )
        self._row.addSpacing(8)
        self._row.addWidget(self._time)
        self._row.addWidget(self._length)
        self._row.addSpacing(8)
        self._row.addWidget(self._frame)
        self._row.addStretch(1)
        self.colour_button = self._add_toggle(
            "palette", self.tr("Colour while playing: frames that take too long are left out")
        )
        self.colour_button.setChecked(True)
        self.colour_button.toggled.connect(self.colour_wanted)
        self.mute_button = self._add_toggle("sound", self.tr("Mute (M)"))
        self.mute_button.toggled.connect(self._mute)
        self._row.addSpacing(8)
        begin, end = self.tr("The export begins here (I)"), self.tr("The export ends here (O)")
        self._add_word(self.tr("In"), begin, lambda: reel.set_first(reel.frame))
        self._add_word(self.tr("Out"), end, lambda: reel.set_last(reel.frame))
        self.whole_button = self._add_word(
            self.tr("Whole film"), self.tr("Export all of the film again"), reel.set_whole
        )
        self._giving_way = (self._frame, self._length, *steps)

    def set_playing(self, on: bool) -> None:
        """Show whether the film runs."""
        words = self.tr("Pause") if on else self.tr("Play")
        self._icons.bind(self.play_button, "pause" if on else "play")
        self.play_button.setToolTip(self.tr("{what} (space)").format(what=words))
        self.play_button.setAccessibleName(words)

    def set_sound(self, on: bool) -> None:
        """Show whether the film has sound."""
        self.mute_button.setEnabled(on)

    def show_place(self) -> None:
        """Show where the playhead is."""
        reel = self._reel
        self._time.setText(time_text(reel.time(reel.frame)))
        self._frame.setText(
            self.tr("frame {frame} of {count}").format(frame=reel.frame + 1, count=reel.count)
        )
        length = f"/ {time_text(reel.time(reel.count))}"
        if length != self._length.text():
            self._length.setText(length)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for part in self._giving_way:
            part.show()
        for part in self._giving_way:
            if self._row.sizeHint().width() + _SLACK <= self.width():
                return
            part.hide()

    def _mute(self, on: bool) -> None:
        self._icons.bind(self.mute_button, "mute" if on else "sound")
        self.mute_wanted.emit(on)

    def _add_button(self, icon: str, tip: str, slot: Slot | None) -> QToolButton:
        button = QToolButton()
        button.setIconSize(QSize(18, 18))
        self._icons.bind(button, icon)
        return self._add(button, tip, slot)

    def _add_toggle(self, icon: str, tip: str) -> QToolButton:
        button = self._add_button(icon, tip, None)
        button.setCheckable(True)
        return button

    def _add_word(self, text: str, tip: str, slot: Slot) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        return self._add(button, tip, slot)

    def _add(self, button: QToolButton, tip: str, slot: Slot | None) -> QToolButton:
        button.setToolTip(tip)
        button.setAccessibleName(tip.split(" (")[0])
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if slot is not None:
            button.clicked.connect(slot)
        self._row.addWidget(button)
        return button
