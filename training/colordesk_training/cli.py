"""`colordesk-train`: train recipes, score them, export them."""

from __future__ import annotations

import signal
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from colordesk.errors import ColorDeskError
from colordesk.task import Cancelled
from colordesk_training import terminal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from colordesk_training.evaluate import Predict

_TRAINERS_OWN = ("torch", "torchvision", "lightning_fabric", "onnx", "onnxscript", "sklearn")
_NOT_SET_UP = (
    "The trainer needs more than the app does, and {} is not installed. `make trainer` in "
    "ColorDesk's folder sets it up."
)

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

DataOption = Annotated[
    list[Path],
    typer.Option(
        "--data",
        help="Folder, zip, prepared cache, CIFAR-10, Kaggle L/ab arrays, or .txt of web addresses; "
        "may be repeated.",
    ),
]
SetOption = Annotated[
    list[str], typer.Option("--set", help="Override a recipe key, e.g. run.steps=100.")
]


@app.callback()
def about() -> None:
    """Train the networks that ColorDesk runs, and export them to ONNX."""


@app.command("train")
def train_command(
    recipe: Annotated[str, typer.Argument(help="Name of a bundled recipe, or a .toml file.")],
    data: DataOption,
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder of the run.")],
    overrides: SetOption = [],
    backbone_weights: Annotated[
        str,
        typer.Option(
            help="ImageNet weights (.npz or .pth); 'torchvision' fetches them; 'none' starts from "
            "random ones."
        ),
    ] = "",
    init: Annotated[
        Path | None, typer.Option(help="Checkpoint to start from (its averaged weights).")
    ] = None,
    resume: Annotated[
        Literal["auto", "never"],
        typer.Option(help="auto goes on from the run's last.pt if it is there."),
    ] = "auto",
    val_data: Annotated[
        list[Path], typer.Option(help="Hold these out, instead of a share of --data.")
    ] = [],
    limit_images: Annotated[
        int | None, typer.Option(min=1, help="At most so many, spread over all of --data.")
    ] = None,
    max_steps: Annotated[int | None, typer.Option(min=1, help="Same as --set run.steps=N.")] = None,
    device: Annotated[
        Literal["auto", "cpu", "cuda"], typer.Option(help="auto takes a GPU if there is one.")
    ] = "auto",
    devices: Annotated[
        int, typer.Option(min=1, help="GPUs (or CPU processes) on each machine.")
    ] = 1,
    nodes: Annotated[int, typer.Option(min=1, help="Machines; all run this command.")] = 1,
    tensorboard: Annotated[bool, typer.Option("--tensorboard", help="Log for it, too.")] = False,
) -> None:
    """Train a recipe; the same command again goes on where it stopped.

    For example: colordesk-train train stylization --data PHOTOS -o runs/first --max-steps 500
    """
    from colordesk_training.fit import learn
    from colordesk_training.recipe import read_recipe
    from colordesk_training.start import Start

    if max_steps is not None:
        overrides = [*overrides, f"run.steps={max_steps}"]
    words = ("", "none", "torchvision")
    start = Start(
        data=tuple(terminal.fetched(data)),
        out=out,
        validation=tuple(terminal.fetched(val_data)),
        backbone=Path(backbone_weights) if backbone_weights not in words else None,
        torchvision_backbone=backbone_weights == "torchvision",
        random_backbone=backbone_weights == "none",
        init=init,
        resume=resume != "never",
        limit_images=limit_images,
        device=device,
        devices=devices,
        nodes=nodes,
        tensorboard=tensorboard,
    )
    try:
        with terminal.progress() as task:
            scores = learn(read_recipe(recipe, overrides), overrides, start, task)
    finally:
        terminal.say_left_out(out / "skipped.csv")
    if terminal.in_front():
        result = scores or "was already finished"
        terminal.out.print(f"{out / 'last.pt'}  {result}", highlight=False, soft_wrap=True)


