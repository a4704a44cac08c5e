from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from colordesk.task import Cancelled, Task
from colordesk_training.cli import main
from colordesk_training.data.cache import Prepared, prepare
from colordesk_training.data.dataset import TrainingCrops
from colordesk_training.data.sources import DataError, PictureReader, list_pictures, split
from colordesk_training.recipe import DataSpec
from tests.training.conftest import coloured_picture


def make(source: Path, out: Path, size: int = 40, task: Task | None = None) -> Prepared:
    return prepare(list_pictures([source]), PictureReader().read, out, size, 2.0, task or Task())


def test_a_cache_holds_the_same_pictures_smaller(photo_zip: Path, tmp_path: Path) -> None:
    out = tmp_path / "cache"
    prepared = make(photo_zip, out)
    assert prepared == Prepared(40, 0, 0, 40 * 48 * 40 * 3)
    cached, originals = list_pictures([out]), list_pictures([photo_zip])
    assert [p.name for p in cached] == [p.name for p in originals]
    assert [p.name for p in split(cached, 20)[1]] == [p.name for p in split(originals, 20)[1]]
    reader = PictureReader()
    for small, large in zip(cached[:5], originals, strict=False):
        pixels, original = reader.read(small), reader.read(large)
        assert pixels is not None
        assert original is not None
        halved = original.reshape(40, 2, 48, 2, 3).mean((1, 3))
        assert np.abs(pixels - halved).mean() < 1
    crops = TrainingCrops(cached, DataSpec(crop=32, min_chroma=0), 0)
    assert crops[0, 3, 0]["ab"].shape == (2, 32, 32)


def test_gray_and_broken_pictures_are_left_out_and_counted(tmp_path: Path) -> None:
    source = tmp_path / "photos"
    source.mkdir()
    coloured_picture(0, (20, 30)).save(source / "small.png")
    Image.new("RGB", (50, 50), (90, 90, 90)).save(source / "gray.png")
    Image.new("L", (50, 50), 90).save(source / "plane.png")
    (source / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no")
    prepared = make(source, tmp_path / "cache")
    assert (prepared.pictures, prepared.gray, prepared.broken) == (1, 2, 1)
    (found,) = list_pictures([tmp_path / "cache"])
    pixels = PictureReader().read(found)
    assert pixels is not None
    assert pixels.shape == (30, 20, 3)  # never enlarged


def test_nothing_usable_leaves_nothing_behind(tmp_path: Path) -> None:
    source = tmp_path / "photos"
    source.mkdir()
    Image.new("RGB", (50, 50), (90, 90, 90)).save(source / "gray.png")
    with pytest.raises(DataError, match="1 gray, 0 broken"):
        make(source, tmp_path / "cache")
    assert [path.name for path in tmp_path.iterdir()] == ["photos"]


def test_a_stopped_or_killed_preparation_begins_anew(photo_zip: Path, tmp_path: Path) -> None:
    out = tmp_path / "cache"
    task = Task(lambda fraction, _: task.cancel() if fraction > 0.5 else None)
    with pytest.raises(Cancelled):
        make(photo_zip, out, task=task)
    assert not out.exists()
    assert not (tmp_path / "cache.partial").exists()
    (tmp_path / "cache.partial").mkdir()
    (tmp_path / "cache.partial" / "pixels.bin").write_bytes(b"of a run that was killed")
    assert make(photo_zip, out).pictures == 40
    assert not (tmp_path / "cache.partial").exists()


def test_an_existing_folder_is_never_overwritten(photo_zip: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "mine.txt").write_text("mine")
    with pytest.raises(DataError, match="exists already"):
        make(photo_zip, tmp_path / "cache")
    assert (tmp_path / "cache" / "mine.txt").read_text() == "mine"


def rewrite(cache: Path, rows: list[list[int]]) -> None:
    np.save(cache / "index.npy", np.array(rows, np.int64))
    (cache / "names.json").write_text(json.dumps(["x"] * len(rows)))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda cache: (cache / "pixels.bin").write_bytes(b"short"),
        lambda cache: (cache / "pixels.bin").unlink(),
        lambda cache: (cache / "names.json").write_text("{}"),
        lambda cache: (cache / "cache.json").write_text("[]"),
        lambda cache: (cache / "cache.json").write_text('{"schema": 99}'),
        lambda cache: (cache / "index.npy").write_bytes(b"no array"),
        lambda cache: np.save(cache / "index.npy", np.array([{}]), allow_pickle=True),
        lambda cache: rewrite(cache, [[-1, 2, 2]]),
        lambda cache: rewrite(cache, [[0, 2**40, 2**40]]),
        lambda cache: rewrite(cache, [[2**62, 2, 2]]),
    ],
)
def test_a_damaged_cache_is_named(
    spoil: Callable[[Path], object], photo_zip: Path, tmp_path: Path
) -> None:
    make(photo_zip, tmp_path / "cache")
    spoil(tmp_path / "cache")
    with pytest.raises(DataError, match="prepare it again"):
        list_pictures([tmp_path / "cache"])


def test_the_command_says_what_it_made(
    photo_zip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["prepare", str(photo_zip), "-o", str(tmp_path / "cache"), "--size", "16"]
    with pytest.raises(SystemExit) as stop:
        main(command)
    assert not stop.value.code
    assert "40 pictures" in capsys.readouterr().out
    with pytest.raises(SystemExit) as stop:
        main(command)
    assert stop.value.code == 1
    assert "exists already" in capsys.readouterr().err


def test_a_missing_set_of_the_papers_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    for path, word in (("x/cifar-10-batches-bin", "cifar-10-binary"), ("COCO", "val2014")):
        with pytest.raises(SystemExit):
            main(["prepare", path, "-o", "x", "--size", "16"])
        err = capsys.readouterr().err
        assert "does not exist" in err
        assert word in err
