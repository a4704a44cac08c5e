"""The plots of a report as SVG that takes the colour of the text around it, so both themes suit.

matplotlib is imported where a plot is drawn, since it takes long to load.
Invariant: a contestant has the same colour in every plot.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from colordesk.compare.contestants import GRAY
from colordesk.compare.run import TRUTH, Outcome
from colordesk.compare.summary import Summary, distances
from colordesk.compare.tables import DIRECTIONS
from colordesk.metrics.definition import Definition

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_INK = "#010203"  # replaced by the colour of the text
_GRAY = "#8c8c8c"
_COLOURS = ("#4c8bf5", "#e8833a", "#2fa36b", "#c65bcf", "#d6a300", "#d9505f", "#4fb3c9", "#9a7b5f")
_MARKERS = "o^sD"  # where the colours begin again
_STYLE: Any = {
    "font.size": 10,
    "font.family": ["DejaVu Sans"],
    "svg.fonttype": "none",
    "svg.hashsalt": "colordesk",  # the same plot gives the same file
    "text.color": _INK,
    "axes.labelcolor": _INK,
    "axes.edgecolor": _INK,
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "grid.color": _GRAY,
    "grid.alpha": 0.3,
}
_ACROSS = 3
_MOST_MEANS = 9


def means(summary: Summary) -> str:
    """Return the means with their intervals, a panel per measure; the truth is a dashed line."""
    shown = summary.definitions[:_MOST_MEANS]
    names = [GRAY, *reversed(summary.ranked)]
    down = -(-len(shown) // _ACROSS)
    height = down * (0.9 + 0.28 * len(names))
    with _Drawing(11, height, down, min(_ACROSS, len(shown)), sharey=True) as drawing:
        for axes, definition in zip(drawing.axes, shown, strict=False):
            for row, name in enumerate(names):
                statistic = summary.statistics[name, definition.id]
                if not math.isfinite(statistic.mean):
                    continue
                reach = [[statistic.mean - statistic.low], [statistic.high - statistic.mean]]
                colour = colour_of(name, summary.contestants)
                axes.errorbar(statistic.mean, row, xerr=reach, fmt="o", color=colour, capsize=3)
            if truth := summary.statistics.get((TRUTH, definition.id)):
                axes.axvline(truth.mean, color=_INK, linestyle="--", linewidth=1)
            elif definition.better == "zero":
                axes.axvline(0, color=_INK, linestyle="--", linewidth=1)
            unit = f" [{definition.unit}]" if definition.unit else ""
            axes.set_title(f"{definition.title}{unit}", loc="left")
            axes.set_xlabel(DIRECTIONS[definition.better])
            axes.set_yticks(range(len(names)), names)
            axes.set_ylim(-0.6, len(names) - 0.4)
            axes.grid(axis="x")
        return drawing.svg()


def boxes(outcome: Outcome, summary: Summary, definition: Definition) -> str:
    """Return how one measure is spread over the photos, a box per contestant."""
    names = [GRAY, *reversed(summary.ranked)]
    columns = [
        [
            value
            for photo in summary.photos
            if math.isfinite(value := outcome.scores[photo, name].values[definition.id])
        ]
        for name in names
    ]
    with _Drawing(6, 0.9 + 0.4 * len(names), 1, 1) as drawing:
        axes = drawing.axes[0]
        parts = axes.boxplot(columns, orientation="horizontal", patch_artist=True, widths=0.6)
        for name, box in zip(names, parts["boxes"], strict=True):
            box.set(facecolor=colour_of(name, summary.contestants), alpha=0.75, edgecolor=_INK)
        for line in (*parts["whiskers"], *parts["caps"], *parts["medians"]):
            line.set_color(_INK)
        for flier in parts["fliers"]:
            flier.set(marker=".", markeredgecolor=_GRAY)
        axes.set_yticks(range(1, len(names) + 1), names)
        axes.set_xlabel(_axis_label(definition))
        axes.grid(axis="x")
        return drawing.svg()


def against_gray(outcome: Outcome, summary: Summary, definition: Definition) -> str:
    """Return each photo's value against that of the gray picture; below the line it is better."""
    gray = distances(outcome, summary.photos, GRAY, definition)
    with _Drawing(6, 4.4 + 0.1 * len(summary.contestants), 1, 1) as drawing:
        axes = drawing.axes[0]
        ends: list[float] = [0.0]
        for name in summary.ranked:
            own = distances(outcome, summary.photos, name, definition)
            told = np.isfinite(own) & np.isfinite(gray)
            colour = colour_of(name, summary.contestants)
            marker = _MARKERS[_place(name, summary.contestants) // len(_COLOURS) % len(_MARKERS)]
            axes.scatter(
                gray[told], own[told], s=16, c=colour, marker=marker, label=name, alpha=0.8
            )
            ends += [*own[told].tolist(), *gray[told].tolist()]
        span = [min(ends), max(ends)]
        axes.plot(span, span, color=_INK, linestyle="--", linewidth=1)
        axes.set_xlabel(f"{definition.title} of the gray picture")
        axes.set_ylabel(f"{definition.title} of the model")
        drawing.legend_below()
        axes.grid()
        return drawing.svg()


def colour_of(name: str, contestants: Sequence[str]) -> str:
    """Return the colour of a contestant."""
    if name == GRAY:
        return _GRAY
    return _COLOURS[_place(name, contestants) % len(_COLOURS)]


def _place(name: str, contestants: Sequence[str]) -> int:
    return [contestant for contestant in contestants if contestant != GRAY].index(name)


def _axis_label(definition: Definition) -> str:
    unit = f" [{definition.unit}]" if definition.unit else ""
    return f"{definition.title}{unit}, {DIRECTIONS[definition.better]}"


class _Drawing:
    """A figure with its own settings, whatever those of the process are."""

    def __init__(
        self, width: float, height: float, down: int, across: int, *, sharey: bool = False
    ) -> None:
        from matplotlib import rc_context

        self._context = rc_context(_STYLE)
        self._shape = (width, height, down, across, sharey)
        self._figure: Figure

    axes: list[Axes]

    def __enter__(self) -> _Drawing:
        from matplotlib.figure import Figure

        self._context.__enter__()
        width, height, down, across, sharey = self._shape
        self._figure = Figure(figsize=(width, height), layout="constrained")
        grid = self._figure.subplots(down, across, squeeze=False, sharey=sharey)
        self.axes = list(grid.ravel())
        return self

    def __exit__(self, *error: Any) -> None:
        self._context.__exit__(*error)

    def legend_below(self) -> None:
        """Name what the points are, where no point lies."""
        self._figure.legend(loc="outside lower center", ncols=_ACROSS, frameon=False, fontsize=8)

    def svg(self) -> str:
        """Return the figure; panels without anything vanish."""
        for axes in self.axes:
            if not axes.has_data():
                axes.set_visible(False)
        file = io.StringIO()
        self._figure.savefig(file, format="svg", transparent=True, metadata={"Date": None})
        text = file.getvalue()
        text = re.sub(r"<metadata>.*?</metadata>", "", text[text.index("<svg") :], flags=re.DOTALL)
        text = text.replace(_INK, "currentColor")
        return re.sub(r'(<svg[^>]*?) width="[^"]*"', r"\1", text, count=1)
