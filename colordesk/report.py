"""The report of a batch: what became of every photo, as a table for people or for programs.

Invariant: one row per photo, in the order of the batch; an HTML report is one file that needs no
other, and shows what it names.
"""

from __future__ import annotations

import base64
import csv
import html
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from string import Template
from typing import IO

import cv2

from colordesk.batch import Result
from colordesk.errors import ColorDeskError
from colordesk.explain import explain
from colordesk.paths import atomic_write
from colordesk.photo import read_thumbnail
from colordesk.task import Task

Say = Callable[[str], str]
SUFFIXES = (".csv", ".json", ".html")
_SIDE = 160
_QUALITY = 75

_PAGE = Template("""<!doctype html>
<html lang="$language">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>ColorDesk: $summary</title>
<style>
:root { color-scheme: light dark; }
body { font: 15px/1.45 system-ui, sans-serif; max-width: 70em; margin: 2em auto; padding: 0 1em; }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; }
td, th { padding: .5em .7em; border-top: 1px solid #8885; vertical-align: middle; }
td.picture { width: ${side}px; text-align: center; }
img { display: block; max-width: ${side}px; height: auto; margin: auto; border-radius: 3px; }
td:nth-child(3) { width: 24%; }
small { opacity: .75; overflow-wrap: anywhere; }
.failed { color: light-dark(#b3261e, #f2766b); font-weight: 600; }
.skipped, .cancelled { opacity: .75; }
</style>
<h1>$heading</h1>
<p>$summary.</p>
<table>
<tr>$columns
""")


@dataclass(frozen=True)
class Row:
    """What became of one photo."""

    source: str
    target: str
    """Empty if nothing was written."""
    status: str
    """`done`, `skipped`, `failed`, `cancelled` or `not tried`."""
    reason: str = ""
    """Why it is not done; a sentence."""
    seconds: float = 0.0
    size: str = ""
    """As 4000x3000, in pixels."""
    model: str = ""
    device: str = ""


def row(result: Result) -> Row:
    """Return what became of a photo, in words."""
    return Row(
        source=str(result.item.source),
        target="" if result.error else str(result.item.target),
        status=result.status,
        reason=str(explain(result.error)) if result.error else "",
        seconds=round(result.seconds, 3),
        size="{}x{}".format(*result.size) if result.size else "",
        model=result.model,
        device=result.device,
    )


def write_report(rows: Sequence[Row], path: Path, task: Task, say: Say = str) -> None:
    """Write what became of every photo, in the format that the suffix of `path` says.

    Args:
        rows: one for each photo.
        path: of the report.
        task: progress and cancel.
        say: returns a text of a page in the person's language; tables are for programs.

    Raises:
        OSError: the file cannot be written.
        Cancelled: the owner of the task asked for it.
    """
    # A file name need not be valid text; the report must name it all the same.
    with (
        atomic_write(path) as temporary,
        temporary.open("w", encoding="utf-8", errors="surrogateescape", newline="") as file,
    ):
        match path.suffix.lower():
            case ".json":
                json.dump([asdict(one) for one in rows], file, indent=2)
                file.write("\n")
            case ".html":
                _write_page(rows, file, task, say)
            case _:
                writer = csv.DictWriter(file, [field.name for field in fields(Row)])
                writer.writeheader()
                writer.writerows(asdict(one) for one in rows)


def summary(statuses: Iterable[str], say: Say = str) -> str:
    """Return how many photos are done, failed and so on, as in "3 done, 1 failed"."""
    counts = Counter(statuses)
    known = ("done", "skipped", "failed", "cancelled", "not tried")
    return ", ".join(f"{counts[status]} {say(status)}" for status in known if counts[status])


def _write_page(rows: Sequence[Row], file: IO[str], task: Task, say: Say) -> None:
    columns = [say(text) for text in ("Before", "After", "Photo", "What became of it")]
    before, after, *_ = columns
    page = _PAGE.substitute(
        language=say("en"),
        heading=say("What became of {count} photos").format(count=len(rows)),
        summary=summary((one.status for one in rows), say),
        columns="".join(f'<th scope="col">{text}' for text in columns),
        side=_SIDE,
    )
    file.write(page)
    for number, one in enumerate(rows):
        task.progress(number / len(rows))
        facts = [one.size.replace("x", " × "), one.model, say(one.device) if one.device else ""]
        facts += [f"{one.seconds:.1f} s"] if one.seconds else []
        about = html.escape(" · ".join(fact for fact in facts if fact))
        why = f"<br>{html.escape(say(one.reason))}" if one.reason else ""
        file.write(
            f"<tr><td class=picture>{_picture(one.source, before)}"
            f"<td class=picture>{_picture(one.target, after)}"
            f"<td>{html.escape(Path(one.source).name)}"
            f"<br><small>{html.escape(one.target or one.source)}</small>"
            f"<td><span class={one.status.split()[0]}>{html.escape(say(one.status))}</span>{why}"
            f"<br><small>{about}</small>\n"
        )
    file.write("</table>\n</html>\n")


def _picture(path: str, words: str) -> str:
    """Return a thumbnail as part of the page; nothing where there is no picture to show."""
    if not path:
        return ""
    try:
        rgb = read_thumbnail(Path(path), _SIDE)
    except (ColorDeskError, OSError):
        return ""
    bgr = cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR)
    jpeg = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1].tobytes()
    data = base64.b64encode(jpeg).decode("ascii")
    height, width = rgb.shape[:2]
    return (
        f'<img loading=lazy width={width} height={height} alt="{words}" '
        f'src="data:image/jpeg;base64,{data}">'
    )
