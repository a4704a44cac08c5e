"""A comparison as text: `metrics.csv` with every number, `summary.md` with what they say together.

Invariant: every photo that was given has its line, also one that could not be measured.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable
from pathlib import Path

from colordesk.compare.contestants import GRAY
from colordesk.compare.run import TRUTH, Outcome
from colordesk.compare.summary import Statistic, Summary
from colordesk.metrics.definition import Definition

DIRECTIONS = {
    "lower": "lower is better",
    "higher": "higher is better",
    "truth": "nearer to the truth's is better",
    "zero": "nearer to 0 is better",
}
ALIKE = (
    "models that cannot be told from it (the 95 % interval of their difference, photo by photo, "
    "holds 0)"
)
Reason = Callable[[Exception], str]
"""Says an error in words."""


def metrics_csv(outcome: Outcome, reason: Reason) -> str:
    """Return one line per photo and contestant, with a column per measure."""
    text = io.StringIO(newline="")
    fields = ["photo", "model", "status", "reason", "width", "height", "seconds", *outcome.ids]
    writer = csv.DictWriter(text, fields, restval="", lineterminator="\n")
    writer.writeheader()
    failed = {(problem.photo, problem.contestant): problem for problem in outcome.problems}
    for photo in outcome.photos:
        for name in (TRUTH, *outcome.contestants):
            row: dict[str, object] = {"photo": photo, "model": name}
            if score := outcome.scores.get((photo, name)):
                row |= {"status": "measured", "seconds": score.seconds}
                row |= {"width": score.size[0], "height": score.size[1]}
                row |= {id: repr(score.values[id]) for id in outcome.ids if id in score.values}
            elif problem := failed.get((photo, name)) or failed.get((photo, TRUTH)):
                row |= {"status": "not measured", "reason": reason(problem.error)}
            writer.writerow(row)
    return text.getvalue()


def summary_markdown(outcome: Outcome, summary: Summary, reason: Reason) -> str:
    """Return the means with their intervals, the definitions, and what went wrong."""
    models = summary.ranked
    lines = [
        "# Comparison of colorizers",
        "",
        counted(outcome, summary),
        "",
        *_ranking(summary),
        "",
        "Means over the photos with their 95 % intervals (bootstrap). The best model is bold; "
        f"{ALIKE} are in italics. `gray` is the photo left gray.",
        "",
        "| measure | " + " | ".join([*models, GRAY, TRUTH]) + " |",
        "|---|" + "---:|" * (len(models) + 2),
    ]
    for definition in summary.definitions:
        best = summary.best(definition.id)
        cells = []
        for name in (*models, GRAY, TRUTH):
            statistic = summary.statistics.get((name, definition.id))
            text = with_interval(definition, statistic) if statistic else ""
            alike = (name, definition.id) in summary.alike
            cells.append(f"**{text}**" if name == best else f"*{text}*" if alike else text)
        lines.append(f"| {heading(definition)} | " + " | ".join(cells) + " |")
    lines += ["", "Share of the photos that come out better than gray:", ""]
    lines += ["| measure | " + " | ".join(models) + " |", "|---|" + "---:|" * len(models)]
    for definition in summary.definitions:
        shares = [summary.statistics[name, definition.id].beats_gray for name in models]
        if not all(map(math.isnan, shares)):
            cells = [percent(share) for share in shares]
            lines.append(f"| {definition.title} | " + " | ".join(cells) + " |")
    lines += ["", "## What the measures mean", ""]
    lines += [
        f"- **{d.title}** ({DIRECTIONS[d.better]}): {d.text} Source: {d.source}."
        for d in summary.definitions
    ]
    if outcome.problems:
        lines += ["", f"## Not measured ({len(outcome.problems)})", ""]
        lines += [
            f"- {problem_line(p.photo, p.contestant, reason(p.error))}" for p in outcome.problems
        ]
    return "\n".join(lines) + "\n"


def _ranking(summary: Summary) -> list[str]:
    """Return the models from best to worst in a few lines of Markdown."""
    first = summary.definitions[0]
    lines = [
        f"| model | {heading(first)} | better than gray | time of a photo, median |",
        "|---|---:|---:|---:|",
    ]
    for name in (*summary.ranked, GRAY):
        statistic = summary.statistics[name, first.id]
        win = "" if name == GRAY else percent(statistic.beats_gray)
        cells = (with_interval(first, statistic), win, duration(summary.seconds.get(name)))
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines


def counted(outcome: Outcome, summary: Summary) -> str:
    """Say how many photos stand behind the numbers."""
    given, used = len(outcome.photos), len(summary.photos)
    photos = "photo" if used == 1 else "photos"
    text = f"{used} {photos} measured"
    if used < given:
        text += f" of {given} given; {given - used} left out, named below"
    return text + "."


def heading(definition: Definition) -> str:
    """Return title, unit and direction in one line."""
    unit = f" [{definition.unit}]" if definition.unit else ""
    return f"{definition.title}{unit}, {DIRECTIONS[definition.better]}"


def with_interval(definition: Definition, statistic: Statistic) -> str:
    """Return the mean, and its interval where there is one."""
    text = definition.shown(statistic.mean)
    if statistic.high > statistic.low:
        low, high = definition.shown(statistic.low), definition.shown(statistic.high)
        text += f" ({low} to {high})"
    return text


def duration(seconds: float | None) -> str:
    """Return a time in seconds, or nothing where there is none."""
    return "" if seconds is None else f"{seconds:.2f} s"


def percent(share: float) -> str:
    """Return a share as whole percent."""
    return "–" if math.isnan(share) else f"{100 * share:.0f} %"


def problem_line(photo: Path, contestant: str, reason: str) -> str:
    """Name a picture that was not measured, and why."""
    who = "" if contestant == TRUTH else f", {contestant}"
    return reason if str(photo) in reason else f"{photo}{who}: {reason}"
