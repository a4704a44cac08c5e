"""Variants of a training crop.

Each picture stands in an epoch once for each variant of the recipe's augmentation. `fourfold` is
paper 001's: it makes 24,000 pictures of 6,000 by noise, rotation and two kinds of mirroring; how
much is not said there (ARCHITECTURES.md, section 3: 0.02 of the range of L, 20 degrees).
Invariant: colour is turned before it is split into L and ab, and only L ever gets noise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FOUR = ("noise", "rotation", "mirrored", "upside down")
VARIANTS = {
    "none": ("plain",),
    "flip": ("mirrored or not",),
    "fourfold": _FOUR,
    "fivefold": ("plain", *_FOUR),
}
"""The variants of each augmentation that a recipe can name."""
_NOISE = 2.0  # standard deviation, in units of L*
_DEGREES = 20.0


def turned(rgb: NDArray[np.uint8], variant: str, random: np.random.Generator) -> NDArray[np.uint8]:
    """Return a crop, uint8 S x S x 3, mirrored or rotated as its variant says."""
    match variant:
        case "mirrored or not" if random.random() < 0.5:
            rgb = rgb[:, ::-1]
        case "mirrored":
            rgb = rgb[:, ::-1]
        case "upside down":
            rgb = rgb[::-1]
        case "rotation":
            side = rgb.shape[0]
            centre = ((side - 1) / 2, (side - 1) / 2)
            turn = cv2.getRotationMatrix2D(centre, random.uniform(-_DEGREES, _DEGREES), 1)
            rgb = np.asarray(
                cv2.warpAffine(rgb, turn, (side, side), borderMode=cv2.BORDER_REFLECT_101), np.uint8
            )
    return np.ascontiguousarray(rgb)


def noised(
    lightness: NDArray[np.float32], variant: str, random: np.random.Generator
) -> NDArray[np.float32]:
    """Return lightness, H x W in [0, 100], with noise if its variant says so."""
    if variant != "noise":
        return lightness
    noise = random.standard_normal(lightness.shape, dtype=np.float32) * np.float32(_NOISE)
    return np.clip(lightness + noise, 0, 100)
