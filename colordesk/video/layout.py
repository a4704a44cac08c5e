"""Pixel formats: where the luma of a decoded frame lies, and in which format it goes on.

Hides FFmpeg's names. Formats that keep luma in a plane of its own are taken as they are; the
others are repacked by FFmpeg, which for all but RGB moves the same values to another place.
Invariant: luma is never recomputed from anything but RGB.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

import av
import numpy as np
from numpy.typing import NDArray

Chroma = Literal["gray", "4:2:0", "4:2:2", "4:4:4"]
Codes = NDArray[np.uint8] | NDArray[np.uint16]
"""A plane as it is stored: uint8 up to 8 bits, else uint16 with the value in the low bits."""

_PLANAR = re.compile(r"(gray|yuv(?P<alpha>a?)j?(?P<kind>420|422|444|440|411|410)p)(?P<bits>\d*)")
_KINDS: dict[str, Chroma] = {
    "420": "4:2:0",
    "422": "4:2:2",
    "444": "4:4:4",
    # rare ones whose chroma is finer in one axis than that of their replacement
    "440": "4:2:0",
    "411": "4:2:2",
    "410": "4:2:0",
}
_REPACKED = {
    "nv12": "yuv420p",
    "nv21": "yuv420p",
    "nv16": "yuv422p",
    "nv20": "yuv422p10",
    "nv24": "yuv444p",
    "nv42": "yuv444p",
    "p010": "yuv420p10",
    "p012": "yuv420p12",
    "p016": "yuv420p16",
    "p210": "yuv422p10",
    "p212": "yuv422p12",
    "p216": "yuv422p16",
    "p410": "yuv444p10",
    "p412": "yuv444p12",
    "p416": "yuv444p16",
    "yuyv422": "yuv422p",
    "uyvy422": "yuv422p",
    "yvyu422": "yuv422p",
    "y210": "yuv422p10",
    "y212": "yuv422p12",
    "y216": "yuv422p16",
    "vuyx": "yuv444p",
    "vuya": "yuv444p",
    "vyu444": "yuv444p",
    "uyva": "yuv444p",
    "ayuv": "yuv444p",
    "ayuv64": "yuv444p16",
    "v30x": "yuv444p10",
    "xv30": "yuv444p10",
    "xv36": "yuv444p12",
    "xv48": "yuv444p16",
    "monob": "gray",
    "monow": "gray",
    "ya8": "gray",
    "ya16": "gray16",
}


@dataclass(frozen=True)
class Layout:
    """How the frames of a clip are taken."""

    format: str
    """FFmpeg's name of the format whose first plane is the luma."""
    bits: int
    chroma: Chroma
    repacked: bool
    """Whether the decoder gives another format, which has to be brought into this one."""
    rgb: bool = False
    alpha: bool = False


def layout_of(name: str) -> Layout | None:
    """Return how frames of a pixel format are taken; None if they cannot be."""
    base = re.sub(r"(le|be)$", "", name)
    if base in _REPACKED:
        planar = layout_of(_REPACKED[base])
        assert planar is not None
        return Layout(planar.format, planar.bits, planar.chroma, True, alpha="a" in base)
    if found := _PLANAR.fullmatch(base):
        bits = int(found["bits"] or 8)
        chroma = _KINDS[found["kind"]] if found["kind"] else "gray"
        little = base + ("le" if bits > 8 else "")
        return Layout(little, bits, chroma, little != name, alpha=bool(found["alpha"]))
    try:
        known = av.VideoFormat(name)
    except ValueError:
        return None
    whole = not re.search(r"f16|f32|bayer", name)
    if not whole or not (known.is_rgb or known.has_palette):
        return None
    deep = max(component.bits for component in known.components)
    bits = 8 if known.has_palette else next(bits for bits in (8, 10, 12, 16) if deep <= bits)
    format = planar_name("4:4:4", bits)
    return Layout(format, bits, "4:4:4", True, rgb=True, alpha=len(known.components) == 4)


def plane(frame: av.VideoFrame, index: int) -> Codes:
    """Return a plane of a frame, H x W, without copying; what is written goes into the frame."""
    part = frame.planes[index]
    dtype: Any = np.uint8 if frame.format.components[0].bits <= 8 else np.uint16
    items = part.line_size // dtype().itemsize
    memory: Any = part  # a buffer, whatever its type stub says
    whole: Codes = np.frombuffer(memory, dtype, count=items * part.height)
    return whole.reshape(part.height, items)[:, : part.width]


def planar_name(chroma: Chroma, bits: int) -> str:
    """Return FFmpeg's name of the planar format with this chroma and depth."""
    return f"yuv{chroma.replace(':', '')}p" + (f"{bits}le" if bits > 8 else "")


def chroma_size(width: int, height: int, chroma: Chroma) -> tuple[int, int]:
    """Return (width, height) of the U and V planes."""
    half_width, half_height = -(-width // 2), -(-height // 2)
    match chroma:
        case "4:2:2":
            return half_width, height
        case "4:4:4":
            return width, height
        case _:
            return half_width, half_height
