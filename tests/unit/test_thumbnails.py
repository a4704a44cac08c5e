"""Thumbnails are made once, follow their files, and never fill the disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
import skimage.data

from colordesk import thumbnails
from colordesk.photo import PhotoError, read_thumbnail
from colordesk.thumbnails import Thumbnails


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Thumbnails]:
    made = Thumbnails(tmp_path / "cache" / "thumbnails.sqlite", limit=200_000)
    yield made
    made.close()


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that were decoded."""
    paths: list[Path] = []

    def note(path: Path, side: int) -> np.ndarray:
        paths.append(path)
        return read_thumbnail(path, side)

    monkeypatch.setattr(thumbnails, "read_thumbnail", note)
    return paths


def picture(path: Path, rgb: np.ndarray) -> Path:
    path.write_bytes(cv2.imencode(path.suffix, cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR))[1].tobytes())
    return path


def test_what_was_made_is_kept_over_restarts(
    tmp_path: Path, cache: Thumbnails, read: list[Path]
) -> None:
    path = picture(tmp_path / "ä.png", skimage.data.coffee())
    first = cache.get(path, 96)
    assert first.coloured
    assert max(first.rgb.shape) == 96
    cache.close()
    again = cache.get(path, 96)
    assert read == [path]
    assert again.coloured
    assert np.abs(again.rgb.astype(int) - first.rgb).mean() < 8  # red is still red
    assert cache.get(path, 48).rgb.shape != again.rgb.shape


def test_a_file_that_changed_is_read_again(
    tmp_path: Path, cache: Thumbnails, read: list[Path]
) -> None:
    path = picture(tmp_path / "a.png", skimage.data.coffee())
    cache.get(path, 64)
    picture(path, np.full((40, 60, 3), 90, np.uint8))
    os.utime(path, ns=(1, 1))
    changed = cache.get(path, 64)
    assert not changed.coloured
    assert len(read) == 2


def test_the_cache_stays_within_its_limit_and_can_be_emptied(
    tmp_path: Path, cache: Thumbnails
) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (64, 64, 3), np.uint8)
    for number in range(60):
        picture(tmp_path / f"{number}.png", np.roll(noise, number, 0))
        cache.get(tmp_path / f"{number}.png", 64)
        assert cache.size <= 200_000
    assert cache.size > 100_000
    file = tmp_path / "cache" / "thumbnails.sqlite"
    full = file.stat().st_size
    cache.clear()
    assert cache.size == 0
    assert file.stat().st_size < full / 5


def test_a_damaged_cache_costs_time_only(
    tmp_path: Path, cache: Thumbnails, read: list[Path]
) -> None:
    path = picture(tmp_path / "a.png", skimage.data.coffee())
    file = tmp_path / "cache" / "thumbnails.sqlite"
    file.parent.mkdir()
    file.write_bytes(b"no database" * 100)
    assert cache.get(path, 64).coloured
    cache.get(path, 64)
    cache.get(path, 64)
    assert len(read) <= 2


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="rights bind no one here")
def test_a_folder_that_may_not_be_written_costs_time_only(tmp_path: Path) -> None:
    path = picture(tmp_path / "a.png", skimage.data.coffee())
    (tmp_path / "closed").mkdir(mode=0o500)
    cache = Thumbnails(tmp_path / "closed" / "t.sqlite")
    assert cache.get(path, 64).coloured
    cache.close()


def test_a_broken_photo_is_said_every_time(tmp_path: Path, cache: Thumbnails) -> None:
    path = tmp_path / "torn.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0 and no more")
    for _ in range(2):
        with pytest.raises(PhotoError):
            cache.get(path, 64)
