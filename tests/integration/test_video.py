"""`colordesk video`: luma bit for bit, sound packet for packet, and nothing lost by a kill."""

from __future__ import annotations

import json
import os
import signal
import struct
import subprocess
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import pytest

from colordesk.paths import user_models_dir
from colordesk.video.codecs import CODECS, ExportSettings
from colordesk.video.encoding import SEGMENT_FRAMES, canvas
from colordesk.video.layout import plane
from colordesk.video.presets import FilmPreset, film_presets_dir, save_film_preset
from colordesk.video.probing import open_clip
from colordesk.video.reading import Frame
from tests.films import (
    coloured_squares,
    gray_frame,
    lumas,
    make_colour_film,
    make_film,
    packet_hashes,
    pictures,
    spoil,
    times_of,
)
from tests.integration.conftest import Answer
from tests.models import make_model

Command = Callable[..., Answer]
TINY = ("--model", "tiny", "--device", "cpu")
VARYING = [0, 512, 1024, 3000, 3300, 9000, 9512, 20000, 20512]


def colourfulness(path: Path) -> float:
    with av.open(str(path)) as container:
        planes = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    return float(np.mean([np.ptp(rgb.astype(int), axis=2).mean() for rgb in planes]))


@pytest.mark.parametrize(
    ("format", "size"),
    [
        ("yuv420p", (48, 32)),
        ("yuv420p", (47, 33)),
        ("yuv422p10le", (46, 31)),
        ("yuv444p12le", (31, 30)),
        ("yuvj420p", (48, 32)),
        ("gray", (48, 32)),
        ("gray10le", (35, 35)),
        ("gray16le", (48, 32)),
    ],
)
def test_luma_goes_to_the_encoder_bit_for_bit(
    colordesk: Command, format: str, size: tuple[int, int]
) -> None:
    codec = "libx264" if "yuvj" in format else "ffv1"
    source = make_film(Path("a.mkv"), codec=codec, format=format, size=size, count=5)
    answer = colordesk("video", source, "-o", "out.mkv", "--codec", "ffv1", *TINY)
    assert answer.code == 0
    assert answer.written == [Path("out.mkv")]
    before, after = lumas(source), lumas(Path("out.mkv"))
    assert len(before) == len(after) == 5
    for one, other in zip(before, after, strict=True):
        assert one.dtype == other.dtype
        assert np.array_equal(one, other)
    assert "colours of its own" not in answer.err
    assert colourfulness(Path("out.mkv")) > 10
    assert times_of(Path("out.mkv")) == times_of(source)


def test_times_sound_and_descriptions_are_those_of_the_source(colordesk: Command) -> None:
    source = make_film(
        Path("a film ä.mp4"),
        codec="libx264",
        times=VARYING,
        audio="aac",
        rotation=90,
        metadata={"title": "A day out"},
    )
    answer = colordesk("video", source, "--speed", "fast", *TINY)
    assert answer.code == 0
    assert answer.written == [Path("a film ä-color.mp4")]
    made = answer.written[0]
    assert times_of(made) == times_of(source)
    assert packet_hashes(made, "audio") == packet_hashes(source, "audio") != []
    with av.open(str(made)) as container:
        frame = next(container.decode(video=0))
        assert container.metadata["title"] == "A day out"
        assert frame.rotation == 90
        assert (frame.colorspace, frame.color_range) == (6, 1)
        assert container.streams.video[0].codec_context.name == "h264"
    data = made.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")  # a player can start at once


@pytest.mark.parametrize("bits", [8, 10])
@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("matrix", [1, 6, 9])
def test_a_player_sees_the_colour_of_the_model(
    colordesk: Command, bits: int, full: bool, matrix: int
) -> None:
    tags = {"colorspace": matrix, "color_primaries": 1, "color_trc": 1}
    source = make_film(
        Path("a.mkv"),
        count=2,
        format="yuv444p" if bits == 8 else "yuv444p10le",
        tags={**tags, "color_range": 2 if full else 1},
    )
    make_model(user_models_dir() / "even.onnx", id="even", ab=(18.0, -24.0))
    options = ("--model", "even", "--device", "cpu", "--codec", "ffv1")
    assert colordesk("video", source, "-o", "out.mkv", *options).code == 0
    with av.open("out.mkv") as container:
        frame = next(container.decode(video=0))
        assert (frame.colorspace, frame.color_range) == (matrix, 2 if full else 1)
        rgb = frame.to_ndarray(format="gbrpf32le", channel_last=True)
    lab = cv2.cvtColor(np.ascontiguousarray(rgb), cv2.COLOR_RGB2Lab)
    middle = lab[(lab[:, :, 0] > 40) & (lab[:, :, 0] < 60)]
    assert len(middle) > 100
    assert np.median(middle[:, 1]) == pytest.approx(18, abs=1.2)
    assert np.median(middle[:, 2]) == pytest.approx(-24, abs=1.2)


