"""The frames of a clip, one after another, each with its luma and its time.

Hides decoding, repacking, deinterlacing, damaged packets and finding a frame again.
Invariant: times grow strictly, and a frame's luma is what the decoder gave, bit for bit.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import av
import av.filter

from colordesk.video.clip import Clip, opened, opened_clip, picture_stream
from colordesk.video.errors import VideoError
from colordesk.video.ffv1 import SliceChecker
from colordesk.video.layout import Codes, plane
from colordesk.video.packets import packets_of, timed, without_strays

_LEAD = Fraction(3)  # seconds before a wanted frame at which decoding begins
_WARM_UP = 2  # frames that a deinterlacer wants to have seen
_ANOTHER_SIZE = 50  # frames in a row of another size; fewer are damaged, as a broken header does


@dataclass(frozen=True, eq=False)
class Frame:
    """One decoded frame."""

    time: int
    """When it is shown, in units of the clip's time base."""
    length: int
    """For how long, as far as the file says; 0 for unsaid."""
    picture: av.VideoFrame
    """In the layout of its clip."""

    @property
    def luma(self) -> Codes:
        """H x W as decoded; a view of the picture, to be read only."""
        return plane(self.picture, 0)


@dataclass
class Damage:
    """What of a clip could not be read."""

    packets: int = 0
    frames: list[str] = field(default_factory=list)
    """Names of the numbered frames."""

    @property
    def count(self) -> int:
        """Packets and frames."""
        return self.packets + len(self.frames)


def read_frames(
    clip: Clip,
    damage: Damage,
    *,
    deinterlace: bool = True,
    since: int | None = None,
    shown: bool = False,
    threads: int | None = None,
) -> Iterator[Frame]:
    """Yield the frames of a clip.

    Args:
        clip: the clip.
        damage: told of what cannot be read, from the first frame wanted on.
        deinterlace: make frames that are flagged as interlaced whole.
        since: the time of the first frame wanted; None means all.
        shown: begin with the frame that is shown then, though it began before.
        threads: of the decoder; None means as many as there are cores.

    Raises:
        VideoError: the frames change their size, or nothing at all can be read.
        OSError: the file has gone.
    """
    if clip.frames:
        yield from _numbered_frames(clip, damage, since)  # a time is that of the frame shown then
        return
    if since is None:
        yield from _decoded(clip, damage, deinterlace, None, threads)
        return
    for searched in (since, None):
        if searched is not None and since * clip.time_base - clip.start <= _LEAD:
            continue
        lead, before, last = Damage(), 0, None
        frames = _decoded(clip, lead, deinterlace, searched, threads)
        for frame in frames:
            if frame.time < since:
                before, last = before + 1, frame
                continue
            if searched is not None and before < _WARM_UP:
                break  # the file cannot be searched: read it from its beginning
            if shown and last is not None and frame.time > since:
                yield last
            yield from _counted(frame, frames, lead, damage)
            return
        frames.close()
    if shown and last is not None:
        yield last


def frame_at(clip: Clip, seconds: Fraction, *, deinterlace: bool = True) -> Frame | None:
    """Return the frame that is shown so many seconds after the clip's first one.

    Returns:
        None if the clip ends before.

    Raises:
        VideoError, OSError: as `read_frames`.
    """
    wanted = int((clip.start + seconds) / clip.time_base)
    margin = int(_LEAD / clip.time_base) // 2
    last: Frame | None = None
    for since in (max(wanted - margin, 0), None):
        with closing(_generator(clip, deinterlace, since)) as frames:
            for frame in frames:
                if frame.time > wanted:
                    return last or frame
                last = frame
        if last is not None:
            break
    if last is None:
        return None
    longest = max(_LEAD, 2 / clip.rate, last.length * clip.time_base)
    return None if (wanted - last.time) * clip.time_base > longest else last


def _counted(
    first: Frame, frames: Iterator[Frame], lead: Damage, damage: Damage
) -> Iterator[Frame]:
    """Yield a frame and those after it; what cannot be read from there on is counted.

    Args:
        first: the frame.
        frames: those after it.
        lead: told of what cannot be read, also before the first one.
        damage: told of what cannot be read after it.
    """
    known = lead.packets
    yield first
    while True:
        frame = next(frames, None)
        damage.packets += lead.packets - known
        known = lead.packets
        if frame is None:
            return
        yield frame


def _generator(clip: Clip, deinterlace: bool, since: int | None) -> Any:
    return read_frames(clip, Damage(), deinterlace=deinterlace, since=since, shown=True)


