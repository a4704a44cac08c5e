"""Finds out what the Debian package must say: what it depends on, and the licences of its parts.

Run by installer/build_deb.sh with the Python that PyInstaller gathered from:
``package_facts.py BUNDLE LICENCES`` prints the Depends field and fills the folder LICENCES.
"""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from colordesk.cli.system import debian_packages

_LIBC = re.compile(r"ld-linux.*|lib(c|m|mvec|dl|rt|pthread|util|resolv|nsl)\.so\.\d+")
_BUILD_TOOLS = {"pyinstaller", "pyinstaller-hooks-contrib", "altgraph", "setuptools", "packaging"}


def depends(bundle: Path) -> str:
    """Return the packages that hold the libraries which the bundle needs but does not bring."""
    files = [path for path in bundle.rglob("*") if path.is_file() and _is_elf(path)]
    brought = {path.name for path in files}
    needed: set[str] = set()
    for path in files:
        headers = subprocess.run(
            ["objdump", "-p", path], capture_output=True, text=True, check=True
        )
        needed.update(re.findall(r"NEEDED\s+(\S+)", headers.stdout))
    outside = {name for name in needed - brought if not _LIBC.fullmatch(name)}
    libc = os.confstr("CS_GNU_LIBC_VERSION") or "glibc 2.36"
    return ", ".join([f"libc6 (>= {libc.split()[1]})", *debian_packages(outside)])


def copy_licences(folder: Path) -> None:
    """Copy the licence files of every part that may be in the bundle."""
    for part in importlib.metadata.distributions():
        name = part.metadata["Name"].lower()
        for file in part.files or []:
            if name not in _BUILD_TOOLS and re.match(r"(?i)(licen[cs]e|copying|notice)", file.name):
                target = folder / name / "-".join(file.parts[1:])
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(Path(str(part.locate_file(file))), target)


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


if __name__ == "__main__":
    copy_licences(Path(sys.argv[2]))
    print(depends(Path(sys.argv[1])))
