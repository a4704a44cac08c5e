"""The picture itself: what is kept, what is coloured, what is remembered, what stops it."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest
from skimage import data
from skimage.color import rgb2lab

from colordesk import icc, strips
from colordesk.cache import Cache
from colordesk.color import lightness
from colordesk.edit import ColorPoint, Edit, Look
from colordesk.edit.geometry import Geometry
from colordesk.inference.device import Device
from colordesk.inference.library import Library, UnknownModel
from colordesk.inference.manifest import ModelError, Size
from colordesk.inference.session import Session
from colordesk.photo import Photo
from colordesk.render import Renderer
from colordesk.settings import Settings
from colordesk.task import Cancelled, Task
from tests import profiles
from tests.models import make_model

if TYPE_CHECKING:
    from numpy.typing import NDArray

GRAY = Edit(look=Look(strength=0))
SIZE = Size(multiple=8, min=16, max=512, preferred=64)
ADOBE_RGB = profiles.adobe_rgb()
GRAY_22 = profiles.gray(profiles.curv(563))


def photo_of(pixels: NDArray[Any], profile: bytes | None = None) -> Photo:
    return Photo(pixels=pixels if pixels.ndim == 3 else pixels[..., None], icc=profile)


def renderer_of(folder: Path, **options: Any) -> Renderer:
    """A renderer whose only model has chroma that depends on lightness."""
    options = {"ab": (30, -40), "slope": (0.8, -0.5), "multiple": 8, "size": SIZE, **options}
    make_model(folder / "m.onnx", **options)
    return Renderer(Library([folder]), Settings(device="cpu", threads=2))


@pytest.fixture
def renderer(tmp_path: Path) -> Renderer:
    return renderer_of(tmp_path)


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, ...]]:
    """The shapes of all pictures that any network was asked for."""
    shapes: list[tuple[int, ...]] = []
    real = Session.run

    def run(
        session: Session, plane: NDArray[np.float32], hints: NDArray[np.float32] | None
    ) -> NDArray[np.float32]:
        shapes.append(plane.shape)
        return real(session, plane, hints)

    monkeypatch.setattr(Session, "run", run)
    return shapes


def in_kind(kind: str) -> tuple[NDArray[Any], bytes | None]:
    """A photograph as pixels of some kind, with the profile that says so."""
    rgb = data.astronaut()[:300, :400]
    pixels = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)[..., None] if "gray" in kind else rgb
    if "16" in kind:
        pixels = pixels.astype(np.uint16) * 257
    return pixels, ADOBE_RGB if "adobe" in kind else GRAY_22 if "gamma" in kind else None


KINDS = ["rgb 8", "rgb 16", "gray 8", "gray 16", "adobe 8", "adobe 16", "gray gamma 8"]


@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("profile", [None, GRAY_22])
def test_a_gray_photo_without_strength_is_itself(
    renderer: Renderer, bits: int, profile: bytes | None
) -> None:
    values = np.arange(1 << bits, dtype=np.uint8 if bits == 8 else np.uint16).reshape(-1, 64)
    photo = photo_of(values, profile)
    out = renderer.render(photo, GRAY, Task())
    np.testing.assert_array_equal(out.pixels, photo.pixels)
    assert out.icc == profile


@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("profile", [None, ADOBE_RGB, profiles.rgb(profiles.curv(461))])
def test_gray_stored_as_rgb_is_bit_identical_without_strength(
    renderer: Renderer, bits: int, profile: bytes | None
) -> None:
    values = np.arange(1 << bits, dtype=np.uint8 if bits == 8 else np.uint16).reshape(-1, 64)
    photo = photo_of(np.repeat(values[..., None], 3, axis=2), profile)
    for edit in (GRAY, Edit(look=Look(saturation=0))):
        out = renderer.render(photo, edit, Task())
        np.testing.assert_array_equal(out.pixels, photo.pixels)
        assert out.icc == profile


def test_a_tinted_photo_without_strength_is_neutral_and_as_light(renderer: Renderer) -> None:
    photo = photo_of(data.coffee())
    out = renderer.render(photo, GRAY, Task())
    assert np.ptp(out.pixels, axis=2).max() == 0
    error = np.abs(lightness(out.pixels, icc.SRGB) - lightness(photo.pixels, icc.SRGB))
    assert error.mean() <= 0.2
    assert error.max() <= 0.5


@pytest.mark.parametrize("kind", KINDS)
def test_lightness_survives_any_colour(tmp_path: Path, kind: str) -> None:
    subject = renderer_of(tmp_path, ab=(90, -100), slope=(-3, 4))
    pixels, profile = in_kind(kind)
    photo = photo_of(pixels, profile)
    edit = Edit(look=Look(saturation=200, temperature=100, tint=-100))
    out = subject.render(photo, edit, Task())
    assert out.pixels.dtype == pixels.dtype
    assert out.pixels.shape == (*pixels.shape[:2], 3)
    before, after = lightness(pixels, photo.profile), lightness(out.pixels, out.profile)
    error = np.abs(after - before)
    assert error.mean() <= 0.5
    assert np.quantile(error, 0.99) <= 1.5
    assert np.ptp(out.pixels.astype(int), axis=2).mean() > 10


def test_the_profile_says_what_the_pixels_are(renderer: Renderer) -> None:
    for kind, expected in (
        ("rgb 8", None),
        ("adobe 8", ADOBE_RGB),
        ("gray 8", None),
        ("gray gamma 8", icc.srgb_icc()),
    ):
        out = renderer.render(photo_of(*in_kind(kind)), Edit(), Task())
        assert out.icc == expected, kind


def test_the_model_sees_the_photo_shrunk_and_never_squashed(
    renderer: Renderer, runs: list[tuple[int, ...]]
) -> None:
    photo = photo_of(data.astronaut()[:300, :400])
    renderer.render(photo, Edit(), Task())
    renderer.render(photo, Edit(size=96), Task())
    assert runs == [(64, 88), (96, 128)]


def test_colours_are_those_of_the_model(tmp_path: Path) -> None:
    subject = renderer_of(tmp_path, ab=(12, -16), slope=(0, 0))
    photo = photo_of(np.full((40, 50), 119, np.uint8))
    lab = rgb2lab(subject.render(photo, Edit(), Task()).pixels)
    np.testing.assert_allclose(lab[20, 20], (50, 12, -16), atol=0.6)
    half = rgb2lab(subject.render(photo, Edit(look=Look(strength=50)), Task()).pixels)
    np.testing.assert_allclose(half[20, 20], (50, 6, -8), atol=0.6)
    twice = rgb2lab(subject.render(photo, Edit(look=Look(saturation=200)), Task()).pixels)
    np.testing.assert_allclose(twice[20, 20], (50, 24, -32), atol=0.6)


def test_temperature_and_tint_move_where_they_say(tmp_path: Path) -> None:
    subject = renderer_of(tmp_path, ab=(0, 0), slope=(0, 0))
    photo = photo_of(np.repeat(np.arange(256, dtype=np.uint8)[None], 16, axis=0))

    def looked(**look: float) -> NDArray[np.float64]:
        lab: NDArray[np.float64] = rgb2lab(
            subject.render(photo, Edit(look=Look(**look)), Task()).pixels
        )[8]
        return lab

    middle = 119
    assert looked(temperature=100)[middle, 2] > 10
    assert looked(temperature=-100)[middle, 2] < -10
    assert looked(tint=100)[middle, 1] > 8
    assert looked(tint=-100)[middle, 1] < -8
    for look in (looked(temperature=100), looked(tint=-100)):
        chroma = np.hypot(look[:, 1], look[:, 2])
        assert chroma.max() < 30  # visible, not absurd
        assert chroma[[0, 255]].max() < 0.5  # black stays black, white stays white
        assert chroma[10] < chroma[60] < chroma[119]  # and shadows are no coloured fog


@pytest.mark.parametrize("kind", KINDS)
def test_strips_leave_no_trace(
    renderer: Renderer, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    photo = photo_of(*in_kind(kind))
    results = []
    for rows, threads in ((10_000, 1), (64, 2), (7, 3), (1, 2)):
        monkeypatch.setattr(strips, "ROWS", rows)
        monkeypatch.setattr(strips, "PIXELS", 10**9)
        for part in (renderer, renderer._predictor):
            monkeypatch.setattr(part, "_strips", strips.Strips(threads))
            monkeypatch.setattr(part, "_cache", Cache(0))
        results.append(
            (
                renderer.render(photo, Edit(), Task()).pixels,
                renderer.render(photo, GRAY, Task()).pixels,
                renderer.preview(photo, Edit(), 30_000, Task()),
            )
        )
    for other in results[1:]:
        for ours, theirs in zip(results[0], other, strict=True):
            np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize(
    "shape",
    [(1, 1), (1, 7), (7, 1), (1, 3000), (3000, 1), (2, 3), (3, 20_000), (20_000, 3), (17, 17)],
)
@pytest.mark.parametrize("channels", [1, 3])
def test_small_and_thin_photos(renderer: Renderer, shape: tuple[int, int], channels: int) -> None:
    rng = np.random.default_rng(0)
    photo = photo_of(rng.integers(0, 256, (*shape, channels), np.uint8))
    out = renderer.render(photo, Edit(), Task())
    assert out.pixels.shape == (*shape, 3)
    error = lightness(out.pixels, icc.SRGB) - lightness(photo.pixels, photo.profile)
    assert np.abs(error).max() < 1
    shown = renderer.preview(photo, Edit(), 500, Task())
    assert shown.shape[0] * shown.shape[1] < 4 * 500 + max(shown.shape)
    assert renderer.original(photo, 500, Task()).shape == shown.shape


@pytest.mark.parametrize("kind", ["rgb 8", "gray 8"])
def test_what_is_seen_is_what_is_saved(renderer: Renderer, kind: str) -> None:
    photo = photo_of(*in_kind(kind))
    edit = Edit(look=Look(strength=80, saturation=130, temperature=30, tint=-20))
    shown = renderer.preview(photo, edit, 10**9, Task())
    saved = renderer.render(photo, edit, Task()).pixels
    # one multiplies before it enlarges, the other after: float32's last digit may round over
    difference = np.abs(shown.astype(int) - saved)
    assert difference.max() <= 1
    assert (difference > 0).mean() < 1e-3


@pytest.mark.parametrize("kind", KINDS)
def test_a_smaller_preview_has_the_colours_of_the_full_size(renderer: Renderer, kind: str) -> None:
    photo = photo_of(*in_kind(kind))
    shown = renderer.preview(photo, Edit(), 30_000, Task())
    assert shown.dtype == np.uint8
    assert shown.shape == (150, 200, 3)
    saved = renderer.render(photo, Edit(), Task())
    whole = renderer.original(saved, 10**9, Task())
    small = cv2.resize(whole, (200, 150), interpolation=cv2.INTER_AREA)
    assert np.abs(rgb2lab(shown) - rgb2lab(small)).mean() < 1.5


def test_the_original_is_shown_as_it_is(renderer: Renderer) -> None:
    pixels, _ = in_kind("rgb 8")
    np.testing.assert_array_equal(renderer.original(photo_of(pixels), 10**9, Task()), pixels)
    gray, _ = in_kind("gray 8")
    shown = renderer.original(photo_of(gray), 10**9, Task())
    np.testing.assert_array_equal(shown, np.repeat(gray, 3, axis=2))
    adobe = renderer.original(photo_of(pixels, ADOBE_RGB), 10**9, Task())
    assert np.ptp(adobe.astype(int), axis=2).mean() > np.ptp(pixels.astype(int), axis=2).mean()


def test_sliders_do_not_run_the_network(renderer: Renderer, runs: list[tuple[int, ...]]) -> None:
    photo = photo_of(*in_kind("rgb 8"))
    pictures = [
        renderer.preview(photo, Edit(look=Look(saturation=s)), 50_000, Task())
        for s in (0, 50, 100, 200)
    ]
    assert len(runs) == 1
    assert len({p.tobytes() for p in pictures}) == 4
    renderer.preview(photo, Edit(), 20_000, Task())  # the window was resized
    renderer.render(photo, Edit(look=Look(tint=5)), Task())  # saved
    assert len(runs) == 1
    renderer.preview(photo, Edit(size=80), 50_000, Task())
    renderer.preview(photo_of(photo.pixels[:, ::-1].copy()), Edit(), 50_000, Task())
    assert len(runs) == 3


def test_no_strength_needs_no_model(tmp_path: Path) -> None:
    subject = Renderer(Library([]), Settings(device="cpu"))
    photo = photo_of(*in_kind("rgb 8"))
    subject.render(photo, GRAY, Task())
    subject.preview(photo, GRAY, 1000, Task())
    subject.original(photo, 1000, Task())
    assert subject.device is None
    with pytest.raises(UnknownModel):
        subject.render(photo, Edit(), Task())


def test_a_model_replaced_on_disk_is_opened_again(
    tmp_path: Path, runs: list[tuple[int, ...]]
) -> None:
    subject = renderer_of(tmp_path, ab=(30, 0), slope=(0, 0))
    photo = photo_of(*in_kind("gray 8"))
    before = subject.preview(photo, Edit(), 10_000, Task())
    path = make_model(tmp_path / "m.onnx", ab=(-30, 0), multiple=8, size=SIZE)
    os.utime(path, (1, 1))
    after = subject.preview(photo, Edit(), 10_000, Task())
    assert rgb2lab(before)[..., 1].mean() > 5
    assert rgb2lab(after)[..., 1].mean() < -5


def test_the_model_is_that_of_the_edit_else_of_the_settings(tmp_path: Path) -> None:
    for name, a in (("red", 20), ("green", -20), ("third", 0)):
        make_model(tmp_path / f"{name}.onnx", id=name, ab=(a, 0), size=SIZE)
    subject = Renderer(Library([tmp_path]), Settings(device="cpu", model="red"))
    photo = photo_of(np.full((32, 32), 119, np.uint8))

    def mean_a(model: str | None) -> float:
        out = subject.render(photo, Edit(model=model), Task())
        return float(rgb2lab(out.pixels)[..., 1].mean())

    for _ in range(2):  # more models than stay open
        assert mean_a(None) == pytest.approx(20, abs=1)
        assert mean_a("green") == pytest.approx(-20, abs=1)
        assert mean_a("third") == pytest.approx(0, abs=1)
    with pytest.raises(UnknownModel):
        mean_a("blue")


def test_a_model_that_misbehaves_is_an_error(tmp_path: Path) -> None:
    subject = renderer_of(tmp_path, ab=(float("nan"), 0))
    with pytest.raises(ModelError, match="finite"):
        subject.render(photo_of(*in_kind("rgb 8")), Edit(), Task())


@pytest.mark.parametrize("work", ["render", "preview"])
def test_progress_rises_to_the_end(renderer: Renderer, work: str) -> None:
    seen: list[float] = []
    task = Task(lambda fraction, _: seen.append(fraction))
    photo = photo_of(*in_kind("rgb 8"))
    if work == "render":
        renderer.render(photo, Edit(), task)
    else:
        renderer.preview(photo, Edit(), 10_000, task)
    assert seen == sorted(seen)
    assert seen[-1] == pytest.approx(1)


@pytest.mark.parametrize("moment", [0.0, 0.1, 0.2, 0.5, 0.7, 0.9])
def test_cancel_stops_at_the_next_strip(
    renderer: Renderer, monkeypatch: pytest.MonkeyPatch, moment: float
) -> None:
    monkeypatch.setattr(strips, "ROWS", 4)
    photo = photo_of(*in_kind("rgb 8"))
    seen: list[float] = []

    def listen(fraction: float, _: str) -> None:
        seen.append(fraction)
        if fraction >= moment:
            task.cancel()

    task = Task(listen)
    with pytest.raises(Cancelled):
        renderer.render(photo, Edit(), task)
    assert len([fraction for fraction in seen if fraction >= moment]) == 1
    assert renderer.render(photo, Edit(), Task()).pixels.shape == (300, 400, 3)


def test_cancel_while_another_thread_predicts(renderer: Renderer) -> None:
    task = Task()
    caught: list[BaseException] = []

    def work() -> None:
        try:
            renderer.render(photo_of(*in_kind("rgb 8")), Edit(), task)
        except Cancelled as error:
            caught.append(error)

    with renderer._predictor._predicting:
        thread = threading.Thread(target=work)
        thread.start()
        task.cancel()
        thread.join(timeout=20)
        assert not thread.is_alive()
    assert len(caught) == 1


def test_many_threads_get_the_same_pictures(
    renderer: Renderer, runs: list[tuple[int, ...]]
) -> None:
    photo = photo_of(*in_kind("rgb 8"))
    alone = renderer_of(Path(str(renderer._predictor._library.models[0].path.parent))).render(
        photo, Edit(), Task()
    )
    runs.clear()
    results: dict[int, bytes] = {}

    def work(number: int) -> None:
        results[number] = renderer.render(photo, Edit(), Task()).pixels.tobytes()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(results.values()) == {alone.pixels.tobytes()}
    assert len(runs) == 1


def test_the_device_is_known_once_the_model_is_open(renderer: Renderer) -> None:
    devices = [renderer.device, renderer.prepare(Edit()), renderer.device]
    assert devices[0] is None
    assert devices[1] == devices[2] == Device("cpu", 0, "CPU (2 threads)")
    assert renderer.notices == ()


@pytest.mark.parametrize("profile", [None, ADOBE_RGB])
@pytest.mark.parametrize("part", [(0, 0, 90, 70), (37, 21, 38, 22), (11, 140, 301, 200)])
def test_a_part_is_cut_from_the_whole(
    renderer: Renderer, part: tuple[int, int, int, int], profile: bytes | None
) -> None:
    photo = photo_of(data.astronaut()[:200, :301], profile)
    edit = Edit(look=Look(saturation=140, temperature=20))
    left, top, right, bottom = part
    for make in (renderer.original, lambda *given: renderer.preview(given[0], edit, *given[1:])):
        whole = make(photo, 10**9, Task())
        cut = make(photo, 1, Task(), part)
        assert np.array_equal(cut, whole[top:bottom, left:right])


def test_a_part_is_what_is_saved(renderer: Renderer) -> None:
    photo = photo_of(data.camera())
    saved = renderer.render(photo, Edit(), Task()).pixels
    cut = renderer.preview(photo, Edit(), 1, Task(), (100, 50, 400, 333))
    assert np.abs(cut.astype(int) - saved[50:333, 100:400]).max() <= 1


def test_a_shape_comes_first_and_places_go_with_it(renderer: Renderer) -> None:
    photo = photo_of(*in_kind("gray 8"))
    geometry = Geometry(turns=1, crop=(0.0, 0.25, 1.0, 1.0))
    shaped = renderer.render(photo, Edit(geometry=geometry), Task())
    turned = photo_of(np.ascontiguousarray(np.rot90(photo.pixels, -1)[photo.width // 4 :]))
    assert np.array_equal(shaped.pixels, renderer.render(turned, Edit(), Task()).pixels)
    shown = renderer.preview(photo, Edit(geometry=geometry), 10_000, Task())
    original = renderer.original(photo, 10_000, Task(), geometry=geometry)
    assert shown.shape == original.shape
    assert shown.shape[0] / shown.shape[1] == pytest.approx(shaped.height / shaped.width, rel=0.02)
    edit = Edit(geometry=geometry, points=(ColorPoint(0.6, 0.5, 40, 40), ColorPoint(0.1, 0.5)))
    there = ColorPoint(0.5, (0.6 - 0.25) / 0.75, 40, 40)
    expected = renderer.render(turned, Edit(points=(there,)), Task())
    pointed = renderer.render(photo, edit, Task())
    assert np.abs(pointed.pixels.astype(int) - expected.pixels).mean() < 1
    assert np.abs(pointed.pixels.astype(int) - shaped.pixels).max() > 10
