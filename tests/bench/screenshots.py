"""Takes the pictures of the window that the README shows: `make screenshots`.

The real program works on photographs that come with scikit-image, in a home of its own, on a
screen that is not there. Look at each picture before it is kept.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOME = tempfile.TemporaryDirectory(prefix="colordesk-screenshots-")
for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
    os.environ[name] = HOME.name
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_SCALE_FACTOR"] = "2"
sys.path.insert(0, str(ROOT))

import cv2
import numpy as np
import skimage.color
import skimage.data
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop
from PySide6.QtWidgets import QApplication, QScrollArea

from colordesk.edit import ColorPoint, Edit, Look
from colordesk.paths import settings_file
from colordesk.settings import Settings, write_settings
from colordesk.ui.app import Program
from colordesk.ui.studio import Studio

_SIZE = 1180, 760
_PATIENCE = 120.0
_QUALITY = 80
_MOST_BYTES = 250_000
_PLACES = (
    (0.19, 0.48),
    (0.72, 0.6),
    (0.4, 0.62),
    (0.47, 0.55),
    (0.48, 0.4),
    (0.36, 0.25),
    (0.58, 0.18),
    (0.9, 0.5),
    (0.12, 0.3),
    (0.85, 0.15),
)
"""Places in the photo of a cup: saucer, cup, coffee and table."""


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the pictures go")
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    home = Path(HOME.name)
    for name, take, settings in (
        ("window", _split, Settings(theme="dark", language="en")),
        ("compare", _compare, Settings(theme="light", language="en")),
        ("deutsch", _points, Settings(theme="dark", language="de")),
    ):
        write_settings(settings, settings_file())
        _shoot(app, home / name / "Album", take, folder / f"{name}.webp")
        gc.collect()  # Qt's objects must be gone before Qt is


def _shoot(
    app: QApplication, photos: Path, take: Callable[[Studio, Path], None], target: Path
) -> None:
    photos.mkdir(parents=True)
    program = Program(app)
    studio = program.studio
    studio.window.resize(*_SIZE)
    studio.window.show()
    studio.start([])
    take(studio, photos)
    _settle(studio)
    picture = studio.window.grab()
    picture.save(str(target), quality=_QUALITY)
    size = target.stat().st_size
    print(f"{target}: {picture.width()} x {picture.height()}, {size / 1000:.0f} kB")
    if size > _MOST_BYTES:
        raise SystemExit(f"{target} is larger than {_MOST_BYTES / 1000:.0f} kB")
    _close(program)


def _close(program: Program) -> None:
    window = program.studio.window
    window.may_close = lambda: True
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _split(studio: Studio, photos: Path) -> None:
    """A folder of gray photos, one of them before and after."""
    _open(studio, _album(photos, gray=True))
    studio.actions["split"].trigger()


def _compare(studio: Studio, photos: Path) -> None:
    """A model and two edits, measured against the true colours."""
    _open(studio, _album(photos, gray=False))
    contenders = studio.comparing.contenders
    contenders.keep(Edit(look=Look(saturation=140.0)), "More vivid")
    contenders.keep(Edit(look=Look(temperature=25.0)), "Warmer")
    studio.actions["compare"].trigger()
    _settle(studio)
    box = studio.comparing.truth_choice.box
    box.setCurrentIndex(box.findData("own"))
    box.activated.emit(box.currentIndex())
    _settle(studio)
    studio.comparing.view.show_page("measures")


def _points(studio: Studio, photos: Path) -> None:
    """Colour points, in German."""
    cat, coffee, *others = _album(photos, gray=True)
    _open(studio, [coffee, cat, *others])
    lab = skimage.color.rgb2lab(skimage.data.coffee())
    height, width = lab.shape[:2]
    points = []
    for x, y in _PLACES:  # a person knows what colour was there
        _, a, b = lab[round(y * height) - 4 :, round(x * width) - 4 :][:9, :9].mean(axis=(0, 1))
        points.append(ColorPoint(x, y, float(a), float(b)))
    studio.document.change(Edit(points=tuple(points), look=Look(saturation=75.0)), "")
    studio.actions["single"].trigger()
    studio.actions["points"].trigger()
    studio.steering.choose(0)
    _settle(studio)
    area = next(
        area
        for area in studio.window.panels.findChildren(QScrollArea)
        if area.isAncestorOf(studio.points_panel)
    )
    area.ensureWidgetVisible(studio.points_panel)


def _album(folder: Path, *, gray: bool) -> list[Path]:
    """Write photographs in the public domain."""
    paths = []
    for name, rgb in (
        ("cat", skimage.data.chelsea()),
        ("coffee", skimage.data.coffee()),
        ("astronaut", skimage.data.astronaut()),
        ("rocket", skimage.data.rocket()),
    ):
        shown = _gray(rgb) if gray else rgb[..., ::-1]
        path = folder / f"{name}.png"
        path.write_bytes(cv2.imencode(".png", shown)[1].tobytes())
        paths.append(path)
    return paths


def _gray(rgb: np.ndarray) -> np.ndarray:
    """Return the luminance in linear light as gray values, uint8."""
    light = skimage.color.rgb2xyz(rgb)[..., 1]
    gray = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    shown: np.ndarray = np.rint(gray * 255).clip(0, 255).astype(np.uint8)
    return shown


def _open(studio: Studio, paths: list[Path]) -> None:
    studio.opening.open(paths)
    _until(lambda: studio.document.photo is not None)
    _settle(studio)


def _settle(studio: Studio) -> None:
    """Wait until the window has nothing to do, and a moment more for what follows from that."""
    _pause()
    _until(lambda: not studio.bridge.waiting)
    _pause()
    _until(lambda: not studio.bridge.waiting)


def _pause(seconds: float = 0.5) -> None:
    end = time.monotonic() + seconds
    _until(lambda: time.monotonic() > end)


def _until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise SystemExit(f"the window is not done after {_PATIENCE:.0f} s")
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


if __name__ == "__main__":
    main()
