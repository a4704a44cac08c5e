"""Saved colours in the window: kept, used and forgotten; the panel shows what the file holds.

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
from colordesk.ui.colours.steering import Steering
from colordesk.ui.document import Document
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
        document: the photo at hand.
        steering: has the chosen point.
        panel: shows the colours.
        messages: for errors and results.
    """

    find_wanted = Signal(object)
    """A `SavedColour` is to be looked for."""

    def __init__(
        self,
        bridge: JobBridge,
        engine: ColourEngine,
        document: Document,
        steering: Steering,
        panel: SavedPanel,
        messages: Messages,
    ) -> None:
        super().__init__()
        self._bridge, self._engine, self._document = bridge, engine, document
        self._steering, self._panel, self._messages = steering, panel, messages
        self._panels = [panel]
        self.window: QWidget | None = None
        """Parent of the dialogs."""
        panel.use_wanted.connect(lambda colour: self._use(steering, colour))
        panel.find_wanted.connect(self.find_wanted)
        panel.remove_wanted.connect(self._remove)

    def offer(self, pointing: Pointing, panel: SavedPanel) -> None:
        """Offer the colours for other points, too."""
        self._panels.append(panel)
        panel.use_wanted.connect(lambda colour: self._use(pointing, colour))
        panel.remove_wanted.connect(self._remove)

    def start(self) -> None:
        """Read the colours."""
        self._work(self._engine.read, self._show, "files", "")

    @property
    def can_save(self) -> bool:
        """Whether a point is chosen."""
        return self._steering.chosen is not None

    @property
    def can_find(self) -> bool:
        """Whether a saved colour is chosen."""
        return self._panel.current is not None

    def ask_to_save(self) -> None:
        """Ask for a name, then keep the colour of the chosen point under it."""
        chosen = self._steering.chosen
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
        chosen, photo, edit = self._steering.chosen, self._document.photo, self._document.edit
        if chosen is None or photo is None:
            return
        point, lightness = chosen
        self._steering.name(name)  # so that a search knows that it is this very thing

        def done(colours: Colours) -> None:
            self._show(colours)
            self._panel.choose(name)
            self._messages.note(
                "success",
                self.tr("Saved as “{name}”").format(name=name),
                "",
                (self.tr("Find in open photos"), self.find),
            )

        self._work(
            lambda task: self._engine.save(photo, edit, point, name, lightness, task),
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
        for panel in self._panels:
            panel.set_colours(colours, looks)

    def _work(
        self,
        work: Callable[[Task], Colours],
        done: Callable[[Colours], None],
        lane: Lane,
        title: str,
    ) -> None:
        self._bridge.start(work, lane, title, done, self._messages.error)
