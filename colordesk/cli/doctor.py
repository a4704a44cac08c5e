"""`colordesk doctor`: what this installation is made of, and what of it really works."""

from __future__ import annotations

import platform
import sys
from importlib.metadata import PackageNotFoundError, version

import colordesk
from colordesk.cli.console import settings_or_defaults
from colordesk.cli.system import window_problem
from colordesk.errors import ColorDeskError
from colordesk.explain import explain
from colordesk.inference.device import Device
from colordesk.inference.library import Library, default_folders
from colordesk.inference.session import Session, probe_devices
from colordesk.paths import settings_file, user_models_dir
from colordesk.settings import Settings
from colordesk.video.store import store_folder, stored_bytes

_PACKAGES = (
    "numpy",
    "opencv-contrib-python-headless",
    "pyvips",
    "pyvips-binary",
    "pillow-heif",
    "onnxruntime-gpu",
    "onnxruntime",
    "PySide6-Essentials",
)


def examine() -> int:
    """Print a report fit to go with a question; return 1 if photos cannot be colorized here."""
    settings = settings_or_defaults()
    _line("ColorDesk", colordesk.__version__)
    _line("Python", f"{platform.python_version()} on {platform.platform()}")
    for package in _PACKAGES:
        try:
            _line(package, version(package))
        except PackageNotFoundError:
            continue
    for device in probe_devices():
        if isinstance(device, Device):
            _line(f"device {device.kind}:{device.index}", f"works: {device.label}")
        else:
            _line(f"device {device.wanted}", f"cannot be used: {device.problem}")
    _line("settings", str(settings_file()) if settings_file().exists() else "the defaults")
    _line("models of your own", str(user_models_dir()))
    _line("colours kept of films", f"{stored_bytes() / 1e6:.0f} MB in {store_folder()}")
    _line("window", window_problem() or "can be opened")
    return _models(settings)


def _models(settings: Settings) -> int:
    library = Library(default_folders(settings))
    for model in library.models:
        try:
            Session(model, "cpu").test_run()
        except ColorDeskError as error:
            _line(f"model {model.manifest.id}", str(explain(error)))
        else:
            _line(f"model {model.manifest.id}", f"works: {model.path}")
    for problem in library.problems:
        _line("model", str(explain(problem)))
    try:
        default = library.get(settings.model)
        device = Session(default, settings.device).device
    except ColorDeskError as error:
        _line("colorizing", f"does not work. {explain(error)}")
        return 1
    _line("colorizing", f"works, with {default.manifest.id} on {device.label}")
    return 0


def _line(name: str, value: str) -> None:
    sys.stdout.write(f"{name:<32}{value}\n")
