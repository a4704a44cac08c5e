"""What the screen shows of the photo: always the latest wish, never a queue of old ones.

Two pictures lie on top of each other. The whole photo is made with at most `QUICK_PIXELS` while
something moves, and with as many as the zoom asks for in a pause. Where that would be more than
what is seen has, the part that is seen is made with its very pixels instead. A run that is under
way is let finish if it still shows the right photo with the right model, so that a long drag is
seen moving.
Invariant: at most one run is under way, and no result of another photo is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from colordesk.edit import Edit
from colordesk.edit.geometry import Geometry
from colordesk.jobs import Job, Lane
from colordesk.task import Task
from colordesk.ui.canvas.frame import Frame, Part, Shown
from colordesk.ui.engine import Wish
from colordesk.ui.job_bridge import JobBridge

if TYPE_CHECKING:
    from colordesk.photo import Photo

QUICK_PIXELS = 2_200_000
"""At most so many while something moves."""
_MOST_PIXELS = 32_000_000  # beyond it a part is always the better choice, but for odd shapes
_AROUND = 0.25  # of the part that is seen is made on each side as well, for the hand that moves it
_AROUND_LARGE = 0.06
_PAUSE_MS = 140

Work = Callable[["Photo", Wish, Task], Frame]


class Preview(QObject):
    """Makes one kind of picture, before or after.

    Args:
        bridge: runs the work.
        work: photo, wish, task -> frame.
        lane: where it runs.
        title: what people read while it takes long.
    """

    ready = Signal(object)
    """`Shown`, of the photo last wished for."""
    failed = Signal(object)
    """The error; it is not tried again before something changes."""
    busy_changed = Signal(object)
    """Whether the screen does not yet show what is wished for."""

    def __init__(self, bridge: JobBridge, work: Work, lane: Lane, title: str) -> None:
        super().__init__()
        self._bridge, self._work, self._lane, self._title = bridge, work, lane, title
        self._photo: Photo | None = None
        self._wish: Wish | None = None
        self._running: tuple[Photo, Wish, Job[Any]] | None = None
        self._whole: tuple[Wish, Frame] | None = None
        self._part: tuple[Wish, Frame] | None = None
        self._hopeless: Edit | None = None
        self._busy = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._sharpen)

    @property
    def shown(self) -> Shown | None:
        """The picture of the photo last wished for, as far as it is made."""
        if self._whole is None:
            return None
        wish, whole = self._whole
        part = self._part[1] if self._part and self._part[0].edit == wish.edit else None
        return Shown(whole, part)

    @property
    def shape(self) -> Geometry | None:
        """The shape in which that picture shows the photo."""
        return self._whole[0].edit.geometry if self._whole else None

    @property
    def is_running(self) -> bool:
        """Whether a run is under way."""
        return self._running is not None

    def wish(self, photo: Photo, edit: Edit, pixels: int, seen: Part) -> None:
        """Ask for a picture; it replaces the wish before.

        Args:
            photo: the photo.
            edit: how to colour it.
            pixels: about as many as the whole photo has at this zoom.
            seen: the part of it that is seen.
        """
        if photo is not self._photo:
            self._forget()
            self._photo = photo
        if edit == self._hopeless:
            return
        self._hopeless = None
        self._wish = wish = _reasonable(photo, Wish(edit, pixels, seen))
        if self._running is not None:
            running_photo, running, job = self._running
            other = running_photo is not photo or self._costs(running) != self._costs(wish)
            most = _area(running.part) or running.pixels
            slow = most > 2 * QUICK_PIXELS and running.edit != edit
            if other or slow:
                job.cancel()
        self._next()

    def accept(self, photo: Photo, edit: Edit, frame: Frame) -> None:
        """Take a picture of the whole photo that is there already."""
        self._forget()
        self._photo = photo
        width, height = frame.size
        self._whole = Wish(edit, width * height), frame

    def stop(self) -> None:
        """Wish for nothing any more."""
        self._forget()
        self._photo = None
        self._set_busy(False)

    def _forget(self) -> None:
        self._wish = self._whole = self._part = self._hopeless = None
        self._pause.stop()
        if self._running is not None:
            self._running[2].cancel()

    def _next(self) -> None:
        """Start what is to be done at once, or wait for a pause."""
        wish = self._wish
        if wish is None or self._running is not None:
            return
        wants_part = wish.part is not None and not self._has_part(wish)
        if wants_part and _area(wish.part) <= QUICK_PIXELS:
            self._sharpen()
        elif self._whole is None or self._whole[0].edit != wish.edit:
            self._start(Wish(wish.edit, min(wish.pixels, QUICK_PIXELS)))
        else:
            self._set_busy(False)
            if wants_part or (self._whole[0].pixels < wish.pixels and wish.part is None):
                self._pause.start()

    def _sharpen(self) -> None:
        wish = self._wish
        if wish is not None and self._running is None:
            self._start(replace(wish, part=self._grown(wish) if wish.part else None))

    def _start(self, wish: Wish) -> None:
        photo = self._photo
        if photo is None:
            return
        self._pause.stop()
        self._set_busy(self._whole is None or self._whole[0].edit != wish.edit)
        job = self._bridge.start(
            lambda task: self._work(photo, wish, task),
            self._lane,
            self._title,
            lambda frame: self._done(photo, wish, frame),
            lambda error: self._failed(photo, wish, error),
            self._ended,
        )
        self._running = (photo, wish, job)

    def _done(self, photo: Photo, wish: Wish, frame: Frame) -> None:
        if photo is not self._photo:
            return
        if wish.part is None:
            self._whole = wish, frame
        else:
            self._part = wish, frame
        if self._whole is not None:
            self.ready.emit(self.shown)

    def _failed(self, photo: Photo, wish: Wish, error: Exception) -> None:
        if photo is self._photo and self._wish is not None and wish.edit == self._wish.edit:
            self._wish, self._hopeless = None, wish.edit
            self._set_busy(False)
            self.failed.emit(error)

    def _ended(self) -> None:
        self._running = None
        self._next()

    def _has_part(self, wish: Wish) -> bool:
        if self._part is None or wish.part is None or self._part[0].edit != wish.edit:
            return False
        left, top, right, bottom = self._part[1].part
        return (
            left <= wish.part[0]
            and top <= wish.part[1]
            and wish.part[2] <= right
            and wish.part[3] <= bottom
        )

    def _costs(self, wish: Wish) -> tuple[object, ...]:
        """Return what a run that takes long depends on."""
        edit = wish.edit
        return (edit.model, edit.size, edit.geometry) if self._lane == "inference" else ()

    def _grown(self, wish: Wish) -> Part | None:
        part = wish.part
        if self._photo is None or part is None:
            return part
        left, top, right, bottom = part
        width, height = wish.edit.geometry.size(self._photo.width, self._photo.height)
        share = _AROUND if _area(part) <= QUICK_PIXELS else _AROUND_LARGE
        x, y = round((right - left) * share), round((bottom - top) * share)
        return max(left - x, 0), max(top - y, 0), min(right + x, width), min(bottom + y, height)

    def _set_busy(self, busy: bool) -> None:
        if busy != self._busy:
            self._busy = busy
            self.busy_changed.emit(busy)


def _reasonable(photo: Photo, wish: Wish) -> Wish:
    """Choose between more pixels of the whole and the very pixels of a part."""
    width, height = wish.edit.geometry.size(photo.width, photo.height)
    pixels = max(1, min(wish.pixels, width * height))
    if wish.part is not None and pixels > QUICK_PIXELS and 0 < _area(wish.part) < pixels:
        return Wish(wish.edit, QUICK_PIXELS, wish.part)
    return Wish(wish.edit, min(pixels, _MOST_PIXELS))


def _area(part: Part | None) -> int:
    if part is None:
        return 0
    left, top, right, bottom = part
    return (right - left) * (bottom - top)
