"""Clips are probed and read as they are; what cannot be coloured is one clear error."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from PIL import Image

from colordesk.explain import explain
from colordesk.video.errors import VideoError
from colordesk.video.probing import open_clip
from colordesk.video.reading import Damage, frame_at, read_frames
from tests.films import gray_frame, lumas, make_film, spoil, times_of

VARYING = [0, 512, 1024, 3000, 3001, 9000, 9512, 20000]
TICK = Fraction(1, 25)


@pytest.mark.parametrize(
    ("codec", "format", "suffix", "bits", "chroma", "full"),
    [
        ("ffv1", "yuv420p", ".mkv", 8, "4:2:0", False),
        ("ffv1", "yuv422p10le", ".mkv", 10, "4:2:2", False),
        ("ffv1", "yuv444p12le", ".mkv", 12, "4:4:4", False),
        ("ffv1", "gray", ".mkv", 8, "gray", True),
        ("ffv1", "gray10le", ".mkv", 10, "gray", True),
        ("ffv1", "gray16le", ".mkv", 16, "gray", True),
        ("libx264", "gray", ".mp4", 8, "4:2:0", False),
        ("libx264", "yuvj420p", ".mp4", 8, "4:2:0", True),
        ("mpeg2video", "yuv420p", ".mpg", 8, "4:2:0", False),
        ("mjpeg", "yuvj444p", ".avi", 8, "4:4:4", True),
    ],
)
def test_what_a_clip_says_of_itself(
    tmp_path: Path, codec: str, format: str, suffix: str, bits: int, chroma: str, full: bool
) -> None:
    steady = [n * 3600 for n in range(8)]
    unit = Fraction(1, 90_000) if suffix in (".mp4", ".mkv") else Fraction(1, 25)
    times = steady if unit != Fraction(1, 25) else list(range(8))
    path = make_film(
        tmp_path / f"a{suffix}", codec=codec, format=format, times=times, time_base=unit
    )
    clip = open_clip(path)
    assert (clip.width, clip.height) == (48, 32)
    assert (clip.layout.bits, clip.chroma) == (bits, chroma)
    assert clip.encoding.full_range is full
    assert clip.guessed is (codec != "mjpeg")
    assert clip.encoding.matrix == "bt601"
    assert not clip.interlaced
    frames = list(read_frames(clip, Damage()))
    assert len(frames) == 8
    for frame, luma in zip(frames, lumas(path), strict=True):
        assert np.array_equal(frame.luma, luma)


def test_tags_are_read(tmp_path: Path) -> None:
    tags = {"colorspace": 9, "color_primaries": 9, "color_trc": 14, "color_range": 2}
    clip = open_clip(make_film(tmp_path / "a.mkv", format="yuv420p10le", tags=tags))
    assert (clip.encoding.matrix, clip.encoding.full_range) == ("bt2020", True)
    assert clip.encoding.wide
    assert not clip.guessed


def test_large_clips_without_tags_are_taken_for_bt709(tmp_path: Path) -> None:
    clip = open_clip(make_film(tmp_path / "a.mkv", count=2, size=(1280, 720)))
    assert (clip.encoding.matrix, clip.tags.matrix, clip.guessed) == ("bt709", 1, True)


def test_rotation_aspect_and_a_varying_rate(tmp_path: Path) -> None:
    path = make_film(tmp_path / "a.mp4", codec="libx264", rotation=90, times=VARYING, audio="aac")
    clip = open_clip(path)
    assert clip.rotation == 90
    assert clip.others == ("audio aac",)
    unit = clip.time_base
    assert [frame.time * unit for frame in read_frames(clip, Damage())] == times_of(path)


@pytest.mark.parametrize("suffix", [".mkv", ".mp4", ".ts"])
def test_pictures_that_begin_late_last_as_long_as_they_do(tmp_path: Path, suffix: str) -> None:
    times = [round((2 + n / 25) * 12800) for n in range(50)]
    clip = open_clip(make_film(tmp_path / f"a{suffix}", codec="libx264", times=times))
    assert clip.start >= 2
    assert clip.frame_count == 50


def test_a_unit_of_time_is_taken_for_no_rate(tmp_path: Path) -> None:
    film = make_film(
        tmp_path / "a.dv",
        codec="dvvideo",
        size=(720, 576),
        count=4,
        time_base=Fraction(1, 25),
    )
    clip = open_clip(film)
    assert (float(clip.rate), clip.varying, clip.frame_count) == (25, False, 4)


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("a.mkv", "ffv1"),
        ("a.mkv", "libx264"),
        ("a.mkv", "mpeg4"),
        # a name of which FFmpeg would take the beginning for a protocol
        ("1T12:30.avi", "libx264"),
    ],
)
def test_reading_can_begin_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, codec: str
) -> None:
    monkeypatch.chdir(tmp_path)
    make_film(tmp_path / name, codec=codec, count=220, options={"g": "30"}, time_base=TICK)
    clip = open_clip(Path(name))
    damage = Damage()
    frames = list(read_frames(clip, damage))
    assert (len(frames), damage.count) == (220, 0)
    for at in (0, 3, 120, 219):
        rest = list(read_frames(clip, Damage(), since=frames[at].time))
        assert [frame.time for frame in rest] == [frame.time for frame in frames[at:]]
        for one, other in zip(rest, frames[at:], strict=True):
            assert np.array_equal(one.luma, other.luma)


def test_a_frame_at_a_time(tmp_path: Path) -> None:
    clip = open_clip(make_film(tmp_path / "a.mkv", codec="libx264", count=150))
    frames = list(read_frames(clip, Damage()))
    for seconds, index in ((0, 0), (0.05, 1), (2.0, 50), (5.97, 149)):
        found = frame_at(clip, Fraction(seconds).limit_denominator(1000))
        assert found is not None
        assert found.time == frames[index].time
        assert np.array_equal(found.luma, frames[index].luma)
    assert frame_at(clip, Fraction(60)) is None


@pytest.mark.parametrize("suffix", [".mkv", ".mp4"])
def test_a_still_is_found_wherever_one_looks_for_it(tmp_path: Path, suffix: str) -> None:
    times = [0, 40, 5000, *range(12_000, 16_000, 40), 30_000]
    path = make_film(tmp_path / f"a{suffix}", times=times, time_base=Fraction(1, 1000))
    clip = open_clip(path)
    frames = list(read_frames(clip, Damage()))
    for seconds, index in ((1, 1), (4.9, 1), (5, 2), (9, 2), (12.01, 3), (29, 102)):
        found = frame_at(clip, Fraction(seconds).limit_denominator(1000))
        assert found is not None
        assert found.time == frames[index].time


def test_interlaced_frames_are_made_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.mkv"
    make_film(
        path,
        codec="mpeg2video",
        count=6,
        field_order="bff",
        size=(64, 48),
        time_base=Fraction(1, 25),
    )
    clip = open_clip(path)
    assert clip.interlaced
    assert clip.field_order == "bottom"
    whole = list(read_frames(clip, Damage()))
    kept = list(read_frames(clip, Damage(), deinterlace=False))
    assert [(frame.time, frame.length) for frame in whole] == [
        (frame.time, frame.length) for frame in kept
    ]
    assert any(not np.array_equal(a.luma, b.luma) for a, b in zip(whole, kept, strict=True))


def test_numbered_frames_are_read_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for number in (1, 2, 10, 11):
        gray = np.full((20, 30), 10 * number, np.uint8)
        # what is raised is no figure of a number
        assert cv2.imwrite(str(tmp_path / f"{number}²0.png"), gray)
    (tmp_path / "notes.txt").write_text("no frame")
    clip = open_clip(tmp_path, Fraction(16))
    assert clip.frame_count == 4
    assert clip.rate == 16
    assert clip.chroma == "gray"
    frames = list(read_frames(clip, Damage()))
    assert [int(frame.luma[0, 0]) for frame in frames] == [10, 20, 100, 110]
    assert [frame.time for frame in frames] == [0, 1, 2, 3]


def test_a_damaged_numbered_frame_leaves_a_gap(tmp_path: Path) -> None:
    for number in range(4):
        assert cv2.imwrite(str(tmp_path / f"{number}.png"), np.full((8, 8), 99, np.uint8))
    (tmp_path / "2.png").write_bytes(b"\x89PNG nonsense")
    damage = Damage()
    frames = list(read_frames(open_clip(tmp_path), damage))
    assert [frame.time for frame in frames] == [0, 1, 3]
    assert damage.frames == ["2.png"]


def test_an_animated_gif(tmp_path: Path) -> None:
    path = make_film(
        tmp_path / "a.gif", codec="gif", format="gray", time_base=Fraction(1, 100), rate=10
    )
    clip = open_clip(path)
    assert clip.layout.rgb
    assert not clip.layout.alpha  # it may have some, and has none
    assert len(list(read_frames(clip, Damage()))) == 12


def test_scans_of_16_bits_a_colour_keep_them(tmp_path: Path) -> None:
    codes = np.repeat(np.arange(48 * 32, dtype=np.uint16).reshape(32, 48, 1) * 42, 3, axis=2)
    frames = tmp_path / "scans"
    frames.mkdir()
    assert cv2.imwrite(str(frames / "1.png"), codes)
    clip = open_clip(frames)
    (frame,) = read_frames(clip, Damage())
    assert clip.encoding.bits == 16
    steps = np.diff(frame.luma.astype(float).ravel())
    assert np.abs(steps - 42 * 219 / 255).max() <= 1


def test_damaged_packets_are_counted_and_the_rest_keeps_its_time(tmp_path: Path) -> None:
    path = make_film(
        tmp_path / "a.mkv", count=40, options={"level": "3", "slicecrc": "1", "g": "1"}
    )
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 60] = bytes(60)
    path.write_bytes(data)
    damage = Damage()
    clip = open_clip(path)
    frames = list(read_frames(clip, damage))
    steady = {round(n / 25 / clip.time_base) for n in range(40)}
    assert damage.count
    assert len(frames) > 30
    assert {frame.time for frame in frames} <= steady


def test_only_damage_after_the_first_frame_wanted_is_counted_and_what_follows_it_is_read(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.mkv"
    make_film(path, count=1400, size=(16, 16), options={"level": "3", "slicecrc": "1", "g": "1"})
    damaged = {20, 130, *range(200, 1350)}
    spoil(path, damaged)
    clip, whole, later = open_clip(path), Damage(), Damage()
    frames = list(read_frames(clip, whole, threads=1))
    assert len(frames) == 1400 - len(damaged)
    assert whole.count == len(damaged)
    since = frames[119].time  # the 121st, as one before it is damaged
    rest = read_frames(clip, later, since=since, threads=1)
    assert [frame.time for frame in rest] == [frame.time for frame in frames[119:]]
    assert later.count == len(damaged) - 1


def bad_inputs(folder: Path) -> dict[str, tuple[Path, str]]:
    whole = make_film(folder / "whole.mp4", codec="libx264").read_bytes()
    (folder / "cut.mp4").write_bytes(whole[: len(whole) // 2])
    (folder / "text.mp4").write_text("this is no film")
    (folder / "none.mp4").write_bytes(b"")
    (folder / "nothing").mkdir()
    grays = [Image.new("L", (32, 16), n) for n in (9, 99)]
    grays[0].save(folder / "moving.webp", save_all=True, append_images=grays[1:])
    sound = folder / "sound.m4a"
    with av.open(str(sound), "w", format="mp4") as container:
        stream = container.add_stream("aac", 48000)
        part = av.AudioFrame.from_ndarray(
            np.zeros((2, 1024), np.float32), format="fltp", layout="stereo"
        )
        part.sample_rate = 48000
        container.mux([*stream.encode(part), *stream.encode(None)])
    hdr = {"colorspace": 9, "color_primaries": 9, "color_range": 1}
    make_film(folder / "pq.mkv", format="yuv420p10le", tags={**hdr, "color_trc": 16})
    make_film(folder / "hlg.mkv", format="yuv420p10le", tags={**hdr, "color_trc": 18})
    make_film(folder / "float.mkv", codec="rawvideo", format="grayf32le", count=0, times=[])
    return {
        "cut": (folder / "cut.mp4", "damaged or cut off"),
        "text": (folder / "text.mp4", "no film"),
        "empty": (folder / "none.mp4", "it is empty"),
        "webp": (folder / "moving.webp", "cannot read animated WebP"),
        "folder": (folder / "nothing", "holds no pictures"),
        "sound": (sound, "sound but no picture"),
        "pq": (folder / "pq.mkv", "HDR (PQ)"),
        "hlg": (folder / "hlg.mkv", "HDR (HLG)"),
    }


@pytest.mark.parametrize("kind", ["cut", "text", "empty", "webp", "folder", "sound", "pq", "hlg"])
def test_bad_input_is_one_sentence(tmp_path: Path, kind: str) -> None:
    path, words = bad_inputs(tmp_path)[kind]
    with pytest.raises(VideoError) as error:
        open_clip(path)
    sentence = str(explain(error.value))
    assert words in sentence
    assert str(path) in sentence
    assert "\n" not in sentence


def test_no_frames_and_no_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        open_clip(tmp_path / "not there.mp4")
    with av.open(str(tmp_path / "a.mp4"), "w") as container:
        stream = container.add_stream("libx264", 25)
        stream.width, stream.height = 16, 16
        container.start_encoding()
    with pytest.raises(VideoError, match="holds no"):
        open_clip(tmp_path / "a.mp4")


def test_a_picture_that_changes_its_size(tmp_path: Path) -> None:
    for number, side in enumerate((16, 16, 16, 16, 20)):
        frame = gray_frame(number, side, side)
        assert cv2.imwrite(str(tmp_path / f"{number}.png"), frame)
    with pytest.raises(VideoError, match="changes from 16 x 16 to 20 x 20"):
        list(read_frames(open_clip(tmp_path), Damage()))


def jpegs(path: Path, sizes: list[tuple[int, int]]) -> Path:
    """A stream of JPEGs of these sizes; a damaged header looks like another size."""
    with path.open("wb") as out:
        for index, size in enumerate(sizes):
            out.write(cv2.imencode(".jpg", gray_frame(index, *size))[1].tobytes())
    return path


def test_a_frame_of_another_size_is_a_damaged_one(tmp_path: Path) -> None:
    sizes = [(48, 32)] * 6 + [(64, 32)] + [(48, 32)] * 5
    clip = open_clip(jpegs(tmp_path / "a.mjpeg", sizes))
    damage = Damage()
    frames = list(read_frames(clip, damage))
    assert len(frames) == 11
    assert damage.packets == 1


def test_a_film_that_goes_on_in_another_size_is_refused(tmp_path: Path) -> None:
    clip = open_clip(jpegs(tmp_path / "a.mjpeg", [(48, 32)] * 6 + [(64, 32)] * 60))
    with pytest.raises(VideoError, match="changes from 48 x 32 to 64 x 32"):
        list(read_frames(clip, Damage()))
