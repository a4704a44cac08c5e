"""Saved colours in the window: kept, used and forgotten; panels show what the file holds.

The points may be those of a photo or of a film; never both are at hand.

Invariant: the file is read and written only in workers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QInputDialog, QWidget

from colordesk.jobs import Lane
from colordesk.task import Task
from colordesk.ui.colours.colour_engine import ColourEngine
from colordesk.ui.colours.pointing import Pointing
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.messages import Messages
from colordesk.ui.panels.saved import SavedPanel

if TYPE_CHECKING:
    from colordesk.steer.saved import SavedColour

    Colours = tuple[SavedColour, ...]

_LONGEST = 200


class Remembering(QObject):
    """The wiring of saved colours.

    Args:
        bridge: runs the reading and writing.
        engine: reads and writes.
        steering: the points of photos.
        panel: shows the colours beside photos; only there they are looked for.
        messages: for errors and results.
    """

    find_wanted = Signal(object)
    """A `SavedColour` is to be looked for."""

    def __init__(
        self,
        bridge: JobBridge,
        engine: ColourEngine,
        steering: Pointing,
        panel: SavedPanel,
        messages: Messages,
    ) -> None:
        super().__init__()
        self._bridge, self._engine = bridge, engine
        self._panel, self._messages = panel, messages
        self._places: list[tuple[Pointing, SavedPanel]] = []
        self.window: QWidget | None = None
        """Parent of the dialogs."""
        self.offer(steering, panel)
        panel.find_wanted.connect(self.find_wanted)

    def offer(self, pointing: Pointing, panel: SavedPanel) -> None:
        """Keep the colours of these points as well, and offer what is kept for them."""
        self._places.append((pointing, panel))
        panel.use_wanted.connect(lambda colour: self._use(pointing, colour))
        panel.remove_wanted.connect(self._remove)

    def start(self) -> None:
        """Read the colours."""
        self._work(self._engine.read, self._show, "files", "")

    @property
    def can_save(self) -> bool:
        """Whether a point is chosen."""
        return self._place is not None

    @property
    def can_find(self) -> bool:
        """Whether a saved colour is chosen."""
        return self._panel.current is not None

    @property
    def _place(self) -> tuple[Pointing, SavedPanel] | None:
        """The points of which one is chosen, and their panel."""
        return next((place for place in self._places if place[0].chosen is not None), None)

    def ask_to_save(self) -> None:
        """Ask for a name, then keep the colour of the chosen point under it."""
        place = self._place
        chosen = place[0].chosen if place is not None else None
        if chosen is None:
            return
        name, given = QInputDialog.getText(
            self.window,
            self.tr("Save this colour"),
            self.tr("Name of the colour; one of the same name is replaced:"),
            text=chosen[0].name,
        )
        if given and name.strip():
            self.save(name.strip()[:_LONGEST])

    def save(self, name: str) -> None:
        """Keep the colour of the chosen point under a name, which the point gets, too."""
        if self._place is None:
            return
        pointing, panel = self._place
        chosen, scene = pointing.chosen, pointing.scene
        if chosen is None or scene is None:
            return
        (point, lightness), (read, edit) = chosen, scene
        pointing.name(name)  # so that a search knows that it is this very thing

        def done(colours: Colours) -> None:
            self._show(colours)
            panel.choose(name)
            here = panel is self._panel
            self._messages.note(
                "success",
                self.tr("Saved as “{name}”").format(name=name),
                "",
                *([(self.tr("Find in open photos"), self.find)] if here else []),
            )

        self._work(
            lambda task: self._engine.save(read, edit, point, name, lightness, task),
            done,
            "inference",
            self.tr("Saving the colour"),
        )

    def find(self) -> None:
        """Look for the colour that is chosen in the panel."""
        if self._panel.current is not None:
            self.find_wanted.emit(self._panel.current)

    def _use(self, pointing: Pointing, colour: SavedColour) -> None:
        if not pointing.give(colour):
            self._messages.note(
                "info",
                self.tr("No colour point is chosen."),
                self.tr("Set a point in the picture or choose one first."),
            )

    def _remove(self, colour: SavedColour) -> None:
        def done(colours: Colours) -> None:
            self._show(colours)
            self._messages.note(
                "info",
                self.tr("“{name}” is saved no longer.").format(name=colour.name),
                "",
                (self.tr("Save it again"), lambda: self._put(colour)),
            )

        self._work(lambda task: self._engine.remove(colour.name, task), done, "files", "")

    def _put(self, colour: SavedColour) -> None:
        self._work(lambda task: self._engine.put(colour, task), self._show, "files", "")

    def _show(self, colours: Colours) -> None:
        from colordesk import gamut

        looks = [QColor(*gamut.colour(c.lightness, c.a, c.b)) for c in colours]
        for _, panel in self._places:
            panel.set_colours(colours, looks)

    def _work(
        self,
        work: Callable[[Task], Colours],
        done: Callable[[Colours], None],
        lane: Lane,
        title: str,
    ) -> None:
        self._bridge.start(work, lane, title, done, self._messages.error)
