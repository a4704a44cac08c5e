"""The one place where a picture is made: photo + edit -> pixels.

Hides how small chroma becomes pixels (look, enlarging, gamut), what is kept of the previews, and
the strips of rows that keep memory small and all cores busy. Preview and full size share the very
same small chroma, so what is seen is what is saved.
Invariant: the lightness of the photo is never touched; with no chroma asked for, a gray photo
comes back with its own pixels.
"""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from colordesk import color, icc, scale
from colordesk.cache import Cache
from colordesk.chroma import Chroma, Predictor
from colordesk.edit import Edit, Look
from colordesk.edit.geometry import Geometry
from colordesk.inference.device import Device, Opener, open_here
from colordesk.inference.library import Library
from colordesk.photo import Photo
from colordesk.reshape import Shaper, is_inside, located
from colordesk.settings import Settings
from colordesk.steer import areas
from colordesk.steer.apply import spreading_size
from colordesk.strips import Strip, Strips, cpu_threads
from colordesk.task import Task

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CACHE_BYTES = 1 << 28
# a* and b* added to white at +100. They shrink with f(Y) towards black as those of coloured light
# do: a gain on X or Z shifts a* or b* in proportion to f.
_WARM = (4.0, 24.0)
_PINK = (20.0, -6.0)
_AS_IT_IS = Geometry()

Part = tuple[int, int, int, int]
"""Left, top, right and bottom in pixels of the photo in its final shape; right and bottom lie
outside."""


