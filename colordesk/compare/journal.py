"""What was measured already, kept on disk line by line, so that a comparison can be continued.

Invariant: a line is believed only if it is whole; one that was cut off in the middle is measured
again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

NAME = "journal.jsonl"
_MAX_BYTES = 2**30


@dataclass(frozen=True)
class Score:
    """The measures of one picture."""

    photo: Path
    contestant: str
    values: dict[str, float]
    """By id of the measure."""
    size: tuple[int, int]
    """Width and height in pixels."""
    seconds: float = 0.0
    """That it took to make the picture; 0 if nobody made it here."""
    thumbnail: str = ""
    """Name of its small copy."""


class Journal:
    """The scores of a comparison, on disk; open it as a context.

    Args:
        folder: where it lies.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._known: dict[tuple[str, str], Score] = {}
        self._file: TextIO | None = None

    def __enter__(self) -> Journal:
        """Read what is there.

        Raises:
            OSError: it cannot be read or written.
        """
        whole = 0
        if self._path.exists() and self._path.stat().st_size <= _MAX_BYTES:
            with self._path.open("rb") as lines:
                for line in lines:
                    if line.endswith(b"\n"):
                        whole += len(line)
                        self._take(line)
        self._file = self._path.open("a", encoding="utf-8")
        self._file.truncate(whole)
        return self

    def __exit__(self, *error: object) -> None:
        if self._file is not None:
            self._file.close()

    def find(self, photo: str, contestant: str, ids: Collection[str]) -> Score | None:
        """Return the score with all these measures, if it is known.

        Args:
            photo: the stamp of the photo.
            contestant: the stamp of the contestant.
            ids: of the measures.
        """
        score = self._known.get((photo, contestant))
        return score if score is not None and score.values.keys() >= set(ids) else None

    def add(self, photo: str, contestant: str, score: Score) -> None:
        """Write a score down.

        Raises:
            OSError: the disk is full.
        """
        assert self._file is not None
        known = self._known.get((photo, contestant))
        values = {**known.values, **score.values} if known else score.values
        line = {
            "photo_stamp": photo,
            "contestant_stamp": contestant,
            "photo": os.fsdecode(score.photo),
            "contestant": score.contestant,
            "size": score.size,
            "seconds": score.seconds,
            "thumbnail": score.thumbnail,
            "values": values,
        }
        self._file.write(json.dumps(line) + "\n")
        self._file.flush()
        self._known[photo, contestant] = score

    def _take(self, line: bytes) -> None:
        try:
            data = json.loads(line)
            score = Score(
                Path(str(data["photo"])),
                str(data["contestant"]),
                {str(id): float(value) for id, value in data["values"].items()},
                (int(data["size"][0]), int(data["size"][1])),
                float(data["seconds"]),
                Path(str(data["thumbnail"])).name,
            )
            self._known[str(data["photo_stamp"]), str(data["contestant_stamp"])] = score
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
            return  # not a line of ours: it is measured again
