from __future__ import annotations

import csv
import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from colordesk.task import Task
from colordesk_training.cli import main
from colordesk_training.data.sources import list_pictures
from colordesk_training.experiments import judge, recognition, rows
from colordesk_training.experiments.catalogue import (
    SCALES,
    Claim,
    Experiment,
    Row,
    Scale,
    UnknownExperiment,
    experiment,
    experiments,
    read_paper,
)
from colordesk_training.experiments.claims import FAILS, HOLDS, OPEN, check
from colordesk_training.experiments.histogram import colours
from colordesk_training.experiments.measures import COLUMNS, base
from colordesk_training.experiments.pictures import squares
from colordesk_training.experiments.reproduce import reproduce
from colordesk_training.experiments.rows import Bench, trained_row
from colordesk_training.recipe import RecipeError, read_recipe
from colordesk_training.registry import architecture
from colordesk_training.start import BackboneNeeded
from colordesk_training.targets.uv import Uv

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")  # Fabric's advice about workers

SMOKE = Scale(
    side=32,
    images=0,
    judged=6,
    set=(
        "data.val_percent=30",
        "data.workers=0",
        "data.val_images=2",
        "data.batch_size=4",
        "run.steps=2",
        "run.log_every=1",
        "run.eval_every=2",
    ),
)
SMALL_NET = ("options.hidden=[8]",)
TINY = Experiment(
    name="003-tiny",
    paper="003",
    title="Tiny",
    source="nowhere",
    data="nothing",
    scales=dict.fromkeys(SCALES, SMOKE),
    columns=("train:percent", "valid:percent", "test:percent", "ciede2000", "chroma"),
    rows=(
        Row("a", "mlp", SMALL_NET, reported={"test:percent": 3.2}),
        Row("b", "mlp", (*SMALL_NET, "options.activation=relu")),
        Row("a again", "mlp", SMALL_NET, decode=("target.options.signed=true",)),
    ),
    claims=(Claim("a is as good as b", "test:percent", ("a", "b")),),
)


def bench(photos: Path, tmp_path: Path, **options: object) -> Bench:
    values = {"scale": "smoke", "data": {"": (photos,)}, "out": tmp_path / "out", "device": "cpu"}
    return Bench(**{**values, **options})  # type: ignore[arg-type]


def test_all_experiments_of_the_five_papers_are_there() -> None:
    papers = [entry.paper for entry in experiments()]
    assert [papers.count(f"00{i}") for i in range(5)] == [4, 5, 4, 9, 6]
    assert sum(bool(entry.claims) for entry in experiments()) > 20


@pytest.mark.parametrize("found", experiments(), ids=lambda entry: entry.name)
def test_every_experiment_names_only_what_there_is(found: Experiment) -> None:
    names = {row.name for row in found.rows}
    for column in (*found.columns, *(claim.column for claim in found.claims)):
        assert base(column) in COLUMNS
    for row in found.rows:
        assert {base(column) for column in row.reported} <= set(COLUMNS)
        for scale in SCALES:
            read_recipe(row.recipe, [*found.scales[scale].set, *row.at(scale), *row.decode])
    assert names


def test_the_papers_own_size_fits_every_network() -> None:
    """Scale full is for machines with the papers' data; here its shapes alone are tried."""
    tried = set()
    for found in experiments():
        assert found.scales["full"].side == 0  # pictures as they are
        for row in found.rows:
            recipe = read_recipe(row.recipe, [*found.scales["full"].set, *row.at("full")])
            made, side = architecture(recipe.architecture), recipe.data.crop
            if (variant := repr((made.name, recipe.options, side))) in tried:
                continue
            tried.add(variant)
            with torch.device("meta"):
                planes = [torch.zeros(2, n, side, side) for n in (1, *(3 for _ in made.inputs))]
                painted = made.build(**recipe.options)(*planes)
            assert painted.shape[0] == 2
            assert side % painted.shape[-1] == 0 or painted.shape[-1] == 256  # pix2pix enlarges
    assert len(tried) > 20


