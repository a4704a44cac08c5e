"""Colours worth offering for a place: what the model itself would give things as light as this.

Invariant: the first is the model's own colour there, and no two look the same.
"""

from __future__ import annotations

import cv2
import numpy as np

from colordesk.scale import Plane, Planes

OFFERED = 7
"""How many a person is offered."""
_LIKE = 12.0  # L* by which a thing may be lighter or darker and still be alike
_FEWEST = 200  # pixels alike; below that the whole picture is asked
_SAMPLE = 6000
_CLUSTERS = 8
_APART = 7.0  # CIELAB units between two that are offered


def suggestions(
    lightness: Plane, ab: Planes, row: int, column: int, count: int
) -> list[tuple[float, float]]:
    """Return at most so many a* and b*, the most fitting first.

    The others are the centres of k-means (Lloyd 1982) over the model's ab of pixels about as light
    as the place; saturated ones count more, since nobody looks for one more gray.

    Args:
        lightness: L*, h x w.
        ab: the model's answer, 2 x h x w.
        row: of the place.
        column: of the place.
        count: how many.
    """
    own = ab[:, max(row - 1, 0) : row + 2, max(column - 1, 0) : column + 2].mean(axis=(1, 2))
    alike = np.abs(lightness - lightness[row, column]) < _LIKE
    if np.count_nonzero(alike) < _FEWEST:
        alike[:] = True
    colours = np.ascontiguousarray(ab[:, alike].T, np.float32)
    colours = np.ascontiguousarray(colours[:: max(1, len(colours) // _SAMPLE)])
    if len(colours) < 2:
        return [(float(own[0]), float(own[1]))]
    clusters = min(_CLUSTERS, len(colours))
    cv2.setRNGSeed(0)  # the same place always gets the same answer
    end = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 30, 0.5)
    none = np.empty((0,), np.int32)
    _, labels, centres = cv2.kmeans(colours, clusters, none, end, 1, cv2.KMEANS_PP_CENTERS)
    sizes = np.bincount(labels.ravel(), minlength=clusters)
    worth = sizes * (10 + np.hypot(centres[:, 0], centres[:, 1]))
    found = [own]
    for index in np.argsort(-worth, kind="stable"):
        centre = centres[index]
        if all(np.hypot(*(centre - other)) >= _APART for other in found):
            found.append(centre)
    return [(float(a), float(b)) for a, b in found[:count]]
