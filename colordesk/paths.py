"""Where ColorDesk's own files live, and the one way in which it writes any file.

Invariant: a target is either its old content or its complete new content, never half of it.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import platformdirs

TEMPORARY = ".colordesk-"
"""How the names of files that are being written begin."""
_LONGEST_NAME = 255  # bytes, of the usual disks
_PACKAGE = Path(__file__).resolve().parent


def resources_dir() -> Path:
    """Return the folder with bundled models, icons and samples."""
    installed = _PACKAGE / "resources"
    return installed if installed.is_dir() else _PACKAGE.parent / "resources"


def user_models_dir() -> Path:
    """Return the folder in which a person keeps models of their own."""
    return Path(platformdirs.user_data_dir("colordesk", appauthor=False)) / "models"


def settings_file() -> Path:
    """Return the file that holds the person's settings."""
    return Path(platformdirs.user_config_dir("colordesk", appauthor=False)) / "settings.json"


def presets_dir() -> Path:
    """Return the folder in which a person's presets lie, one file each."""
    return settings_file().with_name("presets")


def saved_colours_file() -> Path:
    """Return the file with the colours that a person saved under names."""
    return settings_file().with_name("colours.json")


def queue_dir() -> Path:
    """Return the folder in which batches wait until they are done."""
    return Path(platformdirs.user_state_dir("colordesk", appauthor=False)) / "queue"


def cache_dir() -> Path:
    """Return the folder for files that can be made again at any time."""
    return Path(platformdirs.user_cache_dir("colordesk", appauthor=False))


def fitting(stem: str, ending: str) -> str:
    """Return a file's name with as much of its stem as disks take before its ending."""
    while len(os.fsencode(stem + ending)) > _LONGEST_NAME and stem:
        stem = stem[:-1]
    return stem + ending


@contextlib.contextmanager
def atomic_write(target: Path) -> Iterator[Path]:
    """Give a temporary path beside `target`; on success it becomes `target`, else it vanishes.

    The temporary file keeps the suffix of the target, since codecs choose a format by it.

    Raises:
        OSError: the folder cannot be written, or the disk is full; it names the target.
    """
    temporary = target.with_name(f"{TEMPORARY}{secrets.token_hex(6)}{target.suffix}")
    # Not tempfile: that makes private files, a picture gets the mode any new file would get.
    try:
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(target)
    except OSError as error:
        if error.filename is None or Path(error.filename) == temporary:
            error.filename, error.filename2 = str(target), None  # the name that people know
        raise
    finally:
        with contextlib.suppress(OSError):  # a second error would hide the first
            temporary.unlink(missing_ok=True)
