"""ICC profiles: what the stored values of a picture mean in linear light and in CIE XYZ.

Hides the file format (ICC.1:2001-04 and ICC.1:2022, versions 2 and 4), of which it reads the part
that has an exact inverse: RGB by three tone curves and a matrix, and gray by one tone curve.
Profiles come from strangers, so no length or offset in one is trusted.
Invariant: a stored neutral stays neutral: the matrix maps equal linear channels onto D65 exactly.
"""

from __future__ import annotations

import functools
import struct
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from colordesk.errors import ColorDeskError

Values = NDArray[np.float64]

D65 = (0.95047, 1.0, 1.08883)
"""CIE XYZ of the white of our CIELAB (2 degree observer, ASTM E308)."""

_MAX_PROFILE_BYTES = 2**24
_MAX_TAGS = 200
_MAX_CURVE_ENTRIES = 1 << 16
_HEADER = 128
_CLASSES = (b"scnr", b"mntr", b"prtr", b"spac")
_LUT_TAGS = frozenset((b"A2B0", b"A2B1", b"A2B2"))
_D50 = np.array([0.9642, 1.0, 0.8249])
_BRADFORD = np.array(
    [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]]
)
# number of parameters of each type of parametricCurveType
_PARAMETERS = (1, 3, 4, 5, 7)


class UnsupportedProfile(ColorDeskError):
    """A profile is damaged, or of a kind without an exact inverse (look-up tables, CMYK...).

    Args:
        problem: one plain clause.
    """

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class _Curve(Protocol):
    """A rising tone curve: stored value in [0, 1] to linear light in [0, 1], and back."""

    def decode(self, stored: Values) -> Values: ...

    def encode(self, linear: Values) -> Values: ...


@dataclass(frozen=True)
class _Parametric:
    """(a x + b)^g + e from d upwards, c x + f below; ICC.1:2022, 10.18, all five types."""

    g: float
    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 0.0
    e: float = 0.0
    f: float = 0.0

    def decode(self, stored: Values) -> Values:
        power = np.maximum(self.a * stored + self.b, 0.0) ** self.g + self.e
        return np.clip(np.where(stored >= self.d, power, self.c * stored + self.f), 0.0, 1.0)

    def encode(self, linear: Values) -> Values:
        joint = max(self.a * self.d + self.b, 0.0) ** self.g + self.e
        power = (np.maximum(linear - self.e, 0.0) ** (1 / self.g) - self.b) / self.a
        # without a slope the lower part is flat: black is then stored as 0
        line = (linear - self.f) / self.c if self.c > 0 else np.zeros_like(linear)
        stored = np.where(linear >= joint, np.maximum(power, self.d), np.minimum(line, self.d))
        lowest, highest = self.decode(np.array([0.0, 1.0]))
        stored = np.where(linear <= lowest, 0.0, stored)
        return np.clip(np.where(linear >= highest, 1.0, stored), 0.0, 1.0)


@dataclass(frozen=True, eq=False)
class _Table:
    """Straight lines between evenly spaced entries, which never fall."""

    entries: Values

    def decode(self, stored: Values) -> Values:
        return np.interp(stored, np.linspace(0.0, 1.0, len(self.entries)), self.entries)

    def encode(self, linear: Values) -> Values:
        stored = np.interp(linear, self.entries, np.linspace(0.0, 1.0, len(self.entries)))
        # where the table is flat at an end, black is stored as 0 and white as 1
        stored = np.where(linear <= self.entries[0], 0.0, stored)
        return np.where(linear >= self.entries[-1], 1.0, stored)


