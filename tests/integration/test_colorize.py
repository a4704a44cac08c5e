"""`colordesk colorize`, from the arguments to the exit code, with everything that can go wrong."""

from __future__ import annotations

import csv
import json
import os
import signal
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import skimage.data
from PIL import Image

from colordesk.edit import Edit, Look, sidecar_path, write_edit
from colordesk.photo import open_photo
from tests.integration.conftest import Answer, picture
from tests.models import make_model

Command = Callable[..., Answer]
TINY = ("--model", "tiny", "--device", "cpu")


def is_coloured(path: Path) -> bool:
    pixels = open_photo(path).pixels
    return pixels.shape[2] == 3 and float(np.ptp(pixels.astype(int), axis=2).mean()) > 5


def test_a_photo_in_a_colour_photo_out(colordesk: Command) -> None:
    source = picture(Path("my photo ä.jpg"))
    answer = colordesk("colorize", source, *TINY)
    assert answer.code == 0
    assert answer.written == [Path("my photo ä-color.jpg")]
    assert "1 of 1 photos colorized" in answer.err
    assert "tiny on CPU" in answer.err
    assert is_coloured(answer.written[0])
    assert not is_coloured(source)


def test_a_folder_in_a_folder_out(colordesk: Command) -> None:
    picture(Path("album/a.jpg"))
    picture(Path("album/sub/b.png"))
    Path("album/notes.txt").write_text("not a photo")
    answer = colordesk("colorize", "album", "-r", "-o", "out", "--jobs", "3", *TINY)
    assert answer.code == 0
    assert answer.written == [Path("out/a.jpg"), Path("out/sub/b.png")]
    assert [path for path in Path("out").rglob("*") if path.is_file()].__len__() == 2


def test_the_real_model_colorizes_the_sample(colordesk: Command) -> None:
    sample = Path(__file__).parents[2] / "resources" / "samples" / "astronaut.jpg"
    answer = colordesk("colorize", sample, "-o", "out.png", "--device", "cpu")
    assert answer.code == 0
    assert is_coloured(Path("out.png"))


@pytest.mark.parametrize("format", ["jpg", "png", "tif", "webp"])
def test_every_format_can_be_asked_for(colordesk: Command, format: str) -> None:
    source = picture(Path("a.png"))
    answer = colordesk("colorize", source, "--format", format, "--quality", "80", *TINY)
    assert answer.code == 0
    assert answer.written == [Path(f"a-color.{format}")]
    assert is_coloured(answer.written[0])


def test_options_win_over_the_edit_and_that_over_the_one_beside_the_photo(
    colordesk: Command,
) -> None:
    source = picture(Path("a.png"))
    write_edit(Edit(model="tiny", look=Look(strength=0)), sidecar_path(source))
    write_edit(Edit(model="tiny", look=Look(saturation=100)), Path("preset.json"))
    assert colordesk("colorize", source, "-o", "beside.png").code == 0
    assert colordesk("colorize", source, "-o", "preset.png", "--edit", "preset.json").code == 0
    assert colordesk("colorize", source, "-o", "option.png", "--strength", "100").code == 0
    coloured = [is_coloured(Path(f"{name}.png")) for name in ("beside", "preset", "option")]
    assert coloured == [False, True, True]


def test_every_look_can_be_chosen(colordesk: Command) -> None:
    source = picture(Path("a.png"))
    options = ("--saturation", "0", "--temperature", "60", "--tint", "-20", "--size", "64")
    assert colordesk("colorize", source, "-o", "warm.png", *options, *TINY).code == 0
    red, _, blue = open_photo(Path("warm.png")).pixels.astype(float).mean(axis=(0, 1))
    assert red > blue + 5


def test_running_again_needs_overwrite_and_never_colorizes_results(colordesk: Command) -> None:
    picture(Path("album/a.jpg"))
    assert colordesk("colorize", "album", "-o", "album", *TINY).code == 0
    again = colordesk("colorize", "album", "-o", "album", *TINY)
    assert again.code == 1
    assert "album/a-color.jpg is left as it is: it exists already" in again.err
    assert colordesk("colorize", "album", "-o", "album", "--overwrite", *TINY).code == 0
    assert sorted(path.name for path in Path("album").iterdir()) == ["a-color.jpg", "a.jpg"]


