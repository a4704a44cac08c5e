"""How well colour points stay on what they are on: `python tests/bench/points.py`.

A round piece of one photograph moves over another one, which the camera pans over slowly, with
grain and flicker; a point is set on its middle, half way. Printed is, over all other frames, how
often it is followed to within a third of the piece's width, how often it is said to be where it is
not, and how far it is off where it is followed.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
from skimage import data

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from colordesk.video.flow import MotionFinder
from colordesk.video.patches import remembered
from colordesk.video.points import carry_point

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Plane = NDArray[np.float32]

WIDTH, HEIGHT = 284, 160
SIDE = 120  # px of a piece before it is shrunk
FILMS, FRAMES = 30, 24
FLICKER = 2.0  # L*


@dataclass(frozen=True)
class Case:
    """How the pieces of some films move."""

    speed: float
    """Share of the picture's width a frame."""
    turn: float = 0.0
    """Degrees a frame."""
    growth: float = 0.0
    """Share of its size a frame."""
    grain: float = 2.0
    """Standard deviation of L*."""
    size: int = 36
    """Pixels, about."""


CASES = (
    *(Case(speed) for speed in (0.005, 0.01, 0.02, 0.04, 0.08)),
    Case(0.02, turn=2),
    Case(0.01, growth=0.02),
    Case(0.02, grain=6),
    Case(0.02, size=18),
)


def gray(picture: NDArray[np.uint8], size: tuple[int, int]) -> Plane:
    """Return about L* of a picture at a size."""
    plane = picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(plane, size, interpolation=cv2.INTER_AREA)
    return np.asarray(small.astype(np.float32) * np.float32(100 / 255), np.float32)


def backgrounds() -> list[Plane]:
    """Return what is panned over."""
    photos = data.camera(), data.coffee(), data.rocket(), data.brick(), data.grass(), data.moon()
    return [gray(photo, (600, 450)) for photo in photos]


def pieces() -> list[Plane]:
    """Return what moves."""
    photos = (
        data.astronaut()[:200, 150:320],
        data.chelsea()[50:250, 100:320],
        data.camera()[60:200, 180:330],
        data.coffee()[50:330, 140:460],
        data.coins()[:160, :160],
    )
    return [gray(photo, (SIDE, SIDE)) for photo in photos]


def folded(way: float, span: float) -> float:
    """Return a way that goes to and fro within a span."""
    return float(span * 2 / np.pi * np.arcsin(np.sin(np.pi * way / (2 * span))))


def film(seed: int, case: Case) -> tuple[list[Plane], list[NDArray[np.float64]], int]:
    """Return the frames, the middle of the piece on each, and its size in pixels."""
    rng = np.random.default_rng(seed)
    back, piece = (some[rng.integers(len(some))] for some in (backgrounds(), pieces()))
    size = int(case.size * rng.uniform(0.7, 1.4))
    angle, panning = rng.uniform(0, 2 * np.pi), rng.uniform(-1, 1, 2)
    step = np.array([np.cos(angle), np.sin(angle) / 2]) * case.speed * WIDTH
    begin = np.array([WIDTH, HEIGHT]) / 2 + rng.uniform(-10, 10, 2)
    disc = cv2.circle(np.zeros((SIDE, SIDE), np.float32), (SIDE // 2,) * 2, SIDE // 2 - 4, 1.0, -1)
    frames, places = [], []
    for n in range(-FRAMES // 2, FRAMES // 2):
        place = begin + np.array([folded(step[0] * n, 80), folded(step[1] * n, 45)])
        scale, turn = size / SIDE * (1 + case.growth * n), np.deg2rad(case.turn * n)
        turned = scale * np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        way = np.column_stack([turned, place - turned @ [SIDE / 2, SIDE / 2]])
        laid, share = (cv2.warpAffine(one, way, (WIDTH, HEIGHT)) for one in (piece, disc))
        frame = cv2.getRectSubPix(back, (WIDTH, HEIGHT), tuple(np.array([300, 225]) + panning * n))
        frame = frame * (1 - share) + laid * share + FLICKER * np.sin(1.3 * n)
        frame += rng.normal(0, case.grain, frame.shape)
        frames.append(np.clip(frame, 0, 100).astype(np.float32))
        places.append(place)
    return frames, places, size


def main() -> None:
    """Print a line for each case."""
    for case in CASES:
        wrong, off = 0, []
        for seed in range(FILMS):
            frames, places, size = film(seed, case)
            finder = MotionFinder()
            motions = [finder.between(one, other) for one, other in pairwise(frames)]
            at = FRAMES // 2
            x, y = (places[at] + 0.5) / [WIDTH, HEIGHT]
            for found in carry_point(x, y, at, motions, [remembered(one) for one in frames]):
                there = np.array([found.x * WIDTH, found.y * HEIGHT]) - 0.5
                error = float(np.linalg.norm(there - places[found.frame]))
                if found.frame == at:
                    continue
                if error < size / 3:
                    off.append(error)
                else:
                    wrong += 1
        whole = FILMS * (FRAMES - 1)
        mean = np.mean(off) if off else 0.0
        print(
            f"{case}: {len(off) / whole:.2f} followed, {wrong / whole:.3f} wrong, "
            f"{mean:.2f} px off on average",
            flush=True,
        )


if __name__ == "__main__":
    main()