@app.command("prepare")
def prepare_command(
    data: Annotated[list[Path], typer.Argument(help="What --data takes elsewhere.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder of the cache to make.")],
    size: Annotated[int, typer.Option(min=8, max=4096, help="Short side, in pixels.")],
    min_chroma: Annotated[
        float, typer.Option(min=0, help="Leave out pictures whose mean chroma is lower.")
    ] = 2.0,
) -> None:
    """Decode and shrink photographs once, so that training need not; use the cache as --data.

    For example: colordesk-train prepare PHOTOS -o CACHE --size 286
    """
    from colordesk_training.data.cache import prepare
    from colordesk_training.data.sources import PictureReader, list_pictures

    pictures = list_pictures(terminal.fetched(data))
    with terminal.progress() as task:
        made = prepare(pictures, PictureReader().read, out, size, min_chroma, task)
    terminal.out.print(
        f"{out}  {made.pictures} pictures, {made.bytes / 1e6:.0f} MB; left out: {made.gray} gray, "
        f"{made.broken} broken",
        highlight=False,
        soft_wrap=True,
    )


@app.command("list")
def list_command() -> None:
    """List the recipes, which `train` takes, and the architectures that they are made of."""
    import torch

    from colordesk_training.recipe import read_recipe, recipe_names
    from colordesk_training.registry import architecture, architectures

    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for heading in ("recipe", "parameters", "input", "target"):
        number = heading == "parameters"
        table.add_column(heading, no_wrap=True, justify="right" if number else "left")
    table.add_column("what it is")
    for name in recipe_names():
        recipe = read_recipe(name)
        made = architecture(recipe.architecture)
        with torch.device("meta"):  # counts need no memory
            parts = made.build(**recipe.options).parameters()
        count = f"{sum(part.numel() for part in parts):,}"
        inputs = ", ".join(("L", *made.inputs))
        table.add_row(name, count, inputs, recipe.target.name, recipe.card.summary)
    terminal.out.print(table)
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("architecture", no_wrap=True)
    table.add_column("what it is")
    table.add_column("paper")
    for entry in architectures():
        table.add_row(entry.name, entry.summary, entry.paper)
    terminal.out.print(table)


