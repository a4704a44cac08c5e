"""The chroma of a photo at a small size: the model's answer, steered by what a person knows.

Hides which models are open, which of them take colour points, and what is kept of the work.
Preview and full size share the very same small chroma, so what is seen is what is saved.
Invariant: one model predicts at a time; the same question is computed once.
"""

from __future__ import annotations

import contextlib
import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from colordesk import color, scale
from colordesk.cache import Cache
from colordesk.edit import Edit
from colordesk.inference.colorizer import Colorizer, working_size
from colordesk.inference.device import Device, Opener, open_here
from colordesk.inference.library import Library, Model
from colordesk.photo import Photo
from colordesk.settings import Settings
from colordesk.steer import areas
from colordesk.steer.apply import spreading_size, steered
from colordesk.steer.hints import Hints, at
from colordesk.steer.likeness import NoFeatures
from colordesk.steer.reference import Palette, matched, read_reference
from colordesk.steer.strokes import Strokes, read_strokes
from colordesk.steer.suggest import suggestions
from colordesk.strips import Strip, Strips
from colordesk.task import Task

_OPEN_MODELS = 2
_WAIT_SECONDS = 0.05
_FEATURES_SIDE = 256  # px, short side at which things are told apart, the same for all photos
_NO_HINTS = Hints((), None, None)
Size = tuple[int, int]
"""Width and height in pixels."""


@dataclass(frozen=True, eq=False)
class Chroma:
    """The chroma of a photo at a small size, as a function of fy."""

    key: Hashable
    planes: scale.Planes
    """p, q, r, s with a* / 500 = p fy + q and -b* / 200 = r fy + s, each h x w."""
    kept: scale.Plane | None = None
    """How much of the photo's own pixels is kept, h x w in 0..1; None for nothing."""


