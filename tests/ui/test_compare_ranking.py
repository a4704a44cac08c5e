"""Models ranked over a folder: a table with intervals, box plots, the worst photos first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from colordesk.ui.compare.ranking_page import Box
from colordesk.ui.compare.truth import TruthSource
from colordesk.ui.studio import Studio
from tests.ui.conftest import Wait, is_idle
from tests.ui.test_compare import BLUE, RED
from tests.ui.test_window import nameless


def write(path: Path, pixels: Any) -> None:
    path.write_bytes(cv2.imencode(".png", pixels)[1].tobytes())


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Photographs whose left half has the colour of the blue model, more and more of it, and one
    that is gray."""
    folder = tmp_path / "album"
    folder.mkdir()
    for number in range(4):
        lab = np.zeros((48, 64, 3), np.float32)
        lab[:, :, 0] = np.linspace(35, 65, 48)[:, None]
        lab[:, : 16 + 12 * number, 2] = -40
        lab[:, 16 + 12 * number :, 1] = 35
        rgb = np.rint(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB) * 255).astype(np.uint8)
        write(folder / f"p{number}.png", rgb[:, :, ::-1])
    gray = np.tile(np.arange(64, dtype=np.uint8) * 3, (48, 1))
    write(folder / "q-gray.png", gray)
    return folder


@pytest.fixture
def ranking(studio: Studio, album: Path, wait: Wait) -> Studio:
    studio.opening.open([album])
    wait(lambda: studio.document.photo is not None and is_idle(studio))
    contenders = studio.comparing.contenders
    for offer in contenders.offers():
        contenders.choose(offer.key, offer.key in (BLUE, RED))
    studio.comparing.set_active(True)
    studio.comparing.view.show_page("ranking")
    return studio


def test_models_are_ranked_over_all_open_photos(ranking: Studio, wait: Wait) -> None:
    page, runs = ranking.comparing.view.ranking, ranking.comparing.ranking
    assert "models (2) on the open photos (5)" in page.words.text()
    page.start_button.click()
    assert page.cancel_button.isVisible()
    wait(lambda: page.judged == 4 and is_idle(ranking))
    assert page.start_button.isVisible()
    assert "4 of 5" in page.words.text()
    assert "q-gray.png" in page.words.text()  # named, not dropped
    rows = [line.split("\t") for line in page.table.as_text().splitlines()]
    assert rows[1][0] == "1 Tiny model blue"
    assert {row[0] for row in rows[2:]} == {"2 Tiny model red", "3 Gray"}
    means = [float(row[1].removeprefix("★ ")) for row in rows[1:]]
    assert means == sorted(means)  # from the best to the worst
    assert rows[1][1].startswith("★")
    low, high = (float(part) for part in rows[1][2].split("–"))
    assert low < means[0] < high
    assert page._chart is not None
    listed = [line.split("\t")[1] for line in page.photos.as_text().splitlines()[1:]]
    assert listed == ["p0.png", "p1.png", "p2.png", "p3.png"]  # least blue is worst for blue
    page.model_box.setCurrentIndex(page.model_box.findData("red"))
    page.measure_box.setCurrentIndex(page.measure_box.findData("psnr"))
    assert page.photos.item(0, 0) is not None
    page.photos.setCurrentCell(2, 0)
    page.photos.setFocus()
    wanted = page._worst[2]
    QTest.keyClick(page.photos, Qt.Key.Key_Return)
    wait(lambda: ranking.document.photo is not None and ranking.document.photo.path == wanted)
    assert ranking.comparing.is_active
    assert runs.outcome is not None
    assert len(runs.outcome.problems) == 1
    assert nameless(page) == []


def test_gray_photos_are_ranked_by_the_same_photos_in_another_folder(
    ranking: Studio, album: Path, wait: Wait
) -> None:
    scans = album.parent / "scans"
    scans.mkdir()
    for name, source in (("p1", "p1"), ("p3", "p3"), ("lost", "p0"), ("q-gray", "q-gray")):
        stored = np.frombuffer((album / f"{source}.png").read_bytes(), np.uint8)
        write(scans / f"{name}.png", cv2.imdecode(stored, cv2.IMREAD_GRAYSCALE))
    write(scans / "p2.png", np.tile(np.arange(80, dtype=np.uint8), (48, 1)))
    ranking.opening.open([scans])
    wait(lambda: ranking.document.photo is not None and is_idle(ranking))
    page, runs = ranking.comparing.view.ranking, ranking.comparing.ranking
    ranking.comparing.truth_choice.set_source(TruthSource(album))
    wait(lambda: "same names in album" in page.words.text())
    page.start_button.click()
    wait(lambda: page.judged == 2 and is_idle(ranking))
    assert "2 of 5" in page.words.text()
    assert "3 cannot be judged" in page.words.text()
    reasons = page.words.toolTip()
    for why in ("no photo that is named lost", "80 x 48", "q-gray.png: ", "it is gray"):
        assert why in reasons
    assert runs.outcome is not None
    assert {path.parent for path in runs.outcome.judged} == {scans}
    rows = [line.split("\t") for line in page.table.as_text().splitlines()]
    assert float(rows[1][1].removeprefix("★ ")) < float(rows[2][1])
    assert rows[1][4].endswith(" s")
    ranking.comparing.truth_choice.set_source(None)  # by their own colours there are none
    wait(lambda: page.table.isHidden() and "own colours" in page.words.text())


def test_a_ranking_can_be_stopped_and_goes_on_where_it_was(ranking: Studio, wait: Wait) -> None:
    page, runs = ranking.comparing.view.ranking, ranking.comparing.ranking
    page.start_button.click()
    wait(lambda: runs.outcome is not None and bool(runs.outcome.judged))
    page.cancel_button.click()
    wait(lambda: is_idle(ranking))
    assert not runs.is_running
    assert page.start_button.isVisible()
    assert 1 <= page.judged < 5
    page.start_button.click()
    wait(lambda: page.judged == 4 and is_idle(ranking))


def test_closing_the_window_stops_it(ranking: Studio) -> None:
    ranking.comparing.view.ranking.start_button.click()
    QApplication.processEvents()
    assert ranking.window.close()


def test_box_plots_have_quartiles_whiskers_and_outliers() -> None:
    box = Box([1.0, 2.0, 3.0, 4.0, 5.0, 30.0])
    assert (box.low, box.median, box.high) == (2.25, 3.5, 4.75)
    assert (box.least, box.most) == (1.0, 5.0)
    assert box.outliers == (30.0,)
    alone = Box([7.0])
    assert (alone.least, alone.low, alone.median, alone.high, alone.most) == (7.0,) * 5
