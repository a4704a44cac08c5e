"""Judges what a network paints on held-out pictures, one number per picture and column.

Every network is judged on the very gray that it learned from, at the size of the pictures, on the
same pictures as all others of its experiment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import torch
from torch import Tensor

from colordesk.inference.library import Model
from colordesk.inference.manifest import read_manifest
from colordesk.inference.session import Session
from colordesk.task import Task
from colordesk_training.data.dataset import to_lab
from colordesk_training.data.sources import Picture, PictureReader
from colordesk_training.experiments.measures import View, numbers
from colordesk_training.experiments.pictures import square
from colordesk_training.objective import Colorization
from colordesk_training.targets.target import Target

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BATCH = 8
KEPT = 1000
_LEVELS = 255  # of 8-bit lightness

Terms = list[dict[str, float]]
Paint = Callable[[Tensor, Tensor, Tensor], tuple[Tensor, Terms]]
"""(what the network sees, true L*: N x 1 x S x S, true ab: N x 2 x S x S) -> ab and loss terms."""


@dataclass(frozen=True)
class Judged:
    """What was found."""

    names: tuple[str, ...]
    """Of the pictures."""
    values: Mapping[str, NDArray[np.float64]]
    """By measure, one number per picture."""
    painted: NDArray[np.uint8]
    """The first `KEPT` pictures as they were painted, n x S x S x 3."""


def network(objective: Colorization) -> Paint:
    """Return how a network of the trainer paints."""
    objective.eval()

    def paint(seen: Tensor, lightness: Tensor, ab: Tensor) -> tuple[Tensor, Terms]:
        hints = torch.zeros_like(ab[:, :1]).expand(-1, 3, -1, -1)
        batch = {"lightness": seen, "true_lightness": lightness, "ab": ab, "hints": hints}
        prediction = objective.painted(batch)
        painted = objective.target.decode(prediction, lightness)
        return painted, _terms(objective.target, prediction, lightness, ab)

    return paint


def exported(path: Path) -> Paint:
    """Return how an exported model paints; it has no loss terms.

    Raises:
        ModelError: the file is no model.
    """
    manifest = read_manifest(path)
    session = Session(Model(path, manifest))

    def paint(seen: Tensor, lightness: Tensor, ab: Tensor) -> tuple[Tensor, Terms]:
        blank = np.zeros((3, *seen.shape[-2:]), np.float32) if "hints" in manifest.inputs else None
        rows = [session.run(plane[0].numpy(), blank) for plane in seen]
        return torch.from_numpy(np.stack(rows)), [{} for _ in rows]

    return paint


def gray(target: Target) -> Paint:
    """Return how doing nothing paints, judged in the encoding of a target where it has one."""

    def paint(seen: Tensor, lightness: Tensor, ab: Tensor) -> tuple[Tensor, Terms]:
        nothing = torch.zeros_like(ab)
        try:
            prediction = target.perfect(lightness, nothing)
        except TypeError:  # a distribution over colours has no gray answer
            return nothing, [{} for _ in ab]
        return nothing, _terms(target, prediction, lightness, ab)

    return paint


def truth(seen: Tensor, lightness: Tensor, ab: Tensor) -> tuple[Tensor, Terms]:
    """Paint the truth."""
    return ab, [{} for _ in ab]


def judge(
    paint: Paint,
    pictures: Sequence[Picture],
    side: int,
    columns: Sequence[str],
    task: Task,
    *,
    fault: str = "",
) -> Judged:
    """Paint pictures and measure them.

    Args:
        paint: the painter.
        pictures: colour photographs; broken ones are left out.
        side: they are cut to squares of this side.
        columns: names in `measures.COLUMNS`.
        task: progress and cancel.
        fault: mistake of paper 002's scripts that is repeated: ``white`` (lightness meets the
            network and the result a hundred-fold, ARCHITECTURES.md A15) or ``double-lightness``
            (8-bit L* is taken for a gray value and converted again, A16).
    """
    values: dict[str, list[float]] = {column: [] for column in columns}
    names: list[str] = []
    painted: list[NDArray[np.uint8]] = []
    for view, name in _views(paint, pictures, side, task, fault):
        names.append(name)
        for column, number in numbers(view, columns).items():
            values[column].append(number)
        if len(painted) < KEPT:
            painted.append((view.rgb * 255).round().astype(np.uint8))
    shape = (0, side, side, 3)
    return Judged(
        tuple(names),
        {column: np.array(found) for column, found in values.items()},
        np.stack(painted) if painted else np.zeros(shape, np.uint8),
    )


def _views(
    paint: Paint, pictures: Sequence[Picture], side: int, task: Task, fault: str
) -> Iterator[tuple[View, str]]:
    reader = PictureReader()
    for start in range(0, len(pictures), _BATCH):
        task.progress(start / len(pictures), f"judging picture {start + 1}")
        found = [(picture.name, reader.read(picture)) for picture in pictures[start:][:_BATCH]]
        whole = [(name, square(rgb, side)) for name, rgb in found if rgb is not None]
        if not whole:
            continue
        labs = [to_lab(rgb) for _, rgb in whole]
        lightness = torch.from_numpy(np.stack([lab.lightness[None] for lab in labs]))
        true_ab = torch.from_numpy(np.stack([lab.ab for lab in labs]))
        with torch.inference_mode():
            ab, terms = paint(_mistaken(lightness, fault), lightness, true_ab)
        shown = 100.0 if fault == "white" else 1.0
        for i, (name, rgb) in enumerate(whole):
            painted = np.asarray(ab[i].numpy(), np.float32)
            yield (
                View(
                    ab=painted,
                    true_rgb=(rgb / np.float32(255)).astype(np.float32),
                    rgb=_rgb(labs[i].lightness * np.float32(shown), painted),
                    terms=terms[i],
                ),
                name,
            )


def _mistaken(lightness: Tensor, fault: str) -> Tensor:
    """Return what the network is shown as lightness."""
    if fault == "white":
        return lightness * _LEVELS
    if fault == "double-lightness":
        levels = (lightness / 100 * _LEVELS).round().to(torch.uint8).numpy()
        taken = [to_lab(np.repeat(plane[0][..., None], 3, 2)).lightness for plane in levels]
        return torch.from_numpy(np.stack(taken)[:, None])
    return lightness


def _terms(target: Target, prediction: Tensor, lightness: Tensor, ab: Tensor) -> Terms:
    """Return each picture's loss terms, by name, and by name after the target's (`hls.mse`)."""
    kind = type(target).__name__.lower()
    found = []
    for i in range(len(ab)):
        one = slice(i, i + 1)
        terms = target.terms(prediction[one], lightness[one], ab[one])
        plain = {name: float(value) for name, value in terms.items()}
        found.append(plain | {f"{kind}.{name}": value for name, value in plain.items()})
    return found


def _rgb(lightness: NDArray[np.float32], ab: NDArray[np.float32]) -> NDArray[np.float32]:
    lab = np.dstack([lightness, *ab]).astype(np.float32)
    return np.clip(np.asarray(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB), np.float32), 0, 1)
