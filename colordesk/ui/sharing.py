"""What photos share of their edits: copied, pasted and kept as presets, for all that are chosen.

Invariant: however many photos it is about, it is one entry of the undo stack.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from colordesk.edit import Edit
from colordesk.errors import ColorDeskError
from colordesk.presets import delete_preset, preset_names, read_preset, save_preset, shared
from colordesk.task import Task
from colordesk.ui.document import Document
from colordesk.ui.engine import Engine
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.messages import Messages


class Sharing(QObject):
    """Carries edits from photo to photo.

    Args:
        bridge: runs the reading.
        engine: reads edits of photos that are not at hand.
        document: the photo at hand, and the drafts of the others.
        messages: for errors and results.
        chosen: returns the photos chosen in the strip.
        folder: where the presets lie.
    """

    def __init__(
        self,
        bridge: JobBridge,
        engine: Engine,
        document: Document,
        messages: Messages,
        chosen: Callable[[], list[Path]],
        folder: Path,
    ) -> None:
        super().__init__()
        self._bridge, self._engine, self._document = bridge, engine, document
        self._messages, self._chosen, self._folder = messages, chosen, folder
        self._copied: Edit | None = None
        self.window: QWidget | None = None
        """Parent of the dialogs."""

    @property
    def can_share(self) -> bool:
        """Whether there is a photo to change."""
        return self._document.photo is not None or bool(self._chosen())

    @property
    def can_paste(self) -> bool:
        """Whether an edit was copied and there is a photo to take it."""
        return self._copied is not None and self.can_share

    def copy(self) -> None:
        """Take the edit of the photo at hand, to be pasted."""
        self._copied = self._document.edit
        self._document.state_changed.emit()

    def paste(self) -> None:
        """Give what was copied to all chosen photos."""
        copied = self._copied
        if copied is not None:
            self._change(lambda edit: shared(copied, edit), self.tr("pasting of an edit"))

    def reset(self) -> None:
        """Take back everything that was chosen for all chosen photos."""
        self._change(lambda edit: Edit(), self.tr("reset of photos"))

    def save_as_preset(self) -> None:
        """Keep the edit of the photo at hand under a name."""
        name, given = QInputDialog.getText(
            self.window,
            self.tr("Save as preset"),
            self.tr("Name of the preset; one of the same name is replaced:"),
        )
        if not given or not name.strip():
            return
        try:
            name = save_preset(self._folder, name, self._document.edit)
        except (ColorDeskError, OSError) as error:
            self._messages.error(error)
        else:
            self._messages.note("success", self.tr("Saved as preset “{name}”").format(name=name))

    def apply(self, name: str) -> None:
        """Give a preset to all chosen photos."""
        self._change(
            lambda edit: read_preset(self._folder, name, edit),
            self.tr("preset “{name}”").format(name=name),
        )

    def delete(self, name: str) -> None:
        """Delete a preset."""
        try:
            delete_preset(self._folder, name)
        except OSError as error:
            self._messages.error(error)

    def fill(self, menu: QMenu, then: Callable[[str], None]) -> None:
        """Fill a menu with the presets that there are.

        Args:
            menu: what is in it goes.
            then: gets the name of the one that was clicked.
        """
        menu.clear()
        try:
            names = preset_names(self._folder)
        except OSError as error:
            names = []
            self._messages.error(error)
        for name in names:
            action = menu.addAction(name.replace("&", "&&"))
            action.triggered.connect(lambda _=False, name=name: then(name))
        if not names:
            menu.addAction(self.tr("No presets yet")).setEnabled(False)

    def _change(self, change: Callable[[Edit], Edit], text: str) -> None:
        """Change the edits of all chosen photos, or of the one at hand if none is chosen."""
        photo = self._document.photo
        at_hand = photo.path if photo else None
        chosen = self._chosen() or ([at_hand] if at_hand else [])
        try:
            if photo is not None and chosen == ([at_hand] if at_hand else []):
                self._document.change(change(self._document.edit), text)
                return
        except (ColorDeskError, OSError) as error:
            self._messages.error(error)
            return
        known = self._document.unkept()
        if at_hand in chosen:
            known[at_hand] = self._document.edit
        unread = [path for path in chosen if path not in known]

        def work(task: Task) -> dict[Path, Edit]:
            edits = self._engine.edits_of(unread, task)
            edits |= {path: known[path] for path in chosen if path in known}
            changed = {path: change(edit) for path, edit in edits.items()}
            return {path: edit for path, edit in changed.items() if edit != edits[path]}

        title = self.tr("Changing {count} photos").format(count=len(chosen))
        self._bridge.start(
            work,
            "files",
            title,
            lambda edits: self._document.change_many(edits, text),
            self._messages.error,
        )
