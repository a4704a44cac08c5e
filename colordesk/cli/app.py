"""The commands and options of the command line.

Invariant: this file imports nothing heavy, so that help and mistakes are answered at once; each
command imports its work when it is called.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

import colordesk
from colordesk.cli.compare_options import compare, metrics
from colordesk.cli.video_options import video

app = typer.Typer(
    help="Bring colour back to old photographs.",
    epilog="Without a command, `colordesk [PATH]...` opens the window.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
models = typer.Typer(help="The models that are installed.", no_args_is_help=True)
app.add_typer(models, name="models")
app.command()(video)
app.command()(compare)
app.command()(metrics)


def run_command(arguments: list[str]) -> int:
    """Run the command line and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a file name need not be valid text
            stream.reconfigure(errors="surrogateescape")
    try:
        app(arguments, prog_name="colordesk")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    return 0


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"colordesk {colordesk.__version__}")
        raise typer.Exit


@app.callback(no_args_is_help=True)
def options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Options that come before any command."""


@app.command()
def colorize(
    inputs: Annotated[list[Path], typer.Argument(metavar="INPUT", help="Photos and folders.")],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="The file (for one photo) or folder to write; by default NAME-color.EXT beside "
            "a photo and FOLDER-color beside a folder.",
        ),
    ] = None,
    model: Annotated[
        str | None, typer.Option(help="Id of a model (see `models list`) or an .onnx file.")
    ] = None,
    size: Annotated[
        int | None,
        typer.Option(min=32, max=4096, help="Short side, in pixels, of what the model sees."),
    ] = None,
    strength: Annotated[
        float | None, typer.Option(min=0, max=100, help="From the gray photo to full colour.")
    ] = None,
    saturation: Annotated[
        float | None, typer.Option(min=0, max=200, help="In percent of the model's own.")
    ] = None,
    temperature: Annotated[
        float | None, typer.Option(min=-100, max=100, help="Cooler or warmer.")
    ] = None,
    tint: Annotated[
        float | None, typer.Option(min=-100, max=100, help="Greener or pinker.")
    ] = None,
    edit: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            dir_okay=False,
            help="Edit or preset for all photos, instead of the PHOTO.colordesk.json beside each.",
        ),
    ] = None,
    hints: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            dir_okay=False,
            help="Transparent PNG of the photo's shape whose strokes are the colours there.",
        ),
    ] = None,
    hints_dir: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            file_okay=False,
            help="Folder with such a PNG, NAME.png, for any photo NAME.EXT.",
        ),
    ] = None,
    reference: Annotated[
        Path | None,
        typer.Option(
            exists=True, dir_okay=False, help="Colour photograph whose colours are wanted."
        ),
    ] = None,
    reference_strength: Annotated[
        float | None,
        typer.Option(min=0, max=100, help="How much of the reference's colours, in percent."),
    ] = None,
    device: Annotated[
        str | None, typer.Option(metavar="auto|cpu|cuda|cuda:N", help="Where the model runs.")
    ] = None,
    format: Annotated[
        Literal["jpg", "png", "tif", "webp"] | None,
        typer.Option(help="What to write; by default the same as the photo."),
    ] = None,
    quality: Annotated[
        int | None, typer.Option(min=1, max=100, help="Of JPEG and WebP files.")
    ] = None,
    recursive: Annotated[
        bool, typer.Option("--recursive", "-r", help="Folders inside folders as well.")
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace earlier results; never a source.")
    ] = False,
    skip_existing: Annotated[
        bool, typer.Option("--skip-existing", help="Pass over photos that have a result already.")
    ] = False,
    recolor: Annotated[
        bool,
        typer.Option("--recolor", help="Color photos, too, that have colours of their own."),
    ] = False,
    name: Annotated[
        str,
        typer.Option(
            metavar="TEMPLATE",
            help="Name of a result, with {name}, {folder}, {number} and {date} in it.",
        ),
    ] = "{name}",
    flat: Annotated[
        bool, typer.Option("--flat", help="All results of a folder in one, without its tree.")
    ] = False,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, max=64, help="Photos in work at a time.")
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(metavar="FILE.csv|.json|.html", help="List what became of every photo."),
    ] = None,
) -> None:
    """Colorize photos and folders of photos.

    Options here win over the edits saved beside the photos. A source is never overwritten.
    A photo that has colours of its own is named and left as it is, unless --recolor is given or
    an edit is saved beside it.
    Exit code: 0 all done or passed over, 1 some failed (each is named), 2 wrong usage, 130
    cancelled.
    """
    from colordesk.cli.colorize import PhotoRequest, carry_out
    from colordesk.cli.request import said

    request = PhotoRequest(
        inputs=inputs,
        output=output,
        model=model,
        size=size,
        look=said(strength=strength, saturation=saturation, temperature=temperature, tint=tint),
        edit=edit,
        hints=hints,
        hints_dir=hints_dir,
        reference=reference,
        reference_strength=reference_strength,
        device=device,
        format=format,
        quality=quality,
        recursive=recursive,
        overwrite=overwrite,
        skip_existing=skip_existing,
        recolor=recolor,
        name=name,
        flat=flat,
        jobs=jobs,
        report=report,
    )
    raise typer.Exit(carry_out(request))


@models.command("list")
def models_list() -> None:
    """List the models by id."""
    from colordesk.cli.models import list_models

    raise typer.Exit(list_models())


@models.command("info")
def models_info(
    model: Annotated[str, typer.Argument(metavar="ID", help="Id of a model or an .onnx file.")],
) -> None:
    """Show what a model says of itself."""
    from colordesk.cli.models import describe_model

    raise typer.Exit(describe_model(model))


@models.command("verify")
def models_verify() -> None:
    """Run every model once and check that it keeps its promises."""
    from colordesk.cli.models import verify_models

    raise typer.Exit(verify_models())


@app.command()
def doctor() -> None:
    """Check this installation: versions, devices that really work, models, settings."""
    from colordesk.cli.doctor import examine

    raise typer.Exit(examine())
