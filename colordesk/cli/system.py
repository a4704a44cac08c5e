"""What this machine must have for a window, found by trying; Qt itself would only abort.

Invariant: nothing here imports Qt, so it answers even when Qt cannot be loaded at all.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

_PLUGINS = ("libqxcb.so", "libqwayland.so", "libqoffscreen.so")
# Libraries whose Debian package is not named after them.
_DEBIAN = {
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    "libGLdispatch.so.0": "libglvnd0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
}


def missing_libraries() -> list[str]:
    """Return the sonames of system libraries that the window needs and this machine lacks."""
    folder = _qt_folder()
    if sys.platform != "linux" or folder is None:
        return []
    files = [folder / "QtWidgets.abi3.so", folder / "QtSvg.abi3.so"]
    files += [folder / "Qt" / "plugins" / "platforms" / name for name in _PLUGINS]
    return sorted({name for file in files if file.exists() for name in _unresolved(file)})


def debian_packages(sonames: Iterable[str]) -> list[str]:
    """Return the Debian packages that hold the libraries.

    Debian names a library's package after its soname: in lower case, with a dash between digits and
    in place of underscores.
    """
    names = set()
    for soname in sonames:
        stem, _, version = soname.partition(".so.")
        dash = "-" if stem[-1].isdigit() else ""
        names.add(_DEBIAN.get(soname, f"{stem}{dash}{version}".lower().replace("_", "-")))
    return sorted(names)


def install_line(sonames: Iterable[str]) -> str:
    """Return the command that installs the libraries, or a sentence where it is not known."""
    if shutil.which("apt-get"):
        return "sudo apt install " + " ".join(debian_packages(sonames))
    if shutil.which("dnf"):  # takes what a package provides, and that is named after the library
        return "sudo dnf install " + " ".join(shlex.quote(f"{name}()(64bit)") for name in sonames)
    return "install the packages of your system that hold " + ", ".join(sonames)


def window_problem() -> str | None:
    """Return why no window can be opened here, in a sentence or two, or None if it can."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM", "xcb") not in ("xcb", ""):
        return None
    wayland = bool(os.environ.get("WAYLAND_DISPLAY"))
    display = os.environ.get("DISPLAY")
    if not wayland and not display:
        return "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set)."
    if missing := missing_libraries():
        return f"The window needs {', '.join(missing)}; please run: {install_line(missing)}"
    if not wayland and not _x11_answers():
        return f"The display {display} cannot be reached."
    return None


def _qt_folder() -> Path | None:
    spec = importlib.util.find_spec("PySide6")
    return Path(spec.origin).parent if spec and spec.origin else None


def _unresolved(file: Path) -> list[str]:
    """Return the sonames that the loader does not find for a shared library."""
    if ldd := shutil.which("ldd"):
        done = subprocess.run([ldd, file], capture_output=True, text=True, check=False)
        return re.findall(r"^\s*(\S+) => not found", done.stdout, re.MULTILINE)
    try:
        ctypes.CDLL(str(file))
    except OSError as error:
        return re.findall(r"^(\S+): cannot open shared object", str(error))
    return []


def _x11_answers() -> bool:
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_disconnect.argtypes = xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed


if __name__ == "__main__":  # the Makefile asks
    sys.exit(window_problem())
