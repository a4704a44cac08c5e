"""Opening models on devices: the contract, and what is said when something is missing."""

from __future__ import annotations

import ctypes
import threading
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest
from onnx import TensorProto

from colordesk.inference import cuda
from colordesk.inference import session as module
from colordesk.inference.device import Device, DeviceError, OutOfMemory
from colordesk.inference.library import Library
from colordesk.inference.manifest import ModelError
from colordesk.inference.session import Session, probe_devices
from tests.models import make_model

RAMP = np.linspace(0, 100, 16 * 24, dtype=np.float32).reshape(16, 24)


def opened(path: Path, device: str = "cpu", **options: int) -> Session:
    return Session(Library([]).get(str(path)), device, **options)


def test_ab_of_lightness(tmp_path: Path) -> None:
    session = opened(make_model(tmp_path / "m.onnx", ab=(5, -7), slope=(0.5, 0)))
    ab = session.run(RAMP)
    assert ab.dtype == np.float32
    np.testing.assert_allclose(ab[0], 5 + 0.5 * (RAMP - 50), atol=1e-4)
    np.testing.assert_allclose(ab[1], -7)


def test_hints_are_fed_and_are_empty_when_none_are_given(tmp_path: Path) -> None:
    session = opened(make_model(tmp_path / "m.onnx", ab=(5, -7), hints=True))
    np.testing.assert_allclose(session.run(RAMP)[0], 5)
    hints = np.zeros((3, 16, 24), np.float32)
    hints[:, 3, 4] = 40, 50, 1
    ab = session.run(RAMP, hints=hints)
    assert ab[:, 3, 4].tolist() == [40, 50]
    assert ab[:, 3, 5].tolist() == [5, -7]


def test_temperature_is_fed_and_has_the_usual_value(tmp_path: Path) -> None:
    session = opened(make_model(tmp_path / "m.onnx", ab=(10, 0), temperature=True))
    np.testing.assert_allclose(session.run(RAMP)[0], 3.8, atol=1e-5)
    np.testing.assert_allclose(session.run(RAMP, temperature=1)[0], 10)


def test_inputs_that_the_model_lacks_are_refused(tmp_path: Path) -> None:
    session = opened(make_model(tmp_path / "m.onnx"))
    with pytest.raises(ValueError, match="manifest"):
        session.run(RAMP, hints=np.zeros((3, 16, 24), np.float32))
    with pytest.raises(ValueError, match="manifest"):
        session.run(RAMP, temperature=0.5)


def test_features_tell_things_apart(tmp_path: Path) -> None:
    found = opened(make_model(tmp_path / "m.onnx", features=True, hints=True)).features(RAMP)
    assert found.shape == (11, 4, 6)
    assert found[:, 0, 0].argmax() == 1
    assert found[:, 3, 5].argmax() == 9
    with pytest.raises(ValueError, match="manifest"):
        opened(make_model(tmp_path / "none.onnx")).features(RAMP)


@pytest.mark.parametrize(
    ("breach", "clause"),
    [
        ({"input_name": "gray"}, "gray into ab"),
        ({"output_name": "rgb"}, "L into rgb"),
        ({"input_shape": ("N", "H", "W")}, "N x 1 x H x W"),
        ({"input_shape": ("N", 2, "H", "W")}, "N x 1 x H x W"),
        ({"input_shape": (1, 1, 256, 256)}, "any H and W"),
        ({"input_shape": (4, 1, "H", "W")}, "N x 1 x H x W"),
        ({"input_type": TensorProto.DOUBLE}, r"tensor\(double\)"),
        ({"output_channels": 1}, "N x 2 x H x W"),
        ({"output_channels": 3}, "N x 2 x H x W"),
        ({"hints": True, "declare_hints": False}, "manifest says"),
        ({"hints": False, "declare_hints": True}, "manifest says"),
        ({"declare_features": True}, "no features"),
        ({"external_data": True}, "one file"),
    ],
)
def test_breaches_of_the_contract_are_refused(
    tmp_path: Path, breach: dict[str, object], clause: str
) -> None:
    path = make_model(tmp_path / "m.onnx", **breach)  # type: ignore[arg-type]
    with pytest.raises(ModelError, match=clause) as caught:
        opened(path)
    assert caught.value.path == path


@pytest.mark.parametrize(
    ("breach", "clause"),
    [
        ({"ab": (float("nan"), 0)}, "not finite"),
        ({"ab": (0, float("inf"))}, "not finite"),
        ({"shrink": 2}, "1 x 2 x 8 x 8 instead of 1 x 2 x 16 x 16"),
    ],
)
def test_wrong_answers_are_refused_by_a_test_run(
    tmp_path: Path, breach: dict[str, object], clause: str
) -> None:
    session = opened(make_model(tmp_path / "m.onnx", **breach))  # type: ignore[arg-type]
    with pytest.raises(ModelError, match=clause):
        session.test_run()


