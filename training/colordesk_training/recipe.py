"""A recipe is an experiment as a TOML file; everything that decides the result is in it.

Only where the photographs and the ImageNet weights lie is given on the command line, since that
differs from machine to machine. Invariant: a recipe that exists has no unknown key and no value
of a wrong type, so a spelling mistake never trains something else than was meant.
"""

from __future__ import annotations

import dataclasses
import tomllib
import types
import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from colordesk.errors import ColorDeskError


class RecipeError(ColorDeskError):
    """A recipe cannot be used.

    Args:
        recipe: its name or path.
        problem: one plain clause.
    """

    def __init__(self, recipe: str, problem: str) -> None:
        super().__init__(recipe, problem)
        self.recipe = recipe
        self.problem = problem


PRECISIONS = ("32-true", "bf16-mixed", "16-mixed")
"""What `run.precision` can be, in Lightning's words."""


def _at_least(least: float, **values: float) -> None:
    for name, value in values.items():
        if value < least:
            raise ValueError(f"{name} must be at least {least}, not {value}")


@dataclass(frozen=True)
class ModelCard:
    """What the exported file says of itself."""

    id: str
    title: str
    summary: str
    licence: str = "not stated"
    training_data: str = "not stated"
    preferred_size: int = 256


@dataclass(frozen=True)
class TargetSpec:
    """How colour is encoded for the network."""

    name: str = "ab-bins"
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class LossSpec:
    """Weights of the loss terms that the target offers; a term that is not named is off."""

    terms: Mapping[str, float] = field(default_factory=lambda: {"cross_entropy": 1.0})


@dataclass(frozen=True)
class DataSpec:
    """Which crops the network sees."""

    crop: int = 128
    """Side of the square training crops, in pixels."""
    batch_size: int = 32
    val_percent: int = 2
    """Share of pictures kept for validation, chosen by hashing names."""
    val_images: int = 256
    """At most this many validation pictures are scored during training."""
    min_scale: float = 0.5
    """Smallest side of a crop as a share of the picture's short side."""
    max_scale: float = 1.0
    """Largest one; as `min_scale`, it makes all crops of one size."""
    augment: str = "flip"
    """How crops are varied: flip (half are mirrored); none; fourfold, paper 001's four variants of
    each picture (noise, rotation, mirrored, upside down); fivefold, with the picture itself."""
    film: float = 0.0
    """Probability that a crop's lightness is aged like a scan of old film."""
    hints: float = 0.0
    """Probability that a crop comes with colour points (Zhang 2017, section 3.1)."""
    gray: str = "lightness"
    """Which gray the network sees: lightness; luma (papers 003 and 004), which is not aged; or
    swapped-luma, paper 003's with red and blue exchanged."""
    min_chroma: float = 2.0
    """Pictures whose mean chroma is lower teach nothing but gray; they are skipped."""
    group_weights: Mapping[str, float] = field(default_factory=dict)
    """How often pictures of a group (first folder of the name) are drawn; 1 where not named."""
    labels: bool = False
    """Whether batches carry ``label``, the number of the folder in which a picture lies."""
    workers: int = 2

    def __post_init__(self) -> None:
        _at_least(1, crop=self.crop, batch_size=self.batch_size, val_images=self.val_images)
        _at_least(0, val_percent=self.val_percent, workers=self.workers)
        if self.augment not in ("flip", "none", "fourfold", "fivefold"):
            known = "flip, none, fourfold or fivefold"
            raise ValueError(f"augment must be {known}, not {self.augment!r}")
        if not 0 < self.min_scale <= self.max_scale <= 1:
            given = f"{self.min_scale} and {self.max_scale}"
            raise ValueError(f"min_scale and max_scale must rise, from above 0 to 1, not {given}")
        if self.gray not in ("lightness", "luma", "swapped-luma"):
            raise ValueError(f"gray must be lightness, luma or swapped-luma, not {self.gray!r}")


