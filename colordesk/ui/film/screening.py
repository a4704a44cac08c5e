"""The frame of the film that is seen: read at once, in colour a little later, or played.

Invariant: what the canvas shows is of the film at hand, and a frame that is seen in colour is never
made gray by an answer that comes late.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QObject, QTimer

from colordesk.ui.canvas.canvas import Canvas
from colordesk.ui.canvas.frame import Frame, Shown
from colordesk.ui.film.film_engine import FilmEngine
from colordesk.ui.film.latest import Latest
from colordesk.ui.film.pictures import Picture
from colordesk.ui.film.player import Player
from colordesk.ui.film.reel import Reel
from colordesk.ui.film.shot_points import ShotPoints
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.messages import Messages
from colordesk.video.shot_edits import ShotEdit
from colordesk.video.treatment import Treatment

_PATIENCE_MS = 400


@dataclass(frozen=True)
class _Wish:
    """A frame in colour: all that it depends on."""

    clip: str
    """Identity of the clip."""
    seconds: Fraction
    treatment: Treatment
    shot: ShotEdit | None


class Screening(QObject):
    """Wishes for pictures of the frame under the playhead, and shows them.

    Args:
        bridge: runs the work.
        engine: makes the pictures.
        messages: for errors.
        reel: the film at hand.
        canvas: shows them.
        player: plays the film.
        points: learns where points are on a frame.
    """

    def __init__(
        self,
        bridge: JobBridge,
        engine: FilmEngine,
        messages: Messages,
        reel: Reel,
        canvas: Canvas,
        player: Player,
        points: ShotPoints,
    ) -> None:
        super().__init__()
        self._engine, self._messages, self._reel = engine, messages, reel
        self._canvas, self._player, self._points = canvas, player, points
        self._follows = False
        self._seen: _Wish | None = None
        """What the canvas shows in colour."""
        self._before = Latest(bridge, "files", self.tr("Reading the film"), patient=True)
        self._after = Latest(bridge, "inference", self.tr("Colouring"), patient=False)
        self._before.ready.connect(self._read)
        self._after.ready.connect(self._coloured)
        self._before.failed.connect(messages.error)
        self._after.failed.connect(self.fail)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(lambda: canvas.set_note(self.tr("Colouring…")))
        reel.moved.connect(self._moved)
        reel.cut_changed.connect(self._moved)
        reel.chosen_changed.connect(self._wish_after)
        player.playing_changed.connect(self._played)
        player.shown.connect(self._project)
        player.failed.connect(self.fail)

    def begin(self, first: Frame) -> None:
        """Show the first frame of a film that was opened."""
        self._seen = None
        self._canvas.show_photo(first)
        self._points.show()
        self._wish_after()

    def stop(self) -> None:
        """Wish for nothing any more."""
        self._player.stop()
        self._before.stop()
        self._after.stop()
        self._settle()

    def fail(self, error: Exception) -> None:
        """Show no colours, and say why."""
        self._settle()
        self._canvas.clear_after()
        self._messages.error(error)

    def _moved(self) -> None:
        reel = self._reel
        if self._follows:
            return
        self._player.stop()
        clip, seconds = reel.clip, reel.moment(reel.frame)
        if clip is not None:
            self._before.wish(
                (clip.identity, seconds), lambda task: self._engine.before(clip, seconds, task)
            )
            self._wish_after()

    def _wish(self) -> _Wish:
        """Return what is to be seen now."""
        reel = self._reel
        one = reel.stretches[reel.number]
        treatment = reel.choices.treatment
        return _Wish(one.clip.identity, reel.moment(reel.frame), treatment, reel.shot)

    def _wish_after(self) -> None:
        reel = self._reel
        if self._player.is_playing or not reel.stretches or self._seen == self._wish():
            return
        choices, number, wish = reel.choices, reel.number, self._wish()
        if not self._patience.isActive():
            self._patience.start()
        self._after.wish(wish, lambda task: self._engine.after(choices, number, wish.seconds, task))

    def _read(self, what: tuple[str, Fraction], picture: Picture | None) -> None:
        if not self._reel.stretches:
            return
        if picture is None:
            self._miss(*what)
            return
        now, seen = self._wish(), self._seen
        fresh = seen is not None and (seen.clip, seen.seconds) == (now.clip, now.seconds)
        if what[0] != now.clip or fresh:
            return
        canvas = self._canvas
        if canvas.before is None:
            canvas.set_note("")
        canvas.set_before(Shown(picture.before, None))
        if canvas.after is not None:  # gray on both sides until the colours of this frame are there
            canvas.set_after(Shown(picture.before, None))
            self._seen = None
        self._points.show()

    def _coloured(self, what: _Wish, picture: Picture | None) -> None:
        if not self._reel.stretches:
            return
        if picture is None or picture.after is None:
            self._miss(what.clip, what.seconds)
            return
        now = self._wish()
        if what.clip != now.clip:
            return
        self._canvas.set_before(Shown(picture.before, None))
        self._canvas.set_after(Shown(picture.after, None))
        self._seen = what
        if what.seconds == now.seconds:
            self._points.set_places(self._reel.frame, picture.places)
        if what == now:
            self._settle()

    def _miss(self, clip: str, seconds: Fraction) -> None:
        """Show nothing where a film that was cut off has no frame any more, and say so."""
        now = self._wish()
        if (clip, seconds) == (now.clip, now.seconds):
            self._settle()
            self._seen = None
            self._canvas.clear()
            self._canvas.set_note(self.tr("The film ends before this frame."))

    def _project(self, picture: Picture) -> None:
        """Show a frame that is played, and bring the playhead along."""
        one = self._reel.stretches[picture.number]
        shown = Shown(picture.before, None)
        self._canvas.set_before(shown)
        self._canvas.set_after(Shown(picture.after, None) if picture.after else shown)
        self._seen = None
        self._settle()
        self._follows = True
        try:
            self._reel.go(self._reel.frame_in(picture.number, one.frame_of(picture.seconds)))
            self._points.set_places(self._reel.frame, picture.places)
        finally:
            self._follows = False

    def _played(self, on: bool) -> None:
        if on:
            self._before.stop()
            self._after.stop()
            self._patience.start()
        elif self._reel.stretches:
            self._settle()
            self._wish_after()

    def _settle(self) -> None:
        """Say no more that it takes long."""
        self._patience.stop()
        self._canvas.set_note("")
