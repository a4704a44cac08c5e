"""The shot under the playhead: where it is, and whether it has a look of its own.

Invariant: the sliders for colour act on what is seen: on the shot if it has a look of its own, on
the film if it has none.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from colordesk.ui.film.clock import time_text
from colordesk.ui.film.reel import Reel
from colordesk.ui.icons import Icons
from colordesk.ui.widgets.section import Section


class ShotPanel(QWidget):
    """Number and time of the shot, its own look, and what can be done with that.

    Args:
        icons: for its buttons.
    """

    step_wanted = Signal(int)
    """The shot before (-1) or after (1)."""
    own_wanted = Signal(bool)
    """Whether the shot is to have a look of its own."""
    copy_wanted = Signal()
    paste_wanted = Signal()
    spread_wanted = Signal()
    """The whole film is to look as this shot does."""
    reset_wanted = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._where = QLabel()
        back, on = QToolButton(), QToolButton()
        for button, icon, step, tip in (
            (back, "chevron-left", -1, self.tr("The shot before (up)")),
            (on, "chevron-right", 1, self.tr("The next shot (down)")),
        ):
            button.setIconSize(QSize(16, 16))
            button.setToolTip(tip)
            button.setAccessibleName(tip.split(" (")[0])
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            icons.bind(button, icon)
            button.clicked.connect(lambda _=False, step=step: self.step_wanted.emit(step))
        self.own = QCheckBox(self.tr("A look of its own"))
        self.own.setToolTip(
            self.tr("The sliders below then change this shot only; else they change the film.")
        )
        self.own.clicked.connect(self.own_wanted)
        self.copy = QPushButton(self.tr("Copy look"))
        self.copy.setToolTip(self.tr("Take the look of this shot, to give it to others"))
        self.copy.clicked.connect(self.copy_wanted)
        self.paste = QPushButton(self.tr("Paste look"))
        self.paste.setToolTip(self.tr("Give this shot the look that was copied"))
        self.paste.setEnabled(False)
        self.paste.clicked.connect(self.paste_wanted)
        self.spread = QPushButton(self.tr("Look for the whole film"))
        self.spread.setToolTip(
            self.tr("All shots take this look, even those with one of their own")
        )
        self.spread.clicked.connect(self.spread_wanted)
        top, both = QHBoxLayout(), QHBoxLayout()
        top.setSpacing(2)
        top.addWidget(self._where, 1)
        top.addWidget(back)
        top.addWidget(on)
        both.setSpacing(6)
        both.addWidget(self.copy)
        both.addWidget(self.paste)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.own)
        column.addLayout(both)
        column.addWidget(self.spread)
        self._section = Section(
            self.tr("Shot"), body, icons, self.tr("Remove the look and the points of this shot")
        )
        self._section.reset_wanted.connect(self.reset_wanted)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._section)

    def where(self) -> str:
        """Return what is told of the place of the shot."""
        return self._where.text()

    def show_shot(self, reel: Reel) -> None:
        """Show the shot under the playhead."""
        clip, shot = reel.clip, reel.shot
        if clip is None:
            return
        known = reel.knows_shots(clip)
        first, end = reel.shot_of(reel.frame)
        starts = reel.shot_starts
        number = sum(start <= reel.frame for start in starts)
        text = self.tr("{number} of {count} · {start} to {end}").format(
            number=number,
            count=len(starts),
            start=time_text(reel.time(first)),
            end=time_text(reel.time(end)),
        )
        self._where.setText(text if known else self.tr("Looking for shots…"))
        self.own.setEnabled(known or shot is not None)
        self.own.setChecked(shot is not None and shot.look is not None)
        own = (one.frames_of(shot) for one in reel.stretches for shot in one.shots if shot.look)
        self.spread.setEnabled(any(own))
        self._section.set_reset_enabled(shot is not None)

    def set_copied(self, on: bool, here: bool) -> None:
        """Say whether a look was copied, and whether this shot could take it."""
        self.paste.setEnabled(on and here)
