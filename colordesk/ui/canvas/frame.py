"""Pixels on their way to the screen: one picture at several sizes, ready to be drawn.

A frame keeps halved copies of itself, so that drawing at any zoom never skips pixels (which
would shimmer) and never touches more of them than the screen has.
Invariant: what is drawn at one photo pixel per screen pixel is those very pixels.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Part = tuple[int, int, int, int]
_SMALLEST = 512
_SMOOTH_BELOW = 3.0  # screen pixels per picture pixel; from there on people want to see pixels


@dataclass(frozen=True, eq=False)
class Frame:
    """One picture of a photo or of a part of it, before or after."""

    part: Part
    """Left, top, right and bottom of what it shows, in pixels of the photo; it may have fewer."""
    levels: tuple[QImage, ...]
    """The picture, then each time half as large."""
    buffers: tuple[Any, ...]
    """The arrays that the images look into, h x w x 4."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the picture itself."""
        return self.levels[0].width(), self.levels[0].height()

    @property
    def rgb(self) -> NDArray[np.uint8]:
        """The pixels of the picture itself, uint8 h x w x 3, sRGB."""
        pixels: NDArray[np.uint8] = self.buffers[0][:, :, 2::-1].copy()
        return pixels

    @property
    def is_full(self) -> bool:
        """Whether the picture has every pixel of what it shows."""
        left, top, right, bottom = self.part
        return self.size == (right - left, bottom - top)

    def colour_at(self, x: float, y: float) -> tuple[float, float, float]:
        """Return the mean red, green and blue around a place, x and y from 0 to 1."""
        pixels = self.buffers[0]
        height, width = pixels.shape[:2]
        row, column = min(int(y * height), height - 1), min(int(x * width), width - 1)
        near = pixels[max(row - 1, 0) : row + 2, max(column - 1, 0) : column + 2, :3]
        blue, green, red = near.reshape(-1, 3).mean(axis=0).tolist()
        return red, green, blue

    def covers(self, photo: QRectF, zoom: float, ratio: float, clip: QRectF) -> bool:
        """Whether it shows all of the photo that is inside `clip`.

        Args:
            photo: where the photo is, in widget coordinates.
            zoom: screen pixels per photo pixel.
            ratio: screen pixels per widget unit.
            clip: in widget coordinates.
        """
        scale = zoom / ratio
        left, top, right, bottom = (edge * scale for edge in self.part)
        mine = QRectF(photo.x() + left, photo.y() + top, right - left, bottom - top)
        return mine.contains(clip.intersected(photo))

    def draw(
        self, painter: QPainter, origin: QPointF, zoom: float, ratio: float, clip: QRectF
    ) -> None:
        """Draw the part of the picture that is inside `clip`.

        Args:
            painter: of a widget.
            origin: where the photo's upper left corner is, in widget coordinates.
            zoom: screen pixels per photo pixel.
            ratio: screen pixels per widget unit.
            clip: in widget coordinates.
        """
        left, top, right, bottom = self.part
        width, height = right - left, bottom - top
        image = self.levels[0]
        for level in self.levels[1:]:
            if zoom * width / level.width() > 1:
                break
            image = level
        grown = zoom * width / image.width()  # screen pixels per image pixel
        if abs(grown - 1) * max(image.width(), image.height()) < 1.5:
            # made for this very zoom, but for rounding: not worth a blur
            scale_x = scale_y = 1 / ratio
            grown = 1.0
        else:
            scale_x = zoom / ratio * width / image.width()
            scale_y = zoom / ratio * height / image.height()
        whole = QRectF(
            origin.x() + left * zoom / ratio,
            origin.y() + top * zoom / ratio,
            image.width() * scale_x,
            image.height() * scale_y,
        )
        target = whole.intersected(clip)
        if target.isEmpty():
            return
        if grown != 1.0:
            target = _outwards(target, whole, scale_x, scale_y)
        source = QRectF(
            (target.x() - whole.x()) / scale_x,
            (target.y() - whole.y()) / scale_y,
            target.width() / scale_x,
            target.height() / scale_y,
        )
        smooth = grown != 1.0 and not (self.is_full and grown >= _SMOOTH_BELOW)
        painter.save()
        painter.setClipRect(clip)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.drawImage(target, image, source)
        painter.restore()


@dataclass(frozen=True, eq=False)
class Shown:
    """What is there to draw."""

    whole: Frame
    part: Frame | None
    """Lies above the whole, if there is one of the same edit."""

    def draw(
        self, painter: QPainter, place: QRectF, zoom: float, ratio: float, clip: QRectF
    ) -> None:
        """Draw what is inside `clip`, with as many pixels as there are.

        Args:
            painter: of a widget.
            place: where the photo is, in widget coordinates.
            zoom: screen pixels per photo pixel.
            ratio: screen pixels per widget unit.
            clip: in widget coordinates.
        """
        if self.part is None or not self.part.covers(place, zoom, ratio, clip):
            self.whole.draw(painter, place.topLeft(), zoom, ratio, clip)
        if self.part is not None:
            self.part.draw(painter, place.topLeft(), zoom, ratio, clip)


def make_frame(rgb: NDArray[np.uint8], part: Part) -> Frame:
    """Make a frame; meant for a worker, it takes some milliseconds per megapixel.

    Args:
        rgb: uint8 h x w x 3, sRGB.
        part: what it shows of the photo.
    """
    import cv2

    levels, buffers = [], []
    while True:
        height, width = rgb.shape[:2]
        # what Qt draws without converting: 0xffRRGGBB, which is B G R A in memory
        buffer = cv2.cvtColor(rgb, cv2.COLOR_RGB2BGRA)
        levels.append(QImage(buffer.data, width, height, 4 * width, QImage.Format.Format_RGB32))
        buffers.append(buffer)
        if max(width, height) <= _SMALLEST:
            return Frame(part, tuple(levels), tuple(buffers))
        half = (max(1, (width + 1) // 2), max(1, (height + 1) // 2))
        rgb = cv2.resize(rgb, half, interpolation=cv2.INTER_AREA).astype(rgb.dtype, copy=False)


def _outwards(target: QRectF, whole: QRectF, scale_x: float, scale_y: float) -> QRectF:
    """Grow a part to whole image pixels and one more, so that parts drawn one by one fit together.

    Qt blends no pixels from outside of what it is given, not even those next to it.
    """
    left = (target.left() - whole.left()) / scale_x // 1 - 1
    top = (target.top() - whole.top()) / scale_y // 1 - 1
    right = -(-(target.right() - whole.left()) / scale_x // 1) + 1
    bottom = -(-(target.bottom() - whole.top()) / scale_y // 1) + 1
    grown = QRectF(
        whole.left() + left * scale_x,
        whole.top() + top * scale_y,
        (right - left) * scale_x,
        (bottom - top) * scale_y,
    )
    return grown.intersected(whole)
