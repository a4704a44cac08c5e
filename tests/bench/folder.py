"""Opens photos in the window and measures what a person would feel.

Run by `run.py` in a process of its own: `python folder.py visit FOLDER` opens a folder of thousands
and prints JSON with seconds until the first thumbnails, and the longest time in which the window
answered nothing; `python folder.py close FOLDER` opens and closes its photos one by one and prints
the memory that is held after a few and after all of them; `python folder.py paint FOLDER` moves its
first photo by hand and sets colour points in its second, and prints the longest paint and the
times until a switch and a point were seen.
"""

from __future__ import annotations

import gc
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QObject, QPointF, Qt, QTimer
from PySide6.QtWidgets import QApplication

from colordesk.edit import ColorPoint, Edit
from colordesk.ui.app import Program
from colordesk.ui.studio import Studio

_TICK_MS = 4
_PATIENCE = 120.0
_IDLE_SECONDS = 3.0
_WARM, _CLOSED = 5, 100
_STEPS = 16
_PAUSE_SECONDS = 0.3


class Watchdog(QObject):
    """Notes how late the event loop is: how long a click would have waited."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        """Seconds that the loop was late, whatever the reason."""
        self.busiest = 0.0
        """Seconds that the window's own thread computed between two looks at events."""
        self._last, self._used = time.perf_counter(), time.thread_time()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin."""
        self._last, self._used = time.perf_counter(), time.thread_time()
        self._timer.start(_TICK_MS)

    def stop(self) -> None:
        """End."""
        self._tick()
        self._timer.stop()

    def _tick(self) -> None:
        now, used = time.perf_counter(), time.thread_time()
        self.longest = max(self.longest, now - self._last - _TICK_MS / 1000)
        self.busiest = max(self.busiest, used - self._used)
        self._last, self._used = now, used


def until(condition: Callable[[], bool]) -> float:
    """Let the window live until something is so; return the seconds that it took."""
    start = time.perf_counter()
    while not condition():
        QApplication.processEvents()
        if time.perf_counter() - start > _PATIENCE:
            raise TimeoutError
        time.sleep(0.001)
    return time.perf_counter() - start


def visit(studio: Studio, folder: Path) -> dict[str, float]:
    """Open the folder, scroll through it, go to photos, choose them all."""
    photos, view = studio.filmstrip.photos, studio.filmstrip.view
    until(lambda: not studio.bridge.waiting)
    idle = Watchdog()
    idle.start()
    end = time.perf_counter() + _IDLE_SECONDS
    until(lambda: time.perf_counter() > end)
    idle.stop()
    dog = Watchdog()
    dog.start()
    start = time.perf_counter()
    studio.opening.open([folder])
    until(lambda: bool(photos.paths) and any(photos.picture(path) for path in photos.paths[:8]))
    first = time.perf_counter() - start
    until(lambda: all(photos.picture(path) for path in photos.paths[:8]))
    screen = time.perf_counter() - start
    until(lambda: not studio.bridge.waiting)
    opening = dog.longest
    bar = view.horizontalScrollBar()
    for step in range(40):  # as fast as a person can drag the bar
        bar.setValue(bar.maximum() * step // 40)
        end = time.perf_counter() + 0.05
        until(lambda end=end: time.perf_counter() > end)  # type: ignore[misc]
    for row in (2500, 4999):
        studio.filmstrip.view.setCurrentIndex(photos.index(row))
        until(lambda: not studio.bridge.waiting)
    studio.filmstrip.select_all()
    until(lambda: not studio.bridge.waiting)
    dog.stop()
    return {
        "first": first,
        "screen": screen,
        "stall_opening": opening,
        "stall": dog.longest,
        "count": len(photos.paths),
        "busiest": dog.busiest,
        "idle": idle.longest,
    }


def close_all(studio: Studio, folder: Path) -> dict[str, float]:
    """Open, colour and close photo after photo."""
    held = []
    for number, path in enumerate(sorted(folder.iterdir())[:_CLOSED]):
        studio.opening.open([path])
        until(lambda: studio.canvas.after is not None and not studio.bridge.waiting)
        studio.actions["close"].trigger()
        until(lambda: studio.document.photo is None and not studio.bridge.waiting)
        if number + 1 in (_WARM, _CLOSED):
            gc.collect()
            held.append(resident())
    return {"warm": held[0], "after": held[-1]}


def paint(studio: Studio, folder: Path) -> dict[str, float]:
    """Zoom and move a large photo, switch between before and after, set points in a small one."""
    large, small = sorted(folder.iterdir())
    canvas = studio.canvas
    show(studio, large)
    moves, switches = [], []
    for zoom in (canvas.view.fit_zoom, 0.5, 1.0, 2.0):
        canvas.zoom_to(zoom)
        settle(studio)
        for step in range(_STEPS):  # there and back, all of it by hand, as fast as can be drawn
            start = time.perf_counter()
            canvas.pan(QPointF(37 if step < _STEPS / 2 else -37, 11))
            canvas.zoom_to(canvas.view.zoom * (1.01 if step % 2 else 1 / 1.01))
            canvas.repaint()
            moves.append(time.perf_counter() - start)
        settle(studio)
        for step in range(_STEPS):
            start = time.perf_counter()
            canvas.set_peek(step % 2 == 0)
            canvas.repaint()
            switches.append(time.perf_counter() - start)
        settle(studio)
    show(studio, small)
    points = []
    for step in range(_STEPS):
        before = canvas.after
        point = ColorPoint(0.1 + 0.8 * step / _STEPS, 0.4, 40.0, -10.0)
        start = time.perf_counter()
        studio.document.change(Edit(points=(point,)), "")
        until(lambda before=before: canvas.after is not before)  # type: ignore[misc]
        canvas.repaint()
        points.append(time.perf_counter() - start)
        settle(studio)
    return {
        "move": statistics.median(moves),
        "slowest_move": max(moves),
        "switch": max(switches),
        "point": statistics.median(points),
    }


def show(studio: Studio, photo: Path) -> None:
    """Open a photo and wait until it is in colour."""
    studio.opening.open([photo])
    until(
        lambda: (
            studio.document.photo is not None
            and studio.document.photo.path == photo
            and studio.canvas.after is not None
        )
    )
    settle(studio)


def settle(studio: Studio) -> None:
    """Wait for what the window does in a pause."""
    end = time.perf_counter() + _PAUSE_SECONDS
    until(lambda: time.perf_counter() > end and not studio.bridge.waiting)


def resident() -> float:
    """Return the bytes of memory that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    """Measure and print."""
    application = QApplication(sys.argv[:1])
    application.setStyle("Fusion")
    studio = Program(application).studio
    studio.window.resize(1280, 800)
    studio.window.show()
    studio.start([])
    measure = {"visit": visit, "close": close_all, "paint": paint}[sys.argv[1]]
    sys.stdout.write(json.dumps(measure(studio, Path(sys.argv[2]))) + "\n")
    studio.window.may_close = lambda: True
    studio.window.close()


if __name__ == "__main__":
    main()
