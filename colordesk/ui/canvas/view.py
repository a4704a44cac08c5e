"""Which part of the photo is seen, and how large: the arithmetic of zooming and panning.

Zoom is in screen pixels per photo pixel, so 1.0 is "100 %" on every display.
Invariant: a photo smaller than its pane is centred, a larger one never leaves a gap.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSizeF

MOST_ZOOM = 16.0
_LEAST_SIDE = 64.0  # screen pixels to which the long side may shrink
_LARGEST_FIT = 3.0
_STEPS = (0.05, 0.1, 0.167, 0.25, 0.333, 0.5, 0.667, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0)


class View:
    """Zoom and position, the same for all panes."""

    def __init__(self) -> None:
        self.ratio = 1.0
        """Screen pixels per widget unit."""
        self.panes = [QRectF(0, 0, 1, 1)]
        """Equal rectangles in widget coordinates."""
        self.margin = 20.0
        """Around a fitted photo, in widget units."""
        self.zoom = 1.0
        self.fitted = True
        self._photo = QSizeF(1, 1)
        self._centre = QPointF(0.5, 0.5)

    def set_photo(self, width: int, height: int) -> None:
        """Show another photo, fitted."""
        self._photo = QSizeF(width, height)
        self.fit()

    def set_panes(self, panes: list[QRectF], ratio: float) -> None:
        """Follow the size of the widget and the screen it is on."""
        self.panes, self.ratio = panes, ratio
        if self.fitted:
            self.fit()
        else:
            self._settle()

    @property
    def fit_zoom(self) -> float:
        """The zoom at which the whole photo is seen."""
        pane = self.panes[0]
        width = max(pane.width() - 2 * self.margin, 1.0) * self.ratio
        height = max(pane.height() - 2 * self.margin, 1.0) * self.ratio
        fits = min(width / self._photo.width(), height / self._photo.height())
        return min(fits, _LARGEST_FIT)

    @property
    def least_zoom(self) -> float:
        """The zoom that nobody needs to go below."""
        side = max(self._photo.width(), self._photo.height())
        return min(_LEAST_SIDE / side, self.fit_zoom, 1.0)

    def fit(self) -> None:
        """See the whole photo, also after the panes change."""
        self.fitted = True
        self.zoom = self.fit_zoom
        self._centre = QPointF(self._photo.width() / 2, self._photo.height() / 2)

    def zoom_to(self, zoom: float, anchor: QPointF | None = None, pane: int = 0) -> None:
        """Zoom so that the photo's point under `anchor` stays there.

        Args:
            zoom: wanted.
            anchor: in widget coordinates; None means the middle of the pane.
            pane: in which the anchor is.
        """
        anchor = anchor if anchor is not None else self.panes[pane].center()
        point = self.to_photo(anchor, pane)
        self.zoom = min(max(zoom, self.least_zoom), MOST_ZOOM)
        self.fitted = False
        away = anchor - self.panes[pane].center()
        self._centre = point - away * (self.ratio / self.zoom)
        self._settle()

    def next_zoom(self, direction: int) -> float:
        """Return the next round zoom above (1) or below (-1) the present one."""
        if direction > 0:
            return next((step for step in _STEPS if step > self.zoom * 1.01), MOST_ZOOM)
        return next((step for step in reversed(_STEPS) if step < self.zoom / 1.01), _STEPS[0])

    def pan(self, delta: QPointF) -> None:
        """Move the photo by so many widget units."""
        if self.fitted:  # all of it is seen already
            return
        self._centre -= delta * (self.ratio / self.zoom)
        self._settle()

    def to_photo(self, point: QPointF, pane: int = 0) -> QPointF:
        """Return the photo's point that is seen at a widget point."""
        return (point - self.panes[pane].center()) * (self.ratio / self.zoom) + self._centre

    def to_widget(self, point: QPointF, pane: int = 0) -> QPointF:
        """Return where a point of the photo is seen."""
        return (point - self._centre) * (self.zoom / self.ratio) + self.panes[pane].center()

    def photo_rect(self, pane: int = 0) -> QRectF:
        """Return where the photo is, also beyond the pane; on whole screen pixels."""
        corner = self.to_widget(QPointF(0, 0), pane)
        return QRectF(
            round(corner.x() * self.ratio) / self.ratio,
            round(corner.y() * self.ratio) / self.ratio,
            self._photo.width() * self.zoom / self.ratio,
            self._photo.height() * self.zoom / self.ratio,
        )

    def visible_rect(self, pane: int = 0) -> QRectF:
        """Return where the photo is seen."""
        return self.photo_rect(pane).intersected(self.panes[pane])

    def pane_at(self, point: QPointF) -> int:
        """Return the pane under a widget point, or the nearest."""
        for index, pane in enumerate(self.panes):
            if pane.contains(point):
                return index
        return 0 if point.x() < self.panes[-1].left() else len(self.panes) - 1

    def seen(self) -> tuple[int, int, int, int]:
        """Return left, top, right and bottom of the part that is seen, in pixels of the photo."""
        pane = self.panes[0]
        first, last = self.to_photo(pane.topLeft()), self.to_photo(pane.bottomRight())
        width, height = int(self._photo.width()), int(self._photo.height())
        return (
            max(math.floor(first.x()), 0),
            max(math.floor(first.y()), 0),
            min(math.ceil(last.x()), width),
            min(math.ceil(last.y()), height),
        )

    @property
    def pixels(self) -> int:
        """How many pixels the whole photo has on the screen at this zoom, at most its own."""
        zoom = min(self.zoom, 1.0)
        return max(1, round(self._photo.width() * zoom) * round(self._photo.height() * zoom))

    def _settle(self) -> None:
        pane = self.panes[0]
        x = _kept(self._centre.x(), self._photo.width(), pane.width() * self.ratio / self.zoom)
        y = _kept(self._centre.y(), self._photo.height(), pane.height() * self.ratio / self.zoom)
        self._centre = QPointF(x, y)


def _kept(centre: float, length: float, seen: float) -> float:
    """Return the centre, moved so that no gap opens beside the photo."""
    if seen >= length:
        return length / 2
    return min(max(centre, seen / 2), length - seen / 2)
