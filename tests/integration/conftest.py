"""A person's machine with one tiny model installed, and pictures of every sort to throw at it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest

from colordesk.cli.app import run_command
from colordesk.inference.device import open_here
from colordesk.paths import user_models_dir
from tests.models import make_model


@dataclass(frozen=True)
class Answer:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def written(self) -> list[Path]:
        return [Path(line) for line in self.out.splitlines()]


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return make_model(tmp_path_factory.mktemp("model") / "tiny.onnx").read_bytes()


@pytest.fixture
def folder(
    tmp_path: Path, own_home: Path, tiny_model: bytes, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """The folder one stands in; the only model that is not bundled is `tiny`."""
    user_models_dir().mkdir(parents=True)
    (user_models_dir() / "tiny.onnx").write_bytes(tiny_model)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def colordesk(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Answer]:
    """Runs a command, models and all, in this process, which is the same but faster."""
    for command in ("colorize", "video"):
        monkeypatch.setattr(f"colordesk.cli.{command}.opener", lambda settings, worker: open_here)

    def call(*arguments: str | Path) -> Answer:
        capfd.readouterr()
        code = run_command([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return Answer(code, out, err)

    return call


@pytest.fixture
def process(folder: Path) -> Callable[..., subprocess.Popen[str]]:
    """Starts the program as a person does."""

    def start(*arguments: str | Path, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "colordesk", *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="surrogateescape",
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **environment},
        )

    return start


def picture(path: Path, side: int = 48) -> Path:
    """A gray photo with some drawing, in the format that its suffix says."""
    ramp = np.linspace(40, 210, side, dtype=np.uint8)
    ok, data = cv2.imencode(path.suffix, np.add.outer(ramp // 2, ramp // 2))
    assert ok
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.tobytes())
    return path
