"""The frames of a part of a film as the model and the painter see them.

Hides the sizes that are seen, where reading begins, and where colour points are on each frame.
Invariant: what is seen of a frame depends on that frame only.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from colordesk.strips import cpu_threads
from colordesk.video.colouring import LOOK_AHEAD, Seen
from colordesk.video.film import Part
from colordesk.video.hinting import FARTHEST, followed
from colordesk.video.layout import Chroma, chroma_size
from colordesk.video.paint import guide_of, small_luma
from colordesk.video.reading import Damage, Frame, read_frames
from colordesk.video.segments import Restart
from colordesk.video.yuv import lightness

if TYPE_CHECKING:
    from colordesk.edit import ColorPoint
    from colordesk.task import Task
    from colordesk.video.shot_edits import ShotEdit, TimedPoint

Places = dict[int, dict[int, "ColorPoint"]]
"""By the time of a frame, then by number: the points on it, as the frame is stored."""


@dataclass(frozen=True)
class Eyes:
    """How the frames of one part are looked at."""

    part: Part
    working: tuple[int, int]
    """(width, height) of the model's chroma."""
    chroma: Chroma
    """How U and V of the film in colour are sampled."""
    deinterlace: bool
    """Make frames that are flagged as interlaced whole."""
    task: Task
    """Cancelling it stops the reading."""

    def seen(
        self,
        damage: Damage,
        *,
        number: int = 0,
        index: int = 0,
        since: int | None = None,
    ) -> Generator[Seen, None, None]:
        """Yield the frames of the part.

        Args:
            damage: told of what cannot be read.
            number: of the part in its film.
            index: number of the first frame in the film.
            since: the time of the first frame wanted; None means the first one of the part.

        Raises:
            VideoError, OSError, Cancelled: the clip cannot be read, or not any more.
        """
        clip = self.part.clip
        size = chroma_size(clip.width, clip.height, self.chroma)
        before: deque[tuple[int, int]] = deque(maxlen=LOOK_AHEAD + 1)
        woven = clip.interlaced and not self.deinterlace
        for frame in self._frames(damage, since):
            before.append((frame.time, damage.count))
            guide = guide_of(frame.luma, size, interlaced=woven)
            begin, skipped = before[0]
            restart = Restart(number, index, begin, len(before) - 1, skipped)
            luma = small_luma(guide, clip.encoding, self.working)
            yield Seen(index, restart, frame, guide, luma, lightness(luma))
            index += 1

    def _frames(self, damage: Damage, since: int | None) -> Iterator[Frame]:
        """Yield what the part shows: its frames, after the still in which it begins, if it does."""
        part, clip = self.part, self.part.clip
        begins = since is None and not part.whole
        if begins:
            since = int((clip.start + part.start) / clip.time_base)
        # the encoder waits for cores, not for frames: one thread decodes with the least work
        threads = max(1, cpu_threads() // 4)
        still: Frame | None = None
        for frame in read_frames(
            clip,
            damage,
            deinterlace=self.deinterlace,
            since=since,
            shown=begins,
            threads=threads,
        ):
            self.task.check()
            if clip.since_first(frame.time) < part.start:
                still = frame
                continue
            if still is not None and part.shows(clip.since_first(frame.time)):
                yield _cut(replace(still, length=frame.time - still.time), part)
            still = None
            if part.is_over(frame.time):
                return
            yield _cut(frame, part)
        if still is not None and part.shows(clip.since_first(still.time + still.length)):
            yield _cut(still, part)

    def places(self, points: Sequence[TimedPoint]) -> Places:
        """Return where points are on the frames of the shots in which they were set.

        Args:
            points: with moments after the clip's first frame.

        Raises:
            VideoError, OSError, Cancelled: the clip cannot be read, or not any more.
        """
        clip = self.part.clip
        places: Places = {}
        for at in dict.fromkeys(timed.at for timed in points):
            numbers = [number for number, timed in enumerate(points) if timed.at == at]
            moment = int((clip.start + at) / clip.time_base)
            since = moment - int(FARTHEST / clip.rate / clip.time_base)
            with closing(self.seen(Damage(), since=since)) as frames:
                group = [points[number].point for number in numbers]
                for time, there in followed(frames, group, moment, clip).items():
                    numbered = {numbers[index]: point for index, point in there.items()}
                    places.setdefault(time, {}).update(numbered)
        return places

    def shot_places(self, shot: ShotEdit) -> Places:
        """Return where the points of a shot are on its frames, by their numbers in the shot.

        Raises:
            VideoError, OSError, Cancelled: the clip cannot be read, or not any more.
        """
        part = Part(self.part.clip, shot.start, shot.end)
        return replace(self, part=part).places(shot.points)


def _cut(frame: Frame, part: Part) -> Frame:
    length = part.lasts(frame.time, frame.length)
    return frame if length == frame.length else replace(frame, length=length)


def laid(*many: Places) -> dict[int, list[ColorPoint]]:
    """Return points of several kinds by the times of the frames; those that decide come last."""
    found: dict[int, list[ColorPoint]] = {}
    for places in many:
        for time, there in places.items():
            found.setdefault(time, []).extend(there[number] for number in sorted(there))
    return found
