"""Which files are film: told by their names, so that nothing is opened to know it."""

from __future__ import annotations

from pathlib import Path

_NAMES = "3gp asf avi dv flv m2ts m2v m4v mkv mov mp4 mpeg mpg mts mxf ogv ts vob webm wmv y4m"
FILM_SUFFIXES = frozenset(f".{name}" for name in _NAMES.split())


def is_film(path: Path) -> bool:
    """Whether a file is film by its name."""
    return path.suffix.lower() in FILM_SUFFIXES
