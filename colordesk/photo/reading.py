"""Pictures from files: decoded, made gray or RGB, and turned upright.

Pillow is imported where a file needs it, which few do, since the program starts faster without.
Invariant: a file that is too large, cut off or no picture is refused, before pixels are decoded
where its header tells.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import pyvips

from colordesk.icc import UnsupportedProfile, parse_profile, srgb_icc
from colordesk.photo.blocks import Metadata, clean_xmp, iptc_records, read_density
from colordesk.photo.exif import clean_exif, read_layout, read_resolution, read_tiff
from colordesk.photo.value import Photo, PhotoError
from colordesk.photo.vips import blamed_on, check_size, full_range, watched
from colordesk.task import Task

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

OPENABLE = frozenset(
    (".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".tif", ".tiff", ".webp", ".gif", ".bmp")
) | frozenset((".heic", ".heif", ".avif", ".jp2", ".j2k"))
"""Suffixes, in lower case, of files that are worth trying to open."""

_LOADERS = {
    "jpeg": "jpegload_source",
    "png": "pngload_source",
    "tiff": "tiffload_source",
    "webp": "webpload_source",
    "gif": "gifload_source",
    "avif": "heifload_source",
}
_BY_PILLOW = ("bmp", "jpeg 2000")
_MARKS = {
    b"\xff\xd8\xff": "jpeg",
    b"\x89PNG\r\n\x1a\n": "png",
    b"II*\0": "tiff",
    b"MM\0*": "tiff",
    b"II+\0": "tiff",
    b"MM\0+": "tiff",
    b"GIF8": "gif",
    b"BM": "bmp",
    b"\0\0\0\x0cjP  \r\n\x87\n": "jpeg 2000",
    b"\xff\x4f\xff\x51": "jpeg 2000",
}
_AVIF_BRANDS = frozenset((b"avif", b"avis"))
_HEIF_BRANDS = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"))
_NO_PICTURE = "it is not a picture, or of a kind that cannot be read"
_ICC = "icc-profile-data"


def open_photo(path: Path, task: Task | None = None) -> Photo:
    """Open a photo, upright and with its metadata.

    Gray and RGB stay as stored where their profile is known exactly; all else (CMYK, palette, Lab,
    floating point, profiles with look-up tables) becomes gray or sRGB of the same depth.

    Raises:
        PhotoError: it is no picture, damaged, too large, or cannot be read.
    """
    with blamed_on(path):
        image, meta = _open(path)
        image, icc = _gray_or_rgb(image, meta.icc, path)
        with watched(image, task or Task()):
            if image.bands in (1, 3) and _orientation(image) == 1:
                pixels, alpha = _array(image), None
            else:
                # both read the picture in another order than it is decoded in
                upright = image.copy_memory().autorot()
                colours = 1 if image.bands < 3 else 3
                pixels = _array(upright[:colours])
                alpha = _array(upright[colours])[:, :, 0] if image.bands > colours else None
    height, width = pixels.shape[:2]
    return Photo(
        pixels=pixels,
        alpha=alpha,
        icc=icc,
        exif=clean_exif(meta.exif, width, height) if meta.exif else None,
        xmp=clean_xmp(meta.xmp) if meta.xmp else None,
        iptc=meta.iptc,
        dpi=meta.dpi if meta.dpi and all(1 <= d <= 100_000 for d in meta.dpi) else None,
        path=path,
    )


def read_thumbnail(path: Path, side: int) -> NDArray[np.uint8]:
    """Return a small sRGB picture, h x w x 3, upright; the longest side is at most `side`.

    What is transparent is shown on white.

    Raises:
        PhotoError: as `open_photo`.
    """
    with blamed_on(path):
        image, meta = _open(path, side)
        image, icc = _gray_or_rgb(image, meta.icc, path)
        if image.bands in (2, 4):
            image = image.flatten(background=255 if image.format == "uchar" else 65535)
        image = _with_profile(image, icc)
        target = {} if icc is None else {"export_profile": "srgb"}
        small = image.thumbnail_image(side, height=side, size="down", **target)
        thumbnail: NDArray[np.uint8] = _array(small.colourspace("srgb").cast("uchar"))
        return thumbnail


def is_openable(path: Path) -> bool:
    """Return whether the name looks like that of a picture; the file is not read."""
    return path.suffix.lower() in OPENABLE


def _open(path: Path, side: int | None = None) -> tuple[Any, Metadata]:
    """Return an image that is decoded when its pixels are asked for, and its metadata.

    Args:
        path: the file.
        side: longest side that is wanted; the image may come smaller, but not below it.
    """
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise PhotoError(path, "it is a folder, not a picture")
    if not stat.S_ISREG(mode):
        raise PhotoError(path, "it is not a file")
    with path.open("rb") as file:
        kind = _kind(file.read(64))
        if kind is None:
            empty = file.tell() == 0
            raise PhotoError(path, "it is empty (zero bytes)" if empty else _NO_PICTURE)
        if kind == "heif":
            from colordesk.photo import pillow

            return pillow.open_heif(file, path)
        if kind in _BY_PILLOW or (kind == "tiff" and _is_odd(file)):
            from colordesk.photo import pillow

            return pillow.open_other(file, path, kind)
        source = pyvips.Source.new_from_file(os.fsencode(path))
        # the next lower level gives the missing end of a plain TIFF as black
        options = {"access": "sequential", "fail_on": "error"}
        image = pyvips.Operation.call(_LOADERS[kind], source, **options)
        check_size(path, image.width, image.height)
        if side is not None and kind == "jpeg":
            longest = max(image.width, image.height)
            shrink = max((n for n in (2, 4, 8) if n * side <= longest), default=1)
            source = pyvips.Source.new_from_file(os.fsencode(path))
            image = pyvips.Operation.call(_LOADERS[kind], source, shrink=shrink, **options)
        exif, dpi = read_tiff(file) if kind == "tiff" else (_field(image, "exif-data"), None)
        dpi = dpi or read_density(file) or (read_resolution(exif) if exif else None)
    if kind == "avif" and image.format == "ushort":
        image = full_range(image, image.get("bits-per-sample"))
    meta = Metadata(
        exif=exif,
        xmp=_field(image, "xmp-data"),
        iptc=iptc_records(_field(image, "iptc-data") or b""),
        icc=_field(image, _ICC),
        dpi=dpi,
    )
    return image, meta


def _kind(head: bytes) -> str | None:
    """Return what the first bytes of a file say it is; names tell nothing."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp":
        size = int.from_bytes(head[:4], "big")
        brands = {head[i : i + 4] for i in range(8, min(size, len(head)), 4)}
        if not _AVIF_BRANDS.isdisjoint(brands):
            return "avif"
        return None if _HEIF_BRANDS.isdisjoint(brands) else "heif"
    return next((kind for mark, kind in _MARKS.items() if head.startswith(mark)), None)


