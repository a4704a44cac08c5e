"""The photo as a value.

Invariant: the arrays of a `Photo` are read-only and contiguous, so that it can be shared freely.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from colordesk.errors import FileError
from colordesk.icc import SRGB, SRGB_GRAY, Profile, parse_profile

Pixels: TypeAlias = NDArray[np.uint8] | NDArray[np.uint16]


class PhotoError(FileError):
    """A photo cannot be opened or saved."""


@dataclass(frozen=True, eq=False)
class Photo:
    """A photograph, upright, with all that its file told."""

    pixels: Pixels
    """H x W x C as stored, C = 1 (gray) or 3 (RGB), in the colour space of `icc`."""
    alpha: Pixels | None = None
    """H x W of the same type as the pixels; None where everything is opaque."""
    icc: bytes | None = None
    """The profile of the pixels, gray or RGB as they are; None means sRGB, or gray on its curve."""
    exif: bytes | None = None
    """As a TIFF structure, with orientation 1 and without thumbnail."""
    xmp: bytes | None = None
    """The packet."""
    iptc: bytes | None = None
    """The IIM records."""
    dpi: tuple[float, float] | None = None
    """Dots per inch, across and down."""
    path: Path | None = None
    """The file it was opened from."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "pixels", _frozen(self.pixels))
        if self.alpha is not None:
            object.__setattr__(self, "alpha", _frozen(self.alpha))
        shape, dtype = self.pixels.shape, self.pixels.dtype
        if len(shape) != 3 or shape[2] not in (1, 3) or dtype not in (np.uint8, np.uint16):
            raise ValueError(f"pixels of a photo cannot be {dtype} {shape}")
        if self.alpha is not None and (self.alpha.shape, self.alpha.dtype) != (shape[:2], dtype):
            raise ValueError(f"alpha of {dtype} {shape} cannot be {self.alpha.shape}")

    @property
    def width(self) -> int:
        """Pixels across."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Pixels down."""
        return int(self.pixels.shape[0])

    @property
    def bits(self) -> int:
        """8 or 16."""
        return 8 * self.pixels.itemsize

    @property
    def is_gray(self) -> bool:
        """Whether a pixel is one value; an RGB picture of equal values is not gray."""
        return int(self.pixels.shape[2]) == 1

    @functools.cached_property
    def profile(self) -> Profile:
        """What the values of the pixels mean."""
        if self.icc is None:
            return SRGB_GRAY if self.is_gray else SRGB
        return parse_profile(self.icc)

    @functools.cached_property
    def id(self) -> str:
        """The same for the same pixels, alpha and profile, and for no others."""
        # of the strong hashes the fastest where the processor helps, as nearly all do
        digest = hashlib.sha256(repr((self.pixels.shape, self.bits, self.icc)).encode())
        for values in (self.pixels, self.alpha):
            if values is not None:
                digest.update(values.data)
        return digest.hexdigest()[:32]

    def with_pixels(self, pixels: Pixels, icc: bytes | None) -> Photo:
        """Return the same photo with other pixels, which may have another profile."""
        return dataclasses.replace(self, pixels=pixels, icc=icc)


def _frozen(values: Any) -> Any:
    """Return a view that cannot be written to; a copy only where the values lie scattered."""
    view = np.ascontiguousarray(values).view()
    view.flags.writeable = False
    return view
