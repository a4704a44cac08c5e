from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from colordesk.task import Cancelled, Task
from colordesk_training.export import load_objective
from colordesk_training.fit import learn, linear_svr
from colordesk_training.recipe import FitSpec, Recipe, RecipeError, read_recipe
from colordesk_training.start import Start

TINY = [
    "data.crop=64",
    "data.batch_size=4",
    "data.workers=0",
    "data.val_percent=20",
    "data.val_images=2",
    "run.steps=4",
    "fit.samples=600",
    "fit.passes=5",
]


def hog(*overrides: str) -> Recipe:
    return read_recipe("hog-svr", [*TINY, *overrides])


def start(photos: Path, out: Path) -> Start:
    return Start(data=(photos,), out=out, device="cpu")


def test_the_regression_finds_a_planted_line_whatever_the_scales() -> None:
    random = np.random.default_rng(0)
    features = random.normal(size=(4000, 3)) * (0.01, 1, 20) + (5, 0, -3)
    truth = features @ (10.0, -0.2, 0.01) + 0.3
    weights, bias = linear_svr(features, truth, FitSpec(passes=40), seed=1)
    assert np.abs(features @ weights + bias - truth).mean() < 0.1 * truth.std()


def test_a_feature_that_never_changes_does_no_harm() -> None:
    features = np.dstack([np.linspace(0, 1, 500), np.full(500, 7.0)])[0]
    weights, bias = linear_svr(features, features[:, 0], FitSpec(), seed=1)
    assert np.isfinite([*weights, bias]).all()


def test_a_few_wild_values_do_not_pull_a_support_vector_regression() -> None:
    features = np.random.default_rng(1).normal(size=(2000, 2))
    truth = features[:, 0].copy()
    truth[:40] += 500
    weights, bias = linear_svr(features, truth, FitSpec(passes=40), seed=1)
    assert np.abs(features[40:] @ weights + bias - truth[40:]).mean() < 0.3  # least squares: 10


def test_the_fitted_model_is_a_run_like_any_other(photo_folder: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    scores = learn(hog(), TINY, start(photo_folder, run), Task())
    assert scores is not None
    assert scores.n == 2
    recipe, objective, found = load_objective(run / "last.pt")
    assert recipe.architecture == "hog-svr"
    assert found.images == 16
    assert learn(hog(), TINY, start(photo_folder, run), Task()) is None  # it is done
    ab = objective.predict(torch.linspace(0, 100, 64).expand(1, 1, 64, 64))
    assert 0.5 < float(ab.detach().abs().max()) < 100  # it paints, and within reason


def test_fitting_again_gives_the_same(photo_folder: Path, tmp_path: Path) -> None:
    weights = []
    for name in ("a", "b"):
        learn(hog(), TINY, start(photo_folder, tmp_path / name), Task())
        weights.append(load_objective(tmp_path / name / "last.pt")[2].averaged["linear.weight"])
    torch.testing.assert_close(*weights)


def test_only_the_svr_can_be_fitted(photo_folder: Path, tmp_path: Path) -> None:
    recipe = hog('architecture="gray"')
    with pytest.raises(RecipeError) as error:
        learn(recipe, [], start(photo_folder, tmp_path), Task())
    assert "gray can be trained, but not fitted" in error.value.problem


def test_fitting_can_be_cancelled(photo_folder: Path, tmp_path: Path) -> None:
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        learn(hog(), [], start(photo_folder, tmp_path), task)


def test_the_gray_baseline_is_a_run_like_any_other(photo_folder: Path, tmp_path: Path) -> None:
    recipe = read_recipe("gray", ["data.val_percent=20"])
    scores = learn(recipe, ["data.val_percent=20"], start(photo_folder, tmp_path), Task())
    assert scores is not None
    assert scores.ciede2000 == pytest.approx(scores.gray_ciede2000, abs=0.01)
    _, objective, found = load_objective(tmp_path / "best.pt")
    assert found.step == 0
    assert objective.predict(torch.full((1, 1, 8, 9), 40.0)).abs().max() < 1e-3
    assert learn(recipe, [], start(photo_folder, tmp_path), Task()) is None  # nothing is left to do
