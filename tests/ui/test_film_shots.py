"""Shots of a film in the window: looks and colour points of their own, kept and exported."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QInputDialog

from colordesk.edit import sidecar_path
from colordesk.steer.saved import SavedColour
from colordesk.ui.film.film_engine import Order
from colordesk.ui.film.pictures import shown
from colordesk.ui.studio import Studio
from colordesk.video.codecs import PRESETS
from colordesk.video.hinting import stored, upright
from colordesk.video.probing import open_clip
from tests.films import make_film
from tests.models import make_model
from tests.ui.conftest import Wait, is_idle, mouse

COUNT, CUT = 30, 20


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A gray film of 30 frames; another shot begins with frame 20."""
    return make_film(tmp_path / "films" / "a.mkv", count=COUNT, size=(96, 64), cut_at=CUT)


@pytest.fixture
def at_film(studio: Studio, film: Path, wait: Wait) -> Studio:
    """The window with a film whose shots are known."""
    studio.opening.open([film])
    wait(lambda: studio.filming.view.canvas.after is not None and is_idle(studio))
    assert studio.filming.view.timeline.shots == (0, CUT)
    return studio


def colour(studio: Studio, x: float = 0.5, y: float = 0.5) -> np.ndarray:
    """Return red, green and blue of the frame in colour at a place."""
    shown = studio.filming.view.canvas.after
    assert shown is not None
    return np.array(shown.whole.colour_at(x, y)) * 255


def is_gray(studio: Studio) -> bool:
    return float(np.ptp(colour(studio))) < 2


def test_a_shot_has_a_look_of_its_own_that_travels(at_film: Studio, film: Path, wait: Wait) -> None:
    filming, view = at_film.filming, at_film.filming.view
    reel, panel, strength = filming.reel, view.shot_panel, view.look_panel.slider("strength")
    QTest.keyClick(view.canvas, Qt.Key.Key_Down)
    assert reel.frame == CUT
    assert panel.where().startswith("2 of 2")
    panel.own.click()
    strength.number.setValue(0)
    wait(lambda: is_idle(at_film) and is_gray(at_film))
    assert list(view.timeline.own) == [(CUT, COUNT)]
    panel.copy.click()
    QTest.keyClick(view.canvas, Qt.Key.Key_Up)
    wait(lambda: is_idle(at_film) and not is_gray(at_film))
    assert strength.value() == 100
    panel.paste.click()
    wait(lambda: is_idle(at_film) and is_gray(at_film))
    at_film.actions["undo"].trigger()
    wait(lambda: is_idle(at_film) and not is_gray(at_film))
    assert not panel.own.isChecked()
    strength.number.setValue(80)  # the film's now
    assert reel.edit.look.strength == 80
    clip = json.loads(_kept(at_film, film, wait))["clips"][0]
    assert [shot["look"]["strength"] for shot in clip["shots"]] == [0]

    out = film.with_name("out.mkv")
    filming.exporting.export(Order(reel.choices, out, PRESETS["archive"]))
    wait(lambda: at_film.banner.isVisible() and is_idle(at_film))
    spread = _chroma(out)
    assert all(spread[:CUT] > 5)
    assert all(spread[CUT:] == 0)

    reel.split(CUT)
    reel.remove(1)
    assert not panel.spread.isEnabled(), "the only look of its own is not on the timeline"
    reel.undo_stack.undo()
    assert panel.spread.isEnabled()
    reel.undo_stack.undo()
    reel.go(CUT + 3)
    panel.spread.click()
    assert reel.edit.look.strength == 0
    assert len(view.timeline.own) == 0
    at_film.actions["undo"].trigger()
    panel.own.click()
    wait(lambda: is_idle(at_film) and not is_gray(at_film))
    assert strength.value() == 80


