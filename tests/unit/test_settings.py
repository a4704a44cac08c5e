"""Settings survive their file; a damaged file is reported, never followed."""

from __future__ import annotations

from pathlib import Path

import pytest

from colordesk.settings import Settings, SettingsError, read_settings, write_settings


def test_settings_read_back_the_same(tmp_path: Path) -> None:
    settings = Settings(
        device="cuda:1", threads=3, model_folders=("/models", "ä"), format="png", quality=80
    )
    path = tmp_path / "new" / "settings.json"
    write_settings(settings, path)
    assert read_settings(path) == settings


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "none.json") == Settings()


def test_a_newer_version_may_know_more(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"quality": 70, "from the future": [1]}')
    assert read_settings(path) == Settings(quality=70)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "not valid JSON"),
        (b"\xff", "not valid JSON"),
        (b"3", "not a JSON object"),
        (b'{"quality": 0}', "quality cannot be 0"),
        (b'{"quality": true}', "quality cannot be True"),
        (b'{"threads": 0}', "threads cannot be 0"),
        (b'{"model_folders": "a"}', "model_folders cannot be 'a'"),
        (b'{"device": null}', "device cannot be None"),
    ],
)
def test_a_damaged_file_is_reported(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    with pytest.raises(SettingsError, match=problem) as caught:
        read_settings(path)
    assert caught.value.path == path