def test_the_authors_mistakes_are_made_again_only_when_asked_for() -> None:
    tab1 = experiment("002-tab1")
    assert not any(row.fault for row in tab1.mended().rows)
    faithful = tab1.as_published()
    assert faithful.name == "002-tab1-faithful"
    assert {row.fault for row in faithful.rows} == {"", "white", "double-lightness"}
    assert len(faithful.claims) > len(tab1.mended().claims) > 0
    mlp = experiment("003-tab4-bn")
    for version, gray in ((mlp.mended(), "luma"), (mlp.as_published(), "swapped-luma")):
        assert {read_recipe(row.recipe, row.set).data.gray for row in version.rows} == {gray}
    assert experiment("004-tab1").as_published() is experiment("004-tab1")
    scales = {"cie76", "cie76_002", "cie76_002_hls"}
    assert scales <= set(tab1.columns)  # the true one and the paper's two others


def test_an_experiment_is_found_by_the_end_of_its_name() -> None:
    assert experiment("tab2a-blocks").name == "004-tab2a-blocks"
    with pytest.raises(UnknownExperiment) as error:
        experiment("tab1")
    assert error.value.known == ("002-tab1", "004-tab1")
    with pytest.raises(UnknownExperiment) as error:
        experiment("tab9")
    assert len(error.value.known) == 28


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ('[[experiments.x.rows]]\nname = "a"\nrecipe = "mlp"', "two rows of one name"),
        ('[[experiments.x.claims]]\ntext = ""\ncolumn = "mse"\norder = ["a", "c"]', "a row 'c'"),
        ('[[experiments.x.rows]]\nname = "b"\nrecipe = "mlp"\nstart = "d"', "a row 'd'"),
        ('[[experiments.x.rows]]\nname = "b"\nrecipe = "mlp"\nfault = "?"', "fault must be"),
        ('[[experiments.x.rows]]\nname = "b"\nrecept = "mlp"', "unknown key"),
    ],
)
def test_a_wrong_experiment_is_refused(more: str, problem: str, tmp_path: Path) -> None:
    text = 'data = ""\n[full]\n[small]\n[smoke]\n[experiments.x]\ntitle = ""\nsource = ""\n'
    path = tmp_path / "paper-009.toml"
    path.write_text(f'{text}[[experiments.x.rows]]\nname = "a"\nrecipe = "mlp"\n{more}\n')
    with pytest.raises(RecipeError) as error:
        read_paper(path)
    assert problem in error.value.problem


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        ([1.0, 2.0, 3.0, 4.0], [1.5, 2.4, 3.6, 4.5], HOLDS),
        ([1.5, 2.4, 3.6, 4.5], [1.0, 2.0, 3.0, 4.0], FAILS),
        ([1.0, 2.0, 3.0, 4.0], [1.4, 1.7, 3.3, 3.8], OPEN),
        ([3.0], [4.0], HOLDS),
        ([float("nan")], [4.0], OPEN),
    ],
)
def test_claims_are_judged_picture_by_picture(a: list[float], b: list[float], verdict: str) -> None:
    found = {"a": np.array(a), "b": np.array(b)}
    claim = Claim("", "loss", ("a", "b"))
    assert check(claim, lambda row, _: found[row], "lowest").verdict == verdict
    turned = Claim("", "loss", ("b", "a"))
    assert check(turned, lambda row, _: found[row], "highest").verdict == verdict


def test_rows_joined_in_a_claim_are_not_compared_with_each_other() -> None:
    found = {"a": np.array([1.0]), "b": np.array([2.0]), "c": np.array([3.0])}
    claim = Claim("", "loss", ("b=a", "c"))
    assert check(claim, lambda row, _: found[row], "lowest").verdict == HOLDS


def test_an_experiment_leaves_a_table_figures_and_what_became_of_its_claims(
    photo_folder: Path, tmp_path: Path
) -> None:
    place = bench(photo_folder, tmp_path)
    findings = reproduce(TINY, place, Task())
    folder = place.out / "003-tiny"
    assert (folder / "samples.png").read_bytes().startswith(b"\x89PNG")
    assert (folder / "curves.png").read_bytes().startswith(b"\x89PNG")
    page = (folder / "table.md").read_text(encoding="utf-8")
    assert "loss, %, test (paper)" in page
    assert "as squares of 32 px" in page
    assert "a is as good as b" in page
    assert "`data.val_percent=30" in page
    with (folder / "table.csv").open(newline="") as file:
        table = {row["row"]: row for row in csv.DictReader(file)}
    assert list(table) == ["a", "b", "a again", "gray", "truth"]
    assert table["a"]["test:percent (paper)"] == "3.2"
    assert table["a"]["steps"] == "2"
    assert float(table["truth"]["ciede2000"]) < 0.3
    assert float(table["gray"]["chroma"]) == 0
    assert 0 < float(table["gray"]["test:percent"]) < float(table["a"]["test:percent"])
    assert len(list((place.out / "runs").iterdir())) == 2  # `a again` is `a`
    assert findings.outcomes[0].claim is TINY.claims[0]