class Renderer:
    """Makes pictures; safe to use from several threads at once.

    Args:
        library: where models are looked up.
        settings: device, threads, memory limit and default model.
        open_model: opens models, in this process or in another.
    """

    def __init__(
        self, library: Library, settings: Settings, open_model: Opener = open_here
    ) -> None:
        self._strips = Strips(settings.threads or cpu_threads())
        self._cache = Cache(_CACHE_BYTES)
        self._shaper = Shaper()
        self._predictor = Predictor(library, settings, self._strips, self._cache, open_model)

    @property
    def device(self) -> Device | None:
        """What computed last, or what will; None as long as no model was opened."""
        return self._predictor.device

    @property
    def notices(self) -> tuple[str, ...]:
        """What a person should be told, e.g. that the GPU is not used; each once."""
        return self._predictor.notices

    def forget(self) -> None:
        """Keep nothing of any photo; models stay open."""
        self._cache.clear()

    def prepare(self, edit: Edit) -> Device:
        """Open the model of an edit ahead of its use; return what will compute.

        Raises:
            UnknownModel: the edit names one that is not there.
            ModelError: its file cannot be used.
            DeviceError: the device cannot be had.
        """
        return self._predictor.prepare(edit)

    def suggestions(
        self, photo: Photo, edit: Edit, place: tuple[float, float], count: int, task: Task
    ) -> list[tuple[float, float]]:
        """Return a* and b* worth offering for a place of a photo; see `Predictor.suggestions`."""
        shaped = self._shaper.reshaped(photo, edit.geometry)
        there = edit.geometry.forward([place], photo.width, photo.height)[0]
        if not is_inside(there):
            return []
        return self._predictor.suggestions(shaped, edit, there, count, task)

    def features(
        self, photo: Photo, geometry: Geometry, model_id: str | None, task: Task
    ) -> tuple[str, scale.Planes]:
        """Return what a model knows of each place of a photo in its shape.

        See `Predictor.features`.
        """
        return self._predictor.features(self._shaper.reshaped(photo, geometry), model_id, task)

    def render(self, photo: Photo, edit: Edit, task: Task) -> Photo:
        """Return the photo in its shape and in colour: same metadata, alpha and bit depth.

        Raises:
            UnknownModel: the edit names one that is not there.
            ModelError: the model's file cannot be used.
            DeviceError: the device cannot be had.
            OutOfMemory: the model cannot work even at its smallest size.
            Cancelled: the owner of the task asked for it.
        """
        look, source = Gains(edit.look), (photo.width, photo.height)
        photo, edit = self._shaper.reshaped(photo, edit.geometry), located(edit, *source)
        if not look.neutral:
            chroma = self._predictor.chroma(photo, edit, source, task.part(0.0, 0.6))
            planes = look.applied(chroma.planes)
            pixels = self._coloured(photo, planes, chroma.kept, task.part(0.6, 1.0))
        elif photo.is_gray:
            return photo
        else:
            pixels = self._neutral(photo, _kept(photo, edit), task)
        # a gray profile cannot say colour: sRGB then, which is also what no profile means
        gray_profile = photo.is_gray and photo.icc is not None
        return photo.with_pixels(pixels, icc.srgb_icc() if gray_profile else photo.icc)

    def preview(
        self, photo: Photo, edit: Edit, pixels: int, task: Task, part: Part | None = None
    ) -> NDArray[np.uint8]:
        """Return the photo in colour as sRGB, h x w x 3, shrunk by area to about so many pixels.

        Args:
            photo: the photo.
            edit: what a person chose for it.
            pixels: about so many; a smaller photo is not enlarged.
            task: progress and cancel.
            part: only this part, with its very pixels whatever `pixels` is.

        Raises:
            UnknownModel: the edit names one that is not there.
            ModelError: the model's file cannot be used.
            DeviceError: the device cannot be had.
            OutOfMemory: the model cannot work even at its smallest size.
            Cancelled: the owner of the task asked for it.
        """
        source = (photo.width, photo.height)
        photo, edit = self._shaper.reshaped(photo, edit.geometry), located(edit, *source)
        small = self._small(photo, pixels, part, task.part(0.0, 0.3))
        look = Gains(edit.look)
        height, width = small.y.shape
        made: Chroma | None = None
        chroma = np.empty((2, 0, 0), np.float32)
        if not look.neutral:
            made = self._predictor.chroma(photo, edit, source, task.part(0.3, 0.8))
            chroma = self._small_chroma(made, small, task.part(0.8, 0.9))
        out = np.empty((height, width, 3), np.uint8)
        encode = color.encoder(icc.SRGB, 8)

        def worker(rows: int) -> Strip:
            scratch = color.Scratch(rows, width, 8)
            fx, fz = np.empty((2, rows, width), np.float32)

            def strip(start: int, stop: int) -> None:
                y, fy = small.y[start:stop], small.fy[start:stop]
                if look.neutral:
                    encode.neutral(y, out[start:stop], scratch)
                    return
                x, z = fx[: stop - start], fz[: stop - start]
                cv2.addWeighted(fy, look.light_x, chroma[0, start:stop], look.gain, 0.0, x)
                cv2.addWeighted(fy, look.light_z, chroma[1, start:stop], look.gain, 0.0, z)
                encode.colour(y, x, z, out[start:stop], scratch)

            return strip

        self._strips.run(height, width, worker, task.part(0.9, 1.0))
        kept = _kept(photo, edit) if made is None else made.kept
        if kept is not None:
            left, top = small.corner
            keep = scale.resize(kept, small.whole)[top : top + height, left : left + width]
            areas.restore(out, _own_pixels(photo, small), keep)
        return out

    def original(
        self,
        photo: Photo,
        pixels: int,
        task: Task,
        part: Part | None = None,
        geometry: Geometry = _AS_IT_IS,
    ) -> NDArray[np.uint8]:
        """Return the photo in its shape but in its own colours, sRGB, of the size of a preview.

        Raises:
            Cancelled: the owner of the task asked for it.
        """
        if photo.is_gray:
            gray = Edit(geometry=geometry, look=Look(strength=0))
            return self.preview(photo, gray, pixels, task, part)
        photo = self._shaper.reshaped(photo, geometry)
        small = self._small(photo, pixels, part, task)
        return color.convert(small.pixels, photo.profile, icc.SRGB)

    def _coloured(
        self, photo: Photo, planes: scale.Planes, kept: scale.Plane | None, task: Task
    ) -> color.Pixels:
        """Return full-size pixels with fx = p fy + q and fz = r fy + s, or kept as they are."""
        height, width = photo.height, photo.width
        decode = color.decoder(photo.profile, photo.bits)
        encode = color.encoder(icc.SRGB if photo.is_gray else photo.profile, photo.bits)
        enlarger = scale.Enlarger(planes, width, height)
        keeper = None if kept is None else scale.Enlarger(kept[None], width, height)
        out: color.Pixels = np.empty((height, width, 3), photo.pixels.dtype)

        def worker(rows: int) -> Strip:
            scratch = color.Scratch(rows, width, photo.bits)
            floats = np.empty((4, rows, width), np.float32)
            large = np.empty((rows, 4, width), np.float32)

            def strip(start: int, stop: int) -> None:
                y, fy, fx, fz = floats[:, : stop - start]
                decode(photo.pixels[start:stop], y, fy, scratch)
                p, q, r, s = enlarger.rows(start, stop, large[: stop - start]).transpose(1, 0, 2)
                cv2.add(cv2.multiply(p, fy, fx), q, fx)
                cv2.add(cv2.multiply(r, fy, fz), s, fz)
                encode.colour(y, fx, fz, out[start:stop], scratch)
                if keeper is not None:
                    share = np.empty((stop - start, 1, width), np.float32)
                    keeper.rows(start, stop, share)
                    own = photo.pixels[start:stop]
                    if photo.is_gray:
                        own = np.empty_like(out[start:stop])
                        encode.neutral(y, own, scratch)
                    areas.restore(out[start:stop], own, share[:, 0])

            return strip

        self._strips.run(height, width, worker, task)
        return out

    def _neutral(self, photo: Photo, kept: scale.Plane | None, task: Task) -> color.Pixels:
        """Return full-size RGB pixels without any chroma, or kept as they are."""
        decode = color.decoder(photo.profile, photo.bits)
        encode = color.encoder(photo.profile, photo.bits)
        keeper = None if kept is None else scale.Enlarger(kept[None], photo.width, photo.height)
        out: color.Pixels = np.empty_like(photo.pixels)

        def worker(rows: int) -> Strip:
            scratch = color.Scratch(rows, photo.width, photo.bits)
            y = np.empty((rows, photo.width), np.float32)

            def strip(start: int, stop: int) -> None:
                decode.luminance(photo.pixels[start:stop], y[: stop - start], scratch)
                encode.neutral(y[: stop - start], out[start:stop], scratch)
                if keeper is not None:
                    share = np.empty((stop - start, 1, photo.width), np.float32)
                    keeper.rows(start, stop, share)
                    areas.restore(out[start:stop], photo.pixels[start:stop], share[:, 0])

            return strip

        self._strips.run(photo.height, photo.width, worker, task)
        return out

    def _small(self, photo: Photo, pixels: int, part: Part | None, task: Task) -> _Small:
        """Return the photo at preview size, or a part of it at its own."""
        ratio = min(1.0, math.sqrt(pixels / (photo.width * photo.height)))
        width = max(1, round(photo.width * ratio))
        height = max(1, round(photo.height * ratio))
        whole, corner = (width, height), (0, 0)
        shrunk: color.Pixels = photo.pixels
        if part is not None:
            whole, corner = (photo.width, photo.height), part[:2]
            cut: Any = np.ascontiguousarray(shrunk[part[1] : part[3], part[0] : part[2]])
            shrunk = cut
            height, width = shrunk.shape[:2]
        key = ("small", photo.id, whole, corner, width, height)
        small: _Small | None = self._cache.get(key)
        if small is not None:
            return small
        task.check()
        if shrunk.shape[:2] != (height, width):
            area: Any = cv2.resize(shrunk, (width, height), interpolation=cv2.INTER_AREA)
            shrunk = area.reshape(height, width, -1)  # OpenCV drops a single channel
        decode = color.decoder(photo.profile, photo.bits)
        y, fy = np.empty((2, height, width), np.float32)

        def worker(rows: int) -> Strip:
            scratch = color.Scratch(rows, width, 8)

            def strip(start: int, stop: int) -> None:
                decode(shrunk[start:stop], y[start:stop], fy[start:stop], scratch)

            return strip

        self._strips.run(height, width, worker, task)
        small = _Small(key, shrunk, y, fy, whole, corner)
        self._cache.put(key, small, shrunk.nbytes + y.nbytes + fy.nbytes)
        return small

    def _small_chroma(self, predicted: Chroma, small: _Small, task: Task) -> scale.Planes:
        """Return a* / 500 and -b* / 200 at preview size."""
        key = ("small chroma", small.key, predicted.key)
        kept: scale.Planes | None = self._cache.get(key)
        if kept is not None:
            return kept
        height, width = small.fy.shape
        left, top = small.corner
        enlarger = scale.Enlarger(predicted.planes, *small.whole)
        chroma = np.empty((2, height, width), np.float32)

        def worker(rows: int) -> Strip:
            large = np.empty((rows, 4, small.whole[0]), np.float32)

            def strip(start: int, stop: int) -> None:
                fy, (x, z) = small.fy[start:stop], chroma[:, start:stop]
                across = enlarger.rows(top + start, top + stop, large[: stop - start])
                p, q, r, s = across[:, :, left : left + width].transpose(1, 0, 2)
                cv2.add(cv2.multiply(p, fy, x), q, x)
                cv2.add(cv2.multiply(r, fy, z), s, z)

            return strip

        self._strips.run(height, width, worker, task)
        self._cache.put(key, chroma, chroma.nbytes)
        return chroma


