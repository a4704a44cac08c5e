"""The real window on a tiny real model, and a check that nothing of it stays behind."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np  # noqa: TC002 - a fixture, and pytest shows its annotations
import pytest
import skimage.data
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from colordesk.paths import settings_file
from colordesk.settings import Settings, write_settings
from colordesk.ui.app import Program
from colordesk.ui.studio import Studio
from tests.models import make_model

WAIT_MS = 30_000
Wait = Callable[[Callable[[], bool]], None]


@pytest.fixture
def wait(qtbot: QtBot) -> Wait:
    """Wait until something is so."""

    def until(condition: Callable[[], bool]) -> None:
        qtbot.waitUntil(condition, timeout=WAIT_MS)

    return until


@pytest.fixture(scope="session")
def gray_pixels() -> np.ndarray:
    """A gray photograph, 512 x 512."""
    gray: np.ndarray = cv2.cvtColor(skimage.data.astronaut(), cv2.COLOR_RGB2GRAY)
    return gray


@pytest.fixture
def photo(tmp_path: Path, gray_pixels: np.ndarray) -> Path:
    """A gray photograph as a file in a folder of its own."""
    path = tmp_path / "photos" / "portrait ü.png"
    path.parent.mkdir()
    path.write_bytes(cv2.imencode(".png", gray_pixels)[1].tobytes())
    return path


@pytest.fixture
def folder(photo: Path, gray_pixels: np.ndarray) -> Path:
    """A folder with four gray photographs, one broken file and something else."""
    for number in (10, 2, 1):
        small = cv2.resize(gray_pixels, (160 + number, 120))
        path = photo.parent / f"scan {number}.png"
        path.write_bytes(cv2.imencode(".png", small)[1].tobytes())
    (photo.parent / "torn.jpg").write_bytes(b"\xff\xd8\xff\xe0 and no more")
    (photo.parent / "notes.txt").write_text("not a photo", encoding="utf-8")
    return photo.parent


@pytest.fixture
def settings(tmp_path: Path, own_home: Path) -> Settings:
    """Settings with two tiny models: all blue, and all red."""
    models = tmp_path / "models"
    make_model(models / "blue.onnx", id="blue", ab=(0.0, -40.0))
    make_model(models / "red.onnx", id="red", ab=(50.0, 30.0))
    made = Settings(
        device="cpu",
        threads=1,
        model="blue",
        model_folders=(str(models),),
        isolated=False,
        language="en",
    )
    write_settings(made, settings_file())
    return made


@pytest.fixture
def make_program(qapp: QApplication, settings: Settings) -> Iterator[Callable[[], Program]]:
    """Make windows; afterwards they must go without a trace."""
    before_threads = {thread.name for thread in threading.enumerate()}
    before = set(QApplication.topLevelWidgets())
    made: list[Program] = []

    def make() -> Program:
        program = Program(qapp)
        made.append(program)
        program.studio.window.resize(1100, 760)
        program.studio.window.show()
        program.studio.start([])
        return program

    yield make
    while made:
        studio = made.pop().studio
        studio.window.may_close = lambda: True
        studio.window.close()
        studio.window.deleteLater()
        del studio
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QCoreApplication.processEvents()
    left = [widget for widget in QApplication.topLevelWidgets() if widget not in before]
    assert not left, f"widgets are left: {left}"
    lanes = [thread.name for thread in threading.enumerate() if thread.name.startswith("lane-")]
    assert not lanes, f"threads are left: {lanes} (before: {before_threads})"


@pytest.fixture
def make_studio(make_program: Callable[[], Program]) -> Callable[[], Studio]:
    """Make windows; afterwards they must go without a trace."""
    return lambda: make_program().studio


@pytest.fixture
def studio(make_studio: Callable[[], Studio]) -> Studio:
    """The window, empty."""
    return make_studio()


@pytest.fixture
def at_photo(studio: Studio, photo: Path, wait: Wait) -> Studio:
    """The window with a photo in colour."""
    studio.opening.open([photo])
    wait(lambda: studio.canvas.after is not None and is_idle(studio))
    return studio


def is_idle(studio: Studio) -> bool:
    """Whether the window waits for nothing."""
    return not studio.bridge.waiting


def colour_at(studio: Studio, x: int, y: int) -> tuple[int, int, int]:
    """Return red, green, blue of the canvas at a point in widget units."""
    colour = studio.canvas.grab().toImage().pixelColor(x, y)
    return colour.red(), colour.green(), colour.blue()


def mouse(
    widget: QWidget,
    kind: QEvent.Type,
    x: float,
    y: float,
    button: Qt.MouseButton = Qt.MouseButton.LeftButton,
) -> None:
    """Send a mouse event as the window system would."""
    point = QPointF(x, y)
    pressed = kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove)
    event = QMouseEvent(
        kind,
        point,
        widget.mapToGlobal(point),
        Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else button,
        button if pressed else Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)


def drag(
    widget: QWidget,
    start: tuple[float, float],
    stop: tuple[float, float],
    button: Qt.MouseButton = Qt.MouseButton.LeftButton,
    steps: int = 8,
) -> None:
    """Press, move in steps, release."""
    mouse(widget, QEvent.Type.MouseButtonPress, *start, button)
    for step in range(1, steps + 1):
        part = step / steps
        x = start[0] + (stop[0] - start[0]) * part
        y = start[1] + (stop[1] - start[1]) * part
        mouse(widget, QEvent.Type.MouseMove, x, y, button)
    mouse(widget, QEvent.Type.MouseButtonRelease, *stop, button)


def wheel(widget: QWidget, x: float, y: float, notches: float) -> None:
    """Turn the wheel at a point."""
    point = QPointF(x, y)
    event = QWheelEvent(
        point,
        widget.mapToGlobal(point),
        QPoint(0, 0),
        QPoint(0, round(120 * notches)),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
