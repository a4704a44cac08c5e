"""Zooming keeps the point under the cursor, true pixels are true, the divider follows the hand."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from colordesk.ui.canvas.canvas import Canvas, Mode
from colordesk.ui.canvas.frame import Frame, Shown, make_frame
from colordesk.ui.canvas.view import MOST_ZOOM, View
from colordesk.ui.theme import Theme
from tests.ui.conftest import drag, mouse, wheel

RED, BLUE = (200, 30, 20), (20, 30, 200)


def plain(width: int, height: int, colour: tuple[int, int, int]) -> Frame:
    rgb = np.empty((height, width, 3), np.uint8)
    rgb[:] = colour
    return make_frame(rgb, (0, 0, width, height))


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    canvas = Canvas(Theme("dark"))
    qtbot.addWidget(canvas)
    canvas.resize(800, 600)
    canvas.show()
    canvas.show_photo(plain(1600, 900, RED))
    canvas.set_after(Shown(plain(1600, 900, BLUE), None))
    return canvas


def colour(canvas: Canvas, x: float, y: float) -> tuple[int, int, int]:
    pixel = canvas.grab().toImage().pixelColor(int(x), int(y))
    return pixel.red(), pixel.green(), pixel.blue()


@pytest.fixture(params=[1.0, 1.5, 2.0])
def view(request: pytest.FixtureRequest) -> View:
    view = View()
    view.set_panes([QRectF(0, 0, 700, 500)], request.param)
    view.set_photo(4000, 3000)
    return view


def test_zoom_keeps_the_point_under_the_anchor(view: View) -> None:
    view.zoom_to(1.0, QPointF(350, 250))
    rng = np.random.default_rng(1)
    for _ in range(40):
        anchor = QPointF(rng.uniform(150, 550), rng.uniform(150, 350))
        under = view.to_photo(anchor)
        view.zoom_to(float(rng.uniform(0.8, 3.0)), anchor)
        after = view.to_photo(anchor)
        if 400 < under.x() < 3600 and 400 < under.y() < 2600:  # away from the photo's edges
            assert (after - under).manhattanLength() < 1e-6


def test_the_whole_photo_fits_and_stays_fitted(view: View) -> None:
    for size in ((700, 500), (300, 900), (1200, 200)):
        view.set_panes([QRectF(0, 0, *size)], view.ratio)
        seen = view.photo_rect()
        assert seen.width() <= size[0]
        assert seen.height() <= size[1]
        assert (seen.center() - view.panes[0].center()).manhattanLength() < 2


def test_no_gap_opens_beside_a_large_photo(view: View) -> None:
    view.zoom_to(1.0)
    for x, y in itertools.product((-1e6, 1e6), repeat=2):
        view.pan(QPointF(x, y))
        rect = view.photo_rect()
        assert rect.adjusted(-1, -1, 1, 1).contains(view.panes[0])


def test_zoom_has_limits_and_round_steps(view: View) -> None:
    view.zoom_to(1e9)
    assert view.zoom == MOST_ZOOM
    view.zoom_to(0)
    assert 0 < view.zoom <= view.fit_zoom
    view.zoom_to(1.0)
    assert view.next_zoom(1) == 1.5
    assert view.next_zoom(-1) == 0.667


def test_pixels_wanted_never_exceed_the_photo(view: View) -> None:
    view.zoom_to(5.0)
    assert view.pixels == 4000 * 3000
    view.fit()
    assert view.pixels <= (700 * view.ratio) * (500 * view.ratio)


def test_a_small_photo_is_not_blown_up_beyond_reason() -> None:
    view = View()
    view.set_panes([QRectF(0, 0, 2000, 2000)], 1.0)
    view.set_photo(10, 10)
    assert view.zoom == 3.0


@pytest.mark.parametrize("width", [1, 7, 64, 300, 1025])
def test_at_one_to_one_the_very_pixels_are_drawn(width: int) -> None:
    rgb = np.random.default_rng(0).integers(0, 256, (211, width, 3), np.uint8)
    frame = make_frame(rgb, (0, 0, width, 211))
    image = QImage(width, 211, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    frame.draw(painter, QPointF(0, 0), 1.0, 1.0, QRectF(0, 0, width, 211))
    painter.end()
    assert (pixels(image) == rgb).all()


def test_enlarged_pixels_are_squares() -> None:
    rgb = np.random.default_rng(0).integers(0, 256, (20, 30, 3), np.uint8)
    frame = make_frame(rgb, (0, 0, 30, 20))
    image = QImage(120, 80, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    frame.draw(painter, QPointF(0, 0), 4.0, 1.0, QRectF(0, 0, 120, 80))
    painter.end()
    assert (pixels(image) == rgb.repeat(4, 0).repeat(4, 1)).all()


def test_a_photo_drawn_small_keeps_its_mean() -> None:
    rgb = np.zeros((2048, 2048, 3), np.uint8)
    rgb[::2] = 255  # lines that a careless reduction would drop or double
    frame = make_frame(rgb, (0, 0, 2048, 2048))
    image = QImage(300, 300, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    frame.draw(painter, QPointF(0, 0), 300 / 2048, 1.0, QRectF(0, 0, 300, 300))
    painter.end()
    assert abs(float(pixels(image)[4:-4, 4:-4].mean()) - 127.5) < 2


def test_parts_drawn_one_by_one_fit_together() -> None:
    rgb = np.random.default_rng(0).integers(0, 256, (150, 220, 3), np.uint8)
    frame = make_frame(rgb, (0, 0, 220, 150))
    whole, parts = (QImage(330, 225, QImage.Format.Format_RGB32) for _ in range(2))
    painter = QPainter(whole)
    frame.draw(painter, QPointF(0, 0), 1.5, 1.0, QRectF(0, 0, 330, 225))
    painter.end()
    painter = QPainter(parts)
    for x in range(0, 330, 11):
        frame.draw(painter, QPointF(0, 0), 1.5, 1.0, QRectF(x, 0, 11, 225))
    painter.end()
    assert np.abs(pixels(whole).astype(int) - pixels(parts)).max() <= 2


def test_split_shows_before_and_after(canvas: Canvas) -> None:
    seen = canvas.view.visible_rect()
    y = seen.bottom() - 40
    assert colour(canvas, seen.left() + 60, y) == RED
    assert colour(canvas, seen.right() - 60, y) == BLUE


def test_the_divider_follows_the_hand(canvas: Canvas) -> None:
    x, y = canvas.divider_x(), canvas.view.visible_rect().center().y()
    drag(canvas, (x, y), (x - 150, y))
    assert abs(canvas.divider_x() - (x - 150)) <= 1
    assert colour(canvas, x - 60, y + 100) == BLUE
    drag(canvas, (x - 150, y), (-500, y))
    assert canvas.divider == 0.0
    mouse(canvas, QEvent.Type.MouseButtonDblClick, canvas.divider_x(), y)
    assert canvas.divider == 0.5


def test_side_by_side_is_linked(canvas: Canvas) -> None:
    canvas.set_mode(Mode.SIDE)
    assert colour(canvas, 200, 330) == RED
    assert colour(canvas, 600, 330) == BLUE
    wheel(canvas, 600, 300, 6)
    left, right = canvas.view.photo_rect(0), canvas.view.photo_rect(1)
    assert left.size() == right.size()
    shift = canvas.view.panes[1].left() - canvas.view.panes[0].left()
    assert abs(right.left() - left.left() - shift) <= 1
    before = canvas.view.photo_rect(0)
    drag(canvas, (600, 300), (560, 280))
    assert canvas.view.photo_rect(0).left() == pytest.approx(before.left() - 40, abs=1)


def test_one_picture_alone(canvas: Canvas) -> None:
    canvas.set_mode(Mode.SINGLE)
    seen = canvas.view.visible_rect()
    assert colour(canvas, seen.left() + 60, 300) == BLUE
    canvas.set_peek(True)
    assert colour(canvas, seen.left() + 60, 340) == RED
    canvas.set_peek(False)
    assert colour(canvas, seen.left() + 60, 340) == BLUE


def test_a_part_lies_above_the_whole(canvas: Canvas) -> None:
    canvas.set_mode(Mode.SINGLE)
    canvas.zoom_to(1.0)
    left, top, right, bottom = canvas.view.seen()
    assert (right - left, bottom - top) == (800, 600)
    rgb = np.random.default_rng(0).integers(0, 256, (300, 400, 3), np.uint8)
    part = make_frame(rgb, (left + 200, top + 150, left + 600, top + 450))
    canvas.set_after(Shown(plain(1600, 900, BLUE), part))
    seen = pixels(canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32))
    assert (seen[150:450, 200:600] == rgb).all()
    assert (seen[140, 300] == BLUE).all()


def test_without_a_result_the_photo_is_shown_as_it_is(canvas: Canvas) -> None:
    canvas.clear_after()
    assert canvas.shown_mode is Mode.SINGLE
    assert colour(canvas, 700, 300) == RED


def test_the_wheel_zooms_at_the_cursor(canvas: Canvas) -> None:
    canvas.zoom_to(1.0)
    under = canvas.view.to_photo(QPointF(310, 220))
    wheel(canvas, 310, 220, 2)
    assert canvas.view.zoom == pytest.approx(1.44)
    assert (canvas.view.to_photo(QPointF(310, 220)) - under).manhattanLength() < 1e-6


def test_double_click_changes_between_whole_and_own_pixels(canvas: Canvas) -> None:
    mouse(canvas, QEvent.Type.MouseButtonDblClick, 200, 250)
    assert canvas.view.zoom == 1.0
    mouse(canvas, QEvent.Type.MouseButtonDblClick, 200, 250)
    assert canvas.view.fitted


@pytest.mark.parametrize("button", [Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton])
def test_dragging_moves_the_photo(canvas: Canvas, button: Qt.MouseButton) -> None:
    canvas.zoom_to(2.0)
    before = canvas.view.photo_rect().topLeft()
    drag(canvas, (200, 300), (150, 280), button)
    moved = canvas.view.photo_rect().topLeft() - before
    assert (moved - QPointF(-50, -20)).manhattanLength() <= 2


def test_space_moves_the_photo_even_on_the_divider(canvas: Canvas) -> None:
    canvas.zoom_to(2.0)
    canvas.setFocus()
    x, y = canvas.divider_x(), 300.0
    before = canvas.view.photo_rect().left()
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    drag(canvas, (x, y), (x + 30, y))
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    assert canvas.view.photo_rect().left() == pytest.approx(before + 30, abs=1)


def test_keys_move_divider_or_photo(canvas: Canvas) -> None:
    x = canvas.divider_x()
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.divider_x() > x
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    assert not canvas.view.fitted
    left = canvas.view.photo_rect().left()
    canvas.zoom_to(2.0)
    left = canvas.view.photo_rect().left()
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.view.photo_rect().left() < left


def test_resizing_keeps_what_is_in_the_middle(canvas: Canvas) -> None:
    canvas.zoom_to(2.0)
    middle = canvas.view.to_photo(QPointF(400, 300))
    canvas.resize(640, 500)
    assert (canvas.view.to_photo(QPointF(320, 250)) - middle).manhattanLength() < 1e-6


def test_an_empty_canvas_takes_gestures(qtbot: QtBot) -> None:
    canvas = Canvas(Theme("dark"))
    qtbot.addWidget(canvas)
    canvas.show()
    drag(canvas, (10, 10), (60, 60))
    wheel(canvas, 30, 30, 1)
    mouse(canvas, QEvent.Type.MouseButtonDblClick, 20, 20)
    shown = pixels(canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32))
    colour = Theme("dark").colour("canvas")
    middle = shown[shown.shape[0] // 2, shown.shape[1] // 2]
    assert middle.tolist() == [colour.red(), colour.green(), colour.blue()]
    assert canvas.before is None


def pixels(image: QImage) -> np.ndarray:
    """Return RGB, h x w x 3."""
    width, height = image.width(), image.height()
    data = np.frombuffer(image.constBits(), np.uint8).reshape(height, image.bytesPerLine() // 4, 4)
    return data[:, :width, 2::-1].copy()
