"""What a person prefers for every photo; a value that is built once and handed down.

Invariant: a damaged settings file never stops the program, it is reported and the defaults hold.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path

from colordesk.errors import FileError
from colordesk.paths import atomic_write

_MAX_FILE_BYTES = 2**20


class SettingsError(FileError):
    """The settings file cannot be understood."""


@dataclass(frozen=True)
class Settings:
    """Preferences of one person on one machine."""

    device: str = "auto"
    """auto, cpu, cuda or cuda:N."""
    gpu_memory_mb: int | None = None
    """Upper limit of GPU memory for the model; None means no limit of ours."""
    threads: int | None = None
    """CPU threads; None means all cores."""
    model: str | None = None
    """Id of the default model; None means the bundled one."""
    model_folders: tuple[str, ...] = ()
    """Folders with models beyond the bundled and the person's own one."""
    format: str | None = None
    """Default output format (jpg, png, tif, webp); None keeps the format of the source."""
    quality: int = 95
    """JPEG and WebP quality, 1..100."""
    theme: str = "system"
    """system, light or dark."""
    isolated: bool = True
    """Whether models run in a process of their own, so that their crashes are not the program's."""
    language: str = "system"
    """Code of the window's language (en, de), or system."""


def read_settings(path: Path) -> Settings:
    """Read the settings; a missing file gives the defaults.

    Raises:
        SettingsError: the file is damaged, or names something of a wrong type.
        OSError: the file cannot be read.
    """
    if not path.exists():
        return Settings()
    if path.stat().st_size > _MAX_FILE_BYTES:
        raise SettingsError(path, "it is far too large for settings")
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise SettingsError(path, f"it is not valid JSON ({error})") from error
    if not isinstance(data, dict):
        raise SettingsError(path, "it is not a JSON object")
    defaults = Settings()
    values: dict[str, object] = {}
    for field in dataclasses.fields(Settings):
        if field.name not in data:
            continue
        value = data[field.name]
        if not _fits(value, field.name, defaults):
            raise SettingsError(path, f"{field.name} cannot be {value!r}")
        values[field.name] = tuple(value) if isinstance(value, list) else value
    return dataclasses.replace(defaults, **values)  # type: ignore[arg-type] # checked by _fits


def write_settings(settings: Settings, path: Path) -> None:
    """Write the settings atomically, making the folder if needed.

    Raises:
        OSError: the folder cannot be made or written, or the disk is full.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_write(path) as temporary:
        text = json.dumps(dataclasses.asdict(settings), indent=2) + "\n"
        temporary.write_text(text, encoding="utf-8")


def _fits(value: object, name: str, defaults: Settings) -> bool:
    """Whether `value` is of the type that the field holds."""
    match name:
        case "gpu_memory_mb" | "threads":
            return value is None or (type(value) is int and value >= 1)
        case "quality":
            return type(value) is int and 1 <= value <= 100
        case "model_folders":
            return isinstance(value, list) and all(isinstance(item, str) for item in value)
        case "model" | "format":
            return value is None or isinstance(value, str)
        case _:
            return isinstance(value, type(getattr(defaults, name)))
