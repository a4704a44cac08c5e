"""The slow half of ColorDesk behind one door for the window.

Hides that the picture libraries, the models and the network's runtime are loaded only when they
are first needed, in a worker, so that the window is there at once. Every method but `device` and
`notices` is meant for a worker.
Invariant: importing this module loads none of them.
"""

from __future__ import annotations

import dataclasses
import os
import tempfile
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from colordesk.cache import give_memory_back
from colordesk.edit import Edit, read_edit, sidecar_path, write_edit
from colordesk.errors import ColorDeskError
from colordesk.paths import cache_dir, saved_colours_file
from colordesk.settings import Settings
from colordesk.task import Task
from colordesk.ui.batch.batch_engine import BatchEngine
from colordesk.ui.canvas.frame import Frame, Part, make_frame
from colordesk.ui.colours.colour_engine import ColourEngine
from colordesk.ui.film.film_engine import FilmEngine
from colordesk.ui.film.kinds import look_like_frames

if TYPE_CHECKING:
    from colordesk.compare.run import Outcome
    from colordesk.folder import Entry
    from colordesk.inference.device import Device, Opener
    from colordesk.inference.library import Library, Model
    from colordesk.inference.worker import Worker
    from colordesk.photo import Photo
    from colordesk.render import Renderer
    from colordesk.thumbnails import Thumbnail, Thumbnails


@dataclass(frozen=True, eq=False)
class Opened:
    """A photo with all that the window needs to show it."""

    photo: Photo
    edit: Edit
    """From its sidecar, or a new one."""
    has_edit: bool
    """Whether the edit comes from its sidecar."""
    problem: Exception | None
    """Why its sidecar could not be used."""
    before: Frame
    coloured: bool
    """Whether it has colours of its own already."""


@dataclass(frozen=True)
class Models:
    """The models that there are."""

    models: tuple[Model, ...]
    default: str | None
    """Id of the one that an edit without a model means."""
    problems: tuple[Exception, ...]


@dataclass(frozen=True)
class Wish:
    """What of a photo is to be seen, and how."""

    edit: Edit
    pixels: int
    """About so many of the whole photo."""
    part: Part | None = None
    """Only this part, with its very pixels."""


@dataclass(frozen=True)
class Found:
    """The photos behind what a person gave."""

    entries: tuple[Entry, ...]
    first: Path | None
    """The one to show first."""
    frames: Path | None = None
    """The folder that was given, if its pictures seem to be the frames of a film."""


