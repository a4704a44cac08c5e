"""Keeps what is seen in step with the film at hand: reel -> pictures -> page.

Invariant: everything shown belongs to the film at hand, and what was chosen for it lies beside it
a moment later.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from colordesk.edit import Edit, Look
from colordesk.jobs import Job
from colordesk.task import Task
from colordesk.ui.film.exporting import FilmExporting
from colordesk.ui.film.film_engine import FilmEngine, OpenedFilm, Picture
from colordesk.ui.film.kinds import FILM_SUFFIXES
from colordesk.ui.film.latest import Latest
from colordesk.ui.film.player import Player
from colordesk.ui.film.reel import Choices, Reel
from colordesk.ui.film.view import FilmView
from colordesk.ui.frame import Shown
from colordesk.ui.icons import Icons
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.memory import Memory
from colordesk.ui.messages import Messages
from colordesk.ui.theme import Theme
from colordesk.video.treatment import Treatment

if TYPE_CHECKING:
    from colordesk.ui.engine import Models
    from colordesk.video.clip import Clip

_KEEP_MS = 700
_PATIENCE_MS = 400


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
        self._keeps = False
        self._kept = Choices()
        self.window: QWidget | None = None
        """Parent of the dialogs."""
        self.reel = Reel()
        self.view = FilmView(theme, icons, self.reel)
        self.exporting = FilmExporting(bridge, engine, messages, memory, self.reel, icons)
        self.player = Player(bridge, engine, self.reel)
        self._told_silent = self._follows = False
        self._shots: Job[Any] | None = None
        self.before = Latest(bridge, "files", self.tr("Reading the film"), patient=True)
        self.after = Latest(bridge, "inference", self.tr("Colouring"), patient=False)
        self.before.ready.connect(self._read)
        self.after.ready.connect(self._coloured)
        self.before.failed.connect(messages.error)
        self.after.failed.connect(self._failed)
        self._keep_timer = _timer(self, _KEEP_MS, self._keep)
        self._patience = _timer(self, _PATIENCE_MS, self._say_patience)
        self._coloured_at: tuple[int, Edit] | None = None
        """What the canvas shows in colour."""
        self.reel.moved.connect(self._moved)
        self.reel.chosen_changed.connect(self._chosen)
        self.reel.undo_stack.indexChanged.connect(self.state_changed)
        view = self.view
        view.canvas.view_changed.connect(self._tell_zoom)
        view.model_panel.model_chosen.connect(self._choose_model)
        view.model_panel.size_chosen.connect(self._choose_size)
        view.model_panel.reset_wanted.connect(self._reset_model)
        view.look_panel.edited.connect(self._change_look)
        view.time_panel.edited.connect(self._change_treatment)
        view.export_wanted.connect(self.ask_export)
        view.play_wanted.connect(self.player.toggle)
        view.mute_wanted.connect(self.player.set_muted)
        view.colour_wanted.connect(self.player.set_in_colour)
        self.player.playing_changed.connect(self._played)
        self.player.shown.connect(self._project)
        self.player.failed.connect(self._failed)
        self.player.silent.connect(self._say_silent)

    @property
    def is_open(self) -> bool:
        """Whether there is a film."""
        return self.reel.clip is not None

    @property
    def name(self) -> str:
        """Of the film at hand."""
        return self.reel.clip.path.name if self.reel.clip is not None else ""

    def set_models(self, found: Models) -> None:
        """Offer the models that there are."""
        self.view.model_panel.set_models(found.models, found.default)

    def ask_film(self) -> None:
        """Let a person choose a film."""
        patterns = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in sorted(FILM_SUFFIXES))
        name, _ = QFileDialog.getOpenFileName(
            self.window,
            self.tr("Open a film"),
            self._memory.folder("open"),
            self.tr("Films ({patterns})").format(patterns=patterns)
            + ";;"
            + self.tr("All files (*)"),
            options=QFileDialog.Option.HideNameFilterDetails,
        )
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> None:
        """Open a film; what is at hand stays until it is there."""
        if not self._may_leave():
            return
        self.cancel()
        self._opening = self._bridge.start(
            lambda task: self._engine.open(path, task),
            "files",
            self.tr("Opening {name}").format(name=path.name),
            self._show,
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
        self.player.stop()
        if self._shots is not None:
            self._shots.cancel()
        self.before.stop()
        self.after.stop()
        self._patience.stop()
        self.view.canvas.set_note("")
        if self._keep_timer.isActive():
            self._keep_timer.stop()
            clip, choices = self.reel.clip, self.reel.choices
            if clip is not None:
                try:
                    self._engine.keep(clip, choices, Task())
                except OSError as error:
                    self._messages.error(error)

    def ask_export(self) -> None:
        """Ask how the film is to be written, then write it."""
        self.exporting.ask(self.window)

    # what follows what

    def _show(self, opened: OpenedFilm) -> None:
        if self.is_open:
            self.stop()
        clip = opened.clip
        self.view.set_sound(any(other.startswith("audio") for other in clip.others))
        self._messages.settle()
        self._memory.add_recent(clip.path)
        self._memory.keep_folder("open", clip.path.parent)
        self._keeps, self._kept = opened.keeps, opened.choices
        self._coloured_at = None
        self.reel.open(clip, opened.count, opened.choices)
        self.view.canvas.show_photo(opened.first.before)
        self.opened.emit()
        self.recent_changed.emit()
        self.view.canvas.setFocus()
        if opened.problem is not None:
            self._messages.warning(opened.problem)
        self._wish_after()
        self._find_shots(clip)

    def _find_shots(self, clip: Clip) -> None:
        """Look for shots, in the lane of what nobody waits for; without them nothing is lost."""

        def found(starts: list[int]) -> None:
            if clip is self.reel.clip:
                self.view.timeline.set_shots(starts)

        self._shots = self._bridge.start(
            lambda task: self._engine.shots(clip, task),
            "thumbnails",
            "",
            found,
            lambda error: None,
        )

    def _moved(self) -> None:
        reel = self.reel
        if self._follows:
            return
        self.player.stop()
        clip, seconds = reel.clip, reel.seconds(reel.frame)
        if clip is not None:
            self.before.wish(
                (clip, reel.frame), lambda task: self._engine.before(clip, seconds, task)
            )
            self._wish_after()

    def _wish_after(self) -> None:
        reel = self.reel
        clip, seconds, edit = reel.clip, reel.seconds(reel.frame), reel.edit
        if self.player.is_playing:
            return
        if clip is None or self._coloured_at == (reel.frame, edit):
            return
        if not self._patience.isActive():
            self._patience.start()
        self.after.wish(
            (clip, reel.frame, edit),
            lambda task: self._engine.after(clip, seconds, edit, task),
        )

    def _read(self, what: tuple[Clip, int], picture: Picture | None) -> None:
        clip, frame = what
        at = self._coloured_at
        stale = at is not None and at[0] == self.reel.frame
        if clip is not self.reel.clip or picture is None or (stale and frame == self.reel.frame):
            return
        canvas = self.view.canvas
        canvas.set_before(Shown(picture.before, None))
        if canvas.after is not None:  # gray on both sides until the colours of this frame are there
            canvas.set_after(Shown(picture.before, None))
            self._coloured_at = None

    def _coloured(self, what: tuple[Clip, int, Edit], picture: Picture | None) -> None:
        clip, frame, edit = what
        if clip is not self.reel.clip or picture is None or picture.after is None:
            return
        self.view.canvas.set_before(Shown(picture.before, None))
        self.view.canvas.set_after(Shown(picture.after, None))
        self._coloured_at = frame, edit
        if (frame, edit) == (self.reel.frame, self.reel.edit):
            self._patience.stop()
            self.view.canvas.set_note("")

    def _project(self, picture: Picture) -> None:
        """Show a frame that is played, and bring the playhead along."""
        shown = Shown(picture.before, None)
        self.view.canvas.set_before(shown)
        self.view.canvas.set_after(Shown(picture.after, None) if picture.after else shown)
        self._coloured_at = None
        self._patience.stop()
        self.view.canvas.set_note("")
        self._follows = True
        try:
            self.reel.go(self.reel.frame_of(picture.seconds))
        finally:
            self._follows = False

    def _played(self, on: bool) -> None:
        self.view.set_playing(on)
        if on:
            self.before.stop()
            self.after.stop()
            self._patience.start()
        elif self.is_open:
            self._patience.stop()
            self.view.canvas.set_note("")
            self._wish_after()

    def _say_silent(self) -> None:
        if not self._told_silent:
            self._told_silent = True
            self._messages.note(
                "info",
                self.tr("No device for sound was found."),
                self.tr("The film is played without its sound."),
            )

    def _failed(self, error: Exception) -> None:
        self._patience.stop()
        self.view.canvas.set_note("")
        self.view.canvas.clear_after()
        self._messages.error(error)

    def _say_patience(self) -> None:
        self.view.canvas.set_note(self.tr("Colouring…"))

    def _chosen(self) -> None:
        self._wish_after()
        if self._keeps and self.reel.choices != self._kept:
            self._keep_timer.start()
        self.state_changed.emit()

    def _keep(self) -> None:
        clip, choices = self.reel.clip, self.reel.choices
        if clip is None:
            return

        def kept(nothing: object) -> None:
            self._kept = choices

        def failed(error: Exception) -> None:
            self._keeps = False  # said once
            self._messages.error(error)

        self._bridge.start(
            lambda task: self._engine.keep(clip, choices, task), "files", "", kept, failed
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

    def _change_look(self, look: Look, text: str, gesture: int) -> None:
        self.reel.change_edit(replace(self.reel.edit, look=look), text, gesture)

    def _change_treatment(self, treatment: Treatment, text: str, gesture: int) -> None:
        self.reel.change(replace(self.reel.choices, treatment=treatment), text, gesture)


def _timer(owner: QObject, milliseconds: int, slot: Callable[[], None]) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(slot)
    return timer
