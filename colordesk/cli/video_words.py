"""Clips and plans in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path

from colordesk.inference.library import Model
from colordesk.video.clip import Clip
from colordesk.video.encoders import Encoder
from colordesk.video.film import Film, Part
from colordesk.video.hinting import left_out
from colordesk.video.predicting import working_of
from colordesk.video.treatment import Treatment


def describe_clip(clip: Clip) -> str:
    """Return what is known of a clip, one thing a line."""
    encoding = clip.encoding
    lines = {
        "kind": f"{len(clip.frames)} numbered frames" if clip.frames else f"{clip.codec} film",
        "picture": f"{clip.width} x {clip.height} pixels"
        + (f", turned by {clip.rotation} degrees" if clip.rotation else "")
        + (", mirrored" if clip.mirrored else "")
        + (f", pixels {clip.sample_aspect}" if clip.sample_aspect not in (0, 1) else ""),
        "frames": f"{clip.rate_text} a second" + (", varying" if clip.varying else ""),
        "length": _length(clip),
        "stored as": f"{clip.pixel_format}, {encoding.bits} bit, {clip.chroma}",
        "colours": f"{encoding.matrix}{' (guessed)' if clip.guessed else ''}, "
        f"{'full' if encoding.full_range else 'limited'} range",
        "interlaced": f"{clip.field_order} field first" if clip.interlaced else "",
        "pieces": f"{len(clip.torn.pieces)}, one after another" if clip.torn else "",
        "captions": "closed ones, within the pictures" if clip.captions else "",
        "besides": ", ".join(clip.others),
    }
    rows = [f"  {name:<12}{text}" for name, text in lines.items() if text]
    return "\n".join([str(clip.path), *rows])


def describe_plan(
    film: Film,
    treatment: Treatment,
    encoder: Encoder,
    model: Model,
    output: Path,
    preset: str | None = None,
) -> str:
    """Return what an export would do."""
    width, height = working_of(film.first, model, treatment.edit.size)
    count = film.frame_count
    how = ", ".join(f"{name} {value}" for name, value in encoder.options.items())
    if encoder.bitrate:
        how += f"{', ' if how else ''}{encoder.bitrate / 1000:g} kbit/s"
    look = ", ".join(f"{name} {value:g}" for name, value in asdict(treatment.edit.look).items())
    lines = [
        str(output),
        *(f"  from        {part.clip.path}{_span(part.start, part.end)}" for part in film.parts),
        *(f"  shot        {words}" for part in film.parts for words in _shots(part)),
        f"  frames      {'an unknown number' if count is None else f'about {count}'}",
        f"  model       {model.manifest.id}, sees {width} x {height} of "
        + ("every frame" if treatment.every == 1 else f"one frame in {treatment.every}"),
        f"  look        {look}",
        f"  smoothing   {treatment.smooth}",
        *([f"  less grain  {treatment.clean}"] if treatment.clean else []),
        *([f"  preset      {preset}"] if preset else []),
        f"  encoder     {encoder.name} as {encoder.format}" + (f" ({how})" if how else ""),
    ]
    if film.first.interlaced:
        kept = f"kept, {film.first.field_order} field first"
        lines.append(f"  interlaced  {'made whole' if treatment.deinterlace else kept}")
    others = film.first.others if len(film.parts) == 1 else ()
    if others:
        lines.append(f"  besides     {', '.join(others)}, copied where the file can hold them")
    notices = (*rates(film), *encoder.notices, *left_out(treatment.edit))
    return "\n".join([*lines, *(f"  note        {notice}" for notice in notices)])


def rates(film: Film) -> tuple[str, ...]:
    """Return, as sentences, what becomes of clips of several frame rates."""
    if film.unequal is None:
        return ()
    one, other = film.unequal
    return (
        f"{one.path.name} has {one.rate_text} frames a second and {other.path.name} has "
        f"{other.rate_text}: the frames of each keep their own times.",
    )


def _shots(part: Part) -> Iterator[str]:
    """Yield what single shots of a part have of their own."""
    for shot in part.shots:
        points = "1 colour point" if len(shot.points) == 1 else f"{len(shot.points)} colour points"
        own = [words for words, on in (("a look", shot.look), (points, shot.points)) if on]
        if own:
            where = f"{float(shot.start):.3f} s to {float(shot.end):.3f} s of {part.clip.path.name}"
            yield f"{where}: {' and '.join(own)} of its own"


def _length(clip: Clip) -> str:
    if clip.duration is None:
        return "unknown"
    return f"{float(clip.duration):.3f} s, about {clip.frame_count} frames"


def _span(start: Fraction, end: Fraction | None) -> str:
    if not start and end is None:
        return ""
    return f" from {float(start):.3f} s" + ("" if end is None else f" to {float(end):.3f} s")
