from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from colordesk_training import export
from colordesk_training.checkpoint import Checkpoint, load_checkpoint, save_checkpoint
from colordesk_training.cli import main
from colordesk_training.diary import Diary
from colordesk_training.objective import make_objective
from colordesk_training.recipe import read_recipe

TINY = ["--set", "options.hidden=[8]", "--set", "data.batch_size=2", "--set", "data.min_chroma=0"]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stop:
        main(list(arguments))
    shown = capsys.readouterr()
    code = stop.value.code
    return (code if isinstance(code, int) else 0), shown.out, shown.err


def test_list_shows_architectures_and_recipes(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "list")
    assert code == 0
    assert "colordesk-base" in out
    assert "debug" in out


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["train", "nothing", "--data", ".", "-o", "x"], 1, "there is no such recipe"),
        (["train", "debug", "--data", "missing", "-o", "x"], 1, "missing: it does not exist"),
        (["train", "debug", "-o", "x"], 2, "--data"),
        (["train", "debug", "--data", ".", "-o", "x", "--resume", "perhaps"], 2, "never"),
        (["reproduce", "002-tab1", "--data", "photos", "--model", "CNN=x.onnx"], 2, "Custom CNN"),
        (["train", "debug", "--data", "photos", "-o", "x"], 1, "--backbone-weights"),
        (["export", "missing.pt", "-o", "x.onnx"], 1, "missing.pt: it does not exist"),
        (["evaluate", "missing.onnx", "--data", "photos"], 1, "missing.onnx"),
        (["no-such-command"], 2, "no-such-command"),
    ],
)
def test_wrong_use_is_one_sentence(
    arguments: list[str],
    code: int,
    sentence: str,
    photo_folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(photo_folder.parent)
    found, _, err = run(capsys, *arguments)
    assert found == code
    assert sentence in err
    assert "Traceback" not in err
    assert not Path("x.onnx").exists()


@pytest.mark.skipif(os.name == "nt", reason="POSIX process groups")
def test_ctrl_c_reaches_every_process_and_leaves_a_checkpoint(
    photo_zip: Path, tmp_path: Path
) -> None:
    out = tmp_path / "run"
    overrides = ["--set", "data.workers=1", "--set", "run.log_every=1"]
    command = ["train", "mlp", "--data", str(photo_zip), "-o", str(out), *TINY, *overrides]
    program = f"from colordesk_training.cli import main; main({command!r})"
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    log = out / "log.csv"
    while process.poll() is None and not (log.exists() and log.read_text().count("\n") > 2):
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=300)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert load_checkpoint(out / "last.pt").step >= 2


@pytest.mark.filterwarnings("ignore::UserWarning")  # Fabric's advice about workers
def test_a_polite_kill_leaves_a_checkpoint(
    photo_zip: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = tmp_path / "run"
    monkeypatch.setattr(Diary, "learned", lambda *_, **facts: signal.raise_signal(signal.SIGTERM))
    overrides = ["--set", "data.workers=0", "--set", "run.log_every=2"]
    code, _, err = run(
        capsys, "train", "mlp", "--data", str(photo_zip), "-o", str(out), *TINY, *overrides
    )
    assert code == 130
    assert "goes on from here" in err
    assert load_checkpoint(out / "last.pt").step == 2


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_export_leaves_nothing(
    number: signal.Signals,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small = ["options.hidden=[8]"]
    recipe = read_recipe("mlp", small)
    weights = make_objective(recipe).network.state_dict()
    save_checkpoint(Checkpoint(recipe.text, small, 1, weights, weights), tmp_path / "last.pt")
    begun: list[str] = []

    def graph(*_: object) -> None:
        begun.extend(path.suffix for path in tmp_path.glob(".colordesk-*"))
        signal.raise_signal(number)

    monkeypatch.setattr(export, "_graph", graph)
    before = signal.getsignal(signal.SIGTERM)
    code, _, err = run(capsys, "export", str(tmp_path / "last.pt"), "-o", str(tmp_path / "m.onnx"))
    assert (code, err) == (130, "")
    assert begun == [".onnx"]
    assert [path.name for path in tmp_path.iterdir()] == ["last.pt"]
    assert signal.getsignal(signal.SIGTERM) == before
