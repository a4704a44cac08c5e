"""The packets and frames of a file as FFmpeg should give them.

Hides a fault of PyAV, times that are damaged, and that AVI does not say when frames are shown.
Invariant: what can be read comes, in the order of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any, TypeVar

T = TypeVar("T")
_WITHOUT_TIMES = "avi"
_ASTRAY = 60  # seconds
_MOST_ASTRAY = 8  # in a row; more are what comes after a pause. As many frames are in memory


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


def without_strays(
    items: Iterator[T], place: Callable[[T], tuple[int, Fraction] | None], lost: list[T]
) -> Iterator[T]:
    """Yield what has times, but for a few items in a row that are far ahead of all around them.

    Their times are damaged; all that follows would seem to be late. Such items wait until others
    show whether the clock is back, or really went on there.

    Args:
        items: of one stream or several, in the order of the file.
        place: the stream and the time, in seconds, of an item; None for what is not looked at.
        lost: told of the items that are left out.
    """
    last: dict[int, Fraction] = {}
    held: dict[int, list[tuple[Fraction, T]]] = {}
    for item in items:
        found = place(item)
        if found is None:
            yield item
            continue
        stream, seconds = found
        waiting = held.setdefault(stream, [])
        if seconds - last.get(stream, seconds) > _ASTRAY:
            waiting.append((seconds, item))
            if len(waiting) > _MOST_ASTRAY:
                last[stream] = seconds
                yield from (one for _, one in held.pop(stream))
            continue
        if waiting and seconds > last[stream]:
            lost.extend(one for _, one in held.pop(stream))
        yield item
        last[stream] = max(last.get(stream, seconds), seconds)
    for waiting in held.values():
        yield from (one for _, one in waiting)
