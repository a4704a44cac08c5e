"""Sound on its way to the ears.

Hides the audio library and its thread.
Invariant: it never waits for the film; where samples are missing there is silence.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator
from contextlib import closing
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LATENCY_MS = 80
_AHEAD = 24  # chunks that are decoded before they are heard
_WAIT_SECONDS = 0.1


class NoSpeaker(Exception):
    """There is nothing that could play sound."""


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
        self._width = 2 * channels
        self._chunks: queue.Queue[bytes] = queue.Queue(_AHEAD)
        self._closed = threading.Event()
        self._thread = threading.Thread(
            target=self._feed, args=(samples,), name="film-sound", daemon=True
        )
        self._thread.start()

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
        wanted = yield b""
        while True:
            size = wanted * self._width
            while len(rest) < size:
                try:
                    rest += self._chunks.get_nowait()
                except queue.Empty:
                    rest += bytes(size - len(rest))
            piece, rest = bytes(rest[:size]), rest[size:]
            wanted = yield bytes(size) if self.muted else piece
