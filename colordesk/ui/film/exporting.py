"""Films on their way to files: one job each, which can be stopped and gone on with.

Invariant: a film that is exported is the one that was chosen when the person asked, whatever is
changed or opened meanwhile.
"""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from colordesk.jobs import Job, JobState
from colordesk.task import Task
from colordesk.ui.dialogs.unkept import Answer, Question
from colordesk.ui.error_words import retold, said, tells_of_damage
from colordesk.ui.film.film_engine import FilmEngine, Order
from colordesk.ui.film.reel import Reel
from colordesk.ui.film.remaining import Remaining
from colordesk.ui.i18n import figure
from colordesk.ui.icons import Icons
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.memory import Memory
from colordesk.ui.messages import Messages

if TYPE_CHECKING:
    from colordesk.video.export import Done

_MEMORY_KEY = "film-preset"


class FilmExporting(QObject):
    """Asks for an export, runs it and tells what became of it.

    Args:
        bridge: runs the work.
        engine: does it.
        messages: for errors and results.
        memory: the last preset.
        reel: the film at hand.
        icons: of the dialog.
    """

    def __init__(
        self,
        bridge: JobBridge,
        engine: FilmEngine,
        messages: Messages,
        memory: Memory,
        reel: Reel,
        icons: Icons,
    ) -> None:
        super().__init__()
        self._bridge, self._engine, self._messages = bridge, engine, messages
        self._memory, self._reel, self._icons = memory, reel, icons
        self._jobs: dict[Path, Job[Any]] = {}

    def ask(self, parent: QWidget | None) -> None:
        """Ask how the film at hand is to be written, then write it."""
        if self._reel.path is None:
            return
        from colordesk.ui.film.export_dialog import ExportDialog
        from colordesk.video.presets import film_presets_dir

        preset = self._memory.text(_MEMORY_KEY, "share")
        dialog = ExportDialog(
            self._reel, film_presets_dir(), preset, self._icons, parent, self._jobs
        )
        accepted = dialog.exec() == ExportDialog.DialogCode.Accepted
        order, key = dialog.order(), dialog.preset.key
        dialog.deleteLater()
        if accepted:
            if key:
                self._memory.keep(_MEMORY_KEY, key)
            self.export(order)

    def may_stop(self, parent: QWidget | None) -> bool:
        """Ask whether exports that are under way may be stopped; return whether they may."""
        if not self._jobs:
            return True
        question = Question(
            self.tr("A film is still being exported"),
            self.tr(
                "If the export is stopped, what is done is kept: export it again under that name, "
                "and it goes on."
            ),
            "",
            self.tr("Stop the export"),
            self.tr("Go on exporting"),
            parent,
        )
        return question.ask() is Answer.DISCARD

    def export(self, order: Order, *, resume: bool = False, afresh: bool = False) -> None:
        """Write a film in colour.

        Args:
            order: what, and how.
            resume: go on with an export that was stopped.
            afresh: throw such a one away.
        """
        if order.output in self._jobs:
            self._messages.note(
                "info",
                self.tr("{name} is being written already.").format(name=order.output.name),
            )
            return
        if not (resume or afresh):
            self._messages.settle()  # it may offer to go on with what is begun here
        remaining = Remaining()

        def work(task: Task) -> Done:
            told = remaining.watch(task, self.status)
            return self._engine.export(order, told, resume=resume, afresh=afresh)

        title = self.tr("Exporting {name}").format(name=order.output.name)
        job = self._bridge.start(
            work,
            "batch",
            title,
            lambda done: self._done(order, done),
            lambda error: self._failed(order, error),
            lambda: self._ended(order),
        )
        self._jobs[order.output] = job

    def status(self, status: str, left: float | None) -> str:
        """Return how far an export is, in the person's language.

        Args:
            status: as the export tells it.
            left: seconds that it still takes, if that is known.
        """
        words = said(status)
        return words if left is None else f"{words}, {self._in_words(left)}"

    def _in_words(self, seconds: float) -> str:
        """Return how long it still takes."""
        if seconds < 90:
            return self.tr("{count} s left").format(count=max(round(seconds), 1))
        minutes = round(seconds / 60)
        if minutes < 90:
            return self.tr("{count} min left").format(count=minutes)
        return self.tr("{hours} h {minutes} min left").format(
            hours=minutes // 60, minutes=minutes % 60
        )

    def _done(self, order: Order, done: Done) -> None:
        told = self.tr("{frames} frames in {seconds} s, {speed} frames/s.")
        if done.encoded < done.frames:  # nobody knows how long those took that were there already
            told = self.tr("{frames} frames.")
        words = [
            told.format(
                frames=done.frames, seconds=f"{done.seconds:.0f}", speed=figure(f"{done.speed:.1f}")
            )
        ]
        if done.damaged:
            words.append(
                self.tr(
                    "{count} damaged parts of the film were skipped; sound stays in step."
                ).format(count=done.damaged)
            )
        words += map(retold, done.notices)
        whole = not done.damaged and not any(map(tells_of_damage, done.notices))
        folder = QUrl.fromLocalFile(str(order.output.parent))
        film = QUrl.fromLocalFile(str(order.output))
        self._messages.note(
            "success" if whole else "warning",
            self.tr("Exported as {name}").format(name=order.output.name),
            " ".join(dict.fromkeys(words)),
            (self.tr("Show in folder"), lambda: QDesktopServices.openUrl(folder)),
            (self.tr("Play"), lambda: QDesktopServices.openUrl(film)),
            stays=True,  # it took long, and nobody may have waited
        )

    def _failed(self, order: Order, error: Exception) -> None:
        from colordesk.video.export import UnfinishedExport

        go_on = (self.tr("Go on"), lambda: self.export(order, resume=True))
        if isinstance(error, UnfinishedExport):
            self._messages.note(
                "info",
                self.tr(
                    "{frames} frames of {name} are there from an export that was stopped."
                ).format(frames=error.frames, name=order.output.name),
                "",
                *((go_on,) if error.same else ()),
                (self.tr("Begin anew"), lambda: self.export(order, afresh=True)),
            )
        else:
            full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
            answers = (go_on,) if full else ()
            self._messages.error(_known(error, order.output), "", *answers, stays=True)

    def _ended(self, order: Order) -> None:
        job = self._jobs.pop(order.output, None)
        if job is not None and job.state is JobState.CANCELLED:
            self._messages.note(
                "info",
                self.tr("The export of {name} was stopped.").format(name=order.output.name),
                self.tr("What is done is kept, and the export can go on from there."),
                (self.tr("Go on"), lambda: self.export(order, resume=True)),
            )


def _known(error: Exception, output: Path) -> Exception:
    """Return an error of a file that only the export knows as one of the file that is written."""
    from colordesk.video.segments import WorkFolder

    if not isinstance(error, OSError) or error.filename is None:
        return error
    work = WorkFolder(output, "").path
    if work not in (Path(error.filename), Path(error.filename).parent):
        return error
    return OSError(error.errno, error.strerror, str(output))
