"""The look of the film and of its shots: whom the sliders change, and how looks travel.

Invariant: what the sliders show is the look of the frame that is seen.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from colordesk.edit import Look
from colordesk.ui.film.cut import with_shot
from colordesk.ui.film.reel import Reel
from colordesk.ui.film.shot_panel import ShotPanel
from colordesk.ui.panels.look import LookPanel


class ShotLooks(QObject):
    """Panels and reel in step.

    Args:
        reel: has the looks.
        shot_panel: of the shot under the playhead.
        look_panel: the sliders.
    """

    def __init__(self, reel: Reel, shot_panel: ShotPanel, look_panel: LookPanel) -> None:
        super().__init__()
        self._reel, self._panel = reel, shot_panel
        self._copied: Look | None = None
        look_panel.edited.connect(self._edited)
        shot_panel.own_wanted.connect(self._own)
        shot_panel.copy_wanted.connect(self._copy)
        shot_panel.paste_wanted.connect(self._paste)
        shot_panel.spread_wanted.connect(self._spread)
        shot_panel.reset_wanted.connect(self._reset)
        reel.shots_changed.connect(self._offer)
        reel.moved.connect(self._offer)
        reel.changed.connect(self._offer)

    def _edited(self, look: Look, text: str, gesture: int) -> None:
        reel = self._reel
        shot = reel.shot
        if shot is not None and shot.look is not None:
            reel.change_shot(replace(shot, look=look), text, gesture)
        else:
            reel.change_edit(replace(reel.edit, look=look), text, gesture)

    def _own(self, on: bool) -> None:
        reel = self._reel
        look = reel.look if on else None
        reel.change_shot(replace(reel.new_shot(), look=look), self.tr("look of a shot"))

    def _copy(self) -> None:
        self._copied = self._reel.look
        self._offer()

    def _paste(self) -> None:
        if self._copied is not None:
            shot = replace(self._reel.new_shot(), look=self._copied)
            self._reel.change_shot(shot, self.tr("paste of a look"))

    def _spread(self) -> None:
        """Give the film the look that is seen, and no shot another."""
        reel = self._reel
        stretches = []
        for one in reel.stretches:
            shots = one.shots
            for shot in one.shots:
                shots = with_shot(shots, shot, replace(shot, look=None))
            stretches.append(replace(one, shots=shots))
        treatment = reel.choices.treatment
        treatment = replace(treatment, edit=replace(treatment.edit, look=reel.look))
        choices = replace(reel.choices, stretches=tuple(stretches), treatment=treatment)
        reel.change(choices, self.tr("look for the whole film"))

    def _reset(self) -> None:
        shot = self._reel.shot
        if shot is not None:
            nothing = replace(shot, look=None, points=())
            self._reel.change_shot(nothing, self.tr("reset of the shot"))

    def _offer(self) -> None:
        clip = self._reel.clip
        here = clip is not None and self._reel.knows_shots(clip)
        self._panel.set_copied(self._copied is not None, here)
