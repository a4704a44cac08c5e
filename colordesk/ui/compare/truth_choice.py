"""Lets a person say where true colours come from, and gets them for the photo at hand.

Invariant: what is told belongs to the photo last asked about.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QFileDialog

from colordesk.errors import ColorDeskError
from colordesk.jobs import Job
from colordesk.task import Task
from colordesk.ui.compare.truth import TruthSource, check_truth, find_truth
from colordesk.ui.engine import Engine
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.memory import Memory
from colordesk.ui.widgets.choice import Choice

if TYPE_CHECKING:
    from colordesk.photo import Photo

_NONE, _OWN, _FOLDER, _ASK = "none", "own", "folder", "ask"
_FIRST_PIXELS = 100_000


class TruthChoice(QObject):
    """The choice, and the truth of the photo at hand.

    Args:
        bridge: runs the reading.
        engine: reads.
        memory: the last folder.
    """

    changed = Signal()
    """`truth` or `problem` is another."""

    def __init__(self, bridge: JobBridge, engine: Engine, memory: Memory) -> None:
        super().__init__()
        self._bridge, self._engine, self._memory = bridge, engine, memory
        self._photo: Photo | None = None
        self._job: Job[Any] | None = None
        self.source: TruthSource | None = None
        """None as long as nobody said that there are true colours."""
        self.truth: Photo | None = None
        self.problem: Exception | None = None
        """Why there is no truth, although there should be."""
        self.box = Choice(self.tr("True colours"))
        self.box.setToolTip(
            self.tr("What the results are judged by: a photograph of the same in true colours.")
        )
        self.box.setMinimumContentsLength(20)
        self.box.activated.connect(self._activated)
        self._fill()

    def set_photo(self, photo: Photo | None) -> None:
        """Get the truth of another photo."""
        self._photo = photo
        self._fill()
        self._find()

    def set_source(self, source: TruthSource | None) -> None:
        """Take true colours from elsewhere, or from nowhere."""
        self.source = source
        self._fill()
        self._find()

    def _fill(self) -> None:
        folder = self.source.folder if self.source else None
        self.box.clear()
        self.box.addItem(self.tr("No true colours"), _NONE)
        self.box.addItem(self.tr("True: its own colours"), _OWN)
        if folder is not None:
            self.box.addItem(self.tr("True: {folder}").format(folder=folder.name), _FOLDER)
        self.box.addItem(self.tr("True colours from a folder…"), _ASK)
        model = self.box.model()
        if isinstance(model, QStandardItemModel):  # a gray photo has no colours of its own
            has_colours = self._photo is not None and not self._photo.is_gray
            model.item(self.box.findData(_OWN)).setEnabled(has_colours)
        wanted = _NONE if self.source is None else _FOLDER if folder is not None else _OWN
        self.box.setCurrentIndex(self.box.findData(wanted))

    def _activated(self, index: int) -> None:
        match self.box.itemData(index):
            case "own":
                self.set_source(TruthSource())
            case "none":
                self.set_source(None)
            case "ask":
                name = QFileDialog.getExistingDirectory(
                    self.box,
                    self.tr("Folder with the same photos in true colours"),
                    self._memory.folder("truth"),
                )
                if name:
                    self._memory.keep_folder("truth", Path(name))
                self.set_source(TruthSource(Path(name)) if name else self.source)

    def _find(self) -> None:
        if self._job is not None:
            self._job.cancel()
        photo, source = self._photo, self.source
        if photo is None or source is None:
            self._tell(photo, None, None)
        elif source.folder is None:
            try:
                check_truth(photo, photo)
            except ColorDeskError as problem:
                self._tell(photo, None, problem)
            else:
                self._tell(photo, photo, None)
        else:
            folder = source.folder
            self._job = self._bridge.start(
                lambda task: self._read(photo, folder, task),
                "files",
                self.tr("Looking for true colours"),
                lambda truth: self._tell(photo, truth, None),
                lambda error: self._tell(photo, None, error),
            )

    def _read(self, photo: Photo, folder: Path, task: Task) -> Photo:
        if photo.path is None:
            from colordesk.compare.truth import NoTruth

            raise NoTruth(folder, "a pasted picture has no name to look for")
        truth = self._engine.open(find_truth(photo.path, folder), _FIRST_PIXELS, task).photo
        check_truth(photo, truth)
        return truth

    def _tell(self, photo: Photo | None, truth: Photo | None, problem: Exception | None) -> None:
        if photo is self._photo:
            self.truth, self.problem = truth, problem
            self.changed.emit()
