"""The window: header, menus, docks and status line around the photo, and nothing else.

Invariant: it decides nothing; what a menu does stands in the action table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
)
from PySide6.QtWidgets import (
    QDockWidget,
    QMainWindow,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from colordesk.ui.actions import Actions
from colordesk.ui.banner import Banner
from colordesk.ui.canvas.canvas import Canvas
from colordesk.ui.compare.view import CompareView
from colordesk.ui.film.view import FilmView
from colordesk.ui.given import is_welcome
from colordesk.ui.header import Header
from colordesk.ui.memory import Memory
from colordesk.ui.panels.filmstrip import Filmstrip
from colordesk.ui.stage import Stage
from colordesk.ui.status import StatusLine
from colordesk.ui.welcome import Welcome
from colordesk.ui.widgets.column import Column

_STATE_VERSION = 1
_PANEL_WIDTH = 292
_PEEK_KEYS = (Qt.Key.Key_Backslash, Qt.Key.Key_O)
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class MainWindow(QMainWindow):
    """ColorDesk's window.

    Args:
        actions: the action table.
        menus: id and title of each menu, in order.
        header: the bar at the top.
        stage: for the middle.
        panels: for the dock at the right, from top to bottom.
        filmstrip: for the dock at the bottom.
        queue: for the dock at the left.
        status: the line at the bottom.
        memory: where the geometry is kept.
    """

    closing = Signal()
    """The window is about to go; everything must end."""
    dropped = Signal(object)
    """MIME data that was let go over the window."""

    def __init__(
        self,
        actions: Actions,
        menus: Sequence[tuple[str, str]],
        header: Header,
        stage: tuple[Banner, Welcome, Canvas, CompareView, FilmView],
        panels: Sequence[QWidget],
        filmstrip: Filmstrip,
        queue: QWidget,
        status: StatusLine,
        memory: Memory,
    ) -> None:
        super().__init__()
        self._memory = memory
        self._full_screen = actions["full_screen"]
        self._banner, self._welcome, self._canvas, self._compare, self._film = stage
        self._comparing = actions["compare"]
        self._had_panels = self._had_strip = True
        self._films = False
        self._compare.blind_shown.connect(self._show_blind)
        self.may_close: Callable[[], bool] = lambda: True
        """Asks whether nothing would be lost."""
        self.setObjectName("window")
        self.setAcceptDrops(True)
        self.setMinimumSize(760, 520)
        self.setDockNestingEnabled(False)
        self.menus = {name: self._add_menu(actions, name, title) for name, title in menus}
        self.addActions(actions.all())  # shortcuts live even if the menu bar is hidden
        self.addToolBar(Qt.ToolBarArea.TopToolBarArea, header)
        self.setStatusBar(status)
        self._stage = Stage(*stage)
        self.setCentralWidget(self._stage)
        self.panels = self._dock(
            "panels", self.tr("Panels"), _stacked(panels), Qt.DockWidgetArea.RightDockWidgetArea
        )
        self.filmstrip = self._dock(
            "filmstrip", self.tr("Filmstrip"), filmstrip, Qt.DockWidgetArea.BottomDockWidgetArea
        )
        self.queue = self._dock(
            "queue", self.tr("Queue"), queue, Qt.DockWidgetArea.LeftDockWidgetArea
        )
        self.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        self.resizeDocks([self.panels], [_PANEL_WIDTH], Qt.Orientation.Horizontal)
        self.filmstrip.hide()
        self.queue.hide()
        self._show_title("")
        self.restore()

    def show_photo(self, name: str, *, is_open: bool) -> None:
        """Show the canvas with the name of a photo, or the empty state."""
        self._stage.show_canvas(is_open)
        self._show_title(name)
        if is_open and not self._comparing.isChecked():
            self._canvas.setFocus()

    def show_compare(self, on: bool) -> None:
        """Show the comparison, which needs the room of the panels, or the photo again."""
        if on:
            self._had_panels = not self.panels.isHidden()
        self.panels.setVisible(self._had_panels and not on)
        self._stage.show_compare(on)
        if not on:
            self._canvas.setFocus()

    def show_film(self, name: str, *, is_open: bool) -> None:
        """Show the page of a film, which has panels of its own, or what was there before."""
        if is_open and not self._films:
            self._had_panels = not self.panels.isHidden()
        self._films = is_open
        self.panels.setVisible(self._had_panels and not is_open)
        self._stage.show_film(is_open)
        self._show_title(name)

    def reveal(self, part: QWidget) -> None:
        """Scroll the panels so that a part of them is seen."""
        for scroll in self.panels.findChildren(QScrollArea):
            scroll.ensureWidgetVisible(part, 0, 12)

    def _show_blind(self, on: bool) -> None:
        """Hide the strip during a blind test, since it shows the photos as they are."""
        if on:
            self._had_strip = not self.filmstrip.isHidden()
        self.filmstrip.setVisible(self._had_strip and not on)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Scroll to what the keyboard comes to; Qt does not if it comes from elsewhere."""
        moved = super().focusNextPrevChild(forward)
        part = self.focusWidget()
        place: QWidget | None = part if moved else None
        while place is not None:
            if isinstance(place, QScrollArea):
                place.ensureWidgetVisible(part, 0, 24)
            place = place.parentWidget()
        return moved

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the original as long as its key is held; let Esc lead back."""
        if event.key() in _PEEK_KEYS and not event.modifiers() & _COMMANDS:
            if not event.isAutoRepeat():
                self._canvas.set_peek(True)
        elif event.key() == Qt.Key.Key_Escape and self._banner.isVisible():
            self._banner.dismiss()
        elif event.key() == Qt.Key.Key_Escape and self._comparing.isChecked():
            self._comparing.trigger()
        elif event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self._full_screen.trigger()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Show the result again."""
        if event.key() in _PEEK_KEYS and not event.isAutoRepeat():
            self._canvas.set_peek(False)
        else:
            super().keyReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """A key that is let go in another window is not told to this one."""
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._canvas.set_peek(False)
        super().changeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Invite whatever may be a photo."""
        if event.source() is None and is_welcome(event.mimeData()):  # not what comes from here
            event.acceptProposedAction()
            self._invite(True)

    def dragLeaveEvent(self, event: QEvent) -> None:
        """Forget the invitation."""
        self._invite(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was let go."""
        self._invite(False)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped.emit(event.mimeData())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask, then remember the window's place."""
        if not self.may_close():
            event.ignore()
            return
        if self._comparing.isChecked():
            self._comparing.trigger()  # the panels are part of what is remembered
        if self._films:
            self.show_film("", is_open=False)
        self._memory.keep("geometry", self.saveGeometry())
        self._memory.keep("state", self.saveState(_STATE_VERSION))
        self._memory.write()
        event.accept()
        self.hide()  # at once; what still runs is waited for without the window
        self.closing.emit()

    def sizeHint(self) -> QSize:
        """Return a size that suits most screens."""
        return QSize(1280, 800)

    def _invite(self, on: bool) -> None:
        self._welcome.set_drop(on)
        self._canvas.set_drop(on)
        self._film.canvas.set_drop(on)

    def _show_title(self, name: str) -> None:
        program = self.tr("ColorDesk")
        self.setWindowTitle(f"{name}[*] — {program}" if name else f"{program}[*]")

    def _add_menu(self, actions: Actions, name: str, title: str) -> QMenu:
        menu = self.menuBar().addMenu(title)
        for row, action in actions.of_menu(name):
            if row.rule:
                menu.addSeparator()
            if row.submenu:
                if row.submenu not in self._submenus(menu):
                    sub = menu.addMenu(row.submenu)
                    sub.setObjectName(row.submenu)
                self._submenus(menu)[row.submenu].addAction(action)
            else:
                menu.addAction(action)
        return menu

    def _submenus(self, menu: QMenu) -> dict[str, QMenu]:
        return {sub.objectName(): sub for sub in menu.findChildren(QMenu)}

    def _dock(self, name: str, title: str, body: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title, self)
        dock.setObjectName(f"dock-{name}")
        dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        dock.setTitleBarWidget(QWidget())  # each part has a title of its own
        body.setObjectName(name)
        body.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        dock.setWidget(body)
        self.addDockWidget(area, dock)
        return dock

    def restore(self) -> None:
        """Take the place of the last time, or a sensible one."""
        if not self.restoreGeometry(self._memory.bytes("geometry")):
            room = self.screen().availableSize()
            self.resize(
                min(max(1280, room.width() * 3 // 4), room.width()),
                min(max(800, room.height() * 4 // 5), room.height()),
            )
        self.restoreState(self._memory.bytes("state"), _STATE_VERSION)


def _stacked(panels: Sequence[QWidget]) -> QWidget:
    """Put panels into one column that scrolls."""
    body = QWidget()
    body.setObjectName("panelsBody")
    column = QVBoxLayout(body)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for panel in panels:
        column.addWidget(panel)
    column.addStretch(1)
    scroll = Column(body, narrowest=260)
    outer = QWidget()
    box = QVBoxLayout(outer)
    box.setContentsMargins(1, 0, 0, 0)
    box.addWidget(scroll)
    return outer
