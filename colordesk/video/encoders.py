"""What one film is encoded with: an encoder that works here, with all its options.

Hides FFmpeg's encoders: which of them does it, what it is told, and that it was tried.
Invariant: an `Encoder` that exists was opened once with just these options, so it works here.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import av.filter

from colordesk.video.clip import Clip, FieldOrder
from colordesk.video.codecs import BY_SUFFIX, CODECS, ExportSettings
from colordesk.video.errors import EncoderError, UnevenFrames
from colordesk.video.film import Film
from colordesk.video.layout import Chroma, planar_name, plane

os.environ.setdefault("SVT_LOG", "1")  # SVT-AV1 would tell of itself on every opening

_FIELD_ORDERS: Mapping[FieldOrder, int] = {"top": 2, "bottom": 3}  # FFmpeg's numbers
_EVEN = (".mxf",)  # measured: the sound of others runs away
_ENCODER_NAMES_OF_QUALITY = {"nvenc": "cq", "qsv": "global_quality", "amf": "qvbr_quality_level"}


@dataclass(frozen=True)
class Encoder:
    """An encoder with all its options, which has been tried."""

    codec: str
    """A key of `CODECS`."""
    name: str
    """FFmpeg's."""
    format: str
    """The pixel format of the frames that are painted; a GIF then gets a palette for each."""
    bits: int
    chroma: Chroma
    options: Mapping[str, str]
    bitrate: int | None
    threads: int
    full_range: bool = False
    """Whether luma of full range stays so."""
    notices: tuple[str, ...] = ()
    """What a person should be told, e.g. that 10 bit become 8."""
    even: str = ""
    """The suffix of a file that shows all frames equally long; empty for others."""
    field_order: FieldOrder | None = None
    """Of frames that stay interlaced."""


def film_encoder(
    film: Film, settings: ExportSettings, output: Path, *, deinterlace: bool = True
) -> Encoder:
    """Return what a film is encoded with.

    Args:
        film: the film.
        settings: what a person asked for.
        output: the file.
        deinterlace: frames that are flagged as interlaced are made whole before.

    Raises:
        EncoderError: as `choose_encoder`, or the file cannot keep the times of the frames.
    """
    suffix = output.suffix.lower()
    if suffix in _EVEN:
        even = _only_even(suffix)
        if film.unequal is not None:
            one, other = film.unequal
            raise EncoderError(
                f"the clip {one.path.name} has {one.rate_text} frames a second and "
                f"{other.path.name} has {other.rate_text}, but {even}"
            )
        for part in film.parts:
            if part.clip.varying:
                raise varies(part.clip, suffix)
    encoder = choose_encoder(film.first, settings, output)
    if not CODECS[encoder.codec].captions and any(part.clip.captions for part in film.parts):
        notice = f"The closed captions are left out: {encoder.codec} cannot hold them."
        encoder = replace(encoder, notices=(*encoder.notices, notice))
    if film.first.interlaced and not deinterlace:
        encoder = _interlaced(encoder, film.first)
    return replace(encoder, even=suffix if suffix in _EVEN else "")


def _interlaced(encoder: Encoder, clip: Clip) -> Encoder:
    """Return an encoder that says of its frames that they are interlaced, if it can."""
    order, codec = clip.field_order, CODECS[encoder.codec]
    assert order
    options = dict(encoder.options)
    if encoder.name == "libx264":
        said = f"{order[0]}ff=1"  # else the head of the film says another order than its frames
        options["x264-params"] = ":".join(filter(None, (options.get("x264-params"), said)))
    marking = replace(encoder, field_order=order, options=options)
    if codec.interlaced and encoder.name == codec.software and problem_with(marking, clip) is None:
        return marking
    notice = f"Frames stay interlaced, but {encoder.codec} cannot say so here."
    return replace(encoder, notices=(*encoder.notices, notice))


def varies(clip: Clip, suffix: str) -> UnevenFrames:
    """Return what to raise where a clip has frames of several lengths and the file cannot."""
    return UnevenFrames(f"the frame rate of {clip.path.name} varies, but {_only_even(suffix)}")