def test_the_colour_of_a_point_is_saved_for_other_films_and_photos(
    settings: object,
    make_studio: Callable[[], Studio],
    film: Path,
    tmp_path: Path,
    wait: Wait,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_model(tmp_path / "models" / "blue.onnx", id="blue", ab=(0.0, -40.0), features=True)
    studio = make_studio()
    studio.opening.open([film])
    wait(lambda: studio.filming.view.canvas.after is not None and is_idle(studio))
    reel, view, points = studio.filming.reel, studio.filming.view, studio.filming.points
    save = studio.actions["save_colour"]
    assert not save.isEnabled()
    points.use(True)
    points.tool.added.emit(0.3, 0.7)
    view.points_panel.coloured.emit(40.0, 20.0, -1)
    wait(lambda: save.isEnabled() and is_idle(studio))
    reel.go(3)  # it is saved from the frame on which it was set
    wait(lambda: is_idle(studio))
    assert points.current == 0, "in its shot it stays chosen"
    monkeypatch.setattr(QInputDialog, "getText", lambda *a, **k: ("brick wall", True))
    view.points_panel.save.click()
    wait(lambda: studio.banner.isVisible() and is_idle(studio))
    assert studio.banner.what.text() == "Saved as “brick wall”"
    saved = view.saved_panel.current
    assert saved is not None
    assert (saved.name, saved.a, saved.b, saved.model) == ("brick wall", 40.0, 20.0, "blue")
    assert saved.lightness == pytest.approx(points._lightness(0), abs=3)
    assert studio.saved_panel.current == saved
    assert [timed.point.name for timed in reel.stretches[0].shots[0].points] == ["brick wall"]


def test_a_point_is_seen_in_its_shot_only_and_followed(
    at_film: Studio, film: Path, wait: Wait
) -> None:
    filming, view = at_film.filming, at_film.filming.view
    reel, canvas, points = filming.reel, view.canvas, filming.points
    reel.go(CUT + 2)
    wait(lambda: is_idle(at_film))
    tool = view.points_panel.tool_button
    assert tool.visibleRegion().isEmpty(), "the panel is scrolled to its beginning"
    QTest.keyClick(canvas, Qt.Key.Key_P)
    assert points.active
    assert not tool.visibleRegion().isEmpty(), "what the key did is seen"
    room = canvas.view.photo_rect(0)
    x, y = room.left() + 0.3 * room.width(), room.top() + 0.7 * room.height()
    before = colour(at_film, 0.3, 0.7)
    mouse(canvas, QEvent.Type.MouseButtonPress, x, y)
    mouse(canvas, QEvent.Type.MouseButtonRelease, x, y)
    suggested = view.points_panel.suggested
    wait(lambda: is_idle(at_film) and bool(suggested.findChildren(QAbstractButton)))
    suggested.findChildren(QAbstractButton)[0].click()
    (given,) = reel.stretches[0].shots[0].points
    assert given.point.ab == pytest.approx((0, -40), abs=1), "what the model says there"
    saved = SavedColour("sky", -8.0, -30.0, "tiny", (1.0,), 60.0, 0.5, gray=False)
    at_film.remembering._put(saved)
    wait(lambda: view.saved_panel.current is not None and is_idle(at_film))
    view.saved_panel.use.click()
    (given,) = reel.stretches[0].shots[0].points
    assert (given.point.ab, given.point.name) == ((-8.0, -30.0), "sky")
    view.points_panel.coloured.emit(40.0, 20.0, -1)
    wait(lambda: is_idle(at_film) and colour(at_film, 0.3, 0.7)[0] > before[0] + 20)
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert reel.frame == CUT + 2, "with a point chosen the arrows move it"
    reel.go(CUT + 7)
    wait(lambda: is_idle(at_film))
    moved = 5 * (2 / 3) / 96  # the pattern goes two thirds of a pixel to the right with each frame
    assert [mark.x for mark in points.tool._marks] == [pytest.approx(0.3 + moved, abs=0.015)]
    assert colour(at_film, 0.3, 0.7)[0] > before[0] + 20
    line, found = view.points_panel.list.item(0), points._kept.found
    points.set_places(reel.frame, {})
    assert line.text() == "sky · not found on this frame"
    points.set_places(*found)
    assert line.text() == "sky"
    points.tool.moved.emit(0, 0.4, 0.7, 1)
    (shot,) = reel.stretches[0].shots
    assert shot.points[0].at == reel.moment(CUT + 7), "it is followed from where it was moved"
    reel.go(4)
    wait(lambda: is_idle(at_film))
    assert [mark.x for mark in points.tool._marks] == []
    assert view.points_panel.list.count() == 0
    (entry,) = json.loads(_kept(at_film, film, wait))["clips"][0]["shots"]
    assert entry["points"][0]["a"] == 40.0
    at_film.actions["close"].trigger()
    at_film.opening.open([film])
    wait(lambda: filming.is_open and is_idle(at_film))
    (again,) = reel.stretches[0].shots
    assert again.points[0].point == shot.points[0].point
    reel.go(CUT + 1)
    view.points_panel.clear_wanted.emit()
    assert not reel.stretches[0].shots


def test_points_of_the_whole_film_are_seen_as_they_are_exported(
    studio: Studio, film: Path, wait: Wait
) -> None:
    point = {"x": 0.3, "y": 0.7, "a": 40.0, "b": 20.0}
    project = {"schema": 1, "clips": [{"path": film.name}], "points_at": 0.9}
    project["edit"] = {"points": [point]}
    sidecar_path(film).write_text(json.dumps(project), "utf-8")
    studio.opening.open([film])
    wait(lambda: studio.filming.view.canvas.after is not None and is_idle(studio))
    reel = studio.filming.reel
    reel.go(CUT + 6)
    wait(lambda: is_idle(studio))
    red, _, blue = colour(studio, 0.3, 0.7)
    assert red > blue
    reel.go(CUT - 6)
    wait(lambda: is_idle(studio))
    red, _, blue = colour(studio, 0.3, 0.7)
    assert red < blue


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("rotation", [0, 90, 180, -90])
def test_film_is_seen_turned_and_mirrored_as_players_show_it(
    tmp_path: Path, rotation: int, mirrored: bool
) -> None:
    path = tmp_path / "a.mp4"
    make_film(path, codec="libx264", count=1, rotation=rotation, mirrored=mirrored)
    with av.open(str(path)) as container:
        sides: Any = next(container.decode(video=0)).side_data
        data = sides.get("DISPLAYMATRIX")
    clip, matrix = open_clip(path), np.eye(3)
    if data is not None:
        matrix = np.frombuffer(bytes(data), "<i4").reshape(3, 3) / 65536
    x, y = 0.75, 0.125
    right, down = (np.array([x, y]) - 0.5) @ matrix[:2, :2] + 0.5
    rgb = np.zeros((clip.height, clip.width, 3), np.uint8)
    rgb[round(y * clip.height), round(x * clip.width)] = 255
    seen = shown(clip, rgb).rgb[:, :, 0]
    row, column = np.unravel_index(seen.argmax(), seen.shape)
    height, width = seen.shape
    assert ((column + 0.5) / width, (row + 0.5) / height) == pytest.approx((right, down), abs=0.05)
    assert upright(x, y, clip) == pytest.approx((right, down))
    assert stored(right, down, clip) == pytest.approx((x, y))


def _kept(studio: Studio, film: Path, wait: Wait) -> str:
    """Return the project beside a film once it is what was chosen."""
    keeping = studio.filming.keeping
    wait(lambda: keeping._kept == studio.filming.reel.choices and is_idle(studio))
    return sidecar_path(film).read_text("utf-8")


def _chroma(path: Path) -> np.ndarray:
    """Return how far the chroma of each frame is from gray."""
    with av.open(str(path)) as container:
        planes = [frame.to_ndarray(format="yuv444p") for frame in container.decode(video=0)]
    return np.array([np.abs(plane[1:].astype(int) - 128).mean() for plane in planes])
