"""All parts of the window, made and joined; what needs several of them is done here.

Invariant: parts know each other only by what they were given here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Qt, Signal

from colordesk.jobs import Jobs
from colordesk.settings import Settings
from colordesk.ui.actions import Actions
from colordesk.ui.banner import Banner
from colordesk.ui.batch.batching import Batching
from colordesk.ui.batch.queueing import Queueing
from colordesk.ui.canvas.canvas import Canvas
from colordesk.ui.collection.collection import Collection
from colordesk.ui.colours.brushing import Brushing
from colordesk.ui.colours.finding import Finding
from colordesk.ui.colours.referring import Referring
from colordesk.ui.colours.remembering import Remembering
from colordesk.ui.colours.steering import Steering
from colordesk.ui.commands.window import Deeds, menus, table
from colordesk.ui.compare.comparing import Comparing
from colordesk.ui.document import Document, History
from colordesk.ui.dragging import Dragging
from colordesk.ui.engine import Engine, Opened
from colordesk.ui.exporting import Exporting
from colordesk.ui.film.film_history import FilmHistory
from colordesk.ui.film.filming import Filming
from colordesk.ui.header import Header
from colordesk.ui.help import Help
from colordesk.ui.icons import Icons
from colordesk.ui.job_bridge import JobBridge
from colordesk.ui.leaving import Leaving
from colordesk.ui.main_window import MainWindow
from colordesk.ui.memory import Memory
from colordesk.ui.messages import Messages
from colordesk.ui.opening import Opening
from colordesk.ui.pages import Pages
from colordesk.ui.panels.areas import AreasPanel
from colordesk.ui.panels.history import HistoryPanel
from colordesk.ui.panels.look import LookPanel
from colordesk.ui.panels.model import ModelPanel
from colordesk.ui.panels.photo import PhotoPanel
from colordesk.ui.panels.points import PointsPanel
from colordesk.ui.panels.reference import ReferencePanel
from colordesk.ui.panels.saved import SavedPanel
from colordesk.ui.panels.shape import ShapePanel
from colordesk.ui.preferring import Preferring
from colordesk.ui.recent import Recent
from colordesk.ui.saving import Saving
from colordesk.ui.shaping import Shaping
from colordesk.ui.showing import Showing
from colordesk.ui.status import StatusLine
from colordesk.ui.theme import Theme
from colordesk.ui.toolbox import Toolbox
from colordesk.ui.undo_names import UndoNames
from colordesk.ui.welcome import Welcome

if TYPE_CHECKING:
    from colordesk.edit import Edit
    from colordesk.folder import Entry


@dataclass(frozen=True)
class State:
    """What is open in a window."""

    entries: tuple[Entry, ...]
    """The photos in the strip."""
    current: Path | None
    """The one at hand; None if it has no file."""
    drafts: dict[Path, Edit]
    """Edits that do not lie beside their photos yet."""
    history: History
    """What was done to it since it was opened."""
    film: FilmHistory
    """The film at hand, in place of a photo, and what was done to it."""


class Studio(QObject):
    """The whole window.

    Args:
        settings: the person's preferences.
        engine: opens, colours and saves.
        theme: colours of the window.
        memory: its notes.
        keep_settings: writes settings that changed; called in a worker.
    """

    closed = Signal()
    """The window is gone and no work is left."""

    def __init__(
        self,
        settings: Settings,
        engine: Engine,
        theme: Theme,
        memory: Memory,
        keep_settings: Callable[[Settings], None],
    ) -> None:
        super().__init__()
        self.theme, self._engine = theme, engine
        self.icons = Icons(theme)
        self.bridge = JobBridge(Jobs())
        self.document = Document()
        self.canvas = Canvas(theme)
        self.banner = Banner(self.icons)
        self.messages = Messages(self.banner)
        self.welcome = Welcome(theme, self.icons)
        self.status = StatusLine(self.bridge, self.icons)
        self.photo_panel = PhotoPanel(self.icons)
        self.model_panel = ModelPanel(self.icons)
        self.look_panel = LookPanel(self.icons)
        self.shape_panel = ShapePanel(self.icons)
        self.points_panel = PointsPanel(self.icons)
        self.areas_panel = AreasPanel(self.icons)
        self.brushing = Brushing(self.document, self.canvas, self.areas_panel, theme)
        self.reference_panel = ReferencePanel(self.icons)
        self.referring = Referring(self.document, self.reference_panel, memory)
        self.history_panel = HistoryPanel(self.document.undo_stack, self.icons)
        self.collection = Collection(
            self.bridge, engine, self.document, self.messages, theme, self.icons
        )
        self.filmstrip = self.collection.filmstrip
        self.shaping = Shaping(self.document, self.canvas, self.shape_panel, theme)
        self.showing = Showing(
            self.bridge,
            engine,
            self.document,
            self.canvas,
            (self.photo_panel, self.model_panel, self.look_panel),
            self.status,
            self.messages,
            settings,
            self.shaping,
        )
        self.steering = Steering(
            self.bridge,
            engine,
            self.document,
            self.canvas,
            self.points_panel,
            self.messages,
            memory,
            theme,
        )
        self.saved_panel = SavedPanel(self.icons)
        self.remembering = Remembering(
            self.bridge,
            engine.colours,
            self.steering,
            self.saved_panel,
            self.messages,
        )
        self.opening = Opening(
            self.bridge,
            engine,
            self.messages,
            memory,
            self.showing.first_pixels,
            lambda: self.leaving.may_leave(),
        )
        self.saving = Saving(self.bridge, engine, self.document, self.messages, memory, settings)
        self.batching = Batching(
            Queueing(self.bridge, engine.batches, self.messages, self.document.unkept),
            self.collection,
            self.messages,
            memory,
            settings,
            lambda folder: self.showing.recolours.get(folder, False),
            theme,
            self.icons,
        )
        self.exporting = Exporting(self.bridge, engine, self.document, self.messages, memory)
        self.finding = Finding(
            self.bridge,
            engine,
            self.document,
            self.messages,
            lambda: self.collection.photos.paths,
            self.opening.show,
        )
        self.leaving = Leaving(self.document, self.saving)
        self.comparing = Comparing(
            self.bridge,
            engine,
            self.document,
            self.messages,
            memory,
            theme,
            self.icons,
            lambda: self.collection.photos.paths,
        )
        self.filming = Filming(
            self.bridge,
            engine.films,
            self.messages,
            memory,
            theme,
            self.icons,
            lambda: self.leaving.may_leave(),
        )
        self.pages = Pages(self.canvas, self.comparing, self.filming, self.status, memory)
        self.preferring = Preferring(
            settings,
            keep_settings,
            self.bridge,
            self.messages,
            theme,
            engine.films,
            self._may_renew,
        )
        self.help = Help(menus(), self.icons, self.welcome, memory)
        self.actions = Actions(table(self._deeds()), self.icons)
        self.toolbox = Toolbox(self.actions, self.steering, self.brushing, self.shaping)
        self.header = Header(self.actions, self.icons)
        self.dragging = Dragging(
            self.bridge,
            engine,
            self.document,
            self.messages,
            settings,
        )
        self.dragging.serve(self.header.grip)
        strip = self.filmstrip
        strip.view.dragged.connect(lambda: self.dragging.drag(strip.selected(), strip.view))
        self.window = MainWindow(
            self.actions,
            menus(),
            self.header,
            (self.banner, self.welcome, self.canvas, self.comparing.view, self.filming.view),
            (
                self.photo_panel,
                self.model_panel,
                self.look_panel,
                self.points_panel,
                self.saved_panel,
                self.areas_panel,
                self.reference_panel,
                self.shape_panel,
                self.history_panel,
            ),
            self.filmstrip,
            self.batching.panel,
            self.status,
            memory,
        )
        askers = (self.opening, self.saving, self.exporting, self.leaving, self.preferring)
        steerers = (self.steering, self.remembering, self.finding, self.referring)
        for part in (*askers, *steerers, self.filming, self.help):
            part.window = self.window
        self.pages.window, self.pages.actions = self.window, self.actions
        self.recent = Recent(memory, self.opening, self.window, self.actions, self.welcome)
        stacks = (self.document.undo_stack, self.filming.reel.undo_stack)
        self.undo_names = UndoNames(self.actions, *stacks)
        self.collection.join(self.window, self.actions)
        self.batching.window = self.window
        self._join()

    def start(self, paths: Sequence[Path]) -> None:
        """Look for models and open what was asked for; the window is there already."""
        if paths:
            self.opening.open(paths)
        self.showing.load_models()
        self.batching.queueing.start()
        self.remembering.start()

    def state(self) -> State:
        """Return what another window needs to go on from here."""
        photo = self.document.photo
        path = photo.path if photo is not None else None
        film = self.filming.reel.history
        unkept, history = self.document.unkept(), self.document.history
        return State(self.collection.entries, path, unkept, history, film)

    def resume(self, state: State) -> None:
        """Go on where another window stopped."""
        self.document.go_on(state.drafts, state.history)
        self._listed(state.entries)
        if state.current is not None:
            self.opening.show(state.current)
        elif state.film.path is not None:
            self.filming.reel.go_on(state.film)
            self.filming.open(state.film.path)
        self.showing.load_models()
        self.batching.queueing.start()
        self.remembering.start()

    def _join(self) -> None:
        opening, document = self.opening, self.document
        exporting = self.filming.exporting
        self.window.may_close = lambda: self.leaving.may_close() and exporting.may_stop(self.window)
        self.window.closing.connect(self._end)
        self.window.dropped.connect(self._dropped)
        self.banner.left.connect(self._focus_picture)
        self.welcome.photo_wanted.connect(opening.ask_photos)
        self.welcome.folder_wanted.connect(opening.ask_folder)
        self.welcome.sample_wanted.connect(opening.open_sample)
        self.help.photo_wanted.connect(opening.ask_photos)
        self.help.folder_wanted.connect(opening.ask_folder)
        self.help.sample_wanted.connect(lambda path: opening.open([path]))
        self.welcome.recent_wanted.connect(lambda path: opening.open([path]))
        opening.listed.connect(self._listed)
        opening.opened.connect(self._opened)
        opening.failed.connect(self._mark_current)
        opening.recent_changed.connect(self.recent.show)
        self.filmstrip.chosen.connect(opening.show)
        self.saving.source_saved.connect(self.collection.mark_saved)
        self.showing.photo_shown.connect(self._photo_shown)
        self.showing.models_found.connect(self.comparing.set_models)
        self.comparing.active_changed.connect(self._compare)
        self.comparing.view.ranking.photo_wanted.connect(opening.show)
        # in a moment, when the panel has the room that it needs
        self.steering.point_chosen.connect(
            lambda: self.window.reveal(self.points_panel.editor),
            Qt.ConnectionType.QueuedConnection,
        )
        self.steering.tool_changed.connect(
            lambda on: self.window.reveal(self.points_panel) if on else None
        )
        self.points_panel.save_wanted.connect(self.remembering.ask_to_save)
        self.remembering.find_wanted.connect(self.finding.find)
        self.saved_panel.chosen.connect(self.actions.refresh)
        self.steering.point_chosen.connect(self.actions.refresh)
        self.comparing.zoom_changed.connect(self.status.set_zoom)
        opening.film_wanted.connect(self.filming.open)
        opening.frames_wanted.connect(self.filming.ask_frames)
        self._join_film()
        document.state_changed.connect(self._state_changed)
        self.status.zoom_wanted.connect(self.pages.toggle_zoom)
        self.header.peeked.connect(self.canvas.set_peek)
        self.actions[f"theme-{self.theme.choice}"].setChecked(True)
        self.pages.recall_mode()
        self.actions["panels"].setChecked(not self.window.panels.isHidden())
        self.actions["queue"].setChecked(not self.window.queue.isHidden())
        self.batching.queueing.queued.connect(self._reveal_queue)
        self._state_changed()

    def _focus_picture(self) -> None:
        """Let keys go to the picture again."""
        viewer = self.pages.viewer
        if isinstance(viewer, Canvas):
            viewer.setFocus()

    def _join_film(self) -> None:
        filming = self.filming
        filming.opened.connect(self._film_opened)
        filming.closed.connect(self._film_closed)
        filming.recent_changed.connect(self.recent.show)
        filming.state_changed.connect(self.actions.refresh)
        filming.zoom_changed.connect(self.status.set_zoom)
        self.showing.models_found.connect(filming.set_models)
        self.remembering.offer(filming.points, filming.view.saved_panel)
        filming.view.points_panel.save_wanted.connect(self.remembering.ask_to_save)
        filming.points.point_chosen.connect(self.actions.refresh)
        self.header.peeked.connect(filming.view.canvas.set_peek)

    def _film_opened(self) -> None:
        """Let a film take the place of the photo, whose edit is kept as a draft."""
        self.opening.cancel()
        if self.document.photo is not None:
            self.showing.close_photo()
        self._listed(())
        self.pages.show_film(True)
        self._state_changed()

    def _film_closed(self) -> None:
        self.pages.show_film(False)
        self._state_changed()

    def _deeds(self) -> Deeds:
        return Deeds(
            document=self.document,
            canvas=self.canvas,
            theme=self.theme,
            opening=self.opening,
            saving=self.saving,
            exporting=self.exporting,
            shaping=self.shaping,
            showing=self.showing,
            collection=self.collection,
            batching=self.batching,
            show_queue=lambda on: self.window.queue.setVisible(on),
            comparing=self.comparing,
            steering=self.steering,
            remembering=self.remembering,
            brushing=self.brushing,
            filming=self.filming,
            viewer=lambda: self.pages.viewer,
            choose_theme=self.preferring.choose_theme,
            choose_mode=self.pages.choose_mode,
            go=self._go,
            can_go=lambda step: self.filmstrip.neighbour(step) is not None,
            close_photo=self._close_photo,
            quit=lambda: self.window.close(),
            show_panels=lambda on: self.pages.side.setVisible(on),
            show_filmstrip=lambda on: self.window.filmstrip.setVisible(on),
            full_screen=self._full_screen,
            has_filmstrip=lambda: self.collection.count > 1,
            forget_recent=lambda: self.recent.forget(),
            preferences=lambda: self.preferring.ask(self.model_panel.choices),
            about=self.help.about,
            introduce=self.help.introduce,
            shortcuts=lambda: self.help.shortcuts(self.actions),
        )

    # photos come and go

    def _listed(self, entries: Sequence[Entry]) -> None:
        self.collection.show(entries)
        many = len(entries) > 1
        self.window.filmstrip.setVisible(many)
        self.actions["filmstrip"].setChecked(many)
        self.actions.refresh()

    def _opened(self, opened: Opened) -> None:
        self.filming.close()
        self.showing.show(opened)
        self._mark_current()

    def _mark_current(self) -> None:
        self.collection.mark_current()
        self._state_changed()

    def _photo_shown(self) -> None:
        photo = self.document.photo
        name = ""
        if photo is not None:
            name = photo.path.name if photo.path else self.tr("Pasted picture")
        self.window.show_photo(name, is_open=photo is not None)

    def _go(self, step: int) -> None:
        path = self.filmstrip.neighbour(step)
        if path is not None:
            self.filmstrip.set_current(path)
            self.opening.show(path)

    def _close_photo(self) -> None:
        self.filming.close()
        if self.leaving.may_leave():
            self.opening.cancel()
            self.showing.close_photo()
            self._listed(())

    def _dropped(self, mime: QMimeData) -> None:
        self.opening.take(mime)
        self.window.activateWindow()

    def _reveal_queue(self) -> None:
        if not self.actions["queue"].isChecked():
            self.actions["queue"].trigger()

    # state

    def _state_changed(self) -> None:
        self.window.setWindowModified(self.document.dirty)
        row = self.filmstrip.photos.row(self.document.photo.path if self.document.photo else None)
        self.status.say(
            self.tr("{number} of {count}").format(number=row + 1, count=self.collection.count)
            if row >= 0 and self.collection.count > 1
            else ""
        )
        self.actions.refresh()

    def _may_renew(self) -> bool:
        """Whether the window may be made anew; a photo that is being saved comes first."""
        if self.saving.busy:
            self.messages.note(
                "info",
                self.tr("A photo is still being saved."),
                self.tr("Change the preferences once that is done."),
            )
            return False
        return self.leaving.may_leave() and self.filming.exporting.may_stop(self.window)

    def _compare(self, on: bool) -> None:
        self.pages.show_comparison(on, self.document.photo is not None)

    def _full_screen(self, on: bool) -> None:
        if on:
            self.window.showFullScreen()
        else:
            self.window.showNormal()

    def _end(self) -> None:
        try:
            self.showing.stop()
            self.filming.stop()
            self.batching.queueing.stop()
            self.bridge.close()
            self.dragging.close()
            self._engine.close()
            for stack in (self.document.undo_stack, self.filming.reel.undo_stack):
                stack.blockSignals(True)  # it speaks up once more when deleted
        finally:
            self.closed.emit()
