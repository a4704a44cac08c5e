"""`colordesk video`: opens the films, exports one after another, and says what became of each.

Invariant: stdout carries exactly the paths of the files that were written, one per line, or what
was asked for with `--probe` and `--dry-run`.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Literal

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from colordesk.cli.console import complain, say, settings_or_defaults
from colordesk.cli.signals import stopped_by_signals
from colordesk.cli.video_words import describe_clip, describe_plan
from colordesk.edit import EditError, read_edit
from colordesk.errors import ColorDeskError, FileError
from colordesk.folder import MARK, is_result
from colordesk.inference.library import Library, UnknownModel, default_folders
from colordesk.inference.worker import Worker, opener
from colordesk.plan import PlanError
from colordesk.settings import Settings
from colordesk.task import Cancelled, Task
from colordesk.video.clip import films_in, open_clip
from colordesk.video.codecs import (
    CODECS,
    PRESET_SUFFIXES,
    PRESETS,
    SUFFIXES,
    Encoder,
    ExportSettings,
    Speed,
    choose_encoder,
)
from colordesk.video.errors import EncoderError
from colordesk.video.export import Done, UnfinishedExport, export_film
from colordesk.video.film import Film, Part, sources
from colordesk.video.predicting import Colourist
from colordesk.video.project import open_project, read_project
from colordesk.video.store import clear_store, stored_bytes
from colordesk.video.treatment import Treatment

DONE, FAILED, WRONG_USAGE, CANCELLED = 0, 1, 2, 130


@dataclass(frozen=True)
class Request:
    """What was asked for on the command line; None means not said."""

    inputs: Sequence[Path]
    output: Path | None = None
    model: str | None = None
    size: int | None = None
    look: Mapping[str, float] = field(default_factory=dict)
    edit: Path | None = None
    start: str | None = None
    end: str | None = None
    points_at: str | None = None
    every: int | None = None
    smooth: int | None = None
    clean: int | None = None
    deinterlace: bool = True
    fps: float | None = None
    preset: str | None = None
    codec: str | None = None
    crf: int | None = None
    bitrate: str | None = None
    speed: Speed | None = None
    bit_depth: int | None = None
    hardware: bool = False
    device: str | None = None
    resume: bool = False
    overwrite: bool = False
    dry_run: bool = False
    probe: bool = False
    clear_cache: bool = False


@dataclass(frozen=True)
class _Job:
    """One film to be made."""

    film: Film
    treatment: Treatment
    output: Path
    encoder: Encoder


def carry_out(request: Request) -> int:
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
        export = _export_settings(request, settings)
        span = _seconds(request.start, "--start"), _seconds(request.end, "--end")
        library = Library(default_folders(settings))
        outputs = _outputs(request, export)
        usual = _treatment(request, Treatment())
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


def _probe(request: Request) -> int:
    code = DONE
    for source in request.inputs:
        try:
            clip = open_clip(source, _rate(request))
        except (ColorDeskError, OSError) as error:
            complain(error, source)
            code = FAILED
        else:
            sys.stdout.write(describe_clip(clip) + "\n")
    return code


def _job(
    request: Request,
    source: Path,
    output: Path,
    settings: ExportSettings,
    span: tuple[Fraction | None, Fraction | None],
) -> _Job:
    if source.suffix.lower() == ".json":
        if any(span):
            raise PlanError("a project has its own in and out points: leave out --start and --end")
        project = read_project(source)
        film, treatment = open_project(project), _treatment(request, project.treatment)
    else:
        part = Part(open_clip(source, _rate(request)), span[0] or Fraction(0), span[1])
        film, treatment = Film((part,)), _treatment(request, Treatment())
    _check_target(output, film, request)
    return _Job(film, treatment, output, choose_encoder(film.first, settings, output))


def _carry_out(job: _Job, colourist: Colourist, request: Request) -> int:
    """Export one film, or say what would be done."""
    if request.dry_run:
        text = describe_plan(job.film, job.treatment, job.encoder, colourist.model, job.output)
        sys.stdout.write(text + "\n")
        return DONE
    if job.film.first.interlaced and job.treatment.deinterlace:
        say(f"{job.film.first.path} is interlaced: its frames are made whole.")
    if job.film.first.guessed:
        say(
            f"{job.film.first.path} does not say its colour matrix: "
            f"{job.film.first.encoding.matrix} is taken, as players do."
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
        say(
            f"{error.frames} frames of {job.output} are there from an export that was stopped: "
            "--resume goes on with it, --overwrite begins anew."
        )
        return FAILED
    except OSError:
        say("What is encoded is kept: --resume goes on with it.")
        raise
    _tell(done, colourist)
    sys.stdout.write(f"{job.output}\n")
    sys.stdout.flush()
    return DONE


def _tell(done: Done, colourist: Colourist) -> None:
    for notice in dict.fromkeys(done.notices):
        say(notice)
    if done.damaged:
        packets = "1 packet" if done.damaged == 1 else f"{done.damaged} packets"
        say(f"{packets} of the source could not be read and were skipped; sound stays in step.")
    where = f" on {colourist.device.label}" if colourist.device and done.predicted else ""
    say(
        f"{done.frames} frames in {done.seconds:.1f} s "
        f"({done.frames / max(done.seconds, 1e-3):.1f} frames/s), "
        f"{done.predicted} seen by {colourist.model.manifest.id}{where}."
    )


def _treatment(request: Request, base: Treatment) -> Treatment:
    edit = read_edit(request.edit, base.edit) if request.edit else base.edit
    edit = replace(
        edit,
        model=request.model or edit.model,
        size=request.size or edit.size,
        look=replace(edit.look, **request.look),
    )
    return replace(
        base,
        edit=edit,
        every=request.every if request.every is not None else base.every,
        smooth=request.smooth if request.smooth is not None else base.smooth,
        clean=request.clean if request.clean is not None else base.clean,
        deinterlace=request.deinterlace and base.deinterlace,
        points_at=_seconds(request.points_at, "--points-at") or base.points_at,
    )


def _export_settings(request: Request, settings: Settings) -> ExportSettings:
    if request.device and not re.fullmatch(r"auto|cpu|cuda(:\d{1,3})?", request.device):
        raise PlanError(f"--device must be auto, cpu, cuda or cuda:N, not {request.device}")
    if request.crf is not None and request.bitrate is not None:
        raise PlanError("--crf and --bitrate exclude each other")
    preset = PRESETS[request.preset] if request.preset else ExportSettings()
    own_codec = request.codec is not None and request.codec != preset.codec
    return replace(
        preset,
        codec=request.codec or preset.codec,
        quality=request.crf if request.crf is not None or own_codec else preset.quality,
        bitrate=_bits_per_second(request.bitrate),
        speed=request.speed,
        bits=request.bit_depth,
        hardware=request.hardware,
        threads=settings.threads,
    )


def _outputs(request: Request, settings: ExportSettings) -> list[Path]:
    """Return the file that each input becomes; no two are the same."""
    output = request.output
    alone = len(request.inputs) == 1
    if output is not None and not output.is_dir() and output.suffix:
        if not alone:
            raise PlanError(f"{output} is one file, but several films are to go there")
        if output.suffix.lower() not in SUFFIXES:
            raise PlanError(f"a film cannot be written as {output.suffix}; {_listed(SUFFIXES)} can")
        return [output]
    found: list[Path] = []
    for source in request.inputs:
        suffix = _suffix(request, settings, source)
        folder = output or source.absolute().parent
        mark = "" if output and folder.absolute() != source.absolute().parent else MARK
        target = folder / f"{source.stem}{mark}{suffix}"
        if output is None and not source.is_absolute():
            target = source.parent / target.name
        number = 2
        while target in found:
            target = folder / f"{source.stem}-{number}{mark}{suffix}"
            number += 1
        found.append(target)
    return found


def _suffix(request: Request, settings: ExportSettings, source: Path) -> str:
    if request.preset and settings.codec == PRESETS[request.preset].codec:
        return PRESET_SUFFIXES[request.preset]
    containers = CODECS[settings.codec or "h264"].containers
    own = source.suffix.lower()
    if own == ".gif" and settings.codec is None:
        return ".gif"
    return own if own in containers else containers[0]


def _check_target(target: Path, film: Film, request: Request) -> None:
    """Refuse a target that must not be written."""
    if target.is_dir():
        raise FileError(target, "it is a folder")
    for source in sources(film):
        if target.exists() and target.samefile(source):
            raise FileError(target, "it is one of the films to be colorized")
        if source.is_dir() and target.absolute().parent == source.absolute():
            raise FileError(target, "it would lie among the frames")
    if os.path.lexists(target) and not request.overwrite:
        raise FileError(target, "it exists already")


def _rate(request: Request) -> Fraction | None:
    return Fraction(request.fps).limit_denominator(1001) if request.fps else None


def _seconds(text: str | None, option: str) -> Fraction | None:
    """Parse a time such as 90, 1:30 or 0:01:30.5."""
    if text is None:
        return None
    if not re.fullmatch(r"(\d+:){0,2}\d+(\.\d{1,9})?", text):
        raise PlanError(f"{option} must be a time such as 90, 1:30 or 0:01:30.5, not {text}")
    seconds = Fraction(0)
    for part in text.split(":"):
        seconds = seconds * 60 + Fraction(part)
    return seconds


def _bits_per_second(text: str | None) -> int | None:
    if text is None:
        return None
    found = re.fullmatch(r"(\d{1,9}(?:\.\d+)?)([kM]?)", text)
    if not found or not float(found[1]):
        raise PlanError(f"--bitrate must be a number such as 2500k or 8M, not {text}")
    return round(float(found[1]) * {"": 1, "k": 1_000, "M": 1_000_000}[found[2]])


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words)


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
