"""Comparing over photographs: what is measured, what is kept, what is told, what is summed up."""

from __future__ import annotations

import csv
import dataclasses
import io
import math
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from skimage import data

from colordesk.compare import pairs, tables
from colordesk.compare.contestants import GRAY, GrayPicture, PictureFolder
from colordesk.compare.journal import NAME, Journal, Score
from colordesk.compare.report import prepare_folder, write_report
from colordesk.compare.run import TRUTH, Comparison, Outcome
from colordesk.compare.summary import summarize
from colordesk.compare.thumbnails import Thumbnails
from colordesk.compare.truth import NoTruth, Truth, read_truth, srgb_of
from colordesk.icc import parse_profile, srgb_icc
from colordesk.inference.library import Library
from colordesk.metrics.table import MEASURES, SizesDiffer
from colordesk.photo import Photo, PhotoError
from colordesk.plan import PlanError
from colordesk.render import Renderer
from colordesk.settings import Settings
from colordesk.task import Cancelled, Task

IDS = ["ciede2000", "psnr", "colourfulness"]


def save(path: Path, rgb: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    data = cv2.imencode(path.suffix, rgb[..., ::-1] if rgb.ndim == 3 else rgb)[1]
    path.write_bytes(data.tobytes())
    return path


def photographs(folder: Path, count: int = 3) -> list[Path]:
    """Colour photographs of different sizes."""
    cuts = [data.astronaut()[20 * i : 20 * i + 60, 40 * i : 40 * i + 80] for i in range(count)]
    return [save(folder / f"{i}.png", cut) for i, cut in enumerate(cuts)]


class Counting(GrayPicture):
    """Counts how often it was asked, and fails or stops where a test wants it."""

    name = "counting"
    is_timed = True

    def __init__(self, fails: str = "", stop: tuple[Task, int] | None = None) -> None:
        self.asked: list[str] = []
        self._fails, self._stop = fails, stop

    def stamp(self, photo: Path) -> str:
        return "counting"

    def picture(self, truth: Truth, task: Task) -> Any:
        self.asked.append(truth.path.name)
        if truth.path.name == self._fails:
            raise SizesDiffer((1, 1), (2, 2))
        if self._stop and len(self.asked) == self._stop[1]:
            self._stop[0].cancel()
        return truth.rgb


@pytest.fixture
def renderer() -> Renderer:
    return Renderer(Library([]), Settings())


def compare(
    renderer: Renderer,
    folder: Path,
    photos: list[Path],
    *contestants: Any,
    task: Task | None = None,
) -> Outcome:
    work = prepare_folder(folder)
    with Journal(work) as journal:
        comparison = Comparison(
            [GrayPicture(), *contestants], renderer, IDS, journal, Thumbnails(work / "small")
        )
        return comparison.run(photos, lambda problem: None, task or Task())


def test_every_photo_is_measured_for_every_contestant(renderer: Renderer, tmp_path: Path) -> None:
    photos = photographs(tmp_path / "in")
    heard: list[float] = []
    task = Task(lambda fraction, status: heard.append(fraction))
    outcome = compare(renderer, tmp_path / "out", photos, Counting(), task=task)
    assert outcome.judged == photos
    assert not outcome.problems
    assert set(outcome.scores) == {(p, n) for p in photos for n in (TRUTH, GRAY, "counting")}
    assert all(np.diff(heard) > -1e-9)
    assert heard[-1] == 1
    for photo in photos:
        perfect, gray = (outcome.scores[photo, name].values for name in ("counting", GRAY))
        assert perfect["ciede2000"] == 0
        assert perfect["psnr"] == math.inf
        assert perfect["colourfulness"] == outcome.scores[photo, TRUTH].values["colourfulness"]
        assert gray["ciede2000"] > 3
        assert gray["colourfulness"] == pytest.approx(0, abs=0.01)
        assert outcome.scores[photo, GRAY].size == (80, 60)


def test_what_is_done_is_not_done_again(renderer: Renderer, tmp_path: Path) -> None:
    photos = photographs(tmp_path / "in")
    first = compare(renderer, tmp_path / "out", photos, Counting())
    again = Counting()
    second = compare(renderer, tmp_path / "out", photos, again)
    assert again.asked == []
    assert {key: score.values for key, score in second.scores.items()} == {
        key: score.values for key, score in first.scores.items()
    }
    save(photos[1], data.astronaut()[100:160, 100:180])
    compare(renderer, tmp_path / "out", photos, again)
    assert again.asked == ["1.png"]


def test_a_cancelled_comparison_goes_on_where_it_was(renderer: Renderer, tmp_path: Path) -> None:
    photos = photographs(tmp_path / "in", 4)
    task = Task()
    stopped = Counting(stop=(task, 3))
    with pytest.raises(Cancelled):
        compare(renderer, tmp_path / "out", photos, stopped, task=task)
    rest = Counting()
    assert compare(renderer, tmp_path / "out", photos, rest).judged == photos
    assert rest.asked == ["2.png", "3.png"]


def test_a_journal_that_was_cut_off_is_believed_up_to_there(
    renderer: Renderer, tmp_path: Path
) -> None:
    photos = photographs(tmp_path / "in")
    compare(renderer, tmp_path / "out", photos, Counting())
    journal = tmp_path / "out" / "work" / NAME
    text = journal.read_bytes()
    journal.write_bytes(b'nonsense\n{"photo": 1}\n[]\n' + text[:-10])
    again = Counting()
    assert compare(renderer, tmp_path / "out", photos, again).judged == photos
    assert again.asked == ["2.png"]


def test_nothing_is_dropped_silently(renderer: Renderer, tmp_path: Path) -> None:
    good = photographs(tmp_path / "in")
    gray = save(tmp_path / "in" / "gray.png", data.camera()[:50, :50])
    toned = save(tmp_path / "in" / "three.png", np.dstack([data.camera()[:50, :50]] * 3))
    broken = tmp_path / "in" / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n and then nothing")
    missing = tmp_path / "in" / "missing.png"
    photos = [gray, *good, toned, broken, missing]
    outcome = compare(renderer, tmp_path / "out", photos, Counting(fails="1.png"))
    assert outcome.judged == [good[0], good[2]]
    kinds = {(p.photo.name, p.contestant): type(p.error) for p in outcome.problems}
    assert kinds == {
        ("gray.png", TRUTH): NoTruth,
        ("three.png", TRUTH): NoTruth,
        ("broken.png", TRUTH): PhotoError,
        ("missing.png", TRUTH): FileNotFoundError,
        ("1.png", "counting"): SizesDiffer,
    }
    rows = list(csv.DictReader(io.StringIO(tables.metrics_csv(outcome, str))))
    assert len(rows) == len(photos) * 3
    assert all(row["reason"] for row in rows if row["status"] == "not measured")
    assert sum(row["status"] == "measured" for row in rows) == 8
    summary = summarize(outcome, MEASURES)
    assert "2 photos measured of 7 given; 5 left out, named below." in (
        tables.summary_markdown(outcome, summary, str)
    )
    assert summary.statistics[GRAY, "ciede2000"].count == 2


def test_the_gray_photo_keeps_the_lightness_and_nothing_else(
    renderer: Renderer, tmp_path: Path
) -> None:
    path = photographs(tmp_path, 1)[0]
    truth = read_truth(path, renderer, Task())
    assert truth.gray.is_gray
    assert truth.rgb.shape == (60, 80, 3)
    from colordesk.metrics.lab import lab_of

    gray = GrayPicture().picture(truth, Task())
    assert float(np.abs(lab_of(gray)[0] - lab_of(truth.rgb)[0]).max()) < 0.4


def test_pixels_become_srgb_whatever_they_were() -> None:
    rgb = np.ascontiguousarray(data.astronaut()[:40, :40])
    assert np.array_equal(srgb_of(Photo(rgb)), rgb)
    assert np.array_equal(srgb_of(Photo(rgb, icc=srgb_icc())), rgb)
    deep = srgb_of(Photo(rgb.astype(np.uint16) * 257))
    assert int(np.abs(deep.astype(int) - rgb).max()) <= 1
    gray = srgb_of(Photo(rgb[:, :, :1]))
    assert int(np.abs(gray.astype(int) - rgb[:, :, :1]).max()) <= 1
    assert parse_profile(srgb_icc()).space == "rgb"


def scored(values: dict[str, list[float]], truth: list[float]) -> Outcome:
    """An outcome with known values of colourfulness and ΔE."""
    photos = [Path(f"{i}.png") for i in range(len(truth))]
    outcome = Outcome(photos, list(values), ["ciede2000", "colourfulness"])
    for i, photo in enumerate(photos):
        for name, of_name in values.items():
            found = {"ciede2000": of_name[i], "colourfulness": of_name[i]}
            outcome.scores[photo, name] = Score(photo, name, found, (1, 1))
        found = {"colourfulness": truth[i]}
        outcome.scores[photo, TRUTH] = Score(photo, TRUTH, found, (1, 1))
    return outcome


def test_intervals_hold_the_mean_and_shrink_with_more_photos() -> None:
    random = np.random.default_rng(3)
    widths = []
    for count in (10, 1000):
        values = random.normal(20, 5, count).tolist()
        found = summarize(scored({GRAY: values}, values), MEASURES).statistics[GRAY, "ciede2000"]
        assert found.low < found.mean < found.high
        assert found.mean == pytest.approx(np.mean(values))
        widths.append(found.high - found.low)
    # for a mean the interval is known: 2 x 1.96 standard errors
    assert widths[1] == pytest.approx(2 * 1.96 * 5 / math.sqrt(1000), rel=0.1)
    assert widths[0] > 5 * widths[1]


def test_the_best_is_told_by_the_direction_and_photo_by_photo() -> None:
    truth = [10.0, 50.0]
    swapped, near = [50.0, 10.0], [20.0, 35.0]  # the means alone would favour the first
    summary = summarize(scored({GRAY: [0, 0], "a": swapped, "b": near}, truth), MEASURES)
    assert summary.best("colourfulness") == "b"
    assert summary.best("ciede2000") == "b"
    assert summary.statistics["a", "colourfulness"].beats_gray == 0.5
    assert summary.statistics["b", "colourfulness"].beats_gray == 0.5
    assert summary.statistics["b", "ciede2000"].beats_gray == 0
    equal = summarize(scored({GRAY: [0, 0], "a": near, "b": near}, truth), MEASURES)
    assert equal.best("ciede2000") is None


def test_models_that_cannot_be_told_from_the_best_are_named_photo_by_photo() -> None:
    random = np.random.default_rng(5)
    of_photos = random.normal(30, 10, 40)  # photos differ more than models do
    noise = random.normal(0, 0.5, 40)
    outcome = scored(
        {
            GRAY: (of_photos + 5).tolist(),
            "worse": (of_photos + 1 + noise).tolist(),
            "best": of_photos.tolist(),
            "near": (of_photos + 0.02 + noise - noise.mean()).tolist(),
        },
        of_photos.tolist(),
    )
    for seconds, photo in enumerate(outcome.photos):
        known = outcome.scores[photo, "best"]
        outcome.scores[photo, "best"] = dataclasses.replace(known, seconds=seconds)
    summary = summarize(outcome, MEASURES)
    assert summary.ranked == ["best", "near", "worse"]
    assert ("near", "ciede2000") in summary.alike
    assert ("worse", "ciede2000") not in summary.alike
    assert summary.seconds == {"best": 19.5}
    text = tables.summary_markdown(outcome, summary, str)
    assert "| best | " in text
    assert "19.50 s" in text


def test_undefined_and_infinite_values_do_not_break_the_summary() -> None:
    values = [math.nan, 4.0, 6.0]
    found = summarize(scored({GRAY: values}, values), MEASURES).statistics[GRAY, "ciede2000"]
    assert (found.mean, found.count) == (5, 2)
    endless = summarize(scored({GRAY: [math.inf, 1.0]}, [1, 1]), MEASURES)
    assert endless.statistics[GRAY, "ciede2000"].mean == math.inf
    nothing = summarize(scored({GRAY: []}, []), MEASURES)
    assert math.isnan(nothing.statistics[GRAY, "ciede2000"].mean)


def test_the_report_is_one_file_and_safe(renderer: Renderer, tmp_path: Path) -> None:
    photos = photographs(tmp_path / "in")
    bad = photos[0].rename(photos[0].with_name("<script>alert(1).png"))
    if not bad.exists():
        pytest.skip("no such names here")
    outcome = compare(renderer, tmp_path / "out", [bad, *photos[1:]], Counting(fails="2.png"))
    thumbnails = Thumbnails(tmp_path / "out" / "work" / "small")
    folder = tmp_path / "out"
    write_report(outcome, MEASURES, thumbnails, folder, lambda e: f"<b>{e}</b>", Task())
    page = (folder / "report.html").read_text("utf-8")
    assert page.count("<script>") == 1
    assert "&lt;script&gt;alert(1)" in page
    assert "&lt;b&gt;" in page
    assert page.count("<svg") == 3
    assert page.count("data:image/jpeg;base64,") == 2 * 3
    assert "http" not in page.replace("http://www.w3.org", "").replace("http://purl.org", "")
    sheet = cv2.imread(str(folder / "sheets" / "sheet-001.jpg"))
    assert sheet is not None
    assert sheet.shape[1] > 3 * 240


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "metrics.csv").write_text("mine")
    with pytest.raises(PlanError):
        prepare_folder(tmp_path / "letters")
    with pytest.raises(PlanError):
        prepare_folder(tmp_path / "letters" / "metrics.csv")
    assert prepare_folder(tmp_path / "new") == prepare_folder(tmp_path / "new")


