"""Does an experiment: trains its rows, judges them, writes table and figures, checks its claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from colordesk.task import Task
from colordesk_training.data.sources import list_pictures
from colordesk_training.experiments import claims, figures, histogram, recognition
from colordesk_training.experiments.catalogue import Experiment
from colordesk_training.experiments.measures import COLUMNS, base
from colordesk_training.experiments.report import Findings, Line, write
from colordesk_training.experiments.rows import (
    Bench,
    Result,
    pictures_of,
    reference_rows,
    scale_side,
    sources_of,
    trained_row,
    values,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SHOWN = 6  # pictures in a figure of samples
_BEST = 3


@dataclass(frozen=True)
class _Found:
    """What one kind of experiment adds to a page."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    values: claims.Values
    remarks: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()


def reproduce(experiment: Experiment, bench: Bench, task: Task) -> Findings:
    """Do an experiment and write its page into a folder of its name.

    Rows that are already trained in `bench.out` are not trained again.

    Raises:
        ColorDeskError: something about recipes, data or weights is wrong.
        Cancelled: the person stopped it; the same call goes on from there.
        OSError: a file cannot be written.
    """
    folder = bench.out / experiment.name
    folder.mkdir(parents=True, exist_ok=True)
    kinds = {
        "table": _table,
        "best": _best,
        "histogram": _histogram,
        "recognised": _recognised,
    }
    found = kinds[experiment.kind](experiment, bench, folder, task)
    outcomes = tuple(
        claims.check(claim, found.values, COLUMNS[base(claim.column)].first)
        for claim in experiment.claims
    )
    findings = Findings(
        experiment=experiment,
        scale=bench.scale,
        data=_data_in_words(experiment, bench, task),
        columns=found.columns,
        lines=found.lines,
        outcomes=outcomes,
        remarks=(*found.remarks, *_settings(experiment, bench.scale)),
        figures=found.figures,
    )
    write(findings, folder)
    return findings


def _table(experiment: Experiment, bench: Bench, folder: Path, task: Task) -> _Found:
    results = _results(experiment, bench, task)
    gray, truth = reference_rows(experiment, bench, task)
    everyone = {result.name: result for result in (*results, gray, truth)}
    alone = any(COLUMNS[base(column)].alone for column in experiment.columns)
    shown = (*results, gray, truth) if alone else (*results, gray)
    samples = {"gray": gray, "truth": truth} | {result.name: result for result in results}
    figures.grid(
        {name: _some(result.judged.painted) for name, result in samples.items()},
        folder / "samples.png",
    )
    return _Found(
        columns=experiment.columns,
        lines=tuple(_line(experiment, result) for result in shown),
        values=lambda row, column: values(everyone[row], column),
        remarks=_remarks(experiment, results),
        figures=("samples.png", *_curves(results, folder)),
    )


def _best(experiment: Experiment, bench: Bench, folder: Path, task: Task) -> _Found:
    """Rank the pictures of the first row's network by a column."""
    results = _results(experiment, bench, task)
    gray, truth = reference_rows(experiment, bench, task)
    ranked = results[0].judged.values[experiment.by]
    order = np.argsort(ranked)
    if COLUMNS[experiment.by].first == "highest":
        order = order[::-1]
    first = order[:_BEST].tolist()
    lines = [
        Line(
            f"{place}. picture",
            {},
            {column: float(results[0].judged.values[base(column)][index])
             for column in experiment.columns},
            {experiment.by: paper},
        )
        for place, index, paper in zip(("1", "2", "3"), first, experiment.reported, strict=False)
    ]  # fmt: skip
    lines += [_line(experiment, result) for result in (results[0], gray)]
    everyone = {result.name: result for result in (*results, gray, truth)}
    drawn = {"gray": gray, "truth": truth, "result": results[0]}
    figures.best(
        [f"{heading} {ranked[index]:.2f}" for heading, index in zip("123", first, strict=False)],
        {name: result.judged.painted[first] for name, result in drawn.items()},
        folder / "best.png",
    )
    return _Found(
        columns=experiment.columns,
        lines=tuple(lines),
        values=lambda row, column: values(everyone[row], column),
        remarks=_remarks(experiment, results),
        figures=("best.png", *_curves(results, folder)),
    )


def _histogram(experiment: Experiment, bench: Bench, folder: Path, task: Task) -> _Found:
    scale = experiment.scales[bench.scale]
    found: dict[str, histogram.Colours] = {}
    for row in experiment.rows:
        sources = sources_of(row, scale, bench, task)
        found[row.name] = histogram.colours(list_pictures(sources), scale_side(row, scale), task)
    figures.histograms(
        {name: colours.shares for name, colours in found.items()},
        histogram.REACH,
        folder / "histograms.png",
    )
    numbers = {name: colours.numbers() for name, colours in found.items()}
    return _Found(
        columns=experiment.columns,
        lines=tuple(
            Line(
                row.name,
                {"pictures": str(found[row.name].pictures)},
                numbers[row.name],
                row.reported,
            )
            for row in experiment.rows
        ),
        values=lambda row, column: np.array([numbers[row][column]]),
        figures=("histograms.png",),
    )


