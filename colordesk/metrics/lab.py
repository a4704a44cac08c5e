"""CIELAB and its colour differences, on planes of float numbers.

Invariant: the numbers are those of scikit-image (its sRGB matrix, its D65 white, its formulas) to
1e-4, many times faster; equal pixels have a difference of exactly 0.
"""

from __future__ import annotations

import functools
import math
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


def lab_of(rgb: NDArray[Any]) -> Lab:
    """Return the CIELAB planes of sRGB pixels.

    Args:
        rgb: H x W x 3, as 8 or 16 bit or as float32 in [0, 1].
    """
    if rgb.dtype in (np.uint8, np.uint16):
        linear = cv2.LUT(np.ascontiguousarray(rgb), _linear_table(rgb.dtype.itemsize))
    else:
        linear = np.ascontiguousarray(_linear(np.clip(rgb, 0, 1, dtype=np.float32)))
    xyz = np.asarray(cv2.transform(linear, _TO_XYZ), np.float32)
    # cube root above the knee, a straight line below it: whichever part rests adds a constant
    dark = cv2.threshold(xyz, _KNEE, 0, cv2.THRESH_TRUNC)[1]
    np.maximum(xyz, np.float32(_KNEE), out=xyz)
    roots = cv2.pow(xyz, 1 / 3)
    f = cv2.addWeighted(roots, 1, dark, _SLOPE, -_SLOPE * _KNEE, roots)
    fx, fy, fz = (np.asarray(plane, np.float32) for plane in cv2.split(f))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def cie76(result: Lab, truth: Lab) -> Plane:
    """Return the CIE 1976 colour difference of every pixel: the distance in CIELAB."""
    lightness, a, b = (r - t for r, t in zip(result, truth, strict=True))
    return np.asarray(np.sqrt(lightness * lightness + a * a + b * b))


def cie94(result: Lab, truth: Lab) -> Plane:
    """Return the CIE 1994 colour difference of every pixel, for graphic arts.

    The truth is the reference: its chroma weighs the differences.
    """
    true_chroma = length(truth[1], truth[2])
    lightness, a, b = (r - t for r, t in zip(result, truth, strict=True))
    chroma = length(result[1], result[2]) - true_chroma
    hue2 = np.maximum(a * a + b * b - chroma * chroma, 0)
    by_chroma, by_hue = 1 + 0.045 * true_chroma, 1 + 0.015 * true_chroma
    chroma /= by_chroma
    squared = lightness * lightness + chroma * chroma + hue2 / (by_hue * by_hue)
    return np.asarray(np.sqrt(squared))


def ciede2000(result: Lab, truth: Lab) -> Plane:
    """Return the CIEDE2000 colour difference of every pixel, with kL = kC = kH = 1.

    Hues are kept as unit vectors: their mean and their difference need no care for the turn at
    360 degrees then.

    Source: Sharma, Wu, Dalal 2005, "The CIEDE2000 color-difference formula", equations 2 to 22.
    """
    (l1, a1, b1), (l2, a2, b2) = result, truth
    stretch = 1.5 - 0.5 * _saturation((length(a1, b1) + length(a2, b2)) / 2)
    a1, a2 = a1 * stretch, a2 * stretch
    c1, c2 = length(a1, b1), length(a2, b2)
    x1, y1 = _unit(a1, b1, c1)
    x2, y2 = _unit(a2, b2, c2)
    # the chord between the hues is 2 sin(dh / 2)
    d_hue = np.copysign(np.sqrt(c1 * c2) * length(x2 - x1, y2 - y1), x1 * y2 - y1 * x2)
    # exactly opposite hues have their mean a quarter turn after the one in the upper half
    quarter = np.copysign(_TINY, y1)
    x, y = x1 + x2 - quarter * y1, y1 + y2 + quarter * x1
    hue = np.arctan2(y, x)
    cos, sin = _unit(x, y, length(x, y))
    cos2, sin2 = cos * cos - sin * sin, 2 * cos * sin
    cos3, sin3 = cos2 * cos - sin2 * sin, sin2 * cos + cos2 * sin
    cos4, sin4 = cos2 * cos2 - sin2 * sin2, 2 * cos2 * sin2
    weight = 1 - 0.17 * _shifted(cos, sin, -30) + 0.24 * cos2
    weight += 0.32 * _shifted(cos3, sin3, 6) - 0.20 * _shifted(cos4, sin4, -63)
    chroma = (c1 + c2) / 2
    level = (l1 + l2) / 2 - 50
    level *= level
    lightness = (l2 - l1) / (1 + 0.015 * level / np.sqrt(20 + level))
    d_chroma = (c2 - c1) / (1 + 0.045 * chroma)
    d_hue /= 1 + 0.015 * chroma * weight
    # blue lies at 275 degrees, which is -85; what is far from it has no twist at all
    blue = (hue * (180 / math.pi) + 85) / 25
    twist = -2 * _saturation(chroma) * np.sin(math.pi / 3 * np.exp(-blue * blue))
    squared = lightness * lightness + d_chroma * d_chroma + d_hue * (d_hue + twist * d_chroma)
    return np.asarray(np.sqrt(np.maximum(squared, 0)))


def length(x: Plane, y: Plane) -> Plane:
    """Return the length of vectors. OpenCV's own rounds by where in memory they lie."""
    return np.asarray(np.sqrt(x * x + y * y))


def _unit(x: Plane, y: Plane, length: Plane) -> tuple[Plane, Plane]:
    """Return a vector of length 1, or 0 where there is none."""
    scale = 1 / np.maximum(length, _TINY)
    return x * scale, y * scale


def _saturation(chroma: Plane) -> Plane:
    """Return sqrt(C^7 / (C^7 + 25^7))."""
    ratio = chroma * 0.04
    cube = ratio * ratio * ratio
    power = cube * cube * ratio
    return np.asarray(np.sqrt(power / (power + 1)))


def _shifted(cos: Plane, sin: Plane, degrees: float) -> Plane:
    """Return the cosine of an angle plus so many degrees."""
    shift = math.radians(degrees)
    return cos * math.cos(shift) - sin * math.sin(shift)


def _linear(value: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return linear light of sRGB values in [0, 1]."""
    curve = cv2.pow((value + np.float32(0.055)) / np.float32(1.055), 2.4).reshape(value.shape)
    return np.asarray(np.where(value > 0.04045, curve, value / np.float32(12.92)), np.float32)


@functools.cache
def _linear_table(itemsize: int) -> NDArray[np.float32]:
    """Return linear light by stored value of so many bytes."""
    top = (1 << 8 * itemsize) - 1
    value = np.arange(top + 1) / top
    curve = ((value + 0.055) / 1.055) ** 2.4
    return np.where(value > 0.04045, curve, value / 12.92).astype(np.float32)
