"""The stages of a shot: the model is asked once for a frame, and what is kept costs nothing."""

from __future__ import annotations

import numpy as np
import pytest

from colordesk.scale import Plane, Planes
from colordesk.video.colouring import Coloured, Seen, colour
from colordesk.video.denoise import FilmDenoiser
from colordesk.video.reading import Frame
from colordesk.video.segments import Restart
from tests.films import gray_frame, gray_picture


class Answers:
    """A model that says what it is shown, and remembers it."""

    def __init__(self) -> None:
        self.known: dict[int, Planes] = {}
        self.count = 0

    def kept(self, frame: Frame) -> Planes | None:
        return self.known.get(frame.time)

    def asked(self, frame: Frame, lightness: Plane) -> Planes:
        self.count += 1
        self.known[frame.time] = np.stack([lightness - 50, 50 - lightness])
        return self.known[frame.time]


def film(count: int) -> list[Seen]:
    rng = np.random.default_rng(3)
    found = []
    for index in range(count):
        codes = gray_frame(index, 64, 48)
        noisy = (codes * 0.4 + rng.normal(0, 3, codes.shape)).clip(0, 100).astype(np.float32)
        frame = Frame(index, 1, gray_picture(codes))
        found.append(
            Seen(index, Restart(0, index, 0, 0), frame, codes, noisy / np.float32(100), noisy)
        )
    return found


@pytest.mark.parametrize("every", [1, 4])
def test_what_is_kept_is_neither_asked_for_nor_denoised(
    every: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers, frames = Answers(), film(14)
    first: list[Coloured] = list(colour(iter(frames), answers, every, 50))
    asked = answers.count
    assert asked == (14 if every == 1 else 5)
    wanted: list[bool] = []
    real = FilmDenoiser.put

    def put(self: FilmDenoiser, lightness: Plane, motion: object, want: bool) -> list[Plane]:
        wanted.append(want)
        return real(self, lightness, motion, want)  # type: ignore[arg-type]

    monkeypatch.setattr(FilmDenoiser, "put", put)
    again = list(colour(iter(frames), answers, every, 50))
    assert answers.count == asked
    assert len(wanted) == 14
    assert not any(wanted)
    assert all(np.array_equal(a.ab, b.ab) for a, b in zip(first, again, strict=True))
