from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
import torch

from colordesk.inference.library import Model
from colordesk.inference.manifest import Metrics, read_manifest
from colordesk.inference.session import Session
from colordesk_training import export as exporter
from colordesk_training.checkpoint import Checkpoint, CheckpointError, save_checkpoint
from colordesk_training.export import ParityError, export, load_objective
from colordesk_training.objective import make_objective
from colordesk_training.recipe import read_recipe


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network whose weights are random but whose hints matter."""
    torch.manual_seed(0)
    recipe = read_recipe("debug")
    network = make_objective(recipe).network
    for name, parameter in network.named_parameters():
        if name.startswith("hint"):
            torch.nn.init.normal_(parameter, std=0.2)
    weights = network.state_dict()
    path = tmp_path_factory.mktemp("run") / "last.pt"
    save_checkpoint(Checkpoint(recipe.text, [], 7, weights, weights, images=28), path)
    return path


@pytest.fixture(scope="module")
def exported(checkpoint: Path) -> exporter.Exported:
    metrics = [Metrics("made here", 2, {"ciede2000": 9.5})]
    overrides = ["card.preferred_size=160"]
    return export(checkpoint, checkpoint.with_name("model.onnx"), overrides, metrics)


def test_the_file_carries_its_manifest(exported: exporter.Exported) -> None:
    manifest = read_manifest(exported.path)
    assert manifest == exported.manifest
    assert manifest.id == "debug"
    assert manifest.architecture == "colordesk-base"
    assert manifest.inputs == ("hints",)
    assert manifest.outputs == ("features",)
    assert manifest.size.preferred == 160
    assert manifest.metrics[0].values["ciede2000"] == 9.5
    assert manifest.trained["steps"] == 7
    assert "# --set card.preferred_size=160" in manifest.recipe


@pytest.mark.parametrize("size", [(32, 32), (50, 131)])
def test_onnxruntime_answers_as_torch_does(
    checkpoint: Path, exported: exporter.Exported, size: tuple[int, int]
) -> None:
    _, objective, _ = load_objective(checkpoint)
    session = Session(Model(exported.path, exported.manifest), "cpu")
    lightness = np.random.default_rng(1).uniform(0, 100, size).astype(np.float32)
    hints = np.zeros((3, *size), np.float32)
    hints[:, 10:14, 10:14] = np.array([50, -20, 1], np.float32)[:, None, None]
    with torch.inference_mode():
        expected = objective.predict(
            torch.from_numpy(lightness)[None, None], torch.from_numpy(hints)[None]
        )[0].numpy()
    found = session.run(lightness, hints)
    np.testing.assert_allclose(found, expected, atol=1e-3)
    assert np.abs(session.run(lightness, np.zeros_like(hints)) - found).max() > 0.01


def test_no_size_is_preferred_that_the_network_does_not_take(checkpoint: Path) -> None:
    recipe, _, found = exporter.load_objective(checkpoint, ["card.preferred_size=1"])
    assert exporter._manifest(recipe, found, ()).size.preferred == 32


def test_features_know_a_thing_again(exported: exporter.Exported) -> None:
    session = Session(Model(exported.path, exported.manifest), "cpu")
    random = np.random.default_rng(2)
    coarse = np.kron(random.uniform(20, 80, (8, 12)), np.ones((16, 16))).astype(np.float32)
    found = session.features(coarse)
    assert found.shape == (384, 16, 24)
    np.testing.assert_allclose(np.linalg.norm(found, axis=0), 1, atol=1e-3)
    moved = session.features(np.roll(coarse, 32, axis=1))
    np.testing.assert_allclose(moved[:, 4:12, 12:20], found[:, 4:12, 8:16], atol=0.2)
    alike = np.einsum("c,chw->hw", found[:, 8, 10], moved)
    assert np.unravel_index(alike.argmax(), alike.shape) == (8, 14)


def test_a_graph_that_disagrees_is_not_written(
    checkpoint: Path,
    exported: exporter.Exported,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    graph = onnx.load(exported.path)  # the graph of this checkpoint, which takes long to make
    monkeypatch.setattr(exporter, "_graph", lambda objective, outputs: graph)
    monkeypatch.setattr(exporter, "TOLERANCE", 0.0)
    with pytest.raises(ParityError):
        export(checkpoint, tmp_path / "model.onnx")
    assert list(tmp_path.iterdir()) == []


def test_a_checkpoint_of_another_shape_is_refused(checkpoint: Path) -> None:
    with pytest.raises(CheckpointError, match="do not fit"):
        load_objective(checkpoint, ["options.width=48"])
