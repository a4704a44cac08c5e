"""Film that is encoded already, in pieces on the disk, so that a killed export can go on.

Hides the files of the work folder. A segment is two files: its packets, one after another, and the
JSON that describes them, which is written last.
Invariant: a segment that exists is whole, and belongs to just this input, these settings and this
model; what belongs to others is left alone until the folder is begun anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from array import array
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from colordesk.paths import atomic_write

_MANIFEST = "manifest.json"
_LONGEST_NAME = 200  # bytes; disks take 255, and something is added


@dataclass(frozen=True)
class Restart:
    """From where a film has to be read to go on after a segment."""

    part: int
    """Number of the clip in the film."""
    index: int
    """Number in the film of the first frame of the shot that the segment begins in."""
    since: int
    """Time of the first frame to be read, in units of the clip's time base."""
    warm_up: int
    """How many frames are read before the first of the shot, for the shot finder to see."""
    skipped: int = 0
    """Damaged packets of the source before the first frame to be read."""


@dataclass(frozen=True)
class Segment:
    """A run of encoded frames; what is known of them is small, since all of a film are."""

    first: int
    """Number of its first frame in the film."""
    times: array[int]
    """When its frames are shown, in units of the film's time base."""
    end: int
    """When the last of them has been shown."""
    packed: array[int]
    """The `packets`, one number after another."""
    extradata: str
    """What the encoder wants ahead of all packets; hexadecimal."""
    restart: Restart | None
    """From where the next segment is begun; None after the last one."""
    skipped: int = 0
    """Damaged packets of the source, as far as it was read by then."""

    @property
    def packets(self) -> Iterator[tuple[int, int, bool]]:
        """Time, bytes, and whether decoding can begin there, in the order of decoding."""
        return zip(self.packed[0::3], self.packed[1::3], map(bool, self.packed[2::3]), strict=True)


class WorkFolder:
    """The segments of one export.

    Args:
        output: the file that is to be written; the folder lies beside it.
        key: what the segments depend on.
    """

    def __init__(self, output: Path, key: str) -> None:
        name = output.name
        if len(os.fsencode(name)) > _LONGEST_NAME:
            name = hashlib.blake2b(os.fsencode(name), digest_size=16).hexdigest()
        self.path = output.with_name(f".{name}.colordesk-work")
        self._key = key

    def segments(self) -> list[Segment]:
        """Return the segments that are there, up to the first that is missing."""
        try:
            manifest = json.loads((self.path / _MANIFEST).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return []
        if not isinstance(manifest, dict) or manifest.get("key") != self._key:
            return []
        return self._whole()

    def frames(self) -> int:
        """Return how many frames are there, whatever they depend on."""
        return sum(len(segment.times) for segment in self._whole())

    def begin(self) -> None:
        """Make the folder anew.

        Raises:
            OSError: it cannot be written.
        """
        self.remove()
        try:
            self.path.mkdir(parents=True)
        except OSError as error:
            error.filename = str(self.path.parent)  # the name that people know
            raise
        with atomic_write(self.path / _MANIFEST) as temporary:
            temporary.write_text(json.dumps({"schema": 1, "key": self._key}), encoding="utf-8")

    def open(self, number: int) -> SegmentWriter:
        """Begin a segment.

        Raises:
            OSError: it cannot be written.
        """
        return SegmentWriter(self.path / f"{number:06}")

    def payloads(self, number: int, segment: Segment) -> Iterator[bytes]:
        """Yield the packets of a segment.

        Raises:
            OSError: it cannot be read.
        """
        with (self.path / f"{number:06}.packets").open("rb") as file:
            for _, size, _ in segment.packets:
                yield file.read(size)

    def remove(self) -> None:
        """Remove the folder with everything in it."""
        if self.path.is_dir() and not self.path.is_symlink():
            shutil.rmtree(self.path)

    def _whole(self) -> list[Segment]:
        found: list[Segment] = []
        while (segment := _read(self.path / f"{len(found):06}.json")) is not None:
            found.append(segment)
        return found


class SegmentWriter:
    """A segment that is being written; it exists only once it was closed.

    Args:
        path: of its files, without suffix.
    """

    def __init__(self, path: Path) -> None:
        self._json = path.with_suffix(".json")
        self._path = path.with_suffix(".packets")
        self._file = self._path.open("wb")
        self.packed = array("q")
        """Time, bytes, and whether decoding can begin there, of all packets so far."""

    def put(self, payload: bytes, time: int, key: bool) -> None:
        """Add a packet.

        Raises:
            OSError: the disk is full.
        """
        self._written(self._file.write, payload)
        self.packed.extend((time, len(payload), key))

    def close(self, segment: Segment) -> None:
        """Make it whole.

        Raises:
            OSError: the disk is full.
        """
        self._written(self._file.flush)
        os.fsync(self._file.fileno())
        self._file.close()
        with atomic_write(self._json) as temporary:
            temporary.write_text(json.dumps(asdict(segment), default=list), encoding="utf-8")

    def abandon(self) -> None:
        """Leave it; it does not exist."""
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _written(self, act: Callable[..., object], *given: bytes) -> None:
        try:
            act(*given)
        except OSError as error:
            error.filename = str(self._path)
            raise


def _read(path: Path) -> Segment | None:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        data["times"], data["packed"] = array("q", data["times"]), array("q", data["packed"])
        if data["restart"] is not None:
            data["restart"] = Restart(**data["restart"])
        segment = Segment(**data)
        size = path.with_suffix(".packets").stat().st_size
    except (OSError, ValueError, TypeError, KeyError, OverflowError):
        return None
    return segment if size == sum(size for _, size, _ in segment.packets) else None
