#!/bin/sh
# Sets up .venv for `app` (what ColorDesk needs to run), `train` (that and the trainer) or `dev` (those and the tools).
# Nothing is written outside this folder, except missing system packages when root on Debian or Ubuntu.
set -eu
cd "$(dirname "$0")/.."

kind=$1
case $kind in
app) what=. ;;
train) what='.[train]' ;;
dev) what='.[dev]' ;;
*)
    echo "usage: installer/setup.sh app|train|dev" >&2
    exit 2
    ;;
esac

is_python() { # whether "$1" is a Python that is new enough
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for python in "${PYTHON:-python3}" python3 python3.14 python3.13 python3.12 python3.11; do
        if is_python "$python"; then
            return
        fi
    done
    return 1
}

apt() { # install Debian packages, if this machine lets us
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        return 1
    fi
    echo "Installing the system packages: $*"
    if ! said=$(apt-get -qq update 2>&1 && DEBIAN_FRONTEND=noninteractive \
        apt-get -qq install -y -o Dpkg::Use-Pty=0 "$@" 2>&1); then
        echo "$said" >&2
        return 1
    fi
}

if ! .venv/bin/python -c '' 2>/dev/null; then
    if ! find_python && ! { apt python3 python3-venv && find_python; }; then
        echo "ColorDesk needs Python 3.11 or newer; here is $(python3 --version 2>/dev/null || echo no Python)." >&2
        echo "Debian, Ubuntu: sudo apt install python3.11 python3.11-venv    macOS: brew install python@3.12" >&2
        echo "If it lies somewhere else: PYTHON=/path/to/python make run" >&2
        exit 1
    fi
    version=$("$python" -c 'import sys; print("{}.{}".format(*sys.version_info))')
    if ! "$python" -c 'import ensurepip' 2>/dev/null && ! apt "python$version-venv"; then
        echo "$python cannot make virtual environments; please run: sudo apt install python$version-venv" >&2
        exit 1
    fi
    echo "Setting up .venv with Python $version"
    rm -rf .venv
    "$python" -m venv .venv
fi

export UV_CACHE_DIR=.cache/uv PIP_CACHE_DIR=.cache/pip PIP_DISABLE_PIP_VERSION_CHECK=1
if ! .venv/bin/python -m uv --version >/dev/null 2>&1; then
    .venv/bin/python -m pip install --quiet --constraint constraints.txt uv
fi
echo "Setting up what ColorDesk needs ($kind)"
.venv/bin/python -m uv pip install --quiet --python .venv/bin/python \
    --constraint constraints.txt --build-constraint constraints.txt --editable "$what"

# Without the window's libraries the command line still works, the tests do not.
.venv/bin/python installer/check_system.py || [ "$kind" != dev ]

touch .venv/.stamp-app
[ "$kind" = app ] || touch .venv/.stamp-train
[ "$kind" != dev ] || touch .venv/.stamp-dev
