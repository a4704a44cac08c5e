"""How each picture of the comparison is made: in its colours, or as a map of its errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from colordesk.task import Task
from colordesk.ui.canvas.frame import Frame, make_frame
from colordesk.ui.compare.entry import Entry
from colordesk.ui.compare.kinds import Kind
from colordesk.ui.engine import Engine, Wish
from colordesk.ui.preview import Work

if TYPE_CHECKING:
    from colordesk.photo import Photo


class InColour:
    """Makes pictures in their colours.

    Args:
        engine: makes them.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __call__(self, entry: Entry, truth: Photo | None) -> Work:
        """Return what makes the picture of an entry."""
        return self._engine.before if entry.as_it_is else self._engine.after


class AsMap:
    """Makes maps of the errors.

    Args:
        engine: makes the pictures.
    """

    kind = Kind.DELTA_E
    """Of the maps that will be asked for."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __call__(self, entry: Entry, truth: Photo | None) -> Work:
        """Return what makes the map of an entry."""
        engine, kind = self._engine, self.kind

        def work(photo: Photo, wish: Wish, task: Task) -> Frame:
            from colordesk.ui.compare.maps import difference

            mine = engine.after(photo, wish, task.part(0.0, 0.6))
            true = engine.before(truth or photo, wish, task.part(0.6, 0.7))
            return make_frame(difference(kind, mine.rgb, true.rgb, task.part(0.7, 1.0)), mine.part)

        return work
