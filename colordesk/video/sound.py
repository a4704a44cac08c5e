"""The sound of a clip as samples, for listening while it is played.

Hides decoding, resampling and streams that begin later than the picture, have holes or change their
form in their midst.
Invariant: the n-th sample belongs to n / RATE seconds after the moment that was asked for, give or
take the thirtieth of a second by which the times in files waver.
"""

from __future__ import annotations

from collections.abc import Generator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import av
import numpy as np

from colordesk.video.clip import Clip, opened_clip
from colordesk.video.packets import packets_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE = 48_000
"""Samples a second."""
CHANNELS = 2
_LONGEST_HOLE = 10 * RATE  # a longer one is filled piece by piece
_WAVERING = RATE // 30  # samples by which times may be off without anything being cut or filled
_LEAD = Fraction(1, 4)  # seconds before: decoders need a little to find their feet


def has_sound(clip: Clip) -> bool:
    """Whether there is anything to hear."""
    return any(other.startswith("audio") for other in clip.others)


def read_sound(clip: Clip, seconds: Fraction) -> Generator[NDArray[np.int16], None, None]:
    """Yield samples, n x 2, from a moment on, counted from the clip's first frame.

    Packets that cannot be read are silence.

    Raises:
        VideoError, OSError: the clip cannot be read.
    """
    since = clip.start + seconds
    with opened_clip(clip) as container:
        streams = (one for one in container.streams.audio if one.codec_context is not None)
        stream: Any = next(streams, None)
        if stream is None:
            return
        if since > 0:
            try:
                container.seek(int(max(since - _LEAD, Fraction(0)) * av.time_base), backward=True)
            except av.FFmpegError:
                container.seek(0)
        resampler = _resampler()
        done = 0
        for frame in _frames(container, stream):
            place: int | None = None
            if frame.pts is not None and frame.time_base:
                place = round((frame.pts * frame.time_base - since) * RATE)
            resampler, parts = _resampled(resampler, frame)
            for part in parts:
                samples: Any = part.to_ndarray().reshape(-1, CHANNELS)
                if place is not None:
                    off = place - done
                    exactly = done == 0  # where it begins nothing wavers
                    if off > (0 if exactly else _WAVERING):  # a hole, or a late beginning
                        while done < place:
                            size = min(place - done, _LONGEST_HOLE)
                            yield np.zeros((size, CHANNELS), np.int16)
                            done += size
                    elif off < (0 if exactly else -_WAVERING):
                        samples = samples[-off:]
                    place = None
                if len(samples):
                    yield samples
                    done += len(samples)


def _resampler() -> av.AudioResampler:
    return av.AudioResampler(format="s16", layout="stereo", rate=RATE)


def _resampled(
    resampler: av.AudioResampler, frame: av.AudioFrame
) -> tuple[av.AudioResampler, list[av.AudioFrame]]:
    """Return a frame as it is wanted, and what the next one is to be given to."""
    try:
        return resampler, resampler.resample(frame)
    except av.FFmpegError:  # nothing that could be heard
        return resampler, []
    except ValueError:  # another rate or layout than before
        return _resampled(_resampler(), frame)


def _frames(container: av.container.InputContainer, stream: Any) -> Generator[Any, None, None]:
    packets = packets_of(container, stream)
    while True:
        try:
            packet = next(packets, None)
            if packet is None:
                return
            yield from packet.decode()
        except EOFError:
            return
        except av.FFmpegError:
            continue
