"""CIELAB and its colour differences, on planes of float numbers.

Invariant: the numbers are those of scikit-image (its sRGB matrix, its D65 white, its formulas) to
1e-4, many times faster; equal pixels have a difference of exactly 0.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from numpy.polynomial import chebyshev
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
_OPPOSITE = 1e-3  # share of its greatest length: two hues with a shorter sum lie opposite

# the weight of a mean hue, T, is p(c) + s q(c) of the hue's cosine and sine; highest power first
_TERMS = ((1, -0.17, -30.0), (2, 0.24, 0.0), (3, 0.32, 6.0), (4, -0.20, -63.0))
_BLUE = math.radians(275)  # the hue of lightly saturated blues, which the formula turns
_BLUE_WIDTH = math.radians(25)
# the square of an angle by powers of 1 less its cosine, from the fifth down to the first: right to
# 1e-5 within 60 degrees and to 0.01 within 90, where nothing depends on it any more
_SQUARED_ANGLE = (64 / 6300, 1 / 35, 4 / 45, 1 / 3, 2.0)


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
        np.cbrt(plane, out=plane)
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


def cie94(result: Lab, truth: Lab, chroma: tuple[Plane, Plane] | None = None) -> Plane:
    """Return the CIE 1994 colour difference of every pixel, for graphic arts.

    The truth is the reference: its chroma weighs the differences.

    Args:
        result: planes of one picture.
        truth: planes of the other.
        chroma: C*ab of both, where it is known.
    """
    lightness, a, b = (r - t for r, t in zip(result, truth, strict=True))
    chroma_of_result, by_chroma = chroma or (length(*result[1:]), length(*truth[1:]))
    d_chroma = chroma_of_result - by_chroma
    squared = _squared(a, b)
    squared -= d_chroma * d_chroma  # of the hue now
    by_hue = _line(by_chroma, 0.015)
    by_hue *= by_hue
    squared /= by_hue
    d_chroma /= _line(by_chroma, 0.045)
    squared += _squared(lightness, d_chroma)
    return _root(np.maximum(squared, 0, out=squared))


def ciede2000(result: Lab, truth: Lab, chroma: tuple[Plane, Plane] | None = None) -> Plane:
    """Return the CIEDE2000 colour difference of every pixel, with kL = kC = kH = 1.

    Hues stay vectors: their mean and their difference need neither an arc tangent nor care for the
    turn at 360 degrees then.

    Source: Sharma, Wu, Dalal 2005, "The CIEDE2000 color-difference formula", equations 2 to 22.

    Args:
        result: planes of one picture.
        truth: planes of the other.
        chroma: C*ab of both, where it is known.
    """
    (l1, a1, b1), (l2, a2, b2) = result, truth
    stretch = np.add(*(chroma or (length(a1, b1), length(a2, b2))))
    stretch = _saturation(stretch, 0.5)
    stretch *= -0.5
    stretch += 1.5
    a1, a2 = a1 * stretch, a2 * stretch
    c1, c2 = length(a1, b1), length(a2, b2)
    # both hues as vectors of one length, c1 c2
    a1 *= c2
    a2 *= c1
    b1, b2 = b1 * c2, b2 * c1
    turned = a1 * b2
    turned -= a2 * b1
    product = c1 * c2
    a1 += a2
    b1 += b2
    size = length(a1, b1)
    opposite = np.nonzero(size < product * _OPPOSITE)
    if opposite[0].size:
        _part_opposites(opposite, (a1, b1, size), (a2, b2), product, turned)
    size += _TINY
    cosine, sine = np.divide(a1, size, out=a1), np.divide(b1, size, out=b1)
    # what the vectors span, by the length of their sum: c1 c2 sin(dh / 2)
    d_hue = np.divide(turned, size, out=turned)
    d_hue *= 2
    product += _TINY
    d_hue /= _root(product)
    d_chroma = c2 - c1
    c1 += c2
    mean_chroma = c1
    mean_chroma *= 0.5
    d_chroma /= _line(mean_chroma, 0.045)
    weight = _weight(cosine, sine)
    weight *= mean_chroma
    d_hue /= _line(weight, 0.015)
    twist = _twist(cosine, sine)
    twist *= _saturation(mean_chroma)
    level = l1 + l2
    level *= 0.5
    level -= 50
    level *= level
    level /= np.sqrt(20 + level)
    squared = l2 - l1
    squared /= _line(level, 0.015)
    squared *= squared
    squared += d_chroma * d_chroma
    # the hue's own square and its product with the chroma's in one
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


def _saturation(chroma: Plane, scale: float = 1.0) -> Plane:
    """Return sqrt(C^7 / (C^7 + 25^7)) of so many times the chroma."""
    power: Plane = np.asarray(cv2.pow(chroma * (scale / 25), 7))
    power /= power + 1
    return _root(power)


def _part_opposites(
    where: tuple[NDArray[np.intp], ...],
    total: tuple[Plane, Plane, Plane],
    second: tuple[Plane, Plane],
    product: Plane,
    turned: Plane,
) -> None:
    """Give hues that lie opposite a mean, and a span that fits the length of their sum.

    Args:
        where: they lie, as indices.
        total: the sum of the vectors of both hues and its length, written to.
        second: the vector of the second hue.
        product: the length of either vector.
        turned: what both vectors span, written to.
    """
    (a, b, size), length = (plane[where] for plane in total), product[where]
    exact = size == 0
    if exact.any():  # the mean lies a quarter turn after the hue in the upper half
        a2, b2 = (plane[where] for plane in second)
        upper = np.copysign(1, b2)
        a, b = np.where(exact, -upper * b2, a), np.where(exact, upper * a2, b)
        size = np.where(exact, length, size)
    for plane, value in zip(total, (a, b, size), strict=True):
        plane[where] = value
    turned[where] = np.copysign(length * size, turned[where])


def _weight(cosine: Plane, sine: Plane) -> Plane:
    """Return T of the formula for each hue."""
    even, odd = _weight_powers()
    weight = _polynomial(odd, cosine)
    weight *= sine
    weight += _polynomial(even, cosine)
    return weight


def _twist(cosine: Plane, sine: Plane) -> Plane:
    """Return by how much a hue twists: -sin(2 d_theta) times 2, most at lightly saturated blue."""
    apart = cosine * -math.cos(_BLUE)
    apart -= sine * math.sin(_BLUE)
    apart += 1
    angle = _polynomial((*_SQUARED_ANGLE, 0.0), apart)
    angle *= -(_BLUE_WIDTH**-2)
    twist: Plane = np.asarray(cv2.exp(angle, angle))
    twist *= math.radians(60)
    np.sin(twist, out=twist)
    twist *= -2
    return twist


def _polynomial(factors: Sequence[float], x: Plane) -> Plane:
    """Return a polynomial, its factors given from the highest power down, by Horner's rule."""
    value = x * factors[0]
    value += factors[1]
    for factor in factors[2:]:
        value *= x
        value += factor
    return value


@functools.cache
def _weight_powers() -> tuple[list[float], list[float]]:
    """Return p and q of T = p(c) + s q(c), from the cosines that T is a sum of."""
    even, odd = np.zeros(5), np.zeros(4)
    even[0] = 1.0
    for times, factor, shift in _TERMS:
        # cos(n h) = T_n(c) and sin(n h) = s U_{n-1}(c), and U_{n-1} = T_n' / n
        power = chebyshev.cheb2poly([0] * times + [1])
        even[: times + 1] += factor * math.cos(math.radians(shift)) * power
        slope = power[1:] * np.arange(1, times + 1) / times
        odd[:times] -= factor * math.sin(math.radians(shift)) * slope
    return even[::-1].tolist(), odd[::-1].tolist()


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
