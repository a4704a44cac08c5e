"""Measures that ask a network: LPIPS, FID, and whether the result is recognized as the truth is.

The networks are the person's: nobody may give away their weights with this program.
Invariant: a picture is brought to the form that each network was trained with, which is said here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import cv2
import numpy as np

from colordesk.metrics.definition import Definition
from colordesk.metrics.strip import Picture, floats

if TYPE_CHECKING:
    from numpy.typing import NDArray

Net = Callable[..., "NDArray[np.float32]"]
"""Takes pictures, each 1 x 3 x H x W, and returns its answer."""

LPIPS_SIDE, VGG_SIDE, INCEPTION_SIDE = 256, 224, 299
_MEAN = np.array([0.485, 0.456, 0.406], np.float32)  # of ImageNet, as in torchvision
_STD = np.array([0.229, 0.224, 0.225], np.float32)

PERCEPTION: Mapping[str, Definition] = {
    definition.id: definition
    for definition in (
        Definition(
            "lpips", "LPIPS", "", "lower",
            "How different a network sees the two pictures, shrunk to a short side of 256 pixels.",
            "Zhang et al. 2018, The Unreasonable Effectiveness of Deep Features",
            digits=4,
        ),
        Definition(
            "recognition", "Recognition", "%", "higher",
            "Whether VGG16 takes the picture for the same thing as the truth (its first guess).",
            "paper 001, semantic interpretability, with the truth's first guess as the label",
            digits=0, best=100,
        ),
        Definition(
            "fid", "FID", "", "lower",
            "Distance between all results and all truths as a network sees them; depends on the "
            "number of photos, and is of little worth below some hundred.",
            "Heusel et al. 2017, GANs Trained by a Two Time-Scale Update Rule, equation 6",
            digits=1,
        ),
    )
}  # fmt: skip
"""By id. `fid` is a measure of all pictures together."""

INPUTS = {"lpips": 2, "recognition": 1, "fid": 1}
"""How many pictures each network takes."""


def lpips(net: Net, result: Picture, truth: Picture) -> float:
    """Return LPIPS; the network takes two pictures in [-1, 1] and returns one number."""
    pair = (_planes(_shrunk(picture, LPIPS_SIDE)) * 2 - 1 for picture in (result, truth))
    return float(net(*pair).mean())


def recognized(net: Net, picture: Picture) -> int:
    """Return the class of the first guess.

    The network takes the middle 224 x 224 of a short side of 256 pixels, normalized by the mean
    and deviation of ImageNet, and returns a number per class.
    """
    small = _shrunk(picture, 256, enlarge=True)
    top, left = ((side - VGG_SIDE) // 2 for side in small.shape[:2])
    middle = small[top : top + VGG_SIDE, left : left + VGG_SIDE]
    return int(net(_planes((middle - _MEAN) / _STD)).argmax())


def features(net: Net, picture: Picture) -> NDArray[np.float32]:
    """Return what a network sees; it takes 299 x 299 in [0, 1] and returns one vector."""
    size = (INCEPTION_SIDE, INCEPTION_SIDE)
    shrinks = min(picture.shape[:2]) >= INCEPTION_SIDE
    kind = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    square = np.asarray(cv2.resize(floats(picture), size, interpolation=kind), np.float32)
    return net(_planes(square)).ravel()


def frechet(first: NDArray[np.float32], second: NDArray[np.float32]) -> float:
    """Return the Frechet distance of two sets of vectors, each n x d; nan for fewer than two.

    |m1 - m2|^2 + tr(S1 + S2 - 2 (S1 S2)^(1/2)). The trace of the root is the sum of the singular
    values of the product of both sets' deviations, so no d x d matrix is ever made.
    """
    if min(len(first), len(second)) < 2:
        return float("nan")
    sets = [vectors.astype(np.float64) for vectors in (first, second)]
    means = [vectors.mean(axis=0) for vectors in sets]
    spread = [
        (vectors - mean) / np.sqrt(len(vectors) - 1)
        for vectors, mean in zip(sets, means, strict=True)
    ]
    root = np.linalg.svd(spread[0] @ spread[1].T, compute_uv=False).sum()
    total = np.sum((means[0] - means[1]) ** 2) + sum(np.sum(part**2) for part in spread)
    return max(float(total - 2 * root), 0.0)


def _planes(picture: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.ascontiguousarray(picture.transpose(2, 0, 1)[None], np.float32)


def _shrunk(picture: Picture, side: int, *, enlarge: bool = False) -> NDArray[np.float32]:
    height, width = (int(length) for length in picture.shape[:2])
    scale = side / min(height, width)
    if scale >= 1 and not enlarge:
        return floats(picture)
    size = max(round(width * scale), side), max(round(height * scale), side)
    kind = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(floats(picture), size, interpolation=kind), np.float32)
