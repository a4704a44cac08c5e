"""Opens photos in the window and measures what a person would feel.

Run by `run.py` in a process of its own: `python folder.py visit FOLDER` opens a folder of thousands
and prints JSON with seconds until the first thumbnails, and the longest time in which the window
answered nothing; `python folder.py close FOLDER` opens and closes its photos one by one and prints
the memory that is held after a few and after all of them.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QObject, Qt, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from colordesk.ui.app import Program  # noqa: E402
from colordesk.ui.studio import Studio  # noqa: E402

_TICK_MS = 4
_PATIENCE = 120.0
_IDLE_SECONDS = 3.0
_WARM, _CLOSED = 5, 100


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
    measure = {"visit": visit, "close": close_all}[sys.argv[1]]
    sys.stdout.write(json.dumps(measure(studio, Path(sys.argv[2]))) + "\n")
    studio.window.may_close = lambda: True
    studio.window.close()


if __name__ == "__main__":
    main()
