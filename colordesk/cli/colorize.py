"""`colordesk colorize`: composes the renderer, runs the batch and says what became of it.

Invariant: stdout carries exactly the paths of the files that were written, one per line.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from colordesk.batch import Order, Result, Skipped, run
from colordesk.cli.console import (
    CANCELLED,
    DONE,
    FAILED,
    WRONG_USAGE,
    complain,
    say,
    settings_or_defaults,
)
from colordesk.cli.request import Request
from colordesk.cli.signals import stopped_by_signals
from colordesk.edit import Edit, EditError, Reference, read_edit, sidecar_path
from colordesk.errors import ColorDeskError
from colordesk.inference.library import Library, UnknownModel, default_folders
from colordesk.inference.worker import Worker, opener
from colordesk.plan import TEMPLATE, Item, PlanError, plan
from colordesk.render import Renderer
from colordesk.report import SUFFIXES, row, write_report
from colordesk.settings import Settings
from colordesk.task import Task

_STOPPING = "Stopping; what is being written is taken back."


@dataclass(frozen=True)
class PhotoRequest(Request):
    """What was asked for photos."""

    hints: Path | None = None
    """Strokes for the one photo."""
    hints_dir: Path | None = None
    """Strokes for every photo that has some there, by its name."""
    reference: Path | None = None
    reference_strength: float | None = None
    format: str | None = None
    quality: int | None = None
    recursive: bool = False
    skip_existing: bool = False
    recolor: bool = False
    name: str = TEMPLATE
    flat: bool = False
    jobs: int | None = None
    report: Path | None = None


def carry_out(request: PhotoRequest) -> int:
    """Colorize what was asked for; return the exit code."""
    settings = settings_or_defaults()
    settings = replace(
        settings,
        device=request.device or settings.device,
        format=request.format or settings.format,
        quality=request.quality or settings.quality,
    )
    try:
        _check(request)
        library = Library(default_folders(settings))
        edits = _Edits(request, settings, library)
        items = plan(
            request.inputs,
            request.output,
            format=settings.format,
            recursive=request.recursive,
            tree=not request.flat,
            template=request.name,
        )
    except (PlanError, EditError, UnknownModel) as error:
        complain(error)
        nothing_installed = isinstance(error, UnknownModel) and not error.wanted
        return FAILED if nothing_installed else WRONG_USAGE
    except (ColorDeskError, OSError) as error:
        complain(error)
        return FAILED
    if not items:
        deeper = "" if request.recursive else " (--recursive looks into the folders inside it, too)"
        say(f"There is no photo to colorize in {', '.join(map(str, request.inputs))}{deeper}.")
        return DONE
    with contextlib.closing(Worker()) as worker:
        renderer = Renderer(library, settings, opener(settings, worker))
        return _colorize(items, renderer, edits, settings, request)


def _colorize(
    items: Sequence[Item],
    renderer: Renderer,
    edits: _Edits,
    settings: Settings,
    request: PhotoRequest,
) -> int:
    start = time.perf_counter()
    try:
        if any(item.error is None for item in items):
            renderer.prepare(edits.usual)  # what ails the model is said once, not per photo
    except ColorDeskError as error:
        complain(error)
        return FAILED
    for notice in renderer.notices:
        say(notice)
    told = set(renderer.notices)
    results = _run(items, renderer, edits, settings, request)
    for notice in renderer.notices:
        if notice not in told:
            say(notice)
    say(_summary(results, time.perf_counter() - start))
    return _exit_code(results, request.report)


def _check(request: PhotoRequest) -> None:
    """Refuse what cannot be meant, before anything is opened."""
    if request.overwrite and request.skip_existing:
        raise PlanError("--overwrite and --skip-existing contradict each other")
    if request.device and not re.fullmatch(r"auto|cpu|cuda(:\d{1,3})?", request.device):
        raise PlanError(f"--device must be auto, cpu, cuda or cuda:N, not {request.device}")
    if request.hints and (len(request.inputs) != 1 or request.inputs[0].is_dir()):
        raise PlanError("--hints belongs to one photo; for several there is --hints-dir")
    if request.hints and request.hints_dir:
        raise PlanError("--hints and --hints-dir exclude each other")
    if request.report and request.report.suffix.lower() not in SUFFIXES:
        raise PlanError(f"--report must end in {' or '.join(SUFFIXES)}, not {request.report.name}")
    report = request.report  # the folder of the results is made if need be
    if report and report.parent != request.output and not report.absolute().parent.is_dir():
        raise PlanError(f"the folder for the report, {report.parent}, does not exist")


class _Edits:
    """Which edit a photo gets: options over `--edit` over the one saved beside the photo.

    Raises:
        EditError: the options or the preset are wrong.
        UnknownModel, ModelError: the model that was asked for cannot be used.
    """

    def __init__(self, request: PhotoRequest, settings: Settings, library: Library) -> None:
        self._request = request
        self._default_model = library.get(request.model or settings.model).manifest.id
        self._preset = read_edit(request.edit) if request.edit else None
        self.usual = self._with_options(self._preset or Edit())
        """The edit of a photo that has none of its own."""

    def of(self, source: Path) -> Edit:
        """Return the edit of a photo.

        Raises:
            EditError, OSError: the one saved beside the photo cannot be read.
        """
        sidecar = sidecar_path(source)
        edit = self.usual
        if self._preset is None and sidecar.exists():
            edit = self._with_options(read_edit(sidecar))
        strokes = self._strokes(source)
        return replace(edit, strokes=strokes) if strokes else edit

    def _strokes(self, source: Path) -> Path | None:
        """Return the strokes that are meant for a photo."""
        if self._request.hints_dir is None:
            return self._request.hints
        names = (f"{source.stem}.png", f"{source.name}.png")
        paths = (self._request.hints_dir / name for name in names)
        return next((path for path in paths if path.is_file()), None)

    def _with_options(self, edit: Edit) -> Edit:
        return replace(
            edit,
            model=self._request.model or edit.model or self._default_model,
            size=self._request.size or edit.size,
            look=replace(edit.look, **self._request.look),
            reference=self._reference(edit.reference),
        )

    def _reference(self, kept: Reference | None) -> Reference | None:
        """Return the reference photograph that is meant, if any."""
        path, strength = self._request.reference, self._request.reference_strength
        wanted = Reference(path) if path else kept
        if wanted is None or strength is None:
            return wanted
        return replace(wanted, strength=strength)


def _run(
    items: Sequence[Item],
    renderer: Renderer,
    edits: _Edits,
    settings: Settings,
    request: PhotoRequest,
) -> list[Result]:
    screen = _Screen(len(items))
    task = Task(screen.progress)
    with stopped_by_signals(task, _STOPPING), screen:
        return run(
            items,
            renderer,
            lambda source: _order(source, edits, settings, request),
            jobs=request.jobs or min(4, os.cpu_count() or 1),
            on_result=screen.result,
            task=task,
        )


def _order(source: Path, edits: _Edits, settings: Settings, request: PhotoRequest) -> Order:
    """Return how a photo is to be done.

    Raises:
        EditError, OSError: its edit cannot be read.
    """
    return Order(
        edits.of(source),
        settings.quality,
        "skip" if request.skip_existing else "replace" if request.overwrite else "refuse",
        recolor=request.recolor or sidecar_path(source).exists(),
    )


class _Screen:
    """Shows a batch at work: a progress bar on a terminal, else one line per photo."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._seen = 0
        self._furthest = 0.0
        console = Console(stderr=True)
        self._bar = Progress(
            TextColumn("{task.fields[seen]}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeRemainingColumn(),
            console=console,
            disable=not console.is_terminal,
            transient=True,
            redirect_stdout=False,  # it would send the results to stderr
        )
        self._row = self._bar.add_task("", total=1.0, seen=f"0/{count}")

    def __enter__(self) -> _Screen:
        self._bar.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._bar.stop()

    def progress(self, fraction: float, status: str) -> None:
        """Hear from a working thread; photos run side by side, the bar only ever grows."""
        self._furthest = max(self._furthest, fraction)
        self._bar.update(self._row, completed=self._furthest)

    def result(self, result: Result) -> None:
        """Say what became of one photo."""
        self._seen += 1
        self._furthest = max(self._furthest, self._seen / self._count)
        self._bar.update(self._row, completed=self._furthest, seen=f"{self._seen}/{self._count}")
        if result.status == "done":
            if self._bar.disable and self._count > 1:
                say(f"{self._seen}/{self._count} {result.item.source} ({result.seconds:.1f} s)")
            self._print(result.item.target)
        elif isinstance(result.error, Skipped):
            say(f"{result.item.source}: passed over, {result.error.problem}.")
        elif result.error is not None and result.status == "failed":
            complain(result.error, result.item.source)

    def _print(self, target: Path) -> None:
        if sys.stdout.isatty() and not self._bar.disable:  # one screen: keep clear of the bar
            self._bar.console.print(target, soft_wrap=True, markup=False, highlight=False)
            return
        try:
            sys.stdout.write(f"{target}\n")
            sys.stdout.flush()
        except BrokenPipeError:  # the reader has gone; the photos are wanted all the same
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _summary(results: Sequence[Result], seconds: float) -> str:
    counts = Counter(result.status for result in results)
    done = [result for result in results if result.status == "done"]
    parts = [f"{len(done)} of {len(results)} photos colorized in {seconds:.1f} s"]
    others = ("skipped", "failed", "not tried", "cancelled")
    parts += [f"{counts[status]} {status}" for status in others]
    if done:
        where = {f"{result.model} on {result.device}" for result in done}
        parts.append("with " + ", ".join(sorted(where)))
    words = ", ".join(part for part in parts if not part.startswith("0 ")) + "."
    if any(isinstance(result.error, Skipped) and result.error.coloured for result in results):
        words += " To color photos, too, that have colours of their own, give --recolor."
    return words


def _exit_code(results: Sequence[Result], report: Path | None) -> int:
    fine = ("done", "skipped")
    code = DONE if all(result.status in fine for result in results) else FAILED
    if report:
        try:
            report.parent.mkdir(exist_ok=True, parents=True)  # if no result has made it
            write_report([row(result) for result in results], report, Task())
        except OSError as error:
            complain(error)
            code = FAILED
    return CANCELLED if any(result.status == "cancelled" for result in results) else code
