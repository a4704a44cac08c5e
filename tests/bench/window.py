"""The window with many photos, and what a process of its own for the models costs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from colordesk.edit import Edit
from colordesk.inference.device import open_here
from colordesk.inference.library import Library
from colordesk.inference.worker import Worker
from colordesk.photo import open_photo
from colordesk.render import Renderer
from colordesk.settings import Settings
from colordesk.task import Task
from tests.bench.common import (
    MEGAPIXEL,
    MEGAPIXELS_12,
    MEGAPIXELS_24,
    Row,
    last_line,
    make_photo,
)

_SCRIPT = Path(__file__).with_name("folder.py")
_THOUSANDS, _DIFFERENT = 5000, 10
_CLOSED = 100
_PAIRS = 10  # of runs that are compared: on a shared machine few are not enough
_ROUNDS = 3


def thousands(folder: Path) -> list[Row]:
    """A folder of 5,000 photos of 12 megapixels; ten are different, since disks are not endless."""
    photos = folder / "thousands"
    photos.mkdir()
    for number in range(_THOUSANDS):
        path = photos / f"scan {number}.jpg"
        if number < _DIFFERENT:
            make_photo(path, MEGAPIXELS_12, gray=True)
        else:
            os.link(photos / f"scan {number % _DIFFERENT}.jpg", path)
    rounds = [_run("visit", photos, folder / f"home {n}") for n in range(_ROUNDS)]
    what = f"folder of {_THOUSANDS} photos"
    failed = [answer for answer in rounds if isinstance(answer, str)]
    if failed:
        return [Row(what, f"fails: {failed[0]}", passed=False)]
    best = {
        name: min(answer[name] for answer in rounds if not isinstance(answer, str))
        for name in ("first", "screen", "stall", "busiest", "idle")
    }
    return [
        Row(
            f"{what}: first thumbnails (all that are seen: {best['screen']:.2f} s)",
            f"{best['first']:.2f} s",
            "",
            "",
            "<= 1 s",
            best["first"] <= 1,
        ),
        Row(
            f"{what}: longest stall of the window (its own work: {1000 * best['busiest']:.0f} ms)",
            f"{1000 * best['stall']:.0f} ms",
            f"{1000 * best['idle']:.0f} ms with nothing to do",
            "",
            "<= 50 ms",
            best["stall"] <= 0.05,
        ),
    ]


def closing(folder: Path) -> Row:
    """Memory after 100 photos were opened, coloured and closed, against that after five."""
    photos = folder / "closing"
    photos.mkdir()
    for number in range(_CLOSED):
        make_photo(photos / f"{number}.jpg", (2400 + number, 1800), gray=True)
    answer = _run("close", photos, folder / "home close")
    what = f"memory after closing {_CLOSED} photos"
    if isinstance(answer, str):
        return Row(what, f"left out: {answer}")
    ratio = answer["after"] / answer["warm"]
    return Row(
        what,
        f"{answer['after'] / 1e6:.0f} MB",
        f"{answer['warm'] / 1e6:.0f} MB after five",
        f"{ratio:.2f}",
        "<= 1.10",
        ratio <= 1.1,
    )


def hand(folder: Path) -> list[Row]:
    """What the hand feels: moving a large photo, switching, a colour point in a small one."""
    photos = folder / "hand"
    photos.mkdir()
    make_photo(photos / "a large.jpg", MEGAPIXELS_24, gray=True)
    make_photo(photos / "b small.jpg", MEGAPIXEL, gray=True)
    rounds = [_run("paint", photos, folder / f"home hand {n}") for n in range(_ROUNDS)]
    answers = [answer for answer in rounds if not isinstance(answer, str)]
    if len(answers) < len(rounds):
        return [Row("24 MP photo by hand", f"fails: {rounds}", passed=False)]
    best = {name: 1000 * min(answer[name] for answer in answers) for name in answers[0]}
    rows = (
        (f"24 MP photo: a paint while moving (slowest {best['slowest_move']:.0f} ms)", "move", 16),
        ("24 MP photo: switch between before and after", "switch", 50),
        ("1 MP photo: a colour point is seen", "point", 150),
    )
    return [
        Row(what, f"{best[name]:.1f} ms", "", "", f"<= {limit} ms", best[name] <= limit)
        for what, name, limit in rows
    ]


def isolation(folder: Path, models: Path) -> Row:
    """A photo of 12 megapixels, with the model in a process of its own and in this one."""
    photo = open_photo(make_photo(folder / "isolation.jpg", MEGAPIXELS_12, gray=True))
    settings, library = Settings(device="cpu"), Library([models])
    worker = Worker()
    times: dict[str, list[float]] = {"apart": [], "here": []}
    try:
        for _ in range(_PAIRS):
            for name, open_model in (("apart", worker.open), ("here", open_here)):
                renderer = Renderer(library, settings, open_model)  # which has nothing kept yet
                renderer.prepare(Edit())
                start = time.perf_counter()
                renderer.render(photo, Edit(), Task())
                times[name].append(time.perf_counter() - start)
    finally:
        worker.close()
    apart, here = min(times["apart"]), min(times["here"])
    return Row(
        "12 MP photo, model in a process of its own",
        f"{1000 * apart:.0f} ms",
        f"{1000 * here:.0f} ms in the same process",
        f"{apart / here:.2f}",
        "<= 1.10",
        apart / here <= 1.1,
    )


def _run(measure: str, photos: Path, home: Path) -> dict[str, float] | str:
    """Return what `folder.py` measured, with an empty cache, or why it could not."""
    homes = {f"XDG_{name}_HOME": str(home / name) for name in ("CACHE", "CONFIG", "STATE")}
    done = subprocess.run(
        [sys.executable, str(_SCRIPT), measure, str(photos)],
        check=False,
        capture_output=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **homes},
        timeout=900,
    )
    if done.returncode:
        return last_line(done.stderr)
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answer
