"""What a film holds beside its pictures, for the file that it becomes.

Hides which container holds what. Sound, subtitles, data, attachments, covers, chapters and metadata
are copied packet by packet; sound and subtitles that the container cannot hold as they are become
others, and what else it cannot hold is left out; both are said.
Invariant: what is copied keeps its bytes, and its time beside the pictures.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

import av

from colordesk.video.clip import is_cover, opened_clip
from colordesk.video.film import Film
from colordesk.video.packets import packets_of
from colordesk.video.recoding import sound_rewriter
from colordesk.video.sound import has_sound
from colordesk.video.subtitles import rewriter

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
        kind = kind_of(stream)
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
        if kind == "picture" and not film.is_uncut:
            notices.append(f"The picture stream {stream.index} is left out: it is not cut.")
            continue
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


def kind_of(stream: Any) -> str:
    """Return what people call a stream."""
    if stream.type == "video":
        return "cover" if is_cover(stream) else "picture"
    return str(stream.type)


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
    picture = b""
    with opened_clip(clip) as source, suppress(av.FFmpegError):
        packets = packets_of(source, source.streams[stream.index])
        picture = next((bytes(packet) for packet in packets if packet.size), b"")
    if picture:
        container.add_attachment(name, mime, picture)
    return bool(picture)


def _fits(format: str, stream: Any) -> bool:
    """Whether a container takes a stream; some say so only when their header is written."""
    if stream.type == "attachment":
        return format == _ATTACHES
    if stream.type == "video" and format == "mov" and is_cover(stream):
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
    part, shift, begin = film.parts[number], film.offset(number), film.begin(number)
    for chapter in source.chapters():
        unit = Fraction(chapter["time_base"] or 1)
        start, end = chapter["start"] * unit + shift, chapter["end"] * unit + shift
        if not film.is_uncut or part.end is not None:
            start, end = max(start, begin), min(end, begin + part.length)
        if start < end:
            yield {**chapter, "start": round(start / unit), "end": round(end / unit)}


def alike(source: Any, wanted: Sequence[Copied]) -> list[Copied]:
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