@dataclass(frozen=True, eq=False)
class Profile:
    """What stored values mean: one tone curve a channel, then one matrix."""

    space: Literal["gray", "rgb"]
    """What a pixel is made of."""
    matrix: NDArray[np.float64]
    """3 x 3, linear RGB to CIE XYZ; (1, 1, 1) gives exactly `D65`. Gray: `D65` on the diagonal."""
    curves: tuple[_Curve, ...]
    """One for gray, three for RGB; one and the same object where channels share a curve."""

    def decode_table(self, size: int) -> NDArray[np.float32]:
        """Return the linear light in [0, 1] of stored values i / (size - 1), size x channels."""
        stored = np.linspace(0.0, 1.0, size)
        return np.stack([c.decode(stored) for c in self.curves], axis=1).astype(np.float32)

    def encode(self, linear: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the stored values in [0, 1] of linear light, both N x channels.

        What lies outside of what the curves can say becomes 0 or 1.
        """
        columns = zip(self.curves, linear.T, strict=True)
        return np.stack([curve.encode(column) for curve, column in columns], axis=1)


def parse_profile(data: bytes) -> Profile:
    """Read an ICC profile of version 2 or 4.

    Raises:
        UnsupportedProfile: it is damaged, needs look-up tables, or is not for RGB or gray.
    """
    tags = _read_tags(data)
    kind, space, pcs = data[12:16], data[16:20], data[20:24]
    if kind not in _CLASSES:
        raise UnsupportedProfile("it does not describe a picture's colours")
    if not _LUT_TAGS.isdisjoint(tags):
        raise UnsupportedProfile("it works with look-up tables")
    if space == b"RGB " and pcs == b"XYZ ":
        red, green, blue = (_read_curve(_tag(tags, name)) for name in (b"rTRC", b"gTRC", b"bTRC"))
        colorants = [_read_xyz(_tag(tags, name)) for name in (b"rXYZ", b"gXYZ", b"bXYZ")]
        return Profile("rgb", _to_d65(np.stack(colorants, axis=1)), (red, green, blue))
    if space == b"GRAY" and pcs in (b"XYZ ", b"Lab "):
        curve = _read_curve(_tag(tags, b"kTRC"))
        if pcs == b"Lab ":
            curve = _from_lightness(curve)
        return Profile("gray", np.diag(D65), (curve,))
    raise UnsupportedProfile("it is for neither RGB nor gray")


def _read_tags(data: bytes) -> dict[bytes, bytes]:
    """Return the tags by name; every one lies inside the data."""
    if len(data) > _MAX_PROFILE_BYTES:
        raise UnsupportedProfile("it is far too large")
    if len(data) < _HEADER + 4 or data[36:40] != b"acsp":
        raise UnsupportedProfile("it is not an ICC profile")
    (size,) = struct.unpack_from(">I", data)
    (count,) = struct.unpack_from(">I", data, _HEADER)
    if size > len(data) or count > _MAX_TAGS or _HEADER + 4 + 12 * count > len(data):
        raise UnsupportedProfile("it is cut off")
    tags = {}
    for i in range(count):
        name, start, length = struct.unpack_from(">4sII", data, _HEADER + 4 + 12 * i)
        if start + length > len(data):
            raise UnsupportedProfile("it is cut off")
        tags[name] = data[start : start + length]
    return tags


def _tag(tags: dict[bytes, bytes], name: bytes) -> bytes:
    if name not in tags:
        raise UnsupportedProfile(f"it lacks {name.decode('ascii')}")
    return tags[name]


def _read_xyz(tag: bytes) -> Values:
    if len(tag) < 20 or tag[:4] != b"XYZ ":
        raise UnsupportedProfile("a primary colour in it is damaged")
    return np.array(struct.unpack_from(">3i", tag, 8)) / 65536


def _read_curve(tag: bytes) -> _Curve:
    """Read a curveType or a parametricCurveType (ICC.1:2022, 10.6 and 10.18)."""
    damaged = UnsupportedProfile("a tone curve in it is damaged")
    if len(tag) < 12:
        raise damaged
    if tag[:4] == b"curv":
        (count,) = struct.unpack_from(">I", tag, 8)
        if count > _MAX_CURVE_ENTRIES or 12 + 2 * count > len(tag):
            raise damaged
        if count > 1:
            entries = np.frombuffer(tag, ">u2", count, 12) / 65535
            # calibrations wobble by a code or two; a curve that never falls has an inverse
            return _checked(_Table(np.maximum.accumulate(entries)), entries[0], entries[-1])
        gamma = struct.unpack_from(">H", tag, 12)[0] / 256 if count else 1.0
        return _parametric(0, (gamma,))
    if tag[:4] == b"para":
        (kind,) = struct.unpack_from(">H", tag, 8)
        if kind >= len(_PARAMETERS) or 12 + 4 * _PARAMETERS[kind] > len(tag):
            raise damaged
        numbers = struct.unpack_from(f">{_PARAMETERS[kind]}i", tag, 12)
        return _parametric(kind, tuple(n / 65536 for n in numbers))
    raise damaged


def _parametric(kind: int, p: tuple[float, ...]) -> _Curve:
    """Write a parametric curve of any type in the form of the last one."""
    # wide of every real curve, close enough that no power overflows
    if not 0.1 <= p[0] <= 10 or any(abs(x) > 100 for x in p) or (kind > 0 and p[1] <= 0):
        raise UnsupportedProfile("a tone curve in it is not one")
    if kind == 0:
        curve = _Parametric(p[0])
    elif kind in (1, 2):
        low = p[3] if kind == 2 else 0.0
        curve = _Parametric(p[0], p[1], p[2], 0.0, -p[2] / p[1], low, low)
    else:
        curve = _Parametric(*p)
    values = curve.decode(np.linspace(0.0, 1.0, 1 << 10))
    if np.any(np.diff(values) < -1e-4) or curve.c < 0:
        raise UnsupportedProfile("a tone curve in it falls")
    return _checked(curve, values[0], values[-1])


def _checked(curve: _Curve, first: float, last: float) -> _Curve:
    if last - first < 0.1:
        raise UnsupportedProfile("a tone curve in it does not rise")
    return curve


def _from_lightness(curve: _Curve) -> _Curve:
    """Turn a gray curve that ends in L* / 100 (connection space Lab) into one of linear light."""
    lightness = 100 * curve.decode(np.linspace(0.0, 1.0, _MAX_CURVE_ENTRIES))
    f = (lightness + 16) / 116
    return _Table(np.where(f > 6 / 29, f**3, 3 * (6 / 29) ** 2 * (f - 4 / 29)))


def _to_d65(colorants: Values) -> Values:
    """Adapt a matrix of linear RGB to XYZ from its own white to D65 (Bradford).

    Its own white is the sum of the colorants: D50 but for rounding in a sound profile.
    """
    white = _BRADFORD @ colorants.sum(axis=1)
    if np.any(white < 0.05) or np.any(white > 20) or abs(np.linalg.det(colorants)) < 1e-4:
        raise UnsupportedProfile("its primary colours are not those of a real device")
    gain = np.diag(_BRADFORD @ np.array(D65) / white)
    matrix: Values = np.linalg.solve(_BRADFORD, gain @ _BRADFORD @ colorants)
    matrix *= (np.array(D65) / matrix.sum(axis=1)).reshape(3, 1)  # rounding errors only
    return matrix


def _srgb_colorants() -> Values:
    """Return linear sRGB to XYZ relative to its own white (IEC 61966-2-1)."""
    x, y = np.array([[0.64, 0.30, 0.15, 0.3127], [0.33, 0.60, 0.06, 0.3290]])
    red, green, blue, white = (np.stack([x, y, 1 - x - y]) / y).T
    primaries = np.stack([red, green, blue], axis=1)
    return primaries * np.linalg.solve(primaries, white)


_SRGB_CURVE = _Parametric(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)

SRGB = Profile("rgb", _to_d65(_srgb_colorants()), (_SRGB_CURVE,) * 3)
"""IEC 61966-2-1: the meaning of an RGB picture without a profile."""

SRGB_GRAY = Profile("gray", np.diag(D65), (_SRGB_CURVE,))
"""The meaning of a gray picture without a profile."""


@functools.cache
def srgb_icc() -> bytes:
    """Return an sRGB profile to embed: always the same bytes, version 2 for old readers."""
    white = _srgb_colorants().sum(axis=1)
    gain = np.diag((_BRADFORD @ _D50) / (_BRADFORD @ white))
    colorants = np.linalg.solve(_BRADFORD, gain @ _BRADFORD @ _srgb_colorants())
    curve = np.rint(_SRGB_CURVE.decode(np.linspace(0.0, 1.0, 1024)) * 65535).astype(">u2")
    name = b"sRGB\0"
    description = b"desc" + struct.pack(">II", 0, len(name)) + name + bytes(8 + 3 + 67)
    tone = b"curv" + struct.pack(">II", 0, len(curve)) + curve.tobytes()
    tags = {
        b"desc": description,
        b"cprt": b"text" + bytes(4) + b"No copyright, use freely\0",
        b"wtpt": _xyz_tag(_D50),
        b"rXYZ": _xyz_tag(colorants[:, 0]),
        b"gXYZ": _xyz_tag(colorants[:, 1]),
        b"bXYZ": _xyz_tag(colorants[:, 2]),
        b"rTRC": tone,
        b"gTRC": tone,
        b"bTRC": tone,
    }
    return _write_profile(tags)


def _xyz_tag(xyz: Values) -> bytes:
    return b"XYZ " + bytes(4) + struct.pack(">3i", *(round(65536 * x) for x in xyz))


def _write_profile(tags: dict[bytes, bytes]) -> bytes:
    """Lay out an RGB display profile; equal tags share their bytes."""
    start = _HEADER + 4 + 12 * len(tags)
    places: dict[bytes, int] = {}
    body = b""
    table = struct.pack(">I", len(tags))
    for name, tag in tags.items():
        if tag not in places:
            places[tag] = start + len(body)
            body += tag + bytes(-len(tag) % 4)
        table += struct.pack(">4sII", name, places[tag], len(tag))
    header = struct.pack(
        ">I4sI4s4s4s12s4s28s3i48s",
        start + len(body),
        b"",
        0x02100000,
        b"mntr",
        b"RGB ",
        b"XYZ ",
        struct.pack(">6H", 2026, 1, 1, 0, 0, 0),
        b"acsp",
        b"",
        *(round(65536 * x) for x in _D50),
        b"",
    )
    return header + table + body
