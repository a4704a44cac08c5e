"""What a film file, a folder of numbered frames or an animated picture says of itself.

Hides that headers lie about pixel formats, fields and lengths: the first frames are decoded.
Invariant: what is no film, or cannot be coloured, is refused here and in one sentence.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import struct
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from colordesk.video.clip import (
    Clip,
    FieldOrder,
    has_captions,
    is_cover,
    opened,
    opened_clip,
    picture_stream,
)
from colordesk.video.errors import VideoError
from colordesk.video.layout import layout_of
from colordesk.video.packets import packets_of, timed
from colordesk.video.tags import colours
from colordesk.video.torn import torn

FRAME_SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp")
DEFAULT_FRAME_RATE = Fraction(24)
FILM_SUFFIXES = (
    *(".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".mpg", ".mpeg", ".m2v", ".vob", ".ts"),
    *(".mts", ".m2ts", ".wmv", ".asf", ".flv", ".ogv", ".3gp", ".mxf", ".dv", ".gif", ".y4m"),
)
"""By these a folder's films are known; a file that is named itself is opened whatever its name."""
_LARGEST = 1 << 27  # pixels of a frame: 16K film has this many
_FASTEST = 1000  # frames a second: more is a unit of time that is taken for a rate, as of raw DV
_USUAL_RATE = Fraction(25)
_TRIES = 400  # packets without a frame
_LOOKED_AT = 4  # frames
_BOTTOM_FIRST = (3, 5)  # FFmpeg's numbers of such orders; what is not said is top first


def open_clip(path: Path, frame_rate: Fraction | None = None) -> Clip:
    """Return what is known of a clip.

    Args:
        path: a film file, an animated GIF, or a folder of numbered frames.
        frame_rate: of numbered frames.

    Raises:
        VideoError: it is no film, or one that cannot be coloured.
        OSError: it cannot be read.
    """
    frames: tuple[Path, ...] = ()
    if path.is_dir():
        frames = _numbered(path)
    first = frames[0] if frames else path
    if not first.is_file():
        if first.exists():
            raise VideoError(path, "it is not an ordinary file")
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    if not first.stat().st_size:
        raise VideoError(path, "it is empty")
    with opened(first, path) as container:
        pieces = torn(first.absolute(), container.format.name)
        if pieces is None:
            clip = _probed(container, path, first)
    if pieces is not None:
        with opened(first, path, pieces) as container:
            clip = _probed(container, path, first)
        identity = f"{clip.identity} {len(pieces.pieces)}"
        clip = replace(clip, identity=identity, torn=pieces)
    if not frames:
        return clip
    rate = frame_rate or DEFAULT_FRAME_RATE
    return replace(
        clip,
        frames=frames,
        rate=rate,
        varying=False,
        time_base=1 / rate,
        start=Fraction(0),
        duration=len(frames) / rate,
        others=(),
        identity=identity_of(frames),
    )


def measured(clip: Clip) -> Clip:
    """Return a clip with the length that its pictures have, if it says none, or too little.

    Where it says none all of it is read, else only its end.

    Raises:
        VideoError, OSError: it cannot be read any more.
    """
    if clip.frames:
        return clip
    last, end, count = clip.start, Fraction(0), 0
    with opened_clip(clip) as container, suppress(av.FFmpegError):
        if clip.duration:
            container.seek(int((clip.start + clip.duration) * av.time_base), backward=True)
        for packet in packets_of(container, container.streams[clip.stream]):
            count += bool(packet.size)
            time = packet.dts if packet.pts is None else packet.pts
            if time is not None:
                last = max(last, time * packet.time_base)
                end = max(end, (time + (packet.duration or 0)) * packet.time_base)
    if clip.duration is None:
        return replace(clip, duration=end - clip.start if end > clip.start else count / clip.rate)
    if last - clip.start < clip.duration:
        return clip
    return replace(clip, duration=max(end, last + 1 / clip.rate) - clip.start)


def films_in(folder: Path) -> list[Path]:
    """Return the films of a folder in the order of their names; none if it is one of frames.

    Raises:
        OSError: it cannot be read.
    """
    files = sorted(file for file in folder.iterdir() if not file.name.startswith("."))
    return [file for file in files if file.suffix.lower() in FILM_SUFFIXES and file.is_file()]


