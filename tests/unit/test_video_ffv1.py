from pathlib import Path

import av
import pytest

from colordesk.video.ffv1 import SliceChecker
from colordesk.video.probing import open_clip
from colordesk.video.reading import Damage, read_frames
from tests.films import make_film

CHECKED = {"level": "3", "slicecrc": "1", "g": "1"}
COUNT = 12


def packets_of(path: Path) -> list[bytes]:
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(video=0) if packet.size]


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def damaged_film(path: Path, options: dict[str, str], frames: tuple[int, ...]) -> Path:
    """A film with one bit of some frames turned over."""
    make_film(path, count=COUNT, size=(96, 64), options=options)
    data = path.read_bytes()
    for packet in (packets_of(path)[number] for number in frames):
        data = flipped(data, data.index(packet) + len(packet) // 2)
    path.write_bytes(data)
    return path


def test_damage_that_ffmpeg_conceals_is_counted(tmp_path: Path) -> None:
    clip = open_clip(damaged_film(tmp_path / "damaged.mkv", CHECKED, (3, 4, 9)))
    damage = Damage()
    times = [float(frame.time * clip.time_base) for frame in read_frames(clip, damage)]
    assert times == pytest.approx([number / 25 for number in range(COUNT)], abs=1e-3)
    assert damage.count == 3


@pytest.mark.parametrize("options", [{"level": "3", "slicecrc": "0"}, {"level": "1"}])
def test_without_checksums_nothing_is_said_to_be_damaged(
    tmp_path: Path, options: dict[str, str]
) -> None:
    path = make_film(tmp_path / "plain.mkv", count=COUNT, size=(96, 64), options=options)
    damage = Damage()
    assert sum(1 for _ in read_frames(open_clip(path), damage)) == COUNT
    assert damage.count == 0


def test_any_bit_of_a_packet_is_watched(tmp_path: Path) -> None:
    whole = packets_of(make_film(tmp_path / "whole.mkv", size=(96, 64), options=CHECKED))[0]
    for at in range(0, len(whole), max(1, len(whole) // 97)):
        checker = SliceChecker()
        assert checker.damaged(whole) == 0
        assert checker.damaged(flipped(whole, at)) == 1, at
    assert checker.damaged(whole[:-1]) == 1
    assert checker.damaged(b"") == 0


def test_what_was_damaged_before_the_first_whole_packet_counts_later(tmp_path: Path) -> None:
    whole = packets_of(make_film(tmp_path / "whole.mkv", size=(96, 64), options=CHECKED))[0]
    checker = SliceChecker()
    assert [checker.damaged(flipped(whole, 9)) for _ in range(2)] == [0, 0]
    assert [checker.damaged(whole), checker.damaged(whole)] == [2, 0]
