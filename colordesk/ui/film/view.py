"""The page of a film: its picture above the timeline, its panels at the right.

Invariant: keys for the film work wherever on the page the focus is, but in a field for text.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from colordesk.ui.canvas import Canvas
from colordesk.ui.film.clock import time_text
from colordesk.ui.film.facts import FactsPanel, TimePanel
from colordesk.ui.film.reel import Reel
from colordesk.ui.film.timeline import Timeline
from colordesk.ui.icons import Icons
from colordesk.ui.panels.look import LookPanel
from colordesk.ui.panels.model import ModelPanel
from colordesk.ui.theme import Theme

_PANEL_WIDTH = 292
Slot = Callable[[], object] | SignalInstance


class FilmView(QWidget):
    """Shows a film before and after, with all that is chosen for it.

    Args:
        theme: for its colours.
        icons: for its buttons.
        reel: the film at hand.
    """

    export_wanted = Signal()
    play_wanted = Signal()
    """Play, or pause."""
    mute_wanted = Signal(bool)
    colour_wanted = Signal(bool)
    """Whether the film is coloured while it is played."""

    def __init__(self, theme: Theme, icons: Icons, reel: Reel) -> None:
        super().__init__()
        self._reel, self._icons = reel, icons
        self.canvas = Canvas(theme)
        self.canvas.setAccessibleName(self.tr("Film"))
        self.canvas.installEventFilter(self)
        self.timeline = Timeline(theme)
        self.facts = FactsPanel(icons)
        self.model_panel = ModelPanel(icons)
        self.look_panel = LookPanel(icons)
        self.time_panel = TimePanel(icons)
        self._time = QLabel()
        self._time.setAccessibleName(self.tr("Time"))
        self._frame = QLabel()
        self._frame.setProperty("role", "muted")
        self._transport = QHBoxLayout()
        self._transport.setContentsMargins(12, 6, 12, 0)
        self._transport.setSpacing(4)
        self.play_button = self._add_button("play", "", self.play_wanted)
        self.set_playing(False)
        self._add_button("chevron-left", self.tr("A frame back (left)"), lambda: self._step(-1))
        self._add_button("chevron-right", self.tr("A frame on (right)"), lambda: self._step(1))
        self._transport.addSpacing(8)
        self._transport.addWidget(self._time)
        self._transport.addSpacing(8)
        self._transport.addWidget(self._frame)
        self._transport.addStretch(1)
        self.colour_button = self._add_toggle(
            "palette", self.tr("Colour while playing: frames that take too long are left out")
        )
        self.colour_button.setChecked(True)
        self.colour_button.toggled.connect(self.colour_wanted)
        self.mute_button = self._add_toggle("sound", self.tr("Mute (M)"))
        self.mute_button.toggled.connect(self._mute)
        self._transport.addSpacing(8)
        self._add_word(
            self.tr("In"),
            self.tr("The export begins here (I)"),
            lambda: reel.set_first(reel.frame),
        )
        self._add_word(
            self.tr("Out"), self.tr("The export ends here (O)"), lambda: reel.set_last(reel.frame)
        )
        self._whole = self._add_word(
            self.tr("Whole film"), self.tr("Export all of the film again"), reel.set_whole
        )
        self.export_button = QPushButton(self.tr("Export…"))
        self.export_button.setProperty("primary", True)
        self.export_button.setToolTip(self.tr("Write the film in colour to a file (Ctrl+Shift+E)"))
        self.export_button.clicked.connect(self.export_wanted)
        bottom = QWidget()
        bottom.setObjectName("filmBottom")
        low = QVBoxLayout(bottom)
        low.setContentsMargins(0, 0, 0, 4)
        low.setSpacing(0)
        low.addLayout(self._transport)
        low.addWidget(self.timeline)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.canvas, 1)
        left.addWidget(bottom)
        self.panels = self._stacked()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self.panels)
        self.timeline.valueChanged.connect(reel.go)
        self.timeline.first_wanted.connect(reel.set_first)
        self.timeline.last_wanted.connect(reel.set_last)
        reel.changed.connect(self._changed)
        reel.moved.connect(self._moved)
        reel.chosen_changed.connect(self._show_choices)

    def set_playing(self, on: bool) -> None:
        """Show whether the film runs."""
        words = self.tr("Pause") if on else self.tr("Play")
        self._icons.bind(self.play_button, "pause" if on else "play")
        self.play_button.setToolTip(self.tr("{what} (space)").format(what=words))
        self.play_button.setAccessibleName(words)

    def set_sound(self, on: bool) -> None:
        """Show whether the film has sound."""
        self.mute_button.setEnabled(on)

    def _mute(self, on: bool) -> None:
        self._icons.bind(self.mute_button, "mute" if on else "sound")
        self.mute_wanted.emit(on)

    def _changed(self) -> None:
        reel = self._reel
        self.timeline.set_film(reel.count, reel.rate)
        self.facts.show_film(reel)
        self._show_choices()
        self._moved(reel.frame)

    def _moved(self, frame: int) -> None:
        reel = self._reel
        self.timeline.set_frame(frame)
        length = time_text(reel.count / reel.rate)
        self._time.setText(f"{time_text(frame / reel.rate)} / {length}")
        self._frame.setText(
            self.tr("frame {frame} of {count}").format(frame=frame + 1, count=reel.count)
        )

    def _show_choices(self) -> None:
        reel, treatment = self._reel, self._reel.choices.treatment
        self.timeline.set_span(reel.choices.first, reel.last)
        self.model_panel.set_edit(treatment.edit)
        self.look_panel.set_look(treatment.edit.look)
        self.time_panel.set_treatment(treatment)
        self._whole.setVisible(reel.choices.first > 0 or reel.choices.last is not None)

    # keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take the film's keys before the canvas does; with Shift they stay the canvas's."""
        if watched is self.canvas and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress:
                return self._take(event)
            if event.type() == QEvent.Type.KeyRelease and event.key() == Qt.Key.Key_Space:
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take the film's keys."""
        if not self._take(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Show the result again."""
        if event.key() == Qt.Key.Key_Backslash and not event.isAutoRepeat():
            self.canvas.set_peek(False)
        else:
            super().keyReleaseEvent(event)

    def _take(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; return whether it is one of the film's."""
        keys, reel = Qt.Key, self._reel
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain or reel.clip is None or isinstance(self.focusWidget(), QAbstractSpinBox):
            return False
        key = event.key()
        if key in (keys.Key_Left, keys.Key_Right):
            self._step(1 if key == keys.Key_Right else -1)
        elif key == keys.Key_Home:
            reel.go(0)
        elif key == keys.Key_End:
            reel.go(reel.count - 1)
        elif key == keys.Key_Space:
            if not event.isAutoRepeat():
                self.play_wanted.emit()
        elif key == keys.Key_M:
            if self.mute_button.isEnabled():
                self.mute_button.toggle()
        elif key == keys.Key_I:
            reel.set_first(reel.frame)
        elif key == keys.Key_O:
            reel.set_last(reel.frame)
        elif key == keys.Key_Backslash:
            self.canvas.set_peek(True)
        else:
            return False
        event.accept()
        return True

    def _step(self, frames: int) -> None:
        self._reel.go(self._reel.frame + frames)

    # parts

    def _add_button(self, icon: str, tip: str, slot: Slot | None) -> QToolButton:
        button = QToolButton()
        button.setIconSize(QSize(18, 18))
        button.setToolTip(tip)
        button.setAccessibleName(tip.split(" (")[0])
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._icons.bind(button, icon)
        if slot is not None:
            button.clicked.connect(slot)
        self._transport.addWidget(button)
        return button

    def _add_toggle(self, icon: str, tip: str) -> QToolButton:
        button = self._add_button(icon, tip, None)
        button.setCheckable(True)
        return button

    def _add_word(self, text: str, tip: str, slot: Slot) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(tip.split(" (")[0])
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(slot)
        self._transport.addWidget(button)
        return button

    def _stacked(self) -> QWidget:
        body = QWidget()
        body.setObjectName("panelsBody")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for panel in (self.facts, self.model_panel, self.look_panel, self.time_panel):
            column.addWidget(panel)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(body)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QWidget()
        outer.setObjectName("panels")
        outer.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        outer.setFixedWidth(_PANEL_WIDTH)
        box = QVBoxLayout(outer)
        box.setContentsMargins(1, 0, 0, 12)
        box.addWidget(scroll, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 0, 16, 0)
        foot.addWidget(self.export_button)
        box.addLayout(foot)
        return outer