def _only_even(suffix: str) -> str:
    return f"{suffix} shows all frames equally long: .mov and .mkv do not"


def choose_encoder(clip: Clip, settings: ExportSettings, output: Path) -> Encoder:
    """Return what a clip is encoded with.

    Raises:
        EncoderError: the settings contradict each other, or cannot be had here.
    """
    suffix = output.suffix.lower()
    key = settings.codec or BY_SUFFIX.get(suffix, "h264")
    codec = CODECS[key]
    if suffix not in codec.containers:
        wanted = " or ".join(codec.containers)
        raise EncoderError(f"film in {key} goes into a file ending in {wanted}, not {output.name}")
    if clip.width < codec.least[0] or clip.height < codec.least[1]:
        least = f"{codec.least[0]} x {codec.least[1]}"
        raise EncoderError(f"{key} needs frames of {least} pixels at least")
    if settings.bits and settings.bits not in codec.bits:
        had = " or ".join(map(str, codec.bits))
        raise EncoderError(f"{key} has {had} bit here, not {settings.bits}")
    if settings.quality is not None:
        if codec.quality is None:
            raise EncoderError(f"{key} has no quality to choose (--crf)")
        best, worst = codec.best_to_worst
        if not best <= settings.quality <= worst:
            raise EncoderError(f"the quality of {key} goes from {best} (best) to {worst}")
    if settings.bitrate and codec.quality is None:
        raise EncoderError(f"{key} has no bitrate to choose (--bitrate)")
    notices: list[str] = []
    tried: list[str] = []
    if settings.hardware:
        for name in codec.hardware:
            encoder = _encoder(key, name, clip, settings)
            if encoder is not None and problem_with(encoder, clip) is None:
                return encoder
            tried.append(name)
        notices.append(
            f"No graphics card here encodes {key} ({', '.join(tried) or 'none can'}); "
            "the processor does it."
        )
    encoder = _encoder(key, codec.software, clip, settings)
    if encoder is None:
        raise EncoderError(f"this build of FFmpeg has no encoder for {key}")
    if problem := problem_with(encoder, clip):
        raise EncoderError(f"the encoder {encoder.name} refuses this film ({problem})")
    return replace(encoder, notices=(*notices, *encoder.notices))


def problem_with(encoder: Encoder, clip: Clip) -> str | None:
    """Encode two frames; return what the encoder says against it."""
    try:
        context = open_encoder(encoder, clip, clip.time_base)
        for time in range(2):
            frame = av.VideoFrame(clip.width, clip.height, encoder.format)
            for index in range(3):
                plane(frame, index)[:] = 1 << (encoder.bits - 1)
            if encoder.codec == "gif":
                frame = with_palette(frame)
            frame.pts = time * max(1, round(1 / clip.rate / clip.time_base))
            frame.time_base = clip.time_base
            context.encode(frame)
        context.encode(None)
    except (av.FFmpegError, ValueError) as error:
        return getattr(error, "strerror", None) or str(error)
    return None


def open_encoder(encoder: Encoder, clip: Clip, time_base: Fraction) -> Any:
    """Return a new codec context of the encoder, open, that writes its parameters ahead."""
    context: Any = av.CodecContext.create(encoder.name, "w")
    configure(context, encoder, clip, time_base)
    context.open()
    return context


def configure(context: Any, encoder: Encoder, clip: Clip, time_base: Fraction) -> None:
    """Set everything that an encoder has to know about a film like this clip."""
    context.width, context.height = clip.width, clip.height
    context.pix_fmt = "pal8" if encoder.codec == "gif" else encoder.format
    context.time_base = time_base
    context.framerate = clip.rate
    if clip.sample_aspect:
        context.sample_aspect_ratio = clip.sample_aspect
    if encoder.codec != "gif":
        context.colorspace = clip.tags.matrix
        context.color_primaries = clip.tags.primaries
        context.color_trc = clip.tags.transfer
        context.color_range = 2 if encoder.full_range else 1
    context.thread_count = encoder.threads
    context.options = dict(encoder.options)
    if encoder.bitrate:
        context.bit_rate = encoder.bitrate
    flags = av.codec.context.Flags
    context.flags |= int(flags.global_header)
    if encoder.field_order:
        context.flags |= int(flags.interlaced_dct | flags.interlaced_me)
        context.field_order = _FIELD_ORDERS[encoder.field_order]


