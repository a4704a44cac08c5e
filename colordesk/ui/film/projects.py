"""From files to what lies on the timeline, and back to the project that keeps it.

Every function is meant for a worker.
Invariant: nothing is loaded before a film is opened, and a file that holds more than could be read
is not written over.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from colordesk.edit import sidecar_path
from colordesk.errors import ColorDeskError
from colordesk.task import Task
from colordesk.ui.film.cut import Choices, Stretch, apart, trimmed, whole
from colordesk.ui.film.kinds import is_project
from colordesk.video.shot_edits import ShotEdit, TimedPoint

if TYPE_CHECKING:
    from colordesk.video.clip import Clip
    from colordesk.video.film import Film
    from colordesk.video.project import Project


@dataclass(frozen=True, eq=False)
class Found:
    """What was found of a film."""

    choices: Choices
    file: Path
    """Where they are kept."""
    problem: Exception | None = None
    """Why what lies there could not be used; then it is left alone."""


@dataclass(frozen=True, eq=False)
class Added:
    """Clips that go with those of a film."""

    clips: tuple[tuple[Clip, int], ...]
    """Each with the number of its frames."""
    problem: Exception | None
    """Why one of the others does not."""


def find(path: Path, rate: Fraction | None, task: Task) -> Found:
    """Return what a film, a folder of numbered frames or a project is cut from.

    Args:
        path: of it.
        rate: frames per second, of numbered frames.
        task: cancelling it stops the counting of frames.

    Raises:
        VideoError: it is no film, or one that cannot be coloured.
        OSError: it cannot be read.
    """
    from colordesk.video.errors import VideoError
    from colordesk.video.probing import open_clip
    from colordesk.video.project import read_project

    if is_project(path):
        return Found(_choices(read_project(path), task), path)
    clip = open_clip(path, rate)
    fresh = Choices((whole(clip, counted(clip, task)),))
    beside = sidecar_path(path)
    try:
        if not beside.exists():
            return Found(fresh, beside)
        project = read_project(beside)
        if not any(piece.path.absolute() == path.absolute() for piece in project.pieces):
            raise VideoError(beside, f"it is a project of other films than {path.name}")
        return Found(_choices(_at_rate(project, path, rate), task), beside)
    except (ColorDeskError, OSError) as error:
        return Found(fresh, beside, error)


def add(stretches: Sequence[Stretch], paths: Sequence[Path], task: Task) -> Added:
    """Open clips that are to go with others; those that do not are left out.

    Raises:
        Cancelled: the owner of the task asked for it.
    """
    from colordesk.video.film import Film, Part
    from colordesk.video.probing import open_clip

    first = Part(stretches[0].clip)
    clips: list[tuple[Clip, int]] = []
    problem: Exception | None = None
    for path in paths:
        try:
            clip = open_clip(path)
            Film((first, Part(clip)))
            clips.append((clip, counted(clip, task)))
        except (ColorDeskError, OSError) as error:
            problem = problem or error
    return Added(tuple(clips), problem)


def keep(choices: Choices, file: Path) -> None:
    """Write the project of a film.

    Raises:
        OSError: the folder cannot be written.
    """
    from colordesk.video.project import Piece, Project, write_project

    pieces = tuple(
        Piece(one.clip.path, *one.span, one.clip.rate if one.clip.frames else None, one.shots)
        for one in choices.stretches
    )
    try:
        write_project(Project(pieces, choices.treatment), file)
    except OSError as error:  # it may name a temporary file
        raise OSError(error.errno, error.strerror or str(error), str(file)) from error


def film_of(choices: Choices) -> Film:
    """Return what is exported.

    Raises:
        VideoError: the clips do not go together.
    """
    from colordesk.video.film import Film, Part

    return Film(tuple(Part(one.clip, *one.span, one.shots) for one in choices.stretches))


def points_of_film(choices: Choices, number: int) -> ShotEdit | None:
    """Return the colour points that a project has of the whole film, if a stretch holds them."""
    treatment = choices.treatment
    if not treatment.edit.points:
        return None
    film = film_of(choices)
    part = film.parts[number]
    before = sum((other.length for other in film.parts[:number]), Fraction(0))
    after = treatment.points_at - before
    if not 0 <= after < part.length:
        return None
    points = tuple(TimedPoint(part.start + after, point) for point in treatment.edit.points)
    return ShotEdit(part.start, part.start + part.length, None, points)


def counted(clip: Clip, task: Task) -> int:
    """Return how many frames a clip has, counting them where its file does not say."""
    from colordesk.video.reading import Damage, read_frames

    if clip.frame_count:
        return clip.frame_count
    count = 0
    frames = read_frames(clip, Damage())
    assert isinstance(frames, Generator)
    with closing(frames):
        for _ in frames:
            task.check()
            count += 1
    return max(count, 1)


def _choices(project: Project, task: Task) -> Choices:
    from colordesk.video.project import open_project

    found = []
    counts: dict[str, int] = {}
    for part in open_project(project).parts:
        clip = part.clip
        if clip.identity not in counts:
            counts[clip.identity] = counted(clip, task)
        one = trimmed(clip, counts[clip.identity], part.start, part.end)
        found.append(replace(one, shots=part.shots))
    return Choices(apart(found), project.treatment)


def _at_rate(project: Project, path: Path, rate: Fraction | None) -> Project:
    """Let the frames of a folder follow each other at another rate than was kept."""
    pieces = []
    for piece in project.pieces:
        if rate is not None and piece.rate is not None and piece.path.absolute() == path.absolute():
            share = piece.rate / rate
            shots = tuple(
                replace(
                    shot,
                    start=shot.start * share,
                    end=shot.end * share,
                    points=tuple(replace(p, at=p.at * share) for p in shot.points),
                )
                for shot in piece.shots
            )
            end = None if piece.end is None else piece.end * share
            piece = replace(piece, start=piece.start * share, end=end, rate=rate, shots=shots)
        pieces.append(piece)
    return replace(project, pieces=tuple(pieces))
