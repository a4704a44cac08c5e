"""Contact sheets: truth, gray and every model's picture in a row per photo.

Invariant: all pictures of a row have one size, so that they can be compared by eye.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from colordesk.compare.run import TRUTH, Outcome
from colordesk.compare.thumbnails import Thumbnails
from colordesk.metrics.definition import Definition
from colordesk.paths import atomic_write

ROWS = 8
"""Photos on a sheet."""
_WIDTH = 240
_GAP = 10
_LINE = 18
_PAPER, _INK, _FAINT = (250, 250, 248), (25, 25, 25), (110, 110, 110)


def write_sheet(
    outcome: Outcome,
    photos: Sequence[Path],
    thumbnails: Thumbnails,
    definition: Definition,
    target: Path,
) -> None:
    """Write one sheet as JPEG.

    Args:
        outcome: what was found out.
        photos: the rows; every contestant has a score of them.
        thumbnails: the small pictures.
        definition: the measure whose value stands under each picture.
        target: file to be made or replaced.

    Raises:
        OSError: a small picture is gone, or the target cannot be written.
    """
    names = (TRUTH, *outcome.contestants)
    rows = [_row(outcome, photo, names, thumbnails) for photo in photos]
    heights = [max(picture.height for picture in row) + 2 * _LINE + _GAP for row in rows]
    width = _GAP + (_WIDTH + _GAP) * len(names)
    sheet = Image.new("RGB", (width, sum(heights) + _LINE + 2 * _GAP), _PAPER)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(13)
    lefts = [_GAP + (_WIDTH + _GAP) * column for column in range(len(names))]
    for left, name in zip(lefts, names, strict=True):
        draw.text((left, _GAP), _fitting(name, font), _INK, font)
    top = 2 * _GAP + _LINE
    for photo, row, height in zip(photos, rows, heights, strict=True):
        for left, name, picture in zip(lefts, names, row, strict=True):
            sheet.paste(picture, (left, top))
            under = top + picture.height + 3
            if name == TRUTH:
                draw.text((left, under), _fitting(_printable(photo.name), font), _FAINT, font)
            else:
                value = outcome.scores[photo, name].values[definition.id]
                text = f"{definition.title} {definition.shown(value)}"
                draw.text((left, under), _fitting(text, font), _INK, font)
        top += height
    with atomic_write(target) as temporary:
        sheet.save(temporary, "JPEG", quality=88)


def _row(
    outcome: Outcome, photo: Path, names: Sequence[str], thumbnails: Thumbnails
) -> list[Image.Image]:
    row = []
    for name in names:
        data = thumbnails.read(outcome.scores[photo, name].thumbnail)
        picture = Image.open(io.BytesIO(data)).convert("RGB")
        scale = min(_WIDTH / picture.width, _WIDTH / picture.height)
        size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
        row.append(picture.resize(size, Image.Resampling.LANCZOS))
    return row


def _printable(name: str) -> str:
    return name.encode("utf-8", "replace").decode("utf-8")


def _fitting(text: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont) -> str:
    """Return the text, shortened in its middle until it fits under a picture."""
    keep = len(text)
    shown = text
    while font.getlength(shown) > _WIDTH and keep > 4:
        keep -= 1
        shown = f"{text[: keep // 2]}…{text[len(text) - (keep - keep // 2) :]}"
    return shown
