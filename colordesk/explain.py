"""The one place where an error becomes words: what happened, to which file, and what to do.

The words are English; whoever asks may hand in what says them in another language.
Invariant: every error gets a sentence; one that is not known here is called an internal error.
"""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import dataclass

from colordesk.batch import NotTried, Skipped
from colordesk.compare.truth import NoTruth
from colordesk.edit import EditError
from colordesk.errors import ColorDeskError, FileError
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
from colordesk.video.errors import ProjectError, UnknownPreset, VideoError

Say = Callable[[str], str]
"""Returns a sentence or a clause in the person's language; one that it does not know, as it is."""
_MORE_MEMORY = "Close other programs, or work on fewer photos at the same time."
_OTHER_FOLDER = "Choose another folder, or ask for the right to use this one."
_SYSTEM = {
    errno.EACCES: ("{file} may not be read or written.", _OTHER_FOLDER),
    errno.EDQUOT: (
        "{file} cannot be written, because your share of the disk is full.",
        "Make room on it.",
    ),
    errno.EISDIR: ("{file} is a folder, not a file.", "Give the name of a file."),
    errno.ELOOP: ("{file} is a link that leads back to itself.", "Remove that link."),
    errno.ENAMETOOLONG: ("{file} has too long a name.", "Choose a shorter one."),
    errno.ENOENT: ("{file} does not exist.", "Check the name."),
    errno.ENOSPC: ("{file} cannot be written, because the disk is full.", "Make room on it."),
    errno.ENOTDIR: ("{file} lies inside a file, not inside a folder.", "Check the name."),
    errno.EPERM: ("{file} may not be changed.", _OTHER_FOLDER),
    errno.EROFS: (
        "{file} cannot be written, because its disk is read-only.",
        "Choose another folder.",
    ),
}


@dataclass(frozen=True)
class Explanation:
    """An error in words for people."""

    what: str
    """What happened, to which file; a sentence."""
    todo: str = ""
    """What to do about it; a sentence, or nothing."""

    def __str__(self) -> str:
        return f"{self.what} {self.todo}".rstrip()


def explain(error: BaseException, say: Say = str) -> Explanation:
    """Return what to tell people about an error, without names of commands or buttons.

    Args:
        error: what happened.
        say: returns a sentence or clause in the person's language; values stand in it in braces.
    """
    words = _Words(say)
    match error:
        case ColorDeskError():
            return _ours(error, words)
        case Cancelled() | KeyboardInterrupt():
            return words("It was cancelled.")
        case OSError():
            return _system(error, words)
        case MemoryError():
            return words("There is not enough memory.", _MORE_MEMORY)
        case ImportError():
            return words(
                "A part of ColorDesk cannot be loaded: {error}.",
                "Set ColorDesk up again.",
                error=str(error),
            )
        case _:
            return words(
                "An error inside ColorDesk: {kind}: {error}.",
                "Please report it; with COLORDESK_DEBUG=1 in the environment it tells more.",
                kind=type(error).__name__,
                error=str(error),
            )


class _Words:
    """Makes explanations out of sentences with values in braces.

    Args:
        say: returns them in the person's language.
    """

    def __init__(self, say: Say) -> None:
        self.say = say

    def __call__(self, what: str, todo: str = "", **values: object) -> Explanation:
        return Explanation(self._filled(what, values), self._filled(todo, values))

    def _filled(self, text: str, values: dict[str, object]) -> str:
        return self.say(text).format(**values) if text else ""


