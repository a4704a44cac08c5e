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
    ALIKE,
    DIRECTIONS,
    Reason,
    counted,
    duration,
    heading,
    percent,
    problem_line,
    with_interval,
)
from colordesk.compare.thumbnails import Thumbnails
from colordesk.metrics.definition import Definition
from colordesk.paths import resources_dir

_MOST_RANKED = 8
_MOST_PHOTOS = 24
_MOST_PICTURES = 240  # a page of some megabytes
_MOST_LINES = 5000


def report_html(outcome: Outcome, summary: Summary, thumbnails: Thumbnails, reason: Reason) -> str:
    """Return the whole report.

    Raises:
        OSError: a small picture is gone.
    """
    first = summary.definitions[0]
    parts = [
        f"<h1>Comparison of {_number(len(summary.ranked))}</h1>",
        f"<p>{escape(counted(outcome, summary))}</p>",
    ]
    if summary.photos:
        parts += [
            _ranking(summary),
            _means(summary),
            "<h2>Means and their intervals</h2>",
            f'<div class="plot">{plots.means(summary)}</div>',
            "<p>Bars are 95 % intervals of the mean (bootstrap over the photos); the dashed line "
            "is the truth's own value, or 0.</p>",
            f"<h2>{escape(first.title)} over the photos</h2>",
            f'<div class="pair"><div class="plot">{plots.boxes(outcome, summary, first)}</div>',
        ]
        if summary.ranked:
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


def _number(models: int) -> str:
    return "1 colorizer" if models == 1 else f"{models} colorizers"


def _ranking(summary: Summary) -> str:
    """Return a line per model with the measures that tell the most; the best comes first."""
    shown = summary.definitions[:_MOST_RANKED]
    first = summary.definitions[0]
    head = "".join(_head(definition) for definition in shown)
    rows = []
    for name in (*summary.ranked, GRAY):
        win = summary.statistics[name, first.id].beats_gray
        seconds = summary.seconds.get(name, math.nan)
        cells = [
            _value(win, "" if name == GRAY else percent(win)),
            _value(seconds, duration(summary.seconds.get(name))),
        ]
        for definition in shown:
            mean = summary.statistics[name, definition.id].mean
            mark = _mark(summary, name, definition)
            cells.append(_value(mean, definition.shown(mean), mark))
        rows.append(f"<tr><td>{escape(name)}</td>{''.join(cells)}</tr>")
    return (
        f"<p>From best to worst by {escape(first.title)}; a click on a heading sorts. The best "
        f'model of each measure is <span class="best">marked</span>, lightly also <span '
        f'class="alike">{ALIKE}</span>. <i>gray</i> is the photo left gray.</p>'
        '<div class="wide"><table class="sortable ranking"><thead><tr><th>model</th>'
        "<th>better than gray</th><th>time of a photo <small>median</small></th>"
        f"{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _head(definition: Definition) -> str:
    return (
        f'<th title="{escape(heading(definition) + ". " + definition.text)}">'
        f"{escape(definition.title)} <small>{escape(_unit(definition))}</small></th>"
    )


def _unit(definition: Definition) -> str:
    """Return unit and direction."""
    unit = f"{definition.unit}, " if definition.unit else ""
    return unit + DIRECTIONS[definition.better]


def _value(value: float, text: str, mark: str = "") -> str:
    return f'<td{mark} data-value="{value:.6g}">{text}</td>'


def _mark(summary: Summary, name: str, definition: Definition) -> str:
    if name == summary.best(definition.id):
        return ' class="best"'
    return ' class="alike"' if (name, definition.id) in summary.alike else ""


def _means(summary: Summary) -> str:
    names = [*summary.ranked, GRAY, TRUTH]
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    rows = []
    for definition in summary.definitions:
        cells = []
        for name in names:
            statistic = summary.statistics.get((name, definition.id))
            text = with_interval(definition, statistic) if statistic else ""
            mean, _, interval = text.partition(" ")
            mark = _mark(summary, name, definition)
            win = statistic.beats_gray if statistic else math.nan
            title = "" if math.isnan(win) else f' title="better than gray: {percent(win)}"'
            cells.append(f"<td{mark}{title}>{mean} <small>{interval}</small></td>")
        rows.append(
            f'<tr><th title="{escape(definition.text)}">{escape(definition.title)} '
            f"<small>{escape(_unit(definition))}</small></th>{''.join(cells)}</tr>"
        )
    return (
        "<h2>All measures</h2><p>Means over the photos with their 95 % intervals.</p>"
        f'<div class="wide"><table class="means"><thead><tr><th>measure</th>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _gallery(outcome: Outcome, summary: Summary, thumbnails: Thumbnails) -> str:
    first = summary.definitions[0]
    models = summary.ranked or [GRAY]
    means = np.mean([distances(outcome, summary.photos, n, first) for n in models], axis=0)
    order = np.argsort(np.nan_to_num(means, nan=np.inf))[::-1]
    names = (TRUTH, GRAY, *summary.ranked)
    count = min(len(order), _MOST_PHOTOS, max(_MOST_PICTURES // len(names), 1))
    picks = order[np.linspace(0, len(order) - 1, count).round().astype(int)]
    figures = []
    for pick in picks:
        photo = summary.photos[pick]
        cells = [_picture(outcome, photo, name, first, thumbnails) for name in names]
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
    head = "".join(_head(definition) for definition in definitions)
    rows = []
    for photo in summary.photos:
        for name in summary.contestants:
            values = outcome.scores[photo, name].values
            cells = "".join(_value(values[d.id], d.shown(values[d.id])) for d in definitions)
            who = f'<td title="{_text(photo.name)}">{_text(photo.name)}</td><td>{escape(name)}</td>'
            rows.append(f"<tr>{who}{cells}</tr>")
    cut = ""
    if len(rows) > _MOST_LINES:
        cut = f"<p>The first {_MOST_LINES} lines of {len(rows)}; metrics.csv has all.</p>"
    return (
        "<h2>Every photo</h2><p>A click on a heading sorts. metrics.csv has all digits.</p>"
        f'{cut}<div class="wide tall"><table class="sortable lines"><thead><tr><th>photo</th>'
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
