"""What a film holds beside its pictures, for the file that it becomes.

Hides which container holds what. Sound, subtitles, data, attachments, covers, chapters and metadata
are copied packet by packet; sound and subtitles that the container cannot hold as they are become
others, and what else it cannot hold is left out; both are said.
Invariant: what is copied keeps its bytes, and its time beside the pictures.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Protocol

import av

from colordesk.video.clip import opened_clip
from colordesk.video.film import Film
from colordesk.video.recoding import sound_rewriter
from colordesk.video.sound import has_sound
from colordesk.video.subtitles import rewriter

_COARSE = Fraction(1, 1000)  # seconds; in AVI sound is counted by packets of 24 ms
_TIME_CODE = "timecode"
_OWN = ("major_brand", "minor_version", "compatible_brands")  # what an MP4 says of its own form
_ATTACHES = "matroska"
"""The container that holds files, fonts and covers, beside its streams."""


class _Rewriter(Protocol):
    """Brings sound or subtitles into the form that the container holds."""

    form: str

    def add_to(self, container: Any, stream: Any) -> Any:
        """Add a stream for what is rewritten."""

    def rewritten(self, packet: Any) -> list[Any]:
        """Return the packets that are ready now."""

    def finish(self) -> list[Any]:
        """Return the packets that were held back."""


@dataclass
class Copied:
    """A stream that is copied."""

    source: Any
    target: Any
    rewriter: _Rewriter | None = None
    """For what cannot be copied as it is."""


def copied_streams(container: Any, source: Any, film: Film, notices: list[str]) -> list[Copied]:
    """Add the streams of the first clip that are not its pictures.

    Args:
        container: of the film, not begun yet.
        source: of the clip.
        film: the film.
        notices: told what becomes something else, or is left out.
    """
    copied = []
    for stream in source.streams:
        if stream.index == film.first.stream:
            continue
        kind = "cover" if stream.type == "video" else stream.type
        if kind == "cover" and container.format.name == _ATTACHES:
            if not _attached(container, film, stream):
                notices.append(f"The cover stream {stream.index} is left out: it cannot be read.")
            continue
        if kind == "data" and source.chapters() and not stream.codec_context:
            continue  # the text of the chapters, which are copied as such
        if kind == "data" and _TIME_CODE in stream.metadata:
            if not film.is_uncut:
                notices.append("The time code is left out: it is that of the whole clip.")
            continue  # the pictures' metadata say it too, and containers with such a stream make it
        if len(film.parts) > 1 and stream.type == "data":
            notices.append(f"The {kind} stream {stream.index} is left out of the joined film.")
            continue
        copied += _held(container, film, stream, kind, notices)
    return copied


def later_sound(container: Any, film: Film, files: ExitStack, notices: list[str]) -> list[Copied]:
    """Add the sound of the first clip that has some, where the first of all has none.

    Args:
        container: of the film, not begun yet.
        film: the film.
        files: closes what is opened here.
        notices: told what becomes something else, or is left out.
    """
    for part in film.parts[1:]:
        if not part.clip.frames and has_sound(part.clip):
            source = files.enter_context(opened_clip(part.clip))
            sounds = [_held(container, film, one, "audio", notices) for one in source.streams.audio]
            return [copied for held in sounds for copied in held]
    return []


def _held(container: Any, film: Film, stream: Any, kind: str, notices: list[str]) -> list[Copied]:
    """Add a stream in a form that the container holds; return it, or nothing if there is none."""
    format = container.format.name
    if _fits(format, stream) and (stream.type != "audio" or _all_alike(film, stream)):
        return [Copied(stream, _taken_over(container, stream))]
    codec = getattr(stream.codec_context, "name", "") if stream.codec_context else ""
    named = codec or kind in ("audio", "subtitle")
    what = f"{kind} stream {stream.index}" if named else f"{kind} {stream.index}"
    what += f" ({codec})" if codec else ""
    other = rewriter(format, stream) or sound_rewriter(format, stream)
    if other is None:
        notices.append(f"The {what} is left out: {format} cannot hold it.")
        return []
    notices.append(f"The {what} becomes {other.form}, which {format} holds.")
    return [Copied(stream, other.add_to(container, stream), other)]


def _all_alike(film: Film, stream: Any) -> bool:
    """Whether the sound of all clips can be in one stream as it is."""
    for part in film.parts[1:]:
        if not part.clip.frames:
            with opened_clip(part.clip) as source:
                other = _same_number(source, stream)
                if other is not None and _kind(other) != _kind(stream):
                    return False
    return True


def _same_number(source: Any, stream: Any) -> Any | None:
    """Return the stream of a clip that has the same number among its kind as one of another."""
    kind = [one.index for one in stream.container.streams if one.type == stream.type]
    others = [one for one in source.streams if one.type == stream.type]
    number = kind.index(stream.index)
    return others[number] if number < len(others) else None


def _taken_over(container: Any, stream: Any) -> Any:
    opaque = True
    target = container.add_stream_from_template(stream, opaque)
    target.metadata.update(stream.metadata)
    target.disposition = stream.disposition
    return target


def _attached(container: Any, film: Film, stream: Any) -> bool:
    """Attach a cover as a file, as Matroska has it; return whether it could be read."""
    clip = film.first
    mime = stream.metadata.get("mimetype") or f"image/{stream.codec_context.name}"
    mime = mime.replace("mjpeg", "jpeg")
    name = stream.metadata.get("filename") or f"cover.{mime.split('/')[-1].replace('jpeg', 'jpg')}"
    with opened_clip(clip) as source:
        packets = source.demux(source.streams[stream.index])
        picture = next((bytes(packet) for packet in packets if packet.size), b"")
    if picture:
        container.add_attachment(name, mime, picture)
    return bool(picture)


def _fits(format: str, stream: Any) -> bool:
    """Whether a container takes a stream; some say so only when their header is written."""
    if stream.type == "attachment":
        return format == _ATTACHES
    if stream.type == "video" and format == "mov":
        return False  # it would be left out without a word
    if not stream.codec_context and stream.type in ("audio", "video", "subtitle"):
        return False  # of a kind that is not known here
    if stream.type == "audio" and format == "mp4" and stream.codec_context.name.startswith("pcm_"):
        return False  # hardly any program plays it, and some turn 24 bit of it into noise
    trial: Any = av.open(io.BytesIO(), "w", format=format)
    try:
        _taken_over(trial, stream)
        trial.start_encoding()
    except (av.FFmpegError, ValueError, TypeError):
        return False
    finally:
        with suppress(av.FFmpegError):
            trial.close()
    return True


def copy_descriptions(container: Any, source: Any, video: Any, film: Film) -> None:
    """Copy metadata and chapters.

    Args:
        container: of the film, not begun yet.
        source: of its first clip.
        video: the film's stream of pictures.
        film: the film.
    """
    container.metadata.update(
        {name: text for name, text in source.metadata.items() if name.lower() not in _OWN}
    )
    old = source.streams[film.first.stream]
    own = ["encoder", "duration", "bps", "number_of_frames", "number_of_bytes"]
    if not film.is_uncut:
        own.append(_TIME_CODE)
    video.metadata.update(
        {name: text for name, text in old.metadata.items() if name.lower() not in own}
    )
    chapters: list[Any] = []
    for number, part in enumerate(film.parts):
        if number == 0:
            chapters += _chapters(source, film, number)
        elif not part.clip.frames:
            with opened_clip(part.clip) as other:
                chapters += _chapters(other, film, number)
    if chapters:
        container.set_chapters([{**one, "id": n} for n, one in enumerate(chapters, 1)])


def _chapters(source: Any, film: Film, number: int) -> Iterator[dict[str, Any]]:
    """Yield the chapters of a part as the film has them."""
    part, shift = film.parts[number], film.offset(number)
    begin = sum((other.length for other in film.parts[:number]), Fraction(0))
    for chapter in source.chapters():
        unit = Fraction(chapter["time_base"] or 1)
        start, end = chapter["start"] * unit + shift, chapter["end"] * unit + shift
        if not film.is_uncut or part.end is not None:
            start, end = max(start, begin), min(end, begin + part.length)
        if start < end:
            yield {**chapter, "start": round(start / unit), "end": round(end / unit)}


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
        if when < before or (when == before and packet.stream.type == "audio"):
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
            here = _alike(source, sounds)
            if source.streams.audio and len(here) < len(sounds):
                notices.append(f"{part.clip.path} is silent: its sound is of another kind.")
            if number:
                here += _alike(source, [one for one in copied if one.source.type == "subtitle"])
                there = {one.source.index for one in here}
                lost = sorted({one.index for one in source.streams.subtitles} - there)
                notices += [
                    f"The subtitle stream {n} is left out of the joined film." for n in lost
                ]
            else:
                others = (one for one in copied if one.source.type != "audio")
                here += [replace(one, source=source.streams[one.source.index]) for one in others]
            yield from _packets_of_part(source, here, film, number)
    for one in copied:
        for packet in one.rewriter.finish() if one.rewriter else ():
            packet.stream = one.target
            yield packet.dts * packet.time_base, 1 + one.source.index, packet


def _alike(source: Any, wanted: Sequence[Copied]) -> list[Copied]:
    """Return the streams of a clip that go into those of the film, of sound or of subtitles."""
    streams = [(_same_number(source, one.source), one) for one in wanted]
    return [
        Copied(stream, one.target, one.rewriter)
        for stream, one in streams
        if stream is not None
        and ((one.rewriter and stream.type == "audio") or _kind(stream) == _kind(one.source))
    ]


def _kind(stream: Any) -> tuple[object, ...]:
    """Return in what streams must be the same to be one after the other."""
    context = stream.codec_context
    if context is None:
        return ()
    head = context.name, bytes(context.extradata or b"")
    return (*head, context.sample_rate, context.layout.name) if stream.type == "audio" else head


def _packets_of_part(
    source: Any, copied: Sequence[Copied], film: Film, number: int
) -> Iterator[tuple[Fraction, int, Any]]:
    """Yield the packets of one part in the order of the file, with times of the film."""
    part = film.parts[number]
    timed = [one.source for one in copied if one.source.type != "attachment"]
    by_index = {one.source.index: one for one in copied}
    # where the part begins and ends in the film; an uncut film may have sound before its pictures
    begin = sum((other.length for other in film.parts[:number]), Fraction(0))
    end = None
    if part.end is not None or number + 1 < len(film.parts):
        end = begin + part.length + (part.clip.start if film.is_uncut else 0)
    last = Fraction(-1)
    if not timed:
        return
    for packet in source.demux(timed):
        one = by_index[packet.stream.index]
        if packet.size and one.source.type == "video":
            packet.pts = packet.dts = 0  # a cover has no time of its own
        if packet.size == 0 or (packet.dts is None and packet.pts is None):
            continue
        unit = _made_fine(packet)
        shift = round(film.offset(number) / unit)
        if one.source.type == "video":  # a cover belongs to the whole film
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
