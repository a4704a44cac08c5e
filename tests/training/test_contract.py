"""What every architecture keeps, with a target that fits it: one row each in `ROWS`.

Rows of one architecture differ where its graph does. Keep networks small by their options: nearly
each row is also exported, which takes some seconds, and then taken for a model by the app.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor

from colordesk.cli.app import run_command
from colordesk.inference.device import open_here
from colordesk.inference.library import Model
from colordesk.inference.manifest import read_manifest
from colordesk.inference.session import Session
from colordesk.paths import user_models_dir
from colordesk_training.checkpoint import Checkpoint, save_checkpoint
from colordesk_training.export import TOLERANCE, export
from colordesk_training.objective import Colorization, make_objective
from colordesk_training.recipe import Recipe, parse_recipe
from colordesk_training.registry import architecture, architectures


@dataclass(frozen=True)
class Row:
    """One architecture with a target that gives its output a meaning."""

    name: str
    target: str
    options: Mapping[str, Any] = field(default_factory=dict)
    target_options: Mapping[str, Any] = field(default_factory=dict)
    learns: bool = True
    """False for what has no gradient."""
    exported: bool = True
    """False where other rows export the same trunk, and the same decoding."""

    def __str__(self) -> str:
        shown = [self.name, *(f"{key}={value}" for key, value in self.options.items())]
        return " ".join(shown).replace("[", "(").replace("]", ")")

    def overrides(self) -> list[str]:
        """Return what a recipe says of this row."""
        return [
            f"architecture={self.name}",
            f"target.name={self.target}",
            f"card.preferred_size={max(64, architecture(self.name).size.min)}",
            *(f"options.{key}={json.dumps(value)}" for key, value in self.options.items()),
            *(f"target.options.{k}={json.dumps(v)}" for k, v in self.target_options.items()),
        ]


ROWS = [
    # paper 000
    Row("resnet18-mse", "ab"),
    Row("resnet18-bins", "ab-grid", {"bins": 484}),
    Row("resnet18-bins", "ab-grid", {"bins": 484, "layout": "mirflickr"}, exported=False),
    # paper 001
    Row("densenet121", "ab", target_options={"scale": 255.0, "offset": 128.0}),
    Row("densenet121", "ab", {"cut": "pool2_conv", "frozen": True}, exported=False),
    # paper 003
    Row("mlp", "rgb", {"hidden": [24, 16]}),
    Row("autoencoder", "rgb", {"hidden": [16], "norm": "none"}, {"signed": False}),
    Row("conv-autoencoder", "rgb"),
    # paper 002
    Row("cnn4-rgb", "rgb"),
    Row("cnn4-hsl", "hls", {"variant": "model2"}),
    Row("unet256", "ab", {"width": 4}),
    Row("cwgan", "ab", {"width": 8}, {"scale": 255.0, "offset": 128.0}),
    Row("eccv16", "ab-bins", {"width": 4}, {"neighbours": 10}),
    Row("eccv16", "ab", {"width": 4, "answer": "ab"}, exported=False),
    Row("siggraph17", "ab", {"width": 4}),
    Row(
        "siggraph17",
        "ab-bins",
        {"width": 4, "answer": "classes"},
        {"grid": "full"},
        exported=False,
    ),
    # paper 004
    Row("gray", "uv", learns=False),
    Row("hog-svr", "uv"),
    Row("residual-encoder", "uv"),
    Row("mlf", "uv", {"width": 8}),
    Row("stylization", "uv", {"blocks": 1}),
]
_ELSEWHERE = {"colordesk-base"}  # test_architectures.py and test_export.py
_RECIPE = """
[card]
id = "row"
title = "Row"
summary = "One row of the table"
"""
_SIZES = [(32, 48), (37, 51)]

each_row = pytest.mark.parametrize("row", ROWS, ids=str)


def recipe_of(row: Row) -> Recipe:
    return parse_recipe(_RECIPE, str(row), row.overrides())


def objective_of(row: Row) -> Colorization:
    torch.manual_seed(0)
    return make_objective(recipe_of(row))


def batch_of(objective: Colorization, count: int, size: tuple[int, int]) -> dict[str, Tensor]:
    """A batch of soft colour noise, with a colour point for networks that take one."""
    random = torch.Generator().manual_seed(1)
    coarse = torch.rand((count, 3, 5, 4), generator=random)
    planes = torch.nn.functional.interpolate(coarse, size, mode="bilinear")
    lightness, ab = planes[:, :1] * 100, (planes[:, 1:] - 0.5) * 120
    hints = torch.zeros(count, 3, *size)
    hints[:, :, 4:8, 4:8] = torch.cat([ab, torch.ones_like(lightness)], 1)[:, :, 4:8, 4:8]
    return {"lightness": lightness, "ab": ab, "hints": hints}


def test_every_architecture_has_a_row() -> None:
    names = {entry.name for entry in architectures()}
    assert {row.name for row in ROWS} | _ELSEWHERE == names
    assert {row.name for row in ROWS if row.exported} | _ELSEWHERE == names


@each_row
@pytest.mark.parametrize("size", _SIZES, ids=str)
def test_any_size_gives_finite_ab_of_that_size(row: Row, size: tuple[int, int]) -> None:
    objective = objective_of(row).eval()
    batch = batch_of(objective, 2, size)
    with torch.inference_mode():
        ab = objective.predict(batch["lightness"], *(batch[name] for name in objective.inputs))
    assert ab.shape == (2, 2, *size)
    assert torch.isfinite(ab).all()


@each_row
def test_gradients_reach_all_that_may_learn_and_nothing_else(row: Row) -> None:
    objective = objective_of(row).train()
    network, batch = objective.network, batch_of(objective, 2, _SIZES[0])
    before = {name: value.clone() for name, value in network.named_buffers()}
    prediction = network(batch["lightness"], *(batch[name] for name in objective.inputs))
    terms = objective.target.terms(prediction, batch["lightness"], batch["ab"])
    loss = torch.stack(list(terms.values())).sum()
    assert torch.isfinite(loss)
    assert loss.requires_grad == row.learns
    if row.learns:
        torch.autograd.backward(loss)
    for name, parameter in network.named_parameters():
        assert (parameter.grad is not None) == parameter.requires_grad, name
        if parameter.grad is not None:
            assert torch.isfinite(parameter.grad).all(), name
        else:  # what is frozen keeps its statistics, too
            statistic = name.rpartition(".")[0] + ".running_mean"
            if statistic in before:
                assert torch.equal(network.get_buffer(statistic), before[statistic]), statistic
    if row.learns:
        assert any(p.grad is not None and p.grad.any() for p in network.parameters())


@pytest.mark.parametrize("row", [row for row in ROWS if row.exported], ids=str)
def test_the_app_opens_the_exported_file_and_answers_as_torch_does(
    row: Row, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    objective = objective_of(row)
    _settle(objective)
    weights = objective.network.state_dict()
    save_checkpoint(Checkpoint(_RECIPE, row.overrides(), 1, weights, weights), tmp_path / "last.pt")
    file = user_models_dir() / "row.onnx"
    file.parent.mkdir(parents=True)
    exported = export(tmp_path / "last.pt", file)
    assert exported.difference <= TOLERANCE

    manifest = read_manifest(file)
    assert manifest.architecture == row.name
    assert manifest.inputs == architecture(row.name).inputs
    session = Session(Model(file, manifest), "cpu", threads=1)
    batch = batch_of(objective, 1, (50, 83))
    given = [batch[name] for name in objective.inputs]
    with torch.inference_mode():
        expected = objective.eval().predict(batch["lightness"], *given)[0].numpy()
    found = session.run(
        batch["lightness"][0, 0].numpy(), batch["hints"][0].numpy() if given else None
    )
    np.testing.assert_allclose(found, expected, atol=TOLERANCE)
    if row.learns:
        assert np.ptp(found) > 0.01  # a constant would agree with anything

    assert run_command(["models", "verify"]) == 0
    assert "row " in capfd.readouterr().out
    photo, result = tmp_path / "photo.png", tmp_path / "colours.png"
    Image.fromarray((batch["lightness"][0, 0] * 2.55).byte().numpy()).save(photo)
    monkeypatch.setattr("colordesk.cli.colorize.opener", lambda settings, worker: open_here)
    assert run_command(["colorize", str(photo), "--model", "row", "-o", str(result)]) == 0
    with Image.open(result) as picture:
        assert picture.size == (83, 50)
        spread = int(np.ptp(np.asarray(picture.convert("RGB")).astype(int), axis=2).max())
    assert row.learns or spread <= 1
    assert spread > 1 or np.abs(found).max() < 8  # an untrained one may paint next to nothing


def _settle(objective: Colorization) -> None:
    """Give norms the statistics of some pictures, as after training."""
    objective.train()
    batch = batch_of(objective, 4, (64, 64))
    with torch.no_grad():
        for _ in range(5):
            objective.network(batch["lightness"], *(batch[name] for name in objective.inputs))
    objective.eval()
