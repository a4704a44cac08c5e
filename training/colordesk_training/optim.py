"""Optimizers and learning rates, as recipes name them."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from colordesk_training.recipe import OptimizerSpec, Recipe, RecipeError


def make_optimizer(module: nn.Module, recipe: Recipe) -> torch.optim.Optimizer:
    """Return the recipe's optimizer for what may learn in a module.

    Vectors (biases, norms) are not decayed, the trunk learns at its own factor; each group's
    ``factor`` says what its rate is multiplied by.

    Raises:
        RecipeError: there is no such optimizer, or nothing to learn.
    """
    spec = recipe.optimizer
    groups: dict[tuple[float, float], list[Tensor]] = {}
    for name, parameter in module.named_parameters():
        if parameter.requires_grad:
            factor = spec.trunk_lr if name.startswith(recipe.trunk) else 1.0
            decay = spec.weight_decay if parameter.ndim > 1 else 0.0
            groups.setdefault((factor, decay), []).append(parameter)
    if not groups:
        raise RecipeError(recipe.card.id, f"{recipe.architecture} has nothing to learn")
    rows: list[dict[str, Any]] = [
        {"params": parameters, "factor": factor, "weight_decay": decay}
        for (factor, decay), parameters in groups.items()
    ]
    betas = (spec.momentum, spec.beta2)
    match spec.name:
        case "adamw":
            return torch.optim.AdamW(rows, lr=spec.lr, betas=betas)
        case "adam":
            return torch.optim.Adam(rows, lr=spec.lr, betas=betas)
        case "sgd":
            return torch.optim.SGD(rows, lr=spec.lr, momentum=spec.momentum)
        case "rmsprop":
            return torch.optim.RMSprop(rows, lr=spec.lr, momentum=spec.momentum)
        case _:
            known = "adamw, adam, sgd, rmsprop"
            raise RecipeError(
                recipe.card.id, f"there is no optimizer {spec.name!r}; known: {known}"
            )


def set_rate(optimizer: torch.optim.Optimizer, step: int, recipe: Recipe) -> float:
    """Set the rate for a step (from 1) and return it.

    Where the rate is halved and the recipe says so, the optimizer forgets its moments, as the
    Torch7 trainer of paper 004 does by making a new one.
    """
    spec, rate = recipe.optimizer, learning_rate(step, recipe)
    for group in optimizer.param_groups:
        group["lr"] = rate * group["factor"]
    halved = spec.halve_every and step > 1 and (step - 1) % spec.halve_every == 0
    if halved and spec.reset_on_halving:
        optimizer.state.clear()
    return rate


def learning_rate(step: int, recipe: Recipe) -> float:
    """Return the rate at a step (from 1): warm-up, constant or in steps, linear fall to zero."""
    spec: OptimizerSpec = recipe.optimizer
    steps = recipe.run.steps
    warm = min(step / max(spec.warmup_steps, 1), 1.0)
    left = (steps - step + 1) / max(steps * spec.decay_share, 1)
    halvings = (step - 1) // spec.halve_every if spec.halve_every else 0
    dropped = spec.drop_factor if spec.drop_at and step > spec.drop_at else 1.0
    return max(spec.lr * warm * min(left, 1.0) * 0.5**halvings * dropped, spec.min_lr)
