"""The finished film: new pictures beside everything else that its source holds.

Hides the containers' own needs, when a picture is to be decoded, and the shape of its pixels.
Invariant: the times of the pictures are those of the film; the file appears whole or not at all.
"""

from __future__ import annotations

import errno
import heapq
import itertools
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from colordesk.paths import atomic_write
from colordesk.task import Task
from colordesk.video.beside import (
    Copied,
    copied_streams,
    copy_descriptions,
    later_sound,
)
from colordesk.video.clip import opened_clip
from colordesk.video.copying import other_packets
from colordesk.video.encoders import Encoder, configure
from colordesk.video.errors import VideoError
from colordesk.video.film import Film
from colordesk.video.matroska import ROOM, set_aspect
from colordesk.video.segments import Segment, WorkFolder
from colordesk.video.sound import has_sound

_FORMATS = {".mkv": "matroska", ".webm": "webm", ".mov": "mov", ".mp4": "mp4"}
_LEAST_MISSING = Fraction(1, 2)  # seconds; sound often lasts a little longer than the pictures
_OPTIONS = {".mp4": {"movflags": "+faststart"}, ".mov": {"movflags": "+faststart"}}


def write_film(
    film: Film,
    encoder: Encoder,
    folder: WorkFolder,
    segments: Sequence[Segment],
    output: Path,
    task: Task,
) -> tuple[str, ...]:
    """Write the file; return what a person should be told.

    Raises:
        VideoError: the container does not take what it is to hold.
        OSError: it cannot be written, or the disk is full.
        Cancelled: the owner of the task asked for it.
    """
    notices: list[str] = []
    suffix = output.suffix.lower()
    with atomic_write(output) as temporary, ExitStack() as files:
        options = _OPTIONS.get(suffix, {})
        container = av.open(
            str(temporary.absolute()), "w", format=_FORMATS.get(suffix), container_options=options
        )
        try:
            video = _video_stream(container, film, encoder)
            copied: list[Copied] = []
            if not film.first.frames:
                source = files.enter_context(opened_clip(film.first))
                copied = copied_streams(container, source, film, notices)
                copy_descriptions(container, source, video, film)
            if not has_sound(film.first):
                copied += later_sound(container, film, files, notices)
            flat = video.metadata.get("stereo_mode", "mono") == "mono"
            oblong = film.first.sample_aspect not in (0, 1)
            shaped = suffix in (".mkv", ".webm") and oblong and flat
            if shaped:
                video.metadata.update(ROOM)
            if suffix == ".mxf" and oblong:
                notices.append("The shape of the pixels is left out: mxf cannot hold it.")
            container.start_encoding()
            if bytes(video.codec_context.extradata or b"").hex() != segments[0].extradata:
                raise VideoError(output, "the encoder has changed since the film was begun")
            others = other_packets(film, copied, notices)
            streams = (_video_packets(video, film, folder, segments), others)
            end = max(segments[-1].end, 1)
            refused, seconds = 0, Fraction(0)
            for seconds, _, packet in heapq.merge(*streams, key=lambda item: item[:2]):
                try:
                    container.mux_one(packet)
                except av.FFmpegError as error:
                    if packet.stream is video or _of_system(error):
                        raise
                    refused += 1
                task.progress(float(seconds / (end * film.time_base)))
            container.close()
            notices += _ended_early(film, segments[-1].end, seconds)
            if refused:
                notices.append(f"Damaged packets of sound or subtitles are left out: {refused}.")
            if shaped:
                clip = film.first
                set_aspect(temporary, clip.width, clip.height, clip.sample_aspect)
        except av.FFmpegError as error:
            if _of_system(error):
                raise OSError(error.errno, error.strerror, str(output)) from error
            raise VideoError(
                output, f"its container does not take this ({error.strerror})"
            ) from error
        finally:
            container.close()
    return tuple(notices)


def _ended_early(film: Film, end: int, last: Fraction) -> tuple[str, ...]:
    """Return, as a sentence, that a whole clip ended long before it says.

    Args:
        film: the film.
        end: of its pictures, in units of its time base.
        last: seconds at which its last packet begins, of pictures or else.
    """
    clip, only = film.first, film.parts[0]
    if not film.is_uncut or only.end is not None or clip.frames or not clip.duration:
        return ()
    shown = end * film.time_base - clip.start
    if clip.duration - max(shown, last - clip.start) <= max(_LEAST_MISSING, clip.duration / 20):
        return ()
    return (
        f"The pictures of {clip.path.name} end after {float(shown):.1f} s, and it says that it "
        f"lasts {float(clip.duration):.1f} s: it may be cut off.",
    )


def _of_system(error: av.FFmpegError) -> bool:
    """Whether it is the disk that refuses, not the container."""
    return error.errno in errno.errorcode and not isinstance(error, ValueError)


def _video_stream(container: Any, film: Film, encoder: Encoder) -> Any:
    clip = film.first
    stream = container.add_stream(encoder.name, clip.rate)
    configure(stream.codec_context, encoder, clip, film.time_base)
    stream.time_base = film.time_base
    if clip.rotation or clip.mirrored:
        stream.set_display_rotation(clip.rotation, hflip=clip.mirrored)
    return stream


def _video_packets(
    stream: Any, film: Film, folder: WorkFolder, segments: Sequence[Segment]
) -> Iterator[tuple[Fraction, int, Any]]:
    """Yield the pictures in the order of decoding, with times to decode that grow."""
    unit = film.time_base
    decoded = _decoded(segments)
    for index, segment in enumerate(segments):
        after = segments[index + 1].times[0] if index + 1 < len(segments) else segment.end
        ends = dict(zip(segment.times, [*segment.times[1:], after], strict=True))
        for (time, _, key), payload in zip(
            segment.packets, folder.payloads(index, segment), strict=True
        ):
            when = next(decoded)
            packet = av.Packet(payload)
            packet.stream = stream
            packet.time_base = unit
            packet.pts, packet.dts = time, when
            packet.duration = ends[time] - time
            packet.is_keyframe = key
            yield when * unit, 0, packet


def _decoded(segments: Sequence[Segment]) -> Iterator[int]:
    """Yield when to decode each packet: when frames are shown, as much earlier as is needed."""
    delay = _reordered(segments)
    times = itertools.chain.from_iterable(segment.times for segment in segments)
    first, *second = itertools.islice(times, 2)
    step = max(1, second[0] - first) if second else 1
    yield from (first - step * (delay - n) for n in range(delay))
    yield from itertools.chain([first], second, times)


def _reordered(segments: Sequence[Segment]) -> int:
    """Return how many frames a decoder has to hold back."""
    most = 0
    for segment in segments:
        place = {time: index for index, time in enumerate(sorted(segment.times))}
        for index, (time, _, _) in enumerate(segment.packets):
            most = max(most, index - place[time])
    return most
