"""What a person knows of the colours of a film: points that stay on their thing, and a reference.

Hides where the points are on each frame. They are set at one moment and followed through the shot
that holds it, both ways along the motion; they reach less far as the way becomes doubtful.
Invariant: the model is not asked again for any of it, and other shots keep the model's colours but
for the reference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from colordesk import scale
from colordesk.cache import Cache
from colordesk.edit.steering import LEAST_RADIUS, ColorPoint
from colordesk.scale import GuidedChroma
from colordesk.steer.apply import spreading_size, steered
from colordesk.steer.hints import Hints
from colordesk.steer.reference import Palette, matched, read_reference
from colordesk.video.flow import Motion, MotionFinder
from colordesk.video.patches import remembered
from colordesk.video.points import carry_point
from colordesk.video.shots import ShotFinder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from colordesk.edit import Edit
    from colordesk.scale import Plane, Planes
    from colordesk.task import Task
    from colordesk.video.clip import Clip
    from colordesk.video.colouring import Seen
    from colordesk.video.reading import Frame

FARTHEST = 250
"""Frames to either side of its moment through which a point is followed, so memory is bounded."""
_CACHE_BYTES = 1 << 24
_FOR_PHOTOS = {"geometry": "the shape", "strokes": "strokes", "areas": "areas"}

Places = Mapping[int, "Sequence[ColorPoint]"]
"""By the time of a frame: the points on it, as the frame is stored."""


@dataclass(frozen=True, eq=False)
class Hinting:
    """A person's colours over the model's, for the frames of one clip; one thread."""

    places: Places
    palette: Palette | None
    strength: float
    """Of the reference, 0..1."""
    task: Task

    def __call__(self, frame: Frame, lightness: Plane, ab: Planes) -> Planes:
        """Return ab, 2 x h x w, of a frame with those colours in it.

        Args:
            frame: the frame.
            lightness: L*, h x w.
            ab: what the model says.

        Raises:
            Cancelled: the owner of the task asked for it.
        """
        points = tuple(self.places.get(frame.time, ()))
        if self.palette is None and not points:
            return ab
        chroma = GuidedChroma(np.zeros_like(ab), ab)
        if self.palette is not None:
            chroma = matched(chroma, lightness, self.palette, self.strength)
        if points:
            height, width = lightness.shape
            small = scale.resize(lightness, spreading_size(width, height))
            hints = Hints(points, None, None)
            cache = Cache(_CACHE_BYTES)  # no other frame has the same ways
            chroma = steered(chroma, small, hints, frame.time, cache, self.task.part(0.0, 0.0))
        steered_ab: Planes = chroma.slope * lightness + chroma.offset
        return steered_ab


def hinting(edit: Edit, places: Places, task: Task) -> Hinting | None:
    """Return what lays the colours of an edit over a clip; None if it says nothing of them.

    Args:
        edit: whose reference is used.
        places: from `followed`.
        task: asked now and then whether to go on.

    Raises:
        PaletteError, PhotoError, OSError: the reference cannot be used.
        Cancelled: the owner of the task asked for it.
    """
    reference = edit.reference if edit.reference and edit.reference.strength else None
    if reference is None:
        return Hinting(places, None, 0.0, task) if places else None
    palette = read_reference(reference.path, task.part(0.0, 0.0))
    return Hinting(places, palette, reference.strength / 100, task)


def followed(
    frames: Iterable[Seen], points: Sequence[ColorPoint], moment: int, clip: Clip
) -> dict[int, dict[int, ColorPoint]]:
    """Return where points are on the frames of the shot of their moment.

    They are found by the time of a frame, then by their number; those that are lost are left out.

    Args:
        frames: of the clip in order; they begin `FARTHEST` frames before the moment at most.
        points: places of the upright picture.
        moment: when they were set, in units of the clip's time base.
        clip: says how players turn and mirror it.
    """
    finder, finding = ShotFinder(), MotionFinder()
    times: list[int] = []
    motions: list[Motion] = []  # the n-th leads from frame n to n + 1
    looks: list[NDArray[np.uint8]] = []
    begins: list[bool] = []
    before: Plane | None = None
    after = 0
    for seen in frames:
        motion = None if before is None else finding.between(before, seen.lightness)
        if motion is not None:
            motions.append(motion)
        before = seen.lightness
        begins += finder.put(seen.lightness, motion)
        times.append(seen.frame.time)
        looks.append(remembered(seen.lightness))
        after += seen.frame.time > moment
        if after > FARTHEST or _over(times, begins, moment):
            break
    else:
        begins += finder.finish()
    here = max((n for n, time in enumerate(times) if time <= moment), default=None)
    if here is None or here >= len(begins):
        return {}
    start = max(n for n in range(here + 1) if begins[n])
    stop = next((n for n in range(here + 1, len(begins)) if begins[n]), len(begins))
    places: dict[int, dict[int, ColorPoint]] = {}
    for number, point in enumerate(points):
        x, y = stored(point.x, point.y, clip)
        shot = motions[start : stop - 1], looks[start:stop]
        for there in carry_point(x, y, here - start, *shot):
            reach = max(point.radius * there.confidence, LEAST_RADIUS)
            carried = replace(point, x=there.x, y=there.y, radius=reach)
            places.setdefault(times[start + there.frame], {})[number] = carried
    return places


def stored(x: float, y: float, clip: Clip) -> tuple[float, float]:
    """Return where a place of the upright picture is on the frame as it is stored."""
    if clip.mirrored:
        x = 1 - x
    for _ in range(round(clip.rotation / 90) % 4):
        x, y = 1 - y, x
    return x, y


def upright(x: float, y: float, clip: Clip) -> tuple[float, float]:
    """Return where a place of a frame as it is stored is on the upright picture."""
    for _ in range(round(clip.rotation / 90) % 4):
        x, y = y, 1 - x
    return 1 - x if clip.mirrored else x, y


def left_out(edit: Edit) -> tuple[str, ...]:
    """Return, as sentences, what an edit says that holds for photos only."""
    usual = type(edit)()
    names = [
        word for name, word in _FOR_PHOTOS.items() if getattr(edit, name) != getattr(usual, name)
    ]
    if not names:
        return ()
    return (f"Film leaves out what the edit says of {' and of '.join(names)}: that is for photos.",)


def _over(times: Sequence[int], begins: Sequence[bool], moment: int) -> bool:
    """Tell if another shot is known to have begun since the moment."""
    return any(begins[n] for n in range(len(begins)) if times[n] > moment)
