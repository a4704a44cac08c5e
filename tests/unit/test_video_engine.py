"""The parts of the film engine by themselves: threads, segments, the store, projects, codecs."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import threading
import tracemalloc
from array import array
from collections.abc import Generator
from contextlib import closing
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

import av
import cv2
import numpy as np
import pytest

from colordesk.edit import ColorPoint, Edit, Look
from colordesk.inference.library import Library
from colordesk.settings import Settings
from colordesk.task import Task
from colordesk.video import codecs, encoders, store
from colordesk.video.ahead import ahead
from colordesk.video.clip import Clip
from colordesk.video.codecs import CODECS, ExportSettings
from colordesk.video.encoders import choose_encoder, configure
from colordesk.video.errors import EncoderError, VideoError
from colordesk.video.film import Film, Part
from colordesk.video.predicting import Colourist
from colordesk.video.probing import open_clip
from colordesk.video.project import Piece, Project, open_project, read_project, write_project
from colordesk.video.segments import Restart, Segment, WorkFolder
from colordesk.video.shot_edits import ShotEdit, TimedPoint
from colordesk.video.stills import Stills
from colordesk.video.store import ChromaStore
from colordesk.video.treatment import Treatment
from tests.films import make_film
from tests.models import make_model


def numbers(count: int, log: list[str], fail_at: int = -1) -> Generator[int, None, None]:
    try:
        for number in range(count):
            if number == fail_at:
                raise OSError("it broke")
            yield number
    finally:
        log.append(threading.current_thread().name)


def test_a_stage_in_a_thread_yields_the_same_in_order() -> None:
    log: list[str] = []
    stages = ahead((2 * n for n in ahead(numbers(100, log), 8)), 3)
    assert list(stages) == [2 * n for n in range(100)]
    assert log == ["numbers"]
    assert not [thread for thread in threading.enumerate() if thread.name == "numbers"]


def test_what_a_stage_raises_is_raised_and_every_thread_ends() -> None:
    log: list[str] = []
    before = set(threading.enumerate())
    came: list[int] = []
    with pytest.raises(OSError, match="it broke"), closing(ahead(numbers(9, log, 5), 8)) as stage:
        came.extend(stage)
    assert came == [0, 1, 2, 3, 4]
    assert log
    assert not set(threading.enumerate()) - before


def test_a_stage_that_is_closed_early_closes_the_ones_before_it() -> None:
    log: list[str] = []

    def second() -> Generator[int, None, None]:
        with closing(ahead(numbers(10_000, log), 2)) as first:
            yield from first

    before = set(threading.enumerate())
    with closing(ahead(second(), 2)) as stage:
        assert next(stage) == 0
    assert log == ["numbers"]
    assert not set(threading.enumerate()) - before


def test_no_more_is_made_ahead_than_was_said() -> None:
    made: list[int] = []

    def counting() -> Generator[int, None, None]:
        for number in range(100):
            made.append(number)
            yield number

    with closing(ahead(counting(), 8)) as stage:
        for number in range(20):
            assert next(stage) == number
            in_hand = -(-(number + 1) // 4) * 4  # handed over, four at once
            assert len(made) <= in_hand + 8


def a_segment(first: int, payloads: list[bytes], restart: Restart | None) -> Segment:
    times = array("q", range(first, first + len(payloads)))
    packed = array("q")
    for time, data in zip(times, payloads, strict=True):
        packed.extend((time, len(data), time == first))
    return Segment(first, times, times[-1] + 1, packed, "00ff", restart, 2)


def write_segments(folder: WorkFolder) -> list[Segment]:
    segments = []
    for number, payloads in enumerate(([b"a", b"bcd", b""], [b"ef"])):
        segment = a_segment(3 * number, payloads, None if number else Restart(0, 3, 1, 2))
        writer = folder.open(number)
        for payload, (time, _, key) in zip(payloads, segment.packets, strict=True):
            writer.put(payload, time, key)
        writer.close(segment)
        segments.append(segment)
    return segments


def test_segments_come_back_as_they_were(tmp_path: Path) -> None:
    folder = WorkFolder(tmp_path / "out.mkv", "key")
    folder.begin()
    written = write_segments(folder)
    again = WorkFolder(tmp_path / "out.mkv", "key")
    assert again.segments() == written
    assert [b"".join(again.payloads(n, s)) for n, s in enumerate(written)] == [b"abcd", b"ef"]
    assert WorkFolder(tmp_path / "out.mkv", "another").segments() == []
    again.remove()
    WorkFolder(tmp_path / f"{'n' * 251}.mkv", "key").begin()  # as long as a name may be
    WorkFolder(tmp_path / f"{'n' * 251}.mkv", "key").remove()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("harm", ["cut", "no packets", "no json", "half json", "other json"])
def test_a_segment_that_is_not_whole_does_not_exist(tmp_path: Path, harm: str) -> None:
    folder = WorkFolder(tmp_path / "out.mkv", "key")
    folder.begin()
    write_segments(folder)
    json_file, packets = folder.path / "000001.json", folder.path / "000001.packets"
    match harm:
        case "cut":
            packets.write_bytes(b"e")
        case "no packets":
            packets.unlink()
        case "no json":
            json_file.unlink()
        case "half json":
            json_file.write_text(json_file.read_text()[:20])
        case _:
            json_file.write_text("[1, 2]")
    assert len(folder.segments()) == 1


def test_little_is_remembered_of_each_frame_of_a_long_film(tmp_path: Path) -> None:
    frames, tiny = 3000, np.zeros((2, 2, 2), np.float32)
    folder = WorkFolder(tmp_path / "out.mkv", "key")
    folder.begin()
    segment = a_segment(1 << 40, [b""] * frames, None)
    folder.open(0).close(segment)
    with closing(ChromaStore("a long film")) as kept:
        kept.put(-1, tiny)
        tracemalloc.start()
        (again,) = folder.segments()
        for time in again.times:
            kept.put(time, tiny)
        used = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
    assert again == segment
    assert used < 80 * frames


def some_chroma(seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    smooth = np.cumsum(rng.normal(0, 2, (2, 20, 33)), axis=2).clip(-128, 128)
    return store.quantised(smooth.astype(np.float32))


def test_chroma_is_kept_exactly_and_small() -> None:
    kept = ChromaStore("a clip")
    for time in (0, 512, -3):
        kept.put(time, some_chroma(time + 5))
    kept.close()
    again = ChromaStore("a clip")
    assert 512 in again
    for time in (0, 512, -3):
        found = again.get(time)
        assert found is not None
        assert np.array_equal(found, some_chroma(time + 5))
    assert again.get(1) is None
    assert ChromaStore("another clip").get(0) is None
    assert 0 < store.stored_bytes() < 3 * some_chroma().nbytes
    store.clear_store()
    assert store.stored_bytes() == 0


def test_extreme_chroma_is_kept() -> None:
    ab = np.full((2, 4, 5), 128, np.float32)
    ab[:, ::2, ::2] = -128
    with closing(ChromaStore("extreme")) as kept:
        kept.put(7, ab)
        found = kept.get(7)
    assert found is not None
    assert np.array_equal(found, ab)


@pytest.mark.parametrize("harm", ["cut", "flip", "junk"])
def test_a_damaged_store_forgets_and_never_lies(harm: str) -> None:
    kept = ChromaStore("a clip")
    kept.put(1, some_chroma(1))
    kept.put(2, some_chroma(2))
    kept.close()
    file = next(store.store_folder().rglob("*.chroma"))
    data = bytearray(file.read_bytes())
    if harm == "cut":
        del data[-10:]
    elif harm == "flip":
        data[-10] ^= 255
    else:
        data[len(data) // 2 :] = os.urandom(len(data) // 2)
    file.write_bytes(data)
    with closing(ChromaStore("a clip")) as again:
        assert 2 not in again
        again.put(2, some_chroma(3))
        found = again.get(2)
    assert found is not None
    assert np.array_equal(found, some_chroma(3))


def test_the_clips_used_longest_ago_are_forgotten_first() -> None:
    for number in range(3):
        kept = ChromaStore(f"clip {number}", limit=1 << 20)
        kept.put(0, some_chroma(number))
        kept.close()
        folder = store.store_folder()
        for path in folder.iterdir():
            status = path.stat()
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns - 10**9))
    one = store.stored_bytes() // 3
    last = ChromaStore("clip 3", limit=round(2.5 * one))
    last.put(0, some_chroma(9))
    last.close()
    assert store.stored_bytes() < 2.5 * one
    assert 0 in ChromaStore("clip 3")
    assert 0 not in ChromaStore("clip 0")


def test_a_clip_that_alone_would_pass_the_limit_is_kept_only_in_part() -> None:
    limit = 3 * some_chroma().nbytes
    with closing(ChromaStore("another", limit)) as other:
        other.put(0, some_chroma())
    with closing(ChromaStore("endless", limit)) as kept:
        for time in range(40):
            kept.put(time, some_chroma(time))
            assert store.stored_bytes() <= limit
    assert kept.full
    again = ChromaStore("endless", limit)
    assert 0 in again
    assert 39 not in again
    assert 0 not in ChromaStore("another")


def test_chroma_is_halved_where_that_shows_the_same() -> None:
    y, x = np.mgrid[:130, :161].astype(np.float32)
    smooth = np.stack([20 * np.sin(x / 30), 15 * np.cos(y / 25)])
    assert store.halved(smooth).shape == (2, 65, 81)
    assert store.halved(smooth[:, :100]).shape == (2, 100, 161)
    sharp = smooth + np.where((x > 80) & (y > 60), np.float32(30), np.float32(0))
    assert store.halved(sharp) is sharp


@pytest.fixture
def clip(tmp_path: Path) -> Clip:
    return open_clip(make_film(tmp_path / "a.mkv", count=25))


def test_an_uncut_film_keeps_its_times_and_parts_follow_each_other(clip: Clip) -> None:
    uncut = Film((Part(clip),))
    assert (uncut.time(0, 1234), uncut.time_base) == (1234, clip.time_base)
    film = Film((Part(clip, Fraction(1, 5), Fraction(3, 5)), Part(clip, end=Fraction(1, 5))))
    unit = clip.time_base
    assert film.time(0, round(Fraction(1, 5) / unit)) == 0
    assert film.time(1, 0) * unit == Fraction(2, 5)
    assert film.frame_count == 15
    held = [n for n in range(25) if film.parts[0].holds(round(Fraction(n, 25) / unit))]
    assert held == list(range(5, 15))


def test_a_part_that_begins_between_two_frames_keeps_its_times_apart(clip: Clip) -> None:
    coarse = replace(clip, time_base=Fraction(1, 25), start=Fraction(0))  # as AVI has it
    film = Film((Part(coarse, Fraction(1, 2)), Part(coarse, end=Fraction(1, 3))))
    times = [film.time(0, n) * film.time_base for n in range(13, 25)]
    assert times == [Fraction(n, 25) - Fraction(1, 2) for n in range(13, 25)]
    assert film.time_base.denominator < 1000


def test_a_frame_of_a_film_of_many_parts_has_its_time_at_once(
    clip: Clip, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = Film(tuple(Part(clip, Fraction(n, 50), Fraction(n + 1, 50)) for n in range(40)))
    asked: list[Part] = []
    length: Any = Part.length

    def counted(part: Part) -> Fraction:
        asked.append(part)
        return Fraction(length.fget(part))

    monkeypatch.setattr(Part, "length", property(counted))
    times = [
        film.time(number, round(number * clip.time_base.denominator / 50)) for number in range(40)
    ]
    assert [time * film.time_base for time in times] == [Fraction(n, 50) for n in range(40)]
    assert len(asked) == 40


def test_a_clip_that_does_not_say_how_long_it_is_is_measured_where_another_follows(
    tmp_path: Path,
) -> None:
    path = make_film(tmp_path / "a.h264", codec="libx264", count=10)
    assert open_clip(path).duration is None
    film = open_project(Project((Piece(path), Piece(path))))
    assert film.begin(1) == Fraction(10, 25)


def test_clips_that_differ_do_not_make_a_film(clip: Clip) -> None:
    with pytest.raises(VideoError, match="48 x 32"):
        Film((Part(clip), Part(replace(clip, width=50))))
    with pytest.raises(VideoError, match="pixels of 64:45"):
        Film((Part(clip), Part(replace(clip, sample_aspect=Fraction(64, 45)))))
    with pytest.raises(VideoError, match="a rotation of 0, mirrored and"):
        Film((Part(clip), Part(replace(clip, mirrored=True))))
    with pytest.raises(VideoError, match="does not say how long it is"):
        Film((Part(replace(clip, duration=None)), Part(clip)))
    with pytest.raises(VideoError, match="over after"):
        Film((Part(clip, Fraction(50)),))
    with pytest.raises(VideoError, match="holds nothing"):
        Film((Part(clip, Fraction(1, 2), Fraction(1, 2)),))


def test_a_project_comes_back_as_it_was(tmp_path: Path) -> None:
    make_film(tmp_path / "clips" / "a.mkv")
    edit = Edit(model="tiny", look=Look(saturation=120))
    point = TimedPoint(Fraction(3, 25), ColorPoint(0.25, 0.5, 10.0, -20.0, name="a sail"))
    shots = (
        ShotEdit(Fraction(0), Fraction(3, 25), Look(strength=40)),
        ShotEdit(Fraction(3, 25), Fraction(1, 5), None, (point, point)),
    )
    pieces = (
        Piece(tmp_path / "clips" / "a.mkv", Fraction(1, 25), Fraction(1, 5), shots=shots),
        Piece(tmp_path / "clips" / "a.mkv"),
        Piece(tmp_path / "clips" / "a.mkv", rate=Fraction(24000, 1001)),
    )
    treatment = Treatment(edit, every=4, smooth=20, clean=30, deinterlace=False)
    project = Project(pieces, treatment)
    write_project(project, tmp_path / "film.json")
    assert read_project(tmp_path / "film.json") == project
    assert json.loads((tmp_path / "film.json").read_text())["clips"][0]["path"] == "clips/a.mkv"
    odd = Project((Piece(tmp_path / "Häschen.mp4"), Piece(tmp_path / os.fsdecode(b"\xe4.mp4"))))
    write_project(odd, tmp_path / "odd.json")
    assert '"Häschen.mp4"' in (tmp_path / "odd.json").read_text(encoding="utf-8"), "readable"
    assert read_project(tmp_path / "odd.json") == odd
    assert [part.shots for part in open_project(project).parts] == [shots, (), ()]
    old = {"schema": 1, "clips": [{"path": "a.mkv", "start": 2}], "smooth": 70}
    (tmp_path / "film.json").write_text(json.dumps(old))
    assert read_project(tmp_path / "film.json") == Project(
        (Piece(tmp_path / "a.mkv", Fraction(2)),), Treatment(smooth=70)
    )


@pytest.mark.parametrize(
    "text",
    [
        "no json",
        "[]",
        "{}",
        '{"schema": 3, "clips": [{"path": "a"}]}',
        '{"schema": 2, "clips": [{"path": "a", "fps": 0}]}',
        '{"schema": 2, "clips": [{"path": "a", "shots": [{"start": 1, "end": 1}]}]}',
        '{"schema": 2, "clips": [{"path": "a", "shots": [{"start": 1}]}]}',
        '{"schema": 2, "clips": [{"path": "a", "shots": [{"start": 1, "end": 2, "mood": 3}]}]}',
        '{"schema": 1, "clips": []}',
        '{"schema": 1, "clips": [{"path": 3}]}',
        '{"schema": 1, "clips": [{"path": "a", "start": -1}]}',
        '{"schema": 1, "clips": [{"path": "a", "start": 5, "end": 4}]}',
        '{"schema": 1, "clips": [{"path": "a", "start": NaN}]}',
        '{"schema": 1, "clips": [{"path": "a", "colour": 1}]}',
        '{"schema": 1, "clips": [{"path": "a"}], "every": 0}',
        '{"schema": 1, "clips": [{"path": "a"}], "smooth": true}',
        '{"schema": 1, "clips": [{"path": "a"}], "edit": {"look": {"strength": 900}}}',
        '{"schema": 1, "clips": [{"path": "a"}], "sound": "off"}',
    ],
)
def test_a_project_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "film.json").write_text(text)
    with pytest.raises(VideoError):
        read_project(tmp_path / "film.json")


@pytest.mark.parametrize("codec", sorted(CODECS))
def test_every_codec_can_be_had(tmp_path: Path, codec: str) -> None:
    clip = open_clip(make_film(tmp_path / "a.mkv", count=2, size=(256, 128)))
    known = CODECS[codec]
    encoder = choose_encoder(
        clip, ExportSettings(codec, speed="fast"), Path(f"a{known.containers[0]}")
    )
    assert encoder.codec == codec
    assert encoder.bits in known.bits


@pytest.mark.parametrize("known", [False, True])
def test_x264_is_kept_from_its_code_for_avx_512(
    monkeypatch: pytest.MonkeyPatch, clip: Clip, known: bool
) -> None:
    """That code made of the same frames, with one thread, up to seven films in twelve runs."""
    monkeypatch.setattr(cv2, "checkHardwareSupport", lambda feature: known and feature == 13)
    anew: Any = load_anew(monkeypatch, codecs)
    monkeypatch.setattr(encoders, "CODECS", anew.CODECS)
    encoder = choose_encoder(clip, ExportSettings("h264", bits=10), Path("a.mp4"))
    assert encoder.options.get("x264-params") == ("asm=AVX2" if known else None)
    context = av.CodecContext.create(encoder.name, "w")
    configure(context, encoder, clip, clip.time_base)
    assert context.options.get("x264-params") == encoder.options.get("x264-params")
    other = choose_encoder(clip, ExportSettings("ffv1"), Path("a.mkv"))
    assert "x264-params" not in other.options


def load_anew(monkeypatch: pytest.MonkeyPatch, module: ModuleType) -> ModuleType:
    """Return a second copy of a module, made now."""
    spec = importlib.util.spec_from_file_location("made_anew", str(module.__file__))
    assert spec is not None
    assert spec.loader is not None
    copy = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, copy)
    spec.loader.exec_module(copy)
    return copy


def test_what_cannot_be_asked_of_an_encoder(clip: Clip) -> None:
    for settings, name in (
        (ExportSettings("prores"), "a.mp4"),
        (ExportSettings("h264", quality=60), "a.mp4"),
        (ExportSettings("ffv1", quality=20), "a.mkv"),
        (ExportSettings("prores", bitrate=5_000_000), "a.mov"),  # it was silently without effect
        (ExportSettings("h264", bits=16), "a.mp4"),
        (ExportSettings(), "a.txt"),
        (ExportSettings("h265"), "a.mp4"),  # of 48 x 32, at which libx265 spoils memory
    ):
        with pytest.raises(EncoderError):
            choose_encoder(clip, settings, Path(name))


def test_a_graphics_card_that_is_not_there_is_said(clip: Clip) -> None:
    encoder = choose_encoder(clip, ExportSettings("vp9", hardware=True), Path("a.webm"))
    assert encoder.name == "libvpx-vp9"
    assert "the processor does it" in encoder.notices[0]


def test_a_still_is_the_frame_of_its_moment_before_and_after(tmp_path: Path) -> None:
    clip = open_clip(make_film(tmp_path / "a.mkv", count=30))
    model = Library([make_model(tmp_path / "tiny.onnx").parent]).get("tiny")
    colourist = Colourist(model, Settings(device="cpu"))
    stills = Stills(clip, colourist)
    seen = stills.at(Fraction(1, 2), Edit(), Task())
    assert seen is not None
    assert seen.time * clip.time_base == Fraction(12, 25)
    assert np.ptp(seen.before.astype(int), axis=2).max() <= 1
    assert np.ptp(seen.after.astype(int), axis=2).mean() > 10
    again = stills.at(Fraction(1, 2), Edit(look=Look(strength=0)), Task())
    assert again is not None
    assert np.array_equal(again.after, seen.before)
    assert colourist.asked == 1
    assert stills.at(Fraction(9), Edit(), Task()) is None
