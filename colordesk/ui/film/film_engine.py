"""The slow half of film behind one door for the window.

Hides that decoders, models and encoders are loaded only when a film is opened. Every method is
meant for a worker.
Invariant: importing this module loads none of them.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from colordesk.edit import Edit, sidecar_path
from colordesk.errors import ColorDeskError
from colordesk.settings import Settings
from colordesk.task import Task
from colordesk.ui.film.reel import Choices, chosen, span
from colordesk.ui.frame import Frame, make_frame

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from colordesk.inference.device import Opener
    from colordesk.inference.library import Library, Model
    from colordesk.scale import Plane
    from colordesk.video.clip import Clip
    from colordesk.video.export import Done
    from colordesk.video.predicting import Colourist
    from colordesk.video.reading import Frame as VideoFrame
    from colordesk.video.stills import Stills

_SHOT_SIDE = 90  # pixels: cuts are seen in small pictures as well


@dataclass(frozen=True, eq=False)
class Picture:
    """A frame of a film, ready for the canvas."""

    seconds: Fraction
    """After the first frame."""
    before: Frame
    after: Frame | None
    """None if its colours were not asked for."""


@dataclass(frozen=True, eq=False)
class OpenedFilm:
    """A film with all that the window needs to show it."""

    clip: Clip
    count: int
    """Of its frames."""
    choices: Choices
    """From the project beside it, or new ones."""
    problem: Exception | None
    """Why the project could not be used."""
    keeps: bool
    """Whether the file beside it may be written: it is not if it holds more than the window
    knows of."""
    first: Picture


@dataclass(frozen=True)
class Order:
    """An export that a person asked for."""

    choices: Choices
    output: Path
    preset: str
    """A key of `codecs.PRESETS`."""


class FilmEngine:
    """Opens, shows and exports film; safe to use from all lanes.

    Args:
        tools: returns the models, and what opens them.
        settings: device and default model.
    """

    def __init__(self, tools: Callable[[], tuple[Library, Opener]], settings: Settings) -> None:
        self._tools, self._settings = tools, settings
        self._lock = threading.Lock()
        self._colourists: dict[Path, Colourist] = {}
        self._stills: tuple[Clip, Path, Stills] | None = None

    def open(self, path: Path, task: Task) -> OpenedFilm:
        """Open a film with the project beside it.

        Raises:
            VideoError: it is no film, or one that cannot be coloured.
            OSError: it cannot be read.
        """
        from colordesk.video.clip import open_clip
        from colordesk.video.errors import VideoError
        from colordesk.video.project import read_project
        from colordesk.video.treatment import Treatment

        clip = open_clip(path)
        count = clip.frame_count or _counted(clip, task)
        choices, problem, keeps = Choices(), None, True
        sidecar = sidecar_path(path)
        try:
            if sidecar.exists():
                project = read_project(sidecar)
                piece = project.pieces[0]
                keeps = len(project.pieces) == 1
                treatment: Treatment = project.treatment
                choices = chosen(treatment, piece.start, piece.end, clip.rate, count)
        except (ColorDeskError, OSError) as error:
            problem, keeps = error, False
        first = self.before(clip, (choices.first + Fraction(1, 2)) / clip.rate, task)
        if first is None:
            first = self.before(clip, Fraction(0), task)
        if first is None:
            raise VideoError(path, "it holds no frame that can be shown")
        return OpenedFilm(clip, count, choices, problem, keeps, first)

    def keep(self, clip: Clip, choices: Choices, task: Task) -> None:
        """Write the project beside a film.

        Raises:
            OSError: the folder cannot be written.
        """
        from colordesk.video.project import Piece, Project, write_project

        piece = Piece(clip.path, *span(choices, clip.rate))
        target = sidecar_path(clip.path)
        try:
            write_project(Project((piece,), choices.treatment), target)
        except OSError as error:  # it may name a temporary file
            raise OSError(error.errno, error.strerror or str(error), str(target)) from error

    def before(self, clip: Clip, seconds: Fraction, task: Task) -> Picture | None:
        """Return the frame that is shown so many seconds after the first one, in gray.

        Raises:
            VideoError, OSError: the film cannot be read.
        """
        from colordesk.video.reading import frame_at
        from colordesk.video.stills import gray

        frame = frame_at(clip, seconds)
        if frame is None:
            return None
        time = frame.time * clip.time_base - clip.start
        return Picture(time, _shown(clip, gray(clip, frame)), None)

    def after(self, clip: Clip, seconds: Fraction, edit: Edit, task: Task) -> Picture | None:
        """Return the frame that is shown so many seconds after the first one, in gray and colour.

        Raises:
            VideoError, OSError: the film cannot be read.
            UnknownModel, ModelError, DeviceError, OutOfMemory: the model cannot be used.
        """
        still = self._stills_of(clip, edit).at(seconds, edit, task)
        if still is None:
            return None
        time = still.time * clip.time_base - clip.start
        return Picture(time, _shown(clip, still.before), _shown(clip, still.after))

    def shots(self, clip: Clip, task: Task) -> list[int]:
        """Return the frames at which shots begin, counted as a `Reel` does.

        Raises:
            VideoError, OSError: the film cannot be read.
        """
        from colordesk.video.layout import chroma_size
        from colordesk.video.paint import Painter, guide_of
        from colordesk.video.reading import Damage, read_frames
        from colordesk.video.shots import find_shots
        from colordesk.video.yuv import lightness

        size = chroma_size(clip.width, clip.height, clip.chroma)
        scale = min(_SHOT_SIDE / min(size), 1.0)
        small = max(round(size[0] * scale), 1), max(round(size[1] * scale), 1)
        painter = Painter(clip.encoding, clip.layout.bits, size, small)
        frames: list[int] = []

        def lights() -> Generator[Plane, None, None]:
            for frame in read_frames(clip, Damage()):
                task.check()
                frames.append(round((frame.time * clip.time_base - clip.start) * clip.rate))
                yield lightness(painter.small_luma(guide_of(frame.luma, size)))

        with closing(lights()) as seen:
            return [frames[shot.start] for shot in find_shots(seen)]

    def play(
        self,
        clip: Clip,
        span: tuple[Fraction, Fraction],
        edit: Callable[[], Edit | None],
        begin: Callable[[], object],
        show: Callable[[Picture], object],
        task: Task,
    ) -> int:
        """Show the frames of a film at the moments they are due; return how many were left out.

        Args:
            clip: the film.
            span: seconds after the first frame, from and to.
            edit: returns how to colour the next frame; None for not at all.
            begin: called when the first frame is ready.
            show: called with each frame.
            task: cancelling it stops the playing.

        Raises:
            VideoError, OSError: the film cannot be read.
            UnknownModel, ModelError, DeviceError, OutOfMemory: the model cannot be used.
        """
        from colordesk.ui.film.projection import project
        from colordesk.video.reading import Damage, read_frames
        from colordesk.video.stills import gray

        def ready(frame: VideoFrame) -> Picture:
            time, now = frame.time * clip.time_base - clip.start, edit()
            if now is None:
                return Picture(time, _shown(clip, gray(clip, frame)), None)
            still = self._stills_of(clip, now).of(frame, now, task)
            return Picture(time, _shown(clip, still.before), _shown(clip, still.after))

        def due() -> Generator[tuple[float, VideoFrame], None, None]:
            since = int((clip.start + span[0]) / clip.time_base)
            for frame in read_frames(clip, Damage(), since=since):
                time = frame.time * clip.time_base - clip.start
                if time >= span[1]:
                    return
                yield float(time), frame

        with closing(due()) as frames:
            return project(frames, ready, show, begin, float(1 / clip.rate), task)

    def suffixes(self) -> dict[str, str]:
        """Return each preset with the suffix of its file."""
        from colordesk.video.codecs import PRESET_SUFFIXES

        return dict(PRESET_SUFFIXES)

    def export(self, clip: Clip, order: Order, task: Task, *, resume: bool, afresh: bool) -> Done:
        """Colour a film and write it; the choices may lie anywhere in it.

        Raises:
            FileError: the output is the film itself.
            UnfinishedExport: a stopped one lies there, and neither word was said.
            VideoError, EncoderError: the film cannot be read, or not be written this way.
            OSError: the output cannot be written.
            UnknownModel, ModelError, DeviceError, OutOfMemory: the model cannot be used.
        """
        from colordesk.plan import FileError
        from colordesk.video.codecs import PRESETS, choose_encoder
        from colordesk.video.export import export_film
        from colordesk.video.film import Film, Part

        output, choices = order.output, order.choices
        if output.exists() and output.samefile(clip.path):
            raise FileError(output, "it is the film itself, and that is never written over")
        film = Film((Part(clip, *span(choices, clip.rate)),))
        settings = replace(PRESETS[order.preset], threads=self._settings.threads)
        encoder = choose_encoder(clip, settings, output)
        # one of its own: stills may be looked at meanwhile
        colourist = self._new_colourist(self._model(choices.treatment.edit))
        return export_film(
            film,
            choices.treatment,
            encoder,
            colourist,
            output,
            task,
            resume=resume,
            afresh=afresh,
        )

    def forget(self, task: Task) -> None:
        """Keep nothing of any film that was shown."""
        with self._lock:
            self._stills = None
            self._colourists.clear()

    def _stills_of(self, clip: Clip, edit: Edit) -> Stills:
        from colordesk.video.stills import Stills

        model = self._model(edit)
        with self._lock:
            if self._stills is None or self._stills[:2] != (clip, model.path):
                if model.path not in self._colourists:
                    self._colourists = {model.path: self._new_colourist(model)}
                self._stills = clip, model.path, Stills(clip, self._colourists[model.path])
            return self._stills[2]

    def _model(self, edit: Edit) -> Model:
        library, _ = self._tools()
        return library.get(edit.model or self._settings.model)

    def _new_colourist(self, model: Model) -> Colourist:
        from colordesk.video.predicting import Colourist

        return Colourist(model, self._settings, self._tools()[1])


def target_of(clip: Clip, suffix: str) -> Path:
    """Return a name beside a film that no file has."""
    number, stem = 2, f"{clip.path.stem}-color"
    target = clip.path.with_name(stem + suffix)
    while os.path.lexists(target):
        target = clip.path.with_name(f"{stem}-{number}{suffix}")
        number += 1
    return target


def shown_size(clip: Clip) -> tuple[int, int]:
    """Return width and height of a film as players show it: upright, with square pixels."""
    width = round(clip.width * (clip.sample_aspect or 1))
    turned = round(clip.rotation / 90) % 2
    return (clip.height, width) if turned else (width, clip.height)


def _shown(clip: Clip, rgb: NDArray[np.uint8]) -> Frame:
    import cv2
    import numpy as np

    width, height = shown_size(clip)
    upright = np.ascontiguousarray(np.rot90(rgb, round(clip.rotation / 90) % 4))
    if upright.shape[1::-1] != (width, height):
        stretched = cv2.resize(upright, (width, height), interpolation=cv2.INTER_LINEAR)
        upright = stretched.astype(np.uint8, copy=False)
    return make_frame(upright, (0, 0, width, height))


def _counted(clip: Clip, task: Task) -> int:
    """Count the frames of a file that does not say how many it has."""
    from colordesk.video.reading import Damage, read_frames

    count = 0
    frames = read_frames(clip, Damage())
    assert isinstance(frames, Generator)
    with closing(frames):
        for _ in frames:
            task.check()
            count += 1
    return count
