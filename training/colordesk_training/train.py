"""The training loop, to be read from top to bottom.

A run lives in one folder: `last.pt` (resume from here), `best.pt` (lowest validation CIEDE2000),
`log.csv`, `validation.csv`, `loss.png`. Invariant: killed at any moment and resumed, a run on the
CPU sees the same batches and goes through the same losses as one that was never broken.
"""

from __future__ import annotations

import csv
import dataclasses
import math
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from lightning_fabric import Fabric
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel

from colordesk.errors import ColorDeskError
from colordesk.paths import atomic_write
from colordesk.task import Cancelled, Task
from colordesk_training import curves
from colordesk_training.checkpoint import (
    Checkpoint,
    CheckpointError,
    load_checkpoint,
    load_tensors,
    save_checkpoint,
)
from colordesk_training.data.dataset import TrainingCrops, training_loader
from colordesk_training.data.sources import DataError, Picture, list_pictures, split
from colordesk_training.evaluate import Predict, Scores, score, spread
from colordesk_training.objective import Colorization, make_objective
from colordesk_training.optim import make_optimizer, set_rate
from colordesk_training.recipe import Recipe
from colordesk_training.registry import architecture
from colordesk_training.targets import make_target

if TYPE_CHECKING:
    from numpy.typing import NDArray

_PRIOR_PICTURES = 2000


class BackboneNeeded(ColorDeskError):  # noqa: N818 - reads as what it is
    """A network wants ImageNet weights and was given none; a random start must be asked for."""


class NonFiniteLoss(ColorDeskError):  # noqa: N818 - reads as what it is
    """The loss became infinite or NaN.

    Args:
        step: at which step.
        batch: where the batch was saved for inspection.
    """

    def __init__(self, step: int, batch: Path) -> None:
        super().__init__(step, batch)
        self.step = step
        self.batch = batch


@dataclass(frozen=True)
class Start:
    """What a run begins with."""

    data: tuple[Path, ...]
    """Image folders and zip archives."""
    out: Path
    """Folder of the run."""
    backbone: Path | None = None
    """ImageNet weights."""
    random_backbone: bool = False
    """Train a network that wants ImageNet weights without them."""
    init: Path | None = None
    """Checkpoint whose averaged weights the network starts from."""
    resume: bool = True
    """Go on from `last.pt` if it is there."""
    limit_images: int | None = None
    device: str = "auto"