@pytest.mark.parametrize(
    ("codec", "suffix"), [(name, end) for name, codec in CODECS.items() for end in codec.containers]
)
def test_every_codec_in_every_container_keeps_picture_aspect_and_tags(
    colordesk: Command, codec: str, suffix: str
) -> None:
    tags = {"colorspace": 1, "color_primaries": 1, "color_trc": 1, "color_range": 2}
    aspect = Fraction(64, 45)
    source = make_film(
        Path("a.mp4"),
        count=3,
        size=(256, 144),
        codec="libx264",
        time_base=Fraction(1, 1000),
        tags=tags,
        aspect=aspect,
    )
    name = f"out{suffix}"
    answer = colordesk("video", source, "-o", name, "--codec", codec, "--speed", "fast", *TINY)
    assert answer.code == 0, answer.err
    with av.open(name) as container:
        stream = container.streams.video[0]
        shape = stream.sample_aspect_ratio
        frames = list(container.decode(stream))
    assert len(frames) == 3
    assert colourfulness(Path(name)) > 10
    if suffix == ".mxf":
        assert "The shape of the pixels is left out" in answer.err
    else:
        assert shape == pytest.approx(aspect, abs=0.01)
    if codec == "gif":
        return
    frame = frames[1]
    assert (frame.colorspace, frame.color_primaries, frame.color_trc) == (1, 1, 1)
    assert frame.color_range == (1 if codec == "prores" else 2)
    assert ("luma is brought into the limited" in answer.err) == (codec == "prores")
    gray = [f.to_ndarray(format="gray") for f in (frame, *seen(source))]
    assert np.abs(gray[0].astype(int) - gray[2]).mean() < 6


def seen(path: Path) -> list[av.VideoFrame]:
    with av.open(str(path)) as container:
        return list(container.decode(video=0))


def test_a_gif_of_full_range_is_as_bright_as_its_source(colordesk: Command) -> None:
    source = make_film(Path("a.mkv"), count=2, format="gray")
    assert colordesk("video", source, "-o", "out.gif", "--strength", "0", *TINY).code == 0
    one, other = (seen(path)[0].to_ndarray(format="rgb24") for path in (source, Path("out.gif")))
    assert np.abs(one.astype(int) - other).mean() < 1


def test_depth_can_be_asked_for(colordesk: Command) -> None:
    source = make_film(Path("a.mkv"), count=2)
    options = ("--codec", "ffv1", "--bit-depth", "10")
    assert colordesk("video", source, "-o", "out.mkv", *options, *TINY).code == 0
    for one, other in zip(lumas(source), lumas(Path("out.mkv")), strict=True):
        assert np.array_equal(one.astype(np.uint16) << 2, other)


@pytest.mark.parametrize("order", ["tff", "bff"])
@pytest.mark.parametrize(
    ("codec", "output", "says"),
    [
        ("h264", "o.mp4", True),
        ("prores", "o.mov", True),
        ("ffv1", "o.mkv", True),
        ("vp9", "o.webm", False),
    ],
)
def test_frames_that_stay_interlaced_say_so(
    colordesk: Command, order: str, codec: str, output: str, says: bool
) -> None:
    source = make_film(
        Path("a.mkv"),
        codec="mpeg2video",
        count=4,
        size=(64, 48),
        time_base=Fraction(1, 25),
        field_order=order,
    )
    options = ("--keep-interlaced", "--codec", codec, "--speed", "fast")
    answer = colordesk("video", source, "-o", output, *options, *TINY)
    assert answer.code == 0, answer.err
    made = open_clip(Path(output))
    assert made.field_order == ({"tff": "top", "bff": "bottom"}[order] if says else None)
    assert ("Frames stay interlaced, but vp9 cannot say so" in answer.err) is not says
    if codec == "ffv1":
        assert all(map(np.array_equal, lumas(source), lumas(Path(output))))
    assert colordesk("video", source, "-o", f"whole-{output}", *options[1:], *TINY).code == 0
    assert open_clip(Path(f"whole-{output}")).field_order is None


