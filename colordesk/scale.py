"""Between the full size of a photo and the small size at which its chroma is predicted.

Hides resampling: lightness is shrunk with an area filter, chroma is brought back by a local linear
model on lightness, whose coefficients are enlarged bilinearly strip by strip.
Invariant: a strip of rows gets the very values that it would have in the whole picture.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]
Planes = NDArray[np.float32]
Box = tuple[slice, slice]
"""Rows and columns of a part of a picture."""

_RADIUS = 2  # of the windows of the local linear model, in pixels of the blurred guide
_NOISE = 25.0  # variance of L* (5^2) that counts as texture: damps what chroma takes over from it
_BLURS = (1, 2, 4)
_TOLERANCE = 1.08


class Shrinker:
    """Shrinks a plane of known size with an area filter, from strips given in any order.

    The filter is separable: every strip is shrunk across at once, the columns at the end.

    Args:
        width: of the full plane.
        height: of the full plane.
        size: (width, height) wanted. An axis that is to grow is enlarged bilinearly.
    """

    def __init__(self, width: int, height: int, size: tuple[int, int]) -> None:
        self._width, self._height = width, height
        self._size = size
        self._narrow = np.empty((height, size[0]), np.float32)

    def put(self, start: int, rows: Plane) -> None:
        """Take the strip that begins at row `start`; safe from several threads at once."""
        self._narrow[start : start + len(rows)] = resize(rows, (self._size[0], len(rows)))

    def result(self) -> Plane:
        """Return the shrunk plane once every strip was put."""
        return resize(self._narrow, self._size)


class Enlarger:
    """Enlarges a stack of planes bilinearly, any strip of rows at a time.

    Args:
        planes: n x h x w.
        width: of the enlarged planes.
        height: of the enlarged planes.
    """

    def __init__(self, planes: Planes, width: int, height: int) -> None:
        self._count, small, self._small_width = planes.shape
        self._rows = np.ascontiguousarray(planes.transpose(1, 0, 2), dtype=np.float32)
        self._width = width
        # pixel centres of the large rows among those of the small ones, as cv2.resize sees them
        position = (np.arange(height) + 0.5) * (small / height) - 0.5
        position = np.clip(position, 0, small - 1)
        self._upper = np.minimum(position.astype(np.intp), max(small - 2, 0))
        self._weight = position - self._upper
        self._last = small - 1

    def rows(self, start: int, stop: int, out: Planes) -> Planes:
        """Fill `out` ((stop - start) x n x width, contiguous) with rows start..stop; return it."""
        first = int(self._upper[start])
        last = min(int(self._upper[stop - 1]) + 1, self._last)
        source = self._rows[first : last + 1].reshape(-1, self._small_width)
        wide = cv2.resize(source, (self._width, len(source)), interpolation=cv2.INTER_LINEAR)
        wide = wide.reshape(last - first + 1, -1)
        flat = out.reshape(stop - start, -1)
        for row in range(start, stop):
            upper, weight = int(self._upper[row]) - first, float(self._weight[row])
            lower = min(upper + 1, len(wide) - 1)
            cv2.addWeighted(wide[upper], 1.0 - weight, wide[lower], weight, 0.0, flat[row - start])
        return out


@dataclass(frozen=True, eq=False)
class GuidedChroma:
    """Chroma as a local linear function of lightness: ab = slope * L + offset."""

    slope: Planes
    """2 x h x w."""
    offset: Planes
    """2 x h x w, in units of a* and b*."""
    factor: int = 1
    """By how much the guide was blurred."""


def resize(plane: Plane, size: tuple[int, int]) -> Plane:
    """Return a plane at another (width, height): area filter to shrink, bilinear to grow."""
    for width, height in ((size[0], plane.shape[0]), size):
        if plane.shape != (height, width):
            grows = width > plane.shape[1] or height > plane.shape[0]
            how = cv2.INTER_LINEAR if grows else cv2.INTER_AREA
            plane = np.asarray(cv2.resize(plane, (width, height), interpolation=how), np.float32)
    return plane


def guided_chroma(
    lightness: Plane, ab: Planes, factor: int | None = None, box: Box | None = None
) -> GuidedChroma:
    """Fit chroma to lightness, so that chroma edges follow those of the full-size photo.

    The local linear model is that of the guided filter (He, Sun and Tang, 2013, eq. 5-8) with its
    coefficients found at the small size (He and Sun, 2015). The guided filter would answer
    slope * L + mean(ab) - slope * mean(L), which blurs ab by its window; measured against the true
    chroma of photographs that is worse than plain bilinear enlarging. Here ab itself is kept and
    only the detail that it misses is added: ab + slope * (L - blurred L). The guide is blurred
    as much as the network blurs ab, most of them answer at a fraction of their input's size. The
    blur is found by trying: it is the largest with which L still explains ab.

    Args:
        lightness: L*, h x w, shrunk from the photo by area.
        ab: the chroma predicted from it, 2 x h x w.
        factor: of the blur, where it is known from a picture like this one.
        box: rows and columns outside of which ab is 0, which saves the work there.
    """
    near = _grown(box, lightness.shape) if box else np.s_[:, :]
    part = np.ascontiguousarray(ab[:, *near])
    blurs = _BLURS if factor is None else (factor,)
    guides = [np.ascontiguousarray(_blur(lightness, blur)[near]) for blur in blurs]
    fits = [
        _fit(guide, part, blur, len(blurs) > 1) for guide, blur in zip(guides, blurs, strict=True)
    ]
    limit = _TOLERANCE * min(residual for _, residual in fits)
    best = max(index for index, (_, residual) in enumerate(fits) if residual <= limit)
    fit = fits[best][0]
    if box is None:
        return fit
    slope, offset = np.zeros((2, *ab.shape), np.float32)
    slope[:, *near], offset[:, *near] = fit.slope, fit.offset
    return GuidedChroma(slope, offset, fit.factor)


def _grown(box: Box, shape: tuple[int, ...]) -> Box:
    """Return a box with all pixels whose windows, or whose windows' windows, see into it."""
    rows, columns = (
        slice(max(side.start - 4 * _RADIUS, 0), min(side.stop + 4 * _RADIUS, length))
        for side, length in zip(box, shape, strict=True)
    )
    return rows, columns


def _fit(guide: Plane, ab: Planes, factor: int, judge: bool = True) -> tuple[GuidedChroma, float]:
    """Return ab as a local linear function of the guide, and what it leaves unexplained.

    Without being asked to judge, the latter is left at 0.
    """
    mean = _box(guide)
    variance = _box(guide * guide) - mean * mean + np.float32(_NOISE)
    slopes: list[Plane] = []
    residual = 0.0
    for plane in ab:
        plane_mean = _box(plane)
        covariance = _box(guide * plane) - mean * plane_mean
        slope = np.divide(covariance, variance, dtype=np.float32)
        if judge:
            residual += float(np.sum(_box(plane * plane) - plane_mean * plane_mean))
            residual -= float(np.sum(slope * covariance))
        slopes.append(_box(slope))
    smooth: Planes = np.stack(slopes)
    return GuidedChroma(smooth, ab - smooth * guide, factor), max(residual, 0.0)


def _box(plane: Plane) -> Plane:
    return np.asarray(cv2.blur(plane, (2 * _RADIUS + 1,) * 2), np.float32)


def _blur(plane: Plane, factor: int) -> Plane:
    """Blur as a network does that answers at 1 / factor of the size and enlarges bilinearly."""
    if factor == 1:
        return plane
    height, width = plane.shape
    small = resize(plane, (-(-width // factor), -(-height // factor)))
    return resize(small, (width, height))
