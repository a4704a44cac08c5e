from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from skimage.color import rgb2lab

from colordesk_training.data import film, hints
from colordesk_training.data.dataset import (
    BROKEN,
    GRAY,
    Order,
    TrainingCrops,
    collate,
    to_lab,
    training_loader,
)
from colordesk_training.data.sources import (
    DataError,
    Picture,
    PictureReader,
    list_pictures,
    split,
)
from colordesk_training.recipe import DataSpec
from tests.training.conftest import coloured_picture

SPEC = DataSpec(crop=32, batch_size=4, film=0.5, hints=0.5, workers=0, min_chroma=0)


def test_folder_and_zip_give_the_same_names_and_pixels(photo_folder: Path, photo_zip: Path) -> None:
    from_folder, from_zip = list_pictures([photo_folder]), list_pictures([photo_zip])
    assert [p.name for p in from_folder] == [p.name for p in from_zip]
    assert from_zip[0].group == "blue"
    reader = PictureReader()
    for a, b in zip(from_folder[:3], from_zip[:3], strict=True):
        first, second = reader.read(a), reader.read(b)
        assert first is not None
        assert second is not None
        np.testing.assert_array_equal(first, second)


def test_pixels_come_out_as_rgb(tmp_path: Path) -> None:
    Image.new("RGB", (8, 8), (250, 20, 10)).save(tmp_path / "red.png")
    (picture,) = list_pictures([tmp_path])
    pixels = PictureReader().read(picture)
    assert pixels is not None
    assert pixels[0, 0].tolist() == [250, 20, 10]


def test_the_split_depends_on_names_only(photo_folder: Path, photo_zip: Path) -> None:
    names = []
    for source in (photo_folder, photo_zip):
        training, validation = split(list_pictures([source]), 30)
        assert not {p.name for p in training} & {p.name for p in validation}
        assert len(training) + len(validation) == 40
        assert 2 <= len(validation) <= 24
        names.append([p.name for p in validation])
    assert names[0] == names[1]


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (lambda path: None, "does not exist"),
        (lambda path: path.write_text("no zip"), "neither a folder nor a zip"),
        (lambda path: path.mkdir(), "holds no pictures"),
    ],
)
def test_useless_sources_are_named(tmp_path: Path, make: object, problem: str) -> None:
    path = tmp_path / "source"
    make(path)  # type: ignore[operator]
    with pytest.raises(DataError, match=problem):
        list_pictures([path])


def test_broken_and_gray_pictures_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 not a picture")
    (tmp_path / "empty.png").write_bytes(b"")
    Image.new("RGB", (40, 40), (128, 128, 128)).save(tmp_path / "gray.png")
    Image.new("RGB", (40, 40), (200, 80, 40)).save(tmp_path / "red.png")
    pictures = list_pictures([tmp_path])
    spec = DataSpec(crop=32, min_chroma=2.0)
    crops = TrainingCrops(pictures, spec, seed=0)
    samples = [crops[0, i, 0] for i in range(len(pictures))]
    batch = collate(samples)
    assert len(batch["ab"]) == 1
    assert batch["skipped"].tolist() == [[0, BROKEN], [1, BROKEN], [2, GRAY]]
    assert set(collate(samples[:3])) == {"skipped"}


def test_a_crop_depends_only_on_its_key(photo_zip: Path) -> None:
    pictures = list_pictures([photo_zip])
    first, second = (TrainingCrops(pictures, SPEC, seed=3) for _ in range(2))
    _ = first[0, 5, 0]  # what came before must not matter
    for name, value in first[1, 2, 0].items():
        assert torch.equal(value, second[1, 2, 0][name])
    assert not torch.equal(first[1, 2, 0]["lightness"], first[2, 2, 0]["lightness"])


def test_a_crop_holds_what_the_network_needs(photo_zip: Path) -> None:
    sample = TrainingCrops(list_pictures([photo_zip]), SPEC, seed=0)[0, 0, 0]
    assert {name: tuple(value.shape) for name, value in sample.items()} == {
        "lightness": (1, 32, 32),
        "true_lightness": (1, 32, 32),
        "ab": (2, 32, 32),
        "hints": (3, 32, 32),
    }
    assert 0 <= sample["lightness"].min() <= sample["lightness"].max() <= 100


@pytest.mark.parametrize("workers", [0, 2])
def test_a_loader_resumes_where_it_stopped(photo_zip: Path, workers: int) -> None:
    pictures = list_pictures([photo_zip])
    spec = DataSpec(crop=32, batch_size=6, workers=workers, min_chroma=0, film=1, hints=1)
    unbroken = list(itertools.islice(training_loader(pictures, spec, 1, 0), 12))
    resumed = list(itertools.islice(training_loader(pictures, spec, 1, 9), 3))
    for a, b in zip(unbroken[9:], resumed, strict=True):
        assert all(torch.equal(a[name], b[name]) for name in a)


def test_groups_are_drawn_by_weight() -> None:
    pictures = [Picture(Path("x"), f"{'rare' if i < 50 else 'often'}/{i}.jpg") for i in range(100)]
    spec = DataSpec(batch_size=10, group_weights={"rare": 0.5, "often": 2.0})
    drawn = itertools.chain.from_iterable(
        itertools.islice(Order(pictures, spec, 0).batches(0), 125)
    )
    counts = np.bincount([index for _, index, _ in drawn], minlength=100)
    assert counts[50:].sum() == pytest.approx(4 * counts[:50].sum(), rel=0.25)
    assert counts[50:].min() >= 18  # about ten epochs, twice in each


