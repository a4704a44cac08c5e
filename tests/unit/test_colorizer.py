"""The size that a model sees, grain, padding, and what happens when memory runs out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from skimage import data

from colordesk import icc
from colordesk.color import lightness
from colordesk.inference import cuda
from colordesk.inference.colorizer import Colorizer, denoise, estimate_noise, working_size
from colordesk.inference.device import Device, OutOfMemory
from colordesk.inference.library import Library
from colordesk.inference.manifest import Size
from colordesk.inference.session import Session
from colordesk.scale import resize
from colordesk.task import Cancelled, Task
from tests.models import make_model

if TYPE_CHECKING:
    from numpy.typing import NDArray

UNET = Size(multiple=32, min=64, max=1024, preferred=256)


def colorizer(path: Path, **options: object) -> Colorizer:
    model = Library([]).get(str(make_model(path, **options)))  # type: ignore[arg-type]
    return Colorizer(model, "cpu")


@pytest.mark.parametrize(
    ("photo", "wanted", "expected"),
    [
        ((4000, 3000), None, (341, 256)),
        ((3000, 4000), None, (256, 341)),
        ((4000, 3000), 512, (683, 512)),
        ((300, 200), None, (300, 200)),  # never enlarged...
        ((300, 200), 1000, (300, 200)),
        ((30, 20), None, (96, 64)),  # ...but to the model's least
        ((40000, 500), None, (1024, 13)),  # padded, never squashed
        ((40000, 500), 512, (1024, 13)),
        ((1, 1), None, (64, 64)),
        ((1, 5000), None, (1, 1024)),
        ((256, 256), None, (256, 256)),
        ((4000, 3000), 33, (85, 64)),
    ],
)
def test_working_size(
    photo: tuple[int, int], wanted: int | None, expected: tuple[int, int]
) -> None:
    assert working_size(UNET, *photo, wanted) == expected


def test_a_fixed_size_ignores_what_is_wanted() -> None:
    fixed = Size(min=32, max=1024, preferred=224, fixed=True)
    assert working_size(fixed, 2000, 1000, 800) == (448, 224)


def test_the_long_side_leaves_room_for_padding_to_the_multiple() -> None:
    size = Size(multiple=64, min=64, max=500, preferred=256)
    width, height = working_size(size, 10_000, 1000)
    assert (width, height) == (448, 45)


@pytest.mark.parametrize("shape", [(16, 16), (1, 1), (1, 40), (37, 3), (65, 97), (64, 64)])
def test_any_shape_is_padded_and_cut_again(tmp_path: Path, shape: tuple[int, int]) -> None:
    size = Size(multiple=32, min=64, max=512, preferred=128)
    subject = colorizer(
        tmp_path / "m.onnx", multiple=32, size=size, ab=(3, 4), slope=(1, 0), features=True
    )
    plane = np.linspace(40, 60, shape[0] * shape[1], dtype=np.float32).reshape(shape)
    ab = subject.colorize(plane, Task())
    np.testing.assert_allclose(ab[0], 3 + plane - 50, atol=1e-4)
    cells = tuple(max(1, round(side / 4)) for side in shape)
    assert subject.features(plane, Task()).shape == (11, *cells)
    np.testing.assert_allclose(ab[1], 4)


def test_ab_is_kept_within_reason(tmp_path: Path) -> None:
    subject = colorizer(tmp_path / "m.onnx", ab=(1e9, -1e9))
    ab = subject.colorize(np.full((32, 32), 50, np.float32), Task())
    assert ab[:, 0, 0].tolist() == [128, -128]


def small(name: str) -> NDArray[np.float32]:
    photo = getattr(data, name)()
    plane = (
        lightness(photo, icc.SRGB)
        if photo.ndim == 3
        else lightness(photo[..., None], icc.SRGB_GRAY)
    )
    ratio = 256 / min(plane.shape)
    return resize(plane, (round(plane.shape[1] * ratio), round(plane.shape[0] * ratio)))


@pytest.mark.parametrize("name", ["astronaut", "chelsea", "coffee", "camera"])
def test_a_clean_photo_is_not_touched(name: str) -> None:
    plane = small(name)
    assert denoise(plane, estimate_noise(plane)) is plane


@pytest.mark.parametrize("sigma", [2.0, 4.0, 8.0])
@pytest.mark.parametrize("name", ["astronaut", "chelsea", "coffee", "camera"])
def test_grain_is_measured_and_taken_out(name: str, sigma: float) -> None:
    plane = small(name)
    grain = np.random.default_rng(0).normal(0, sigma, plane.shape)
    noisy = np.clip(plane + grain, 0, 100).astype(np.float32)
    found = estimate_noise(noisy)
    assert found == pytest.approx(sigma, rel=0.2)
    clean = denoise(noisy, found)
    before, after = np.square(noisy - plane).mean(), np.square(clean - plane).mean()
    assert after < 0.75 * before


@pytest.mark.parametrize("value", [0, 50, 100])
@pytest.mark.parametrize("shape", [(1, 1), (15, 200), (64, 64)])
def test_flat_and_tiny_pictures_have_no_grain(value: int, shape: tuple[int, int]) -> None:
    assert estimate_noise(np.full(shape, value, np.float32)) == 0


class Scarce:
    """Stands between a session and its memory: pictures above so many pixels do not fit."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, pixels: int, kinds: str = "cpu cuda"):
        self.seen: list[tuple[str, tuple[int, ...]]] = []
        real = Session.run

        def run(
            session: Session, plane: NDArray[np.float32], hints: NDArray[np.float32] | None
        ) -> NDArray[np.float32]:
            self.seen.append((session.device.kind, plane.shape))
            if plane.size > pixels and session.device.kind in kinds.split():
                raise OutOfMemory(session.device.label, plane.shape[1], plane.shape[0])
            return real(session, plane, hints)

        monkeypatch.setattr(Session, "run", run)


