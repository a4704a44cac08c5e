"""What the colours of a difference map mean."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from colordesk.ui.compare.kinds import LARGEST, Kind
from colordesk.ui.theme import Theme

_STEPS = 256


class Legend(QWidget):
    """A scale with numbers; a disc of directions for the error of a*b*.

    Args:
        theme: for the colours.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._kind = Kind.DELTA_E
        self._image = QImage()
        self._buffer: object = None
        self.setFixedHeight(58)
        theme.changed.connect(self.update)

    def set_kind(self, kind: Kind) -> None:
        """Explain another map."""
        import numpy as np

        from colordesk.ui.compare.maps import heat, two_ways, vectors

        self._kind = kind
        if kind is Kind.DELTA_E:
            pixels = heat(np.linspace(0, 1, _STEPS)[None])
        elif kind is Kind.LIGHTNESS:
            pixels = two_ways(np.linspace(-1, 1, _STEPS)[None])
        else:
            axis = np.linspace(-LARGEST[kind], LARGEST[kind], 96)
            pixels = vectors(*np.meshgrid(axis, -axis))
        self._buffer = pixels = np.ascontiguousarray(pixels)
        height, width = pixels.shape[:2]
        self._image = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
        self.setAccessibleName(self._words())
        self.setToolTip(self._words())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the scale."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), self._theme.colour("window"))
        painter.setPen(self._theme.colour("muted"))
        middle = self.height() / 2
        left = 14.0
        words = self._words()
        if self._kind is Kind.AB:
            disc = QRectF(left, middle - 24, 48, 48)
            painter.drawImage(disc, self._image)
            painter.setPen(self._theme.colour("border"))
            painter.drawRect(disc)
            left = disc.right() + 14
            painter.setPen(self._theme.colour("muted"))
        else:
            bar = QRectF(left, middle - 18, min(280.0, self.width() * 0.4), 12)
            painter.drawImage(bar, self._image)
            for share, text in self._ticks():
                x = bar.left() + share * bar.width()
                painter.drawLine(QPointF(x, bar.bottom()), QPointF(x, bar.bottom() + 4))
                box = QRectF(x - 40, bar.bottom() + 5, 80, 18)
                box.moveLeft(max(min(box.left(), bar.right() - 60), bar.left() - 20))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
            left = bar.right() + 40
        room = QRectF(left, 4, self.width() - left - 14, self.height() - 8)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(room, int(flags), words)
        painter.end()

    def _ticks(self) -> list[tuple[float, str]]:
        most = LARGEST[self._kind]
        if self._kind is Kind.DELTA_E:
            return [(value / most, f"{value:g}") for value in (0.0, 10.0, 20.0)] + [
                (1.0, self.tr("{most} and more").format(most=f"{most:g}"))
            ]
        return [(0.0, f"−{most:g}"), (0.5, "0"), (1.0, f"+{most:g}")]

    def _words(self) -> str:
        most = f"{LARGEST[self._kind]:g}"
        match self._kind:
            case Kind.DELTA_E:
                return self.tr("CIEDE2000 between result and truth; about 1 can just be seen.")
            case Kind.AB:
                return self.tr(
                    "Error of a* (to the right) and b* (up): its direction as hue, its length as "
                    "light, up to {most}."
                ).format(most=most)
            case Kind.LIGHTNESS:
                return self.tr(
                    "Error of L*: blue is too dark, orange too light. ColorDesk keeps the "
                    "photo's lightness, so there should be none."
                )