def _is_odd(file: BinaryIO) -> bool:
    """Return whether libvips misreads a TIFF file: plain YCbCr as RGB, Lab of 8 bits not at all."""
    photometric, compression, bits = read_layout(file)
    return (photometric == 6 and compression not in (6, 7)) or (photometric == 8 and bits == 8)


def _field(image: Any, name: str) -> Any:
    return image.get(name) if image.get_typeof(name) else None


def _orientation(image: Any) -> int:
    return _field(image, "orientation") or 1


def _array(image: Any) -> Any:
    """Decode; H x W x C."""
    values = image.numpy()
    return values if values.ndim == 3 else values[:, :, None]


def _gray_or_rgb(image: Any, icc: bytes | None, path: Path) -> tuple[Any, bytes | None]:
    """Return gray or RGB of 8 or 16 bits, perhaps with alpha as last band, and its profile."""
    depth = 8 if image.format == "uchar" else 16
    if image.interpretation in ("lab", "labs", "labq"):
        image, icc = image.colourspace("srgb" if depth == 8 else "rgb16"), srgb_icc()
    if image.interpretation == "cmyk":
        try:
            return _to_srgb(image, icc, depth), srgb_icc()
        except pyvips.Error:  # the profile is damaged
            return _to_srgb(image, None, depth), srgb_icc()
    if image.format in ("float", "double"):
        image = _from_floats(image, path)
    elif image.format == "uint":
        image = (image >> 16).cast("ushort")
    elif image.format not in ("uchar", "ushort"):
        raise PhotoError(path, f"its pixels are signed numbers ({image.format}), not light")
    colours = 1 if image.bands < 3 else 3
    if image.bands > colours + 1:
        image = image[: colours + 1]
    spaces = {(1, 8): "b-w", (3, 8): "srgb", (1, 16): "grey16", (3, 16): "rgb16"}
    image = image.copy(interpretation=spaces[colours, depth])
    if icc is None:
        return image, None
    space = {1: "gray", 3: "rgb"}[colours]
    try:
        return image, icc if parse_profile(icc).space == space else None
    except UnsupportedProfile:
        pass
    from colordesk.photo import pillow

    if pillow.space_of(icc) != space:
        return image, None  # damaged, or of another picture
    try:
        converted = _to_srgb(image, icc, depth)
    except pyvips.Error:
        return image, None  # sound at first sight only
    if colours == 3:
        return converted, srgb_icc()
    return (converted[1].bandjoin(converted[3]) if image.bands == 2 else converted[1]), None


def _to_srgb(image: Any, icc: bytes | None, depth: int) -> Any:
    """Convert by a profile of any kind; without one by libvips' own for CMYK or RGB."""
    options = {"intent": "relative", "black_point_compensation": True, "depth": depth}
    if image.interpretation == "cmyk":
        options["input_profile"] = "cmyk"
    return _with_profile(image, icc).icc_transform("srgb", embedded=icc is not None, **options)


def _with_profile(image: Any, icc: bytes | None) -> Any:
    image = image.copy()
    image.remove(_ICC)
    if icc is not None:
        image.set_type(pyvips.GValue.blob_type, _ICC, icc)
    return image


def _from_floats(image: Any, path: Path) -> Any:
    """Make 16 bits of floating point numbers, where 1 is white."""
    image = image.copy_memory()
    low, high = image.min(), image.max()
    if not (low >= -0.5 and high <= 1.5):
        problem = f"its pixels are floating-point numbers from {low:.4g} to {high:.4g}, not 0 to 1"
        raise PhotoError(path, problem)
    return (image * 65535 + 0.5).cast("ushort")