def train(recipe: Recipe, overrides: Sequence[str], start: Start, task: Task) -> Scores | None:
    """Train a recipe; return the last validation scores (None if nothing was left to do).

    Raises:
        ColorDeskError: something about recipe, data or weights is wrong.
        Cancelled: SIGTERM, Ctrl-C or the task's owner; a checkpoint was written.
    """
    torch.manual_seed(recipe.run.seed)
    torch.set_flush_denormal(True)  # vanishing gradients would cost a hundred times their worth
    start.out.mkdir(parents=True, exist_ok=True)
    last = start.out / "last.pt"
    found = load_checkpoint(last) if start.resume and last.exists() else None
    pictures = list_pictures(start.data)[: start.limit_images]
    training, held_out = split(pictures, recipe.data.val_percent)
    if not training:
        raise DataError(start.data[0], "it holds too few pictures to train on")
    validation = spread(held_out, recipe.data.val_images)

    fabric = Fabric(accelerator=start.device, devices=1, precision=recipe.run.precision)  # type: ignore[arg-type] # checked by Fabric, with a clear error
    prior = found.prior.numpy() if found and found.prior is not None else None
    if prior is None:
        prior = measure_prior(recipe, training)
    objective = make_objective(recipe, prior)
    if found is None:
        _load_start(objective, recipe, start)
    objective.to(memory_format=torch.channels_last)
    players = objective.players
    optimizers = {name: make_optimizer(player, recipe) for name, player in players.items()}
    averaged = AveragedModel(objective.network, avg_fn=_ema(recipe.optimizer.ema), use_buffers=True)
    step, best, stale, seconds, images = 0, math.inf, 0, 0.0, 0
    if found is not None:
        _restore(objective, averaged, optimizers, found, last)
        step, best, stale = found.step, found.best, found.stale
        seconds, images = found.seconds, found.images
    model, *ready = fabric.setup(objective, *optimizers.values())
    optimizers = dict(zip(players, ready, strict=True))
    averaged.to(fabric.device)

    def checkpoint() -> Checkpoint:
        return Checkpoint(
            recipe=recipe.text,
            overrides=list(overrides),
            step=step,
            network=objective.network.state_dict(),
            averaged=averaged.module.state_dict(),
            critic=players["critic"].state_dict() if "critic" in players else {},
            optimizers={name: optimizer.state_dict() for name, optimizer in optimizers.items()},
            prior=None if prior is None else torch.from_numpy(prior),
            best=best,
            stale=stale,
            seconds=seconds + time.monotonic() - began,
            images=images,
        )

    log, validations = _Log(start.out / "log.csv", step), _Log(start.out / "validation.csv", step)
    batches = iter(training_loader(training, recipe.data, recipe.run.seed, step))
    began, scores, window = time.monotonic(), None, _Window()
    with _interruptible(task):
        try:
            while step < recipe.run.steps:
                task.progress(step / recipe.run.steps, window.status())
                batch = next(batches)
                step += 1
                if len(batch.get("ab", ())) < 2:  # batch norm cannot learn from one picture
                    continue
                batch = {name: value.to(fabric.device) for name, value in batch.items()}
                terms: dict[str, Tensor] = {}
                for name, optimizer in optimizers.items():
                    rate = set_rate(optimizer, step, recipe)
                    losses = model(batch, name)
                    if not torch.isfinite(losses["loss"]):
                        saved = start.out / "non-finite-batch.pt"
                        torch.save(batch, saved)
                        raise NonFiniteLoss(step, saved)
                    fabric.backward(losses["loss"])
                    if recipe.optimizer.clip_norm:
                        fabric.clip_gradients(
                            players[name], optimizer, max_norm=recipe.optimizer.clip_norm
                        )
                    optimizer.step()
                    for each in optimizers.values():  # the network's turn reaches the critic, too
                        each.zero_grad()
                    prefix = "" if name == "network" else f"{name}_"
                    terms |= {prefix + term: value for term, value in losses.items()}
                averaged.update_parameters(objective.network)
                images += len(batch["ab"])
                window.add(terms, len(batch["ab"]))
                if step % recipe.run.log_every == 0:
                    log.add(step=step, lr=rate, images=images, **window.take())
                if step % recipe.run.eval_every == 0 or step == recipe.run.steps:
                    scores = score(
                        predictor(objective, averaged.module, fabric.device),
                        validation,
                        recipe.data.crop,
                        Task(),
                    )
                    validations.add(step=step, **dataclasses.asdict(scores))
                    curves.draw(log.path, validations.path, start.out / "loss.png")
                    stale = 0 if scores.ciede2000 < best else stale + 1
                    if stale == 0:
                        best = scores.ciede2000
                        save_checkpoint(checkpoint(), start.out / "best.pt")
                    if recipe.run.patience and stale >= recipe.run.patience:
                        break
                if step % recipe.run.save_every == 0:
                    save_checkpoint(checkpoint(), last)
        except Cancelled:
            save_checkpoint(checkpoint(), last)
            raise
    save_checkpoint(checkpoint(), last)
    return scores


def predictor(
    objective: Colorization, network: nn.Module, device: torch.device | None = None
) -> Predict:
    """Return the colorizer that `evaluate.score` wants, using `network` for its weights."""

    def predict(lightness: NDArray[np.float32], hints: NDArray[np.float32]) -> NDArray[np.float32]:
        optional = {"hints": torch.from_numpy(hints)[None].to(device)}
        planes = torch.from_numpy(lightness)[None, None].to(device)
        network.eval()
        with torch.inference_mode():
            prediction = network(planes, *(optional[name] for name in objective.inputs))
            ab: NDArray[np.float32] = objective.target.decode(prediction, planes)[0].cpu().numpy()
        return ab

    return predict


