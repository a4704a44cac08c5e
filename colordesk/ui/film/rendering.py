"""A part of a film just as its export will be: made once, then looked at without a model.

Hides that it is an export like any other, into a file that goes when it is forgotten.
Invariant: it is shown only as long as what was chosen is what it was made of.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from colordesk.ui.film import projects
from colordesk.ui.film.cut import Choices

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from colordesk.video.codecs import ExportSettings
    from colordesk.video.reading import Frame
    from colordesk.video.rendered import Rendered

LONGEST = Fraction(120)
"""Seconds of film that are rendered at most."""
_QUALITY = 12


def length_of(choices: Choices) -> Fraction:
    """Return how many seconds of film are exported."""
    return sum(
        ((one.last - one.first + 1) / one.clip.rate for one in choices.stretches), Fraction(0)
    )


def render_settings() -> ExportSettings:
    """Return how it is written: soon, and with nothing that an eye would miss."""
    from colordesk.video.codecs import ExportSettings

    return ExportSettings(codec="h264", quality=_QUALITY, speed="fast")


class Renderings:
    """The last one that was made, if any; safe to use from all lanes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: _Rendering | None = None

    def make(self, choices: Choices, write: Callable[[Path], object]) -> None:
        """Make one, which takes the place of the one before.

        Args:
            choices: what it is made of.
            write: exports that to a file.
        """
        made = _Rendering(choices)
        try:
            write(made.file)
        except BaseException:
            made.close()
            raise
        self._take(made)

    def after(self, choices: Choices, number: int, frame: Frame) -> NDArray[np.uint8] | None:
        """Return a frame of a stretch in colour, sRGB, H x W x 3; None if none is made of that.

        Args:
            choices: what is chosen now.
            number: of the stretch.
            frame: of its clip.

        Raises:
            VideoError, OSError: the file cannot be read.
        """
        with self._lock:
            if self._last is None or choices != self._last.choices:
                return None
            return self._last.after(number, frame)

    def forget(self) -> None:
        """Have none any more."""
        self._take(None)

    def _take(self, made: _Rendering | None) -> None:
        with self._lock:
            before, self._last = self._last, made
            if before is not None:
                before.close()


class _Rendering:
    def __init__(self, choices: Choices) -> None:
        self.choices = choices
        self._folder = TemporaryDirectory(prefix="colordesk-", ignore_cleanup_errors=True)
        self.file = Path(self._folder.name) / "film.mp4"
        self._film = projects.film_of(choices)
        self._rendered: Rendered | None = None

    def after(self, number: int, frame: Frame) -> NDArray[np.uint8] | None:
        from colordesk.video.rendered import Rendered

        film = self._film
        if not film.parts[number].holds(frame.time):
            return None
        if self._rendered is None:
            self._rendered = Rendered(self.file, film.first)
        return self._rendered.at(film.time(number, frame.time) * film.time_base)

    def close(self) -> None:
        if self._rendered is not None:
            self._rendered.close()
        self._folder.cleanup()
