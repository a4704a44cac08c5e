"""`colordesk compare` and `colordesk metrics`, as a person types them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from skimage import data

from colordesk.paths import user_models_dir
from tests.integration.conftest import Answer
from tests.models import make_model

IDS = "ciede2000,colourfulness,ssim"


def save(path: Path, rgb: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(cv2.imencode(path.suffix, rgb[..., ::-1])[1].tobytes())
    return path


@pytest.fixture
def truths(folder: Path) -> Path:
    """Two colour photographs and a gray one."""
    save(folder / "truth" / "eileen.png", data.astronaut()[:96, 160:300])
    save(folder / "truth" / "deep" / "cat.png", data.chelsea()[100:200, 100:250])
    save(folder / "truth" / "gray.png", np.dstack([data.camera()[:64, :64]] * 3))
    return folder / "truth"


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "metrics.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_compare_writes_everything_and_goes_on(
    colordesk: Callable[..., Answer], truths: Path
) -> None:
    make_model(user_models_dir() / "other.onnx", id="other", ab=(-15, 15))
    command = ("compare", truths, "-r", "-o", "out", "--models", "tiny,other", "--metrics", IDS)
    answer = colordesk(*command)
    assert answer.code == 1  # for the gray photo
    assert "gray.png" in answer.err
    assert "2 photos measured of 3 given; 1 left out" in answer.err
    assert answer.written == [Path("out") / n for n in ("report.html", "summary.md", "metrics.csv")]
    assert all(path.stat().st_size for path in answer.written)
    assert len(list(Path("out/sheets").glob("*.jpg"))) == 1
    measured = [row for row in rows(Path("out")) if row["status"] == "measured"]
    assert [row["model"] for row in measured] == ["truth", "gray", "tiny", "other"] * 2
    assert all(float(row["ciede2000"]) > 0 for row in measured if row["model"] != "truth")

    (truths / "gray.png").unlink()
    again = colordesk(*command)
    assert again.code == 0
    assert [r for r in rows(Path("out")) if r["status"] == "measured"] == measured


def test_a_result_of_colorize_scores_as_in_a_comparison(
    colordesk: Callable[..., Answer], truths: Path
) -> None:
    (truths / "gray.png").unlink()
    colordesk("compare", truths, "-o", "out", "--models", "tiny", "--metrics", IDS)
    colordesk("colorize", truths, "-o", "made", "--model", "tiny", "--format", "png", "--recolor")
    answer = colordesk("metrics", "made", "--truth", truths, "-o", "scored", "--metrics", IDS)
    assert answer.code == 1  # for the photo that is deeper in the folder, and not colorized
    assert "there is no picture of it in made" in answer.err
    compared = next(r for r in rows(Path("out")) if r["model"] == "tiny")
    scored = next(
        r
        for r in rows(Path("scored"))
        if (r["model"], r["status"])[0] == "made" and r["status"] == "measured"
    )
    for id in IDS.split(","):
        assert float(scored[id]) == pytest.approx(float(compared[id]), rel=0.02)


def test_metrics_without_a_folder_prints_the_summary(
    colordesk: Callable[..., Answer], truths: Path, folder: Path
) -> None:
    save(folder / "made" / "eileen-color.png", data.astronaut()[:96, 160:300])
    save(folder / "made" / "stranger.png", data.astronaut()[:20, :20])
    answer = colordesk("metrics", "made", "--truth", truths)
    assert answer.code == 1
    assert "stranger.png" in answer.err
    assert "| CIEDE2000 [ΔE], lower is better | 0.00 |" in answer.out
    assert sorted(path.name for path in folder.iterdir()) == ["made", "truth"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-o", "out", "--metrics", "psnr,beauty"), "there is no measure beauty"),
        (("-o", "out", "--models", "tiny,none"), "There is no model none"),
        (("-o", "out", "--device", "gpu"), "--device must be"),
        (("-o", "here"), "holds other things"),
    ],
)
def test_wrong_usage_is_said_and_nothing_is_written(
    colordesk: Callable[..., Answer], truths: Path, arguments: tuple[str, ...], said: str
) -> None:
    save(truths.parent / "here" / "a.png", data.astronaut()[:9, :9])
    before = sorted(truths.parent.rglob("*"))
    answer = colordesk("compare", truths, *arguments)
    assert answer.code == 2
    assert said.lower() in answer.err.lower()
    assert sorted(truths.parent.rglob("*")) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--metrics", "psnr,lpips"), "give its file as --network lpips=FILE.onnx"),
        (("--network", "beauty=a.onnx"), "--network must be lpips=FILE.onnx"),
        (("--network", "lpips"), "--network must be lpips=FILE.onnx"),
    ],
)
def test_a_network_that_is_missing_is_asked_for(
    colordesk: Callable[..., Answer], truths: Path, arguments: tuple[str, ...], said: str
) -> None:
    answer = colordesk("compare", truths, "-o", "out", *arguments)
    assert answer.code == 2
    assert said in answer.err
    assert not Path("out").exists()
