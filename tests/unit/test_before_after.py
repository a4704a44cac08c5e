"""Before and after in one picture: both whole, at one size, and nothing moves but the divider."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from colordesk.before_after import side_by_side, wipe, write_gif, write_picture
from colordesk.task import Cancelled, Task
from colordesk.video.wipe import write_wipe

BEFORE, AFTER = (90, 90, 90), (180, 120, 40)


def pair(height: int, width: int) -> tuple[np.ndarray, np.ndarray]:
    return np.full((height, width, 3), BEFORE, np.uint8), np.full(
        (height, width, 3), AFTER, np.uint8
    )


@pytest.mark.parametrize(("height", "width"), [(61, 40), (40, 61), (50, 50)])
def test_both_lie_beside_each_other_in_full(height: int, width: int, tmp_path: Path) -> None:
    before, after = pair(height, width)
    picture = side_by_side(before, after)
    assert np.array_equal(picture[:height, :width], before)
    assert np.array_equal(picture[-height:, -width:], after)
    assert picture.shape[0] in (height, 2 * height + 2)
    assert max(picture.shape[:2]) <= 2 * min(height, width) + 2 + abs(height - width)
    write_picture(picture, tmp_path / "ü.png")
    assert np.array_equal(np.asarray(Image.open(tmp_path / "ü.png")), picture)


def test_the_divider_uncovers_all_of_both_and_comes_back() -> None:
    before, after = pair(20, 64)
    frames = list(wipe(before, after))
    assert np.array_equal(frames[0], after)
    assert np.array_equal(frames[len(frames) // 2], before)
    shares = [float((frame == AFTER).all(-1).mean()) for frame in frames]
    half = len(shares) // 2
    assert all(a >= b for a, b in pairwise(shares[:half]))
    assert shares[1:half] == pytest.approx(shares[:half:-1], abs=0.06)


def test_a_gif_runs_for_ever_with_true_colours(tmp_path: Path) -> None:
    before, after = pair(20, 64)
    write_gif(before, after, tmp_path / "wipe.gif", Task())
    with Image.open(tmp_path / "wipe.gif") as film:
        assert film.info["loop"] == 0
        assert getattr(film, "n_frames", 1) > 10
        first = np.asarray(film.convert("RGB"))
    assert np.abs(first.astype(int) - AFTER).max() <= 4


def test_an_mp4_plays_with_true_colours_even_at_odd_sizes(tmp_path: Path) -> None:
    before, after = pair(33, 65)
    write_wipe(before, after, tmp_path / "wipe.mp4", Task())
    with av.open(str(tmp_path / "wipe.mp4")) as film:
        frames = [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]
    assert frames[0].shape == (32, 64, 3)
    assert np.abs(frames[0].astype(int) - AFTER).max() <= 6
    assert np.abs(frames[len(frames) // 4].astype(int) - BEFORE).max() <= 6


def test_a_cancelled_film_leaves_nothing(tmp_path: Path) -> None:
    task = Task()
    task.cancel()
    before, after = pair(20, 64)
    for write, name in ((write_gif, "a.gif"), (write_wipe, "a.mp4")):
        with pytest.raises(Cancelled):
            write(before, after, tmp_path / name, task)
    assert list(tmp_path.iterdir()) == []
