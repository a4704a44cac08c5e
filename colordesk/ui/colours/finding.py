"""A saved colour is looked for in all open photos; what a person confirms becomes points.

Invariant: nothing is painted but what was confirmed, and that is one entry of the undo stack.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from colordesk.edit import ColorPoint, Edit
from colordesk.edit.steering import MOST_POINTS
from colordesk.task import Task
from colordesk.ui.dialogs.matches import Matches
from colordesk.ui.document import Document
from colordesk.ui.engine import Engine
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.messages import Messages

if TYPE_CHECKING:
    from colordesk.jobs import Job
    from colordesk.search import Found, Search
    from colordesk.steer.saved import SavedColour

_MOST_NAMES = 3


class Finding(QObject):
    """Searches, shows and takes over.

    Args:
        bridge: runs the search, in the lane of what nobody waits for.
        engine: searches, and reads edits of photos that are not at hand.
        document: the photo at hand, and the drafts of the others.
        messages: for errors and results.
        photos: returns the photos of the filmstrip.
        show: opens one of them.
    """

    def __init__(
        self,
        bridge: JobBridge,
        engine: Engine,
        document: Document,
        messages: Messages,
        photos: Callable[[], Sequence[Path]],
        show: Callable[[Path], None],
    ) -> None:
        super().__init__()
        self._bridge, self._engine, self._document = bridge, engine, document
        self._messages, self._photos, self._show = messages, photos, show
        self._job: Job[Any] | None = None
        self.window: QWidget | None = None
        """Above which the matches appear."""
        self.dialog: Matches | None = None
        """The matches of the last search, as long as they are shown."""

    def find(self, colour: SavedColour) -> None:
        """Look for the thing of a colour in all photos of the filmstrip."""
        edits = self._edits()
        paths = list(self._photos()) or list(edits)
        if not paths:
            self._messages.note(
                "info",
                self.tr("No photos are open to look through."),
                self.tr("Open a folder of photos first."),
            )
            return
        photos = [(path, edits.get(path)) for path in paths]
        if self._job is not None:
            self._job.cancel()
        self._job = self._bridge.start(
            lambda task: self._engine.colours.look_for(colour, photos, task),
            "batch",
            self.tr("Looking for “{name}”").format(name=colour.name),
            lambda search: self._found(colour, search, len(paths)),
            self._messages.error,
        )

    def _edits(self) -> dict[Path, Edit]:
        """Return the edits that do not lie beside their photos, and that of the one at hand."""
        edits, photo = self._document.unkept(), self._document.photo
        if photo is not None and photo.path is not None:
            edits[photo.path] = self._document.edit
        return edits

    def _found(self, colour: SavedColour, search: Search, count: int) -> None:
        if not search.found:
            self._messages.note(
                "info",
                self.tr("Nothing like “{name}” was found. Photos searched: {count}.").format(
                    name=colour.name, count=search.searched
                ),
                self._left_out(search, count),
            )
            return
        if self.dialog is not None:
            self.dialog.close()
        dialog = Matches(colour, search.found, search.searched, self.window)
        dialog.set_note(self._left_out(search, count))
        dialog.photo_wanted.connect(self._show)
        dialog.confirmed.connect(lambda found: self._take(colour, found))
        dialog.finished.connect(self._closed)
        self.dialog = dialog
        dialog.show()

    def _left_out(self, search: Search, count: int) -> str:
        """Say how many photos were not looked through."""
        parts = []
        if search.unread:
            names = ", ".join(path.name for path, _ in search.unread[:_MOST_NAMES])
            more = ", …" if len(search.unread) > _MOST_NAMES else ""
            parts.append(self.tr("Cannot be read: {names}.").format(names=names + more))
        if search.searched < count:
            parts.append(
                self.tr("The search was stopped; photos not looked at: {count}.").format(
                    count=count - search.searched
                )
            )
        return " ".join(parts)

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _take(self, colour: SavedColour, confirmed: Sequence[Found]) -> None:
        """Set points of the colour where a person said so."""
        points: dict[Path, list[ColorPoint]] = {}
        for found in confirmed:
            point = colour.point(round(found.match.x, 5), round(found.match.y, 5))
            points.setdefault(found.path, []).append(point)
        known = self._edits()
        unread = [path for path in points if path not in known]
        text = self.tr("“{name}” where it was found").format(name=colour.name)

        def work(task: Task) -> dict[Path, Edit]:
            return self._engine.edits_of(unread, task)

        def done(read: dict[Path, Edit]) -> None:
            edits = read | self._edits()  # a person may have gone on meanwhile
            changed = {
                path: dataclasses.replace(
                    edits[path], points=(*edits[path].points, *more)[:MOST_POINTS]
                )
                for path, more in points.items()
                if path in edits
            }
            self._document.change_many(changed, text)
            self._messages.note(
                "success",
                self.tr("The colour is set. Photos changed: {count}.").format(count=len(changed)),
            )

        self._bridge.start(work, "files", "", done, self._messages.error)
