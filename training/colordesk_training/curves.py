"""Draws what a run has written into its log."""

from __future__ import annotations

import csv
from pathlib import Path

from matplotlib.figure import Figure

from colordesk.paths import atomic_write


def draw(log: Path, validations: Path, target: Path) -> None:
    """Draw loss and validation CIEDE2000 over steps as a PNG.

    Args:
        log: `log.csv` of a run.
        validations: `validation.csv` of the run.
        target: the picture to write.

    Raises:
        OSError: a file cannot be read or written.
    """
    figure = Figure(figsize=(8, 4.5), layout="constrained")
    left = figure.subplots()
    right = left.twinx()
    curves = ((left, log, "loss", "tab:blue"), (right, validations, "ciede2000", "tab:orange"))
    for axis, path, column, colour in curves:
        with path.open(newline="", encoding="utf-8") as file:
            points = [(int(row["step"]), float(row[column])) for row in csv.DictReader(file)]
        if points:
            axis.plot(*zip(*points, strict=True), color=colour, linewidth=1.2)
        axis.set_ylabel(column, color=colour)
    left.set_xlabel("step")
    with atomic_write(target) as temporary:
        figure.savefig(temporary, dpi=110)
