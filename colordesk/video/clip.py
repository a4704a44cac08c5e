"""A clip: what is known of a film file, a folder of numbered frames or an animated picture.

Hides how its file is opened. `probing` makes clips.
Invariant: a `Clip` that exists holds at least one frame that this program can colour.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import av

from colordesk.video.errors import VideoError
from colordesk.video.layout import Chroma, Layout, chroma_size
from colordesk.video.tags import Tags
from colordesk.video.torn import Torn
from colordesk.video.yuv import Encoding

FieldOrder = Literal["top", "bottom"]
"""Whether the first line of an interlaced frame and every other are shown first, or the rest."""


@dataclass(frozen=True)
class Clip:
    """What is known of a clip before it is decoded."""

    path: Path
    """A film file, or the folder of the frames."""
    frames: tuple[Path, ...]
    """The files of numbered frames, in order; empty for a film file."""
    width: int
    height: int
    rotation: int
    """Degrees counter-clockwise by which players turn it; the frames themselves are not turned."""
    mirrored: bool
    """Whether players change left and right of it then, as of a camera that faces its owner."""
    sample_aspect: Fraction
    """Width of a pixel divided by its height; 0 where it is not said."""
    rate: Fraction
    """Frames per second, on average where they vary."""
    varying: bool
    """Whether the frame rate is known to vary."""
    time_base: Fraction
    """Seconds that a unit of the frames' times stands for."""
    start: Fraction
    """Seconds at which the first frame is shown."""
    duration: Fraction | None
    """Seconds; None where it is not said."""
    codec: str
    pixel_format: str
    layout: Layout
    encoding: Encoding
    tags: Tags
    guessed: bool
    """Whether the matrix was guessed from the size, as players do."""
    field_order: FieldOrder | None
    """None where frames are not flagged as interlaced."""
    stream: int
    """Index of the picture stream in the file."""
    others: tuple[str, ...]
    """The other streams, each as its kind and codec, e.g. "audio aac"."""
    identity: str
    """What changes when the content of the file does."""
    captions: bool = False
    """Whether closed captions (CEA-608 or 708) lie within the first pictures."""
    torn: Torn | None = None
    """The pieces of a recording whose clock jumps; its times are those of the pieces as one."""

    @property
    def interlaced(self) -> bool:
        """Whether each frame holds two pictures, line by line in turns."""
        return self.field_order is not None

    @property
    def frame_count(self) -> int | None:
        """About how many frames there are; exact for numbered frames."""
        if self.frames:
            return len(self.frames)
        return round(self.duration * self.rate) if self.duration else None

    def since_first(self, time: int) -> Fraction:
        """Return the seconds after its first frame that a time in units of its base stands for."""
        return time * self.time_base - self.start

    @property
    def rate_text(self) -> str:
        """The frames per second in figures."""
        return f"{float(self.rate):.3f}".rstrip("0").rstrip(".")

    @property
    def chroma(self) -> Chroma:
        """How U and V are sampled; gray for none."""
        return self.layout.chroma

    @property
    def chroma_size(self) -> tuple[int, int]:
        """Width and height of the planes U and V that it is coloured at."""
        return chroma_size(self.width, self.height, self.layout.chroma)


def opened_clip(clip: Clip) -> av.container.InputContainer:
    """Open the file of a clip.

    Raises:
        VideoError, OSError: it cannot be read any more.
    """
    return opened(clip.path, clip.path, clip.torn)


def opened(file: Path, path: Path, pieces: Torn | None = None) -> av.container.InputContainer:
    """Open a container.

    Args:
        file: the file.
        path: the name that people know.
        pieces: of a recording that is torn.

    Raises:
        VideoError: FFmpeg does not know what it is.
        OSError: it cannot be read.
    """
    try:
        if pieces is not None:
            return pieces.opened()
        # of a relative name with a colon FFmpeg takes the beginning for a protocol
        return av.open(str(file.absolute()), mode="r", metadata_errors="replace")
    except av.FFmpegError as error:
        raise _unreadable(path, error) from error


def picture_stream(container: av.container.InputContainer, path: Path) -> av.VideoStream:
    """Return the stream of moving pictures; a cover is none.

    Raises:
        VideoError: there is none.
    """
    streams = [stream for stream in container.streams.video if not is_cover(stream)]
    if not streams:
        raise VideoError(
            path,
            "it holds sound but no picture" if container.streams.audio else "it holds no picture",
        )
    default = [stream for stream in streams if stream.disposition & av.stream.Disposition.default]
    stream = (default or streams)[0]
    if stream.codec_context is None:
        raise VideoError(path, "its picture is stored in a way that is not known here")
    stream.thread_type = "AUTO"
    return stream


def is_cover(stream: Any) -> bool:
    """Whether a stream of pictures is but one that stands for the whole film."""
    return bool(stream.disposition & av.stream.Disposition.attached_pic)


def has_captions(picture: av.VideoFrame) -> bool:
    """Tell if closed captions lie within a picture."""
    return "A53_CC" in picture.side_data


def _unreadable(path: Path, error: av.FFmpegError) -> Exception:
    if isinstance(error, PermissionError | FileNotFoundError | IsADirectoryError):
        return OSError(error.errno, os.strerror(error.errno or 0), str(path))
    return VideoError(path, "it is no film, or it is damaged or cut off")