class Engine:
    """Opens, shows, colours and saves; safe to use from both lanes.

    Args:
        settings: device, default model, format and quality.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._making = threading.Lock()
        self._made: tuple[Library, Renderer] | None = None
        self._thumbnails: Thumbnails | None = None
        self._worker: Worker | None = None
        self._open_model: Opener | None = None
        self.films = FilmEngine(self._film_tools, settings)
        """Opens, shows and exports film."""
        self.batches = BatchEngine(self._tools, settings)
        """Plans and does many photos."""
        features = cache_dir() / "features.sqlite"
        self.colours = ColourEngine(self._tools, saved_colours_file(), features)
        """Keeps colours under names and looks for their things."""

    def close(self) -> None:
        """Let go of what is open; no worker may be at work any more."""
        if self._thumbnails is not None:
            self._thumbnails.close()
        self.colours.close()
        if self._worker is not None:
            self._worker.close()

    def forget(self, task: Task) -> None:
        """Keep nothing of any photo that was shown."""
        if self._made is not None:
            self._made[1].forget()
        give_memory_back()

    def models(self, task: Task) -> Models:
        """Look for models."""
        from colordesk.inference.library import UnknownModel

        library, _ = self._tools()
        problems: list[Exception] = list(library.problems)
        default = None
        try:
            default = library.get(self._settings.model).manifest.id
        except ColorDeskError as error:
            if not (isinstance(error, UnknownModel) and library.problems):
                problems.insert(0, error)
        return Models(library.models, default, tuple(problems))

    def prepare(self, edit: Edit, task: Task) -> None:
        """Open the model of an edit ahead of its use."""
        self._tools()[1].prepare(edit)

    @property
    def device(self) -> Device | None:
        """What computes; None as long as no model was opened. For any thread."""
        return self._made[1].device if self._made else None

    @property
    def notices(self) -> tuple[str, ...]:
        """What a person should be told of the device. For any thread."""
        return self._made[1].notices if self._made else ()

    def find(self, paths: Sequence[Path], task: Task) -> Found:
        """Look into folders, not into theirs; files are taken as they are.

        Raises:
            OSError: a folder cannot be read.
        """
        from colordesk import folder

        entries = tuple(folder.find(paths, task))
        alone = paths[0] if len(paths) == 1 and paths[0].is_dir() else None
        if alone is not None and not look_like_frames([entry.path for entry in entries]):
            alone = None
        return Found(entries, entries[0].path if entries else None, alone)

    def edits_of(self, paths: Sequence[Path], task: Task) -> dict[Path, Edit]:
        """Return the edits kept beside photos, new ones where there is none.

        Raises:
            EditError: one of them is damaged.
            OSError: one of them cannot be read.
        """
        found = {}
        for path in paths:
            task.check()
            sidecar = sidecar_path(path)
            found[path] = read_edit(sidecar) if sidecar.exists() else Edit()
        return found

    def open(self, path: Path, pixels: int, task: Task) -> Opened:
        """Open a photo with its edit, and a first view of about so many pixels.

        Raises:
            PhotoError: it is no picture, damaged or too large.
            OSError: it cannot be read.
        """
        from colordesk.photo import open_photo

        photo = open_photo(path, task.part(0.0, 0.8))
        sidecar, edit, problem = sidecar_path(path), None, None
        try:
            edit = read_edit(sidecar) if sidecar.exists() else None
        except (ColorDeskError, OSError) as error:
            problem = error
        before, coloured = self._look(photo, edit or Edit(), pixels, task)
        return Opened(photo, edit or Edit(), edit is not None, problem, before, coloured)

    def open_image(self, write: Callable[[str], bool], pixels: int, task: Task) -> Opened:
        """Open a picture that is no file.

        Args:
            write: writes it as a PNG to a path and says whether it could.
            pixels: of the first view, about.
            task: progress and cancel.

        Raises:
            OSError: it cannot be written to a temporary file.
        """
        from colordesk.photo import open_photo

        with tempfile.TemporaryDirectory(prefix="colordesk-") as folder:
            path = Path(folder) / "pasted.png"
            if not write(str(path)):
                raise OSError(None, "the pasted picture could not be kept", str(path))
            photo = dataclasses.replace(open_photo(path, task), path=None)
        before, coloured = self._look(photo, Edit(), pixels, task)
        return Opened(photo, Edit(), False, None, before, coloured)

    def thumbnail(self, path: Path, side: int, task: Task) -> Thumbnail:
        """Return a small picture of a file; it is kept for the next time."""
        from colordesk.thumbnails import Thumbnails

        with self._making:
            if self._thumbnails is None:
                self._thumbnails = Thumbnails(cache_dir() / "thumbnails.sqlite")
        return self._thumbnails.get(path, side)

    def before(self, photo: Photo, wish: Wish, task: Task) -> Frame:
        """Return the photo in its shape, in its own colours."""
        rgb = self._tools()[1].original(photo, wish.pixels, task, wish.part, wish.edit.geometry)
        return make_frame(rgb, wish.part or whole_of(photo, wish.edit))

    def after(self, photo: Photo, wish: Wish, task: Task) -> Frame:
        """Return the photo in colour."""
        rgb = self._tools()[1].preview(photo, wish.edit, wish.pixels, task, wish.part)
        return make_frame(rgb, wish.part or whole_of(photo, wish.edit))

    def suggestions(
        self, photo: Photo, edit: Edit, place: tuple[float, float], task: Task
    ) -> list[tuple[float, float]]:
        """Return a* and b* that the model would give things like that at a place."""
        from colordesk.steer.suggest import OFFERED

        return self._tools()[1].suggestions(photo, edit, place, OFFERED, task)

    def render(self, photo: Photo, edit: Edit, task: Task) -> Photo:
        """Return the photo in colour at full size."""
        return self._tools()[1].render(photo, edit, task)

    def target(self, photo: Photo, ours: Collection[Path]) -> Path:
        """Return where "Save" puts a photo: beside its source, on no file but one of `ours`."""
        from colordesk.plan import plan

        if photo.path is None:
            raise ValueError("a photo that came from no file has no place of its own")
        item = plan([photo.path], format=self._settings.format)[0]
        deep = photo.bits == 16 or photo.alpha is not None
        first = (deep and item.deep_target) or item.target
        target, number = first, 2
        while os.path.lexists(target) and target not in ours:
            target = first.with_name(f"{photo.path.stem}-{number}-color{first.suffix}")
            number += 1
        return target

    def judge(
        self,
        photo: Path,
        models: Sequence[str],
        ids: Sequence[str],
        folder: Path,
        truth_of: Callable[[Path], Path] | None,
        task: Task,
    ) -> Outcome:
        """Judge models, and the gray photo, by a photograph whose true colours are known.

        Args:
            photo: the photograph.
            models: their ids.
            ids: of the measures.
            folder: keeps what was measured.
            truth_of: finds the file with its true colours; None where they are its own.
            task: progress and cancel.

        Raises:
            UnknownModel: one of the models is not there.
            OSError: the folder cannot be used.
        """
        from colordesk.compare.contestants import GrayPicture, ModelPicture
        from colordesk.compare.journal import Journal
        from colordesk.compare.run import Comparison
        from colordesk.compare.thumbnails import Thumbnails

        library, renderer = self._tools()
        pictures = [ModelPicture(library.get(id), renderer, id, None) for id in models]
        folder.mkdir(parents=True, exist_ok=True)
        with Journal(folder) as journal:
            small = Thumbnails(folder / "small")
            judging = Comparison(
                [*pictures, GrayPicture()], renderer, ids, journal, small, truth_of=truth_of
            )
            return judging.run([photo], lambda problem: None, task)

    def save(self, photo: Photo, target: Path, quality: int, edit: Edit, task: Task) -> None:
        """Write a coloured photo, and its edit beside the source.

        Raises:
            FileError: the target is the source.
            PhotoError: the format cannot hold the photo.
            OSError: the target cannot be written.
        """
        from colordesk.errors import FileError
        from colordesk.photo import save_photo

        if photo.path is not None and _same_file(photo.path, target):
            raise FileError(target, "it is the photo itself, and that is never written over")
        try:
            save_photo(photo, target, quality=quality, task=task)
        except OSError as error:  # it may name a temporary file, or none
            raise OSError(error.errno, error.strerror or str(error), str(target)) from error
        if photo.path is not None:
            self.save_edits({photo.path: edit}, task)

    def save_edits(self, edits: dict[Path, Edit], task: Task) -> None:
        """Write edits beside their photos.

        Raises:
            OSError: one of them cannot be written.
        """
        for path, edit in edits.items():
            try:
                write_edit(edit, sidecar_path(path))
            except OSError as error:
                name = str(sidecar_path(path))
                raise OSError(error.errno, error.strerror or str(error), name) from error

    def _look(self, photo: Photo, edit: Edit, pixels: int, task: Task) -> tuple[Frame, bool]:
        from colordesk.guard import has_colour

        frame = self.before(photo, Wish(edit, pixels), task.part(0.8, 1.0))
        return frame, has_colour(frame.rgb)

    def _tools(self) -> tuple[Library, Renderer]:
        with self._making:
            if self._made is None:
                from colordesk.inference.library import Library, default_folders
                from colordesk.inference.worker import Worker, opener
                from colordesk.render import Renderer

                library = Library(default_folders(self._settings))
                self._worker = Worker()
                self._open_model = opener(self._settings, self._worker)
                self._made = library, Renderer(library, self._settings, self._open_model)
            return self._made

    def _film_tools(self) -> tuple[Library, Opener]:
        library, _ = self._tools()
        assert self._open_model is not None
        return library, self._open_model


def whole_of(photo: Photo, edit: Edit) -> Part:
    """Return all of a photo as a part, in the shape that an edit gives it."""
    return 0, 0, *edit.geometry.size(photo.width, photo.height)


def _same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there
        return False
