"""Keeps the comparison in step with the photo at hand, and makes a winner its edit.

Invariant: while the page is not seen nothing is made for it.
"""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from colordesk.edit import Edit, Look, read_edit
from colordesk.paths import user_models_dir
from colordesk.ui.canvas.frame import Shown
from colordesk.ui.compare.blind import BlindTest
from colordesk.ui.compare.chart import load
from colordesk.ui.compare.comparison import Comparison
from colordesk.ui.compare.contenders import Contenders
from colordesk.ui.compare.entry import Entry, Role
from colordesk.ui.compare.judging import Judging
from colordesk.ui.compare.kinds import Kind
from colordesk.ui.compare.making import AsMap, InColour
from colordesk.ui.compare.numbers import Numbers
from colordesk.ui.compare.ranking import Ranking
from colordesk.ui.compare.truth_choice import TruthChoice
from colordesk.ui.compare.view import CompareView
from colordesk.ui.document import Document
from colordesk.ui.engine import Engine, Models
from colordesk.ui.error_words import told
from colordesk.ui.icons import Icons
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.memory import Memory
from colordesk.ui.messages import Messages
from colordesk.ui.theme import Theme

if TYPE_CHECKING:
    from colordesk.photo import Photo

_MEMORY_KEY = "compare-models"


