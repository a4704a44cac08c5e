"""Each kind of source, made here as its publishers lay it out."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from PIL import Image

from colordesk_training.data.dataset import TrainingCrops
from colordesk_training.data.sources import (
    DataError,
    PictureReader,
    categories,
    list_pictures,
    split,
)
from colordesk_training.recipe import DataSpec
from tests.training.conftest import coloured_picture

if TYPE_CHECKING:
    from numpy.typing import NDArray

RED = (220, 30, 20)


def picture(path: Path, colour: tuple[int, int, int] = RED) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (24, 16), colour).save(path)


def names(*sources: Path) -> list[str]:
    return [found.name for found in list_pictures(sources)]


@pytest.fixture
def cifar(tmp_path: Path) -> Path:
    """Two training batches of three records and a test batch of one."""
    folder = tmp_path / "cifar-10-batches-bin"
    folder.mkdir()
    random = np.random.default_rng(0)
    for name, labels in (("data_batch_1", (6, 9, 0)), ("data_batch_2", (6, 1, 3))):
        records = random.integers(0, 256, (3, 3073), np.uint8)
        records[:, 0] = labels
        (folder / f"{name}.bin").write_bytes(records.tobytes())
    (folder / "test_batch.bin").write_bytes(bytes([3]) + bytes([200]) * 1024 + bytes(2048))
    return folder


def test_cifar_is_read_from_its_binary_version(cifar: Path) -> None:
    found = list_pictures([cifar])
    assert [p.name for p in found[:4]] == [
        "frog/data_batch_1-00000",
        "truck/data_batch_1-00001",
        "airplane/data_batch_1-00002",
        "frog/data_batch_2-00000",
    ]
    pixels = PictureReader().read(found[3])
    raw = np.frombuffer((cifar / "data_batch_2.bin").read_bytes(), np.uint8)
    assert pixels is not None
    assert pixels.shape == (32, 32, 3)
    assert pixels[5, 7].tolist() == [raw[1 + plane * 1024 + 5 * 32 + 7] for plane in range(3)]
    assert names(cifar.parent) == names(cifar)  # the folder that was given to torchvision


def test_a_single_batch_of_cifar_is_a_source_too(cifar: Path) -> None:
    (found,) = list_pictures([cifar / "test_batch.bin"])
    assert found.name == "cat/test_batch-00000"
    pixels = PictureReader().read(found)
    assert pixels is not None
    assert (pixels == [200, 0, 0]).all()


def pickled(records: NDArray[np.uint8]) -> bytes:
    """A batch as Python 2 pickled that of torchvision's CIFAR-10."""

    def text(said: str) -> bytes:
        return b"U" + bytes([len(said)]) + said.encode()

    numbers = b"".join(b"K" + bytes([label]) for label in records[:, 0])
    pixels = records[:, 1:].tobytes()
    array = b"cnumpy.core.multiarray\n_reconstruct\nq\x06cnumpy\nndarray\nq\x07K\x00\x85U\x01b\x87R"
    return b"".join(
        (
            b"\x80\x02}q\x01(" + text("batch_label") + text("training batch 1 of 5"),
            text("labels") + b"]q\x05(" + numbers + b"e",
            text("data") + array + b"(K\x01M\x10'M\x00\x0c\x86\x89",
            b"T" + len(pixels).to_bytes(4, "little") + pixels + b"tb",
            text("filenames") + b"]q\x09" + text("leptodactylus_pentadactylus_s_0") + b"au.",
        )
    )


def test_cifar_is_read_from_torchvisions_version_too(cifar: Path, tmp_path: Path) -> None:
    folder = tmp_path / "torchvision" / "cifar-10-batches-py"
    folder.mkdir(parents=True)
    for file in cifar.iterdir():
        records = np.frombuffer(file.read_bytes(), np.uint8).reshape(-1, 3073)
        (folder / file.stem).write_bytes(pickled(records))
    for source, same in ((folder, cifar), (folder.parent, cifar), ("test_batch", "test_batch.bin")):
        found, expected = list_pictures([folder / source]), list_pictures([cifar / same])
        assert [p.name for p in found] == [p.name for p in expected]
        for one, other in zip(found, expected, strict=True):
            assert np.array_equal(PictureReader().read(one), PictureReader().read(other))  # type: ignore[arg-type]


