"""ICC profiles as bytes, written here independently of the code under test."""

from __future__ import annotations

import struct
from collections.abc import Mapping

ADOBE_RGB = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
"""Colorants relative to D50, as rounded in the profiles that Adobe ships."""


def curv(*values: int) -> bytes:
    """No value: identity; one: gamma in 1/256; more: a table."""
    return b"curv" + struct.pack(f">II{len(values)}H", 0, len(values), *values)


def para(kind: int, *numbers: float) -> bytes:
    fixed = [round(65536 * n) for n in numbers]
    return b"para" + struct.pack(f">IHH{len(fixed)}i", 0, kind, 0, *fixed)


def xyz(*numbers: float) -> bytes:
    return b"XYZ " + struct.pack(">I3i", 0, *(round(65536 * n) for n in numbers))


def profile(
    tags: Mapping[str, bytes],
    *,
    space: str = "RGB ",
    pcs: str = "XYZ ",
    kind: str = "mntr",
    version: int = 2,
) -> bytes:
    """A whole profile with the given tags and, for strict readers, a name and a white point."""
    whole = {
        "desc": b"desc" + struct.pack(">II5s", 0, 5, b"test\0") + bytes(78),
        "cprt": b"text" + bytes(4) + b"none\0",
        "wtpt": xyz(0.9642, 1.0, 0.8249),
        **tags,
    }
    if version == 4:
        text = "test".encode("utf-16-be")
        mluc = b"mluc" + struct.pack(">III4sII", 0, 1, 12, b"enUS", len(text), 28) + text
        whole["desc"] = whole["cprt"] = mluc
    at = 132 + 12 * len(whole)
    table, body = struct.pack(">I", len(whole)), b""
    for name, tag in whole.items():
        table += struct.pack(">4sII", name.encode(), at + len(body), len(tag))
        body += tag + bytes(-len(tag) % 4)
    header = struct.pack(">I4xI", at + len(body), version << 24)
    header += (kind + space + pcs).encode() + bytes(12) + b"acsp" + bytes(28)
    header += xyz(0.9642, 1.0, 0.8249)[8:] + bytes(48)
    return header + table + body


def rgb(
    *curves: bytes,
    colorants: tuple[tuple[float, float, float], ...] = ADOBE_RGB,
    extra: Mapping[str, bytes] | None = None,
    version: int = 2,
) -> bytes:
    """A matrix profile; one curve for all channels or one for each."""
    red, green, blue = curves * 3 if len(curves) == 1 else curves
    tags = {f"{c}XYZ": xyz(*value) for c, value in zip("rgb", colorants, strict=True)}
    tags |= {"rTRC": red, "gTRC": green, "bTRC": blue, **(extra or {})}
    return profile(tags, version=version)


def adobe_rgb() -> bytes:
    return rgb(curv(563))  # 563 / 256 = 2.19921875


def gray(curve: bytes, pcs: str = "XYZ ") -> bytes:
    return profile({"kTRC": curve}, space="GRAY", pcs=pcs)
