"""Which colours a picture has: its a*b* histogram, and how common each colour is in photographs.

Invariant: a colour bin is 10 x 10 CIELAB units around a multiple of 10, so that neutral gray lies
in the middle of one; every colour of sRGB lies in one.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import numpy as np

from colordesk.metrics.lab import Lab, Plane
from colordesk.paths import resources_dir

if TYPE_CHECKING:
    from numpy.typing import NDArray

BIN = 10
"""Width of a bin in CIELAB units."""
SIDE = 23
"""Bins per axis, with middles from -110 to 110."""
_RAREST = 1e-5  # a colour is taken as no rarer, else one odd pixel would outweigh a picture


def bins(lab: Lab) -> NDArray[np.intp]:
    """Return each pixel's bin.

    Args:
        lab: of sRGB colours.
    """
    _, a, b = lab
    row, column = (np.rint(plane * np.float32(1 / BIN)) for plane in (a, b))
    row *= SIDE
    row += column
    row += SIDE**2 // 2
    return np.asarray(row.astype(np.intp))


def histogram(bins: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return how many pixels each bin has, `SIDE` * `SIDE` numbers, b* changing fastest."""
    return np.bincount(bins.ravel(), minlength=SIDE * SIDE).astype(np.float64)


def rarity(bins: NDArray[np.intp]) -> Plane:
    """Return by how much each pixel counts for its colour's rarity in photographs; 1 on average.

    Source: Zhang, Isola, Efros 2016, "Colorful Image Colorization", equation 4 with lambda = 0.
    """
    return np.take(_weights(), bins, mode="clip")


@functools.cache
def natural() -> NDArray[np.float64]:
    """Return each bin's share in photographs, as `histogram` orders them; they sum to 1."""
    table = np.loadtxt(resources_dir() / "metrics" / "natural-ab.csv", delimiter=",")
    return np.asarray(table.ravel() / table.sum(), np.float64)


def divergence(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    """Return the Jensen-Shannon divergence of two histograms, in bits.

    It is 0 for equal shares and 1 where no bin has a share in both.
    Source: Lin 1991, "Divergence measures based on the Shannon entropy", with equal weights.
    """
    p, q = first / first.sum(), second / second.sum()
    middle = (p + q) / 2

    def entropy(shares: NDArray[np.float64]) -> float:
        some = shares[shares > 0]
        return float(-np.sum(some * np.log2(some)))

    return max(entropy(middle) - (entropy(p) + entropy(q)) / 2, 0.0)


@functools.cache
def _weights() -> NDArray[np.float32]:
    shares = natural()
    weights = 1 / np.maximum(shares, _RAREST)
    return (weights / np.sum(shares * weights)).astype(np.float32)
