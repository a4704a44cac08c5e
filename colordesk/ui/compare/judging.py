"""Measures every picture of the comparison in the background, one after the other.

Hides which are measured already: what did not change is not measured again.
Invariant: every judgement that is told belongs to what was last asked for.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from colordesk.jobs import Job
from colordesk.task import Task
from colordesk.ui.canvas.frame import Part
from colordesk.ui.compare.entry import Entry, Role
from colordesk.ui.engine import Engine, Wish
from colordesk.ui.job_bridge import JobBridge

if TYPE_CHECKING:
    from colordesk.photo import Photo
    from colordesk.ui.compare.statistics import Spread

_MOST_PIXELS = 4_000_000  # measuring more takes seconds and changes the third digit
_PAUSE_MS = 250


@dataclass(frozen=True, eq=False)
class Judgement:
    """What is known of one picture."""

    values: Mapping[str, float]
    """By id of the measure."""
    spread: Spread
    size: tuple[int, int]
    """Width and height at which it was measured."""


@dataclass(frozen=True)
class _Question:
    key: str
    entry: Entry
    photo: Photo
    truth: Photo | None
    region: Part | None

    @property
    def token(self) -> Hashable:
        """Equal for questions that have the same answer."""
        return self.photo, self.truth, self.entry.role, self.entry.edit, self.region


class Judging(QObject):
    """Measures pictures.

    Args:
        bridge: runs the work.
        engine: makes the pictures.
    """

    judged = Signal(str, object)
    """Key of an entry and its `Judgement`."""
    failed = Signal(str, object)
    """Key of an entry and the error."""

    def __init__(self, bridge: JobBridge, engine: Engine) -> None:
        super().__init__()
        self._bridge, self._engine = bridge, engine
        self._questions: list[_Question] = []
        self._answers: dict[Hashable, Judgement] = {}
        self._running: tuple[_Question, Job[Any]] | None = None
        self._hopeless: set[Hashable] = set()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._next)

    def ask(
        self, photo: Photo, truth: Photo | None, entries: Sequence[Entry], region: Part | None
    ) -> None:
        """Ask for judgements of pictures; what was asked before and not now is forgotten.

        Args:
            photo: is coloured.
            truth: its true colours, if they are known.
            entries: the pictures.
            region: measure only this part of them.
        """
        self._questions = [_Question(e.key, e, photo, truth, region) for e in entries]
        tokens = {question.token for question in self._questions}
        self._answers = {t: answer for t, answer in self._answers.items() if t in tokens}
        self._hopeless &= tokens
        if self._running is not None and self._running[0].token not in tokens:
            self._running[1].cancel()
        for question in self._questions:
            if (known := self._answers.get(question.token)) is not None:
                self.judged.emit(question.key, known)
        self._pause.start()

    def stop(self) -> None:
        """Measure nothing any more."""
        self._questions, self._answers = [], {}
        self._pause.stop()
        if self._running is not None:
            self._running[1].cancel()

    def _next(self) -> None:
        if self._running is not None:
            return
        for question in self._questions:
            token = question.token
            if token not in self._answers and token not in self._hopeless:
                break
        else:
            return
        job = self._bridge.start(
            lambda task: _judge(self._engine, question, task),
            "inference",
            "",
            lambda answer: self._answered(question, answer),
            lambda error: self._gave_up(question, error),
            self._ended,
        )
        self._running = question, job

    def _ended(self) -> None:
        self._running = None
        self._next()

    def _answered(self, question: _Question, answer: Judgement) -> None:
        wanted = [other.key for other in self._questions if other.token == question.token]
        if wanted:
            self._answers[question.token] = answer
        for key in wanted:
            self.judged.emit(key, answer)

    def _gave_up(self, question: _Question, error: Exception) -> None:
        self._hopeless.add(question.token)
        if any(other.token == question.token for other in self._questions):
            self.failed.emit(question.key, error)


def _judge(engine: Engine, question: _Question, task: Task) -> Judgement:
    from colordesk.metrics.table import MEASURES, measure
    from colordesk.ui.compare.statistics import spread

    photo, truth, entry = question.photo, question.truth, question.entry
    region = question.region
    small_enough = region is not None and _area(region) <= _MOST_PIXELS
    part = region if small_enough else None
    width, height = entry.edit.geometry.size(photo.width, photo.height)
    pixels = min(width * height, _MOST_PIXELS)
    wish = Wish(entry.edit, pixels, part)
    source = truth if entry.role is Role.TRUTH and truth is not None else photo
    make = engine.before if entry.as_it_is else engine.after
    mine = make(source, wish, task.part(0.0, 0.5)).rgb
    true = None
    if truth is not None and entry.role is not Role.TRUTH:
        true = engine.before(truth, wish, task.part(0.5, 0.6)).rgb
    if region is not None and part is None:  # a large region of a larger photo
        across, down = mine.shape[1] / width, mine.shape[0] / height
        left, right = (round(x * across) for x in (region[0], region[2]))
        top, bottom = (round(y * down) for y in (region[1], region[3]))
        mine = mine[top:bottom, left:right].copy()
        true = true[top:bottom, left:right].copy() if true is not None else None
    values = measure(mine, true, list(MEASURES), task.part(0.6, 0.95))
    return Judgement(values, spread(mine), (mine.shape[1], mine.shape[0]))


def _area(part: Part) -> int:
    return (part[2] - part[0]) * (part[3] - part[1])
