"""`colordesk models`: what is installed, what each model says of itself, and whether it is true."""

from __future__ import annotations

import sys
import time

import numpy as np

from colordesk.cli.console import complain, say, settings_or_defaults
from colordesk.errors import ColorDeskError
from colordesk.inference.library import Library, Model, default_folders
from colordesk.inference.session import Session


def list_models() -> int:
    """Print one line per model, the default one marked; name the files that are no models."""
    library, default = _library()
    for model in library.models:
        mark = "*" if model == default else " "
        sys.stdout.write(f"{mark} {model.manifest.id:<24} {model.manifest.title}\n")
    return _conclude(library)


def describe_model(wanted: str) -> int:
    """Print what a model says of itself."""
    library, _ = _library()
    try:
        model = library.get(wanted)
        megabytes = model.path.stat().st_size / 1e6
    except (ColorDeskError, OSError) as error:
        complain(error)
        return 2
    manifest, size = model.manifest, model.manifest.size
    lines = {
        "id": manifest.id,
        "title": manifest.title,
        "summary": manifest.summary,
        "architecture": manifest.architecture,
        "paper": manifest.paper,
        "licence": manifest.licence,
        "training data": manifest.training_data,
        "inputs": ", ".join(("L", *manifest.inputs)),
        "outputs": ", ".join(("ab", *manifest.outputs)),
        "size": "fixed by the model"
        if size.fixed
        else f"{size.preferred} px, {size.min} to {size.max}",
        "precision": manifest.precision,
        "trained": ", ".join(f"{name} {value}" for name, value in manifest.trained.items()),
        "file": f"{model.path} ({megabytes:.1f} MB)",
    }
    for metrics in manifest.metrics:
        values = ", ".join(f"{name} {value:.4g}" for name, value in metrics.values.items())
        lines[f"on {metrics.set}"] = f"{values} ({metrics.n} pictures)"
    width = max(map(len, lines))
    for name, value in lines.items():
        if value:
            sys.stdout.write(f"{name:<{width}}  {value}\n")
    return 0


def verify_models() -> int:
    """Run every model on this machine's CPU and check what comes out."""
    library, _ = _library()
    failed = False
    for model in library.models:
        try:
            milliseconds = _verify(model)
        except (ColorDeskError, OSError) as error:
            complain(error)
            failed = True
        else:
            sys.stdout.write(f"{model.manifest.id:<24} sound, {milliseconds:.0f} ms a picture\n")
    return _conclude(library) or int(failed)


def _verify(model: Model) -> float:
    """Return the milliseconds that one picture of the preferred size takes.

    Raises:
        ColorDeskError: the model cannot be loaded, or breaks its contract.
    """
    session = Session(model, "cpu")
    session.test_run()
    size = model.manifest.size
    side = -(-size.preferred // size.multiple) * size.multiple
    gray = np.full((side, side), 50, np.float32)
    session.run(gray)
    start = time.perf_counter()
    session.run(gray)
    return (time.perf_counter() - start) * 1000


def _library() -> tuple[Library, Model | None]:
    settings = settings_or_defaults()
    library = Library(default_folders(settings))
    try:
        return library, library.get(settings.model)
    except ColorDeskError:  # the listing itself shows what is there and what is wrong
        return library, None


def _conclude(library: Library) -> int:
    for problem in library.problems:
        complain(problem)
    if not library.models:
        say("No model is installed.")
    return 1 if library.problems or not library.models else 0
