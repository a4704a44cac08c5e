"""All that a film holds beside its pictures: copied, or said to be left out."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import pytest

from colordesk.video.clip import has_captions
from colordesk.video.layout import plane
from colordesk.video.recoding import SoundRewriter
from tests.films import gray_frame, lumas, make_film, packet_hashes
from tests.integration.conftest import Answer

Command = Callable[..., Answer]
COVER = int(av.stream.Disposition.attached_pic)
FONT = b"glyphs" * 20
TEXTS = """1
00:00:00,200 --> 00:00:00,900
Guten Tag

2
00:00:01,100 --> 00:00:01,800
Ade
"""


def make_rich(path: Path) -> Path:
    """Write two seconds of film with chapters and a cover; as .mkv also subtitles and a font."""
    Path("t.srt").write_text(TEXTS)
    picture = bytes(cv2.imencode(".png", np.full((8, 8, 3), 99, np.uint8))[1])
    Path("c.png").write_bytes(picture)
    with av.open(str(path), "w") as out, av.open("t.srt") as texts, av.open("c.png") as cover:
        stream: Any = out.add_stream("libx264", 25, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = 48, 32, "yuv420p"
        targets: dict[str, Any] = {}
        if path.suffix == ".mkv":
            targets["subtitle"] = out.add_stream_from_template(texts.streams[0])
            targets["subtitle"].metadata["language"] = "deu"
            out.add_attachment("font.ttf", "application/x-truetype-font", FONT)
            out.add_attachment("cover.png", "image/png", picture)
        else:
            targets["video"] = out.add_stream_from_template(cover.streams[0])
            targets["video"].disposition = av.stream.Disposition.attached_pic
        unit = Fraction(1, 1000)
        chapters = [("One", 0, 1000), ("Two", 1000, 2000)]
        out.set_chapters(
            [
                {"id": n, "start": a, "end": b, "time_base": unit, "metadata": {"title": title}}
                for n, (title, a, b) in enumerate(chapters, 1)
            ]
        )
        packets = []
        for index in range(50):
            frame = av.VideoFrame(48, 32, "yuv420p")
            plane(frame, 0)[:] = gray_frame(index, 48, 32)
            for number in (1, 2):
                plane(frame, number)[:] = 128
            frame.pts, frame.time_base = index, Fraction(1, 25)
            packets += stream.encode(frame)
        packets += stream.encode(None)
        for packet in [*texts.demux(), *cover.demux()]:
            if packet.size and packet.stream.type in targets:
                packet.stream = targets[packet.stream.type]
                packets.append(packet)
        for packet in sorted(packets, key=lambda p: float((p.dts or 0) * p.time_base)):
            out.mux(packet)
    return path


def beside(path: Path) -> dict[str, Any]:
    """Return what a film holds beside its pictures."""
    found: dict[str, Any] = {}
    with av.open(str(path)) as film:
        found["chapters"] = [
            (c["metadata"]["title"], c["start"] * c["time_base"], c["end"] * c["time_base"])
            for c in film.chapters()
            if c["time_base"]
        ]
        found["files"] = [
            (stream.metadata["filename"], bytes(stream.data))  # type: ignore[attr-defined]
            for stream in film.streams
            if stream.type == "attachment"
        ]
        for packet in film.demux():
            stream = packet.stream
            if packet.size and int(stream.disposition) & COVER:
                found["cover"] = bytes(packet)
            elif packet.size and stream.type == "subtitle":
                kept: Any = packet
                for text in kept.stream.codec_context.decode2(kept) or ():
                    start, length = (n * kept.time_base for n in (kept.pts, kept.duration))
                    line = start, length, text.dialogue
                    found.setdefault(stream.metadata["language"], []).append(line)
    return found


def line(start: int, words: bytes, length: int = 700) -> tuple[Fraction, Fraction, bytes]:
    """Return a subtitle and when it is shown, in milliseconds."""
    return Fraction(start, 1000), Fraction(length, 1000), words


@pytest.mark.parametrize(
    ("source", "output", "lost"),
    [
        ("a.mkv", "o.mkv", {}),
        ("a.mkv", "o.mp4", {"files": "attachment"}),
        ("a.mkv", "o.webm", {"files": "attachment", "cover": "cover"}),
        ("a.mp4", "o.mkv", {}),
        ("a.mp4", "o.mp4", {}),
        ("a.mp4", "o.mov", {"cover": "cover stream"}),
    ],
)
def test_everything_beside_the_pictures_is_copied_or_said_to_be_left_out(
    colordesk: Command, source: str, output: str, lost: dict[str, str]
) -> None:
    before = beside(make_rich(Path(source)))
    assert before["cover"]
    assert len(before["chapters"]) == 2
    if source == "a.mkv":
        assert before["files"] == [("font.ttf", FONT)]
        assert before["deu"] == [line(200, b"Guten Tag"), line(1100, b"Ade")]
    options = ("--speed", "fast", "--model", "tiny", "--device", "cpu")
    answer = colordesk("video", source, "-o", output, *options)
    assert answer.code == 0, answer.err
    after = beside(Path(output))
    for name, held in before.items():
        if name not in lost:
            assert after[name] == held
    said = [line for line in answer.err.splitlines() if "left out" in line]
    assert len(said) == len(lost)
    for word in lost.values():
        assert word in answer.err
    if output == "o.webm":
        assert "subtitle stream 1 (srt) becomes webvtt" in answer.err
        with av.open(output) as film:
            assert [stream.codec_context.name for stream in film.streams.subtitles] == ["webvtt"]
    if (source, output) == ("a.mkv", "o.mp4"):
        assert "subtitle stream 1 (srt) becomes mov_text" in answer.err
        back = colordesk("video", "o.mp4", "-o", "back.mkv", *options)
        assert "(mov_text) becomes subrip" in back.err
        assert beside(Path("back.mkv"))["deu"] == before["deu"]


def test_chapters_and_subtitles_of_a_piece_are_those_of_its_time(colordesk: Command) -> None:
    make_rich(Path("a.mkv"))
    options = ("--start", "0.8", "--end", "1.6", "--model", "tiny", "--device", "cpu")
    answer = colordesk("video", "a.mkv", "-o", "o.mkv", "--speed", "fast", *options)
    assert answer.code == 0, answer.err
    after = beside(Path("o.mkv"))
    second = Fraction(1, 1000)
    assert after["chapters"] == [("One", 0, 200 * second), ("Two", 200 * second, 800 * second)]
    assert after["deu"] == [line(0, b"Guten Tag", 100), line(300, b"Ade", 500)]
    assert after["cover"]


def heard(path: Path) -> np.ndarray[Any, np.dtype[Any]]:
    """Return the samples of the first channel; Matroska's times are too coarse for single ones."""
    with av.open(str(path)) as film:
        frames = list(film.decode(audio=0))
    assert frames[0].pts is not None
    assert frames[0].time_base
    assert abs(frames[0].pts * frames[0].time_base) < 0.008
    found = []
    for frame in frames:
        whole = frame.to_ndarray().astype(float)
        if frame.format.name.startswith("s"):
            whole /= 1 << 15
        found.append(whole[0] if frame.format.is_planar else whole.reshape(-1, 2)[:, 0])
    return np.concatenate(found)


