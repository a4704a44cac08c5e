"""Two processes over gloo against one: the same losses, though each sees half of every batch."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from PIL import Image

from colordesk.task import Task
from colordesk_training.checkpoint import load_checkpoint
from colordesk_training.recipe import RecipeError, read_recipe
from colordesk_training.start import Start
from colordesk_training.team import DeviceMissing, Team
from colordesk_training.train import train

# A network without batch norm, which on the CPU sees only its own process's part of a batch.
RECIPE = "cnn4-hsl"
SETTINGS = (
    "data.crop=32",
    "data.batch_size=8",
    "data.workers=0",
    "data.min_chroma=2",
    "run.log_every=1",
    "run.eval_every=3",
    "run.save_every=3",
)


def logged(run: Path) -> list[tuple[int, int, float]]:
    with (run / "log.csv").open(newline="") as file:
        rows = csv.DictReader(file)
        return [(int(row["step"]), int(row["images"]), float(row["loss"])) for row in rows]


def torchrun(photos: Path, run: Path, steps: int) -> None:
    launcher = ("-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2")
    options = [part for setting in (*SETTINGS, f"run.steps={steps}") for part in ("--set", setting)]
    command = ["train", RECIPE, "--data", str(photos), "-o", str(run), "--device", "cpu"]
    done = subprocess.run(
        [sys.executable, *launcher, "-m", "colordesk_training.cli", *command, *options],
        capture_output=True,
        text=True,
        check=False,
        timeout=400,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(os.name == "nt", reason="torchrun wants POSIX here")
@pytest.mark.filterwarnings("ignore::UserWarning")  # Fabric's advice about workers
def test_two_processes_take_the_steps_of_one(photo_folder: Path, tmp_path: Path) -> None:
    for i in range(6):  # left out, so that the processes have unequal shares of some batches
        Image.new("RGB", (40, 40), (90, 90, 90)).save(photo_folder / f"gray{i}.png")
    (photo_folder / "broken.jpg").write_bytes(b"no picture")
    alone, together = tmp_path / "alone", tmp_path / "together"
    recipe = read_recipe(RECIPE, [*SETTINGS, "run.steps=6"])
    train(recipe, [], Start(data=(photo_folder,), out=alone, device="cpu"), Task())

    half = read_recipe(RECIPE, [*SETTINGS, "run.steps=3"])
    train(half, [], Start(data=(photo_folder,), out=together, device="cpu"), Task())
    torchrun(photo_folder, together, 6)  # two go on where one stopped

    expected, found = logged(alone), logged(together)
    assert [row[:2] for row in found] == [row[:2] for row in expected]
    assert any(images % 8 for _, images, _ in found)
    assert [loss for *_, loss in found] == pytest.approx([x for *_, x in expected], rel=2e-5)
    weights = load_checkpoint(alone / "last.pt").network
    for name, value in load_checkpoint(together / "last.pt").network.items():
        torch.testing.assert_close(value, weights[name], rtol=1e-4, atol=1e-6)
    assert (together / "skipped.csv").read_text() == (alone / "skipped.csv").read_text()


def test_a_batch_that_is_too_small_to_share_is_refused(tmp_path: Path) -> None:
    recipe = read_recipe(RECIPE, ["data.batch_size=7"])
    with pytest.raises(RecipeError, match="too few for 4 processes"):
        Team(recipe, Start(data=(), out=tmp_path, device="cpu", devices=2, nodes=2))


def test_missing_gpus_are_said(tmp_path: Path) -> None:
    there = torch.cuda.device_count()
    with pytest.raises(DeviceMissing) as error:
        Team(read_recipe(RECIPE), Start((), tmp_path, device="cuda", devices=there + 1))
    assert (error.value.wanted, error.value.there) == (there + 1, there)
