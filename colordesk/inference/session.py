"""One opened model that answers `L -> ab`: the only door to onnxruntime.

Hides providers, their options and their silences: onnxruntime lists CUDA on machines without a
GPU and falls back to the CPU with a mere log line; here what really computes is compared with
what was asked for, and said.
Invariant: a Session that exists keeps the contract's types and ranks; every answer is finite and
of the size of the question.
"""

from __future__ import annotations

import base64
import contextlib
import functools
import io
import re
import threading
from typing import TYPE_CHECKING, Any

import numpy as np
import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as _states

from colordesk.inference import cuda
from colordesk.inference.device import Device, DeviceError, OutOfMemory
from colordesk.inference.library import Model
from colordesk.inference.manifest import ModelError, has_external_data
from colordesk.strips import cpu_threads

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CUDA = "CUDAExecutionProvider"
_CPU = "CPUExecutionProvider"
_SILENT = 4  # only what ends the program; the rest is raised or asked for, and told to the person
_MOST_FEATURES = 512  # channels; what is kept of a place must stay small
_ANNEALED_MEAN_TEMPERATURE = 0.38  # Zhang, Isola and Efros 2016, section 2.3
FAILURES: tuple[type[Exception], ...] = (
    _states.EPFail,
    _states.EngineError,
    _states.Fail,
    _states.InvalidArgument,
    _states.InvalidGraph,
    _states.InvalidProtobuf,
    _states.NoModel,
    _states.NoSuchFile,
    _states.NotImplemented,
    _states.RuntimeException,
    RuntimeError,
    ValueError,
)
"""What onnxruntime raises where a file or a run is not good."""
_OUT_OF_MEMORY = re.compile(
    r"failed to allocate|out of memory|bad_alloc|bad allocation|ALLOC_FAILED|not enough memory",
    re.IGNORECASE,
)
# A 3 x 3 convolution, so that a probe needs cuDNN as a real network does (onnx.helper, opset 13).
_PROBE = base64.b64decode(
    "CAg6lgEKIgoBeAoBdxIBeSIEQ29udioRCgRwYWRzQAFAAUABQAGgAQcSAXAqMwgBCAEIAwgDEAFCAXdKJDmO4z05"
    "juM9OY7jPTmO4z05juM9OY7jPTmO4z05juM9OY7jPVobCgF4EhYKFAgBEhAKAggBCgIIAQoCCAgKAggIYhsKAXkS"
    "FgoUCAESEAoCCAEKAggBCgIICAoCCAhCBAoAEA0="
)

onnxruntime.set_default_logger_severity(_SILENT)


