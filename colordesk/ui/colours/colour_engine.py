"""The slow half of saved colours behind one door for the window.

Hides the file and the search. Every method is meant for a worker.
Invariant: importing this module loads neither picture libraries nor models.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from colordesk.edit import ColorPoint, Edit
from colordesk.task import Task

if TYPE_CHECKING:
    from colordesk.inference.library import Library
    from colordesk.photo import Photo
    from colordesk.render import Renderer
    from colordesk.search import Search
    from colordesk.steer.saved import SavedColour
    from colordesk.store import Store


class ColourEngine:
    """Keeps colours under names and looks for their things.

    Args:
        tools: returns library and renderer, which are made when they are first needed.
        path: of the file.
        cache: the file in which it is kept what models know of photos.
    """

    def __init__(
        self, tools: Callable[[], tuple[Library, Renderer]], path: Path, cache: Path
    ) -> None:
        self._tools, self._path, self._cache = tools, path, cache
        self._writing = threading.Lock()
        self._store: Store | None = None

    def close(self) -> None:
        """Let go of what is open; no worker may be at work any more."""
        if self._store is not None:
            self._store.close()

    def read(self, task: Task) -> tuple[SavedColour, ...]:
        """Return all saved colours, in order of their names.

        Raises:
            SavedColoursError: the file is damaged.
            OSError: it cannot be read.
        """
        from colordesk.steer.saved import read_saved

        return read_saved(self._path)

    def save(
        self,
        read: Callable[[Task], Photo],
        edit: Edit,
        point: ColorPoint,
        name: str,
        lightness: float,
        task: Task,
    ) -> tuple[SavedColour, ...]:
        """Keep the colour of a point under a name; return all there are then.

        Args:
            read: returns the photo, or the frame of a film, that the point was set in.
            edit: its model and shape.
            point: the point.
            name: of the colour.
            lightness: L* of the thing there.
            task: progress and cancel.

        Raises:
            NoFeatures: the model cannot tell things apart.
            ColorDeskError: the model, the film or the file cannot be used, or too many are in it.
            OSError: a file cannot be read or written.
        """
        from colordesk.search import known_by
        from colordesk.steer.saved import SavedColour

        photo = read(task)
        model, features = known_by(self._tools()[1], photo, edit, (point.x, point.y), task)
        a, b = point.ab
        colour = SavedColour(name, a, b, model, features, lightness, point.radius, point.gray)
        return self.put(colour, task)

    def put(self, colour: SavedColour, task: Task) -> tuple[SavedColour, ...]:
        """Keep a colour; return all there are then.

        Raises:
            SavedColoursError, OSError: as `save`.
        """
        from colordesk.steer.saved import with_colour

        return self._change(lambda colours: with_colour(colours, colour, self._path))

    def remove(self, name: str, task: Task) -> tuple[SavedColour, ...]:
        """Keep a colour no longer; return those that are left.

        Raises:
            SavedColoursError, OSError: as `save`.
        """
        return self._change(lambda colours: tuple(c for c in colours if c.name != name))

    def look_for(
        self, colour: SavedColour, photos: Sequence[tuple[Path, Edit | None]], task: Task
    ) -> Search:
        """Look for the thing of a colour in photos; see `search.look_for`."""
        from colordesk.features import LIMIT, Features
        from colordesk.search import look_for
        from colordesk.store import Store

        with self._writing:
            if self._store is None:
                self._store = Store(self._cache, LIMIT)
        return look_for(Features(*self._tools(), self._store), colour, photos, task)

    def _change(
        self, change: Callable[[tuple[SavedColour, ...]], tuple[SavedColour, ...]]
    ) -> tuple[SavedColour, ...]:
        from colordesk.steer.saved import read_saved, write_saved

        with self._writing:
            colours = change(read_saved(self._path))
            write_saved(colours, self._path)
        return colours
