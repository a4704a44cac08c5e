"""The frames of a film that was exported, found again by the moment at which they are shown.

Hides seeking: frames that follow each other are decoded in one go.
Invariant: a frame is found at its own moment or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av

from colordesk.video.clip import Clip, opened, picture_stream
from colordesk.video.stills import as_rgb

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NEARLY = Fraction(1, 3)  # of a frame: containers round times
_AHEAD = Fraction(1)  # seconds that are rather decoded than sought


class Rendered:
    """One exported film; for one thread at a time.

    Args:
        path: of it.
        clip: one of those it was made of, whose colours it has.

    Raises:
        VideoError, OSError: it cannot be read.
    """

    def __init__(self, path: Path, clip: Clip) -> None:
        self._clip = clip
        self._container = opened(path, path)
        self._stream = picture_stream(self._container, path)
        self._frames: Iterator[av.VideoFrame] = iter(())
        self._last: tuple[Fraction, av.VideoFrame] | None = None
        self._near = _NEARLY / clip.rate

    def at(self, seconds: Fraction) -> NDArray[np.uint8] | None:
        """Return the frame of a moment, sRGB, H x W x 3, as stored; None if there is none.

        Args:
            seconds: by the film's own time, as its file has it.
        """
        last = self._last
        if last is None or not last[0] - self._near <= seconds < last[0] + _AHEAD:
            self._seek(seconds)
        while self._last is None or self._last[0] < seconds - self._near:
            frame = next(self._frames, None)
            if frame is None:
                self._last = None
                return None
            if frame.pts is not None:
                self._last = Fraction(frame.pts) * Fraction(self._stream.time_base or 0), frame
        found, picture = self._last
        return as_rgb(picture, self._clip) if found <= seconds + self._near else None

    def close(self) -> None:
        """Let go of the file."""
        self._container.close()

    def _seek(self, seconds: Fraction) -> None:
        self._container.seek(max(int((seconds - self._near) * av.time_base), 0), backward=True)
        self._frames, self._last = self._container.decode(self._stream), None
