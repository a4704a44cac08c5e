"""CIELAB and its colour differences, on planes of float numbers.

Invariant: the numbers are those of scikit-image (its sRGB matrix, its D65 white, its formulas) to
1e-4, many times faster; equal pixels have a difference of exactly 0.
"""

from __future__ import annotations

import functools
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[Any]
"""H x W, float32; the formulas take float64 as well."""
Lab = tuple[Plane, Plane, Plane]
"""L* in [0, 100], a* and b*."""

# IEC 61966-2-1 as rounded by scikit-image, each row divided by the white of D65 for 2 degrees
_WHITE = np.array([0.95047, 1.0, 1.08883])
_TO_XYZ = (
    np.array(
        [
            [0.412453, 0.357580, 0.180423],
            [0.212671, 0.715160, 0.072169],
            [0.019334, 0.119193, 0.950227],
        ]
    )
    / _WHITE[:, None]
)
_KNEE = 0.008856  # where CIELAB's cube root becomes a straight line
_SLOPE = 7.787
_TINY = 1e-30  # keeps gray, which has no hue, from dividing by zero
_STEPS = 1024  # of the tables of hue per quarter turn: they are right to 1e-5


def lab_of(rgb: NDArray[Any]) -> Lab:
    """Return the CIELAB planes of sRGB pixels.

    Args:
        rgb: H x W x 3, as 8 or 16 bit or as float32 in [0, 1].
    """
    red, green, blue = (_linear(plane) for plane in cv2.split(rgb))
    dark = np.empty_like(red)
    roots = []
    for of_red, of_green, of_blue in _TO_XYZ.tolist():
        plane: Any = cv2.addWeighted(red, of_red, green, of_green, 0)
        cv2.scaleAdd(blue, of_blue, plane, plane)
        # cube root above the knee, a straight line below it: whichever part rests adds a constant
        cv2.threshold(plane, _KNEE, 0, cv2.THRESH_TRUNC, dark)
        cv2.addWeighted(plane, 1, dark, -1, _KNEE, plane)
        cv2.pow(plane, 1 / 3, plane)
        cv2.addWeighted(plane, 1, dark, _SLOPE, -_SLOPE * _KNEE, plane)
        roots.append(plane)
    a, lightness, b = roots
    a -= lightness
    np.subtract(lightness, b, out=b)
    a *= 500
    b *= 200
    lightness *= 116
    lightness -= 16
    return lightness, a, b


def cie76(result: Lab, truth: Lab) -> Plane:
    """Return the CIE 1976 colour difference of every pixel: the distance in CIELAB."""
    lightness, a, b = (r - t for r, t in zip(result, truth, strict=True))
    squared = _squared(a, b)
    squared += lightness * lightness
    return _root(squared)


def cie94(result: Lab, truth: Lab) -> Plane:
    """Return the CIE 1994 colour difference of every pixel, for graphic arts.

    The truth is the reference: its chroma weighs the differences.
    """
    lightness, a, b = (r - t for r, t in zip(result, truth, strict=True))
    by_chroma = length(truth[1], truth[2])
    chroma = length(result[1], result[2])
    chroma -= by_chroma
    squared = _squared(a, b)
    squared -= chroma * chroma  # of the hue now
    by_hue = _line(by_chroma, 0.015)
    squared /= by_hue * by_hue
    chroma /= _line(by_chroma, 0.045)
    squared += _squared(lightness, chroma)
    return _root(np.maximum(squared, 0, out=squared))


def ciede2000(result: Lab, truth: Lab) -> Plane:
    """Return the CIEDE2000 colour difference of every pixel, with kL = kC = kH = 1.

    Hues stay vectors: their mean and their difference need no care for the turn at 360 degrees
    then. What depends on the mean hue alone is read off a fine table.

    Source: Sharma, Wu, Dalal 2005, "The CIEDE2000 color-difference formula", equations 2 to 22.
    """
    (l1, a1, b1), (l2, a2, b2) = result, truth
    chroma = length(a1, b1)
    chroma += length(a2, b2)
    chroma *= 0.5
    stretch = _saturation(chroma)
    stretch *= -0.5
    stretch += 1.5
    a1, a2 = a1 * stretch, a2 * stretch
    c1, c2 = length(a1, b1), length(a2, b2)
    # both hues as vectors of the length c1 c2: they lie 2 c1 c2 sin(dh / 2) apart
    a1 *= c2
    a2 *= c1
    b1, b2 = b1 * c2, b2 * c1
    turned = a1 * b2
    turned -= a2 * b1
    d_hue = _squared(a2 - a1, b2 - b1)
    d_hue /= c1 * c2 + _TINY
    d_hue = np.copysign(_root(d_hue), turned, out=d_hue)
    weight, twist = _of_hue(*_mean_hue(a1, b1, a2, b2))
    d_chroma = c2 - c1
    c1 += c2
    c1 *= 0.5
    d_chroma /= _line(c1, 0.045)
    weight *= c1
    d_hue /= _line(weight, 0.015)
    twist *= _saturation(c1)
    level = l1 + l2
    level *= 0.5
    level -= 50
    level *= level
    level /= np.sqrt(20 + level)
    squared = l2 - l1
    squared /= _line(level, 0.015)
    squared *= squared
    squared += d_chroma * d_chroma
    d_chroma *= twist
    d_chroma += d_hue
    d_chroma *= d_hue
    squared += d_chroma
    return _root(squared)


