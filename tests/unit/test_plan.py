"""Which file becomes which: no source is a target, no target is claimed twice."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import pytest

from colordesk.errors import FileError
from colordesk.plan import Item, PlanError, plan

needs_links = pytest.mark.skipif(os.name != "posix", reason="links need no rights on POSIX only")


@pytest.fixture(autouse=True)
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def put(*names: str) -> None:
    for name in names:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"not looked at")


def pairs(items: list[Item]) -> dict[str, str]:
    return {item.source.as_posix(): item.target.as_posix() for item in items}


def planned(*inputs: str, output: str | None = None, **options: object) -> dict[str, str]:
    items = plan([Path(i) for i in inputs], Path(output) if output else None, **options)  # type: ignore[arg-type]
    assert all(item.error is None for item in items)
    return pairs(items)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("a.jpg", "a-color.jpg"),
        ("a.JPEG", "a-color.JPEG"),
        ("ä b.写真.tiff", "ä b.写真-color.tiff"),
        ("sub/a.png", "sub/a-color.png"),
        ("a.webp", "a-color.webp"),
        ("a.gif", "a-color.jpg"),
        ("a", "a-color.jpg"),
    ],
)
def test_a_photo_goes_beside_its_source_in_its_own_format(source: str, target: str) -> None:
    put(source)
    assert planned(source) == {source: target}


def test_what_cannot_be_written_in_its_own_format_may_need_a_deeper_one() -> None:
    put("a.bmp", "b.bmp", "c.png")
    (item,) = plan([Path("a.bmp")])
    assert (item.target, item.deep_target) == (Path("a-color.jpg"), Path("a-color.png"))
    assert plan([Path("b.bmp")], format="tif")[0].deep_target is None
    assert plan([Path("c.png")])[0].deep_target is None


def test_a_chosen_format_gives_the_suffix() -> None:
    put("a.jpg", "b.JPEG")
    assert planned("a.jpg", format="png") == {"a.jpg": "a-color.png"}
    assert planned("b.JPEG", format="jpg") == {"b.JPEG": "b-color.JPEG"}


def test_one_file_goes_to_a_file_or_into_a_folder() -> None:
    put("a.jpg")
    assert planned("a.jpg", output="new/b.png") == {"a.jpg": "new/b.png"}
    assert planned("a.jpg", output="new") == {"a.jpg": "new/a.jpg"}
    Path("dotted.jpg").mkdir()
    assert planned("a.jpg", output="dotted.jpg") == {"a.jpg": "dotted.jpg/a.jpg"}


def test_a_folder_becomes_a_folder_with_the_same_tree() -> None:
    put("in/a.jpg", "in/b.png", "in/sub/deep/c.tif", "in/notes.txt")
    assert planned("in") == {"in/a.jpg": "in-color/a.jpg", "in/b.png": "in-color/b.png"}
    assert planned("in", output="out", recursive=True) == {
        "in/a.jpg": "out/a.jpg",
        "in/b.png": "out/b.png",
        "in/sub/deep/c.tif": "out/sub/deep/c.tif",
    }


def test_several_inputs_go_into_one_folder_under_their_names() -> None:
    put("in/a.jpg", "more/in/a.jpg", "a.jpg")
    assert planned("in", "more/in", "a.jpg", output="out") == {
        "in/a.jpg": "out/in/a.jpg",
        "more/in/a.jpg": "out/in/a-jpg.jpg",
        "a.jpg": "out/a.jpg",
    }


def test_the_folder_one_stands_in_has_a_name_too(monkeypatch: pytest.MonkeyPatch) -> None:
    put("in/sub/a.jpg")
    monkeypatch.chdir("in/sub")
    (item,) = plan([Path()])
    assert item.target.resolve() == Path("../sub-color/a.jpg").resolve()
    (item,) = plan([Path("..")], recursive=True)
    assert item.target.resolve() == Path("../../in-color/sub/a.jpg").resolve()


def test_two_sources_never_share_a_target() -> None:
    put("a.jpg", "a.png", "a.gif", "A.jpg", "x/b.jpg", "y/b.jpg", "z/b.jpg")
    targets = planned("a.jpg", "a.png", "a.gif", format="webp")
    assert targets == {
        "a.jpg": "a-color.webp",
        "a.png": "a-png-color.webp",
        "a.gif": "a-gif-color.webp",
    }
    targets = planned("x/b.jpg", "y/b.jpg", "z/b.jpg", output="out")
    assert list(targets.values()) == ["out/b.jpg", "out/b-jpg.jpg", "out/b-2.jpg"]
    # the same name on many disks
    names = [name.lower() for name in planned("a.jpg", "A.jpg", output="out").values()]
    assert len(set(names)) == 2


def test_composed_and_decomposed_names_are_the_same_file_on_some_disks() -> None:
    composed, decomposed = "\u00e4.jpg", "a\u0308.jpg"
    put(f"x/{composed}", f"y/{decomposed}")
    targets = planned(f"x/{composed}", f"y/{decomposed}", output="out")
    assert targets[f"y/{decomposed}"] == "out/a\u0308-jpg.jpg"


def test_no_target_is_a_source() -> None:
    put("in/a.jpg", "in/b-color.jpg", "in/b.jpg", "more/a.jpg")
    assert planned("in/a.jpg", output="in") == {"in/a.jpg": "in/a-color.jpg"}
    assert planned("in", output="in") == {
        "in/a.jpg": "in/a-color.jpg",
        "in/b.jpg": "in/b-color.jpg",
    }
    assert planned("in/b.jpg", "in/b-color.jpg") == {
        "in/b.jpg": "in/b-jpg-color.jpg",
        "in/b-color.jpg": "in/b-color-color.jpg",
    }
    assert planned("in/a.jpg", "more/a.jpg", output="more")["in/a.jpg"] == "more/a-jpg.jpg"


@needs_links
def test_no_target_is_a_source_by_another_name() -> None:
    put("in/a.jpg")
    Path("link").symlink_to("in")
    assert planned("in/a.jpg", output="link") == {"in/a.jpg": "link/a-color.jpg"}
    assert planned("in", output="link") == {"in/a.jpg": "link/a-color.jpg"}


def test_results_of_earlier_runs_and_hidden_files_are_left_out() -> None:
    put("in/a.jpg", "in/a-color.jpg", "in/b.png", "in/b-png-color.jpg", "in/b-2-color.png")
    put("in/water-color.jpg", "in/.hidden.jpg", "in/._a.jpg", "in/.thumbs/t.jpg")
    put("in/sub/c.jpg", "in/sub-color/c.jpg")
    assert set(planned("in", recursive=True)) == {
        "in/a.jpg",
        "in/b.png",
        "in/water-color.jpg",
        "in/sub/c.jpg",
    }
    assert set(planned("in/a-color.jpg")) == {"in/a-color.jpg"}


def test_the_folder_out_is_not_looked_into() -> None:
    put("in/a.jpg", "in/out/a.jpg")
    assert planned("in", output="in/out", recursive=True) == {"in/a.jpg": "in/out/a.jpg"}


def test_a_photo_that_is_named_twice_is_done_once() -> None:
    put("in/a.jpg")
    assert planned("in", "in/a.jpg", "in/../in/a.jpg") == {"in/a.jpg": "in-color/a.jpg"}


@needs_links
def test_links_to_folders_do_not_lead_in_circles() -> None:
    put("in/a.jpg")
    Path("in/again").symlink_to(".")
    Path("in/loop.jpg").symlink_to("loop.jpg")
    items = plan([Path("in")], recursive=True)
    assert pairs(items).keys() == {"in/a.jpg", "in/loop.jpg"}
    assert isinstance(items[1].error, OSError)


def test_what_cannot_be_a_photo_is_an_error_of_its_item() -> None:
    put("a.jpg")
    missing, fine = plan([Path("none.jpg"), Path("a.jpg")])
    assert isinstance(missing.error, FileNotFoundError)
    assert fine.error is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_not_waited_for() -> None:
    os.mkfifo("pipe.jpg")
    (item,) = plan([Path("pipe.jpg")])
    assert isinstance(item.error, FileError)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads anything")
def test_a_folder_that_cannot_be_read_is_an_error_of_its_own() -> None:
    put("in/a.jpg", "in/closed/b.jpg")
    Path("in/closed").chmod(0)
    items = plan([Path("in")], recursive=True)
    Path("in/closed").chmod(0o700)
    assert [type(item.error) for item in items] == [type(None), PermissionError]


@pytest.mark.parametrize(
    ("inputs", "output", "format", "problem"),
    [
        (["a.jpg"], "b.gif", None, "would have to end in"),
        (["a.jpg"], "b.png", "jpg", "contradict"),
        (["a.jpg", "b.jpg"], "c.jpg", None, "is one file"),
        (["in"], "c.jpg", None, "is one file"),
        (["in"], "a.jpg", None, "is one file"),
    ],
)
def test_an_output_that_does_not_fit_is_refused(
    inputs: list[str], output: str, format: str | None, problem: str
) -> None:
    put("a.jpg", "b.jpg", "in/a.jpg")
    with pytest.raises(PlanError, match=problem):
        plan([Path(i) for i in inputs], Path(output), format=format)


def test_the_root_of_a_disk_has_no_folder_beside_it() -> None:
    with pytest.raises(PlanError, match="whole disk"):
        plan([Path("/")])


def test_an_empty_folder_is_an_empty_plan() -> None:
    Path("in").mkdir()
    assert plan([Path("in")]) == []


def test_a_template_names_the_results() -> None:
    put("album/a.jpg", "album/b.png", "album/c.bmp")
    names = planned("album", output="out", template="{folder} {number} - {name}", format="png")
    assert list(names.values()) == [
        "out/album 1 - a.png",
        "out/album 2 - b.png",
        "out/album 3 - c.png",
    ]
    (first, *_) = planned("album", output="out", template="{name}-{number:04}").values()
    assert first == "out/a-0001.jpg"
    dated = planned("album/a.jpg", template="{name} {date}")
    assert dated == {"album/a.jpg": f"album/a {datetime.date.today().isoformat()}.jpg"}


def test_a_template_never_makes_two_results_one_nor_a_result_its_source() -> None:
    put("album/a.jpg", "album/b.jpg", "album/sub/a.jpg")
    beside = planned("album/a.jpg", "album/b.jpg", template="{name}")
    assert list(beside.values()) == ["album/a-color.jpg", "album/b-color.jpg"]
    flat = planned("album", output="out", recursive=True, tree=False)
    assert list(flat.values()) == ["out/a.jpg", "out/b.jpg", "out/a-jpg.jpg"]


@pytest.mark.parametrize(
    "template",
    ["{name", "{other}", "{name!r}", "{name:9}", "{number:99999}", "a/b{name}", "same", "{{name}}"],
)
def test_a_template_that_means_nothing_is_refused(template: str) -> None:
    put("a.jpg")
    with pytest.raises(PlanError):
        planned("a.jpg", template=template)
