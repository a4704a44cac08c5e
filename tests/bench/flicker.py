"""The flicker rows of `make bench`: how still colour is on film whose true colours are known.

A camera in an unsteady hand moves over a bundled photograph, on grainy film that flickers.
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

import cv2
import numpy as np
from skimage import data

from colordesk.color import from_lab
from colordesk.icc import SRGB
from colordesk.inference.colorizer import Colorizer
from colordesk.inference.library import Model
from colordesk.metrics.film import Consistency, WarpedError
from colordesk.metrics.lab import ciede2000, lab_of
from colordesk.task import Task
from colordesk.video.denoise import FilmDenoiser
from colordesk.video.flow import Motion, MotionFinder
from colordesk.video.stabilise import Stabiliser
from tests.bench.common import Row

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SIZE = (284, 160)
_FRAMES = 48
_SMOOTH = 50


def flicker(model: Model | None) -> list[Row]:
    """Colour averaged along the motion, against the model's own from frame to frame."""
    what = "warped colour error of film, smooth 50"
    if model is None:
        return [Row(what, "left out: no bundled model")]
    rng = np.random.default_rng(0)
    truth = [_frame(index, rng) for index in range(_FRAMES)]
    grainy = [
        np.asarray(
            np.clip(lab[0] * rng.uniform(0.97, 1.03) + rng.normal(0, 2, lab[0].shape), 0, 100)
        ).astype(np.float32)
        for lab in truth
    ]
    finder, denoiser, stabiliser = MotionFinder(), FilmDenoiser(), Stabiliser(_SMOOTH)
    motions: list[Motion | None] = [None]
    clean = list(denoiser.put(grainy[0], None))
    for before, frame in itertools.pairwise(grainy):
        motions.append(finder.between(before, frame))
        clean += denoiser.put(frame, motions[-1])
    clean += denoiser.finish()
    colorizer = Colorizer(model, "cpu")
    alone = [colorizer.colorize(frame, Task()) for frame in grainy]
    steady: list[NDArray[np.float32]] = []
    for frame, motion in zip(clean, motions, strict=True):
        steady += stabiliser.put(colorizer.colorize(frame, Task()), motion)
    steady += stabiliser.finish()
    first, second = _judged(truth, alone), _judged(truth, steady)
    share, worse = second[0] / first[0], second[1] / first[1] - 1
    return [
        Row(
            what,
            f"{second[0]:.3f} (CDC {second[2]:.5f})",
            f"{first[0]:.3f} (CDC {first[2]:.5f}) frame by frame",
            f"{share:.2f}",
            "<= 0.5",
            share <= 0.5,
        ),
        Row(
            "its colour difference to the truth",
            f"{second[1]:.2f}",
            f"{first[1]:.2f} frame by frame",
            f"{100 * worse:+.1f} %",
            "<= +3 %",
            worse <= 0.03,
        ),
    ]


def _frame(index: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """Return L*, a* and b* of one frame, 3 x h x w."""
    photo = data.astronaut()
    zoom = 0.55 + 0.08 * math.sin(index / 15)
    middle = (256, 200)
    turn = np.array(
        cv2.getRotationMatrix2D(middle, 3 * math.sin(index / 11), _SIZE[1] / 512 / zoom)
    )
    hand = np.array([1.5 * index - 30, 4 * math.sin(index / 7)]) + rng.normal(0, 0.6, 2)
    turn[:, 2] += np.array(_SIZE) / 2 - np.array(middle) + hand
    large = cv2.warpAffine(photo, turn, _SIZE, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REFLECT)
    return np.stack(
        [np.asarray(plane, np.float32) for plane in lab_of(np.asarray(large, np.uint8))]
    )


def _judged(
    truth: list[NDArray[np.float32]], chroma: list[NDArray[np.float32]]
) -> tuple[float, float, float]:
    """Return warped error, mean CIEDE2000 and CDC, all on the clean lightness."""
    warped, consistency, differences = WarpedError(), Consistency(), []
    for lab, ab in zip(truth, chroma, strict=True):
        warped.put(lab[0], ab)
        pixels = np.asarray(from_lab(lab[0], ab, SRGB, 8), np.uint8)
        consistency.put(pixels)
        true = np.asarray(from_lab(lab[0], lab[1:], SRGB, 8), np.uint8)
        differences.append(float(np.mean(ciede2000(lab_of(pixels), lab_of(true)))))
    return warped.result(), float(np.mean(differences)), consistency.result()
