"""Results judged by true colours: measures, maps, plots, single pixels and regions."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QTableWidgetItem

from colordesk.metrics.table import MEASURES
from colordesk.task import Task
from colordesk.ui.compare.figures import SHORT, best_results
from colordesk.ui.compare.kinds import Kind
from colordesk.ui.compare.maps import difference
from colordesk.ui.compare.statistics import spread
from colordesk.ui.compare.truth import TruthSource
from colordesk.ui.studio import Studio
from tests.ui.conftest import Wait, is_idle, mouse
from tests.ui.test_compare import BLUE, RED, press, tiles
from tests.ui.test_editing import choose, mean
from tests.ui.test_window import nameless

WIDTH, HEIGHT = 96, 64


def bluish(b: float = -40.0) -> np.ndarray:
    """A picture of many lightnesses in the very colour of the blue model; its right half is not."""
    lab = np.zeros((HEIGHT, WIDTH, 3), np.float32)
    lab[:, :, 0] = np.linspace(35, 65, WIDTH)
    lab[:, :, 2] = b
    rgb: np.ndarray = np.rint(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB) * 255).astype(np.uint8)
    return rgb


def write(path: Path, rgb: np.ndarray) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(cv2.imencode(".png", rgb[:, :, ::-1])[1].tobytes())
    return path


@pytest.fixture
def blue_photo(tmp_path: Path) -> Path:
    return write(tmp_path / "true" / "sea.png", bluish())


@pytest.fixture
def judged(studio: Studio, blue_photo: Path, wait: Wait) -> Studio:
    """The window judging the two tiny models by a photo in the colour of the blue one."""
    studio.opening.open([blue_photo])
    wait(lambda: studio.document.photo is not None and is_idle(studio))
    contenders = studio.comparing.contenders
    for offer in contenders.offers():
        contenders.choose(offer.key, offer.key in (BLUE, RED))
    studio.comparing.set_active(True)
    choose(studio.comparing.truth_choice.box, "own")
    wait(lambda: is_judged(studio))
    return studio


def is_judged(studio: Studio) -> bool:
    page = studio.comparing
    footers = [tile.footer.text() for tile in tiles(studio).values()]
    return bool(footers) and all(footers) and set(page.numbers.judgements) == set(tiles(studio))


def there(item: QTableWidgetItem | None) -> QTableWidgetItem:
    assert item is not None
    return item


def test_truth_gray_and_results_are_shown_and_controls_have_names(judged: Studio) -> None:
    assert list(tiles(judged)) == ["truth", "gray", BLUE, RED]
    truth, gray, blue, red = (mean(tile.pane.shown) for tile in tiles(judged).values())
    assert gray.max() - gray.min() < 1
    assert np.abs(blue - truth).max() < 2
    assert red[0] > truth[0] + 50
    assert not judged.banner.isVisible()
    view = judged.comparing.view
    judged.messages.note("info", "What", "Todo", ("Answer", lambda: None))
    for page in ("results", "measures", "plots"):
        view.show_page(page)
        assert nameless(judged.window) == []


def test_the_best_is_marked_where_there_is_one_and_every_number_explains_itself(
    judged: Studio, wait: Wait
) -> None:
    figures = judged.comparing.view.figures
    judged.comparing.view.show_page("measures")
    table = figures.table
    assert table.as_text().splitlines()[0].split("\t") == ["", "1", "2", "Truth", "Gray"]
    assert table.rowCount() == len(SHORT)
    row = list(SHORT).index("ciede2000")
    label = there(table.verticalHeaderItem(row))
    assert label.text() == "↓ CIEDE2000"
    assert MEASURES["ciede2000"].text in label.toolTip()
    assert MEASURES["ciede2000"].source in label.toolTip()
    best, other = there(table.item(row, 0)), there(table.item(row, 1))
    assert best.text().startswith("★ ")
    assert float(best.text().removeprefix("★ ")) < 1
    assert float(other.text()) > 20
    spoken = best.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Tiny model blue" in spoken
    assert "the best" in spoken
    assert "★" in tiles(judged)[BLUE].footer.text()
    assert MEASURES["psnr"].text in tiles(judged)[BLUE].footer.toolTip()
    figures.all_box.setChecked(True)
    assert table.rowCount() == len(MEASURES)
    table.setFocus()
    QTest.keySequence(table, "Ctrl+C")
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == ["", "1", "2", "Truth", "Gray"]
    assert len(lines) == 1 + len(MEASURES)
    numbers, entries = judged.comparing.numbers, judged.comparing.entries()
    same = dict.fromkeys((BLUE, RED), numbers.judgements[BLUE])
    assert best_results(MEASURES["psnr"], entries, numbers.judgements) == {BLUE}
    assert best_results(MEASURES["psnr"], entries, same) == set()
    assert best_results(MEASURES["psnr"], entries, {}) == set()

    figures.all_box.setChecked(False)  # without truth nothing is called best
    choose(judged.comparing.truth_choice.box, "none")
    wait(lambda: "original" in tiles(judged) and is_judged(judged))
    assert "★" not in "".join(tile.footer.text() for tile in tiles(judged).values())
    assert not judged.comparing.view.kinds.isEnabled()
    assert table.rowCount() == sum(not MEASURES[id].needs_truth for id in SHORT)


def test_maps_show_where_it_is_wrong(judged: Studio, wait: Wait) -> None:
    view = judged.comparing.view
    view.kinds.buttons[Kind.DELTA_E.value].click()
    maps = judged.comparing.maps
    wait(lambda: set(maps.pictures) == {"gray", BLUE, RED} and is_idle(judged))
    assert view.legend.isVisible()
    assert mean(tiles(judged)[BLUE].pane.shown).max() < 20
    assert mean(tiles(judged)[RED].pane.shown).max() > 150
    assert tiles(judged)["truth"].pane.shown is judged.comparing.comparison.pictures["truth"]
    view.kinds.buttons["colours"].click()
    assert not view.legend.isVisible()
    assert np.abs(mean(tiles(judged)[BLUE].pane.shown) - bluish().mean(axis=(0, 1))).max() < 2


def test_each_map_means_what_its_legend_says() -> None:
    truth, other, task = bluish(), bluish(40.0), Task()
    for kind in Kind:
        same = difference(kind, truth, truth, task)
        assert same.max() <= 45, kind
    wrong = difference(Kind.AB, other, truth, task).mean(axis=(0, 1))
    assert wrong[0] > wrong[2] + 50  # b* is too high: yellow
    dark = np.clip(truth.astype(int) - 30, 0, 255).astype(np.uint8)
    lightness = difference(Kind.LIGHTNESS, dark, truth, task).mean(axis=(0, 1))
    assert lightness[2] > lightness[0] + 50  # too dark: blue


def test_a_pixel_is_read_in_all_pictures(judged: Studio, wait: Wait) -> None:
    view = judged.comparing.view
    view.link.set_probe(QPointF(48.5, 20.5))
    wait(lambda: tiles(judged)[RED].footer.text().startswith("L "))
    assert "b -40" in tiles(judged)["truth"].footer.text()
    assert "ΔE" not in tiles(judged)["truth"].footer.text()
    table = view.inspector.table
    rows = {there(table.verticalHeaderItem(r)).toolTip(): r for r in range(table.rowCount())}
    apart = [float(there(table.item(rows[name], 3)).text()) for name in ("Tiny model blue", "Gray")]
    assert apart[0] < 1 < apart[1]
    assert "48, 20" in view.inspector.heading.text()
    view.link.set_probe(None)
    wait(lambda: "PSNR" in tiles(judged)[RED].footer.text())


def test_a_region_is_drawn_by_hand_and_measured_alone(judged: Studio, wait: Wait) -> None:
    page, view, pane = judged.comparing, judged.comparing.view, tiles(judged)[BLUE].pane
    whole = page.numbers.judgements[RED].values["ciede2000"]
    press(judged, Qt.Key.Key_R)
    assert view.region_button.isChecked()
    first, last = (view.link.view.to_widget(QPointF(x, y)) for x, y in ((10, 10), (50, 30)))
    mouse(pane, QEvent.Type.MouseButtonPress, first.x(), first.y())
    mouse(pane, QEvent.Type.MouseMove, last.x(), last.y())
    mouse(pane, QEvent.Type.MouseButtonRelease, last.x(), last.y())
    assert view.link.region is not None
    assert np.abs(np.subtract(view.link.region, (10, 10, 50, 30))).max() <= 1

    view.link.set_region((8, 4, 40, 24))
    wait(lambda: page.numbers.judgements[RED].size == (32, 20))
    assert page.numbers.judgements[RED].values["ciede2000"] != whole
    boxes = view.region.boxes
    assert [box.value() for box in boxes.values()] == [8, 4, 32, 20]
    boxes["width"].setValue(10)
    assert view.link.region == (8, 4, 18, 24)
    view.region.whole_button.click()
    wait(lambda: view.link.region is None)
    wait(lambda: page.numbers.judgements[RED].size == (WIDTH, HEIGHT))
    assert page.numbers.judgements[RED].values["ciede2000"] == pytest.approx(whole)


def test_plots_have_a_line_for_each_picture(judged: Studio, wait: Wait) -> None:
    view = judged.comparing.view
    view.show_page("plots")
    QApplication.processEvents()
    plots = view.plots
    for kind, boxes, lines in (("chroma", 1, 4), ("lightness", 1, 4), ("histograms", 2, 4)):
        plots.kind_box.setCurrentIndex(plots.kind_box.findData(kind))
        assert [len(plot.listDataItems()) for plot in plots._plots] == [lines] * boxes
        assert "1 Tiny model blue" in plots.note.text()
    plots.kind_box.setCurrentIndex(plots.kind_box.findData("plane"))
    assert plots.entry_box.isVisible()
    assert plots.entry_box.count() == 4
    for theme in ("light", "dark"):
        judged.actions[f"theme-{theme}"].trigger()
        background = plots.grab().toImage().pixelColor(plots.width() - 40, plots.height() // 4)
        assert abs(background.lightness() - judged.theme.colour("panel").lightness()) < 8
    wait(lambda: is_idle(judged))
    assert nameless(plots) == []


def test_the_spread_counts_every_pixel_once() -> None:
    found = spread(bluish())
    assert found.ab.sum() == pytest.approx(1)
    a, b = divmod(int(found.ab.argmax()), found.ab.shape[1])
    assert (a * 2 - 110, b * 2 - 110) in {(0, -40), (-2, -40), (0, -42), (-2, -42)}
    assert found.chroma[0] == pytest.approx(1)
    assert found.chroma[15] == pytest.approx(1)
    assert found.chroma[25] == pytest.approx(0)
    some = found.by_lightness[~np.isnan(found.by_lightness)]
    assert len(some) < 20
    assert np.allclose(some, 40, atol=2)


def test_truth_comes_from_a_folder_by_name(
    judged: Studio, tmp_path: Path, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    gray = cv2.cvtColor(bluish(), cv2.COLOR_RGB2GRAY)
    for name in ("sea", "lost", "wide"):
        shape = gray if name != "wide" else gray[:, :80]
        path = tmp_path / "gray" / f"{name}.png"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(cv2.imencode(".png", shape)[1].tobytes())
    write(tmp_path / "true" / "wide.png", bluish())
    page = judged.comparing
    for name, words in (("sea", ""), ("lost", "no photo that is named lost"), ("wide", "80 x 64")):
        judged.opening.open([tmp_path / "gray" / f"{name}.png"])
        wait(lambda: page.view.link.size[0] in (96, 80) and is_idle(judged))
        if name == "sea":
            box = page.truth_choice.box
            assert "its own colours" in box.itemText(1)
            assert "gray" in page.view.words()  # a gray photo is no truth
            monkeypatch.setattr(
                QFileDialog, "getExistingDirectory", lambda *args: str(tmp_path / "true")
            )
            choose(box, "ask")
        wait(lambda words=words: words in page.view.words() and is_idle(judged))  # type: ignore[misc]
        assert ("truth" in tiles(judged)) is (not words)
    assert page.truth_choice.source == TruthSource(tmp_path / "true")

    page.truth_choice.set_source(TruthSource())
    toned = np.repeat(cv2.cvtColor(bluish(), cv2.COLOR_RGB2GRAY)[:, :, None], 3, axis=2)
    judged.opening.open([write(tmp_path / "toned.png", toned)])
    wait(lambda: "rewards gray" in judged.comparing.view.words())
