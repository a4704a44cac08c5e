from __future__ import annotations

import csv
import itertools
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor, nn

from colordesk.task import Cancelled, Task
from colordesk_training import registry
from colordesk_training.architectures.colordesk_base import ColorDeskBase
from colordesk_training.checkpoint import CheckpointError, load_checkpoint, load_tensors
from colordesk_training.colorspace import ab_from_rgb, lightness_of_luma
from colordesk_training.data.sources import DataError
from colordesk_training.export import load_objective
from colordesk_training.logs import count_left_out
from colordesk_training.objective import Colorization, make_objective
from colordesk_training.optim import learning_rate, make_optimizer, set_rate
from colordesk_training.recipe import Recipe, RecipeError, read_recipe
from colordesk_training.registry import Architecture, architectures
from colordesk_training.start import BackboneNeeded, Start, held_apart
from colordesk_training.targets.ab import AbRegression
from colordesk_training.train import NonFiniteLoss, train

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")  # Fabric's advice about workers


def debug(*overrides: str) -> Recipe:
    # Validating once, at the end, is enough: each time draws its curves anew.
    small = ["data.crop=32", "data.min_chroma=0", "run.eval_every=99"]
    return read_recipe("debug", [*small, *overrides])


class TinyNetwork(nn.Module):
    """One convolution from L to ab / 110."""

    def __init__(self) -> None:
        super().__init__()
        self.layer = nn.Conv2d(1, 2, 3, padding=1)

    def forward(self, lightness: Tensor) -> Tensor:
        ab: Tensor = self.layer(lightness / 100)
        return ab


class TinyCritic(nn.Module):
    """Scores colour with a linear layer over its mean."""

    def __init__(self) -> None:
        super().__init__()
        self.layer = nn.Linear(3, 1)

    def forward(self, colour: Tensor, lightness: Tensor) -> Tensor:
        scores: Tensor = self.layer(torch.cat([colour, lightness / 100], 1).mean((2, 3)))
        return scores


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """A network and a critic of a few numbers, registered as ``tiny``."""
    architectures()
    entry = Architecture("tiny", TinyNetwork, "Tiny", "one layer", "none", build_critic=TinyCritic)
    monkeypatch.setitem(registry._TABLE, "tiny", entry)


def game(*overrides: str) -> Recipe:
    plain = ["architecture=tiny", "options={}", "trunk=[]", "target.name=ab", "target.options={}"]
    return debug(*plain, "loss.terms={l1 = 1.0}", *overrides)


def losses(run: Path) -> dict[int, float]:
    with (run / "log.csv").open(newline="") as file:
        return {int(row["step"]): float(row["loss"]) for row in csv.DictReader(file) if row["loss"]}


def start(photos: Path, out: Path, **options: object) -> Start:
    values = {"data": (photos,), "out": out, "random_backbone": True, "device": "cpu", **options}
    return Start(**values)  # type: ignore[arg-type]


