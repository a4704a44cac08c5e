"""What libvips cannot read, read by Pillow and libheif; imported only when such a file comes.

Invariant: sizes are checked before pixels are decoded, as in `colordesk.photo.reading`.
"""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pillow_heif
from PIL import Image, ImageCms

from colordesk.icc import srgb_icc
from colordesk.photo.blocks import Metadata
from colordesk.photo.exif import read_resolution, read_tiff
from colordesk.photo.value import PhotoError
from colordesk.photo.vips import DAMAGED, as_image, check_size, full_range

# Pillow's own limit is lower and one for the whole process; ours is checked before it decodes.
Image.MAX_IMAGE_PIXELS = None


def open_heif(file: BinaryIO, path: Path) -> tuple[Any, Metadata]:
    """Open HEIC, for which our libvips has no decoder."""
    try:
        picture = pillow_heif.open_heif(file, convert_hdr_to_8bit=False)
        check_size(path, *picture.size)
        image = as_image(np.asarray(picture))
    except (MemoryError, PhotoError):
        raise
    except Exception as error:
        raise PhotoError(path, DAMAGED) from error
    if image.format == "ushort":
        image = full_range(image, picture.info["bit_depth"])
    exif = picture.info.get("exif")
    return image, Metadata(
        exif=exif,
        xmp=picture.info.get("xmp"),
        icc=picture.info.get("icc_profile"),
        dpi=read_resolution(exif) if exif else None,
    )


def open_other(file: BinaryIO, path: Path, kind: str) -> tuple[Any, Metadata]:
    """Open BMP, JPEG 2000, and the TIFF files that libvips cannot read or not rightly."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            file.seek(0)
            picture: Image.Image = Image.open(file, formats=("BMP", "JPEG2000", "TIFF"))
            check_size(path, *picture.size)
            picture.load()
            if picture.mode not in ("L", "LA", "RGB", "RGBA", "I;16", "LAB"):
                whole = "L" if picture.mode == "1" else "RGB"
                picture = picture.convert("RGBA" if picture.has_transparency_data else whole)
    except (MemoryError, PhotoError):
        raise
    except Exception as error:
        raise PhotoError(path, DAMAGED) from error
    values = np.asarray(picture)
    exif, dpi = read_tiff(file) if kind == "tiff" else (None, picture.info.get("dpi"))
    xmp, icc = picture.info.get("xmp"), picture.info.get("icc_profile")
    if picture.mode == "LAB":
        lab = values[:, :, :3].view(np.int8).astype(np.float32)
        lab[:, :, 0] = values[:, :, 0] * np.float32(100 / 255)
        image = as_image(lab).copy(interpretation="lab").colourspace("srgb")
        return image, Metadata(exif=exif, xmp=xmp, dpi=dpi, icc=srgb_icc())
    return as_image(values), Metadata(exif=exif, xmp=xmp, dpi=dpi, icc=icc)


def space_of(icc: bytes) -> str | None:
    """Return "gray" or "rgb", what a profile of any kind is for; None where it is damaged."""
    try:
        found = ImageCms.ImageCmsProfile(io.BytesIO(icc)).profile.xcolor_space
    except (OSError, ValueError):
        return None
    return {"RGB": "rgb", "GRAY": "gray"}.get(found.strip())