@dataclass(frozen=True, eq=False)
class _Small:
    """A photo at preview size."""

    key: Hashable
    pixels: color.Pixels
    """h x w x C, as stored."""
    y: color.Plane
    """Relative luminance."""
    fy: color.Plane
    """f(Y)."""
    whole: tuple[int, int]
    """Width and height of the whole photo at this scale."""
    corner: tuple[int, int]
    """Where in it the upper left pixel is."""


def _kept(photo: Photo, edit: Edit) -> scale.Plane | None:
    """Return how much of the photo's own pixels is kept where no model was asked, or None."""
    return areas.kept(edit.areas, spreading_size(photo.width, photo.height))


def _own_pixels(photo: Photo, small: _Small) -> NDArray[np.uint8]:
    """Return the photo at preview size as it is, in sRGB."""
    if not photo.is_gray:
        return color.convert(small.pixels, photo.profile, icc.SRGB)
    height, width = small.y.shape
    own = np.empty((height, width, 3), np.uint8)
    color.encoder(icc.SRGB, 8).neutral(small.y, own, color.Scratch(height, width, 8))
    return own


class Gains:
    """A look as factors: fx = light_x fy + gain a* / 500, fz = light_z fy - gain b* / 200."""

    def __init__(self, look: Look) -> None:
        strength = look.strength / 100
        self.gain = strength * look.saturation / 100
        a, b = (
            strength * (look.temperature * warm + look.tint * pink) / 100
            for warm, pink in zip(_WARM, _PINK, strict=True)
        )
        self.light_x, self.light_z = 1 + a / 500, 1 - b / 200
        self.neutral = self.gain == 0 and a == 0 and b == 0

    def applied(self, planes: scale.Planes) -> scale.Planes:
        """Return planes with fx = p fy + q and fz = r fy + s for chroma of this look."""
        looked = planes * np.float32(self.gain)
        looked[0] += self.light_x
        looked[2] += self.light_z
        return looked
