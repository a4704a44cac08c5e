"""Colour points of the photo at hand.

Hides how a place of the photo becomes one of its shape, as it is seen.
Invariant: a point changes only through the document, and what is shown is what it has.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Hashable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from colordesk.edit import ColorPoint, Edit
from colordesk.ui.canvas.canvas import Canvas
from colordesk.ui.canvas.frame import Frame
from colordesk.ui.colours.pointing import Pointing, Scene, Suggesting
from colordesk.ui.dialogs.pick_colour import PickColour
from colordesk.ui.document import Document
from colordesk.ui.engine import Engine
from colordesk.ui.gesture import NO_MERGE
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.memory import Memory
from colordesk.ui.messages import Messages
from colordesk.ui.panels.points import PointsPanel
from colordesk.ui.theme import Theme

_PICK_PIXELS = 1_000_000


class PhotoPoints:
    """The points of a document; see `Points`.

    Args:
        engine: makes suggestions.
        document: has the points.
    """

    def __init__(self, engine: Engine, document: Document) -> None:
        self._engine, self._document = engine, document

    @property
    def can_take(self) -> bool:
        """Whether there is a photo."""
        return self._document.photo is not None

    def all(self) -> tuple[ColorPoint, ...]:
        """Return the points."""
        return self._document.edit.points

    def place(self, number: int) -> tuple[float, float] | None:
        """Return where a point is in the photo's shape; outside 0..1 if it was cut off."""
        point, photo = self.all()[number], self._document.photo
        if photo is None:
            return point.x, point.y
        geometry = self._document.edit.geometry
        return geometry.forward([(point.x, point.y)], photo.width, photo.height)[0]

    def lost(self, number: int) -> bool:
        """Return that a photo holds still."""
        return False

    def add(self, x: float, y: float, ab: tuple[float, float], text: str) -> None:
        """Add a point."""
        self._change((*self.all(), ColorPoint(*self._in_photo(x, y), *ab)), text, NO_MERGE)

    def move(self, number: int, x: float, y: float, text: str, gesture: int) -> None:
        """Move a point."""
        x, y = self._in_photo(x, y)
        self.change(number, text, gesture, x=x, y=y)

    def change(self, number: int, text: str, gesture: int, **values: Any) -> None:
        """Change what a point says."""
        points = list(self.all())
        if 0 <= number < len(points):
            points[number] = dataclasses.replace(points[number], **values)
            self._change(tuple(points), text, gesture)

    def remove(self, number: int | None, text: str) -> None:
        """Remove a point, or all of them."""
        kept = [point for n, point in enumerate(self.all()) if number not in (None, n)]
        self._change(tuple(kept), text, NO_MERGE)

    def suggesting(self, number: int) -> tuple[Hashable, Suggesting] | None:
        """Return what finds colours for a point, and what changes when it finds others."""
        point, photo, edit = self.all()[number], self._document.photo, self._document.edit
        if photo is None:
            return None
        asked = (photo.id, edit.model, edit.size, point.x, point.y)
        return asked, lambda task: self._engine.suggestions(photo, edit, (point.x, point.y), task)

    def scene(self, number: int) -> tuple[Scene, Edit] | None:
        """Return the photo, and its edit."""
        photo = self._document.photo
        return None if photo is None else (lambda task: photo, self._document.edit)

    def _change(self, points: tuple[ColorPoint, ...], text: str, gesture: int) -> None:
        edit = dataclasses.replace(self._document.edit, points=points)
        self._document.change(edit, text, gesture)

    def _in_photo(self, x: float, y: float) -> tuple[float, float]:
        """Return the place of the photo that is seen at a place of its shape."""
        photo = self._document.photo
        if photo is None:
            return x, y
        return self._document.edit.geometry.backward([(x, y)], photo.width, photo.height)[0]


class Steering(Pointing):
    """The wiring of colour points.

    Args:
        bridge: asks for suggestions.
        engine: makes them.
        document: has the points.
        canvas: where they are set.
        panel: where they are changed.
        messages: for errors.
        memory: keeps the colours used before.
        theme: for the tool.
    """

    def __init__(
        self,
        bridge: JobBridge,
        engine: Engine,
        document: Document,
        canvas: Canvas,
        panel: PointsPanel,
        messages: Messages,
        memory: Memory,
        theme: Theme,
    ) -> None:
        super().__init__(bridge, PhotoPoints(engine, document), canvas, panel, memory, theme)
        self._engine, self._document = engine, document
        self._messages, self._memory = messages, memory
        self.window: QWidget | None = None
        """Above which dialogs appear."""
        self._seen: tuple[object, ...] | None = None
        panel.pick_elsewhere_wanted.connect(self._pick_elsewhere)
        document.edit_changed.connect(self.show)
        document.photo_changed.connect(self._photo_changed)
        self.show()

    def show(self) -> None:
        """Show the points, unless another part of the edit changed."""
        edit = self._document.edit
        state = (self._document.photo, edit.geometry, edit.points, self.current)
        if state != self._seen:
            super().show()
            self._seen = (*state[:-1], self.current)

    def open_to_pick(self, path: Path) -> None:
        """Show another photo, to take a colour from it."""

        def opened(found: Any) -> None:
            self._take_from(found.before, path.name)

        self._bridge.start(
            lambda task: self._engine.open(path, _PICK_PIXELS, task),
            "files",
            self.tr("Opening {name}").format(name=path.name),
            opened,
            self._messages.error,
        )

    def _pick_elsewhere(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self.window, self.tr("Take a colour from a photo"), self._memory.folder("open")
        )
        if name:
            self.open_to_pick(Path(name))

    def _take_from(self, frame: Frame, name: str) -> None:
        from colordesk import gamut

        if self.window is None or self.current < 0:
            return
        dialog = PickColour(frame, name, self.window)
        if dialog.exec():
            _, a, b = gamut.lab(*dialog.rgb)
            self._colour(a, b, NO_MERGE)
        dialog.deleteLater()

    def _photo_changed(self) -> None:
        self.forget()
        if self._document.photo is None and self.active:
            self.use(False)
        self.show()
