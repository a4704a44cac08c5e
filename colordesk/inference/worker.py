"""Models in a process of their own: when the runtime crashes, only that process is gone.

Hides the process, its pipe and the shared memory through which pictures go. The process is started
when a model is first opened, and again at the next question after it has died; models that were
open are opened again.
Invariant: a question is answered, or raises; it never waits for a process that is no more.
"""

from __future__ import annotations

import contextlib
import itertools
import multiprocessing
import shutil
import signal
import sys
import threading
import weakref
from dataclasses import dataclass
from multiprocessing import connection, shared_memory
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from colordesk.inference.device import Device, Opener, OpenModel, WorkerDied, open_here

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

    from numpy.typing import NDArray

    from colordesk.inference.library import Model
    from colordesk.inference.session import Session
    from colordesk.settings import Settings

_READY = "ready"
_START_SECONDS = 60.0
_SHARED = Path("/dev/shm")
_FLOAT = np.dtype(np.float32)


@dataclass(frozen=True)
class _Open:
    """Asks the process to open a model."""

    number: int
    model: Model
    device: str
    gpu_memory_mb: int | None
    threads: int | None


@dataclass(frozen=True)
class _Run:
    """Asks the process to run a model; arrays lie in shared memory, or come along without it."""

    number: int
    shape: tuple[int, int]
    hints: bool
    memory: str
    arrays: tuple[NDArray[np.float32], ...] = ()


@dataclass(frozen=True)
class _Look:
    """Asks the process what a model knows of each place of a picture."""

    number: int
    lightness: NDArray[np.float32]


@dataclass(frozen=True)
class _Forget:
    """Tells the process that models are needed no more."""

    numbers: tuple[int, ...]


class Worker:
    """The process; safe to use from several threads, which then wait in turn."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers = itertools.count()
        self._unused: list[int] = []
        self._process: _Process | None = None

    def open(
        self, model: Model, device: str, *, gpu_memory_mb: int | None, threads: int | None
    ) -> OpenModel:
        """Open a model in the process; where no process can be had, in this one.

        Raises:
            ModelError, DeviceError: as `session.Session`.
            WorkerDied: opening it ended the process.
        """
        wanted = _Open(next(self._numbers), model, device, gpu_memory_mb, threads)
        try:
            with self._lock:
                self._running()
        except OSError:  # a system that lets no process begin
            return open_here(model, device, gpu_memory_mb=gpu_memory_mb, threads=threads)
        return _Remote(self, wanted)

    @property
    def pid(self) -> int | None:
        """Number of the process, while there is one."""
        process = self._process
        return process.pid if process else None

    def close(self) -> None:
        """End the process; it begins again if needed."""
        with self._lock:
            self._end()

    def ask_to_open(self, wanted: _Open) -> tuple[Device, str | None]:
        """Open a model, unless it is open; return what computes, and why no GPU does."""
        with self._lock:
            return self._opened(wanted)

    def ask_to_run(
        self,
        wanted: _Open,
        lightness: NDArray[np.float32],
        hints: NDArray[np.float32] | None,
    ) -> NDArray[np.float32]:
        """Run a model; it is opened again if the process is another one by now."""
        with self._lock:
            self._opened(wanted)
            process = self._running()
            arrays = [lightness] if hints is None else [lightness, hints]
            answer_shape = (2, *lightness.shape)
            size = sum(array.size for array in arrays) + 2 * lightness.size
            memory = process.memory(size * _FLOAT.itemsize)
            if memory is None:
                sent = tuple(np.asarray(array, np.float32) for array in arrays)
                shape = (lightness.shape[0], lightness.shape[1])
                answer = self._ask(_Run(wanted.number, shape, hints is not None, "", sent))
                return np.asarray(answer, np.float32)
            for view, array in zip(
                _views(memory, [array.shape for array in arrays]), arrays, strict=True
            ):
                view[:] = array
            shape = (lightness.shape[0], lightness.shape[1])
            self._ask(_Run(wanted.number, shape, hints is not None, memory.name))
            shapes = [array.shape for array in arrays]
            return _views(memory, [*shapes, answer_shape])[-1].copy()

    def ask_for_features(
        self, wanted: _Open, lightness: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Ask what a model knows of each place; nobody waits for it, so it goes by the pipe."""
        with self._lock:
            self._opened(wanted)
            answer = self._ask(_Look(wanted.number, np.asarray(lightness, np.float32)))
            return np.asarray(answer, np.float32)

    def forget(self, number: int) -> None:
        """Close a model at the next occasion; for any thread, even in the middle of a question."""
        self._unused.append(number)

    def _opened(self, wanted: _Open) -> tuple[Device, str | None]:
        process = self._running()
        if wanted.number not in process.open:
            answer: tuple[Device, str | None] = self._ask(wanted)
            process.open[wanted.number] = answer
        return process.open[wanted.number]

    def _running(self) -> _Process:
        """Return the process, a new one if the last one is no more."""
        if self._process is not None and not self._process.alive:
            self._end()
        if self._process is None:
            self._process = _Process()
        return self._process

    def _ask(self, question: _Open | _Run | _Look) -> Any:
        process = self._running()
        unused, self._unused = tuple(self._unused), []
        try:
            if unused:
                process.send(_Forget(unused))
            process.send(question)
            answer = process.receive()
        except WorkerDied:
            self._end()
            raise
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.end()


def opener(settings: Settings, worker: Worker) -> Opener:
    """Return what opens models as the settings want it."""
    return worker.open if settings.isolated else open_here


