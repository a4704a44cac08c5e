"""The experiments as data: `paper-*.toml` beside this file, one file a paper.

An experiment is a table of the paper (or a figure with numbers under it): rows are trainings,
columns are measures, claims are orderings of rows. Invariant: an experiment that exists names only
keys, rows, recipes and kinds that exist, so a spelling mistake is found on reading.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from colordesk.errors import ColorDeskError
from colordesk_training.recipe import RecipeError, from_table

SCALES = ("smoke", "small", "full")
KINDS = ("table", "histogram", "best", "recognised")
FAULTS = ("", "white", "double-lightness")


class UnknownExperiment(ColorDeskError):
    """No experiment has this name, or several have.

    Args:
        wanted: the name that was asked for.
        known: the names that come into question.
    """

    def __init__(self, wanted: str, known: tuple[str, ...]) -> None:
        super().__init__(wanted, known)
        self.wanted = wanted
        self.known = known


@dataclass(frozen=True)
class Scale:
    """How large an experiment is done."""

    side: int = 0
    """Pictures are first made squares of this side; 0 takes them as they are."""
    images: int = 0
    """At most so many pictures, spread over the sources; 0 takes all."""
    judged: int = 200
    """At most so many held-out pictures are measured."""
    set: tuple[str, ...] = ()
    """Recipe keys of all rows, as `--set` takes them."""


@dataclass(frozen=True)
class Row:
    """One training, judged."""

    name: str
    recipe: str
    set: tuple[str, ...] = ()
    """Recipe keys that make this row what it is."""
    small: tuple[str, ...] = ()
    """Further keys at scale small, for rows that are too dear or too cheap for those of all."""
    smoke: tuple[str, ...] = ()
    full: tuple[str, ...] = ()
    decode: tuple[str, ...] = ()
    """Keys that change only how the trained network is read out."""
    data: str = ""
    """Name of the data it is trained on, where an experiment has several (`--data NAME=PATH`)."""
    side: int = 0
    """Side of this row's pictures where it differs from the scale's, for scale small and smoke."""
    start: str = ""
    """Row of this experiment whose weights it starts from."""
    stage: bool = False
    """Only trained, for the rows that start from it: no line of the table."""
    fault: str = ""
    """Mistake of the authors in judging that is made here, too: white or double-lightness."""
    faithful: bool = False
    """Whether it is there only where the authors' mistakes are wanted (`--faithful`)."""
    images: int = 0
    """At most so many pictures at scale full, where it is not the number of all rows."""
    weights: str = ""
    """The paper took published weights, which `--model NAME=FILE` measures. Without them the row is
    trained here (trained) or left out (needed)."""
    reported: Mapping[str, float] = field(default_factory=dict)
    """The paper's numbers, by column."""

    def __post_init__(self) -> None:
        if self.fault not in FAULTS:
            raise ValueError(f"fault must be white or double-lightness, not {self.fault!r}")
        if self.weights not in ("", "trained", "needed"):
            raise ValueError(f"weights must be trained or needed, not {self.weights!r}")

    def at(self, scale: str) -> tuple[str, ...]:
        """Return this row's own keys at a scale."""
        return (*self.set, *self.scaled(scale))

    def scaled(self, scale: str) -> tuple[str, ...]:
        """Return those of its keys that belong to a scale alone."""
        return {"smoke": self.smoke, "small": self.small, "full": self.full}[scale]


@dataclass(frozen=True)
class Claim:
    """Something the paper says that numbers can confirm or not: an order of rows, best first."""

    text: str
    column: str
    order: tuple[str, ...]
    """Rows; those joined by `=` are not compared with each other. `gray` and `truth` are there."""

    def rows(self) -> set[str]:
        """Return the names of all rows that it speaks of."""
        return {name for group in self.order for name in group.split("=")}


@dataclass(frozen=True)
class Experiment:
    """One experiment of a paper."""

    name: str
    paper: str
    title: str
    source: str
    """Where in the paper."""
    data: str
    """What the paper used."""
    scales: Mapping[str, Scale]
    columns: tuple[str, ...] = ()
    """Names in `measures.COLUMNS`, perhaps after `train:`, `valid:` or `test:`."""
    rows: tuple[Row, ...] = ()
    claims: tuple[Claim, ...] = ()
    kind: str = "table"
    note: str = ""
    """What to know when reading the numbers."""
    by: str = ""
    """Kind best: the column that ranks pictures."""
    reported: tuple[float, ...] = ()
    """Kind best: the paper's numbers of its best pictures."""
    seen: str = ""
    """What the paper sees in the pictures and no number tells."""
    judged_on: str = ""
    """Name of the data on whose held-out pictures all rows are judged, else each on its own."""
    faithful: tuple[str, ...] = ()
    """Recipe keys by which all rows make the authors' mistakes."""

    @property
    def mistaken(self) -> bool:
        """Whether the authors made mistakes here that can be made again."""
        return bool(self.faithful) or any(row.faithful for row in self.rows)

    def mended(self) -> Experiment:
        """Return it without the rows that make mistakes, and without claims about those."""
        rows = tuple(row for row in self.rows if not row.faithful)
        there = {*(row.name for row in rows), "gray", "truth"}
        claims = tuple(claim for claim in self.claims if claim.rows() <= there)
        return replace(self, rows=rows, claims=claims)

    def as_published(self) -> Experiment:
        """Return it with all mistakes, under a name of its own; itself where there are none."""
        if not self.mistaken:
            return self
        rows = tuple(replace(row, set=(*row.set, *self.faithful)) for row in self.rows)
        return replace(self, name=f"{self.name}-faithful", rows=rows)

    def row(self, name: str) -> Row:
        """Return a row by name."""
        return next(row for row in self.rows if row.name == name)


