"""What `make bench` runs: how fast and how small, against the bare work of the libraries.

Ratios are taken within one run, since machines and their other work differ. Run it on an idle
machine: `python tests/bench/run.py`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import cv2
import numpy as np
import onnxruntime
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from colordesk.edit import Edit, Look
from colordesk.inference.library import Library, Model, UnknownModel, default_folders
from colordesk.inference.manifest import Size
from colordesk.inference.session import Session
from colordesk.metrics.table import MEASURES, measure
from colordesk.photo import open_photo
from colordesk.render import Renderer
from colordesk.settings import Settings
from colordesk.strips import cpu_threads
from colordesk.task import Task
from tests.bench.common import (
    MEGAPIXELS_12,
    Row,
    last_line,
    make_photo,
    milliseconds,
)
from tests.bench.film import films
from tests.bench.flicker import flicker
from tests.bench.training import training
from tests.bench.window import closing, hand, isolation, thousands
from tests.models import make_model

MEGAPIXELS_100 = (11_600, 8_640)
PREVIEW_PIXELS = 2_000_000

# Opens, colours and saves a photo as the program does, and says what it took.
RENDER_SCRIPT = """
import json, resource, sys, time
from pathlib import Path
from colordesk.edit import Edit
from colordesk.inference.library import Library
from colordesk.photo import open_photo, save_photo
from colordesk.render import Renderer
from colordesk.settings import Settings
from colordesk.task import Task
models, source, target = map(Path, sys.argv[1:])
renderer = Renderer(Library([models]), Settings(device="cpu"))
marks = [time.perf_counter()]
photo = open_photo(source)
marks.append(time.perf_counter())
out = renderer.render(photo, Edit(), Task())
marks.append(time.perf_counter())
save_photo(out, target)
marks.append(time.perf_counter())
unit = 1 if sys.platform == "darwin" else 1024
peak = unit * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([peak, *(b - a for a, b in zip(marks, marks[1:]))]))
"""

# Says when a window of the program can be seen; the program itself knows nothing of this.
WINDOW_SCRIPT = """
import sys, time
from PySide6.QtWidgets import QApplication
def until_visible(*_):
    application = QApplication.instance()
    while not (seen := [w for w in application.topLevelWidgets() if w.isVisible()]):
        application.processEvents()
    seen[0].grab()
    print(time.time(), flush=True)
    import os; os._exit(0)
QApplication.exec = until_visible
from colordesk.ui.app import run
run([])
"""


def models_folder(folder: Path) -> tuple[Path, Model | None]:
    """The folder whose first model is used, and the bundled model if there is one."""
    try:
        bundled = Library(default_folders(Settings())).get(None)
    except UnknownModel:
        make_model(folder / "tiny.onnx", slope=(0.6, -0.9), size=Size(preferred=256, max=1024))
        return folder, None
    return bundled.path.parent, bundled


def full_size(folder: Path, models: Path) -> list[Row]:
    """A 12-megapixel JPEG: everything except decode, encode and the network's own run."""
    rows = []
    for kind in ("RGB", "gray"):
        photo = open_photo(make_photo(folder / f"{kind}.jpg", MEGAPIXELS_12, gray=kind == "gray"))
        network = 0.0
        real = Session.run

        def timed(session: Session, *given: Any, **named: Any) -> Any:
            nonlocal network
            start = time.perf_counter()
            answer = real(session, *given, **named)  # noqa: B023 - called in this round only
            network += time.perf_counter() - start
            return answer

        renderer = Renderer(Library([models]), Settings(device="cpu"))
        renderer.prepare(Edit())
        times = []
        with mock.patch.object(Session, "run", timed):
            for size in (None, 250, 251, 252, 253, 254):  # each has to predict anew
                network = 0.0
                start = time.perf_counter()
                renderer.render(photo, Edit(size=size), Task())
                times.append(time.perf_counter() - start - network)
        ours = 1000 * min(times[1:])

        cv2.setNumThreads(cpu_threads())
        shape = (photo.height, photo.width, 3)
        shown = np.broadcast_to(photo.pixels, shape).astype(np.float32) / 255
        bare = milliseconds(
            lambda shown=shown: cv2.cvtColor(  # type: ignore[misc]
                cv2.cvtColor(shown, cv2.COLOR_RGB2Lab), cv2.COLOR_Lab2RGB
            ),
            5,
        )
        rows.append(
            Row(
                f"12 MP {kind} JPEG without decode, encode, network",
                f"{ours:.0f} ms",
                f"{bare:.0f} ms OpenCV RGB-Lab-RGB",
                f"{ours / bare:.2f}",
                "<= 450 ms",
                ours <= 450,
            )
        )
        rows.append(slider(renderer, kind, photo))
    return rows


def slider(renderer: Renderer, kind: str, photo: Any) -> Row:
    """A look slider: the same preview with another saturation."""
    lab = np.full((1225, 1633, 3), 50, np.float32)
    cv2.setNumThreads(cpu_threads())
    bare = milliseconds(lambda: cv2.cvtColor(lab, cv2.COLOR_Lab2RGB), 20)
    cv2.setNumThreads(1)  # as the renderer has it
    saturation = iter(range(1, 200))

    def move() -> None:
        edit = Edit(look=Look(saturation=next(saturation), temperature=20))
        renderer.preview(photo, edit, PREVIEW_PIXELS, Task())

    ours = milliseconds(move, 60)
    return Row(
        f"slider on a 2 MP preview, {kind}",
        f"{ours:.1f} ms",
        f"{bare:.1f} ms OpenCV Lab-RGB",
        f"{ours / bare:.2f}",
        "<= 16 ms",
        ours <= 16,
    )


