"""Panels below each other, which scroll when they are higher than the window.

Invariant: the column is never narrower than what is in it, whatever the language.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QScrollArea, QWidget


class Column(QScrollArea):
    """Scrolls downwards only.

    Args:
        body: the panels.
        narrowest: width that the column has at least, in widget units.
    """

    def __init__(self, body: QWidget, narrowest: int = 0) -> None:
        super().__init__()
        self._body, self._narrowest = body, narrowest
        self.setWidget(body)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def minimumSizeHint(self) -> QSize:
        """Return the room that the widest panel needs."""
        bar = self.verticalScrollBar().sizeHint().width()
        width = self._body.minimumSizeHint().width() + bar
        return QSize(max(width, self._narrowest), super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear of panels that grow."""
        if watched is self._body and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