@pytest.mark.usefixtures("tiny")
def test_a_run_leaves_all_that_it_promises(photo_zip: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    scores = train(game(), [], start(photo_zip, run), Task())
    assert scores is not None
    assert scores.n == 4
    assert scores.gray_ciede2000 > 1
    found = load_checkpoint(run / "last.pt")
    assert found.step == 4
    assert found.images == 16
    assert (run / "best.pt").exists()
    assert (run / "loss.png").read_bytes().startswith(b"\x89PNG")
    assert sorted(losses(run)) == [1, 2, 3, 4]
    assert train(game(), [], start(photo_zip, run), Task()) is None  # nothing is left to do


@pytest.mark.usefixtures("tiny")
def test_a_cancelled_run_resumes_to_the_same_losses(photo_zip: Path, tmp_path: Path) -> None:
    train(game("run.steps=6"), [], start(photo_zip, tmp_path / "whole"), Task())

    task, broken = Task(), tmp_path / "broken"
    task._listener = lambda fraction, _: task.cancel() if fraction >= 0.5 else None
    with pytest.raises(Cancelled):
        train(game("run.steps=6"), [], start(photo_zip, broken), task)
    assert 3 <= load_checkpoint(broken / "last.pt").step < 6
    train(game("run.steps=6"), [], start(photo_zip, broken), Task())

    assert losses(broken) == pytest.approx(losses(tmp_path / "whole"), rel=1e-6)
    whole = load_checkpoint(tmp_path / "whole" / "last.pt")
    for name, value in load_checkpoint(broken / "last.pt").averaged.items():
        torch.testing.assert_close(value, whole.averaged[name], rtol=1e-6, atol=1e-7)


@pytest.mark.usefixtures("tiny")
def test_training_learns(photo_zip: Path, tmp_path: Path) -> None:
    recipe = game("run.steps=60", "run.eval_every=60", "optimizer.lr=0.05", "data.film=0")
    train(recipe, [], start(photo_zip, tmp_path / "run"), Task())
    curve = [loss for _, loss in sorted(losses(tmp_path / "run").items())]
    assert np.mean(curve[-5:]) < 0.8 * np.mean(curve[:5])


def test_an_infinite_loss_stops_and_keeps_the_batch(photo_zip: Path, tmp_path: Path) -> None:
    recipe = debug("loss.terms.huber=inf")
    with pytest.raises(NonFiniteLoss) as error:
        train(recipe, [], start(photo_zip, tmp_path / "run"), Task())
    batch = load_tensors(error.value.batch)
    assert batch["ab"].shape == (4, 2, 32, 32)


def test_imagenet_weights_are_never_forgotten_silently(photo_zip: Path, tmp_path: Path) -> None:
    with pytest.raises(BackboneNeeded):
        train(debug(), [], start(photo_zip, tmp_path, random_backbone=False), Task())
    weights = tmp_path / "wrong.npz"
    np.savez(weights, something=np.zeros(3))
    with pytest.raises(CheckpointError, match="do not fit"):
        train(
            debug(), [], start(photo_zip, tmp_path, backbone=weights, random_backbone=False), Task()
        )


def test_a_run_starts_from_another_runs_weights(photo_zip: Path, tmp_path: Path) -> None:
    first, once = tmp_path / "first", ("run.steps=1", "data.val_images=1")
    train(debug(*once), [], start(photo_zip, first), Task())
    still = debug("optimizer.lr=0", "optimizer.ema=0", *once)
    train(still, [], start(photo_zip, tmp_path / "second", init=first / "last.pt"), Task())
    before = load_checkpoint(first / "last.pt").averaged
    after = load_checkpoint(tmp_path / "second" / "last.pt").network
    assert torch.equal(before["classify.weight"], after["classify.weight"])


@pytest.mark.usefixtures("tiny")
def test_a_checkpoint_of_another_network_is_refused(photo_zip: Path, tmp_path: Path) -> None:
    train(game("run.steps=1"), [], start(photo_zip, tmp_path / "run"), Task())
    with pytest.raises(CheckpointError, match="another architecture"):
        train(debug(), [], start(photo_zip, tmp_path / "run"), Task())


@pytest.mark.parametrize("suffix", ["pt", "npz"])
@pytest.mark.parametrize("content", [b"", b"junk", b"not a checkpoint", b"PK\x03\x04 broken zip"])
def test_a_damaged_checkpoint_is_refused(tmp_path: Path, content: bytes, suffix: str) -> None:
    path = tmp_path / f"last.{suffix}"
    path.write_bytes(content)
    with pytest.raises(CheckpointError):
        load_checkpoint(path)


def test_a_checkpoint_never_runs_code(tmp_path: Path) -> None:
    path = tmp_path / "evil.pt"
    torch.save({"network": ColorDeskBase(width=32)}, path)  # a pickled class, not tensors
    with pytest.raises(CheckpointError):
        load_tensors(path)


def test_the_rate_warms_up_holds_and_falls_to_zero() -> None:
    recipe = debug("run.steps=100", "optimizer.warmup_steps=10", "optimizer.decay_share=0.2")
    rates = [learning_rate(step, recipe) for step in range(1, 101)]
    assert rates[0] == pytest.approx(1e-4)
    assert rates[9] == rates[79] == pytest.approx(1e-3)
    assert rates[99] == pytest.approx(1e-3 / 20)
    assert all(a >= b for a, b in itertools.pairwise(rates[9:]))


@pytest.mark.usefixtures("tiny")
@pytest.mark.parametrize("kind", ["vanilla", "wasserstein"])
def test_both_players_learn_and_log_their_losses(
    kind: str, photo_zip: Path, tmp_path: Path
) -> None:
    recipe = game(f"critic.game={kind}", "run.steps=6", "optimizer.warmup_steps=1")
    train(recipe, [], start(photo_zip, tmp_path / "run"), Task())
    with (tmp_path / "run" / "log.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row["critic_loss"] and row["loss"] and row["fooling"] for row in rows)
    found = load_checkpoint(tmp_path / "run" / "last.pt")
    assert set(found.optimizers) == {"critic", "network"}
    torch.manual_seed(recipe.run.seed)
    fresh = make_objective(recipe)
    for player, learned in (("critic", found.critic), ("network", found.network)):
        before = fresh.players[player].state_dict()["layer.weight"]
        assert not torch.equal(before, learned["layer.weight"])


@pytest.mark.usefixtures("tiny")
def test_a_game_resumes_to_the_same_losses(photo_zip: Path, tmp_path: Path) -> None:
    recipe = game("critic.game=vanilla", "run.steps=6")
    train(recipe, [], start(photo_zip, tmp_path / "whole"), Task())
    task = Task(lambda fraction, _: task.cancel() if fraction >= 0.5 else None)
    with pytest.raises(Cancelled):
        train(recipe, [], start(photo_zip, tmp_path / "broken"), task)
    train(recipe, [], start(photo_zip, tmp_path / "broken"), Task())
    assert losses(tmp_path / "broken") == pytest.approx(losses(tmp_path / "whole"), rel=1e-6)


@pytest.mark.usefixtures("tiny")
def test_a_silent_critic_does_not_move_the_network(photo_zip: Path, tmp_path: Path) -> None:
    alone, watched = tmp_path / "alone", tmp_path / "watched"
    train(game(), [], start(photo_zip, alone), Task())
    train(game("critic.weight=0"), [], start(photo_zip, watched), Task())
    with_critic = load_checkpoint(watched / "last.pt").network
    for name, value in load_checkpoint(alone / "last.pt").network.items():
        torch.testing.assert_close(value, with_critic[name], rtol=1e-6, atol=1e-7)


@pytest.mark.usefixtures("tiny")
@pytest.mark.parametrize("name", ["adamw", "adam", "sgd", "rmsprop"])
def test_every_optimizer_trains(name: str, photo_zip: Path, tmp_path: Path) -> None:
    recipe = game(f"optimizer.name={name}", "optimizer.warmup_steps=1", "optimizer.lr=0.01")
    scores = train(recipe, [], start(photo_zip, tmp_path / "run"), Task())
    assert scores is not None
    assert np.isfinite(scores.ciede2000)


def test_unknown_names_in_a_recipe_are_refused(photo_zip: Path, tmp_path: Path) -> None:
    for override, problem in (
        ("optimizer.name=adamant", "no optimizer 'adamant'"),
        ("options.depth=3", "does not fit colordesk-base"),
        ("critic.weight=1", "comes without a critic"),
    ):
        with pytest.raises(RecipeError, match=problem):
            train(debug(override), [], start(photo_zip, tmp_path / "run"), Task())


def test_the_rate_may_drop_once() -> None:
    constant = ("optimizer.warmup_steps=1", "optimizer.decay_share=0", "run.steps=9")
    recipe = debug(*constant, "optimizer.drop_at=3")
    assert [learning_rate(step, recipe) for step in (1, 3, 4, 9)] == pytest.approx(
        [1e-3, 1e-3, 1e-4, 1e-4]
    )


@pytest.mark.usefixtures("tiny")
def test_nothing_usable_is_an_error_and_not_an_endless_run(tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    for i in range(12):
        Image.new("RGB", (40, 40), (90, 90, 90)).save(photos / f"{i}.png")
    (photos / "broken.png").write_bytes(b"no")
    recipe = game("data.min_chroma=2", "run.steps=100000", "data.val_percent=0")
    with pytest.raises(DataError, match=r"none of its 13 .* \(12 gray, 1 broken\)"):
        train(recipe, [], start(photos, tmp_path / "run"), Task())


@pytest.mark.usefixtures("tiny")
def test_pictures_that_are_left_out_are_named(photo_folder: Path, tmp_path: Path) -> None:
    Image.new("RGB", (40, 40), (90, 90, 90)).save(photo_folder / "gray.png")
    (photo_folder / "broken.png").write_bytes(b"no")
    recipe = game("data.min_chroma=2", "data.val_percent=0", "run.steps=11", "run.eval_every=99")
    train(recipe, [], start(photo_folder, tmp_path / "run"), Task())
    assert count_left_out(tmp_path / "run" / "skipped.csv") == (1, 1)


class Dropping(TinyNetwork):
    """With dropout, which draws from torch's own random numbers."""

    def forward(self, lightness: Tensor) -> Tensor:
        return nn.functional.dropout(super().forward(lightness), 0.5, self.training)


def test_randomness_inside_the_step_is_resumed_too(
    photo_zip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    architectures()
    entry = Architecture("tiny", Dropping, "Tiny", "one layer", "none", build_critic=TinyCritic)
    monkeypatch.setitem(registry._TABLE, "tiny", entry)
    recipe = game("critic.game=wasserstein", "run.steps=4")  # its penalty draws, too
    train(recipe, [], start(photo_zip, tmp_path / "whole"), Task())
    task = Task(lambda fraction, _: task.cancel() if fraction >= 0.5 else None)
    with pytest.raises(Cancelled):
        train(recipe, [], start(photo_zip, tmp_path / "broken"), task)
    train(recipe, [], start(photo_zip, tmp_path / "broken"), Task())
    assert losses(tmp_path / "broken") == pytest.approx(losses(tmp_path / "whole"), rel=1e-6)


@pytest.mark.usefixtures("tiny")
def test_the_recipe_decides_what_is_best(photo_zip: Path, tmp_path: Path) -> None:
    still = ["optimizer.lr=0", "run.steps=9", "run.eval_every=1", "run.patience=2"]
    recipe = game("run.judge=loss", *still)
    train(recipe, [], start(photo_zip, tmp_path / "run"), Task())
    found = load_checkpoint(tmp_path / "run" / "last.pt")
    assert found.step == 3  # the first is best, two more are not better
    with (tmp_path / "run" / "validation.csv").open(newline="") as file:
        rows = [float(row["loss"]) for row in csv.DictReader(file)]
    assert found.best == pytest.approx(rows[0], rel=1e-5)
    assert load_checkpoint(tmp_path / "run" / "best.pt").step == 1


@pytest.mark.usefixtures("tiny")
def test_pictures_of_other_sources_can_be_held_out(photo_folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for file in list(photo_folder.rglob("*.jpg"))[:3]:
        file.rename(other / file.name)
    begin = start(photo_folder, tmp_path / "run", validation=(other,), tensorboard=True)
    scores = train(game("run.steps=2"), [], begin, Task())
    assert scores is not None
    assert scores.n == 3
    assert (tmp_path / "run" / "samples.png").read_bytes().startswith(b"\x89PNG")
    assert list((tmp_path / "run" / "tensorboard").iterdir())


def test_a_limited_run_takes_pictures_from_everywhere(photo_folder: Path, tmp_path: Path) -> None:
    recipe = debug("data.val_percent=0")
    training, _ = held_apart(recipe, start(photo_folder, tmp_path, limit_images=10))
    assert len(training) == 10
    assert [p.group for p in training].count("blue") == 5


def test_a_frozen_trunk_keeps_its_norms_while_training(photo_zip: Path, tmp_path: Path) -> None:
    overrides = [
        "architecture=densenet121", "options={}", "trunk=[]", "target.name=ab", "target.options={}",
        "loss.terms={mse = 1.0}", "run.steps=1", "run.eval_every=9", "optimizer.ema=0",
    ]  # fmt: skip
    recipe = read_recipe("debug", [*overrides, "data.crop=32", "data.min_chroma=0"])
    train(recipe, [], start(photo_zip, tmp_path / "run"), Task())
    found = load_checkpoint(tmp_path / "run" / "last.pt").network
    assert not found["trunk.norm0.running_mean"].any()
    assert found["decoder.1.running_mean"].any()


def test_halving_forgets_the_moments_if_asked() -> None:
    recipe = debug(
        "optimizer.warmup_steps=1",
        "optimizer.decay_share=0",
        "optimizer.halve_every=3",
        "optimizer.reset_on_halving=true",
        "run.steps=9",
    )
    assert [learning_rate(step, recipe) for step in (1, 3, 4, 7)] == [1e-3, 1e-3, 5e-4, 2.5e-4]
    network = TinyNetwork()
    optimizer = make_optimizer(network, recipe)
    network(torch.ones(1, 1, 4, 4)).sum().backward()
    set_rate(optimizer, 3, recipe)
    optimizer.step()
    assert optimizer.state
    set_rate(optimizer, 4, recipe)
    assert not optimizer.state


class Recorder(nn.Module):
    """Remembers what it was shown."""

    def __init__(self) -> None:
        super().__init__()
        self.layer = nn.Conv2d(1, 2, 1)
        self.seen = torch.empty(0)

    def forward(self, lightness: Tensor) -> Tensor:
        self.seen = lightness
        prediction: Tensor = self.layer(lightness / 100)
        return prediction


@pytest.mark.parametrize("gray", ["lightness", "luma", "swapped-luma"])
def test_the_recipe_decides_which_gray_is_seen(gray: str) -> None:
    network = Recorder()
    objective = Colorization(network, AbRegression(), (), {"mse": 1.0}, gray)
    red = torch.tensor([0.8, 0.1, 0.1]).view(1, 3, 1, 1).expand(1, 3, 4, 4)
    ab = ab_from_rgb(red)
    lightness = torch.full((1, 1, 4, 4), 46.0)
    aged = lightness + 5
    objective({"lightness": aged, "true_lightness": lightness, "ab": ab}, "network")
    expected = {
        "lightness": aged,
        "luma": lightness_of_luma(lightness, ab),
        "swapped-luma": lightness_of_luma(lightness, ab, swapped=True),
    }[gray]
    torch.testing.assert_close(network.seen, expected)


def test_the_data_decide_how_many_bins_there_are(photo_zip: Path, tmp_path: Path) -> None:
    overrides = [
        "architecture=resnet18-bins", "options={}", "trunk=[]", "target.name=ab-grid",
        "target.options={}", "loss.terms={eq4 = 1.0}", "run.steps=2", "run.eval_every=9",
        "data.crop=32", "data.min_chroma=0",
    ]  # fmt: skip
    recipe = read_recipe("debug", overrides)
    train(recipe, overrides, start(photo_zip, tmp_path / "run"), Task())
    found = load_checkpoint(tmp_path / "run" / "last.pt")
    assert found.prior is not None
    assert 20 < int((found.prior > 0).sum()) < 484
    _, objective, _ = load_objective(tmp_path / "run" / "last.pt")
    ab = objective.predict(torch.full((1, 1, 32, 32), 50.0))
    assert ab.shape == (1, 2, 32, 32)
