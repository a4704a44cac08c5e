"""Which models are there, and which is meant by a name."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from colordesk.inference.library import DEFAULT_ID, Library, UnknownModel, default_folders
from colordesk.inference.manifest import ModelError
from colordesk.paths import resources_dir, user_models_dir
from colordesk.settings import Settings
from tests.models import make_model


def test_models_of_folders_and_of_folders_right_inside(tmp_path: Path) -> None:
    make_model(tmp_path / "b" / "one.onnx", id="one")
    make_model(tmp_path / "b" / "deep" / "two.onnx", id="two")
    make_model(tmp_path / "b" / "deep" / "er" / "three.onnx", id="three")
    make_model(tmp_path / "a" / "four.onnx", id="four")
    make_model(tmp_path / "a" / ".colordesk-123.onnx", id="half-written")
    library = Library([tmp_path / "b", tmp_path / "missing", tmp_path / "a"])
    assert [m.manifest.id for m in library.models] == ["two", "one", "four"]
    assert library.problems == ()
    assert library.get("four").path == tmp_path / "a" / "four.onnx"


def test_the_first_folder_wins_and_the_other_file_is_named(tmp_path: Path) -> None:
    first = make_model(tmp_path / "a" / "m.onnx")
    second = make_model(tmp_path / "b" / "m.onnx")
    library = Library([tmp_path / "a", tmp_path / "b", tmp_path / "a"])
    assert [m.path for m in library.models] == [first]
    (problem,) = library.problems
    assert problem.path == second
    assert str(first) in problem.problem


def test_one_bad_file_never_hides_the_others(tmp_path: Path) -> None:
    make_model(tmp_path / "good.onnx", id="good")
    (tmp_path / "bad.onnx").write_bytes(b"junk")
    (tmp_path / "folder.onnx").mkdir()
    library = Library([tmp_path])
    assert [m.manifest.id for m in library.models] == ["good"]
    assert {p.path.name for p in library.problems} == {"bad.onnx", "folder.onnx"}


def test_the_default_is_the_bundled_model_else_the_first(tmp_path: Path) -> None:
    make_model(tmp_path / "a.onnx", id="a")
    assert Library([tmp_path]).get(None).manifest.id == "a"
    make_model(tmp_path / "z.onnx", id=DEFAULT_ID)
    assert Library([tmp_path]).get(None).manifest.id == DEFAULT_ID


def test_unknown_names_tell_what_is_known(tmp_path: Path) -> None:
    make_model(tmp_path / "a.onnx", id="a")
    with pytest.raises(UnknownModel) as caught:
        Library([tmp_path]).get("b")
    assert (caught.value.wanted, caught.value.known) == ("b", ("a",))
    with pytest.raises(UnknownModel) as caught:
        Library([]).get(None)
    assert (caught.value.wanted, caught.value.known) == ("", ())


def test_a_path_names_a_model_too(tmp_path: Path) -> None:
    path = make_model(tmp_path / "Мой.onnx", id="mine")
    assert Library([]).get(str(path)).manifest.id == "mine"
    with pytest.raises(ModelError, match="cannot be read") as caught:
        Library([]).get(str(tmp_path / "missing.onnx"))
    assert caught.value.path == tmp_path / "missing.onnx"


@pytest.mark.skipif(
    sys.platform == "win32" or (hasattr(os, "geteuid") and os.geteuid() == 0),
    reason="permissions do not bind this user",
)
def test_an_unreadable_file_is_a_problem_not_a_crash(tmp_path: Path) -> None:
    make_model(tmp_path / "a.onnx").chmod(0)
    (problem,) = Library([tmp_path]).problems
    assert "cannot be read" in problem.problem


def test_default_folders_in_order_of_precedence() -> None:
    folders = default_folders(Settings(model_folders=("~/more",)))
    assert folders == [resources_dir() / "models", user_models_dir(), Path.home() / "more"]