def network(bundled: Model | None) -> Row:
    """The bundled network on 256 x 256, through the session and bare."""
    what = "network on 256 x 256, CPU"
    if bundled is None:
        return Row(what, "left out: no bundled model")
    session = Session(bundled, "cpu")
    plane = np.linspace(0, 100, 256 * 256, dtype=np.float32).reshape(256, 256)
    ours = milliseconds(lambda: session.run(plane), 20)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    bare_session = onnxruntime.InferenceSession(
        str(bundled.path), options, providers=["CPUExecutionProvider"]
    )
    feed = {"L": plane[None, None]}
    if "hints" in bundled.manifest.inputs:
        feed["hints"] = np.zeros((1, 3, 256, 256), np.float32)
    bare = milliseconds(lambda: bare_session.run(["ab"], feed), 20)
    return Row(
        what,
        f"{ours:.1f} ms",
        f"{bare:.1f} ms onnxruntime",
        f"{ours / bare:.2f}",
        "<= 60 ms",
        ours <= 60,
    )


def measures(folder: Path) -> Row:
    """All measures of one 12-megapixel picture against its truth."""
    truth = open_photo(make_photo(folder / "truth.jpg", MEGAPIXELS_12)).pixels
    result = np.ascontiguousarray(truth[:, ::-1])
    ours = milliseconds(lambda: measure(result, truth, list(MEASURES), Task()), 3) / 1000
    cv2.setNumThreads(cpu_threads())
    pair = [np.asarray(picture, np.float32) / np.float32(255) for picture in (result, truth)]
    bare = milliseconds(lambda: [cv2.cvtColor(picture, cv2.COLOR_RGB2Lab) for picture in pair], 3)
    cv2.setNumThreads(1)
    return Row(
        f"all {len(MEASURES)} pixel measures of a 12 MP pair",
        f"{ours:.2f} s",
        f"{bare:.0f} ms OpenCV RGB-Lab of both",
        f"{1000 * ours / bare:.1f}",
        "<= 3 s",
        ours <= 3,
    )


def command_line() -> Row:
    """How long `colordesk --help` takes."""

    def run(*arguments: str) -> Callable[[], object]:
        command = [sys.executable, *arguments]
        return lambda: subprocess.run(command, check=True, capture_output=True, cwd=ROOT)

    bare = milliseconds(run("-c", "pass"), 5)
    try:
        ours = milliseconds(run("-m", "colordesk", "--help"), 5)
    except subprocess.CalledProcessError as error:
        return Row("colordesk --help", f"fails: {last_line(error.stderr)}", passed=False)
    return Row(
        "colordesk --help",
        f"{ours:.0f} ms",
        f"{bare:.0f} ms python -c pass",
        f"{ours / bare:.1f}",
        "<= 400 ms",
        ours <= 400,
    )


def window() -> Row:
    """How long until a window can be seen."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    times = []
    for _ in range(3):
        start = time.time()
        done = subprocess.run(
            [sys.executable, "-c", WINDOW_SCRIPT],
            check=False,
            capture_output=True,
            cwd=ROOT,
            env=environment,
            timeout=60,
        )
        if done.returncode:
            return Row("window visible", f"left out: {last_line(done.stderr)}")
        times.append(float(done.stdout.split()[-1]) - start)
    ours = min(times)
    return Row("window visible", f"{ours:.2f} s", "", "", "<= 2 s", ours <= 2)


def memory(folder: Path, models: Path) -> list[Row]:
    """Peak memory of a process that opens, colours and saves 100 megapixels."""
    rows = []
    for suffix, bits in ((".jpg", 8), (".tif", 16)):
        source = make_photo(folder / f"large{suffix}", MEGAPIXELS_100, bits)
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                RENDER_SCRIPT,
                str(models),
                str(source),
                str(folder / f"done{suffix}"),
            ],
            check=False,
            capture_output=True,
            cwd=ROOT,
            timeout=600,
        )
        what = f"peak memory, 100 MP RGB {suffix[1:]} of {bits} bit"
        if done.returncode:
            rows.append(Row(what, f"fails: {last_line(done.stderr)}", passed=False))
            continue
        peak, opened, rendered, saved = json.loads(done.stdout)
        rows.append(
            Row(
                f"{what} (open {opened:.1f} s, render {rendered:.1f} s, save {saved:.1f} s)",
                f"{peak / 1e9:.2f} GB",
                "",
                "",
                "<= 2.5 GB",
                peak <= 2.5e9,
            )
        )
    return rows


def main() -> None:
    """Measure everything and print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        models, bundled = models_folder(folder / "models")
        rows = [
            *full_size(folder, models),
            network(bundled),
            measures(folder),
            command_line(),
            window(),
            *thousands(folder),
            closing(folder),
            *hand(folder),
            isolation(folder, models),
            *memory(folder, models),
            *films(folder, models),
            *flicker(bundled),
            training(folder),
        ]
    title = f"ColorDesk on {cpu_threads()} cores, best of several runs"
    if hasattr(os, "getloadavg"):
        title += f", load {os.getloadavg()[0]:.1f}"
    table = Table(title=title)
    for title in ("what", "measured", "bare", "ratio", "target", ""):
        table.add_column(title, justify="left" if title in ("what", "bare") else "right")
    for row in rows:
        verdict = {True: "[green]pass", False: "[red]FAIL", None: ""}[row.passed]
        table.add_row(row.what, row.measured, row.bare, row.ratio, row.target, verdict)
    Console(width=None if sys.stdout.isatty() else 150).print(table)


if __name__ == "__main__":
    main()
