"""Subtitles that are read together, for containers that show one at a time."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pytest

from colordesk.video.subtitles import Rewriter, rewriter

Line = tuple[int, int, str]
HEAD = """[Script Info]
ScriptType: v4.00+
[V4+ Styles]
Format: Name, Fontname, Fontsize
Style: Default,Arial,20
[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""


def ass(lines: list[Line]) -> str:
    """Return a file of subtitles; times are in milliseconds."""
    moments = ((f"0:00:{s / 1000:05.2f}", f"0:00:{e / 1000:05.2f}", text) for s, e, text in lines)
    return HEAD + "".join(f"Dialogue: 0,{s},{e},Default,,0,0,0,,{t}\n" for s, e, t in moments)


def read(packets: list[Any]) -> list[Line]:
    found = []
    for packet in packets:
        size = int.from_bytes(bytes(packet)[:2], "big")  # as MP4 holds text
        begin = Fraction(packet.pts) * packet.time_base * 1000
        end = begin + packet.duration * packet.time_base * 1000
        found.append((int(begin), int(end), bytes(packet)[2 : 2 + size].decode()))
    return found


def merged(folder: Path, lines: list[Line], *, unsaid: bool = False) -> list[Line]:
    path = folder / "t.ass"
    path.write_text(ass(lines))
    packets = []
    with av.open(str(path)) as source:
        made = rewriter("mp4", source.streams[0])
        assert isinstance(made, Rewriter)
        for packet in source.demux():
            if packet.size:
                if unsaid:
                    packet.duration = 0
                packets += made.rewritten(packet)
        packets += made.finish()
    return read(packets)


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ([(100, 500, "a"), (700, 900, "b")], [(100, 500, "a"), (700, 900, "b")]),
        (
            [(100, 800, "a"), (500, 1000, "b")],
            [(100, 500, "a"), (500, 800, "a\nb"), (800, 1000, "b")],
        ),
        (
            [(100, 900, "a"), (300, 500, "b"), (600, 700, "c")],
            [
                (100, 300, "a"),
                (300, 500, "a\nb"),
                (500, 600, "a"),
                (600, 700, "a\nc"),
                (700, 900, "a"),
            ],
        ),
        ([(100, 500, "a"), (100, 300, "b")], [(100, 300, "a\nb"), (300, 500, "a")]),
        ([(100, 500, "a"), (500, 900, "b")], [(100, 500, "a"), (500, 900, "b")]),
        ([(100, 500, "a"), (100, 500, "a")], [(100, 500, "a")]),
        ([(100, 500, r"{\i1}a"), (100, 500, "b, c")], [(100, 500, "a\nb, c")]),
    ],
)
def test_what_is_read_together_is_one_subtitle(
    tmp_path: Path, lines: list[Line], wanted: list[Line]
) -> None:
    assert merged(tmp_path, lines) == wanted


def test_what_has_no_end_is_read_until_the_next_one(tmp_path: Path) -> None:
    lines = [(100, 200, "a"), (500, 600, "b")]
    assert merged(tmp_path, lines, unsaid=True) == [(100, 500, "a"), (500, 500, "b")]


def test_the_style_of_one_is_not_that_of_the_next(tmp_path: Path) -> None:
    path = tmp_path / "t.ass"
    path.write_text(ass([(0, 900, r"{\i1}a"), (0, 900, "b")]))
    with av.open(str(path)) as source:
        made = rewriter("mp4", source.streams[0])
        assert isinstance(made, Rewriter)
        for packet in source.demux():
            assert not made.rewritten(packet)
        (text,) = made.finish()
    styles = bytes(text)[2 + 3 :]
    assert styles[4:8] == b"styl"
    first, last = (int.from_bytes(styles[at : at + 2], "big") for at in (10, 12))
    assert (first, last) == (0, len("a\n"))


def test_a_drawing_made_of_letters_takes_no_more_time_than_words(tmp_path: Path) -> None:
    found = merged(tmp_path, [(0, 900, str(number)) for number in range(500)])
    assert len(found) == 1
    assert 2 <= len(found[0][2].splitlines()) <= 50


def test_words_of_old_files_that_are_no_unicode_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "t.ass"
    path.write_text(ass([(100, 500, "a"), (500, 900, "Café „ß“"), (900, 990, "é")]))
    packets = []
    with av.open(str(path)) as source:
        made = rewriter("mp4", source.streams[0])
        assert isinstance(made, Rewriter)
        for packet in source.demux():
            if packet.size:
                old = av.Packet(bytes(packet).decode().encode("cp1252"))
                old.pts, old.duration = packet.pts, packet.duration
                old.time_base = packet.time_base
                packets += made.rewritten(old)
        packets += made.finish()
    assert read(packets) == [(100, 500, "a"), (500, 900, "Café „ß“"), (900, 990, "é")]