@pytest.mark.parametrize(
    ("result", "truth"),
    [
        ("a.jpg", "a.png"),
        ("A.PNG", "a.png"),
        ("a-color.jpg", "a.png"),
        ("a-2-color.jpg", "a.png"),
        ("a-png-color.jpg", "a.png"),
        ("deep/er/a-color.jpg", "deep/er/a.tif"),
        ("cafe\u0301.jpg", "caf\u00e9.png"),
    ],
)
def test_pairs_by_name(result: str, truth: str, tmp_path: Path) -> None:
    for folder, name in (("results", result), ("truths", truth), ("truths", "other.png")):
        path = tmp_path / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    found = pairs.pair(tmp_path / "results", tmp_path / "truths")
    assert found.results == {tmp_path / "truths" / truth: tmp_path / "results" / result}
    assert len(found.truths) == 2
    assert not found.strangers


def test_pairs_leave_over_what_belongs_to_nothing(tmp_path: Path) -> None:
    for name in ("results/a.png", "results/b.png", "results/.hidden.png", "truths/a.jpg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = pairs.pair(tmp_path / "results", tmp_path / "truths")
    assert found.strangers == [tmp_path / "results" / "b.png"]


def test_truths_and_results_may_lie_in_one_folder(tmp_path: Path) -> None:
    for name in ("a.png", "a-color.png", "b.png", "c-color.png"):
        (tmp_path / name).touch()
    found = pairs.pair(tmp_path, tmp_path)
    assert found.results == {tmp_path / "a.png": tmp_path / "a-color.png"}
    assert [path.name for path in found.truths] == ["a.png", "b.png", "c-color.png"]


def test_pictures_made_elsewhere_must_be_there_and_of_the_size(
    renderer: Renderer, tmp_path: Path
) -> None:
    photos = photographs(tmp_path / "in")
    small = save(tmp_path / "out" / "1.png", data.astronaut()[:10, :10])
    same = save(tmp_path / "out" / "0.png", data.astronaut()[:60, :80])
    folder = PictureFolder("theirs", {photos[0]: same, photos[1]: small})
    outcome = compare(renderer, tmp_path / "report", photos, folder)
    assert outcome.judged == photos[:1]
    assert outcome.scores[photos[0], "theirs"].values["ciede2000"] == 0
    assert [(p.photo, type(p.error)) for p in outcome.problems] == [
        (photos[1], SizesDiffer),
        (photos[2], NoTruth),
    ]