@app.command("evaluate")
def evaluate_command(
    model: Annotated[Path, typer.Argument(help="A checkpoint (.pt) or an exported model (.onnx).")],
    data: DataOption,
    size: Annotated[list[int], typer.Option(help="Working size; may be repeated.")] = [],
    points: Annotated[list[int], typer.Option(help="Colour points; may be repeated.")] = [0],
    limit_images: Annotated[int, typer.Option(min=1, help="At most so many are scored.")] = 256,
    val_percent: Annotated[
        int, typer.Option(min=1, max=100, help="Share that training held out; 100 scores all.")
    ] = 2,
    clip: Annotated[
        list[Path], typer.Option(help="Colour clip: report frame-to-frame change.")
    ] = [],
    overrides: SetOption = [],
) -> None:
    """Score a model on held-out photographs, beside the do-nothing gray picture.

    For example: colordesk-train evaluate runs/first/best.pt --data PHOTOS
    """
    from colordesk_training.data.sources import list_pictures, split
    from colordesk_training.evaluate import calm, score, spread

    _, held_out = split(list_pictures(terminal.fetched(data)), val_percent)
    predict, preferred = _predictor(model, overrides)
    heads = "size", "points", "n", "CIEDE2000", "gray", "gain %", "PSNR dB", "gray", "CF", "true CF"
    table = Table(*heads, box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for side in size or [preferred]:
        for count in points:
            with terminal.progress() as task:
                s = score(predict, spread(held_out, limit_images), side, task, points=count)
            cells = [s.ciede2000, s.gray_ciede2000, s.gain, s.psnr, s.gray_psnr]
            cells += [s.colourfulness, s.true_colourfulness]
            table.add_row(str(side), str(count), str(s.n), *(f"{cell:.2f}" for cell in cells))
    terminal.out.print(table)
    for path in clip:
        with terminal.progress() as task:
            found = calm(predict, path, size[0] if size else preferred, task)
        terminal.out.print(
            f"{path.name}: {found.frames} frames, ab changes by {found.change:.2f} from frame to "
            f"frame, in truth by {found.true_change:.2f} ({found.excess:+.2f})",
            highlight=False,
        )


@app.command("export")
def export_command(
    checkpoint: Annotated[Path, typer.Argument(help="A checkpoint of `train`.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The .onnx file to write.")],
    overrides: SetOption = [],
    data: Annotated[
        list[Path], typer.Option("--data", help="Score on held-out photographs of these.")
    ] = [],
    set_name: Annotated[str, typer.Option(help="Name of that set in the manifest.")] = "held-out",
    limit_images: Annotated[int, typer.Option(min=1, help="At most so many are scored.")] = 256,
) -> None:
    """Write a checkpoint as an ONNX model that the app opens.

    For example: colordesk-train export runs/first/best.pt -o first.onnx --set card.id=first
    """
    from colordesk.inference.manifest import Metrics
    from colordesk_training.data.sources import list_pictures, split
    from colordesk_training.evaluate import score, spread
    from colordesk_training.export import export, load_objective
    from colordesk_training.held_out import predictor

    metrics = []
    if data:
        recipe, objective, _ = load_objective(checkpoint, overrides)
        _, held_out = split(list_pictures(terminal.fetched(data)), recipe.data.val_percent)
        with terminal.progress() as task:
            scores = score(
                predictor(objective, objective.network),
                spread(held_out, limit_images),
                recipe.card.preferred_size,
                task,
            )
        terminal.out.print(str(scores), highlight=False)
        values = {name: round(value, 3) for name, value in asdict(scores).items() if name != "n"}
        metrics.append(Metrics(set_name, scores.n, values))
    written = export(checkpoint, out, overrides, metrics)
    size = out.stat().st_size / 1e6
    terminal.out.print(
        f"{written.path}  {size:.1f} MB, onnxruntime agrees with torch to "
        f"{written.difference:.1e} CIELAB units",
        highlight=False,
    )


@app.command("reproduce")
def reproduce_command(
    wanted: Annotated[
        list[str], typer.Argument(metavar="EXPERIMENT...", help="Names, or all; see --list.")
    ] = [],
    data: Annotated[
        list[str], typer.Option(help="PATH, or NAME=PATH where an experiment has several sets.")
    ] = [],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder of runs, tables, figures.")] = (
        Path("reproduce")
    ),
    scale: Annotated[str, typer.Option(help="smoke, small or full.")] = "small",
    backbone_weights: Annotated[
        list[str],
        typer.Option(
            help="ARCHITECTURE=FILE; or torchvision, or none (random), for trunks without a file."
        ),
    ] = [],
    model: Annotated[
        list[str], typer.Option(help="ROW=FILE: measure a finished model in place of a row.")
    ] = [],
    overrides: SetOption = [],
    faithful: Annotated[
        bool, typer.Option("--faithful", help="Make the authors' mistakes again (002 and 003).")
    ] = False,
    show: Annotated[bool, typer.Option("--list", help="List the experiments.")] = False,
    device: Annotated[str, typer.Option(help="auto, cpu or cuda.")] = "auto",
) -> None:
    """Do experiments of the papers again; rows that are finished are not trained twice.

    For example: colordesk-train reproduce tab2a-blocks --data PHOTOS -o REPRO
    """
    from colordesk_training.experiments.catalogue import SCALES, experiment, experiments
    from colordesk_training.experiments.report import markdown
    from colordesk_training.experiments.reproduce import reproduce
    from colordesk_training.experiments.rows import Bench

    if show:
        table = Table("experiment", "rows", "what", "where in the paper", "--faithful")
        for entry in experiments():
            rows, mistaken = str(len(entry.mended().rows)), "yes" if entry.mistaken else ""
            table.add_row(entry.name, rows, entry.title, entry.source, mistaken)
        terminal.out.print(table)
        return
    chosen = experiments() if wanted == ["all"] else tuple(experiment(name) for name in wanted)
    chosen = tuple(entry.as_published() if faithful else entry.mended() for entry in chosen)
    if scale not in SCALES:
        raise typer.BadParameter(f"scale must be one of {', '.join(SCALES)}")
    if not chosen or not data:
        raise typer.BadParameter("name an experiment and give --data; --list shows all experiments")
    there = {row.name: row for entry in chosen for row in entry.rows}
    named = {name for row in there.values() if (name := row.data)}
    models = _pairs(model)
    if unknown := sorted(set(models) - set(there)):
        raise typer.BadParameter(f"there is no row {unknown[0]!r}; rows are: {', '.join(there)}")
    bench = Bench(
        scale=scale,
        data=_sources(data, named),
        out=out,
        backbones=_pairs(e for e in backbone_weights if e not in ("none", "torchvision")),
        torchvision_backbones="torchvision" in backbone_weights,
        random_backbones="none" in backbone_weights,
        models=models,
        overrides=tuple(overrides),
        device=device,
    )
    failed = False
    for entry in chosen:
        try:
            with terminal.progress() as task:
                findings = reproduce(entry, bench, task)
        except (ColorDeskError, OSError) as error:  # one does not stop the others
            from colordesk_training.sentences import sentence

            terminal.err.print(f"{entry.name}: {sentence(error)}", highlight=False, soft_wrap=True)
            failed = True
            continue
        terminal.out.print(markdown(findings), highlight=False, markup=False, soft_wrap=True)
    if failed:
        raise typer.Exit(1)


