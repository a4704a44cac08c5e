"""What the NVIDIA driver says of this machine, without a library that computes.

Invariant: asking costs nothing and says nothing on a machine without a driver.
"""

from __future__ import annotations

import ctypes
import shutil
import sys
from pathlib import Path

_LIBRARY = "nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1"
_NAME_BYTES = 256


def find_gpus() -> tuple[list[str], str]:
    """Return the names of all NVIDIA GPUs by index, or a clause that says why there is none."""
    try:
        driver = ctypes.CDLL(_LIBRARY)
    except OSError:
        return [], f"no NVIDIA driver is installed ({_LIBRARY} cannot be loaded)"
    count = ctypes.c_int(0)
    error = driver.cuInit(0) or driver.cuDeviceGetCount(ctypes.byref(count))
    if error:
        return [], f"the NVIDIA driver finds no usable GPU (CUDA error {error})"
    if count.value == 0:
        return [], "the NVIDIA driver finds no GPU"
    return [_name(driver, index) for index in range(count.value)], ""


def gpu_seems_present() -> bool:
    """Tell whether there is an NVIDIA GPU, or a set-up for one that does not work."""
    return (
        Path("/proc/driver/nvidia/version").exists()
        or shutil.which("nvidia-smi") is not None
        or bool(find_gpus()[0])
    )


def _name(driver: ctypes.CDLL, index: int) -> str:
    device, name = ctypes.c_int(0), ctypes.create_string_buffer(_NAME_BYTES)
    if driver.cuDeviceGet(ctypes.byref(device), index):
        return f"GPU {index}"
    if driver.cuDeviceGetName(name, _NAME_BYTES, device):
        return f"GPU {index}"
    return name.value.decode("utf-8", "replace")
