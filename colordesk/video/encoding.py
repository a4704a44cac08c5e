"""Painted frames into segments of encoded film.

Hides the encoder, palettes, and luma at another depth than the clip's.
Invariant: every segment can be decoded by itself, and all of one film begin alike.
"""

from __future__ import annotations

from array import array
from fractions import Fraction
from typing import Any

import av
import av.filter
import cv2
import numpy as np

from colordesk.video.clip import Clip, has_captions
from colordesk.video.encoders import Encoder, open_encoder, varies, with_palette
from colordesk.video.errors import EncoderError
from colordesk.video.film import Film
from colordesk.video.layout import Codes, plane
from colordesk.video.reading import Damage, Frame
from colordesk.video.segments import Restart, Segment, SegmentWriter, WorkFolder
from colordesk.video.yuv import Encoding

SEGMENT_FRAMES = 250
# frames by which one may be late: cut between two, rounded, or lost before it
_SLACK = Fraction(3, 2)
_LIMITED, _FULL = 1, 2  # FFmpeg's numbers of the ranges


class SegmentEncoder:
    """A segment that is being encoded, by an encoder of its own.

    Args:
        folder: where it goes.
        number: of the segment.
        first: number of its first frame in the film.
        encoder: from `choose_encoder`.
        film: the film.
    """

    def __init__(
        self, folder: WorkFolder, number: int, first: int, encoder: Encoder, film: Film
    ) -> None:
        self._encoder = encoder
        self._film = film
        self._marker = _FieldMarker(encoder, film.first) if encoder.field_order else None
        self._context: Any = open_encoder(encoder, film.first, film.time_base)
        self._file: SegmentWriter = folder.open(number)
        self._first = first
        self._times = array("q")

    @property
    def full(self) -> bool:
        """Whether the next frame belongs to another one."""
        return len(self._times) >= SEGMENT_FRAMES

    def put(self, picture: av.VideoFrame, time: int) -> None:
        """Encode the next frame, which is shown at this time of the film.

        Raises:
            EncoderError: the encoder fails, or the file cannot keep the time of the frame.
            OSError: the disk is full.
        """
        self._check_time(time)
        picture = self._in_rgb(picture) if self._encoder.codec == "gif" else self._tagged(picture)
        if self._marker is not None:
            picture = self._marker.marked(picture)
        picture.pts, picture.time_base = time, self._film.time_base
        picture.pict_type = 0
        self._times.append(time)
        self._encode(picture)

    def close(self, end: int, restart: Restart | None, damage: Damage) -> Segment:
        """Encode what the encoder held back, and make the segment whole.

        Raises:
            EncoderError: the encoder fails.
            OSError: the disk is full.
        """
        self._encode(None)
        extradata = bytes(self._context.extradata or b"").hex()
        segment = Segment(
            self._first,
            self._times,
            end,
            self._file.packed,
            extradata,
            restart,
            damage.count,
        )
        self._file.close(segment)
        return segment

    def abandon(self) -> None:
        """Leave it unfinished."""
        self._file.abandon()

    def _check_time(self, time: int) -> None:
        """Refuse frames of several lengths where the file has none, though no header said so."""
        if not self._encoder.even:
            return
        clip, film = self._film.first, self._film
        begin = clip.start if film.is_uncut else 0
        late = time * film.time_base - begin - (self._first + len(self._times)) / clip.rate
        if abs(late) > _SLACK / clip.rate:
            raise varies(clip, self._encoder.even)

    def _in_rgb(self, picture: av.VideoFrame) -> av.VideoFrame:
        clip = self._film.first
        coloured = picture.reformat(
            format="rgb24",
            src_colorspace=clip.tags.matrix,
            src_color_range=_FULL if clip.encoding.full_range else _LIMITED,
        )
        return with_palette(coloured)

    def _tagged(self, picture: av.VideoFrame) -> av.VideoFrame:
        """Return a picture that says what its codes mean: some encoders write down what it says."""
        clip = self._film.first
        if clip.encoding.full_range and not self._encoder.full_range:
            picture = picture.reformat(src_color_range=_FULL, dst_color_range=_LIMITED)
        picture.color_range = _FULL if self._encoder.full_range else _LIMITED
        picture.colorspace = clip.tags.matrix
        picture.color_primaries, picture.color_trc = clip.tags.primaries, clip.tags.transfer
        return picture

    def _encode(self, picture: av.VideoFrame | None) -> None:
        try:
            packets = self._context.encode(picture)
        except av.FFmpegError as error:
            raise EncoderError(f"the encoder {self._encoder.name} fails ({error})") from error
        for packet in packets:
            time = round(packet.pts * packet.time_base / self._film.time_base)
            self._file.put(bytes(packet), time, packet.is_keyframe)