def _recognised(experiment: Experiment, bench: Bench, folder: Path, task: Task) -> _Found:
    """Ask a classifier about the first row's pictures, in truth, gray and colorized."""
    (result, *_) = _results(experiment, bench, task)
    training, held_out = pictures_of(experiment, experiment.rows[0], bench, task)
    gray, truth = reference_rows(experiment, bench, task)
    by_name = {picture.name: picture.category for picture in held_out}
    labels = [by_name[name] for name in result.judged.names]
    drawn = {"truth": truth, "gray": gray, result.name: result}
    versions = {name: each.judged.painted for name, each in drawn.items()}
    labels = labels[: len(truth.judged.painted)]
    if "vgg16" in bench.backbones:
        found = recognition.vgg16(labels, versions, bench.backbones["vgg16"], task)
    else:
        trunk = bench.backbones.get("resnet18")
        found = recognition.fitted(training, labels, versions, trunk, task)
    figures.grid({n: _some(pictures) for n, pictures in versions.items()}, folder / "samples.png")
    return _Found(
        columns=experiment.columns,
        lines=tuple(
            Line(name, {}, {"recognised": float(100 * right.mean())}, {"recognised": paper})
            for (name, right), paper in zip(found.right.items(), experiment.reported, strict=True)
        ),
        values=lambda row, _column: 100 * found.right[row].astype(np.float64),
        remarks=(*_remarks(experiment, [result]), found.how),
        figures=("samples.png",),
    )


def _results(experiment: Experiment, bench: Bench, task: Task) -> list[Result]:
    results = []
    for number, row in enumerate(experiment.rows):
        if row.stage or (row.weights == "needed" and row.name not in bench.models):
            continue
        share = task.part(number / len(experiment.rows), (number + 1) / len(experiment.rows))
        results.append(trained_row(experiment, row, bench, share))
    return results


def _some(pictures: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Choose pictures evenly, so that not all are of one folder."""
    return pictures[:: max(len(pictures) // _SHOWN, 1)][:_SHOWN]


def _line(experiment: Experiment, result: Result) -> Line:
    facts = {}
    if result.steps:
        facts = {
            "steps": str(result.steps),
            "batch": str(result.batch),
            "minutes": f"{result.minutes:.1f}",
        }
    reported: Mapping[str, float] = {}
    for row in experiment.rows:
        if row.name == result.name:
            printed = row.reported.items()  # rows taken from another experiment have more columns
            reported = {column: n for column, n in printed if column in experiment.columns}
    found = {column: float(np.mean(values(result, column))) for column in experiment.columns}
    return Line(result.name, facts, found, reported)


def _curves(results: list[Result], folder: Path) -> tuple[str, ...]:
    logs = {r.name: r.log for r in results if r.log is not None and r.log.exists()}
    if not logs:
        return ()
    figures.curves(logs, folder / "curves.png")
    return ("curves.png",)


def _remarks(experiment: Experiment, results: list[Result]) -> tuple[str, ...]:
    found = {result.name: result.remarks for result in results}
    missing = ("left out; it needs published weights (`--model`)",)
    return tuple(
        f"{row.name}: {remark}"
        for row in experiment.rows
        if not row.stage
        for remark in found.get(row.name, missing)
    )


def _data_in_words(experiment: Experiment, bench: Bench, task: Task) -> str:
    scale = experiment.scales[bench.scale]
    said = []
    for row in experiment.rows:
        sources = bench.data.get(row.data, bench.data[""])
        names = ", ".join(source.name for source in sources)
        training, held_out = pictures_of(experiment, row, bench, task)
        side = scale_side(row, scale)
        size = f" as squares of {side} px" if side else ""
        judged = min(len(held_out), scale.judged)
        counts = f"{len(training)} train, {judged} of {len(held_out)} held out are judged"
        said.append(f"{names}{size} ({counts})")
    return "; ".join(dict.fromkeys(said))


def _settings(experiment: Experiment, scale: str) -> tuple[str, ...]:
    """Return which recipe keys the scale changes, for all rows and for single ones."""
    own = [
        f"{row.name}: {' '.join(keys)}" for row in experiment.rows if (keys := row.scaled(scale))
    ]
    changed = [" ".join(experiment.scales[scale].set), *own]
    listed = "; ".join(f"`{keys}`" for keys in changed if keys)
    return (f"Keys that scale {scale} sets: {listed}",) if listed else ()
