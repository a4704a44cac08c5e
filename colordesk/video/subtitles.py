"""Subtitles of text in the form that another container holds.

Hides FFmpeg's codecs of text. All of them speak ASS in between, so words and times come through;
of fonts and places only what the new form knows.
Invariant: a subtitle keeps its very time; what cannot be read is left out.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import av

_UNIT = Fraction(1, 1000)
_FORMS = {"mp4": "mov_text", "mov": "mov_text", "matroska": "subrip", "webm": "webvtt"}
"""By FFmpeg's name of a container: the form of subtitles that it holds and most players show."""


class Rewriter:
    """Rewrites the subtitles of one stream.

    Args:
        stream: of the source, whose subtitles are text.
        form: FFmpeg's name of the form that is wanted.

    Attributes:
        form: FFmpeg's name of it.

    Raises:
        av.FFmpegError, ValueError: one of the two forms is not known here.
    """

    def __init__(self, stream: Any, form: str) -> None:
        given = stream.codec_context
        self._reader: Any = av.CodecContext.create(given.name, "r")
        self._reader.extradata = given.extradata
        self._reader.open()
        self.form = form
        self._writer: Any = av.CodecContext.create(form, "w")
        self._set_up(self._writer)
        self._writer.open()

    def add_to(self, container: Any, stream: Any) -> Any:
        """Add a stream for what is rewritten, with all that is said of the one of the source."""
        target = container.add_stream(self.form)
        self._set_up(target.codec_context)
        target.metadata.update(stream.metadata)
        target.disposition = stream.disposition
        return target

    def rewritten(self, packet: Any) -> list[Any]:
        """Return a packet in the other form; none if nothing is to be read in it."""
        try:
            found = self._reader.decode2(packet)
            if found is None:
                return []
            made = self._writer.encode_subtitle(found)
        except (av.FFmpegError, ValueError):
            return []
        made.pts, made.dts, made.duration = packet.pts, packet.dts, packet.duration
        made.time_base = packet.time_base
        return [made]

    def finish(self) -> list[Any]:
        """Return the packets that were held back: none."""
        return []

    def _set_up(self, writer: Any) -> None:
        writer.subtitle_header = self._reader.subtitle_header
        writer.time_base = _UNIT


def rewriter(format: str, stream: Any) -> Rewriter | None:
    """Return what brings the subtitles of a stream into a container; None if nothing does.

    Args:
        format: FFmpeg's name of the container.
        stream: of the source.
    """
    form = _FORMS.get(format)
    if form is None or stream.type != "subtitle" or not stream.codec_context:
        return None
    try:
        if not stream.codec_context.codec.text_sub:
            return None
        return Rewriter(stream, form)
    except (av.FFmpegError, ValueError):
        return None
