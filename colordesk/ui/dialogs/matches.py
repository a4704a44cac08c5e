"""Places that look like a saved thing, each to be confirmed or left alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

if TYPE_CHECKING:
    from colordesk.search import Found
    from colordesk.steer.saved import SavedColour

_SIDE = 168
_RING = 13.0


class Matches(QDialog):
    """Shows what was found, the most alike first; nothing is checked to begin with.

    Args:
        colour: that was looked for.
        found: the places, at least one.
        searched: how many photos were looked through.
        parent: the window.
    """

    confirmed = Signal(object)
    """The `Found` that a person checked, as a list."""
    photo_wanted = Signal(object)
    """The path of a photo that a person wants to see."""

    def __init__(
        self, colour: SavedColour, found: Sequence[Found], searched: int, parent: QWidget | None
    ) -> None:
        from colordesk import gamut

        super().__init__(parent)
        self._found = tuple(found)
        self.setWindowTitle(self.tr("Where “{name}” may be").format(name=colour.name))
        self.resize(820, 560)
        heading = QLabel(
            self.tr(
                "Photos searched: {photos}. Places that look like “{name}”: {count}. "
                "Check those where it is; only they get a colour point."
            ).format(count=len(found), photos=searched, name=colour.name)
        )
        heading.setWordWrap(True)
        self.note = QLabel()
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        self.note.hide()
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Places that were found"))
        self.list.setViewMode(QListView.ViewMode.IconMode)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setMovement(QListView.Movement.Static)
        self.list.setUniformItemSizes(True)
        self.list.setSpacing(8)
        self.list.setIconSize(QSize(_SIDE, _SIDE))
        self.list.setWordWrap(True)
        look = QColor(*gamut.colour(colour.lightness, colour.a, colour.b))
        for place in found:
            words = self.tr("{name}\n{percent} % alike").format(
                name=place.path.name, percent=round(100 * place.match.likeness)
            )
            item = QListWidgetItem(_picture(place, look, self.devicePixelRatioF()), words)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            item.setToolTip(str(place.path))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.itemChanged.connect(lambda item: self._checked())
        self.list.itemActivated.connect(lambda item: self._flip(item))
        self.all = self._button(self.tr("Check all"), lambda: self._check(Qt.CheckState.Checked))
        self.none = self._button(
            self.tr("Check none"), lambda: self._check(Qt.CheckState.Unchecked)
        )
        self.show_photo = self._button(self.tr("Show this photo"), self._show_photo)
        self.leave = self._button(self.tr("Close"), self.reject)
        self.take = self._button(self.tr("Set colour points"), self._take)
        self.take.setProperty("primary", True)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.all, self.none, self.show_photo):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.leave)
        row.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(heading)
        column.addWidget(self.list, 1)
        column.addWidget(self.note)
        column.addLayout(row)
        self.list.setFocus()
        self._checked()

    def set_note(self, text: str) -> None:
        """Say a few words below the places."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def _button(self, text: str, then: object) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)  # Enter checks the place that is chosen
        button.clicked.connect(then)
        return button

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _check(self, state: Qt.CheckState) -> None:
        for item in self._items():
            item.setCheckState(state)

    def _flip(self, item: QListWidgetItem) -> None:
        checked = item.checkState() == Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked)

    def _checked(self) -> None:
        self.take.setEnabled(bool(self._chosen()))

    def _chosen(self) -> list[Found]:
        return [
            place
            for place, item in zip(self._found, self._items(), strict=True)
            if item.checkState() == Qt.CheckState.Checked
        ]

    def _show_photo(self) -> None:
        row = self.list.currentRow()
        if row >= 0:
            self.photo_wanted.emit(self._found[row].path)

    def _take(self) -> None:
        self.confirmed.emit(self._chosen())
        self.accept()


def _picture(place: Found, look: QColor, ratio: float) -> QIcon:
    """Return the photo with a ring in the colour around the place."""
    height, width = place.picture.shape[:2]
    stride = place.picture.strides[0]
    image = QImage(place.picture.data, width, height, stride, QImage.Format.Format_RGB888)
    side = round(_SIDE * ratio)
    canvas = QPixmap(side, side)
    canvas.fill(Qt.GlobalColor.transparent)
    scaled = image.scaled(
        side,
        side,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    left, top = (side - scaled.width()) / 2, (side - scaled.height()) / 2
    at = QPointF(left + place.seen.x * scaled.width(), top + place.seen.y * scaled.height())
    painter = QPainter(canvas)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.drawImage(QPointF(left, top), scaled)
    painter.setPen(QPen(QColor(0, 0, 0, 170), 6 * ratio))
    painter.drawEllipse(at, _RING * ratio, _RING * ratio)
    painter.setPen(QPen(QColor(255, 255, 255), 3.5 * ratio))
    painter.drawEllipse(at, _RING * ratio, _RING * ratio)
    painter.setPen(QPen(look, 2 * ratio))
    painter.drawEllipse(at, _RING * ratio, _RING * ratio)
    painter.end()
    canvas.setDevicePixelRatio(ratio)
    icon = QIcon(canvas)
    icon.addPixmap(canvas, QIcon.Mode.Selected)
    return icon