@dataclass(frozen=True)
class OptimizerSpec:
    """Optimizer and rate: a warm-up, a constant or halved part, a linear fall to zero."""

    name: str = "adamw"
    """adamw, adam, sgd or rmsprop."""
    lr: float = 1e-3
    momentum: float = 0.9
    """Momentum, or Adam's first beta."""
    beta2: float = 0.999
    trunk_lr: float = 1.0
    """Factor on `lr` for weights that came from ImageNet."""
    weight_decay: float = 1e-2
    warmup_steps: int = 200
    halve_every: int = 0
    """Halve the rate every so many steps; 0 never does."""
    reset_on_halving: bool = False
    """Forget the optimizer's moments when the rate is halved."""
    drop_at: int = 0
    """After so many steps the rate is multiplied by `drop_factor`, once; 0 never."""
    drop_factor: float = 0.1
    min_lr: float = 0.0
    decay_share: float = 0.25
    """Share of all steps over which the rate falls to zero at the end."""
    clip_norm: float = 1.0
    """Largest norm of the gradient; 0 does not clip."""
    ema: float = 0.999
    """Decay of the averaged weights that are evaluated and exported; 0 turns averaging off."""

    def __post_init__(self) -> None:
        _at_least(0, lr=self.lr, weight_decay=self.weight_decay, halve_every=self.halve_every)


@dataclass(frozen=True)
class CriticSpec:
    """The critic of an adversarial game."""

    game: str = "vanilla"
    """vanilla (binary cross-entropy) or wasserstein."""
    weight: float = 1.0
    """Weight of the network's wish to fool the critic; 0 only trains the critic along."""
    gradient_penalty: float = 10.0
    r1: float = 0.0
    options: Mapping[str, Any] = field(default_factory=dict)
    """Keyword arguments of the architecture's critic."""

    def __post_init__(self) -> None:
        if self.game not in ("vanilla", "wasserstein"):
            raise ValueError(f"game must be vanilla or wasserstein, not {self.game!r}")


@dataclass(frozen=True)
class FitSpec:
    """A linear support vector regression, fitted by scikit-learn instead of trained."""

    samples: int = 200_000
    """About so many points of pictures are learned from, evenly over the pictures."""
    c: float = 1.0
    """Weight of the errors against that of small coefficients, as of LinearSVR's C."""
    passes: int = 20
    """How often all samples are gone through."""


@dataclass(frozen=True)
class RunSpec:
    """How long, and how often something is written down."""

    steps: int = 1000
    """0 takes the network as it is built."""
    seed: int = 1
    precision: str = "bf16-mixed"
    log_every: int = 20
    eval_every: int = 500
    save_every: int = 250
    judge: str = "ciede2000"
    """What decides which evaluation is best: ciede2000 or loss, both of the held-out pictures."""
    patience: int = 0
    """Stop after this many evaluations without a better one; 0 never stops early."""

    def __post_init__(self) -> None:
        _at_least(0, steps=self.steps, patience=self.patience)
        _at_least(1, log_every=self.log_every, eval_every=self.eval_every)
        _at_least(1, save_every=self.save_every)
        if self.precision not in PRECISIONS:
            known = ", ".join(PRECISIONS)
            raise ValueError(f"precision must be one of {known}, not {self.precision!r}")
        if self.judge not in ("ciede2000", "loss"):
            raise ValueError(f"judge must be ciede2000 or loss, not {self.judge!r}")


@dataclass(frozen=True)
class Recipe:
    """One experiment."""

    architecture: str
    card: ModelCard
    options: Mapping[str, Any] = field(default_factory=dict)
    """Keyword arguments of the architecture."""
    trunk: tuple[str, ...] = ()
    """Prefixes of the parameters that learn at `optimizer.trunk_lr`."""
    target: TargetSpec = field(default_factory=TargetSpec)
    loss: LossSpec = field(default_factory=LossSpec)
    critic: CriticSpec | None = None
    fit: FitSpec | None = None
    """Instead of the training loop; `run.steps` then counts batches of pictures that are read."""
    data: DataSpec = field(default_factory=DataSpec)
    optimizer: OptimizerSpec = field(default_factory=OptimizerSpec)
    run: RunSpec = field(default_factory=RunSpec)
    text: str = ""
    """The TOML text it was read from, with overrides appended as comments."""


def recipes_dir() -> Path:
    """Return the folder of the bundled recipes."""
    return Path(__file__).resolve().parent / "recipes"


