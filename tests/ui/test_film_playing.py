"""Playing a film: pace, sound, pause, and the shots on the timeline."""

from __future__ import annotations

import queue
from collections.abc import Generator, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from colordesk.task import Cancelled, Task
from colordesk.ui.film import projection
from colordesk.ui.film.player import Player
from colordesk.ui.film.projection import project
from colordesk.ui.film.speaker import NoSpeaker
from colordesk.ui.studio import Studio
from colordesk.video.clip import open_clip
from colordesk.video.sound import RATE, read_sound
from tests.films import make_film
from tests.ui.conftest import Wait, is_idle
from tests.ui.steady import Steady

COUNT = 30


class Heard:
    """A speaker that keeps what it is given."""

    def __init__(self, samples: Generator[Any, None, None], rate: int, channels: int) -> None:
        self.samples, self.muted, self.state = samples, False, "open"

    def start(self) -> None:
        self.state = "started"

    def close(self) -> None:
        self.samples.close()
        self.state = "closed"


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A film of 30 frames with sound; another shot begins with frame 20."""
    path = tmp_path / "films" / "a street ü.mp4"
    return make_film(path, count=COUNT, size=(96, 64), codec="libx264", audio="aac", cut_at=20)


@pytest.fixture
def speakers(monkeypatch: pytest.MonkeyPatch) -> list[Heard]:
    """All speakers that were made."""
    made: list[Heard] = []

    def make(samples: Generator[Any, None, None], rate: int, channels: int) -> Heard:
        made.append(Heard(samples, rate, channels))
        return made[-1]

    usual = Player.__init__.__defaults__
    assert usual is not None
    monkeypatch.setattr(Player.__init__, "__defaults__", (make,))
    return made


@pytest.fixture
def steady(monkeypatch: pytest.MonkeyPatch) -> Steady:
    """What is shown by playing that is never late."""
    made = Steady()
    monkeypatch.setattr(projection, "project", made)
    return made


@pytest.fixture
def at_film(speakers: list[Heard], studio: Studio, film: Path, wait: Wait) -> Studio:
    """The window with a film."""
    studio.opening.open([film])
    wait(lambda: studio.filming.is_open and is_idle(studio))
    return studio


def test_a_film_is_played_to_its_end_with_sound(
    at_film: Studio, speakers: list[Heard], wait: Wait, steady: Steady
) -> None:
    filming = at_film.filming
    frames: list[int] = []
    filming.reel.moved.connect(frames.append)
    QTest.keyClick(filming.view.canvas, Qt.Key.Key_Space)
    assert filming.player.is_playing
    assert filming.view.transport.play_button.accessibleName() == "Pause"
    wait(lambda: not filming.player.is_playing)
    wait(lambda: is_idle(at_film))
    assert steady.seen == [(0, frame) for frame in range(COUNT)]
    assert frames == sorted(frames)
    assert filming.reel.frame == COUNT - 1
    assert filming.player.left_out == 0
    assert filming.view.timeline.shots == (0, 20)
    assert [speaker.state for speaker in speakers] == ["closed"]
    assert filming.view.transport.play_button.accessibleName() == "Play"
    shown = filming.view.canvas.after
    assert shown is not None
    assert np.ptp(shown.whole.rgb.astype(int), axis=2).mean() > 10


def test_it_pauses_where_it_is_and_ends_at_the_out_point(
    at_film: Studio, speakers: list[Heard], wait: Wait, steady: Steady
) -> None:
    filming, reel = at_film.filming, at_film.filming.reel
    reel.set_first(4)
    reel.set_last(12)
    filming.view.transport.mute_button.click()
    filming.view.transport.colour_button.click()
    reel.go(reel.last)
    filming.player.play()
    wait(lambda: reel.frame == 12 and not filming.player.is_playing)
    assert steady.seen == [(0, frame) for frame in range(4, 13)]
    assert speakers[0].muted
    wait(lambda: is_idle(at_film))
    reel.go(4)
    steady.hold_at = 7
    filming.player.play()
    wait(lambda: reel.frame == 7)
    QTest.keyClick(filming.view.canvas, Qt.Key.Key_Space)
    frame = reel.frame
    wait(lambda: is_idle(at_film))
    assert reel.frame == frame
    assert not filming.player.is_playing
    steady.hold_at = 9
    filming.player.play()
    wait(lambda: filming.reel.frame == 9)
    filming.view.timeline.setValue(25)  # a hand on the timeline pauses as well
    assert not filming.player.is_playing
    wait(lambda: is_idle(at_film))
    assert filming.reel.frame == 25


def test_without_a_device_it_plays_silently_and_says_so_once(
    studio: Studio, film: Path, wait: Wait
) -> None:
    def none(*anything: object) -> Heard:
        raise NoSpeaker

    studio.opening.open([film])
    wait(lambda: studio.filming.is_open and is_idle(studio))
    filming = studio.filming
    filming.player._make_speaker = none  # type: ignore[assignment]
    filming.player.play()
    wait(lambda: studio.banner.isVisible())
    assert "No device for sound" in studio.banner.what.text()
    studio.banner.dismiss()
    filming.player.stop()
    wait(lambda: is_idle(studio))
    filming.player.play()
    wait(lambda: not filming.player.is_playing)
    assert not studio.banner.isVisible()


def test_frames_come_when_they_are_due_and_late_ones_are_left_out() -> None:
    now = [100.0]
    shown: list[tuple[int, float]] = []

    def sleep(seconds: float) -> None:
        now[0] += seconds

    def make_in(seconds: float, begins_with: float = 5.0) -> Any:
        def make(number: int) -> int:
            now[0] += begins_with if number == 0 else seconds
            return number

        return make

    def play(cost: float) -> int:
        shown.clear()
        began: list[float] = []
        left_out = project(
            ((n * 0.04, n) for n in range(100)),
            make_in(cost),
            lambda number: shown.append((number, now[0] - began[0])),
            lambda: began.append(now[0]),
            0.04,
            Task(),
            clock=lambda: now[0],
            sleep=sleep,
        )
        assert left_out + len(shown) == 100
        assert all(at >= number * 0.04 - 1e-9 for number, at in shown), "none before its time"
        return left_out

    assert play(0.01) == 0
    assert max(at - number * 0.04 for number, at in shown) < 0.021
    left_out = play(0.2)
    assert 70 < left_out < 90
    late = [at - number * 0.04 for number, at in shown[5:]]
    assert max(late) < 0.1, "it keeps up with the sound"


def test_playing_can_be_cancelled_between_two_frames() -> None:
    task = Task()

    def frames() -> Iterator[tuple[float, int]]:
        yield 0.0, 0
        yield 3600.0, 1

    with pytest.raises(Cancelled):
        project(
            frames(), lambda n: n, lambda n: None, lambda: None, 0.04, task,
            sleep=lambda seconds: task.cancel(),
        )  # fmt: skip


def test_sound_begins_at_the_moment_that_was_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "beeps.mkv"
    with av.open(str(path), "w") as container:
        video: Any = container.add_stream("ffv1", 25)
        video.width = video.height = 32
        video.pix_fmt = "yuv420p"
        sound: Any = container.add_stream("pcm_s16le", 16000, layout="mono")
        for _ in range(100):
            container.mux(video.encode(av.VideoFrame(32, 32, "yuv420p")))
        wave = np.zeros((1, 64000), np.int16)
        wave[0, 48000:49600] = 9000  # a tenth of a second, after three
        for start in range(0, 64000, 1600):
            piece = np.ascontiguousarray(wave[:, start : start + 1600])
            frame = av.AudioFrame.from_ndarray(piece, "s16", "mono")
            frame.sample_rate, frame.pts, frame.time_base = 16000, start, Fraction(1, 16000)
            container.mux(sound.encode(frame))
        container.mux(video.encode(None))
        container.mux(sound.encode(None))
    clip = open_clip(path)
    for since in (Fraction(0), Fraction(1, 2), Fraction(27, 10)):
        samples = np.concatenate(list(read_sound(clip, since)))
        loud = np.flatnonzero(samples[:, 0] > 4000)
        assert loud[0] / RATE == pytest.approx(3 - float(since), abs=0.002)
        assert len(loud) / RATE == pytest.approx(0.1, abs=0.002)


def test_a_film_without_sound_yields_none(tmp_path: Path) -> None:
    clip = open_clip(make_film(tmp_path / "a.mkv"))
    assert list(read_sound(clip, Fraction(0))) == []


def test_queue_of_the_speaker_is_never_waited_for() -> None:
    """The generator that the device asks gives silence when nothing is decoded yet."""
    from colordesk.ui.film.speaker import Speaker

    speaker = Speaker.__new__(Speaker)
    speaker._width, speaker.muted = 4, False
    speaker._chunks = queue.Queue()
    sound = speaker._sound()
    next(sound)
    assert sound.send(3) == bytes(12)
    speaker._chunks.put(bytes(range(8)))
    assert sound.send(3) == bytes(range(8)) + bytes(4)
    speaker._chunks.put(bytes(range(20)))
    speaker.muted = True
    assert sound.send(2) == bytes(8)
    speaker.muted = False
    assert sound.send(3) == bytes(range(8, 20)), "time went on while it was mute"
