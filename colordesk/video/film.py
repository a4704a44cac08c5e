"""A film to be made: which parts of which clips, one after another, and when each frame is shown.

Invariant: a frame of an uncut clip keeps its very time; all else is counted from the film's start.
"""

from __future__ import annotations

import functools
import itertools
import math
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from colordesk.video.clip import Clip
from colordesk.video.errors import VideoError
from colordesk.video.shot_edits import ShotEdit

_FINEST = 1_000_000  # units of time in a second, beyond which containers go wrong
_USUAL = Fraction(1, 90_000)
_STILL = Fraction(1, 4)  # seconds for which no frame of a picture that moves is shown
_SAME_RATE = Fraction(1, 5000)  # share by which rates may differ: 24 and 24000/1001 are two


@dataclass(frozen=True)
class Part:
    """A clip, or a piece of it."""

    clip: Clip
    start: Fraction = Fraction(0)
    """Seconds after the clip's first frame at which the piece begins."""
    end: Fraction | None = None
    """Seconds after the clip's first frame at which it ends; None means with the clip."""
    shots: tuple[ShotEdit, ...] = ()
    """What single shots have of their own."""

    @property
    def whole(self) -> bool:
        """Whether nothing is cut away at its beginning."""
        return self.start == 0

    @property
    def length(self) -> Fraction:
        """Seconds, as far as the file says."""
        ends = [end for end in (self.end, self.clip.duration) if end is not None]
        return max(min(ends, default=self.start) - self.start, Fraction(0))

    def holds(self, time: int) -> bool:
        """Whether the frame of that time, in units of the clip's time base, belongs to it."""
        return self.start <= self.clip.since_first(time) and not self.is_over(time)

    def shows(self, until: Fraction) -> bool:
        """Whether the frame that is shown at its beginning belongs to it, though it began before.

        A still does. One of a picture that moves would be shown for less than its time.

        Args:
            until: seconds after the clip's first frame at which another one is shown.
        """
        return not self.whole and until - self.start > max(_STILL, 1 / self.clip.rate / 2)

    def lasts(self, time: int, length: int) -> int:
        """Return for how long a frame is shown of which the clip has more than the part.

        Args:
            time: of the frame, in units of the clip's time base.
            length: for how long the clip shows it, in the same units; 0 for unsaid.
        """
        since, until = self.clip.since_first(time), self.clip.since_first(time + length)
        if self.end is not None and until - self.end > _STILL:
            until = self.end
        shown = round((until - max(since, self.start)) / self.clip.time_base)
        return min(max(shown, 1), length)

    def is_over(self, time: int) -> bool:
        """Whether that time is beyond its end."""
        return self.end is not None and self.clip.since_first(time) >= self.end


@dataclass(frozen=True)
class Film:
    """Parts that are shown one after another.

    Raises:
        VideoError: the clips do not go together, or a part holds nothing.
    """

    parts: tuple[Part, ...]

    def __post_init__(self) -> None:
        first = self.parts[0].clip
        for part in self.parts:
            clip = part.clip
            if part.start < 0 or (part.end is not None and part.end <= part.start):
                raise VideoError(clip.path, "the part of it that was asked for holds nothing")
            if clip.duration and part.start >= clip.duration:
                raise VideoError(
                    clip.path, f"it is over after {float(clip.duration):.3f} s, before that part"
                )
            if part is not self.parts[-1] and part.end is None and clip.duration is None:
                raise VideoError(
                    clip.path, "it does not say how long it is, so no other clip can follow it"
                )
            for what, wanted, found in (
                ("frames of", (first.width, first.height), (clip.width, clip.height)),
                ("the colours", first.encoding, clip.encoding),
                ("a rotation of", _turned(first), _turned(clip)),
                ("pixels of", first.sample_aspect or 1, clip.sample_aspect or 1),
                ("the chroma", first.chroma, clip.chroma),
            ):
                if wanted != found:
                    raise VideoError(
                        clip.path,
                        f"it has {what} {_said(found)} and {first.path.name} has {_said(wanted)}; "
                        "the clips of one film must be alike",
                    )

    @property
    def first(self) -> Clip:
        """The clip whose properties the film has."""
        return self.parts[0].clip

    @property
    def unequal(self) -> tuple[Clip, Clip] | None:
        """The first clip and one with another frame rate, if there is one; each keeps its times."""
        return next(
            (
                (self.first, part.clip)
                for part in self.parts
                if abs(part.clip.rate / self.first.rate - 1) > _SAME_RATE
            ),
            None,
        )

    @property
    def is_uncut(self) -> bool:
        """Whether it is one clip from its beginning."""
        return len(self.parts) == 1 and self.parts[0].whole

    @functools.cached_property
    def time_base(self) -> Fraction:
        """Seconds that a unit of the film's times stands for."""
        units = {part.clip.time_base for part in self.parts}
        if not self.is_uncut:  # a part may begin between two frames
            units |= {self.offset(number) for number in range(len(self.parts))}
        if all(unit % self.first.time_base == 0 for unit in units):
            return self.first.time_base
        finest = math.lcm(*(unit.denominator for unit in units))
        return Fraction(1, finest) if finest <= _FINEST else _USUAL

    @property
    def frame_count(self) -> int | None:
        """About how many frames it has."""
        counts = [
            round(part.length * part.clip.rate) if part.clip.duration or part.end else None
            for part in self.parts
        ]
        return None if None in counts else sum(count or 0 for count in counts)

    def begin(self, part: int) -> Fraction:
        """Return the seconds of the film before a part."""
        return self._begins[part]

    @functools.cached_property
    def _begins(self) -> list[Fraction]:
        return list(itertools.accumulate((part.length for part in self.parts), initial=Fraction(0)))

    def offset(self, part: int) -> Fraction:
        """Return the seconds to be added to times of a clip to get those of the film."""
        if self.is_uncut:
            return Fraction(0)
        return self.begin(part) - self.parts[part].start - self.parts[part].clip.start

    def time(self, part: int, time: int) -> int:
        """Return when a frame of a part is shown, in units of the film's time base.

        One that is shown already when the part begins is shown from there on.
        """
        if self.is_uncut:
            return time
        seconds = time * self.parts[part].clip.time_base + self.offset(part)
        return round(max(seconds, self.begin(part)) / self.time_base)


def whole(clip: Clip) -> Film:
    """Return a clip as a film."""
    return Film((Part(clip),))


def sources(film: Film) -> list[Path]:
    """Return the files and folders that a film is made of."""
    return [part.clip.path for part in film.parts]


def _turned(clip: Clip) -> str:
    return f"{clip.rotation}, mirrored" if clip.mirrored else str(clip.rotation)


def _said(value: object) -> str:
    if isinstance(value, Fraction):
        return f"{value.numerator}:{value.denominator}"
    if isinstance(value, tuple):
        return " x ".join(map(str, value))
    return str(value)
