"""Half-written files that a killed program left beside what it meant to write.

Invariant: what somebody may still be writing stays.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable
from pathlib import Path

from colordesk.paths import TEMPORARY

_STILL_SECONDS = 60.0


def leftovers(folders: Iterable[Path]) -> list[Path]:
    """Return the temporary files of `paths.atomic_write` in folders, of this program or another."""
    found: list[Path] = []
    for folder in folders:
        with contextlib.suppress(OSError):  # it is gone, or may not be read
            found += folder.glob(f"{TEMPORARY}*")
    return found


def swept(files: Iterable[Path]) -> list[Path]:
    """Remove files that nobody has changed for a minute; return those that are still there."""
    left = []
    for file in files:
        with contextlib.suppress(OSError):  # somebody else has removed it
            if time.time() - file.stat().st_mtime > _STILL_SECONDS:
                file.unlink()
            else:
                left.append(file)
    return left
