"""Colours after those of another photograph."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from skimage import data

from colordesk.color import ab_of, lightness
from colordesk.edit import ColorPoint, Edit, EditError, Reference, edit_from_json, read_edit
from colordesk.icc import SRGB
from colordesk.inference.library import Library
from colordesk.inference.manifest import Size
from colordesk.photo import Photo, PhotoError
from colordesk.render import Renderer
from colordesk.scale import GuidedChroma
from colordesk.settings import Settings
from colordesk.steer.reference import PaletteError, matched, palette, read_reference
from colordesk.task import Task
from tests.models import make_model

SIZE = Size(multiple=8, min=32, max=512, preferred=96)


def written(path: Path, rgb: np.ndarray) -> Path:
    path.write_bytes(cv2.imencode(".png", np.ascontiguousarray(rgb[..., ::-1]))[1].tobytes())
    return path


def renderer_of(folder: Path) -> Renderer:
    make_model(folder / "m.onnx", multiple=8, size=SIZE, ab=(0, 0), slope=(0.2, -0.1))
    return Renderer(Library([folder]), Settings(device="cpu", threads=2))


def test_each_lightness_gets_the_colours_of_the_reference() -> None:
    rgb = cv2.resize(data.coffee(), (150, 100), interpolation=cv2.INTER_AREA)
    wanted = palette(lightness(rgb, SRGB), ab_of(rgb))
    other = cv2.resize(data.astronaut(), (120, 120), interpolation=cv2.INTER_AREA)
    level, ab = lightness(other, SRGB), ab_of(other)
    flat = GuidedChroma(np.zeros_like(ab), ab)
    made = matched(flat, level, wanted, 1.0)
    found = palette(level, made.slope * level + made.offset)
    before = palette(level, ab)
    apart = np.hypot(*(found.mean - wanted.mean).T).mean()
    assert apart < 0.25 * np.hypot(*(before.mean - wanted.mean).T).mean()
    assert np.abs(found.covariance - wanted.covariance).mean() < 0.6 * (
        np.abs(before.covariance - wanted.covariance).mean()
    )


def test_strength_goes_from_nothing_to_all() -> None:
    rgb = cv2.resize(data.astronaut(), (60, 60))
    level, ab = lightness(rgb, SRGB), ab_of(rgb)
    wanted = palette(level, ab[::-1] * 0.5)
    none, half, full = (
        matched(GuidedChroma(np.zeros_like(ab), ab), level, wanted, strength).offset
        for strength in (0.0, 0.5, 1.0)
    )
    np.testing.assert_allclose(none, ab, atol=1e-4)
    np.testing.assert_allclose(half, (ab + full) / 2, atol=1e-3)


def test_a_gray_answer_is_not_stretched_into_noise() -> None:
    level = np.tile(np.linspace(0, 100, 64, dtype=np.float32), (40, 1))
    random = np.random.default_rng(0)
    faint = random.normal(0, 0.3, (2, 40, 64)).astype(np.float32)
    rgb = data.astronaut()
    wanted = palette(lightness(rgb, SRGB), ab_of(rgb))
    made = matched(GuidedChroma(np.zeros_like(faint), faint), level, wanted, 1.0).offset
    within = (made - made.mean(axis=1, keepdims=True)).std()
    assert within < 3 * 0.3 * 1.2


def test_a_reference_colours_the_photo(tmp_path: Path) -> None:
    subject = renderer_of(tmp_path)
    photo = Photo(cv2.cvtColor(data.astronaut(), cv2.COLOR_RGB2GRAY)[..., None])
    warm = np.clip(data.astronaut() * np.array([1.0, 0.8, 0.5]), 0, 255).astype(np.uint8)
    path = written(tmp_path / "warm.png", warm)
    edit = Edit(reference=Reference(path, 100), points=(ColorPoint(0.5, 0.5, a=-5, b=-9),))
    plain, like = (subject.preview(photo, e, 40_000, Task()) for e in (Edit(), edit))
    assert ab_of(like)[1].mean() > ab_of(plain)[1].mean() + 8
    assert ab_of(like)[1, 100, 100] == pytest.approx(-9, abs=3)  # a point is still met
    written(path, warm[..., ::-1])  # another picture under the same name
    cold = subject.preview(photo, Edit(reference=Reference(path, 100)), 40_000, Task())
    assert ab_of(cold)[1].mean() < -5
    off = subject.preview(photo, Edit(reference=Reference(tmp_path / "no.png", 0)), 40_000, Task())
    np.testing.assert_array_equal(off, plain)


def test_what_cannot_be_a_reference(tmp_path: Path) -> None:
    gray = written(tmp_path / "gray.png", np.repeat(data.camera()[..., None], 3, axis=2))
    with pytest.raises(PaletteError, match="no colours"):
        read_reference(gray, Task())
    gray.write_bytes(b"no picture")
    with pytest.raises(PhotoError):
        read_reference(gray, Task())
    edit = Edit(reference=Reference(tmp_path / "gone.jpg"))
    with pytest.raises(FileNotFoundError, match=r"gone\.jpg"):
        renderer_of(tmp_path).preview(Photo(data.camera()[..., None]), edit, 1000, Task())


def test_the_edit_keeps_it(tmp_path: Path) -> None:
    edit = Edit(reference=Reference(tmp_path / "ü.jpg", 35))
    assert edit_from_json(edit.to_json()) == edit
    (tmp_path / "e.json").write_text('{"reference": {"path": "b.jpg"}}', encoding="utf-8")
    assert read_edit(tmp_path / "e.json").reference == Reference(tmp_path / "b.jpg")
    assert edit_from_json('{"reference": null}', base=edit).reference is None
    for wrong in ('{"path": 3}', '{"strength": 3}', '{"path": "a", "strength": 101}', "3"):
        with pytest.raises(EditError):
            edit_from_json(f'{{"reference": {wrong}}}')
