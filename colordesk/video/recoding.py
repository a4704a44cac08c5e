"""Sound in the form that another container holds, where it cannot be copied.

Hides decoders, sampling, and FFmpeg's encoders of sound.
Invariant: sound keeps its time; what cannot be read is a gap.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import av

_FORMS = {"mp4": "aac", "mov": "pcm", "mxf": "pcm", "matroska": "flac", "webm": "libopus"}
"""By FFmpeg's name of a container: what it holds and most players play; as good as it can be."""
_PCM = {"s16": "pcm_s16le", "s32": "pcm_s24le"}
_LAYOUTS = {1: "mono", 2: "stereo", 6: "5.1", 8: "7.1"}
"""Of sound that says only how many channels it has."""
_USUAL_RATE = 48_000
_ONLY_USUAL = ("mxf",)
_ROUNDED = Fraction(1, 500)  # seconds by which times of files waver, or a little less
_BITS_A_CHANNEL = 96_000  # a second, of what loses something: hardly anyone hears it then


class SoundRewriter:
    """Rewrites the sound of one stream, and that of later clips after it.

    Args:
        stream: of the source.
        format: FFmpeg's name of the container.

    Attributes:
        form: what it becomes, by the name people know.

    Raises:
        av.FFmpegError, ValueError: one of the two forms is not known here.
    """

    def __init__(self, stream: Any, format: str) -> None:
        given = stream.codec_context
        plain = given.name.startswith("pcm_")
        # floats are what is decoded from forms that lose more
        fine = given.format.name.startswith(("s32", "s64")) or (plain and given.format.bits > 16)
        self._encoder = "flac" if plain and format == "mp4" else _FORMS[format]
        if self._encoder == "pcm":
            self._encoder = _PCM["s32" if fine else "s16"]
        codec = av.Codec(self._encoder, "w")
        self.form = codec.canonical_name
        rates = codec.audio_rates
        own = format not in _ONLY_USUAL and (rates is None or given.sample_rate in rates)
        self._rate = given.sample_rate if own else _USUAL_RATE
        names = [known.name for known in codec.audio_formats or ()]
        self._format = next((n for n in names if n.startswith("s32") == fine), names[0])
        self._layout = _LAYOUTS.get(given.layout.nb_channels, "stereo")
        if any(channel.name != "NONE" for channel in given.layout.channels):
            self._layout = given.layout.name
        self._given: tuple[object, ...] = ()
        self._resampler: Any = None
        self._following: int | None = None  # number of the sample after the last one
        self._target: Any = None
        trial: Any = av.CodecContext.create(self._encoder, "w")
        self._set_up(trial)
        trial.open()

    def add_to(self, container: Any, stream: Any) -> Any:
        """Add a stream for what is rewritten, with all that is said of the one of the source."""
        self._target = container.add_stream(self._encoder, self._rate)
        self._set_up(self._target.codec_context)
        self._target.metadata.update(stream.metadata)
        self._target.disposition = stream.disposition
        return self._target

    def rewritten(self, packet: Any) -> list[Any]:
        """Return the packets that are ready now, in the other form and with their times."""
        try:
            frames = packet.decode()
        except av.FFmpegError:
            return []
        made = []
        for frame in frames:
            given = frame.format.name, frame.layout.name, frame.sample_rate, frame.time_base
            if given != self._given:  # the next clip, or a broadcast that changes
                made += self._held_back()
                self._given = given
                self._resampler = av.AudioResampler(self._format, self._layout, self._rate)
            made += self._encoded(self._resampler.resample(frame))
        return made

    def finish(self) -> list[Any]:
        """Return the packets that were held back."""
        return [*self._held_back(), *self._target.encode(None)] if self._given else []

    def _held_back(self) -> list[Any]:
        return self._encoded(self._resampler.resample(None)) if self._given else []

    def _encoded(self, frames: list[Any]) -> list[Any]:
        """Encode frames; a resampler with nothing to do has none at its end."""
        whole = [frame for frame in frames if frame is not None]
        return [packet for frame in whole for packet in self._target.encode(self._even(frame))]

    def _even(self, frame: Any) -> Any:
        """Return a frame with its time as the samples before it tell it, where both nearly agree.

        Short frames would fall on one time where times are rounded.
        """
        if frame.pts is None or not frame.time_base:
            return frame
        rate = frame.sample_rate
        place, following = round(frame.pts * frame.time_base * rate), self._following
        if following is not None and abs(place - following) <= _ROUNDED * rate:
            place = following
        frame.pts, frame.time_base = place, Fraction(1, rate)
        self._following = place + frame.samples
        return frame

    def _set_up(self, context: Any) -> None:
        context.sample_rate, context.layout, context.format = self._rate, self._layout, self._format
        if not self._encoder.startswith(("pcm", "flac")):
            context.bit_rate = _BITS_A_CHANNEL * av.AudioLayout(self._layout).nb_channels


def sound_rewriter(format: str, stream: Any) -> SoundRewriter | None:
    """Return what brings the sound of a stream into a container; None if nothing does.

    Args:
        format: FFmpeg's name of the container.
        stream: of the source.
    """
    if format not in _FORMS or stream.type != "audio" or not stream.codec_context:
        return None
    try:
        return SoundRewriter(stream, format)
    except (av.FFmpegError, ValueError):
        return None
