"""The one place where an error becomes words: what happened, to which file, and what to do.

Invariant: every error gets a sentence; one that is not known here is called an internal error.
"""

from __future__ import annotations

import errno
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
from colordesk.video.errors import VideoError

_MORE_MEMORY = "Close other programs, or work on fewer photos at the same time."
_OTHER_FOLDER = "Choose another folder, or ask for the right to use this one."
_SYSTEM = {
    errno.EACCES: ("may not be read or written", _OTHER_FOLDER),
    errno.EDQUOT: ("cannot be written, because your share of the disk is full", "Make room on it."),
    errno.EISDIR: ("is a folder, not a file", "Give the name of a file."),
    errno.ELOOP: ("is a link that leads back to itself", "Remove that link."),
    errno.ENAMETOOLONG: ("has too long a name", "Choose a shorter one."),
    errno.ENOENT: ("does not exist", "Check the name."),
    errno.ENOSPC: ("cannot be written, because the disk is full", "Make room on it."),
    errno.ENOTDIR: ("lies inside a file, not inside a folder", "Check the name."),
    errno.EPERM: ("may not be changed", _OTHER_FOLDER),
    errno.EROFS: ("cannot be written, because its disk is read-only", "Choose another folder."),
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


def explain(error: BaseException) -> Explanation:
    """Return what to tell people about an error, without names of commands or buttons."""
    match error:
        case ColorDeskError():
            return _ours(error)
        case Cancelled() | KeyboardInterrupt():
            return Explanation("It was cancelled.")
        case OSError():
            return _system(error)
        case MemoryError():
            return Explanation("There is not enough memory.", _MORE_MEMORY)
        case ImportError():
            return Explanation(
                f"A part of ColorDesk cannot be loaded: {error}.", "Set ColorDesk up again."
            )
        case _:
            return Explanation(
                f"An error inside ColorDesk: {type(error).__name__}: {error}.",
                "Please report it; with COLORDESK_DEBUG=1 in the environment it tells more.",
            )


def _ours(error: ColorDeskError) -> Explanation:
    match error:
        case PhotoError() | VideoError():
            return Explanation(f"{error.path}: {error.problem}.")
        case PlanError():
            return Explanation(_sentence(error.problem))
        case NotTried():
            return Explanation("It was not tried, because of an earlier error.")
        case EditError(path=None):
            return Explanation(f"The edit is not possible: {error.problem}.")
        case EditError():
            return Explanation(
                f"{error.path} is no usable edit: {error.problem}.", "Mend or remove that file."
            )
        case SettingsError():
            return Explanation(
                f"{error.path} holds no usable settings: {error.problem}.",
                "The defaults hold until that file is mended or removed.",
            )
        case UnknownModel(wanted=""):
            return Explanation(
                "No model is installed.", "Install ColorDesk again, or add a model of your own."
            )
        case UnknownModel():
            known = ", ".join(error.known) or "none"
            return Explanation(f"There is no model {error.wanted}.", f"Installed are: {known}.")
        case ModelError():
            return Explanation(
                f"The model {error.path} cannot be used: {error.problem}.",
                "Choose another model, or put a sound copy in its place.",
            )
        case DeviceError():
            return Explanation(
                f"The device {error.wanted} cannot be used: {error.problem}.",
                "Choose auto or cpu as the device.",
            )
        case WorkerDied():
            how = "was ended by the system" if error.killed else f"crashed ({error.exit_code})"
            return Explanation(
                f"The process that computes colours {how}, and again when it was tried once more.",
                f"Choose a smaller working size or another model. {_MORE_MEMORY}",
            )
        case OutOfMemory():
            return Explanation(
                f"The memory of the {error.device} is too small for what the model was to see, "
                f"{error.width} x {error.height} pixels.",
                f"Choose a smaller working size. {_MORE_MEMORY}",
            )
        case PaletteError():
            return Explanation(
                f"{error.path} cannot be a reference: {error.problem}.",
                "Choose a colour photograph.",
            )
        case StrokesError():
            return Explanation(
                f"{error.path} cannot be used as strokes: {error.problem}.",
                "Paint on a transparent layer over the photo and save that layer alone as PNG.",
            )
        case SavedColoursError():
            return Explanation(
                f"{error.path} holds no usable colours: {error.problem}.",
                "Mend or remove that file.",
            )
        case NoFeatures(changed=True):
            return Explanation(
                f"The model {error.model} knows things otherwise than when the colour was saved.",
                "Save the colour again.",
            )
        case NoFeatures():
            return Explanation(
                f"The model {error.model} cannot tell the things in a photo apart.",
                "Choose another model for it.",
            )
        case NoTruth():
            return Explanation(f"{error.path} cannot be judged: {error.problem}.")
        case SizesDiffer():
            (width, height), (true_width, true_height) = error.result, error.truth
            return Explanation(
                f"It has {width} x {height} pixels and its truth {true_width} x {true_height}.",
                "Give a picture of the same size.",
            )
        case FileError() | Skipped():  # all that is no other kind
            return Explanation(f"{error.path} is left as it is: {error.problem}.")
        case _:  # it still carries a clause of its own
            return Explanation(_sentence(str(getattr(error, "problem", error))))


def _sentence(clause: str) -> str:
    return f"{clause[:1].upper()}{clause[1:]}."


def _system(error: OSError) -> Explanation:
    file = error.filename2 or error.filename or "A file"
    what, todo = _SYSTEM.get(error.errno or 0, (f"cannot be used: {error.strerror or error}", ""))
    if error.errno == errno.ENOMEM:
        return Explanation("There is not enough memory.", _MORE_MEMORY)
    return Explanation(f"{file} {what}.", todo)
