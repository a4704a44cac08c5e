"""The photo at hand: its edit, its undo history, and what of it is not kept yet.

Invariant: the edit changes only through the undo stack, and views follow by signals.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from colordesk.edit import Edit
from colordesk.ui.gesture import NO_MERGE

if TYPE_CHECKING:
    from colordesk.photo import Photo

_Edits = Mapping[Path | None, Edit | None]
"""By the path of the photo, None for a pasted picture; no edit where there is no draft."""


@dataclass(frozen=True)
class Step:
    """One entry of the undo stack."""

    text: str
    """What was done."""
    before: _Edits
    after: _Edits


@dataclass(frozen=True)
class History:
    """What was done since a photo was opened, for another document to go on with."""

    path: Path | None
    """Of the photo."""
    steps: tuple[Step, ...]
    done: int
    """How many of them hold; the others were undone."""


class Document(QObject):
    """One photo at a time; edits of photos that were left are kept as drafts."""

    photo_changed = Signal()
    """Another photo, or none."""
    edit_changed = Signal()
    state_changed = Signal()
    """Whether it is dirty, can be undone or may be coloured."""
    kept = Signal(object)
    """The path of a photo whose edit was written beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.photo: Photo | None = None
        self.edit = Edit()
        self.undo_stack = QUndoStack(self)
        self._kept: Edit | None = None
        self._wanted = True
        self._drafts: dict[Path, Edit] = {}
        self._awaited: History | None = None
        self._replaying = False
        self.undo_stack.indexChanged.connect(self.state_changed)

    def open(self, photo: Photo, edit: Edit, *, wanted: bool = True) -> None:
        """Take a photo; its draft, if it was here before, goes on.

        Args:
            photo: the photo; one without a path counts as dirty until it was saved.
            edit: as kept beside it, or a new one.
            wanted: whether it may be coloured without asking.
        """
        self._store_draft()
        draft = self._drafts.pop(photo.path, None) if photo.path else None
        self.photo, self._kept = photo, edit if photo.path else None
        self.edit = draft or edit
        self._wanted = wanted or draft is not None
        self.undo_stack.clear()
        awaited, self._awaited = self._awaited, None
        if awaited is not None and photo.path is not None and awaited.path == photo.path:
            self._replay(awaited)
        self.photo_changed.emit()
        self.state_changed.emit()

    @property
    def history(self) -> History:
        """What was done since the photo was opened."""
        stack = self.undo_stack
        steps = [
            command.step
            for command in map(stack.command, range(stack.count()))
            if isinstance(command, _Change)
        ]
        return History(self.photo.path if self.photo else None, tuple(steps), stack.index())

    def go_on(self, drafts: Mapping[Path, Edit], history: History) -> None:
        """Take over from another document.

        Args:
            drafts: edits of photos that are not open now.
            history: what was done to the photo that will be opened next.
        """
        self._drafts |= drafts
        self._awaited = history

    def close(self) -> None:
        """Have no photo any more; an edit that is not kept yet becomes a draft."""
        self._store_draft()
        self.photo, self.edit, self._kept = None, Edit(), None
        self.undo_stack.clear()
        self.photo_changed.emit()
        self.state_changed.emit()

    @property
    def wanted(self) -> bool:
        """Whether there is a photo that may be coloured."""
        return self.photo is not None and self._wanted

    def want(self) -> None:
        """Agree to colour a photo that has colours of its own."""
        self._wanted = True
        self.edit_changed.emit()
        self.state_changed.emit()

    def change(self, edit: Edit, text: str, gesture: int = NO_MERGE) -> None:
        """Change the edit, as one entry of the undo stack.

        Args:
            edit: the new one.
            text: what was done, as in "Undo change of strength".
            gesture: changes of one gesture (one drag of a slider) become one entry.
        """
        if self.photo is not None and edit != self.edit:
            path = self.photo.path
            step = Step(text, {path: self.edit}, {path: edit})
            self.undo_stack.push(_Change(self, step, gesture))

    def change_many(self, edits: Mapping[Path, Edit], text: str) -> None:
        """Change the edits of several photos, as one entry of the undo stack.

        Args:
            edits: by path; those of photos that are not at hand become drafts.
            text: what was done.
        """
        if edits:
            at_hand = self.photo.path if self.photo else None
            before: dict[Path | None, Edit | None] = {p: self._drafts.get(p) for p in edits}
            if at_hand in before:
                before[at_hand] = self.edit
            after: dict[Path | None, Edit | None] = dict(edits.items())
            self.undo_stack.push(_Change(self, Step(text, before, after), NO_MERGE))

    def draft(self, path: Path) -> Edit | None:
        """Return the edit of a photo that is not kept yet, if there is one."""
        return self.unkept().get(path)

    @property
    def dirty(self) -> bool:
        """Whether the edit is another than the one kept beside the photo."""
        return self.photo is not None and self.edit != self._kept

    def mark_kept(self, path: Path | None, edit: Edit) -> None:
        """Note that an edit now lies beside the photo of that path."""
        if path is not None and self._drafts.get(path) == edit:
            del self._drafts[path]
        if self.photo is not None and self.photo.path == path:
            self._kept = edit
        if path is not None:
            self.kept.emit(path)
        self.state_changed.emit()

    def unkept(self) -> dict[Path, Edit]:
        """Return all edits that would be lost now."""
        found = dict(self._drafts)
        if self.dirty and self.photo is not None and self.photo.path is not None:
            found[self.photo.path] = self.edit
        return found

    def _store_draft(self) -> None:
        if self.photo is not None and self.photo.path is not None and self.dirty:
            self._drafts[self.photo.path] = self.edit

    def _take(self, edits: _Edits) -> None:
        """Have these edits, as a step that is done or undone wants it."""
        if self._replaying:
            return
        at_hand = self.photo.path if self.photo else None
        for path, edit in edits.items():
            if self.photo is not None and path == at_hand and edit is not None:
                self.edit = edit
                self._wanted = True
                self.edit_changed.emit()
            elif path is not None and edit is not None:
                self._drafts[path] = edit
            elif path is not None:
                self._drafts.pop(path, None)
        if set(edits) != {at_hand}:
            self.state_changed.emit()

    def _replay(self, history: History) -> None:
        """Fill the undo stack with what was done before, unless the edit is another by now."""
        if history.done:
            reached = history.steps[history.done - 1].after
        else:
            reached = history.steps[0].before if history.steps else {}
        if reached.get(history.path, self.edit) != self.edit:
            return
        self._replaying = True
        for step in history.steps:
            self.undo_stack.push(_Change(self, step, NO_MERGE))
        self.undo_stack.setIndex(history.done)
        self._replaying = False


class _Change(QUndoCommand):
    def __init__(self, document: Document, step: Step, gesture: int) -> None:
        super().__init__(step.text)
        self.step = step
        self._document = document
        self._gesture = gesture

    def redo(self) -> None:
        self._document._take(self.step.after)

    def undo(self) -> None:
        self._document._take(self.step.before)

    def id(self) -> int:
        return self._gesture

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Change) or other._gesture != self._gesture:
            return False
        self.step = dataclasses.replace(self.step, after=other.step.after)
        self.setObsolete(self.step.after == self.step.before)
        return True
