"""What `colordesk video` was asked for, in the values that an export takes.

Hides how times, rates and sizes are written, and what a preset and single options say together.
Invariant: an option goes before a preset, and a preset before a project.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from colordesk.cli.request import Request
from colordesk.edit import read_edit
from colordesk.folder import MARK
from colordesk.paths import fitting
from colordesk.plan import PlanError
from colordesk.settings import Settings
from colordesk.video.codecs import CODECS, SUFFIXES, ExportSettings, Speed
from colordesk.video.errors import UnknownPreset
from colordesk.video.presets import (
    BUILT_IN,
    FilmPreset,
    film_presets_dir,
    find_film_preset,
    suffix_of,
)
from colordesk.video.treatment import Treatment


@dataclass(frozen=True)
class FilmRequest(Request):
    """What was asked for film."""

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
    resume: bool = False
    dry_run: bool = False
    probe: bool = False
    clear_cache: bool = False


def treatment_of(request: FilmRequest, base: Treatment) -> Treatment:
    """Return how a film is coloured.

    Args:
        request: what was asked for.
        base: what holds where nothing was said.

    Raises:
        PlanError: a time or a preset is none.
        EditError, OSError: the edit or the preset cannot be used.
    """
    if request.preset and request.preset not in BUILT_IN:
        base = _preset(request).onto(base)  # those that are built in say nothing of it
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
        points_at=seconds_of(request.points_at, "--points-at") or base.points_at,
    )


def export_settings(request: FilmRequest, settings: Settings) -> ExportSettings:
    """Return how the file is written.

    Raises:
        PlanError: what was asked for contradicts itself, or is none.
        EditError, OSError: the preset cannot be used.
    """
    if request.device and not re.fullmatch(r"auto|cpu|cuda(:\d{1,3})?", request.device):
        raise PlanError(f"--device must be auto, cpu, cuda or cuda:N, not {request.device}")
    if request.crf is not None and request.bitrate is not None:
        raise PlanError("--crf and --bitrate exclude each other")
    preset = _preset(request).settings
    if request.codec is not None and request.codec != preset.codec:
        preset = ExportSettings(request.codec)  # what it says of another codec is not for this one
    if request.crf is not None or request.bitrate is not None:
        bitrate = _bits_per_second(request.bitrate)
        preset = replace(preset, quality=request.crf, bitrate=bitrate)
    return replace(
        preset,
        speed=request.speed or preset.speed,
        bits=request.bit_depth or preset.bits,
        hardware=request.hardware or preset.hardware,
        threads=settings.threads,
    )


def _preset(request: FilmRequest) -> FilmPreset:
    """Return the preset that was asked for, or one that says nothing."""
    if request.preset is None:
        return FilmPreset(ExportSettings())
    try:
        return find_film_preset(film_presets_dir(), request.preset)
    except UnknownPreset as error:
        raise PlanError(
            f"there is no preset {error.wanted}; there are {_listed(error.known)}"
        ) from error


def outputs_of(request: FilmRequest, settings: ExportSettings) -> list[Path]:
    """Return the file that each input becomes; no two are the same.

    Raises:
        PlanError: they cannot be files of films.
    """
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
        target = folder / fitting(source.stem, mark + suffix)
        if output is None and not source.is_absolute():
            target = source.parent / target.name
        number = 2
        while target in found:
            target = folder / fitting(source.stem, f"-{number}{mark}{suffix}")
            number += 1
        found.append(target)
    return found


def _suffix(request: FilmRequest, settings: ExportSettings, source: Path) -> str:
    if request.preset and settings.codec == _preset(request).settings.codec:
        return suffix_of(settings)
    containers = CODECS[settings.codec or "h264"].containers
    own = source.suffix.lower()
    if own == ".gif" and settings.codec is None:
        return ".gif"
    return own if own in containers else containers[0]


def rate_of(request: FilmRequest) -> Fraction | None:
    """Return the frames per second of numbered frames, if they were said."""
    return Fraction(request.fps).limit_denominator(1001) if request.fps else None


def seconds_of(text: str | None, option: str) -> Fraction | None:
    """Return the seconds of a time such as 90, 1:30 or 0:01:30.5.

    Raises:
        PlanError: it is none.
    """
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
