"""What the screen shows of the photo: always the latest wish, never a queue of old ones.

A change of look is shown at once at a modest size; when the person pauses, the picture is made
again with as many pixels as the zoom asks for. A run that is under way is let finish if it still
shows the right photo with the right model, so that a long drag is seen moving.
Invariant: at most one run of each kind is under way, and no result of another photo is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from colordesk.edit import Edit
from colordesk.jobs import Job, Lane
from colordesk.task import Task
from colordesk.ui.frame import Frame
from colordesk.ui.job_bridge import JobBridge

if TYPE_CHECKING:
    from colordesk.photo import Photo

QUICK_PIXELS = 2_200_000
"""At most so many while a slider moves."""
MOST_PIXELS = 128_000_000
"""More would take more memory than a screen is worth; beyond it, pixels are shown enlarged."""
_PAUSE_MS = 140

Work = Callable[["Photo", Edit, int, Task], Frame]


@dataclass(frozen=True, eq=False)
class Wish:
    """One picture that somebody wants to see."""

    photo: Photo
    edit: Edit
    pixels: int

    def same_but_pixels(self, other: Wish | None) -> bool:
        """Whether both show the same."""
        return other is not None and self.photo is other.photo and self.edit == other.edit

    def same_colours(self, other: Wish) -> bool:
        """Whether both need the same run of the network."""
        return (self.photo, self.edit.model, self.edit.size) == (
            other.photo,
            other.edit.model,
            other.edit.size,
        )


class Preview(QObject):
    """Makes one kind of picture, before or after.

    Args:
        bridge: runs the work.
        work: photo, edit, pixels, task -> frame.
        lane: where it runs.
        title: what people read while it takes long.
    """

    ready = Signal(object)
    """A `Frame` of the photo last wished for."""
    failed = Signal(object)
    """The error; it is not tried again before something changes."""
    busy_changed = Signal(bool)
    """Whether the screen does not yet show what is wished for."""

    def __init__(self, bridge: JobBridge, work: Work, lane: Lane, title: str) -> None:
        super().__init__()
        self._bridge, self._work, self._lane, self._title = bridge, work, lane, title
        self._wish: Wish | None = None
        self._running: tuple[Wish, Job[Any]] | None = None
        self._shown: Wish | None = None
        self._hopeless: Wish | None = None
        self._busy = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._sharpen)

    def wish(self, photo: Photo, edit: Edit, pixels: int) -> None:
        """Ask for a picture of about so many pixels; it replaces the wish before."""
        most = min(photo.width * photo.height, MOST_PIXELS)
        wish = Wish(photo, edit, max(1, min(pixels, most)))
        if wish.same_but_pixels(self._hopeless):
            return
        self._wish, self._hopeless = wish, None
        if self._running is not None:
            running, job = self._running
            too_slow = running.pixels > QUICK_PIXELS and not wish.same_but_pixels(running)
            if too_slow or not wish.same_colours(running):
                job.cancel()
        self._next()

    def accept(self, photo: Photo, edit: Edit, pixels: int) -> None:
        """Note that a picture of so many pixels is on the screen already."""
        self._shown = Wish(photo, edit, pixels)

    def stop(self) -> None:
        """Wish for nothing any more."""
        self._wish = self._shown = self._hopeless = None
        self._pause.stop()
        if self._running is not None:
            self._running[1].cancel()
        self._set_busy(False)

    @property
    def is_running(self) -> bool:
        """Whether a run is under way."""
        return self._running is not None

    def _next(self) -> None:
        """Start what is to be done at once, or wait for a pause."""
        wish = self._wish
        if wish is None or self._running is not None:
            return
        if not wish.same_but_pixels(self._shown):
            self._start(replace(wish, pixels=min(wish.pixels, QUICK_PIXELS)))
        elif self._shown is not None and self._shown.pixels < wish.pixels:
            self._set_busy(False)
            self._pause.start()
        else:
            self._set_busy(False)

    def _sharpen(self) -> None:
        if self._wish is not None and self._running is None:
            self._start(self._wish)

    def _start(self, wish: Wish) -> None:
        self._pause.stop()
        self._set_busy(not wish.same_but_pixels(self._shown))
        job = self._bridge.start(
            lambda task: self._work(wish.photo, wish.edit, wish.pixels, task),
            self._lane,
            self._title,
            lambda frame: self._done(wish, frame),
            lambda error: self._failed(wish, error),
            self._ended,
        )
        self._running = (wish, job)

    def _done(self, wish: Wish, frame: Frame) -> None:
        if self._wish is not None and wish.photo is self._wish.photo:
            self._shown = wish
            self.ready.emit(frame)

    def _failed(self, wish: Wish, error: Exception) -> None:
        if self._wish is not None and wish.same_but_pixels(self._wish):
            self._wish, self._hopeless = None, wish
            self._set_busy(False)
            self.failed.emit(error)

    def _ended(self) -> None:
        self._running = None
        self._next()

    def _set_busy(self, busy: bool) -> None:
        if busy != self._busy:
            self._busy = busy
            self.busy_changed.emit(busy)
