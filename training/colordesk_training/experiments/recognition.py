"""Whether a classifier still knows what colorized pictures show (paper 001, section 4).

The paper asks VGG-16 for ImageNet's classes. With its weights and pictures in folders named after
classes, so does this. Without them, a classifier is fitted here: logistic regression on what a
ResNet-18 up to 1/8 sees of the true training pictures, with their folders as classes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from torch import Tensor, nn

from colordesk.task import Task
from colordesk_training.architectures.resnet18 import load_trunk, resnet18_mse
from colordesk_training.checkpoint import CheckpointError, load_tensors
from colordesk_training.data.sources import DataError, Picture, PictureReader
from colordesk_training.experiments.pictures import square

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Pictures = NDArray[np.uint8]

_MEAN, _STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)  # of ImageNet
_BATCH = 16
_CLASSES = 1000
_SIDE = 224
_CATS, _DOGS = range(281, 286), range(151, 269)  # ImageNet's, and only those of the house


@dataclass(frozen=True)
class Recognition:
    """What was recognised."""

    right: Mapping[str, NDArray[np.bool_]]
    """For each version (truth, gray, colorized): whether each picture was."""
    how: str
    """What the classifier was, in words."""


def fitted(
    training: Sequence[Picture],
    labels: Sequence[str],
    versions: Mapping[str, Pictures],
    trunk: Path | None,
    task: Task,
) -> Recognition:
    """Fit a classifier on true training pictures and ask it about versions of held-out ones.

    Args:
        training: in folders, one for each class.
        labels: true class of each held-out picture.
        versions: n x S x S x 3 by name.
        trunk: ImageNet ResNet-18; random features without it.
        task: progress and cancel.

    Raises:
        DataError: there are fewer than two classes.
        CheckpointError: the weights do not fit.
    """
    side = next(iter(versions.values())).shape[1]
    reader = PictureReader()
    read = [(picture.category, reader.read(picture)) for picture in training]
    known = [(name, square(rgb, side)) for name, rgb in read if rgb is not None]
    names = [name for name, _ in known]
    if len(set(names)) < 2:
        raise DataError(training[0].source, "it has no folder for each class")
    see = _trunk(trunk)
    features = see(np.stack([rgb for _, rgb in known]), task.part(0, 0.5))
    mean, deviation = features.mean(0), features.std(0) + 1e-6
    classifier = LogisticRegression(C=0.05, max_iter=2000)
    classifier.fit((features - mean) / deviation, names)
    right = {}
    for version, pictures in versions.items():
        answers = classifier.predict((see(pictures, task.part(0.5, 1)) - mean) / deviation)
        right[version] = answers == np.array(labels)
    weights = "ImageNet's" if trunk else "random"
    how = (
        f"Not VGG-16, which needs its weights: logistic regression on ResNet-18 features "
        f"({weights} weights) over {len(set(names))} folders as classes"
    )
    return Recognition(right, how)


def vgg16(
    labels: Sequence[str], versions: Mapping[str, Pictures], weights: Path, task: Task
) -> Recognition:
    """Ask VGG-16 about versions of pictures.

    Args:
        labels: true class of each picture: one of 1,000 folders in ImageNet's order, the English
            name of an ImageNet class, or anything with cat or dog in it, which any of theirs fits.
        versions: n x S x S x 3 by name.
        weights: torchvision's vgg16 as a file.
        task: progress and cancel.

    Raises:
        CheckpointError: the weights do not fit.
        DataError: no label means one of ImageNet's classes.
    """
    import torchvision  # takes seconds, and the other classifier does without

    network = torchvision.models.vgg16()
    try:
        network.load_state_dict(load_tensors(weights))
    except RuntimeError as error:
        raise CheckpointError(weights, "its weights do not fit VGG-16") from error
    meant = {label: _meant(label, labels) for label in set(labels)}
    asked = np.array([bool(meant[label]) for label in labels])
    if not asked.any():
        raise DataError(weights, "no folder of the pictures is named after a class of ImageNet")
    network.eval()
    right = {}
    for version, pictures in versions.items():
        scores = _seen(network, pictures, _SIDE, task)
        answers = scores.argmax(1)
        hits = [answer in meant[label] for answer, label in zip(answers, labels, strict=True)]
        right[version] = np.array(hits)[asked]
    return Recognition(right, f"VGG-16, top 1, {asked.sum()} pictures of {len(meant)} folders")


def _meant(label: str, labels: Sequence[str]) -> set[int]:
    everything = sorted(set(labels))
    if len(everything) == _CLASSES:
        return {everything.index(label)}
    word = label.lower()
    for animal, classes in (("cat", _CATS), ("dog", _DOGS)):
        if animal in word:
            return set(classes)
    import torchvision

    names = torchvision.models.VGG16_Weights.IMAGENET1K_V1.meta["categories"]
    return {i for i, name in enumerate(names) if name.lower() == word.replace("_", " ")}


class _trunk:  # noqa: N801 - used as a function
    """ResNet-18 up to 1/8: mean and deviation of each channel over a picture."""

    def __init__(self, weights: Path | None) -> None:
        torch.manual_seed(0)
        network = resnet18_mse()
        if weights is not None:
            try:
                load_trunk(network, load_tensors(weights))
            except (KeyError, RuntimeError) as error:
                raise CheckpointError(weights, "its weights do not fit ResNet-18") from error
        self._network = nn.Sequential(network.get_submodule("trunk"), _Moments()).eval()

    def __call__(self, pictures: Pictures, task: Task) -> NDArray[np.float32]:
        """Return n x 256."""
        return _seen(self._network, pictures, pictures.shape[1], task)


class _Moments(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        """N x C x H x W -> N x 2C."""
        return torch.cat([x.mean((2, 3)), x.std((2, 3))], 1)


def _seen(network: nn.Module, pictures: Pictures, side: int, task: Task) -> NDArray[np.float32]:
    mean, std = (torch.tensor(value).view(3, 1, 1) for value in (_MEAN, _STD))
    found = []
    for start in range(0, len(pictures), _BATCH):
        task.progress(start / len(pictures), "recognising")
        batch = np.stack([square(picture, side) for picture in pictures[start:][:_BATCH]])
        planes = torch.from_numpy(batch).permute(0, 3, 1, 2) / 255
        with torch.inference_mode():
            found.append(network((planes - mean) / std).numpy())
    return np.concatenate(found)
