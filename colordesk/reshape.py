"""A photo in its new shape: turned, mirrored, straightened, rectified, cut.

Invariant: quarter turns, mirroring and cutting leave every pixel the value it has.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from colordesk.geometry import Geometry
from colordesk.photo import Photo

if TYPE_CHECKING:
    from numpy.typing import NDArray

_HALF_PIXEL = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])


def reshaped(photo: Photo, geometry: Geometry) -> Photo:
    """Return the photo in the shape that a person gave it, with the same metadata."""
    if geometry == Geometry():
        return photo
    dpi = photo.dpi[::-1] if photo.dpi and geometry.turns % 2 else photo.dpi
    return dataclasses.replace(
        photo,
        pixels=reshaped_pixels(photo.pixels, geometry),
        alpha=None if photo.alpha is None else reshaped_pixels(photo.alpha, geometry),
        dpi=dpi,
    )


def reshaped_pixels(pixels: NDArray[Any], geometry: Geometry) -> NDArray[Any]:
    """Return pixels in another shape; pixels are mixed by cubic interpolation if they must be.

    Args:
        pixels: uint8, uint16 or float32, H x W or H x W x C with at most four channels.
        geometry: the shape.
    """
    height, width = pixels.shape[:2]
    matrix, (w, h) = geometry.plan(width, height)
    if not geometry.resamples:
        turned = np.rot90(pixels, -geometry.turns)
        if geometry.mirrored:
            turned = turned[:, ::-1]
        left, top, _, _ = geometry.crop
        left, top = round(left * turned.shape[1]), round(top * turned.shape[0])
        return np.ascontiguousarray(turned[top : top + h, left : left + w])
    # OpenCV counts from the middle of the first pixel, `plan` from its corner
    centred = np.linalg.inv(_HALF_PIXEL) @ matrix @ _HALF_PIXEL
    warped = cv2.warpPerspective(
        pixels,
        centred,
        (w, h),
        flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(warped).reshape(h, w, *pixels.shape[2:])
