"""Where the colour points of a shot are on the frame that is looked at.

Hides that following them reads the shot, and is done once for all of its frames. On the frame on
which a point was set nothing is followed, so that it is seen at once while it is moved.
Invariant: a change of colour follows nothing anew.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from typing import TYPE_CHECKING

from colordesk.cache import Cache

if TYPE_CHECKING:
    from colordesk.edit import ColorPoint
    from colordesk.task import Task
    from colordesk.video.clip import Clip
    from colordesk.video.reading import Frame
    from colordesk.video.seeing import Places
    from colordesk.video.shot_edits import ShotEdit

_CACHE_BYTES = 1 << 24
_POINT_BYTES = 400


class Following:
    """Follows points; what was found for the last shots is remembered. For one thread."""

    def __init__(self) -> None:
        self._found = Cache(_CACHE_BYTES)

    def places(
        self,
        clip: Clip,
        shot: ShotEdit,
        frame: Frame,
        working: tuple[int, int],
        task: Task,
    ) -> dict[int, ColorPoint]:
        """Return the points that are on a frame as it is stored, by their numbers in the shot.

        Args:
            clip: the clip.
            shot: which holds the frame.
            frame: the one that is looked at.
            working: (width, height) of the model's chroma.
            task: cancelling it stops the following.

        Raises:
            VideoError, OSError, Cancelled: the clip cannot be read, or not any more.
        """
        from colordesk.video.hinting import stored

        found: dict[int, ColorPoint] = {}
        seconds = clip.since_first(frame.time)
        for at in dict.fromkeys(timed.at for timed in shot.points):
            group = [n for n, timed in enumerate(shot.points) if timed.at == at]
            if 0 <= at - seconds < 1 / clip.rate:
                for number in group:
                    point = shot.points[number].point
                    x, y = stored(point.x, point.y, clip)
                    found[number] = replace(point, x=x, y=y)
                continue
            there = self._followed(clip, shot, group, working, task).get(frame.time, {})
            for index, number in enumerate(group):
                if index in there:
                    carried, own = there[index], shot.points[number].point
                    found[number] = replace(own, x=carried.x, y=carried.y, radius=carried.radius)
        return found

    def _followed(
        self, clip: Clip, shot: ShotEdit, group: list[int], working: tuple[int, int], task: Task
    ) -> Places:
        from colordesk.video.film import Part
        from colordesk.video.seeing import Eyes

        points = [shot.points[number] for number in group]
        where = tuple((timed.point.x, timed.point.y, timed.point.radius) for timed in points)
        key: Hashable = (clip.identity, shot.start, shot.end, points[0].at, where, working)
        found: Places | None = self._found.get(key)
        if found is None:
            chroma = "4:2:0" if clip.chroma == "gray" else clip.chroma
            part = Part(clip, shot.start, shot.end)
            found = Eyes(part, working, chroma, True, task.part(0.0, 0.0)).places(points)
            self._found.put(key, found, _POINT_BYTES * sum(map(len, found.values())))
        return found
