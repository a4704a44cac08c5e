"""A person's colours in film: points stay on their thing through their shot, a reference holds."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from colordesk.paths import user_models_dir
from tests.films import lumas, make_film
from tests.integration.conftest import Answer
from tests.models import make_model

Command = Callable[..., Answer]
EVEN = ("--model", "even", "--device", "cpu", "--codec", "ffv1")


@pytest.fixture(autouse=True)
def even(colordesk: Command) -> None:
    """A model that colours everything alike."""
    make_model(user_models_dir() / "even.onnx", id="even", ab=(5.0, 5.0))


def colours(path: Path, x: float, y: float) -> list[tuple[float, float]]:
    """Return a* and b* at a place of each frame as it is stored."""
    found = []
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            rgb = frame.to_ndarray(format="rgb24").astype(np.float32) / 255
            lab = cv2.cvtColor(rgb, cv2.COLOR_RGB2LAB)
            column, row = int(x * frame.width), int(y * frame.height)
            patch = lab[row - 2 : row + 3, column - 2 : column + 3, 1:]
            found.append(tuple(np.median(patch.reshape(-1, 2), axis=0)))
    return found


@pytest.mark.parametrize("every", ["1", "4"])
def test_a_point_holds_in_its_shot_both_ways_and_in_no_other(
    colordesk: Command, every: str
) -> None:
    source = make_film(Path("a.mkv"), count=40, size=(96, 64), cut_at=24)
    point = {"x": 0.3, "y": 0.2, "a": -5, "b": 30, "radius": 0.4}
    Path("edit.json").write_text(json.dumps({"schema": 1, "points": [point]}))
    options = ("--edit", "edit.json", "--points-at", "0.4", "--every", every, *EVEN)
    answer = colordesk("video", source, "-o", "out.mkv", *options)
    assert answer.code == 0, answer.err
    here, far = colours(Path("out.mkv"), 0.3, 0.2), colours(Path("out.mkv"), 0.85, 0.3)
    assert all(abs(b - 27) < 9 for _, b in here[:24])
    assert all(abs(b - 5) < 4 for _, b in here[24:])
    assert all(abs(b - 5) < 6 for _, b in far)
    assert all(
        np.array_equal(*pair) for pair in zip(lumas(source), lumas(Path("out.mkv")), strict=True)
    )
    # the second time the model has nothing to say
    again = colordesk("video", source, "-o", "more.mkv", "--smooth", "10", *options)
    assert " 0 seen by even" in again.err


def test_a_shot_of_a_project_has_its_own_look_and_its_own_points(colordesk: Command) -> None:
    make_film(Path("a.mkv"), count=40, size=(96, 64), cut_at=24)
    spots = [
        {"at": 1.2, "x": 0.6, "y": 0.15, "a": -5, "b": 25, "radius": 0.3},
        {"at": 1.44, "x": 0.3, "y": 0.7, "a": 25, "b": 0, "radius": 0.2},
    ]
    shots = [
        {"start": 0, "end": 0.95, "look": {"strength": 0}, "points": []},
        {"start": 0.95, "end": 1.6, "points": spots},
    ]
    clip = {"path": "a.mkv", "start": 0.2, "shots": shots}
    Path("film.json").write_text(json.dumps({"schema": 2, "clips": [clip, {"path": "a.mkv"}]}))
    plan = colordesk("video", "film.json", "-o", "out.mkv", "--dry-run", *EVEN).out
    assert "0.000 s to 0.950 s of a.mkv: a look of its own" in plan
    assert "0.950 s to 1.600 s of a.mkv: 2 colour points of its own" in plan
    answer = colordesk("video", "film.json", "-o", "out.mkv", *EVEN)
    assert answer.code == 0, answer.err
    left, right = (colours(Path("out.mkv"), *at) for at in ((0.6, 0.15), (0.3, 0.7)))
    assert len(left) == 35 + 40
    assert all(abs(a) < 1 and abs(b) < 1 for a, b in left[:19]), "gray before the cut"
    assert all(b > 12 for _, b in left[19:35]), "both ways from the moment of the point"
    assert all(a > 14 for a, _ in right[19:35]), "each point from a moment of its own"
    assert all(abs(a - 5) < 4 and abs(b - 5) < 4 for a, b in left[35:]), "the other clip has none"


def test_a_point_of_film_that_is_shown_turned_lies_where_it_is_seen(colordesk: Command) -> None:
    source = make_film(Path("a.mp4"), codec="libx264", count=6, size=(96, 64), rotation=90)
    # turned to the left by 90 degrees, what is stored at (0.3, 0.2) is seen at (0.2, 0.7)
    point = {"x": 0.2, "y": 0.7, "a": -5, "b": 30, "radius": 0.4}
    Path("edit.json").write_text(json.dumps({"schema": 1, "points": [point]}))
    answer = colordesk("video", source, "-o", "out.mkv", "--edit", "edit.json", *EVEN)
    assert answer.code == 0, answer.err
    assert all(abs(b - 27) < 9 for _, b in colours(Path("out.mkv"), 0.3, 0.2))


def test_a_reference_gives_its_colours_and_the_rest_is_said_to_be_left_out(
    colordesk: Command,
) -> None:
    source = make_film(Path("a.mkv"), count=6, size=(96, 64))
    light = np.linspace(30, 220, 64)[:, None, None]
    hues = np.where(np.arange(64)[None, :, None] < 40, [-25, -10, 35], [-5, -20, 25])  # B, G, R
    assert cv2.imwrite("red.png", (light + hues).clip(0, 255).astype(np.uint8))
    edit = {
        "schema": 1,
        "reference": {"path": "red.png", "strength": 100},
        "geometry": {"turns": 1},
    }
    Path("edit.json").write_text(json.dumps(edit))
    answer = colordesk("video", source, "-o", "out.mkv", "--edit", "edit.json", *EVEN)
    assert answer.code == 0, answer.err
    assert "Film leaves out what the edit says of the shape" in answer.err
    a, b = np.mean(colours(Path("out.mkv"), 0.85, 0.3), axis=0)
    assert a > 12
    assert b > 8
    Path("edit.json").write_text(json.dumps({"schema": 1, "reference": {"path": "gone.png"}}))
    answer = colordesk("video", source, "-o", "more.mkv", "--edit", "edit.json", *EVEN)
    assert answer.code == 1
    assert "gone.png" in answer.err
