"""The middle of the window: the photo, its comparison, a film or the empty state, messages above.

Invariant: a message never moves the photo.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from colordesk.ui.banner import Banner
from colordesk.ui.canvas.canvas import Canvas
from colordesk.ui.compare.view import CompareView
from colordesk.ui.film.view import FilmView
from colordesk.ui.welcome import Welcome

_WIDEST = 720
_MARGIN = 14


class Stage(QWidget):
    """Lays them on top of each other.

    Args:
        banner: floats at the top.
        welcome: the empty state.
        canvas: the photo.
        compare: its results beside each other.
        film: the page of a film.
    """

    def __init__(
        self,
        banner: Banner,
        welcome: Welcome,
        canvas: Canvas,
        compare: CompareView,
        film: FilmView,
    ) -> None:
        super().__init__()
        self._banner, self._welcome, self._canvas = banner, welcome, canvas
        self._compare, self._film = compare, film
        self._is_open = self._compares = self._films = False
        self._stack = QStackedWidget()
        self._stack.addWidget(welcome)
        self._stack.addWidget(canvas)
        self._stack.addWidget(compare)
        self._stack.addWidget(film)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.setRowMinimumHeight(0, _MARGIN)
        grid.setRowStretch(1, 1)
        grid.addWidget(self._stack, 0, 0, 2, 1)
        top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter
        grid.addWidget(banner, 1, 0, top)
        banner.raise_()

    def show_canvas(self, on: bool) -> None:
        """Show the photo, or the empty state."""
        self._is_open = on
        self._show()

    def show_compare(self, on: bool) -> None:
        """Show the comparison instead of the photo, as long as there is a photo."""
        self._compares = on
        self._show()

    def show_film(self, on: bool) -> None:
        """Show the film, which takes the place of any photo."""
        self._films = on
        self._show()

    def _show(self) -> None:
        if self._films:
            self._stack.setCurrentWidget(self._film)
            return
        photo = self._compare if self._compares else self._canvas
        self._stack.setCurrentWidget(photo if self._is_open else self._welcome)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the message the width that it can have."""
        self._banner.setFixedWidth(min(_WIDEST, self.width() - 2 * _MARGIN))
        super().resizeEvent(event)