def apart(one: np.ndarray[Any, np.dtype[Any]], other: np.ndarray[Any, np.dtype[Any]]) -> float:
    """Return by how much the sound of two seconds differs, up to 8 ms sooner or later."""
    middle = slice(4800, 80_000)  # what an encoder makes of the very ends is its own
    return min(
        float(np.abs(one[middle] - np.roll(other, lag)[middle]).mean()) for lag in range(-384, 385)
    )


@pytest.mark.parametrize(
    ("codec", "output", "form", "lost"),
    [
        ("libopus", "o.mov", "pcm_s16le", 1e-4),
        ("pcm_s16le", "o.mp4", "flac", 0),
        ("pcm_s16le", "o.webm", "opus", 0.02),
    ],
)
def test_sound_that_the_container_cannot_hold_becomes_other_sound_of_the_same_time(
    colordesk: Command, codec: str, output: str, form: str, lost: float
) -> None:
    source = make_film(Path("a.mkv"), audio=codec, count=50)
    answer = colordesk("video", source, "-o", output, "--model", "tiny", "--device", "cpu")
    assert answer.code == 0, answer.err
    assert f"The audio stream 1 ({codec.removeprefix('lib')}) becomes {form}, which" in answer.err
    with av.open(output) as film:
        assert film.streams.audio[0].codec_context.codec.canonical_name == form
    before = heard(source)
    assert apart(before, heard(Path(output))) <= lost
    assert np.abs(before).mean() > 0.1


