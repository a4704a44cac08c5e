"""The processes that train together: one, several on a machine, or several machines.

Hides Lightning Fabric's launching and what must be agreed upon. Each step is taken by all or by
none: a process that skipped or stopped alone would leave the others waiting for ever. Invariant:
the gradient is that of the mean over all pictures of the batch, however they are shared out.
"""

from __future__ import annotations

import os
import signal
from types import FrameType
from typing import Any

import torch
from lightning_fabric import Fabric
from lightning_fabric.strategies.ddp import DDPStrategy
from torch import Tensor

from colordesk.errors import ColorDeskError
from colordesk_training.recipe import Recipe, RecipeError
from colordesk_training.start import Start


class DeviceMissing(ColorDeskError):
    """There are fewer devices than were asked for.

    Args:
        wanted: how many GPUs were asked for.
        there: how many there are.
    """

    def __init__(self, wanted: int, there: int) -> None:
        super().__init__(wanted, there)
        self.wanted = wanted
        self.there = there


class Team:
    """All processes of a run, seen from one of them.

    Args:
        recipe: what is trained.
        start: says how many processes there are; under torchrun, torchrun says it.

    Raises:
        DeviceMissing: not so many GPUs are there.
        RecipeError: the batch is too small to be shared by all.
    """

    def __init__(self, recipe: Recipe, start: Start) -> None:
        devices, nodes = start.devices, start.nodes
        if "TORCHELASTIC_RUN_ID" in os.environ:
            devices = int(os.environ["LOCAL_WORLD_SIZE"])
            nodes = int(os.environ["WORLD_SIZE"]) // devices
        there = torch.cuda.device_count()
        on_gpu = start.device == "cuda" or (start.device == "auto" and there > 0)
        if on_gpu and there < devices:
            raise DeviceMissing(devices, there)
        world = devices * nodes
        if recipe.data.batch_size // world < self._fewest(recipe):
            raise RecipeError(
                recipe.card.id,
                f"data.batch_size={recipe.data.batch_size} is too few for {world} processes",
            )
        # A player's turn leaves the other player's weights without gradient.
        ddp = DDPStrategy(find_unused_parameters=recipe.critic is not None)
        self.fabric = Fabric(
            accelerator="cuda" if on_gpu else start.device,
            devices=devices,
            num_nodes=nodes,
            strategy=ddp if world > 1 else "auto",
            precision=recipe.run.precision,  # type: ignore[arg-type] # checked by Fabric
        )
        self._min = self._fewest(recipe)
        self.fabric.launch()

    @staticmethod
    def _fewest(recipe: Recipe) -> int:
        """Batch norm cannot learn from one picture, unless the recipe says that it must."""
        return min(2, recipe.data.batch_size)

    @property
    def rank(self) -> int:
        """Number of this process."""
        return self.fabric.global_rank

    @property
    def world(self) -> int:
        """How many processes there are."""
        return self.fabric.world_size

    @property
    def leads(self) -> bool:
        """Whether this process writes logs and checkpoints."""
        return self.fabric.is_global_zero

    def total(self, *values: float) -> list[float]:
        """Return sums over all processes."""
        if self.world == 1:
            return list(values)
        mine = torch.tensor(values, dtype=torch.float64, device=self._count_device)
        sums: list[float] = self.fabric.all_reduce(mine, reduce_op="sum").tolist()  # type: ignore[union-attr]
        return sums

    def share(self, pictures: int) -> tuple[float, int]:
        """Agree on the next step.

        Args:
            pictures: how many this process has of the batch.

        Returns:
            What this process's mean loss counts (1 on average; 0 for all if one has too few
            pictures), and the number of pictures of all.
        """
        whole, short = self.total(pictures, pictures < self._min)
        return (0.0 if short else pictures * self.world / whole), int(whole)

    def mean(self, terms: dict[str, float]) -> dict[str, float]:
        """Return means over all processes."""
        sums = self.total(*terms.values())
        return {name: value / self.world for name, value in zip(terms, sums, strict=True)}

    def gathered(self, value: Any) -> list[Any]:
        """Return the values of all processes."""
        if self.world == 1:
            return [value]
        values: list[Any] = [None] * self.world
        torch.distributed.all_gather_object(values, value)
        return values

    def from_lead(self, value: Any) -> Any:
        """Return the leading process's value in all."""
        return self.fabric.broadcast(value)

    @property
    def _count_device(self) -> torch.device:
        return self.fabric.device


def weighed(loss: Tensor, share: float) -> Tensor:
    """Return a process's loss so that the mean over processes is the mean over pictures."""
    return loss if share == 1 else loss * share


class Interruptible:
    """Notes SIGTERM and Ctrl-C instead of dying of them, so that a checkpoint can be written."""

    def __init__(self) -> None:
        self.asked = False
        """Whether one of them came."""

    def __enter__(self) -> Interruptible:
        def note(_number: int, _frame: FrameType | None) -> None:
            self.asked = True

        self._old = {
            number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)
        }
        return self

    def __exit__(self, *_error: object) -> None:
        for number, handler in self._old.items():
            signal.signal(number, handler)
