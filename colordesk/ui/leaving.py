"""Asks before anything is lost: a pasted picture, edits that are not kept, a save under way.

Invariant: without an answer nothing is lost, and the window stays.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from colordesk.ui.dialogs.unkept import Answer, Question
from colordesk.ui.document import Document
from colordesk.ui.saving import Saving

_NAMED = 3


class Leaving(QObject):
    """Decides whether a photo or the window may go.

    Args:
        document: the photo at hand.
        saving: saves what a person wants to keep.
    """

    def __init__(self, document: Document, saving: Saving) -> None:
        super().__init__()
        self._document, self._saving = document, saving
        self._close_after = False
        self.window: QWidget | None = None
        """Parent of the questions, and what is closed once all is kept."""
        saving.saved.connect(self._done)
        saving.kept.connect(self._done)
        saving.stopped.connect(self._stay)

    def may_leave(self) -> bool:
        """Ask about a pasted picture, which has no file that it could be had from again."""
        if not self._at_risk():
            return True
        answer = Question(
            self.tr("Save the pasted picture?"),
            self.tr("It has no file of its own. If it is not saved, it is gone."),
            self.tr("Save as…"),
            self.tr("Let it go"),
            self.tr("Cancel"),
            self.window,
        ).ask()
        if answer is Answer.KEEP:
            self._saving.save_as()
        elif answer is Answer.DISCARD:
            self._document.mark_kept(None, self._document.edit)
        return answer is Answer.DISCARD

    def may_close(self) -> bool:
        """Ask about everything that would be lost; False means not now, or not yet."""
        if self._saving.busy:
            answer = self._ask_about_saving()
            if answer is not Answer.DISCARD:
                self._close_after = answer is Answer.KEEP
                return False
        if self._at_risk():
            left = self.may_leave()
            self._close_after = not left and self._saving.busy
            return left
        if not self._document.unkept():
            return True
        answer = self._ask_about_edits()
        if answer is Answer.KEEP:
            self._close_after = True
            self._saving.keep_edits()
        return answer is Answer.DISCARD

    def _at_risk(self) -> bool:
        photo = self._document.photo
        return photo is not None and photo.path is None and self._document.dirty

    def _ask_about_saving(self) -> Answer:
        return Question(
            self.tr("A photo is still being saved"),
            self.tr("If ColorDesk closes now, that photo is not written."),
            self.tr("Wait, then close"),
            self.tr("Stop and close"),
            self.tr("Cancel"),
            self.window,
        ).ask()

    def _ask_about_edits(self) -> Answer:
        paths = list(self._document.unkept())
        names = ", ".join(path.name for path in paths[:_NAMED])
        if len(paths) > _NAMED:
            count = len(paths) - _NAMED
            names = self.tr("{names} and {count} more").format(names=names, count=count)
        return Question(
            self.tr("Keep your changes?"),
            self.tr(
                "The settings for {names} are kept in a small file beside each photo and come "
                "back when you open it. Coloured pictures are written only by Save."
            ).format(names=names),
            self.tr("Keep changes"),
            self.tr("Discard"),
            self.tr("Cancel"),
            self.window,
        ).ask()

    def _done(self) -> None:
        if self._close_after and self.window is not None:
            self._close_after = False
            self.window.close()

    def _stay(self) -> None:
        self._close_after = False