def test_the_sound_of_clips_of_several_kinds_is_heard_in_all_of_them(colordesk: Command) -> None:
    for name, codec in ("a.mkv", "pcm_s16le"), ("b.mkv", "flac"):
        make_film(Path(name), audio=codec, count=25)
    clips = [{"path": "a.mkv"}, {"path": "b.mkv"}]
    Path("p.json").write_text(json.dumps({"schema": 1, "clips": clips}))
    answer = colordesk("video", "p.json", "-o", "o.mkv", "--model", "tiny", "--device", "cpu")
    assert answer.code == 0, answer.err
    assert "(pcm_s16le) becomes flac, which matroska holds" in answer.err
    both = np.concatenate([heard(Path("a.mkv")), heard(Path("b.mkv"))])
    assert np.array_equal(heard(Path("o.mkv")), both)


def test_chapters_and_subtitles_of_joined_clips_follow_on(colordesk: Command) -> None:
    make_rich(Path("a.mkv"))
    clips = [{"path": "a.mkv", "end": 1}, {"path": "a.mkv", "start": 0.8}]
    Path("p.json").write_text(json.dumps({"schema": 1, "clips": clips}))
    options = ("--speed", "fast", "--model", "tiny", "--device", "cpu")
    for output in "o.mkv", "o.mp4":
        answer = colordesk("video", "p.json", "-o", output, *options)
        assert answer.code == 0, answer.err
        after = beside(Path(output))
        second = Fraction(1, 1000)
        assert after["chapters"] == [
            ("One", 0, 1),
            ("One", 1, 1200 * second),
            ("Two", 1200 * second, 2200 * second),
        ]
        lines = [line(200, b"Guten Tag"), line(1000, b"Guten Tag", 100), line(1300, b"Ade")]
        assert after["deu"] == lines
        assert "left out of the joined" not in answer.err
    make_rich(Path("b.mp4"))
    clips = [{"path": "b.mp4"}, {"path": "a.mkv"}]
    Path("p.json").write_text(json.dumps({"schema": 1, "clips": clips}))
    answer = colordesk("video", "p.json", "-o", "p.mkv", *options)
    assert "The subtitle stream 1 is left out of the joined film" in answer.err
    assert "data stream" not in answer.err


def test_sound_that_only_a_later_clip_has_is_heard_at_its_time(colordesk: Command) -> None:
    make_film(Path("a.mkv"), count=25)
    make_film(Path("b.mkv"), count=25, audio="aac")
    clips = [{"path": "a.mkv"}, {"path": "b.mkv", "start": 0.2}]
    Path("p.json").write_text(json.dumps({"schema": 1, "clips": clips}))
    answer = colordesk("video", "p.json", "-o", "o.mkv", "--model", "tiny", "--device", "cpu")
    assert answer.code == 0, answer.err
    with av.open("o.mkv") as film:
        times = [float(p.pts * p.time_base) for p in film.demux(audio=0) if p.pts is not None]
    assert times[0] == pytest.approx(1, abs=0.03)
    heard_of_it = packet_hashes(Path("o.mkv"), "audio")
    assert len(heard_of_it) == pytest.approx(36, abs=2)
    assert heard_of_it == packet_hashes(Path("b.mkv"), "audio")[-len(heard_of_it) :]


