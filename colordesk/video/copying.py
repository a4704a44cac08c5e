"""The packets of what a film holds beside its pictures, with the times of the film.

Hides parts, their beginnings and ends, and times that files lack or make too coarse.
Invariant: in each stream times do not go back; what was left out for that is said.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import av

from colordesk.video.beside import Copied, alike, kind_of
from colordesk.video.clip import opened_clip
from colordesk.video.film import Film
from colordesk.video.packets import packets_of, without_strays

_COARSE = Fraction(1, 1000)  # seconds; in AVI sound is counted by packets of 24 ms
_ROUNDING = ("matroska", "webm")
"""Containers that count milliseconds, so that short packets of sound may have one and the same."""


def other_packets(
    film: Film, copied: Sequence[Copied], notices: list[str]
) -> Iterator[tuple[Fraction, int, Any]]:
    """Yield the packets of all parts, each after its time and its stream.

    Where it is alike, or becomes other sound, that of each part follows on. Where a recording was
    torn, times jump back, which no container takes: what comes too late is left out.

    Args:
        film: the film.
        copied: from `copied_streams`.
        notices: told whose sound cannot follow, and what came too late.
    """
    last: dict[int, Fraction] = {}
    late = 0
    for item in _packets(film, copied, notices):
        packet = item[2]
        when = (packet.pts if packet.dts is None else packet.dts) * packet.time_base
        before = last.get(packet.stream.index, when - 1)
        again = when == before and packet.stream.type == "audio"
        if when < before or (again and packet.stream.container.format.name not in _ROUNDING):
            late += 1
            continue
        last[packet.stream.index] = when
        yield item
    if late:
        notices.append(
            f"Packets of sound or subtitles that jump back in time are left out: {late}."
        )


def _packets(
    film: Film, copied: Sequence[Copied], notices: list[str]
) -> Iterator[tuple[Fraction, int, Any]]:
    """Yield the packets of all parts, each after its time and its stream."""
    for number, part in enumerate(film.parts):
        if part.clip.frames:
            continue
        with opened_clip(part.clip) as source:
            sounds = [one for one in copied if one.source.type == "audio"]
            here = alike(source, sounds)
            if source.streams.audio and len(here) < len(sounds):
                notices.append(f"{part.clip.path} is silent: its sound is of another kind.")
            if number:
                here += alike(source, [one for one in copied if one.source.type == "subtitle"])
                there = {one.source.index for one in here}
                lost = sorted({one.index for one in source.streams.subtitles} - there)
                notices += [
                    f"The subtitle stream {n} is left out of the joined film." for n in lost
                ]
            else:
                others = (one for one in copied if one.source.type != "audio")
                here += [replace(one, source=source.streams[one.source.index]) for one in others]
            yield from _packets_of_part(source, here, film, number, notices)
    for one in copied:
        for packet in one.rewriter.finish() if one.rewriter else ():
            packet.stream = one.target
            yield packet.dts * packet.time_base, 1 + one.source.index, packet


def _packets_of_part(
    source: Any, copied: Sequence[Copied], film: Film, number: int, notices: list[str]
) -> Iterator[tuple[Fraction, int, Any]]:
    """Yield the packets of one part in the order of the file, with times of the film."""
    part = film.parts[number]
    timed = [one.source for one in copied if one.source.type != "attachment"]
    by_index = {one.source.index: one for one in copied}
    # where the part begins and ends in the film; an uncut film may have sound before its pictures
    begin = film.begin(number)
    end = None
    if part.end is not None or number + 1 < len(film.parts):
        end = begin + part.length + (part.clip.start if film.is_uncut else 0)
    last = Fraction(-1)
    if not timed:
        return
    packets = _readable(packets_of(source, timed), part.clip.path.name, notices)
    strays: list[Any] = []
    for packet in without_strays(_decodable(packets), _place, strays):
        one = by_index[packet.stream.index]
        cover = kind_of(one.source) == "cover"
        if packet.size and cover:
            packet.pts = packet.dts = 0  # a cover has no time of its own
        if packet.size == 0 or (packet.dts is None and packet.pts is None):
            continue
        unit = _made_fine(packet)
        shift = round(film.offset(number) / unit)
        if cover:  # it belongs to the whole film
            shift = 0
        else:
            start = (packet.pts if packet.pts is not None else packet.dts) + shift
            since = math.ceil(begin / unit) if not film.is_uncut else start
            until = None if end is None else math.ceil(end / unit)
            if one.source.type == "subtitle":
                start = _cut(packet, start, since, until)
            if start < since or (until is not None and start >= until):
                continue
        if shift:
            packet.pts = None if packet.pts is None else packet.pts + shift
            packet.dts = None if packet.dts is None else packet.dts + shift
        ready = [packet] if one.rewriter is None else one.rewriter.rewritten(packet)
        for packet in ready:
            packet.stream = one.target
            decode = packet.dts if packet.dts is not None else packet.pts
            last = max(last, decode * packet.time_base)
            yield last, 1 + one.source.index, packet
    if strays:
        notices.append(f"Damaged packets of sound or subtitles are left out: {len(strays)}.")


def _place(packet: Any) -> tuple[int, Fraction] | None:
    """Return the stream and the time of a packet of sound; all else may rest for long."""
    time = packet.pts if packet.dts is None else packet.dts
    if packet.stream.type != "audio" or not packet.size or time is None:
        return None
    return packet.stream.index, time * packet.time_base


def _readable(packets: Iterator[Any], name: str, notices: list[str]) -> Iterator[Any]:
    """Yield packets of a clip as far as it can be read."""
    try:
        yield from packets
    except av.FFmpegError:
        notices.append(
            f"{name} is damaged: sound and subtitles are copied as far as they can be read."
        )


def _decodable(packets: Iterator[Any]) -> Iterator[Any]:
    """Yield packets with the times to decode pictures that FFmpeg cannot tell at their beginning.

    Matroska has no such times; they are known once it shows how far frames are reordered.
    """
    held: dict[int, list[Any]] = {}  # by the number of the stream, until it is known
    known: set[int] = set()
    for packet in packets:
        number = packet.stream.index
        if number not in known and kind_of(packet.stream) == "picture" and packet.size:
            held.setdefault(number, []).append(packet)
            if packet.dts is None:
                continue
            known.add(number)
            ready = held.pop(number)
            for before, one in enumerate(reversed(ready)):
                one.dts = packet.dts - before * max(1, packet.duration or 0)
            yield from ready
            continue
        yield packet


def _cut(packet: Any, start: int, since: int, until: int | None) -> int:
    """Cut a subtitle down to what of it is read within a part; return when it begins now.

    Args:
        packet: changed.
        start: when it begins in the film.
        since: when the part begins in the film.
        until: when it ends there; None for with the clip.
    """
    if not packet.duration:
        return start
    over = start + packet.duration
    if start < since < over:
        begun = packet.dts if packet.pts is None else packet.pts
        packet.pts = packet.dts = begun + since - start
        start = since
    packet.duration = (over if until is None else min(over, until)) - start
    return start


def _made_fine(packet: Any) -> Fraction:
    """Return the unit of a packet's times, made one that a cut film's beginning goes into."""
    unit: Fraction = packet.time_base
    parts = math.ceil(unit / _COARSE)
    if parts > 1:
        pts, dts, length = packet.pts, packet.dts, packet.duration
        packet.time_base = unit / parts
        packet.pts = None if pts is None else pts * parts
        packet.dts = None if dts is None else dts * parts
        packet.duration = (length or 0) * parts
    return Fraction(packet.time_base)
