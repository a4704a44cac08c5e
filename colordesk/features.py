"""What a model knows of each place of a photo, made once and kept on disk.

Hides that a place is known by a direction, so that a byte for each feature is enough: against the
numbers as they were, likenesses change by less than 0.001.
Invariant: what is known is of the photo, its shape and the model as they are now; it is the same
whether it was kept or is new.
"""

from __future__ import annotations

import hashlib
import os
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from colordesk.photo import open_photo

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from colordesk.edit.geometry import Geometry
    from colordesk.inference.library import Library
    from colordesk.render import Renderer
    from colordesk.scale import Planes
    from colordesk.store import Store
    from colordesk.task import Task

LIMIT = 2**30
"""Bytes that all of it may take together: some 3,500 photos."""
_PICTURE_PIXELS = 60_000
_QUALITY = 88
_HEAD = struct.Struct("<6I")  # features, rows, columns, width, height, bytes of the JPEG
_MOST_VALUES = 2**26
_STEPS = 127


@dataclass(frozen=True, eq=False)
class Known:
    """What a model knows of a photo."""

    features: Planes
    """F x h x w, whole numbers: only the direction at each of the even cells means something."""
    width: int
    """Of the photo before it gets its shape, in pixels."""
    height: int
    picture: NDArray[np.uint8]
    """The photo in its shape, small, sRGB h x w x 3."""


class Features:
    """Asks models what they know of photos; safe to use from several threads.

    Args:
        library: has the models.
        renderer: asks them.
        store: keeps their answers.
    """

    def __init__(self, library: Library, renderer: Renderer, store: Store) -> None:
        self._library, self._renderer, self._store = library, renderer, store

    def of(self, path: Path, geometry: Geometry, model_id: str, task: Task) -> Known:
        """Return what a model knows of a photo in its shape.

        Raises:
            PhotoError, OSError: the photo cannot be read.
            NoFeatures: the model cannot tell things apart.
            UnknownModel, ModelError, DeviceError, OutOfMemory: the model cannot be used.
            Cancelled: the owner of the task asked for it.
        """
        model = self._library.get(model_id)
        key = _key(path, model.path, repr((geometry, model.manifest.id)))
        kept = self._store.get(key)
        known = None if kept is None else _read(kept)
        if known is None:
            made = self._made(path, geometry, model_id, task)
            known = _read(made)
            assert known is not None
            self._store.put(key, made)
        return known

    def _made(self, path: Path, geometry: Geometry, model_id: str, task: Task) -> bytes:
        photo = open_photo(path, task.part(0.0, 0.4))
        _, features = self._renderer.features(photo, geometry, model_id, task.part(0.4, 0.9))
        part = task.part(0.9, 1.0)
        picture = self._renderer.original(photo, _PICTURE_PIXELS, part, None, geometry)
        return _written(features, photo.width, photo.height, picture)


def _written(features: Planes, width: int, height: int, picture: NDArray[np.uint8]) -> bytes:
    longest = np.maximum(np.abs(features).max(axis=0), np.finfo(np.float32).tiny)
    steps = np.rint(features * (_STEPS / longest)).astype(np.int8)
    bgr = cv2.cvtColor(picture, cv2.COLOR_RGB2BGR)
    jpeg = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1].tobytes()
    head = _HEAD.pack(*features.shape, width, height, len(jpeg))
    return head + jpeg + zlib.compress(steps.tobytes(), 1)


def _read(kept: bytes) -> Known | None:
    """Return what was written; None if it is damaged."""
    try:
        count, rows, columns, width, height, end = _HEAD.unpack_from(kept)
        values = count * rows * columns
        if not 0 < values <= _MOST_VALUES:
            return None
        end += _HEAD.size
        bgr = cv2.imdecode(np.frombuffer(kept[_HEAD.size : end], np.uint8), cv2.IMREAD_COLOR)
        packed = zlib.decompressobj()
        steps = packed.decompress(kept[end:], values + 1)
        features = np.frombuffer(steps, np.int8).reshape(count, rows, columns)
    except (struct.error, zlib.error, ValueError, cv2.error):
        return None
    if bgr is None or not packed.eof:
        return None
    picture = np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB), np.uint8)
    return Known(features.astype(np.float32), width, height, picture)


def _key(path: Path, model: Path, wanted: str) -> bytes:
    """Return what changes when the photo, the model or what is wanted of them does."""
    parts = []
    for file in (path, model):
        status = file.stat()
        parts += [os.fsencode(file.absolute()), f"{status.st_mtime_ns} {status.st_size}".encode()]
    return hashlib.sha256(b"\0".join([*parts, wanted.encode()])).digest()
