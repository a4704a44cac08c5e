"""Scores a colorizer on validation photographs, always beside the do-nothing gray picture.

The picture is scored at its own size: L is shrunk to the working size for the model, ab comes back
enlarged, and meets the full-size L, as in the app (with plain bilinear enlargement).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from colordesk.metrics.table import measure
from colordesk.task import Task
from colordesk_training.data import hints
from colordesk_training.data.dataset import Lab, to_lab
from colordesk_training.data.sources import DataError, Picture, PictureReader

if TYPE_CHECKING:
    from numpy.typing import NDArray

Predict = Callable[["NDArray[np.float32]", "NDArray[np.float32]"], "NDArray[np.float32]"]
"""(L: H x W, hints: 3 x H x W) -> ab: 2 x H x W, all at the working size."""


_MEASURES = ("ciede2000", "psnr", "colourfulness")


@dataclass(frozen=True)
class Scores:
    """Means over a set of pictures."""

    n: int
    """Pictures scored; broken ones are not."""
    ciede2000: float
    psnr: float
    colourfulness: float
    gray_ciede2000: float
    gray_psnr: float
    true_colourfulness: float

    @property
    def gain(self) -> float:
        """By how many percent the mean CIEDE2000 lies under the gray picture's."""
        return 100 * (1 - self.ciede2000 / self.gray_ciede2000)

    def __str__(self) -> str:
        """One line for logs."""
        return (
            f"n {self.n}  CIEDE2000 {self.ciede2000:.2f} (gray {self.gray_ciede2000:.2f}, "
            f"{self.gain:+.1f} %)  PSNR {self.psnr:.2f} dB ({self.psnr - self.gray_psnr:+.2f})  "
            f"colourfulness {self.colourfulness:.1f} (truth {self.true_colourfulness:.1f})"
        )


def spread(pictures: Sequence[Picture], count: int) -> list[Picture]:
    """Choose at most `count` pictures evenly, so that every group and archive is among them."""
    return list(pictures[:: max(len(pictures) // count, 1)][:count])


def score(
    predict: Predict, pictures: Sequence[Picture], size: int, task: Task, *, points: int = 0
) -> Scores:
    """Score a colorizer.

    Args:
        predict: the colorizer at its working size.
        pictures: colour photographs; broken ones are left out.
        size: working size, short side in pixels; rounded to a multiple of 32.
        task: progress and cancel.
        points: how many random true-colour points of 7 px (in the working copy) are given.
    """
    reader, rows = PictureReader(), []
    for i, picture in enumerate(pictures):
        task.progress(i / len(pictures))
        rgb = reader.read(picture)
        if rgb is None:
            continue
        truth = to_lab(rgb)
        result = _paint(truth, _colorize(predict, truth, size, points, seed=i))
        gray = _paint(truth, np.zeros_like(truth.ab))
        true_rgb = (rgb / np.float32(255)).astype(np.float32)
        of_result, of_gray = (measure(x, true_rgb, _MEASURES, Task()) for x in (result, gray))
        true_colourfulness = measure(true_rgb, None, _MEASURES, Task())["colourfulness"]
        rows.append(
            (
                *(of_result[id] for id in _MEASURES),
                of_gray["ciede2000"],
                of_gray["psnr"],
                true_colourfulness,
            )
        )
    means = np.mean(rows, axis=0) if rows else np.full(6, np.nan)
    return Scores(len(rows), *(float(mean) for mean in means))


def triple(
    predict: Predict, rgb: NDArray[np.uint8], size: int
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Return a picture as figures show it: gray, truth and result, each H x W x 3 in [0, 1].

    Args:
        predict: the colorizer at its working size.
        rgb: the colour photograph.
        size: working size, short side in pixels.
    """
    truth = to_lab(rgb)
    true_rgb = (rgb / np.float32(255)).astype(np.float32)
    result = _paint(truth, _colorize(predict, truth, size, 0, seed=0))
    return _paint(truth, np.zeros_like(truth.ab)), true_rgb, result


@dataclass(frozen=True)
class Calm:
    """How much colour changes from one frame of a clip to the next, in CIELAB units."""

    frames: int
    change: float
    """Mean distance in ab between a pixel's predicted colours in neighbouring frames."""
    true_change: float
    """The same of the clip's own colours."""

    @property
    def excess(self) -> float:
        """Change beyond that of the truth: what is seen as flicker."""
        return self.change - self.true_change


def calm(predict: Predict, clip: Path, size: int, task: Task) -> Calm:
    """Colorize the gray version of a colour clip frame by frame and measure how calm it is.

    Args:
        predict: the colorizer at its working size.
        clip: a video file that OpenCV reads.
        size: working size, short side in pixels.
        task: progress and cancel.

    Raises:
        DataError: the clip cannot be read or has fewer than two frames.
    """
    changes: list[tuple[float, float]] = []
    before: tuple[NDArray[np.float32], NDArray[np.float32]] | None = None
    video = cv2.VideoCapture(str(clip))
    total = max(video.get(cv2.CAP_PROP_FRAME_COUNT), 1)
    while (frame := video.read())[0]:
        truth = to_lab(np.asarray(cv2.cvtColor(frame[1], cv2.COLOR_BGR2RGB), np.uint8))
        now = _colorize(predict, truth, size, points=0, seed=0), truth.ab
        if before is not None:
            changes.append((_change(before[0], now[0]), _change(before[1], now[1])))
        before = now
        task.progress(len(changes) / total)
    video.release()
    if not changes:
        raise DataError(clip, "it is no clip of at least two frames")
    change, true_change = np.mean(changes, axis=0).tolist()
    return Calm(len(changes) + 1, change, true_change)


def _change(before: NDArray[np.float32], now: NDArray[np.float32]) -> float:
    return float(np.hypot(*(now - before)).mean())


def _colorize(
    predict: Predict, truth: Lab, size: int, points: int, seed: int
) -> NDArray[np.float32]:
    """Return predicted ab at the picture's own size."""
    height, width = truth.lightness.shape
    scale = size / min(height, width)
    working = (max(round(width * scale / 32), 1) * 32, max(round(height * scale / 32), 1) * 32)
    small = _resized(truth.lightness, working)
    true_small = np.stack([_resized(plane, working) for plane in truth.ab])
    chosen = hints.places(small.shape, points, np.random.default_rng(seed))
    ab = predict(small, hints.reveal(true_small, chosen))
    return np.stack([_resized(plane, (width, height)) for plane in ab])


def _resized(plane: NDArray[np.float32], size: tuple[int, int]) -> NDArray[np.float32]:
    shrinking = size[0] < plane.shape[1]
    kind = cv2.INTER_AREA if shrinking else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(plane, size, interpolation=kind), np.float32)


def _paint(truth: Lab, ab: NDArray[np.float32]) -> NDArray[np.float32]:
    lab = np.dstack([truth.lightness, *ab])
    return np.clip(np.asarray(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB), np.float32), 0, 1)
