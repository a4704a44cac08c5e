"""The coloured photo is dragged out of the window, as a file for a folder or another program.

Hides that the file is made in a worker once the drag begins: the window goes on meanwhile, and the
drag starts when the file is there, if the button is still held; if not, the next one starts at
once.
Invariant: what is dragged is a copy in a temporary folder, which goes with the window.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt, QUrl
from PySide6.QtGui import QDrag, QGuiApplication, QImage, QMouseEvent, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from colordesk.edit import Edit
from colordesk.settings import Settings
from colordesk.task import Task
from colordesk.ui.document import Document
from colordesk.ui.engine import Engine
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.messages import Messages

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from colordesk.jobs import Job
    from colordesk.photo import Photo

_KEPT = 16
_LOOK_PIXELS = 100_000
_PICTURE_SIDE = 96


@dataclass(frozen=True)
class _Wanted:
    """One photo of which the result is dragged."""

    path: Path | None
    photo: Photo | None
    """The photo at hand, which need not be read again."""
    edit: Edit | None
    """None means the one kept beside the photo."""

    @property
    def key(self) -> Hashable:
        photo = self.photo.id if self.photo is not None else None
        return self.path, photo, self.edit


@dataclass(frozen=True, eq=False)
class _Made:
    """A result that can be dragged."""

    file: Path
    picture: NDArray[np.uint8]
    """Of it, small, for the cursor: sRGB h x w x 3."""


class Dragging(QObject):
    """Makes the files and starts the drags.

    Args:
        bridge: runs the making.
        engine: opens and colours.
        document: the photo at hand, and the drafts of the others.
        messages: for errors, and where a drag has to be begun again.
        settings: format and quality.
    """

    def __init__(
        self,
        bridge: JobBridge,
        engine: Engine,
        document: Document,
        messages: Messages,
        settings: Settings,
    ) -> None:
        super().__init__()
        self._bridge, self._engine, self._document = bridge, engine, document
        self._messages, self._settings = messages, settings
        self._folder: Path | None = None
        self._made: OrderedDict[Hashable, _Made] = OrderedDict()
        self._job: Job[Any] | None = None
        self._grip: QWidget | None = None
        self._pressed: QPoint | None = None

    def serve(self, grip: QWidget) -> None:
        """Let a widget be the place from which the photo at hand is dragged."""
        self._grip = grip
        grip.installEventFilter(self)

    def drag_current(self, source: QWidget) -> None:
        """Drag the photo at hand, if it is in colour."""
        photo = self._document.photo
        if photo is not None and self._document.wanted:
            self._drag([_Wanted(photo.path, photo, self._document.edit)], source)

    def drag(self, paths: Sequence[Path], source: QWidget) -> None:
        """Drag photos of the strip."""
        photo, unkept = self._document.photo, self._document.unkept()
        wanted = []
        for path in paths:
            if photo is not None and photo.path == path and self._document.wanted:
                wanted.append(_Wanted(path, photo, self._document.edit))
            else:
                wanted.append(_Wanted(path, None, unkept.get(path)))
        if wanted:
            self._drag(wanted, source)

    def close(self) -> None:
        """Remove all files; no worker may be at work any more."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin a drag when the grip is pulled."""
        if watched is self._grip and isinstance(event, QMouseEvent):
            at = event.position().toPoint()
            if event.type() == QEvent.Type.MouseButtonPress:
                self._pressed = at if event.button() == Qt.MouseButton.LeftButton else None
            elif event.type() == QEvent.Type.MouseButtonRelease:
                self._pressed = None
            elif event.type() == QEvent.Type.MouseMove and self._pressed is not None:
                far = (at - self._pressed).manhattanLength()
                if far >= QApplication.startDragDistance() and isinstance(watched, QWidget):
                    self._pressed = None
                    self.drag_current(watched)
        return super().eventFilter(watched, event)

    def _drag(self, wanted: list[_Wanted], source: QWidget) -> None:
        known = [self._made.get(one.key) for one in wanted]
        made = [one for one in known if one is not None and one.file.exists()]
        if len(made) == len(wanted):
            self._start(made, source)
            return
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="colordesk-drag-"))
        if self._job is not None:
            self._job.cancel()
        names = [one.path.name if one.path else self.tr("pasted picture") for one in wanted]
        title = self.tr("Preparing {name} to be dragged").format(name=", ".join(names[:2]))
        folder = self._folder
        self._job = self._bridge.start(
            lambda task: self._make(wanted, folder, task),
            "inference",
            title,
            lambda made: self._ready(wanted, made, source),
            self._messages.error,
        )

    def _make(self, wanted: list[_Wanted], folder: Path, task: Task) -> list[_Made]:
        """Write the result of each photo; for a worker."""
        from colordesk.photo import read_thumbnail

        made = []
        for number, one in enumerate(wanted):
            part = task.part(number / len(wanted), (number + 1) / len(wanted))
            known = self._made.get(one.key)
            if known is None or not known.file.exists():
                file = self._write(one, folder, part)
                known = _Made(file, read_thumbnail(file, _PICTURE_SIDE))
            made.append(known)
        return made

    def _write(self, one: _Wanted, folder: Path, task: Task) -> Path:
        from colordesk.photo import save_photo

        photo, edit = one.photo, one.edit
        if photo is None:
            assert one.path is not None
            opened = self._engine.open(one.path, _LOOK_PIXELS, task.part(0.0, 0.2))
            if opened.coloured and edit is None and not opened.has_edit:
                return one.path  # nobody asked to colour it
            photo, edit = opened.photo, edit or opened.edit
        result = self._engine.render(photo, edit or Edit(), task.part(0.2, 0.7))
        own = Path(tempfile.mkdtemp(dir=folder))  # so that names may be the same
        target = own / self._name(photo)
        save_photo(result, target, quality=self._settings.quality, task=task.part(0.7, 1.0))
        return target

    def _name(self, photo: Photo) -> str:
        from colordesk.plan import plan

        if photo.path is None:
            return self.tr("pasted picture") + "-color.png"
        item = plan([photo.path], format=self._settings.format)[0]
        deep = photo.bits == 16 or photo.alpha is not None
        return ((deep and item.deep_target) or item.target).name

    def _ready(self, wanted: list[_Wanted], made: list[_Made], source: QWidget) -> None:
        for one, done in zip(wanted, made, strict=True):
            self._made[one.key] = done
            self._made.move_to_end(one.key)
        while len(self._made) > max(_KEPT, len(wanted)):
            _, old = self._made.popitem(last=False)
            if self._folder is not None and self._folder in old.file.parents:
                shutil.rmtree(old.file.parent, ignore_errors=True)
        if is_held():
            self._start(made, source)
        else:
            self._messages.note(
                "success",
                self.tr("The file is ready."),
                self.tr("Drag it again: now it comes along at once."),
            )

    def _start(self, made: list[_Made], source: QWidget) -> None:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(one.file)) for one in made])
        rgb = made[0].picture
        height, width = rgb.shape[:2]
        image = QImage(rgb.data, width, height, rgb.strides[0], QImage.Format.Format_RGB888)
        drag_out(source, mime, QPixmap.fromImage(image))


def is_held() -> bool:
    """Whether the button that drags is still down."""
    return bool(QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton)


def drag_out(source: QWidget, mime: QMimeData, picture: QPixmap) -> None:
    """Let the person carry something; files are copied, never moved.

    Args:
        source: where the drag began.
        mime: what is carried.
        picture: shown under the cursor.
    """
    drag = QDrag(source)
    drag.setMimeData(mime)
    drag.setPixmap(picture)
    drag.exec(Qt.DropAction.CopyAction)