def test_a_piece_of_a_film(colordesk: Command) -> None:
    source = make_film(Path("a.mp4"), codec="libx264", count=50, audio="aac")
    answer = colordesk(
        "video",
        source,
        "-o",
        "out.mkv",
        "--codec",
        "ffv1",
        "--start",
        "0:00.4",
        "--end",
        "1.2",
        *TINY,
    )
    assert answer.code == 0
    made = lumas(Path("out.mkv"))
    assert len(made) == 20
    assert np.array_equal(made[0], lumas(source)[10])
    assert times_of(Path("out.mkv"))[:2] == [0, Fraction(1, 25)]
    assert set(packet_hashes(Path("out.mkv"), "audio")) < set(packet_hashes(source, "audio"))


def test_a_part_begins_with_the_still_that_is_shown_at_its_in_point(
    colordesk: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("colordesk.video.encoding.SEGMENT_FRAMES", 4)
    times = [0, 40, 5000, *range(12_000, 12_400, 40)]
    source = make_film(Path("a.mkv"), times=times, time_base=Fraction(1, 1000))
    options = ("--codec", "ffv1", *TINY)
    parts = [{"path": "a.mkv", "start": 1, "end": 3}, {"path": "a.mkv", "start": 7, "end": 12.3}]
    Path("p.json").write_text(json.dumps({"schema": 1, "clips": parts}))
    assert colordesk("video", "p.json", "-o", "whole.mkv", *options).code == 0

    def full(*given: object) -> None:
        raise OSError(28, "No space left on device", "o.mkv")

    with monkeypatch.context() as patch:
        patch.setattr("colordesk.video.export.write_film", full)
        assert colordesk("video", "p.json", "-o", "o.mkv", *options).code == 1
    for last in sorted(Path(".o.mkv.colordesk-work").glob("*.json"))[1:-1]:
        last.unlink()
    assert colordesk("video", "p.json", "-o", "o.mkv", "--resume", *options).code == 0
    for name in "whole.mkv", "o.mkv":
        after = [2000, *range(7000, 7300, 40)]
        assert times_of(Path(name)) == [Fraction(time, 1000) for time in (0, *after)]
        given, made = lumas(source), lumas(Path(name))
        assert all(map(np.array_equal, made, [given[1], *given[2:11]]))
    assert all(map(np.array_equal, pictures(Path("o.mkv")), pictures(Path("whole.mkv"))))
    # a frame of a picture that moves is not shown for less than its time
    assert colordesk("video", source, "-o", "m.mkv", "--start", "12.01", *options).code == 0
    assert times_of(Path("m.mkv"))[0] == Fraction(3, 100)


def test_what_a_container_cannot_hold_is_said(colordesk: Command) -> None:
    source = make_film(Path("a.mp4"), codec="libx264", audio="aac", count=4)
    answer = colordesk("video", source, "-o", "out.gif", *TINY)
    assert answer.code == 0
    assert "audio stream 1 (aac) is left out: gif cannot hold it" in answer.err


def test_a_folder_of_frames_and_a_gif(colordesk: Command) -> None:
    for number in range(5):
        Path("scan").mkdir(exist_ok=True)
        assert cv2.imwrite(f"scan/{number}.png", gray_frame(number, 40, 30))
    answer = colordesk("video", "scan", "--fps", "10", "-o", "out.mkv", "--codec", "ffv1", *TINY)
    assert answer.code == 0
    assert times_of(Path("out.mkv")) == [Fraction(n, 10) for n in range(5)]
    assert np.array_equal(lumas(Path("out.mkv"))[3], gray_frame(3, 40, 30))
    gif = make_film(Path("b.gif"), codec="gif", format="gray", time_base=Fraction(1, 100), rate=10)
    answer = colordesk("video", gif, *TINY)
    assert answer.code == 0
    assert answer.written == [Path("b-color.gif")]


def test_a_preset_of_ones_own(colordesk: Command) -> None:
    source = make_film(Path("a.mkv"), count=8)
    mine = FilmPreset(ExportSettings("vp9", quality=40, speed="fast"), every=4, smooth=10, clean=20)
    save_film_preset(film_presets_dir(), "Old: reels", mine)
    for name in ("Old- reels", "Old: reels"):
        plan = colordesk("video", source, "--preset", name, "--smooth", "5", "--dry-run", *TINY).out
        for words in ("a-color.webm", "crf 40", "cpu-used 6", "in 4", "g   5", "grain  20", name):
            assert words in plan
    other = colordesk("video", source, "--preset", "Old- reels", "--codec", "ffv1", "--dry-run")
    assert "crf" not in other.out
    unknown = colordesk("video", source, "--preset", "reels", *TINY)
    assert unknown.code == 2
    assert "there are share, archive, edit, Old- reels" in unknown.err
    next(film_presets_dir().iterdir()).write_text("{}")
    assert colordesk("video", source, "--preset", "Old- reels", *TINY).code == 2
    assert colordesk("video", source, "--preset", ".", *TINY).code == 2


def test_clips_of_several_frame_rates_keep_their_times(colordesk: Command) -> None:
    make_film(Path("a.mkv"), count=5, rate=25)
    make_film(Path("b.mp4"), codec="libx264", count=6, rate=30, time_base=Fraction(1, 30000))
    clips = [{"path": "a.mkv"}, {"path": "b.mp4"}]
    Path("film.json").write_text(json.dumps({"schema": 2, "clips": clips}))
    words = "a.mkv has 25 frames a second and b.mp4 has 30"
    assert words in colordesk("video", "film.json", "-o", "x.mp4", "--dry-run", *TINY).out
    answer = colordesk("video", "film.json", "-o", "out.mp4", *TINY)
    assert words in answer.err
    expected = [Fraction(n, 25) for n in range(5)] + [
        Fraction(1, 5) + Fraction(n, 30) for n in range(6)
    ]
    assert times_of(Path("out.mp4")) == expected
    refused = colordesk("video", "film.json", "-o", "out.mxf", *TINY)
    assert refused.code == 2
    assert words in refused.err
    assert not Path("out.mxf").exists()


def test_several_clips_as_one_film(colordesk: Command) -> None:
    make_film(Path("a.mkv"), count=10)
    make_film(Path("b.mkv"), count=10, cut_at=0)
    project = {
        "schema": 1,
        "clips": [{"path": "b.mkv", "start": 0.2, "end": 0.36}, {"path": "a.mkv", "end": 0.12}],
        "edit": {"model": "tiny"},
    }
    Path("film.json").write_text(json.dumps(project))
    answer = colordesk("video", "film.json", "-o", "out.mkv", "--codec", "ffv1", "--device", "cpu")
    assert answer.code == 0, answer.err
    made = lumas(Path("out.mkv"))
    wanted = [*lumas(Path("b.mkv"))[5:9], *lumas(Path("a.mkv"))[:3]]
    assert len(made) == 7
    assert all(np.array_equal(one, other) for one, other in zip(made, wanted, strict=True))
    assert times_of(Path("out.mkv")) == [Fraction(n, 25) for n in range(7)]


def test_what_follows_a_clip_that_lasts_longer_than_it_says_follows_its_end(
    colordesk: Command,
) -> None:
    source = make_film(Path("a.mkv"), count=12)
    data = bytearray(source.read_bytes())
    length = data.index(b"\x44\x89\x88") + 3
    data[length : length + 8] = struct.pack(">d", 200)
    source.write_bytes(data)
    assert open_clip(source).frame_count == 5
    clips = [{"path": "a.mkv"}, {"path": "a.mkv", "end": 0.4}, {"path": "a.mkv", "end": 0.2}]
    Path("film.json").write_text(json.dumps({"schema": 1, "clips": clips}))
    answer = colordesk("video", "film.json", "-o", "out.mkv", *TINY)
    assert answer.code == 0, answer.err
    assert times_of(Path("out.mkv")) == [Fraction(n, 25) for n in range(12 + 10 + 5)]


def test_the_sound_of_joined_clips_follows_on(colordesk: Command) -> None:
    first = make_film(Path("a.mp4"), codec="libx264", count=50, audio="aac")
    second = make_film(Path("b.mp4"), codec="libx264", count=25, audio="aac")
    clips = [{"path": "a.mp4", "start": 1}, {"path": "b.mp4"}]
    Path("film.json").write_text(json.dumps({"schema": 1, "clips": clips}))
    answer = colordesk("video", "film.json", "-o", "out.mkv", "--codec", "ffv1", *TINY)
    assert answer.code == 0, answer.err
    made = packet_hashes(Path("out.mkv"), "audio")
    follows = packet_hashes(second, "audio")[1:]  # the first one primes the decoder before it
    assert made[-len(follows) :] == follows
    assert len(made) == pytest.approx(48000 * 2 / 1024, abs=3)
    assert set(made) <= {*packet_hashes(first, "audio"), *packet_hashes(second, "audio")}
    assert len(lumas(Path("out.mkv"))) == 50


def test_the_model_runs_once_whatever_the_look(colordesk: Command) -> None:
    source = make_film(Path("a.mkv"), count=6)
    assert "6 seen by tiny" in colordesk("video", source, "-o", "1.mkv", *TINY).err
    options = ("--saturation", "50", "--smooth", "0", "--codec", "ffv1")
    assert " 0 seen by tiny" in colordesk("video", source, "-o", "2.mkv", *options, *TINY).err
    assert colourfulness(Path("2.mkv")) < colourfulness(Path("1.mkv"))
    assert colordesk("video", "--clear-cache").code == 0
    assert "6 seen by tiny" in colordesk("video", source, "-o", "3.mkv", *TINY).err


def test_every_so_many_frames(colordesk: Command) -> None:
    source = make_film(Path("a.mkv"), count=21)
    answer = colordesk("video", source, "-o", "out.mkv", "--every", "5", *TINY)
    assert "5 seen by tiny" in answer.err
    assert colourfulness(Path("out.mkv")) > 10


def test_probe_and_dry_run_write_nothing(colordesk: Command) -> None:
    source = make_film(Path("a.mp4"), codec="libx264", audio="aac")
    answer = colordesk("video", source, "--probe")
    assert answer.code == 0
    assert "48 x 32 pixels" in answer.out
    assert "audio aac" in answer.out
    answer = colordesk("video", source, "--preset", "archive", "--dry-run", *TINY)
    assert answer.code == 0
    assert "a-color.mkv" in answer.out
    assert "ffv1" in answer.out
    options = ("--bitrate", "2500k", "--tint", "7", "--dry-run")
    answer = colordesk("video", source, *options, *TINY)
    assert "2500 kbit/s" in answer.out
    assert "tint 7" in answer.out
    assert sorted(path.name for path in Path().iterdir()) == ["a.mp4"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("missing.mp4",), 1, "does not exist"),
        (("text.mp4",), 1, "no film"),
        (("cut.mp4",), 1, "damaged or cut off"),
        (("a.mkv", "-o", "a.mkv"), 1, "one of the films"),
        (("a.mkv", "-o", "there.mkv"), 1, "exists already"),
        (("a.mkv", "-o", "x.mkv", "--codec", "gif"), 2, ".gif"),
        (("a.mkv", "-o", "x.doc"), 2, ".doc"),
        (("a.mkv", "--start", "soon"), 2, "--start"),
        (("a.mkv", "--start", "50"), 1, "over after"),
        (("a.mkv", "--crf", "20", "--bitrate", "1M"), 2, "exclude each other"),
        (("a.mkv", "--bit-depth", "9", "--codec", "h264"), 2, "8 or 10 bit"),
        (("a.mkv", "--device", "toaster"), 2, "--device"),
        (("a.mkv", "--model", "none"), 2, "There is no model none"),
        ((), 2, "no film was named"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    colordesk: Command, arguments: tuple[str, ...], code: int, words: str
) -> None:
    make_film(Path("a.mkv"), count=3)
    Path("there.mkv").write_bytes(b"here")
    Path("text.mp4").write_text("no film at all")
    whole = make_film(Path("whole.mp4"), codec="libx264").read_bytes()
    Path("cut.mp4").write_bytes(whole[: len(whole) // 2])
    before = sorted(Path().iterdir())
    model = () if "--model" in arguments else ("--model", "tiny")
    answer = colordesk("video", *arguments, *model)
    assert answer.code == code, answer.err
    assert words.lower() in answer.err.lower()
    assert len(answer.err.splitlines()) == 1
    assert sorted(Path().iterdir()) == before


@pytest.mark.parametrize(("name", "rotation"), [("o.mp4", 0), ("o.mkv", 90)])
def test_a_film_that_is_shown_mirrored_stays_so(
    colordesk: Command, name: str, rotation: int
) -> None:
    def shown(path: Path) -> bytes:
        with av.open(str(path)) as container:
            sides: Any = next(container.decode(video=0)).side_data
            return bytes(sides["DISPLAYMATRIX"])

    source = make_film(Path("a.mp4"), codec="libx264", count=2, rotation=rotation, mirrored=True)
    assert "mirrored" in colordesk("video", source, "--probe").out
    assert colordesk("video", source, "-o", name, *TINY).code == 0
    assert shown(Path(name)) == shown(source)


def test_no_film_is_written_over_another_that_is_to_be_colorized(colordesk: Command) -> None:
    one, other = make_film(Path("a.mkv"), count=3), make_film(Path("a-color.mkv"), count=4)
    before = other.read_bytes()
    answer = colordesk("video", one, other, "missing.mkv", "--overwrite", *TINY)
    assert answer.code == 1
    assert "a-color.mkv is left as it is" in answer.err
    assert other.read_bytes() == before
    assert answer.written == [Path("a-color-color.mkv")]


def test_numbered_frames_of_another_rate_are_another_film(
    colordesk: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("scans").mkdir()
    for number in range(4):
        cv2.imwrite(f"scans/{number}.png", gray_frame(number, 40, 30))
    arguments = ("video", "scans", "-o", "o.mkv", "--start", "0.05", *TINY)

    def full(*given: object) -> None:
        raise OSError(28, "No space left on device", "o.mkv")

    with monkeypatch.context() as patch:
        patch.setattr("colordesk.video.export.write_film", full)
        assert colordesk(*arguments, "--fps", "24").code == 1
    answer = colordesk(*arguments, "--fps", "12", "--resume")
    assert "from an export with other choices" in answer.err
    assert colordesk(*arguments, "--fps", "24", "--resume").code == 0


def test_a_shot_that_begins_without_colour_is_gone_on_with_alike(
    colordesk: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_film(Path("a.mkv"), count=30)
    gray = {"start": 0, "end": 0.2, "look": {"strength": 0}}
    project = {"schema": 2, "clips": [{"path": "a.mkv", "shots": [gray]}]}
    Path("p.json").write_text(json.dumps(project))

    def painted(  # the blur of a shot is what its first coloured frame says, and seen in U
        self: object, guide: Any, luma: Any, ab: Any, look: Any, u: Any, v: Any, factor: Any
    ) -> int | None:
        if not look.neutral:
            factor = factor or int(guide.astype(int).sum()) % 97 + 1
        u[:], v[:] = factor or 0, 128
        return None if factor is None else int(factor)

    def full(*given: object) -> None:
        raise OSError(28, "No space left on device", "b.mkv")

    monkeypatch.setattr("colordesk.video.paint.Painter.paint", painted)
    monkeypatch.setattr("colordesk.video.encoding.SEGMENT_FRAMES", 10)
    options = ("--codec", "ffv1", *TINY)
    assert colordesk("video", "p.json", "-o", "a-whole.mkv", *options).code == 0
    with monkeypatch.context() as patch:
        patch.setattr("colordesk.video.export.write_film", full)
        assert colordesk("video", "p.json", "-o", "b.mkv", *options).code == 1
    for number in (1, 2):
        Path(f".b.mkv.colordesk-work/{number:06}.json").unlink()
    assert colordesk("video", "p.json", "-o", "b.mkv", *options, "--resume").code == 0
    one, other = pictures(Path("a-whole.mkv")), pictures(Path("b.mkv"))
    assert len(one) == 30
    assert all(np.array_equal(*pair) for pair in zip(one, other, strict=True))


def test_a_picture_that_ffmpeg_takes_elsewhere_is_painted_by_its_own_luma(
    colordesk: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = make_film(Path("a.mkv"), count=3, format="yuv444p")
    options = ("--codec", "ffv1", "--model", "sloping", "--device", "cpu")
    make_model(user_models_dir() / "sloping.onnx", id="sloping", slope=(0.4, -0.4))
    assert colordesk("video", source, "-o", "b.mkv", *options).code == 0

    def elsewhere(frame: Frame, *given: Any) -> av.VideoFrame:
        picture = canvas(frame, *given)
        moved = av.VideoFrame(picture.width, picture.height, picture.format.name)
        plane(moved, 0)[:] = plane(picture, 0)
        plane(picture, 0)[:] = 0  # by the decoder, for another frame
        return moved

    monkeypatch.setattr("colordesk.video.export.canvas", elsewhere)
    assert colordesk("video", source, "-o", "c.mkv", *options).code == 0
    one, other = pictures(Path("b.mkv")), pictures(Path("c.mkv"))
    assert all(np.array_equal(*pair) for pair in zip(one, other, strict=True))


def test_the_films_of_a_folder_but_not_what_was_made_of_them(colordesk: Command) -> None:
    for name in ("b.mkv", "a.mp4"):
        make_film(Path("films") / name, count=3, codec="libx264")
    Path("films/notes.txt").write_text("about them")
    answer = colordesk("video", "films", "--speed", "fast", *TINY)
    assert answer.code == 0, answer.err
    assert answer.written == [Path("films/a-color.mp4"), Path("films/b-color.mkv")]
    answer = colordesk("video", "films", "-o", "out", "--dry-run", *TINY)
    assert [line for line in answer.out.splitlines() if line[0] != " "] == [
        "out/a.mp4",
        "out/b.mkv",
    ]


def test_a_file_of_even_frames_refuses_a_clip_that_varies_unsaid(colordesk: Command) -> None:
    times = [*range(0, 40 * (SEGMENT_FRAMES + 5), 40), 41 * (SEGMENT_FRAMES + 5)]
    source = make_film(Path("a.mkv"), times=times, time_base=Fraction(1, 1000), size=(256, 120))
    answer = colordesk("video", source, "-o", "out.mxf", *TINY)
    assert answer.code == 2
    assert "a.mkv varies, but .mxf shows all frames equally long" in answer.err
    assert list(Path().iterdir()) == [source]
    assert colordesk("video", source, "-o", "out.mxf", "--end", "0.16", *TINY).code == 0
    assert len(times_of(Path("out.mxf"))) == 4


def test_a_film_that_is_in_colour_already_is_coloured_anew_and_said_to_be(
    colordesk: Command,
) -> None:
    make_colour_film(Path("a.mkv"), [coloured_squares()] * 4)
    answer = colordesk("video", "a.mkv", "-o", "out.mkv", *TINY)
    assert answer.code == 0
    told = "a.mkv has colours of its own: ColorDesk replaces them with those of the model."
    assert told in answer.err.splitlines()


def test_a_film_that_is_cut_off_is_coloured_as_far_as_it_goes_and_said_to_be(
    colordesk: Command,
) -> None:
    source = make_film(Path("a.mkv"), count=50)
    data = source.read_bytes()
    Path("half.mkv").write_bytes(data[: len(data) // 2])
    answer = colordesk("video", "half.mkv", "-o", "out.mkv", *TINY)
    assert answer.code == 0
    assert 10 < len(times_of(Path("out.mkv"))) < 40
    assert "and it says that it lasts 2.0 s: it may be cut off" in answer.err
    assert "cut off" not in colordesk("video", source, "-o", "whole.mkv", *TINY).err


def test_one_bad_film_does_not_stop_the_others(colordesk: Command) -> None:
    make_film(Path("a.mkv"), count=3)
    Path("bad.mkv").write_text("bad")
    answer = colordesk("video", "bad.mkv", "a.mkv", "-o", "out", *TINY)
    assert answer.code == 1
    assert answer.written == [Path("out/a.mkv")]


def waiting_for(condition: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end
        time.sleep(0.005)


def test_killed_and_resumed_it_has_the_frames_of_an_uninterrupted_run(
    colordesk: Command,
    process: Callable[..., subprocess.Popen[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    checked = {"level": "3", "slicecrc": "1", "g": "1"}
    source = make_film(Path("a.mkv"), count=330, size=(64, 48), cut_at=230, options=checked)
    # before what is wanted, before the kill, in the shot that is read twice, and after the kill
    spoil(source, {2, 20, 240, 300})
    # without loss, so that the frames are compared and not what an encoder makes of them
    options = ("--every", "4", "--smooth", "60", "--codec", "ffv1", "--start", "0.2", *TINY)
    damage = "3 packets of the source could not be read"
    assert damage in colordesk("video", source, "-o", "whole.mkv", *options).err
    work = Path(".out.mkv.colordesk-work")
    running = process("video", source, "-o", "out.mkv", *options)
    waiting_for((work / "000000.json").exists, running)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    assert not Path("out.mkv").exists()
    answer = colordesk("video", source, "-o", "out.mkv", *options)
    assert answer.code == 1
    assert "--resume goes on with it" in answer.err
    for other in "choices", "version":
        # days of work are not thrown away, and no film is begun by one and ended by another
        with monkeypatch.context() as patch:
            patch.setattr("colordesk.video.export._ENGINE", 0 if other == "version" else 1)
            more = ("--tint", "9", "--resume") if other == "choices" else ("--resume",)
            answer = colordesk("video", source, "-o", "out.mkv", *options, *more)
        assert answer.code == 1
        assert "250 frames of out.mkv are there from an export with other choices" in answer.err
    answer = colordesk("video", source, "-o", "out.mkv", *options, "--resume")
    assert answer.code == 0
    assert "322 frames, 72 of them now, in" in answer.err
    assert damage in answer.err
    assert not work.exists()
    assert times_of(Path("out.mkv")) == times_of(Path("whole.mkv"))
    resumed, whole = pictures(Path("out.mkv")), pictures(Path("whole.mkv"))
    assert len(resumed) == 322
    assert all(np.array_equal(one, other) for one, other in zip(resumed, whole, strict=True))


def test_ctrl_c_leaves_nothing_under_the_final_name(
    process: Callable[..., subprocess.Popen[str]], folder: Path
) -> None:
    source = make_film(Path("a.mkv"), count=1200, size=(64, 48))
    running = process("video", source, "-o", "out.mp4", *TINY)
    waiting_for(Path(".out.mp4.colordesk-work/manifest.json").exists, running)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "Stopping" in err
    assert not Path("out.mp4").exists()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_an_output_that_cannot_be_written(colordesk: Command) -> None:
    make_film(Path("a.mkv"), count=3)
    Path("closed").mkdir(mode=0o500)
    answer = colordesk("video", "a.mkv", "-o", "closed/out.mkv", *TINY)
    assert answer.code == 1
    assert "may not be" in answer.err


def test_a_full_disk_stops_it_with_a_sentence_and_it_can_be_resumed(
    colordesk: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    from colordesk.video import encoding, segments

    monkeypatch.setattr(encoding, "SEGMENT_FRAMES", 20)
    source = make_film(Path("a.mkv"), count=45)
    real, left = segments.SegmentWriter._written, 32

    def full(self: segments.SegmentWriter, act: Callable[..., object], *given: bytes) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(28, "No space left on device", str(self._path))
        real(self, act, *given)

    monkeypatch.setattr(segments.SegmentWriter, "_written", full)
    answer = colordesk("video", source, "-o", "out.mkv", "--codec", "ffv1", *TINY)
    assert answer.code == 1
    assert "the disk is full" in answer.err
    assert "--resume" in answer.err
    monkeypatch.setattr(segments.SegmentWriter, "_written", real)
    answer = colordesk("video", source, "-o", "out.mkv", "--codec", "ffv1", "--resume", *TINY)
    assert answer.code == 0
    assert "45 frames" in answer.err
    assert len(lumas(Path("out.mkv"))) == 45
