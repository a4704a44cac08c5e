"""The options of `colordesk compare` and `colordesk metrics`.

Invariant: nothing heavy is imported here; the work is imported when a command is called.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def compare(
    truths: Annotated[
        list[Path], typer.Argument(metavar="TRUTH", help="Colour photographs, or folders of them.")
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="Folder for the report.")
    ],
    models: Annotated[
        str | None,
        typer.Option(
            metavar="A,B,C", help="Ids of models or .onnx files; by default all installed ones."
        ),
    ] = None,
    metrics: Annotated[
        str | None,
        typer.Option(
            metavar="A,B,C", help="Measures; the first ranks the pictures. By default all."
        ),
    ] = None,
    size: Annotated[
        int | None,
        typer.Option(min=32, max=4096, help="Short side, in pixels, of what the models see."),
    ] = None,
    recursive: Annotated[
        bool, typer.Option("--recursive", "-r", help="Folders inside folders as well.")
    ] = False,
    device: Annotated[
        str | None, typer.Option(metavar="auto|cpu|cuda|cuda:N", help="Where the models run.")
    ] = None,
    network: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID=FILE",
            help="A network to measure with, which you must have: lpips=FILE.onnx, "
            "recognition=FILE.onnx (VGG16), fid=FILE.onnx (Inception features).",
        ),
    ] = None,
) -> None:
    """Compare models by photographs whose true colours are known.

    Each photograph is made gray, every model colours it, and the results are measured against the
    truth; the gray photo itself is always among them. DIR gets report.html, summary.md,
    metrics.csv and contact sheets. The same command again goes on where it was stopped.
    Exit code: 0 all measured, 1 some not (each is named), 2 wrong usage, 130 cancelled.
    """
    from colordesk.cli.compare import Wishes, compare_models

    wishes = Wishes(output, metrics, device, size, network or ())
    raise typer.Exit(compare_models(truths, models, recursive, wishes))


def metrics(
    results: Annotated[
        Path,
        typer.Argument(
            metavar="RESULT_DIR", exists=True, file_okay=False, help="Pictures of any program."
        ),
    ],
    truth: Annotated[
        Path,
        typer.Option(
            metavar="TRUTH_DIR", exists=True, file_okay=False, help="The true photographs."
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR", help="Folder for a report with pictures."),
    ] = None,
    metrics: Annotated[
        str | None,
        typer.Option(metavar="A,B,C", help="Measures; the first ranks. By default all."),
    ] = None,
    network: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID=FILE",
            help="A network to measure with, which you must have: lpips=FILE.onnx, "
            "recognition=FILE.onnx (VGG16), fid=FILE.onnx (Inception features).",
        ),
    ] = None,
) -> None:
    """Measure coloured pictures, made by any program, against the true photographs.

    A picture belongs to the photograph of its name, with or without `-color` behind it.
    Exit code: 0 all measured, 1 some not (each is named), 2 wrong usage, 130 cancelled.
    """
    from colordesk.cli.compare import Wishes, score_pictures

    raise typer.Exit(
        score_pictures(results, truth, Wishes(output, metrics, networks=network or ()))
    )
