"""Sound on its way to the ears.

Hides the audio library and its threads.
Invariant: it never waits for the film; where samples are missing there is silence, and they are
left out when they come, so that every sample is heard at its moment or not at all.
"""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Generator
from contextlib import closing
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LATENCY_MS = 80
_AHEAD = 24  # chunks that are decoded before they are heard
_WAIT_SECONDS = 0.1
_SETTLED = 1.0  # seconds in which a device shows how far ahead it asks
_LOOKED_BACK = 0.5  # seconds: a device that asks late now and then is not late itself


class NoSpeaker(Exception):
    """There is nothing that could play sound."""


class Pace:
    """How far a device is behind the clock, told from the moments at which it asks for samples.

    It asks ahead by as much as it holds. So what it was ahead at most in the last while is compared
    with what that was at its beginning.

    Args:
        rate: samples a second.
        clock: returns seconds.
    """

    def __init__(self, rate: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._clock = rate, clock
        self._began: float | None = None
        self._asked = 0
        self._usual = 0.0
        self._seen: deque[tuple[float, float]] = deque()
        self.late = 0.0
        """Seconds; negative for a device that is fast."""

    def ask(self, count: int) -> None:
        """Note that the device asks for so many samples now."""
        now = self._clock()
        if self._began is None:
            self._began = now
        passed = now - self._began
        ahead = self._asked / self._rate - passed
        self._asked += count
        self._seen.append((passed, ahead))
        while passed - self._seen[0][0] > _LOOKED_BACK:
            self._seen.popleft()
        most = max(ahead for _, ahead in self._seen)
        if passed <= _SETTLED:
            self._usual = max(self._usual, most)
        self.late = self._usual - most


class Speaker:
    """Plays samples from the moment it is started until it is closed.

    Args:
        samples: int16 n x channels; read, and closed, in a thread of its own.
        rate: samples a second.
        channels: of the samples.

    Raises:
        NoSpeaker: there is no device, or it cannot be used.
    """

    def __init__(
        self, samples: Generator[NDArray[np.int16], None, None], rate: int, channels: int
    ) -> None:
        import miniaudio  # brings numpy, and the window does not wait for that

        self._trouble: type[Exception] = miniaudio.MiniaudioError
        try:
            self._device: Any = miniaudio.PlaybackDevice(
                nchannels=channels, sample_rate=rate, buffersize_msec=_LATENCY_MS
            )
        except self._trouble as error:
            raise NoSpeaker from error
        if self._device.backend.lower() == "null":
            self._device.close()
            raise NoSpeaker
        self.muted = False
        self._pace = Pace(rate)
        self._width = 2 * channels
        self._chunks: queue.Queue[bytes] = queue.Queue(_AHEAD)
        self._closed = threading.Event()
        self._thread = threading.Thread(
            target=self._feed, args=(samples,), name="film-sound", daemon=True
        )
        self._thread.start()

    @property
    def late(self) -> float:
        """Seconds by which what is heard is behind the clock, since the device is slow or stood."""
        return self._pace.late

    def start(self) -> None:
        """Begin to play.

        Raises:
            NoSpeaker: the device does not want to.
        """
        sound = self._sound()
        next(sound)
        try:
            self._device.start(sound)
        except self._trouble as error:
            raise NoSpeaker from error

    def close(self) -> None:
        """Fall silent and let go of the device."""
        self._closed.set()
        self._device.close()
        self._thread.join()

    def _feed(self, samples: Generator[NDArray[np.int16], None, None]) -> None:
        with closing(samples):
            for chunk in samples:
                data = chunk.tobytes()
                while not self._closed.is_set():
                    try:
                        self._chunks.put(data, timeout=_WAIT_SECONDS)
                        break
                    except queue.Full:
                        continue
                if self._closed.is_set():
                    return

    def _sound(self) -> Generator[bytes, int, None]:
        rest = bytearray()
        overdue = 0  # bytes for which there was silence
        wanted = yield b""
        while True:
            self._pace.ask(wanted)
            size = wanted * self._width
            while len(rest) < size:
                try:
                    rest += self._chunks.get_nowait()
                except queue.Empty:
                    overdue += size - len(rest)
                    rest += bytes(size - len(rest))
                    break
                cut = min(overdue, len(rest))
                overdue -= cut
                del rest[:cut]
            piece, rest = bytes(rest[:size]), rest[size:]
            wanted = yield bytes(size) if self.muted else piece
