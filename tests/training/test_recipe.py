from __future__ import annotations

import pytest

from colordesk_training.objective import make_objective
from colordesk_training.recipe import RecipeError, parse_recipe, read_recipe, recipe_names

MINIMAL = """
architecture = "colordesk-base"
[card]
id = "x"
title = "X"
summary = "x"
"""


@pytest.mark.parametrize("name", recipe_names())
def test_every_bundled_recipe_builds_its_network(name: str) -> None:
    recipe = read_recipe(name)
    objective = make_objective(recipe)
    assert objective.weights == dict(recipe.loss.terms)
    names = [parameter for parameter, _ in objective.network.named_parameters()]
    for prefix in recipe.trunk:
        assert any(parameter.startswith(prefix) for parameter in names)


def test_defaults_fill_what_is_not_said() -> None:
    recipe = parse_recipe(MINIMAL, "x")
    assert recipe.run.seed == 1
    assert recipe.data.crop == 128


def test_overrides_are_typed_and_remembered() -> None:
    recipe = parse_recipe(MINIMAL, "x", ["run.steps=7", "optimizer.lr=1", "run.precision=32-true"])
    assert recipe.run.steps == 7
    assert recipe.optimizer.lr == 1.0
    assert recipe.run.precision == "32-true"
    assert "# --set run.steps=7" in recipe.text


@pytest.mark.parametrize(
    ("text", "override", "problem"),
    [
        (MINIMAL + "[run]\nstepps = 3", None, "unknown key run.stepps; known: steps"),
        (MINIMAL, "data.corp=3", "unknown key data.corp"),
        (MINIMAL, "run.steps=many", "run.steps must be of type int"),
        (MINIMAL, "run.steps=1.5", "run.steps must be of type int"),
        (MINIMAL, "run.steps=true", "run.steps must be of type int"),
        (MINIMAL, "data=3", "data must be a table"),
        (MINIMAL, "architecture.x=3", "not a table"),
        (MINIMAL, "nothing", "wants key=value"),
        (MINIMAL, "data.batch_size=0", "data: batch_size must be at least 1, not 0"),
        (MINIMAL, "data.max_scale=0.3", "min_scale and max_scale must rise"),
        (MINIMAL, "optimizer.lr=-1", "optimizer: lr must be at least 0"),
        (MINIMAL, "run.log_every=0", "run: log_every must be at least 1"),
        (MINIMAL, "run.precision=half", "run: precision must be one of 32-true, bf16-mixed"),
        ("architecture = ", None, "not valid TOML"),
        ('architecture = "colordesk-base"', None, "lacks the key card"),
    ],
)
def test_a_wrong_recipe_is_refused(text: str, override: str | None, problem: str) -> None:
    with pytest.raises(RecipeError) as error:
        parse_recipe(text, "x", [override] if override else [])
    assert problem in error.value.problem


def test_an_unknown_name_lists_the_known() -> None:
    with pytest.raises(RecipeError, match="colordesk-base"):
        read_recipe("no-such-recipe")
