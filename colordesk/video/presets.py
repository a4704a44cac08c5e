"""How films are exported, under names: those that are built in, and a person's own.

An own preset is one JSON file of a folder, so that people can copy, mail and mend it.
Invariant: a preset that was read is valid.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, get_args

from colordesk.edit import EditError, validation
from colordesk.paths import atomic_write, presets_dir
from colordesk.presets import preset_file, preset_names
from colordesk.video.codecs import CODECS, PRESETS, ExportSettings, Speed
from colordesk.video.errors import UnknownPreset
from colordesk.video.treatment import Treatment

SCHEMA = 1
_MAX_FILE_BYTES = 1 << 16


@dataclass(frozen=True)
class FilmPreset:
    """Codec and quality of the file, and how steady the colours are."""

    settings: ExportSettings
    every: int = Treatment.every
    smooth: int = Treatment.smooth
    clean: int = Treatment.clean

    def onto(self, treatment: Treatment) -> Treatment:
        """Return how a film is coloured with this preset."""
        return replace(treatment, every=self.every, smooth=self.smooth, clean=self.clean)


BUILT_IN = {name: FilmPreset(settings) for name, settings in PRESETS.items()}


def film_presets_dir() -> Path:
    """Return the folder in which a person's own presets of films lie."""
    return presets_dir() / "film"


def suffix_of(settings: ExportSettings) -> str:
    """Return the suffix of a file that is written so."""
    return CODECS[settings.codec or "h264"].containers[0]


def find_film_preset(folder: Path, name: str) -> FilmPreset:
    """Return a preset by its name; those that are built in go first.

    Raises:
        UnknownPreset: there is none.
        EditError: the file is no preset of films.
        OSError: the file cannot be read.
    """
    if name in BUILT_IN:
        return BUILT_IN[name]
    own = preset_names(folder)
    if not name.strip(" .") or preset_file(folder, name).stem not in own:
        raise UnknownPreset(name, (*BUILT_IN, *(known for known in own if known not in BUILT_IN)))
    return read_film_preset(folder, name)


def save_film_preset(folder: Path, name: str, preset: FilmPreset) -> str:
    """Keep a preset; return its name, which is the given one where disks allow it.

    Raises:
        EditError: the name is empty.
        OSError: the folder cannot be made or written.
    """
    path = preset_file(folder, name)
    data: dict[str, Any] = {"schema": SCHEMA} | asdict(preset)
    # threads are this computer's
    data["settings"] = {k: v for k, v in data["settings"].items() if v and k != "threads"}
    folder.mkdir(parents=True, exist_ok=True)
    with atomic_write(path) as temporary:
        temporary.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
    return path.stem


def read_film_preset(folder: Path, name: str) -> FilmPreset:
    """Read a preset.

    Raises:
        EditError: the file is no preset of films.
        OSError: the file cannot be read.
    """
    path = preset_file(folder, name)
    try:
        if path.stat().st_size > _MAX_FILE_BYTES:
            raise EditError("it is far too large for a preset")
        data = json.loads(path.read_text(encoding="utf-8"))
        return _preset(validation.an_object("it", data))
    except (ValueError, RecursionError) as error:
        raise EditError(f"as a preset it is not usable ({error})", path) from error
    except EditError as error:
        raise EditError(error.problem, path) from error


def _preset(data: dict[str, Any]) -> FilmPreset:
    validation.check_known("", data, ("schema", "settings", "every", "smooth", "clean"))
    if data.get("schema") != SCHEMA:
        raise EditError(f"its schema is {data.get('schema')!r}, this program reads {SCHEMA}")
    given = validation.an_object("settings", data.get("settings", {}))
    known = ("codec", "quality", "bitrate", "speed", "bits", "hardware")
    validation.check_known("settings.", given, known)
    codec = given.get("codec")
    if codec not in CODECS:
        raise EditError(f"settings.codec must be one of {', '.join(CODECS)}, not {codec!r}")
    if given.get("speed") not in (None, *get_args(Speed)):
        raise EditError(f"settings.speed must be one of {', '.join(get_args(Speed))}")
    whole = [given.get(name, 0) for name in ("quality", "bitrate", "bits")]
    whole += [data.get(name, 0) for name in ("every", "smooth", "clean")]
    if {type(number) for number in whole} != {int} or type(
        given.get("hardware", False)
    ) is not bool:
        raise EditError("its numbers must be whole, and hardware true or false")
    steps = {name: data[name] for name in ("every", "smooth", "clean") if name in data}
    preset = FilmPreset(ExportSettings(**given), **steps)
    preset.onto(Treatment())  # its ranges are checked there
    return preset
