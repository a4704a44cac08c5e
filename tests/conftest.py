"""What every test gets: no window system, no network, and none of the person's own files."""

from __future__ import annotations

import gc
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

# before anything loads Qt or onnxruntime
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
_CONNECT = socket.socket.connect


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, models and caches of a person who has just arrived; child processes see it too."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.delenv("COLORDESK_DEBUG", raising=False)
    return home


@pytest.fixture(scope="session")
def thawed() -> Iterator[None]:
    """At the end everything is cleared away as without `settled`."""
    yield
    gc.unfreeze()


@pytest.fixture(autouse=True, scope="module")
def settled(thawed: None) -> None:
    """What is imported stays: no collection need look through all of torch again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """A test that reaches beyond this machine fails at once instead of passing on some machines."""

    def connect(self: socket.socket, address: object) -> None:
        here = isinstance(address, tuple) and address[0] == "127.0.0.1"
        if not here and self.family != getattr(socket, "AF_UNIX", None):
            raise RuntimeError(f"a test tried to reach {address}")
        _CONNECT(self, address)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        yield
