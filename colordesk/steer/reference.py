"""Colours after those of another photograph: the same lightness gets chroma of the same kind.

Hides statistics. In five bands of lightness, matched by rank as in Welsh, Ashikhmin and Mueller
2002 ("Transferring color to greyscale images", section 3: luminance is remapped first), mean and
covariance of a* and b* become those of the reference by the linear Monge-Kantorovich mapping
(Pitie and Kokaram 2007, "The linear Monge-Kantorovitch linear colour mapping for example-based
colour transfer", eq. 8).
Invariant: a mapping with strength 0 changes nothing, and no band is stretched beyond reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from colordesk import color, guard, icc
from colordesk.errors import FileError
from colordesk.photo import open_photo
from colordesk.scale import GuidedChroma, Plane, Planes
from colordesk.task import Task

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BANDS = np.array([0.05, 0.275, 0.5, 0.725, 0.95])
"""Ranks of lightness at the middles of the bands."""
_SIDE = 256  # px, short side at which a reference is measured
_NOISE = 9.0  # variance that every band has at least, so that none is stretched without end
_MOST = 3.0  # times that a band may be stretched
_LEVELS = 512


class PaletteError(FileError):
    """A photo cannot be a reference for colours."""


@dataclass(frozen=True, eq=False)
class Palette:
    """What colours there are at each lightness of a picture."""

    mean: NDArray[np.float64]
    """Of a* and b* in each band, n x 2."""
    covariance: NDArray[np.float64]
    """n x 2 x 2."""


def read_reference(path: Path, task: Task) -> Palette:
    """Return the colours of a photograph.

    Raises:
        PaletteError: it has no colours.
        PhotoError: it is no picture.
        OSError: it cannot be read.
        Cancelled: the owner of the task asked for it.
    """
    photo = open_photo(path, task)
    pixels: Any = photo.pixels
    scale = min(1.0, _SIDE / min(photo.width, photo.height))
    size = (max(1, round(photo.width * scale)), max(1, round(photo.height * scale)))
    pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).reshape(*size[::-1], -1)
    if photo.is_gray or not guard.has_colour(rgb := color.convert(pixels, photo.profile, icc.SRGB)):
        raise PaletteError(path, "it has no colours of its own")
    return palette(color.lightness(rgb, icc.SRGB), color.ab_of(rgb))


def palette(lightness: Plane, ab: Planes) -> Palette:
    """Return the colours of a picture in CIELAB, h x w and 2 x h x w."""
    weights = _weights(lightness).reshape(len(_BANDS), -1).astype(np.float64)
    colours = ab.reshape(2, -1).astype(np.float64)
    total = np.maximum(weights.sum(axis=1), 1e-9)
    mean = weights @ colours.T / total[:, None]
    away = colours[None] - mean[:, :, None]
    covariance = np.einsum("np,nip,njp->nij", weights, away, away) / total[:, None, None]
    return Palette(mean, covariance + _NOISE * np.eye(2))


def matched(
    chroma: GuidedChroma, lightness: Plane, reference: Palette, strength: float
) -> GuidedChroma:
    """Return chroma with the colours of a reference.

    Args:
        chroma: of the photo.
        lightness: L*, h x w, of the same size.
        reference: whose colours are wanted.
        strength: from none (0) to all of it (1).
    """
    own = palette(lightness, chroma.slope * lightness + chroma.offset)
    maps = np.stack(
        [_transport(*pair) for pair in zip(own.covariance, reference.covariance, strict=True)]
    )
    shifts = reference.mean - np.einsum("nij,nj->ni", maps, own.mean)
    weights = _weights(lightness)
    mix = np.float32(strength) * np.einsum("nhw,nij->ijhw", weights, maps.astype(np.float32))
    for channel in (0, 1):
        mix[channel, channel] += np.float32(1 - strength)
    shift = np.float32(strength) * np.einsum("nhw,ni->ihw", weights, shifts.astype(np.float32))
    slope = np.einsum("ijhw,jhw->ihw", mix, chroma.slope)
    return GuidedChroma(slope, np.einsum("ijhw,jhw->ihw", mix, chroma.offset) + shift)


def _weights(lightness: Plane) -> NDArray[np.float32]:
    """Return how much each pixel belongs to each band, n x h x w; a pixel's add up to 1."""
    level = np.clip(lightness * (_LEVELS / 100), 0, _LEVELS - 1).astype(np.intp)
    count = np.bincount(level.ravel(), minlength=_LEVELS).astype(np.float64)
    rank = (np.cumsum(count) - count / 2) / count.sum()
    bands = np.arange(len(_BANDS))
    by_level = np.maximum(1 - np.abs(np.interp(rank, _BANDS, bands) - bands[:, None]), 0)
    found: NDArray[np.float32] = by_level.astype(np.float32)[:, level]
    return found


def _transport(ours: NDArray[np.float64], theirs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the linear map that turns one covariance into another with the least movement."""
    root, inverse = _power(ours, 0.5), _power(ours, -0.5)
    stretched = inverse @ _power(root @ theirs @ root, 0.5) @ inverse
    values, vectors = np.linalg.eigh(stretched)
    return np.asarray((vectors * np.clip(values, 1 / _MOST, _MOST)) @ vectors.T)


def _power(matrix: NDArray[np.float64], exponent: float) -> NDArray[np.float64]:
    values, vectors = np.linalg.eigh(matrix)
    return np.asarray((vectors * np.maximum(values, 1e-9) ** exponent) @ vectors.T)
