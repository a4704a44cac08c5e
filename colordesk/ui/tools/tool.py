"""What the canvas expects of a tool."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter


class Tool(Protocol):
    """Takes the gestures of the left button and keys, and draws above the photo."""

    def press(self, event: QMouseEvent) -> bool:
        """Return whether the gesture that begins here is taken."""

    def drag(self, event: QMouseEvent) -> None:
        """Follow a gesture that was taken."""

    def release(self, event: QMouseEvent) -> None:
        """End a gesture that was taken."""

    def hover(self, point: QPointF) -> None:
        """Follow the mouse while nothing is held."""

    def key(self, event: QKeyEvent) -> bool:
        """Return whether a key was used."""

    def cursor(self, point: QPointF) -> Qt.CursorShape | None:
        """Return how the mouse looks at a point; None for as usual."""

    def paint(self, painter: QPainter) -> None:
        """Draw above the photo, in widget coordinates."""
