"""Errors of the trainer as sentences: what happened, and what to do."""

from __future__ import annotations

from pathlib import Path

from colordesk.errors import ColorDeskError
from colordesk.inference.manifest import ModelError
from colordesk_training.backbones import BackboneUnreachable
from colordesk_training.checkpoint import CheckpointError
from colordesk_training.data.sources import DataError
from colordesk_training.experiments.catalogue import UnknownExperiment
from colordesk_training.export import ParityError
from colordesk_training.logs import NoTensorBoard
from colordesk_training.objective import UnknownLoss, WrongLabels
from colordesk_training.recipe import RecipeError
from colordesk_training.registry import UnknownArchitecture
from colordesk_training.start import BackboneNeeded
from colordesk_training.targets import UnknownTarget
from colordesk_training.targets.ab_grid import WrongBins
from colordesk_training.team import DeviceMissing
from colordesk_training.train import NonFiniteLoss

_CIFAR = (
    "CIFAR-10: unpack https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz and give its folder "
    "cifar-10-batches-bin, or cifar-10-batches-py, which torchvision's CIFAR10(..., download=True) "
    "makes"
)
_KAGGLE = (
    "The L/ab arrays: unpack https://www.kaggle.com/datasets/shravankumar9892/image-colorization "
    "and give the folder that holds l and ab"
)
_COCO = (
    "COCO: unpack train2014.zip and val2014.zip of https://cocodataset.org/#download side by side "
    "and give the folder that holds both"
)
_PLACES = (
    "Places365: unpack train_256_places365standard.tar and val_256.tar of "
    "http://places2.csail.mit.edu/download.html side by side and give the folder that holds both"
)
_IMAGENET = (
    "ImageNet (it wants an account): unpack ILSVRC2012_img_train.tar of https://image-net.org with "
    "a folder for each class and give the folder that holds them"
)
_SETS = {
    "cifar": _CIFAR,
    "kaggle": _KAGGLE,
    "mirflickr": _KAGGLE,
    "image-colorization": _KAGGLE,
    "coco": _COCO,
    "places": _PLACES,
    "imagenet": _IMAGENET,
    "ilsvrc": _IMAGENET,
}


def _gpus(count: int) -> str:
    return f"{count} CUDA device" + ("" if count == 1 else "s")


def where_to_get(path: Path) -> str:
    """Return how to get the set that a path is named after; empty if it is none of the papers'."""
    name = path.as_posix().lower()
    return next((f" {how}." for word, how in _SETS.items() if word in name), "")


def sentence(error: ColorDeskError | OSError) -> str:
    """Return what to tell the person."""
    match error:
        case RecipeError():
            return f"Recipe {error.recipe}: {error.problem}."
        case DataError():
            how = "" if error.path.exists() else where_to_get(error.path)
            return f"Training data {error.path}: {error.problem}.{how}"
        case CheckpointError():
            return f"{error.path}: {error.problem}."
        case ModelError():
            return f"Model {error.path}: {error.problem}."
        case UnknownArchitecture() | UnknownLoss():
            kind = "architecture" if isinstance(error, UnknownArchitecture) else "loss term"
            return f"There is no {kind} named {error.wanted}; known: {', '.join(error.known)}."
        case UnknownExperiment():
            known = ", ".join(error.known)
            return f"{error.wanted!r} does not name one experiment; choose from {known}."
        case UnknownTarget():
            return f"Target {error.wanted}: {error.problem}."
        case WrongBins():
            return (
                f"The training pictures fill {error.bins} colour bins, but the network has "
                f"{error.outputs} outputs; set options.bins={error.bins}."
            )
        case WrongLabels():
            return (
                f"The training pictures lie in {error.classes} or more folders, but the network "
                f"has {error.labels} labels; set options.labels to the number of folders."
            )
        case BackboneNeeded():
            return (
                "This network starts from ImageNet weights. Give them with --backbone-weights "
                "FILE, let torchvision fetch them with --backbone-weights torchvision, or say "
                "--backbone-weights none to start from random ones (it will learn far less)."
            )
        case BackboneUnreachable():
            return (
                f"The ImageNet weights could not be fetched ({error.problem}). Get {error.url} on "
                "a machine that reaches it, and give the file with --backbone-weights FILE."
            )
        case DeviceMissing():
            return (
                f"{_gpus(error.wanted)} asked for, {_gpus(error.there)} found. "
                "--device cpu trains without."
            )
        case NoTensorBoard():
            return "TensorBoard is not installed; pip install tensorboard, or leave it out."
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
