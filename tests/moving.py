"""Small made-up films for the tests of `colordesk.video`: textures that move in known ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

HEIGHT, WIDTH = 90, 120


def texture(seed: int, height: int = 3 * HEIGHT, width: int = 3 * WIDTH) -> NDArray[np.float32]:
    """Return a picture of blobs of several sizes, L* in about 10..90."""
    rng = np.random.default_rng(seed)
    total = np.zeros((height, width), np.float32)
    for sigma in (2.0, 5.0, 12.0):
        noise = rng.normal(0, 1, (height, width)).astype(np.float32)
        blobs = cv2.GaussianBlur(noise, (0, 0), sigma)
        total += blobs / blobs.std() * np.float32(sigma**0.5)
    low, high = np.quantile(total, [0.02, 0.98])
    return np.asarray(np.clip(10 + 80 * (total - low) / (high - low), 0, 100), np.float32)


def window(picture: NDArray[np.float32], x: float, y: float) -> NDArray[np.float32]:
    """Return the part of a picture whose upper left corner is at x and y, to parts of a pixel."""
    centre = (x + (WIDTH - 1) / 2, y + (HEIGHT - 1) / 2)
    return np.asarray(cv2.getRectSubPix(picture, (WIDTH, HEIGHT), centre), np.float32)


def pan(seed: int, count: int, step: tuple[float, float]) -> list[NDArray[np.float32]]:
    """Return frames of a camera that moves by so many pixels a frame over a texture."""
    picture = texture(seed)
    start = np.array([WIDTH, HEIGHT]) - np.array(step) * count / 2
    return [window(picture, *(start + n * np.array(step))) for n in range(count)]
