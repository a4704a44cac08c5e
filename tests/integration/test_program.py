"""The program around the work: help, versions, models, doctor, and the window's absence."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import colordesk as package
from colordesk.__main__ import main
from colordesk.paths import user_models_dir
from tests.integration.conftest import Answer
from tests.models import make_model

Command = Callable[..., Answer]


def test_help_names_every_command_and_loads_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from colordesk.cli.app import run_command\n"
        "assert run_command(['--help']) == 0\n"
        "heavy = {'numpy', 'cv2', 'onnxruntime', 'pyvips', 'PySide6', 'rich'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for command in ("colorize", "models", "doctor"):
        assert command in done.stdout


def test_the_version_is_told(colordesk: Command) -> None:
    answer = colordesk("--version")
    assert (answer.code, answer.out) == (0, f"colordesk {package.__version__}\n")


def test_models_are_listed_with_the_default_marked(colordesk: Command) -> None:
    answer = colordesk("models", "list")
    assert answer.code == 0
    assert re.search(r"^\* colordesk-base ", answer.out, re.MULTILINE)
    assert re.search(r"^  tiny +Tiny model tiny$", answer.out, re.MULTILINE)


def test_a_model_says_what_it_is(colordesk: Command) -> None:
    answer = colordesk("models", "info", "tiny")
    assert answer.code == 0
    assert "Tiny model tiny" in answer.out
    assert "tiny.onnx" in answer.out
    assert colordesk("models", "info", "nobody").code == 2


def test_models_are_really_run_to_verify_them(colordesk: Command) -> None:
    assert colordesk("models", "verify").code == 0
    make_model(user_models_dir() / "nan.onnx", id="nan", ab=(float("nan"), 0))
    (user_models_dir() / "broken.onnx").write_bytes(b"broken")
    answer = colordesk("models", "verify")
    assert answer.code == 1
    assert re.search(r"^tiny +sound", answer.out, re.MULTILINE)
    for name in ("nan.onnx", "broken.onnx"):
        assert len([line for line in answer.err.splitlines() if name in line]) == 1


def test_the_doctor_says_what_works(colordesk: Command) -> None:
    make_model(user_models_dir() / "nan.onnx", id="nan", ab=(float("nan"), 0))
    answer = colordesk("doctor")
    assert answer.code == 0
    for expected in (
        package.__version__,
        r"device cpu:0 +works: CPU",
        r"model tiny +works",
        r"model nan .*not finite",
        r"colours kept of films +0 MB in ",
        r"colorizing +works, with colordesk-base",
    ):
        assert re.search(expected, answer.out), expected


def test_without_a_display_the_window_is_refused_in_words(
    process: Callable[..., subprocess.Popen[str]],
) -> None:
    child = process("photo.jpg", QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="")
    _, err = child.communicate(timeout=60)
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux can lack a display")
    assert child.returncode == 1
    assert "There is no display here" in err
    assert "Traceback" not in err


def test_nothing_is_left_in_the_home_of_the_person_and_nobody_is_told(own_home: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if "TELEMETRY" not in key}
    done = subprocess.run(
        [sys.executable, "-m", "colordesk", "models", "verify"],
        capture_output=True,
        check=False,
        cwd=Path(__file__).parents[2],
        env=environment,
    )
    assert done.returncode == 0
    assert [path for path in own_home.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    "arguments", [["--nonsense"], ["photo.jpg", "--strength", "3"], ["models", "x"]]
)
def test_what_is_no_command_is_wrong_usage(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["colordesk", *arguments])
    assert main() == 2


def test_an_internal_error_is_told_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> int:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("colordesk.cli.doctor.examine", fail)
    monkeypatch.setattr(sys, "argv", ["colordesk", "doctor"])
    assert main() == 1
    assert "ZeroDivisionError: a bug" in capsys.readouterr().err
