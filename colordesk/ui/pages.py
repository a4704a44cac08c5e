"""Which page the window shows: the photo, its comparison or a film; and what follows the page.

Zoom, the ways of comparing before and after, and the panels at the side are those of the page.
Invariant: the check marks of the actions say what is seen.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from colordesk.ui.actions import Actions
from colordesk.ui.canvas.canvas import Canvas, Mode
from colordesk.ui.compare.comparing import Comparing
from colordesk.ui.compare.link import Link
from colordesk.ui.film.filming import Filming
from colordesk.ui.main_window import MainWindow
from colordesk.ui.memory import Memory
from colordesk.ui.status import StatusLine


class Pages(QObject):
    """See the module.

    Args:
        canvas: shows the photo.
        comparing: shows results beside each other.
        filming: shows a film.
        status: tells the zoom.
        memory: keeps the way of comparing.
    """

    window: MainWindow
    """What holds the pages."""
    actions: Actions
    """Its commands."""

    def __init__(
        self,
        canvas: Canvas,
        comparing: Comparing,
        filming: Filming,
        status: StatusLine,
        memory: Memory,
    ) -> None:
        super().__init__()
        self._canvas, self._comparing, self._filming = canvas, comparing, filming
        self._status, self._memory = status, memory

    @property
    def viewer(self) -> Canvas | Link:
        """What is zoomed and panned."""
        if self._filming.is_open:
            return self._filming.view.canvas
        return self._comparing.view.link if self._comparing.is_active else self._canvas

    @property
    def side(self) -> QWidget:
        """The panels beside the page."""
        return self._filming.view.panels if self._filming.is_open else self.window.panels

    def recall_mode(self) -> None:
        """Compare before and after in the way of last time."""
        kept = self._memory.text("compare", Mode.SPLIT.value)
        self.choose_mode(next((mode for mode in Mode if mode.value == kept), Mode.SPLIT))

    def choose_mode(self, mode: Mode) -> None:
        """Compare before and after in another way, on all pages."""
        self._canvas.set_mode(mode)
        self._filming.view.canvas.set_mode(mode)
        self.actions[mode.value].setChecked(True)
        self._memory.keep("compare", mode.value)

    def toggle_zoom(self) -> None:
        """Show the whole picture, or if it is shown, its own pixels."""
        viewer = self.viewer
        if viewer.view.fitted:
            viewer.zoom_to(1.0)
        else:
            viewer.fit()

    def show_comparison(self, on: bool, is_open: bool) -> None:
        """Show the comparison or the photo.

        Args:
            on: whether it is the comparison.
            is_open: whether there is a photo.
        """
        self.actions["compare"].setChecked(on)
        self.window.show_compare(on)
        self._status.set_zoom(self.viewer.view.zoom if is_open else None)
        self._say_side()

    def show_film(self, on: bool) -> None:
        """Show the film or give its place back."""
        self.window.show_film(self._filming.name if on else "", is_open=on)
        self._status.set_zoom(self.viewer.view.zoom if on else None)
        self._say_side()

    def _say_side(self) -> None:
        self.actions["panels"].setChecked(not self.side.isHidden())
        self.actions.refresh()
