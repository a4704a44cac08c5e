"""Every error has a sentence that says what happened, to which file."""

from __future__ import annotations

import errno
import importlib
import os
import pkgutil
from pathlib import Path

import pytest

import colordesk
from colordesk.batch import NotTried, Skipped
from colordesk.compare.truth import NoTruth
from colordesk.edit import EditError
from colordesk.errors import ColorDeskError, FileError
from colordesk.explain import explain
from colordesk.icc import UnsupportedProfile
from colordesk.inference.device import DeviceError, OutOfMemory, WorkerDied
from colordesk.inference.library import UnknownModel
from colordesk.inference.manifest import ModelError
from colordesk.metrics.table import SizesDiffer
from colordesk.photo import PhotoError
from colordesk.plan import PlanError
from colordesk.settings import SettingsError
from colordesk.steer.likeness import NoFeatures
from colordesk.steer.reference import PaletteError
from colordesk.steer.saved import SavedColoursError
from colordesk.steer.strokes import StrokesError
from colordesk.task import Cancelled
from colordesk.video.errors import (
    EncoderError,
    ProjectError,
    UnevenFrames,
    UnknownPreset,
    VideoError,
)
from colordesk.video.export import UnfinishedExport

FILE = Path("some folder/ä.jpg")
WITH_FILE = [
    PhotoError(FILE, "it ends early"),
    FileError(FILE, "it exists already"),
    Skipped(FILE, "it has colours of its own", coloured=True),
    EditError("look.tint cannot be 3000", FILE),
    SettingsError(FILE, "it is not JSON"),
    PaletteError(FILE, "it has no colours of its own"),
    StrokesError(FILE, "there is no stroke in it"),
    SavedColoursError(FILE, "it is not valid JSON"),
    ModelError(FILE, "it is not an ONNX file"),
    NoTruth(FILE, "it is gray"),
    VideoError(FILE, "it holds sound but no picture"),
    ProjectError(FILE, "it names no clips"),
    UnfinishedExport(FILE, 30),
    *(
        OSError(number, os.strerror(number), str(FILE))
        for number in (errno.EACCES, errno.ENOENT, errno.ENOSPC, errno.EISDIR, errno.EIO)
    ),
]
WITHOUT_FILE = [
    EditError("look.tint cannot be 3000"),
    PlanError("one file cannot hold two photos"),
    UnknownModel("other", ("colordesk-base", "mine")),
    UnknownModel("", ()),
    UnknownPreset("mine", ("share", "archive")),
    DeviceError("cuda:7", "there is no GPU 7"),
    NoFeatures("Tiny"),
    NoFeatures("Tiny", changed=True),
    OutOfMemory("CPU (2 threads)", 640, 480),
    EncoderError("the codec vp9 has no 10 bit here"),
    UnevenFrames("the frame rate of a.mp4 varies"),
    SizesDiffer((640, 480), (641, 480)),
    WorkerDied(-9),
    WorkerDied(-11),
    NotTried(OSError(errno.ENOSPC, "full")),
    MemoryError(),
    ImportError("libEGL.so.1: cannot open shared object file"),
    Cancelled(),
    OSError("without a number"),
    OSError(errno.ENOMEM, "no memory"),
    ZeroDivisionError("division by zero"),
    UnsupportedProfile("it is of no kind that we know"),
    ColorDeskError("Something new"),
]


@pytest.mark.parametrize("error", WITH_FILE + WITHOUT_FILE, ids=repr)
def test_an_error_becomes_sentences(error: BaseException) -> None:
    explanation = explain(error)
    for sentence in filter(None, (explanation.what, explanation.todo)):
        assert sentence[0].isupper() or sentence.startswith(str(FILE))
        assert sentence.endswith(".")
        assert not sentence.endswith("..")
        assert "\n" not in sentence
    assert str(explanation).startswith(explanation.what)


@pytest.mark.parametrize("error", WITH_FILE, ids=repr)
def test_the_file_is_named(error: BaseException) -> None:
    assert str(FILE) in explain(error).what


def test_what_the_error_carries_is_told() -> None:
    assert "it ends early" in str(explain(PhotoError(FILE, "it ends early")))
    assert "colordesk-base, mine" in str(explain(UnknownModel("x", ("colordesk-base", "mine"))))
    assert "ZeroDivisionError: division by zero" in str(
        explain(ZeroDivisionError("division by zero"))
    )
    assert explain(ModelError(FILE, "it is empty")).what.startswith("The model ")
    full = explain(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "a.jpg"))
    assert "the disk is full" in full.what
    assert "room" in full.todo


def test_every_kind_of_error_of_ours_is_tried_here() -> None:
    for module in pkgutil.walk_packages(colordesk.__path__, "colordesk."):
        if not module.name.startswith(("colordesk.ui", "colordesk.__main__")):
            importlib.import_module(module.name)

    def kinds(base: type[ColorDeskError]) -> set[type[ColorDeskError]]:
        return {base}.union(*(kinds(kind) for kind in base.__subclasses__()))

    ours = {kind for kind in kinds(ColorDeskError) if kind.__module__.startswith("colordesk.")}
    tried = {type(error) for error in WITH_FILE + WITHOUT_FILE}
    assert ours - tried == set()
