"""Which result belongs to which true photograph, by name.

Invariant: every result is paired with at most one truth, and those of neither side that are left
over are told.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from colordesk.folder import bases
from colordesk.photo import is_openable


@dataclass(frozen=True)
class Pairs:
    """What belongs together."""

    truths: Sequence[Path]
    """All true photographs."""
    results: dict[Path, Path]
    """Truth -> its result."""
    strangers: Sequence[Path]
    """Results without a truth."""


def pair(results: Path, truths: Path) -> Pairs:
    """Pair the pictures of two folders, and of the folders inside them.

    A result has the name of its truth, whatever its suffix and case, with or without the mark that
    `colorize` puts behind it, and lies in the same place inside its folder. Where a folder has
    both, the one with the mark is the result.

    Raises:
        OSError: one of the folders cannot be read.
    """
    same = results.samefile(truths)
    true_paths = _pictures(truths)
    if same:  # then only what has the mark of a result is one
        known = {_place(path.parent / path.stem, truths) for path in true_paths}
        marked = {p for p in true_paths if any(b in known for b in _bases(p, truths))}
        true_paths = [path for path in true_paths if path not in marked]
        candidates = sorted(marked)
    else:
        candidates = _pictures(results)
    by_place: dict[tuple[str, ...], Path] = {}
    by_mark: dict[tuple[str, ...], Path] = {}
    for path in candidates:
        by_place.setdefault(_place(path.parent / path.stem, results), path)
        for base in _bases(path, results):
            by_mark.setdefault(base, path)
    found: dict[Path, Path] = {}
    taken: set[Path] = set()
    for truth in true_paths:
        place = _place(truth.parent / truth.stem, truths)
        with_end = (*place[:-1], f"{place[-1]}-{truth.suffix[1:].casefold()}")
        result = by_mark.get(with_end) or by_mark.get(place) or by_place.get(place)
        if result is not None and result not in taken:
            found[truth] = result
            taken.add(result)
    return Pairs(true_paths, found, [path for path in candidates if path not in taken])


def _pictures(folder: Path) -> list[Path]:
    """Return all pictures of a folder and of those inside it; hidden ones are passed over."""

    def fail(error: OSError) -> None:
        raise error

    found = []
    for root, folders, files in os.walk(folder, onerror=fail):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        paths = (Path(root, name) for name in sorted(files) if not name.startswith("."))
        found += [path for path in paths if is_openable(path)]
    return found


def _place(path: Path, folder: Path) -> tuple[str, ...]:
    """Return the folders and the name of a picture as they are compared."""
    parts = path.relative_to(folder).parts
    return tuple(unicodedata.normalize("NFC", part).casefold() for part in parts)


def _bases(path: Path, folder: Path) -> list[tuple[str, ...]]:
    """Return the places that the truth of a result with a mark may have."""
    return [_place(path.parent / base, folder) for base in bases(path.stem) if base]
