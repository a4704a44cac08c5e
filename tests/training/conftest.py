"""Small training sets, made here."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image, ImageFilter

# The networks here are tiny; several threads only wait for each other, worst on a busy machine.
torch.set_num_threads(1)


def coloured_picture(seed: int, size: tuple[int, int] = (96, 80)) -> Image.Image:
    """A soft random picture with plenty of colour, (width, height)."""
    random = np.random.default_rng(seed)
    coarse = Image.fromarray(random.integers(0, 256, (5, 6, 3), dtype=np.uint8))
    return coarse.resize(size, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(1))


@pytest.fixture(autouse=True)
def torch_as_new() -> Iterator[None]:
    """Weights are the same at every run, and training's way with denormals ends with the test."""
    torch.manual_seed(0)
    yield
    torch.set_flush_denormal(False)


@pytest.fixture
def photo_folder(tmp_path: Path) -> Path:
    """Forty colourful pictures in two groups."""
    folder = tmp_path / "photos"
    for i in range(40):
        path = folder / ("red" if i % 2 else "blue") / f"{i:03}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        coloured_picture(i).save(path, quality=90)
    return folder


@pytest.fixture
def photo_zip(photo_folder: Path, tmp_path: Path) -> Path:
    """The same pictures under the same names in a stored zip."""
    path = tmp_path / "photos.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(photo_folder.rglob("*.jpg")):
            archive.write(file, file.relative_to(photo_folder).as_posix())
    return path
