"""What all pictures of a comparison have in common: zoom, place, the probed point, the region.

Invariant: a change is told once, to all of them.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF, Signal

from colordesk.ui.canvas.frame import Part
from colordesk.ui.canvas.view import View


class Link(QObject):
    """Shared by the panes of one grid."""

    moved = Signal()
    """Another part is seen, or at another size."""
    probed = Signal()
    """Another point is looked at, or none."""
    region_changed = Signal()
    """Another region was chosen, or none."""

    def __init__(self) -> None:
        super().__init__()
        self.view = View()
        self.view.margin = 4.0
        self.size = (1, 1)
        """Width and height of the photo."""
        self.probe: tuple[int, int] | None = None
        """A pixel of the photo."""
        self.region: Part | None = None
        self.choosing = False
        """Whether a drag chooses a region instead of moving the photo."""

    def set_photo(self, width: int, height: int) -> None:
        """Show another photo, fitted, with nothing marked."""
        self.size = width, height
        self.view.set_photo(width, height)
        self.set_probe(None)
        self.set_region(None)
        self.moved.emit()

    def set_probe(self, point: QPointF | None) -> None:
        """Look at a point of the photo; one outside means none."""
        probe = None
        if point is not None:
            x, y = int(point.x() // 1), int(point.y() // 1)
            probe = (x, y) if 0 <= x < self.size[0] and 0 <= y < self.size[1] else None
        if probe != self.probe:
            self.probe = probe
            self.probed.emit()

    def step_probe(self, dx: int, dy: int) -> None:
        """Look at a point so many pixels away, beginning in the middle."""
        width, height = self.size
        x, y = self.probe or (width // 2, height // 2)
        inside = min(max(x + dx, 0), width - 1), min(max(y + dy, 0), height - 1)
        self.set_probe(QPointF(*inside))

    def set_region(self, region: Part | None) -> None:
        """Choose a part of the photo; it is cut to what there is, and an empty one means none."""
        if region is not None:
            left, right = (min(max(x, 0), self.size[0]) for x in (region[0], region[2]))
            top, bottom = (min(max(y, 0), self.size[1]) for y in (region[1], region[3]))
            region = (left, top, right, bottom) if left < right and top < bottom else None
        if region != self.region:
            self.region = region
            self.region_changed.emit()

    def fit(self) -> None:
        """See the whole photo."""
        self.view.fit()
        self.moved.emit()

    def zoom_to(self, zoom: float, anchor: QPointF | None = None) -> None:
        """Zoom, with the point under `anchor` (or the middle) staying where it is."""
        self.view.zoom_to(zoom, anchor)
        self.moved.emit()

    def zoom_step(self, direction: int) -> None:
        """Zoom to the next round number in (1) or out (-1)."""
        self.zoom_to(self.view.next_zoom(direction))

    def pan(self, delta: QPointF) -> None:
        """Move the photo by so many widget units."""
        if not self.view.fitted:
            self.view.pan(delta)
            self.moved.emit()

    def arrange(self, size: QSizeF, ratio: float) -> None:
        """Follow the size of the panes and the screen they are on."""
        self.view.set_panes([QRectF(0, 0, size.width(), size.height())], ratio)
        self.moved.emit()
