"""The film at hand: its clip, what was chosen for it, where the playhead is, and what is undone.

Places in the film are counted in frames of its average rate, so that a step is always a frame.
Invariant: what was chosen changes only through the undo stack, and views follow by signals.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from colordesk.edit import Edit
from colordesk.video.treatment import Treatment

if TYPE_CHECKING:
    from colordesk.video.clip import Clip

_NO_MERGE = -1
_QUARTER = Fraction(1, 4)  # of a frame: times in files are rounded


@dataclass(frozen=True)
class Choices:
    """What a person chose for a film."""

    treatment: Treatment = field(default_factory=Treatment)
    first: int = 0
    """The first frame that is exported."""
    last: int | None = None
    """The last one; None means that of the clip."""


def span(choices: Choices, rate: Fraction) -> tuple[Fraction, Fraction | None]:
    """Return the seconds between which all frames lie that were chosen."""
    start = max((choices.first - _QUARTER) / rate, Fraction(0))
    end = None if choices.last is None else (choices.last + 1 - _QUARTER) / rate
    return start, end


def chosen(
    treatment: Treatment, start: Fraction, end: Fraction | None, rate: Fraction, count: int
) -> Choices:
    """Return the choices that a span of seconds stands for, within a film of `count` frames."""
    first = min(max(round(start * rate), 0), count - 1)
    last = None if end is None else max(round(end * rate) - 1, first)
    return Choices(treatment, first, None if last is None or last >= count - 1 else last)


class Reel(QObject):
    """One film at a time, or none."""

    changed = Signal()
    """Another film, or none."""
    chosen_changed = Signal()
    """The edit, how it is smoothed, or the in and out points."""
    moved = Signal(int)
    """The playhead is at another frame."""

    def __init__(self) -> None:
        super().__init__()
        self.clip: Clip | None = None
        self.count = 1
        """Frames of the clip, at least one."""
        self.frame = 0
        """Where the playhead is."""
        self.choices = Choices()
        self.undo_stack = QUndoStack(self)

    def open(self, clip: Clip, count: int, choices: Choices) -> None:
        """Take a film; the playhead is at its first chosen frame."""
        self.clip, self.count, self.choices = clip, max(count, 1), choices
        self.frame = choices.first
        self.undo_stack.clear()
        self.changed.emit()

    def close(self) -> None:
        """Have no film any more."""
        self.clip, self.count, self.frame, self.choices = None, 1, 0, Choices()
        self.undo_stack.clear()
        self.changed.emit()

    @property
    def rate(self) -> Fraction:
        """Frames per second."""
        return self.clip.rate if self.clip is not None else Fraction(25)

    @property
    def edit(self) -> Edit:
        """Model, size and look."""
        return self.choices.treatment.edit

    @property
    def last(self) -> int:
        """The last frame that is exported."""
        last = self.choices.last
        return self.count - 1 if last is None else last

    def seconds(self, frame: int) -> Fraction:
        """Return a moment at which a frame is shown, well inside its time."""
        return (frame + 2 * _QUARTER) / self.rate

    def frame_of(self, seconds: Fraction) -> int:
        """Return the frame that is shown so many seconds after the first one begins."""
        return min(max(round(seconds * self.rate), 0), self.count - 1)

    def go(self, frame: int) -> None:
        """Move the playhead."""
        frame = min(max(frame, 0), self.count - 1)
        if self.clip is not None and frame != self.frame:
            self.frame = frame
            self.moved.emit(frame)

    def change(self, choices: Choices, text: str, gesture: int = _NO_MERGE) -> None:
        """Change what was chosen, as one entry of the undo stack.

        Args:
            choices: the new ones.
            text: what was done.
            gesture: changes of one gesture become one entry.
        """
        if self.clip is not None and choices != self.choices:
            self.undo_stack.push(_Change(self, self.choices, choices, text, gesture))

    def change_edit(self, edit: Edit, text: str, gesture: int = _NO_MERGE) -> None:
        """Change the edit only."""
        treatment = replace(self.choices.treatment, edit=edit)
        self.change(replace(self.choices, treatment=treatment), text, gesture)

    def set_first(self, frame: int) -> None:
        """Begin the export here; an out point before it goes."""
        last = self.choices.last
        keeps = last is not None and last >= frame
        choices = replace(self.choices, first=frame, last=last if keeps else None)
        self.change(choices, self.tr("in point"))

    def set_last(self, frame: int) -> None:
        """End the export here; an in point after it goes."""
        first = self.choices.first if self.choices.first <= frame else 0
        last = frame if frame < self.count - 1 else None
        self.change(replace(self.choices, first=first, last=last), self.tr("out point"))

    def set_whole(self) -> None:
        """Export all of the film."""
        choices = replace(self.choices, first=0, last=None)
        self.change(choices, self.tr("reset of the in and out points"))

    def _set(self, choices: Choices) -> None:
        self.choices = choices
        self.chosen_changed.emit()


class _Change(QUndoCommand):
    def __init__(
        self, reel: Reel, before: Choices, after: Choices, text: str, gesture: int
    ) -> None:
        super().__init__(text)
        self._reel, self._before, self._after, self._gesture = reel, before, after, gesture

    def redo(self) -> None:
        self._reel._set(self._after)

    def undo(self) -> None:
        self._reel._set(self._before)

    def id(self) -> int:
        return self._gesture

    def mergeWith(self, other: QUndoCommand) -> bool:  # noqa: N802 - Qt's name
        if not isinstance(other, _Change) or other._gesture != self._gesture:
            return False
        self._after = other._after
        self.setObsolete(self._after == self._before)
        return True
