"""Tiny films for the tests: gray pictures that move, with sound, odd times and odd formats."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import av.filter
import numpy as np

from colordesk.video.layout import plane

if TYPE_CHECKING:
    from numpy.typing import NDArray

TICKS = Fraction(1, 12800)


def gray_frame(index: int, width: int, height: int, bits: int = 8) -> NDArray[Any]:
    """Luma codes of limited range: a ramp that moves, a bright square and a dark one."""
    across = (np.arange(width) * 3 + 2 * index) % 120
    codes = 60 + across[None, :] // 2 + (np.arange(height) % 50)[:, None]
    codes[2 : height // 3, 2 : width // 3] = 225
    codes[-height // 3 :, -width // 3 :] = 24
    dtype = np.uint8 if bits == 8 else np.uint16
    return (codes << (bits - 8)).astype(dtype)


def gray_picture(codes: NDArray[Any]) -> av.VideoFrame:
    """A frame of nothing but this luma, H x W."""
    height, width = codes.shape
    picture = av.VideoFrame(width, height, "gray" if codes.dtype == np.uint8 else "gray16le")
    plane(picture, 0)[:] = codes
    return picture


def with_fields(picture: av.VideoFrame, order: str) -> av.VideoFrame:
    """Return a frame that is flagged as interlaced, "tff" or "bff"."""
    graph = av.filter.Graph()
    source = graph.add_buffer(
        width=picture.width,
        height=picture.height,
        format=picture.format,
        time_base=picture.time_base,
    )
    mark = graph.add("setfield", f"mode={order}")
    graph.link_nodes(source, mark, graph.add("buffersink")).configure()
    graph.push(picture)
    found = graph.pull()
    assert isinstance(found, av.VideoFrame)
    return found


def make_film(
    path: Path,
    *,
    count: int = 12,
    size: tuple[int, int] = (48, 32),
    codec: str = "ffv1",
    format: str = "yuv420p",
    times: Sequence[int] | None = None,
    time_base: Fraction = TICKS,
    rate: int = 25,
    audio: str | None = None,
    options: dict[str, str] | None = None,
    tags: dict[str, int] | None = None,
    rotation: int = 0,
    mirrored: bool = False,
    metadata: dict[str, str] | None = None,
    cut_at: int | None = None,
    field_order: str | None = None,
    aspect: Fraction | None = None,
) -> Path:
    """Write a film and return its path.

    Args:
        path: its suffix chooses the container.
        count: of frames.
        size: width and height.
        codec: FFmpeg's name of the encoder.
        format: pixel format.
        times: of the frames, in the time base; by default steady at 25 a second.
        time_base: seconds of a unit.
        rate: frames per second that the header says.
        audio: encoder of sound as long as the pictures, if any.
        options: of the encoder.
        tags: colorspace, color_range, color_trc, color_primaries.
        rotation: in degrees.
        mirrored: change left and right after that.
        metadata: of the file.
        cut_at: from this frame on the picture is quite another.
        field_order: "tff" or "bff": flag the frames as interlaced, the top or bottom field first.
        aspect: width of a pixel divided by its height; not in .mkv.
    """
    times = times or [round(n / rate / time_base) for n in range(count)]
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w") as container:
        container.metadata.update(metadata or {})
        stream: Any = container.add_stream(codec, rate, options=options or {})
        stream.width, stream.height = size
        stream.pix_fmt = format
        stream.time_base = time_base
        stream.codec_context.time_base = time_base
        for name, value in (tags or {}).items():
            setattr(stream.codec_context, name, value)
        if aspect:
            stream.codec_context.sample_aspect_ratio = aspect
        if rotation or mirrored:
            stream.set_display_rotation(rotation, hflip=mirrored)
        if field_order:
            flags = av.codec.context.Flags
            stream.codec_context.flags |= int(flags.interlaced_dct | flags.interlaced_me)
            stream.codec_context.field_order = 2 if field_order == "tff" else 3
        sound: Any = container.add_stream(audio, 48000) if audio else None
        packets = []
        for index, time in enumerate(times):
            frame = av.VideoFrame(*size, format)
            bits = frame.format.components[0].bits
            codes = gray_frame(index, *size, bits)
            if cut_at is not None and index >= cut_at:
                codes = codes[::-1, ::-1].copy()
                codes[size[1] // 4 : -size[1] // 4] = 200 << (bits - 8)
            plane(frame, 0)[:] = codes
            for chroma in range(1, len(frame.planes)):
                plane(frame, chroma)[:] = 1 << (bits - 1)
            frame.pts, frame.time_base = time, time_base
            packets += stream.encode(with_fields(frame, field_order) if field_order else frame)
        packets += stream.encode(None)
        begin = round(times[0] * time_base * 48000) if times else 0
        for index in range(len(times) * 48000 // rate // 1024 if sound else 0):
            noise = np.sin(np.arange(1024) * 0.05 + index)[None].astype(np.float32) / 4
            part = av.AudioFrame.from_ndarray(
                np.repeat(noise, 2, 0), format="fltp", layout="stereo"
            )
            part.sample_rate, part.pts = 48000, begin + index * 1024
            packets += sound.encode(part)
        if sound:
            packets += sound.encode(None)
        for packet in sorted(packets, key=lambda p: float((p.dts or 0) * p.time_base)):
            container.mux(packet)
    return path


def make_colour_film(path: Path, pictures: Sequence[NDArray[np.uint8]]) -> Path:
    """Write pictures, sRGB H x W x 3, as a lossless film of 25 a second, and return its path."""
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream("ffv1", 25)
        stream.height, stream.width = pictures[0].shape[:2]
        stream.pix_fmt = "yuv420p"
        for picture in pictures:
            frame = av.VideoFrame.from_ndarray(picture, "rgb24").reformat(format="yuv420p")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def coloured_squares() -> NDArray[np.uint8]:
    """A picture of many colours, sRGB 32 x 48 x 3."""
    squares = np.random.default_rng(0).integers(0, 255, (4, 6, 3), np.uint8)
    return np.kron(squares, np.ones((8, 8, 1), np.uint8))


def spoil(path: Path, damaged: Collection[int]) -> Path:
    """Damage frames of a film by their numbers, and return its path."""
    with av.open(str(path)) as container:
        packets = [bytes(packet) for packet in container.demux(video=0) if packet.size]
    data, place = bytearray(path.read_bytes()), 0
    for number, packet in enumerate(packets):
        place = data.index(packet, place)
        if number in damaged:
            data[place : place + len(packet)] = bytes(byte ^ 0x55 for byte in packet)
        place += len(packet)
    path.write_bytes(data)
    return path


def lumas(path: Path) -> list[NDArray[Any]]:
    """Return the luma planes of a film, as another program would decode them."""
    with av.open(str(path)) as container:
        return [plane(frame, 0).copy() for frame in container.decode(video=0)]


def pictures(path: Path) -> list[NDArray[Any]]:
    """Return all planes of all frames, one flat array a frame."""
    with av.open(str(path)) as container:
        return [
            np.concatenate([plane(frame, index).ravel() for index in range(len(frame.planes))])
            for frame in container.decode(video=0)
        ]


def times_of(path: Path) -> list[Fraction]:
    """Return when the frames of a film are shown, in seconds."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        unit = Fraction(stream.time_base or 0)
        return [Fraction(frame.pts or 0) * unit for frame in container.decode(stream)]


def packet_hashes(path: Path, kind: str) -> list[str]:
    """Return what the packets of all streams of a kind hash to."""
    with av.open(str(path)) as container:
        streams = [stream for stream in container.streams if stream.type == kind]
        return [
            hashlib.sha256(bytes(packet)).hexdigest()
            for packet in container.demux(streams)
            if packet.size
        ]