def measure_prior(recipe: Recipe, pictures: Sequence[Picture]) -> NDArray[np.float32] | None:
    """Return how often each class of the target occurs in the pictures; None without classes."""
    target = make_target(recipe.target.name, recipe.target.options)
    if not target.classes():
        return None
    crops = TrainingCrops(pictures, recipe.data, recipe.run.seed)
    counts = torch.zeros(target.classes())
    for index in range(0, len(pictures), max(len(pictures) // _PRIOR_PICTURES, 1)):
        sample = crops[0, index, 0]
        if "ab" in sample:
            counts += target.count(sample["ab"][None, :, ::4, ::4])
    prior: NDArray[np.float32] = (counts / counts.sum().clamp(min=1)).numpy()
    return prior


def _load_start(objective: Colorization, recipe: Recipe, start: Start) -> None:
    """Fill a new network with the weights that the run was told to start from."""
    if start.init is not None:
        _load(objective.network, load_checkpoint(start.init).averaged, start.init)
        return
    load_backbone = architecture(recipe.architecture).load_backbone
    if load_backbone is None or start.random_backbone:
        return
    if start.backbone is None:
        raise BackboneNeeded
    try:
        load_backbone(objective.network, load_tensors(start.backbone))
    except (KeyError, RuntimeError) as error:
        raise CheckpointError(
            start.backbone, f"its weights do not fit {recipe.architecture} ({error})"
        ) from error


def _load(module: nn.Module, weights: dict[str, Tensor], path: Path) -> None:
    try:
        module.load_state_dict(weights)
    except RuntimeError as error:
        raise CheckpointError(path, "it belongs to another architecture") from error


def _restore(
    objective: Colorization,
    averaged: AveragedModel,
    optimizers: dict[str, torch.optim.Optimizer],
    found: Checkpoint,
    path: Path,
) -> None:
    _load(objective.network, found.network, path)
    _load(averaged.module, found.averaged, path)
    averaged.n_averaged.fill_(found.step)
    if "critic" in objective.players:
        _load(objective.players["critic"], found.critic, path)
    try:
        for name, optimizer in optimizers.items():
            optimizer.load_state_dict(found.optimizers[name])
    except (KeyError, ValueError) as error:
        raise CheckpointError(path, "it belongs to another recipe") from error


def _ema(decay: float) -> Any:
    """Exponential moving average whose memory grows at the start (no trace of random weights)."""

    def average(old: Tensor, new: Tensor, count: Tensor | int) -> Tensor:
        held = min(decay, (1 + float(count)) / (10 + float(count)))
        return old * held + new * (1 - held)

    return average


class _Window:
    """Means of the loss terms, and speed, since they were last taken."""

    def __init__(self) -> None:
        self._rows: list[dict[str, float]] = []
        self._images = 0
        self._since = time.monotonic()

    def add(self, terms: dict[str, Tensor], images: int) -> None:
        self._rows.append({name: float(value.detach()) for name, value in terms.items()})
        self._images += images

    def take(self) -> dict[str, float]:
        means = {name: float(np.mean([row[name] for row in self._rows])) for name in self._rows[0]}
        speed = self._images / (time.monotonic() - self._since)
        self.__init__()  # type: ignore[misc] # starts anew
        return {**means, "images_per_second": speed}

    def status(self) -> str:
        if not self._rows:
            return ""
        speed = self._images / max(time.monotonic() - self._since, 1e-9)
        return f"loss {self._rows[-1]['loss']:.3f}, {speed:.0f} images/s"


class _Log:
    """A CSV file with one row per event; rows after the resumed step are dropped."""

    def __init__(self, path: Path, step: int) -> None:
        self.path = path
        self._rows: list[dict[str, str]] = []
        if path.exists() and step > 0:
            with path.open(newline="", encoding="utf-8") as file:
                self._rows = [row for row in csv.DictReader(file) if int(row["step"]) <= step]
        self._write()

    def add(self, **values: float) -> None:
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


class _interruptible:  # noqa: N801 - used as a statement
    """Turns SIGTERM and Ctrl-C into a cancel of the task, so that a checkpoint is written."""

    def __init__(self, task: Task) -> None:
        self._task = task

    def __enter__(self) -> None:
        def stop(_number: int, _frame: FrameType | None) -> None:
            self._task.cancel()

        self._old = {
            number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)
        }

    def __exit__(self, *_error: object) -> None:
        for number, handler in self._old.items():
            signal.signal(number, handler)
