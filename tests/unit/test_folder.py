"""What a folder holds, in the order of people, and what lies beside each photo."""

from __future__ import annotations

from pathlib import Path

import pytest

from colordesk.folder import Entry, find, is_result, originals
from colordesk.task import Cancelled, Task


def fill(folder: Path, *names: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).touch()
    return folder


def test_photos_come_in_natural_order_without_what_is_none(tmp_path: Path) -> None:
    fill(tmp_path, "scan 10.png", "scan 2.png", "Scan 1.PNG", ".hidden.png", "notes.txt")
    (tmp_path / "a folder.jpg").mkdir()
    assert [e.path.name for e in find([tmp_path], Task())] == [
        "Scan 1.PNG",
        "scan 2.png",
        "scan 10.png",
    ]


def test_edits_and_results_become_marks(tmp_path: Path) -> None:
    fill(
        tmp_path,
        *("a.jpg", "a.jpg.colordesk.json", "a-color.jpg"),
        *("b.jpg", "b-3-color.png"),
        *("c.jpg", "c.png", "c-png-color.png"),
        "water-color.jpg",
    )
    found = {e.path.name: e for e in find([tmp_path], Task())}
    assert found == {
        "a.jpg": Entry(tmp_path / "a.jpg", edited=True, saved=True),
        "b.jpg": Entry(tmp_path / "b.jpg", saved=True),
        "c.jpg": Entry(tmp_path / "c.jpg"),
        "c.png": Entry(tmp_path / "c.png", saved=True),
        "water-color.jpg": Entry(tmp_path / "water-color.jpg"),
    }


def test_files_are_taken_as_they_are_and_once(tmp_path: Path) -> None:
    fill(tmp_path, "a.jpg", "a-color.jpg", "a-color.jpg.colordesk.json")
    gone = tmp_path / "nowhere" / "x.jpg"
    found = find([tmp_path / "a-color.jpg", tmp_path, gone], Task())
    assert found == [
        Entry(tmp_path / "a-color.jpg", edited=True),
        Entry(tmp_path / "a.jpg", saved=True),
        Entry(gone),
    ]


def test_looking_can_be_cancelled(tmp_path: Path) -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        find([fill(tmp_path, "a.jpg")], task)


def test_a_result_is_known_by_its_original() -> None:
    stems = originals(["a.jpg", "b.png"])
    assert is_result("a-color", stems)
    assert is_result("b-png-color", stems)
    assert is_result("a-7-color", stems)
    assert not is_result("c-color", stems)
    assert not is_result("a", stems)
