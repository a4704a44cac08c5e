"""The slow half of the batch queue behind one door for the window.

Hides that the picture libraries are loaded only when there is something to do. Every method is
meant for a worker.
Invariant: importing this module loads none of them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from colordesk.edit import Edit, read_edit, sidecar_path
from colordesk.errors import ColorDeskError
from colordesk.paths import queue_dir
from colordesk.settings import Settings
from colordesk.task import Task

if TYPE_CHECKING:
    from colordesk.batch import Order, Result, Workshop
    from colordesk.inference.library import Library
    from colordesk.plan import Item
    from colordesk.queue import Queue, Ticket
    from colordesk.queued import Batch
    from colordesk.render import Renderer


@dataclass(frozen=True)
class BatchWish:
    """What a person wants done to many photos."""

    title: str
    inputs: tuple[Path, ...]
    """Photos and folders."""
    output: Path | None = None
    """Folder for the results; None puts each beside its photo."""
    template: str = "{name}"
    format: str | None = None
    quality: int = 95
    existing: Literal["skip", "replace"] = "skip"
    recolor: bool = False
    recursive: bool = False
    tree: bool = True


@dataclass(frozen=True)
class Loaded:
    """What is waiting from the last time."""

    queue: Queue | None
    """None if there is nothing."""
    problems: tuple[Exception, ...] = ()


class BatchEngine:
    """Plans, keeps and does batches.

    Args:
        tools: returns the models and what makes the pictures.
        settings: the default model.
    """

    def __init__(self, tools: Callable[[], tuple[Library, Renderer]], settings: Settings) -> None:
        self._tools, self._settings = tools, settings
        self._lock = threading.Lock()
        self._workshop: tuple[Batch, Workshop] | None = None

    def load(self, task: Task) -> Loaded:
        """Read what is waiting from the last time."""
        folder = queue_dir()
        if not folder.is_dir() or not any(folder.iterdir()):
            return Loaded(None)
        queue = self.new_queue()
        return Loaded(queue, tuple(queue.load()))

    def new_queue(self) -> Queue:
        """Return a queue that is not loaded."""
        from colordesk.queue import Queue

        return Queue(queue_dir())

    def add(
        self, queue: Queue, wish: BatchWish, drafts: Mapping[Path, Edit], task: Task
    ) -> Batch | None:
        """Plan a batch and queue it; None if there is no photo.

        Args:
            queue: where it waits.
            wish: what is wanted.
            drafts: edits that are not kept beside their photos.
            task: progress and cancel.

        Raises:
            PlanError: what is wanted makes no sense.
            UnknownModel: there is no model.
            OSError: a folder cannot be read, or the queue cannot be kept.
        """
        from colordesk.plan import plan

        model = self._tools()[0].get(self._settings.model).manifest.id
        items = plan(
            wish.inputs,
            wish.output,
            format=wish.format,
            recursive=wish.recursive,
            tree=wish.tree,
            template=wish.template,
        )
        orders = []
        for number, item in enumerate(items):
            task.progress(number / len(items))
            orders.append(self._order(item, wish, drafts, model))
        return queue.add(wish.title, orders) if orders else None

    def work(self, queue: Queue, ticket: Ticket, task: Task) -> Result:
        """Do one photo and note what became of it.

        Raises:
            OSError: it cannot be noted.
        """
        from colordesk.batch import attempt

        workshop = self._workshop_of(ticket.batch)
        result = attempt(ticket.item, lambda: workshop.colorize(ticket.item, ticket.order, task))
        queue.finish(ticket, result)
        return result

    def report(self, batch: Batch, path: Path, task: Task) -> None:
        """Write what became of the photos of a batch.

        Raises:
            OSError: the file cannot be written.
        """
        from colordesk.report import write_report
        from colordesk.ui.batch.report_words import in_report

        write_report(batch.rows(), path, task, in_report)

    def _workshop_of(self, batch: Batch) -> Workshop:
        from colordesk.batch import Workshop

        with self._lock:
            if self._workshop is None or self._workshop[0] is not batch:
                sources = (entry.item.source for entry in batch.entries)
                self._workshop = batch, Workshop(self._tools()[1], sources)
            return self._workshop[1]

    def _order(
        self, item: Item, wish: BatchWish, drafts: Mapping[Path, Edit], model: str
    ) -> tuple[Item, Order]:
        from colordesk.batch import Order

        edit, sidecar = drafts.get(item.source), sidecar_path(item.source)
        try:
            if edit is None and sidecar.exists():
                edit = read_edit(sidecar)
        except (ColorDeskError, OSError) as error:
            item = replace(item, error=error)
        chosen = edit or Edit()
        return item, Order(
            replace(chosen, model=chosen.model or model),
            wish.quality,
            wish.existing,
            recolor=wish.recolor or edit is not None,
        )
