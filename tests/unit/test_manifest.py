"""What a model says of itself, and every way in which a file fails to say it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import onnx
import pytest

from colordesk.inference.manifest import (
    Manifest,
    Metrics,
    ModelError,
    Size,
    has_external_data,
    manifest_from_json,
    read_manifest,
)
from tests.models import make_model

FULL = Manifest(
    id="zhang-2016",
    title="Colorful Image Colorization",
    summary="Классификация — 313 bins",
    architecture="eccv16",
    paper="Zhang, Isola and Efros 2016",
    licence="research",
    training_data="generated",
    inputs=("temperature",),
    outputs=("features",),
    size=Size(multiple=8, min=32, max=1024, preferred=256),
    metrics=(Metrics(set="coco", n=5000, values={"psnr": 22.5}),),
    recipe="[train]\nsteps = 10\n",
    trained={"steps": 10, "date": "2026-01-01"},
)


def changed(**fields: Any) -> str:
    return json.dumps({**json.loads(FULL.to_json()), **fields})


def test_a_manifest_survives_the_file(tmp_path: Path) -> None:
    path = make_model(tmp_path / "Модель.onnx", temperature=True, manifest=FULL)
    assert read_manifest(path) == FULL


def test_other_metadata_does_not_disturb(tmp_path: Path) -> None:
    path = make_model(tmp_path / "m.onnx")
    model = onnx.load(path)
    entry = model.metadata_props.add()
    entry.key, entry.value = "author", "x" * 100_000
    onnx.save(model, path)
    assert read_manifest(path).id == "tiny"


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("{", "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
        ("[]", "not a JSON object"),
        ("{}", "schema"),
        (changed(schema=2), "schema"),
        (changed(colour="red"), "wrong field"),
        (changed(id="Not An Id"), "id must be"),
        (changed(id=5), "id must be"),
        (changed(title=["x"]), "title must be"),
        (changed(recipe=None), "recipe must be"),
        (changed(inputs=["sound"]), "sound"),
        (changed(outputs=["smell"]), "smell"),
        (changed(inputs=3), "wrong field"),
        (changed(size={"multiple": 0}), "size.multiple"),
        (changed(size={"multiple": 1.5}), "whole number"),
        (changed(size={"min": True}), "whole number"),
        (changed(size={"min": 64, "preferred": 32}), "min <= preferred"),
        (changed(size={"max": 10**9}), "16384"),
        (changed(size={"multiple": 512, "max": 256}), "size.multiple"),
        (changed(size=4), "wrong field"),
        (changed(metrics=[{"set": "x"}]), "wrong field"),
    ],
)
def test_wrong_manifests_say_what_is_wrong(text: str, clause: str) -> None:
    with pytest.raises(ValueError, match=clause):
        manifest_from_json(text)


@pytest.mark.parametrize(
    ("content", "clause"),
    [
        (b"", "empty"),
        (b"\x08", "ends early"),
        (b"hello, I am no model", "not a readable ONNX file"),
        (b"\x3a\xff\xff\xff\xff\x0f", "ends early"),
        (b"\xff" * 40, "not a readable ONNX file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "not a readable ONNX file"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, content: bytes, clause: str) -> None:
    path = tmp_path / "bad.onnx"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=clause) as caught:
        read_manifest(path)
    assert caught.value.path == path


def test_a_model_cut_anywhere_is_refused_or_whole(tmp_path: Path) -> None:
    whole = make_model(tmp_path / "m.onnx").read_bytes()
    cut = tmp_path / "cut.onnx"
    for length in range(0, len(whole), 7):
        cut.write_bytes(whole[:length])
        with pytest.raises(ModelError):
            read_manifest(cut)


def test_a_foreign_model_is_told_apart_from_a_broken_one(tmp_path: Path) -> None:
    path = make_model(tmp_path / "m.onnx", manifest="")
    with pytest.raises(ModelError, match="no ColorDesk manifest"):
        read_manifest(path)


def test_a_wrong_manifest_names_the_file(tmp_path: Path) -> None:
    path = make_model(tmp_path / "m.onnx", manifest="{}")
    with pytest.raises(ModelError, match="schema") as caught:
        read_manifest(path)
    assert caught.value.path == path


def test_external_data_is_seen(tmp_path: Path) -> None:
    assert not has_external_data(make_model(tmp_path / "one.onnx", hints=True))
    assert has_external_data(make_model(tmp_path / "two.onnx", external_data=True))
    bad = tmp_path / "bad.onnx"
    bad.write_bytes(b"\x3a\x7f")
    with pytest.raises(ModelError, match="ends early"):
        has_external_data(bad)
