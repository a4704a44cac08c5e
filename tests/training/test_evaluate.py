from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from PIL import Image

from colordesk.task import Task
from colordesk_training.data.sources import DataError, list_pictures
from colordesk_training.evaluate import calm, score, spread

if TYPE_CHECKING:
    from numpy.typing import NDArray


def gray(lightness: NDArray[np.float32], hints: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.zeros((2, *lightness.shape), np.float32)


def obedient(lightness: NDArray[np.float32], hints: NDArray[np.float32]) -> NDArray[np.float32]:
    """Paints the mean of all colour points over everything."""
    given = hints[2] > 0
    ab = hints[:2, given].mean(1) if given.any() else np.zeros(2, np.float32)
    return np.broadcast_to(ab[:, None, None], (2, *lightness.shape)).astype(np.float32)


def test_the_gray_colorizer_scores_as_the_gray_baseline(photo_folder: Path) -> None:
    scores = score(gray, list_pictures([photo_folder])[:6], 64, Task())
    assert scores.n == 6
    assert scores.ciede2000 == pytest.approx(scores.gray_ciede2000)
    assert scores.psnr == pytest.approx(scores.gray_psnr)
    assert scores.gain == pytest.approx(0)
    assert scores.colourfulness < 1 < scores.true_colourfulness


def test_points_reveal_true_colour(tmp_path: Path) -> None:
    shades = np.linspace(0.4, 1, 64)[None, :, None]
    for i, hue in enumerate([(220, 60, 60), (60, 200, 80), (70, 80, 230)]):
        picture = (np.array(hue) * np.broadcast_to(shades, (64, 64, 3))).astype(np.uint8)
        Image.fromarray(picture).save(tmp_path / f"{i}.png")
    pictures = list_pictures([tmp_path])
    none = score(obedient, pictures, 64, Task())
    some = score(obedient, pictures, 64, Task(), points=10)
    assert none.ciede2000 == pytest.approx(none.gray_ciede2000)
    assert some.ciede2000 < none.ciede2000


def test_broken_pictures_are_not_scored(photo_folder: Path) -> None:
    (photo_folder / "aaa.jpg").write_bytes(b"no picture")
    scores = score(gray, list_pictures([photo_folder])[:3], 64, Task())
    assert scores.n == 2


def test_spread_takes_pictures_from_all_over(photo_folder: Path) -> None:
    pictures = list_pictures([photo_folder])
    assert [p.name for p in spread(pictures, 4)] == [pictures[i].name for i in (0, 10, 20, 30)]
    assert len(spread(pictures, 1000)) == 40


def test_calm_tells_flicker_from_rest(tmp_path: Path) -> None:
    clip = tmp_path / "clip.avi"
    writer = cv2.VideoWriter(str(clip), cv2.VideoWriter.fourcc(*"MJPG"), 10, (64, 64))
    for i in range(6):
        frame = np.full((64, 64, 3), (40, 120, 220) if i % 2 else (200, 120, 60), np.uint8)
        writer.write(frame)
    writer.release()
    found = calm(gray, clip, 64, Task())
    assert found.frames == 6
    assert found.change == 0
    assert found.true_change > 20
    assert found.excess == -found.true_change


def test_a_file_that_is_no_clip_is_named(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(b"")
    with pytest.raises(DataError, match="no clip"):
        calm(gray, path, 64, Task())
