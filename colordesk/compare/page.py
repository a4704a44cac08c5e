"""`report.html`: one file with pictures, plots and tables that can be sorted.

Invariant: whatever comes from a file name or a model is escaped, and nothing is loaded from
anywhere.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Sequence
from html import escape
from pathlib import Path

import numpy as np

from colordesk.compare import plots
from colordesk.compare.contestants import GRAY
from colordesk.compare.run import TRUTH, Outcome
from colordesk.compare.summary import Summary, distances
from colordesk.compare.tables import (
    DIRECTIONS,
    Reason,
    counted,
    heading,
    percent,
    problem_line,
    with_interval,
)
from colordesk.compare.thumbnails import Thumbnails
from colordesk.metrics.definition import Definition
from colordesk.paths import resources_dir

_MOST_PICTURES = 24
_MOST_LINES = 5000


def report_html(outcome: Outcome, summary: Summary, thumbnails: Thumbnails, reason: Reason) -> str:
    """Return the whole report.

    Raises:
        OSError: a small picture is gone.
    """
    models = [name for name in summary.contestants if name != GRAY]
    first = summary.definitions[0]
    parts = [
        f"<h1>{escape(', '.join(models) or GRAY)}</h1>",
        f"<p>{escape(counted(outcome, summary))}</p>",
    ]
    if summary.photos:
        parts += [
            _means(summary, models),
            "<h2>Means and their intervals</h2>",
            f'<div class="plot">{plots.means(summary)}</div>',
            "<p>Bars are 95 % intervals of the mean (bootstrap over the photos); the dashed line "
            "is the truth's own value, or 0.</p>",
            f"<h2>{escape(first.title)} over the photos</h2>",
            f'<div class="pair"><div class="plot">{plots.boxes(outcome, summary, first)}</div>',
        ]
        if models:
            shown = plots.against_gray(outcome, summary, first)
            parts.append(f'<div class="plot">{shown}</div>')
        parts += [
            "</div>",
            _gallery(outcome, summary, thumbnails),
            _lines(outcome, summary),
        ]
    parts += [_definitions(summary.definitions), _problems(outcome, reason)]
    folder = resources_dir() / "report"
    style, script = (
        (folder / name).read_text(encoding="utf-8") for name in ("page.css", "page.js")
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        "<title>Comparison of colorizers</title>\n"
        f"<style>\n{style}</style>\n</head>\n<body>\n"
        + "\n".join(parts)
        + f"\n<script>\n{script}</script>\n</body>\n</html>\n"
    )


def _means(summary: Summary, models: Sequence[str]) -> str:
    names = [*models, GRAY, TRUTH]
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    rows = []
    for definition in summary.definitions:
        best = summary.best(definition.id)
        cells = []
        for name in names:
            statistic = summary.statistics.get((name, definition.id))
            text = with_interval(definition, statistic) if statistic else ""
            mean, _, interval = text.partition(" ")
            mark = ' class="best"' if name == best else ""
            win = statistic.beats_gray if statistic else math.nan
            title = "" if math.isnan(win) else f' title="better than gray: {percent(win)}"'
            cells.append(f"<td{mark}{title}>{mean} <small>{interval}</small></td>")
        rows.append(
            f'<tr><th title="{escape(definition.text)}">{escape(definition.title)} '
            f"<small>{escape(definition.unit)}, {DIRECTIONS[definition.better]}</small></th>"
            f"{''.join(cells)}</tr>"
        )
    return (
        "<p>Means over the photos with their 95 % intervals. The best model is marked; models "
        "whose intervals overlap may well be equal. <i>gray</i> is the photo left gray.</p>"
        f'<div class="wide"><table class="means"><thead><tr><th>measure</th>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _gallery(outcome: Outcome, summary: Summary, thumbnails: Thumbnails) -> str:
    first = summary.definitions[0]
    models = [name for name in summary.contestants if name != GRAY] or [GRAY]
    means = np.mean([distances(outcome, summary.photos, n, first) for n in models], axis=0)
    order = np.argsort(np.nan_to_num(means, nan=np.inf))[::-1]
    count = min(len(order), _MOST_PICTURES)
    picks = order[np.linspace(0, len(order) - 1, count).round().astype(int)]
    figures = []
    for pick in picks:
        photo = summary.photos[pick]
        cells = [
            _picture(outcome, photo, name, first, thumbnails)
            for name in (TRUTH, GRAY, *(n for n in summary.contestants if n != GRAY))
        ]
        figures.append(f'<div class="row">{"".join(cells)}</div>')
    some = "" if count == len(order) else f", {count} of {len(order)} from worst to best"
    return (
        f"<h2>Pictures{some}</h2><p>The worst by {escape(first.title)} come first. Numbers are "
        f"{escape(heading(first))}.</p>{''.join(figures)}"
    )


def _picture(
    outcome: Outcome, photo: Path, name: str, definition: Definition, thumbnails: Thumbnails
) -> str:
    score = outcome.scores[photo, name]
    data = base64.b64encode(thumbnails.read(score.thumbnail)).decode("ascii")
    if name == TRUTH:
        text = _text(photo.name)
    else:
        text = f"{escape(name)} <b>{definition.shown(score.values[definition.id])}</b>"
    return (
        f'<figure><img alt="{_text(photo.name)}, {escape(name)}" '
        f'src="data:image/jpeg;base64,{data}"><figcaption>{text}</figcaption></figure>'
    )


def _lines(outcome: Outcome, summary: Summary) -> str:
    definitions = [d for d in summary.definitions if d.id in outcome.ids]
    head = "".join(
        f'<th title="{escape(heading(d) + ". " + d.text)}">{escape(d.title)}</th>'
        for d in definitions
    )
    rows = []
    for photo in summary.photos:
        for name in summary.contestants:
            values = outcome.scores[photo, name].values
            cells = "".join(
                f'<td data-value="{values[d.id]!r}">{d.shown(values[d.id])}</td>'
                for d in definitions
            )
            rows.append(f"<tr><td>{_text(photo.name)}</td><td>{escape(name)}</td>{cells}</tr>")
    cut = ""
    if len(rows) > _MOST_LINES:
        cut = f"<p>The first {_MOST_LINES} lines of {len(rows)}; metrics.csv has all.</p>"
    return (
        "<h2>Every photo</h2><p>A click on a heading sorts. metrics.csv has all digits.</p>"
        f'{cut}<div class="wide tall"><table class="sortable"><thead><tr><th>photo</th>'
        f"<th>model</th>{head}</tr></thead><tbody>{''.join(rows[:_MOST_LINES])}</tbody>"
        "</table></div>"
    )


def _definitions(definitions: Sequence[Definition]) -> str:
    items = "".join(
        f"<dt>{escape(d.title)} <small>{DIRECTIONS[d.better]}</small></dt>"
        f"<dd>{escape(d.text)} <small>Source: {escape(d.source)}.</small></dd>"
        for d in definitions
    )
    return f"<h2>What the measures mean</h2><dl>{items}</dl>"


def _problems(outcome: Outcome, reason: Reason) -> str:
    if not outcome.problems:
        return ""
    items = "".join(
        f"<li>{_text(problem_line(p.photo, p.contestant, reason(p.error)))}</li>"
        for p in outcome.problems
    )
    return f"<h2>Not measured ({len(outcome.problems)})</h2><ul>{items}</ul>"


def _text(name: str) -> str:
    """Escape a file name, which need not be valid text."""
    return escape(name.encode("utf-8", "replace").decode("utf-8"))
