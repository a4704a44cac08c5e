"""Less grain where it is asked for: the luma comes nearer to the scene, and edges stay."""

from __future__ import annotations

import numpy as np
import pytest

from colordesk.video.colouring import Coloured, Seen
from colordesk.video.grain import with_less_grain
from colordesk.video.layout import Codes
from colordesk.video.paint import guide_of
from colordesk.video.reading import Frame
from colordesk.video.segments import Restart
from colordesk.video.yuv import Encoding
from tests.films import gray_picture
from tests.moving import pan

STEP = (3.0, 2.0)


def scene(bits: int, count: int = 5, scale: int = 3) -> list[np.ndarray]:
    """Return true luma in codes of a camera that pans."""
    return [
        np.kron(frame, np.ones((scale, scale))) * 0.01 * (219 << (bits - 8)) + (16 << (bits - 8))
        for frame in pan(7, count, (STEP[0] / scale, STEP[1] / scale))
    ]


def film(truth: list[np.ndarray], noise: float, bits: int, cut: int) -> list[Coloured]:
    rng = np.random.default_rng(0)
    found: list[Coloured] = []
    for index, codes in enumerate(truth):
        grainy = np.rint(codes + rng.normal(0, noise * (1 << (bits - 8)), codes.shape))
        coded = grainy.clip(0, (1 << bits) - 1)
        luma: Codes = coded.astype(np.uint8) if bits == 8 else coded.astype(np.uint16)
        small = np.zeros((2, 2), np.float32)
        guide = guide_of(luma, (luma.shape[1] // 2, luma.shape[0] // 2))
        frame = Frame(index, 1, gray_picture(luma))
        seen = Seen(index, Restart(0, 0, 0, 0), frame, guide, small, small)
        shot = found[-1].shot if found and index != cut else seen
        found.append(Coloured(seen, np.zeros((2, 2, 2), np.float32), shot))
    return found


def error(luma: Codes, truth: np.ndarray) -> float:
    return float(np.sqrt(np.mean(np.square(luma - truth))))


@pytest.mark.parametrize("bits", [8, 10])
def test_grain_goes_as_far_as_is_asked_and_not_across_a_cut(bits: int) -> None:
    truth, encoding = scene(bits), Encoding("bt709", False, bits)
    truth[3:] = [np.ascontiguousarray(plane[::-1]) for plane in truth[3:]]
    frames = film(truth, 6.0, bits, cut=3)
    errors = {}
    for amount in (0, 50, 100):
        found = list(with_less_grain(iter(frames), encoding, amount))
        assert [one for one, _ in found] == frames
        errors[amount] = [error(luma, true) for (_, luma), true in zip(found, truth, strict=True)]
        if amount == 0:
            assert all(np.shares_memory(luma, one.seen.frame.luma) for one, luma in found)
    assert all(a > b > c for a, b, c in zip(*errors.values(), strict=True))
    assert errors[100][1] < 0.75 * errors[0][1]
    again = dict(with_less_grain(iter(frames), encoding, 100, first=4))
    whole = dict(with_less_grain(iter(frames), encoding, 100))
    assert np.array_equal(again[frames[4]], whole[frames[4]]), "a resumed film has the same frames"
    assert np.shares_memory(again[frames[1]], frames[1].seen.frame.luma)


def test_a_film_without_grain_stays_what_it_is() -> None:
    frames = film(scene(8), 0.0, 8, cut=9)
    for one, luma in with_less_grain(iter(frames), Encoding("bt709", True, 8), 100):
        assert np.abs(luma.astype(int) - one.seen.frame.luma).mean() < 0.5