@dataclass(frozen=True)
class _Entry:
    """One experiment as it stands in the file; what it leaves out comes from the paper's head."""

    title: str
    source: str
    data: str = ""
    kind: str = "table"
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    claims: tuple[Claim, ...] = ()
    note: str = ""
    by: str = ""
    reported: tuple[float, ...] = ()
    seen: str = ""
    judged_on: str = ""
    faithful: tuple[str, ...] = ()
    like: str = ""
    """Experiment before this one whose rows it takes."""
    take: tuple[str, ...] = ()
    """Of those, only these; all if empty."""
    smoke: Scale | None = None
    small: Scale | None = None
    full: Scale | None = None


@dataclass(frozen=True)
class _Head:
    data: str
    smoke: Scale
    small: Scale
    full: Scale
    faithful: tuple[str, ...] = ()


@cache
def experiments() -> tuple[Experiment, ...]:
    """Return all experiments, sorted by paper, in the papers' order.

    Raises:
        RecipeError: a file is wrong.
    """
    found: list[Experiment] = []
    for path in sorted(Path(__file__).parent.glob("paper-*.toml")):
        found.extend(read_paper(path))
    return tuple(found)


def experiment(wanted: str) -> Experiment:
    """Return one experiment by its name, or by what follows the paper's number in it.

    Raises:
        UnknownExperiment: none or several are meant.
    """
    known = {entry.name: entry for entry in experiments()}
    if wanted in known:
        return known[wanted]
    meant = [name for name in known if name.partition("-")[2] == wanted]
    if len(meant) != 1:
        raise UnknownExperiment(wanted, tuple(meant or known))
    return known[meant[0]]


def read_paper(path: Path) -> list[Experiment]:
    """Read the experiments of one file.

    Raises:
        RecipeError: it has an unknown key, kind or row, or a value of a wrong type.
    """
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    entries = table.pop("experiments")
    head: _Head = from_table(_Head, table, "", path.name)
    paper = path.stem.partition("-")[2]
    found: dict[str, Experiment] = {}
    for name, data in entries.items():
        entry: _Entry = from_table(_Entry, data, f"experiments.{name}.", path.name)
        rows = entry.rows
        if entry.like:
            taken = found[f"{paper}-{entry.like}"].rows
            rows = (*(row for row in taken if not entry.take or row.name in entry.take), *rows)
        made = Experiment(
            name=f"{paper}-{name}",
            paper=paper,
            title=entry.title,
            source=entry.source,
            data=entry.data or head.data,
            scales={
                "smoke": _merged(head.smoke, entry.smoke),
                "small": _merged(head.small, entry.small),
                "full": _merged(head.full, entry.full),
            },
            columns=entry.columns,
            rows=rows,
            claims=entry.claims,
            kind=entry.kind,
            note=entry.note,
            by=entry.by,
            reported=entry.reported,
            seen=entry.seen,
            judged_on=entry.judged_on,
            faithful=(*head.faithful, *entry.faithful),
        )
        _check(made, path.name)
        found[made.name] = made
    return list(found.values())


def _merged(head: Scale, own: Scale | None) -> Scale:
    if own is None:
        return head
    return Scale(
        side=own.side or head.side,
        images=own.images or head.images,
        judged=own.judged,
        set=(*head.set, *own.set),
    )


def _check(made: Experiment, file: str) -> None:
    if made.kind not in KINDS:
        raise RecipeError(file, f"{made.name} is of a kind {made.kind!r} that there is not")
    names = [row.name for row in made.rows]
    if len(set(names)) != len(names):
        raise RecipeError(file, f"{made.name} has two rows of one name")
    meant = {name for claim in made.claims for name in claim.rows()}
    started = {row.start for row in made.rows if row.start}
    for name in (meant | started) - {*names, "gray", "truth"}:
        raise RecipeError(file, f"{made.name} speaks of a row {name!r} that it does not have")