def test_a_pickle_is_never_executed(tmp_path: Path) -> None:
    class Evil:
        def __reduce__(self) -> tuple[Callable[..., object], tuple[Path]]:
            return Path.touch, (tmp_path / "executed",)

    folder = tmp_path / "cifar-10-batches-py"
    folder.mkdir()
    (folder / "data_batch_1").write_bytes(pickle.dumps(Evil()))
    for source in (folder, tmp_path):
        with pytest.raises(DataError, match="damaged"):
            list_pictures([source])
    assert not (tmp_path / "executed").exists()


@pytest.mark.parametrize("content", [b"", b"\0" * 3000, b"\x0b" + b"\0" * 3072])
def test_a_damaged_cifar_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "data_batch_1.bin").write_bytes(content)
    with pytest.raises(DataError, match="damaged"):
        list_pictures([tmp_path])


@pytest.fixture
def kaggle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The arrays as Kaggle packs them, two pictures in each part."""
    monkeypatch.setattr("colordesk_training.data.lab_arrays._FIRST", {"ab1": 0, "ab2": 2, "ab3": 4})
    rgb = np.stack([np.asarray(coloured_picture(i, (24, 24))) for i in range(6)])
    lab = np.stack([cv2.cvtColor(one, cv2.COLOR_RGB2LAB) for one in rgb])
    (tmp_path / "kaggle" / "l").mkdir(parents=True)
    (tmp_path / "kaggle" / "ab" / "ab").mkdir(parents=True)
    np.save(tmp_path / "kaggle/l/gray_scale.npy", lab[..., 0])
    for i in range(3):
        np.save(tmp_path / f"kaggle/ab/ab/ab{i + 1}.npy", lab[2 * i : 2 * i + 2, ..., 1:])
    np.save(tmp_path / "truth.npy", rgb)
    return tmp_path / "kaggle"


def test_the_lab_arrays_pair_lightness_with_ab(kaggle: Path) -> None:
    found = list_pictures([kaggle])
    assert [p.name for p in found] == ["ab1/00000", "ab1/00001", "ab2/00000", "ab2/00001"]
    (third, _) = list_pictures([kaggle / "ab" / "ab" / "ab3.npy"])
    assert third.name == "ab3/00000"
    truth, reader = np.load(kaggle.parent / "truth.npy"), PictureReader()
    for one, expected in zip((*found, third), truth, strict=False):
        pixels = reader.read(one)
        assert pixels is not None
        assert np.abs(pixels.astype(int) - expected).mean() < 2  # 8-bit Lab is no finer


def test_the_lab_arrays_may_lie_in_one_folder_less(kaggle: Path) -> None:
    for file in (kaggle / "ab" / "ab").iterdir():
        file.rename(kaggle / "ab" / file.name)
    (kaggle / "ab" / "ab").rmdir()
    assert len(list_pictures([kaggle])) == 4
    assert len(list_pictures([kaggle / "ab" / "ab3.npy"])) == 2


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda file: file.write_bytes(b"\x93NUMPY broken"), "damaged"),
        (lambda file: np.save(file, np.zeros((2, 24, 24, 2))), "8-bit"),
        (lambda file: np.save(file, np.zeros((9, 24, 24, 2), np.uint8)), "do not fit"),
        (lambda file: np.save(file, np.array([{}]), allow_pickle=True), "damaged"),
    ],
)
def test_damaged_lab_arrays_are_named(
    kaggle: Path, spoil: Callable[[Path], object], problem: str
) -> None:
    spoil(kaggle / "ab" / "ab" / "ab2.npy")
    with pytest.raises(DataError, match=problem):
        list_pictures([kaggle])


@pytest.mark.parametrize(
    ("training", "held_out"),
    [
        ("train2017/1.jpg", "val2017/2.jpg"),
        ("train2014/1.jpg", "val2014/2.jpg"),
        ("data_large_standard/a/airfield/1.jpg", "val_large/2.jpg"),
        ("data_256/a/airfield/1.jpg", "val_256/2.jpg"),
        ("ILSVRC/Data/CLS-LOC/train/n01440764/1.JPEG", "ILSVRC/Data/CLS-LOC/val/2.JPEG"),
        ("train/n01440764/1.JPEG", "val/n01440764/2.JPEG"),
    ],
)
def test_well_known_sets_give_their_training_part(
    tmp_path: Path, training: str, held_out: str
) -> None:
    picture(tmp_path / training)
    picture(tmp_path / held_out)
    (found,) = list_pictures([tmp_path])
    assert found.source / found.name == tmp_path / training
    assert PictureReader().read(found) is not None
    (other,) = list_pictures([(tmp_path / held_out).parent])
    assert other.name == Path(held_out).name


def test_a_folder_named_train_alone_is_nothing_special(tmp_path: Path) -> None:
    picture(tmp_path / "train" / "steam.jpg")
    picture(tmp_path / "plane.jpg")
    picture(tmp_path / "._plane.jpg")  # what a Mac leaves behind
    picture(tmp_path / ".thumbnails" / "plane.jpg")
    assert names(tmp_path) == ["plane.jpg", "train/steam.jpg"]


def test_class_folders_become_labels(tmp_path: Path) -> None:
    for name in ("a/airfield/1", "a/abbey/1", "b/boardwalk/1"):
        picture(tmp_path / f"{name}.jpg")
    pictures = list_pictures([tmp_path])
    classes = categories(pictures)
    assert classes == ("a/abbey", "a/airfield", "b/boardwalk")
    crops = TrainingCrops(pictures, DataSpec(crop=8, min_chroma=0), 0, classes)
    assert [crops[0, i, 0]["label"].item() for i in range(3)] == [0, 1, 2]
    assert "label" not in TrainingCrops(pictures, DataSpec(crop=8, min_chroma=0), 0)[0, 0, 0]


def test_pictures_without_class_folders_have_no_labels(tmp_path: Path) -> None:
    picture(tmp_path / "1.jpg")
    with pytest.raises(DataError, match="no folder for each class"):
        categories(list_pictures([tmp_path]))


def test_the_split_of_arrays_is_by_name_too(cifar: Path) -> None:
    training, validation = split(list_pictures([cifar]), 50)
    assert len(training) + len(validation) == 6
    assert split(list_pictures([cifar / "data_batch_1.bin"]), 50)[0] == tuple(
        type(p)(cifar / "data_batch_1.bin", p.name, p.place)
        for p in training
        if "data_batch_1" in p.name
    )


def test_a_picture_that_claims_to_be_huge_is_not_decoded(tmp_path: Path) -> None:
    header = b"BM" + (54).to_bytes(4, "little") + bytes(4) + (54).to_bytes(4, "little")
    sides = (9400).to_bytes(4, "little") * 2
    body = (40).to_bytes(4, "little") + sides + b"\1\0\x18\0" + bytes(24)
    (tmp_path / "bomb.bmp").write_bytes(header + body)
    (found,) = list_pictures([tmp_path])
    assert PictureReader().read(found) is None


def test_a_picture_that_has_gone_is_broken(tmp_path: Path) -> None:
    picture(tmp_path / "p" / "1.jpg")
    (found,) = list_pictures([tmp_path / "p"])
    (tmp_path / "p" / "1.jpg").unlink()
    assert PictureReader().read(found) is None
    (tmp_path / "p").rmdir()
    assert PictureReader().read(found) is None
