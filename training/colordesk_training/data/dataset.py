"""Training crops and validation pictures, made on the fly from compressed photographs.

Invariant: a crop depends only on (seed, epoch, picture), never on which process made it or on
what was made before, so a resumed run sees exactly what an unbroken one would have seen.
"""

from __future__ import annotations

import math
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

from colordesk_training.data import augment, film, hints
from colordesk_training.data.sources import Picture, PictureReader

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colordesk_training.recipe import DataSpec

Sample = dict[str, Tensor]
Key = tuple[int, int, int]
"""Epoch, number of the picture, number of its copy in that epoch."""
GRAY, BROKEN = 1, 2
"""Why a picture was skipped."""


@dataclass(frozen=True)
class Lab:
    """A picture in CIELAB."""

    lightness: NDArray[np.float32]
    """H x W, [0, 100]."""
    ab: NDArray[np.float32]
    """2 x H x W."""


def to_lab(rgb: NDArray[np.uint8]) -> Lab:
    """Convert uint8 sRGB, H x W x 3, to CIELAB (D65).

    OpenCV's tables are within 0.2 L* and 0.4 ab of the exact values: far below what a network
    can learn, and many times faster than `colordesk.color`, which pictures for people go through.
    """
    lab = cv2.cvtColor(rgb.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    return Lab(
        np.ascontiguousarray(lab[..., 0]), np.ascontiguousarray(lab[..., 1:].transpose(2, 0, 1))
    )


class TrainingCrops(Dataset[Sample]):
    """Random crops, by key.

    A picture that is broken or nearly gray gives a sample with nothing but ``skipped`` (its number,
    and `GRAY` or `BROKEN`).

    Args:
        pictures: what keys number.
        spec: which crops.
        seed: of the run.
        classes: names of all labels; without them samples carry none.
    """

    def __init__(
        self, pictures: Sequence[Picture], spec: DataSpec, seed: int, classes: Sequence[str] = ()
    ) -> None:
        self._pictures = pictures
        self._spec = spec
        self._seed = seed
        self._labels = {name: label for label, name in enumerate(classes)}
        self._reader = PictureReader()

    def __getitem__(self, key: Key) -> Sample:
        """Return what a batch is stacked from, or what was skipped.

        ``lightness`` (1 x S x S) is what the network sees, perhaps aged; ``true_lightness``
        (1 x S x S) and ``ab`` (2 x S x S) are the photograph; ``hints`` is 3 x S x S; ``label`` is
        the number of the picture's class.
        """
        cv2.setNumThreads(0)
        epoch, index, copy = key
        spec, picture = self._spec, self._pictures[index]
        random = np.random.default_rng((self._seed, epoch, index, copy))
        rgb = self._reader.read(picture, math.ceil(spec.crop / spec.min_scale))
        if rgb is None:
            return {"skipped": torch.tensor([index, BROKEN])}
        variants = augment.VARIANTS[spec.augment]
        variant = variants[copy % len(variants)]
        lab = to_lab(augment.turned(_random_crop(rgb, spec, random), variant, random))
        if np.hypot(*lab.ab).mean() < spec.min_chroma:
            return {"skipped": torch.tensor([index, GRAY])}
        aged = random.random() < spec.film
        lightness = film.age(lab.lightness, random) if aged else lab.lightness
        hinted = random.random() < spec.hints
        revealed = hints.simulate(lab.ab, random) if hinted else np.zeros_like(lab.ab[[0, 0, 0]])
        sample = {
            "lightness": torch.from_numpy(augment.noised(lightness, variant, random)[None]),
            "true_lightness": torch.from_numpy(lab.lightness[None]),
            "ab": torch.from_numpy(lab.ab),
            "hints": torch.from_numpy(revealed),
        }
        if self._labels:
            sample["label"] = torch.tensor(self._labels[picture.category])
        return sample


def _random_crop(
    rgb: NDArray[np.uint8], spec: DataSpec, random: np.random.Generator
) -> NDArray[np.uint8]:
    """Cut a random square of `min_scale`..`max_scale` of the short side and resize it."""
    height, width = rgb.shape[:2]
    side = max(int(min(height, width) * random.uniform(spec.min_scale, spec.max_scale)), 1)
    top = random.integers(0, height - side + 1)
    left = random.integers(0, width - side + 1)
    square = rgb[top : top + side, left : left + side]
    shrinking = side > spec.crop
    crop = cv2.resize(
        square,
        (spec.crop, spec.crop),
        interpolation=cv2.INTER_AREA if shrinking else cv2.INTER_CUBIC,
    )
    return np.asarray(crop, np.uint8)


class Order:
    """The endless order in which pictures are drawn, as batches of keys.

    Every epoch is a new permutation in which a picture of weight w stands floor(w) times, and
    once more with the probability of the rest; each of these is as many copies as the augmentation
    has variants.
    """

    def __init__(self, pictures: Sequence[Picture], spec: DataSpec, seed: int) -> None:
        weights = [spec.group_weights.get(picture.group, 1.0) for picture in pictures]
        self._weights = np.array(weights, np.float64)
        self._variants = len(augment.VARIANTS[spec.augment])
        self._batch_size = spec.batch_size
        self._seed = seed

    def batches(self, start: int) -> Iterator[list[Key]]:
        """Yield batches of keys from batch number `start` on."""
        number, epoch, rest = 0, 0, []
        while True:
            random = np.random.default_rng((self._seed, epoch))
            whole = np.floor(self._weights + random.random(len(self._weights))).astype(int)
            copies = whole * self._variants
            indices = np.repeat(np.arange(len(copies)), copies)
            numbers = np.arange(len(indices)) - np.repeat(np.cumsum(copies) - copies, copies)
            drawn = random.permutation(len(indices))
            pairs = zip(indices[drawn].tolist(), numbers[drawn].tolist(), strict=True)
            rest += [(epoch, index, copy) for index, copy in pairs]
            while len(rest) >= self._batch_size:
                batch, rest = rest[: self._batch_size], rest[self._batch_size :]
                if number >= start:
                    yield batch
                number += 1
            epoch += 1


def collate(samples: list[Sample]) -> Sample:
    """Stack samples; those that were skipped are only listed, K x 2, under ``skipped``."""
    good = [sample for sample in samples if "skipped" not in sample]
    batch = (
        {name: torch.stack([sample[name] for sample in good]) for name in good[0]} if good else {}
    )
    if skipped := [sample["skipped"] for sample in samples if "skipped" in sample]:
        batch["skipped"] = torch.stack(skipped)
    return batch


def training_loader(
    pictures: Sequence[Picture],
    spec: DataSpec,
    seed: int,
    start: int,
    *,
    classes: Sequence[str] = (),
    rank: int = 0,
    world: int = 1,
    pin: bool = False,
) -> DataLoader[Sample]:
    """Return a loader of one process's share of every batch.

    Args:
        pictures: what to train on.
        spec: which crops, and how many make a batch (of all processes together).
        seed: of the run.
        start: number of the batch to begin with.
        classes: names of all labels; without them batches carry none.
        rank: which process this is.
        world: among how many each batch is divided.
        pin: whether batches lie in memory from which a GPU copies fast.
    """
    crops: Dataset[Sample] = TrainingCrops(pictures, spec, seed, classes)
    return DataLoader(
        crops,
        batch_sampler=_Batches(Order(pictures, spec, seed), start, rank, world),
        num_workers=spec.workers,
        collate_fn=collate,
        worker_init_fn=_leave_signals_to_the_trainer,
        persistent_workers=spec.workers > 0,
        prefetch_factor=4 if spec.workers else None,
        pin_memory=pin,
    )


def _leave_signals_to_the_trainer(_worker: int) -> None:
    """Ctrl-C reaches every process; a worker that died of it would take the checkpoint along."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)


class _Batches:
    """What DataLoader wants of a batch sampler: something to iterate over."""

    def __init__(self, order: Order, start: int, rank: int, world: int) -> None:
        self._order = order
        self._start = start
        self._share = slice(rank, None, world)

    def __iter__(self) -> Iterator[list[Key]]:
        return (batch[self._share] for batch in self._order.batches(self._start))
