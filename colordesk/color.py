"""Between stored pixels and CIELAB: lightness out of a photo, and pixels back from L and ab.

Hides tables, matrices and gamut mapping. Everything works on whole arrays or strips of rows, on
planes of float32, with OpenCV and numpy calls that need no temporary of their own.
Invariant: chroma never changes luminance. A pixel is made as Y + t * d, where d is a colour
difference without luminance and t in [0, 1] the largest step that stays in the gamut, so L* is
kept exactly, and zero chroma gives the neutral pixel exactly, at 8 and at 16 bit.

CIELAB (CIE 15:2004, 8.2.1) in the form used here: L* = 116 f(Y) - 16, a* = 500 (f(X) - f(Y)),
b* = 200 (f(Y) - f(Z)), with X, Y, Z relative to the D65 white. f(X), f(Y), f(Z) are called fx, fy
and fz.
"""

from __future__ import annotations

import functools
import math
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from colordesk.icc import Profile

Plane = NDArray[np.float32]
Pixels = NDArray[np.uint8] | NDArray[np.uint16]

_DELTA = 6 / 29  # below f = 6/29 (L* = 8) CIELAB continues its cube root as a straight line
_FLOAT_PLANES = 6
# Stored values are looked up by linear light or, where that is too coarse for the shadows of a
# curve, by its square root: in either, neighbouring steps differ by far less than a stored value.
_STEPS = {8: 1 << 16, 16: 1 << 20}
_COARSE = 0.1  # stored values between black and the next step
_DTYPES = {8: np.uint8, 16: np.uint16}


