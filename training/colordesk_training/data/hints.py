"""Simulated colour points, as Zhang et al. 2017 (section 3.1) train with.

The number of points is geometric with p = 1/8, each is a square of 1 to 9 px that reveals the
mean true ab under it. Unlike there, places are uniform: people also click near borders.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_GEOMETRIC_P = 1 / 8
_LARGEST_PATCH = 9


def simulate(ab: NDArray[np.float32], random: np.random.Generator) -> NDArray[np.float32]:
    """Return hints, 3 x H x W: a, b in CIELAB units where mask is 1, else zero.

    Args:
        ab: 2 x H x W, the true colour.
        random: decides how many, where and how large.
    """
    count = int(random.geometric(_GEOMETRIC_P)) - 1
    return reveal(ab, places(ab.shape[1:], count, random), random)


def places(
    shape: tuple[int, ...], count: int, random: np.random.Generator
) -> list[tuple[int, int]]:
    """Return `count` uniformly drawn (row, column)."""
    return [tuple(random.integers(0, shape).tolist()) for _ in range(count)]


def reveal(
    ab: NDArray[np.float32],
    points: list[tuple[int, int]],
    random: np.random.Generator | None = None,
    side: int = 7,
) -> NDArray[np.float32]:
    """Return hints that reveal the mean true ab around each point.

    Args:
        ab: 2 x H x W.
        points: (row, column) of each.
        random: draws a side of 1..9 px per point if given.
        side: side of the square in pixels otherwise.
    """
    hints = np.zeros((3, *ab.shape[1:]), np.float32)
    for row, column in points:
        reach = int(random.integers(1, _LARGEST_PATCH + 1)) if random is not None else side
        top, left = max(row - reach // 2, 0), max(column - reach // 2, 0)
        area = np.s_[:, top : row - reach // 2 + reach, left : column - reach // 2 + reach]
        hints[:2][area] = ab[area].mean((1, 2), keepdims=True)
        hints[2:][area] = 1
    return hints
