"""Trains the rows of experiments, each once, and judges them.

A run's folder is named after everything that decides it, so rows that several experiments share
are trained once. Invariant: a run with `finished.json` is never trained again, one without goes on
where it stopped.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from colordesk.paths import atomic_write
from colordesk.task import Task
from colordesk_training.data.sources import Picture, list_pictures, split
from colordesk_training.evaluate import spread
from colordesk_training.experiments import judge
from colordesk_training.experiments.catalogue import Experiment, Row, Scale
from colordesk_training.experiments.judge import Judged, Paint
from colordesk_training.experiments.measures import TERMS, base
from colordesk_training.experiments.pictures import squares
from colordesk_training.export import load_objective
from colordesk_training.fit import learn
from colordesk_training.recipe import Recipe, read_recipe
from colordesk_training.registry import architecture
from colordesk_training.start import BackboneNeeded, Start
from colordesk_training.targets import make_target

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LAST = 0.1  # share of a training log whose mean is called its training loss


@dataclass(frozen=True)
class Bench:
    """Where and on what a reproduction runs."""

    scale: str
    data: Mapping[str, tuple[Path, ...]]
    """Sources by the name that rows use; "" for all other rows."""
    out: Path
    backbones: Mapping[str, Path] = field(default_factory=dict)
    """ImageNet weights by the beginning of the architectures' names."""
    random_backbones: bool = False
    """Whether trunks without such weights start from random ones."""
    models: Mapping[str, Path] = field(default_factory=dict)
    """Finished models (.onnx or .pt) that are measured in place of rows."""
    overrides: tuple[str, ...] = ()
    device: str = "auto"


@dataclass(frozen=True)
class Result:
    """A row, trained and judged."""

    name: str
    judged: Judged
    training: Mapping[str, float] = field(default_factory=dict)
    """Mean loss terms at the end of training, by column."""
    steps: int = 0
    batch: int = 0
    minutes: float = 0.0
    pictures: int = 0
    """How many it was trained on."""
    side: int = 0
    remarks: tuple[str, ...] = ()
    log: Path | None = None


def trained_row(experiment: Experiment, row: Row, bench: Bench, task: Task) -> Result:
    """Train a row, if it is not yet trained, and judge it.

    Raises:
        ColorDeskError: something about recipe, data or weights is wrong.
        Cancelled: the person stopped it; the same call goes on from there.
    """
    scale = experiment.scales[bench.scale]
    columns = tuple({base(column) for column in experiment.columns} | {experiment.by} - {""})
    if row.name in bench.models:
        judged_on = _judged_source(experiment, row, bench, task)
        return _finished_model(row, bench.models[row.name], judged_on, scale, columns, task)
    source = sources_of(row, scale, bench, task)
    overrides = _overrides(row, scale, bench)
    recipe = read_recipe(row.recipe, overrides)
    remarks: list[str] = []
    if row.weights:
        remarks.append("trained here for want of `--model`; the paper used published weights")
    start = _start(experiment, row, recipe, bench, source, task, remarks)
    facts = _trained(recipe, overrides, start, task)
    if facts["steps"] < recipe.run.steps and recipe.run.patience:
        remarks.append(f"stopped early, after {facts['steps']} steps")
    side = scale_side(row, scale) or recipe.data.crop
    best = bool(recipe.run.patience)
    _, objective, _ = load_objective(start.out / ("best.pt" if best else "last.pt"), row.decode)
    training, _ = _split(source, recipe)
    _, held_out = _split(_judged_source(experiment, row, bench, task), recipe)
    judged = _judged(judge.network(objective), held_out, side, scale, columns, row, task)
    return Result(
        name=row.name,
        judged=judged,
        training=_end_of_log(start.out / "log.csv", columns),
        steps=facts["steps"],
        batch=recipe.data.batch_size,
        minutes=facts["seconds"] / 60,
        pictures=len(training),
        side=side,
        remarks=tuple(remarks),
        log=start.out / "log.csv",
    )


def reference_rows(experiment: Experiment, bench: Bench, task: Task) -> tuple[Result, Result]:
    """Return what doing nothing and the truth itself score, on the first row's pictures."""
    scale, row = experiment.scales[bench.scale], experiment.rows[0]
    recipe = read_recipe(row.recipe, _overrides(row, scale, bench))
    columns = tuple({base(column) for column in experiment.columns})
    side = scale_side(row, scale) or recipe.data.crop
    _, held_out = _split(_judged_source(experiment, row, bench, task), recipe)
    target = make_target(recipe.target.name, recipe.target.options)
    paints: tuple[tuple[str, Paint], ...] = (("gray", judge.gray(target)), ("truth", judge.truth))
    plain = Row(row.name, row.recipe)
    gray, truth = (
        Result(name, _judged(paint, held_out, side, scale, columns, plain, task), side=side)
        for name, paint in paints
    )
    return gray, truth


def pictures_of(
    experiment: Experiment, row: Row, bench: Bench, task: Task
) -> tuple[Sequence[Picture], Sequence[Picture]]:
    """Return the pictures that a row is trained on, and those held out."""
    scale = experiment.scales[bench.scale]
    recipe = read_recipe(row.recipe, _overrides(row, scale, bench))
    return _split(sources_of(row, scale, bench, task), recipe)


def scale_side(row: Row, scale: Scale) -> int:
    """Return the side of a row's squares; 0 if pictures are taken as they are."""
    return (row.side or scale.side) if scale.side else 0


