"""Which file becomes which: the names of a batch's results, before any work.

Invariant: no target is a source, and no two sources share a target.
"""

from __future__ import annotations

import datetime
import itertools
import os
import re
import stat
import string
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from colordesk.errors import ColorDeskError, FileError
from colordesk.folder import MARK, is_result, originals
from colordesk.photo import SAVABLE, is_openable

TEMPLATE = "{name}"
"""The name of the source, which is what a result is called unless it is told otherwise."""
FIELDS = ("name", "folder", "number", "date")
"""What a template may have in braces: the source's name, its folder, its number, today."""
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_LONGEST_STEM = 200
_FORMATS = {suffix: name for name, suffix in SAVABLE.items()} | {".jpeg": "jpg", ".tiff": "tif"}


class PlanError(ColorDeskError):
    """What was asked for makes no sense as a whole; nothing was written.

    Args:
        problem: one plain sentence without its full stop.
    """

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
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
    tree: bool = True,
    template: str = TEMPLATE,
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
        tree: keep the folders of a folder; else all its photos go into one.
        template: of the names, with `FIELDS` in braces; `{number:04}` has four digits at least.

    Raises:
        PlanError: `output` does not fit the inputs or `format`, or the template is none.
        OSError: `output` cannot even be looked at.
    """
    check_template(template)
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
            entries = _pictures(path, base, recursive, tree)
        else:
            entries = iter([(path, output or path.parent, None)])
        for entry in entries:
            found.setdefault(_located(entry[0]), entry)
    namer = _Namer(format, template, [source for source, _, _ in found.values()])
    return [
        _readable(Item(source, *namer.name(source, folder), error))
        for source, folder, error in found.values()
    ]


def check_template(template: str) -> None:
    """Refuse a template of names that means nothing.

    Raises:
        PlanError: it has unknown fields, or characters that no file name may have.
    """
    try:
        parts = list(string.Formatter().parse(template))
    except ValueError as error:
        raise PlanError(f"the name {template} has a brace that does not fit ({error})") from error
    for text, field, width, conversion in parts:
        if _NOT_IN_NAMES.search(text) or "{" in text or "}" in text:
            raise PlanError(f"the name {template} has a character that file names cannot have")
        if field is None:
            continue
        if field not in FIELDS or conversion:
            known = ", ".join(f"{{{name}}}" for name in FIELDS)
            raise PlanError(f"the name {template} may have only {known} in braces")
        if width and (field != "number" or not re.fullmatch(r"0?[1-9]", width)):
            raise PlanError(f"the name {template} may have digits only in {{number:04}}")
    if not any(field in ("name", "number") for _, field, _, _ in parts):
        raise PlanError(f"the name {template} would be the same for all; it needs {{name}}")


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
    folder: Path, out: Path, recursive: bool, tree: bool
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
                yield path, (out / here.relative_to(folder) if tree else out), None
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

    def __init__(self, format: str | None, template: str, sources: Sequence[Path]) -> None:
        self._format, self._template = format, template
        self._folders: dict[Path, str] = {}
        self._taken = {self._key(path) for path in sources}
        self._digits = len(str(len(sources)))
        self._number = 0
        self._date = datetime.date.today().isoformat()

    def name(self, source: Path, folder: Path) -> tuple[Path, Path | None]:
        """Return the `target` and `deep_target` of a source in a folder."""
        base = self._stem(source)
        beside = self._real(folder) == self._real(source.parent)
        mark = MARK if beside and base == source.stem else ""
        own = _FORMATS.get(source.suffix.lower())
        if self._format:
            suffixes = [source.suffix if own == self._format else SAVABLE[self._format]]
        else:
            suffixes = [source.suffix] if own else [SAVABLE["jpg"], SAVABLE["png"]]
        spelled = f"{base}-{source.suffix[1:]}"
        numbered = (f"{base}-{n}" for n in itertools.count(2))
        stems = itertools.chain([base, spelled], numbered)
        while True:
            stem = next(stems)
            targets = [folder / f"{stem}{mark}{suffix}" for suffix in suffixes]
            keys = {self._key(target) for target in targets}
            if self._taken.isdisjoint(keys):
                self._taken |= keys
                return targets[0], (targets[1] if len(targets) > 1 else None)

    def _stem(self, source: Path) -> str:
        """Return the name that the template gives, without its suffix."""
        self._number += 1
        if self._template == TEMPLATE:
            return source.stem
        number = f"{self._number:0{self._digits}}"
        stem = self._template.replace("{number}", number).format(
            name=source.stem,
            folder=source.absolute().parent.name,
            number=self._number,
            date=self._date,
        )
        return _NOT_IN_NAMES.sub("-", stem)[:_LONGEST_STEM].strip(" .") or source.stem

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