class _Remote:
    """A model that is open in the process."""

    def __init__(self, worker: Worker, wanted: _Open) -> None:
        self.model = wanted.model
        self._worker, self._wanted = worker, wanted
        self.device, self.fallback = worker.ask_to_open(wanted)
        weakref.finalize(self, worker.forget, wanted.number).atexit = False

    def run(
        self, lightness: NDArray[np.float32], hints: NDArray[np.float32] | None = None
    ) -> NDArray[np.float32]:
        """Return ab, 2 x H x W, as `session.Session.run`.

        Raises:
            ModelError, OutOfMemory: as there.
            WorkerDied: the process ended meanwhile; the next question begins a new one.
        """
        return self._worker.ask_to_run(self._wanted, lightness, hints)

    def features(self, lightness: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return what the network knows of each place, as `session.Session.features`.

        Raises:
            ModelError, OutOfMemory: as there.
            WorkerDied: as `run`.
        """
        return self._worker.ask_for_features(self._wanted, lightness)


class _Process:
    """One process, from its start to its end.

    Raises:
        OSError: it cannot be started.
    """

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process: SpawnProcess = context.Process(
            target=_serve, args=(theirs,), name="colordesk-models", daemon=True
        )
        self._memory: shared_memory.SharedMemory | None = None
        self.open: dict[int, tuple[Device, str | None]] = {}
        """What was said of each model that is open in it."""
        try:
            self._process.start()
            theirs.close()
            self._end = weakref.finalize(self, _end, self._process, self._pipe)
            if not self._pipe.poll(_START_SECONDS) or self._pipe.recv() != _READY:
                raise OSError("the process for models says nothing")
        except EOFError as error:
            self.end()
            raise OSError("the process for models ended at once") from error
        self.pid = self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.is_alive()

    def send(self, what: object) -> None:
        """Send a question."""
        try:
            self._pipe.send(what)
        except OSError as error:
            raise self._death() from error

    def receive(self) -> Any:
        """Wait for the answer, or for the end of the process."""
        connection.wait([self._pipe, self._process.sentinel])
        try:
            if self._pipe.poll():
                return self._pipe.recv()
        except (EOFError, OSError) as error:
            raise self._death() from error
        raise self._death()

    def memory(self, size: int) -> shared_memory.SharedMemory | None:
        """Return shared memory of at least so many bytes; None where there is none to be had."""
        if self._memory is None or self._memory.size < size:
            _release(self._memory)
            self._memory = None
            # memory that the system promises and does not have would end this process
            if not _SHARED.is_dir() or shutil.disk_usage(_SHARED).free > 2 * size:
                with contextlib.suppress(OSError):
                    self._memory = shared_memory.SharedMemory(create=True, size=size)
                    weakref.finalize(self, _release, self._memory)
        return self._memory

    def end(self) -> None:
        """End it, whatever it does."""
        _release(self._memory)
        self._memory = None
        self._end()

    def _death(self) -> WorkerDied:
        self._process.join(5.0)
        return WorkerDied(self._process.exitcode or 0)


def _end(process: SpawnProcess, pipe: connection.Connection) -> None:
    pipe.close()  # it ends by itself when nobody asks any more
    process.join(0.2)
    if process.is_alive():
        process.kill()
        process.join()
    process.close()


def _release(memory: shared_memory.SharedMemory | None) -> None:
    if memory is not None:
        with contextlib.suppress(OSError, BufferError):
            memory.close()
            memory.unlink()


def _views(
    memory: shared_memory.SharedMemory, shapes: list[tuple[int, ...]]
) -> list[NDArray[np.float32]]:
    """Return arrays that lie in the memory one after the other."""
    views, start = [], 0
    for shape in shapes:
        views.append(np.ndarray(shape, _FLOAT, memory.buf, start))
        start += views[-1].nbytes
    return views


def _serve(pipe: connection.Connection) -> None:
    """Answer questions until nobody asks any more: the whole life of the process."""
    for name in ("SIGINT", "SIGHUP"):  # meant for the program, which ends this process itself
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    pipe.send(_READY)
    sessions: dict[int, Session] = {}
    memory: shared_memory.SharedMemory | None = None
    while True:
        try:
            question = pipe.recv()
        except (EOFError, OSError):
            return
        if isinstance(question, _Forget):
            for number in question.numbers:
                sessions.pop(number, None)
            continue
        answer: object
        try:
            if isinstance(question, _Open):
                sessions[question.number] = session = _open(question)
                answer = (session.device, session.fallback)
            elif isinstance(question, _Look):
                answer = sessions[question.number].features(question.lightness)
            else:
                if question.memory and (memory is None or memory.name != question.memory):
                    memory = _attach(question.memory, memory)
                answer = _run(sessions[question.number], question, memory)
        except Exception as error:  # noqa: BLE001 - the border of a process: errors become data
            answer = error
        try:
            pipe.send(answer)
        except OSError:
            return


def _open(question: _Open) -> Session:
    from colordesk.inference.session import Session

    return Session(
        question.model,
        question.device,
        gpu_memory_mb=question.gpu_memory_mb,
        threads=question.threads,
    )


def _run(
    session: Session, question: _Run, memory: shared_memory.SharedMemory | None
) -> NDArray[np.float32] | None:
    """Return the answer, or put it into the shared memory."""
    if not question.memory or memory is None:
        return session.run(question.arrays[0], question.arrays[1] if question.hints else None)
    shapes: list[tuple[int, ...]] = [question.shape, (2, *question.shape)]
    if question.hints:
        shapes.insert(1, (3, *question.shape))
    lightness, *rest = _views(memory, shapes)
    rest[-1][:] = session.run(lightness, rest[0] if question.hints else None)
    return None


def _attach(name: str, before: shared_memory.SharedMemory | None) -> shared_memory.SharedMemory:
    if before is not None:
        before.close()
    if sys.version_info >= (3, 13):
        return shared_memory.SharedMemory(name, track=False)
    return shared_memory.SharedMemory(name)  # the tracker is the one of the program, and knows it
