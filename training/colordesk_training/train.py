"""The training loop, to be read from top to bottom.

A run lives in one folder: `last.pt` (resume from here), `best.pt` (the best validation so far),
`log.csv`, `validation.csv`, `loss.png`, `samples.png`, `skipped.csv`. Invariant: killed at any
moment and resumed, a run on the CPU sees the same batches and goes through the same losses as one
that was never broken; shared among processes, it goes through the same losses as on one alone (but
for batch norms on the CPU, which only see their own process's part of a batch).
"""

from __future__ import annotations

import dataclasses
import math
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from PIL import Image
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel

from colordesk.errors import ColorDeskError
from colordesk.paths import atomic_write
from colordesk.task import Cancelled, Task
from colordesk_training import curves
from colordesk_training.checkpoint import Checkpoint, load_checkpoint, save_checkpoint
from colordesk_training.data.dataset import TrainingCrops, collate, training_loader
from colordesk_training.data.sources import DataError, Picture, categories
from colordesk_training.evaluate import Predict, Scores, score
from colordesk_training.grids import grid
from colordesk_training.logs import CsvLog, LeftOut, TensorBoard, Window
from colordesk_training.objective import Colorization, make_objective
from colordesk_training.optim import make_optimizer, set_rate
from colordesk_training.recipe import Recipe
from colordesk_training.start import (
    Start,
    first_weights,
    held_apart,
    measure_prior,
    moving_average,
    restore,
)
from colordesk_training.team import Interruptible, Team, weighed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SAMPLES = 6


class NonFiniteLoss(ColorDeskError):
    """The loss became infinite or NaN.

    Args:
        step: at which step.
        batch: where the batch was saved for inspection.
    """

    def __init__(self, step: int, batch: Path) -> None:
        super().__init__(step, batch)
        self.step = step
        self.batch = batch


def train(recipe: Recipe, overrides: Sequence[str], start: Start, task: Task) -> Scores | None:
    """Train a recipe; return the last validation scores (None if nothing was left to do).

    Several processes all return, but only the leading one has scores.

    Raises:
        ColorDeskError: something about recipe, data or weights is wrong.
        Cancelled: SIGTERM, Ctrl-C or the task's owner; a checkpoint was written.
    """
    torch.manual_seed(recipe.run.seed)
    torch.set_flush_denormal(True)  # vanishing gradients would cost a hundred times their worth
    start.out.mkdir(parents=True, exist_ok=True)
    last = start.out / "last.pt"
    found = load_checkpoint(last) if start.resume and last.exists() else None
    training, validation = held_apart(recipe, start)
    classes = categories(training) if recipe.data.labels else ()
    prior = found.prior.numpy() if found and found.prior is not None else None
    if prior is None:
        prior = measure_prior(recipe, training)
    objective = make_objective(recipe, prior)
    if found is None:
        first_weights(objective, recipe, start)
    objective.to(memory_format=torch.channels_last)

    team = Team(recipe, start)
    fabric = team.fabric
    if team.world > 1 and fabric.device.type == "cuda":
        nn.SyncBatchNorm.convert_sync_batchnorm(objective)  # type: ignore[no-untyped-call] # in place
    players = objective.players
    optimizers = {name: make_optimizer(player, recipe) for name, player in players.items()}
    averaging = moving_average(recipe.optimizer.ema)
    averaged = AveragedModel(objective.network, avg_fn=averaging, use_buffers=True)
    step, best, stale, seconds, images = 0, math.inf, 0, 0.0, 0
    if found is not None:
        restore(objective, averaged, optimizers, found, last)
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

    left_out = LeftOut(training, start.out / "skipped.csv", step)

    def save() -> None:
        if team.leads:
            save_checkpoint(checkpoint(), last)
            left_out.write()
        fabric.barrier()  # none may leave, and be taken for dead, while this one writes

    diary = _Diary(start, step) if team.leads else None
    loader = training_loader(
        training,
        recipe.data,
        recipe.run.seed,
        step,
        classes=classes,
        rank=team.rank,
        world=team.world,
        pin=fabric.device.type == "cuda",
    )
    batches = iter(loader)
    began, scores, window = time.monotonic(), None, Window()
    objective.train()
    with Interruptible() as interruption:
        try:
            while step < recipe.run.steps:
                if any(team.total(interruption.asked or task.cancelled)):
                    raise Cancelled
                if team.leads and not task.cancelled:
                    task.progress(step / recipe.run.steps, window.status())
                batch = next(batches)
                step += 1
                left_out.add(batch.pop("skipped", None))
                share, pictures = team.share(len(batch.get("ab", ())))
                if not share:
                    _complain_if_hopeless(left_out, len(training), images, team, start)
                    continue
                batch = {
                    name: value.to(fabric.device, non_blocking=True)
                    for name, value in batch.items()
                }
                # Dropout, too, depends only on where a run is, not on how it came there.
                torch.manual_seed((recipe.run.seed << 40) + (step << 12) + team.rank)
                terms: dict[str, Tensor] = {}
                for name, optimizer in optimizers.items():
                    rate = set_rate(optimizer, step, recipe)
                    losses = model(batch, name)
                    loss = weighed(losses["loss"], share)
                    if any(team.total(not torch.isfinite(loss))):
                        raise _kept(batch, step, start, team)
                    fabric.backward(loss)
                    if recipe.optimizer.clip_norm:
                        fabric.clip_gradients(
                            players[name], optimizer, max_norm=recipe.optimizer.clip_norm
                        )
                    optimizer.step()
                    for each in optimizers.values():  # the network's turn reaches the critic, too
                        each.zero_grad()
                    prefix = "" if name == "network" else f"{name}_"
                    terms |= {prefix + term: value * share for term, value in losses.items()}
                averaged.update_parameters(objective.network)
                images += pictures
                window.add(terms, pictures)
                if step % recipe.run.log_every == 0:
                    means, speed = window.take()
                    means = team.mean(means)
                    if diary is not None:
                        diary.learned(step, means, lr=rate, images=images, images_per_second=speed)
                if step % recipe.run.eval_every == 0 or step == recipe.run.steps:
                    if diary is not None:
                        predict = predictor(objective, averaged.module, fabric.device)
                        scores = score(predict, validation, recipe.data.crop, Task())
                        held_out = _loss(objective, averaged.module, validation, recipe, classes)
                        diary.validated(step, scores, held_out)
                        diary.show(step, predict, validation[:_SAMPLES], recipe.data.crop)
                        found_now = held_out if recipe.run.judge == "loss" else scores.ciede2000
                        stale = 0 if found_now < best else stale + 1
                        if stale == 0:
                            best = found_now
                            save_checkpoint(checkpoint(), start.out / "best.pt")
                    stale = team.from_lead(stale)
                    if recipe.run.patience and stale >= recipe.run.patience:
                        break
                if step % recipe.run.save_every == 0:
                    save()
        except Cancelled:
            left_out.merge(team.gathered(left_out.why))
            save()
            raise
    left_out.merge(team.gathered(left_out.why))
    save()
    if diary is not None:
        diary.close()
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


