"""Playing a film: pace, sound, pause, and the shots on the timeline."""

from __future__ import annotations

import queue
import time
from collections.abc import Generator, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from colordesk.edit import Look
from colordesk.task import Cancelled, Task
from colordesk.ui.film import previewing, projection
from colordesk.ui.film.cut import whole
from colordesk.ui.film.film_engine import Order, Run
from colordesk.ui.film.player import Player, _sound_of
from colordesk.ui.film.projection import project
from colordesk.ui.film.speaker import NoSpeaker
from colordesk.ui.studio import Studio
from colordesk.video.codecs import PRESETS
from colordesk.video.probing import open_clip
from colordesk.video.sound import RATE, read_sound
from colordesk.video.stills import Stills
from tests.films import make_film
from tests.ui.conftest import Wait, is_idle
from tests.ui.steady import Steady

COUNT = 30


class Heard:
    """A speaker that keeps what it is given."""

    def __init__(self, samples: Generator[Any, None, None], rate: int, channels: int) -> None:
        self.samples, self.muted, self.state, self.late = samples, False, "open", 0.0

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


@pytest.mark.parametrize("first", [0, 5])  # sound that begins early shifts nothing
def test_a_preview_plays_the_chosen_part_as_its_export_will_be(
    first: int,
    at_film: Studio,
    speakers: list[Heard],
    film: Path,
    wait: Wait,
    steady: Steady,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    filming, reel, canvas = at_film.filming, at_film.filming.reel, at_film.filming.view.canvas
    reel.set_first(first)
    reel.set_last(14)
    reel.change(
        replace(reel.choices, treatment=replace(reel.choices.treatment, clean=100)), "less grain"
    )
    out = film.with_name("out.mkv")
    filming.exporting.export(Order(reel.choices, out, PRESETS["archive"]))
    wait(lambda: out.exists() and is_idle(at_film))
    filming.view.preview_button.click()
    wait(lambda: len(steady.seen) == 15 - first and is_idle(at_film))
    assert steady.seen == [(0, frame) for frame in range(first, 15)]
    with av.open(str(out)) as container:
        exported = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    assert len(exported) == 15 - first
    for frame in (6, 14):
        off = np.abs(steady.pictures[frame].after.rgb.astype(int) - exported[frame - first])
        assert off.mean() < 2.5, f"frame {frame} is that of the export"
    assert canvas.after is not None
    off = np.abs(canvas.after.whole.rgb.astype(int) - exported[-1])
    assert off.mean() < 2.5, "also when it stands"
    assert reel.frame == 14

    steady.seen.clear()
    with monkeypatch.context() as patch:
        patch.setattr(Stills, "of", lambda *anything: pytest.fail("the model was asked"))
        QTest.keyClick(canvas, Qt.Key.Key_V)
        wait(lambda: len(steady.seen) == 15 - first and is_idle(at_film))
        reel.go(8)
        wait(lambda: is_idle(at_film))
    assert np.abs(canvas.after.whole.rgb.astype(int) - exported[8 - first]).mean() < 2.5
    reel.change_edit(replace(reel.edit, look=Look(strength=0)), "no colour")
    wait(lambda: is_idle(at_film))
    assert np.ptp(canvas.after.whole.rgb.astype(int), axis=2).max() < 3, "it is of what is chosen"
    at_film.actions["close"].trigger()
    wait(lambda: is_idle(at_film))
    assert filming.previewing._made is None


def test_a_preview_is_of_a_bounded_length(at_film: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previewing, "LONGEST", Fraction(1))
    at_film.filming.previewing.start()
    assert at_film.banner.what.text() == "That is too long for a preview."
    assert is_idle(at_film)


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


def small_pictures(container: Any, codec: str) -> Any:
    """Add a stream for pictures of 32 x 32, 25 a second."""
    video = container.add_stream(codec, 25)
    video.width = video.height = 32
    video.pix_fmt = "yuv420p"
    return video


def test_sound_begins_at_the_moment_that_was_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "beeps.mkv"
    with av.open(str(path), "w") as container:
        video = small_pictures(container, "ffv1")
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


def test_where_sound_cannot_be_had_there_is_silence_and_the_next_clip_is_heard_in_time(
    tmp_path: Path,
) -> None:
    clips = [
        open_clip(make_film(tmp_path / name, count=25, audio="pcm_s16le"))
        for name in ("gone.mkv", "there.mkv")
    ]
    clips[0].path.unlink()
    stretches = [whole(clip, 25) for clip in clips]
    runs = [Run(number, Fraction(0), Fraction(1)) for number in (0, 1)]
    heard = np.concatenate(list(_sound_of(stretches, runs)))
    assert len(heard) == 2 * RATE
    assert not heard[:RATE].any()
    assert np.abs(heard[RATE : RATE + 4800]).mean() > 1000


def test_a_film_without_sound_yields_none(tmp_path: Path) -> None:
    clip = open_clip(make_film(tmp_path / "a.mkv"))
    assert list(read_sound(clip, Fraction(0))) == []


def test_sound_that_begins_a_little_later_than_the_picture_is_heard_that_much_later(
    tmp_path: Path,
) -> None:
    path = tmp_path / "late.mkv"
    with av.open(str(path), "w") as container:
        video = small_pictures(container, "ffv1")
        sound: Any = container.add_stream("pcm_s16le", RATE, layout="stereo")
        for _ in range(10):
            container.mux(video.encode(av.VideoFrame(32, 32, "yuv420p")))
        frame = av.AudioFrame.from_ndarray(np.full((1, 9600), 5000, np.int16), "s16", "stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, 1440, Fraction(1, RATE)
        container.mux(sound.encode(frame))
        container.mux(video.encode(None))
    samples = np.concatenate(list(read_sound(open_clip(path), Fraction(0))))
    assert np.flatnonzero(samples[:, 0])[0] / RATE == pytest.approx(0.03, abs=0.0011)


def test_sound_that_changes_its_rate_and_channels_in_its_midst_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "broadcast.ts"
    with av.open(str(path), "w") as container:
        video = small_pictures(container, "mpeg2video")
        stream: Any = container.add_stream("mp2", 48000, layout="stereo")
        packets = [video.encode(av.VideoFrame(32, 32, "yuv420p")) for _ in range(50)]
        packets.append(video.encode(None))
        for second, (rate, layout) in enumerate(((48000, "stereo"), (44100, "mono"))):
            encoder: Any = av.CodecContext.create("mp2", "w")
            encoder.sample_rate, encoder.layout, encoder.format = rate, layout, "s16"
            encoder.time_base = Fraction(1, rate)
            wave = np.sin(np.arange(rate * (1 if layout == "mono" else 2)) * 0.1) * 9000
            frame = av.AudioFrame.from_ndarray(wave[None].astype(np.int16), "s16", layout)
            frame.sample_rate, frame.pts = rate, second * rate
            made = encoder.encode(frame) + encoder.encode(None)
            for packet in made:
                packet.stream, packet.time_base = stream, Fraction(1, rate)
            packets.append(made)
        flat = [packet for some in packets for packet in some]
        for packet in sorted(flat, key=lambda p: float(p.dts * p.time_base)):
            container.mux(packet)
    samples = np.concatenate(list(read_sound(open_clip(path), Fraction(0))))
    assert len(samples) / RATE == pytest.approx(2.0, abs=0.1)
    assert np.abs(samples[-RATE // 2 :]).mean() > 1000


def test_the_speaker_never_waits_and_what_comes_late_is_not_heard_late() -> None:
    """The generator that the device asks gives silence for what is not decoded yet."""
    from colordesk.ui.film.speaker import Pace, Speaker

    speaker = Speaker.__new__(Speaker)
    speaker._width, speaker.muted, speaker._pace = 4, False, Pace(RATE)
    speaker._chunks = queue.Queue()
    sound = speaker._sound()
    next(sound)
    assert sound.send(3) == bytes(12)
    speaker._chunks.put(bytes(range(8)))
    assert sound.send(1) == bytes(4)
    speaker._chunks.put(bytes(range(8, 36)))
    assert sound.send(3) == bytes(range(16, 28)), "the fifth sample comes fifth"
    speaker.muted = True
    assert sound.send(1) == bytes(4)
    speaker._chunks.put(bytes(range(36, 44)))
    speaker.muted = False
    assert sound.send(2) == bytes(range(32, 40)), "time went on while it was mute"


def test_a_device_that_is_slow_or_stood_still_is_told_by_when_it_asks() -> None:
    from colordesk.ui.film.speaker import Pace

    now = [50.0]
    pace = Pace(1000, clock=lambda: now[0])

    def ask(times: int, period: float = 0.08, hiccup: float = 0.0) -> None:
        for number in range(times):
            wait = hiccup if number % 2 else 0.0
            now[0] += wait
            pace.ask(80)
            now[0] += period - wait

    ask(3, period=0.0)  # it fills what it holds
    ask(20, hiccup=0.03)
    assert pace.late == pytest.approx(0.0, abs=1e-6), "what asks late now and then is in time"
    now[0] += 0.5
    ask(10)
    assert pace.late == pytest.approx(0.5, abs=1e-6)
    ask(100, period=0.0792)
    assert pace.late == pytest.approx(0.5 - 0.08, abs=0.006), "a fast device catches up"


def test_pictures_wait_for_the_device_and_a_pause_is_heard_at_once(
    at_film: Studio, speakers: list[Heard], wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[float] = []

    def project(
        frames: Any, make: Any, show: Any, begin: Any, step: float, task: Task, clock: Any
    ) -> int:
        begin()
        for speakers[-1].late in (0.0, 1e6):
            told.append(clock())
        while not task.cancelled:
            time.sleep(0.01)
        return 0

    monkeypatch.setattr(projection, "project", project)
    at_film.filming.player.play()
    wait(lambda: len(told) == 2)
    assert told[0] - told[1] == pytest.approx(1e6, abs=1000)
    muted = [speakers[0].muted]
    at_film.filming.player.stop()
    muted.append(speakers[0].muted)
    assert muted == [False, True], "the worker may be busy with a frame"
    wait(lambda: is_idle(at_film))
    assert [speaker.state for speaker in speakers] == ["closed"]