def _ours(error: ColorDeskError, words: _Words) -> Explanation:
    path = str(getattr(error, "path", "") or "")
    problem = words.say(str(getattr(error, "problem", error)))
    match error:
        case ProjectError():
            return words("{path} is no usable film project: {problem}.", path=path, problem=problem)
        case PhotoError() | VideoError():
            return words("{path}: {problem}.", path=path, problem=problem)
        case PlanError():
            return Explanation(_sentence(problem))
        case NotTried():
            return words("It was not tried, because of an earlier error.")
        case EditError(path=None):
            return words("The edit is not possible: {problem}.", problem=problem)
        case EditError():
            return words(
                "{path} is no usable edit: {problem}.",
                "Mend or remove that file.",
                path=path,
                problem=problem,
            )
        case SettingsError():
            return words(
                "{path} holds no usable settings: {problem}.",
                "The defaults hold until that file is mended or removed.",
                path=path,
                problem=problem,
            )
        case UnknownModel(wanted=""):
            return words(
                "No model is installed.", "Install ColorDesk again, or add a model of your own."
            )
        case UnknownModel():
            return words(
                "There is no model {wanted}.",
                "Installed are: {known}.",
                wanted=error.wanted,
                known=", ".join(error.known) or "–",
            )
        case UnknownPreset():
            return words(
                "There is no preset {wanted}.",
                "There are: {known}.",
                wanted=error.wanted,
                known=", ".join(error.known),
            )
        case ModelError():
            return words(
                "The model {path} cannot be used: {problem}.",
                "Choose another model, or put a sound copy in its place.",
                path=path,
                problem=problem,
            )
        case DeviceError():
            return words(
                "The device {wanted} cannot be used: {problem}.",
                "Choose auto or cpu as the device.",
                wanted=error.wanted,
                problem=problem,
            )
        case WorkerDied():
            return _died(error, words)
        case OutOfMemory():
            return words(
                "The memory of the {device} is too small for what the model was to see, "
                "{width} x {height} pixels.",
                "Choose a smaller working size. Close other programs, or work on fewer photos at "
                "the same time.",
                device=words.say(error.device),
                width=error.width,
                height=error.height,
            )
        case PaletteError():
            return words(
                "{path} cannot be a reference: {problem}.",
                "Choose a colour photograph.",
                path=path,
                problem=problem,
            )
        case StrokesError():
            return words(
                "{path} cannot be used as strokes: {problem}.",
                "Paint on a transparent layer over the photo and save that layer alone as PNG.",
                path=path,
                problem=problem,
            )
        case SavedColoursError():
            return words(
                "{path} holds no usable colours: {problem}.",
                "Mend or remove that file.",
                path=path,
                problem=problem,
            )
        case NoFeatures(changed=True):
            return words(
                "The model {model} knows things otherwise than when the colour was saved.",
                "Save the colour again.",
                model=error.model,
            )
        case NoFeatures():
            return words(
                "The model {model} cannot tell the things in a photo apart.",
                "Choose another model for it.",
                model=error.model,
            )
        case NoTruth():
            return words("{path} cannot be judged: {problem}.", path=path, problem=problem)
        case SizesDiffer():
            (width, height), (true_width, true_height) = error.result, error.truth
            return words(
                "It has {width} x {height} pixels and its truth {true_width} x {true_height}.",
                "Give a picture of the same size.",
                width=width,
                height=height,
                true_width=true_width,
                true_height=true_height,
            )
        case FileError() | Skipped():  # after the kinds of it that say more
            return words("{path} is left as it is: {problem}.", path=path, problem=problem)
        case _:  # it still carries a clause of its own
            return Explanation(_sentence(problem))


def _died(error: WorkerDied, words: _Words) -> Explanation:
    todo = (
        "Choose a smaller working size or another model. Close other programs, or work on fewer "
        "photos at the same time."
    )
    if error.killed:
        return words(
            "The process that computes colours was ended by the system, and again when it was "
            "tried once more.",
            todo,
        )
    return words(
        "The process that computes colours crashed ({code}), and again when it was tried once "
        "more.",
        todo,
        code=error.exit_code,
    )


def _sentence(clause: str) -> str:
    return f"{clause[:1].upper()}{clause[1:]}."


def _system(error: OSError, words: _Words) -> Explanation:
    if error.errno == errno.ENOMEM:
        return words("There is not enough memory.", _MORE_MEMORY)
    usual = ("{file} cannot be used: {problem}.", "")
    what, todo = _SYSTEM.get(error.errno or 0, usual)
    file = error.filename2 or error.filename or words.say("A file")
    return words(what, todo, file=file, problem=words.say(error.strerror or str(error)))
