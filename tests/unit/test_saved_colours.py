"""Saved colours: kept in a file that people can read, and looked for in other photos."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from colordesk import features as features_module
from colordesk.edit import ColorPoint, Edit, EditError, sidecar_path, write_edit
from colordesk.edit.geometry import Geometry
from colordesk.features import Features
from colordesk.inference.library import Library
from colordesk.photo import Photo, open_photo
from colordesk.render import Renderer
from colordesk.search import known_by, look_for
from colordesk.settings import Settings
from colordesk.steer.likeness import NoFeatures, matches, signature
from colordesk.steer.saved import (
    MOST_COLOURS,
    SavedColour,
    SavedColoursError,
    read_saved,
    with_colour,
    write_saved,
)
from colordesk.store import Store
from colordesk.task import Task
from tests.models import make_model

COAT = SavedColour("navy wool coat", 3.0, -25.5, "tiny", (0.6, 0.8), radius=0.25)
ALIKE = 196
"""Gray value of the thing, another than that of all else."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("models")
    make_model(folder / "tiny.onnx", id="tiny", features=True)
    make_model(folder / "plain.onnx", id="plain")
    return Library([folder])


@pytest.fixture(scope="module")
def renderer(library: Library) -> Renderer:
    return Renderer(library, Settings(device="cpu", threads=1, model="tiny"))


