"""Writes what an experiment found as Markdown for people and CSV for programs."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from colordesk.paths import atomic_write
from colordesk_training.experiments.catalogue import Experiment
from colordesk_training.experiments.claims import Outcome
from colordesk_training.experiments.measures import COLUMNS, base

_PARTS = {"train": "train", "valid": "valid.", "test": "test"}


@dataclass(frozen=True)
class Line:
    """A row of the table."""

    name: str
    facts: Mapping[str, str]
    """How it was trained: steps, batch, pictures, minutes."""
    found: Mapping[str, float]
    """By column."""
    reported: Mapping[str, float]


@dataclass(frozen=True)
class Findings:
    """All that there is to say of one experiment."""

    experiment: Experiment
    scale: str
    data: str
    """What it ran on here, in words."""
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    outcomes: tuple[Outcome, ...] = ()
    remarks: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()


def heading(column: str) -> str:
    """Return a column's name for people."""
    part, _, measure = column.rpartition(":")
    title = COLUMNS[measure].title
    return f"{title}, {_PARTS[part]}" if part else title


def write(findings: Findings, folder: Path) -> None:
    """Write `table.md` and `table.csv`.

    Raises:
        OSError: the folder cannot be written.
    """
    with atomic_write(folder / "table.md") as temporary:
        temporary.write_text(markdown(findings), encoding="utf-8")
    with atomic_write(folder / "table.csv") as temporary, temporary.open("w", newline="") as file:
        facts = list(dict.fromkeys(key for line in findings.lines for key in line.facts))
        numbers = [name for c in findings.columns for name in (f"{c} (paper)", c)]
        writer = csv.DictWriter(file, ["row", *facts, *numbers], restval="")
        writer.writeheader()
        for line in findings.lines:
            paper = {f"{column} (paper)": value for column, value in line.reported.items()}
            writer.writerow({"row": line.name, **line.facts, **line.found, **paper})


def markdown(findings: Findings) -> str:
    """Return an experiment's findings as a page of Markdown."""
    found = findings.experiment
    date = datetime.datetime.now(datetime.UTC).date().isoformat()
    text = [
        f"## {found.name}: {found.title}",
        "",
        f"Paper {found.paper}, {found.source}. Scale {findings.scale}, {date}.",
        "",
        *_table(findings),
        "",
        f"- Paper's data: {found.data}. Here: {findings.data}.",
    ]
    text += [f"- {remark}." for remark in findings.remarks]
    for outcome in findings.outcomes:
        reasons = f" ({'; '.join(outcome.against)})" if outcome.against else ""
        text.append(f"- **{outcome.verdict.capitalize()}**: {outcome.claim.text}{reasons}.")
    if found.seen:
        text.append(f"- The paper sees: {found.seen}. Look at the figures.")
    if found.note:
        text.append(f"- {found.note}")
    if findings.figures:
        text.append("- Figures: " + ", ".join(f"`{name}`" for name in findings.figures) + ".")
    return "\n".join(text) + "\n"


def _table(findings: Findings) -> list[str]:
    """Return the table; a column of which the paper prints numbers is shown as paper / here."""
    facts = list(dict.fromkeys(key for line in findings.lines for key in line.facts))
    printed = {c for c in findings.columns if any(c in line.reported for line in findings.lines)}
    heads = ["", *facts]
    for column in findings.columns:
        heads += [f"{heading(column)} (paper)"] if column in printed else []
        heads.append(heading(column))
    rows = [heads, ["---"] * len(heads)]
    for line in findings.lines:
        cells = [line.name, *(line.facts.get(fact, "") for fact in facts)]
        for column in findings.columns:
            if column in printed:
                cells.append(_plain(line.reported.get(column)))
            cells.append(_number(column, line.found.get(column)))
        rows.append(cells)
    return [f"| {' | '.join(cells)} |" for cells in rows]


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _number(column: str, value: float | None) -> str:
    if value is None or value != value:
        return ""
    return f"{value:.{COLUMNS[base(column)].digits}f}"
