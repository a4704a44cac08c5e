"""Figures in the papers' style: gray, truth and results side by side; curves; histograms."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.colors import LogNorm
from matplotlib.figure import Figure

from colordesk.paths import atomic_write

if TYPE_CHECKING:
    from numpy.typing import NDArray

_DPI = 110


def grid(columns: Mapping[str, NDArray[np.uint8]], target: Path) -> None:
    """Draw columns of pictures, one picture a row.

    Args:
        columns: n x S x S x 3 by name; all of one n, perhaps of different S.
        target: the PNG to write.
    """
    rows = min(len(pictures) for pictures in columns.values())
    size = (1.5 * len(columns), 1.5 * rows + 0.3)
    figure = Figure(figsize=size, layout="constrained")
    axes = figure.subplots(rows, len(columns), squeeze=False)
    for j, (name, pictures) in enumerate(columns.items()):
        for i in range(rows):
            axes[i, j].imshow(pictures[i], interpolation="nearest")
            axes[i, j].set_axis_off()
        axes[0, j].set_title(name, fontsize=7)
    _save(figure, target)


def curves(logs: Mapping[str, Path], target: Path) -> None:
    """Draw the training loss of runs over their steps.

    Args:
        logs: `log.csv` of each run, by name.
        target: the PNG to write.
    """
    figure = Figure(figsize=(7, 4), layout="constrained")
    axis = figure.subplots()
    for name, path in logs.items():
        with path.open(newline="", encoding="utf-8") as file:
            points = [(int(row["step"]), float(row["loss"])) for row in csv.DictReader(file)]
        if points:
            axis.plot(*zip(*points, strict=True), label=name, linewidth=1.2)
    axis.set_xlabel("step")
    axis.set_ylabel("training loss")
    if axis.lines:
        axis.legend(fontsize=8)
    _save(figure, target)


def histograms(shares: Mapping[str, NDArray[np.float64]], reach: int, target: Path) -> None:
    """Draw how often each colour occurs, on a logarithmic scale.

    Args:
        shares: square arrays over (a, b), by name.
        reach: the arrays' edges, in CIELAB units.
        target: the PNG to write.
    """
    figure = Figure(figsize=(4.5 * len(shares), 4), layout="constrained")
    axes = figure.subplots(1, len(shares), squeeze=False)[0]
    for axis, (name, share) in zip(axes, shares.items(), strict=True):
        shown = np.ma.masked_less_equal(share, 0)
        box = (-reach, reach, -reach, reach)
        image = axis.imshow(shown.T, origin="lower", extent=box, norm=LogNorm())
        axis.set_title(name)
        axis.set_xlabel("a")
        axis.set_ylabel("b")
        figure.colorbar(image, ax=axis, shrink=0.8)
    _save(figure, target)


def best(names: Sequence[str], rows: Mapping[str, NDArray[np.uint8]], target: Path) -> None:
    """Draw the same pictures in several versions, one version a row.

    Args:
        names: of the pictures, written above.
        rows: n x S x S x 3 by version.
        target: the PNG to write.
    """
    figure = Figure(figsize=(2 * len(names), 2 * len(rows) + 0.4), layout="constrained")
    axes = figure.subplots(len(rows), len(names), squeeze=False)
    for i, (version, pictures) in enumerate(rows.items()):
        for j, name in enumerate(names):
            axes[i, j].imshow(pictures[j], interpolation="nearest")
            axes[i, j].set_xticks([])
            axes[i, j].set_yticks([])
            if i == 0:
                axes[i, j].set_title(name, fontsize=8)
        axes[i, 0].set_ylabel(version, fontsize=8)
    _save(figure, target)


def _save(figure: Figure, target: Path) -> None:
    with atomic_write(target) as temporary:
        figure.savefig(temporary, dpi=_DPI)