@pytest.fixture
def known(library: Library, renderer: Renderer, tmp_path: Path) -> Iterator[Features]:
    store = Store(tmp_path / "cache" / "features.sqlite", 10**6)
    yield Features(library, renderer, store)
    store.close()


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a gray picture with the thing, about a quarter of its height, at a place or nowhere."""

    def made(name: str, place: tuple[float, float] | None, tone: int = ALIKE) -> Path:
        pixels = np.full((120, 160), 60, np.uint8)
        if place is not None:
            x, y = int(place[0] * 160), int(place[1] * 120)
            pixels[y - 14 : y + 14, x - 14 : x + 14] = tone
        path = tmp_path / name
        path.write_bytes(cv2.imencode(".png", pixels)[1].tobytes())
        return path

    return made


@pytest.fixture
def thing(renderer: Renderer, write: Callable[..., Path]) -> SavedColour:
    """The thing, saved from a photo of its own."""
    photo = open_photo(write("first.png", (0.25, 0.75)), Task())
    model, features = known_by(renderer, photo, Edit(), (0.25, 0.75), Task())
    return dataclasses.replace(COAT, model=model, features=features)


def test_the_most_alike_places_of_a_photo_are_found() -> None:
    random = np.random.default_rng(0)
    features = random.normal(size=(64, 20, 30)).astype(np.float32)
    features[:, 9:12, 14:17] = features[:, 10:11, 15:16]
    thing = signature(features, (0.5, 0.5))
    assert np.linalg.norm(thing) == pytest.approx(1, abs=1e-4)
    faint = thing + 0.05 * random.normal(size=64)
    features[:, 2:5, 24:27] = 5 * faint[:, None, None]  # of any length
    first, second = matches(features, thing)
    assert (first.x, first.y, first.likeness) == pytest.approx((15.5 / 30, 10.5 / 20, 1), abs=1e-4)
    assert (second.x, second.y) == pytest.approx((25.5 / 30, 3.5 / 20))
    assert 0.8 < second.likeness < 1
    assert matches(features, -thing) == []


def test_a_thing_is_found_in_other_photos(
    known: Features, thing: SavedColour, write: Callable[..., Path], tmp_path: Path
) -> None:
    again, without = write("again.png", (0.6, 0.3)), write("without.png", None)
    fainter = write("fainter.png", (0.5, 0.5), ALIKE - 12)
    turned, marked = write("turned.png", (0.6, 0.3)), write("marked.png", (0.6, 0.3))
    write_edit(Edit(geometry=Geometry(turns=1)), sidecar_path(turned))
    done = Edit(points=(ColorPoint(0.61, 0.29, name=thing.name),))
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    photos = [(path, None) for path in (fainter, broken, without, again, turned)]
    search = look_for(known, thing, [*photos, (marked, done)], Task())

    assert search.searched == 6
    assert [path for path, _ in search.unread] == [broken]
    assert {found.path for found in search.found} == {again, turned, fainter}
    assert search.found[-1].path == fainter
    for found in search.found[:2]:
        assert (found.match.x, found.match.y) == pytest.approx((0.6, 0.3), abs=0.12)
        assert found.match.likeness > 0.95
    at = {found.path: found for found in search.found}
    assert at[again].seen == at[again].match
    assert at[again].picture.shape == (120, 160, 3)
    assert at[turned].picture.shape == (160, 120, 3)
    assert (at[turned].seen.x, at[turned].seen.y) == pytest.approx((0.7, 0.6), abs=0.12)


def test_what_was_found_before_a_cancel_is_kept(
    known: Features, thing: SavedColour, write: Callable[..., Path]
) -> None:
    paths = [write(f"{number}.png", (0.5, 0.5)) for number in range(3)]

    def listen(fraction: float, status: str) -> None:
        if status == "1.png":
            task.cancel()

    task = Task(listen)
    search = look_for(known, thing, [(path, None) for path in paths], task)
    assert (search.searched, [found.path for found in search.found]) == (1, paths[:1])


def test_a_photo_is_read_once_as_long_as_it_stays_the_same(
    known: Features,
    thing: SavedColour,
    write: Callable[..., Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[str] = []

    def note(path: Path, task: Task) -> Photo:
        read.append(path.name)
        return open_photo(path, task)

    monkeypatch.setattr(features_module, "open_photo", note)
    photos = [(write("a.png", (0.5, 0.5)), None), (write("b.png", None), Edit())]
    first = look_for(known, thing, photos, Task())
    again = look_for(known, thing, photos, Task())
    assert read == ["a.png", "b.png"]
    assert [found.match for found in again.found] == [found.match for found in first.found]
    assert np.array_equal(again.found[0].picture, first.found[0].picture)

    write("b.png", (0.25, 0.5), ALIKE - 1)
    os.utime(tmp_path / "b.png", ns=(1, 1))
    turned = Edit(geometry=Geometry(turns=1))
    found = look_for(known, thing, [photos[0], photos[1], (photos[0][0], turned)], Task()).found
    assert read[2:] == ["b.png", "a.png"]
    assert len(found) == 3
    (tmp_path / "cache" / "features.sqlite").write_bytes(b"no database" * 99)
    assert len(look_for(known, thing, photos, Task()).found) == 2


@pytest.mark.parametrize("end", [0, 10, 200, -1])
def test_what_was_kept_by_halves_is_made_again(end: int) -> None:
    features = np.random.default_rng(0).normal(size=(8, 6, 9)).astype(np.float32)
    kept = features_module._written(features, 90, 60, np.zeros((20, 30, 3), np.uint8))
    whole = features_module._read(kept)
    assert whole is not None
    assert (whole.width, whole.height, whole.picture.shape) == (90, 60, (20, 30, 3))
    for place in ((0.1, 0.1), (0.9, 0.6)):
        assert signature(whole.features, place) @ signature(features, place) > 0.999
    assert features_module._read(kept[:end]) is None


def test_a_thing_that_was_cut_off_is_known(renderer: Renderer, write: Callable[..., Path]) -> None:
    photo = open_photo(write("a.png", (0.25, 0.75)), Task())
    cut = Edit(geometry=Geometry(crop=(0.5, 0.0, 1.0, 1.0)))
    known = known_by(renderer, photo, cut, (0.25, 0.75), Task())
    assert known == known_by(renderer, photo, Edit(), (0.25, 0.75), Task())


def test_models_that_tell_nothing_apart_are_named(
    known: Features, renderer: Renderer, thing: SavedColour, write: Callable[..., Path]
) -> None:
    path = write("a.png", (0.5, 0.5))
    with pytest.raises(NoFeatures) as caught:
        known_by(renderer, open_photo(path, Task()), Edit(model="plain"), (0.5, 0.5), Task())
    assert (caught.value.model, caught.value.changed) == ("Tiny model plain", False)
    other = dataclasses.replace(thing, features=(1.0,))
    with pytest.raises(NoFeatures) as caught:
        look_for(known, other, [(path, None)], Task())
    assert caught.value.changed


def test_saved_colours_survive_their_file(tmp_path: Path) -> None:
    path = tmp_path / "settings" / "colours.json"
    assert read_saved(path) == ()
    gray = SavedColour("weißes Haar", 0, 0, "tiny", (1.0,), gray=True)
    colours = with_colour(with_colour((), COAT, path), gray, path)
    write_saved(colours, path)
    assert read_saved(path) == (COAT, gray)
    assert len(path.read_text(encoding="utf-8").splitlines()) < 30  # features are one line each
    darker = dataclasses.replace(COAT, b=-40.0)
    assert with_colour(colours, darker, path) == (darker, gray)
    write_saved((), path)
    assert read_saved(path) == ()
    assert COAT.point(0.2, 0.4) == ColorPoint(0.2, 0.4, 3, -25.5, 0.25, name="navy wool coat")
    many = [dataclasses.replace(COAT, name=str(number)) for number in range(MOST_COLOURS)]
    with pytest.raises(SavedColoursError, match="no more fit"):
        with_colour(many, COAT, path)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"name": " "}, "1 to 200 letters"),
        ({"name": "x" * 201}, "201 letters"),
        ({"a": 200}, "between -128"),
        ({"a": "red"}, "must be a number"),
        ({"gray": 1}, "true or false"),
        ({"features": []}, "0 features"),
        ({"features": [1e9]}, "between -1 and 1"),
        ({"features": [float("nan")]}, "between -1 and 1"),
        ({"features": [0.1] * 513}, "513 entries"),
        ({"features": "cos"}, "JSON list"),
        ({"smell": 1}, "unknown field"),
    ],
)
def test_a_damaged_file_is_one_clear_clause(
    tmp_path: Path, change: dict[str, object], problem: str
) -> None:
    path = tmp_path / "colours.json"
    data = {"schema": 1, "colours": [{**COAT.to_data(), **change}]}
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(SavedColoursError, match=problem) as caught:
        read_saved(path)
    assert caught.value.path == path


@pytest.mark.parametrize("text", ["{", "[]", '{"schema": 2}', '{"schema": 1}', "\x00\udcff"])
def test_what_is_no_such_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "colours.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(SavedColoursError):
        read_saved(path)


def test_a_saved_colour_is_valid() -> None:
    with pytest.raises(EditError, match="radius"):
        dataclasses.replace(COAT, radius=9.0)
