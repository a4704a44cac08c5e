"""The photo at hand: its edit, its undo history, and what of it is not kept yet.

Invariant: the edit changes only through the undo stack, and views follow by signals.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from colordesk.edit import Edit

if TYPE_CHECKING:
    from colordesk.photo import Photo

_NO_MERGE = -1


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
        self.photo_changed.emit()
        self.state_changed.emit()

    def take_drafts(self, drafts: Mapping[Path, Edit]) -> None:
        """Take over edits of photos that are not open now."""
        self._drafts |= drafts

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

    def change(self, edit: Edit, text: str, gesture: int = _NO_MERGE) -> None:
        """Change the edit, as one entry of the undo stack.

        Args:
            edit: the new one.
            text: what was done, as in "Undo change of strength".
            gesture: changes of one gesture (one drag of a slider) become one entry.
        """
        if self.photo is not None and edit != self.edit:
            self.undo_stack.push(_Change(self, self.edit, edit, text, gesture))

    def change_many(self, edits: Mapping[Path, Edit], text: str) -> None:
        """Change the edits of several photos, as one entry of the undo stack.

        Args:
            edits: by path; those of photos that are not at hand become drafts.
            text: what was done.
        """
        if edits:
            self.undo_stack.push(_ChangeMany(self, edits, text))

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

    def _set(self, edit: Edit) -> None:
        self.edit = edit
        self._wanted = True
        self.edit_changed.emit()


class _Change(QUndoCommand):
    def __init__(
        self, document: Document, before: Edit, after: Edit, text: str, gesture: int
    ) -> None:
        super().__init__(text)
        self._document = document
        self._before = before
        self._after = after
        self._gesture = gesture

    def redo(self) -> None:
        self._document._set(self._after)

    def undo(self) -> None:
        self._document._set(self._before)

    def id(self) -> int:
        return self._gesture

    def mergeWith(self, other: QUndoCommand) -> bool:  # noqa: N802 - Qt's name
        if not isinstance(other, _Change) or other._gesture != self._gesture:
            return False
        self._after = other._after
        self.setObsolete(self._after == self._before)
        return True


class _ChangeMany(QUndoCommand):
    def __init__(self, document: Document, edits: Mapping[Path, Edit], text: str) -> None:
        super().__init__(text)
        self._document = document
        self._after: dict[Path, Edit | None] = dict(edits)
        self._before = {path: document._drafts.get(path) for path in edits}
        self._at_hand = document.photo.path if document.photo else None
        if self._at_hand in self._before:
            self._before[self._at_hand] = document.edit

    def redo(self) -> None:
        self._take(self._after)

    def undo(self) -> None:
        self._take(self._before)

    def _take(self, edits: Mapping[Path, Edit | None]) -> None:
        for path, edit in edits.items():
            if path == self._at_hand and edit is not None:
                self._document._set(edit)
            elif edit is None:
                self._document._drafts.pop(path, None)
            else:
                self._document._drafts[path] = edit
        self._document.state_changed.emit()
