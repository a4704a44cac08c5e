"""Plays the film at hand: pictures from a worker, sound from a thread of its own.

Invariant: at most one picture waits for the screen; a screen that is slow sees fewer of them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from colordesk.edit import Edit
from colordesk.jobs import Job
from colordesk.task import Task
from colordesk.ui.film.film_engine import FilmEngine, Picture
from colordesk.ui.film.reel import Reel
from colordesk.ui.film.speaker import NoSpeaker, Speaker
from colordesk.ui.job_bridge import JobBridge

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from colordesk.video.clip import Clip

MakeSpeaker = Callable[[Generator["NDArray[np.int16]", None, None], int, int], Speaker]


class Player(QObject):
    """Plays, pauses and is muted.

    Args:
        bridge: runs the work.
        engine: does it.
        reel: the film at hand.
        make_speaker: opens the device for sound.
    """

    playing_changed = Signal(bool)
    shown = Signal(object)
    """A `Picture` that is due now."""
    failed = Signal(object)
    """The error that ended the playing."""
    silent = Signal()
    """There is sound, but nothing to hear it with."""
    _waits = Signal()
    _no_speaker = Signal()

    def __init__(
        self,
        bridge: JobBridge,
        engine: FilmEngine,
        reel: Reel,
        make_speaker: MakeSpeaker = Speaker,
    ) -> None:
        super().__init__()
        self._bridge, self._engine, self._reel = bridge, engine, reel
        self._make_speaker = make_speaker
        self._job: Job[Any] | None = None
        self._lock = threading.Lock()
        self._waiting: Picture | None = None
        self._speaker: Speaker | None = None
        self._edit: Edit | None = None
        self.in_colour = True
        """Whether frames are coloured as fast as the model can, or all are shown in gray."""
        self.muted = False
        self.left_out = 0
        """Frames that the last playing left out."""
        self._waits.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._no_speaker.connect(self.silent, Qt.ConnectionType.QueuedConnection)
        reel.chosen_changed.connect(self._choose)

    @property
    def is_playing(self) -> bool:
        """Whether the film runs."""
        return self._job is not None

    def set_muted(self, on: bool) -> None:
        """Hear nothing, or the film's sound."""
        self.muted = on
        if self._speaker is not None:
            self._speaker.muted = on

    def set_in_colour(self, on: bool) -> None:
        """Show frames in colour, or all of them in gray."""
        self.in_colour = on
        self._choose()

    def toggle(self) -> None:
        """Play, or pause."""
        if self.is_playing:
            self.stop()
        else:
            self.play()

    def play(self) -> None:
        """Play from the playhead to the out point, or from the in point if it is at its end."""
        reel, clip = self._reel, self._reel.clip
        if clip is None or self.is_playing:
            return
        start, last = reel.frame, reel.last
        if start == last or start >= reel.count - 1:
            start = reel.choices.first
        if start > last:
            last = reel.count - 1
        quarter = Fraction(1, 4)
        span = (start - quarter) / reel.rate, (last + 1 - quarter) / reel.rate
        self._choose()
        sound: list[Speaker] = []

        def work(task: Task) -> int:
            try:
                self._open_sound(clip, max(span[0], Fraction(0)), sound)
                return self._engine.play(
                    clip,
                    (max(span[0], Fraction(0)), span[1]),
                    lambda: self._edit,
                    lambda: self._begin(sound),
                    self._hand_over,
                    task,
                )
            finally:
                for speaker in sound:
                    speaker.close()

        def ended() -> None:
            if self._job is job:
                self._job = self._speaker = None
                self.playing_changed.emit(False)

        def done(left_out: int) -> None:
            if self._job is job:
                self.left_out = left_out

        job = self._job = self._bridge.start(work, "inference", "", done, self.failed.emit, ended)
        self.playing_changed.emit(True)

    def stop(self) -> None:
        """Pause where it is."""
        job, self._job, self._speaker = self._job, None, None
        with self._lock:
            self._waiting = None
        if job is not None:
            job.cancel()
            self.playing_changed.emit(False)

    def _choose(self) -> None:
        self._edit = self._reel.edit if self.in_colour else None

    def _show(self) -> None:
        with self._lock:
            picture, self._waiting = self._waiting, None
        if picture is not None and self.is_playing:
            self.shown.emit(picture)

    # called in the worker

    def _open_sound(self, clip: Clip, since: Fraction, sound: list[Speaker]) -> None:
        from colordesk.video.sound import CHANNELS, RATE, has_sound, read_sound

        if not has_sound(clip):
            return
        try:
            sound.append(self._make_speaker(read_sound(clip, since), RATE, CHANNELS))
        except NoSpeaker:
            self._no_speaker.emit()

    def _begin(self, sound: list[Speaker]) -> None:
        for speaker in sound:
            speaker.muted = self.muted
            try:
                speaker.start()
            except NoSpeaker:
                self._no_speaker.emit()
            self._speaker = speaker

    def _hand_over(self, picture: Picture) -> None:
        with self._lock:
            first, self._waiting = self._waiting is None, picture
        if first:
            self._waits.emit()
