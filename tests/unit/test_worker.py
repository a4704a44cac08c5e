"""The process for models may be killed at any time: nobody waits for it in vain."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from colordesk.edit import Edit
from colordesk.inference import worker as module
from colordesk.inference.colorizer import Colorizer
from colordesk.inference.device import Device, WorkerDied
from colordesk.inference.library import Library, Model
from colordesk.inference.manifest import ModelError
from colordesk.inference.session import Session
from colordesk.inference.worker import Worker
from colordesk.photo import Photo
from colordesk.render import Renderer
from colordesk.settings import Settings
from colordesk.task import Task
from tests.models import make_model

posix = pytest.mark.skipif(os.name != "posix", reason="signals end processes on POSIX only")
RAMP = np.linspace(0, 100, 48 * 64, dtype=np.float32).reshape(48, 64)


@pytest.fixture(scope="module")
def shared() -> Iterator[Worker]:
    """A worker for tests that leave it as it is; starting one takes a second."""
    worker = Worker()
    yield worker
    worker.close()


@pytest.fixture
def own() -> Iterator[Worker]:
    """A worker for tests that end it."""
    worker = Worker()
    yield worker
    worker.close()


@pytest.fixture
def model(tmp_path: Path) -> Model:
    return Library([]).get(str(make_model(tmp_path / "m.onnx", slope=(0.4, -0.2))))


def colorizer(worker: Worker, model: Model) -> Colorizer:
    return Colorizer(model, "cpu", threads=1, open_model=worker.open)


def kill_in_the_middle(patch: pytest.MonkeyPatch, times: int) -> list[int]:
    """Let the process die of the next questions to run a model; return the numbers of the dead."""
    dead: list[int] = []
    send = module._Process.send

    def deadly(self: module._Process, what: object) -> None:
        if not isinstance(what, module._Run) or len(dead) == times:
            send(self, what)
            return
        assert self.pid is not None
        os.kill(self.pid, signal.SIGSTOP)  # it never comes to an answer
        send(self, what)
        os.kill(self.pid, signal.SIGKILL)
        dead.append(self.pid)

    patch.setattr(module._Process, "send", deadly)
    return dead


def test_the_answers_are_those_of_a_session(shared: Worker, tmp_path: Path) -> None:
    path = make_model(tmp_path / "hints.onnx", slope=(0.4, -0.2), hints=True, features=True)
    opened = Library([]).get(str(path))
    here = Session(opened, "cpu", threads=1)
    there = shared.open(opened, "cpu", gpu_memory_mb=None, threads=1)
    hints = np.zeros((3, 48, 64), np.float32)
    hints[:, 5:9, 7:20] = np.array([30, -40, 1], np.float32)[:, None, None]
    assert (there.device, there.fallback) == (Device("cpu", 0, "CPU (1 thread)"), None)
    for lightness in (RAMP, RAMP.T[:31], np.tile(RAMP, (9, 9)), RAMP):  # memory grows, is reused
        np.testing.assert_array_equal(there.run(lightness), here.run(lightness))
    np.testing.assert_array_equal(there.run(RAMP, hints), here.run(RAMP, hints))
    np.testing.assert_array_equal(there.features(RAMP), here.features(RAMP))


def test_without_shared_memory_the_answers_are_the_same(
    shared: Worker, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module._Process, "memory", lambda self, size: None)
    there = shared.open(model, "cpu", gpu_memory_mb=None, threads=1)
    here = Session(model, "cpu", threads=1)
    np.testing.assert_array_equal(there.run(RAMP), here.run(RAMP))


def test_errors_come_back_as_they_are(shared: Worker, tmp_path: Path) -> None:
    bad = tmp_path / "bad.onnx"
    make_model(bad, output_channels=3)
    with pytest.raises(ModelError) as caught:
        shared.open(Library([]).get(str(bad)), "cpu", gpu_memory_mb=None, threads=1)
    assert caught.value.path == bad
    not_finite = Library([]).get(str(make_model(tmp_path / "nan.onnx", ab=(float("nan"), 0))))
    there = shared.open(not_finite, "cpu", gpu_memory_mb=None, threads=1)
    with pytest.raises(ModelError, match="not finite"):
        there.run(RAMP)


def test_a_whole_photo_is_rendered_the_same(shared: Worker, tmp_path: Path) -> None:
    make_model(tmp_path / "tiny.onnx")
    photo = Photo(np.tile(np.arange(0, 240, 2, dtype=np.uint8)[:, None, None], (1, 90, 1)))
    settings = Settings(device="cpu", threads=1)
    here = Renderer(Library([tmp_path]), settings).render(photo, Edit(), Task())
    renderer = Renderer(Library([tmp_path]), settings, shared.open)
    np.testing.assert_array_equal(renderer.render(photo, Edit(), Task()).pixels, here.pixels)
    assert renderer.device == Device("cpu", 0, "CPU (1 thread)")


@posix
def test_a_process_that_was_killed_while_idle_is_started_again_silently(
    own: Worker, model: Model
) -> None:
    there = colorizer(own, model)
    first = there.colorize(RAMP, Task())
    pid = own.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    while own._process is not None and own._process.alive:
        time.sleep(0.01)
    np.testing.assert_array_equal(there.colorize(RAMP, Task()), first)
    assert own.pid not in (None, pid)
    assert there.notices == ()


@posix
def test_a_process_that_is_killed_at_work_is_started_again_and_the_photo_done(
    own: Worker, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = colorizer(own, model)
    first = there.colorize(RAMP, Task())
    dead = kill_in_the_middle(monkeypatch, times=1)
    np.testing.assert_array_equal(there.colorize(RAMP, Task()), first)
    assert own.pid not in (None, *dead)
    (notice,) = there.notices
    assert "memory" in notice
    assert "started again" in notice


@posix
def test_a_photo_that_kills_twice_is_given_up_and_the_next_one_works(
    own: Worker, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = colorizer(own, model)
    first = there.colorize(RAMP, Task())
    dead = kill_in_the_middle(monkeypatch, times=2)
    with pytest.raises(WorkerDied) as error:
        there.colorize(RAMP, Task())
    assert error.value.killed
    assert len(set(dead)) == 2
    np.testing.assert_array_equal(there.colorize(RAMP, Task()), first)


def test_a_model_that_is_needed_no_more_is_closed(own: Worker, model: Model) -> None:
    one = own.open(model, "cpu", gpu_memory_mb=None, threads=1)
    two = own.open(model, "cpu", gpu_memory_mb=None, threads=1)
    del one
    gc.collect()
    assert own._unused == [0]
    two.run(RAMP)
    assert own._unused == []


def test_where_no_process_can_be_had_the_model_runs_here(
    model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: object) -> None:
        raise PermissionError("no process today")

    monkeypatch.setattr(module._Process, "__init__", fail)
    opened = Worker().open(model, "cpu", gpu_memory_mb=None, threads=1)
    assert isinstance(opened, Session)


@posix
def test_nothing_is_left_when_the_program_is_killed(model: Model) -> None:
    script = (
        "import sys, time\n"
        "from colordesk.inference.library import Library\n"
        "from colordesk.inference.worker import Worker\n"
        "worker = Worker()\n"
        "worker.open(Library([]).get(sys.argv[1]), 'cpu', gpu_memory_mb=None, threads=1)\n"
        "assert 'onnxruntime' not in sys.modules\n"
        "print(worker.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(model.path)], stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        pid = int(program.stdout.readline())
        program.kill()
    end = time.monotonic() + 20
    while is_running(pid) and time.monotonic() < end:
        time.sleep(0.02)
    assert not is_running(pid)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat")
        return not state.exists() or state.read_text(encoding="utf-8").split()[2] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False
