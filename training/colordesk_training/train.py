"""The training loop: `train` from top to bottom, and what each of its lines does in `_Run`.

A run lives in one folder: `last.pt` (resume from here), `best.pt` (the best validation so far),
`log.csv`, `validation.csv`, `loss.png`, `samples.png`, `skipped.csv`. Invariant: killed at any
moment and resumed, a run on the CPU sees the same batches and goes through the same losses as one
that was never broken; shared among processes, it goes through the same losses as on one alone (but
for batch norms on the CPU, which only see their own process's part of a batch).
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel

from colordesk.errors import ColorDeskError
from colordesk.task import Cancelled, Task
from colordesk_training import held_out
from colordesk_training.checkpoint import Checkpoint, load_checkpoint, save_checkpoint
from colordesk_training.data.dataset import training_loader
from colordesk_training.data.sources import DataError, categories
from colordesk_training.diary import Diary
from colordesk_training.evaluate import Scores, score
from colordesk_training.logs import LeftOut, Window
from colordesk_training.objective import make_objective
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
    run, schedule, scores = _Run(recipe, overrides, start), recipe.run, None
    batches = run.batches()
    with Interruptible() as interruption:
        try:
            while run.step < schedule.steps:
                if any(run.team.total(interruption.asked or task.cancelled)):
                    raise Cancelled
                if run.team.leads and not task.cancelled:
                    task.progress(run.step / schedule.steps, run.window.status())
                if not run.learn(next(batches)):
                    continue
                if run.step % schedule.log_every == 0:
                    run.note()
                if run.step % schedule.eval_every == 0 or run.step == schedule.steps:
                    scores = run.validate()
                    if schedule.patience and run.stale >= schedule.patience:
                        break
                if run.step % schedule.save_every == 0:
                    run.save()
        except Cancelled:
            run.gather()
            run.save()
            raise
    run.gather()
    run.save()
    run.close()
    return scores


class _Run:
    """A run as it stands: what learns, by which means, and how far it has come.

    Args:
        recipe: what is trained.
        overrides: `key=value` that were given beside the recipe.
        start: what it begins with, or goes on from.

    Raises:
        ColorDeskError: something about recipe, data or weights is wrong.
    """

    def __init__(self, recipe: Recipe, overrides: Sequence[str], start: Start) -> None:
        self._recipe, self._overrides, self._start = recipe, list(overrides), start
        start.out.mkdir(parents=True, exist_ok=True)
        self._last = start.out / "last.pt"
        found = load_checkpoint(self._last) if start.resume and self._last.exists() else None
        self._training, self._validation = held_apart(recipe, start)
        self._classes = categories(self._training) if recipe.data.labels else ()
        prior = found.prior.numpy() if found and found.prior is not None else None
        self._prior = measure_prior(recipe, self._training) if prior is None else prior
        self._objective = make_objective(recipe, self._prior)
        if found is None:
            first_weights(self._objective, recipe, start)
        self._objective.to(memory_format=torch.channels_last)

        self.team = Team(recipe, start)
        self._device = self.team.fabric.device
        if self.team.world > 1 and self._device.type == "cuda":
            nn.SyncBatchNorm.convert_sync_batchnorm(self._objective)  # type: ignore[no-untyped-call] # in place
        self._players = self._objective.players
        optimizers = {name: make_optimizer(each, recipe) for name, each in self._players.items()}
        averaging = moving_average(recipe.optimizer.ema)
        self._averaged = AveragedModel(self._objective.network, avg_fn=averaging, use_buffers=True)
        self.step, self._images, self._seconds = 0, 0, 0.0
        self._best, self.stale = math.inf, 0
        if found is not None:
            restore(self._objective, self._averaged, optimizers, found, self._last)
            self.step, self._images, self._seconds = found.step, found.images, found.seconds
            self._best, self.stale = found.best, found.stale
        self._model, *ready = self.team.fabric.setup(self._objective, *optimizers.values())
        self._optimizers = dict(zip(self._players, ready, strict=True))
        self._averaged.to(self._device)

        self._left_out = LeftOut(self._training, start.out / "skipped.csv", self.step)
        leads, board = self.team.leads, start.tensorboard
        self._diary = Diary(start.out, self.step, tensorboard=board) if leads else None
        self.window = Window()
        """What the steps since the last note were like."""
        self._rate = 0.0
        self._objective.train()
        self._began = time.monotonic()

    def batches(self) -> Iterator[dict[str, Tensor]]:
        """Return the batches from this step on, without end; this process's part of each."""
        loader = training_loader(
            self._training,
            self._recipe.data,
            self._recipe.run.seed,
            self.step,
            classes=self._classes,
            rank=self.team.rank,
            world=self.team.world,
            pin=self._device.type == "cuda",
        )
        return iter(loader)

    def learn(self, batch: dict[str, Tensor]) -> bool:
        """Take a step with a batch; return False for one that no process has pictures in.

        Raises:
            NonFiniteLoss: the loss is no number; nothing was learned from it.
            DataError: all pictures were tried, and none can be used.
        """
        self.step += 1
        self._left_out.add(batch.pop("skipped", None))
        share, pictures = self.team.share(len(batch.get("ab", ())))
        if not share:
            self._complain_if_hopeless()
            return False
        batch = {name: value.to(self._device, non_blocking=True) for name, value in batch.items()}
        # Dropout, too, depends only on where a run is, not on how it came there.
        torch.manual_seed((self._recipe.run.seed << 40) + (self.step << 12) + self.team.rank)
        terms: dict[str, Tensor] = {}
        for name in self._optimizers:
            prefix = "" if name == "network" else f"{name}_"
            losses = self._turn(name, batch, share)
            terms |= {prefix + term: value * share for term, value in losses.items()}
        self._averaged.update_parameters(self._objective.network)
        self._images += pictures
        self.window.add(terms, pictures)
        return True

    def note(self) -> None:
        """Write down the mean losses since the last time."""
        means, speed = self.window.take()
        means = self.team.mean(means)
        if self._diary is not None:
            facts = {"lr": self._rate, "images": self._images, "images_per_second": speed}
            self._diary.learned(self.step, means, **facts)

    def validate(self) -> Scores | None:
        """Judge the averaged network on the held-out pictures; keep it if none was better.

        Only the leading process has scores.
        """
        recipe, network, scores = self._recipe, self._averaged.module, None
        if self._diary is not None:
            predict = held_out.predictor(self._objective, network, self._device)
            scores = score(predict, self._validation, recipe.data.crop, Task())
            loss = held_out.loss(self._objective, network, self._validation, recipe, self._classes)
            self._diary.validated(self.step, scores, loss)
            self._diary.show(self.step, predict, self._validation[:_SAMPLES], recipe.data.crop)
            found = loss if recipe.run.judge == "loss" else scores.ciede2000
            self.stale = 0 if found < self._best else self.stale + 1
            if self.stale == 0:
                self._best = found
                save_checkpoint(self._checkpoint(), self._start.out / "best.pt")
        self.stale = self.team.from_lead(self.stale)
        return scores

    def gather(self) -> None:
        """Bring together what each process had to leave out."""
        self._left_out.merge(self.team.gathered(self._left_out.why))

    def save(self) -> None:
        """Write the checkpoint that the run can go on from, and what was left out so far."""
        if self.team.leads:
            save_checkpoint(self._checkpoint(), self._last)
            self._left_out.write()
        self.team.fabric.barrier()  # none may leave, and be taken for dead, while this one writes

    def close(self) -> None:
        """End the diary."""
        if self._diary is not None:
            self._diary.close()

    def _turn(self, name: str, batch: dict[str, Tensor], share: float) -> dict[str, Tensor]:
        """Let one player learn from a batch; return its losses."""
        optimizer, fabric = self._optimizers[name], self.team.fabric
        self._rate = set_rate(optimizer, self.step, self._recipe)
        losses: dict[str, Tensor] = self._model(batch, name)
        loss = weighed(losses["loss"], share)
        if any(self.team.total(not torch.isfinite(loss))):
            raise self._not_finite(batch)
        fabric.backward(loss)
        if limit := self._recipe.optimizer.clip_norm:
            fabric.clip_gradients(self._players[name], optimizer, max_norm=limit)
        optimizer.step()
        for each in self._optimizers.values():  # the network's turn reaches the critic, too
            each.zero_grad()
        return losses

    def _checkpoint(self) -> Checkpoint:
        critic, prior = self._players.get("critic"), self._prior
        return Checkpoint(
            recipe=self._recipe.text,
            overrides=self._overrides,
            step=self.step,
            network=self._objective.network.state_dict(),
            averaged=self._averaged.module.state_dict(),
            critic={} if critic is None else critic.state_dict(),
            optimizers={name: each.state_dict() for name, each in self._optimizers.items()},
            prior=None if prior is None else torch.from_numpy(prior),
            best=self._best,
            stale=self.stale,
            seconds=self._seconds + time.monotonic() - self._began,
            images=self._images,
        )

    def _complain_if_hopeless(self) -> None:
        """Raise DataError if every picture was tried, and not one step came of it."""
        pictures = len(self._training)
        gray, broken = self.team.total(self._left_out.gray, self._left_out.broken)
        if self._images == 0 and gray + broken >= pictures:
            raise DataError(
                self._start.data[0],
                f"none of its {pictures} training pictures can be used "
                f"({gray:.0f} gray, {broken:.0f} broken)",
            )

    def _not_finite(self, batch: dict[str, Tensor]) -> NonFiniteLoss:
        """Save this process's part of the batch, and return the error that says where."""
        rank = self.team.rank
        saved = self._start.out / (f"non-finite-batch-{rank}.pt" if rank else "non-finite-batch.pt")
        torch.save(batch, saved)
        return NonFiniteLoss(self.step, saved)
