"""Many photographs, several contestants: every picture made once, measured, and let go again.

Photos are worked on in blocks, so that a model stays open for a while and few photos are in memory.
Invariant: whatever cannot be measured is a `Problem` with the photo's name; nothing is dropped.
"""

from __future__ import annotations

import errno
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from colordesk.compare.contestants import Contestant, file_stamp
from colordesk.compare.journal import Journal, Score
from colordesk.compare.perception import Perception
from colordesk.compare.thumbnails import Thumbnails
from colordesk.compare.truth import Truth, read_truth
from colordesk.metrics.table import MEASURES, measure
from colordesk.render import Renderer
from colordesk.task import Cancelled, Task

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TRUTH = "truth"
"""Stands for the photographs themselves; what they are like is what a colorizer should reach."""
_BLOCK_PIXELS = 24_000_000
_BLOCK_PHOTOS = 64


@dataclass(frozen=True)
class Problem:
    """A picture that could not be measured."""

    photo: Path
    contestant: str
    """`TRUTH` if the photograph itself cannot be used."""
    error: Exception


@dataclass(frozen=True)
class Outcome:
    """All that was found out."""

    photos: Sequence[Path]
    contestants: Sequence[str]
    ids: Sequence[str]
    scores: dict[tuple[Path, str], Score] = field(default_factory=dict)
    """By photo and contestant; `TRUTH` is among the contestants here."""
    problems: list[Problem] = field(default_factory=list)
    together: dict[tuple[str, str], float] = field(default_factory=dict)
    """Measures of all pictures together, by contestant and id."""

    @property
    def judged(self) -> list[Path]:
        """The photos that have a score of every contestant: only these can be compared fairly."""
        names = (TRUTH, *self.contestants)
        return [p for p in self.photos if all((p, name) in self.scores for name in names)]


