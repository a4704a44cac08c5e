"""Whether the trainer's reading of photographs keeps a network waiting."""

from __future__ import annotations

import dataclasses
import itertools
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.common import Row, make_photo

if TYPE_CHECKING:
    from colordesk_training.data.dataset import Sample

_STEPS = 3
_ROUNDS = 2


def training(folder: Path) -> Row:
    """The trainer's steps on photographs, over the same steps on one batch that lies ready.

    U-Net256 without its critic: the less other work there is, the sooner reading is the brake.
    """
    from colordesk_training.data.dataset import training_loader
    from colordesk_training.data.sources import list_pictures
    from colordesk_training.objective import make_objective
    from colordesk_training.optim import make_optimizer
    from colordesk_training.recipe import read_recipe

    photos = folder / "photos"
    photos.mkdir()
    for i in range(32):
        make_photo(photos / f"{i}.jpg", (640 + 8 * i, 480))
    recipe = dataclasses.replace(read_recipe("pix2pix", ["data.batch_size=4"]), critic=None)
    objective = make_objective(recipe)
    optimizer = make_optimizer(objective.network, recipe)

    def images_per_second(batches: Iterator[Sample]) -> float:
        images, start = 0, time.perf_counter()
        for batch in itertools.islice(batches, _STEPS):
            objective(batch, "network")["loss"].backward()
            optimizer.step()
            optimizer.zero_grad()
            images += len(batch["ab"])
        return images / (time.perf_counter() - start)

    loader = iter(training_loader(list_pictures([photos]), recipe.data, 1, 0))
    ready = next(loader)
    images_per_second(itertools.repeat(ready, 1))
    real, bare = [], []
    for _ in range(_ROUNDS):
        bare.append(images_per_second(itertools.repeat(ready)))
        real.append(images_per_second(loader))
    ratio = max(real) / max(bare)
    return Row(
        "training U-Net256 on 0.3 MP JPEGs",
        f"{max(real):.2f} images/s",
        f"{max(bare):.2f} images/s on one batch that lies ready",
        f"{ratio:.2f}",
        ">= 0.9",
        ratio >= 0.9,
    )