def test_a_source_is_not_overwritten_even_when_asked(colordesk: Command) -> None:
    source = picture(Path("a.png"))
    before = source.read_bytes()
    answer = colordesk("colorize", source, "-o", source, "--overwrite", *TINY)
    assert answer.code == 1
    assert "one of the photos to be colorized" in answer.err
    assert source.read_bytes() == before


def png_that_claims(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = zlib.compress(bytes(1000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


def half_of(name: str) -> bytes:
    data = picture(Path("whole") / name, 200).read_bytes()
    return data[: len(data) // 2]


BAD: dict[str, Callable[[], bytes]] = {
    "empty.jpg": lambda: b"",
    "text.jpg": lambda: b"This is no picture.\n" * 50,
    "truncated.jpg": lambda: half_of("a.jpg"),
    "truncated.png": lambda: half_of("a.png"),
    "bomb.png": lambda: png_that_claims(100_000, 100_000),
    "lying.png": lambda: png_that_claims(2000, 2000),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_photo_is_named_in_one_line_and_the_others_are_written(
    colordesk: Command, name: str
) -> None:
    Path(name).write_bytes(BAD[name]())
    good = picture(Path("good.jpg"))
    answer = colordesk("colorize", name, good, "-o", "out", *TINY)
    assert answer.code == 1
    assert [
        line for line in answer.err.splitlines() if name in line and "1/" not in line
    ].__len__() == 1
    assert "1 of 2 photos colorized" in answer.err
    assert [path.name for path in Path("out").iterdir()] == ["good.jpg"]


def test_a_missing_photo_is_named(colordesk: Command) -> None:
    answer = colordesk("colorize", "none.jpg", picture(Path("a.jpg")), *TINY)
    assert answer.code == 1
    assert "none.jpg does not exist" in answer.err
    assert answer.written == [Path("a-color.jpg")]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may do anything")
def test_rights_that_are_missing_are_named(colordesk: Command) -> None:
    closed, source = picture(Path("closed.jpg")), picture(Path("shut/a.jpg"))
    closed.chmod(0)
    source.parent.chmod(0o500)
    answer = colordesk("colorize", closed, source, *TINY)
    source.parent.chmod(0o700)
    assert answer.code == 1
    assert len([line for line in answer.err.splitlines() if "may not be" in line]) == 2


def test_a_target_inside_a_file_is_named(colordesk: Command) -> None:
    source = picture(Path("a.jpg"))
    answer = colordesk("colorize", source, "-o", source / "b.jpg", *TINY)
    assert answer.code == 1
    assert "a.jpg" in answer.err
    assert answer.out == ""


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("a.jpg", "--unknown"),
        ("a.jpg", "--size", "5"),
        ("a.jpg", "--strength", "101"),
        ("a.jpg", "--strength", "nan"),
        ("a.jpg", "--saturation", "-1"),
        ("a.jpg", "--format", "gif"),
        ("a.jpg", "--quality", "0"),
        ("a.jpg", "--jobs", "0"),
        ("a.jpg", "--device", "tpu"),
        ("a.jpg", "--model", "nobody"),
        ("a.jpg", "--report", "report.txt"),
        ("a.jpg", "--report", "none/report.csv"),
        ("a.jpg", "-o", "b.gif"),
        ("a.jpg", "-o", "b.png", "--format", "jpg"),
        ("a.jpg", "b.jpg", "-o", "c.jpg"),
        ("a.jpg", "--edit", "broken.json"),
        ("a.jpg", "--edit", "none.json"),
    ],
    ids=" ".join,
)
def test_wrong_usage_writes_nothing(colordesk: Command, arguments: tuple[str, ...]) -> None:
    picture(Path("a.jpg"))
    picture(Path("b.jpg"))
    Path("broken.json").write_text('{"look": {"strength": 3000}}')
    before = sorted(Path().iterdir())
    answer = colordesk("colorize", *arguments)
    assert answer.code == 2
    assert answer.out == ""
    assert answer.err.strip()
    assert sorted(Path().iterdir()) == before


def test_models_that_cannot_be_used_are_named_once(colordesk: Command) -> None:
    sources = [picture(Path("a.jpg")), picture(Path("b.jpg"))]
    Path("corrupt.onnx").write_bytes(b"\x08\x07not a model")
    Path("empty.onnx").write_bytes(b"")
    make_model(Path("stranger.onnx"), manifest="")
    make_model(Path("wrong.onnx"), output_channels=3)
    for name in ("corrupt.onnx", "empty.onnx", "stranger.onnx", "wrong.onnx", "missing.onnx"):
        answer = colordesk("colorize", *sources, "--model", name, "--device", "cpu")
        assert answer.code == 1, name
        (line,) = answer.err.splitlines()
        assert name in line
        assert answer.out == ""


def test_a_model_file_can_be_given_by_path(colordesk: Command) -> None:
    make_model(Path("other.onnx"), id="other", ab=(60, 60))
    answer = colordesk(
        "colorize", picture(Path("a.png")), "--model", "other.onnx", "--device", "cpu"
    )
    assert answer.code == 0
    red, _, blue = open_photo(answer.written[0]).pixels.astype(float).mean(axis=(0, 1))
    assert red > blue


def test_a_device_that_is_not_there_is_an_error(colordesk: Command) -> None:
    answer = colordesk("colorize", picture(Path("a.jpg")), "--model", "tiny", "--device", "cuda:98")
    assert answer.code == 1
    assert "cuda:98 cannot be used" in answer.err
    assert answer.out == ""


def test_damaged_settings_are_named_and_passed_over(colordesk: Command, own_home: Path) -> None:
    from colordesk.paths import settings_file

    settings_file().parent.mkdir(parents=True)
    settings_file().write_text("{")
    answer = colordesk("colorize", picture(Path("a.jpg")), *TINY)
    assert answer.code == 0
    assert "holds no usable settings" in answer.err


def test_settings_are_what_options_do_not_say(colordesk: Command) -> None:
    from colordesk.paths import settings_file
    from colordesk.settings import Settings, write_settings

    write_settings(Settings(device="cpu", model="tiny", format="png"), settings_file())
    answer = colordesk("colorize", picture(Path("a.jpg")))
    assert answer.written == [Path("a-color.png")]
    assert "with tiny" in answer.err


def test_a_folder_without_photos_is_no_failure(colordesk: Command) -> None:
    picture(Path("album/sub/a.jpg"))
    answer = colordesk("colorize", "album", *TINY)
    assert answer.code == 0
    assert "no photo to colorize in album" in answer.err
    assert "--recursive" in answer.err


def test_the_report_says_what_became_of_every_photo(colordesk: Command) -> None:
    good, bad = picture(Path("good ä.jpg")), Path("bad.jpg")
    bad.write_bytes(b"")
    for name in ("report.csv", "report.json"):
        answer = colordesk("colorize", bad, good, "--overwrite", "--report", name, *TINY)
        assert answer.code == 1
    with Path("report.csv").open(encoding="utf-8", newline="") as file:
        failed, done = list(csv.DictReader(file))
    assert (failed["source"], failed["status"], failed["target"]) == ("bad.jpg", "failed", "")
    assert "bad.jpg" in failed["reason"]
    assert (done["source"], done["status"]) == ("good ä.jpg", "done")
    assert (done["target"], done["size"], done["model"]) == ("good ä-color.jpg", "48x48", "tiny")
    assert done["device"].startswith("CPU")
    assert float(done["seconds"]) >= 0
    rows = json.loads(Path("report.json").read_text(encoding="utf-8"))
    assert [row["status"] for row in rows] == ["failed", "done"]
    assert rows[0].keys() == failed.keys()


@pytest.mark.skipif(os.name != "posix", reason="signals as on POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_batch_cleanly(
    process: Callable[..., subprocess.Popen[str]], number: int
) -> None:
    for index in range(300):
        picture(Path(f"album/{index:03}.png"), 256)
    with process("colorize", "album", "-o", "out", "--report", "r.json", *TINY) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        first = child.stdout.readline()
        child.send_signal(number)
        # not communicate: it passes over what readline has read ahead
        written = [first.strip(), *child.stdout.read().split()]
        err = child.stderr.read()
    assert child.returncode == 130
    assert "Traceback" not in err
    assert "cancelled" in err
    assert sorted(written) == sorted(str(path) for path in Path("out").iterdir())
    assert 1 <= len(written) < 300
    assert len(json.loads(Path("r.json").read_text())) == 300


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names must be text")
def test_a_name_that_is_no_text_is_no_trouble(
    process: Callable[..., subprocess.Popen[str]], folder: Path
) -> None:
    source = picture(Path("a.png"))
    strange = source.rename(os.fsdecode(b"\xff\xfe caf\xe9.png"))
    child = process("colorize", strange, "none.png", "--report", "r.csv", *TINY)
    out, _ = child.communicate(timeout=60)
    assert child.returncode == 1
    assert os.fsencode(out) == b"\xff\xfe caf\xe9-color.png\n"
    assert Path(os.fsdecode(b"\xff\xfe caf\xe9-color.png")).exists()
    assert b"\xff\xfe caf\xe9-color.png" in Path("r.csv").read_bytes()


def test_a_colour_photo_is_named_and_left_unless_asked_for(
    colordesk: Command, folder: Path
) -> None:
    picture(folder / "gray.png")
    Image.fromarray(skimage.data.coffee()).save(folder / "cup.png")
    answer = colordesk("colorize", "gray.png", "cup.png")
    assert answer.code == 0
    assert [path.name for path in answer.written] == ["gray-color.png"]
    assert "cup.png: passed over, it has colours of its own" in answer.err
    assert "1 skipped" in answer.err
    assert "--recolor" in answer.err
    asked = colordesk("colorize", "cup.png", "--recolor")
    assert [path.name for path in asked.written] == ["cup-color.png"]


def test_a_colour_photo_with_an_edit_of_its_own_is_wanted(colordesk: Command, folder: Path) -> None:
    Image.fromarray(skimage.data.coffee()).save(folder / "cup.png")
    (folder / "cup.png.colordesk.json").write_text("{}", encoding="utf-8")
    assert [path.name for path in colordesk("colorize", "cup.png").written] == ["cup-color.png"]


def test_what_is_done_already_can_be_passed_over(colordesk: Command, folder: Path) -> None:
    picture(folder / "in" / "a.png")
    assert colordesk("colorize", "in", "-o", "out").code == 0
    picture(folder / "in" / "b.png")
    answer = colordesk("colorize", "in", "-o", "out", "--skip-existing")
    assert answer.code == 0
    assert [path.name for path in answer.written] == ["b.png"]
    assert colordesk("colorize", "in", "--skip-existing", "--overwrite").code == 2


def test_names_can_be_chosen_and_the_tree_left_out(colordesk: Command, folder: Path) -> None:
    picture(folder / "in" / "a.png")
    picture(folder / "in" / "sub" / "b.png")
    answer = colordesk(
        *("colorize", "in", "-r", "--flat", "-o", "out", "--name", "{folder} {number}")
    )
    assert answer.code == 0
    assert sorted(path.as_posix() for path in answer.written) == ["out/in 1.png", "out/sub 2.png"]
    assert colordesk("colorize", "in", "--name", "{what}").code == 2


def test_a_report_can_be_a_page(colordesk: Command, folder: Path) -> None:
    picture(folder / "a.png")
    for report, *output in (("r.html",), ("new/r.html", "-o", "new")):
        assert colordesk("colorize", "a.png", "--report", report, *output).code == 0
        assert "data:image/jpeg" in (folder / report).read_text(encoding="utf-8")
