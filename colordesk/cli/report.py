"""The report of a batch as a CSV or JSON file: one row per photo, in the order of the batch."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path

from colordesk.batch import Result
from colordesk.explain import explain
from colordesk.paths import atomic_write

SUFFIXES = (".csv", ".json")


def write_report(results: Iterable[Result], path: Path) -> None:
    """Write what became of every photo, in the format that the suffix of `path` says.

    Raises:
        OSError: the file cannot be written.
    """
    rows = [_row(result) for result in results]
    # A file name need not be valid text; the report must name it all the same.
    with (
        atomic_write(path) as temporary,
        temporary.open("w", encoding="utf-8", errors="surrogateescape", newline="") as file,
    ):
        if path.suffix.lower() == ".json":
            json.dump(rows, file, indent=2)
            file.write("\n")
        else:
            fields = ("source", "target", "status", "reason", "seconds", "size", "model", "device")
            writer = csv.DictWriter(file, fields)
            writer.writeheader()
            writer.writerows(rows)


def _row(result: Result) -> dict[str, str | float]:
    return {
        "source": str(result.item.source),
        "target": "" if result.error else str(result.item.target),
        "status": result.status,
        "reason": str(explain(result.error)) if result.error else "",
        "seconds": round(result.seconds, 3),
        "size": "{}x{}".format(*result.size) if result.size else "",
        "model": result.model,
        "device": result.device,
    }