def test_the_model_looks_at_smaller_copies_when_memory_runs_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scarce = Scarce(monkeypatch, 100 * 100)
    subject = colorizer(tmp_path / "m.onnx", ab=(5, 6))
    ab = subject.colorize(np.full((160, 240), 50, np.float32), Task())
    assert ab.shape == (2, 160, 240)
    np.testing.assert_allclose(ab[0], 5, atol=1e-4)
    assert [shape for _, shape in scarce.seen] == [(160, 240), (120, 180), (90, 135), (67, 101)]
    (notice,) = subject.notices
    assert "240 x 160" in notice
    assert "101 x 67" in notice


def test_after_the_smallest_copy_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scarce = Scarce(monkeypatch, 0)
    with pytest.raises(OutOfMemory):
        colorizer(tmp_path / "m.onnx").colorize(np.full((64, 64), 50, np.float32), Task())
    assert len(scarce.seen) > 2
    assert min(scarce.seen[-1][1]) >= 16


def test_the_cpu_takes_over_from_a_gpu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def open_on_gpu(
        self: Session, index: int, memory_mb: int | None, threads: int
    ) -> tuple[object, str]:
        return self._open(["CPUExecutionProvider"], threads), "NVIDIA Test"

    monkeypatch.setattr(Session, "_open_cuda", open_on_gpu)
    scarce = Scarce(monkeypatch, 0, kinds="cuda")
    model = Library([]).get(str(make_model(tmp_path / "m.onnx", ab=(5, 6))))
    subject = Colorizer(model, "cuda", threads=2)
    assert subject.device == Device("cuda", 0, "NVIDIA Test (CUDA)")
    for _ in range(2):
        ab = subject.colorize(np.full((32, 48), 50, np.float32), Task())
        np.testing.assert_allclose(ab[0], 5)
        assert subject.device.kind == "cpu"
    assert scarce.seen[-1] == ("cpu", (32, 48))
    (notice,) = subject.notices
    assert "NVIDIA Test" in notice
    assert "CPU" in notice


def test_a_gpu_that_is_not_used_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cuda, "find_gpus", lambda: ([], "the driver is too old"))
    monkeypatch.setattr(cuda, "gpu_seems_present", lambda: True)
    model = Library([]).get(str(make_model(tmp_path / "m.onnx")))
    assert Colorizer(model, "auto").notices == ("The GPU is not used: the driver is too old.",)


def test_cancelled_before_the_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scarce = Scarce(monkeypatch, 10**9)
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        colorizer(tmp_path / "m.onnx").colorize(np.full((32, 32), 50, np.float32), task)
    assert scarce.seen == []
