"""Keeps what is seen in step with the photo at hand: document -> previews -> canvas and panels.

Invariant: everything shown belongs to the document's photo.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from colordesk.edit import Edit, Look
from colordesk.edit.geometry import Geometry
from colordesk.settings import Settings
from colordesk.ui.canvas.canvas import Canvas
from colordesk.ui.canvas.frame import Shown
from colordesk.ui.document import Document
from colordesk.ui.engine import Engine, Models, Opened, whole_of
from colordesk.ui.error_words import retold
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.messages import Messages
from colordesk.ui.panels.look import LookPanel
from colordesk.ui.panels.model import ModelPanel
from colordesk.ui.panels.photo import PhotoPanel
from colordesk.ui.preview import QUICK_PIXELS, Preview
from colordesk.ui.shaping import Shaping
from colordesk.ui.status import StatusLine

if TYPE_CHECKING:
    from colordesk.photo import Photo

_PATIENCE_MS = 400


class Showing(QObject):
    """The wiring between the photo and its views.

    Args:
        bridge: runs the previews.
        engine: makes them.
        document: the photo at hand.
        canvas: shows it.
        panels: of the photo, the model and the look.
        status: shows zoom and device.
        messages: for errors.
        settings: which device was asked for.
        shaping: knows in which shape the photo is shown.
    """

    photo_shown = Signal()
    """Another photo is on the canvas, or none."""
    models_found = Signal(object)
    """`Models`, once they are known."""

    def __init__(
        self,
        bridge: JobBridge,
        engine: Engine,
        document: Document,
        canvas: Canvas,
        panels: tuple[PhotoPanel, ModelPanel, LookPanel],
        status: StatusLine,
        messages: Messages,
        settings: Settings,
        shaping: Shaping,
    ) -> None:
        super().__init__()
        self._bridge, self._engine, self._document = bridge, engine, document
        self._shaping = shaping
        self._shape = Geometry()
        """Of the photo on the canvas."""
        self._canvas, self._status, self._messages = canvas, status, messages
        self._photo_panel, self._model_panel, self._look_panel = panels
        self._settings = settings
        self._told: set[str] = set()
        self.recolours: dict[Path | None, bool] = {}
        """Folders whose colour photos were asked about: whether they are to be coloured."""
        self.before = Preview(bridge, engine.before, "files", self.tr("Reading the photo's pixels"))
        self.after = Preview(bridge, engine.after, "inference", self.tr("Colouring"))
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(lambda: canvas.set_note(self.tr("Colouring…")))
        self.before.ready.connect(self._read)
        self.before.failed.connect(messages.error)
        self.after.ready.connect(self._coloured)
        self.after.failed.connect(self._failed)
        self.after.busy_changed.connect(self._busy)
        canvas.view_changed.connect(self._viewed)
        document.edit_changed.connect(self._edited)
        shaping.shape_changed.connect(self._viewed)
        self._model_panel.model_chosen.connect(self._choose_model)
        self._model_panel.size_chosen.connect(self._choose_size)
        self._model_panel.reset_wanted.connect(self._reset_model)
        self._look_panel.edited.connect(self._change_look)
        self._show_panels()

    def load_models(self) -> None:
        """Look for models, then open the default one, all in the background."""
        self._bridge.start(
            self._engine.models,
            "inference",
            self.tr("Looking for models"),
            self._models_found,
            self._messages.error,
        )

    def show(self, opened: Opened) -> None:
        """Show a photo that was just opened."""
        self._messages.settle()
        photo = opened.photo
        self.stop()
        self._shape = opened.edit.geometry
        self.before.accept(photo, Edit(geometry=self._shape), opened.before)
        folder = photo.path.parent if photo.path else None
        wanted = opened.has_edit or not opened.coloured or self.recolours.get(folder, False)
        # the document first: the canvas asks for pixels of its photo at once
        self._document.open(photo, opened.edit, wanted=wanted)
        self._canvas.show_photo(opened.before)
        self._edited()
        self.photo_shown.emit()
        if opened.problem is not None:
            self._messages.warning(opened.problem)
        elif not self._document.wanted and folder not in self.recolours:
            self._ask_about_colours(folder)

    def _ask_about_colours(self, folder: Path | None) -> None:
        """Ask once for a folder; a picture without one is asked about each time."""

        def answer(recolour: bool) -> None:
            if folder is not None:
                self.recolours[folder] = recolour
            if recolour:
                self._document.want()

        todo = self.tr("ColorDesk would replace them with those of the model.")
        if folder is not None:
            todo += " " + self.tr("The answer holds for all colour photos of this folder.")
        self._messages.note(
            "info",
            self.tr("This photo has colours of its own."),
            todo,
            (self.tr("Colour it anyway"), lambda: answer(True)),
            (self.tr("Leave it as it is"), lambda: answer(False)),
        )

    def stop(self) -> None:
        """Wish for nothing any more."""
        self.after.stop()
        self.before.stop()
        self._patience.stop()

    def close_photo(self) -> None:
        """Show nothing."""
        self.stop()
        self._document.close()
        self._canvas.clear()
        self._status.set_zoom(None)
        self._edited()
        self.photo_shown.emit()
        # after the last picture of it is gone
        self._bridge.start(
            self._engine.forget, "files", "", lambda nothing: None, self._messages.error
        )

    def first_pixels(self) -> int:
        """Return how many pixels the first view of a photo should have."""
        ratio = self._canvas.devicePixelRatioF()
        pixels = self._canvas.width() * self._canvas.height() * ratio * ratio
        return min(max(int(pixels), 100_000), QUICK_PIXELS)

    def reset_all(self) -> None:
        """Take back everything that was chosen, as one step."""
        self._document.change(Edit(), self.tr("reset of everything"))

    def _models_found(self, found: Models) -> None:
        self._model_panel.set_models(found.models, found.default)
        self.models_found.emit(found)
        if found.problems:
            self._messages.warning(found.problems[0])
        if found.default is not None:
            self._bridge.start(
                lambda task: self._engine.prepare(Edit(), task),
                "inference",
                self.tr("Loading the model"),
                lambda nothing: self._show_device(),
                self._messages.error,
            )

    def _choose_model(self, wanted: str | None) -> None:
        edit = dataclasses.replace(self._document.edit, model=wanted)
        self._document.change(edit, self.tr("choice of model"))

    def _choose_size(self, side: int | None) -> None:
        edit = dataclasses.replace(self._document.edit, size=side)
        self._document.change(edit, self.tr("change of working size"))

    def _reset_model(self) -> None:
        edit = dataclasses.replace(self._document.edit, model=None, size=None)
        self._document.change(edit, self.tr("reset of model and size"))

    def _change_look(self, look: Look, text: str, gesture: int) -> None:
        self._document.change(dataclasses.replace(self._document.edit, look=look), text, gesture)

    def _edited(self) -> None:
        self._show_panels()
        self._viewed()

    def _show_panels(self) -> None:
        photo: Photo | None = self._document.photo
        self._photo_panel.set_photo(photo, self._document.edit.geometry)
        self._model_panel.set_edit(self._document.edit)
        self._look_panel.set_look(self._document.edit.look)
        for panel in (self._model_panel, self._look_panel):
            panel.setEnabled(photo is not None)

    def _viewed(self) -> None:
        """Wish for the pixels that the canvas can show now."""
        photo, view = self._document.photo, self._canvas.view
        if photo is None:
            return
        self._status.set_zoom(view.zoom)
        if self._canvas.before is None:
            return
        shape = self._shaping.shown
        if shape != self._shape:  # the view is of another shape: the photo as it is comes first
            edit = Edit(geometry=shape)
            self.before.wish(photo, edit, self.first_pixels(), whole_of(photo, edit))
            return
        if self._document.wanted:
            edit = dataclasses.replace(self._document.edit, geometry=shape)
            self.after.wish(photo, edit, view.pixels, view.seen())
        if self._canvas.shows_before:
            self.before.wish(photo, Edit(geometry=shape), view.pixels, view.seen())

    def _read(self, shown: Shown) -> None:
        if self.before.shape in (None, self._shape):
            self._canvas.set_before(shown)
            return
        self._shape = self.before.shape
        self._canvas.show_photo(shown.whole)
        self._viewed()

    def _coloured(self, shown: Shown) -> None:
        if self.after.shape == self._shape:
            self._canvas.set_after(shown)
        self._show_device()

    def _failed(self, error: Exception) -> None:
        self._canvas.clear_after()
        self._messages.error(error)
        self._show_device()

    def _busy(self, busy: bool) -> None:
        if busy:
            self._patience.start()
        else:
            self._patience.stop()
            self._canvas.set_note("")

    def _show_device(self) -> None:
        notices = self._engine.notices
        self._status.set_device(self._engine.device, notices, self._settings.device)
        for notice in notices:
            if notice not in self._told:
                self._told.add(notice)
                self._messages.note("warning", retold(notice))
