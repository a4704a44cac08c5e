"""Which file becomes which: the names of a batch's results, before any work.

Invariant: no target is a source, and no two sources share a target.
"""

from __future__ import annotations

import itertools
import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from colordesk.errors import ColorDeskError
from colordesk.folder import MARK, is_result, originals
from colordesk.photo import SAVABLE, is_openable

_FORMATS = {suffix: name for name, suffix in SAVABLE.items()} | {".jpeg": "jpg", ".tiff": "tif"}


class PlanError(ColorDeskError):
    """What was asked for makes no sense as a whole; nothing was written.

    Args:
        problem: one plain sentence without its full stop.
    """

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class FileError(ColorDeskError):
    """A file cannot be the source, or may not be the target, of a photo.

    Args:
        path: the file.
        problem: one plain clause, e.g. ``"it exists already"``.
    """

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(path, problem)
        self.path = path
        self.problem = problem


@dataclass(frozen=True)
class Item:
    """One photo to colorize."""

    source: Path
    target: Path
    deep_target: Path | None = None
    """Where it goes instead if it has alpha or 16 bits, which the format of `target` would lose."""
    error: Exception | None = None
    """Why it cannot be read, where the planning already found out."""


def plan(
    inputs: Sequence[Path],
    output: Path | None = None,
    *,
    format: str | None = None,
    recursive: bool = False,
) -> list[Item]:
    """Decide which file becomes which.

    One file goes to the file `output` or into the folder `output`; one folder becomes the folder
    `output` with the same tree; several inputs go into the folder `output`, folders under their own
    names. Without `output`, `a.jpg` becomes `a-color.jpg` beside it and a folder becomes
    `<folder>-color` beside it. In folders, hidden files, links to folders and the results of
    earlier runs are left out.

    Args:
        inputs: files and folders.
        output: file or folder; what does not exist and has no suffix is going to be a folder.
        format: a key of `photo.SAVABLE`; None keeps that of the source where it can be written.
        recursive: look into the folders of a folder as well.

    Raises:
        PlanError: `output` does not fit the inputs or `format`.
        OSError: `output` cannot even be looked at.
    """
    alone = len(inputs) == 1
    if output is not None and not output.is_dir() and (output.suffix or output.exists()):
        if alone and not _is_folder(inputs[0]):
            return [_readable(Item(inputs[0], _output_file(output, format)))]
        if output.exists() or output.suffix.lower() in _FORMATS:
            raise PlanError(f"{output} is one file, but a folder or several photos are to go there")
    found: dict[Path, tuple[Path, Path, Exception | None]] = {}  # source, its folder out, error
    for path in inputs:
        if _is_folder(path):
            base = _folder_out(path, output, alone)
            entries = _pictures(path, base, recursive)
        else:
            entries = iter([(path, output or path.parent, None)])
        for entry in entries:
            found.setdefault(_located(entry[0]), entry)
    namer = _Namer(format, [source for source, _, _ in found.values()])
    return [
        _readable(Item(source, *namer.name(source, folder), error))
        for source, folder, error in found.values()
    ]


def _output_file(output: Path, format: str | None) -> Path:
    """Check the name of the one file that is to be written."""
    written = _FORMATS.get(output.suffix.lower())
    if written is None:
        raise PlanError(
            f"{output} is no folder, and as a file it would have to end in {', '.join(_FORMATS)}"
        )
    if format not in (None, written):
        raise PlanError(f"{output} and the format {format} contradict each other")
    return output


def _folder_out(folder: Path, output: Path | None, alone: bool) -> Path:
    if output is not None and alone:
        return output
    named = folder if folder.name not in ("", "..") else folder.resolve()
    if output is not None:
        return output / named.name
    if not named.name:
        raise PlanError(f"{folder} is a whole disk, so the folder for the results must be given")
    return named.with_name(named.name + MARK)


def _pictures(
    folder: Path, out: Path, recursive: bool
) -> Iterator[tuple[Path, Path, Exception | None]]:
    """Yield the pictures of a folder, each with its folder out, and the folders it cannot read."""
    unreadable: list[OSError] = []
    for root, folders, files in os.walk(folder, onerror=unreadable.append):
        here = Path(root)
        folders[:] = sorted(
            name
            for name in folders
            if recursive
            and not name.startswith(".")
            and not is_result(name, folders)
            and _located(here / name) != _located(out)
        )
        stems = originals(files)
        for name in sorted(files):
            path = here / name
            if is_openable(path) and not (name.startswith(".") or is_result(path.stem, stems)):
                yield path, out / here.relative_to(folder), None
    yield from ((Path(error.filename), out, error) for error in unreadable)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # what is wrong with it is said when its turn comes
        return False


def _readable(item: Item) -> Item:
    """Find out early what can never be opened: a missing file, a pipe, a device."""
    if item.error is None:
        try:
            mode = item.source.stat().st_mode
        except OSError as error:
            return replace(item, error=error)
        if not stat.S_ISREG(mode):
            return replace(item, error=FileError(item.source, "it is not an ordinary file"))
    return item


class _Namer:
    """Gives every source a target that is no other's and is no source.

    Names that differ only in case or in Unicode composition are the same file on some disks, so
    they count as the same everywhere.
    """

    def __init__(self, format: str | None, sources: Iterable[Path]) -> None:
        self._format = format
        self._folders: dict[Path, str] = {}
        self._taken = {self._key(path) for path in sources}

    def name(self, source: Path, folder: Path) -> tuple[Path, Path | None]:
        """Return the `target` and `deep_target` of a source in a folder."""
        mark = MARK if self._real(folder) == self._real(source.parent) else ""
        own = _FORMATS.get(source.suffix.lower())
        if self._format:
            suffixes = [source.suffix if own == self._format else SAVABLE[self._format]]
        else:
            suffixes = [source.suffix] if own else [SAVABLE["jpg"], SAVABLE["png"]]
        spelled = f"{source.stem}-{source.suffix[1:]}"
        numbered = (f"{source.stem}-{n}" for n in itertools.count(2))
        stems = itertools.chain([source.stem, spelled], numbered)
        while True:
            stem = next(stems)
            targets = [folder / f"{stem}{mark}{suffix}" for suffix in suffixes]
            keys = {self._key(target) for target in targets}
            if self._taken.isdisjoint(keys):
                self._taken |= keys
                return targets[0], (targets[1] if len(targets) > 1 else None)

    def _key(self, path: Path) -> str:
        name = unicodedata.normalize("NFC", f"{self._real(path.parent)}/{path.name}")
        return name.casefold()

    def _real(self, folder: Path) -> str:
        if folder not in self._folders:
            self._folders[folder] = os.path.realpath(folder)
        return self._folders[folder]


def _located(path: Path) -> Path:
    """Return the one absolute spelling of a path; a link stays the link it is."""
    return Path(os.path.realpath(path.parent), path.name)
