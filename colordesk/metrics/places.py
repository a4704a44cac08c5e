"""Measures that look at where colours change: bleeding over edges, and blotches without a cause.

Hides the common scale: both look at a copy of at most `SHORT_SIDE` pixels, so that a picture and
the same picture scanned larger get about the same value.
Invariant: a picture without any colour gets 0 from both.
"""

from __future__ import annotations

import math

import cv2
import numpy as np

from colordesk.metrics.lab import Lab, Plane, lab_of
from colordesk.metrics.strip import Picture, floats

SHORT_SIDE = 256
"""Pixels; a smaller picture is not enlarged."""
_EDGE = 10.0  # change of L* within 2 pixels that is an edge
_NEAR, _FAR = 2, 8  # pixels across an edge: at it, and with its surroundings
_FAINT = 3.0  # change of a*b* across an edge that is too little to be seen bleeding
_FINE, _COARSE = 3.0, 12.0  # pixels: sigmas between which the size of a blotch lies
_FLAT = 2.0  # change of L* over the same sizes that is no cause for another colour


def small_lab(picture: Picture) -> Lab:
    """Return the CIELAB planes of the small copy of a picture."""
    height, width = picture.shape[:2]
    scale = SHORT_SIDE / min(int(height), int(width))
    if scale < 1:
        size = max(round(width * scale), 1), max(round(height * scale), 1)
        picture = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    return lab_of(floats(picture))


def bleeding(lab: Lab) -> float:
    """Return which share of the colour's change around edges lies beside the edge, in percent.

    Where L* has an edge, the change of a*b* over 2 pixels across it is compared with the change
    over 8 pixels. A colour that ends at the edge changes as much in both; one that bleeds changes
    gradually. Edges without a visible change of colour do not count. Ours.
    """
    beside = total = 0.0
    for planes in (lab, tuple(np.ascontiguousarray(plane.T) for plane in lab)):
        if planes[0].shape[1] <= _FAR:
            continue
        lightness, a, b = planes
        edge = np.abs(_across(lightness, _NEAR)) >= _EDGE
        far = _length(_across(a, _FAR), _across(b, _FAR))
        near = _length(_across(a, _NEAR), _across(b, _NEAR))
        counts = edge & (far >= _FAINT)
        beside += float(np.sum(np.maximum(far - near, 0), where=counts, dtype=np.float64))
        total += float(np.sum(far, where=counts, dtype=np.float64))
    return 100 * beside / total if total else 0.0


def patchiness(lab: Lab) -> float:
    """Return how strong blotches of colour are where lightness is even, in CIELAB units.

    The root mean square of a*b* between two blurs (sigma 3 and 12 pixels), over the pixels whose
    L* hardly differs between the same blurs. A picture without such a place gets 0. Ours.
    """
    lightness, a, b = (_band(plane) for plane in lab)
    even = np.abs(lightness) < _FLAT
    squares = float(np.sum(a * a + b * b, where=even, dtype=np.float64))
    return math.sqrt(squares / max(int(np.count_nonzero(even)), 1))


def _across(plane: Plane, distance: int) -> Plane:
    """Return the change along the rows over a distance, cut to where `_FAR` fits as well."""
    margin, half = _FAR // 2, distance // 2
    width = plane.shape[1]
    right = plane[:, margin + half : width - margin + half]
    return np.ascontiguousarray(right - plane[:, margin - half : width - margin - half])


def _length(a: Plane, b: Plane) -> Plane:
    # not cv2.magnitude: its last digit depends on where in memory the planes happen to lie
    length: Plane = np.sqrt(a * a + b * b)
    return length


def _band(plane: Plane) -> Plane:
    fine = cv2.GaussianBlur(plane, (0, 0), _FINE)
    return cv2.subtract(fine, cv2.GaussianBlur(plane, (0, 0), _COARSE))
