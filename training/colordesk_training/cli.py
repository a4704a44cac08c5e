"""`colordesk-train`: train recipes, score them, export them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from colordesk.task import Cancelled, Task

if TYPE_CHECKING:
    from collections.abc import Sequence

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
_out = Console()
_err = Console(stderr=True)

DataOption = Annotated[
    list[Path], typer.Option("--data", help="Folder or zip of photographs; may be repeated.")
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
    overrides: SetOption = [],  # noqa: B006 - typer copies it
    backbone_weights: Annotated[
        str, typer.Option(help="ImageNet weights (.npz or .pth), or 'none' for a random start.")
    ] = "",
    init: Annotated[
        Path | None, typer.Option(help="Checkpoint to start from (its averaged weights).")
    ] = None,
    resume: Annotated[
        str, typer.Option(help="auto: go on from the run's last.pt; never.")
    ] = "auto",
    limit_images: Annotated[int | None, typer.Option(min=1)] = None,
    max_steps: Annotated[int | None, typer.Option(min=1, help="Same as --set run.steps=N.")] = None,
    device: Annotated[str, typer.Option(help="auto, cpu or cuda.")] = "auto",
) -> None:
    """Train a recipe; run again to go on where it stopped."""
    from colordesk_training.recipe import read_recipe
    from colordesk_training.train import Start, train

    if max_steps is not None:
        overrides = [*overrides, f"run.steps={max_steps}"]
    start = Start(
        data=tuple(data),
        out=out,
        backbone=Path(backbone_weights) if backbone_weights not in ("", "none") else None,
        random_backbone=backbone_weights == "none",
        init=init,
        resume=resume != "never",
        limit_images=limit_images,
        device=device,
    )
    with _progress() as task:
        scores = train(read_recipe(recipe, overrides), overrides, start, task)
    _out.print(f"{out / 'last.pt'}  {scores or 'was already finished'}", highlight=False)


class _progress:  # noqa: N801 - used as a statement
    """A progress bar on a terminal; nothing elsewhere (the run's log.csv has it all)."""

    def __enter__(self) -> Task:
        self._bar = Progress(
            BarColumn(),
            TextColumn("{task.percentage:>5.1f} %"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.description}"),
            console=_err,
            disable=not _err.is_terminal,
        )
        self._bar.start()
        row = self._bar.add_task("", total=1.0)
        return Task(
            lambda fraction, status: self._bar.update(row, completed=fraction, description=status)
        )

    def __exit__(self, *_error: object) -> None:
        self._bar.stop()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; every foreseen error is one sentence and an exit code."""
    try:
        app(arguments, standalone_mode=False)
    except typer.Exit as stop:
        sys.exit(stop.exit_code)
    except (Cancelled, typer.Abort, KeyboardInterrupt):
        _err.print("Stopped; the run can be resumed with the same command.")
        sys.exit(130)


if __name__ == "__main__":
    main()
