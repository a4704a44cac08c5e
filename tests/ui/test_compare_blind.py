"""The blind test: no names, fair sides, answers by keys, a tally with an interval."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from colordesk.ui.compare.blind_page import BlindPage
from colordesk.ui.compare.tally import Tally, wilson
from colordesk.ui.compare.truth import TruthSource
from colordesk.ui.studio import Studio
from tests.ui.conftest import Wait, is_idle
from tests.ui.test_compare import BLUE, RED
from tests.ui.test_compare_ranking import album  # noqa: F401 - a fixture
from tests.ui.test_window import nameless


@pytest.fixture
def at_blind(studio: Studio, album: Path, wait: Wait) -> Studio:  # noqa: F811
    studio.opening.open([album])
    wait(lambda: studio.document.photo is not None and is_idle(studio))
    contenders = studio.comparing.contenders
    for offer in contenders.offers():
        contenders.choose(offer.key, offer.key in (BLUE, RED))
    studio.comparing.set_active(True)
    return studio


def begin(studio: Studio, wait: Wait) -> BlindPage:
    page = studio.comparing.view.blind
    studio.window.activateWindow()
    QTest.keyClick(studio.filmstrip.view, Qt.Key.Key_B)  # which is no brush here
    wait(lambda: studio.comparing.blind.pair is not None)
    return page


def test_a_result_taken_for_the_real_photo_counts(at_blind: Studio, wait: Wait) -> None:
    test = at_blind.comparing.blind
    at_blind.comparing.truth_choice.set_source(TruthSource())
    page = begin(at_blind, wait)
    assert not at_blind.comparing.view.grid.isVisible()
    assert not at_blind.window.filmstrip.isVisible()  # it would give the real ones away
    assert "real photo" in page.question.text()
    assert nameless(page) == []
    edit = at_blind.document.edit
    trials = 0
    while not page.shows_result:
        pair = test.pair
        assert pair is not None
        real = pair.sides.index(None)
        rival = pair.sides[1 - real]
        assert rival is not None
        # taken in by red, never by blue
        side = 1 - real if rival.key == RED else real
        QTest.keyClick(page.panes[0], Qt.Key.Key_2)  # chooses nothing here
        QTest.keyClick(page.panes[0], Qt.Key.Key_Left if side == 0 else Qt.Key.Key_Right)
        trials += 1
        wait(lambda pair=pair: test.pair not in (pair, None) or page.shows_result)  # type: ignore[misc]
    assert trials == 8  # two models, four colour photos; the gray one cannot be asked about
    assert test.tally.shown == {BLUE: 4, RED: 4}
    assert test.tally.taken == {BLUE: 0, RED: 4}
    assert "left out, gray or broken: 1 (q-gray.png)" in page.meaning.text()
    text = page.table.as_text()
    assert "Tiny model red\t4 of 4\t100 %\t51–100 %" in text
    assert "Tiny model blue\t0 of 4\t0 %\t0–49 %" in text
    assert at_blind.document.edit == edit
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert at_blind.comparing.view.grid.isVisible()
    assert at_blind.window.filmstrip.isVisible()
    assert at_blind.comparing.is_active


def test_without_truth_results_compete(at_blind: Studio, wait: Wait) -> None:
    page = begin(at_blind, wait)
    assert "more real" in page.question.text()
    test = at_blind.comparing.blind
    first = test.pair
    page.buttons[0].click()
    assert first is not None
    chosen, other = first.sides
    assert chosen is not None
    assert other is not None
    assert test.tally.taken == {chosen.key: 1, other.key: 0}
    wait(lambda: test.pair is not None and test.pair is not first)
    page.skip_button.click()
    assert sum(test.tally.shown.values()) == 2
    page.result_button.click()
    assert page.table.isVisible()
    page.again_button.click()
    assert page.question.isVisible()
    at_blind.actions["close"].trigger()
    wait(lambda: is_idle(at_blind))
    assert not at_blind.comparing.is_active


def test_pictures_can_be_shown_for_a_second_only(at_blind: Studio, wait: Wait) -> None:
    page = at_blind.comparing.view.blind
    page.glance_box.setChecked(True)
    begin(at_blind, wait)
    assert page.panes[0].shown is not None
    wait(lambda: page.panes[0].shown is None)
    assert page.buttons[0].isEnabled()


def test_sides_are_fair(at_blind: Studio, wait: Wait) -> None:
    at_blind.comparing.truth_choice.set_source(TruthSource())
    begin(at_blind, wait)
    test, entry = at_blind.comparing.blind, at_blind.comparing.contenders.results()[0]
    left = sum(test._pair(None, entry, None).sides[0] is None for _ in range(400))
    assert 140 < left < 260  # six standard deviations


def test_wilson_intervals() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    # Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3
    for successes, trials, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        assert wilson(successes, trials) == pytest.approx((low, high), abs=6e-5)
    tally = Tally()
    tally.add("a", True)
    tally.add("a", False)
    assert tally.share("a") == 0.5
    assert tally.interval("a") == wilson(1, 2)
