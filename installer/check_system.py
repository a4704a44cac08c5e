"""Installs, or names with the exact command, the system libraries that ColorDesk's window needs.

Run by installer/setup.sh with the Python of .venv. Exit code 1: something is still missing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from colordesk.cli.system import debian_packages, install_line, missing_libraries


def main() -> int:
    """Return 0 when every library is there."""
    missing = missing_libraries()
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        packages = debian_packages(missing)
        print("Installing the system packages:", " ".join(packages))
        install = "apt-get -qq update && apt-get -qq install -y -o Dpkg::Use-Pty=0 "
        done = subprocess.run(
            install + " ".join(packages),
            shell=True,
            check=False,
            capture_output=True,
            text=True,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        )
        if done.returncode:
            print(done.stderr)
        missing = missing_libraries()
    if missing:
        print("ColorDesk's window needs system libraries that are missing here. Please run:")
        print("   ", install_line(missing))
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
