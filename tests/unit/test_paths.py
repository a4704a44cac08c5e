"""A file is its old content or its new content, never half of it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from colordesk.paths import atomic_write, fitting, resources_dir, settings_file


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")

    def fail_half_way() -> None:
        with atomic_write(target) as temporary:
            temporary.write_text("half of the n")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_the_temporary_file_is_hidden_beside_the_target_with_its_suffix(tmp_path: Path) -> None:
    target = tmp_path / "a.tif"
    with atomic_write(target) as temporary:
        assert temporary.parent == tmp_path
        assert temporary.name.startswith(".")
        assert temporary.suffix == ".tif"
        temporary.write_text("new")
        assert not target.exists()
    assert target.read_text() == "new"


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_the_new_file_has_the_mode_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    with atomic_write(tmp_path / "a") as temporary:
        temporary.write_text("new")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_an_error_of_the_system_names_the_target(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as missing, atomic_write(tmp_path / "none" / "a"):
        pass
    assert missing.value.filename == str(tmp_path / "none" / "a")

    def fill_the_disk() -> None:
        with atomic_write(tmp_path / "b"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(OSError, match="No space") as full:
        fill_the_disk()
    assert full.value.filename == str(tmp_path / "b")
    assert list(tmp_path.iterdir()) == []


def test_an_error_about_another_file_keeps_its_name(tmp_path: Path) -> None:
    def read_another() -> None:
        with atomic_write(tmp_path / "a"):
            (tmp_path / "other").read_text()

    with pytest.raises(FileNotFoundError) as caught:
        read_another()
    assert caught.value.filename == str(tmp_path / "other")


def test_resources_lie_in_the_checkout() -> None:
    assert (resources_dir() / "samples" / "astronaut.jpg").is_file()


def test_a_test_never_sees_the_settings_of_a_person(own_home: Path) -> None:
    assert settings_file().is_relative_to(own_home)


def test_a_name_is_shortened_by_whole_letters_before_its_ending_and_only_if_it_must_be() -> None:
    assert fitting("a" * 245, "-color.mp4") == "a" * 245 + "-color.mp4"
    assert fitting("a" + "ü" * 124, "-color.mp4") == "a" + "ü" * 122 + "-color.mp4"
