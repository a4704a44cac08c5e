"""The blind test: pairs of pictures in random order, made ahead of the person who looks at them.

With true colours it is the "colorization Turing test" of Zhang, Isola, Efros 2016, 3.1: the real
photo against a result, and a result that is taken for the real photo has fooled somebody. Their
abstract says that it happened on 32 % of the trials, their table 1 32.3 % for the full method.
Without true colours two results stand against each other.
Invariant: which side is which is left to chance, for every pair anew.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from colordesk.edit import Edit
from colordesk.jobs import Job
from colordesk.task import Task
from colordesk.ui.canvas.frame import Frame
from colordesk.ui.compare.blind_page import BlindPage
from colordesk.ui.compare.entry import Entry
from colordesk.ui.compare.tally import Tally
from colordesk.ui.compare.truth import TruthSource, check_truth, find_truth
from colordesk.ui.engine import Engine, Wish
from colordesk.ui.job_bridge import JobBridge

if TYPE_CHECKING:
    from colordesk.photo import Photo

_PIXELS = 1_500_000
_NAMED = 5


@dataclass(frozen=True)
class Pair:
    """Two pictures of one photo; None stands for the real one."""

    photo: Path | None
    """None means the photo at hand."""
    sides: tuple[Entry | None, Entry | None]


class BlindTest(QObject):
    """Runs the test.

    Args:
        bridge: runs the work.
        engine: makes the pictures.
        page: asks.
        chance: decides the order and the sides.
    """

    left = Signal()
    """The test is over, the comparison goes on."""

    def __init__(
        self, bridge: JobBridge, engine: Engine, page: BlindPage, chance: random.Random
    ) -> None:
        super().__init__()
        self._bridge, self._engine, self._page, self._chance = bridge, engine, page, chance
        self._pairs: list[Pair] = []
        self._entries: tuple[Entry, ...] = ()
        self._photo: Photo | None = None
        self._source: TruthSource | None = None
        self._ready: tuple[Pair, tuple[Frame, Frame]] | None = None
        self._job: Job[Any] | None = None
        self.pair: Pair | None = None
        """What is seen now."""
        self.tally = Tally()
        self._left_out: set[Path | None] = set()
        page.answered.connect(self._answered)
        page.skipped.connect(self._turn)
        page.result_wanted.connect(self._finish)
        page.left.connect(self._leave)

    def start(
        self,
        photo: Photo,
        others: Sequence[Path],
        entries: Sequence[Entry],
        source: TruthSource | None,
    ) -> None:
        """Begin a test.

        Args:
            photo: the photo at hand.
            others: photos that are open together with it.
            entries: the results to test.
            source: where real colours come from; None lets the results compete.
        """
        self.stop()
        self._photo, self._entries, self._source = photo, tuple(entries), source
        self.tally, self._left_out = Tally(), set()
        paths: list[Path | None] = [None, *(path for path in others if path != photo.path)]
        self._pairs = [self._pair(path, *rivals) for path in paths for rivals in self._rivals()]
        self._chance.shuffle(self._pairs)
        if source is None:
            self._page.ask(self.tr("Which of the two looks more real?"))
        else:
            self._page.ask(self.tr("Which of the two is the real photo?"))
        self._prepare()

    def stop(self) -> None:
        """Make no more pairs."""
        self._pairs, self._ready, self.pair, self._photo = [], None, None, None
        if self._job is not None:
            self._job.cancel()

    def _rivals(self) -> list[tuple[Entry, Entry | None]]:
        if self._source is not None:
            return [(entry, None) for entry in self._entries]
        entries = self._entries
        return [(one, other) for i, one in enumerate(entries) for other in entries[i + 1 :]]

    def _pair(self, path: Path | None, one: Entry, other: Entry | None) -> Pair:
        sides = (one, other) if self._chance.random() < 0.5 else (other, one)
        return Pair(path, sides)

    def _prepare(self) -> None:
        """Make the next pair, unless one is ready or being made."""
        photo, source = self._photo, self._source
        if photo is None or self._job is not None or self._ready is not None:
            return
        if not self._pairs:
            if self.pair is None:
                self._finish()
            return
        pair = self._pairs.pop()
        self._job = self._bridge.start(
            lambda task: _make(self._engine, photo, source, pair, task),
            "inference",
            "",
            lambda frames: self._made(pair, frames),
            lambda error: self._left_out.add(pair.photo),
            self._ended,
        )

    def _made(self, pair: Pair, frames: tuple[Frame, Frame]) -> None:
        if self._photo is not None:
            self._ready = pair, frames

    def _ended(self) -> None:
        self._job = None
        if self.pair is None and self._ready is not None:
            self._turn()
        else:
            self._prepare()

    def _turn(self) -> None:
        """Show the pair that is ready, and make another meanwhile."""
        if self._ready is None:
            self.pair = None
            self._page.set_frames(None, "")
        else:
            self.pair, frames = self._ready
            self._ready = None
            number = sum(self.tally.shown.values()) + 1
            if self._source is None:
                number = (number + 1) // 2  # each pair counts for both
            self._page.set_frames(frames, self.tr("Pair {number}").format(number=number))
        self._prepare()

    def _answered(self, side: int) -> None:
        if self.pair is not None:
            for place, entry in enumerate(self.pair.sides):
                if entry is not None:
                    self.tally.add(entry.key, place == side)
            self._turn()

    def _finish(self) -> None:
        if self._source is None:
            meaning = self.tr("How often each result was preferred to another one.")
        else:
            meaning = self.tr(
                "How often each result was taken for the real photo. At 50 % nobody can tell the "
                "two apart; Zhang, Isola and Efros 2016 measured 32 % for their network."
            )
        is_over = self.pair is None and not self._pairs and self._job is None
        if is_over and not self.tally.shown:
            meaning = self.tr("No open photo has colours of its own, so there was nothing to ask.")
        elif self._left_out:
            more = self.tr("Photos that were left out, gray or broken: {count}.")
            here = self._photo.path if self._photo is not None else None
            names = [path.name for path in (p or here for p in self._left_out) if path]
            named = ", ".join(sorted(names)[:_NAMED]) + "…" * (len(names) > _NAMED)
            meaning += " " + more.format(count=f"{len(self._left_out)} ({named})")
        self._page.show_result(self._entries, self.tally, meaning, is_over=is_over)

    def _leave(self) -> None:
        self.stop()
        self.left.emit()


def _make(
    engine: Engine, photo: Photo, source: TruthSource | None, pair: Pair, task: Task
) -> tuple[Frame, Frame]:
    """Return both pictures of a pair.

    Raises:
        NoTruth: there are no real colours of this photo.
        PhotoError: it cannot be opened.
        OSError: it cannot be read.
    """
    from colordesk.compare.truth import NoTruth, has_colour, srgb_of

    if pair.photo is not None:
        photo = engine.open(pair.photo, _PIXELS, task.part(0.0, 0.3)).photo
    real = photo
    if source is not None:
        if source.folder is not None:
            path = photo.path or Path()
            real = engine.open(find_truth(path, source.folder), _PIXELS, task).photo
        check_truth(photo, real)
        if real.is_gray or not has_colour(srgb_of(real)):
            raise NoTruth(real.path or Path(), "it has no colours of its own")
    some = next(entry for entry in pair.sides if entry is not None)
    shape = _edit(some, pair).geometry
    width, height = shape.size(photo.width, photo.height)
    pixels = min(width * height, _PIXELS)
    left, right = (
        engine.before(real, Wish(Edit(geometry=shape), pixels), task)
        if entry is None
        else engine.after(photo, Wish(_edit(entry, pair), pixels), task)
        for entry in pair.sides
    )
    return left, right


def _edit(entry: Entry, pair: Pair) -> Edit:
    """Return what of an edit suits the photo: shape and points belong to the photo at hand."""
    edit = entry.edit
    return edit if pair.photo is None else Edit(model=edit.model, size=edit.size, look=edit.look)