def f(t: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return CIELAB's f: cube root above (6/29)^3, a straight line below."""
    return np.where(
        t > _DELTA**3,
        np.cbrt(np.maximum(t, _DELTA**3)),
        (t - _DELTA**3) / (3 * _DELTA**2) + _DELTA,
    )


def f_inverse(t: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the inverse of `f`."""
    return np.maximum(t, _DELTA) ** 3 + 3 * _DELTA**2 * (np.minimum(t, _DELTA) - _DELTA)


class Scratch:
    """Working memory for strips of one width, used by one thread at a time.

    Args:
        rows: most rows of a strip.
        width: pixels in a row.
        bits: 8 or 16, of the pixels that are made.
    """

    def __init__(self, rows: int, width: int, bits: int) -> None:
        self._floats = np.empty((_FLOAT_PLANES, rows, width), np.float32)
        self._steps = np.empty((rows, width), np.uint16 if bits == 8 else np.intp)
        self._codes = np.empty((3, rows, width), _DTYPES[bits])

    def floats(self, rows: int) -> list[Plane]:
        """Return the float planes, cut to so many rows."""
        return list(self._floats[:, :rows])

    def steps(self, rows: int) -> NDArray[Any]:
        """Return the plane of table indices, cut to so many rows."""
        return self._steps[:rows]

    def codes(self, rows: int) -> list[NDArray[Any]]:
        """Return three planes of stored values, cut to so many rows."""
        return list(self._codes[:, :rows])


class Decoder:
    """Reads luminance from the stored pixels of one profile and bit depth.

    Args:
        profile: the colour space of the pixels.
        bits: 8 or 16.
    """

    def __init__(self, profile: Profile, bits: int) -> None:
        linear = profile.decode_table(1 << bits).astype(np.float64)
        if profile.space == "gray":
            y = np.clip(linear[:, 0], 0.0, 1.0)
            self._y = [y.astype(np.float32)]
            self._fy = f(y).astype(np.float32)
        else:
            weighted = linear * profile.matrix[1]
            self._y = [np.ascontiguousarray(weighted[:, c], dtype=np.float32) for c in range(3)]

    def __call__(self, pixels: Pixels, y: Plane, fy: Plane, scratch: Scratch) -> None:
        """Fill `y` with relative luminance in [0, 1] and `fy` with f(Y).

        Args:
            pixels: H x W x C as stored; C = 1 for a gray profile, else 3.
            y: H x W, filled.
            fy: H x W, filled.
            scratch: working memory of at least this size.
        """
        if pixels.shape[2] == 1:
            cv2.LUT(pixels[:, :, 0], self._y[0], y)
            cv2.LUT(pixels[:, :, 0], self._fy, fy)
            return
        self.luminance(pixels, y, scratch)
        dark = scratch.floats(len(pixels))[0]
        cv2.threshold(y, _DELTA**3, 0, cv2.THRESH_TRUNC, dark)
        np.clip(y, _DELTA**3, 1.0, out=fy)
        cv2.pow(fy, 1 / 3, fy)
        # fy + slope * (dark - delta^3): the straight part, zero wherever Y is above it
        slope = 1 / (3 * _DELTA**2)
        cv2.addWeighted(fy, 1.0, dark, slope, -slope * _DELTA**3, fy)

    def luminance(self, pixels: Pixels, y: Plane, scratch: Scratch) -> None:
        """Fill `y` alone; arguments as of a call."""
        if pixels.shape[2] == 1:
            cv2.LUT(pixels[:, :, 0], self._y[0], y)
            return
        part = scratch.floats(len(pixels))[0]
        channel = np.empty(pixels.shape[:2], pixels.dtype)
        for c in range(3):
            cv2.extractChannel(pixels, c, channel)
            cv2.LUT(channel, self._y[c], part if c else y)
            if c:
                cv2.add(y, part, y)
        # the weights of a wild profile may be negative, the sum of sane ones may round above 1
        np.clip(y, 0.0, 1.0, out=y)


class Encoder:
    """Makes stored RGB pixels of one profile and bit depth from luminance and chroma.

    Args:
        profile: an RGB profile.
        bits: 8 or 16.
    """

    def __init__(self, profile: Profile, bits: int) -> None:
        inverse = np.linalg.inv(profile.matrix)
        white = profile.matrix.sum(axis=1)
        # linear RGB moves by these when X or Z (relative to white) moves and Y stays
        self._by_x = inverse[:, 0] * white[0]
        self._by_z = inverse[:, 2] * white[2]
        self._bits = bits
        self.top = float(_STEPS[bits] - 1)
        """Linear light of white, in steps of the table of stored values."""
        self._codes, self._by_root = _code_tables(profile, bits)

    def colour(self, y: Plane, fx: Plane, fz: Plane, out: Pixels, scratch: Scratch) -> None:
        """Write pixels of the given colour; what lies outside the gamut loses chroma, never L*.

        Args:
            y: H x W, relative luminance in [0, 1].
            fx: H x W, f(Y) + a* / 500; used up.
            fz: H x W, f(Y) - b* / 200; used up.
            out: H x W x 3, contiguous, filled.
            scratch: working memory of at least this size.
        """
        r, g, b, light, high, low = scratch.floats(len(y))
        np.multiply(y, np.float32(self.top), out=light)
        for plane in (fx, fz):
            _cube(plane, low, self.top)
            cv2.subtract(plane, light, plane)  # X - Y: only the chroma's share is left
        for plane, by_x, by_z in zip((r, g, b), self._by_x, self._by_z, strict=True):
            cv2.addWeighted(fx, by_x, fz, by_z, 0, plane)
        self.fit(light, (r, g, b), (high, low, fx, fz))
        self.write(light, (r, g, b), out, scratch)

    def neutral(self, y: Plane, out: Pixels, scratch: Scratch) -> None:
        """Write neutral pixels of the given luminance; arguments as of `colour`."""
        light, nothing = scratch.floats(len(y))[:2]
        np.multiply(y, np.float32(self.top), out=light)
        nothing.fill(0.0)
        self.write(light, (nothing, nothing, nothing), out, scratch)

    def fit(
        self,
        light: Plane,
        d: tuple[Plane, Plane, Plane],
        work: tuple[Plane, Plane, Plane, Plane],
    ) -> None:
        """Replace the differences d by t d, with the largest t in [0, 1] inside the gamut.

        A channel stays below white for t <= (white - Y) / d and above 0 for t <= Y / -d, so with
        the largest and smallest difference t is the less of (white - Y) / max(d, white - Y) and
        Y / max(-d, Y).

        Args:
            light: luminance Y in [0, top].
            d: differences of linear R, G and B from it, without luminance of their own.
            work: working memory.
        """
        high, low, t, other = work
        # the tiny parts keep white and black, where they would be 0 / 0, from having chroma
        np.subtract(self.top * (1 + 1e-7), light, out=t)
        np.subtract(-1e-12, light, out=other)
        cv2.max(cv2.max(cv2.max(d[0], d[1], high), d[2], high), t, high)
        cv2.min(cv2.min(cv2.min(d[0], d[1], low), d[2], low), other, low)
        cv2.min(cv2.divide(t, high, t), cv2.divide(other, low, other), t)
        for plane in d:
            cv2.multiply(plane, t, plane)

    def write(
        self, light: Plane, d: tuple[Plane, Plane, Plane], out: Pixels, scratch: Scratch
    ) -> None:
        """Write pixels of linear light Y + d in [0, top]; d is used up.

        One plane may stand for all three channels.
        """
        steps, codes = scratch.steps(len(out)), scratch.codes(len(out))
        last: Plane | None = None
        for plane, table, code in zip(d, self._codes, codes, strict=True):
            if plane is not last:
                self._step(light, plane, steps)
                last = plane
            if self._bits == 8:
                cv2.LUT(steps, table, code)
            else:
                np.take(table, steps, out=code, mode="clip")
        cv2.merge(codes, out)

    def _step(self, light: Plane, d: Plane, steps: NDArray[Any]) -> None:
        """Fill `steps` with the table indices of light + d; d is used up."""
        share, scale = 1.0, 1.0
        if self._by_root:
            cv2.threshold(cv2.add(light, d, d), 0.0, 0, cv2.THRESH_TOZERO, d)  # rounding
            cv2.sqrt(d, d)
            share, scale = 0.0, math.sqrt(self.top)
        if self._bits == 8:
            cv2.addWeighted(light, share, d, scale, 0.0, steps, cv2.CV_16U)
        else:
            cv2.addWeighted(light, share, d, scale, 0.5, d)
            np.copyto(steps, d, casting="unsafe")


@functools.lru_cache(maxsize=8)
def decoder(profile: Profile, bits: int) -> Decoder:
    """Return the decoder of a profile; the last few are kept, since tables take time."""
    return Decoder(profile, bits)


@functools.lru_cache(maxsize=8)
def encoder(profile: Profile, bits: int) -> Encoder:
    """Return the encoder of a profile; the last few are kept, since tables take time."""
    return Encoder(profile, bits)


def lightness(pixels: Pixels, profile: Profile) -> Plane:
    """Return CIE L* in [0, 100], H x W, of a whole picture of H x W x C stored pixels."""
    shape = pixels.shape[:2]
    y, fy = np.empty(shape, np.float32), np.empty(shape, np.float32)
    bits = 8 * pixels.itemsize
    decoder(profile, bits)(pixels, y, fy, Scratch(shape[0], shape[1], bits))
    return fy * np.float32(116) - np.float32(16)


def ab_of(rgb: NDArray[np.uint8]) -> Plane:
    """Return a* and b*, 2 x H x W, of sRGB pixels, H x W x 3."""
    lab = cv2.cvtColor(rgb.astype(np.float32) / np.float32(255), cv2.COLOR_RGB2LAB)
    return np.ascontiguousarray(lab.transpose(2, 0, 1)[1:])


def from_lab(lightness: Plane, ab: Plane, profile: Profile, bits: int) -> Pixels:
    """Return stored pixels, H x W x 3, of a whole picture in CIELAB.

    Args:
        lightness: L* in [0, 100], H x W.
        ab: a* and b*, 2 x H x W.
        profile: an RGB profile.
        bits: 8 or 16.
    """
    fy = (lightness.astype(np.float64) + 16) / 116
    y = np.clip(f_inverse(fy), 0, 1).astype(np.float32)
    out = np.empty((*lightness.shape, 3), _DTYPES[bits])
    fx, fz = (fy + ab[0] / 500).astype(np.float32), (fy - ab[1] / 200).astype(np.float32)
    encoder(profile, bits).colour(y, fx, fz, out, Scratch(len(y), y.shape[1], bits))
    return out


def convert(pixels: Pixels, source: Profile, target: Profile) -> NDArray[np.uint8]:
    """Return 8-bit pixels in another RGB profile, H x W x 3, of a whole picture.

    Colours outside the target's gamut lose chroma at constant L*.
    """
    size = 1 << 8 * pixels.itemsize
    encode = encoder(target, 8)
    table = source.decode_table(size).reshape(1, size, -1) * np.float32(encode.top)
    linear = cv2.LUT(pixels, np.ascontiguousarray(table))
    linear = cv2.transform(linear, np.linalg.inv(target.matrix) @ source.matrix)
    scratch = Scratch(pixels.shape[0], pixels.shape[1], 8)
    r, g, b, light, high, low = scratch.floats(len(pixels))
    np.clip(cv2.transform(linear, target.matrix[1:2]), 0, encode.top, out=light)
    for channel, plane in enumerate((r, g, b)):
        np.subtract(linear[:, :, channel], light, out=plane)
    encode.fit(light, (r, g, b), (high, low, np.empty_like(low), np.empty_like(low)))
    out = np.empty(pixels.shape, np.uint8)
    encode.write(light, (r, g, b), out, scratch)
    return out


def _cube(t: Plane, low: Plane, scale: float) -> None:
    """Replace t by scale * `f_inverse`(t); `low` is working memory."""
    cv2.threshold(t, _DELTA, 0, cv2.THRESH_TRUNC, low)
    cv2.addWeighted(t, 1.0, low, -1.0, _DELTA, t)  # the larger of t and delta
    cv2.pow(t, 3, t)
    cv2.addWeighted(t, scale, low, scale * 3 * _DELTA**2, scale * -3 * _DELTA**3, t)


def _code_tables(profile: Profile, bits: int) -> tuple[list[NDArray[Any]], bool]:
    """Return each channel's stored values by steps of light, and if the steps are of its root."""
    top = (1 << bits) - 1
    steps = np.linspace(0.0, 1.0, _STEPS[bits])
    first = max(float(np.diff(curve.encode(steps[:2]))[0]) for curve in profile.curves)
    by_root = first * top > _COARSE
    tables: dict[int, NDArray[Any]] = {}
    for curve in profile.curves:
        if id(curve) not in tables:  # most profiles have one curve for all channels
            stored = np.rint(curve.encode(steps**2 if by_root else steps) * top)
            tables[id(curve)] = stored.astype(_DTYPES[bits])
    return [tables[id(curve)] for curve in profile.curves], by_root
