"""What the command line says to people, and how: results, remarks and the progress of slow work.

Of several processes that train together, only the first on each machine speaks.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from colordesk.task import Task

out = Console()
err = Console(stderr=True)


def in_front() -> bool:
    """Return whether this process speaks."""
    return os.environ.get("LOCAL_RANK", "0") == "0"


def fetched(data: Sequence[Path]) -> list[Path]:
    """Replace each list of web addresses by the folder into which its pictures were fetched."""
    from colordesk_training.data.urls import fetch

    folders = []
    for source in data:
        if source.suffix != ".txt":
            folders.append(source)
            continue
        with progress() as task:
            found = fetch(source, task)
        folders.append(found.folder)
        err.print(
            f"{source}: {found.pictures} pictures; {found.dead} addresses gave none "
            f"({found.folder / 'failed.csv'} says why)",
            highlight=False,
            soft_wrap=True,
        )
    return folders


def say_left_out(path: Path) -> None:
    """Say how many pictures a run has left out, by its own list."""
    from colordesk_training.logs import count_left_out

    gray, broken = count_left_out(path)
    if in_front() and gray + broken:
        err.print(
            f"Left out: {gray} gray and {broken} broken pictures ({path} names them).",
            highlight=False,
            soft_wrap=True,
        )


class progress:  # noqa: N801 - used as a statement
    """A progress bar on a terminal; nothing elsewhere (the run's log.csv has it all)."""

    def __enter__(self) -> Task:
        self._bar = Progress(
            BarColumn(),
            TextColumn("{task.percentage:>5.1f} %"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.description}"),
            console=err,
            disable=not (err.is_terminal and in_front()),
        )
        self._bar.start()
        row = self._bar.add_task("", total=1.0)
        return Task(
            lambda fraction, status: self._bar.update(row, completed=fraction, description=status)
        )

    def __exit__(self, *error: object) -> None:
        self._bar.stop()