class Session:
    """A model opened on a device; safe to use from several threads, which then wait in turn.

    Args:
        model: the file.
        device: auto, cpu, cuda or cuda:N. auto takes CUDA if it works, else the CPU.
        gpu_memory_mb: upper limit of GPU memory; None means no limit.
        threads: CPU threads; None means all cores.

    Raises:
        ModelError: the file is damaged, or breaks the `L -> ab` contract.
        DeviceError: CUDA was asked for by name and cannot be had.
    """

    model: Model
    device: Device
    """What really computes."""
    fallback: str | None
    """Why auto did not get CUDA although there is a GPU; one plain clause."""

    def __init__(
        self,
        model: Model,
        device: str = "auto",
        *,
        gpu_memory_mb: int | None = None,
        threads: int | None = None,
    ) -> None:
        self.model = model
        self.fallback = None
        self._lock = threading.Lock()
        kind, index = _parse(device)
        threads = threads or cpu_threads()
        try:
            if has_external_data(model.path):
                raise ModelError(model.path, "its weights lie in other files, it must be one file")
        except OSError as error:
            raise ModelError(model.path, f"it cannot be read ({error.strerror})") from error

        opened: onnxruntime.InferenceSession | None = None
        if kind != "cpu":
            opened, name_or_problem = self._open_cuda(index, gpu_memory_mb, threads)
            if opened is not None:
                self.device = Device("cuda", index, f"{name_or_problem} (CUDA)")
            elif kind == "cuda":
                raise DeviceError(device, name_or_problem)
            elif cuda.gpu_seems_present():
                self.fallback = name_or_problem
        if opened is None:
            opened = self._open([_CPU], threads)
            plural = "s" if threads > 1 else ""
            self.device = Device("cpu", 0, f"CPU ({threads} thread{plural})")
        self._session = opened
        self._temperature_shape = self._check_contract()

    def run(
        self,
        lightness: NDArray[np.float32],
        hints: NDArray[np.float32] | None = None,
        temperature: float | None = None,
    ) -> NDArray[np.float32]:
        """Return ab, 2 x H x W, of lightness.

        Args:
            lightness: L* in [0, 100], H x W, both sides as the manifest's size wants them.
            hints: a, b and mask, 3 x H x W, for a model that takes them; None means no hint.
            temperature: of the annealed mean, for a model that takes it; None means the usual.

        Raises:
            ModelError: the network fails, or its answer breaks the contract.
            OutOfMemory: the device has too little memory for this size.
        """
        height, width = lightness.shape
        inputs = self.model.manifest.inputs
        if (hints is not None and "hints" not in inputs) or (
            temperature is not None and "temperature" not in inputs
        ):
            raise ValueError("the model does not take this input; its manifest says so")
        ab = self._ask("ab", self._feed(lightness, hints, temperature), width, height)
        if ab.shape != (1, 2, height, width):
            raise self._problem(
                f"it answers with {_size(ab.shape)} instead of {_size((1, 2, height, width))}"
            )
        answer: NDArray[np.float32] = ab[0]
        return answer

    def features(self, lightness: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return what the network knows of each place, F x h x w; h x w are even cells over it.

        Args:
            lightness: as of `run`, for a model whose manifest declares `features`.

        Raises:
            ModelError: the network fails, or its answer breaks the contract.
            OutOfMemory: the device has too little memory for this size.
        """
        if "features" not in self.model.manifest.outputs:
            raise ValueError("the model gives no features; its manifest says so")
        height, width = lightness.shape
        found = self._ask("features", self._feed(lightness), width, height)
        if not (
            found.ndim == 4
            and found.shape[0] == 1
            and 1 <= found.shape[1] <= _MOST_FEATURES
            and 1 <= found.shape[2] <= height
            and 1 <= found.shape[3] <= width
        ):
            raise self._problem(f"its features are {_size(found.shape)}, not 1 x F x h x w")
        answer: NDArray[np.float32] = found[0]
        return answer

    def test_run(self) -> None:
        """Try the network on a small picture and on one that is no square.

        Raises:
            ModelError: it fails, or its answer breaks the contract.
        """
        size = self.model.manifest.size
        side = -(-size.min // size.multiple) * size.multiple
        for height, width in ((side, side), (side, side + size.multiple)):
            ramp = np.linspace(0, 100, height * width, dtype=np.float32)
            self.run(ramp.reshape(height, width))

    def _feed(
        self,
        lightness: NDArray[np.float32],
        hints: NDArray[np.float32] | None = None,
        temperature: float | None = None,
    ) -> dict[str, NDArray[np.float32]]:
        """Return all inputs that the graph takes; the usual value for what is not given."""
        feed = {"L": np.ascontiguousarray(lightness, np.float32)[None, None]}
        inputs = self.model.manifest.inputs
        if "hints" in inputs:
            given = np.zeros((3, *lightness.shape), np.float32) if hints is None else hints
            feed["hints"] = np.ascontiguousarray(given, np.float32)[None]
        if "temperature" in inputs:
            value = _ANNEALED_MEAN_TEMPERATURE if temperature is None else temperature
            feed["temperature"] = np.full(self._temperature_shape, value, np.float32)
        return feed

    def _ask(
        self, output: str, feed: dict[str, NDArray[np.float32]], width: int, height: int
    ) -> NDArray[np.float32]:
        """Return one output, made of finite numbers."""
        try:
            with self._lock:
                (answer,) = self._session.run([output], feed)
        except MemoryError as error:
            raise OutOfMemory(self.device.label, width, height) from error
        except FAILURES as error:
            if _OUT_OF_MEMORY.search(str(error)):
                raise OutOfMemory(self.device.label, width, height) from error
            raise self._problem(
                f"it fails on a picture of {width} x {height} ({clause(error)})"
            ) from error
        found: NDArray[np.float32] = answer
        if not np.isfinite(found).all():
            raise self._problem("it answers with numbers that are not finite")
        return found

    def _open(self, providers: list[Any], threads: int) -> onnxruntime.InferenceSession:
        try:
            return onnxruntime.InferenceSession(
                str(self.model.path), options(threads), providers=providers, enable_fallback=0
            )
        except MemoryError as error:
            raise self._problem("there is not enough memory to open it") from error
        except FAILURES as error:
            raise self._problem(f"onnxruntime cannot open it ({clause(error)})") from error

    def _open_cuda(
        self, index: int, memory_mb: int | None, threads: int
    ) -> tuple[onnxruntime.InferenceSession | None, str]:
        """Return a session on a GPU and the GPU's name, or None and the problem."""
        gpus, problem = _find_gpus()
        if problem:
            return None, problem
        if index >= len(gpus):
            return None, f"there is no GPU {index}, only {_listed(gpus)}"
        missing = _preload_cuda()
        providers = [(_CUDA, _cuda_options(index, memory_mb)), _CPU]
        opened = self._open(providers, threads)
        if _CUDA not in opened.get_providers():
            return None, _not_loaded(missing)
        return opened, gpus[index]

    def _check_contract(self) -> list[int]:
        """Check names, types and ranks of the graph; return the shape of `temperature`."""
        inputs = {i.name: i for i in self._session.get_inputs()}
        inputs |= {i.name: i for i in self._session.get_overridable_initializers()}
        outputs = {o.name: o for o in self._session.get_outputs()}
        if "L" not in inputs or "ab" not in outputs:
            raise self._problem(
                f"it turns {_listed(list(inputs))} into {_listed(list(outputs))}, "
                "a ColorDesk model turns L into ab"
            )
        declared = {"L", *self.model.manifest.inputs}
        if set(inputs) != declared:
            raise self._problem(
                f"its inputs are {_listed(sorted(inputs))}, "
                f"its manifest says {_listed(sorted(declared))}"
            )
        wanted = [(inputs["L"], 1), (outputs["ab"], 2)]
        if "hints" in inputs:
            wanted.append((inputs["hints"], 3))
        for node, channels in wanted:
            if node.type != "tensor(float)" or not _fits(node.shape, channels):
                raise self._problem(
                    f"its {node.name} is {node.type} {_size(node.shape)}, "
                    f"the contract wants tensor(float) N x {channels} x H x W of any H and W"
                )
        if "features" in self.model.manifest.outputs:
            node = outputs.get("features")
            if node is None or node.type != "tensor(float)" or len(node.shape) != 4:
                raise self._problem(
                    "it has no features of tensor(float) N x F x h x w, as its manifest says"
                )
        if "temperature" not in inputs:
            return []
        return [side if isinstance(side, int) else 1 for side in inputs["temperature"].shape]

    def _problem(self, problem: str) -> ModelError:
        return ModelError(self.model.path, problem)


def _fits(shape: list[int | str | None], channels: int) -> bool:
    """Whether a shape of the graph is N x channels x H x W; a size may be fixed, named or open."""
    if len(shape) != 4:
        return False
    batch, given, height, width = shape
    fixed = [side for side in (height, width) if isinstance(side, int)]
    return (
        not fixed
        and (not isinstance(batch, int) or batch == 1)
        and (not isinstance(given, int) or given == channels)
    )


def probe_devices() -> list[Device | DeviceError]:
    """Return every device, each tried with a tiny network, or why it cannot compute."""
    found: list[Device | DeviceError] = [Device("cpu", 0, f"CPU ({cpu_threads()} threads)")]
    gpus, problem = _find_gpus()
    if problem:
        return [*found, DeviceError("cuda", problem)]
    missing = _preload_cuda()
    for index, name in enumerate(gpus):
        wanted = f"cuda:{index}"
        try:
            session = onnxruntime.InferenceSession(
                _PROBE,
                options(1),
                providers=[(_CUDA, _cuda_options(index, None)), _CPU],
                enable_fallback=0,
            )
            if _CUDA not in session.get_providers():
                found.append(DeviceError(wanted, _not_loaded(missing)))
                continue
            session.run(None, {"x": np.zeros((1, 1, 8, 8), np.float32)})
        except FAILURES as error:
            found.append(DeviceError(wanted, f"{name} fails ({clause(error)})"))
        else:
            found.append(Device("cuda", index, f"{name} (CUDA)"))
    return found


def _parse(device: str) -> tuple[str, int]:
    match = re.fullmatch(r"(auto|cpu|cuda)|cuda:(\d{1,2})", device)
    if match is None:
        raise DeviceError(device, "it must be auto, cpu, cuda or cuda:N")
    return match[1] or "cuda", int(match[2] or 0)


def options(threads: int) -> onnxruntime.SessionOptions:
    """Return options of a session on so many threads."""
    chosen = onnxruntime.SessionOptions()
    chosen.log_severity_level = _SILENT
    chosen.intra_op_num_threads = threads
    chosen.inter_op_num_threads = 1
    # threads that wait by spinning would burn the cores just when strips of pixels need them
    chosen.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return chosen


def _cuda_options(index: int, memory_mb: int | None) -> dict[str, str]:
    options = {
        "device_id": str(index),
        # every photo has another shape: an exhaustive search for each would cost seconds
        "cudnn_conv_algo_search": "HEURISTIC",
        "arena_extend_strategy": "kSameAsRequested",
    }
    if memory_mb is not None:
        options["gpu_mem_limit"] = str(memory_mb * 2**20)
    return options


def _find_gpus() -> tuple[list[str], str]:
    """Return the names of all GPUs by index, or a clause that says why there is none to use."""
    if _CUDA not in onnxruntime.get_available_providers():
        return [], "this build of onnxruntime has no CUDA"
    # the driver is asked first: without one, onnxruntime would complain aloud
    return cuda.find_gpus()


@functools.cache
def _preload_cuda() -> tuple[str, ...]:
    """Load the CUDA libraries that come from the package index; return those that are missing."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.suppress(RuntimeError, OSError):
        onnxruntime.preload_dlls()
    return tuple(dict.fromkeys(re.findall(r"Failed to load (\S+?):", said.getvalue())))


def _not_loaded(missing: tuple[str, ...]) -> str:
    if missing:
        names = _listed([re.split(r"[/\\]", name)[-1] for name in missing])
        return f"the CUDA libraries cannot be loaded ({names} missing)"
    return "onnxruntime cannot load its CUDA or cuDNN libraries"


def clause(error: Exception) -> str:
    """Return the first line of onnxruntime's message without its code and the path."""
    first = (str(error).strip().splitlines() or [type(error).__name__])[0]
    first = re.sub(r"^\[ONNXRuntimeError\] : \d+ : [A-Z_]+ : ", "", first)
    return re.sub(r"^Load model from .* failed: ?", "", first)[:200]


def _listed(names: list[str]) -> str:
    return ", ".join(names) or "nothing"


def _size(shape: Any) -> str:
    return " x ".join(str(side) for side in shape) or "of no rank"