class Predictor:
    """Makes chroma; safe to use from several threads at once.

    Args:
        library: where models are looked up.
        settings: device, threads, memory limit and default model.
        strips: threads for reading large photos.
        cache: keeps what was made.
        open_model: opens models, in this process or in another.
    """

    def __init__(
        self,
        library: Library,
        settings: Settings,
        strips: Strips,
        cache: Cache,
        open_model: Opener = open_here,
    ) -> None:
        self._library = library
        self._settings = settings
        self._strips = strips
        self._cache = cache
        self._open_model = open_model
        self._predicting = threading.Lock()
        self._colorizers: OrderedDict[Hashable, Colorizer] = OrderedDict()
        self._opening = threading.Lock()
        self._last: Colorizer | None = None
        self._notices: tuple[str, ...] = ()

    @property
    def device(self) -> Device | None:
        """What computed last, or what will; None as long as no model was opened."""
        return self._last.device if self._last else None

    @property
    def notices(self) -> tuple[str, ...]:
        """What a person should be told, e.g. that the GPU is not used; each once."""
        return self._notices

    def prepare(self, edit: Edit) -> Device:
        """Open the model of an edit ahead of its use; return what will compute.

        Raises:
            UnknownModel: the edit names one that is not there.
            ModelError: its file cannot be used.
            DeviceError: the device cannot be had.
        """
        return self._colorizer(self._model(edit)).device

    def chroma(self, photo: Photo, edit: Edit, source: Size, task: Task) -> Chroma:
        """Return the chroma of a photo: what its model says, and a person's colours over it.

        Args:
            photo: the photo in its final shape.
            edit: with points that lie in it.
            source: width and height that it had before; strokes were painted over that.
            task: progress and cancel.

        Raises:
            UnknownModel: the edit names one that is not there.
            ModelError: the model's file cannot be used.
            DeviceError: the device cannot be had.
            OutOfMemory: the model cannot work even at its smallest size.
            StrokesError, PaletteError, PhotoError, OSError: the picture of strokes or the
                reference cannot be used.
            Cancelled: the owner of the task asked for it.
        """
        model = self._model(edit)
        hints = self._hints(edit, source, task)
        size = working_size(model.manifest.size, photo.width, photo.height, edit.size)
        palette, colours = self._reference(edit, task)
        key = (photo.id, _model_key(model), size, hints.key, colours, edit.areas)
        found: Chroma | None = self._cache.get(("chroma", key))
        if found is None:
            shown = hints if "hints" in model.manifest.inputs else _NO_HINTS
            chroma = self._predicted(photo, model, size, shown, task.part(0.0, 0.8))
            if edit.reference is not None and palette is not None:
                lightness = self._lightness(photo, size, task.part(0.8, 0.8))
                chroma = matched(chroma, lightness, palette, edit.reference.strength / 100)
            if hints:
                grid = spreading_size(photo.width, photo.height)
                lightness = self._lightness(photo, grid, task.part(0.8, 0.9))
                where = (photo.id, grid)
                rest = task.part(0.9, 1.0)
                chroma = steered(chroma, lightness, hints, where, self._cache, rest)
            planes, kept = _by_fy(chroma), None
            if edit.areas:
                there = (planes.shape[2], planes.shape[1])
                less = areas.gain(edit.areas, there)
                planes = planes if less is None else planes * less
                kept = areas.kept(edit.areas, there)
            found = Chroma(("chroma", key), planes, kept)
            self._cache.put(found.key, found, found.planes.nbytes)
        return found

    def suggestions(
        self, photo: Photo, edit: Edit, place: tuple[float, float], count: int, task: Task
    ) -> list[tuple[float, float]]:
        """Return colours worth offering for a place, see `suggest.suggestions`.

        Args:
            photo: the photo.
            edit: whose model is asked, without the person's own colours.
            place: x and y, from 0 to 1.
            count: at most so many.
            task: progress and cancel.

        Raises:
            UnknownModel, ModelError, DeviceError, OutOfMemory, Cancelled: as `chroma`.
        """
        model = self._model(edit)
        size = working_size(model.manifest.size, photo.width, photo.height, edit.size)
        chroma = self._predicted(photo, model, size, _NO_HINTS, task)
        lightness = self._lightness(photo, size, task)
        ab = chroma.slope * lightness + chroma.offset
        row, column = at(place, size)
        return suggestions(lightness, ab, row, column, count)

    def features(self, photo: Photo, model_id: str | None, task: Task) -> tuple[str, scale.Planes]:
        """Return the id of a model, and what it knows of each place of a photo, F x h x w.

        Args:
            photo: the photo.
            model_id: of the model; None means the default one.
            task: progress and cancel.

        Raises:
            NoFeatures: the model gives none.
            UnknownModel, ModelError, DeviceError, OutOfMemory, Cancelled: as `chroma`.
        """
        model = self._library.get(model_id or self._settings.model)
        manifest = model.manifest
        if "features" not in manifest.outputs:
            raise NoFeatures(manifest.title)
        size = working_size(manifest.size, photo.width, photo.height, _FEATURES_SIDE)
        lightness = self._lightness(photo, size, task.part(0.0, 0.3))
        colorizer = self._colorizer(model)
        with _turn(self._predicting, task):
            return manifest.id, colorizer.features(lightness, task)

    def _reference(self, edit: Edit, task: Task) -> tuple[Palette | None, Hashable]:
        """Return the colours that are wanted, and what stands for them in a key."""
        if edit.reference is None or edit.reference.strength == 0:
            return None, None
        path = edit.reference.path
        key = ("reference", path, path.stat().st_mtime_ns)
        found: Palette | None = self._cache.get(key)
        if found is None:
            found = read_reference(path, task.part(0, 0))
            self._cache.put(key, found, found.mean.nbytes + found.covariance.nbytes)
        return found, (key, edit.reference.strength)

    def _hints(self, edit: Edit, source: Size, task: Task) -> Hints:
        """Return what a person set for a photo."""
        strokes: Strokes | None = None
        key: Hashable = None
        if edit.strokes is not None:
            stamp = edit.strokes.stat().st_mtime_ns
            key = ("strokes", edit.strokes, stamp, source, edit.geometry)
            strokes = self._cache.get(key)
            if strokes is None:
                strokes = read_strokes(edit.strokes, *source, task.part(0, 0))
                strokes = strokes.reshaped(edit.geometry)
                self._cache.put(key, strokes, strokes.ab.nbytes + strokes.cover.nbytes)
        points = tuple((point.x, point.y, point.ab, point.radius) for point in edit.points)
        return Hints(edit.points, strokes, (points, key))

    def _model(self, edit: Edit) -> Model:
        return self._library.get(edit.model or self._settings.model)

    def _colorizer(self, model: Model) -> Colorizer:
        """Return the opened model; the last few stay open."""
        key = _model_key(model)
        with self._opening:
            if key not in self._colorizers:
                self._colorizers[key] = Colorizer(
                    model,
                    self._settings.device,
                    gpu_memory_mb=self._settings.gpu_memory_mb,
                    threads=self._settings.threads,
                    open_model=self._open_model,
                )
                while len(self._colorizers) > _OPEN_MODELS:
                    self._colorizers.popitem(last=False)
            self._colorizers.move_to_end(key)
            self._remember(self._colorizers[key])
            return self._colorizers[key]

    def _remember(self, colorizer: Colorizer) -> None:
        """Take over what a colorizer has to say; called with `_opening` held."""
        self._last = colorizer
        self._notices = tuple(dict.fromkeys((*self._notices, *colorizer.notices)))

    def _predicted(
        self, photo: Photo, model: Model, size: tuple[int, int], hints: Hints, task: Task
    ) -> scale.GuidedChroma:
        """Return the model's answer at the working size."""
        key = ("predicted", photo.id, _model_key(model), size, hints.key)
        found: scale.GuidedChroma | None = self._cache.get(key)
        if found is not None:
            return found
        colorizer = self._colorizer(model)
        with _turn(self._predicting, task):
            found = self._cache.get(key)  # another thread may have asked for the same
            if found is not None:
                return found
            lightness = self._lightness(photo, size, task.part(0.0, 0.3))
            task.progress(0.3, "Predicting colours")
            ab = colorizer.colorize(lightness, task, hints.network_input(size) if hints else None)
            task.progress(0.9)
            with self._opening:
                self._remember(colorizer)
            found = scale.guided_chroma(lightness, ab)
            self._cache.put(key, found, found.slope.nbytes + found.offset.nbytes)
        return found

    def _lightness(self, photo: Photo, size: tuple[int, int], task: Task) -> scale.Plane:
        """Return L* in [0, 100] at the working size."""
        key = ("lightness", photo.id, size)
        small: scale.Plane | None = self._cache.get(key)
        if small is not None:
            return small
        decode = color.decoder(photo.profile, photo.bits)
        shrinker = scale.Shrinker(photo.width, photo.height, size)

        def worker(rows: int) -> Strip:
            scratch = color.Scratch(rows, photo.width, photo.bits)
            y, fy = np.empty((2, rows, photo.width), np.float32)

            def strip(start: int, stop: int) -> None:
                count = stop - start
                decode(photo.pixels[start:stop], y[:count], fy[:count], scratch)
                shrinker.put(start, fy[:count])

            return strip

        self._strips.run(photo.height, photo.width, worker, task)
        small = np.clip(shrinker.result() * np.float32(116) - np.float32(16), 0, 100)
        self._cache.put(key, small, small.nbytes)
        return small


def _by_fy(chroma: scale.GuidedChroma) -> scale.Planes:
    """Return chroma as a function of fy instead of L*, see `Chroma.planes`."""
    units = np.array([1 / 500, -1 / 200], np.float32)[:, None, None]
    p, r = chroma.slope * 116 * units  # L* = 116 fy - 16
    q, s = (chroma.offset - 16 * chroma.slope) * units
    return np.stack([p, q, r, s])


def _model_key(model: Model) -> tuple[Path, int]:
    """Return what changes when the file of a model is replaced."""
    try:
        return model.path, model.path.stat().st_mtime_ns
    except OSError:  # opening it will say what is wrong
        return model.path, 0


@contextlib.contextmanager
def _turn(lock: threading.Lock, task: Task) -> Iterator[None]:
    """Hold a lock; while waiting for it the task can still be cancelled."""
    while not lock.acquire(timeout=_WAIT_SECONDS):
        task.check()
    try:
        yield
    finally:
        lock.release()