def test_a_test_run_respects_the_sizes_of_the_model(tmp_path: Path) -> None:
    session = opened(make_model(tmp_path / "m.onnx", multiple=32))
    session.test_run()
    with pytest.raises(ModelError, match="picture of 24 x 16"):
        session.run(RAMP)


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.95])
def test_a_damaged_network_is_one_clear_clause(tmp_path: Path, keep: float) -> None:
    path = make_model(tmp_path / "m.onnx")
    model = Library([]).get(str(path))
    path.write_bytes(path.read_bytes()[: int(keep * path.stat().st_size)])
    with pytest.raises(ModelError, match=r"^\(.*ONNX|cannot open it") as caught:
        Session(model, "cpu")
    assert "\n" not in caught.value.problem


def test_a_file_that_vanished(tmp_path: Path) -> None:
    path = make_model(tmp_path / "m.onnx")
    model = Library([]).get(str(path))
    path.unlink()
    with pytest.raises(ModelError, match="cannot be read"):
        Session(model, "cpu")


def test_nothing_reaches_the_terminal(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    opened(make_model(tmp_path / "m.onnx", hints=True), "auto").run(RAMP)
    with pytest.raises(ModelError):
        opened(make_model(tmp_path / "n.onnx", multiple=8)).run(RAMP[:, :23])
    assert capfd.readouterr() == ("", "")


def test_the_device_says_what_computes(tmp_path: Path) -> None:
    path = make_model(tmp_path / "m.onnx")
    assert opened(path, threads=1).device == Device("cpu", 0, "CPU (1 thread)")
    assert opened(path, threads=3).device.label == "CPU (3 threads)"
    assert opened(path).device.kind == "cpu"


@pytest.mark.parametrize("device", ["gpu", "cuda:", "cuda:-1", "CPU", "", "cuda:x"])
def test_unknown_devices(tmp_path: Path, device: str) -> None:
    with pytest.raises(DeviceError, match="auto, cpu, cuda") as caught:
        opened(make_model(tmp_path / "m.onnx"), device)
    assert caught.value.wanted == device


class Machine:
    """What the machine has, as the session finds out."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch = monkeypatch

    def has(self, gpus: list[str], problem: str = "", missing: tuple[str, ...] = ()) -> None:
        self._patch.setattr(cuda, "find_gpus", lambda: (gpus, problem))
        self._patch.setattr(cuda, "gpu_seems_present", lambda: True)
        self._patch.setattr(module, "_preload_cuda", lambda: missing)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(monkeypatch)


def test_cuda_by_name_is_an_error_where_it_is_not(tmp_path: Path, machine: Machine) -> None:
    path = make_model(tmp_path / "m.onnx")
    machine.has([], "no NVIDIA driver is installed")
    with pytest.raises(DeviceError, match="no NVIDIA driver") as caught:
        opened(path, "cuda")
    assert caught.value.wanted == "cuda"
    machine.has(["NVIDIA A"])
    with pytest.raises(DeviceError, match="no GPU 1, only NVIDIA A"):
        opened(path, "cuda:1")


def test_auto_says_why_a_gpu_is_not_used(tmp_path: Path, machine: Machine) -> None:
    machine.has([], "the NVIDIA driver finds no usable GPU (CUDA error 999)")
    session = opened(make_model(tmp_path / "m.onnx"), "auto")
    assert session.device.kind == "cpu"
    assert session.fallback == "the NVIDIA driver finds no usable GPU (CUDA error 999)"


def test_auto_is_silent_where_there_is_no_gpu(
    tmp_path: Path, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.has([], "no NVIDIA driver is installed")
    monkeypatch.setattr(cuda, "gpu_seems_present", lambda: False)
    assert opened(make_model(tmp_path / "m.onnx"), "auto").fallback is None


class CpuOnly:
    """An onnxruntime session that silently lacks CUDA, as on a machine without its libraries."""

    def __init__(self, real: object) -> None:
        self._real = real

    def get_providers(self) -> list[str]:
        return ["CPUExecutionProvider"]

    def __getattr__(self, name: str) -> object:
        return getattr(self._real, name)


class Driver:
    """libcuda as ctypes shows it: functions that return an error code and fill references."""

    def __init__(self, names: list[str], start: int = 0) -> None:
        self._names, self._start = names, start

    def cuInit(self, flags: int) -> int:  # noqa: N802 - the driver's own name
        return self._start

    def cuDeviceGetCount(self, count: Any) -> int:  # noqa: N802
        count._obj.value = len(self._names)
        return 0

    def cuDeviceGet(self, device: Any, index: int) -> int:  # noqa: N802
        device._obj.value = 10 + index
        return 0

    def cuDeviceGetName(self, name: Any, size: int, device: Any) -> int:  # noqa: N802
        found = self._names[device.value - 10]
        name.value = found.encode()
        return 0 if found else 1


@pytest.mark.parametrize(
    ("driver", "names", "clause"),
    [
        (Driver(["NVIDIA A", "NVIDIA B"]), ["NVIDIA A", "NVIDIA B"], ""),
        (Driver(["NVIDIA A", ""]), ["NVIDIA A", "GPU 1"], ""),
        (Driver([]), [], "the NVIDIA driver finds no GPU"),
        (Driver(["A"], start=999), [], "the NVIDIA driver finds no usable GPU (CUDA error 999)"),
    ],
)
def test_what_the_driver_says(
    monkeypatch: pytest.MonkeyPatch, driver: Driver, names: list[str], clause: str
) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda name: driver)
    assert cuda.find_gpus() == (names, clause)
    assert cuda.gpu_seems_present() or not names


def test_no_driver_is_said_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise OSError(name)

    monkeypatch.setattr(ctypes, "CDLL", missing)
    names, clause = cuda.find_gpus()
    assert names == []
    assert "no NVIDIA driver is installed" in clause


def test_a_silent_fallback_of_onnxruntime_is_noticed(
    tmp_path: Path, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = onnxruntime.InferenceSession

    def without_cuda(model: object, options: object, **rest: object) -> CpuOnly:
        return CpuOnly(real(model, options, providers=["CPUExecutionProvider"]))

    monkeypatch.setattr(onnxruntime, "InferenceSession", without_cuda)
    path = make_model(tmp_path / "m.onnx")
    machine.has(["NVIDIA A"], missing=("/usr/lib/libcudnn.so.9",))
    with pytest.raises(DeviceError, match=r"CUDA libraries.*libcudnn\.so\.9 missing"):
        opened(path, "cuda")
    session = opened(path, "auto")
    assert session.device.kind == "cpu"
    assert session.fallback is not None
    assert "libcudnn.so.9" in session.fallback
    cpu, gpu = probe_devices()
    assert isinstance(cpu, Device)
    assert isinstance(gpu, DeviceError)
    assert gpu.wanted == "cuda:0"


def test_probing_finds_the_cpu_and_says_why_not_cuda(machine: Machine) -> None:
    machine.has([], "no NVIDIA driver is installed")
    cpu, gpu = probe_devices()
    assert isinstance(cpu, Device)
    assert cpu.kind == "cpu"
    assert isinstance(gpu, DeviceError)
    assert gpu.problem == "no NVIDIA driver is installed"


def test_probing_this_machine_ends_in_devices_or_reasons() -> None:
    for found in probe_devices():
        assert found.label if isinstance(found, Device) else found.problem


def test_the_probe_is_a_network_that_runs() -> None:
    probe = onnxruntime.InferenceSession(module._PROBE, module.options(1))
    (answer,) = probe.run(None, {"x": np.ones((1, 1, 8, 8), np.float32)})
    assert answer[0, 0, 4, 4] == pytest.approx(1)


@pytest.mark.parametrize(
    "message",
    [
        "[ONNXRuntimeError] : 6 : RUNTIME_EXCEPTION : Failed to allocate memory for requested "
        "buffer of size 8388608000",
        "CUDA failure 2: out of memory ; GPU=0",
        "std::bad_alloc",
        "CUDNN failure 4: CUDNN_STATUS_ALLOC_FAILED",
    ],
)
def test_lack_of_memory_is_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, message: str
) -> None:
    session = opened(make_model(tmp_path / "m.onnx"))

    class Failing:
        def run(self, names: object, feed: object) -> None:
            raise RuntimeError(message)

    monkeypatch.setattr(session, "_session", Failing())
    with pytest.raises(OutOfMemory) as caught:
        session.run(RAMP)
    assert (caught.value.width, caught.value.height) == (24, 16)


def test_threads_take_turns(tmp_path: Path) -> None:
    session = opened(make_model(tmp_path / "m.onnx", slope=(1, 1), ab=(0, 0)))
    answers: dict[int, float] = {}

    def ask(value: int) -> None:
        answers[value] = float(session.run(np.full((64, 64), value, np.float32)).mean())

    threads = [threading.Thread(target=ask, args=(value,)) for value in range(40, 60)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {value: value - 50 for value in range(40, 60)}
