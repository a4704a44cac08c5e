"""What a film is cut from, as values: stretches of clips one after another, and where frames lie.

Places are counted in frames of a clip's average rate, so that a step is always a frame. On the
timeline a stretch lies with all its frames; those outside its in and out points are not exported.
Invariant: every stretch has at least one frame that is exported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from colordesk.video.shot_edits import ShotEdit
from colordesk.video.treatment import Treatment

if TYPE_CHECKING:
    from colordesk.video.clip import Clip

_QUARTER = Fraction(1, 4)  # of a frame: times in files are rounded


@dataclass(frozen=True)
class Stretch:
    """A clip as it lies on the timeline, whole or in part."""

    clip: Clip
    count: int
    """Frames of the clip."""
    begin: int
    """The clip's first frame on the timeline ..."""
    end: int
    """... and the first one that is not."""
    first: int
    """The clip's first frame that is exported ..."""
    last: int
    """... and the last one."""
    shots: tuple[ShotEdit, ...] = ()
    """What single shots have of their own."""

    @property
    def length(self) -> int:
        """Frames on the timeline."""
        return self.end - self.begin

    @property
    def is_trimmed(self) -> bool:
        """Whether frames on the timeline are not exported."""
        return (self.first, self.last) != (self.begin, self.end - 1)

    @property
    def span(self) -> tuple[Fraction, Fraction | None]:
        """The seconds of the clip between which all exported frames lie; None is its end."""
        rate = self.clip.rate
        start = max((self.first - _QUARTER) / rate, Fraction(0))
        whole = self.last >= self.count - 1
        return start, None if whole else (self.last + 1 - _QUARTER) / rate

    def moment(self, frame: int) -> Fraction:
        """Return the seconds of the clip at which a frame is shown, well inside its time."""
        return (frame + 2 * _QUARTER) / self.clip.rate

    def frame_of(self, seconds: Fraction) -> int:
        """Return the frame on the timeline that begins so many seconds after the clip's first."""
        return min(max(round(seconds * self.clip.rate), self.begin), self.end - 1)

    def range_of(self, first: int, end: int) -> tuple[Fraction, Fraction]:
        """Return the seconds of the clip that hold the frames from first to before end."""
        over = Fraction(1) if end >= self.count else -_QUARTER / self.clip.rate
        start = max((first - _QUARTER) / self.clip.rate, Fraction(0))
        return start, end / self.clip.rate + over

    def frames_of(self, shot: ShotEdit) -> range:
        """Return the clip's frames of a shot, as far as they lie on the timeline."""
        first, end = (round(seconds * self.clip.rate) for seconds in (shot.start, shot.end))
        return range(max(first, self.begin), min(end, self.end))


@dataclass(frozen=True)
class Choices:
    """What a person chose for a film."""

    stretches: tuple[Stretch, ...] = ()
    treatment: Treatment = field(default_factory=Treatment)

    @property
    def exported(self) -> int:
        """How many frames are exported."""
        return sum(one.last - one.first + 1 for one in self.stretches)

    @property
    def is_whole(self) -> bool:
        """Whether all frames on the timeline are exported."""
        return not any(one.is_trimmed for one in self.stretches)


def whole(clip: Clip, count: int) -> Stretch:
    """Return all of a clip that has so many frames."""
    count = max(count, 1)
    return Stretch(clip, count, 0, count, 0, count - 1)


def trimmed(clip: Clip, count: int, start: Fraction, end: Fraction | None) -> Stretch:
    """Return a clip with in and out points in seconds."""
    all_of_it = whole(clip, count)
    first = min(max(round(start * clip.rate), 0), all_of_it.count - 1)
    last = all_of_it.last if end is None else round(end * clip.rate) - 1
    return replace(all_of_it, first=first, last=min(max(last, first), all_of_it.last))


def apart(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """Let stretches of one clip lie on the timeline without what others of them export."""
    found = []
    for one in stretches:
        others = [o for o in stretches if o is not one and o.clip == one.clip]
        begin = max((o.last + 1 for o in others if o.last < one.first), default=0)
        end = min((o.first for o in others if o.first > one.last), default=one.count)
        found.append(replace(one, begin=begin, end=end))
    return tuple(found)


def split(one: Stretch, frame: int) -> tuple[Stretch, Stretch] | None:
    """Return the stretches before and from a frame of the clip on; None where nothing is cut."""
    if not one.begin < frame < one.end:
        return None
    left = replace(one, end=frame, first=min(one.first, frame - 1), last=min(one.last, frame - 1))
    right = replace(one, begin=frame, first=max(one.first, frame), last=max(one.last, frame))
    return left, right


def with_shot(
    shots: Sequence[ShotEdit], before: ShotEdit | None, after: ShotEdit
) -> tuple[ShotEdit, ...]:
    """Return shots with one of them changed, or with a new one; one with nothing of its own goes.

    Args:
        shots: as they are.
        before: the one that is changed; None for a new one.
        after: what it becomes.
    """
    kept = [shot for shot in shots if shot != before]
    if after.look is not None or after.points:
        kept.append(after)
    return tuple(sorted(kept, key=lambda shot: (shot.start, shot.end)))