class Comparing(QObject):
    """The wiring between the photo at hand and the page that compares.

    Args:
        bridge: runs the work.
        engine: makes the pictures.
        document: the photo at hand.
        messages: for errors.
        memory: which models were compared the last time.
        theme: of the page.
        icons: of the page.
        photos: returns the photos that are open together.
    """

    active_changed = Signal(bool)
    """The page is wanted, or not any more."""
    zoom_changed = Signal(object)
    """Screen pixels per photo pixel."""

    def __init__(
        self,
        bridge: JobBridge,
        engine: Engine,
        document: Document,
        messages: Messages,
        memory: Memory,
        theme: Theme,
        icons: Icons,
        photos: Callable[[], Sequence[Path]],
    ) -> None:
        super().__init__()
        self._bridge, self._document, self._messages = bridge, document, messages
        self._memory = memory
        self._active = False
        self._photo: Photo | None = None
        self.contenders = Contenders()
        self.truth_choice = TruthChoice(bridge, engine, memory)
        self.view = CompareView(theme, icons, self.contenders, self.truth_choice.box)
        self.comparison = Comparison(bridge, InColour(engine))
        self._as_map = AsMap(engine)
        self.maps = Comparison(bridge, self._as_map)
        self._kind: Kind | None = None
        self.numbers = Numbers(Judging(bridge, engine), self.comparison, self.view)
        self.ranking = Ranking(
            bridge,
            engine,
            self.contenders,
            self.view.ranking,
            messages,
            photos,
            lambda: self.truth_choice.source,
        )
        self.blind = BlindTest(bridge, engine, self.view.blind, random.Random())
        self._photos = photos
        view, grid = self.view, self.view.grid
        self.comparison.shown.connect(self._shown)
        self.maps.shown.connect(self._map_shown)
        for making in (self.comparison, self.maps):
            making.failed.connect(self._failed)
            making.busy_changed.connect(self._busy)
        self.truth_choice.changed.connect(self._truth_changed)
        view.kind_chosen.connect(self._choose_kind)
        self.contenders.changed.connect(self._refresh)
        view.link.moved.connect(self._wish)
        view.number_picked.connect(self._pick_number)
        view.done_wanted.connect(lambda: self.set_active(False))
        view.blind_wanted.connect(self._test_blindly)
        self.blind.left.connect(self._end_blind)
        view.chooser.keep_wanted.connect(self._keep)
        view.chooser.file_wanted.connect(self._ask_edit)
        view.chooser.folder_wanted.connect(_open_models_folder)
        grid.picked.connect(self.pick)
        document.photo_changed.connect(self._photo_changed)
        document.edit_changed.connect(self._edited)

    @property
    def is_active(self) -> bool:
        """Whether the page is seen."""
        return self._active

    def set_active(self, on: bool) -> None:
        """Compare, or go back to the photo."""
        on = on and self._document.photo is not None
        if on == self._active:
            return
        self._active = on
        self.active_changed.emit(on)
        if on:
            self._bridge.start(load, "thumbnails", "", lambda _: None, self._messages.error)
            self._photo_changed()
            self.view.grid.focus_first()
            self.ranking.refresh()
        else:
            self._stop()
            self.ranking.stop()
            self._photo = None
            self.truth_choice.set_photo(None)
            self._memory.keep(_MEMORY_KEY, self.contenders.chosen_models)

    def set_models(self, found: Models) -> None:
        """Offer the models that there are."""
        wanted = self.contenders.chosen_models or self._memory.text(_MEMORY_KEY)
        self.contenders.set_models(found.models, found.default, wanted)

    def pick(self, key: str) -> None:
        """Make a result the edit of the photo."""
        entry = next((e for e in self.contenders.results() if e.key == key), None)
        if entry is not None:
            self._document.change(
                entry.edit, self.tr("choice of “{title}”").format(title=entry.title)
            )
            if not self._document.wanted:  # it has colours of its own, and they are replaced now
                self._document.want()
            self._mark()

    def entries(self) -> tuple[Entry, ...]:
        """Return what is compared now."""
        results = self.contenders.results()
        shape = Edit(geometry=self.contenders.base.geometry)
        if self.truth_choice.truth is None:
            return Entry("original", self.tr("Original"), Role.ORIGINAL, shape), *results
        truth = Entry("truth", self.tr("Truth"), Role.TRUTH, shape)
        neutral = dataclasses.replace(shape, look=Look(strength=0))
        return truth, Entry("gray", self.tr("Gray"), Role.GRAY, neutral), *results

    # what follows what

    def _photo_changed(self) -> None:
        photo = self._document.photo
        if not self._active:
            return
        if photo is None:
            self.set_active(False)
            return
        self._stop()
        self._photo = photo
        self.contenders.set_base(self._document.edit)
        self._fit(photo)
        self.truth_choice.set_photo(photo)

    def _fit(self, photo: Photo) -> None:
        """Take over the shape that the photo has now, if it is another."""
        size = self.contenders.base.geometry.size(photo.width, photo.height)
        self.view.link.set_photo(*size)

    def _edited(self) -> None:
        """Follow an edit, unless it is one of those that are compared."""
        if not self._active or self._document.photo is not self._photo:
            return
        old, edit = self.contenders.base, self._document.edit
        if all(entry.edit != edit for entry in self.contenders.results()):
            self.contenders.set_base(edit)
            if edit.geometry != old.geometry and self._photo is not None:
                self._fit(self._photo)
                self.view.grid.arrange()
        self._mark()

    def _refresh(self) -> None:
        photo = self._photo
        if not self._active or photo is None:
            return
        entries, truth = self.entries(), self.truth_choice.truth
        results = self.contenders.results()
        self.comparison.show(photo, truth, entries)
        self.view.grid.set_entries(entries)
        self._show_maps()
        for key, tile in self.view.grid.tiles.items():
            tile.pane.show_picture(self._picture(key))
        self.numbers.set_entries(photo, truth, entries)
        self.view.show_results(bool(results))
        self.view.blind_button.setEnabled(len(results) > (0 if truth is not None else 1))
        self._say()
        self._mark()
        self._wish()

    def _stop(self) -> None:
        self.blind.stop()
        self.view.show_blind(False)
        self.comparison.stop()
        self.maps.stop()
        self.numbers.stop()

    def _truth_changed(self) -> None:
        if self._active:
            if self.truth_choice.source is not None:
                self._messages.settle()  # whether its colours are to go is answered for now
            self.view.set_has_truth(self.truth_choice.truth is not None)
            self.ranking.refresh()
            self._refresh()

    def _choose_kind(self, kind: Kind | None) -> None:
        if kind is not self._kind:
            self._kind = kind
            self.maps.stop()
            self._refresh()

    def _show_maps(self) -> None:
        """Make maps of everything but the truth, if they are to be seen."""
        photo, truth = self._photo, self.truth_choice.truth
        if photo is None or truth is None or self._kind is None:
            self.maps.stop()
            return
        self._as_map.kind = self._kind
        entries = [entry for entry in self.entries() if entry.role is not Role.TRUTH]
        self.maps.show(photo, truth, entries)

    def _picture(self, key: str) -> Shown | None:
        """Return what of an entry is to be seen, as far as it is there."""
        if self._kind is not None and key != "truth":
            return self.maps.pictures.get(key)
        return self.comparison.pictures.get(key)

    def _say(self) -> None:
        problem, words = self.truth_choice.problem, ""
        if problem is not None:
            words = str(told(problem))
        self.view.say(self._advice(len(self.contenders.results())), words)

    def _advice(self, results: int) -> str:
        if not results:
            return ""
        if results == 1:
            return self.tr("Add models or edits at the right to compare more than one result.")
        return self.tr("Press 1 to {count} to take a result for the photo.").format(count=results)

    def _wish(self) -> None:
        if self._active and self._photo is not None:
            view = self.view.link.view
            self.comparison.wish(view.pixels, view.seen())
            if self._kind is not None:
                self.maps.wish(view.pixels, view.seen())
            self.zoom_changed.emit(view.zoom)

    def _mark(self) -> None:
        """Mark the result that the photo has now, if it may be coloured at all."""
        edit = self._document.edit if self._document.wanted else None
        for tile in self.view.grid.tiles.values():
            tile.set_winner(tile.entry.role is Role.RESULT and tile.entry.edit == edit)

    def _shown(self, key: str, shown: Shown) -> None:
        if self._kind is None or key == "truth":
            self._map_shown(key, shown)

    def _map_shown(self, key: str, shown: Shown) -> None:
        tile = self.view.grid.tiles.get(key)
        if tile is not None:
            tile.pane.set_note("")
            tile.pane.show_picture(shown)

    def _failed(self, key: str, error: Exception) -> None:
        tile = self.view.grid.tiles.get(key)
        if tile is not None:
            tile.set_error(str(told(error)))

    def _busy(self, key: str, busy: bool) -> None:
        tile = self.view.grid.tiles.get(key)
        if tile is not None:
            tile.set_busy(busy)

    # what a person asks for

    def _pick_number(self, number: int) -> None:
        entry = next((e for e in self.contenders.results() if e.number == number), None)
        if entry is not None and self.view.blind.isHidden():
            self.pick(entry.key)

    def _test_blindly(self) -> None:
        photo = self._photo
        if photo is not None and self.view.blind_button.isEnabled():
            has_truth = self.truth_choice.truth is not None
            source = self.truth_choice.source if has_truth else None
            self.view.show_blind(True)
            self.blind.start(photo, self._photos(), self.contenders.results(), source)

    def _end_blind(self) -> None:
        self.view.show_blind(False)
        self.view.grid.focus_first()

    def _keep(self) -> None:
        self.contenders.keep(self._document.edit, self.tr("Edit"))

    def _ask_edit(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self.view,
            self.tr("Edit from a file"),
            self._memory.folder("open"),
            self.tr("Edits and presets (*.json);;All files (*)"),
        )
        if name:
            base = self.contenders.base
            self._bridge.start(
                lambda task: read_edit(Path(name), base),
                "files",
                "",
                lambda edit: self.contenders.keep(edit, Path(name).name.split(".")[0]),
                self._messages.error,
            )


def _open_models_folder() -> None:
    folder = user_models_dir()
    folder.mkdir(parents=True, exist_ok=True)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
