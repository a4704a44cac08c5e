"""A recording whose clock jumps is read as one, from its first frame to its last."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from colordesk.video.probing import open_clip
from colordesk.video.reading import Damage, frame_at, read_frames
from colordesk.video.sound import RATE, read_sound
from tests.films import lumas, make_film

UNIT = Fraction(1, 25)  # of time: a frame


def piece(path: Path, begin: int, count: int = 80, cut_at: int | None = None) -> Path:
    """A film whose clock begins at so many seconds; where it is cut tells which one it is."""
    times = [25 * begin + n for n in range(count)]
    return make_film(
        path, codec="mpeg2video", times=times, time_base=UNIT, audio="mp2", cut_at=cut_at
    )


def joined(path: Path, *pieces: Path) -> Path:
    path.write_bytes(b"".join(one.read_bytes() for one in pieces))
    return path


@pytest.mark.parametrize("suffix", [".ts", ".vob"])
def test_all_pieces_of_a_torn_recording_are_read(tmp_path: Path, suffix: str) -> None:
    pieces = [
        piece(tmp_path / f"{n}{suffix}", begin, cut_at=cut_at)
        for n, (begin, cut_at) in enumerate([(5, None), (2, 0), (300, 40)])
    ]
    clip = open_clip(joined(tmp_path / f"it's torn, ü 100%{suffix}", *pieces))
    assert clip.torn is not None
    assert len(clip.torn.pieces) == 3
    wanted = [luma for one in pieces for luma in lumas(one)]
    damage = Damage()
    frames = list(read_frames(clip, damage))
    assert damage.count == 0
    assert len(frames) == len(wanted) == 240
    for frame, luma in zip(frames, wanted, strict=True):
        assert np.array_equal(frame.luma, luma)
    steps = np.diff([float(frame.time * clip.time_base) for frame in frames])
    assert 0.01 < steps.min() <= steps.max() < 0.08
    assert clip.duration == pytest.approx(9.6, abs=0.1)
    # the sound of all pieces is there as well
    assert sum(map(len, read_sound(clip, Fraction(0)))) == pytest.approx(9.6 * RATE, rel=0.02)


@pytest.mark.parametrize("suffix", [".ts", ".vob"])
def test_a_frame_of_any_piece_is_found_again(tmp_path: Path, suffix: str) -> None:
    first = piece(tmp_path / f"a{suffix}", 50, count=200)
    second = piece(tmp_path / f"b{suffix}", 1, count=200, cut_at=100)
    clip = open_clip(joined(tmp_path / f"torn{suffix}", first, second))
    frames = list(read_frames(clip, Damage()))
    for number in (0, 150, 199, 200, 201, 290, 350, 399):
        moment = clip.since_first(frames[number].time)
        found = frame_at(clip, moment + Fraction(1, 100))
        assert found is not None
        assert found.time == frames[number].time
        assert np.array_equal(found.luma, frames[number].luma)
        later = next(iter(read_frames(clip, Damage(), since=frames[number].time)))
        assert later.time == frames[number].time


@pytest.mark.parametrize("suffix", [".ts", ".vob", ".mkv"])
def test_a_recording_whose_clock_runs_on_is_read_as_it_is(tmp_path: Path, suffix: str) -> None:
    clip = open_clip(piece(tmp_path / f"a{suffix}", 5, count=200))
    assert clip.torn is None
    assert clip.start == pytest.approx(5, abs=2)


def test_a_pause_is_no_tear(tmp_path: Path) -> None:
    times = [*range(80), *range(25 * 40, 25 * 40 + 80)]
    path = make_film(tmp_path / "a.ts", codec="mpeg2video", times=times, time_base=UNIT)
    clip = open_clip(path)
    assert clip.torn is None
    assert len(list(read_frames(clip, Damage()))) == 160


def test_what_the_model_knew_of_a_torn_recording_is_not_taken_for_another_time(
    tmp_path: Path,
) -> None:
    whole = piece(tmp_path / "a.ts", 5)
    torn = joined(tmp_path / "b.ts", whole, whole)
    both = joined(tmp_path / "c.ts", whole, whole, whole)
    identities = {open_clip(path).identity for path in (whole, torn, both)}
    assert len(identities) == 3


def test_two_streams_of_bytes_that_are_nothing_are_no_pieces(tmp_path: Path) -> None:
    whole = piece(tmp_path / "a.ts", 5)
    noise = np.random.default_rng(1).integers(0, 256, 60_000, np.uint8).tobytes()
    path = tmp_path / "b.ts"
    path.write_bytes(whole.read_bytes() + noise)
    clip = open_clip(path)
    assert len(list(read_frames(clip, Damage()))) >= 75
