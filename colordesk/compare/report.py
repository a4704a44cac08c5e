"""The files of a comparison: table, summary, page and contact sheets.

Invariant: nothing is written into a folder that holds anything but an earlier comparison.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from colordesk.compare import journal
from colordesk.compare.page import report_html
from colordesk.compare.run import Outcome
from colordesk.compare.sheets import ROWS, write_sheet
from colordesk.compare.summary import Summary, summarize
from colordesk.compare.tables import Reason, metrics_csv, summary_markdown
from colordesk.compare.thumbnails import Thumbnails
from colordesk.metrics.definition import Definition
from colordesk.paths import atomic_write
from colordesk.plan import PlanError
from colordesk.task import Task

WORK = "work"
"""Folder inside a comparison's own with what is needed to continue it."""
PAGE = "report.html"
SUMMARY = "summary.md"
TABLE = "metrics.csv"
_SHEETS = "sheets"


def prepare_folder(folder: Path) -> Path:
    """Make the folder of a comparison, or take that of an earlier one; return its `WORK` folder.

    Raises:
        PlanError: it is a file, or holds other things.
        OSError: it cannot be made.
    """
    work = folder / WORK
    if folder.exists():
        if not folder.is_dir():
            raise PlanError(f"{folder} is a file, but the report is to become a folder")
        foreign = any(entry != work for entry in folder.iterdir())
        if foreign and not (work / journal.NAME).exists():
            raise PlanError(f"{folder} holds other things than an earlier comparison")
    work.mkdir(parents=True, exist_ok=True)
    return work


def write_report(
    outcome: Outcome,
    definitions: Mapping[str, Definition],
    thumbnails: Thumbnails,
    folder: Path,
    reason: Reason,
    task: Task,
) -> Summary:
    """Write all files of a comparison and return what they say.

    Args:
        outcome: what was found out.
        definitions: of all its measures, by id.
        thumbnails: small copies of its pictures.
        folder: from `prepare_folder`.
        reason: says an error in words.
        task: progress and cancel.

    Raises:
        OSError: a file cannot be written.
        Cancelled: the owner of the task asked for it.
    """
    summary = summarize(outcome, definitions)
    _write(folder / TABLE, metrics_csv(outcome, reason))
    _write(folder / SUMMARY, summary_markdown(outcome, summary, reason))
    task.progress(0.2, "Report")
    _write(folder / PAGE, report_html(outcome, summary, thumbnails, reason))
    sheets = folder / _SHEETS
    sheets.mkdir(exist_ok=True)
    starts = range(0, len(summary.photos), ROWS)
    names = [f"sheet-{number:03}.jpg" for number in range(1, len(starts) + 1)]
    for name, start in zip(names, starts, strict=True):
        task.progress(0.5 + 0.5 * start / len(summary.photos), "Contact sheets")
        photos = summary.photos[start : start + ROWS]
        write_sheet(outcome, photos, thumbnails, summary.definitions[0], sheets / name)
    for old in sheets.glob("sheet-*.jpg"):  # of an earlier run with more photos
        if old.name not in names:
            old.unlink()
    task.progress(1.0)
    return summary


def _write(target: Path, text: str) -> None:
    # A file name need not be valid text; the report must name it all the same.
    with atomic_write(target) as temporary:
        temporary.write_text(text, encoding="utf-8", errors="surrogateescape", newline="\n")
