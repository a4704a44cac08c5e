"""Plays the film at hand: pictures from a worker, sound from a thread of its own.

The sound leads: pictures wait for a device that is slow or stood still, since ears notice a gap and
eyes do not.
Invariant: at most one picture waits for the screen; a screen that is slow sees fewer of them.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, suppress
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from colordesk.jobs import Job
from colordesk.task import Task
from colordesk.ui.film.cut import Choices, Stretch
from colordesk.ui.film.film_engine import FilmEngine, Run
from colordesk.ui.film.pictures import Picture
from colordesk.ui.film.reel import Reel
from colordesk.ui.film.speaker import NoSpeaker, Speaker
from colordesk.ui.job_bridge import JobBridge

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_QUARTER = Fraction(1, 4)  # of a frame: times in files are rounded
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
        self._choices: Choices | None = None
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
        """Play from the playhead to the last out point, or all of it from there."""
        reel, stretches = self._reel, self._reel.stretches
        if not stretches or self.is_playing:
            return
        runs = _runs(reel)
        self._choose()
        sound: list[Speaker] = []

        def now() -> float:
            return time.monotonic() - sum(speaker.late for speaker in sound)

        def work(task: Task) -> int:
            try:
                self._open_sound(stretches, runs, sound)
                return self._engine.play(
                    stretches,
                    runs,
                    lambda: self._choices,
                    lambda: self._begin(sound, task),
                    self._hand_over,
                    now,
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
        job, speaker = self._job, self._speaker
        self._job = self._speaker = None
        if speaker is not None:
            speaker.muted = True  # at once: the worker may be busy with a frame
        with self._lock:
            self._waiting = None
        if job is not None:
            job.cancel()
            self.playing_changed.emit(False)

    def _choose(self) -> None:
        self._choices = self._reel.choices if self.in_colour else None

    def _show(self) -> None:
        with self._lock:
            picture, self._waiting = self._waiting, None
        if picture is not None and self.is_playing:
            self.shown.emit(picture)

    # called in the worker

    def _open_sound(
        self, stretches: Sequence[Stretch], runs: Sequence[Run], sound: list[Speaker]
    ) -> None:
        from colordesk.video.sound import CHANNELS, RATE, has_sound

        if not any(has_sound(stretches[run.number].clip) for run in runs):
            return
        try:
            sound.append(self._make_speaker(_sound_of(stretches, runs), RATE, CHANNELS))
        except NoSpeaker:
            self._no_speaker.emit()

    def _begin(self, sound: list[Speaker], task: Task) -> None:
        task.check()
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


def _runs(reel: Reel) -> list[Run]:
    """Return what is played from the playhead on; what is trimmed only if it is there."""
    final = len(reel.stretches) - 1
    end = reel.frame_in(final, reel.stretches[final].last)
    number, inside = reel.place(reel.frame)
    if reel.frame in (end, reel.count - 1):
        number, inside = 0, reel.stretches[0].first
    runs = []
    for index, one in enumerate(reel.stretches[number:], number):
        first = inside if index == number else one.first
        last = one.last if first <= one.last else one.end - 1
        start = max((first - _QUARTER) / one.clip.rate, Fraction(0))
        runs.append(Run(index, start, (last + 1 - _QUARTER) / one.clip.rate))
    return runs


def _sound_of(
    stretches: Sequence[Stretch], runs: Sequence[Run]
) -> Generator[NDArray[np.int16], None, None]:
    """Yield the sound of parts of a film one after another; where none can be had, silence."""
    import numpy as np

    from colordesk.video.errors import VideoError
    from colordesk.video.sound import CHANNELS, RATE, has_sound, read_sound

    for run in runs:
        clip = stretches[run.number].clip
        left = round((run.end - run.start) * RATE)
        if has_sound(clip):
            # the picture has the same error, and says it
            with suppress(VideoError, OSError), closing(read_sound(clip, run.start)) as chunks:
                for chunk in chunks:
                    yield chunk[:left]
                    left -= len(chunk)
                    if left <= 0:
                        break
        while left > 0:
            silence = np.zeros((min(left, RATE), CHANNELS), np.int16)
            yield silence
            left -= len(silence)
