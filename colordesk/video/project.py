"""A film project: clips with in and out points, their order, and how they are coloured.

It travels as readable JSON with a schema version. Paths in it are relative to the file.
Invariant: a project that exists is valid as far as it can be said without opening the clips.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from colordesk.edit import EditError, Look, edit_from_json, validation
from colordesk.paths import atomic_write
from colordesk.video.errors import ProjectError
from colordesk.video.film import Film, Part
from colordesk.video.probing import measured, open_clip
from colordesk.video.shot_edits import ShotEdit, seconds_from_data, shots_from_data
from colordesk.video.treatment import Treatment

SCHEMA = 2
_READS = (1, 2)  # 1 knew neither shots nor frame rates nor grain
_MAX_FILE_BYTES = 16 << 20
_MOST_CLIPS = 10_000
FRAME_RATES = (0.1, 1000.0)
"""Between which numbered frames are shown, a second."""
_FINEST_RATE = 1001  # 24000/1001 and its like are found again in decimals


@dataclass(frozen=True)
class Piece:
    """A clip of a project, or a part of one."""

    path: Path
    start: Fraction = Fraction(0)
    """Seconds after the first frame."""
    end: Fraction | None = None
    """Seconds after the first frame; None means the end of the clip."""
    rate: Fraction | None = None
    """Frames per second, of a folder of numbered frames."""
    shots: tuple[ShotEdit, ...] = ()
    """What single shots have of their own, by the clip's own time."""


@dataclass(frozen=True)
class Project:
    """Pieces that are shown one after another, and how they are coloured."""

    pieces: tuple[Piece, ...]
    treatment: Treatment = field(default_factory=Treatment)


def open_project(project: Project) -> Film:
    """Probe the clips of a project.

    Raises:
        VideoError: a clip cannot be coloured, or they do not go together.
        OSError: a clip cannot be read.
    """
    names = {(piece.path, piece.rate) for piece in project.pieces}
    clips = {name: open_clip(*name) for name in names}
    for piece in project.pieces[:-1]:  # when the next one begins has to be known
        clip = clips[piece.path, piece.rate]
        if piece.end is None and clip.duration is None:
            clips[piece.path, piece.rate] = measured(clip)
    return Film(tuple(Part(clips[p.path, p.rate], p.start, p.end, p.shots) for p in project.pieces))


def read_project(path: Path) -> Project:
    """Read a project file.

    Raises:
        ProjectError: it is no project.
        OSError: it cannot be read.
    """
    if path.stat().st_size > _MAX_FILE_BYTES:
        raise ProjectError(path, "it is far too large for a project")
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise ProjectError(path, f"it is not valid JSON ({error})") from error
    try:
        return _project(data, path.parent)
    except (EditError, _Wrong) as error:
        raise ProjectError(path, error.args[0]) from error


def write_project(project: Project, path: Path) -> None:
    """Write a project file atomically.

    Raises:
        OSError: the folder cannot be written, or the disk is full.
    """
    treatment = project.treatment
    data = {
        "schema": SCHEMA,
        "clips": [_data(piece, path.parent) for piece in project.pieces],
        "edit": json.loads(treatment.edit.to_json()),
        "every": treatment.every,
        "smooth": treatment.smooth,
        "clean": treatment.clean,
        "deinterlace": treatment.deinterlace,
        "points_at": float(treatment.points_at),
    }
    text = json.dumps(data, indent=2, ensure_ascii=False) + "\n"
    with atomic_write(path) as temporary:
        # a file name that is no Unicode is escaped as JSON does it
        temporary.write_bytes(text.encode("utf-8", "backslashreplace"))


class _Wrong(Exception):
    """What is wrong with a project, as a clause."""


def _project(data: Any, folder: Path) -> Project:
    if not isinstance(data, dict):
        raise _Wrong("it must be a JSON object")
    if "clips" not in data:
        raise _Wrong("it names no clips")
    if data.get("schema") not in _READS:
        raise _Wrong(f"its schema is {data.get('schema')!r}, this program reads up to {SCHEMA}")
    known = {"schema", "clips", "edit", "every", "smooth", "clean", "deinterlace", "points_at"}
    if unknown := sorted(set(data) - known):
        raise _Wrong(f"it has an unknown field {unknown[0]}; known: {', '.join(sorted(known))}")
    clips = data.get("clips")
    if not isinstance(clips, list) or not 1 <= len(clips) <= _MOST_CLIPS:
        raise _Wrong("clips must be a list of clips")
    usual = Treatment()
    edit = edit_from_json(json.dumps(data.get("edit", {})), folder=folder)
    every, smooth = data.get("every", usual.every), data.get("smooth", usual.smooth)
    clean, deinterlace = data.get("clean", usual.clean), data.get("deinterlace", usual.deinterlace)
    if {type(every), type(smooth), type(clean)} != {int} or type(deinterlace) is not bool:
        raise _Wrong("every, smooth and clean must be whole numbers, deinterlace true or false")
    try:
        points_at = seconds_from_data("points_at", data.get("points_at", 0))
        treatment = Treatment(edit, every, smooth, clean, deinterlace, points_at)
    except ValueError as error:
        raise _Wrong(str(error)) from error
    return Project(tuple(_piece(clip, folder, edit.look) for clip in clips), treatment)


def _data(piece: Piece, folder: Path) -> dict[str, Any]:
    data: dict[str, Any] = {"path": _relative(piece.path, folder), "start": float(piece.start)}
    if piece.end is not None:
        data["end"] = float(piece.end)
    if piece.rate is not None:
        data["fps"] = float(piece.rate)
    if piece.shots:
        data["shots"] = [shot.to_data() for shot in piece.shots]
    return data


def _piece(data: Any, folder: Path, look: Look) -> Piece:
    if not isinstance(data, dict) or not isinstance(data.get("path"), str) or not data["path"]:
        raise _Wrong("every clip must be an object with a path")
    known = ("path", "start", "end", "fps", "shots")
    if unknown := sorted(set(data) - set(known)):
        raise _Wrong(f"a clip has an unknown field {unknown[0]}; known: {', '.join(known)}")
    start = seconds_from_data("start", data.get("start", 0))
    end = None if data.get("end") is None else seconds_from_data("end", data["end"])
    if end is not None and end <= start:
        raise _Wrong(f"the clip {data['path']} ends before it starts")
    rate = None
    if data.get("fps") is not None:
        fps = validation.a_number("fps", data["fps"])
        validation.check_range("fps", fps, *FRAME_RATES)
        rate = Fraction(fps).limit_denominator(_FINEST_RATE)
    shots = shots_from_data(data.get("shots", []), look)
    return Piece(folder / data["path"], start, end, rate, shots)


def _relative(path: Path, folder: Path) -> str:
    try:
        return Path(os.path.relpath(path.absolute(), folder.absolute())).as_posix()
    except ValueError:  # on another drive
        return str(path.absolute())
