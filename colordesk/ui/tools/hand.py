"""The hand that is there without any other tool: it moves the photo and the divider."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent

from colordesk.ui.canvas import overlay

if TYPE_CHECKING:
    from colordesk.ui.canvas.canvas import Canvas

_GRIP = 9.0  # widget units on both sides of the divider in which it can be taken


class Hand:
    """Moves what it takes.

    Args:
        canvas: where the photo is.
    """

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._taken = ""
        self._last = QPointF()

    @property
    def holds_divider(self) -> bool:
        """Whether the divider is being moved."""
        return self._taken == "divider"

    def press(self, event: QMouseEvent, *, photo_only: bool = False) -> None:
        """Take the divider or the photo."""
        on_divider = not photo_only and self.on_divider(event.position())
        self._taken = "divider" if on_divider else "photo"
        self._last = event.position()

    def drag(self, event: QMouseEvent) -> None:
        """Move what was taken."""
        canvas, point = self._canvas, event.position()
        if self._taken == "divider":
            seen = canvas.view.visible_rect()
            if seen.width() > 0:
                canvas.set_divider((point.x() - seen.left()) / seen.width())
        elif self._taken == "photo":
            if not canvas.view.fitted:
                canvas.pan(point - self._last)
            self._last = point

    def release(self) -> None:
        """Let go."""
        self._taken = ""

    def double_click(self, point: QPointF) -> None:
        """Change between the whole photo and its own pixels, or centre the divider."""
        if self.on_divider(point):
            self._canvas.set_divider(0.5)
        elif self._canvas.view.fitted:
            self._canvas.zoom_to(1.0, point)
        else:
            self._canvas.fit()

    def on_divider(self, point: QPointF, *, knob_only: bool = False) -> bool:
        """Whether the divider, or only its knob, would be taken at a point."""
        if not self._canvas.has_divider:
            return False
        seen = self._canvas.view.visible_rect()
        x = self._canvas.divider_x()
        knob = QPointF(x, seen.center().y())
        if (point - knob).manhattanLength() <= overlay.KNOB * 1.4:
            return True
        on_line = abs(point.x() - x) <= _GRIP and seen.top() <= point.y() <= seen.bottom()
        return on_line and not knob_only

    def cursor(self) -> Qt.CursorShape | None:
        """Return how the mouse looks away from the divider."""
        canvas = self._canvas
        if self._taken == "photo" and not canvas.view.fitted:
            return Qt.CursorShape.ClosedHandCursor
        if canvas.before is not None and not canvas.view.fitted:
            return Qt.CursorShape.OpenHandCursor
        return None
