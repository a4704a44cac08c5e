"""`colordesk video`: opens the films, exports one after another, and says what became of each.

Invariant: stdout carries exactly the paths of the files that were written, one per line, or what
was asked for with `--probe` and `--dry-run`.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Literal

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from colordesk.cli.console import complain, say, settings_or_defaults
from colordesk.cli.signals import stopped_by_signals
from colordesk.cli.video_request import (
    FilmRequest,
    export_settings,
    outputs_of,
    rate_of,
    seconds_of,
    treatment_of,
)
from colordesk.cli.video_words import describe_clip, describe_plan, rates
from colordesk.edit import EditError
from colordesk.errors import ColorDeskError, FileError
from colordesk.folder import is_result
from colordesk.inference.library import Library, UnknownModel, default_folders
from colordesk.inference.worker import Worker, opener
from colordesk.plan import PlanError
from colordesk.task import Cancelled, Task
from colordesk.video.codecs import ExportSettings
from colordesk.video.encoders import Encoder, film_encoder
from colordesk.video.errors import EncoderError
from colordesk.video.export import Done, UnfinishedExport, export_film
from colordesk.video.film import Film, Part, sources
from colordesk.video.own_colours import has_own_colours
from colordesk.video.predicting import Colourist
from colordesk.video.probing import films_in, open_clip
from colordesk.video.project import open_project, read_project
from colordesk.video.segments import WorkFolder
from colordesk.video.store import clear_store, stored_bytes
from colordesk.video.treatment import Treatment

DONE, FAILED, WRONG_USAGE, CANCELLED = 0, 1, 2, 130


@dataclass(frozen=True)
class _Job:
    """One film to be made."""

    film: Film
    treatment: Treatment
    output: Path
    encoder: Encoder


def carry_out(request: FilmRequest) -> int:
    """Do what was asked for; return the exit code."""
    settings = settings_or_defaults()
    settings = replace(settings, device=request.device or settings.device)
    try:
        if request.clear_cache:
            kept = stored_bytes()
            clear_store()
            say(f"{kept / 1e6:.0f} MB of kept colours were removed.")
            if not request.inputs:
                return DONE
        if not request.inputs:
            raise PlanError("no film was named")
        request = replace(request, inputs=_expanded(request.inputs))
        if request.probe:
            return _probe(request)
        export = export_settings(request, settings)
        span = seconds_of(request.start, "--start"), seconds_of(request.end, "--end")
        library = Library(default_folders(settings))
        outputs = outputs_of(request, export)
        usual = treatment_of(request, Treatment())
        model = library.get(usual.edit.model or settings.model)
    except (PlanError, EditError, EncoderError, UnknownModel) as error:
        complain(error)
        return FAILED if isinstance(error, UnknownModel) and not error.wanted else WRONG_USAGE
    except (ColorDeskError, OSError) as error:
        complain(error)
        return FAILED
    with closing(Worker()) as worker:
        colourists: dict[Path, Colourist] = {}
        codes = []
        for source, output in zip(request.inputs, outputs, strict=True):
            try:
                job = _job(request, source, output, export, span)
                wanted = (
                    library.get(job.treatment.edit.model) if job.treatment.edit.model else model
                )
                colourist = colourists.setdefault(
                    wanted.path, Colourist(wanted, settings, opener(settings, worker))
                )
                codes.append(_carry_out(job, colourist, request))
            except (PlanError, EditError, EncoderError) as error:
                complain(error, source)
                codes.append(WRONG_USAGE)
            except (ColorDeskError, OSError) as error:
                complain(error, source)
                codes.append(FAILED)
            if codes[-1] == CANCELLED:
                return CANCELLED
    return codes[0] if len(codes) == 1 else FAILED if any(codes) else DONE


def _expanded(inputs: Sequence[Path]) -> list[Path]:
    """Return the inputs with the films of a folder in its place; a folder of frames is one film.

    What earlier runs made of a film that lies beside it is left out.
    """
    found: list[Path] = []
    for source in inputs:
        films = films_in(source) if source.is_dir() else []
        stems = {film.stem for film in films}
        found += [film for film in films if not is_result(film.stem, stems)] or [source]
    return found


def _probe(request: FilmRequest) -> int:
    code = DONE
    for source in request.inputs:
        try:
            clip = open_clip(source, rate_of(request))
        except (ColorDeskError, OSError) as error:
            complain(error, source)
            code = FAILED
        else:
            sys.stdout.write(describe_clip(clip) + "\n")
    return code


def _job(
    request: FilmRequest,
    source: Path,
    output: Path,
    settings: ExportSettings,
    span: tuple[Fraction | None, Fraction | None],
) -> _Job:
    if source.suffix.lower() == ".json":
        if any(span):
            raise PlanError("a project has its own in and out points: leave out --start and --end")
        project = read_project(source)
        film, treatment = open_project(project), treatment_of(request, project.treatment)
    else:
        part = Part(open_clip(source, rate_of(request)), span[0] or Fraction(0), span[1])
        film, treatment = Film((part,)), treatment_of(request, Treatment())
    _check_target(output, film, request)
    encoder = film_encoder(film, settings, output, deinterlace=treatment.deinterlace)
    return _Job(film, treatment, output, encoder)


def _carry_out(job: _Job, colourist: Colourist, request: FilmRequest) -> int:
    """Export one film, or say what would be done."""
    if request.dry_run:
        preset = request.preset
        text = describe_plan(
            job.film, job.treatment, job.encoder, colourist.model, job.output, preset
        )
        sys.stdout.write(text + "\n")
        return DONE
    if job.film.first.interlaced and job.treatment.deinterlace:
        say(f"{job.film.first.path} is interlaced: its frames are made whole.")
    if job.film.first.guessed:
        say(
            f"{job.film.first.path} does not say its colour matrix: "
            f"{job.film.first.encoding.matrix} is taken, as players do."
        )
    for clip in {part.clip.path: part.clip for part in job.film.parts}.values():
        if clip.torn:
            pieces = len(clip.torn.pieces)
            say(f"The clock of {clip.path} jumps: its {pieces} pieces are shown one after another.")
    for sentence in rates(job.film):
        say(sentence)
    with suppress(ColorDeskError, OSError):  # what cannot be read is told by the export
        if not request.resume and has_own_colours(job.film.parts[0], Task()):
            say(
                f"{job.film.first.path} has colours of its own: "
                "ColorDesk replaces them with those of the model."
            )
    screen = _Screen(str(job.output.name))
    task = Task(screen.progress)
    job.output.parent.mkdir(parents=True, exist_ok=True)
    try:
        with stopped_by_signals(task, "Stopping; what is encoded is kept for --resume."), screen:
            done = export_film(
                job.film,
                job.treatment,
                job.encoder,
                colourist,
                job.output,
                task,
                resume=request.resume,
                afresh=request.overwrite,
            )
    except Cancelled:
        return CANCELLED
    except UnfinishedExport as error:
        came, goes_on = "that was stopped", "goes on with it"
        if not error.same:
            came = "with other choices or by another version of ColorDesk"
            goes_on = "goes on with the same only"
        say(
            f"{error.frames} frames of {job.output} are there from an export {came}: "
            f"--resume {goes_on}, --overwrite begins anew."
        )
        return FAILED
    except OSError:
        if WorkFolder(job.output, "").frames():
            say("What is encoded is kept: --resume goes on with it.")
        raise
    _tell(done, job.film, colourist)
    sys.stdout.write(f"{job.output}\n")
    sys.stdout.flush()
    return DONE


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}" + ("" if count == 1 else "s")


def _tell(done: Done, film: Film, colourist: Colourist) -> None:
    for notice in dict.fromkeys(done.notices):
        say(notice)
    if done.damaged:
        thing = "frame" if film.first.frames else "packet"
        skipped = f"{_counted(done.damaged, thing)} of the source could not be read and"
        say(f"{skipped} {'was' if done.damaged == 1 else 'were'} skipped; all else keeps its time.")
    where = f" on {colourist.device.label}" if colourist.device and done.predicted else ""
    now = "" if done.encoded == done.frames else f", {done.encoded} of them now,"
    say(
        f"{_counted(done.frames, 'frame')}{now} in {done.seconds:.1f} s "
        f"({done.speed:.1f} frames/s), "
        f"{done.predicted} seen by {colourist.model.manifest.id}{where}."
    )


def _check_target(target: Path, film: Film, request: FilmRequest) -> None:
    """Refuse a target that must not be written, or cannot be."""
    if target.is_dir():
        raise FileError(target, "it is a folder")
    there = next(folder for folder in target.absolute().parents if os.path.lexists(folder))
    if not there.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(there))
    for source in (*sources(film), *(given for given in request.inputs if given.exists())):
        if target.exists() and target.samefile(source):
            raise FileError(target, "it is one of the films to be colorized")
        if source.is_dir() and target.absolute().parent == source.absolute():
            raise FileError(target, "it would lie among the frames")
    if os.path.lexists(target) and not request.overwrite:
        raise FileError(target, "it exists already")


class _Screen:
    """Shows an export at work: a bar on a terminal, else nothing."""

    def __init__(self, name: str) -> None:
        console = Console(stderr=True)
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            TextColumn("{task.fields[status]}"),
            TimeRemainingColumn(),
            console=console,
            disable=not console.is_terminal,
            transient=True,
            redirect_stdout=False,
        )
        self._row = self._bar.add_task(name, total=1.0, status="")

    def __enter__(self) -> _Screen:
        self._bar.start()
        return self

    def __exit__(self, *error: object) -> Literal[False]:
        self._bar.stop()
        return False

    def progress(self, fraction: float, status: str) -> None:
        """Hear how far it is."""
        self._bar.update(self._row, completed=fraction, status=status)
