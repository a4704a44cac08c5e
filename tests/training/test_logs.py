from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from colordesk_training.data.dataset import BROKEN, GRAY
from colordesk_training.data.sources import Picture, list_pictures
from colordesk_training.grids import TITLES, grid
from colordesk_training.logs import (
    CsvLog,
    LeftOut,
    NoTensorBoard,
    TensorBoard,
    Window,
    count_left_out,
)


def test_a_log_forgets_what_came_after_the_checkpoint(tmp_path: Path) -> None:
    log = CsvLog(tmp_path / "log.csv", 0)
    for step in (1, 2, 3):
        log.add(step=step, loss=step / 3)
    resumed = CsvLog(tmp_path / "log.csv", 2)
    resumed.add(step=3, loss=1, psnr=20.0)
    with (tmp_path / "log.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["step"] for row in rows] == ["1", "2", "3"]
    assert [row["psnr"] for row in rows] == ["", "", "20"]
    CsvLog(tmp_path / "log.csv", 0)
    assert (tmp_path / "log.csv").read_text().strip() == "step"


def test_a_window_gives_means_once() -> None:
    window = Window()
    assert window.status() == ""
    window.add({"loss": torch.tensor(1.0)}, 4)
    window.add({"loss": torch.tensor(3.0)}, 4)
    assert "loss 3.000" in window.status()
    means, speed = window.take()
    assert means == {"loss": 2.0}
    assert speed > 0
    assert window.take()[0] == {}


def test_a_picture_that_is_left_out_counts_once(tmp_path: Path) -> None:
    pictures = [Picture(Path("photos"), f"{i}.jpg") for i in range(4)]
    path = tmp_path / "skipped.csv"
    left_out = LeftOut(pictures, path, 0)
    left_out.write()
    assert count_left_out(path) == (0, 0)
    left_out.add(None)
    left_out.add(torch.tensor([[0, GRAY], [2, BROKEN]]))
    left_out.add(torch.tensor([[0, GRAY]]))
    left_out.merge([{3: GRAY}])
    left_out.write()
    assert (left_out.gray, left_out.broken) == count_left_out(path) == (2, 1)
    assert "photos,2.jpg,broken" in path.read_text()
    assert LeftOut(pictures[::-1], path, 9).why == {3: GRAY, 1: BROKEN, 0: GRAY}
    assert not LeftOut(pictures, path, 0).why


def test_tensorboard_gets_curves_and_samples(tmp_path: Path) -> None:
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    board = TensorBoard(tmp_path, 0)
    board.add("training", 5, {"loss": 0.5, "lr": 1e-3})
    board.add_picture(5, np.full((4, 6, 3), 200, np.uint8))
    board.close()
    found = EventAccumulator(str(tmp_path))
    found.Reload()
    (event,) = found.Scalars("training/loss")
    assert (event.step, event.value) == (5, 0.5)
    assert found.Images("samples")[0].width == 6


def test_tensorboard_that_is_missing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "torch.utils.tensorboard", None)
    with pytest.raises(NoTensorBoard):
        TensorBoard(tmp_path, 0)


def test_samples_show_gray_truth_and_result(tmp_path: Path) -> None:
    Image.new("RGB", (60, 40), (210, 60, 40)).save(tmp_path / "red.png")
    (tmp_path / "broken.png").write_bytes(b"no")

    def green(lightness: np.ndarray, hints: np.ndarray) -> np.ndarray:
        return np.stack([np.full_like(lightness, -30), np.full_like(lightness, 30)])

    shown = grid(green, list_pictures([tmp_path]), 32)
    parts = np.split(shown[30:-10, :], len(TITLES), axis=1)  # under the titles
    gray, truth, result = (part[50, 120].astype(int) for part in parts)
    assert np.ptp(gray) <= 2
    assert truth.tolist() == pytest.approx([210, 60, 40], abs=2)
    assert result[1] > result[0] > result[2]
    assert shown[0].min() == 255