def test_a_finished_row_is_not_trained_again(
    photo_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = bench(photo_folder, tmp_path)
    alone = dataclasses.replace(TINY, rows=TINY.rows[:1], claims=())
    first = reproduce(alone, place, Task())
    monkeypatch.setattr(rows, "learn", lambda *_: pytest.fail("trained again"))
    assert repr(reproduce(alone, place, Task()).lines) == repr(first.lines)
    with pytest.raises(pytest.fail.Exception):
        reproduce(TINY, place, Task())


def test_a_row_starts_from_another(photo_folder: Path, tmp_path: Path) -> None:
    frozen = ("optimizer.lr=0.0", *SMALL_NET)
    made = dataclasses.replace(
        TINY,
        columns=("percent",),
        claims=(),
        rows=(
            Row("before", "mlp", SMALL_NET, stage=True),
            Row("after", "mlp", (*frozen, "options.norm=all"), start="before"),
        ),
    )
    place = bench(photo_folder, tmp_path)
    found = trained_row(made, made.row("after"), place, Task())
    before = trained_row(made, made.row("before"), place, Task())
    assert "starts from before" in found.remarks
    assert "before" not in [line.name for line in reproduce(made, place, Task()).lines]
    assert found.judged.values["percent"] == pytest.approx(
        before.judged.values["percent"], rel=0.2
    )  # only the norms' running means have moved on


def test_finished_models_stand_in_for_rows(photo_folder: Path, tmp_path: Path) -> None:
    place = bench(photo_folder, tmp_path)
    published = Row("published", "mlp", weights="needed")
    needed = dataclasses.replace(TINY, claims=(), rows=(TINY.rows[0], published))
    without = reproduce(needed, place, Task())
    assert [line.name for line in without.lines] == ["a", "gray", "truth"]
    assert any("published: left out" in remark for remark in without.remarks)
    (run,) = (place.out / "runs").iterdir()
    given = bench(photo_folder, tmp_path, models={"published": run / "last.pt"})
    lines = {line.name: line for line in reproduce(needed, given, Task()).lines}
    assert lines["published"].found["ciede2000"] == lines["a"].found["ciede2000"]


def test_a_trunk_without_weights_must_be_asked_for(photo_folder: Path, tmp_path: Path) -> None:
    made = dataclasses.replace(TINY, columns=("chroma",), rows=(Row("x", "resnet18-mse"),))
    with pytest.raises(BackboneNeeded):
        trained_row(made, made.rows[0], bench(photo_folder, tmp_path), Task())
    found = trained_row(
        made, made.rows[0], bench(photo_folder, tmp_path, random_backbones=True), Task()
    )
    assert "random trunk, not ImageNet's" in found.remarks


def test_the_best_pictures_are_ranked(photo_folder: Path, tmp_path: Path) -> None:
    made = dataclasses.replace(
        TINY,
        kind="best",
        by="l2_001",
        columns=("l2_001", "ciede2000"),  # not the one that the row has a reported number of
        reported=(221.59, 370.62, 790.31),
        rows=TINY.rows[:1],
        claims=(),
    )
    place = bench(photo_folder, tmp_path)
    lines = reproduce(made, place, Task()).lines
    found = [line.found["l2_001"] for line in lines[:3]]
    assert found == sorted(found)
    assert lines[0].reported == {"l2_001": 221.59}
    assert found[0] <= lines[3].found["l2_001"]  # the mean of all
    assert (place.out / "003-tiny" / "best.png").exists()


def test_the_truth_is_perfect_and_gray_scores_what_it_should(photo_folder: Path) -> None:
    pictures = list_pictures([photo_folder])[:4]
    columns = ("ciede2000", "uv_mse", "uv_004")
    true = judge.judge(judge.truth, pictures, 32, columns, Task())
    assert true.values["ciede2000"].max() < 0.3
    assert np.isnan(true.values["uv_mse"]).all()
    gray = judge.judge(judge.gray(Uv()), pictures, 32, columns, Task())
    assert gray.values["uv_mse"] == pytest.approx(gray.values["uv_004"], rel=0.02)
    assert gray.painted.shape == (4, 32, 32, 3)
    assert int(np.ptp(gray.painted.astype(int), axis=3).max()) <= 1


def test_the_mistakes_of_paper_002_can_be_made_again(photo_folder: Path) -> None:
    seen: list[torch.Tensor] = []

    def paint(shown: torch.Tensor, lightness: torch.Tensor, ab: torch.Tensor) -> object:
        seen.append(shown)
        return ab, [{} for _ in ab]

    pictures = list_pictures([photo_folder])[:2]
    white = judge.judge(paint, pictures, 32, ("mse",), Task(), fault="white")  # type: ignore[arg-type]
    assert white.painted.mean() > 235
    assert float(seen[0].max()) > 5000
    judge.judge(paint, pictures, 32, ("mse",), Task(), fault="double-lightness")  # type: ignore[arg-type]
    judge.judge(paint, pictures, 32, ("mse",), Task())  # type: ignore[arg-type]
    dark, light = seen[2] < 20, seen[2] > 60
    moved = seen[1] - seen[2]  # 10 becomes 9.3, 70 becomes 72.6
    assert float(moved[dark & (seen[2] < 15)].max()) < 0.5
    assert 1 < float(moved[light & (seen[2] < 80)].mean()) < 4


def test_squares_are_made_once_and_leave_gray_out(photo_folder: Path, tmp_path: Path) -> None:
    Image.new("RGB", (50, 40), (90, 90, 90)).save(photo_folder / "red" / "gray.png")
    cache = squares([photo_folder], 0, 24, tmp_path / "caches", Task())
    assert len(list_pictures([cache])) == 40
    assert cache == squares([photo_folder], 0, 24, tmp_path / "caches", Task())
    fewer = squares([photo_folder], 10, 24, tmp_path / "caches", Task())
    assert 9 <= len(list_pictures([fewer])) <= 10


def test_colours_are_counted(tmp_path: Path) -> None:
    for name, colour in (("a", (200, 30, 30)), ("b", (30, 30, 200))):
        Image.new("RGB", (16, 16), colour).save(tmp_path / f"{name}.png")
    found = colours(list_pictures([tmp_path]), 0, Task())
    assert found.pictures == 2
    assert sorted(found.shares[found.shares > 0]) == [0.5, 0.5]
    numbers = found.numbers()
    assert numbers["Q"] == 2
    assert numbers["middle_share"] == 0
    assert numbers["largest_weight"] == pytest.approx(1)


def test_a_classifier_knows_colours_that_gray_does_not_tell(tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    for i in range(24):
        shade = int(random.integers(150, 250))
        colour = (shade, 40, 40) if i % 2 else (40, 40, shade)
        path = tmp_path / ("red" if i % 2 else "blue") / f"{i}.png"
        path.parent.mkdir(exist_ok=True)
        Image.new("RGB", (32, 32), colour).save(path)
    training = list_pictures([tmp_path])
    true = np.zeros((6, 32, 32, 3), np.uint8)
    true[:3] = (200, 40, 40)
    true[3:] = (40, 40, 200)
    versions = {"truth": true, "colorized": true[::-1]}
    found = recognition.fitted(training, ["red"] * 3 + ["blue"] * 3, versions, None, Task())
    assert found.right["truth"].all()
    assert not found.right["colorized"].any()
    assert "random weights" in found.how


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["reproduce", "--list"], 0, "004-tab2a-blocks"),
        (["reproduce", "tab1", "--data", "photos"], 1, "002-tab1, 004-tab1"),
        (["reproduce", "tab2a-blocks"], 2, "--data"),
        (["reproduce", "tab2a-blocks", "--data", "photos", "--scale", "huge"], 2, "smoke"),
        (["reproduce", "fig2-cifar", "--data", "photos", "--scale", "smoke"], 1, "--backbone"),
    ],
)
def test_the_command(
    arguments: list[str],
    code: int,
    sentence: str,
    photo_folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(photo_folder.parent)
    monkeypatch.setenv("COLUMNS", "200")
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    shown = capsys.readouterr()
    assert (stop.value.code or 0) == code
    assert sentence in shown.out + shown.err
    assert "Traceback" not in shown.err
