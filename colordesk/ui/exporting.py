"""The coloured photo on its way to other places: clipboard, printer, a picture of before and after.

Invariant: what leaves is made from the edit as it was when the person asked.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from colordesk.task import Task
from colordesk.ui.canvas.frame import Frame
from colordesk.ui.document import Document
from colordesk.ui.engine import Engine, Wish
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.memory import Memory
from colordesk.ui.messages import Messages

_PRINT_PIXELS = 40_000_000
_COPY_PIXELS = 24_000_000
_SIDE_BY_SIDE_PIXELS = 12_000_000
_MOVING_PIXELS = {".gif": 400_000, ".mp4": 1_600_000}


class Exporting(QObject):
    """Copies, prints and shows to others.

    Args:
        bridge: runs the work.
        engine: makes the pictures.
        document: the photo at hand.
        messages: for errors and results.
        memory: the last folder.
    """

    def __init__(
        self,
        bridge: JobBridge,
        engine: Engine,
        document: Document,
        messages: Messages,
        memory: Memory,
    ) -> None:
        super().__init__()
        self._bridge, self._engine, self._document = bridge, engine, document
        self._messages, self._memory = messages, memory
        self.window: QWidget | None = None
        """Parent of the dialogs."""

    def copy(self) -> None:
        """Put the coloured photo on the clipboard."""

        def done(frame: Frame) -> None:
            QGuiApplication.clipboard().setImage(frame.levels[0].copy())
            self._messages.note("success", self.tr("The coloured photo is on the clipboard."))

        self._make(_COPY_PIXELS, self.tr("Copying the coloured photo"), done)

    def show_in_folder(self) -> None:
        """Open the folder of the photo in the system's file manager."""
        photo = self._document.photo
        if photo is not None and photo.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(photo.path.parent)))

    def print(self) -> None:
        """Ask for a printer, then print the coloured photo as large as the paper allows."""
        photo = self._document.photo
        if photo is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        wide = photo.width > photo.height
        printer.setPageOrientation(
            QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
        )
        if photo.path is not None:
            printer.setDocName(photo.path.stem)
        dialog = QPrintDialog(printer, self.window)
        accepted = dialog.exec() == QPrintDialog.DialogCode.Accepted
        dialog.deleteLater()
        if accepted:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print the coloured photo on a printer that was set up already."""

        def done(frame: Frame) -> None:
            if not _paint(frame.levels[0], printer):
                self._messages.note(
                    "error",
                    self.tr("The photo could not be printed."),
                    self.tr("Check that the printer is on and ready, then print again."),
                )

        self._make(_PRINT_PIXELS, self.tr("Preparing to print"), done)

    def ask_before_after(self) -> None:
        """Ask for a name, then write a picture of before and after."""
        photo = self._document.photo
        if photo is None:
            return
        name = photo.path.stem if photo.path else self.tr("pasted picture")
        filters = {
            self.tr("Side by side, PNG (*.png)"): ".png",
            self.tr("Moving divider, MP4 (*.mp4)"): ".mp4",
            self.tr("Moving divider, GIF (*.gif)"): ".gif",
        }
        chosen, kind = QFileDialog.getSaveFileName(
            self.window,
            self.tr("Export before and after"),
            str(Path(self._memory.folder("save")) / f"{name}-before-after.png"),
            ";;".join(filters),
        )
        if chosen:
            target = Path(chosen)
            if target.suffix.lower() not in filters.values():
                target = target.with_name(target.name + filters.get(kind, ".png"))
            self._memory.keep_folder("save", target.parent)
            self.before_after(target)

    def before_after(self, target: Path) -> None:
        """Write before and after: side by side (.png), or with a moving divider (.gif, .mp4)."""
        photo, edit = self._document.photo, self._document.edit
        if photo is None:
            return
        suffix = target.suffix.lower()
        pixels = _MOVING_PIXELS.get(suffix, _SIDE_BY_SIDE_PIXELS)

        def work(task: Task) -> None:
            from colordesk import before_after

            wish = Wish(edit, pixels)
            before = self._engine.before(photo, wish, task.part(0.0, 0.1)).rgb
            after = self._engine.after(photo, wish, task.part(0.1, 0.4)).rgb
            if suffix == ".gif":
                before_after.write_gif(before, after, target, task.part(0.4, 1.0))
            elif suffix == ".mp4":
                from colordesk.video.wipe import write_wipe

                write_wipe(before, after, target, task.part(0.4, 1.0))
            else:
                before_after.write_picture(before_after.side_by_side(before, after), target)

        self._start(
            work,
            self.tr("Exporting before and after"),
            lambda nothing: self._messages.saved(
                target, (self.tr("Show in folder"), lambda: _open_folder(target))
            ),
        )

    def _make(self, pixels: int, title: str, done: Callable[[Frame], None]) -> None:
        photo, edit = self._document.photo, self._document.edit
        if photo is not None:
            wish = Wish(edit, pixels)
            self._start(lambda task: self._engine.after(photo, wish, task), title, done)

    def _start(self, work: Callable[[Task], Any], title: str, done: Callable[[Any], None]) -> None:
        self._bridge.start(work, "inference", title, done, self._messages.error)


def _open_folder(target: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(target.parent)))


def _paint(image: QImage, printer: QPrinter) -> bool:
    """Draw an image in the middle of the page, as large as it allows; return whether it could."""
    painter = QPainter()
    if not painter.begin(printer):
        return False
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    page = QRectF(painter.viewport())
    size = QSizeF(image.size()).scaled(page.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRectF(page.topLeft(), size)
    place.moveCenter(page.center())
    painter.drawImage(place, image)
    return painter.end()