def test_sound_of_a_kind_that_is_not_known_is_said_to_be_left_out(colordesk: Command) -> None:
    known = make_film(Path("a.mkv"), count=4, audio="libopus").read_bytes()
    assert b"A_OPUS" in known
    Path("b.mkv").write_bytes(known.replace(b"A_OPUS", b"A_XPUS"))
    clips = [{"path": "a.mkv"}, {"path": "b.mkv"}]
    Path("p.json").write_text(json.dumps({"schema": 1, "clips": clips}))
    for source, said in ("b.mkv", "audio stream 1 is left out"), ("p.json", "becomes flac"):
        options = ("--model", "tiny", "--device", "cpu", "--overwrite")
        answer = colordesk("video", source, "-o", "o.mkv", *options)
        assert answer.code == 0, answer.err
        assert said in answer.err


def with_captions(path: Path) -> Path:
    """Write a film with closed captions within its pictures, as broadcasts and DVDs have them."""
    options = {"preset": "ultrafast", "tune": "zerolatency"}
    made = make_film(Path("plain.ts"), codec="libx264", count=8, size=(64, 64), options=options)
    with av.open(str(made)) as source, av.open(str(path), "w") as target:
        stream = target.add_stream_from_template(source.streams.video[0])
        for number, packet in enumerate(source.demux(video=0)):
            if not packet.size:
                continue
            # user data of ATSC A/53, one pair of letters a frame
            pair = bytes([0xFC, 0x80 | (0x20 + number), 0x80])
            text = b"\xb5\x00\x31GA94\x03\xc1\xff" + pair + b"\xff"
            message = b"\x00\x00\x00\x01\x06\x04" + bytes([len(text)]) + text + b"\x80"
            new = av.Packet(message + bytes(packet))
            new.pts, new.dts, new.time_base = packet.pts, packet.dts, packet.time_base
            new.is_keyframe, new.stream = packet.is_keyframe, stream
            target.mux(new)
    return path


def captions(path: Path) -> list[bytes]:
    with av.open(str(path)) as film:
        kept: list[Any] = [one for one in film.decode(video=0) if has_captions(one)]
        return [bytes(one.side_data["A53_CC"]) for one in kept]


@pytest.mark.parametrize(
    ("output", "options"),
    [
        ("o.mp4", ()),
        ("o.mp4", ("--clean", "60")),
        ("o.mkv", ("--bit-depth", "10")),
        ("o.mkv", ("--codec", "h265")),
    ],
)
def test_closed_captions_stay_within_the_pictures(
    colordesk: Command, output: str, options: tuple[str, ...]
) -> None:
    source = with_captions(Path("a.ts"))
    before = captions(source)
    assert len(set(before)) == 8
    answer = colordesk(
        "video", source, "-o", output, *options, "--model", "tiny", "--device", "cpu"
    )
    assert answer.code == 0, answer.err
    assert captions(Path(output)) == before
    assert "captions" not in answer.err


def test_closed_captions_that_the_codec_cannot_hold_are_said_to_be_left_out(
    colordesk: Command,
) -> None:
    source = with_captions(Path("a.ts"))
    assert "closed ones, within the pictures" in colordesk("video", source, "--probe").out
    options = ("--codec", "prores", "--model", "tiny", "--device", "cpu")
    answer = colordesk("video", source, "-o", "o.mov", *options)
    assert answer.code == 0, answer.err
    assert "The closed captions are left out: prores cannot hold them." in answer.err