def length(x: Plane, y: Plane) -> Plane:
    """Return the length of vectors. OpenCV's own rounds by where in memory they lie."""
    return _root(_squared(x, y))


def _squared(x: Plane, y: Plane) -> Plane:
    squared = x * x
    squared += y * y
    return squared


def _root(plane: Plane) -> Plane:
    """Return the square root, in the same memory."""
    return np.asarray(np.sqrt(plane, out=plane))


def _line(plane: Plane, slope: float) -> Plane:
    """Return 1 and so many times the plane."""
    line = plane * slope
    line += 1
    return line


def _saturation(chroma: Plane) -> Plane:
    """Return sqrt(C^7 / (C^7 + 25^7))."""
    ratio = chroma * 0.04
    power = ratio * ratio
    power *= ratio
    power *= power
    power *= ratio
    power /= power + 1
    return _root(power)


def _mean_hue(a1: Plane, b1: Plane, a2: Plane, b2: Plane) -> tuple[Plane, Plane]:
    """Return a vector with the mean hue of two vectors of one length."""
    a, b = a1 + a2, b1 + b2
    opposite = (a == 0) & (b == 0)
    if opposite.any():  # their mean lies a quarter turn after the one in the upper half
        upper = np.copysign(1, b1[opposite])
        a[opposite], b[opposite] = -upper * b1[opposite], upper * a1[opposite]
    return a, b


def _of_hue(a: Plane, b: Plane) -> tuple[Plane, Plane]:
    """Return T of the formula for each hue, and by how much lightly saturated blues twist.

    Args:
        a: of vectors with the hue.
        b: of the same vectors.
    """
    size = np.abs(a)
    size += np.abs(b)
    size += _TINY
    # a measure of the angle from -2 to 2 that needs no arc tangent
    place = a / size
    np.subtract(1, place, out=place)
    place = np.copysign(place, b, out=place)
    place += 2
    place *= _STEPS
    below = np.floor(place)
    place -= below
    row = below.astype(np.intp)
    values = []
    for table, slope in _hue_tables(a.dtype.char):
        value = np.take(slope, row, mode="clip")
        value *= place
        value += np.take(table, row, mode="clip")
        values.append(value)
    return values[0], values[1]


@functools.cache
def _hue_tables(kind: str) -> tuple[tuple[NDArray[Any], NDArray[Any]], ...]:
    """Return T and the twist by the place of a hue, each with its slope to the next place."""
    place = np.arange(4 * _STEPS + 1) / _STEPS - 2
    a = 1 - np.abs(place)
    hue = np.degrees(np.arctan2(np.copysign(1 - np.abs(a), place), a))

    def cosine(times: int, shift: float) -> NDArray[np.float64]:
        return np.asarray(np.cos(np.radians(times * hue + shift)), np.float64)

    weight = 1 - 0.17 * cosine(1, -30) + 0.24 * cosine(2, 0) + 0.32 * cosine(3, 6)
    weight -= 0.20 * cosine(4, -63)
    # blue lies at 275 degrees, which is -85; what is far from it has no twist at all
    blue = np.exp(-(((hue + 85) / 25) ** 2))
    twist = -2 * np.sin(np.radians(60 * blue))
    return tuple(
        (table.astype(kind), np.diff(table, append=table[-1]).astype(kind))
        for table in (weight, twist)
    )


def _linear(plane: NDArray[Any]) -> NDArray[np.float32]:
    """Return linear light of sRGB values as they are stored."""
    if plane.dtype in (np.uint8, np.uint16):
        return np.asarray(cv2.LUT(plane, _linear_table(plane.dtype.itemsize)), np.float32)
    value = np.clip(plane, 0, 1, dtype=np.float32)
    curve = cv2.pow((value + np.float32(0.055)) / np.float32(1.055), 2.4).reshape(value.shape)
    return np.asarray(np.where(value > 0.04045, curve, value / np.float32(12.92)), np.float32)


@functools.cache
def _linear_table(itemsize: int) -> NDArray[np.float32]:
    """Return linear light by stored value of so many bytes."""
    top = (1 << 8 * itemsize) - 1
    value = np.arange(top + 1) / top
    curve = ((value + 0.055) / 1.055) ** 2.4
    return np.where(value > 0.04045, curve, value / 12.92).astype(np.float32)
