"""The photos that are open together: the strip, its badges, and what is done to several of them.

Invariant: the strip marks the document's photo, and its badges say what is so now.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from colordesk.paths import presets_dir
from colordesk.ui.actions import Actions
from colordesk.ui.collection.photo_list import Badge, PhotoList
from colordesk.ui.document import Document
from colordesk.ui.engine import Engine
from colordesk.ui.icons import Icons
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.messages import Messages
from colordesk.ui.panels.filmstrip import Filmstrip
from colordesk.ui.sharing import Sharing
from colordesk.ui.theme import Theme

if TYPE_CHECKING:
    from colordesk.folder import Entry
    from colordesk.ui.main_window import MainWindow


class Collection(QObject):
    """All photos that are open.

    Args:
        bridge: runs the reading.
        engine: reads.
        document: the photo at hand.
        messages: for errors and results.
        theme: for the colours.
        icons: for badges.
    """

    def __init__(
        self,
        bridge: JobBridge,
        engine: Engine,
        document: Document,
        messages: Messages,
        theme: Theme,
        icons: Icons,
    ) -> None:
        super().__init__()
        self._document = document
        self._entries: tuple[Entry, ...] = ()
        self.photos = PhotoList(bridge, engine.thumbnail)
        self.filmstrip = Filmstrip(theme, icons, self.photos)
        self.sharing = Sharing(
            bridge, engine, document, messages, self.filmstrip.selected, presets_dir()
        )
        document.kept.connect(lambda path: self.photos.mark(Badge.EDITED, path))
        document.state_changed.connect(lambda: self.photos.set_unkept(document.unkept()))
        self.filmstrip.selection_changed.connect(document.state_changed)

    def join(self, window: MainWindow, actions: Actions) -> None:
        """Take the places in the window that are meant for several photos."""
        self.sharing.window = window
        photos_menu = window.menus["photos"]
        below = actions["save_preset"]
        for title, then in (
            (self.tr("&Apply Preset"), self.sharing.apply),
            (self.tr("&Delete Preset"), self.sharing.delete),
        ):
            menu = QMenu(title, window)
            menu.aboutToShow.connect(lambda menu=menu, then=then: self.sharing.fill(menu, then))
            photos_menu.insertMenu(below, menu)
        self.filmstrip.menu_wanted.connect(lambda at: photos_menu.popup(at))

    def show(self, entries: Sequence[Entry]) -> None:
        """Show other photos in the strip."""
        self._entries = tuple(entries)
        self.filmstrip.set_entries(entries)

    def mark_current(self) -> None:
        """Mark the photo at hand."""
        photo = self._document.photo
        self.filmstrip.set_current(photo.path if photo else None)

    def mark_saved(self, source: Path) -> None:
        """Note that a coloured result of a photo was written."""
        self.photos.mark(Badge.SAVED, source)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The photos, in order."""
        return tuple(
            dataclasses.replace(
                entry,
                edited=Badge.EDITED in self.photos.badges(entry.path),
                saved=Badge.SAVED in self.photos.badges(entry.path),
            )
            for entry in self._entries
        )

    @property
    def count(self) -> int:
        """How many photos there are."""
        return len(self.photos.paths)
