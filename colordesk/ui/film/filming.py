"""Film in the window: opened, closed, and all of its parts joined.

Invariant: everything shown belongs to the film at hand, and what was chosen for it lies beside it
a moment later.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from colordesk.jobs import Job, JobState
from colordesk.ui.film.asking import FilmAsking
from colordesk.ui.film.cutting import Cutting
from colordesk.ui.film.exporting import FilmExporting
from colordesk.ui.film.film_engine import FilmEngine, OpenedFilm
from colordesk.ui.film.keeping import Keeping
from colordesk.ui.film.own_colours import OwnColours
from colordesk.ui.film.player import Player
from colordesk.ui.film.previewing import Previewing
from colordesk.ui.film.reel import Reel
from colordesk.ui.film.screening import Screening
from colordesk.ui.film.shot_looks import ShotLooks
from colordesk.ui.film.shot_points import ShotPoints
from colordesk.ui.film.view import FilmView
from colordesk.ui.icons import Icons
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.memory import Memory
from colordesk.ui.messages import Messages
from colordesk.ui.theme import Theme
from colordesk.video.treatment import Treatment

if TYPE_CHECKING:
    from colordesk.ui.engine import Models
    from colordesk.video.clip import Clip


class Filming(QObject):
    """Opens a film, shows it, and keeps what is chosen for it.

    Args:
        bridge: runs the work.
        engine: does it.
        messages: for errors and news.
        memory: recent films and folders.
        theme: of the page.
        icons: of the page.
        may_leave: asks whether the photo at hand can go.
    """

    opened = Signal()
    """A film is shown."""
    closed = Signal()
    """No film is shown any more."""
    recent_changed = Signal()
    state_changed = Signal()
    """What can be undone or done."""
    zoom_changed = Signal(object)

    def __init__(
        self,
        bridge: JobBridge,
        engine: FilmEngine,
        messages: Messages,
        memory: Memory,
        theme: Theme,
        icons: Icons,
        may_leave: Callable[[], bool],
    ) -> None:
        super().__init__()
        self._bridge, self._engine, self._messages = bridge, engine, messages
        self._memory, self._may_leave = memory, may_leave
        self._opening: Job[Any] | None = None
        self._window: QWidget | None = None
        self._asking = FilmAsking(memory)
        self.reel = Reel()
        self.view = view = FilmView(theme, icons, self.reel)
        self.exporting = FilmExporting(bridge, engine, messages, memory, self.reel, icons)
        self.player = Player(bridge, engine, self.reel)
        self.keeping = Keeping(bridge, engine, messages, self.reel)
        self.cutting = Cutting(bridge, engine, messages, memory, self.reel, view.clips_panel)
        self.looks = ShotLooks(self.reel, view.shot_panel, view.look_panel)
        self.points = ShotPoints(
            bridge, engine, self.reel, view.canvas, view.points_panel, memory, theme
        )
        self.screening = Screening(
            bridge, engine, messages, self.reel, view.canvas, self.player, self.points
        )
        self.previewing = Previewing(bridge, engine, messages, self.reel, self.exporting.status)
        self._own_colours = OwnColours(bridge, messages, self.reel)
        self._told_silent = False
        self._shots: dict[str, Job[Any]] = {}
        self._join()

    def _join(self) -> None:
        reel, view = self.reel, self.view
        reel.cut_changed.connect(self._take_in)
        reel.chosen_changed.connect(self.state_changed)
        reel.undo_stack.indexChanged.connect(self.state_changed)
        view.canvas.view_changed.connect(self._tell_zoom)
        view.model_panel.model_chosen.connect(self._choose_model)
        view.model_panel.size_chosen.connect(self._choose_size)
        view.model_panel.reset_wanted.connect(self._reset_model)
        view.time_panel.edited.connect(self._change_treatment)
        view.export_wanted.connect(self.ask_export)
        view.preview_wanted.connect(self.previewing.start)
        self.previewing.ready.connect(self._play_preview)
        view.arrows_taken = lambda: self.points.active and self.points.current >= 0
        view.points_wanted.connect(lambda: self.points.use(not self.points.active))
        view.transport.play_wanted.connect(self.player.toggle)
        view.transport.mute_wanted.connect(self.player.set_muted)
        view.transport.colour_wanted.connect(self.player.set_in_colour)
        # in a moment, when the panel has the room that it needs
        self.points.point_chosen.connect(
            lambda: view.reveal(view.points_panel.editor), Qt.ConnectionType.QueuedConnection
        )
        self.points.tool_changed.connect(lambda on: view.reveal(view.points_panel) if on else None)
        self.player.playing_changed.connect(view.transport.set_playing)
        self.player.silent.connect(self._say_silent)

    @property
    def window(self) -> QWidget | None:
        """Parent of the dialogs."""
        return self._window

    @window.setter
    def window(self, window: QWidget) -> None:
        self._window = self._asking.window = self.cutting.window = window

    @property
    def is_open(self) -> bool:
        """Whether there is a film."""
        return bool(self.reel.stretches)

    @property
    def name(self) -> str:
        """Of the film at hand."""
        return self.reel.path.name if self.reel.path is not None else ""

    def set_models(self, found: Models) -> None:
        """Offer the models that there are."""
        self.view.model_panel.set_models(found.models, found.default)

    def ask_film(self) -> None:
        """Let a person choose a film or a project."""
        path = self._asking.film()
        if path is not None:
            self.open(path)

    def ask_frames(self, folder: Path | None = None) -> None:
        """Let a person open a folder of numbered frames as a film.

        Args:
            folder: the one; None means that it is asked for as well.
        """
        folder = folder or self._asking.frames()
        rate = self._asking.rate(folder) if folder is not None else None
        if folder is not None and rate is not None:
            self.open(folder, rate=rate)

    def ask_project(self) -> None:
        """Ask for a file in which the film and all that is chosen for it is kept from now on."""
        path = self.reel.path
        if path is not None:
            usual = self.keeping.file or path
            file = self._asking.project(usual.with_name(f"{path.stem}.json"))
            if file is not None:
                self.keeping.keep_in(file)
                self.reel.path = file
                self._memory.add_recent(file)
                self.recent_changed.emit()
                self.opened.emit()

    def open(self, path: Path, more: Sequence[Path] = (), *, rate: Fraction | None = None) -> None:
        """Open a film; what is at hand stays until it is there.

        Args:
            path: of a film, a folder of numbered frames or a project.
            more: films that are shown after it.
            rate: frames per second, of numbered frames.
        """
        if not self._may_leave():
            return
        self.cancel()

        def done(opened: OpenedFilm) -> None:
            self._show(opened)
            if rate is not None and opened.found.problem is None:
                self.keeping.keep_in(opened.found.file)  # so that it is not asked for again
            self.cutting.add(more)

        self._opening = self._bridge.start(
            lambda task: self._engine.open(path, rate, task),
            "files",
            self.tr("Opening {name}").format(name=path.name),
            done,
            lambda error: self._messages.error(
                error, self.tr("Nothing was changed. Try another film.")
            ),
        )

    def cancel(self) -> None:
        """Open nothing any more."""
        if self._opening is not None:
            self._opening.cancel()

    def close(self) -> None:
        """Have no film any more; an export that is under way goes on."""
        self.cancel()
        if not self.is_open:
            return
        self.stop()
        self.reel.close()
        self.view.canvas.clear()
        self._bridge.start(
            self._engine.forget, "inference", "", lambda nothing: None, self._messages.error
        )
        self.closed.emit()

    def stop(self) -> None:
        """Wish for nothing any more, and keep at once what was chosen."""
        self.screening.stop()
        for job in self._shots.values():
            job.cancel()
        self._shots.clear()
        self.previewing.forget()
        self.keeping.finish()

    def ask_export(self) -> None:
        """Ask how the film is to be written, then write it."""
        self.exporting.ask(self.window)

    # what follows what

    def _show(self, opened: OpenedFilm) -> None:
        if self.is_open:
            self.stop()
        self._messages.settle()
        self._memory.add_recent(opened.path)
        self._memory.keep_folder("open", opened.path.parent)
        self.keeping.begin(opened.found)
        self.reel.open(opened.path, opened.found.choices)
        self.screening.begin(opened.first.before)
        self.opened.emit()
        self.recent_changed.emit()
        self.view.canvas.setFocus()
        if opened.found.problem is not None:
            self._messages.warning(opened.found.problem)
        elif not opened.found.file.exists():
            self._own_colours.look()
        self._take_in()

    def _take_in(self) -> None:
        """Learn what is not known yet of the clips."""
        clips = {one.clip.identity: one.clip for one in self.reel.stretches}
        self.view.transport.set_sound(
            any(other.startswith("audio") for clip in clips.values() for other in clip.others)
        )
        for identity, clip in clips.items():
            if identity not in self._shots and not self.reel.knows_shots(clip):
                self._shots[identity] = self._find_shots(clip)

    def _find_shots(self, clip: Clip) -> Job[Any]:
        """Look for shots, in the lane of what nobody waits for."""
        name = clip.path.name

        def found(starts: list[int]) -> None:
            if any(clip is one.clip for one in self.reel.stretches):
                self.reel.set_shots(clip, starts)

        def ended() -> None:
            if job.state is JobState.CANCELLED and self._shots.get(clip.identity) is job:
                self._messages.note(
                    "info",
                    self.tr("The shots of {name} are not known.").format(name=name),
                    self.tr("Looks of single shots and colour points need them."),
                    (self.tr("Look for them again"), again),
                )

        def again() -> None:
            if self._shots.get(clip.identity) is job:
                self._shots[clip.identity] = self._find_shots(clip)

        job: Job[Any] = self._bridge.start(
            lambda task: self._engine.shots(clip, task),
            "thumbnails",
            self.tr("Looking for the shots of {name}").format(name=name),
            found,
            lambda error: None,  # nothing is lost without them
            ended,
        )
        return job

    def _play_preview(self) -> None:
        """Play what is exported from its beginning, in colour."""
        self.player.stop()
        self.view.transport.colour_button.setChecked(True)
        self.reel.go(self.reel.frame_in(0, self.reel.stretches[0].first))
        self.player.play()

    def _say_silent(self) -> None:
        if not self._told_silent:
            self._told_silent = True
            self._messages.note(
                "info",
                self.tr("No device for sound was found."),
                self.tr("The film is played without its sound."),
            )

    # what a person chooses

    def _tell_zoom(self) -> None:
        if self.is_open:  # the canvas also speaks up where it is not seen
            self.zoom_changed.emit(self.view.canvas.view.zoom)

    def _choose_model(self, wanted: str | None) -> None:
        self.reel.change_edit(replace(self.reel.edit, model=wanted), self.tr("choice of model"))

    def _choose_size(self, side: int | None) -> None:
        edit = replace(self.reel.edit, size=side)
        self.reel.change_edit(edit, self.tr("change of working size"))

    def _reset_model(self) -> None:
        edit = replace(self.reel.edit, model=None, size=None)
        self.reel.change_edit(edit, self.tr("reset of model and size"))

    def _change_treatment(self, treatment: Treatment, text: str, gesture: int) -> None:
        self.reel.change(replace(self.reel.choices, treatment=treatment), text, gesture)