def sources_of(row: Row, scale: Scale, bench: Bench, task: Task) -> tuple[Path, ...]:
    """Return where a row's pictures come from, made into squares if the scale wants that."""
    given = bench.data.get(row.data, bench.data[""])
    side = scale_side(row, scale)
    if not side:
        return given
    return (squares(given, scale.images, side, bench.out / "pictures", task),)


def _judged_source(experiment: Experiment, row: Row, bench: Bench, task: Task) -> tuple[Path, ...]:
    data = experiment.judged_on or row.data
    return sources_of(replace(row, data=data), experiment.scales[bench.scale], bench, task)


def _overrides(row: Row, scale: Scale, bench: Bench) -> list[str]:
    side = scale_side(row, scale)
    sized = [f"data.crop={side}", f"card.preferred_size={side}"] if side else []
    return [*sized, *scale.set, *row.at(bench.scale), *bench.overrides]


def _start(
    experiment: Experiment,
    row: Row,
    recipe: Recipe,
    bench: Bench,
    source: tuple[Path, ...],
    task: Task,
    remarks: list[str],
) -> Start:
    """Return what a row's training begins with; the row that it starts from is trained first."""
    name = recipe.architecture
    backbone = next((path for key, path in bench.backbones.items() if name.startswith(key)), None)
    init = None
    if row.start:
        before = experiment.row(row.start)
        trained_row(experiment, before, bench, task)
        init = _folder_of(experiment, before, bench, task) / "last.pt"
    elif architecture(name).load_backbone is not None and backbone is None:
        if not bench.random_backbones:
            raise BackboneNeeded
        remarks.append("random trunk, not ImageNet's")
    scale = experiment.scales[bench.scale]
    limit = None if scale.side else row.images or scale.images or None
    begun = [str(path.resolve()) for path in (*source, *filter(None, (backbone, init)))]
    made_of = repr((replace(recipe, text=""), begun, limit))
    digest = hashlib.blake2b(made_of.encode(), digest_size=5)
    return Start(
        data=source,
        out=bench.out / "runs" / f"{Path(row.recipe).stem}-{digest.hexdigest()}",
        backbone=backbone,
        random_backbone=backbone is None,
        init=init,
        limit_images=limit,
        device=bench.device,
    )


def _folder_of(experiment: Experiment, row: Row, bench: Bench, task: Task) -> Path:
    scale = experiment.scales[bench.scale]
    recipe = read_recipe(row.recipe, _overrides(row, scale, bench))
    source = sources_of(row, scale, bench, task)
    return _start(experiment, row, recipe, bench, source, task, []).out


def _trained(recipe: Recipe, overrides: Sequence[str], start: Start, task: Task) -> dict[str, Any]:
    """Train unless that is done; return how long it took and how far it came."""
    finished = start.out / "finished.json"
    if not finished.exists():
        learn(recipe, overrides, start, task)
        _, _, found = load_objective(start.out / "last.pt")
        facts = {"steps": found.step, "images": found.images, "seconds": found.seconds}
        with atomic_write(finished) as temporary:
            temporary.write_text(json.dumps(facts), encoding="utf-8")
    known: dict[str, Any] = json.loads(finished.read_text(encoding="utf-8"))
    return known


def _split(source: tuple[Path, ...], recipe: Recipe) -> tuple[Sequence[Picture], Sequence[Picture]]:
    return split(list_pictures(source), recipe.data.val_percent)


def _judged(
    paint: Paint,
    held_out: Sequence[Picture],
    side: int,
    scale: Scale,
    columns: Sequence[str],
    row: Row,
    task: Task,
) -> Judged:
    chosen = spread(held_out, scale.judged)
    return judge.judge(paint, chosen, side, columns, task, fault=row.fault)


def _finished_model(
    row: Row, path: Path, source: tuple[Path, ...], scale: Scale, columns: Sequence[str], task: Task
) -> Result:
    recipe = read_recipe(row.recipe)
    side = scale_side(row, scale) or recipe.data.crop
    if path.suffix == ".onnx":
        paint = judge.exported(path)
    else:
        paint = judge.network(load_objective(path, row.decode)[1])
    _, held_out = _split(source, recipe)
    judged = _judged(paint, held_out, side, scale, columns, row, task)
    return Result(row.name, judged, side=side, remarks=(f"the finished model {path.name}",))


def _end_of_log(path: Path, columns: Sequence[str]) -> dict[str, float]:
    """Return the mean of each column's loss term over the last tenth of a training log."""
    if not path.exists():  # fitted, not trained
        return {}
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    tail = rows[-max(round(len(rows) * _LAST), 1) :]
    return {
        column: float(np.mean([float(row[TERMS[column]]) for row in tail]))
        for column in columns
        if column in TERMS and tail and TERMS[column] in tail[0]
    }


def values(result: Result, column: str) -> NDArray[np.float64]:
    """Return a result's number for each picture of a column; one number for `train:`.

    Held-out pictures are halved for `valid:` and `test:` by their place in the list.
    """
    part, _, measure = column.rpartition(":")
    if part == "train":
        return np.array([result.training.get(measure, np.nan)])
    found = result.judged.values.get(measure, np.array([np.nan]))
    halves = {"valid": slice(0, None, 2), "test": slice(1, None, 2)}
    return found[halves[part]] if part else found
