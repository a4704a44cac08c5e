"""Ages the lightness of a clean photograph, so that a network learns to read old ones.

Old prints differ from training photographs in tone (fading, harsh contrast), in sharpness, and by
grain, dust and scratches. Only L is aged; the true colour stays, since the app restores colour of
what was there. Invariant: the result stays in [0, 100].
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def age(lightness: NDArray[np.float32], random: np.random.Generator) -> NDArray[np.float32]:
    """Return an aged copy.

    Args:
        lightness: H x W, L* in [0, 100].
        random: decides which ageing and how strong.
    """
    aged = (lightness / 100).astype(np.float32)
    if random.random() < 0.7:
        aged = _fade(aged, random)
    if random.random() < 0.4:
        aged = _blur(aged, random.uniform(0.4, 1.2))
    if random.random() < 0.5:
        aged = _grain(aged, random)
    if random.random() < 0.15:
        aged = _scratch(aged, random)
    return np.clip(aged * 100, 0, 100).astype(np.float32)


def _blur(picture: NDArray[np.float32], sigma: float) -> NDArray[np.float32]:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), np.float32)


def _fade(aged: NDArray[np.float32], random: np.random.Generator) -> NDArray[np.float32]:
    """Bend the tone curve, then lift the blacks and lower the whites."""
    gamma = np.exp(random.normal(0, 0.25))
    black, white = random.uniform(0, 0.15), random.uniform(0.85, 1.1)
    curved = np.clip(aged, 0, 1) ** gamma
    faded: NDArray[np.float32] = (black + (white - black) * curved).astype(np.float32)
    return faded


def _grain(aged: NDArray[np.float32], random: np.random.Generator) -> NDArray[np.float32]:
    """Add noise that is a little correlated, as silver grain and JPEG make it."""
    noise = random.standard_normal(aged.shape, dtype=np.float32)
    sigma = random.uniform(0, 0.9)
    if sigma > 0.3:
        noise = _blur(noise, sigma)
        noise /= noise.std() + 1e-6
    grainy: NDArray[np.float32] = aged + noise * np.float32(random.uniform(0.005, 0.05))
    return grainy


def _scratch(aged: NDArray[np.float32], random: np.random.Generator) -> NDArray[np.float32]:
    """Draw a few thin bright or dark lines and specks."""
    height, width = aged.shape
    scratched = aged.copy()
    for _ in range(random.integers(1, 4)):
        shade = float(random.uniform(0, 1) < 0.7)
        x, slope = random.integers(0, width), random.normal(0, 0.05) * height
        cv2.line(scratched, (int(x), 0), (int(x + slope), height), shade, 1, cv2.LINE_AA)
    for _ in range(random.integers(0, 6)):
        spot = (int(random.integers(0, width)), int(random.integers(0, height)))
        cv2.circle(scratched, spot, int(random.integers(1, 3)), float(random.random()), -1)
    return scratched
