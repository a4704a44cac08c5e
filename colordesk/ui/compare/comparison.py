"""Makes the pictures that are compared, each on its own, in the background.

Hides which runs are under way: a picture that is the same as before is not made again, one that
fails is told and the others go on.
Invariant: every picture that is told belongs to the photo and the entries last set.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from colordesk.jobs import Lane
from colordesk.ui.canvas.frame import Part, Shown
from colordesk.ui.compare.entry import Entry, Role
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.preview import Preview, Work

if TYPE_CHECKING:
    from colordesk.photo import Photo

Making = Callable[[Entry, "Photo | None"], Work]
"""Entry and truth -> what makes its picture from the photo, or from the truth for its own entry."""


class Comparison(QObject):
    """The pictures of one photo.

    Args:
        bridge: runs the work.
        making: says how each picture is made.
    """

    shown = Signal(str, object)
    """Key of an entry and its picture, a `Shown`."""
    failed = Signal(str, object)
    """Key of an entry and the error."""
    busy_changed = Signal(str, bool)
    """Key of an entry and whether it is being made."""

    def __init__(self, bridge: JobBridge, making: Making) -> None:
        super().__init__()
        self._bridge, self._making = bridge, making
        self._photo: Photo | None = None
        self._truth: Photo | None = None
        self._entries: dict[str, Entry] = {}
        self._previews: dict[str, Preview] = {}
        self.pictures: dict[str, Shown] = {}
        """Key -> the newest picture."""

    def show(self, photo: Photo, truth: Photo | None, entries: Sequence[Entry]) -> None:
        """Compare other pictures, or pictures of another photo.

        Args:
            photo: is coloured.
            truth: the same photo in its true colours, if they are known.
            entries: what is to be made of it.
        """
        if photo is not self._photo or truth is not self._truth:
            self.stop()
        self._photo, self._truth = photo, truth
        old, self._entries = self._entries, {entry.key: entry for entry in entries}
        for key in old:
            if key not in self._entries:
                self._drop(key)
            elif old[key].edit != self._entries[key].edit:
                self.pictures.pop(key, None)
        for entry in entries:
            if entry.key not in self._previews:
                self._previews[entry.key] = self._make(entry)

    def wish(self, pixels: int, seen: Part) -> None:
        """Ask for all pictures as they can be seen now.

        Args:
            pixels: about as many as the whole photo has at this zoom.
            seen: the part of it that is seen.
        """
        for key, entry in self._entries.items():
            photo = self._source(entry)
            if photo is not None:
                self._previews[key].wish(photo, entry.edit, pixels, seen)

    def stop(self) -> None:
        """Make nothing any more, and forget what was made."""
        for key in list(self._previews):
            self._drop(key)
        self._entries, self._photo, self._truth = {}, None, None

    def _source(self, entry: Entry) -> Photo | None:
        return self._truth if entry.role is Role.TRUTH else self._photo

    def _make(self, entry: Entry) -> Preview:
        key = entry.key
        title = self.tr("Comparing: {title}").format(title=entry.title)
        lane: Lane = "files" if entry.as_it_is else "inference"
        preview = Preview(self._bridge, self._making(entry, self._truth), lane, title)
        preview.ready.connect(lambda shown: self._ready(key, shown))
        preview.failed.connect(lambda error: self.failed.emit(key, error))
        preview.busy_changed.connect(lambda busy: self.busy_changed.emit(key, busy))
        return preview

    def _ready(self, key: str, shown: Shown) -> None:
        if key in self._entries:
            self.pictures[key] = shown
            self.shown.emit(key, shown)

    def _drop(self, key: str) -> None:
        preview = self._previews.pop(key)
        preview.blockSignals(True)
        preview.stop()
        self.pictures.pop(key, None)
