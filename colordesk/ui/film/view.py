"""The page of a film: its picture above the timeline, its panels at the right.

Invariant: keys for the film work wherever on the page the focus is, but in a field for text.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from colordesk.ui.canvas.canvas import Canvas
from colordesk.ui.film.clips_panel import ClipsPanel
from colordesk.ui.film.clock import time_text
from colordesk.ui.film.facts import FactsPanel
from colordesk.ui.film.over_time import TimePanel
from colordesk.ui.film.reel import Reel
from colordesk.ui.film.shot_panel import ShotPanel
from colordesk.ui.film.timeline import Lane, Timeline
from colordesk.ui.film.transport import Transport
from colordesk.ui.icons import Icons
from colordesk.ui.panels.look import LookPanel
from colordesk.ui.panels.model import ModelPanel
from colordesk.ui.panels.points import PointsPanel
from colordesk.ui.panels.saved import SavedPanel
from colordesk.ui.theme import Theme

_PANEL_WIDTH = 292
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


class FilmView(QWidget):
    """Shows a film before and after, with all that is chosen for it.

    Args:
        theme: for its colours.
        icons: for its buttons.
        reel: the film at hand.
    """

    export_wanted = Signal()
    preview_wanted = Signal()
    points_wanted = Signal()
    """The tool for points is to be taken up, or laid down."""

    def __init__(self, theme: Theme, icons: Icons, reel: Reel) -> None:
        super().__init__()
        self._reel = reel
        self.arrows_taken: Callable[[], bool] = lambda: False
        """Whether the arrows belong to the tool for points now."""
        self.canvas = Canvas(theme)
        self.canvas.setAccessibleName(self.tr("Film"))
        self.canvas.installEventFilter(self)
        self.timeline = Timeline(theme)
        self.facts = FactsPanel(icons)
        self.clips_panel = ClipsPanel(icons)
        self.shot_panel = ShotPanel(icons)
        self.model_panel = ModelPanel(icons)
        self.look_panel = LookPanel(icons)
        self.points_panel = PointsPanel(icons)
        self.points_panel.tool_button.setText(self.tr("Set points in the frame"))
        self.points_panel.tool_button.setToolTip(
            self.tr("Click into the frame to say which colour is there; it follows its thing (P)")
        )
        self.saved_panel = SavedPanel(icons)
        self.saved_panel.hint.setText(
            self.tr("Save the colour of a point under a name to have it for other shots and films.")
        )
        self.points_panel.save.setToolTip(
            self.tr("Keep it under a name, for other shots, films and photos")
        )
        for of_photos in (self.points_panel.elsewhere, self.saved_panel.search):
            of_photos.hide()
        self.time_panel = TimePanel(icons)
        self.transport = Transport(icons, reel)
        self.export_button = QPushButton(self.tr("Export…"))
        self.export_button.setProperty("primary", True)
        self.export_button.setToolTip(self.tr("Write the film in colour to a file (Ctrl+Shift+E)"))
        self.export_button.clicked.connect(self.export_wanted)
        self.preview_button = QPushButton(self.tr("Preview"))
        self.preview_button.setToolTip(
            self.tr("Play what is exported just as it will be: steady, and every frame (V)")
        )
        self.preview_button.clicked.connect(self.preview_wanted)
        bottom = QWidget()
        bottom.setObjectName("filmBottom")
        low = QVBoxLayout(bottom)
        low.setContentsMargins(0, 0, 0, 4)
        low.setSpacing(0)
        low.addWidget(self.transport)
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
        self.shot_panel.step_wanted.connect(self._go_to_shot)
        reel.changed.connect(self._changed)
        reel.cut_changed.connect(self._changed)
        reel.moved.connect(self._moved)
        reel.chosen_changed.connect(self._show_choices)
        reel.shots_changed.connect(self._show_shots)

    def reveal(self, part: QWidget) -> None:
        """Scroll the panels so that a part of them is seen."""
        self._scroll.ensureWidgetVisible(part, 0, 12)

    def _changed(self) -> None:
        reel = self._reel
        self.timeline.set_film(reel.count, reel.rate)
        self._show_choices()
        self._show_shots()
        self._moved(reel.frame)

    def _moved(self, frame: int) -> None:
        reel = self._reel
        self.timeline.set_frame(frame)
        self.transport.show_place()
        if reel.stretches:
            self.facts.show_film(reel)
            self.clips_panel.set_current(reel.number)
            self.look_panel.set_look(reel.look)
            self.shot_panel.show_shot(reel)
            self.timeline.set_shot(reel.shot_of(frame))

    def _show_choices(self) -> None:
        reel, treatment = self._reel, self._reel.choices.treatment
        stretches, starts = reel.stretches, reel.starts
        if not stretches:
            return
        self.timeline.set_lanes(
            [
                Lane(
                    one.clip.path.name,
                    start,
                    start + one.length,
                    start + one.first - one.begin,
                    start + one.last - one.begin,
                )
                for one, start in zip(stretches, starts, strict=False)
            ]
        )
        lines = [
            (
                one.clip.path.name,
                f"{time_text(one.first / one.clip.rate)} – "
                f"{time_text((one.last + 1) / one.clip.rate)}",
            )
            for one in stretches
        ]
        self.clips_panel.set_clips(lines, reel.number)
        self.transport.whole_button.setEnabled(not reel.choices.is_whole)
        self.model_panel.set_edit(treatment.edit)
        self.look_panel.set_look(reel.look)
        self.time_panel.set_treatment(treatment)
        self.shot_panel.show_shot(reel)
        self._show_own()

    def _show_shots(self) -> None:
        reel = self._reel
        self.timeline.set_shots(reel.shot_starts)
        self.timeline.set_shot(reel.shot_of(reel.frame))
        self.shot_panel.show_shot(reel)
        self._show_own()

    def _show_own(self) -> None:
        """Mark what has colours of its own, as far as it lies on the timeline."""
        found = []
        for one, start in zip(self._reel.stretches, self._reel.starts, strict=False):
            for shot in one.shots:
                if frames := one.frames_of(shot):
                    before = start - one.begin
                    found.append((before + frames.start, before + frames.stop))
        self.timeline.set_own(found)

    # keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the film's keys before the canvas does; with Shift they stay the canvas's."""
        if watched is self.canvas and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress:
                return self._take(event)
            if event.type() == QEvent.Type.KeyRelease and event.key() == Qt.Key.Key_Space:
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the film's keys."""
        if not self._take(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Show the result again."""
        if event.key() == Qt.Key.Key_Backslash and not event.isAutoRepeat():
            self.canvas.set_peek(False)
        else:
            super().keyReleaseEvent(event)

    def _take(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; return whether it is one of the film's."""
        keys, reel, key = Qt.Key, self._reel, event.key()
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        in_text = isinstance(self.focusWidget(), QAbstractSpinBox | QLineEdit)
        if plain or reel.clip is None or in_text or (key in _ARROWS and self.arrows_taken()):
            return False
        if key in (keys.Key_Left, keys.Key_Right, keys.Key_Comma, keys.Key_Period):
            reel.go(reel.frame + (1 if key in (keys.Key_Right, keys.Key_Period) else -1))
        elif key in (keys.Key_Up, keys.Key_Down):
            self._go_to_shot(1 if key == keys.Key_Down else -1)
        elif key == keys.Key_Home:
            reel.go(0)
        elif key == keys.Key_End:
            reel.go(reel.count - 1)
        elif key == keys.Key_Space:
            if not event.isAutoRepeat():
                self.transport.play_wanted.emit()
        elif key == keys.Key_M:
            if self.transport.mute_button.isEnabled():
                self.transport.mute_button.toggle()
        elif key == keys.Key_I:
            reel.set_first(reel.frame)
        elif key == keys.Key_O:
            reel.set_last(reel.frame)
        elif key == keys.Key_S:
            reel.split(reel.frame)
        elif key == keys.Key_V:
            self.preview_wanted.emit()
        elif key == keys.Key_P:
            self.points_wanted.emit()
        elif key == keys.Key_Backslash:
            self.canvas.set_peek(True)
        else:
            return False
        event.accept()
        return True

    def _go_to_shot(self, step: int) -> None:
        """Go to the beginning of the next shot, or of this one, or of the one before."""
        reel, starts = self._reel, self._reel.shot_starts
        later = [start for start in starts if start > reel.frame]
        earlier = [start for start in starts if start < reel.frame]
        if step > 0 and later:
            reel.go(later[0])
        elif step < 0 and earlier:
            reel.go(earlier[-1])

    # parts

    def _stacked(self) -> QWidget:
        body = QWidget()
        body.setObjectName("panelsBody")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for panel in (
            self.facts,
            self.clips_panel,
            self.shot_panel,
            self.look_panel,
            self.points_panel,
            self.saved_panel,
            self.model_panel,
            self.time_panel,
        ):
            column.addWidget(panel)
        column.addStretch(1)
        self._scroll = scroll = QScrollArea()
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
        foot.setSpacing(8)
        foot.addWidget(self.preview_button)
        foot.addWidget(self.export_button, 1)
        box.addLayout(foot)
        return outer
