"""The photos of a folder, in the order that people expect, and what lies beside each.

Hides the rule by which results of earlier runs are known: a name that `plan` gives to one of the
originals beside it.
Invariant: a folder is read once, whatever number of photos is asked about, and no photo is opened.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from colordesk.edit import sidecar_path
from colordesk.photo import is_openable
from colordesk.task import Task

MARK = "-color"
"""What a result has after the name of its source, where both lie in one folder."""
_DIGITS = re.compile(r"(\d+)")
_NUMBER = re.compile(r"-\d+$")


@dataclass(frozen=True)
class Entry:
    """One photo that was found."""

    path: Path
    edited: bool = False
    """Whether an edit is kept beside it."""
    saved: bool = False
    """Whether a result of it lies beside it."""


def find(paths: Sequence[Path], task: Task) -> list[Entry]:
    """Look into folders, not into theirs; files are taken as they are.

    In folders, hidden files and results of earlier runs are left out.

    Raises:
        OSError: a folder cannot be read.
        Cancelled: the owner of the task asked for it.
    """
    listings: dict[Path, _Listing] = {}
    found: dict[Path, Entry] = {}
    for given in paths:
        path = given.absolute()
        if path.is_dir():
            listing = listings[path] = _read(path, task)
            for name in listing.photos():
                entry = listing.entry(path / name)
                found.setdefault(entry.path, entry)
        else:
            if path.parent not in listings:
                try:
                    listings[path.parent] = _read(path.parent, task)
                except OSError:  # what is wrong is said when the photo is opened
                    listings[path.parent] = _Listing(frozenset())
            found.setdefault(path, listings[path.parent].entry(path))
    return list(found.values())


def originals(names: Collection[str]) -> set[str]:
    """Return every stem that a result may have before its mark, for files of these names."""
    parts = [name.rpartition(".") for name in names]
    return {stem for stem, _, _ in parts} | {f"{stem}-{end}" for stem, _, end in parts}


def is_result(stem: str, stems: Collection[str]) -> bool:
    """Whether `plan` gives this name to the result of one of the originals beside it."""
    return any(base in stems for base in bases(stem))


class _Listing:
    """The names in one folder.

    Args:
        names: of all files.
    """

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names
        stems = originals(names)
        ends = [name.rpartition(".")[0] for name in names if MARK in name]
        self._results = {stem for stem in ends if is_result(stem, stems)}
        self._done = {base for stem in self._results for base in bases(stem)}

    def photos(self) -> Iterator[str]:
        """Yield the names of the photos, "scan 2" before "scan 10"."""
        for name in sorted(self._names, key=_natural):
            stem = name.rpartition(".")[0]
            if not name.startswith(".") and stem not in self._results and is_openable(Path(name)):
                yield name

    def entry(self, path: Path) -> Entry:
        """Return a photo with what lies beside it."""
        stem, end = path.stem, path.suffix[1:]
        return Entry(
            path,
            edited=sidecar_path(path).name in self._names,
            saved=stem in self._done or f"{stem}-{end}" in self._done,
        )


def _read(folder: Path, task: Task) -> _Listing:
    names = []
    with os.scandir(folder) as entries:
        for entry in entries:
            task.check()
            if not entry.is_dir():
                names.append(entry.name)
    return _Listing(frozenset(names))


def bases(stem: str) -> Iterator[str]:
    """Yield what may be the name of the original, if this is the name of a result."""
    base = stem.removesuffix(MARK)
    if base != stem:
        yield base
        yield _NUMBER.sub("", base)


def _natural(name: str) -> list[tuple[int, str]]:
    """Return a key that sorts "scan 2" before "scan 10"."""
    return [
        (int(part), "") if part.isdecimal() else (0, part)
        for part in _DIGITS.split(name.casefold())
        if part
    ]
