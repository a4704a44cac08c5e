"""Errors of the trainer as sentences: what happened, and what to do."""

from __future__ import annotations

from colordesk.errors import ColorDeskError
from colordesk.inference.manifest import ModelError
from colordesk_training.checkpoint import CheckpointError
from colordesk_training.data.sources import DataError
from colordesk_training.export import ParityError
from colordesk_training.objective import UnknownLoss
from colordesk_training.recipe import RecipeError
from colordesk_training.registry import UnknownArchitecture
from colordesk_training.targets import UnknownTarget
from colordesk_training.targets.ab_grid import WrongBins
from colordesk_training.train import BackboneNeeded, NonFiniteLoss


def sentence(error: ColorDeskError | OSError) -> str:
    """Return what to tell the person."""
    match error:
        case RecipeError():
            return f"Recipe {error.recipe}: {error.problem}."
        case DataError():
            return f"Training data {error.path}: {error.problem}."
        case CheckpointError():
            return f"{error.path}: {error.problem}."
        case ModelError():
            return f"Model {error.path}: {error.problem}."
        case UnknownArchitecture() | UnknownLoss():
            kind = "architecture" if isinstance(error, UnknownArchitecture) else "loss term"
            return f"There is no {kind} named {error.wanted}; known: {', '.join(error.known)}."
        case UnknownTarget():
            return f"Target {error.wanted}: {error.problem}."
        case WrongBins():
            return (
                f"The training pictures fill {error.bins} colour bins, but the network has "
                f"{error.outputs} outputs; set options.bins={error.bins}."
            )
        case BackboneNeeded():
            return (
                "This network starts from ImageNet weights. Give them with --backbone-weights "
                "FILE, or say --backbone-weights none to start from random ones (it will learn "
                "far less)."
            )
        case NonFiniteLoss():
            return (
                f"The loss was not a finite number at step {error.step}; training stopped. "
                f"The batch is in {error.batch}. A lower optimizer.lr usually helps."
            )
        case ParityError():
            height, width = error.size
            return (
                f"The exported graph differs from the network by {error.difference:.2g} CIELAB "
                f"units at {width} x {height}; nothing was written."
            )
        case OSError():
            where = f"{error.filename}: " if error.filename else ""
            return f"{where}{error.strerror or error}."
        case _:
            return f"{type(error).__name__}: {error}"