def _decoded(
    clip: Clip, damage: Damage, deinterlace: bool, since: int | None, threads: int | None
) -> Any:
    """Yield frames; with `since` it begins some time before, if the file can be searched."""
    with opened_clip(clip) as container:
        stream = picture_stream(container, clip.path)
        if threads is not None:
            stream.codec_context.thread_count = threads
        if since is not None:
            target = since - int(_LEAD / clip.time_base)
            try:
                # some decoders take from the first packet what they need for all others
                next(container.decode(stream), None)
                if clip.torn:  # by its number of a stream FFmpeg finds nothing in large ones
                    moment = int(target * clip.time_base * av.time_base)
                    container.seek(moment, backward=True)
                else:
                    container.seek(target, stream=stream, backward=True)
            except (av.FFmpegError, OverflowError):
                return
        strays: list[Any] = []

        def place(shown: tuple[av.VideoFrame, int | None]) -> tuple[int, Fraction] | None:
            return None if shown[1] is None else (0, shown[1] * clip.time_base)

        pictures = _pictures(container, stream, clip, damage)
        pictures = without_strays(pictures, place, strays)
        if deinterlace and clip.interlaced:
            pictures = _deinterlaced(pictures, stream)
        unit = max(1, round(1 / clip.rate / clip.time_base))
        last: int | None = None
        for picture, time in pictures:
            damage.packets += len(strays)
            strays.clear()
            if since is not None and picture.is_corrupt and (time or 0) < since:
                return  # it cannot begin here
            if time is None:
                if since is not None and last is None:
                    return  # nothing says which frame this is
                time = 0 if last is None else last + unit
            if last is not None and time <= last:
                damage.packets += 1
                continue
            last = time
            yield Frame(time, int(picture.duration or 0), _laid_out(picture, clip))


def _pictures(
    container: av.container.InputContainer, stream: av.VideoStream, clip: Clip, damage: Damage
) -> Iterator[tuple[av.VideoFrame, int | None]]:
    packets = packets_of(container, stream)
    checker = SliceChecker() if clip.codec == "ffv1" else None
    strange = found = 0
    while True:
        try:
            packet = next(packets, None)
            if packet is None:
                return
            found = 0 if checker is None else checker.damaged(bytes(packet))
            damage.packets += found
            pictures = packet.decode()
        except EOFError:
            return
        except av.FFmpegError:
            damage.packets += not found
            continue
        for picture in pictures:
            timed(picture, container)
            other = (picture.width, picture.height) != (clip.width, clip.height)
            damage.packets += other or bool(picture.is_corrupt)
            strange = strange + 1 if other else 0
            if strange == _ANOTHER_SIZE:
                raise _changed(picture, clip)
            if not other:
                yield picture, picture.pts


def _deinterlaced(
    pictures: Iterator[tuple[av.VideoFrame, int | None]], stream: av.VideoStream
) -> Iterator[tuple[av.VideoFrame, int | None]]:
    graph = av.filter.Graph()
    source = graph.add_buffer(template=stream)
    bwdif = graph.add("bwdif", "mode=send_frame:deint=interlaced")
    sink = graph.add("buffersink")
    graph.link_nodes(source, bwdif, sink).configure()

    def ready() -> Iterator[tuple[av.VideoFrame, int | None]]:
        while True:
            try:
                picture: Any = graph.pull()
            except (BlockingIOError, EOFError):
                return
            time = picture.pts
            if picture.time_base and stream.time_base:
                unit = picture.time_base / stream.time_base
                time = None if time is None else round(time * unit)
                picture.duration = round(picture.duration * unit)
            yield picture, time

    for picture, _ in pictures:
        graph.push(picture)
        yield from ready()
    graph.push(None)
    yield from ready()


def _numbered_frames(clip: Clip, damage: Damage, since: int | None) -> Iterator[Frame]:
    for index, file in enumerate(clip.frames):
        if since is not None and index < since:
            continue
        try:
            with opened(file, file) as container:
                picture = next(container.decode(video=0), None)
        except (av.FFmpegError, VideoError):
            picture = None
        if picture is None:
            damage.frames.append(file.name)
            continue
        yield Frame(index, 1, _laid_out(picture, clip))


def _laid_out(picture: av.VideoFrame, clip: Clip) -> av.VideoFrame:
    if (picture.width, picture.height) != (clip.width, clip.height):
        raise _changed(picture, clip)
    layout = clip.layout
    name = picture.format.name.replace("yuvj", "yuv")
    if layout.repacked or name != layout.format:
        how = {}
        if layout.rgb:
            how = {"dst_colorspace": clip.tags.matrix, "dst_color_range": 1}
        picture = picture.reformat(format=layout.format, **how)
    return picture


def _changed(picture: av.VideoFrame, clip: Clip) -> VideoError:
    return VideoError(
        clip.path,
        f"its picture changes from {clip.width} x {clip.height} to "
        f"{picture.width} x {picture.height} pixels in the midst of it",
    )
