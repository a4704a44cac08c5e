from __future__ import annotations

import csv
from pathlib import Path

import pytest
import torch

from colordesk.task import Task
from colordesk_training.checkpoint import load_checkpoint
from colordesk_training.objective import Classification, WrongLabels, make_objective
from colordesk_training.recipe import Recipe, RecipeError, read_recipe
from colordesk_training.start import Start
from colordesk_training.train import train

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")  # Fabric's advice about workers

TINY = [
    "options.width=8",
    "data.crop=32",
    "data.batch_size=4",
    "data.workers=0",
    "data.val_percent=20",
    "data.val_images=2",
    "run.steps=2",
    "run.log_every=1",
    "run.eval_every=2",
    "optimizer.lr=0.01",
]


def labels(*overrides: str) -> Recipe:
    return read_recipe("mlf-labels", [*TINY, "options.labels=3", *overrides])


def batch(label: list[int]) -> dict[str, torch.Tensor]:
    planes = torch.rand(len(label), 1, 32, 32) * 100
    ab = torch.zeros(len(label), 2, 32, 32)
    named = {"lightness": planes, "true_lightness": planes, "ab": ab}
    return {**named, "label": torch.tensor(label)}


def test_the_first_stage_is_about_labels_alone() -> None:
    torch.manual_seed(0)
    objective = make_objective(labels("data.gray=lightness"))
    assert isinstance(objective, Classification)
    losses = objective(batch([0, 2]), "network")
    losses["loss"].backward()
    assert 0 <= float(losses["right"]) <= 100
    learning = {n for n, p in objective.network.named_parameters() if p.grad is not None}
    assert any(name.startswith("shared.") for name in learning)
    assert any(name.startswith("classifier.") for name in learning)
    assert not any(name.startswith("colour.") for name in learning)


def test_a_label_that_the_head_does_not_have_is_said() -> None:
    objective = make_objective(labels())
    with pytest.raises(WrongLabels) as error:
        objective(batch([0, 7]), "network")
    assert (error.value.labels, error.value.classes) == (3, 8)


@pytest.mark.parametrize("override", ["options.labels=0", 'architecture="stylization"'])
def test_labels_need_a_head(override: str) -> None:
    options = ["options.width=8"] if "labels" in override else ["options={}"]
    with pytest.raises(RecipeError) as error:
        make_objective(read_recipe("mlf-labels", [*options, override]))
    assert "has no head for labels" in error.value.problem


def test_the_second_stage_begins_with_what_the_first_has_learned(
    photo_folder: Path, tmp_path: Path
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    train(labels(), [], Start(data=(photo_folder,), out=first, device="cpu"), Task())
    with (first / "log.csv").open(newline="") as file:
        assert all(0 <= float(row["right"]) <= 100 for row in csv.DictReader(file))
    learned = load_checkpoint(first / "last.pt").averaged
    begin = Start(data=(photo_folder,), out=second, init=first / "last.pt", device="cpu")
    train(read_recipe("mlf", [*TINY, "optimizer.lr=0.0"]), [], begin, Task())
    found = load_checkpoint(second / "last.pt").averaged
    assert not any(name.startswith("classifier.") for name in found)
    assert torch.equal(found["shared.0.weight"], learned["shared.0.weight"])
    assert torch.equal(found["scene.0.weight"], learned["scene.0.weight"])