def test_film_keeps_range_and_shape() -> None:
    lightness = np.linspace(0, 100, 64 * 48, dtype=np.float32).reshape(64, 48)
    changed = 0
    for seed in range(40):
        aged = film.age(lightness, np.random.default_rng(seed))
        assert aged.shape == lightness.shape
        assert aged.dtype == np.float32
        assert aged.min() >= 0
        assert aged.max() <= 100
        changed += not np.array_equal(aged, lightness)
    assert changed > 30


def test_hints_reveal_the_mean_under_each_point() -> None:
    ab = np.zeros((2, 20, 30), np.float32)
    ab[0, :, 15:] = 40
    revealed = hints.reveal(ab, [(10, 20), (0, 0)], side=5)
    assert revealed[2].sum() == 25 + 9  # the second square is cut by the corner
    assert revealed[0, 10, 20] == 40
    assert revealed[0, 0, 0] == 0
    assert revealed[2, 10, 10] == 0
    assert not hints.reveal(ab, []).any()


def test_simulated_hints_stay_inside_and_vary() -> None:
    ab = np.full((2, 24, 24), 7, np.float32)
    counts = []
    for seed in range(60):
        revealed = hints.simulate(ab, np.random.default_rng(seed))
        assert set(np.unique(revealed[2])) <= {0.0, 1.0}
        np.testing.assert_array_equal(revealed[0], 7 * revealed[2])
        counts.append(revealed[2].any())
    assert 0 < sum(counts) < 60


def test_lab_agrees_with_scikit_image() -> None:
    rgb = np.random.default_rng(0).integers(0, 256, (16, 16, 3), dtype=np.uint8)
    lab, expected = to_lab(rgb), rgb2lab(rgb)
    np.testing.assert_allclose(lab.lightness, expected[..., 0], atol=0.25)
    np.testing.assert_allclose(lab.ab.transpose(1, 2, 0), expected[..., 1:], atol=0.5)


def test_processes_share_every_batch(photo_zip: Path) -> None:
    pictures = list_pictures([photo_zip])
    spec = DataSpec(crop=16, batch_size=6, workers=0, min_chroma=0)
    whole = next(iter(training_loader(pictures, spec, 1, 2)))
    shares = [next(iter(training_loader(pictures, spec, 1, 2, rank=r, world=2))) for r in (0, 1)]
    for i, share in enumerate(shares):
        assert torch.equal(share["ab"], whole["ab"][i::2])


def test_copies_of_one_epoch_differ(photo_zip: Path) -> None:
    crops = TrainingCrops(list_pictures([photo_zip]), SPEC, seed=0)
    assert not torch.equal(crops[0, 0, 0]["ab"], crops[0, 0, 1]["ab"])


def test_fourfold_shows_each_picture_in_four_ways(tmp_path: Path) -> None:
    ramp = np.zeros((32, 32, 3), np.uint8)
    ramp[..., 0], ramp[..., 1] = np.arange(32) * 8, np.arange(32)[:, None] * 8
    Image.fromarray(ramp).save(tmp_path / "ramp.png")
    pictures = list_pictures([tmp_path])
    spec = DataSpec(crop=32, batch_size=4, min_scale=1, min_chroma=0, augment="fourfold")
    assert sorted(next(Order(pictures, spec, 0).batches(0))) == [(0, 0, i) for i in range(4)]
    crops, truth = TrainingCrops(pictures, spec, seed=0), to_lab(ramp)
    noise, rotated, mirrored, flipped = (crops[0, 0, i] for i in range(4))
    lightness, ab = torch.from_numpy(truth.lightness)[None], torch.from_numpy(truth.ab)
    assert torch.equal(noise["ab"], ab)
    assert torch.equal(noise["true_lightness"], lightness)
    assert (noise["lightness"] - lightness).std() == pytest.approx(2, rel=0.15)
    assert torch.equal(mirrored["ab"], ab.flip(2))
    assert torch.equal(mirrored["lightness"], lightness.flip(2))
    assert torch.equal(flipped["ab"], ab.flip(1))
    turned = [rotated["ab"][:, 16, 16], ab[:, 16, 16]]
    torch.testing.assert_close(*turned, atol=6, rtol=0)  # the middle stays
    assert not torch.equal(rotated["ab"], ab)
    assert torch.equal(rotated["lightness"], rotated["true_lightness"])
    spec = DataSpec(crop=32, batch_size=5, min_scale=1, min_chroma=0, augment="fivefold")
    assert torch.equal(TrainingCrops(pictures, spec, seed=0)[0, 0, 0]["ab"], ab)
    assert len(next(Order(pictures, spec, 0).batches(0))) == 5


def test_large_photographs_are_decoded_only_as_large_as_the_crop_needs(tmp_path: Path) -> None:
    coloured_picture(1, (1200, 900)).save(tmp_path / "large.jpg")
    coloured_picture(1, (1200, 900)).save(tmp_path / "large.png")
    reader, sizes = PictureReader(), []
    for picture in list_pictures([tmp_path]):
        for at_least in (0, 500, 300, 100):
            pixels = reader.read(picture, at_least)
            assert pixels is not None
            sizes.append(pixels.shape[:2])
    assert sizes == [(900, 1200), (900, 1200), (450, 600), (113, 150), *[(900, 1200)] * 4]
