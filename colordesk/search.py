"""A saved thing is looked for in other photos; what is found is shown to a person, never painted.

Hides opening, shapes and files that cannot be read.
Invariant: one bad file never stops the rest, and memory does not grow with the number of photos.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from colordesk.edit import Edit, read_edit, sidecar_path
from colordesk.edit.geometry import Geometry
from colordesk.errors import ColorDeskError
from colordesk.features import Features
from colordesk.photo import Photo, PhotoError
from colordesk.render import Renderer
from colordesk.reshape import is_inside
from colordesk.steer.likeness import Match, NoFeatures, matches, signature
from colordesk.steer.saved import SavedColour
from colordesk.task import Cancelled, Task

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MOST_FOUND = 200
_SAME = 0.15  # of the photo, between two points of one name that mean the same thing


@dataclass(frozen=True, eq=False)
class Found:
    """A place in a photo that looks like a saved thing."""

    path: Path
    match: Match
    """In the photo, as colour points have it."""
    seen: Match
    """In the shape that the photo was given."""
    picture: NDArray[np.uint8]
    """The photo in its shape, small, sRGB h x w x 3."""


@dataclass(frozen=True, eq=False)
class Search:
    """What came of looking through photos."""

    found: tuple[Found, ...]
    """The most alike first; of very many only the most alike."""
    searched: int
    """How many photos were looked through."""
    unread: tuple[tuple[Path, Exception], ...]
    """Photos that could not be read, with the reason."""


def known_by(
    renderer: Renderer, photo: Photo, edit: Edit, place: tuple[float, float], task: Task
) -> tuple[str, tuple[float, ...]]:
    """Return the id of an edit's model, and by which features it knows the thing at a place.

    Args:
        renderer: has the models.
        photo: the photo.
        edit: its model and shape.
        place: x and y in the photo, from 0 to 1.
        task: progress and cancel.

    Raises:
        NoFeatures: the model cannot tell things apart.
        UnknownModel, ModelError, DeviceError, OutOfMemory: the model cannot be used.
        Cancelled: the owner of the task asked for it.
    """
    there = edit.geometry.forward([place], photo.width, photo.height)[0]
    geometry = edit.geometry if is_inside(there) else Geometry()  # a thing that was cut off
    model, features = renderer.features(photo, geometry, edit.model, task)
    known = signature(features, there if is_inside(there) else place)
    return model, tuple(known.tolist())


def look_for(
    known: Features,
    colour: SavedColour,
    photos: Sequence[tuple[Path, Edit | None]],
    task: Task,
) -> Search:
    """Look for a saved thing in photos; where a point of its name is already, it is passed over.

    When the task is cancelled, what was found so far is returned.

    Args:
        known: asks the models.
        colour: the thing, and the model that knows it.
        photos: each with its edit; None means the one kept beside it.
        task: progress and cancel.

    Raises:
        NoFeatures: the model cannot tell things apart, or does it otherwise by now.
        UnknownModel, ModelError, DeviceError, OutOfMemory: the model cannot be used.
    """
    best: list[tuple[float, int, Found]] = []
    unread: list[tuple[Path, Exception]] = []
    numbers, searched = itertools.count(), 0
    for index, (path, edit) in enumerate(photos):
        part = task.part(index / len(photos), (index + 1) / len(photos))
        try:
            part.progress(0.0, path.name)
            for found in _in_photo(known, colour, path, edit, part):
                entry = (found.match.likeness, -next(numbers), found)
                (heapq.heappushpop if len(best) >= _MOST_FOUND else heapq.heappush)(best, entry)
        except Cancelled:
            break
        except (PhotoError, OSError) as error:
            unread.append((path, error))
        searched += 1
    ordered = sorted(best, key=lambda entry: entry[:2], reverse=True)
    return Search(tuple(found for *_, found in ordered), searched, tuple(unread))


def _in_photo(
    known: Features, colour: SavedColour, path: Path, edit: Edit | None, task: Task
) -> list[Found]:
    edit = _kept(path) if edit is None else edit
    geometry = edit.geometry
    there = known.of(path, geometry, colour.model, task)
    if len(there.features) != len(colour.features):
        raise NoFeatures(colour.model, changed=True)
    seen = matches(there.features, np.array(colour.features, np.float32))
    places = geometry.backward([(m.x, m.y) for m in seen], there.width, there.height)
    return [
        Found(path, replace(match, x=x, y=y), match, there.picture)
        for match, (x, y) in zip(seen, places, strict=True)
        if is_inside((x, y)) and not _is_there(edit, colour.name, x, y)
    ]


def _kept(path: Path) -> Edit:
    """Return the edit beside a photo, a new one if there is none or it is of no use."""
    try:
        sidecar = sidecar_path(path)
        return read_edit(sidecar) if sidecar.exists() else Edit()
    except (ColorDeskError, OSError):  # it is told when the photo is opened
        return Edit()


def _is_there(edit: Edit, name: str, x: float, y: float) -> bool:
    """Whether a point of that name is at a place already."""
    return any(
        point.name == name and abs(point.x - x) < _SAME and abs(point.y - y) < _SAME
        for point in edit.points
    )
