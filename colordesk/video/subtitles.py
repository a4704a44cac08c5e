"""Subtitles of text in the form that another container holds.

Hides FFmpeg's codecs of text. All of them speak ASS in between, so words and times come through;
of fonts and places only what the new form knows.
Invariant: a subtitle is read at its very time, whatever others are read then; what cannot be
decoded is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import av
from av.subtitles.subtitle import SubtitleSet

_UNIT = Fraction(1, 1000)
_FORMS = {"mp4": "mov_text", "mov": "mov_text", "matroska": "subrip", "webm": "webvtt"}
"""By FFmpeg's name of a container: the form of subtitles that it holds and most players show."""
_ONE_AT_A_TIME = ("mov_text",)
_WITH_LENGTH = "mov_text"  # the only form whose packets hold more than their words
_BEFORE_UNICODE = "cp1252"  # as most programs wrote the languages of Western Europe
_MOST = 16  # that are read together; more are no words but a drawing made of letters
_FIELDS = 8  # of a line of ASS, before its words
_BELOW = b"\\N{\\r\\b0\\i0\\u0}"  # with \r alone FFmpeg lets a style go on


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
        self._merged = _Merged() if form in _ONE_AT_A_TIME else None
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
        """Return the packets that are ready now, in the other form; none of what has no words."""
        try:
            found = self._reader.decode2(_in_unicode(packet, self._reader.name))
            if found is None:
                return []
            if self._merged is not None:
                return self._written(self._merged.put(_cue(found, packet)))
            made = self._writer.encode_subtitle(found)
        except (av.FFmpegError, ValueError):
            return []
        made.pts, made.dts, made.duration = packet.pts, packet.dts, packet.duration
        made.time_base = packet.time_base
        return [made]

    def finish(self) -> list[Any]:
        """Return the packets that were held back."""
        return [] if self._merged is None else self._written(self._merged.finish())

    def _written(self, cues: Iterable[_Cue]) -> list[Any]:
        packets = []
        for cue in cues:
            length = 0 if cue.end is None else cue.end - cue.start
            made = self._writer.encode_subtitle(SubtitleSet.create(cue.line, 0, length))
            made.pts = made.dts = cue.start
            made.duration, made.time_base = length, _UNIT
            packets.append(made)
        return packets

    def _set_up(self, writer: Any) -> None:
        writer.subtitle_header = self._reader.subtitle_header
        writer.time_base = _UNIT


@dataclass(frozen=True)
class _Cue:
    """What is to be read from one moment to another."""

    start: int
    """In `_UNIT`."""
    end: int | None
    """None for as long as nothing else is to be read."""
    line: bytes
    """Of ASS."""


class _Merged:
    """Makes one subtitle at a time of those that are to be read together."""

    def __init__(self) -> None:
        self._shown: list[_Cue] = []
        self._since = 0

    def put(self, cue: _Cue) -> list[_Cue]:
        """Take the next one, which begins no earlier; return what is to be read until it does."""
        self._shown = [
            replace(one, end=cue.start) if one.end is None else one for one in self._shown
        ]
        ready = self._until(cue.start)
        if len(self._shown) < _MOST and (cue.end is None or cue.end > cue.start):
            self._shown.append(cue)
        self._since = cue.start
        return ready

    def finish(self) -> list[_Cue]:
        """Return what is to be read until the end."""
        return self._until(None)

    def _until(self, moment: int | None) -> list[_Cue]:
        ready = []
        while self._shown and self._since != moment:
            ends = (one.end for one in self._shown)
            over = min((end for end in (*ends, moment) if end is not None), default=None)
            ready.append(_Cue(self._since, over, _together([one.line for one in self._shown])))
            if over is None:
                break
            self._since = over
            self._shown = [one for one in self._shown if one.end is None or one.end > over]
        return ready


def _in_unicode(packet: Any, form: str) -> Any:
    """Return a packet as FFmpeg reads it: words in UTF-8 only. Old files hold others, too."""
    words = bytes(packet)
    try:
        words.decode("utf-8")
    except UnicodeDecodeError:
        if form != _WITH_LENGTH:
            return av.Packet(words.decode(_BEFORE_UNICODE, errors="replace").encode("utf-8"))
    return packet


def _cue(found: Any, packet: Any) -> _Cue:
    start = round(packet.pts * packet.time_base / _UNIT)
    length = round((packet.duration or 0) * packet.time_base / _UNIT)
    together = _together([rect.ass for rect in found.rects])
    return _Cue(start, start + length if length else None, together)


def _together(lines: list[bytes]) -> bytes:
    """Return one line of ASS with the words of all, below each other and each in its own style.

    What is there twice, as for a shadow, is to be read once.
    """
    *head, _ = lines[0].split(b",", _FIELDS)
    words = dict.fromkeys(line.split(b",", _FIELDS)[-1] for line in lines)
    return b",".join([*head, _BELOW.join(words)])


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