def test_a_second_stream_of_pictures_is_copied_whole(colordesk: Command) -> None:
    one, other = (
        make_film(Path(name), codec="libx264", count=20, cut_at=cut_at)
        for name, cut_at in (("1.mkv", None), ("2.mkv", 9))
    )
    with av.open("two.mkv", "w") as out, av.open(str(one)) as a, av.open(str(other)) as b:
        targets = [out.add_stream_from_template(source.streams.video[0]) for source in (a, b)]
        for target, source in zip(targets, (a, b), strict=True):
            for packet in source.demux(video=0):
                if packet.size:
                    packet.stream = target
                    out.mux(packet)
    for name in ("o.mkv", "o.mp4", "o.mov"):
        answer = colordesk("video", "two.mkv", "-o", name, "--model", "tiny", "--device", "cpu")
        assert answer.code == 0, answer.err
        assert "left out" not in answer.err
        with av.open(name) as film:
            shown = [plane(frame, 0).copy() for frame in film.decode(video=1)]
        assert [np.array_equal(*pair) for pair in zip(shown, lumas(other), strict=True)] == [
            True
        ] * 20
    arguments = ("-o", "p.mkv", "--start", "0.2", "--model", "tiny", "--device", "cpu")
    assert "The picture stream 1 is left out" in colordesk("video", "two.mkv", *arguments).err


