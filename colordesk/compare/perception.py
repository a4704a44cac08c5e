"""The networks that a person gave, at work in a comparison.

Hides which network serves which measure, and keeps what FID needs of every picture on disk.
Invariant: values of one network are never mixed with those of another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from colordesk.compare.contestants import file_stamp
from colordesk.inference.network import Network
from colordesk.metrics.perception import INPUTS, features, frechet, lpips, recognized
from colordesk.paths import atomic_write

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Perception:
    """Measures with networks.

    Args:
        files: by id of the measure.
        folder: for what is kept; made where it is missing.

    Raises:
        ModelError: a file cannot be used.
        OSError: a file cannot be looked at.
    """

    def __init__(self, files: Mapping[str, Path], folder: Path) -> None:
        self._nets = {id: Network(path, INPUTS[id]) for id, path in files.items()}
        self._folder = folder
        self.ids = [id for id in files if id != "fid"]
        """Of the measures that each picture has."""
        self.stamp = "".join(f"\n{id} {file_stamp(path)}" for id, path in sorted(files.items()))
        """Tells these networks from any others."""

    def measure(self, result: NDArray[np.uint8], truth: NDArray[np.uint8]) -> dict[str, float]:
        """Return the measures of one picture by id.

        Raises:
            ModelError: a network fails.
        """
        values = {}
        if net := self._nets.get("lpips"):
            values["lpips"] = lpips(net, result, truth)
        if net := self._nets.get("recognition"):
            same = recognized(net, result) == recognized(net, truth)
            values["recognition"] = 100.0 if same else 0.0
        return values

    def keep(self, name: str, picture: NDArray[np.uint8]) -> None:
        """Keep what FID needs of a picture.

        Raises:
            ModelError: the network fails.
            OSError: it cannot be written.
        """
        if net := self._nets.get("fid"):
            self._folder.mkdir(parents=True, exist_ok=True)
            with atomic_write(self._path(name)) as temporary:
                np.save(temporary, features(net, picture), allow_pickle=False)

    def has(self, name: str) -> bool:
        """Whether all is kept of a picture."""
        return "fid" not in self._nets or self._path(name).is_file()

    def fid(self, results: Sequence[str], truths: Sequence[str]) -> float:
        """Return the FID of pictures by their names.

        Raises:
            OSError: what was kept of one is gone.
        """
        return frechet(*(np.stack([self._read(n) for n in names]) for names in (results, truths)))

    @property
    def has_fid(self) -> bool:
        """Whether there is a network for it."""
        return "fid" in self._nets

    def _path(self, name: str) -> Path:
        return (self._folder / name).with_suffix(".npy")

    def _read(self, name: str) -> NDArray[np.float32]:
        return np.asarray(np.load(self._path(name), allow_pickle=False), np.float32)
