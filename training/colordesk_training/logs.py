"""What a run writes down while it goes on: CSV files, TensorBoard, and what it had to leave out."""

from __future__ import annotations

import csv
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from colordesk.errors import ColorDeskError
from colordesk.paths import atomic_write
from colordesk_training.data.dataset import BROKEN, GRAY
from colordesk_training.data.sources import Picture

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from torch import Tensor


_WORDS = {GRAY: "gray", BROKEN: "broken"}


class NoTensorBoard(ColorDeskError):
    """TensorBoard was asked for and is not installed."""


class CsvLog:
    """A CSV file with one row per event; rows after the resumed step are dropped.

    Args:
        path: the file.
        step: of the checkpoint that the run goes on from; 0 begins anew.
    """

    def __init__(self, path: Path, step: int) -> None:
        self.path = path
        self._rows: list[dict[str, str]] = []
        if path.exists() and step > 0:
            self._rows = [row for row in _rows(path) if int(row["step"]) <= step]
        self._write()

    def add(self, **values: float) -> None:
        """Add a row; a new column is empty in those before."""
        self._rows.append(
            {
                key: str(value) if type(value) is int else f"{value:.6g}"
                for key, value in values.items()
            }
        )
        self._write()

    def _write(self) -> None:
        columns = dict.fromkeys(key for row in self._rows for key in row)
        with atomic_write(self.path) as temporary, temporary.open("w", newline="") as file:
            writer = csv.DictWriter(file, columns or ["step"])
            writer.writeheader()
            writer.writerows(self._rows)


class TensorBoard:
    """The same for TensorBoard: `tensorboard --logdir RUN` shows curves and samples.

    Args:
        folder: where its files go.
        step: of the checkpoint that the run goes on from; what came later is hidden.

    Raises:
        NoTensorBoard: it is not installed.
    """

    def __init__(self, folder: Path, step: int) -> None:
        try:
            from torch.utils.tensorboard import SummaryWriter
        except ImportError as error:
            raise NoTensorBoard from error
        self._writer = SummaryWriter(str(folder), purge_step=step + 1 if step else None)

    def add(self, part: str, step: int, values: Mapping[str, float]) -> None:
        """Add a point to the curve of each value."""
        for name, value in values.items():
            self._writer.add_scalar(f"{part}/{name}", value, step)

    def add_picture(self, step: int, picture: NDArray[np.uint8]) -> None:
        """Add the samples of a step, uint8 H x W x 3."""
        self._writer.add_image("samples", picture, step, dataformats="HWC")
        self._writer.flush()

    def close(self) -> None:
        """Write what is left."""
        self._writer.close()


class Window:
    """Means of the loss terms, and speed, since they were last taken."""

    def __init__(self) -> None:
        self._rows: list[dict[str, float]] = []
        self._images = 0
        self._since = time.monotonic()

    def add(self, terms: Mapping[str, Tensor], images: int) -> None:
        """Note the terms of a step, and of how many pictures they are."""
        self._rows.append({name: float(value.detach()) for name, value in terms.items()})
        self._images += images

    def take(self) -> tuple[dict[str, float], float]:
        """Return the means, and images per second; begin anew."""
        names = self._rows[0] if self._rows else ()
        means = {name: float(np.mean([row[name] for row in self._rows])) for name in names}
        speed = self.speed
        self._rows, self._images, self._since = [], 0, time.monotonic()
        return means, speed

    @property
    def speed(self) -> float:
        """Images per second."""
        return self._images / max(time.monotonic() - self._since, 1e-9)

    def status(self) -> str:
        """Return the last loss and the speed, for a progress bar."""
        if not self._rows:
            return ""
        return f"loss {self._rows[-1]['loss']:.3f}, {self.speed:.0f} images/s"


class LeftOut:
    """The training pictures that could not be used, and why.

    Args:
        pictures: what is trained on.
        path: the CSV file that names them.
        step: of the checkpoint that the run goes on from; 0 begins anew.

    Raises:
        OSError: the list of the run that is resumed cannot be read.
    """

    def __init__(self, pictures: Sequence[Picture], path: Path, step: int) -> None:
        self._pictures = pictures
        self._path = path
        self._why: dict[int, int] = {}
        if step and path.exists():
            numbers = {(str(p.source), p.name): number for number, p in enumerate(pictures)}
            reasons = {word: why for why, word in _WORDS.items()}
            for row in _rows(path):
                place = row["source"], row["picture"]
                if place in numbers:
                    self._why[numbers[place]] = reasons[row["problem"]]

    def add(self, skipped: Tensor | None) -> None:
        """Note what a batch skipped, rows of (number, why); a picture counts once."""
        if skipped is not None:
            self._why.update({int(number): int(why) for number, why in skipped})

    def merge(self, others: Sequence[Mapping[int, int]]) -> None:
        """Take over what other processes noted."""
        for other in others:
            self._why.update(other)

    @property
    def why(self) -> Mapping[int, int]:
        """The reason, by number of the picture."""
        return self._why

    @property
    def gray(self) -> int:
        """How many have next to no colour."""
        return sum(why == GRAY for why in self._why.values())

    @property
    def broken(self) -> int:
        """How many cannot be read."""
        return sum(why == BROKEN for why in self._why.values())

    def write(self) -> None:
        """Write their names as CSV; no file if there are none.

        Raises:
            OSError: it cannot be written.
        """
        if not self._why:
            return
        with (
            atomic_write(self._path) as temporary,
            temporary.open("w", newline="", encoding="utf-8") as file,
        ):
            writer = csv.writer(file)
            writer.writerow(("source", "picture", "problem"))
            for number, why in sorted(self._why.items()):
                picture = self._pictures[number]
                writer.writerow((picture.source, picture.name, _WORDS[why]))


def count_left_out(path: Path) -> tuple[int, int]:
    """Return how many gray and how many broken pictures a run has left out, by its own list."""
    if not path.exists():
        return 0, 0
    problems = [row["problem"] for row in _rows(path)]
    return problems.count("gray"), problems.count("broken")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
