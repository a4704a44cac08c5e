"""The packets and frames of a file as FFmpeg should give them.

Hides a fault of PyAV, and that AVI does not say when frames are shown.
Invariant: what can be read comes, in the order of the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_WITHOUT_TIMES = "avi"


def packets_of(container: Any, *streams: Any) -> Iterator[Any]:
    """Yield packets; the last of each stream is empty and flushes its decoder.

    Args:
        container: open for reading.
        streams: of it; none means all.

    Raises:
        av.FFmpegError: the file cannot be read any further.
    """
    try:
        yield from container.demux(*streams)
    except IndexError:
        return  # at its end PyAV looks for streams that came to light on the way


def timed(frame: Any, container: Any) -> Any:
    """Return a decoded frame with the time at which it is shown.

    AVI has no such times. FFmpeg guesses them, and wrongly where frames are reordered; they are
    shown when the packet is read with which they come out of the decoder.
    """
    if container.format.name == _WITHOUT_TIMES:
        frame.pts = frame.dts
    return frame
