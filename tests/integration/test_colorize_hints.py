"""Colours that a person set, through `colordesk colorize`: strokes and points in edits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from skimage.color import rgb2lab

from colordesk.edit import ColorPoint, Edit, sidecar_path, write_edit
from colordesk.photo import open_photo
from tests.integration.conftest import Answer

Command = Callable[..., Answer]
TINY = ("--model", "tiny", "--device", "cpu")


def gray(name: str) -> Path:
    path = Path(name)
    cv2.imwrite(str(path), np.full((90, 120), 119, np.uint8))
    return path


def strokes(path: Path, bgr: tuple[int, int, int]) -> Path:
    picture = np.zeros((45, 60, 4), np.uint8)
    picture[20:25, 10:20] = (*bgr, 255)
    cv2.imwrite(str(path), picture)
    return path


def ab_at(path: Path, x: int, y: int) -> tuple[float, float]:
    _, a, b = rgb2lab(open_photo(path).pixels)[y, x]
    return float(a), float(b)


def test_strokes_of_another_program_colour_the_photo(colordesk: Command) -> None:
    source, paint = gray("a.png"), strokes(Path("s.png"), (60, 100, 160))
    answer = colordesk("colorize", source, "--hints", paint, *TINY)
    assert answer.code == 0, answer.err
    assert ab_at(answer.written[0], 28, 44)[1] > 25  # brown, where the model says blue


def test_every_photo_finds_its_own_strokes(colordesk: Command) -> None:
    for name in ("a.png", "b.png", "c.png"):
        gray(name)
    Path("hints").mkdir()
    strokes(Path("hints/a.png"), (60, 100, 160))
    strokes(Path("hints/b.png.png"), (60, 160, 60))
    answer = colordesk(
        "colorize", "a.png", "b.png", "c.png", "-o", "out", "--hints-dir", "hints", *TINY
    )
    assert answer.code == 0, answer.err
    brown, green, blue = (ab_at(path, 28, 44) for path in answer.written)
    assert brown[1] > 25
    assert green[0] < -25
    assert blue[1] < -20


def test_points_come_with_the_edit(colordesk: Command) -> None:
    source = gray("a.png")
    write_edit(Edit(points=(ColorPoint(0.5, 0.5, a=-20, b=20),)), sidecar_path(source))
    answer = colordesk("colorize", source, *TINY)
    np.testing.assert_allclose(ab_at(answer.written[0], 60, 45), (-20, 20), atol=1)


def test_what_is_wrong_with_strokes_is_said(colordesk: Command) -> None:
    source = gray("a.png")
    answer = colordesk("colorize", source, "--hints", source, *TINY)
    assert answer.code == 1
    assert "transparent" in answer.err
    folder = Path("more")
    folder.mkdir()
    gray("more/b.png")
    assert colordesk("colorize", folder, "--hints", source, *TINY).code == 2
    write_edit(Edit(strokes=Path("gone.png")), sidecar_path(source))
    answer = colordesk("colorize", source, *TINY)
    assert answer.code == 1
    assert "gone.png" in answer.err


def test_a_reference_lends_its_colours(colordesk: Command) -> None:
    source = gray("a.png")
    random = np.random.default_rng(0)
    brown = np.array([60, 110, 180]) + random.integers(-60, 60, (8, 8, 3))
    cv2.imwrite("brown.png", brown.astype(np.uint8).repeat(9, 0).repeat(9, 1))
    arguments = ("colorize", source, "--reference", "brown.png", "--reference-strength", "100")
    answer = colordesk(*arguments, *TINY)
    assert answer.code == 0, answer.err
    assert ab_at(answer.written[0], 60, 45)[1] > 15
    answer = colordesk("colorize", source, "--reference", source, "--overwrite", *TINY)
    assert answer.code == 1
    assert "no colours" in answer.err
