"""Presets: what edits of different photos may share, under names of the person's own.

A preset is a partial edit, one JSON file of the folder each, so that people can copy, mail and
mend them.
Invariant: what belongs to one photo alone (its colour points, say) never travels to another.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

from colordesk.edit import SCHEMA, Edit, EditError, read_edit
from colordesk.paths import atomic_write

_SHARED = ("model", "size", "look")
_SUFFIX = ".json"
_LONGEST = 80
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')  # in file names, on one system or another


def shared(source: Edit, onto: Edit) -> Edit:
    """Return the edit of one photo with all that can be taken over from that of another."""
    return replace(onto, **{name: getattr(source, name) for name in _SHARED})


def preset_names(folder: Path) -> list[str]:
    """Return the names of all presets, in alphabetical order.

    Raises:
        OSError: the folder cannot be read.
    """
    if not folder.is_dir():
        return []
    files = (path for path in folder.iterdir() if path.suffix == _SUFFIX)
    return sorted((p.stem for p in files if not p.name.startswith(".")), key=str.casefold)


def save_preset(folder: Path, name: str, edit: Edit) -> str:
    """Keep what an edit can share; return the name, which is the given one where disks allow it.

    Raises:
        EditError: the name is empty.
        OSError: the folder cannot be made or written.
    """
    path = preset_file(folder, name)
    everything = json.loads(edit.to_json())
    data = {"schema": SCHEMA} | {field: everything[field] for field in _SHARED}
    folder.mkdir(parents=True, exist_ok=True)
    with atomic_write(path) as temporary:
        temporary.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
    return path.stem


def read_preset(folder: Path, name: str, onto: Edit) -> Edit:
    """Return an edit with all that a preset names.

    Raises:
        EditError: the file is no preset.
        OSError: the file cannot be read.
    """
    path = preset_file(folder, name)
    preset = read_edit(path, onto)
    return shared(preset, onto)


def delete_preset(folder: Path, name: str) -> None:
    """Delete a preset.

    Raises:
        OSError: it cannot be deleted.
    """
    preset_file(folder, name).unlink(missing_ok=True)


def preset_file(folder: Path, name: str) -> Path:
    """Return the file of a preset, whose name is the given one where disks allow it.

    Raises:
        EditError: the name is empty.
    """
    usable = _FORBIDDEN.sub("-", name).strip(" .")[:_LONGEST].strip(" .")
    if not usable:
        raise EditError("a preset needs a name")
    return folder / f"{usable}{_SUFFIX}"
