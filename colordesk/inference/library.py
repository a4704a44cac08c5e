"""The models that are there: which files, what they say of themselves, which is meant by a name.

Hides the search through folders; only manifests are read, never a network.
Invariant: an id names one model. The first folder that has it wins, and the other is reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from colordesk.errors import ColorDeskError
from colordesk.inference.manifest import Manifest, ModelError, read_manifest
from colordesk.paths import resources_dir, user_models_dir
from colordesk.settings import Settings

DEFAULT_ID = "colordesk-base"


@dataclass(frozen=True)
class Model:
    """One model file and what it says of itself."""

    path: Path
    manifest: Manifest


class UnknownModel(ColorDeskError):
    """No model of that name is there.

    Args:
        wanted: the name; empty if just any model was asked for and there is none.
        known: the ids that are there.
    """

    def __init__(self, wanted: str, known: tuple[str, ...]) -> None:
        super().__init__(wanted, known)
        self.wanted = wanted
        self.known = known


class Library:
    """All models of some folders and of the folders right inside them.

    Args:
        folders: in order of precedence; one that does not exist is passed over.
    """

    models: tuple[Model, ...]
    """In the order of the folders, by file name inside one."""
    problems: tuple[ModelError, ...]
    """Files and folders that cannot be used, with the reason."""

    def __init__(self, folders: Sequence[Path]) -> None:
        models: dict[str, Model] = {}
        problems: list[ModelError] = []
        for folder in folders:
            try:
                paths = sorted({*folder.glob("*.onnx"), *folder.glob("*/*.onnx")})
            except OSError as error:
                problems.append(ModelError(folder, f"the folder cannot be read ({error.strerror})"))
                continue
            for path in paths:
                if path.name.startswith("."):  # a file that is still being written
                    continue
                try:
                    model = _open(path)
                except ModelError as error:
                    problems.append(error)
                    continue
                first = models.setdefault(model.manifest.id, model)
                if first is not model and not first.path.samefile(path):
                    problems.append(
                        ModelError(path, f"its id {model.manifest.id} is taken by {first.path}")
                    )
        self.models = tuple(models.values())
        self.problems = tuple(problems)

    def get(self, wanted: str | None) -> Model:
        """Return the model of an id, or of a path to an .onnx file, or the default one.

        Raises:
            UnknownModel: no such id, or no model at all.
            ModelError: the file at that path cannot be used.
        """
        by_id = {model.manifest.id: model for model in self.models}
        if wanted is None:
            default = by_id.get(DEFAULT_ID) or next(iter(self.models), None)
            if default is None:
                raise UnknownModel("", ())
            return default
        if wanted in by_id:
            return by_id[wanted]
        if wanted.lower().endswith(".onnx"):
            return _open(Path(wanted))
        raise UnknownModel(wanted, tuple(by_id))


def default_folders(settings: Settings) -> list[Path]:
    """Return the folders to look in: bundled, the person's own, and those of the settings."""
    chosen = [Path(folder).expanduser() for folder in settings.model_folders]
    return [resources_dir() / "models", user_models_dir(), *chosen]


def _open(path: Path) -> Model:
    try:
        return Model(path, read_manifest(path))
    except OSError as error:
        raise ModelError(path, f"it cannot be read ({error.strerror})") from error