def _sources(given: list[str], named: set[str]) -> dict[str, tuple[Path, ...]]:
    """Sort `PATH` and `NAME=PATH` by name; a path may have an equals sign in it."""
    found: dict[str, tuple[Path, ...]] = {"": ()}
    for entry in given:
        name, equals, path = entry.partition("=")
        if not equals or name not in named:
            name, path = "", entry
        found[name] = (*found.get(name, ()), *terminal.fetched([Path(path)]))
    if not found[""]:
        raise typer.BadParameter("give at least one --data PATH without a name")
    return found


def _pairs(given: Iterable[str]) -> dict[str, Path]:
    found = {}
    for entry in given:
        name, equals, path = entry.rpartition("=")
        if not equals:
            raise typer.BadParameter(f"{entry!r} should be NAME=FILE")
        found[name] = Path(path)
    return found


def _predictor(model: Path, overrides: list[str]) -> tuple[Predict, int]:
    """Return the colorizer and its preferred working size."""
    if model.suffix == ".onnx":
        from colordesk.inference.library import Model
        from colordesk.inference.manifest import read_manifest
        from colordesk.inference.session import Session

        manifest = read_manifest(model)
        session = Session(Model(model, manifest))
        hinted = "hints" in manifest.inputs
        return lambda L, hints: session.run(L, hints if hinted else None), manifest.size.preferred
    from colordesk_training.export import load_objective
    from colordesk_training.held_out import predictor

    recipe, objective, _ = load_objective(model, overrides)
    return predictor(objective, objective.network), recipe.card.preferred_size


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; every foreseen error is one sentence and an exit code."""
    # A polite kill clears away what is half done, as Ctrl-C does; training has its own way.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        app(arguments)
    except (ColorDeskError, OSError) as error:
        from colordesk_training.sentences import sentence  # knows all of the trainer: slow

        terminal.err.print(sentence(error), highlight=False, soft_wrap=True)
        sys.exit(1)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in _TRAINERS_OWN:
            raise
        terminal.err.print(_NOT_SET_UP.format(error.name), highlight=False, soft_wrap=True)
        sys.exit(1)
    except Cancelled:
        terminal.err.print("Stopped; the same command goes on from here.")
        sys.exit(130)
    finally:
        signal.signal(signal.SIGTERM, before)


if __name__ == "__main__":
    main()