class Comparison:
    """Runs contestants over photographs.

    Args:
        contestants: in the order to show them.
        renderer: makes the gray photos.
        ids: measures, of `MEASURES` or of those of the networks.
        journal: open; what is in it is not measured again.
        thumbnails: where small pictures are kept.
        perception: networks to measure with.
        truth_of: finds the file with a photo's true colours; None where they are its own.
    """

    def __init__(
        self,
        contestants: Sequence[Contestant],
        renderer: Renderer,
        ids: Sequence[str],
        journal: Journal,
        thumbnails: Thumbnails,
        perception: Perception | None = None,
        truth_of: Callable[[Path], Path] | None = None,
    ) -> None:
        self._contestants = contestants
        self._renderer = renderer
        self._ids = ids
        self._own = [id for id in ids if id in MEASURES]
        self._alone = [id for id in self._own if not MEASURES[id].needs_truth]
        self._journal = journal
        self._thumbnails = thumbnails
        self._perception = perception
        self._truth_of = truth_of
        self._networks = "" if perception is None else perception.stamp
        self._truth_key = TRUTH + self._networks

    def run(
        self, photos: Sequence[Path], on_problem: Callable[[Problem], None], task: Task
    ) -> Outcome:
        """Measure every contestant's picture of every photo.

        Args:
            photos: files, each once.
            on_problem: told of every problem as it comes up.
            task: progress and cancel.

        Raises:
            OSError: the disk is full.
            Cancelled: the owner of the task asked for it; what was measured is in the journal.
        """
        names = [contestant.name for contestant in self._contestants]
        outcome = Outcome(photos, names, self._ids)

        def fail(photo: Path, contestant: str, error: Exception) -> None:
            if isinstance(error, Cancelled) or _disk_is_full(error):  # there is no going on
                raise error
            outcome.problems.append(Problem(photo, contestant, error))
            on_problem(outcome.problems[-1])

        steps = len(photos) * (len(names) + 1)
        for block in self._blocks(photos, outcome, fail, task):
            for contestant in self._contestants:
                for truth, stamp in block:
                    done = len(outcome.scores) + len(outcome.problems)
                    task.progress(done / steps, f"{truth.path.name}: {contestant.name}")
                    part = task.part(done / steps, (done + 1) / steps)
                    try:
                        score = self._score(contestant, truth, stamp, part)
                    except Exception as error:  # noqa: BLE001 - the others are wanted all the same
                        fail(truth.path, contestant.name, error)
                    else:
                        outcome.scores[truth.path, contestant.name] = score
        if self._perception is not None and self._perception.has_fid:
            self._add_fid(outcome, self._perception)
        task.progress(1.0)
        return outcome

    def _add_fid(self, outcome: Outcome, perception: Perception) -> None:
        def pictures(name: str) -> list[str]:
            return [outcome.scores[photo, name].thumbnail for photo in outcome.judged]

        for name in outcome.contestants:
            value = perception.fid(pictures(name), pictures(TRUTH))
            outcome.together[name, "fid"] = value

    def _blocks(
        self,
        photos: Sequence[Path],
        outcome: Outcome,
        fail: Callable[[Path, str, Exception], None],
        task: Task,
    ) -> Iterator[list[tuple[Truth, str]]]:
        """Yield some truths at a time; what is in the journal goes to the outcome at once."""
        block: list[tuple[Truth, str]] = []
        for photo in photos:
            task.check()
            try:
                stamp, true = file_stamp(photo), None
                if self._truth_of is not None:
                    true = self._truth_of(photo)
                    stamp += f"\n{file_stamp(true)}"
                if self._recall(photo, stamp, outcome):
                    continue
                truth = read_truth(photo, self._renderer, Task(), true)
                outcome.scores[photo, TRUTH] = self._truth_score(truth, stamp, task)
            except Exception as error:  # noqa: BLE001 - the others are wanted all the same
                fail(photo, TRUTH, error)
                continue
            block.append((truth, stamp))
            if len(block) >= _BLOCK_PHOTOS or sum(t.pixels for t, _ in block) >= _BLOCK_PIXELS:
                yield block
                block = []
        yield block

    def _recall(self, photo: Path, stamp: str, outcome: Outcome) -> bool:
        """Take the scores of a photo from the journal, if it has all of them."""
        found = {TRUTH: self._kept(self._journal.find(stamp, self._truth_key, self._alone))}
        for contestant in self._contestants:
            found[contestant.name] = self._known(contestant, photo, stamp)
        scores = {name: score for name, score in found.items() if score is not None}
        if len(scores) < len(found):
            return False
        outcome.scores.update({(photo, name): score for name, score in scores.items()})
        return True

    def _known(self, contestant: Contestant, photo: Path, stamp: str) -> Score | None:
        return self._kept(self._journal.find(stamp, self._key(contestant, photo), self._ids))

    def _kept(self, score: Score | None) -> Score | None:
        """Return a score only if what is kept of its picture is still there."""
        if score is None or not self._thumbnails.has(score.thumbnail):
            return None
        if self._perception is not None and not self._perception.has(score.thumbnail):
            return None
        return score

    def _keep(self, key: str, picture: NDArray[np.uint8]) -> str:
        """Keep what later steps need of a picture; return its name."""
        name = self._thumbnails.save(key, picture)
        if self._perception is not None:
            self._perception.keep(name, picture)
        return name

    def _key(self, contestant: Contestant, photo: Path) -> str:
        return contestant.stamp(photo) + self._networks

    def _truth_score(self, truth: Truth, stamp: str, task: Task) -> Score:
        known = self._kept(self._journal.find(stamp, self._truth_key, self._alone))
        if known is not None:
            return known
        values = measure(truth.rgb, None, self._alone, Task())
        task.check()
        small = self._keep(f"{stamp}\n{self._truth_key}", truth.rgb)
        size = (truth.gray.width, truth.gray.height)
        score = Score(truth.path, TRUTH, values, size, thumbnail=small)
        self._journal.add(stamp, self._truth_key, score)
        return score

    def _score(self, contestant: Contestant, truth: Truth, stamp: str, task: Task) -> Score:
        known = self._known(contestant, truth.path, stamp)
        if known is not None:
            return known
        start = time.perf_counter()
        picture = contestant.picture(truth, task.part(0.0, 0.5))
        seconds = round(time.perf_counter() - start, 3) if contestant.is_timed else 0.0
        values = measure(picture, truth.rgb, self._own, task.part(0.5, 1.0))
        if self._perception is not None:
            values |= self._perception.measure(picture, truth.rgb)
        key = self._key(contestant, truth.path)
        small = self._keep(f"{stamp}\n{key}", picture)
        size = (truth.gray.width, truth.gray.height)
        score = Score(truth.path, contestant.name, values, size, seconds, small)
        self._journal.add(stamp, key, score)
        return score


def _disk_is_full(error: Exception) -> bool:
    """Whether nothing more can be written."""
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
