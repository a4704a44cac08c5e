"""Ranks models over many photos, one photo after the other, so that the page stays usable.

Hides what was measured before: a journal in the cache folder is asked first.
Invariant: at most one photo is under way; whatever cannot be judged is counted and named.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from colordesk.jobs import Job
from colordesk.paths import cache_dir
from colordesk.ui.compare.contenders import Contenders
from colordesk.ui.compare.figures import SHORT
from colordesk.ui.compare.ranking_page import RankingPage
from colordesk.ui.compare.truth import TruthSource, find_truth
from colordesk.ui.engine import Engine
from colordesk.ui.error_words import told
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.messages import Messages

if TYPE_CHECKING:
    from colordesk.compare.run import Outcome
    from colordesk.compare.summary import Summary

_NAMED = 3
_MOST_REASONS = 40


class Ranking(QObject):
    """Runs the ranking.

    Args:
        bridge: runs the work.
        engine: has the models.
        contenders: which of them are chosen.
        page: shows the result.
        messages: for errors.
        photos: returns the photos to judge by.
        source: returns where their true colours come from; None is their own, too.
    """

    def __init__(
        self,
        bridge: JobBridge,
        engine: Engine,
        contenders: Contenders,
        page: RankingPage,
        messages: Messages,
        photos: Callable[[], Sequence[Path]],
        source: Callable[[], TruthSource | None],
    ) -> None:
        super().__init__()
        self._bridge, self._engine, self._contenders = bridge, engine, contenders
        self._page, self._messages, self._photos = page, messages, photos
        self._source, self._truths = source, self._folder_of(source())
        self._left: list[Path] = []
        self._job: Job[Any] | None = None
        self._summing = False
        self.outcome: Outcome | None = None
        """All that is known so far."""
        page.start_wanted.connect(self.start)
        page.cancel_wanted.connect(self.stop)
        contenders.changed.connect(self.refresh)

    @property
    def is_running(self) -> bool:
        """Whether photos are left to judge."""
        return self._job is not None

    def refresh(self) -> None:
        """Say what would be ranked now."""
        truths = self._folder_of(self._source())
        if truths != self._truths:  # what was found out is of other colours
            self.stop()
            self._truths, self.outcome = truths, None
            self._page.clear()
        if not self.is_running and self.outcome is None:
            models, photos = len(self._names()), len(self._photos())
            self._page.start_button.setEnabled(models > 0 and photos > 0)
            if truths is None:
                text = self.tr(
                    "Judges the models ({models}) on the open photos ({photos}) by the photos' own "
                    "colours. Gray photos and edits are left out."
                )
            else:
                text = self.tr(
                    "Judges the models ({models}) on the open photos ({photos}) by the photos of "
                    "the same names in {folder}. Edits are left out."
                )
            folder = truths.name if truths else ""
            self._page.say(text.format(models=models, photos=photos, folder=folder))

    def start(self) -> None:
        """Judge all photos from the first."""
        names, photos = self._names(), list(self._photos())
        if not names or not photos or self.is_running:
            return
        from colordesk.compare.contestants import GRAY
        from colordesk.compare.run import Outcome

        self.outcome = Outcome(photos, [*names, GRAY], list(SHORT))
        self._left = photos.copy()
        self._page.set_running(True)
        self._next()

    def stop(self) -> None:
        """Judge no more photos; what is known stays."""
        self._left = []
        if self._job is not None:
            self._job.cancel()

    @staticmethod
    def _folder_of(source: TruthSource | None) -> Path | None:
        return source.folder if source else None

    def _names(self) -> list[str]:
        return self._contenders.chosen_models.split()

    def _next(self) -> None:
        outcome, self._job = self.outcome, None
        if outcome is None:
            return
        self._page.set_progress(len(outcome.photos) - len(self._left), len(outcome.photos))
        if not self._left:
            self._page.set_running(False)
            self._page.say(self._told(outcome), self._reasons(outcome))
            self._sum_up()
            return
        photo, names = self._left.pop(0), list(outcome.contestants[:-1])
        kept, truths = cache_dir() / "compare", self._truths
        truth_of = None if truths is None else functools.partial(find_truth, folder=truths)
        self._job = self._bridge.start(
            lambda task: self._engine.judge(photo, names, SHORT, kept, truth_of, task),
            "inference",
            "",
            lambda found: self._judged(outcome, found),
            self._failed,
            self._next,
        )

    def _judged(self, outcome: Outcome, found: Outcome) -> None:
        if outcome is self.outcome:
            outcome.scores.update(found.scores)
            outcome.problems.extend(found.problems)
            self._page.say(self._told(outcome), self._reasons(outcome))
            self._sum_up()

    def _failed(self, error: Exception) -> None:
        self._left = []
        self._messages.error(error)

    def _sum_up(self) -> None:
        """Show what is known, without waiting for a sum that is under way."""
        outcome = self.outcome
        if outcome is None or self._summing or not outcome.judged:
            return
        from colordesk.compare.run import Outcome

        copy = Outcome(outcome.photos, outcome.contestants, outcome.ids, dict(outcome.scores), [])
        self._summing = True
        self._bridge.start(
            lambda task: _summary(copy),
            "files",
            "",
            lambda summary: self._show(copy, summary),
            self._messages.error,
            self._summed,
        )

    def _summed(self) -> None:
        self._summing = False
        shown = self._page.judged
        if self.outcome is not None and not self.is_running and shown != len(self.outcome.judged):
            self._sum_up()

    def _show(self, outcome: Outcome, summary: Summary) -> None:
        if self.outcome is None:  # it was given up meanwhile
            return
        titles = {
            offer.key.removeprefix("model:"): offer.title for offer in self._contenders.offers()
        }
        titles["gray"] = self.tr("Gray")
        self._page.set_result(outcome, summary, titles)

    def _told(self, outcome: Outcome) -> str:
        text = self.tr("{judged} of {count} photos judged.").format(
            judged=len(outcome.judged), count=len(outcome.photos)
        )
        bad = list(dict.fromkeys(problem.photo for problem in outcome.problems))
        if not bad:
            return text
        names = ", ".join(photo.name for photo in bad[:_NAMED]) + ("…" * (len(bad) > _NAMED))
        return self.tr("{text} {count} cannot be judged: {names}").format(
            text=text, count=len(bad), names=names
        )

    def _reasons(self, outcome: Outcome) -> str:
        """Return why some photos cannot be judged, a line for each."""
        return "\n".join(
            f"{problem.photo.name}: {told(problem.error)}"
            for problem in outcome.problems[:_MOST_REASONS]
        )


def _summary(outcome: Outcome) -> Summary:
    from colordesk.compare.summary import summarize
    from colordesk.metrics.table import MEASURES

    return summarize(outcome, MEASURES)
