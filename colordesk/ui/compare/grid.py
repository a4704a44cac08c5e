"""All pictures of the comparison, all of one size, as large as the room allows.

Invariant: every pane has the same size, so that one view fits all of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSizeF, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from colordesk.ui.compare.entry import Entry
from colordesk.ui.compare.link import Link
from colordesk.ui.compare.tile import FOOTER, HEADER, Tile
from colordesk.ui.icons import Icons
from colordesk.ui.theme import Theme

_GAP = 8
_EDGE = 10


class Grid(QWidget):
    """Lays the pictures out.

    Args:
        theme: for the colours.
        icons: for the buttons.
        link: what all panes share.
    """

    picked = Signal(str)
    """Key of the entry that was chosen."""

    def __init__(self, theme: Theme, icons: Icons, link: Link) -> None:
        super().__init__()
        self._theme, self._icons, self._link = theme, icons, link
        self._columns = 1
        self.tiles: dict[str, Tile] = {}
        """Key -> tile, in the order in which they are seen."""

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show these pictures; those that stay keep what they show."""
        focused = next((key for key, tile in self.tiles.items() if tile.pane.hasFocus()), None)
        old, self.tiles = self.tiles, {}
        for entry in entries:
            tile = old.pop(entry.key, None)
            if tile is not None and _same_face(tile.entry, entry):
                tile.entry = entry
            else:
                if tile is not None:
                    old[entry.key] = tile
                tile = self._make(entry)
            self.tiles[entry.key] = tile
        if any(tile.pane.hasFocus() for tile in old.values()):
            self.focus_first()  # else Qt moves the focus on, as if by Tab
        for tile in old.values():
            tile.hide()
            tile.setParent(None)
            tile.deleteLater()
        previous: QWidget | None = None
        for tile in self.tiles.values():
            for control in (tile.pane, tile.pick):
                if control is not None and previous is not None:
                    self.setTabOrder(previous, control)
                previous = control or previous
        self.arrange()
        if focused in self.tiles:
            self.tiles[focused].pane.setFocus()

    def arrange(self) -> None:
        """Give every tile the same room."""
        if not self.tiles:
            return
        columns = self._columns = _columns(
            len(self.tiles), self._room(), self._link.size[0] / self._link.size[1]
        )
        rows = -(-len(self.tiles) // columns)
        room = self._room()
        width = (room.width() - (columns - 1) * _GAP) // columns
        height = (room.height() - (rows - 1) * _GAP) // rows
        for place, tile in enumerate(self.tiles.values()):
            x = room.left() + place % columns * (width + _GAP)
            y = room.top() + place // columns * (height + _GAP)
            tile.setGeometry(x, y, max(width, 80), max(height, 80))
            tile.show()
            if (layout := tile.layout()) is not None:
                layout.activate()
        pane = next(iter(self.tiles.values())).pane
        self._link.arrange(QSizeF(pane.size()), self.devicePixelRatioF())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out again."""
        super().resizeEvent(event)
        self.arrange()

    def event(self, event: QEvent) -> bool:
        """Follow the screen."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.arrange()
        return super().event(event)

    def focus_first(self) -> None:
        """Let the keyboard begin at the first picture."""
        for tile in self.tiles.values():
            tile.pane.setFocus()
            return

    def _make(self, entry: Entry) -> Tile:
        tile = Tile(self._theme, self._icons, self._link, entry)
        tile.setParent(self)
        tile.picked.connect(lambda: self.picked.emit(entry.key))
        tile.pane.step_wanted.connect(lambda dx, dy: self._step(entry.key, dx, dy))
        return tile

    def _step(self, key: str, dx: int, dy: int) -> None:
        keys = list(self.tiles)
        place = keys.index(key) + dx + dy * self._columns
        if 0 <= place < len(keys):
            self.tiles[keys[place]].pane.setFocus(Qt.FocusReason.TabFocusReason)

    def _room(self) -> QRect:
        return self.rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)


def _same_face(one: Entry, other: Entry) -> bool:
    """Tell whether a tile would look the same but for its picture."""
    return (one.title, one.role, one.number) == (other.title, other.role, other.number)


def _columns(count: int, room: QRect, aspect: float) -> int:
    """Return how many columns show pictures of that width / height the largest."""

    def scale(columns: int) -> float:
        rows = -(-count // columns)
        width = (room.width() - (columns - 1) * _GAP) / columns
        height = (room.height() - (rows - 1) * _GAP) / rows - HEADER - FOOTER
        return min(width / aspect, height)

    return max(range(1, count + 1), key=scale)
