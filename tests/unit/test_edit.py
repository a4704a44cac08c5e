"""An edit survives its file, and a wrong one is refused with its reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from colordesk.edit import (
    ColorPoint,
    Edit,
    EditError,
    Look,
    edit_from_json,
    read_edit,
    sidecar_path,
    write_edit,
)

FULL = Edit(model="other", size=512, look=Look(80, 120.5, -3, 7))


def test_a_written_edit_reads_back_the_same(tmp_path: Path) -> None:
    path = tmp_path / "näme 写真.json"
    write_edit(FULL, path)
    assert read_edit(path) == FULL
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_a_preset_changes_only_what_it_names() -> None:
    edit = edit_from_json('{"look": {"saturation": 50}}', base=FULL)
    assert edit == Edit(model="other", size=512, look=Look(80, 50, -3, 7))


def test_the_sidecar_keeps_the_whole_name_of_the_photo() -> None:
    assert sidecar_path(Path("a/b.c.tif")) == Path("a/b.c.tif.colordesk.json")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
        ("[]", "must be a JSON object"),
        ('{"schema": 99}', "schema is 99"),
        ('{"look": 3}', "look must be a JSON object"),
        ('{"looks": {}}', "unknown field looks"),
        ('{"look": {"strenght": 3}}', "unknown field look.strenght"),
        ('{"look": {"strength": "3"}}', "look.strength must be a number"),
        ('{"look": {"strength": true}}', "look.strength must be a number"),
        ('{"look": {"strength": 101}}', "look.strength must be between 0 and 100"),
        ('{"look": {"saturation": NaN}}', "look.saturation must be between"),
        ('{"look": {"tint": -Infinity}}', "look.tint must be between"),
        ('{"model": 3}', "model must be a text"),
        ('{"size": 300.5}', "size must be a whole number"),
        ('{"size": 8}', "size must be between"),
    ],
)
def test_a_wrong_edit_is_refused_with_its_reason(text: str, problem: str) -> None:
    with pytest.raises(EditError, match=problem):
        edit_from_json(text)


def test_the_reason_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "edit.json"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(EditError) as caught:
        read_edit(path)
    assert caught.value.path == path


def test_an_edit_of_gigabytes_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "edit.json"
    with path.open("wb") as file:
        file.truncate(2**34)  # sparse: it takes no room on the disk
    with pytest.raises(EditError, match="too large"):
        read_edit(path)


def test_every_field_is_in_the_file() -> None:
    data = json.loads(FULL.to_json())
    look = {"strength": 80, "saturation": 120.5, "temperature": -3, "tint": 7}
    assert data == {"schema": 1, "model": "other", "size": 512, "look": look}


def test_points_survive_their_file_and_are_left_out_when_there_are_none(tmp_path: Path) -> None:
    points = (
        ColorPoint(0.25, 1, a=-12.5, b=80, radius=0.3, name="navy wool coat"),
        ColorPoint(0, 0.5, gray=True),
    )
    edit = Edit(points=points, strokes=tmp_path / "strokes ü.png")
    write_edit(edit, tmp_path / "edit.json")
    assert read_edit(tmp_path / "edit.json") == edit
    assert "points" not in json.loads(Edit().to_json())


def test_files_that_an_edit_names_lie_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "edit.json"
    path.write_text('{"strokes": "a/strokes.png"}', encoding="utf-8")
    assert read_edit(path).strokes == tmp_path / "a" / "strokes.png"


@pytest.mark.parametrize(
    ("points", "problem"),
    [
        ("{}", "points must be a JSON list"),
        ("[3]", r"points\[0\] must be a JSON object"),
        ('[{"x": 0.5}]', r"points\[0\] must say x and y"),
        ('[{"x": 0.5, "y": 1.01}]', "y must be between 0.0 and 1.0"),
        ('[{"x": 0.5, "y": 1, "a": 200}]', "a must be between"),
        ('[{"x": 0.5, "y": 1, "a": NaN}]', "a must be between"),
        ('[{"x": 0.5, "y": 1}, {"x": 0, "y": 0, "radius": 0}]', "radius must be between"),
        ('[{"x": "0.5", "y": 1}]', r"points\[0\].x must be a number"),
        ('[{"x": 0.5, "y": 1, "gray": 1}]', "gray must be true or false"),
        ('[{"x": 0.5, "y": 1, "name": 1}]', "name must be a text"),
        ('[{"x": 0.5, "y": 1, "colour": 1}]', r"unknown field points\[0\].colour"),
        (json.dumps([{"x": 0, "y": 0}] * 1001), "1001 entries"),
    ],
)
def test_wrong_points_are_refused_with_their_reason(points: str, problem: str) -> None:
    with pytest.raises(EditError, match=problem):
        edit_from_json(f'{{"points": {points}}}')
