"""All that a run writes down beside its checkpoints: numbers, curves, samples, TensorBoard.

Invariant: a run that goes on from a checkpoint writes what one that was never broken would.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image

from colordesk.paths import atomic_write
from colordesk_training import curves
from colordesk_training.data.sources import Picture
from colordesk_training.evaluate import Predict, Scores
from colordesk_training.grids import grid
from colordesk_training.logs import CsvLog, TensorBoard


class Diary:
    """`log.csv`, `validation.csv`, `loss.png` and `samples.png` of a run; TensorBoard if wanted.

    Args:
        out: folder of the run.
        step: of the checkpoint that the run goes on from; 0 begins anew.
        tensorboard: whether TensorBoard is written for, too.

    Raises:
        NoTensorBoard: it is wanted and is not installed.
    """

    def __init__(self, out: Path, step: int, *, tensorboard: bool) -> None:
        self._out = out
        self._log = CsvLog(out / "log.csv", step)
        self._validations = CsvLog(out / "validation.csv", step)
        self._board = TensorBoard(out / "tensorboard", step) if tensorboard else None

    def learned(self, step: int, means: Mapping[str, float], **facts: float) -> None:
        """Note the mean losses since the last time, and other facts of the training."""
        self._log.add(step=step, **facts, **means)
        if self._board is not None:
            self._board.add("training", step, {**facts, **means})

    def validated(self, step: int, scores: Scores, loss: float) -> None:
        """Note scores and loss of the held-out pictures; draw the curves anew."""
        values = {**dataclasses.asdict(scores), "loss": loss}
        self._validations.add(step=step, **values)
        curves.draw(self._log.path, self._validations.path, self._out / "loss.png")
        if self._board is not None:
            self._board.add("validation", step, values)

    def show(self, step: int, predict: Predict, pictures: Sequence[Picture], size: int) -> None:
        """Draw some pictures in colour, at a working size in pixels."""
        samples = grid(predict, pictures, size)
        with atomic_write(self._out / "samples.png") as temporary:
            Image.fromarray(samples).save(temporary)
        if self._board is not None:
            self._board.add_picture(step, samples)

    def close(self) -> None:
        """Write what is left."""
        if self._board is not None:
            self._board.close()
