"""From chosen photos to the queue, and from the queue to the person: dialogs, panel and messages.

Invariant: nothing is queued before a person said how.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from colordesk.settings import Settings
from colordesk.ui.batch.batch_engine import BatchWish
from colordesk.ui.batch.queueing import Queueing
from colordesk.ui.collection.collection import Collection
from colordesk.ui.dialogs.batch import BatchDialog
from colordesk.ui.icons import Icons
from colordesk.ui.memory import Memory
from colordesk.ui.messages import Messages
from colordesk.ui.panels.queue import QueuePanel
from colordesk.ui.theme import Theme

if TYPE_CHECKING:
    from colordesk.queued import Batch


class Batching(QObject):
    """What a person can do with the queue.

    Args:
        queueing: runs it.
        collection: the photos that can be chosen.
        messages: for results.
        memory: the last folder.
        settings: format and quality.
        recolours: returns whether colour photos of a folder are to be coloured, if that was asked.
        theme: for the colours.
        icons: for the panel.
    """

    def __init__(
        self,
        queueing: Queueing,
        collection: Collection,
        messages: Messages,
        memory: Memory,
        settings: Settings,
        recolours: Callable[[Path], bool],
        theme: Theme,
        icons: Icons,
    ) -> None:
        super().__init__()
        self.panel = panel = QueuePanel(theme, icons, queueing.progress)
        self.queueing, self._collection = queueing, collection
        self._messages, self._memory = messages, memory
        self._settings, self._recolours = settings, recolours
        self.window: QWidget | None = None
        """Parent of the dialogs."""
        queueing.changed.connect(self._show)
        queueing.progressed.connect(self._show)
        queueing.written.connect(collection.mark_saved)
        queueing.finished.connect(self._finished)
        panel.pause_wanted.connect(self._pause)
        panel.cancel_wanted.connect(queueing.cancel)
        panel.retry_wanted.connect(queueing.retry)
        panel.clear_wanted.connect(queueing.clear)
        panel.report_wanted.connect(self.ask_report)
        panel.open_wanted.connect(lambda path: _open(path))
        panel.folder_wanted.connect(lambda path: _open(path.parent))

    @property
    def can_queue(self) -> bool:
        """Whether there are photos to queue."""
        return bool(self._collection.photos.paths)

    def queue_photos(self) -> None:
        """Queue the chosen photos; all of them if no more than one is chosen."""
        chosen = self._collection.filmstrip.selected()
        paths = chosen if len(chosen) > 1 else self._collection.photos.paths
        if not paths:
            return
        parent = paths[0].parent
        wish = BatchWish(parent.name or str(parent), tuple(paths))
        self._ask(wish, parent.with_name(f"{parent.name}-color"), len(paths))

    def queue_folder(self) -> None:
        """Queue a folder, with all that is in it."""
        name = QFileDialog.getExistingDirectory(
            self.window, self.tr("Queue all photos of a folder"), self._memory.folder("open")
        )
        if name:
            folder = Path(name)
            wish = BatchWish(folder.name or name, (folder,))
            self._ask(wish, folder.with_name(f"{folder.name}-color"), None)

    def ask_report(self, batch: Batch) -> None:
        """Save what became of the photos of a batch, in a format that a person chooses."""
        kinds = {
            self.tr("Page with pictures (*.html)"): ".html",
            self.tr("Table (*.csv)"): ".csv",
            self.tr("Data (*.json)"): ".json",
        }
        suggestion = Path(self._memory.folder("report")) / f"{batch.title}.html"
        name, kind = QFileDialog.getSaveFileName(
            self.window, self.tr("Save the report"), str(suggestion), ";;".join(kinds)
        )
        if not name:
            return
        path = Path(name)
        if path.suffix.lower() not in kinds.values():
            path = path.with_name(path.name + kinds.get(kind, ".html"))
        self._memory.keep_folder("report", path.parent)
        self.queueing.report(batch, path)

    def _ask(self, wish: BatchWish, folder: Path, count: int | None) -> None:
        parent = wish.inputs[0] if count is None else wish.inputs[0].parent
        dialog = BatchDialog(
            wish, folder, count, self._settings, self._recolours(parent), self.window
        )
        accepted = dialog.exec() == BatchDialog.DialogCode.Accepted
        decided = dialog.wish()
        dialog.deleteLater()
        if accepted:
            self.queueing.add(decided)

    def _pause(self, on: bool) -> None:
        if on:
            self.queueing.pause()
        else:
            self.queueing.resume()

    def _show(self) -> None:
        queueing = self.queueing
        self.panel.show_queue(
            queueing.batches, queueing.remaining_seconds(), paused=queueing.paused
        )

    def _finished(self, batch: Batch) -> None:
        from colordesk.queued import State

        done, failed = batch.count(State.DONE), batch.count(State.FAILED)
        passed = batch.count(State.SKIPPED)
        parts = [self.tr("{count} coloured").format(count=done)]
        if passed:
            parts.append(self.tr("{count} passed over").format(count=passed))
        if failed:
            parts.append(self.tr("{count} failed").format(count=failed))
        self._messages.note(
            "warning" if failed else "success",
            self.tr("The batch {title} is done: {parts}.").format(
                title=batch.title, parts=", ".join(parts)
            ),
            "",
            (self.tr("Report…"), lambda: self.ask_report(batch)),
        )


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
