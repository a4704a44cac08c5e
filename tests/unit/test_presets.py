"""A preset carries what photos can share, under a name that every disk takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from colordesk.edit import Edit, EditError, Look
from colordesk.presets import delete_preset, preset_names, read_preset, save_preset, shared


def test_a_preset_comes_back_and_goes(tmp_path: Path) -> None:
    folder = tmp_path / "presets"
    assert preset_names(folder) == []
    edit = Edit(model="m", size=300, look=Look(strength=80, tint=-5))
    assert save_preset(folder, "Großmutter 1950", edit) == "Großmutter 1950"
    save_preset(folder, "album", Edit())
    assert preset_names(folder) == ["album", "Großmutter 1950"]
    assert read_preset(folder, "Großmutter 1950", Edit()) == edit
    delete_preset(folder, "album")
    assert preset_names(folder) == ["Großmutter 1950"]


def test_what_a_preset_does_not_name_stays(tmp_path: Path) -> None:
    (tmp_path / "warm.json").write_text('{"look": {"temperature": 30}}', encoding="utf-8")
    before = Edit(model="mine", look=Look(strength=50))
    after = read_preset(tmp_path, "warm", before)
    assert after == Edit(model="mine", look=Look(strength=50, temperature=30))


def test_a_name_becomes_a_file_name_inside_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "presets"
    assert save_preset(folder, "../a/b: c?", Edit()) == "-a-b- c-"
    assert [path.parent for path in tmp_path.rglob("*.json")] == [folder]
    assert preset_names(folder) == ["-a-b- c-"]
    with pytest.raises(EditError):
        save_preset(folder, " .. ", Edit())


def test_a_damaged_preset_names_its_file(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    with pytest.raises(EditError) as caught:
        read_preset(tmp_path, "bad", Edit())
    assert caught.value.path == tmp_path / "bad.json"


def test_all_that_can_be_shared_is_taken_over() -> None:
    source = Edit(model="m", size=256, look=Look(saturation=120))
    assert shared(source, Edit(size=64)) == source
