"""Which models are there, and which is meant by a name."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from colordesk.inference import library
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
    found = Library([tmp_path / "b", tmp_path / "missing", tmp_path / "a"])
    assert [m.manifest.id for m in found.models] == ["two", "one", "four"]
    assert found.problems == ()
    assert found.get("four").path == tmp_path / "a" / "four.onnx"


def test_the_first_folder_wins_and_the_other_file_is_named(tmp_path: Path) -> None:
    first = make_model(tmp_path / "a" / "m.onnx")
    second = make_model(tmp_path / "b" / "m.onnx")
    found = Library([tmp_path / "a", tmp_path / "b", tmp_path / "a"])
    assert [m.path for m in found.models] == [first]
    (problem,) = found.problems
    assert problem.path == second
    assert str(first) in problem.problem


def test_one_bad_file_never_hides_the_others(tmp_path: Path) -> None:
    make_model(tmp_path / "good.onnx", id="good")
    (tmp_path / "bad.onnx").write_bytes(b"junk")
    (tmp_path / "folder.onnx").mkdir()
    found = Library([tmp_path])
    assert [m.manifest.id for m in found.models] == ["good"]
    assert {p.path.name for p in found.problems} == {"bad.onnx", "folder.onnx"}


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


def test_an_unreadable_file_is_a_problem_not_a_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    path = make_model(tmp_path / "a.onnx")
    monkeypatch.setattr(library, "read_manifest", refuse)
    (problem,) = Library([tmp_path]).problems
    assert problem.path == path
    assert problem.problem == "it cannot be read (Permission denied)"


def test_default_folders_in_order_of_precedence() -> None:
    folders = default_folders(Settings(model_folders=("~/more",)))
    assert folders == [resources_dir() / "models", user_models_dir(), Path.home() / "more"]