def _loss(
    objective: Colorization,
    network: nn.Module,
    pictures: Sequence[Picture],
    recipe: Recipe,
    classes: Sequence[str],
) -> float:
    """Return the network's mean loss on crops of held-out pictures, always the same, not varied."""
    spec = dataclasses.replace(
        recipe.data, augment="none", film=0.0, hints=0.0, min_scale=1.0, max_scale=1.0
    )
    crops = TrainingCrops(pictures, spec, recipe.run.seed, classes)
    device = next(network.parameters()).device
    learning, total, count = objective.network, 0.0, 0
    objective.network = network
    objective.eval()
    try:
        with torch.no_grad():
            for batch in _batches(crops, len(pictures), spec.batch_size):
                there = {name: value.to(device) for name, value in batch.items()}
                total += float(objective(there, "network")["loss"]) * len(batch["ab"])
                count += len(batch["ab"])
    finally:
        objective.network = learning
        objective.train()
    return total / count if count else math.nan


def _batches(crops: TrainingCrops, count: int, size: int) -> Iterator[dict[str, Tensor]]:
    for begin in range(0, count, size):
        batch = collate([crops[0, i, 0] for i in range(begin, min(begin + size, count))])
        batch.pop("skipped", None)
        if batch:
            yield batch


def _complain_if_hopeless(
    left_out: LeftOut, pictures: int, images: int, team: Team, start: Start
) -> None:
    """Raise DataError if every picture was tried, and not one step came of it."""
    gray, broken = team.total(left_out.gray, left_out.broken)
    if images == 0 and gray + broken >= pictures:
        raise DataError(
            start.data[0],
            f"none of its {pictures} training pictures can be used "
            f"({gray:.0f} gray, {broken:.0f} broken)",
        )


def _kept(batch: dict[str, Tensor], step: int, start: Start, team: Team) -> NonFiniteLoss:
    """Save a process's part of the batch, and return the error that says where."""
    name = f"non-finite-batch-{team.rank}.pt" if team.rank else "non-finite-batch.pt"
    saved = start.out / name
    torch.save(batch, saved)
    return NonFiniteLoss(step, saved)


class _Diary:
    """All that the leading process writes down but checkpoints."""

    def __init__(self, start: Start, step: int) -> None:
        self._out = start.out
        self._log = CsvLog(start.out / "log.csv", step)
        self._validations = CsvLog(start.out / "validation.csv", step)
        self._board = TensorBoard(start.out / "tensorboard", step) if start.tensorboard else None

    def learned(self, step: int, means: dict[str, float], **facts: float) -> None:
        self._log.add(step=step, **facts, **means)
        if self._board is not None:
            self._board.add("training", step, {**facts, **means})

    def validated(self, step: int, scores: Scores, loss: float) -> None:
        values = {**dataclasses.asdict(scores), "loss": loss}
        self._validations.add(step=step, **values)
        curves.draw(self._log.path, self._validations.path, self._out / "loss.png")
        if self._board is not None:
            self._board.add("validation", step, values)

    def show(self, step: int, predict: Predict, pictures: Sequence[Picture], size: int) -> None:
        samples = grid(predict, pictures, size)
        with atomic_write(self._out / "samples.png") as temporary:
            Image.fromarray(samples).save(temporary)
        if self._board is not None:
            self._board.add_picture(step, samples)

    def close(self) -> None:
        if self._board is not None:
            self._board.close()
