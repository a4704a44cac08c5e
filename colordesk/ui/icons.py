"""Line icons, drawn once as SVG with `currentColor` and coloured for the theme.

Invariant: an icon that was bound to a button or action always has the colours of the theme.
"""

from __future__ import annotations

import weakref
from typing import Protocol

import shiboken6
from PySide6.QtCore import QByteArray, QObject, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from colordesk.paths import resources_dir
from colordesk.ui.theme import Theme

_SIDES = (16, 18, 20, 24, 32, 36, 40, 48, 64, 96, 128)  # in device pixels, for all scalings


class HasIcon(Protocol):
    """A button or an action."""

    def setIcon(self, icon: QIcon | QPixmap, /) -> None:  # noqa: N802 - Qt's name
        """Show the icon."""


class Icons(QObject):
    """All icons of the program.

    Args:
        theme: whose text colours they take.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._made: dict[tuple[str, str, str], QIcon] = {}
        self._bound: list[tuple[weakref.ref[HasIcon], str, str, str]] = []
        theme.changed.connect(self._recolour)

    def icon(self, name: str, token: str = "text", checked: str = "") -> QIcon:
        """Return an icon.

        Args:
            name: of the file.
            token: of the theme, whose colour it takes.
            checked: the token while its button is checked, if that is another.
        """
        key = (name, token, checked)
        if key not in self._made:
            icon = QIcon()
            for side in _SIDES:
                icon.addPixmap(self.pixmap(name, side, token))
                icon.addPixmap(self.pixmap(name, side, "disabled"), QIcon.Mode.Disabled)
                if checked:
                    icon.addPixmap(
                        self.pixmap(name, side, checked), QIcon.Mode.Normal, QIcon.State.On
                    )
            self._made[key] = icon
        return self._made[key]

    def bind(self, target: HasIcon, name: str, token: str = "text", checked: str = "") -> None:
        """Give a button or action an icon that follows the theme, in place of any before."""
        target.setIcon(self.icon(name, token, checked))
        self._bound = [entry for entry in self._bound if entry[0]() is not target]
        self._bound.append((weakref.ref(target), name, token, checked))

    def pixmap(self, name: str, side: int, token: str = "text") -> QPixmap:
        """Return an icon as a square of so many device pixels."""
        text = (resources_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        colour = str(getattr(self._theme.tokens, token))
        return render_svg(text.replace("currentColor", colour), side)

    def _recolour(self) -> None:
        self._made.clear()
        alive = []
        for entry in self._bound:
            reference, *colours = entry
            target = reference()
            if target is not None and shiboken6.isValid(target):
                target.setIcon(self.icon(*colours))
                alive.append(entry)
        self._bound = alive


def render_svg(text: str, side: int) -> QPixmap:
    """Return SVG text drawn as a square of so many device pixels."""
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return pixmap


def app_icon() -> QIcon:
    """Return the icon of the program."""
    text = (resources_dir() / "icons" / "colordesk.svg").read_text(encoding="utf-8")
    icon = QIcon()
    for side in (16, 24, 32, 48, 64, 128, 256):
        icon.addPixmap(render_svg(text, side))
    return icon
