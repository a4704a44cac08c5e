"""Colour points and strokes: met exactly, led by edges, whatever the model is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from skimage import data
from skimage.color import rgb2lab

from colordesk.edit import ColorPoint, Edit, Look
from colordesk.inference.library import Library
from colordesk.inference.manifest import Size
from colordesk.inference.session import Session
from colordesk.photo import Photo, PhotoError
from colordesk.render import Renderer
from colordesk.settings import Settings
from colordesk.steer.spread import Source, Terrain, Ways, blended
from colordesk.steer.strokes import StrokesError, read_strokes
from colordesk.task import Task
from tests.models import make_model

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIZE = Size(multiple=8, min=32, max=512, preferred=64)


def renderer_of(folder: Path, **model: object) -> Renderer:
    make_model(folder / "m.onnx", multiple=8, size=SIZE, **model)  # type: ignore[arg-type]
    return Renderer(Library([folder]), Settings(device="cpu", threads=2))


def two_halves() -> Photo:
    """A dark left half and a light right one."""
    pixels = np.full((120, 200, 1), 80, np.uint8)
    pixels[:, 100:] = 190
    return Photo(pixels)


def lab(picture: Photo) -> NDArray[np.float64]:
    found: NDArray[np.float64] = rgb2lab(picture.pixels)
    return found


def painted(path: Path, width: int, height: int, paint: dict[tuple[int, ...], str]) -> Path:
    """Write a transparent picture with rectangles (left, top, right, bottom) of colour."""
    picture = np.full((height, width, 4), (0, 255, 0, 0), np.uint8)  # green where nothing is
    for (left, top, right, bottom), colour in paint.items():
        bgr = tuple(bytes.fromhex(colour))[::-1]
        picture[top:bottom, left:right] = (*bgr, 255)
    path.write_bytes(cv2.imencode(".png", picture)[1].tobytes())
    return path


@pytest.mark.parametrize("hints", [False, True])
@pytest.mark.parametrize("side", [(120, 200), (1200, 2000)])
def test_a_point_is_met_exactly(tmp_path: Path, hints: bool, side: tuple[int, int]) -> None:
    subject = renderer_of(tmp_path, ab=(4, 6), hints=hints)
    gray = cv2.resize(cv2.cvtColor(data.astronaut(), cv2.COLOR_RGB2GRAY), side[::-1])
    gray = np.clip(gray, 60, 190)  # every colour below is inside the gamut
    points = (ColorPoint(0.31, 0.42, a=-10, b=12), ColorPoint(0.7, 0.6, a=12, b=-14))
    out = lab(subject.render(Photo(gray[..., None]), Edit(points=points), Task()))
    for point in points:
        here = out[int(point.y * side[0]), int(point.x * side[1])]
        np.testing.assert_allclose(here[1:], point.ab, atol=1.0)


def test_colour_stops_at_an_edge_and_at_its_reach(tmp_path: Path) -> None:
    subject = renderer_of(tmp_path, ab=(0, 0))
    point = ColorPoint(0.25, 0.5, a=20, b=-10, radius=0.6)
    out = lab(subject.render(two_halves(), Edit(points=(point,)), Task()))
    inside, beyond, far = out[60, 80, 1], out[60, 115, 1], out[60, 195, 1]
    assert inside > 9
    assert abs(beyond) < 1.5
    assert abs(far) < 0.5
    wider = Edit(points=(ColorPoint(0.25, 0.5, a=20, b=-10, radius=4),))
    assert lab(subject.render(two_halves(), wider, Task()))[60, 115, 1] > 5


def test_the_nearer_point_decides(tmp_path: Path) -> None:
    subject = renderer_of(tmp_path, ab=(0, 0))
    photo = Photo(np.full((90, 200, 1), 119, np.uint8))
    points = (ColorPoint(0.2, 0.5, a=25), ColorPoint(0.8, 0.5, a=-25))
    out = lab(subject.render(photo, Edit(points=points), Task()))[45, :, 1]
    assert out[60] > 12
    assert out[140] < -12
    assert abs(out[100]) < 4


def test_a_gray_point_takes_colour_away(tmp_path: Path) -> None:
    subject = renderer_of(tmp_path, ab=(20, 20))
    point = ColorPoint(0.5, 0.5, a=99, b=99, radius=4, gray=True)
    out = lab(
        subject.render(Photo(np.full((80, 80, 1), 119, np.uint8)), Edit(points=(point,)), Task())
    )
    assert np.hypot(out[40, 40, 1], out[40, 40, 2]) < 1
    assert np.hypot(out[30, 30, 1], out[30, 30, 2]) < 6


def test_a_model_that_takes_hints_is_shown_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[NDArray[np.float32]] = []
    real = Session.run

    def run(
        session: Session, plane: NDArray[np.float32], hints: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        shown.append(hints)
        return real(session, plane, hints)

    monkeypatch.setattr(Session, "run", run)
    subject = renderer_of(tmp_path, hints=True)
    points = (ColorPoint(0.5, 0.25, a=30, b=-20), ColorPoint(0.0, 1.0, a=-5, b=9))
    subject.preview(Photo(np.full((128, 256, 1), 119, np.uint8)), Edit(points=points), 9999, Task())
    (planes,) = shown
    assert planes.shape == (3, 64, 128)
    assert set(np.unique(planes[2])) == {0, 1}
    rows, columns = np.nonzero(planes[0] == 30)
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (13, 19, 61, 67)
    assert (planes[1][planes[0] == 30] == -20).all()
    assert planes[:, 63, 0].tolist() == [-5, 9, 1]


def test_other_models_predict_once_for_all_points(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = 0
    real = Session.run

    def run(session: Session, *given: object) -> NDArray[np.float32]:
        nonlocal runs
        runs += 1
        return real(session, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Session, "run", run)
    subject = renderer_of(tmp_path)
    seen = {
        subject.preview(two_halves(), Edit(points=points), 10_000, Task()).tobytes()
        for points in (
            (),
            (ColorPoint(0.2, 0.5, a=30),),
            (ColorPoint(0.3, 0.5, a=30),),
            (ColorPoint(0.3, 0.5, a=30, gray=True),),
            (ColorPoint(0.3, 0.5, a=30, radius=0.1),),
            (ColorPoint(0.3, 0.5, a=30), ColorPoint(0.9, 0.5, b=-9)),
        )
    }
    assert len(seen) == 6
    assert runs == 1


def test_a_name_changes_no_pixel_and_costs_nothing(tmp_path: Path) -> None:
    subject = renderer_of(tmp_path)
    one = subject._predictor.chroma(
        two_halves(), Edit(points=(ColorPoint(0.2, 0.5, a=3, name="coat"),)), (200, 120), Task()
    )
    other = subject._predictor.chroma(
        two_halves(), Edit(points=(ColorPoint(0.2, 0.5, a=3),)), (200, 120), Task()
    )
    assert one is other


def test_no_strength_is_still_the_gray_photo(tmp_path: Path) -> None:
    photo = two_halves()
    edit = Edit(look=Look(strength=0), points=(ColorPoint(0.5, 0.5, a=50),))
    assert renderer_of(tmp_path).render(photo, edit, Task()) is photo


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (300, 1), (2, 3), (17, 900)])
def test_points_in_thin_photos(tmp_path: Path, shape: tuple[int, int]) -> None:
    subject = renderer_of(tmp_path)
    photo = Photo(np.full((*shape, 1), 119, np.uint8))
    points = (ColorPoint(0, 0, a=9), ColorPoint(1, 1, a=-9), ColorPoint(0.5, 0.5, b=9))
    assert subject.render(photo, Edit(points=points), Task()).pixels.shape == (*shape, 3)


def test_ways_are_geodesic() -> None:
    plane = np.full((40, 60), 50, np.float32)
    plane[:30, 29:31] = 100  # a wall with a gap below
    above, below = (
        Terrain(plane).ways((np.array([row]), np.array([10])), 9.0).distance.astype(float)
        for row in (5, 35)
    )
    assert above[5, 10] == 0
    assert above[5, 20] == pytest.approx(10 / 40, rel=0.02)
    assert above[15, 20] == pytest.approx(np.sqrt(2) * 10 / 40, rel=0.02)
    assert above[5, 50] > 1.2 * np.hypot(40, 0) / 40  # round the wall
    assert below[35, 50] == pytest.approx(1, rel=0.05)  # nothing in its way


@pytest.mark.parametrize("turned", [False, True])
def test_within_its_reach_a_seed_finds_the_ways_that_it_finds_in_the_whole_picture(
    turned: bool,
) -> None:
    gray = cv2.cvtColor(data.astronaut()[::4, ::3], cv2.COLOR_RGB2GRAY) / np.float32(2.55)
    terrain = Terrain(np.ascontiguousarray(gray.T) if turned else gray)
    shape = gray.T.shape if turned else gray.shape
    for row, column in ((0, 0), (60, 80), (shape[0] - 1, shape[1] - 1)):
        place = np.array([row, row]), np.array([column, column - 1])
        whole = np.full(shape, np.inf, np.float16)
        all_ways = terrain.ways(place, 100.0)
        whole[all_ways.box] = all_ways.distance
        assert whole.max() < 100
        for reach in (0.01, 0.2, 0.7):
            near = np.full(shape, np.inf, np.float16)
            ways = terrain.ways(place, reach)
            near[ways.box] = ways.distance
            within = whole < reach
            np.testing.assert_allclose(near[within], whole[within], atol=2e-3)
            assert (near[~within] >= np.float16(reach)).all()
            assert ways.distance.size < gray.size


def test_what_is_out_of_reach_stays() -> None:
    distance = np.linspace(0, 2, 50, dtype=np.float16).reshape(5, 10)
    ways = Ways((slice(0, 5), slice(0, 10)), distance)
    change, _ = blended([Source(ways, 1.0, (10.0, -20.0))], (5, 10))
    assert change[:, 0, 0].tolist() == [10, -20]
    assert not change[:, distance >= 1].any()


def test_strokes_are_their_paint(tmp_path: Path) -> None:
    path = painted(
        tmp_path / "s.png", 400, 240, {(20, 20, 60, 60): "c03030", (300, 100, 304, 200): "3050c0"}
    )
    strokes = read_strokes(path, 200, 120, Task())
    ab, where = strokes.at((100, 60))
    assert where[10, 10]
    assert where[30, 75]  # four of 400 pixels wide
    assert not where[40, 40]
    red, blue = rgb2lab(np.array([[[0xC0, 0x30, 0x30], [0x30, 0x50, 0xC0]]], np.uint8))[0, :, 1:]
    np.testing.assert_allclose(ab[:, 10, 10], red, atol=1)
    np.testing.assert_allclose(ab[:, 30, 75], blue, atol=2)  # and no green from beneath


def test_strokes_colour_a_photo_of_another_scale(tmp_path: Path) -> None:
    path = painted(tmp_path / "s.png", 100, 60, {(10, 25, 35, 35): "8a6a5a"})
    subject = renderer_of(tmp_path, ab=(0, 0))
    wanted = rgb2lab(np.array([[[0x8A, 0x6A, 0x5A]]], np.uint8))[0, 0, 1:]
    before = subject.preview(two_halves(), Edit(strokes=path), 10**6, Task())
    np.testing.assert_allclose(rgb2lab(before)[60, 40, 1:], wanted, atol=1.5)
    painted(path, 100, 60, {(10, 25, 35, 35): "5a6a8a"})  # painted anew in the other program
    after = subject.preview(two_halves(), Edit(strokes=path), 10**6, Task())
    assert rgb2lab(after)[60, 40, 2] < 0 < rgb2lab(before)[60, 40, 2]


def test_a_point_decides_over_a_stroke(tmp_path: Path) -> None:
    path = painted(tmp_path / "s.png", 200, 120, {(10, 10, 90, 110): "8a6a5a"})
    edit = Edit(strokes=path, points=(ColorPoint(0.25, 0.5, a=-9, b=-9),))
    out = lab(renderer_of(tmp_path).render(two_halves(), edit, Task()))
    np.testing.assert_allclose(out[60, 50, 1:], (-9, -9), atol=1)


def test_pictures_that_are_no_strokes(tmp_path: Path) -> None:
    path = painted(tmp_path / "s.png", 100, 100, {(0, 0, 50, 50): "ff0000"})
    with pytest.raises(StrokesError, match="shape"):
        read_strokes(path, 200, 120, Task())
    with pytest.raises(StrokesError, match="no stroke"):
        read_strokes(painted(path, 100, 60, {}), 200, 120, Task())
    path.write_bytes(cv2.imencode(".png", np.zeros((60, 100, 3), np.uint8))[1].tobytes())
    with pytest.raises(StrokesError, match="transparent"):
        read_strokes(path, 200, 120, Task())
    path.write_bytes(b"\x89PNG and no more")
    with pytest.raises(PhotoError):
        read_strokes(path, 200, 120, Task())
    with pytest.raises(FileNotFoundError):
        renderer_of(tmp_path).render(two_halves(), Edit(strokes=tmp_path / "none.png"), Task())