def _probed(container: av.container.InputContainer, path: Path, file: Path) -> Clip:
    stream = picture_stream(container, path)
    frames = _first_frames(container, stream, path)
    frame, context = frames[0], stream.codec_context
    if frame.width * frame.height > _LARGEST:
        raise VideoError(path, f"its frames of {frame.width} x {frame.height} are too large")
    name = frame.format.name
    layout = layout_of(name)
    if layout is None:
        raise VideoError(path, f"its pixels are stored as {name}, which cannot be coloured here")
    if layout.alpha and all(map(_is_opaque, frames)):  # as those of nearly all GIFs are
        layout = replace(layout, alpha=False)
    rotation, mirrored = _turned(frame)
    encoding, tags, guessed = colours(frame, context, layout, path)
    said = stream.average_rate, stream.guessed_rate, stream.base_rate
    rates = [rate for rate in said if rate and rate <= _FASTEST]
    rate = rates[0] if rates else _USUAL_RATE
    guess = rates[-1] if rates else rate
    unit = Fraction(stream.time_base or 1 / rate)
    first = next((f for f in frames if f.pts is not None), None)
    start = (first.pts or 0) * unit if first else Fraction(0)
    others = tuple(_described(other) for other in container.streams if other is not stream)
    return Clip(
        path=path,
        frames=(),
        width=frame.width,
        height=frame.height,
        rotation=rotation,
        mirrored=mirrored,
        sample_aspect=Fraction(stream.sample_aspect_ratio or 0),
        rate=Fraction(rate),
        varying=abs(1 - rate / guess) > Fraction(1, 50),
        time_base=unit,
        start=start,
        duration=_seconds(container, stream, start),
        codec=context.codec.canonical_name,
        pixel_format=name,
        layout=layout,
        encoding=encoding,
        tags=tags,
        guessed=guessed,
        field_order=_field_order(frames, context),
        stream=stream.index,
        others=others,
        identity=identity_of((file,)),
        captions=any(map(has_captions, frames)),
    )


def _turned(frame: av.VideoFrame) -> tuple[int, bool]:
    """Return by how much players turn a frame, and whether they mirror it then."""
    sides: Any = frame.side_data
    data = sides.get("DISPLAYMATRIX")
    if data is None:
        return frame.rotation, False
    across, up, _, down, along, *_ = struct.unpack("9i", bytes(data))
    if across * along >= up * down:
        return frame.rotation, False
    return round(180 - frame.rotation + 180) % 360 - 180, True


def _first_frames(
    container: av.container.InputContainer, stream: av.VideoStream, path: Path
) -> list[av.VideoFrame]:
    frames: list[av.VideoFrame] = []
    packets = packets_of(container, stream)
    problem: av.FFmpegError | None = None
    for _ in range(_TRIES):
        try:
            packet = next(packets, None)
            if packet is None:
                break
            frames += [timed(frame, container) for frame in packet.decode()]
        except av.FFmpegError as error:
            problem = error
            if isinstance(error, EOFError):
                break
        if len(frames) >= _LOOKED_AT:
            break
    if not frames:
        if problem is None:
            raise VideoError(path, "it holds no frame")
        if container.format.name.startswith("webp"):
            raise VideoError(
                path, "FFmpeg cannot read animated WebP pictures; please save it as GIF or MP4"
            )
        raise VideoError(path, "not one frame of it can be read; it is damaged or cut off")
    return frames


def _field_order(frames: list[av.VideoFrame], context: Any) -> FieldOrder | None:
    if not any(frame.interlaced_frame for frame in frames):
        return None
    return "bottom" if context.field_order in _BOTTOM_FIRST else "top"


def _is_opaque(frame: av.VideoFrame) -> bool:
    alpha = frame.reformat(format="rgba").to_ndarray()[..., 3]
    return int(alpha.min()) == 255


def _seconds(
    container: av.container.InputContainer, stream: av.VideoStream, start: Fraction
) -> Fraction | None:
    if stream.duration and stream.time_base:
        return Fraction(stream.duration * stream.time_base)
    if not container.duration:
        return None
    end = Fraction(container.duration, av.time_base)  # all that say no more count from 0
    return end - start if 0 < start < end else end


def _described(stream: Any) -> str:
    if stream.type == "video" and is_cover(stream):
        return "cover"
    context = getattr(stream, "codec_context", None)
    return f"{stream.type} {context.codec.canonical_name}" if context else str(stream.type)


def _numbered(folder: Path) -> tuple[Path, ...]:
    """Return the pictures of a folder in the order of the numbers in their names.

    Raises:
        VideoError: there are none.
    """
    files = [
        file
        for file in folder.iterdir()
        if file.suffix.lower() in FRAME_SUFFIXES and not file.name.startswith(".")
    ]
    if not files:
        raise VideoError(folder, "the folder holds no pictures")

    def order(file: Path) -> list[tuple[int, int, str]]:
        parts = re.split(r"(\d+)", file.name)
        return [(1, int(part), "") if part.isdecimal() else (0, 0, part) for part in parts]

    return tuple(sorted(files, key=order))


def identity_of(files: tuple[Path, ...]) -> str:
    """Return what changes when files do: whole films would take minutes to be read.

    Sizes, times, and the content at the ends are hashed.

    Raises:
        OSError: one cannot be read.
    """
    digest = hashlib.blake2b(digest_size=16)
    for file in files:
        status = file.stat()
        digest.update(
            f"{file.name} {status.st_size} {status.st_mtime_ns}\n".encode(errors="replace")
        )
    for file in (files[0], files[-1]):
        with file.open("rb") as stream:
            digest.update(stream.read(1 << 20))
            stream.seek(max(0, file.stat().st_size - (1 << 20)))
            digest.update(stream.read(1 << 20))
    return digest.hexdigest()
