"""Line icons, drawn once as SVG with `currentColor` and coloured for the theme.

Invariant: an icon that was bound to a button or action always has the colours of the theme, and
is drawn for the very pixels it is shown with.
"""

from __future__ import annotations

import functools
import weakref
from typing import Protocol

import shiboken6
from PySide6.QtCore import QByteArray, QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from colordesk.paths import resources_dir
from colordesk.ui.theme import Theme


class HasIcon(Protocol):
    """A button or an action."""

    def setIcon(self, icon: QIcon | QPixmap, /) -> None:
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
            tokens = self._theme.tokens
            colours = (
                str(getattr(tokens, token)),
                str(getattr(tokens, checked or token)),
                tokens.disabled,
            )
            self._made[key] = QIcon(_Engine(_svg(name), *colours))
        return self._made[key]

    def bind(self, target: HasIcon, name: str, token: str = "text", checked: str = "") -> None:
        """Give a button or action an icon that follows the theme, in place of any before."""
        target.setIcon(self.icon(name, token, checked))
        self._bound = [entry for entry in self._bound if entry[0]() is not target]
        self._bound.append((weakref.ref(target), name, token, checked))

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


class _Engine(QIconEngine):
    """Draws an icon when it is asked for, so that start-up draws none.

    Args:
        svg: with `currentColor`.
        colour: of the icon.
        checked: its colour while its button is checked.
        disabled: its colour while its button is disabled.
    """

    def __init__(self, svg: str, colour: str, checked: str, disabled: str) -> None:
        super().__init__()
        self._svg = svg
        self._colours = (colour, checked, disabled)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw the icon."""
        colour, checked, disabled = self._colours
        if mode == QIcon.Mode.Disabled:
            colour = disabled
        elif state == QIcon.State.On:
            colour = checked
        _renderer(self._svg.replace("currentColor", colour)).render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the icon in device pixels."""
        pixmap = QPixmap(size)
        if pixmap.isNull():  # a button without room
            return pixmap
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap


def app_icon() -> QIcon:
    """Return the icon of the program."""
    icon = QIcon()
    for side in (16, 24, 32, 48, 64, 128, 256):  # a window system asks which sizes there are
        icon.addPixmap(logo(side, 1.0))
    return icon


def logo(side: int, ratio: float) -> QPixmap:
    """Return the icon of the program at a size in widget units."""
    device = QSize(round(side * ratio), round(side * ratio))
    engine = _Engine(_svg("colordesk"), "", "", "")
    pixmap = engine.pixmap(device, QIcon.Mode.Normal, QIcon.State.Off)
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


@functools.cache
def _svg(name: str) -> str:
    return (resources_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@functools.lru_cache(maxsize=256)
def _renderer(svg: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(svg.encode()))
