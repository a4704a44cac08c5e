"""Which files are film: told by their names, and of GIFs by whether they move."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from colordesk.edit import sidecar_path

_NAMES = "3gp asf avi dv flv m2ts m2v m4v mkv mov mp4 mpeg mpg mts mxf ogv ts vob webm wmv y4m"
FILM_SUFFIXES = frozenset(f".{name}" for name in _NAMES.split())
PROJECT_SUFFIX = ".json"
_LEAST_FRAMES = 24
_NUMBERED = re.compile(r"(.*?)(\d+)$")


def is_film(path: Path) -> bool:
    """Whether a file is film by its name, an animated GIF, or a folder that was opened as film."""
    suffix = path.suffix.lower()
    if suffix in FILM_SUFFIXES:
        return True
    return (suffix == ".gif" and _moves(path)) or (path.is_dir() and sidecar_path(path).is_file())


def is_project(path: Path) -> bool:
    """Whether a file is a film project by its name."""
    return path.suffix.lower() == PROJECT_SUFFIX


def look_like_frames(names: Sequence[Path]) -> bool:
    """Whether pictures seem to be the frames of a film: many, alike in name, numbered in a row."""
    found = [_NUMBERED.fullmatch(path.stem) for path in names]
    if len(names) < _LEAST_FRAMES or len({path.suffix for path in names}) > 1:
        return False
    numbers = sorted(int(match[2]) for match in found if match)
    stems = {match[1] if match else None for match in found}
    in_a_row = bool(numbers) and numbers == list(range(numbers[0], numbers[0] + len(names)))
    return len(stems) == 1 and in_a_row


def _moves(path: Path) -> bool:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path) as image:
            return bool(getattr(image, "is_animated", False))
    except (OSError, UnidentifiedImageError, ValueError, Image.DecompressionBombError):
        return False
