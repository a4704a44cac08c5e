"""How results go out: render in one lane, write in the other, never over a source.

Invariant: a file that was not written by this window is replaced only after a person said so.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from colordesk.edit import Edit
from colordesk.jobs import Job, JobState, Lane
from colordesk.settings import Settings
from colordesk.task import Task
from colordesk.ui.dialogs.save_as import SaveAs
from colordesk.ui.document import Document
from colordesk.ui.engine import Engine
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.memory import Memory
from colordesk.ui.messages import Messages

if TYPE_CHECKING:
    from colordesk.photo import Photo

T = TypeVar("T")


class Saving(QObject):
    """Saves coloured photos and edits.

    Args:
        bridge: runs the work.
        engine: renders and writes.
        document: the photo at hand.
        messages: for errors and results.
        memory: the last folder.
        settings: format and quality.
    """

    saved = Signal(object)
    """The path of a photo that was written."""
    source_saved = Signal(object)
    """The path of the photo that it was made from."""
    stopped = Signal()
    """A save or keep ended without what was wanted."""
    kept = Signal()
    """All edits lie beside their photos."""

    def __init__(
        self,
        bridge: JobBridge,
        engine: Engine,
        document: Document,
        messages: Messages,
        memory: Memory,
        settings: Settings,
    ) -> None:
        super().__init__()
        self._bridge, self._engine, self._document = bridge, engine, document
        self._messages, self._memory, self._settings = messages, memory, settings
        self._written: set[Path] = set()
        self._jobs: set[Job[Any]] = set()
        self.window: QWidget | None = None
        """Parent of the dialogs."""

    @property
    def busy(self) -> bool:
        """Whether something is being saved."""
        return bool(self._jobs)

    def save(self) -> None:
        """Save beside the source under a name of its own, or ask where there is no source."""
        photo = self._document.photo
        if photo is None:
            return
        if photo.path is None:
            self.save_as()
            return
        edit, written = self._document.edit, frozenset(self._written)
        self._start(
            lambda task: self._engine.target(photo, written),
            "files",
            "",
            lambda target: self._render(photo, edit, target, self._settings.quality),
        )

    def save_as(self) -> None:
        """Ask for name, folder, format and quality, then save."""
        photo = self._document.photo
        if photo is None:
            return
        from colordesk.photo import SAVABLE

        if photo.path is not None:
            suggestion = self._engine.target(photo, frozenset(self._written))
            if folder := self._memory.text("folder/save"):
                suggestion = Path(folder) / suggestion.name if Path(folder).is_dir() else suggestion
        else:
            name = self.tr("pasted picture") + "-color"
            suggestion = Path(self._memory.folder("save")) / f"{name}.png"
        dialog = SaveAs(photo, suggestion, SAVABLE, self._settings.quality, self.window)
        accepted = dialog.exec() == SaveAs.DialogCode.Accepted
        target = dialog.target()
        dialog.deleteLater()
        if accepted:
            self._memory.keep_folder("save", target.path.parent)
            self._render(photo, self._document.edit, target.path, target.quality)
        else:
            self.stopped.emit()

    def keep_edits(self) -> None:
        """Write all edits beside their photos."""
        edits = self._document.unkept()

        def done(nothing: None) -> None:
            for path, edit in edits.items():
                self._document.mark_kept(path, edit)
            self.kept.emit()

        self._start(
            lambda task: self._engine.save_edits(edits, task),
            "files",
            self.tr("Keeping the edits"),
            done,
        )

    def _render(self, photo: Photo, edit: Edit, target: Path, quality: int) -> None:
        self._start(
            lambda task: self._engine.render(photo, edit, task.part(0.0, 0.6)),
            "inference",
            self.tr("Colouring {name}").format(name=target.name),
            lambda coloured: self._write(coloured, edit, target, quality),
        )

    def _write(self, coloured: Photo, edit: Edit, target: Path, quality: int) -> None:
        def work(task: Task) -> None:
            self._engine.save(coloured, target, quality, edit, task.part(0.6, 1.0))

        def done(nothing: None) -> None:
            self._written.add(target)
            self._document.mark_kept(coloured.path, edit)
            folder = QUrl.fromLocalFile(str(target.parent))
            self._messages.saved(
                target,
                (self.tr("Show in folder"), lambda: QDesktopServices.openUrl(folder)),
            )
            if coloured.path is not None:
                self.source_saved.emit(coloured.path)
            self.saved.emit(target)

        title = self.tr("Saving {name}").format(name=target.name)
        self._start(work, "files", title, done)

    def _start(
        self, work: Callable[[Task], T], lane: Lane, title: str, done: Callable[[T], None]
    ) -> None:
        """Run one step; the next one, if any, is started by `done`."""

        def finished(value: T) -> None:
            self._jobs.discard(job)  # first: `done` may want to close the window
            done(value)

        def ended() -> None:
            self._jobs.discard(job)
            if job.state is not JobState.DONE:
                self.stopped.emit()

        job = self._bridge.start(work, lane, title, finished, self._messages.error, ended)
        self._jobs.add(job)
