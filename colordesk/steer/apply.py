"""The model suggests, the person decides: a person's colours laid over predicted chroma.

Hides the size at which colour spreads and what is kept while a person moves one of many points.
Invariant: where a person set a colour, it is met exactly, whatever the model said; out of its
reach the model's colour stays.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import cv2
import numpy as np

from colordesk import scale
from colordesk.cache import Cache
from colordesk.scale import GuidedChroma, Plane, Planes
from colordesk.steer.hints import Hints, Seed
from colordesk.steer.spread import Source, Terrain, Ways, blended
from colordesk.task import Task

_SHORT_SIDE = 224  # px of the picture in which colour spreads; full-size edges come from the guide


def spreading_size(width: int, height: int) -> tuple[int, int]:
    """Return (width, height) of the copy of a photo in which colour spreads."""
    ratio = min(1.0, _SHORT_SIDE / min(width, height))
    return max(1, round(width * ratio)), max(1, round(height * ratio))


def steered(
    predicted: GuidedChroma,
    lightness: Plane,
    hints: Hints,
    where: Hashable,
    cache: Cache,
    task: Task,
) -> GuidedChroma:
    """Return chroma with a person's colours in it.

    What the model misses at each seed is spread and added: so its own shades survive inside what
    is recoloured.

    Args:
        predicted: the model's answer.
        lightness: L*, of `spreading_size`.
        hints: what the person set.
        where: the same for the same lightness.
        cache: keeps the ways.
        task: asked now and then whether to go on.

    Raises:
        Cancelled: the owner of the task asked for it.
    """
    size = (lightness.shape[1], lightness.shape[0])
    larger = tuple(max(s) for s in zip(size, predicted.slope.shape[:0:-1], strict=True))
    said = _sized(predicted.slope, size) * lightness + _sized(predicted.offset, size)
    said = np.stack([cv2.blur(plane, (3, 3)) for plane in said])
    seeds = hints.seeds(size)
    sources = []
    for seed, way in zip(seeds, _ways(lightness, seeds, where, cache, task), strict=True):
        missing = np.array(seed.ab) - said[:, *seed.place].mean(axis=1)
        sources.append(Source(way, seed.reach, (float(missing[0]), float(missing[1]))))
    added, box = blended(sources, lightness.shape)
    change = scale.guided_chroma(lightness, added, box=box)
    wanted, exactly = hints.exact((larger[0], larger[1]))
    slope = _sized(predicted.slope, larger) + _sized(change.slope, larger)
    offset = _sized(predicted.offset, larger) + _sized(change.offset, larger)
    slope *= 1 - exactly
    offset += exactly * (wanted - offset)
    return GuidedChroma(slope, offset)


def _sized(planes: Planes, size: tuple[int, ...]) -> Planes:
    """Return planes at another (width, height); those of film often hold nothing."""
    if not planes.any():
        return np.zeros((len(planes), size[1], size[0]), np.float32)
    return np.stack([scale.resize(plane, (size[0], size[1])) for plane in planes])


def _ways(
    lightness: Plane, seeds: Sequence[Seed], where: Hashable, cache: Cache, task: Task
) -> list[Ways]:
    """Return the ways from every seed; those known from before are not computed again."""
    terrain: Terrain | None = None
    found: list[Ways] = []
    for seed in seeds:
        key = "way", where, seed.key, seed.reach
        ways = cache.get(key)
        if ways is None:
            task.check()
            terrain = terrain or Terrain(lightness)
            ways = terrain.ways(seed.place, seed.reach)
            cache.put(key, ways, ways.distance.nbytes)
        found.append(ways)
        task.progress(len(found) / len(seeds))
    return found
