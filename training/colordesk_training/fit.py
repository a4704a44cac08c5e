"""Networks that no gradient trains: those of paper 004 that scikit-learn fits or nothing does.

They are the SVR of section 2.1 and the gray baseline, which is taken as it is built. Hides
standardising, epsilon and the solver. Invariant: what comes out is a run folder like that of
training, so that evaluating and exporting know no difference.

The paper's code calls MATLAB's fitrlinear with its defaults: epsilon is a tenth of the
interquartile range over 1.349, and the mean loss stands against |w|^2 / 2n, which is LinearSVR with
C = 1. It went through 41 million rows; the solver here takes samples one by one, too, and averages
its steps, so its memory is that of the samples alone.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
import torch
from sklearn.linear_model import SGDRegressor
from torch import Tensor

from colordesk.task import Task
from colordesk_training.architectures.hog_svr import FEATURES, HogSvr, hog_features
from colordesk_training.checkpoint import Checkpoint, load_checkpoint, save_checkpoint
from colordesk_training.data.dataset import training_loader
from colordesk_training.data.sources import DataError, Picture
from colordesk_training.evaluate import Scores, score
from colordesk_training.held_out import predictor
from colordesk_training.objective import Colorization, make_objective
from colordesk_training.recipe import FitSpec, Recipe, RecipeError
from colordesk_training.start import Start, first_weights, held_apart, measure_prior
from colordesk_training.targets.target import shrunk
from colordesk_training.train import train

if TYPE_CHECKING:
    from numpy.typing import NDArray


def learn(recipe: Recipe, overrides: Sequence[str], start: Start, task: Task) -> Scores | None:
    """Train, fit or just build, as the recipe says; return the last validation scores.

    None if all was done before.

    Raises:
        ColorDeskError: something about recipe, data or weights is wrong.
        Cancelled: SIGTERM, Ctrl-C or the task's owner.
    """
    if recipe.fit is None and recipe.run.steps:
        return train(recipe, overrides, start, task)
    last = start.out / "last.pt"
    if start.resume and last.exists():
        load_checkpoint(last)
        return None
    begun = time.monotonic()
    torch.manual_seed(recipe.run.seed)
    start.out.mkdir(parents=True, exist_ok=True)
    training, validation = held_apart(recipe, start)
    prior = measure_prior(recipe, training)
    objective = make_objective(recipe, prior)
    images = 0
    if recipe.fit is None:
        first_weights(objective, recipe, start)
    else:
        images = _fit(objective, recipe, recipe.fit, training, start, task)
    scores = score(predictor(objective, objective.network), validation, recipe.data.crop, Task())
    weights = objective.network.state_dict()
    made = Checkpoint(
        recipe=recipe.text,
        overrides=list(overrides),
        step=recipe.run.steps,
        network=weights,
        averaged=weights,
        prior=None if prior is None else torch.from_numpy(prior),
        best=scores.ciede2000,
        seconds=time.monotonic() - begun,
        images=images,
    )
    for name in (last.name, "best.pt"):
        save_checkpoint(made, start.out / name)
    return scores


def _fit(
    objective: Colorization,
    recipe: Recipe,
    spec: FitSpec,
    training: Sequence[Picture],
    start: Start,
    task: Task,
) -> int:
    """Find the weights; return from how many pictures."""
    network = objective.network
    if not isinstance(network, HogSvr):
        raise RecipeError(recipe.card.id, f"{recipe.architecture} can be trained, but not fitted")
    loader = training_loader(training, recipe.data, recipe.run.seed, 0)
    batches = islice(loader, recipe.run.steps)
    features, colours, images = _samples(objective, batches, recipe, spec.samples, task)
    if not images:
        raise DataError(start.data[0], "none of its pictures can be read and has colour")
    for channel in range(colours.shape[1]):
        task.progress(0.5 + channel / 4, "fitting")
        weights, bias = linear_svr(features, colours[:, channel], spec, recipe.run.seed)
        with torch.no_grad():
            network.linear.weight[channel, :, 0, 0] = torch.from_numpy(weights)
            network.linear.bias[channel] = bias  # type: ignore[index] # built with one
    return images


def _samples(
    objective: Colorization,
    batches: Iterable[Mapping[str, Tensor]],
    recipe: Recipe,
    count: int,
    task: Task,
) -> tuple[NDArray[np.float64], NDArray[np.float64], int]:
    """Return features (n x 37) and U'V' (n x 2) of random points, and how many pictures gave them.

    Every picture gives equally many, so that large ones do not count for more.
    """
    random = torch.Generator().manual_seed(recipe.run.seed)
    each = max(count // (recipe.run.steps * recipe.data.batch_size), 1)
    found: list[Tensor] = []
    images = 0
    for number, batch in enumerate(batches):
        task.progress(number / recipe.run.steps / 2, f"{images} pictures read")
        if "ab" not in batch:
            continue
        described = hog_features(objective.seen(batch))
        truth = objective.target.perfect(
            shrunk(batch["true_lightness"], described), shrunk(batch["ab"], described)
        )
        points = torch.cat([described, truth], 1).flatten(2).transpose(1, 2)
        found.extend(rows[torch.randperm(len(rows), generator=random)[:each]] for rows in points)
        images += len(truth)
    nothing = torch.zeros(0, FEATURES + 2)
    table = torch.cat([nothing, *found]).double().numpy()
    return table[:, :FEATURES], table[:, FEATURES:], images


def linear_svr(
    features: NDArray[np.float64], truth: NDArray[np.float64], spec: FitSpec, seed: int
) -> tuple[NDArray[np.float64], float]:
    """Return coefficients and intercept of a linear support vector regression.

    Args:
        features: n x k, as they are; they are standardised inside.
        truth: n.
        spec: weight of errors, number of passes.
        seed: of the order in which samples are gone through.
    """
    mean, deviation = features.mean(0), features.std(0)
    deviation[deviation == 0] = 1
    low, middle, high = np.percentile(truth, (25, 50, 75))
    # The solver's steps are of a fixed size, so the truth gets one, too; in it, epsilon is 0.1.
    spread = (high - low) / 1.349 or 1.0
    solver = SGDRegressor(
        loss="epsilon_insensitive",
        epsilon=0.1,
        alpha=1 / (spec.c * len(truth)),
        max_iter=spec.passes,
        tol=None,
        average=True,
        random_state=seed,
    )
    solver.fit((features - mean) / deviation, (truth - middle) / spread)
    weights = solver.coef_ * spread / deviation
    return weights, float(solver.intercept_[0] * spread + middle - weights @ mean)