def recipe_names() -> tuple[str, ...]:
    """Return the names of the bundled recipes."""
    return tuple(sorted(path.stem for path in recipes_dir().glob("*.toml")))


def read_recipe(name: str, overrides: Sequence[str] = ()) -> Recipe:
    """Read a bundled recipe by name, or a file by path.

    Args:
        name: e.g. ``colordesk-base`` or ``my/recipe.toml``.
        overrides: e.g. ``["run.steps=100", "data.crop=64"]``; values are TOML.

    Raises:
        RecipeError: no such recipe, not TOML, an unknown key or a wrong type.
    """
    path = Path(name) if name.endswith(".toml") else recipes_dir() / f"{name}.toml"
    if not path.is_file():
        raise RecipeError(name, f"there is no such recipe; known: {', '.join(recipe_names())}")
    return parse_recipe(path.read_text(encoding="utf-8"), name, overrides)


def parse_recipe(text: str, name: str, overrides: Sequence[str] = ()) -> Recipe:
    """Parse recipe text; see `read_recipe`."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RecipeError(name, f"it is not valid TOML ({error})") from error
    for override in overrides:
        _override(data, override, name)
        text += f"# --set {override}\n"
    recipe: Recipe = from_table(Recipe, {**data, "text": text}, "", name)
    return recipe


def _override(data: dict[str, Any], override: str, name: str) -> None:
    key, equals, value = override.partition("=")
    if not equals:
        raise RecipeError(name, f"--set wants key=value, not {override!r}")
    try:
        parsed = tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        parsed = value
    *parents, last = key.strip().split(".")
    for parent in parents:
        data = data.setdefault(parent, {})
        if not isinstance(data, dict):
            raise RecipeError(name, f"{parent} in {key!r} is not a table")
    data[last] = parsed


def from_table(kind: Any, data: Mapping[str, Any], prefix: str, name: str) -> Any:
    """Make a dataclass from a TOML table, strict about keys and types.

    Args:
        kind: the dataclass; its fields may be dataclasses, or tuples of strings or dataclasses.
        data: the table.
        prefix: where in the file it stands, for errors; ends in a dot unless empty.
        name: of the file, for errors.

    Raises:
        RecipeError: an unknown or missing key, or a value of a wrong type.
    """
    hints = typing.get_type_hints(kind)
    fields = {entry.name: entry for entry in dataclasses.fields(kind)}
    if unknown := sorted(set(data) - set(fields)):
        listed = ", ".join(key for key in fields if key != "text")
        raise RecipeError(name, f"it has an unknown key {prefix}{unknown[0]}; known: {listed}")
    missing = [
        key
        for key, entry in fields.items()
        if key not in data
        and entry.default is dataclasses.MISSING
        and entry.default_factory is dataclasses.MISSING
    ]
    if missing:
        raise RecipeError(name, f"it lacks the key {prefix}{missing[0]}")
    values = {key: _value(hints[key], value, prefix + key, name) for key, value in data.items()}
    try:
        return kind(**values)
    except ValueError as error:
        raise RecipeError(name, f"{prefix.rstrip('.')}: {error}") from error


def _value(hint: Any, value: Any, key: str, name: str) -> Any:
    if typing.get_origin(hint) is types.UnionType:  # an optional table
        (hint,) = (part for part in typing.get_args(hint) if part is not types.NoneType)
    if dataclasses.is_dataclass(hint):
        if not isinstance(value, Mapping):
            raise RecipeError(name, f"{key} must be a table, not {value!r}")
        return from_table(hint, value, f"{key}.", name)
    origin = typing.get_origin(hint)
    if origin is tuple and isinstance(value, list):
        return tuple(_value(typing.get_args(hint)[0], part, key, name) for part in value)
    if hint is float and type(value) is int:
        return float(value)
    expected = Mapping if origin is Mapping or isinstance(value, Mapping) else hint
    if (
        origin is tuple
        or not isinstance(value, expected)
        or isinstance(value, bool) != (hint is bool)
    ):
        wanted = getattr(origin or hint, "__name__", str(hint)).lower()
        raise RecipeError(name, f"{key} must be of type {wanted}, not {value!r}")
    return value