def test_sound_in_packets_shorter_than_the_unit_of_time_is_whole(colordesk: Command) -> None:
    make_film(Path("a.mkv"), count=25)
    tone = (8000 * np.sin(np.arange(96000) * 0.05)).astype(np.int16)
    with av.open("b.mkv", "w") as out, av.open("a.mkv") as film:
        pictures: Any = out.add_stream_from_template(film.streams.video[0])
        sound: Any = out.add_stream("pcm_s16le", 48000)
        sound.layout = "mono"
        for packet in film.demux(video=0):
            if packet.size:
                packet.stream = pictures
                out.mux(packet)
        for start in range(0, tone.size, 24):  # half a millisecond, as of TrueHD
            short: Any = av.Packet(tone[start : start + 24].tobytes())
            short.stream, short.time_base = sound, Fraction(1, 48000)
            short.pts = short.dts = start
            out.mux(short)
    answer = colordesk("video", "b.mkv", "-o", "o.mkv", "--model", "tiny", "--device", "cpu")
    assert answer.code == 0, answer.err
    assert "in time" not in answer.err
    assert "cut off" not in answer.err, "sound may last longer than the pictures"
    with av.open("o.mkv") as film:
        heard = [frame.to_ndarray().ravel() for frame in film.decode(audio=0)]
    assert np.array_equal(np.concatenate(heard), tone)
    with av.open("o.mkv") as film, av.open("o.mov", "w") as out:
        rewriter = SoundRewriter(film.streams.audio[0], "mov")
        rewriter.add_to(out, film.streams.audio[0])
        made = [one for packet in film.demux(audio=0) for one in rewriter.rewritten(packet)]
        made += rewriter.finish()
        times = [packet.pts * packet.time_base * 48000 for packet in made]
    sizes = np.cumsum([0, *(packet.size // 2 for packet in made)])
    assert times == sizes[:-1].tolist()


def test_sound_that_is_damaged_is_left_out_and_the_film_is_written(colordesk: Command) -> None:
    source = make_film(Path("a.ts"), codec="libx264", audio="aac", count=50)
    data, size = bytearray(source.read_bytes()), 188
    with av.open(str(source)) as film:
        sound = film.streams.audio[0].id
    starts = [
        at
        for at in range(0, len(data), size)
        if int.from_bytes(data[at + 1 : at + 3], "big") & 0x5FFF == 0x4000 | sound
    ]
    for at in starts[2:4]:
        where = data.index(b"\xff\xf1", at)
        data[where + 1] ^= 0x01  # now it says that there is a check sum, ...
        data[where + 6] |= 0x03  # ... and several frames in one
    source.write_bytes(data)
    answer = colordesk("video", source, "-o", "o.mp4", "--model", "tiny", "--device", "cpu")
    assert answer.code == 0, answer.err
    assert "Damaged packets of sound or subtitles are left out" in answer.err
    assert len(lumas(Path("o.mp4"))) == 50


def test_damaged_times_cost_but_their_own_frames_and_sound(colordesk: Command) -> None:
    source = make_film(Path("a.flv"), codec="libx264", audio="aac", count=50)
    sounds = len(packet_hashes(source, "audio"))
    data, at = bytearray(source.read_bytes()), 13
    met = dict.fromkeys((8, 9, 18), 0)  # sound, pictures, descriptions
    while at < len(data):
        met[data[at]] += 1
        if data[at] != 18 and met[data[at]] in (20, 21, 23):
            data[at + 4] = 0x40  # hours ahead
        at += 15 + int.from_bytes(data[at + 1 : at + 4], "big")
    source.write_bytes(data)
    answer = colordesk("video", source, "-o", "o.mkv", "--model", "tiny", "--device", "cpu")
    assert answer.code == 0, answer.err
    assert "3 packets of the source could not be read" in answer.err
    assert "Damaged packets of sound or subtitles are left out: 3." in answer.err
    assert len(lumas(Path("o.mkv"))) == 47
    assert len(packet_hashes(Path("o.mkv"), "audio")) == sounds - 3


def test_the_pieces_of_a_torn_recording_become_one_film(colordesk: Command) -> None:
    unit, count = Fraction(1, 25), 60
    pieces = [
        make_film(
            Path(f"{begin}.ts"),
            codec="mpeg2video",
            times=[25 * begin + n for n in range(count)],
            time_base=unit,
            audio="mp2",
            cut_at=cut_at,
        )
        for begin, cut_at in ((20, None), (3, 0))
    ]
    Path("torn.ts").write_bytes(b"".join(piece.read_bytes() for piece in pieces))
    assert "2, one after another" in colordesk("video", "torn.ts", "--probe").out
    options = ("--codec", "ffv1", "--model", "tiny", "--device", "cpu")
    answer = colordesk("video", "torn.ts", "-o", "o.mkv", *options)
    assert answer.code == 0, answer.err
    assert "its 2 pieces are shown one after another" in answer.err
    assert "left out" not in answer.err
    assert "skipped" not in answer.err
    wanted = [luma for piece in pieces for luma in lumas(piece)]
    for made, luma in zip(lumas(Path("o.mkv")), wanted, strict=True):
        assert np.array_equal(made, luma)
    sound = [packet for piece in pieces for packet in packet_hashes(piece, "audio")]
    assert packet_hashes(Path("o.mkv"), "audio") == sound
    answer = colordesk("video", "torn.ts", "-o", "p.mkv", "--start", "2", "--end", "3", *options)
    assert answer.code == 0, answer.err
    for made, luma in zip(lumas(Path("p.mkv")), wanted[50:75], strict=True):
        assert np.array_equal(made, luma)


def test_a_recording_whose_times_jump_back_is_written_as_far_as_it_can_be(
    colordesk: Command,
) -> None:
    unit = Fraction(1, 25)
    film = make_film(Path("a.ts"), codec="mpeg2video", count=25, time_base=unit, audio="mp2")
    Path("b.ts").write_bytes(film.read_bytes() * 2)
    answer = colordesk("video", "b.ts", "-o", "o.mp4", "--model", "tiny", "--device", "cpu")
    assert answer.code == 0, answer.err
    assert "sound or subtitles that jump back in time are left out" in answer.err
    assert "could not be read and were skipped" in answer.err
    whole = packet_hashes(Path("a.ts"), "audio")
    assert packet_hashes(Path("o.mp4"), "audio")[: len(whole)] == whole


def test_the_time_code_of_a_camera_stays_with_the_whole_clip(colordesk: Command) -> None:
    code = {"timecode": "01:00:00:00"}
    make_film(Path("a.mov"), codec="prores_ks", format="yuv422p10le", metadata=code, audio="aac")
    options = ("--codec", "prores", "--model", "tiny", "--device", "cpu")
    answer = colordesk("video", "a.mov", "-o", "o.mov", *options)
    assert answer.code == 0, answer.err
    assert packet_hashes(Path("o.mov"), "audio") == packet_hashes(Path("a.mov"), "audio")
    with av.open("o.mov") as film:
        assert film.streams.video[0].metadata["timecode"] == code["timecode"]
    answer = colordesk("video", "a.mov", "-o", "part.mov", "--start", "0.1", *options)
    assert "The time code is left out" in answer.err
    with av.open("part.mov") as film:
        assert "timecode" not in film.streams.video[0].metadata