def with_palette(picture: av.VideoFrame) -> av.VideoFrame:
    """Return the frame with a palette made for it, dithered."""
    graph = av.filter.Graph()
    source = graph.add_buffer(
        width=picture.width,
        height=picture.height,
        format=picture.format,
        time_base=Fraction(1, 100),
    )
    split = graph.add("split")
    palette = graph.add("palettegen", "stats_mode=single:reserve_transparent=0")
    use = graph.add("paletteuse", "new=1:dither=sierra2_4a")
    sink = graph.add("buffersink")
    source.link_to(split)
    split.link_to(use, 0, 0)
    split.link_to(palette, 1, 0)
    palette.link_to(use, 0, 1)
    use.link_to(sink)
    graph.configure()
    graph.push(picture)
    graph.push(None)
    found = graph.pull()
    assert isinstance(found, av.VideoFrame)  # it was given nothing else
    return found


def _encoder(key: str, name: str, clip: Clip, settings: ExportSettings) -> Encoder | None:
    """Return an encoder that has not been tried yet; None if FFmpeg lacks it."""
    codec = CODECS[key]
    try:
        formats = {known.name for known in av.Codec(name, "w").video_formats or ()}
    except (av.codec.codec.UnknownCodecError, ValueError):
        return None
    notices = []
    wanted = settings.bits or clip.layout.bits
    bits = min((b for b in codec.bits if b >= wanted), default=max(codec.bits))
    chroma: Chroma = "4:2:0" if clip.chroma == "gray" else clip.chroma
    if clip.layout.rgb and key != "ffv1":
        chroma = "4:2:0"
    if key == "dnxhd":
        chroma = "4:2:2"  # its 4:4:4 is for RGB
    found: tuple[str, int, Chroma] | None = None
    if key == "gif":
        found = planar_name("4:4:4", 8), 8, "4:4:4"
    for depth, sampling in _nearest(bits, chroma, codec.bits):
        if found is None and planar_name(sampling, depth) in formats:
            found = planar_name(sampling, depth), depth, sampling
    if found is None:
        return None
    format, bits, sampling = found
    if bits < (settings.bits or clip.layout.bits):
        notices.append(f"{key} has no {wanted} bit here: the film becomes one of {bits} bit.")
    if clip.encoding.full_range and not codec.full_range:
        notices.append(f"{key} has no full range: luma is brought into the limited one.")
    if clip.layout.alpha:
        notices.append("The transparency of the clip is left out.")
    software = name == codec.software
    options = dict(codec.options) if software else {}
    if codec.speeds and software:
        option = "cpu-used" if key == "vp9" else "preset"
        options[option] = codec.speeds[settings.speed or "medium"]
    if key == "dnxhd":
        options["profile"] = "dnxhr_hqx" if bits > 8 else "dnxhr_hq"
    if key == "prores" and sampling == "4:4:4":
        options["profile"] = "4"
    quality = settings.quality if settings.quality is not None else codec.quality
    if quality is not None and not settings.bitrate:
        kind = "crf" if software else _ENCODER_NAMES_OF_QUALITY[name.split("_")[-1]]
        options[kind] = str(quality)
    return Encoder(
        key,
        name,
        format,
        bits,
        sampling,
        options,
        settings.bitrate,
        settings.threads or os.cpu_count() or 1,
        clip.encoding.full_range and codec.full_range,
        tuple(notices),
    )


def _nearest(bits: int, chroma: Chroma, all_bits: tuple[int, ...]) -> list[tuple[int, Chroma]]:
    """Return depths and samplings, the one most like what is wanted first."""
    samplings: list[Chroma] = ["4:2:0", "4:2:2", "4:4:4"]
    at = samplings.index(chroma)
    finer, coarser = samplings[at:], samplings[:at][::-1]
    depths = sorted(all_bits, key=lambda depth: (depth < bits, abs(depth - bits)))
    return [(depth, sampling) for depth in depths for sampling in (*finer, *coarser)]
