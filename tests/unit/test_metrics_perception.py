"""Measures that ask a network, with tiny networks whose answers are known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper
from skimage import data

from colordesk.compare.contestants import GRAY, GrayPicture
from colordesk.compare.journal import Journal
from colordesk.compare.perception import Perception
from colordesk.compare.report import prepare_folder, write_report
from colordesk.compare.run import Comparison, Outcome
from colordesk.compare.thumbnails import Thumbnails
from colordesk.inference.library import Library
from colordesk.inference.manifest import ModelError
from colordesk.inference.network import Network
from colordesk.metrics.perception import PERCEPTION, features, frechet, lpips, recognized
from colordesk.metrics.table import DEFINITIONS
from colordesk.render import Renderer
from colordesk.settings import Settings
from colordesk.task import Task

RED = np.full((300, 400, 3), (250, 10, 10), np.uint8)
BLUE = np.full((300, 400, 3), (10, 10, 250), np.uint8)


def network(path: Path, inputs: int = 1, answer: str = "ab") -> Path:
    """Answers with the mean of each channel, or with the mean distance of two pictures."""
    names = ["one", "two"][:inputs]
    nodes = [helper.make_node("GlobalAveragePool", ["one"], ["pooled"])]
    if inputs == 2:
        nodes = [
            helper.make_node("Sub", names, ["difference"]),
            helper.make_node("Abs", ["difference"], ["distance"]),
            helper.make_node("GlobalAveragePool", ["distance"], ["pooled"]),
        ]
    if answer == "nan":
        nodes.append(helper.make_node("Sqrt", ["pooled"], ["rooted"]))
    last = nodes[-1].output[0]
    nodes.append(helper.make_node("Flatten", [last], ["answer"]))
    given = [helper.make_tensor_value_info(n, TensorProto.FLOAT, [1, 3, "H", "W"]) for n in names]
    out = helper.make_tensor_value_info("answer", TensorProto.FLOAT, [1, 3])
    graph = helper.make_graph(nodes, "tiny", given, [out])
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10, producer_name="tests"
    )
    onnx.save_model(model, str(path))
    return path


def test_pictures_come_to_the_networks_as_they_were_trained(tmp_path: Path) -> None:
    seen: list[Any] = []

    def net(*pictures: Any) -> Any:
        seen.extend(pictures)
        return np.ones((1, 3), np.float32)

    lpips(net, RED, BLUE)
    recognized(net, RED)
    features(net, RED)
    assert [picture.shape[2:] for picture in seen] == [(256, 341)] * 2 + [(224, 224), (299, 299)]
    assert all(p.dtype == np.float32 and p.flags.c_contiguous for p in seen)
    reds = [float(p[0, 0].mean()) for p in seen]
    value = 250 / 255
    expected = [value * 2 - 1, 10 / 255 * 2 - 1, (value - 0.485) / 0.229, value]
    assert reds == pytest.approx(expected, abs=1e-4)


def test_values_of_known_networks(tmp_path: Path) -> None:
    pair = Network(network(tmp_path / "pair.onnx", 2), 2)
    assert lpips(pair, RED, RED) == 0
    assert lpips(pair, RED, BLUE) == pytest.approx(2 * 2 * 240 / 255 / 3, abs=1e-3)
    single = Network(network(tmp_path / "single.onnx"), 1)
    assert (recognized(single, RED), recognized(single, BLUE)) == (0, 2)
    assert recognized(single, RED[:20, :30]) == 0  # enlarged where it is too small
    assert features(single, BLUE) == pytest.approx([10 / 255, 10 / 255, 250 / 255], abs=1e-3)


def test_frechet_distance_is_that_of_the_definition() -> None:
    random = np.random.default_rng(0)
    one = random.normal(0, 1, (50, 1)).astype(np.float32)
    other = random.normal(2, 3, (80, 1)).astype(np.float32)
    expected = (one.mean() - other.mean()) ** 2 + (one.std(ddof=1) - other.std(ddof=1)) ** 2
    assert frechet(one, other) == pytest.approx(float(expected), rel=1e-4)

    first, second = random.normal(0, 1, (40, 4)), random.normal(1, 2, (60, 4))
    a, b = np.cov(first.T), np.cov(second.T)
    root = np.sqrt(np.linalg.eigvals(a @ b).real).sum()
    mean = ((first.mean(0) - second.mean(0)) ** 2).sum()
    expected = mean + np.trace(a) + np.trace(b) - 2 * root
    assert frechet(first, second) == pytest.approx(expected, rel=1e-6)  # type: ignore[arg-type]
    assert frechet(one, one) == pytest.approx(0, abs=1e-9)
    assert np.isnan(frechet(one[:1], other))


def test_a_file_that_cannot_serve_is_refused_with_a_clause(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="takes 2 inputs, not 1"):
        Network(network(tmp_path / "pair.onnx", 2), 1)
    (tmp_path / "torn.onnx").write_bytes(network(tmp_path / "whole.onnx").read_bytes()[:-9])
    for name in ("torn.onnx", "none.onnx"):
        with pytest.raises(ModelError) as caught:
            Network(tmp_path / name, 1)
        assert caught.value.path == tmp_path / name
    bad = Network(network(tmp_path / "nan.onnx", answer="nan"), 1)
    with pytest.raises(ModelError, match="not finite"):
        bad(np.full((1, 3, 8, 8), -1, np.float32))
    with pytest.raises(ModelError, match="it fails on 1 x 4 x 8 x 8"):
        bad(np.zeros((1, 4, 8, 8), np.float32))


def test_networks_in_a_comparison_from_measuring_to_the_page(tmp_path: Path) -> None:
    photos = []
    for i in range(3):
        rgb = data.astronaut()[20 * i : 20 * i + 60, 40 * i : 40 * i + 80]
        photos.append(tmp_path / f"{i}.png")
        cv2.imwrite(str(photos[-1]), rgb[..., ::-1])
    files = {id: tmp_path / f"{id}.onnx" for id in PERCEPTION}
    for id, path in files.items():
        network(path, 2 if id == "lpips" else 1)
    work = prepare_folder(tmp_path / "out")
    thumbnails = Thumbnails(work / "thumbnails")
    ids = ["ciede2000", "lpips", "recognition"]

    def run() -> Outcome:
        with Journal(work) as journal:
            perception = Perception(files, work / "features")
            renderer = Renderer(Library([]), Settings())
            comparison = Comparison([GrayPicture()], renderer, ids, journal, thumbnails, perception)
            return comparison.run(photos, lambda problem: None, Task())

    outcome = run()
    assert outcome.judged == photos
    for photo in photos:
        values = outcome.scores[photo, GRAY].values
        assert values["lpips"] > 0
        assert values["recognition"] in (0, 100)
    assert outcome.together[GRAY, "fid"] > 0
    assert run().together == outcome.together
    # another network of the same name is another measure: nothing of the old one is taken over
    network(files["fid"], answer="nan")
    assert run().together != outcome.together
    folder = tmp_path / "out"
    summary = write_report(outcome, DEFINITIONS, thumbnails, folder, str, Task())
    assert summary.statistics[GRAY, "fid"].mean == outcome.together[GRAY, "fid"]
    for name in ("report.html", "summary.md"):
        assert "FID" in (folder / name).read_text("utf-8")
