"""Photos into files: encoded, with their metadata, whole or not at all.

Invariant: a format that cannot hold what a photo shows is refused before anything is written.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pyvips

from colordesk.icc import SRGB_GRAY, srgb_icc
from colordesk.paths import atomic_write
from colordesk.photo.blocks import Metadata, jpeg_with, png_with, webp_with
from colordesk.photo.exif import finish_tiff, resolution_exif
from colordesk.photo.value import Photo, PhotoError
from colordesk.photo.vips import as_image, watched
from colordesk.task import Task

SAVABLE = {"jpg": ".jpg", "png": ".png", "tif": ".tif", "webp": ".webp"}
"""Names of the formats, and their suffixes; .jpeg and .tiff are understood as well."""

_SPELLINGS = {suffix: name for name, suffix in SAVABLE.items()} | {".jpeg": "jpg", ".tiff": "tif"}
_MAX_SIDES = {"jpg": 65_535, "webp": 16_383}
_SPACES = {(1, 8): "b-w", (3, 8): "srgb", (1, 16): "grey16", (3, 16): "rgb16"}
_HEAD = 64  # bytes of a file before which all blocks are put in
_DEFLATE = 3  # on photographs 6 makes nothing smaller and takes nearly twice as long
_CLASSIC_TIFF = 2**32 - 2**27


def save_photo(photo: Photo, target: Path, *, quality: int = 95, task: Task | None = None) -> None:
    """Save a photo with its metadata; the suffix of the target tells the format.

    PNG and TIFF keep 16 bits and are exact, JPEG and WebP round to 8. JPEG holds no more than 64
    kilobytes of EXIF, XMP or IPTC each, PNG and WebP no IPTC, WebP dots per inch in EXIF only.

    Args:
        photo: what to save.
        target: file to be made or replaced.
        quality: of JPEG and WebP, 1..100.
        task: told of the progress.

    Raises:
        PhotoError: the format is unknown or cannot hold the photo.
        OSError: the target cannot be written, or the disk is full; nothing is left behind.
        Cancelled: the owner of the task asked to stop; nothing is left behind.
    """
    name = _SPELLINGS.get(target.suffix.lower())
    if name is None:
        raise PhotoError(target, f"pictures can be saved as {', '.join(SAVABLE)}, not as this")
    side = _MAX_SIDES.get(name)
    if side is not None and max(photo.width, photo.height) > side:
        raise PhotoError(target, f"{name} holds at most {side} pixels a side, png or tif hold more")
    opaque = photo.alpha is None or photo.alpha.min() == np.iinfo(photo.alpha.dtype).max
    if name == "jpg" and not opaque:
        raise PhotoError(target, "jpg cannot hold its transparency, choose png, tif or webp")
    with atomic_write(target) as temporary, temporary.open("w+b") as file:
        try:
            _write(photo, file, name, quality, task or Task())
        except pyvips.Error as error:
            raise PhotoError(target, f"it could not be encoded as {name}") from error


def _write(photo: Photo, file: BinaryIO, name: str, quality: int, task: Task) -> None:
    meta = Metadata(photo.exif, photo.xmp, photo.iptc, photo.icc, photo.dpi)
    if name == "webp" and photo.is_gray and photo.icc is not None:
        # there is no gray WebP, and a gray profile fits no RGB
        photo, meta = _on_srgb_curve(photo), replace(meta, icc=srgb_icc())
    image = as_image(photo.pixels)
    if photo.alpha is not None and name != "jpg":
        image = image.bandjoin(as_image(photo.alpha))
    image = image.copy(interpretation=_SPACES[photo.pixels.shape[2], photo.bits])
    match name:
        case "jpg":
            image = _in_8_bits(image, photo)
            # from 90 on libvips keeps colour at full size
            _encode(image, "jpegsave_target", file, task, lambda h: jpeg_with(h, meta), Q=quality)
        case "png":
            how: dict[str, Any] = {"compression": _DEFLATE, "filter": "sub"}
            _encode(image, "pngsave_target", file, task, lambda h: png_with(h, meta), **how)
        case "tif":
            big = photo.pixels.nbytes + (photo.alpha.nbytes if photo.alpha is not None else 0)
            how = {"compression": "deflate", "level": _DEFLATE, "predictor": "horizontal"}
            _encode(image, "tiffsave_target", file, task, bigtiff=big > _CLASSIC_TIFF, **how)
            finish_tiff(file, **dataclasses.asdict(meta))
        case "webp":
            if meta.dpi is not None and meta.exif is None:
                meta = replace(meta, exif=resolution_exif(meta.dpi))
            image = _in_8_bits(image, photo)
            with watched(image, task):
                bare = image.webpsave_buffer(Q=quality, keep="none")
            file.write(webp_with(bare, (photo.width, photo.height), meta))


def _encode(
    image: Any,
    saver: str,
    file: BinaryIO,
    task: Task,
    with_blocks: Callable[[bytes], bytes] | None = None,
    **options: Any,
) -> None:
    """Let libvips write into a file of ours, so that an error of the disk is known for what it is.

    Args:
        image: what to write.
        saver: libvips' name of the operation.
        file: open for reading and writing.
        task: told of the progress.
        with_blocks: puts metadata into the beginning of the file.
        options: of the operation.
    """
    failures: list[OSError] = []
    head = bytearray()

    def guarded(work: Callable[..., Any], failed: Any) -> Callable[..., Any]:
        def call(*args: Any) -> Any:
            try:
                return work(*args)
            except OSError as error:  # it may not pass through the C code that calls here
                failures.append(error)
                return failed

        return call

    def write(data: Any) -> int:
        if with_blocks is None or len(head) >= _HEAD:
            return file.write(data)
        head.extend(data)
        if len(head) >= _HEAD:
            file.write(with_blocks(bytes(head)))
        return len(data)

    target = pyvips.TargetCustom()
    target.on_write(guarded(write, -1))
    if with_blocks is None:  # TIFF comes back to what it wrote
        target.on_read(guarded(file.read, None))
        target.on_seek(guarded(file.seek, -1))
    try:
        with watched(image, task):
            pyvips.Operation.call(saver, image, target, keep="none", **options)
    except pyvips.Error:
        if failures:
            raise failures[0] from None
        raise
    if failures:
        raise failures[0]


def _in_8_bits(image: Any, photo: Photo) -> Any:
    if photo.bits == 8:
        return image
    table = np.rint(np.arange(1 << 16) / 257).astype(np.uint8)
    return image.maplut(as_image(table[None]))


def _on_srgb_curve(photo: Photo) -> Photo:
    """Return a gray photo without its profile, and as light as with it."""
    linear = photo.profile.decode_table(1 << photo.bits).astype(np.float64)
    stored = np.rint(SRGB_GRAY.encode(linear) * ((1 << photo.bits) - 1))
    pixels: Any = stored[:, 0].astype(photo.pixels.dtype)[photo.pixels]
    return photo.with_pixels(pixels, None)
