"""The film at hand: its cut, what was chosen for it, where the playhead is, and what is undone.

Frames are counted over the whole timeline, through all stretches.
Invariant: what was chosen changes only through the undo stack, and views follow by signals.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from colordesk.edit import Edit, Look
from colordesk.ui.film.cut import Choices, Stretch, split, whole, with_shot
from colordesk.ui.film.film_history import FilmHistory, FilmStep
from colordesk.ui.gesture import NO_MERGE
from colordesk.video.shot_edits import ShotEdit, shot_at

if TYPE_CHECKING:
    from colordesk.video.clip import Clip


class Reel(QObject):
    """One film at a time, or none."""

    changed = Signal()
    """Another film, or none."""
    cut_changed = Signal()
    """Stretches came, went, or changed their places."""
    chosen_changed = Signal()
    """The edit, how it is smoothed, the in and out points, or what shots have of their own."""
    moved = Signal(int)
    """The playhead is at another frame."""
    shots_changed = Signal()
    """It is known where shots begin."""

    def __init__(self) -> None:
        super().__init__()
        self.path: Path | None = None
        """What was opened: a film, a folder of frames or a project; None without a film."""
        self.frame = 0
        """Where the playhead is."""
        self.choices = Choices()
        self.undo_stack = QUndoStack(self)
        self._shots: dict[str, tuple[int, ...]] = {}
        self._awaited: FilmHistory | None = None
        self._replaying = False
        self._bounds = [0, 1]
        """Where shots begin on the timeline, and the frame after all of them."""

    def open(self, path: Path, choices: Choices) -> None:
        """Take a film; the playhead is at its first chosen frame."""
        self.path, self.choices, self._shots = path, choices, {}
        first = choices.stretches[0]
        self.frame = first.first - first.begin
        self.undo_stack.clear()
        awaited, self._awaited = self._awaited, None
        clips = {one.clip.identity for one in choices.stretches}
        if awaited is not None and awaited.path == path and awaited.clips == clips:
            self._replay(awaited)
        self._find_bounds()
        self.changed.emit()

    @property
    def history(self) -> FilmHistory:
        """What was done since the film was opened."""
        stack = self.undo_stack
        commands = map(stack.command, range(stack.count()))
        steps = tuple(command.step for command in commands if isinstance(command, _Change))
        return FilmHistory(self.path, self.choices, steps, stack.index(), self.frame, self._shots)

    def go_on(self, history: FilmHistory) -> None:
        """Take over from another reel when its film is opened here next."""
        self._awaited = history

    def close(self) -> None:
        """Have no film any more."""
        self.path, self.frame, self.choices, self._shots = None, 0, Choices(), {}
        self.undo_stack.clear()
        self._find_bounds()
        self.changed.emit()

    # where things are

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """What lies on the timeline."""
        return self.choices.stretches

    @property
    def clip(self) -> Clip | None:
        """The clip under the playhead."""
        return self.stretches[self.number].clip if self.stretches else None

    @property
    def number(self) -> int:
        """Of the stretch under the playhead."""
        return self.place(self.frame)[0]

    @property
    def count(self) -> int:
        """Frames on the timeline, at least one."""
        return max(sum(one.length for one in self.stretches), 1)

    @property
    def starts(self) -> list[int]:
        """The frames at which the stretches begin, and the one after all of them."""
        found = [0]
        for one in self.stretches:
            found.append(found[-1] + one.length)
        return found

    def place(self, frame: int) -> tuple[int, int]:
        """Return the number of the stretch that a frame is in, and its number in the clip."""
        starts = self.starts
        number = max(sum(start <= frame for start in starts[:-1]) - 1, 0)
        begin = self.stretches[number].begin if self.stretches else 0
        return number, frame - starts[number] + begin

    def frame_in(self, number: int, frame: int) -> int:
        """Return where a frame of the clip of a stretch is on the timeline."""
        return self.starts[number] + frame - self.stretches[number].begin

    def moment(self, frame: int) -> Fraction:
        """Return the seconds of its clip at which a frame is shown, well inside its time."""
        number, inside = self.place(frame)
        return self.stretches[number].moment(inside)

    @property
    def rate(self) -> Fraction:
        """Frames per second, of the first clip."""
        return self.stretches[0].clip.rate if self.stretches else Fraction(25)

    def time(self, frame: int) -> Fraction:
        """Return the seconds on the timeline before a frame."""
        passed = Fraction(0)
        for one, start in zip(self.stretches, self.starts, strict=False):
            passed += min(max(frame - start, 0), one.length) / one.clip.rate
        return passed

    @property
    def edit(self) -> Edit:
        """Model, size and look of the film."""
        return self.choices.treatment.edit

    @property
    def first(self) -> int:
        """The in point of the stretch under the playhead, on the timeline."""
        return self.frame_in(self.number, self.stretches[self.number].first)

    @property
    def last(self) -> int:
        """Its out point."""
        return self.frame_in(self.number, self.stretches[self.number].last)

    def go(self, frame: int) -> None:
        """Move the playhead."""
        frame = min(max(frame, 0), self.count - 1)
        if self.stretches and frame != self.frame:
            self.frame = frame
            self.moved.emit(frame)

    # shots

    def set_shots(self, clip: Clip, starts: Sequence[int]) -> None:
        """Learn the frames of a clip at which shots begin."""
        self._shots[clip.identity] = tuple(starts)
        self._find_bounds()
        self.shots_changed.emit()

    def knows_shots(self, clip: Clip) -> bool:
        """Whether it is known where the shots of a clip begin."""
        return clip.identity in self._shots

    @property
    def shot_starts(self) -> tuple[int, ...]:
        """The frames of the timeline at which shots begin, as far as they are known."""
        return tuple(self._bounds[:-1])

    def shot_of(self, frame: int) -> tuple[int, int]:
        """Return the first frame of the shot around a frame, and the first one after it."""
        after = min(max(bisect(self._bounds, frame), 1), len(self._bounds) - 1)
        return self._bounds[after - 1], self._bounds[after]

    @property
    def shot(self) -> ShotEdit | None:
        """What the shot under the playhead has of its own."""
        if not self.stretches:
            return None
        return shot_at(self.stretches[self.number].shots, self.moment(self.frame))

    @property
    def look(self) -> Look:
        """The look of the frame under the playhead."""
        shot = self.shot
        return self.edit.look if shot is None or shot.look is None else shot.look

    def new_shot(self) -> ShotEdit:
        """Return the shot under the playhead, with nothing of its own if it has nothing."""
        number, inside = self.place(self.frame)
        one = self.stretches[number]
        bounds = [0, *self._shots.get(one.clip.identity, ()), one.count]
        first = max(bound for bound in bounds[:-1] if bound <= inside)
        end = min((bound for bound in bounds if bound > inside), default=one.count)
        return self.shot or ShotEdit(*one.range_of(first, end))

    def _find_bounds(self) -> None:
        found: list[int] = []
        for one, start in zip(self.stretches, self.starts, strict=False):
            cuts = self._shots.get(one.clip.identity, ())
            found.append(start)
            found += [start + cut - one.begin for cut in cuts if one.begin < cut < one.end]
        self._bounds = [*(found or [0]), self.count]

    # what a person changes

    def change(self, choices: Choices, text: str, gesture: int = NO_MERGE) -> None:
        """Change what was chosen, as one entry of the undo stack.

        Args:
            choices: the new ones.
            text: what was done.
            gesture: changes of one gesture become one entry.
        """
        if self.stretches and choices != self.choices:
            self.undo_stack.push(_Change(self, FilmStep(text, self.choices, choices), gesture))

    def change_edit(self, edit: Edit, text: str, gesture: int = NO_MERGE) -> None:
        """Change the film's edit only."""
        treatment = replace(self.choices.treatment, edit=edit)
        self.change(replace(self.choices, treatment=treatment), text, gesture)

    def change_shot(self, shot: ShotEdit, text: str, gesture: int = NO_MERGE) -> None:
        """Change what the shot under the playhead has of its own."""
        one = self.stretches[self.number]
        shots = with_shot(one.shots, self.shot, shot)
        self._exchange({self.number: replace(one, shots=shots)}, text, gesture)

    def set_first(self, frame: int, gesture: int = NO_MERGE) -> None:
        """Begin the export of the stretch here; an out point before it goes."""
        number, inside = self.place(frame)
        one = self.stretches[number]
        last = one.last if one.last >= inside else one.end - 1
        changed = replace(one, first=inside, last=last)
        self._exchange({number: changed}, self.tr("in point"), gesture)

    def set_last(self, frame: int, gesture: int = NO_MERGE) -> None:
        """End the export of the stretch here; an in point after it goes."""
        number, inside = self.place(frame)
        one = self.stretches[number]
        first = one.first if one.first <= inside else one.begin
        changed = replace(one, first=first, last=inside)
        self._exchange({number: changed}, self.tr("out point"), gesture)

    def set_whole(self) -> None:
        """Export all that lies on the timeline."""
        everything = {
            number: replace(one, first=one.begin, last=one.end - 1)
            for number, one in enumerate(self.stretches)
        }
        self._exchange(everything, self.tr("reset of the in and out points"))

    def add(self, clips: Sequence[tuple[Clip, int]]) -> None:
        """Put clips behind the others, each with the number of its frames."""
        more = tuple(whole(clip, count) for clip, count in clips)
        self._cut((*self.stretches, *more), self.tr("adding clips"))

    def remove(self, number: int) -> None:
        """Take a stretch off the timeline; the last one stays."""
        if len(self.stretches) > 1:
            rest = (*self.stretches[:number], *self.stretches[number + 1 :])
            self._cut(rest, self.tr("removal of a clip"))

    def move(self, number: int, to: int) -> None:
        """Put a stretch at another place among the others."""
        rest = [*self.stretches[:number], *self.stretches[number + 1 :]]
        rest.insert(to, self.stretches[number])
        self._cut(tuple(rest), self.tr("order of the clips"))

    def split(self, frame: int) -> None:
        """Cut the stretch in two before a frame."""
        number, inside = self.place(frame)
        both = split(self.stretches[number], inside)
        if both is not None:
            before, after = self.stretches[:number], self.stretches[number + 1 :]
            self._cut((*before, *both, *after), self.tr("split"))

    def _cut(self, stretches: tuple[Stretch, ...], text: str) -> None:
        self.change(replace(self.choices, stretches=stretches), text)

    def _exchange(self, some: Mapping[int, Stretch], text: str, gesture: int = NO_MERGE) -> None:
        stretches = tuple(some.get(n, one) for n, one in enumerate(self.stretches))
        self.change(replace(self.choices, stretches=stretches), text, gesture)

    def _replay(self, history: FilmHistory) -> None:
        """Fill the undo stack with what was done before."""
        self.choices, self.frame, self._shots = history.choices, history.frame, dict(history.shots)
        self._replaying = True
        for step in history.steps:
            self.undo_stack.push(_Change(self, step, NO_MERGE))
        self.undo_stack.setIndex(history.done)
        self._replaying = False

    def _set(self, choices: Choices) -> None:
        if self._replaying:
            return
        before, frame = self.choices, self.place(self.frame)
        clip = self.clip
        self.choices = choices
        if _layout(before) != _layout(choices):
            self.frame = self._found_again(clip, frame[1])
            self._find_bounds()
            self.cut_changed.emit()
        self.chosen_changed.emit()

    def _found_again(self, clip: Clip | None, inside: int) -> int:
        """Return where a frame of a clip is now, or else the nearest place to the playhead."""
        for number, one in enumerate(self.stretches):
            if one.clip == clip and one.begin <= inside < one.end:
                return self.frame_in(number, inside)
        return min(self.frame, self.count - 1)


def _layout(choices: Choices) -> list[tuple[str, int, int]]:
    return [(one.clip.identity, one.begin, one.end) for one in choices.stretches]


class _Change(QUndoCommand):
    def __init__(self, reel: Reel, step: FilmStep, gesture: int) -> None:
        super().__init__(step.text)
        self.step = step
        self._reel, self._gesture = reel, gesture

    def redo(self) -> None:
        self._reel._set(self.step.after)

    def undo(self) -> None:
        self._reel._set(self.step.before)

    def id(self) -> int:
        return self._gesture

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Change) or other._gesture != self._gesture:
            return False
        self.step = replace(self.step, after=other.step.after)
        self.setObsolete(self.step.after == self.step.before)
        return True