class _FieldMarker:
    """Marks frames as interlaced; PyAV cannot, a filter of FFmpeg can.

    Args:
        encoder: of frames that stay interlaced.
        clip: what they are like.
    """

    def __init__(self, encoder: Encoder, clip: Clip) -> None:
        assert encoder.field_order
        self._graph = av.filter.Graph()
        source = self._graph.add_buffer(
            width=clip.width,
            height=clip.height,
            format=av.VideoFormat(encoder.format),
            time_base=clip.time_base,
        )
        mark = self._graph.add("setfield", f"mode={encoder.field_order[0]}ff")
        self._graph.link_nodes(source, mark, self._graph.add("buffersink")).configure()

    def marked(self, picture: av.VideoFrame) -> av.VideoFrame:
        """Return the picture, marked; nothing of it is copied."""
        self._graph.push(picture)
        found = self._graph.pull()
        assert isinstance(found, av.VideoFrame)  # it was given nothing else
        return found


def canvas(frame: Frame, luma: Codes, clip: Clip, encoder: Encoder) -> av.VideoFrame:
    """Return a picture for the encoder that holds luma; its chroma has yet to be painted.

    Where the encoder takes pictures as they are decoded, it is the frame's own: a full one less to
    be copied and kept. FFmpeg copies it if the decoder still looks at it.

    Args:
        frame: it is not to be looked at any more.
        luma: its own, or what is to be shown in its place.
        clip: its clip.
        encoder: from `choose_encoder`.
    """
    own = np.may_share_memory(luma, frame.luma)
    if own and frame.picture.format.name == encoder.format:
        frame.picture.make_writable()
        return frame.picture
    if has_captions(frame.picture):
        # by way of another format, since PyAV does not copy a picture into its own
        picture = frame.picture.reformat(format="gray").reformat(format=encoder.format)
    else:
        picture = av.VideoFrame(clip.width, clip.height, encoder.format)
    copy_luma(luma, plane(picture, 0), clip.encoding, encoder.bits)
    return picture


def copy_luma(source: Codes, target: Codes, encoding: Encoding, bits: int) -> None:
    """Write luma at another depth; at its own, or a finer one, nothing is lost.

    Args:
        source: H x W.
        target: H x W, filled.
        encoding: of the source.
        bits: depth of the target.
    """
    if encoding.bits == bits:
        np.copyto(target, source)
    elif encoding.full_range:
        factor = ((1 << bits) - 1) / ((1 << encoding.bits) - 1)
        depth = cv2.CV_8U if target.itemsize == 1 else cv2.CV_16U
        target[:] = cv2.addWeighted(source, factor, source, 0.0, 0.0, dtype=depth)
    elif bits > encoding.bits:
        np.left_shift(source, bits - encoding.bits, out=target, dtype=target.dtype)
    else:
        shift = encoding.bits - bits
        half = 1 << (shift - 1)
        top = (1 << bits) - 1
        wide = (source.astype(np.uint32) + half) >> shift
        np.copyto(target, np.minimum(wide, top), casting="unsafe")
