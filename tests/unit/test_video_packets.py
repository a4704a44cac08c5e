"""Times that are damaged are told from times that rest."""

from __future__ import annotations

from fractions import Fraction

import pytest

from colordesk.video.packets import without_strays


@pytest.mark.parametrize(
    ("times", "astray"),
    [
        ([0, 1, 4000, 2, 3], {4000}),
        ([0, 1, 4000, 9000, 4001, 2, 4002, 3], {4000, 9000, 4001, 4002}),
        ([0, 1, *range(500, 540)], set()),
        (list(range(0, 4000, 100)), set()),
        ([0, 1, 500, 501], set()),
        ([100, 0, 101, 102], set()),
    ],
)
def test_only_what_the_clock_comes_back_from_is_astray(times: list[int], astray: set[int]) -> None:
    lost: list[int] = []
    kept = list(without_strays(iter(times), lambda time: (0, Fraction(time)), lost))
    assert kept == [time for time in times if time not in astray]
    assert set(lost) == astray
