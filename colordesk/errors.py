"""The root of every error that ColorDesk raises on purpose.

An error carries data (which file, which limit, what was found); the words that a person reads are
made from that data in one place, `colordesk.explain`. Anything else that is raised is a bug.
"""

from __future__ import annotations

from pathlib import Path


class ColorDeskError(Exception):
    """Base of all errors that a person can be told about in one clear sentence."""


class FileError(ColorDeskError):
    """A file cannot be used as it was to be.

    Args:
        path: the file or folder.
        problem: one plain clause, e.g. ``"it exists already"``.
    """

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(path, problem)
        self.path = path
        self.problem = problem
