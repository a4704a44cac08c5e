"""How photos come in: by dialog, drop, paste, argument, from the strip, or from the recent ones.

Films come in the same ways; they are known by their names and handed on.

Invariant: of several photos asked for in a hurry, the last one is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from colordesk.jobs import Job
from colordesk.paths import resources_dir
from colordesk.task import Task
from colordesk.ui.engine import Engine, Found, Opened
from colordesk.ui.film.kinds import FILM_SUFFIXES, PROJECT_SUFFIX, is_film, is_project
from colordesk.ui.given import read_mime
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.memory import Memory
from colordesk.ui.messages import Messages

SAMPLE = "samples/astronaut.jpg"


class Opening(QObject):
    """Opens photos.

    Args:
        bridge: runs the reading.
        engine: reads.
        messages: for errors.
        memory: recent files and folders.
        pixels: returns how many pixels the first view should have.
        may_leave: asks whether the photo at hand can go; False means that it stays.
    """

    listed = Signal(object)
    """The `folder.Entry` of each photo to choose from."""
    opened = Signal(object)
    """`Opened`."""
    failed = Signal()
    """The photo asked for is not shown; the one at hand stays."""
    recent_changed = Signal()
    film_wanted = Signal(object, object)
    """The path of a film, and those of films that are shown after it."""
    frames_wanted = Signal(object)
    """The path of a folder of numbered frames."""

    def __init__(
        self,
        bridge: JobBridge,
        engine: Engine,
        messages: Messages,
        memory: Memory,
        pixels: Callable[[], int],
        may_leave: Callable[[], bool],
    ) -> None:
        super().__init__()
        self._bridge, self._engine, self._messages = bridge, engine, messages
        self._memory, self._pixels, self._may_leave = memory, pixels, may_leave
        self._job: Job[Any] | None = None
        self._frames: Path | None = None
        """A folder whose pictures seem to be the frames of a film."""
        self.window: QWidget | None = None
        """Parent of the dialogs."""

    def ask_photos(self) -> None:
        """Let a person choose photos."""
        from colordesk.photo import OPENABLE

        suffixes = sorted(OPENABLE | FILM_SUFFIXES | {".gif", PROJECT_SUFFIX})
        patterns = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in suffixes)
        names, _ = QFileDialog.getOpenFileNames(
            self.window,
            self.tr("Open photos or a film"),
            self._memory.folder("open"),
            self.tr("Photos and films ({patterns})").format(patterns=patterns)
            + ";;"
            + self.tr("All files (*)"),
            options=QFileDialog.Option.HideNameFilterDetails,
        )
        if names:
            self.open([Path(name) for name in names])

    def ask_folder(self) -> None:
        """Let a person choose a folder."""
        name = QFileDialog.getExistingDirectory(
            self.window, self.tr("Open all photos of a folder"), self._memory.folder("open")
        )
        if name:
            self.open([Path(name)])

    def open_sample(self) -> None:
        """Open the photograph that comes with ColorDesk."""
        self.open([resources_dir() / SAMPLE])

    def paste(self) -> None:
        """Open what is on the clipboard."""
        if not self.take(QGuiApplication.clipboard().mimeData()):
            self._messages.note(
                "info",
                self.tr("There is no picture on the clipboard."),
                self.tr("Copy a picture or a file, then paste it here."),
            )

    def take(self, mime: QMimeData) -> bool:
        """Open what was dropped or pasted; return whether it was anything to do with photos."""
        given = read_mime(mime)
        if given.paths:
            self.open(given.paths)
        elif given.image is not None:
            self._open_image(given.image)
        elif given.remote:
            self._messages.note(
                "info",
                self.tr("That is an address in the network, and ColorDesk stays off the network."),
                self.tr("Save the picture to a file first, then open the file."),
            )
        return bool(given)

    def open(self, paths: Sequence[Path]) -> None:
        """Open files and folders: all are listed, the first is shown; films are opened alone."""
        films = [path for path in paths if is_film(path)]
        if not films and len(paths) == 1 and is_project(paths[0]):
            films = list(paths)
        if films:
            self.film_wanted.emit(films[0], films[1:])
            return
        self._start(
            lambda task: self._engine.find(paths, task),
            self.tr("Looking for photos"),
            lambda found: self._found(paths, found),
        )

    def show(self, path: Path) -> None:
        """Show one of the photos that are listed."""
        if not self._may_leave():
            self.failed.emit()
            return
        pixels = self._pixels()
        self._start(
            lambda task: self._engine.open(path, pixels, task),
            self.tr("Opening {name}").format(name=path.name),
            lambda opened: self._opened(path, opened),
        )

    def cancel(self) -> None:
        """Open nothing any more."""
        if self._job is not None:
            self._job.cancel()

    def _found(self, asked: Sequence[Path], found: Found) -> None:
        if found.first is None:
            self._messages.note(
                "warning",
                self.tr("There is no photo in {folder}.").format(folder=asked[0]),
                self.tr("Folders inside it are not searched; open one of them."),
            )
            self.failed.emit()
            return
        if not self._may_leave():
            return
        self._memory.keep_folder("open", found.first.parent)
        self._frames = found.frames
        self.listed.emit(found.entries)
        self.show(found.first)

    def _open_image(self, image: QImage) -> None:
        if not self._may_leave():
            return
        pixels = self._pixels()
        write = image.save  # a copy of its own: Qt's images are values

        def work(task: Task) -> Opened:
            return self._engine.open_image(lambda name: write(name), pixels, task)

        self._start(work, self.tr("Opening the pasted picture"), self._pasted)

    def _pasted(self, opened: Opened) -> None:
        self.listed.emit(())
        self.opened.emit(opened)

    def _opened(self, path: Path, opened: Opened) -> None:
        self._memory.add_recent(path)
        self.recent_changed.emit()
        self.opened.emit(opened)
        folder, self._frames = self._frames, None
        if folder is not None:
            self._messages.note(
                "info",
                self.tr("These pictures are numbered as the frames of a film are."),
                "",
                (self.tr("Open as a film…"), lambda: self.frames_wanted.emit(folder)),
            )

    def _start(self, work: Callable[[Task], Any], title: str, done: Callable[[Any], None]) -> None:
        self.cancel()
        self._job = self._bridge.start(work, "files", title, done, self._failed)

    def _failed(self, error: Exception) -> None:
        self._messages.error(error, self.tr("Nothing was changed. Try another photo."))
        self.failed.emit()
