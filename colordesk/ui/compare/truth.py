"""Where the true colours of a photo come from.

Hides pairing by name.
Invariant: whatever keeps a photo from being judged has a reason that can be told.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from colordesk.photo import Photo


@dataclass(frozen=True)
class TruthSource:
    """Where to look for true colours."""

    folder: Path | None = None
    """Photos of the same names in true colours; None means that each photo is its own truth."""


def find_truth(photo: Path, folder: Path) -> Path:
    """Return the photo in a folder that has the name of another, whatever its format.

    Raises:
        NoTruth: there is none, or the folder is the photo's own.
        OSError: the folder cannot be read.
    """
    from colordesk.compare.truth import NoTruth
    from colordesk.photo import is_openable

    wanted, found = photo.stem.casefold(), []
    with os.scandir(folder) as entries:
        for entry in entries:
            path = Path(entry.name)
            if path.stem.casefold() == wanted and is_openable(path):
                found.append(folder / entry.name)
    if photo in found:
        raise NoTruth(folder, "it is the folder of the photo itself")
    if not found:
        raise NoTruth(folder, f"it has no photo that is named {photo.stem}")
    same = [path for path in found if path.suffix.casefold() == photo.suffix.casefold()]
    return sorted(same or found)[0]


def check_truth(photo: Photo, truth: Photo) -> None:
    """See that a photo can be judged by a truth.

    Raises:
        NoTruth: the truth has no colours, or another size.
    """
    from colordesk.compare.truth import NoTruth

    path = truth.path or Path()
    if truth.is_gray:
        raise NoTruth(path, "it is a gray photo, so its true colours are not known")
    if (photo.width, photo.height) != (truth.width, truth.height):
        raise NoTruth(
            path,
            f"it has {truth.width} x {truth.height} pixels and the photo "
            f"{photo.width} x {photo.height}",
        )
