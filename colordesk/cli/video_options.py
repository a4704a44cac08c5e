"""The options of `colordesk video`; the work is imported when the command is called."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer


def video(
    inputs: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="INPUT",
            help="Films, folders of numbered frames, animated GIFs, or a project (.json).",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="The file (for one film) or folder to write; by default NAME-color.EXT beside it.",
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
        float | None, typer.Option(min=0, max=100, help="From the gray film to full colour.")
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
        typer.Option(exists=True, dir_okay=False, help="Edit or preset with model and look."),
    ] = None,
    start: Annotated[
        str | None, typer.Option(metavar="[[H:]M:]S", help="Where to begin in the film.")
    ] = None,
    end: Annotated[
        str | None, typer.Option(metavar="[[H:]M:]S", help="Where to end in the film.")
    ] = None,
    every: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=48,
            help="The model sees every so many frames; motion carries the colour between them.",
        ),
    ] = None,
    smooth: Annotated[
        int | None,
        typer.Option(min=0, max=100, help="Against flicker; 0 leaves frames alone."),
    ] = None,
    clean: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=100,
            help="How much grain and dirt go; 0, the default, keeps the luma bit for bit.",
        ),
    ] = None,
    deinterlace: Annotated[
        bool,
        typer.Option(
            "--deinterlace/--keep-interlaced",
            help="Make interlaced frames whole (the default). Kept ones say what they are in h264, "
            "prores and ffv1.",
        ),
    ] = True,
    points_at: Annotated[
        str | None,
        typer.Option(
            metavar="TIME",
            help="When the colour points of --edit were set; they hold in that shot. By default 0.",
        ),
    ] = None,
    fps: Annotated[
        float | None,
        typer.Option(min=0.1, max=1000, help="Of numbered frames; 24 unless said."),
    ] = None,
    preset: Annotated[
        str | None,
        typer.Option(
            metavar="share|archive|edit|NAME",
            help="share: H.264 MP4. archive: lossless FFV1 MKV. edit: ProRes MOV. Or one that you "
            "kept in the window; a name that is none is answered with all of them.",
        ),
    ] = None,
    codec: Annotated[
        Literal["h264", "h265", "av1", "vp9", "prores", "ffv1", "dnxhd", "gif"] | None,
        typer.Option(help="By default h264, or what the name of the output asks for."),
    ] = None,
    crf: Annotated[
        int | None, typer.Option(min=0, max=63, help="Constant quality; less is better and larger.")
    ] = None,
    bitrate: Annotated[
        str | None, typer.Option(metavar="N[k|M]", help="Bits per second instead of --crf.")
    ] = None,
    speed: Annotated[
        Literal["fast", "medium", "slow"] | None,
        typer.Option(help="How long the encoder may think about a frame."),
    ] = None,
    bit_depth: Annotated[
        int | None, typer.Option(min=8, max=16, help="8, 10, 12 or 16; by default the film's own.")
    ] = None,
    hardware: Annotated[
        bool, typer.Option("--hardware", help="Try the encoder of the graphics card first.")
    ] = False,
    device: Annotated[
        str | None, typer.Option(metavar="auto|cpu|cuda|cuda:N", help="Where the model runs.")
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with an export that was stopped or killed.")
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace earlier results; never a source.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be done.")
    ] = False,
    probe: Annotated[bool, typer.Option("--probe", help="Only say what the inputs are.")] = False,
    clear_cache: Annotated[
        bool, typer.Option("--clear-cache", help="Forget the colours kept of all films.")
    ] = False,
) -> None:
    """Colorize film.

    Luma, sound, subtitles, chapters and times stay as they are. The colours that the model gave are
    kept, so that another look, codec or quality does not run it again. Exit code: 0 all done,
    1 some failed, 2 wrong usage, 130 cancelled.
    """
    from colordesk.cli.request import said
    from colordesk.cli.video import carry_out
    from colordesk.cli.video_request import FilmRequest

    request = FilmRequest(
        inputs=inputs or [],
        output=output,
        model=model,
        size=size,
        look=said(strength=strength, saturation=saturation, temperature=temperature, tint=tint),
        edit=edit,
        start=start,
        end=end,
        points_at=points_at,
        every=every,
        smooth=smooth,
        clean=clean,
        deinterlace=deinterlace,
        fps=fps,
        preset=preset,
        codec=codec,
        crf=crf,
        bitrate=bitrate,
        speed=speed,
        bit_depth=bit_depth,
        hardware=hardware,
        device=device,
        resume=resume,
        overwrite=overwrite,
        dry_run=dry_run,
        probe=probe,
        clear_cache=clear_cache,
    )
    raise typer.Exit(carry_out(request))
