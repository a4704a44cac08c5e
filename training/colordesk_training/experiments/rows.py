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
from colordesk_training.checkpoint import load_checkpoint
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
    torchvision_backbones: bool = False
    """Whether trunks without such weights take torchvision's, which may have to be fetched."""
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
        _, held_out = pictures_of(experiment, row, bench, task)
        return _finished_model(row, bench.models[row.name], held_out, scale, columns, task)
    run = _run(experiment, row, bench, task)
    side = scale_side(row, scale) or run.recipe.data.crop
    best = bool(run.recipe.run.patience)
    _, objective, _ = load_objective(run.folder / ("best.pt" if best else "last.pt"), row.decode)
    training, held_out = pictures_of(experiment, row, bench, task)
    judged = _judged(judge.network(objective), held_out, side, scale, columns, row, task)
    return Result(
        name=row.name,
        judged=judged,
        training=_end_of_log(run.folder / "log.csv", columns),
        steps=run.steps,
        batch=run.recipe.data.batch_size,
        minutes=run.minutes,
        pictures=len(training),
        side=side,
        remarks=run.remarks,
        log=run.folder / "log.csv",
    )


def reference_rows(experiment: Experiment, bench: Bench, task: Task) -> tuple[Result, Result]:
    """Return what doing nothing and the truth itself score, on the first row's pictures."""
    scale = experiment.scales[bench.scale]
    row = next(row for row in experiment.rows if not row.stage)
    recipe = read_recipe(row.recipe, _overrides(row, scale, bench))
    columns = tuple({base(column) for column in experiment.columns})
    side = scale_side(row, scale) or recipe.data.crop
    _, held_out = pictures_of(experiment, row, bench, task)
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
    """Return the pictures that a row is trained on, and those held out on which it is judged."""
    scale = experiment.scales[bench.scale]
    recipe = read_recipe(row.recipe, _overrides(row, scale, bench))
    training, held_out = _split(sources_of(row, scale, bench, task), recipe)
    if experiment.judged_on:
        elsewhere = replace(row, data=experiment.judged_on)
        _, held_out = _split(sources_of(elsewhere, scale, bench, task), recipe)
    return training, held_out


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


def _overrides(row: Row, scale: Scale, bench: Bench) -> list[str]:
    side = scale_side(row, scale)
    sized = [f"data.crop={side}", f"card.preferred_size={side}"] if side else []
    return [*sized, *scale.set, *row.at(bench.scale), *bench.overrides]


@dataclass(frozen=True)
class _Run:
    recipe: Recipe
    folder: Path
    steps: int
    minutes: float
    remarks: tuple[str, ...]


def _run(experiment: Experiment, row: Row, bench: Bench, task: Task) -> _Run:
    """Train a row, and the row that it starts from before, unless that is done."""
    scale = experiment.scales[bench.scale]
    overrides = _overrides(row, scale, bench)
    recipe = read_recipe(row.recipe, overrides)
    remarks: list[str] = []
    if row.weights:
        remarks.append("trained here for want of `--model`; the paper used published weights")
    init = None
    if row.start:
        init = _run(experiment, experiment.row(row.start), bench, task).folder / "last.pt"
        remarks.append(f"starts from {row.start}")
    backbone = _backbone(recipe.architecture, bench, remarks) if init is None else None
    source = sources_of(row, scale, bench, task)
    start = Start(
        data=source,
        out=bench.out / "runs",
        backbone=backbone,
        torchvision_backbone=bench.torchvision_backbones and backbone is None,
        random_backbone=bench.random_backbones and backbone is None,
        init=init,
        limit_images=None if scale.side else row.images or scale.images or None,
        device=bench.device,
    )
    start = replace(start, out=start.out / f"{Path(row.recipe).stem}-{_digest(recipe, start)}")
    facts = _trained(recipe, overrides, start, task)
    if facts["steps"] < recipe.run.steps:
        remarks.append(f"stopped early, after {facts['steps']} steps")
    return _Run(recipe, start.out, facts["steps"], facts["seconds"] / 60, tuple(remarks))


def _backbone(name: str, bench: Bench, remarks: list[str]) -> Path | None:
    """Return the file of ImageNet weights for an architecture, None if there is or needs none."""
    if architecture(name).load_backbone is None:
        return None
    found = next((path for key, path in bench.backbones.items() if name.startswith(key)), None)
    if found is None and bench.random_backbones:
        remarks.append("random trunk, not ImageNet's")
    elif found is None and not bench.torchvision_backbones:
        raise BackboneNeeded
    return found


def _digest(recipe: Recipe, start: Start) -> str:
    """Return a short name for all that decides what a run comes to."""
    sources = [str(path.resolve()) for path in start.data]
    begun = start.backbone, start.torchvision_backbone, start.init and start.init.parent.name
    made_of = repr((replace(recipe, text=""), sources, begun, start.limit_images))
    return hashlib.blake2b(made_of.encode(), digest_size=5).hexdigest()


def _trained(recipe: Recipe, overrides: Sequence[str], start: Start, task: Task) -> dict[str, Any]:
    """Train unless that is done; return how long it took and how far it came."""
    finished = start.out / "finished.json"
    if not finished.exists():
        learn(recipe, overrides, start, task)
        found = load_checkpoint(start.out / "last.pt")
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
    row: Row,
    path: Path,
    held_out: Sequence[Picture],
    scale: Scale,
    columns: Sequence[str],
    task: Task,
) -> Result:
    recipe = read_recipe(row.recipe)
    side = scale_side(row, scale) or recipe.data.crop
    if path.suffix == ".onnx":
        paint = judge.exported(path)
    else:
        paint = judge.network(load_objective(path, row.decode)[1])
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
