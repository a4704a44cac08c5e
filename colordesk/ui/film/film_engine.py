"""The slow half of film behind one door for the window.

Hides that decoders, models and encoders are loaded only when a film is opened. Every method is
meant for a worker.
Invariant: importing this module loads none of them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from colordesk.edit import Edit
from colordesk.settings import Settings
from colordesk.task import Task
from colordesk.ui.film import projects
from colordesk.ui.film.cut import Choices, Stretch
from colordesk.ui.film.following import Following
from colordesk.ui.film.pictures import Picture, shown
from colordesk.ui.film.rendering import Renderings, render_settings

if TYPE_CHECKING:
    from colordesk.edit import ColorPoint
    from colordesk.inference.device import Opener
    from colordesk.inference.library import Library, Model
    from colordesk.photo import Photo
    from colordesk.scale import Plane
    from colordesk.video.clip import Clip
    from colordesk.video.codecs import ExportSettings
    from colordesk.video.export import Done
    from colordesk.video.predicting import Colourist
    from colordesk.video.reading import Frame as VideoFrame
    from colordesk.video.stills import Stills

_SHOT_SIDE = 90  # pixels: cuts are seen in small pictures as well


@dataclass(frozen=True, eq=False)
class OpenedFilm:
    """A film with all that the window needs to show it."""

    path: Path
    """What was opened."""
    found: projects.Found
    first: Picture


@dataclass(frozen=True)
class Run:
    """A part of the timeline that is played."""

    number: int
    """Of its stretch."""
    start: Fraction
    """Seconds of its clip."""
    end: Fraction


@dataclass(frozen=True)
class Order:
    """An export that a person asked for."""

    choices: Choices
    output: Path
    settings: ExportSettings


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
        self._following = Following()
        self._renderings = Renderings()

    def open(self, path: Path, rate: Fraction | None, task: Task) -> OpenedFilm:
        """Open a film with the project beside it, or a project.

        Args:
            path: of a film, a folder of numbered frames or a project.
            rate: frames per second, of numbered frames.
            task: cancelling it stops the opening.

        Raises:
            VideoError: it is no film, or one that cannot be coloured.
            OSError: it cannot be read.
        """
        from colordesk.video.errors import VideoError

        found = projects.find(path, rate, task)
        one = found.choices.stretches[0]
        first = self.before(one.clip, one.moment(one.first), task)
        if first is None:
            first = self.before(one.clip, Fraction(0), task)
        if first is None:
            raise VideoError(path, "it holds no frame that can be shown")
        return OpenedFilm(path, found, first)

    def add(
        self, stretches: Sequence[Stretch], paths: Sequence[Path], task: Task
    ) -> projects.Added:
        """Open clips that are to go with others.

        Raises:
            Cancelled: the owner of the task asked for it.
        """
        return projects.add(stretches, paths, task)

    def keep(self, choices: Choices, file: Path, task: Task) -> None:
        """Write the project of a film.

        Raises:
            OSError: the folder cannot be written.
        """
        projects.keep(choices, file)

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
        return Picture(clip.since_first(frame.time), shown(clip, gray(clip, frame)), None)

    def photo(self, clip: Clip, seconds: Fraction, task: Task) -> Photo:
        """Return the frame that is shown so many seconds after the first one as a gray photo.

        Raises:
            VideoError, OSError: the film cannot be read.
        """
        from colordesk.photo import Photo
        from colordesk.video.errors import VideoError

        picture = self.before(clip, seconds, task)
        if picture is None:
            raise VideoError(clip.path, "it holds no frame of what was asked for")
        return Photo(picture.before.rgb[:, :, :1])

    def after(self, choices: Choices, number: int, seconds: Fraction, task: Task) -> Picture | None:
        """Return the frame that is shown so many seconds after the first one, in gray and colour.

        Args:
            choices: of the film.
            number: of the stretch.
            seconds: of its clip.
            task: cancelling it stops the model.

        Raises:
            VideoError, OSError: the film cannot be read.
            UnknownModel, ModelError, DeviceError, OutOfMemory: the model cannot be used.
        """
        from colordesk.video.reading import frame_at

        frame = frame_at(choices.stretches[number].clip, seconds)
        return None if frame is None else self._coloured(choices, number, frame, task)

    def suggestions(
        self,
        choices: Choices,
        number: int,
        seconds: Fraction,
        place: tuple[float, float],
        task: Task,
    ) -> list[tuple[float, float]]:
        """Return a* and b* that the model would give things like that at a place of a frame.

        Args:
            choices: of the film.
            number: of the stretch.
            seconds: of its clip.
            place: of the upright picture.
            task: cancelling it stops the model.

        Raises:
            VideoError, OSError: the film cannot be read.
            UnknownModel, ModelError, DeviceError, OutOfMemory: the model cannot be used.
        """
        from colordesk.steer.suggest import OFFERED
        from colordesk.video.reading import frame_at

        clip, edit = choices.stretches[number].clip, choices.treatment.edit
        frame = frame_at(clip, seconds)
        if frame is None:
            return []
        return self._stills_of(clip, edit).suggestions(frame, edit, place, OFFERED, task)

    def shots(self, clip: Clip, task: Task) -> list[int]:
        """Return the frames at which shots begin, counted as a `Reel` does.

        Raises:
            VideoError, OSError: the film cannot be read.
        """
        from colordesk.video.layout import chroma_size
        from colordesk.video.paint import guide_of, small_luma
        from colordesk.video.reading import Damage, read_frames
        from colordesk.video.shots import find_shots
        from colordesk.video.yuv import lightness

        size = chroma_size(clip.width, clip.height, clip.chroma)
        scale = min(_SHOT_SIDE / min(size), 1.0)
        small = max(round(size[0] * scale), 1), max(round(size[1] * scale), 1)
        frames: list[int] = []
        count = clip.frame_count

        def lights() -> Generator[Plane, None, None]:
            for frame in read_frames(clip, Damage()):
                task.check()
                frames.append(round((frame.time * clip.time_base - clip.start) * clip.rate))
                if count:
                    task.progress(min(len(frames) / count, 1.0))
                yield lightness(small_luma(guide_of(frame.luma, size), clip.encoding, small))

        with closing(lights()) as seen:
            return [frames[shot.start] for shot in find_shots(seen)]

    def play(
        self,
        stretches: Sequence[Stretch],
        runs: Sequence[Run],
        choose: Callable[[], Choices | None],
        begin: Callable[[], object],
        show: Callable[[Picture], object],
        clock: Callable[[], float],
        task: Task,
    ) -> int:
        """Show the frames of a film at the moments they are due; return how many were left out.

        Args:
            stretches: of the film.
            runs: what of them is played.
            choose: returns how to colour the next frame; None for not at all.
            begin: called when the first frame is ready.
            show: called with each frame.
            clock: returns the seconds by which frames are due.
            task: cancelling it stops the playing.

        Raises:
            VideoError, OSError: the film cannot be read.
            UnknownModel, ModelError, DeviceError, OutOfMemory: the model cannot be used.
        """
        from colordesk.ui.film.projection import project
        from colordesk.video.reading import Damage, read_frames
        from colordesk.video.stills import gray

        def ready(raw: tuple[int, VideoFrame]) -> Picture:
            (number, frame), now = raw, choose()
            if now is None:
                clip = stretches[number].clip
                before = shown(clip, gray(clip, frame))
                return Picture(clip.since_first(frame.time), before, None, number)
            return self._coloured(now, number, frame, task)

        def due() -> Generator[tuple[float, tuple[int, VideoFrame]], None, None]:
            passed = Fraction(0)
            for run in runs:
                clip = stretches[run.number].clip
                since = int((clip.start + run.start) / clip.time_base)
                for frame in read_frames(clip, Damage(), since=since):
                    time = clip.since_first(frame.time)
                    if time >= run.end:
                        break
                    yield float(passed + time - run.start), (run.number, frame)
                passed += run.end - run.start

        step = float(1 / stretches[0].clip.rate)
        with closing(due()) as frames:
            return project(frames, ready, show, begin, step, task, clock=clock)

    def export(self, order: Order, task: Task, *, resume: bool, afresh: bool) -> Done:
        """Colour a film and write it; the choices may lie anywhere in it.

        Raises:
            FileError: the output is one of its clips.
            UnfinishedExport: a stopped one lies there, and neither word was said.
            VideoError, EncoderError: the film cannot be read, or not be written this way.
            OSError: the output cannot be written.
            UnknownModel, ModelError, DeviceError, OutOfMemory: the model cannot be used.
        """
        from colordesk.errors import FileError
        from colordesk.video.encoders import film_encoder
        from colordesk.video.export import export_film
        from colordesk.video.film import sources

        output, film = order.output, projects.film_of(order.choices)
        if output.exists() and any(output.samefile(source) for source in sources(film)):
            raise FileError(output, "it is the film itself, and that is never written over")
        settings = replace(order.settings, threads=self._settings.threads)
        treatment = order.choices.treatment
        encoder = film_encoder(film, settings, output, deinterlace=treatment.deinterlace)
        # one of its own: stills may be looked at meanwhile
        colourist = self._new_colourist(self._model(treatment.edit))
        return export_film(
            film, treatment, encoder, colourist, output, task, resume=resume, afresh=afresh
        )

    def render(self, choices: Choices, task: Task) -> None:
        """Make what is exported once, so that it is looked at and played as it will be.

        Raises:
            As `export`.
        """

        def make(file: Path) -> None:
            order = Order(choices, file, render_settings())
            self.export(order, task, resume=False, afresh=True)

        self._renderings.make(choices, make)

    def kept(self, task: Task) -> tuple[int, int]:
        """Return the bytes that kept answers of the models take, and those that they may take."""
        from colordesk.video.store import LIMIT, stored_bytes

        return stored_bytes(), LIMIT

    def clear(self, task: Task) -> None:
        """Forget all kept answers of the models.

        Raises:
            OSError: they cannot be removed.
        """
        from colordesk.video.store import clear_store

        clear_store()

    def forget(self, task: Task) -> None:
        """Keep nothing of any film that was shown."""
        with self._lock:
            self._stills = None
            self._colourists.clear()
        self._renderings.forget()

    def _coloured(self, choices: Choices, number: int, frame: VideoFrame, task: Task) -> Picture:
        """Return a frame of a stretch as its shot is coloured."""
        from colordesk.video.hinting import upright
        from colordesk.video.predicting import working_of
        from colordesk.video.shot_edits import look_at, shot_at
        from colordesk.video.stills import gray

        one, edit = choices.stretches[number], choices.treatment.edit
        clip, seconds = one.clip, one.clip.since_first(frame.time)
        stills = self._stills_of(clip, edit)
        working = working_of(clip, self._model(edit), edit.size)
        points: list[ColorPoint] = []
        places: dict[int, tuple[float, float]] = {}
        for shot in (projects.points_of_film(choices, number), shot_at(one.shots, seconds)):
            if shot is not None and shot.points:
                found = self._following.places(clip, shot, frame, working, task)
                points += [found[key] for key in sorted(found)]
                places = {n: upright(p.x, p.y, clip) for n, p in found.items()}
        ready = self._renderings.after(choices, number, frame)
        if ready is not None:
            before = shown(clip, gray(clip, frame))
            return Picture(seconds, before, shown(clip, ready), number, places)
        own = replace(edit, look=look_at(one.shots, seconds, edit.look))
        still = stills.of(frame, own, task, {frame.time: points})
        before, after = shown(clip, still.before), shown(clip, still.after)
        return Picture(seconds, before, after, number, places)

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
