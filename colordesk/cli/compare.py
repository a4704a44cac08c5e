"""`colordesk compare` and `colordesk metrics`: judge models and pictures by true colours.

Invariant: stdout carries exactly the paths of the files that were written, or the summary where
none was asked for.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from colordesk.cli.console import (
    CANCELLED,
    DONE,
    FAILED,
    WRONG_USAGE,
    complain,
    say,
    settings_or_defaults,
)
from colordesk.cli.signals import stopped_by_signals
from colordesk.compare.contestants import GRAY, Contestant, GrayPicture, ModelPicture, PictureFolder
from colordesk.compare.journal import Journal
from colordesk.compare.pairs import pair
from colordesk.compare.perception import Perception
from colordesk.compare.report import PAGE, SUMMARY, TABLE, prepare_folder, write_report
from colordesk.compare.run import TRUTH, Comparison, Problem
from colordesk.compare.tables import counted, problem_line
from colordesk.compare.thumbnails import Thumbnails
from colordesk.compare.truth import NoTruth
from colordesk.edit import Edit
from colordesk.errors import ColorDeskError
from colordesk.explain import explain
from colordesk.inference.library import Library, UnknownModel, default_folders
from colordesk.metrics.perception import PERCEPTION
from colordesk.metrics.table import DEFINITIONS, MEASURES
from colordesk.plan import PlanError, plan
from colordesk.render import Renderer
from colordesk.settings import Settings
from colordesk.task import Cancelled, Task

_STOPPING = "Stopping after this picture."
_LINE_EVERY = 0.05  # of the work, where there is no terminal for a progress bar


@dataclass(frozen=True)
class Wishes:
    """What was asked for on the command line; None means not said."""

    output: Path | None
    metrics: str | None = None
    device: str | None = None
    size: int | None = None
    networks: Sequence[str] = ()
    """As ``ID=FILE``."""


@dataclass(frozen=True)
class _Match:
    """What is to be compared, ready to run."""

    photos: Sequence[Path]
    contestants: Sequence[Contestant]
    renderer: Renderer
    ids: Sequence[str]
    networks: Mapping[str, Path] = field(default_factory=dict)
    strangers: Sequence[Problem] = field(default_factory=list)
    """Pictures that belong to no photo."""


def compare_models(
    truths: Sequence[Path], models: str | None, recursive: bool, wishes: Wishes
) -> int:
    """Run models over photographs and write the report; return the exit code."""
    try:
        settings = _settings(wishes)
        networks = _networks(wishes.networks)
        ids = _ids(wishes.metrics, networks)
        library = Library(default_folders(settings))
        renderer = Renderer(library, settings)
        contestants: list[Contestant] = [GrayPicture()]
        for wanted in _wanted(models, library):
            renderer.prepare(Edit(model=wanted))
            contestants.append(ModelPicture(library.get(wanted), renderer, wanted, wishes.size))
        if len({contestant.name for contestant in contestants}) < len(contestants):
            raise PlanError("two of the models have the same id")
        photos = _photos(truths, wishes.output, recursive)
    except (PlanError, UnknownModel) as error:
        complain(error)
        return WRONG_USAGE
    except (ColorDeskError, OSError) as error:
        complain(error)
        return FAILED
    for notice in renderer.notices:
        say(notice)
    return _carry_out(_Match(photos, contestants, renderer, ids, networks), wishes.output)


def score_pictures(results: Path, truths: Path, wishes: Wishes) -> int:
    """Measure pictures that are there already; return the exit code."""
    try:
        settings = _settings(wishes)
        networks = _networks(wishes.networks)
        ids = _ids(wishes.metrics, networks)
        pairs = pair(results, truths)
        renderer = Renderer(Library([]), settings)
    except PlanError as error:
        complain(error)
        return WRONG_USAGE
    except (ColorDeskError, OSError) as error:
        complain(error)
        return FAILED
    name = results.resolve().name
    name = f"{name} (folder)" if name in (GRAY, TRUTH, "") else name
    strangers = [
        Problem(path, name, NoTruth(path, "there is no true photo of this name"))
        for path in pairs.strangers
    ]
    for problem in strangers:
        _tell(problem)
    contestants: list[Contestant] = [GrayPicture(), PictureFolder(name, pairs.results)]
    return _carry_out(
        _Match(pairs.truths, contestants, renderer, ids, networks, strangers), wishes.output
    )


def _settings(wishes: Wishes) -> Settings:
    if wishes.device and not re.fullmatch(r"auto|cpu|cuda(:\d{1,3})?", wishes.device):
        raise PlanError(f"--device must be auto, cpu, cuda or cuda:N, not {wishes.device}")
    settings = settings_or_defaults()
    return replace(settings, device=wishes.device or settings.device)


def _networks(given: Sequence[str]) -> dict[str, Path]:
    """Return the network files by the measure that they serve."""
    files = {}
    for text in given:
        id, _, file = text.partition("=")
        if id not in PERCEPTION or not file:
            raise PlanError(
                f"--network must be {', '.join(f'{id}=FILE.onnx' for id in PERCEPTION)}, not {text}"
            )
        files[id] = Path(file)
    return files


def _ids(wanted: str | None, networks: Mapping[str, Path]) -> list[str]:
    """Return the measures that were asked for; the first is what pictures are ranked by."""
    if wanted is None or wanted == "all":
        return [*MEASURES, *networks]
    ids = list(dict.fromkeys(id.strip() for id in wanted.split(",") if id.strip()))
    for id in ids:
        if id in PERCEPTION and id not in networks:
            raise PlanError(
                f"{PERCEPTION[id].title} asks a network, which is not part of ColorDesk; "
                f"give its file as --network {id}=FILE.onnx"
            )
    unknown = [id for id in ids if id not in MEASURES and id not in PERCEPTION]
    if unknown or not ids:
        named = ", ".join(unknown) or "without a name"
        raise PlanError(
            f"there is no measure {named}; there are {', '.join([*MEASURES, *PERCEPTION])}"
        )
    if ids == ["fid"]:  # it tells nothing of a single photo
        ids = [*list(MEASURES)[:1], *ids]
    return ids


def _wanted(models: str | None, library: Library) -> list[str]:
    if models is None:
        names = [model.manifest.id for model in library.models]
    else:
        names = list(dict.fromkeys(name.strip() for name in models.split(",") if name.strip()))
    if not names:
        raise UnknownModel("", ())
    return names


def _photos(truths: Sequence[Path], output: Path | None, recursive: bool) -> list[Path]:
    photos = [item.source for item in plan(truths, recursive=recursive)]
    if output is not None:  # sheets of an earlier run are no photographs
        own = output.resolve()
        photos = [photo for photo in photos if not photo.resolve().is_relative_to(own)]
    if not photos:
        deeper = "" if recursive else " (--recursive looks into the folders inside it, too)"
        raise PlanError(f"there is no photo in {', '.join(map(str, truths))}{deeper}")
    return photos


def _carry_out(match: _Match, output: Path | None) -> int:
    """Measure, and write what was found out into a folder or onto the screen."""
    with tempfile.TemporaryDirectory(prefix="colordesk-") as temporary:
        folder = output or Path(temporary) / "comparison"
        networks = {id: path for id, path in match.networks.items() if id in match.ids}
        try:
            work = prepare_folder(folder)
            thumbnails = Thumbnails(work / "thumbnails")
            with Journal(work) as journal, _Screen() as screen:
                task = Task(screen.progress)
                with stopped_by_signals(task, _STOPPING):
                    comparison = Comparison(
                        match.contestants,
                        match.renderer,
                        [id for id in match.ids if id != "fid"],
                        journal,
                        thumbnails,
                        Perception(networks, work / "features") if networks else None,
                    )
                    outcome = comparison.run(match.photos, _tell, task.part(0.0, 0.95))
                    outcome.problems.extend(match.strangers)
                    last = task.part(0.95, 1.0)
                    summary = write_report(outcome, DEFINITIONS, thumbnails, folder, _reason, last)
        except Cancelled:
            say(
                f"What was measured is kept; the same command goes on from there: {output}"
                if output
                else "Nothing was kept; with -o DIR it would have been."
            )
            return CANCELLED
        except PlanError as error:
            complain(error)
            return WRONG_USAGE
        except (ColorDeskError, OSError) as error:
            complain(error)
            return FAILED
        say(counted(outcome, summary))
        if output is None:
            sys.stdout.write((folder / SUMMARY).read_text("utf-8", "surrogateescape"))
        else:
            for name in (PAGE, SUMMARY, TABLE):
                sys.stdout.write(f"{folder / name}\n")
    return FAILED if outcome.problems else DONE


def _reason(error: BaseException) -> str:
    return str(explain(error))


def _tell(problem: Problem) -> None:
    say(problem_line(problem.photo, problem.contestant, _reason(problem.error)))


class _Screen:
    """Shows how far the work is: a bar on a terminal, else a line now and then."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self._told = 0.0
        self._bar = Progress(
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeRemainingColumn(),
            TextColumn("{task.description}", markup=False),
            console=console,
            disable=not console.is_terminal,
            transient=True,
            redirect_stdout=False,  # it would send the results to stderr
        )
        self._row = self._bar.add_task("", total=1.0)

    def __enter__(self) -> _Screen:
        self._bar.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._bar.stop()

    def progress(self, fraction: float, status: str) -> None:
        """Hear how far the work is."""
        self._bar.update(self._row, completed=fraction)
        if status:
            self._bar.update(self._row, description=status)
        if self._bar.disable and fraction >= self._told + _LINE_EVERY:
            self._told = fraction
            say(f"{100 * fraction:.0f} % {status}".rstrip())
